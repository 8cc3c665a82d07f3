"""Release an edition; look through a text for citations that no longer stand."""

import sys
from pathlib import Path

import click

from computecycle.cli import command
from computecycle.evidence.place import need_checkout


@click.command()
@click.argument("edition")
def release(edition):
    """Write what this edition publishes to editions/EDITION, never to be changed again."""
    from computecycle.citing import editions
    from computecycle.site import build, current, headings

    need_checkout()
    editions.may_release(command.ROOT, edition)
    build.book(command.ROOT, click.echo)
    with current.alone(command.ROOT):
        known = headings.published(command.ROOT / "_build/html")
        made = editions.release(command.ROOT, edition, known, click.echo)
    click.echo(f"Edition {edition} is in {made}; `make book` shows it.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def citations(file):
    """List the citations of this report in a .bib, .md or .tex that no longer stand.

    The exit status is 1 where there are any.
    """
    from computecycle.citing import cited

    count, found = cited.doubtful(command.ROOT, file)
    for place, words in found:
        named = " ".join(filter(None, (place.kind, place.id)))
        edition = f"edition {place.edition}" if place.edition else "no edition named"
        click.echo(f"{file}:{place.line}: {named} ({edition}): {words}")
    doubted = len({place for place, _ in found})
    click.echo(f"{count} citations of this report, {doubted} superseded or corrected.")
    sys.exit(bool(found))


COMMANDS = [release, citations]
