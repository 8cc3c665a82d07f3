"""Run chapters on other inputs, compare what came out, hold a receipt against a checkout."""

import sys
from pathlib import Path

import click

from computecycle.cli import command


@click.command()
@click.argument("chapters", nargs=-1, metavar="[CHAPTER ...|all]")
@click.option("-p", "given", multiple=True, metavar="[CHAPTER.]NAME=VALUE", help="Set a parameter.")
@command.filled("-f", "file", metavar="FILE", help="YAML of names and values to set.")
@command.data_option
@command.filled("--as-of", metavar="DATE", help="Use only what was known on this date.")
@command.filled("--out", metavar="DIR", help="Its folder, else a named one: _build/runs.")
@command.timings_option
def run(chapters, given, file, folder, as_of, out, timings):
    """Run chapters with other parameters, tables or date; say what it changes, with a receipt.

    All that they reach is run, and becomes a site of its own; the published one stays as it is.
    """
    from computecycle.site.stages import Stages

    said = Stages(click.echo)
    from computecycle.runs import asked  # with all that a rerun needs, which takes a while
    from computecycle.site import reruns

    study = asked.study(command.ROOT, chapters, given, file, folder, as_of)
    made = reruns.run(command.ROOT, study, out, said)
    if timings:
        said.tell()
    reruns.tell(made, click.echo)


@click.command()
@click.argument("first", metavar="A")
@click.argument("second", metavar="[B]", default="published")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def compare(first, second, as_json):
    """Compare two states: studies, editions, folders, or "published" (B, where none is named).

    What flipped and what moved, B being before and A after; ends with status 1 where they differ.
    """
    from computecycle.runs import chapters, comparison, states, telling

    after, made = states.named(command.ROOT, first)
    before, there = states.named(command.ROOT, second)
    found = comparison.between(before, after)
    if as_json:
        click.echo(chapters.as_json(found).decode(), nl=False)
    else:
        for word, each in ((second, there), (first, made)):
            for line in telling.rows(word, each):
                click.echo(line)
        for line in telling.lines(found):
            click.echo(line)
    sys.exit(0 if comparison.same(found) else 1)


@click.command()
@click.argument("file", metavar="RECEIPT")
def verify(file):
    """Hold a receipt against its inputs and this checkout; status 1 where it differs."""
    from computecycle.runs import receipt, studies

    wrong = receipt.verified(command.ROOT, Path(file))
    known, _ = receipt.read(Path(file))
    for sentence in wrong:
        click.echo(sentence)
    if not wrong:
        click.echo(f"Receipt {known['id']} is whole, and this checkout is what it was made of.")
        made = receipt.made_here(command.ROOT, known, Path(file))
        click.echo(
            f"It says what the same study says that was made here: {made}"
            if made
            else "Its numbers are not made again here; run it, then verify holds it against that."
        )
    click.echo(f"Again: {studies.command(known)}")
    sys.exit(1 if wrong else 0)


COMMANDS = [run, compare, verify]
