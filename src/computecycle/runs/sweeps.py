"""Sweeps: a chapter at many points, and what that says of its values and claims.

A chapter that is also a function (`quantities/<chapter>/model.py`) is asked for all points at once;
any other, or every one on request, is run whole at each point (`spread`). Beside the points that
were asked for, each assumption runs through its range while the others stay at the base: from that
come the bars of the tornado and the assumption that turns a claim first.
"""

import importlib
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from computecycle.evidence import checks, data
from computecycle.evidence.errors import InputError
from computecycle.evidence.given import shortened
from computecycle.notebook import claims as told
from computecycle.notebook import notebooks, parameters
from computecycle.quantities import spaces
from computecycle.runs import axes, chapters, points, spread

STEPS = {"model": 1001, "notebooks": 5}  # along a range while the others stay
SALTELLI = 1024  # points of each of the two samples that Sobol's shares are estimated from
STEPS_TOLD = 20  # lines of progress, about
CLAIM, CONDITION = "claim.", "condition."  # what the columns of verdicts begin with
KEYS = re.compile(r"(?ms)^```\{keys\}\n(.*?)^```")


@dataclass(frozen=True)
class Asked:
    """What a sweep is asked for: as the command's options, and as checked by `asked`."""

    chapter: str
    words: tuple[str, ...] = ()
    file: Path | None = None
    sample: int = 0
    seed: int = 7
    ranges: bool = False
    ids: tuple[str, ...] = ()
    by_notebooks: bool = False
    workers: int = 0
    scheduler: str = ""


@dataclass(frozen=True)
class Plan:
    """What a sweep goes through: a space (see `spaces`), the parameters that stay, the points."""

    space: pd.DataFrame
    still: dict[str, object]
    points: pd.DataFrame


@dataclass(frozen=True)
class Sweep:
    """What a sweep gives.

    way : "model" or "notebooks". points : assumptions, values (by id), claims (`claim.` and the id:
    True, False or None, as a rerun says; `condition.` and the id: by the condition alone, whoever
    gave its numbers) and, of notebooks, `failed`. along : assumptions, values and conditions for
    each assumption alone, with `moved`. ids : the values that are drawn. run : what the chapter
    says at the base. shares : Sobol's, by value.
    """

    asked: Asked
    plan: Plan = field(repr=False)
    way: str
    points: pd.DataFrame = field(repr=False)
    along: pd.DataFrame = field(repr=False)
    ids: list[str]
    run: dict = field(repr=False)
    shares: dict[str, pd.DataFrame] = field(repr=False)

    def value(self, id: str) -> dict:
        """Return a value as the chapter says it at the base."""
        return next(each for each in self.run["values"] if each["id"] == id)

    def side(self, name: str) -> pd.Series:
        """Return the row of the space for an assumption."""
        return self.plan.space.set_index("assumption").loc[name]

    def claims(self) -> pd.DataFrame:
        """Return for each claim: id, sentence, at the base (True, False, None), share of the points
        in which it holds, unknown (share in which it cannot be told), condition (share in which
        its condition holds), and the assumption that turns the condition first with the number
        there and its move as a share of the range."""
        rows, said_ = [], {each["id"]: each for each in self.run["claims"]}
        for id in [name.removeprefix(CLAIM) for name in self.points if name.startswith(CLAIM)]:
            turning = self.along[f"{CONDITION}{id}"].to_numpy()
            first = spaces.breaks(self.plan.space, self.along, turning)
            turned = first or {"assumption": "", "at": np.nan, "move": np.nan}
            holds, met = (self.points[f"{kind}{id}"] == True for kind in (CLAIM, CONDITION))  # noqa: E712
            shares = (holds.mean(), self.points[f"{CLAIM}{id}"].isna().mean(), met.mean())
            rows.append((id, said_[id]["text"], said_[id]["holds"], *shares, *turned.values()))
        columns = ["claim", "sentence", "base", "share", "unknown", "condition"]
        return pd.DataFrame(rows, columns=[*columns, "turned_by", "at", "move"])


def sweep(root: Path, asked: Asked, folder: Path, say: Callable[[str], None]) -> Sweep:
    """Return what a chapter says over a space; InputError for the first thing that cannot be.

    folder : where points that were run are kept.
    """
    model, plan = planned(root, asked)
    base = model.base if model else at_rest(root, asked.chapter)
    along = spaces.one_at_a_time(plan.space, base, STEPS["model" if model else "notebooks"])
    if model:
        return by_model(root, asked, model, plan, along)
    return by_notebooks(root, asked, plan, along, folder, say)


