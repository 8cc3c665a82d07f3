"""The figure of the chapter on forecasts: what came out, over what was told."""

import altair as alt
import pandas as pd

from computecycle.charts import rows, theme

STATES = {"above": theme.BLUE, "near": theme.NEUTRAL, "below": theme.ORANGE}


def outturns(kept: pd.DataFrame) -> alt.LayerChart:
    """What came of each forecast as a share of it, beside a mark where it would have been met.

    kept: forecast, ratio (fraction), told, came (both as printed), state ("above", "near",
    "below").
    """
    said = kept["forecast"] + ": " + kept["came"] + " for " + kept["told"]
    kept = kept.assign(said=said.str.replace(" billion", " bn"), met=1.0)
    base = alt.Chart(kept).encode(y=rows.named_above(kept, "said"))
    share = alt.X("ratio:Q").title("Outturn (percent of the forecast)").scale(zero=True)
    share = share.axis(format="%", orient="top")
    reached = [name for name in STATES if name in set(kept["state"])] or list(STATES)
    tone = alt.Color("state:N").scale(domain=reached, range=[STATES[name] for name in reached])
    bars = base.mark_bar(height=10, yOffset=rows.BELOW).encode(
        x=share, color=tone.legend(columns=3)
    )
    mark = {"orient": "vertical", "size": 18, "thickness": 2, "strokeWidth": 0}
    met = base.mark_tick(**mark, yOffset=rows.BELOW).encode(x="met:Q")
    chart = bars + met + rows.names(base, "said")
    return chart.properties(height=theme.LABELLED_ROW)
