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
@click.option("--out", default="", metavar="DIR", help="Else _build/refresh/PUBLISHER.")
def refresh(publisher, dry_run, accept, contact, out):
    """Fetch newer rows from a publisher (sec, epoch, owid) and lay them over the report."""
    from computecycle.evidence.refresh import overlay

    if dry_run and accept:
        raise InputError("--dry-run and --accept contradict each other; give one.")
    if not dry_run:
        place.need_checkout()
    today = date.today()
    try:
        rows = overlay.proposed(publisher, today, contact)
    except InputError as problem:
        if not dry_run and publisher in overlay.PUBLISHERS:
            overlay.remember(publisher, today, str(problem))
        raise
    table = overlay.publisher(publisher).TABLE
    click.echo(f"{publisher}: {len(rows)} rows of {table} are new or changed.")
    for row in rows[:SHOWN]:
        click.echo("  " + ", ".join(cell for cell in list(row.values())[:7] if cell))
    if len(rows) > SHOWN:
        click.echo(f"  and {len(rows) - SHOWN} more")
    if dry_run:
        return
    overlay.remember(publisher, today)
    if not rows:
        return
    folder = Path(out or command.ROOT / "_build/refresh" / publisher)
    path = overlay.lay(publisher, rows, folder)
    if accept:
        path = overlay.enter(publisher, rows)
        click.echo(f"Entered into {path}; `make book` ends with what they change.")
    else:
        click.echo(
            f"Laid in {path}; `computecycle run all --data {folder}` shows what they change."
        )


COMMANDS = [refresh]
