"""The growth of chips and cores by the first year of the fit, which the chapter chooses."""

import pandas as pd

from computecycle.quantities import choices
from computecycle.quantities.cpu_to_gpu import formats, processors, rates

END = 2100


def rates_at(cards: pd.DataFrame, trend: pd.DataFrame, points: pd.DataFrame) -> pd.DataFrame:
    """Return the gains from each `first_year` on, by the ids of the chapter and by the names that
    its condition gives to ends of intervals.

    cards : chips of one maker with their rates. trend : the record of processors.
    """

    def ask(first_year: float) -> dict[str, float]:
        since = cards[cards["released"].dt.year >= first_year]
        quick = formats.fastest(since)
        fast, plain = (
            rates.fitted(rows, "released", "tflops")
            for rows in (quick, formats.series(since, 32, "vector"))
        )
        cores = processors.of(trend, "single_thread_performance", int(first_year), END)
        core = rates.fitted(cores, "year", "value")
        return {
            "growth-fastest": fast.rate.number,
            "growth-fastest-low": fast.low.number,
            "growth-fastest-high": fast.high.number,
            "growth-plain": plain.rate.number,
            "growth-core": core.rate.number,
            "first-year": first_year,
            "last-year": float(formats.newest_year(quick).number),
            "plain_low": plain.low.number,
            "plain_high": plain.high.number,
            "core_high": core.high.number,
        }

    return choices.answered(points, ask)