def planned(root: Path, asked: Asked) -> tuple[object, Plan]:
    """Return the model (or None) and the plan of a sweep, all checked."""
    declared = parameters.of(root, asked.chapter)
    space, still = axes.read(asked.chapter, asked.words, declared, bool(asked.sample))
    if still.get("data_dir"):
        checks.stop(checks.overlay_problems(still["data_dir"]))
    model = None if asked.by_notebooks else model_of(asked.chapter, still)
    if asked.ranges:
        space = with_ranges(asked, space, still, model, declared)
    if asked.file:
        if len(space):
            raise InputError("--grid names its points; set with -p only what stays, name=value.")
        space, table = axes.of_file(asked.chapter, asked.file, declared)
        twice = [name for name in table if name in still]
        if twice:
            raise InputError(f"{twice[0]} is set by -p and by {asked.file.name}; once is meant.")
    if space.empty:
        raise InputError("Nothing is swept; add -p name=lo:hi:n, --grid or --ranges.")
    need_moved(asked.chapter, space, model)
    if model and (asked.workers or asked.scheduler):
        raise InputError(
            f"The model of {asked.chapter} needs no --workers and no --scheduler; leave them out, "
            "or add --notebooks to run the whole chapter at each point."
        )
    way = "model" if model else "notebooks"
    if not asked.file:
        axes.need_few(asked.sample or math.prod(map(int, space["count"])), way)
        table = (
            spaces.drawn(space, asked.sample, asked.seed).apply(shortened, digits=spaces.DIGITS)
            if asked.sample
            else spaces.grid(space)
        )
    axes.need_few(len(table), way)
    return model, Plan(space, still, table)


def at_rest(root: Path, chapter: str) -> dict[str, float]:
    """Return the numbers of a chapter's parameters where nothing is set: what they are declared
    with, or for those that are declared empty what a model takes from the tables, else nan."""
    model = model_of(chapter, {})
    declared = {
        each.name: np.nan if each.default is None else each.default
        for each in parameters.of(root, chapter)
    }
    return {**declared, **(model.base if model else {})}


def model_of(chapter: str, still: dict[str, object]):
    """Return a chapter as a function with some parameters set; None where it is none."""
    try:
        room = importlib.import_module(f"computecycle.quantities.{chapter}.model")
    except ModuleNotFoundError:
        return None
    day, folder = still.get("as_of", ""), still.get("data_dir", "")
    tables = {
        name: data.load(name, "" if name in room.DECLARED else day, folder) for name in room.TABLES
    }
    return room.model(tables, still)


def with_ranges(asked: Asked, space: pd.DataFrame, still: dict, model, declared: list):
    """Return the space with every declared range that no word of the command sets otherwise: those
    of the model, or those of the chapter where it has none."""
    if asked.by_notebooks and model_of(asked.chapter, still):
        raise InputError("--ranges are those of the model; leave --notebooks out, or name sides.")
    ranges = model.ranges.assign(whole=False) if model else ranges_of(asked.chapter, declared)
    ranges = ranges.assign(count=0)[axes.COLUMNS]
    ranges = ranges[~ranges["assumption"].isin([*space["assumption"], *still])]
    return pd.concat([each for each in (ranges, space) if len(each)], ignore_index=True)


def ranges_of(chapter: str, declared: list) -> pd.DataFrame:
    """Return the ranges of what a chapter chooses, as the table `choices` declares them; where it
    has none there, the limits of its parameters."""
    choices = data.Package().load("choices")
    chosen = choices[choices["chapter"] == chapter]
    if len(chosen):
        return chosen
    sides = [
        (p.name, p.meaning, p.unit, "uniform", p.low, np.nan, p.high, 0, p.type == "int")
        for p in declared
        if p.low is not None
    ]
    return pd.DataFrame(sides, columns=axes.COLUMNS)


def need_moved(chapter: str, space: pd.DataFrame, model) -> None:
    """Raise InputError for a side that the model of a chapter does not move."""
    for name in space["assumption"] if model else ():
        if not model.moves(name):
            raise InputError(
                f"The model of {chapter} does not move with {name}; add --notebooks to run the "
                "whole chapter at each point."
            )


def by_model(root: Path, asked: Asked, model, plan: Plan, along: pd.DataFrame) -> Sweep:
    """Return a sweep by the function that the chapter is."""
    run = said(root, asked.chapter, plan.still)
    deciding = importlib.import_module(type(model).__module__).CLAIMS
    claims = [each for each in run["claims"] if each["id"] in deciding]
    fixed = {each["id"]: each["number"] for each in run["values"]}
    sides = list(plan.space["assumption"])

    def judged(points_: pd.DataFrame) -> pd.DataFrame:
        try:
            values = model.values(points_[sides])
        except ValueError as problem:
            raise InputError(str(problem)) from None
        values = pd.DataFrame(shortened(values.to_numpy()), columns=values.columns)
        met = {f"{CONDITION}{c['id']}": told.held(c, values, fixed) for c in claims}
        return values.assign(**met)

    found = judged(plan.points)
    there = [name for name in found if not name.startswith(CONDITION)]
    ids = axes.wanted(asked.chapter, asked.ids, there, keys(root, asked.chapter))
    shares = {}
    if asked.sample:
        numbers = lambda each: model.values(each)[ids].to_numpy().T  # noqa: E731
        shares = spaces.shares_of_draws(plan.space, numbers, ids, SALTELLI, asked.seed)
    elif not asked.file:
        shares = {id: spaces.shares_of_grid(plan.points, found[id].to_numpy()) for id in ids}
    dropped = [id for id in there if asked.ids and id not in ids]
    untold_ = untold(root, asked.chapter, plan)
    held = {c["id"]: None if c["id"] in untold_ else found[f"{CONDITION}{c['id']}"] for c in claims}
    found = found.assign(**{f"{CLAIM}{id}": each for id, each in held.items()})
    points_ = plan.points.join(found.drop(columns=dropped))
    return Sweep(asked, plan, "model", points_, along.join(judged(along)), ids, run, shares)


