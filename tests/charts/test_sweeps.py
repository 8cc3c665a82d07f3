"""The figures of a sweep, from small tables."""

import pandas as pd

from computecycle.charts import sweeps

AT = [0.0, 0.25, 0.5]
BANDS = pd.DataFrame(
    {
        "part": [part for part in sweeps.PARTS for _ in AT],
        "at": AT * 2,
        "low": [250.0, 280.0, 480.0, 320.0, 420.0, 600.0],
        "high": [620.0, 800.0, 1100.0, 460.0, 580.0, 850.0],
    }
)
MEDIANS = pd.DataFrame({"at": AT, "number": [380.0, 500.0, 700.0]})
AT_REST = pd.DataFrame({"at": [0.0], "number": [357.0], "label": ["base"]})
ENDS = pd.DataFrame(
    {
        "label": ["Cloud margin: 25% of variance"] * 2 + ["Chip life: 22% of variance"] * 2,
        "bound": ["low", "high"] * 2,
        "setting": ["0%", "50%", "3", "8"],
        "number": [357.0, 715.0, 570.0, 223.0],
        "base": [357.0] * 4,
        "swing": [358.0, 358.0, 347.0, 347.0],
    }
)
NUMBER = sweeps.Axis(["Sales that the chips at work ask for in this year", "(USD billion)"])
FIGURES = {
    sweeps.fan: [BANDS, MEDIANS, AT_REST, sweeps.Axis(["Cloud margin"], ".0%", (0, 0.5)), NUMBER],
    sweeps.tornado: [ENDS, sweeps.Axis(["Sales that the chips at work ask for (USD billion)"])],
}
