"""Check the tables, build the site, print it, pack it, copy it, serve it."""

from pathlib import Path

import click

from computecycle.cli import command


@click.command()
@command.data_option
def check(folder):
    """Check every table against its description; of your own, say what they would change."""
    from computecycle.evidence import checks, data, received
    from computecycle.runs.pools import pool
    from computecycle.site import checking

    tables = received.taken(folder) if folder else received.Received()
    with pool(1) as beside:
        judging = beside.submit(checking.judged)
        checking.tables()
        doubts = checking.own(tables) if folder else checks.doubts()
        judging.result()
    for doubt in [*doubts, *tables.unread]:
        click.echo(f"Look again: {doubt}")
    click.echo(f"{len(data.descriptor()['resources'])} tables are as described.")
    if folder:
        from computecycle.runs import preview

        for line in preview.lines(command.ROOT, tables):
            click.echo(line)


@click.command()
@command.timings_option
def book(timings):
    """Check the tables, run the chapters that changed and build the site."""
    from computecycle.site import current
    from computecycle.site.stages import Stages

    root, said = command.ROOT, Stages(click.echo)
    with current.alone(root):
        done = current.told(root, said)
    if not done:
        from computecycle.site import build  # with all that a build needs, which takes a while

        build.book(root, said)
    if timings:
        said.tell()


@click.command()
def pdf():
    """Build the site where it is not, and print it to one PDF that its pages link."""
    from computecycle.site import build, pdf

    build.book(command.ROOT, click.echo)
    pdf.make(command.ROOT, click.echo)


@click.command(name="zip")
def zipped():
    """Build the site where it is not, and put it in one zip that opens from disk."""
    from computecycle.citing import edition
    from computecycle.site import archive, build

    build.book(command.ROOT, click.echo)
    archive.site(command.ROOT, edition.record(command.ROOT), click.echo)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--compressed", is_flag=True, help="With .gz and .br beside each text.")
def copy(folder, compressed):
    """Build the site where it is not, and copy it to FOLDER, which any web server takes."""
    from computecycle.site import build, copied

    copied.may_replace(folder.resolve())
    build.book(command.ROOT, click.echo)
    copied.copy(command.ROOT, folder.resolve(), compressed, click.echo)


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@command.filled("--out", metavar="DIR", help="Else _build/html.")
def serve(port, out):
    """Show the built site on this machine, at http://localhost:PORT."""
    from computecycle.site import build

    build.serve(Path(out or command.ROOT / "_build/html"), port, click.echo)


COMMANDS = [check, book, pdf, zipped, copy, serve]
