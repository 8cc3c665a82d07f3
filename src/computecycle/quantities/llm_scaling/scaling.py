"""How models grow, by the rule that selects them.

    selection rule     which models of a table count; the growth that is fitted depends on it
    leading            a model among the r largest published up to its day (r = 1: a record), once
                       r others came before it
    interval           the ends of the interval of a fitted growth, as `growth` computes it

A rate is a factor a year: 4.7 means times 4.7. Exponentials are fitted in `growth`, dates are
in `foresight`. Tables in (as loaded), tables or `Given` numbers out.
"""

import numpy as np
import pandas as pd

from computecycle.evidence.given import Given, derive
from computecycle.quantities import choices, growth

LINE = ["rule", "day", "value"]
RULES = ["rule", "kind", "growth", "low", "high"]
READ = ["model", "day", "tokens", "used", "value", "whole", "kind"]
PACE = "compute-growth-frontier"  # id of the chapter's value
WITHDRAWN = "withdrawn"  # an estimate that its publisher no longer gives
ESTIMATED = pd.Timestamp("2024-04-15")  # known from then on: estimates of what no maker tells
RISEN = pd.Timestamp("2025-06-20")  # known from then on: models with which wider counts rose
TRIALS = ["M6-10T", "BaGuaLu"]  # sparse, trained to show that so many parameters can be trained


# Which models count


def measured(models: pd.DataFrame, metric: str) -> pd.DataFrame:
    """Return the rows of one metric in the order of publication, without withdrawn estimates."""
    rows = models[(models["metric"] == metric) & (models["certainty"] != WITHDRAWN)]
    return rows.sort_values("published", kind="stable")


def leading(rows: pd.DataFrame, rank: int) -> pd.DataFrame:
    """Return the rows, in order of publication, that were among the `rank` largest by then.

    The first `rank` of all count as none of them: whoever came first led without a rival.
    """
    values = rows["value"].to_numpy()
    larger = [int((values[:place] >= value).sum()) for place, value in enumerate(values)]
    return rows[(np.array(larger, dtype=int) < rank) & (np.arange(len(rows)) >= rank)]


