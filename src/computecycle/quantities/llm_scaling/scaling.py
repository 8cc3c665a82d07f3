"""How models grow, by the rule that selects them.

    selection rule     which models of a table count; the growth that is fitted depends on it
    leading            a model among the r largest published up to its day (r = 1: a record)
    leave one out      the lowest and highest growth when any one of the models is left out

A rate is a factor a year: 4.7 means times 4.7. Exponentials are fitted in `growth`, costs are in
`training`, dates in `foresight`. Tables in (as loaded), tables or `Given` numbers out.
"""

import numpy as np
import pandas as pd

from computecycle.evidence.given import Given
from computecycle.quantities import growth

MONTHS_A_YEAR = 12
LINE = ["rule", "day", "value"]
RULES = ["rule", "metric", "growth", "low", "high", "models", "doubling_months"]
EVERY, RECORD = "every model", "larger than all before"


# Which models count


def measured(models: pd.DataFrame, metric: str) -> pd.DataFrame:
    """Return the rows of one metric in the order of publication."""
    rows = models[models["metric"] == metric]
    return rows.sort_values("published", kind="stable")


def leading(rows: pd.DataFrame, rank: int) -> pd.DataFrame:
    """Return the rows, in order of publication, that were among the `rank` largest by then."""
    values = rows["value"].to_numpy()
    larger = [int((values[:place] >= value).sum()) for place, value in enumerate(values)]
    return rows[np.array(larger, dtype=int) < rank]


def published_in(rows: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Return the rows published from one year to another, both included."""
    return rows[rows["published"].dt.year.between(first, last)]


def selections(
    rows: pd.DataFrame, rank: int, first_year: int, split_year: int, fewest: int
) -> dict[str, pd.DataFrame]:
    """Return the rows that each rule selects, by the name of the rule.

    rank : of `leading`. first_year, split_year : the first window ends before the split, the
    second begins there. fewest : a rule that leaves fewer models, or the same ones, is left out.
    """
    sure = rows["certainty"] == "confident"
    chosen = {
        EVERY: rows,
        RECORD: leading(rows, 1),
        f"among the {rank} largest at its time": leading(rows, rank),
        "compute known with confidence": rows[sure],
        "compute estimated": rows[~sure & rows["certainty"].notna() & (rows["certainty"] != "")],
        "without recalled figures": rows[rows["confidence"] != "recalled"],
        window(first_year, split_year): published_in(rows, first_year, split_year - 1),
        window(split_year): rows[rows["published"].dt.year >= split_year],
    }
    chosen |= {f"by {maker} alone": own for maker, own in rows.groupby("organisation", sort=False)}
    counts = {name: len(own) for name, own in chosen.items()}
    same = {name for name in chosen if name != EVERY and counts[name] == len(rows)}
    return {
        name: own for name, own in chosen.items() if counts[name] >= fewest and name not in same
    }


def window(first: int, before: int | None = None) -> str:
    """Return the name of a rule that selects by year of publication."""
    return f"published since {first}" if before is None else f"published {first} to {before - 1}"


# How fast they grow


def fit(rows: pd.DataFrame) -> growth.Growth:
    """Return the exponential through the values by day of publication."""
    return growth.fit_exponential(rows["published"], rows["value"])


def rate(rows: pd.DataFrame | None) -> Given:
    """Return the fitted growth (factor a year); unknown for no rows."""
    if rows is None or rows.empty:
        return Given()
    return Given(fit(rows).growth, [rows])


def without_one(rows: pd.DataFrame) -> tuple[float, float]:
    """Return the lowest and the highest growth when one of the rows is left out."""
    rates = [fit(rows.drop(index=label)).growth for label in rows.index]
    return min(rates, default=np.nan), max(rates, default=np.nan)


def growth_by_rule(selected: dict[str, pd.DataFrame], metric: str) -> pd.DataFrame:
    """Return the growth under each rule: columns `RULES`; low and high leave one model out."""
    table = []
    for rule, rows in selected.items():
        fitted, (low, high) = fit(rows), without_one(rows)
        months = fitted.doubling_time * MONTHS_A_YEAR
        table.append((rule, metric, fitted.growth, low, high, fitted.points, months))
    return pd.DataFrame(table, columns=RULES)


def extremes(rules: pd.DataFrame, selected: dict[str, pd.DataFrame]) -> tuple[Given, Given]:
    """Return the lowest and the highest growth over the rules."""
    if rules.empty:
        return Given(), Given()
    ends = rules.sort_values("growth", kind="stable").iloc[[0, -1]]
    low, high = (Given(row.growth, [selected[row.rule]]) for row in ends.itertuples())
    return low, high


def lines(selected: dict[str, pd.DataFrame], unit: float = 1.0) -> pd.DataFrame:
    """Return the ends of the fitted line of each rule, in so large a unit: columns `LINE`."""
    table = []
    for rule, rows in selected.items():
        curve = fit(rows)
        ends = [rows["published"].min(), rows["published"].max()] if curve.points > 1 else []
        table += [
            (rule, day, float(curve.predict(day)) / unit)
            for day in ends
            if np.isfinite(curve.growth)
        ]
    return pd.DataFrame(table, columns=LINE).assign(day=lambda made: pd.to_datetime(made["day"]))


def record_held(rows: pd.DataFrame, model: str) -> Given:
    """Return the years until a record was beaten; unknown where it is none, or not beaten yet."""
    records = leading(rows, 1)
    place = int((records["model"] == model).to_numpy().argmax()) if len(records) else 0
    two = records.iloc[place : place + 2]
    if len(two) < 2 or two["model"].iloc[0] != model:
        return Given()
    return Given(float(np.diff(growth.in_years(two["published"]))[0]), [two])


def apart(first: Given, second: Given) -> float:
    """Return how far two factors are apart, by the larger over the smaller."""
    return float(np.exp(abs(np.log(first.number / second.number))))


def together(*tables: pd.DataFrame) -> pd.DataFrame:
    """Return tables of the same columns below each other."""
    full = [table for table in tables if len(table)]
    return pd.concat(full, ignore_index=True) if full else tables[0]


def points(rows: pd.DataFrame, named: dict[str, str], unit: float = 1.0) -> pd.DataFrame:
    """Return some models as points: day, value (in so large a unit), label, sure.

    named : what is written beside a model, by its name; the others have no label.
    """
    made = {"day": rows["published"], "value": rows["value"] / unit}
    sure = np.where(rows["certainty"] == "confident", "known with confidence", "estimated")
    label = rows["model"].map(named).fillna("")
    return pd.DataFrame({**made, "label": label, "sure": sure}).reset_index(drop=True)


def as_told(gpt_models: pd.DataFrame, unit: float = 1.0) -> pd.DataFrame:
    """Return the GPT versions of a document as points: day, value, label, sure.

    A version of the same size as the one before has no label.
    """
    table = gpt_models.sort_values("release", kind="stable")
    same = table["parameters"].diff() == 0
    made = {"day": pd.to_datetime(table["release"]), "value": table["parameters"] / unit}
    label = table["version"].mask(same, "")
    return pd.DataFrame({**made, "label": label, "sure": "told"}).reset_index(drop=True)


def rate_as_told(gpt_models: pd.DataFrame) -> Given:
    """Return the growth fitted to the GPT versions of a document (factor a year)."""
    told = as_told(gpt_models)
    return Given(growth.fit_exponential(told["day"], told["value"]).growth, [gpt_models])
