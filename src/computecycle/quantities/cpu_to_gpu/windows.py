"""The growth of chips and cores by the first year of the fit, which the chapter chooses."""

import pandas as pd

from computecycle.quantities import choices
from computecycle.quantities.cpu_to_gpu import formats, processors, rates


def rates_at(cards: pd.DataFrame, chips: pd.DataFrame, points: pd.DataFrame) -> pd.DataFrame:
    """Return the yearly gains in 32 bits of cards, whole processors and single cores from each
    `first_year` on, by the names that a condition of the chapter gives them.

    cards : chips of one maker with their rates. chips : processors with their facts.
    """
    listed = processors.listed(chips, "cpu", "server", "fp32_peak")

    def ask(first_year: float) -> dict[str, float]:
        since = cards[cards["released"].dt.year >= first_year]
        plain = formats.series(formats.first_of_generations(since), 32, "vector")
        server = listed[listed["released"].dt.year >= first_year]
        core = processors.per_core(chips, server)[0]
        fitted = (plain, "tflops"), (server, "value"), (core, "value")
        card, whole, single = (rates.fitted(rows, "released", column) for rows, column in fitted)
        gains = card.rate.number, whole.rate.number, single.rate.number
        return dict(zip(("plain", "server", "core"), gains, strict=True))

    return choices.answered(points, ask)
