"""What there is: chapters, their parameters, tables, templates to fill in, studies."""

from pathlib import Path

import click

from computecycle.cli import command


@click.command()
def chapters():
    """List the chapters: name, title, parameters, tables."""
    from computecycle.notebook import notebooks, parameters

    for name in notebooks.names(command.ROOT):
        book = notebooks.source(command.ROOT, name)
        tables, declared = notebooks.tables(command.ROOT, name), parameters.of(command.ROOT, name)
        click.echo(f"{name}: {notebooks.title(book)}")
        click.echo(f"  {len(declared)} parameters; reads {', '.join(tables)}")


@click.command(name="parameters")
@click.argument("chapter")
def of_chapter(chapter):
    """List what a chapter lets you set: type, unit, default, range, meaning, what it can move."""
    from computecycle.notebook import parameters, reach

    moved = reach.of(command.ROOT, chapter)
    for each in parameters.of(command.ROOT, chapter):
        default = "from the data" if each.default in (None, "") else each.default
        unit = f", {each.unit}" if each.unit else ""
        click.echo(f"{each.name}: {each.allowed()}{unit}; default {default}")
        click.echo(f"  {each.meaning}")
        click.echo(f"  {reach.told(moved[each.name])}")


@click.command()
def tables():
    """List the tables: rows, newest day, chapters that read them, title."""
    from computecycle.evidence import data
    from computecycle.notebook import notebooks

    reading = {name: notebooks.tables(command.ROOT, name) for name in notebooks.names(command.ROOT)}
    package = data.Package()
    ends = package.ends()
    for entry in data.descriptor()["resources"]:
        name = entry["name"]
        readers = ", ".join(each for each, read in reading.items() if name in read) or "no chapter"
        day = f"newest {ends[name]}" if name in ends else "undated"
        click.echo(f"{name}: {entry.get('title', '')}")
        click.echo(f"  {len(package.load(name))} rows, {day}; read by {readers}")


@click.command()
@click.argument("table")
@click.option("--xlsx", is_flag=True, help="Write a workbook instead of printing CSV.")
@click.option("--out", default="", metavar="FILE", help="The workbook, else TABLE.xlsx.")
def template(table, xlsx, out):
    """Print a table to fill in: header, what each column may hold, an example, as remarks."""
    from computecycle.evidence import template as made
    from computecycle.evidence.errors import InputError

    if out and not xlsx:
        raise InputError("--out names a workbook; give --xlsx too, or redirect what is printed.")
    if not xlsx:
        click.echo(made.as_csv(table), nl=False)
        return
    path = Path(out or f"{table}.xlsx")
    made.as_workbook(table, path)
    click.echo(f"{path}: fill in rows below the remarks, which are skipped.")


@click.command()
def status():
    """Say what `book` would run and why, and which studies and editions there are."""
    from computecycle.site import standing

    for line in standing.lines(command.ROOT):
        click.echo(line)


COMMANDS = [chapters, of_chapter, tables, template, status]
