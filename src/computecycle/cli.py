"""The `computecycle` command. A mistake is one sentence and exit status 2, an interrupt 130."""

import shutil
import sys
from pathlib import Path

import click

from computecycle.evidence.errors import InputError, did_you_mean

ROOT = Path(__file__).parents[2]


class Sentences(click.Group):
    """A command group that ends in a sentence, never in a traceback, for what a user can mend."""

    def main(self, *args, **kwargs):
        try:
            super().main(*args, standalone_mode=False, **kwargs)
        except click.ClickException as problem:
            self.stop(problem.format_message(), 2)
        except InputError as problem:
            self.stop(str(problem), 2)
        except FileNotFoundError as problem:
            self.stop(f"{problem.filename} is missing; restore it and run again.", 2)
        except PermissionError as problem:
            self.stop(f"No permission for {problem.filename}; change its owner or mode.", 2)
        except shutil.Error as problem:
            self.stop(f"The system refused: {problem.args[0][0][-1]}; free it and run again.", 2)
        except OSError as problem:
            place = f" at {problem.filename}" if problem.filename else ""
            self.stop(f"The system refused{place}: {problem.strerror}; free it and run again.", 2)
        except (KeyboardInterrupt, click.Abort):
            self.stop("Interrupted; what was published before is untouched.", 130)

    def resolve_command(self, context, words):
        """Return the command that was named; InputError with the nearest one when there is none."""
        if words and words[0] not in self.commands:
            known = sorted(self.commands)
            hint = did_you_mean(words[0], known) or f" It has {', '.join(known)}."
            raise InputError(f'There is no command "{words[0]}".{hint}')
        return super().resolve_command(context, words)

    @staticmethod
    def stop(message: str, status: int) -> None:
        """Say what went wrong on standard error and end with a status."""
        click.echo(f"computecycle: {message}", err=True)
        sys.exit(status)


@click.group(cls=Sentences)
def main():
    """Check the tables, run the chapters, build and read the report."""


def pairs(given: tuple[str, ...]) -> dict[str, str]:
    """Return `name=value` words as a dictionary; InputError for a word without `=`."""
    wrong = [word for word in given if "=" not in word]
    if wrong:
        raise InputError(f'"{wrong[0]}" sets nothing; write name=value.')
    return dict(word.split("=", 1) for word in given)


data_option = click.option(
    "--data",
    "folder",
    default="",
    metavar="DIR",
    help="Folder of CSVs laid over the report's tables.",
)


@main.command()
@data_option
def check(folder):
    """Check every table against its description."""
    from computecycle.evidence import data
    from computecycle.site import build

    build.check_tables(folder)
    click.echo(f"{len(data.descriptor()['resources'])} tables are as described.")


@main.command()
@click.argument("chapter")
@click.option("-p", "given", multiple=True, metavar="NAME=VALUE", help="Set a parameter.")
@click.option("--as-of", default="", metavar="DATE", help="Use only what was known on this date.")
@data_option
@click.option(
    "--out",
    default="",
    metavar="DIR",
    help="Where the rerun's own site goes, else _build/rerun; the published one stays as it is.",
)
def rerun(chapter, given, as_of, folder, out):
    """Run one chapter with other parameters or data and build it as a site of its own."""
    from computecycle.site import build

    words = pairs(given)
    words |= {"as_of": as_of} if as_of else {}
    words |= {"data_dir": str(Path(folder).resolve())} if folder else {}
    build.rerun(ROOT, Path(out or ROOT / "_build/rerun").resolve(), chapter, words, click.echo)


@main.command()
def book():
    """Check the tables, run the chapters that changed and build the site."""
    from computecycle.site import build

    build.book(ROOT, click.echo)


@main.command()
def pdf():
    """Build the site where it is not, and print it to one PDF that its pages link."""
    from computecycle.site import build, pdf

    build.book(ROOT, click.echo)
    pdf.make(ROOT, click.echo)


@main.command(name="zip")
def zipped():
    """Build the site where it is not, and put it in one zip that opens from disk."""
    from computecycle.site import archive, build, pages

    build.book(ROOT, click.echo)
    archive.site(ROOT, pages.edition(str(ROOT)), click.echo)


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--out", default="", metavar="DIR", help="Else _build/html.")
def serve(port, out):
    """Show the built site on this machine, at http://localhost:PORT."""
    from computecycle.site import build

    build.serve(Path(out or ROOT / "_build/html"), port, click.echo)


@main.command()
@click.option("--source", default="", metavar="KEY", help="Only the claims of one source.")
@click.option("--verdict", default="", metavar="WORD", help="Only the claims with this verdict.")
@click.option("--chapter", default="", metavar="NAME", help="Only the claims of one chapter.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@click.option("--as-of", default="", metavar="DATE", help="Use only what was known on this date.")
@data_option
def ledger(source, verdict, chapter, as_json, as_of, folder):
    """Print what the sources state, recomputed and judged."""
    from computecycle.ledger import ledger as judged
    from computecycle.site import build

    if folder:
        build.check_tables(folder)
    table = judged.ledger(as_of, folder)
    for column, word in (("source", source), ("verdict", verdict), ("chapter", chapter)):
        known = sorted(set(table[column]))
        if word and word not in known:
            raise InputError(f'No claim has {column} "{word}"; there are {", ".join(known)}.')
        table = table[table[column] == word] if word else table
    if as_json:
        full = table[judged.PRINTED + judged.DETAILS]
        click.echo(full.to_json(orient="records", force_ascii=False, indent=1))
        return
    click.echo(table[judged.PRINTED].to_string(index=False, max_colwidth=48))
    once = judged.distinct(table)
    told = [f"{count} {word}" for word, count in once["verdict"].value_counts().items()]
    again = len(table) - len(once)
    told += [f"{again} told again and not counted"] if again else []
    click.echo(", ".join(told))


@main.group(name="new", cls=Sentences)
def new():
    """Begin a chapter or a table; what is written runs, and waits for your words."""


@new.command(name="chapter")
@click.argument("name")
@click.option("--table", required=True, metavar="TABLE", help="A described table that it reads.")
def new_chapter(name, table):
    """Write a chapter that runs: notebook, chart, quantity, their tests, its place in the order."""
    from computecycle.notebook import skeleton

    for path in skeleton.write(ROOT, name, table):
        click.echo(f"  {path}")
    click.echo(f"Chapter {name} runs; edit it, then `make book`.")


@new.command(name="table")
@click.argument("name")
@click.option("--key", required=True, metavar="A,B", help="Columns that tell one row from another.")
def new_table(name, key):
    """Describe data/NAME.csv in data/datapackage.json, as far as it can be read off."""
    from computecycle.evidence import describe

    describe.add(name, key.split(","))
    click.echo(f'data/datapackage.json describes {name}; write what says "{describe.TO_WRITE}".')
