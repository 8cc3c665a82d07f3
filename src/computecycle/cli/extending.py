"""Begin a chapter or a table."""

import click

from computecycle.cli import command
from computecycle.evidence import place


@click.group(name="new", cls=command.Sentences)
def new():
    """Begin a chapter or a table; what is written runs, and waits for your words."""


@new.command(name="chapter")
@click.argument("name")
@click.option("--table", required=True, metavar="TABLE", help="A described table that it reads.")
def new_chapter(name, table):
    """Write a chapter that runs: notebook, chart, quantity, their tests, its place in the order."""
    from computecycle.notebook import skeleton

    place.need_checkout()
    for path in skeleton.write(command.ROOT, name, table):
        click.echo(f"  {path}")
    click.echo(f"Chapter {name} is begun; edit it, then `make book`.")


@new.command(name="table")
@click.argument("name")
@click.option("--key", required=True, metavar="A,B", help="Columns that tell one row from another.")
def new_table(name, key):
    """Describe data/NAME.csv in data/datapackage.json, as far as it can be read off."""
    from computecycle.evidence import describe

    place.need_checkout()
    describe.add(name, key.split(","))
    click.echo(f'data/datapackage.json describes {name}; write what says "{describe.TO_WRITE}".')


COMMANDS = [new]
