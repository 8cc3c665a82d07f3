"""The ledger as a page: counts, the disagreements that matter most, every claim with its anchor."""

import html
import math
import re
from functools import cache
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective, SphinxRole

from computecycle.evidence import data
from computecycle.ledger import ledger, rule
from computecycle.site.markup import linked, raw, row_links, source_links, table_html
from computecycle.site.words import rerun_parameters, source_anchor

PAGES = {"guosen2024": "book/ledger_main"}  # source: its page; the others share one
OTHERS = "book/ledger_others"
WEIGHT = {1: "a conclusion changes", 2: "a number changes", 3: "a detail"}


def plain(number: float, unit: str = "") -> str:
    """Return a number as a reader writes it: four significant digits, no exponent where short."""
    if number is None or math.isnan(number):
        return ""
    if unit == "year":
        return f"{number:.6g}"
    return f"{number:,.4g}" if abs(number) < 1e6 else f"{number:.4g}"


def known_ledger(env):
    """Return the ledger of the data that this site shows, computed once for a build.

    A rerun with a date or tables of a reader's own has a ledger of its own. The page being read
    depends on the tables.
    """
    chosen = rerun_parameters(env.srcdir)
    as_of, folder = chosen.get("as_of", ""), chosen.get("data_dir", "")
    files = [data.FOLDER / entry["path"] for entry in data.descriptor()["resources"]]
    for path in files:
        env.note_dependency(str(path))
    own = sorted(Path(env.srcdir, folder).glob("*.csv")) if folder else []
    state = tuple((str(path), path.stat().st_mtime_ns) for path in [*files, *own])
    return computed(state, as_of, folder)


@cache
def computed(state: tuple, as_of: str, folder: str):
    """Return the ledger of the tables in a state: their files and when each was changed."""
    return ledger.ledger(as_of, folder)


def rows_used(env, tables: list) -> str:
    """Return links to the rows that a recomputation used, those of one table together. HTML."""
    used = {}
    for record in data.trace(tables):
        file = record["rows"][0].partition(":")[0]  # a reader's own rows stay apart
        used.setdefault(file, {**record, "rows": []})["rows"] += record["rows"]
    return "; ".join(row_links(env, record) for record in used.values())


def address_of(env, claim) -> str:
    """Return the address of a claim's row, relative to the page being read."""
    page = env.app.builder.get_relative_uri(env.docname, PAGES.get(claim["source"], OTHERS))
    return f"{page}#claim-{claim['id']}"


def claim_row(env, claim, anchored: bool, opened: bool) -> list[str]:
    """Return one claim as cells; its name is the anchor or a link to it. HTML, escaped."""
    page = env.app.builder.get_relative_uri(env.docname, "book/sources")
    source = html.escape(data.sources()[claim["source"]]["short"])
    anchor = f' id="claim-{claim["id"]}"' if anchored else ""
    name = f'<a{anchor} href="{address_of(env, claim)}">{claim["id"]}</a>'
    place = (
        f'<a href="{page}#{source_anchor(claim["source"])}">{source}</a>, '
        f"{linked(claim['locator'])}"
    )
    readings = [plain(claim[name], claim["unit"]) for name in ("computed", "other")]
    later = plain(claim["outturn_computed"], claim["unit"])
    if later:
        known = data.trace(claim["outturn_rows"])
        newest = max(record["known_from"] for record in known)
        rows = rows_used(env, claim["outturn_rows"])
        later += f" ({source_links(env, known)}, {newest}; {rows})"
    return [
        name,
        f"{html.escape(claim['statement'])} <small>({place})</small>",
        html.escape(f"{claim['word']} {claim['printed_number'] or 'no'} {claim['unit']}".strip()),
        " or ".join(filter(None, readings)),
        f"<strong>{claim['verdict']}</strong>",
        f"<details{' open' * opened}><summary>how</summary>{how(env, claim)}</details>",
        later,
    ]


