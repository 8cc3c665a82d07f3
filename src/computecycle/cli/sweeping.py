"""Run a chapter through a space of its assumptions."""

import hashlib
import importlib.util
import re
from pathlib import Path

import click

from computecycle.cli import command
from computecycle.evidence import place
from computecycle.evidence.errors import InputError

NEEDED = {"scipy": "", "pyarrow": "", "distributed": "--scheduler"}  # of the extra, and for what
BESIDE = ", and beside them runs of the base and of each assumption alone"
ADDRESS = re.compile(r"(\w+://)?\S+:\d+")  # of a scheduler


@click.command()
@click.argument("chapter")
@click.option(
    "-p",
    "given",
    multiple=True,
    metavar="NAME=LO:HI:N",
    help="A side of the grid; NAME=LO:HI of a sample; NAME=VALUE stays.",
)
@command.filled("--grid", metavar="FILE", help="A CSV of points, a column a parameter.")
@click.option("--sample", type=click.IntRange(min=1), metavar="N", help="Draw N points instead.")
@click.option("--seed", type=click.IntRange(min=0), metavar="S", help="Of the draws; else 7.")
@click.option("--ranges", is_flag=True, help="Draw over all declared ranges as well.")
@command.filled("--values", metavar="IDS", help="Which values, by comma; else the keys.")
@click.option(
    "--workers", type=click.IntRange(min=1), metavar="N", help="Processes; else by cores."
)
@command.filled("--scheduler", metavar="tcp://...", help="Use a Dask cluster.")
@click.option("--notebooks", is_flag=True, help="Run the whole chapter at each point.")
@command.filled("--out", metavar="DIR", help="Else a folder in _build/sweeps.")
def sweep(chapter, given, grid, sample, seed, ranges, values, workers, scheduler, notebooks, out):
    """Run a chapter over a grid or a sample of its assumptions.

    Leaves tables of the points, for each claim the share of them in which it holds and the
    assumption that turns it first, and figures of what moves each value.
    """
    contradictions(grid, sample, seed, ranges, workers, scheduler)
    from computecycle.runs import sweeps, swept

    asked = sweeps.Asked(
        chapter,
        given,
        Path(grid) if grid else None,
        sample or 0,
        7 if seed is None else seed,
        ranges,
        tuple(id.strip() for id in values.split(",") if id.strip()),
        notebooks,
        workers or 0,
        scheduler,
    )
    root = command.ROOT
    kept = place.made(Path.cwd()) / "sweeps"
    folder = Path(out or kept / f"{chapter}-{study(asked, grid)}").resolve()
    sweeps.planned(root, asked)  # what is wrong is told before a folder is made
    need_extra(scheduler)
    with swept.alone(folder):
        found = sweeps.sweep(root, asked, folder, click.echo)
        figures = swept.write(root, found, folder)
    tell(found, figures, folder)


def contradictions(grid, sample, seed, ranges, workers, scheduler) -> None:
    """Raise InputError for options that do not go together."""
    pairs = {
        "--workers and --scheduler": (workers and scheduler, "the cluster has its own workers"),
        "--grid and --sample": (grid and sample, "a file names its points"),
        "--grid and --ranges": (grid and ranges, "a file names its points"),
        "--seed without --sample": (seed is not None and not sample, "nothing is drawn"),
        "--ranges without --sample": (ranges and not sample, "say how many draws, --sample N"),
    }
    for words, (given, why) in pairs.items():
        if given:
            raise InputError(f"{words}: {why}.")
    if scheduler and not ADDRESS.fullmatch(scheduler):
        raise InputError(f'--scheduler is "{scheduler}"; write an address as tcp://HOST:PORT.')


def need_extra(scheduler: str) -> None:
    """Raise InputError with the line that installs what a sweep needs and is not there."""
    for package, option in NEEDED.items():
        if (not option or scheduler) and importlib.util.find_spec(package) is None:
            raise InputError(f"A sweep needs {package}; {place.extra('sweep')}")


def study(asked, grid: str) -> str:
    """Return a short name for a study: the same words and points give the same folder."""
    content = Path(grid).read_bytes() if grid and Path(grid).is_file() else b""
    return hashlib.sha256(repr(asked).encode() + content).hexdigest()[:8]


def tell(found, figures: list[str], folder: Path) -> None:
    """Say what a sweep found."""
    from computecycle.runs import sweeps

    asked = found.asked
    kind = ("draw" if asked.sample else "point") + "s" * (len(found.points) > 1)
    drawn = f"{kind} (seed {asked.seed})" if asked.sample else kind
    by, runs = ("its model", "") if found.way == "model" else ("its notebook", BESIDE)
    click.echo(f"{asked.chapter} by {by}: {len(found.points):,} {drawn}{runs}")
    claims = found.claims()
    aside = claims["condition"] != claims["share"]  # they say who gave a number, which is set
    for row in (
        claims[(claims["share"] < 1) & (claims["unknown"] < 1) | aside]
        .sort_values("condition", kind="stable")
        .itertuples()
    ):
        click.echo(f"  holds in {row.share:6.2%}: {row.claim} ({turned(row)})")
    for words, which in (("hold in all", "share"), ("can be told in none", "unknown")):
        names = claims.loc[(claims[which] == 1) & ~aside, "claim"]
        if len(names):
            click.echo(f"  {words}: {', '.join(names)}")
    if asked.sample and found.way == "notebooks":
        runs = (len(found.plan.space) + 2) * sweeps.SALTELLI
        click.echo(
            f"  No shares of the variance: by draws they take {runs:,} runs of the notebook; "
            "a grid (-p NAME=LO:HI:N) gives them exactly."
        )
    failed = (found.points["failed"] != "").sum() if "failed" in found.points else 0
    if failed:
        click.echo(f"  {failed:,} points failed; points.csv says why.")
    still = [id for id in found.ids if found.points[id].nunique() == 1]
    if still:
        also = "" if asked.ids else "; --values names others, `computecycle parameters` lists them"
        click.echo(f"  not moved by it: {', '.join(still)}{also}")
    click.echo(f"Tables and {len(figures)} figures are in {folder}")


def turned(row) -> str:
    """Return in words what turns a claim, and where it cannot be told."""
    parts = ["no assumption alone turns it"]
    if row.turned_by:
        parts = [f"{row.turned_by} turns it first, at {row.at:,.4g}"]
    parts += {True: [], False: ["not at the base"]}.get(row.base, ["cannot be told at the base"])
    parts += [f"cannot be told in {row.unknown:.2%}"] if row.unknown else []
    if row.condition != row.share:
        parts += [f"by its numbers alone, whoever gave them, holds in {row.condition:.2%}"]
    return "; ".join(parts)


COMMANDS = [sweep]