def untold(root: Path, chapter: str, plan: Plan) -> set[str]:
    """Return the ids of the claims that a rerun cannot tell whatever its numbers are, because of
    what the points of a plan set: as the chapter says itself at one of them."""
    known = [each.name for each in parameters.of(root, chapter)]
    (first,) = set_at(plan, plan.points[:1])
    at = {name: each for name, each in first.items() if name in known}
    return {each["id"] for each in said(root, chapter, at)["claims"] if each["why"]}


def by_notebooks(
    root: Path, asked: Asked, plan: Plan, along: pd.DataFrame, folder: Path, say: Callable
) -> Sweep:
    """Return a sweep that runs the whole chapter at each point."""
    if asked.scheduler:
        with spread.client(asked.scheduler):
            pass  # it answers: what is asked of it takes long
    run = said(root, asked.chapter, plan.still)
    there = [each["id"] for each in run["values"] if each["number"] is not None]
    ids = axes.wanted(asked.chapter, asked.ids, there, keys(root, asked.chapter))

    def tell(done: int, whole: int) -> None:
        if done % max(whole // STEPS_TOLD, 1) == 0 or done == whole:
            say(f"  {done:,} of {whole:,} runs")

    found = spread.answers(
        root,
        asked.chapter,
        set_at(plan, plan.points) + set_at(plan, along),
        folder / "points",
        asked.workers,
        asked.scheduler,
        tell,
    )
    claims = [each["id"] for each in run["claims"]]
    answers = answered(found, ids if asked.ids else there, claims)
    count = len(plan.points)
    inside, lines = answers.iloc[:count], answers.iloc[count:].reset_index(drop=True)
    on_grid = not (asked.sample or asked.file)
    shares = {
        id: spaces.shares_of_grid(plan.points, inside[id].to_numpy()) for id in ids if on_grid
    }
    points_ = plan.points.join(inside)
    return Sweep(asked, plan, "notebooks", points_, along.join(lines), ids, run, shares)


def set_at(plan: Plan, points_: pd.DataFrame) -> list[dict[str, object]]:
    """Return what is set at each of some points of a plan: all its sides; along an assumption alone
    (`moved`) that one, and at the base nothing but what stays."""
    whole = dict(zip(plan.space["assumption"], plan.space["whole"], strict=True))
    given = []
    for row in points_.to_dict("records"):
        names = [each for each in whole if row.get("moved", each) == each]
        given.append(plan.still | {n: (int if whole[n] else float)(row[n]) for n in names})
    return given


def answered(found: list[dict], ids: list[str], claims: list[str]) -> pd.DataFrame:
    """Return answers as a table: a column for each value, for each claim and its condition, and
    `failed`."""
    columns = {id: [each["values"].get(id) for each in found] for id in ids}
    table = pd.DataFrame(columns, dtype=float)
    verdicts_ = {
        f"{kind}{id}": [each[key].get(id) for each in found]
        for kind, key in ((CLAIM, "claims"), (CONDITION, "conditions"))
        for id in claims
    }
    return table.join(pd.DataFrame(verdicts_, dtype=object)).assign(
        failed=[each["failed"] for each in found]
    )


def said(root: Path, chapter: str, still: dict[str, object]) -> dict:
    """Return the values and claims of a chapter at the base: of its last run, or of one now."""
    last = chapters.results(root, chapter)
    if last and last["inputs"] == chapters.inputs(root, chapter, still):
        return last
    (run,) = (
        answer for _, answer in spread.on_processes(points.said, root, chapter, {"base": still}, 1)
    )
    if run["failed"]:
        where = ", ".join(f"{name}={each}" for name, each in still.items()) or "its base"
        raise InputError(f"Chapter {chapter} stopped at {where}: {run['failed']}")
    return run


def keys(root: Path, chapter: str) -> list[str]:
    """Return the ids of the key numbers at a chapter's head."""
    text = "\n\n".join(c.source for c in notebooks.source(root, chapter).cells)
    found = KEYS.search(text)
    return [line.partition(":")[0].strip() for line in found[1].splitlines()] if found else []
