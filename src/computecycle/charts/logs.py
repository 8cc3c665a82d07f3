"""Log axes over whole powers of ten, and panels that each have one of their own."""

import math

import altair as alt
import pandas as pd

from computecycle.charts import theme

SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"


def logarithmic(field: str, title: str, values: pd.Series, step: int = 1) -> alt.Y:
    """A log axis over the whole powers of ten around some values, a line at every `step` powers."""
    known = values[values > 0]
    low = math.floor(math.log10(known.min()) + 0.05) if len(known) else 0
    high = max(math.ceil(math.log10(known.max()) - 0.01), low + 1) if len(known) else 1
    powers = [10.0**power for power in range(low, high + 1, step)]
    power = "round(log(datum.value) / LN10)"
    raised = f"({power} > 9 ? '{SUPERSCRIPT[1]}' : '') + '{SUPERSCRIPT}'[{power} % 10]"
    written = "1e5" if high > 7 else "1e7"  # up to here in full: no axis has a million and 10⁸
    name = f"datum.value < {written} ? format(datum.value, ',~r') : '10' + {raised}"
    scale = alt.Scale(type="log", domain=[10.0**low, 10.0**high])
    return (
        alt.Y(f"{field}:Q")
        .title(title)
        .scale(scale)
        .axis(values=powers, tickCount=len(powers), labelExpr=name)
    )


def panels(panel: alt.LayerChart, table: pd.DataFrame, by: str) -> alt.TopLevelMixin:
    """A panel for each name, two beside each other, each with a log axis of its own.

    The bare frame when there is none.
    """
    panel = panel.properties(height=theme.PANEL)
    each = [
        panel.transform_filter(alt.datum[by] == name).encode(
            y=logarithmic(
                "value",
                _on_log_scale(name),
                known["value"],
                1 if decades(known["value"]) < 5 else 2,
            )
        )
        for name, known in table.groupby(by, sort=False)
    ]
    if not each:
        return panel.encode(y=logarithmic("value", "Log scale", table["value"]))
    return alt.concat(*each, columns=2, spacing=26)


def _on_log_scale(title: str) -> str:
    """A title with its unit in brackets, saying that the axis is logarithmic."""
    return title.replace(")", ", log scale)") if ")" in title else f"{title} (log scale)"


def decades(values: pd.Series) -> float:
    """Over how many powers of ten some values reach."""
    return math.log10(values.max() / values.min())
