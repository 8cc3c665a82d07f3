"""The command itself: a mistake is one sentence and exit status 2, an interrupt 130."""

import gc
import shutil
import sys
from pathlib import Path

import click

from computecycle.evidence import place
from computecycle.evidence.errors import InputError, did_you_mean

RARELY = (50_000, 20, 20)  # objects made between two searches for what nothing holds any more: a
# command makes millions that stay to its end, and searches took a twentieth of its time


def __getattr__(name: str) -> Path:
    """Return `ROOT`, where the report is built: found when it is asked for, as an installed report
    is laid out in the current folder then."""
    if name == "ROOT":
        return place.workshop(Path.cwd())
    raise AttributeError(name)


class Sentences(click.Group):
    """A command group that ends in a sentence, never in a traceback, for what a user can mend."""

    def main(self, *args, **kwargs):
        gc.set_threshold(*RARELY)
        try:
            super().main(*args, standalone_mode=False, **kwargs)
        except click.ClickException as problem:
            self.stop(problem.format_message(), 2)
        except InputError as problem:
            self.stop(str(problem), 2)
        except FileNotFoundError as problem:
            self.stop(missing(Path(problem.filename)), 2)
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


def missing(path: Path) -> str:
    """Return what to do about a file that is not there: its folder may be what is missing."""
    if path.parent.is_dir():
        return f"{path} is missing; restore it and run again."
    return f"There is no folder {path.parent}; make it, or name another place."


@click.group(cls=Sentences)
def main():
    """Check the tables, run the chapters, build and read the report."""


def filled(*names: str, **more):
    """Return an option that is empty where it is not given; InputError where it is given empty."""

    def told(context, option, value: str) -> str:
        given = context.get_parameter_source(option.name)
        if value == "" and given is click.core.ParameterSource.COMMANDLINE:
            raise InputError(f"{option.opts[-1]} is empty; give {option.metavar}, or leave it out.")
        return value

    return click.option(*names, default="", callback=told, **more)


data_option = filled(
    "--data",
    "folder",
    metavar="PLACE",
    help="Tables laid over the report's: a CSV, an .xlsx, or a folder of them.",
)

timings_option = click.option("--timings", is_flag=True, help="Say how long each stage took.")
