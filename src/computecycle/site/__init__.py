"""The site: everything that only Jupyter Book 1 and Sphinx need. A Sphinx extension.

words       roles `{value}` and `{claim}`: numbers and sentences of any chapter, in any page
markup      pieces of HTML that several directives need
exhibits    directive `{chart}`: a figure with its words and data
listings    a chapter's parameters, numbers and rows, all tables, all sources
pages       one page a table, the banner of a rerun, the bundles beside the pages
fresh       which pages must be read again
archive     the tables as a zip and as a database
events      directive `{events}`: the dated rows of all tables as one list
judgements  the ledger of the sources' statements
mathml      formulas as MathML, drawn by the browser itself
prune       what the theme ships and no page needs
build       run, build, publish in one step, serve

The extension reads results and tables; the only thing it computes is the verdicts of the ledger.
"""


def setup(app):
    """Register roles, directives, the formula renderer and the pages that are made."""
    from computecycle.site import (
        events,
        exhibits,
        fresh,
        judgements,
        listings,
        mathml,
        pages,
        words,
    )

    for room in (words, exhibits, listings, events, judgements, mathml, pages, fresh):
        room.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