def how(env, claim) -> str:
    """Return a claim's arithmetic in numbers, where they come from, and the comment. HTML."""
    parts = []
    for spelled, asked in (("arithmetic", "expression"), ("other_arithmetic", "other_reading")):
        if claim[asked]:
            words, keys = html.escape(claim[spelled]), html.escape(claim[asked], quote=True)
            parts.append(f'<code title="{keys}">{words}</code>')
    parts += [rows_used(env, claim["rows"]), html.escape(claim["comment"])]
    return "".join(f"<p>{part}</p>" for part in parts if part)


HEADER = ["Item", "Statement", "Printed", "Recomputed", "Verdict", "Arithmetic", "Later data"]


def claims_html(env, claims, anchored: bool, opened: bool) -> str:
    """Return some claims as a table that the page's script can filter. HTML."""
    rows = [claim_row(env, claim, anchored, opened) for _, claim in claims.iterrows()]
    return table_html(HEADER, rows, "cc-ledger")


class Counts(SphinxDirective):
    """How many claims of each source have each verdict."""

    def run(self):
        table = ledger.counts(known_ledger(self.env))
        names = data.sources()
        rows = [
            [html.escape(in_full(names[row["source"]])), *(str(each) for each in row.iloc[1:])]
            for _, row in table.iterrows()
        ]
        total = [str(each) for each in table.iloc[:, 1:].sum()]
        header = ["Source", *table.columns[1:]]
        return [raw(table_html(header, [*rows, ["All", *total]]))]


def in_full(source: dict) -> str:
    """Return the short name of a source with the house that it comes from."""
    house = source.get("organization", "").partition(",")[0]
    return source["short"] if house in source["short"] else f"{source['short']} ({house})"


class Disagreements(SphinxDirective):
    """The claims that disagree, those first that change a conclusion, both numbers spelled out."""

    def run(self):
        claims = known_ledger(self.env)
        wrong = claims[claims["verdict"] == "disagrees"].sort_values("matters", kind="stable")
        made = []
        for weight, rows in wrong.groupby("matters", sort=True):
            made += [nodes.rubric("", WEIGHT[int(weight)].capitalize())]
            made += [raw(claims_html(self.env, rows, anchored=False, opened=True))]
        return made


class Claims(SphinxDirective):
    """Every claim of one source, in the order of its items."""

    required_arguments = 1

    def run(self):
        claims = known_ledger(self.env)
        own = claims[claims["source"] == self.arguments[0]].sort_values("id", kind="stable")
        return [raw(claims_html(self.env, own, anchored=True, opened=False))]


class Rule(SphinxDirective):
    """The rule of the verdicts as it stands in the program."""

    def run(self):
        self.env.note_dependency(rule.__file__)
        return [raw(table_html(["Verdict", "When"], rule_rows()))]


def rule_rows() -> list[list[str]]:
    """Return the rule of the verdicts, a row each, as the docstring of the rule has it. HTML."""
    lines = [line.strip() for line in re.split(r"\n(?! {4})", rule.__doc__)]
    rows = [re.fullmatch(r"(.{14}) {2,}(.+)", line, re.DOTALL) for line in lines]
    return [[html.escape(" ".join(cell.split())) for cell in row.groups()] for row in rows if row]


class Item(SphinxRole):
    """A claim of the ledger by its id, as a link with its verdict; a warning when there is none."""

    def run(self):
        claims = known_ledger(self.env)
        found = claims[claims["id"] == self.text]
        if found.empty:
            message = f'data/source_claims.csv has no claim "{self.text}"'
            return [], [self.inliner.reporter.warning(message, line=self.lineno)]
        words = f"{self.text}: {found['verdict'].iloc[0]}"
        address = address_of(self.env, found.iloc[0])
        return [nodes.reference("", words, internal=True, refuri=address)], []


def setup(app):
    """Register the directives and the role."""
    app.add_directive("ledger-counts", Counts)
    app.add_directive("ledger-disagreements", Disagreements)
    app.add_directive("ledger-claims", Claims)
    app.add_directive("ledger-rule", Rule)
    app.add_role("item", Item())
