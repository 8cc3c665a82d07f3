"""The site: everything that only Jupyter Book 1 and Sphinx need. A Sphinx extension.

inputs      which tables a site shows: the report's, or those of the rerun it is made of
addresses   where chapters, numbers, sources and rows stand
cards       numbers and sentences as HTML, each with the card that accounts for it
words       roles `{value}` and `{claim}`: numbers and sentences of any chapter, in any page
untold      sentences that a rerun cannot tell, folded into one line a section
markup      pieces of HTML that several directives need
exhibits    directive `{chart}`: a figure with its words
citable     directive `{citable}`: how the report and its chapters are cited
figures     a page for each figure, with all that a reader may take; all of them as pictures
embeds      figures for frames on others' pages
listings    a chapter's key numbers, rows of a table, all tables
sources     directive `{sources}`: every source as a reference, with its terms and uses
events      the dated rows of all tables as one list
timeline    directive `{events}`: that list as a page, what is twice in it or doubted marked
models      what each calculator asks and answers
calculators directive `{calculator}`: a model that a reader moves, on a page of its own
judgements  the ledger of the sources' statements
arithmetic  directive `{ledger-functions}`: what the functions in the arithmetic of a row give
tallies     directives `{ledger-counts}`, `{ledger-total}`: how many have each verdict, as bars
accounts    two pages beside each chapter: its notebook, its numbers
earlier     a page beside each chapter: what it would have said on earlier days
releases    editions and corrections, and the feed of both
machines    files for programs: everything that can be quoted, the manifest
manifest    every file of a site with its SHA-256
forwards    where the address of something that has moved leads
tables      pages of the tables, in parts, their rows by key
headings    the addresses of headings, which do not follow their words
fonts       the report's type
pages       what each page tells of itself, the look, the banner of a rerun, the bundles
metadata    what a page tells reference managers and search engines of itself
fresh       which pages must be read again
written     which pages are written
archive     the tables as a zip and as a database, the site as a zip
mathml      formulas as MathML, drawn by the browser itself
copied      the site as a real folder, for hosts that follow no links
prune       what the theme ships and no page needs
chromium    the machine's own browser
pdf         the edition as one PDF
stages      how long each stage of a build takes
checking    what is checked before anything runs
current     whether the site is made of what is there now, one build at a time
process     the process in which pages are built
build       run, build, publish in one step, serve
reruns      a reader's study as a site of its own, with its receipt
borrowing   a rerun begins with the pages of the published site
standing    what a build would run and why, which studies there are

The extension reads results and tables; the only things it computes are the verdicts
of the ledger and the cases of the calculators.
"""

from importlib import import_module

ROOMS = [
    "process",
    "inputs",
    "words",
    "exhibits",
    "citable",
    "figures",
    "listings",
    "timeline",
    "judgements",
    "arithmetic",
    "tallies",
    "accounts",
    "tables",
    "mathml",
    "pages",
    "fresh",
    "written",
    "calculators",
    "headings",
    "earlier",
    "releases",
    "machines",
    "forwards",
    "sources",
    "embeds",
    "metadata",
    "untold",
]  # those that register something


def setup(app):
    """Register roles, directives, the formula renderer and the pages that are made."""
    for room in ROOMS:  # imported here: the command needs none of them
        import_module(f"{__name__}.{room}").setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