def published_in(rows: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Return the rows published from one year to another, both included."""
    return rows[rows["published"].dt.year.between(first, last)]


def published_by(rows: pd.DataFrame, month: str) -> pd.DataFrame:
    """Return the rows published by the end of a month (2024-05)."""
    return rows[rows["published"] <= pd.Timestamp(month) + pd.offsets.MonthEnd(0)]


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


def bearing(rows: pd.DataFrame, fewest: int) -> pd.DataFrame:
    """Return the rows, or none where they are too few to bear a growth."""
    return rows if len(rows) >= fewest else rows.iloc[:0]


def since(rows: pd.DataFrame, model: str, known: pd.DataFrame) -> pd.DataFrame:
    """Return the rows published from the day of a model on; none where it is not known."""
    return rows[rows["published"] >= known.loc[known["model"] == model, "published"].min()]


def widest(
    rows: pd.DataFrame, least: Given, most: Given, first_year: int, fewest: int
) -> tuple[Given, Given]:
    """Return the lowest and the highest end of the intervals of the growth of the leading models
    published since a year, with from `least` to `most` of them in the lead; unknown where one of
    these leaves fewer models than `fewest`. A record hangs on those before it: of one in the lead
    the growth alone counts."""
    if not (least.known and most.known):
        return Given(), Given()
    ranks = range(int(least.number), int(most.number) + 1)
    chosen = [leading(rows, rank) for rank in ranks]
    chosen = [own[own["published"].dt.year >= first_year] for own in chosen]
    if min(map(len, chosen)) < fewest:
        return Given(), Given()
    fits = zip(ranks, map(fit, chosen), strict=True)
    ends = [end for rank, own in fits for end in (own.interval if rank > 1 else [own.growth])]
    of = [rows, *least.rows, *most.rows]
    return Given(float(min(ends)), of), Given(float(max(ends)), of)


def times_faster(first: pd.DataFrame | None, second: pd.DataFrame | None) -> tuple[Given, Given]:
    """Return the ends of the interval of how many times one fitted growth is another."""
    if first is None or second is None or first.empty or second.empty:
        return Given(), Given()
    low, high = growth.times_faster(fit(first), fit(second))
    return Given(low, [first, second]), Given(high, [first, second])


def least_risen(compute: pd.DataFrame, ranks: tuple[int, ...], first: int, split: int) -> Given:
    """Return the growth since a year as a multiple of that from a first year up to it, the least
    over some numbers of models in the lead; unknown where a window has no model."""
    chosen = [leading(compute, rank) for rank in ranks]
    since_split = (rate(own[own["published"].dt.year >= split]) for own in chosen)
    before = (rate(published_in(own, first, split - 1)) for own in chosen)
    risen = (late / early for late, early in zip(since_split, before, strict=True))
    return derive(lambda *each: min(each), *risen)


def as_told(gpt_models: pd.DataFrame, unit: float = 1.0) -> pd.DataFrame:
    """Return the GPT versions of a document as points: day, value, label.

    A version of the same size as the one before has no label.
    """
    table = gpt_models.sort_values("release", kind="stable")
    same = table["parameters"].diff() == 0
    made = {"day": pd.to_datetime(table["release"]), "value": table["parameters"] / unit}
    label = table["version"].mask(same, "")
    return pd.DataFrame({**made, "label": label}).reset_index(drop=True)


def growth_by_rule(
    counted: dict[str, pd.DataFrame], known: dict[str, pd.DataFrame]
) -> pd.DataFrame:
    """Return the growth under each rule, behind what others publish of it: columns `RULES`.

    counted : the rows under each rule. known : by some of these rules, rows of published growth;
    without an interval both its ends are the growth.
    """
    made = []
    for rule, rows in counted.items():
        for row in known[rule].itertuples() if rule in known else ():
            ends = [row.value if pd.isna(end) else end for end in (row.low, row.high)]
            made.append((rule, "published", row.value, *ends))
        fitted = fit(rows)
        made.append((rule, "ours", fitted.growth, *fitted.interval))
    return pd.DataFrame(made, columns=RULES)


def line(rows: pd.DataFrame, rule: str) -> pd.DataFrame:
    """Return the ends of the fitted line: columns `LINE`; empty for fewer than two times."""
    curve = fit(rows)
    ends = [rows["published"].min(), rows["published"].max()] if curve.points > 1 else []
    made = [(rule, day, float(curve.predict(day))) for day in ends if np.isfinite(curve.growth)]
    return pd.DataFrame(made, columns=LINE).assign(day=lambda new: pd.to_datetime(new["day"]))


def points(rows: pd.DataFrame, named: dict[str, str], ahead: pd.DataFrame) -> pd.DataFrame:
    """Return some models as points: day, value, label, sure, leads.

    named : what is written beside a model, by its name; the others have no label. ahead : those of
    the rows that were at the frontier.
    """
    made = {"day": rows["published"], "value": rows["value"]}
    sure = np.where(rows["certainty"] == "confident", "known with confidence", "estimated")
    label, leads = rows["model"].map(named).fillna(""), rows["model"].isin(ahead["model"])
    made |= {"label": label, "sure": sure, "leads": leads}
    return pd.DataFrame(made).reset_index(drop=True)


# Size, and what is read


def read(models: pd.DataFrame) -> pd.DataFrame:
    """Return what models read for each parameter, at work and in all: columns `READ`, by day.

    A sparse model uses a part of its parameters for a token; without that part it is left out.
    """
    value = {name: own.set_index("model")["value"] for name, own in models.groupby("metric")}
    tokens = measured(models, "training_tokens")
    part, full = (
        tokens["model"].map(value.get(metric, {})).astype(float)  # of no models too, numbers
        for metric in ("active_parameters", "parameters")
    )
    kind = part.notna().map({True: "sparse", False: "dense"})
    used, count = part.fillna(full), tokens["value"]
    made = [tokens["model"], tokens["published"], count, used, count / used, count / full, kind]
    return pd.DataFrame(dict(zip(READ, made, strict=True))).reset_index(drop=True)


def counted_both_ways(read: pd.DataFrame, named: dict[str, str]) -> pd.DataFrame:
    """Return what models read as points: model, day, value, kind, label; two of a sparse model.

    named : what is written beside a model, at the count of the parameters at work.
    """
    dense = read["kind"] == "dense"
    in_use = np.where(dense, "dense", "sparse, parameters at work")
    label = read["model"].map(named).fillna("")
    points = read[["model", "day", "value"]].assign(kind=in_use, label=label)
    in_all = points.assign(value=read["whole"], kind="sparse, parameters in all", label="")[~dense]
    return pd.concat([points, in_all], ignore_index=True).dropna(subset="value")


def sizes(models: pd.DataFrame, named: dict[str, str], unit: float) -> pd.DataFrame:
    """Return published sizes as points: day, value, label."""
    rows = measured(models, "parameters")
    made = {"day": rows["published"], "value": rows["value"] / unit}
    label = rows["model"].map(named).fillna("")
    return pd.DataFrame({**made, "label": label}).reset_index(drop=True)


def foreseen(goals: dict[str, Given], unit: float) -> pd.DataFrame:
    """Return sizes that were foreseen as spans: start, end, value, label.

    goals : by the years (2025/2026), the size. unit : of the value; the label counts in trillions.
    """
    made = [
        (f"{years[:4]}-01-01", f"{years[-4:]}-12-31", goal.number / unit, goal.number / 1e12)
        for years, goal in goals.items()
        if goal.known
    ]
    table = pd.DataFrame(made, columns=["start", "end", "value", "label"])
    ends = {end: pd.to_datetime(table[end]) for end in ("start", "end")}
    return table.assign(**ends, label=table["label"].map("{:,.0f} trillion".format))


def paces_at(rows: pd.DataFrame, points: pd.DataFrame, fewest: int) -> pd.DataFrame:
    """Return the growth of the leading models, by the id of the chapter, at each `frontier_rank`;
    unknown for fewer than so many."""

    def ask(frontier_rank: float) -> dict[str, float]:
        return {PACE: rate(bearing(leading(rows, int(frontier_rank)), fewest)).number}

    return choices.answered(points, ask).reindex(columns=[PACE])
