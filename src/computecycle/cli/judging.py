"""What the sources state, recomputed and judged."""

import click

from computecycle.cli import command
from computecycle.evidence.errors import InputError


@click.command()
@click.option("--source", default="", metavar="KEY", help="Only the claims of one source.")
@click.option("--verdict", default="", metavar="WORD", help="Only the claims with this verdict.")
@click.option("--chapter", default="", metavar="NAME", help="Only the claims of one chapter.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@command.filled("--as-of", metavar="DATE", help="Use only what was known on this date.")
@command.data_option
def ledger(source, verdict, chapter, as_json, as_of, folder):
    """Print what the sources state, recomputed and judged."""
    from computecycle.evidence import received
    from computecycle.ledger import ledger as judged
    from computecycle.site import checking

    if folder:
        with received.laid_out(folder) as (place, tables):
            checking.own(tables)
            table = judged.ledger(as_of, str(place))
    else:
        table = judged.ledger(as_of)
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


COMMANDS = [ledger]
