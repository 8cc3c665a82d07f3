"""The rule of the ledger: what a printed number and a computed one make of each other.

With p the printed number, c the computed one and u the unit of the last printed digit (of 36.5 a
tenth, of 1.76e12 ten billion):

reproduces      |c - p| <= u / 2: equal at the printed precision
rounds          c is not more than a tenth of p away, and p is what remains when c is cut, or
                rounded twice, or rounded at the last digit of p that is not zero (but the zeros of
                a year and of a total are digits); where a word is printed before p (about, over,
                after, nearly, at least, at most, below, several, order of), it alone decides, with
                the meaning that the table of words gives it
disagrees       none of these
ambiguous       the readings do not share one verdict; each is given
not checkable   the documents hold no inputs (the comment says what would settle it), or no number
                to check: what their inputs make is computed
not known yet   as of the date of a rerun the inputs had not been published
"""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from computecycle.evidence import words

VERDICTS = ["reproduces", "rounds", "disagrees", "ambiguous", "not checkable"]
NOT_YET = "not known yet"  # as of a date before the inputs of a claim were published
ROUNDING_ERROR = 1e-9  # of binary fractions, relative to the printed number


def unit_of(printed: str) -> float:
    """Return the unit of the last printed digit: of 36.5 a tenth, of 1.76e12 ten milliard."""
    return float(Decimal(1).scaleb(Decimal(printed).as_tuple().exponent))


def coarse_unit(printed: str) -> float:
    """Return the unit of the last digit that is not zero: of 3500 a hundred."""
    return float(Decimal(1).scaleb(Decimal(printed).normalize().as_tuple().exponent))


def judge(printed: str, computed: float, word: str = "", unit_name: str = "") -> str:
    """Return the verdict of one reading: reproduces, rounds or disagrees, by the rule above.

    word : printed before the number, or `total` where the number is one.
    """
    p, unit = float(printed), unit_of(printed)
    slack = ROUNDING_ERROR * max(abs(p), unit)
    distance = abs(computed - p)
    if distance <= unit / 2 + slack:
        return "reproduces"
    if word not in ("", "total"):
        return "rounds" if allows(word, p, computed) else "disagrees"
    zeros = unit_name != "year" and word != "total"
    coarse = zeros and unit < coarse_unit(printed) >= 2 * (distance - slack)
    near = allows("about", p, computed)
    return "rounds" if near and (coarse or shortened(printed, computed)) else "disagrees"


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
