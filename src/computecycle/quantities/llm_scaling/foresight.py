"""Where extrapolation leads, the years that people are quoted with, and what came of forecasts.

    reached     t = t0 + log10(N* / N0) / w      from the size N0 at t0 to the size N*
                                                 w: orders of magnitude a year

If compute grows by w orders a year, size grows by a w: a = 1 where all of it goes into size, a =
1/2 where the text that a model reads grows as fast as the model. An extrapolation says what
follows from its growth; it does not say that the growth lasts, nor that a size makes an ability.
Tables in (as loaded), tables or numbers out.
"""

import numpy as np
import pandas as pd

from computecycle.evidence.given import Given
from computecycle.quantities import growth

WHO = ["who", "low", "high", "kind"]
KEPT = ["forecast", "ratio", "told", "came"]
ASKED = {  # whose date: the entity and the variable of the statement
    "Musk: smarter than any one person": ("Musk", "ai_smarter_than_any_one_human"),
    "Experts": ("experts", "agi_year"),
    "Aschenbrenner": ("Aschenbrenner", "agi_year"),
    "The document's own arithmetic": ("report", "year_of_1e14_parameters"),
    "The document's cover": ("Musk, Huang and a former OpenAI employee", "agi_year"),
    "Huang: passes human tests": ("Huang", "time_to_agi_by_human_tests"),
    "Musk: smarter than all together": ("Musk", "ai_smarter_than_all_humans"),
}


def year_reached(start: float, start_year: float, orders: float, target: float) -> float:
    """Return the year in which a size reaches a target; endless where it does not grow."""
    away = np.log10(target / start)
    if away == 0:
        return start_year
    if away > 0 and orders <= 0:
        return np.inf
    return start_year + away / orders if orders else -np.inf


def orders(factor: float) -> float:
    """Return the orders of magnitude a year of a growth by so large a factor a year."""
    return np.log10(factor)


def computed(
    start: Given, start_year: Given, cases: dict[str, Given], target: Given, far_target: Given
) -> pd.DataFrame:
    """Return the years in which two targets are reached: columns `WHO`, kind "computed".

    cases : orders of magnitude a year by name; what is unknown is left out.
    """
    made = []
    for who, growing in cases.items():
        given = (start, start_year, growing, target, far_target)
        if all(each.known for each in given):
            begin = tuple(each.number for each in given[:3])
            ends = (year_reached(*begin, goal.number) for goal in (target, far_target))
            made.append((who, *sorted(ends), "computed"))
    return pd.DataFrame(made, columns=WHO)


def within(reached: pd.DataFrame, last: Given, rows: list[pd.DataFrame]) -> Given:
    """Return how many of the computed cases reach the near target by a year.

    last : the year; endless counts every case. rows : what the cases rest on, cited with `last`.
    """
    if reached.empty or np.isnan(last.number):
        return Given()
    return Given(float((reached["low"] <= last.number).sum()), [*rows, *last.rows])


def said(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the years that people are quoted with: columns `WHO`, kind "said".

    A time from now is counted from the year in which the statement became known.
    """
    made = []
    for who, (entity, variable) in ASKED.items():
        rows = statements[(statements["entity"] == entity) & (statements["variable"] == variable)]
        years = rows["value"] + np.where(rows["unit"] == "years", rows["known_from"].dt.year, 0)
        made += [(who, years.min(), years.max(), "said")] if len(rows) else []
    return pd.DataFrame(made, columns=WHO)


def said_rows(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the statements that `said` reads."""
    asked = pd.MultiIndex.from_frame(statements[["entity", "variable"]])
    return statements[asked.isin(list(ASKED.values()))]


def kept(forecasts: dict) -> pd.DataFrame:
    """Return what came of forecasts over what was told: columns `KEPT`, the largest ratio first.

    forecasts : by name, what was told and what came, each with its number and its text. Those of
    which either is unknown are left out.
    """
    made = [
        (name, came.number / told.number, told.text, came.text)
        for name, (told, came) in forecasts.items()
        if told.number is not None and came.number is not None
    ]
    table = pd.DataFrame(made, columns=KEPT)
    return table.sort_values("ratio", ascending=False, kind="stable", ignore_index=True)


def sizes(brains: pd.DataFrame, gpt_models: pd.DataFrame) -> pd.DataFrame:
    """Return neurons, synapses and parameters side by side: name, quantity, low, high."""
    made = [(row.species, "neurons", row.neurons, row.neurons) for row in brains.itertuples()]
    made += [
        (row.species, "synapses", row.synapses_low, row.synapses_high)
        for row in brains.dropna(subset=["synapses_low"]).itertuples()
    ]
    made += [
        (row.version, "parameters", row.parameters, row.parameters)
        for row in gpt_models.itertuples()
    ]
    return pd.DataFrame(made, columns=["name", "quantity", "low", "high"])


def paths(start: Given, rates: dict[str, Given], years: range, form: str) -> pd.DataFrame:
    """Return yearly values from a start at some rates (fractions): year, value, rule, label.

    The label, at the end of each path, is its last value in a form. Unknown rates are left out.
    """
    made = [
        (year, start.number * growth.multiple(rate.number, year - years[0]), name)
        for name, rate in rates.items()
        if rate.known and start.known
        for year in years
    ]
    table = pd.DataFrame(made, columns=["year", "value", "rule"])
    label = table["value"].map(form.format).where(table["year"] == years[-1], "")
    return table.assign(label=label)
