"""The rule of the ledger: what a printed number and a computed one make of each other.

A statement is judged against the other numbers of the five documents, and against nothing else.
With p the printed number, u the unit of its last digit (of 36.5 a tenth, of 1.76e12 ten billion),
and [a, b] what the computation can give when each input is anywhere within its own rounding:

recomputed      p is within u / 2 of [a, b]. The rows of a column, 20, 25 and 60, may be 103.5 to
                106.5, so a printed total of 106 is recomputed. Exact are dates, counts, whole
                multiples (2 x), and what a document assumes, such as a margin or a life in years
rounds          p lies outside, but at most a tenth away, and is what remains when a computed number
                is cut (36.58 to 36.5), rounded twice (36.447 to 36.5), or rounded at the last digit
                of p that is not zero (529 to 500; the zeros of a year and of a total are digits);
                or p has a word (about, over, after, nearly, at least, at most, below, several,
                order of, slightly more, slightly less, much more), which then alone decides,
                with the meaning of the table of words: over 125 allows 129
printed twice   the computation only looks up the same number where a document prints it again, in
                another unit perhaps, or finds it as the greatest or least of several: that the
                clouds of a table were in place by 2016 is the year of the last of its rows. It
                agrees, but nothing was computed
disagrees       none of these: the documents contradict each other or their own arithmetic. Where
                two places contradict each other, the row of one of them bears it
ambiguous       the words allow two readings, and one disagrees while the other does not, or asks
                for a number that no document prints; also where the document's own numbers show
                which of the two was meant
not checkable   the documents hold nothing to compute the number from, or it enters an equation that
                is judged at its result; the comment says which, or what would settle it, and public
                data may stand beside it
not yet published  as of the date of a rerun the document, or an input, had not been published

Which numbers enter is ruled too. A statement is computed from its own document; another is asked
only for what its own does not print. A printed range may be anywhere between its ends. A second
reading is one of the words: what they refer to, from when and over what time, a multiple or a rise,
a loose number or an exact one. It may need a number of its own, which its row names. An equation is
judged at its result: its terms are not computed back from it, unless the document prints them as a
result as well. What is told again, or retold by another document, or holds or fails for the same
reason, counts once: its other rows name the first as their twin, and are judged alike. Public data
never decide a verdict.
"""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from computecycle.evidence import words
from computecycle.ledger.precision import Interval, unit_of

RECOMPUTED, ROUNDS, TWICE, DISAGREES, AMBIGUOUS, NOT_CHECKABLE = VERDICTS = [
    "recomputed",
    "rounds",
    "printed twice",
    "disagrees",
    "ambiguous",
    "not checkable",
]
NOT_YET = "not yet published"  # as of a date before a claim, or its inputs, were
ROUNDING_ERROR = 1e-9  # of binary fractions, relative to the printed number


def coarse_unit(printed: str) -> float:
    """Return the unit of the last digit that is not zero: of 3500 a hundred."""
    return float(Decimal(1).scaleb(Decimal(printed).normalize().as_tuple().exponent))


def judge(printed: str, found: Interval, word: str = "", unit: str = "") -> str:
    """Return the verdict of one reading that computes: recomputed, rounds or disagrees.

    word : printed before the number, or `total` where the number is one.
    """
    p, step = float(printed), unit_of(printed)
    slack = ROUNDING_ERROR * max(abs(p), step)
    nearest = min(max(p, found.low), found.high)
    distance = abs(nearest - p)
    if distance <= step / 2 + slack:
        return RECOMPUTED
    if word not in ("", "total"):
        fits = any(allows(word, p, c) for c in (found.low, found.value, found.high))
        return ROUNDS if fits else DISAGREES
    zeros = unit != "year" and word != "total"
    coarse = zeros and step < coarse_unit(printed) >= 2 * (distance - slack)
    near = allows("about", p, nearest)
    return ROUNDS if near and (coarse or shortened(printed, nearest)) else DISAGREES


def together(verdicts: list[str]) -> str:
    """Return the verdict of all readings: that of the first, or ambiguous where they part."""
    disagreeing = {verdict == DISAGREES for verdict in verdicts}
    return verdicts[0] if len(disagreeing) == 1 else AMBIGUOUS


def shortened(printed: str, computed: float) -> bool:
    """Whether the printed number is the computed one cut, or rounded twice."""
    p, c = Decimal(printed), Decimal(repr(computed))
    unit = Decimal(1).scaleb(p.as_tuple().exponent)
    once = [c.quantize(unit.scaleb(-digits), ROUND_HALF_UP) for digits in (1, 2)]
    return c.quantize(unit, ROUND_DOWN) == p or any(
        each.quantize(unit, ROUND_HALF_UP) == p for each in once
    )


def allows(word: str, p: float, c: float) -> bool:
    """Whether a printed word allows computed c beside printed p; a fall is judged as a rise is."""
    known = words.known().get(word.replace(" ", "_"))
    return known is not None and (known(-c, -p) if p < 0 else known(c, p))
