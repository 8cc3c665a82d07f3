"""Directives `{ledger-counts}` and `{ledger-total}`: how many statements have each verdict,
of each source or of all together, as bars."""

import html

from computecycle.evidence import expressions
from computecycle.ledger import ledger, rule
from computecycle.ledger.precision import NAMES
from computecycle.ledger.repeats import only_repeats
from computecycle.site import fresh, inputs
from computecycle.site.judgements import CONTRADICTIONS, Listed, css_of, known_ledger

ROOM = 4  # percent of a bar that a number needs
TIGHT = 2.5  # and on a wide page
ITSELF = "A document may agree with itself and still be wrong."


def in_full(source: dict) -> str:
    """Return the short name of a source with the house that it comes from."""
    house = source.get("organization", "").partition(",")[0]
    return source["short"] if house in source["short"] else f"{source['short']} ({house})"


def bar(name: str, counted) -> str:
    """Return how many claims have each verdict as one bar, its numbers in it. HTML.

    counted : pairs of a verdict and a count.
    """
    parts = [(verdict, count) for verdict, count in counted if count]
    told = ", ".join(f"{count} {verdict}" for verdict, count in parts)
    name = f"{html.escape(name)}: {sum(count for _, count in parts)} statements"
    found = "".join(f", {word} {count}" for word, count in parts if word in CONTRADICTIONS)
    return (
        f"<figure><figcaption>{name}{found}</figcaption>"
        f'<svg class="cc-bar" role="img" aria-label="{name}, {told}">{pieces(parts)}</svg></figure>'
    )


def pieces(parts: list[tuple[str, int]]) -> str:
    """Return the pieces of a bar with their numbers, where these have room. SVG."""
    whole, left, drawn = sum(count for _, count in parts), 0.0, []
    for verdict, count in parts:
        width = 100 * count / whole
        css = ' class="cc-tight"' * (width <= ROOM)
        number = f'<text{css} x="{left + width / 2:.2f}%" y="1.15em">{count}</text>'
        number *= width > TIGHT
        drawn.append(
            f'<g class="{css_of(verdict)}"><rect x="{left:.2f}%" y="1" width="{width:.2f}%" '
            f'height="24"/>{number}</g>'
        )
        left += width
    return "".join(drawn)


@fresh.of_tables
def counts(page: str) -> str:
    """Return how many distinct claims of each source have each verdict, a bar a source. HTML."""
    table, names = ledger.counts(known_ledger()), inputs.package().sources()
    verdicts = table.columns[1:-1]
    bars = [
        bar(in_full(names[row["source"]]), row[verdicts].items()) for _, row in table.iterrows()
    ]
    sums = table[verdicts].sum()
    return f"{drawn(bars, sums)}<p>{checked()} {weighed()}</p><p>{again()} {beside()}</p>"


@fresh.of_tables
def total(page: str) -> str:
    """Return how many distinct claims of the five sources together have each verdict. HTML."""
    table = ledger.counts(known_ledger())
    sums = table[table.columns[1:-1]].sum()
    return f"{drawn([], sums)}<p>{checked()} {ITSELF}</p>"


def drawn(bars: list[str], sums) -> str:
    """Return bars, below them that of all sources, and above them the verdicts. HTML.

    sums : how many claims of all sources have each verdict.
    """
    legend = "".join(
        f'<span class="{css_of(each)}">{each} {count}</span>' for each, count in sums.items()
    )
    whole = bar("All five", sums.items())
    return f'<div class="cc-bars"><p>{legend}</p>{"".join(bars)}{whole}</div>'


def checked() -> str:
    """Return how many claims can be checked and what came of it, in words."""
    claims = ledger.distinct(known_ledger())
    sums = claims["verdict"].value_counts().reindex(rule.VERDICTS, fill_value=0)
    unread = claims[claims["verdict"] == rule.NOT_CHECKABLE]
    loose = sum(map(looked_up, claims[claims["verdict"] == rule.ROUNDS]["expression"]))
    rest = len(claims) - sums[rule.NOT_CHECKABLE] - sums[rule.TWICE] - loose
    return (
        f"Of {len(claims)} statements {len(unread)} cannot be checked from the documents, which "
        "print nothing to compute them from or use them as inputs of another; "
        f"{unread['outturn_computed'].count()} of these have a public number beside them. "
        f"{sums[rule.TWICE]} appear twice and agree, {loose} more as a word or a rounding "
        f"allows, which proves little. Of the other {rest}, {sums[rule.RECOMPUTED]} come out as "
        f"printed, {sums[rule.ROUNDS] - loose} within rounding or a word such as “about”, "
        f"{sums[rule.DISAGREES]} disagree with the document's own numbers or with another's of the "
        f"five, and {sums[rule.AMBIGUOUS]} can be read two ways."
    )


def looked_up(expression: str) -> bool:
    """Whether an expression only looks a number up, and computes none."""
    return only_repeats(expressions.parsed(expression))


def weighed() -> str:
    """Return what hangs on the statements that disagree."""
    claims = ledger.distinct(known_ledger())
    wrong = claims[claims["verdict"] == rule.DISAGREES]
    telling, numbers, details = (sum(wrong["matters"].astype(int) == each) for each in (1, 2, 3))
    return (
        f"Of those that disagree, {telling} bear on a conclusion, {numbers} on a number and "
        f"{details} on a detail."
    )


def again() -> str:
    """Return how many rows are not counted, and what the counts of the worst would be with them."""
    claims = known_ledger()
    found = claims["verdict"].value_counts()
    return (
        f"The table has {len(claims)} rows: {sum(claims['twin'] != '')} say again what another "
        "says, or stand or fall with it, and are not counted. With them "
        f"{found.get(rule.DISAGREES, 0)} would disagree and {found.get(rule.AMBIGUOUS, 0)} could "
        "be read two ways."
    )


def beside() -> str:
    """Return how many statements have a public number beside them, of how many it is the same
    thing at the same time, and how many of these are near it."""
    claims = ledger.distinct(known_ledger())
    known = claims[claims["outturn_computed"].notna()]
    same = known[known["beside"] == "same"]
    near = sum(nears(claim) for _, claim in same.iterrows())
    return (
        f"Of all {len(claims)}, {len(known)} have a public number beside them, which decides no "
        f"verdict. For {len(same)} it is the same thing at the same time: {near} agree, within a "
        f"tenth or within the study's own “about” or “over”; {len(same) - near} do not. The "
        f"other {len(known) - len(same)}, forecasts beside outcomes and unlike measures, are not "
        f"compared. {ITSELF}"
    )


def nears(claim) -> bool:
    """Whether a statement keeps its word beside its public number, or lies within a tenth of it
    where it has none; a date or a name is near only to itself."""
    told, found = float(claim["printed_number"]), claim["outturn_computed"]
    if claim["unit"].split()[0] in NAMES | {"month"}:
        return int(told) == int(found)
    return rule.allows(claim["word"] or "about", told, found)


class Counts(Listed):
    """The bars, and what they come to in words."""

    ask = counts


class Total(Listed):
    """The bar of all sources, and what can be checked."""

    ask = total


def setup(app):
    """Register the directives."""
    app.add_directive("ledger-counts", Counts)
    app.add_directive("ledger-total", Total)
