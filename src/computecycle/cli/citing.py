"""Cite the report or any part of it; tell what a file of it is."""

from pathlib import Path

import click

from computecycle.cli import command


@click.command()
@click.argument("ref")
@click.option(
    "--format",
    "style",
    type=click.Choice(["apa", "bibtex", "ris", "csl"]),
    default="apa",
    show_default=True,
)
def cite(ref, style):
    """Print the citation of a figure, a value, a claim, a chapter or the report."""
    from computecycle.citing import citations, edition

    record = citations.find(command.ROOT, edition.record(command.ROOT), ref)
    click.echo(citations.formatted(record, style).rstrip("\n"))


@click.command()
def record():
    """Write CITATION.cff, .zenodo.json and codemeta.json anew from book/edition.json."""
    from computecycle.citing import deposit

    names = deposit.write(command.ROOT)
    click.echo(f"Written: {', '.join(names)}." if names else "They say what the record says.")


@click.command()
@click.argument("file")
def identify(file):
    """Tell which figure a picture, a table or a zip is, and whether it was altered."""
    from computecycle.citing import identify

    for sentence in identify.told(command.ROOT, Path(file)):
        click.echo(sentence)


COMMANDS = [cite, identify, record]
