"""The growth of chips and cores by the first year of the fit, which the chapter chooses."""

import pandas as pd

from computecycle.quantities import choices
from computecycle.quantities.cpu_to_gpu import formats, processors, rates


def rates_at(cards: pd.DataFrame, chips: pd.DataFrame, points: pd.DataFrame) -> pd.DataFrame:
    """Return the gains from each `first_year` on, by the ids of the chapter and by the names that
    its condition gives to other numbers.

    cards : chips of one maker with their rates. chips : processors with their facts.
    """
    listed = processors.listed(chips, "cpu", "server", "fp32_peak")
    quickest = processors.quickest(chips, "cpu", "server")

    def ask(first_year: float) -> dict[str, float]:
        since = cards[cards["released"].dt.year >= first_year]
        server = listed[listed["released"].dt.year >= first_year]
        quick, core = formats.fastest(since), processors.per_core(chips, server)[0]
        best = quickest[quickest["released"].dt.year >= first_year]
        drawn = (quick, "tflops"), (formats.series(since, 32, "vector"), "tflops")
        fitted = [*drawn, (server, "value"), (best, "value"), (core, "value")]
        fast, plain, whole, short, single = (
            rates.fitted(rows, "released", column) for rows, column in fitted
        )
        apart = rates.times_faster(fast, short)
        return {
            **_with_ends("growth-fastest", fast),
            **_with_ends("growth-server-fastest", short),
            "growth-server": whole.rate.number,
            "growth-plain": plain.rate.number,
            "growth-core-plain": single.rate.number,
            "first-year": first_year,
            "last-year": float(formats.newest_year(quick).number),
            "one": 1.0,
            "fast_apart_low": apart[0].number,
            "fast_apart_high": apart[1].number,
            "plain_low": plain.low.number,
            "plain_high": plain.high.number,
            "core_high": single.high.number,
        }

    return choices.answered(points, ask)


def _with_ends(id: str, fit: rates.Rate) -> dict[str, float]:
    """A growth and the ends of its interval, by the ids of the chapter."""
    return {id: fit.rate.number, f"{id}-low": fit.low.number, f"{id}-high": fit.high.number}
