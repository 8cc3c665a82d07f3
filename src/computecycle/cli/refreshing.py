"""Newer rows from the publishers."""

from datetime import date
from pathlib import Path

import click

from computecycle.cli import command
from computecycle.evidence import place
from computecycle.evidence.errors import InputError

SHOWN = 20  # rows that are printed


@click.command()
@click.argument("publisher")
@click.option("--dry-run", is_flag=True, help="Only say which rows are new or changed.")
@click.option("--accept", is_flag=True, help="Enter the rows into data/.")
@click.option("--contact", default="", metavar="MAIL", help="Where the publisher can reach you.")
@click.option("--out", default="", metavar="DIR", help="Of the rows; else _build/refresh.")
def refresh(publisher, dry_run, accept, contact, out):
    """Fetch newer rows from a publisher (sec, epoch, owid), run the report on them, give a receipt.

    A publisher that cannot be read leaves all as it is; its table is then marked as stale.
    """
    contradictions(dry_run, accept, out)
    from computecycle.evidence.refresh import overlay

    rows = fetched(publisher, dry_run, contact)
    if dry_run or not rows:
        return
    folder = Path(out or command.ROOT / "_build/refresh" / publisher).resolve()
    path = overlay.lay(publisher, rows, folder)
    for doubt in doubts(folder, accept):
        click.echo(f"Look again: {doubt}")
    if accept:
        path = overlay.enter(publisher, rows)
        click.echo(f"Entered into {path}; `make book` ends with what they change.")
        return
    from computecycle.runs import asked
    from computecycle.site import reruns

    click.echo(f"Laid in {path}")
    study = asked.study(command.ROOT, (), (), folder=str(folder))
    reruns.tell(reruns.run(command.ROOT, study, "", click.echo), click.echo)
    click.echo(f"`computecycle refresh {publisher} --accept` enters the rows.")


def doubts(folder: Path, accept: bool) -> list[str]:
    """Return what is doubtful of the rows that were laid in a folder; InputError where they were to
    be entered: a publisher may have changed its unit."""
    from computecycle.evidence import checks

    found = checks.doubts(str(folder))
    if found and accept:
        first = "\n".join(found[:SHOWN])
        raise InputError(
            f"{first}\nNothing is entered. The rows are in {folder}; those that are right may be "
            "added to data/ by hand."
        )
    return found


def contradictions(dry_run: bool, accept: bool, out: str) -> None:
    """Raise InputError for options that do not go together."""
    if dry_run and accept:
        raise InputError("--dry-run and --accept contradict each other; give one.")
    if dry_run and out:
        raise InputError("--dry-run and --out contradict each other: nothing is written.")
    if accept:
        place.need_checkout()


def fetched(publisher: str, dry_run: bool, contact: str) -> list[dict[str, str]]:
    """Return the rows of a publisher that are new or changed, and say them; note whether it could
    be read."""
    from computecycle.evidence.refresh import overlay

    today = date.today()
    try:
        rows = overlay.proposed(publisher, today, contact)
    except InputError as problem:
        if not dry_run and publisher in overlay.PUBLISHERS:
            overlay.remember(publisher, today, str(problem))
        raise
    table = overlay.publisher(publisher).TABLE
    click.echo(f"{publisher}: {len(rows)} of its rows for {table} are new or changed.")
    for row in rows[:SHOWN]:
        click.echo("  " + ", ".join(cell for cell in list(row.values())[:7] if cell))
    if len(rows) > SHOWN:
        click.echo(f"  and {len(rows) - SHOWN} more")
    if not dry_run:
        overlay.remember(publisher, today)
    return rows


COMMANDS = [refresh]
