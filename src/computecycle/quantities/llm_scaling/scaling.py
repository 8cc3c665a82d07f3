"""How models grow, by the rule that selects them.

    selection rule     which models of a table count; the growth that is fitted depends on it
    leading            a model among the r largest published up to its day (r = 1: a record)
    interval           the ends of the interval of a fitted growth, as `growth` computes it

A rate is a factor a year: 4.7 means times 4.7. Exponentials are fitted in `growth`, costs are in
`training`, dates in `foresight`. Tables in (as loaded), tables or `Given` numbers out.
"""

import numpy as np
import pandas as pd

from computecycle.evidence.given import Given, computed, derive
from computecycle.quantities import growth

MONTHS_A_YEAR = 12
LINE = ["rule", "day", "value"]
RULES = ["rule", "metric", "growth", "low", "high", "models", "doubling_months"]
EVERY, RECORD = "every model", "larger than all before"
SINCE, MAKER = "published", "by"  # how rules begin that take some years, or the models of one maker


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
    chosen |= {
        f"{MAKER} {maker} alone": own for maker, own in rows.groupby("organisation", sort=False)
    }
    counts = {name: len(own) for name, own in chosen.items()}
    same = {name for name in chosen if name != EVERY and counts[name] == len(rows)}
    return {
        name: own for name, own in chosen.items() if counts[name] >= fewest and name not in same
    }


def window(first: int, before: int | None = None) -> str:
    """Return the name of a rule that selects by year of publication."""
    years = f"since {first}" if before is None else f"{first} to {before - 1}"
    return f"{SINCE} {years}"


# How fast they grow


def fit(rows: pd.DataFrame) -> growth.Growth:
    """Return the exponential through the values by day of publication."""
    return growth.fit_exponential(rows["published"], rows["value"])


def rate(rows: pd.DataFrame | None) -> Given:
    """Return the fitted growth (factor a year); unknown for no rows."""
    if rows is None or rows.empty:
        return Given()
    return Given(fit(rows).growth, [rows])


def interval(rows: pd.DataFrame | None) -> tuple[Given, Given]:
    """Return the ends of the interval of the fitted growth; unknown for fewer than three rows."""
    if rows is None or rows.empty:
        return Given(), Given()
    low, high = fit(rows).interval
    return Given(low, [rows]), Given(high, [rows])


def times_faster(first: pd.DataFrame | None, second: pd.DataFrame | None) -> tuple[Given, Given]:
    """Return the ends of the interval of how many times one fitted growth is another."""
    if first is None or second is None or first.empty or second.empty:
        return Given(), Given()
    low, high = growth.times_faster(fit(first), fit(second))
    return Given(low, [first, second]), Given(high, [first, second])


def growth_by_rule(selected: dict[str, pd.DataFrame], metric: str) -> pd.DataFrame:
    """Return the growth under each rule: columns `RULES`; low and high are its interval."""
    table = []
    for rule, rows in selected.items():
        fitted = fit(rows)
        months = fitted.doubling_time * MONTHS_A_YEAR
        table.append((rule, metric, fitted.growth, *fitted.interval, fitted.points, months))
    return pd.DataFrame(table, columns=RULES)


def of_all(selected: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the rules that take models of all years and all makers."""
    return {rule: own for rule, own in selected.items() if not rule.startswith((SINCE, MAKER))}


def extremes(selected: dict[str, pd.DataFrame]) -> tuple[Given, Given]:
    """Return the lowest and the highest growth over some rules."""
    rates = [rate(rows) for rows in selected.values()]
    if len(rates) < 2:
        return Given(), Given()
    return derive(min, *rates), derive(max, *rates)


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


def longest_later(rows: pd.DataFrame, model: str) -> Given:
    """Return the years for which the longest of the records after a model's own stood.

    A record that is not beaten stands until the newest of the models. Unknown where none follows.
    """
    records = leading(rows, 1)
    own = records.loc[records["model"] == model, "published"].max()
    later = records.loc[records["published"] > own, "published"]
    if later.empty:
        return Given()
    days = growth.in_years(pd.concat([later, rows["published"].tail(1)]))
    return computed(np.diff(days).max(), rows)


def of_models(rows: pd.DataFrame | None, others: pd.DataFrame | None) -> pd.DataFrame | None:
    """Return the rows of those models that other rows have too; None where either is None."""
    if rows is None or others is None:
        return None
    return rows[rows["model"].isin(others["model"])]


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
