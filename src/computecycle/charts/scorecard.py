"""The figure of the chapter on forecasts: what came out, over what was told."""

import altair as alt
import pandas as pd

from computecycle.charts import rows, theme


def outturns(kept: pd.DataFrame) -> alt.LayerChart:
    """What came of each forecast as a share of it, beside a mark where it would have been met.

    kept: forecast, ratio (fraction), told, came (both as printed).
    """
    said = kept["forecast"] + ": " + kept["came"] + " for " + kept["told"]
    kept = kept.assign(said=said.str.replace(" billion", " bn"), met=1.0)
    base = alt.Chart(kept).encode(y=rows.named_above(kept, "said"))
    share = alt.X("ratio:Q").title("Outturn (percent of the forecast)").scale(zero=True)
    share = share.axis(format="%", orient="top")
    tone = alt.condition("datum.ratio >= 1", alt.value(theme.BLUE), alt.value(theme.ORANGE))
    bars = base.mark_bar(height=10, yOffset=rows.BELOW).encode(x=share, color=tone)
    mark = {"orient": "vertical", "size": 18, "thickness": 2, "strokeWidth": 0}
    met = base.mark_tick(**mark, yOffset=rows.BELOW).encode(x="met:Q")
    chart = bars + met + rows.names(base, "said")
    return chart.properties(height=theme.LABELLED_ROW)
