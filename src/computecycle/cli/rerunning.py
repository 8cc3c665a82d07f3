"""Run chapters on other inputs."""

from pathlib import Path

import click

from computecycle.cli import command


@click.command()
@click.argument("chapter")
@click.option("-p", "given", multiple=True, metavar="NAME=VALUE", help="Set a parameter.")
@click.option("--as-of", default="", metavar="DATE", help="Use only what was known on this date.")
@command.data_option
@click.option(
    "--out",
    default="",
    metavar="DIR",
    help="Where the rerun's own site goes, else _build/rerun; the published one stays as it is.",
)
def rerun(chapter, given, as_of, folder, out):
    """Run one chapter with other parameters or data and build it as a site of its own."""
    from computecycle.site import build

    words = command.pairs(given)
    words |= {"as_of": as_of} if as_of else {}
    words |= {"data_dir": str(Path(folder).resolve())} if folder else {}
    build.rerun(
        command.ROOT,
        Path(out or command.ROOT / "_build/rerun").resolve(),
        chapter,
        words,
        click.echo,
    )


COMMANDS = [rerun]
