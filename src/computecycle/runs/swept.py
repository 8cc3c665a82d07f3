"""What a sweep leaves in its folder: tables, figures, and a summary that names them.

points.csv, points.parquet   each point with its values and claims: `claim.` as a rerun says, and
                             beside it `condition.` by the numbers alone where that is another
values.csv                   what each value is, and how the chapter prints it at the base: of a
                             range, two numbers, the second of which is the value
claims.csv                   for each claim the share in which it holds and what turns it first
moves.csv                    each value at the ends of each range, and Sobol's shares
fan-<id>.svg, tornado-<id>.svg (and -narrow), for each value that was asked for
sweep.json                   what was asked for, and the hash of the report that answered
"""

import contextlib
import fcntl
import io
import textwrap
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from computecycle.charts import look, theme
from computecycle.charts import sweeps as charts
from computecycle.evidence.errors import InputError
from computecycle.quantities import spaces
from computecycle.runs import chapters, points
from computecycle.runs.sweeps import CLAIM, CONDITION, Sweep

MARK = ".sweep"
STRETCHES = 12  # of the range of an assumption, over each of which draws are counted together
FEWEST = 8  # points in a stretch that a band is drawn from
TITLE = 56  # characters of a line above an axis
QUANTILES = {"nine tenths of the points": (0.05, 0.95), "half of them": (0.25, 0.75)}


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a folder for one sweep; InputError when it holds other things or another sweep."""
    mark = folder / MARK
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is no folder; name one for the sweep.")
    if folder.is_dir() and any(folder.iterdir()) and not mark.exists():
        raise InputError(f"{folder} holds other things; name a new folder for the sweep.")
    folder.mkdir(parents=True, exist_ok=True)
    with open(mark, "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InputError(f"Another sweep is running in {folder}; wait for it.") from None
        yield


def write(root: Path, sweep: Sweep, folder: Path) -> list[str]:
    """Write what a sweep gives and return the names of its figures; older ones are removed."""
    figures = {}
    for id in sweep.ids:
        if sweep.points[id].nunique() < 2:
            continue  # nothing moves it
        number = axis(sweep.value(id)["name"], sweep.value(id)["unit"])
        name = widest(sweep, id)
        if len((shape := bands(sweep, id, name))[0]):
            side = sweep.side(name)
            along = axis(label(sweep, name), side["unit"], (side["low"], side["high"]))
            figures |= drawn(f"fan-{id}", charts.fan(*shape, along, number))
        if len(moved := bars(sweep, id)):
            figures |= drawn(f"tornado-{id}", charts.tornado(moved, number))
    for path in folder.glob("*.svg"):
        if path.name not in figures:
            path.unlink()
    points_ = sweep.points.drop(columns=twice(sweep.points))
    tables = {"points.csv": points_, "values.csv": values(sweep)}
    tables |= {"claims.csv": sweep.claims(), "moves.csv": moves(sweep)}
    for name, table in tables.items():
        chapters.write(folder / name, csv(table))
    for name, drawing in figures.items():
        chapters.write(folder / name, drawing.encode())
    chapters.write(folder / "points.parquet", parquet(points_))
    chapters.write(folder / "sweep.json", chapters.as_json(summary(root, sweep)))
    return sorted(figures)


def csv(table: pd.DataFrame) -> bytes:
    """Return a table as CSV; verdicts are true, false or, where they cannot be told, empty."""
    words = {True: "true", False: "false"}
    told = table.apply(
        lambda c: c.map(lambda v: words.get(v, v)) if c.dtype in (object, bool) else c
    )
    return told.to_csv(
        index=False, lineterminator="\n", float_format=f"%.{spaces.DIGITS}g"
    ).encode()


def twice(table: pd.DataFrame) -> list[str]:
    """Return the columns of conditions that say what those of their claims say already."""
    names = [each for each in table if each.startswith(CONDITION)]
    return [
        each for each in names if table[each].equals(table[CLAIM + each.removeprefix(CONDITION)])
    ]


def values(sweep: Sweep) -> pd.DataFrame:
    """Return what each value of the points is: value, name, unit, number and printed (at the
    base)."""
    said = [each for each in sweep.run["values"] if each["id"] in sweep.points]
    columns = {"id": "value", "name": "name", "unit": "unit", "number": "number", "text": "printed"}
    return pd.DataFrame(said, columns=list(columns)).rename(columns=columns)


def parquet(table: pd.DataFrame) -> bytes:
    """Return a table as Parquet; verdicts are booleans that may be missing."""
    verdicts = {name: "boolean" for name in table if name.startswith((CLAIM, CONDITION))}
    held = io.BytesIO()
    table.astype(verdicts).to_parquet(held, index=False)
    return held.getvalue()


def summary(root: Path, sweep: Sweep) -> dict:
    """Return what was asked for and what the points rest on."""
    asked = sweep.asked
    sides = sweep.plan.space[["assumption", "unit", "distribution", "low", "mode", "high", "count"]]
    return {
        "chapter": asked.chapter,
        "by": sweep.way,
        "points": len(sweep.points),
        "sample": asked.sample,
        "seed": asked.seed,
        "set": sweep.plan.still,
        "space": [
            {name: None if each != each else each for name, each in row.items()}
            for row in sides.to_dict("records")
        ],
        "report": points.report(str(root), asked.chapter),
    }


def moves(sweep: Sweep) -> pd.DataFrame:
    """Return each value at the ends of each range: value, assumption, low, high (settings), at_low,
    at_high (the value there), base, first, total (Sobol's shares; nan where none are told)."""
    parts = []
    for id in sweep.ids:
        ends = spaces.ends(sweep.along, sweep.along[id].to_numpy())
        wide = ends.pivot(index="assumption", columns="bound", values=["setting", "number"])
        table = pd.DataFrame(
            {
                "value": id,
                "assumption": wide.index,
                "low": wide["setting", "low"].to_numpy(),
                "high": wide["setting", "high"].to_numpy(),
                "at_low": wide["number", "low"].to_numpy(),
                "at_high": wide["number", "high"].to_numpy(),
                "base": ends["base"].iloc[0],
            }
        )
        shares = sweep.shares.get(id, pd.DataFrame(columns=["assumption", "first", "total"]))
        parts.append(table.merge(shares, how="left", on="assumption"))
    return pd.concat(parts, ignore_index=True)


def bars(sweep: Sweep, id: str) -> pd.DataFrame:
    """Return the bars of a tornado, as its chart takes them; what moves nothing is left out."""
    ends = spaces.ends(sweep.along, sweep.along[id].to_numpy())
    ends = ends[ends["swing"] > 0]
    shares = sweep.shares.get(id)
    told = {} if shares is None else dict(zip(shares["assumption"], shares["total"], strict=True))
    return ends.assign(
        label=[label(sweep, name) + share(told.get(name)) for name in ends["assumption"]],
        setting=[
            printed(setting, sweep.side(name)["unit"])
            for setting, name in zip(ends["setting"], ends["assumption"], strict=True)
        ],
    ).drop(columns="assumption")


def share(total: float | None) -> str:
    """Return how the share of an assumption in the variance is told beside its name."""
    if total is None or not np.isfinite(total):
        return ""
    return f": {max(total, 0):.0%} of variance"


def widest(sweep: Sweep, id: str) -> str:
    """Return the assumption with the largest share of the variance of a value, or the first."""
    known = sweep.shares.get(id)
    told = known is not None and known["total"].notna().any()
    return known.loc[known["total"].idxmax(), "assumption"] if told else sweep.plan.space.iloc[0, 0]


def bands(sweep: Sweep, id: str, name: str) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the bands, the medians and the base of a fan along an assumption."""
    table = pd.DataFrame({"at": sweep.points[name], "number": sweep.points[id]}).dropna()
    places = table["at"].unique()
    if len(places) > 2 * STRETCHES:
        table["at"] = pd.cut(table["at"], STRETCHES).map(lambda part: part.mid).astype(float)
    groups = table.groupby("at")["number"]
    groups = groups.filter(lambda each: len(each) >= FEWEST or len(places) <= 2 * STRETCHES)
    groups = groups.groupby(table["at"].reindex(groups.index))
    medians = groups.median().rename("number").reset_index()
    parts = [
        pd.DataFrame({"part": part, "low": groups.quantile(low), "high": groups.quantile(high)})
        for part, (low, high) in QUANTILES.items()
    ]
    shape = pd.concat(parts).reset_index(names="at") if len(medians) > 1 else pd.DataFrame()
    side = sweep.side(name)
    start, number = sweep.along[name].iloc[0], sweep.along[id].iloc[0]
    inside = side["low"] <= start <= side["high"]
    base = pd.DataFrame({"at": [start], "number": [number], "label": ["base"]})
    return shape, medians, base if inside else base.iloc[:0]


def label(sweep: Sweep, name: str) -> str:
    """Return the words for an assumption."""
    return str(sweep.side(name)["label"]).partition(";")[0]


def axis(words: str, unit: str, ends: tuple[float, float] = (0, 1)) -> charts.Axis:
    """Return an axis: words and unit in lines that a phone has room for, shares as percentages."""
    share_ = unit.startswith("fraction")
    told = share_ or not unit or unit in words.lower()
    title = words[:1].upper() + words[1:] + ("" if told else f" ({unit})")
    return charts.Axis(textwrap.wrap(title, TITLE), ".0%" if share_ else "", ends)


def printed(number: float, unit: str) -> str:
    """Return an end of a range as a reader writes it."""
    if unit.startswith("fraction"):
        return f"{number:.0%}"
    return f"{number:,.4g}" if abs(number) < 1e4 else f"{number:,.0f}"


def drawn(name: str, chart) -> dict[str, str]:
    """Return a chart's pictures by file name, for a page and for a phone."""
    spec = look.specification(chart, validate=False)
    widths = {"": theme.WIDE, "-narrow": theme.NARROW}
    return {f"{name}{end}.svg": theme.svg(theme.fit(spec, w)) for end, w in widths.items()}
