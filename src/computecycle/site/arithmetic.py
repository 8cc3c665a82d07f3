"""The directive `{ledger-functions}`: the functions that the arithmetic of the ledger names."""

import html
import inspect
import re
from collections.abc import Callable

from computecycle.ledger import ledger
from computecycle.site import fresh
from computecycle.site.judgements import Listed, known_ledger
from computecycle.site.markup import table_html


@fresh.of_tables
def functions(page: str) -> str:
    """Return the functions of ours that the arithmetic of some row names, and what they give.
    HTML."""
    claims = known_ledger()
    sums = " ".join([*claims["arithmetic"], *claims["other_arithmetic"]])
    named = set(re.findall(r"(\w+)\(", sums))
    rows = [
        [f"<code>{name}({', '.join(inspect.signature(call).parameters)})</code>", gives(call)]
        for name, call in ledger.QUANTITIES.items()
        if name in named and inspect.isfunction(call)
    ]
    return table_html("Functions in the arithmetic", ["Function", "Gives"], rows)


def gives(call: Callable) -> str:
    """Return what a function gives, as its docstring says first. HTML."""
    first = " ".join(call.__doc__.partition("\n\n")[0].split()).removeprefix("Return ")
    return html.escape((first[:1].upper() + first[1:]).replace("`", ""))


class Functions(Listed):
    """The functions, each with what it gives."""

    ask = functions


def setup(app):
    """Register the directive."""
    app.add_directive("ledger-functions", Functions)
