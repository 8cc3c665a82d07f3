"""The ledger: every numeric statement of the sources, recomputed and judged.

A row of the table `source_claims` holds what a source prints, the recomputation as an expression
over our tables and quantities, and, where the statement allows another reading, a second one.
The verdict is computed here and nowhere else. With p the printed number, c the computed one and
u the unit of the last printed digit (of 36.5 a tenth, of 1.76e12 ten billion):

reproduces      |c - p| <= u / 2: equal at the printed precision
rounds          c is not more than a tenth of p away, and p is what remains when c is cut, or
                rounded twice, or rounded at the last digit of p that is not zero (but the zeros of
                a year and of a total are digits); where a word is printed before p, it alone
                decides, as the next lines say
- about         c within a tenth of p
- over, after   c from p to a quarter above it
- nearly        c from a fifth below p to p
- at least      c not below p
- at most       c not above p; so does below
- several       c from 2 to 9 times the printed unit
- order of      c from p to ten times p
disagrees       none of these
ambiguous       the readings do not share one verdict; each is given
not checkable   the documents hold no inputs (the comment says what would settle it), or no number
                to check: what their inputs make is computed
not known yet   as of the date of a rerun the inputs had not been published

Expressions are evaluated by simpleeval, which knows numbers, arithmetic and the names given to it,
never Python itself. Cells are looked up by key, so a number is written once, in its table.
"""

import ast
import math
import re
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, InvalidOperation

import numpy as np
import pandas as pd
from simpleeval import InvalidExpression, SimpleEval

from computecycle.evidence import data
from computecycle.evidence.errors import InputError, NoRow, did_you_mean
from computecycle.quantities import growth
from computecycle.quantities.capex_gap import breakeven, chain, demand

VERDICTS = ["reproduces", "rounds", "disagrees", "ambiguous", "not checkable"]
NOT_YET = "not known yet"  # as of a date before the inputs of a claim were published
PRINTED = ["id", "source", "statement", "printed_number", "unit", "computed", "verdict"]
DETAILS = ["locator", "word", "expression", "arithmetic", "other", "comment", "outturn_computed"]
ABOUT, OVER, NEARLY, SEVERAL = 0.10, 1.25, 0.80, (2, 9)
FRACTION = re.compile(r"\b\d+\.\d+\b")
LOOKUP = re.compile(r"(cell|total|most|least)\([^()]*\)")
NOT_CHECKABLE = {
    "verdict": "not checkable",
    "computed": math.nan,
    "arithmetic": "",
    "other": math.nan,
    "other_arithmetic": "",
    "rows": [],
    "outturn_computed": math.nan,
    "outturn_rows": [],
}
ROUNDING_ERROR = 1e-9  # of binary fractions, relative to the printed number
QUANTITIES = {
    "required_revenue": chain.required_revenue,
    "gap": chain.gap,
    "coverage": chain.coverage,
    "demand_multiple": demand.demand_multiple,
    "inference_share_for": demand.inference_share_for,
    "breakeven_per_user_month": breakeven.breakeven_per_user_month,
    "payback_years": breakeven.payback_years,
    "annual_growth": growth.annual_growth,
    "annual_decline": growth.annual_decline,
    "doubling_time": growth.doubling_time,
    "rate_of": growth.rate_of,
    "multiple": growth.multiple,
    "years_between": growth.years_between,
    "sqrt": math.sqrt,
    "log": math.log,
    "exp": math.exp,
    "abs": abs,
    "min": min,
    "max": max,
}


@dataclass(frozen=True)
class Tables:
    """Cells of the tables by key, as an expression asks for them; remembers the rows it gave."""

    package: data.Package
    loaded: dict
    given: list

    def rows(self, table: str, keys: dict) -> pd.DataFrame:
        """Return the rows of a table whose columns hold the given values."""
        if table not in self.loaded:
            self.loaded[table] = self.package.load(table)
        whole = self.loaded[table]
        wanted = np.ones(len(whole), dtype=bool)
        for column, value in keys.items():
            wanted &= self.cells(table, column) == value
        rows = whole[wanted]
        if rows.empty:
            raise NoRow(f"table {table} has no row with {keys}")
        self.given.append(rows)
        return rows

    def cells(self, table: str, column: str) -> np.ndarray:
        """Return a whole column to compare with, dates as text; kept, for it is asked often."""
        whole = self.loaded[table]
        if column not in whole.columns:
            hint = did_you_mean(column, list(whole.columns))
            raise InputError(f'table {table} has no column "{column}".{hint}')
        if (table, column) not in self.loaded:
            cells = whole[column]
            if pd.api.types.is_datetime64_any_dtype(cells):
                cells = cells.dt.strftime("%Y-%m-%d")
            self.loaded[table, column] = cells.to_numpy(dtype=object, na_value=None)
        return self.loaded[table, column]

    def column(self, table: str, column: str, keys: dict) -> pd.Series:
        """Return a column of the rows with these keys; numbers only, and none missing."""
        rows = self.rows(table, keys)
        self.cells(table, column)  # there is such a column, or it says so
        if rows[column].isna().any():
            raise InputError(f"table {table}, {keys}: {column} is empty")
        return rows[column]

    def cell(self, table: str, column: str = "value", **keys) -> float | str:
        """Return the one cell with these keys: a number, or a date as text."""
        cells = self.column(table, column, keys)
        if len(cells) > 1:
            raise InputError(f"table {table} has {len(cells)} rows with {keys}; name one")
        one = cells.iloc[0]
        if isinstance(one, pd.Timestamp):
            return f"{one:%Y-%m-%d}"
        return one if isinstance(one, str) else float(one)

    def total(self, table: str, column: str = "value", **keys) -> float:
        """Return the sum of a column over the rows with these keys."""
        return float(self.column(table, column, keys).sum())

    def count(self, table: str, **keys) -> int:
        """Return how many rows have these keys."""
        return len(self.rows(table, keys))

    def most(self, table: str, column: str = "value", **keys) -> float:
        """Return the greatest of a column over the rows with these keys."""
        return float(self.column(table, column, keys).max())

    def least(self, table: str, column: str = "value", **keys) -> float:
        """Return the least of a column over the rows with these keys."""
        return float(self.column(table, column, keys).min())


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
    near = distance <= ABOUT * abs(p) + slack
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
    """Whether a printed word allows computed c beside printed p (both of one sign)."""
    share = c / p if p else math.inf
    return {
        "about": abs(share - 1) <= ABOUT,
        "over": 1 <= share <= OVER,
        "after": 1 <= share <= OVER,
        "nearly": NEARLY <= share <= 1,
        "at least": share >= 1,
        "at most": share <= 1,
        "below": share <= 1,
        "several": SEVERAL[0] <= share <= SEVERAL[1],
        "order of": 1 <= share < 10,
    }.get(word, False)


@dataclass(frozen=True)
class Reading:
    """What an expression gives: its number, its arithmetic in numbers, the rows it used."""

    number: float
    arithmetic: str
    rows: list


class LookedUp(ast.NodeTransformer):
    """Puts in place of each lookup of an expression what it gives."""

    def __init__(self, lookups: dict):
        self.lookups = lookups

    def visit_Call(self, node):
        """Return the number or date of a lookup; any other call as it is."""
        self.generic_visit(node)
        if getattr(node.func, "id", "") not in self.lookups:
            return node
        return ast.Constant(SimpleEval(functions=self.lookups, names={}).eval(ast.unparse(node)))


def evaluate(expression: str, package: data.Package, loaded: dict) -> Reading:
    """Return what an expression gives; InputError with the reason where it gives nothing."""
    tables = Tables(package, loaded, [])
    lookups = {name: getattr(tables, name) for name in ("cell", "total", "count", "most", "least")}
    try:
        tree = LookedUp(lookups).visit(ast.parse(expression, mode="eval"))
        arithmetic = ast.unparse(tree)
        number = float(SimpleEval(functions=QUANTITIES, names={}).eval(arithmetic))
    except ZeroDivisionError:
        raise InputError("divides by zero") from None
    except (InvalidExpression, SyntaxError, TypeError, ValueError, OverflowError) as problem:
        raise InputError(f"cannot be evaluated: {problem}") from None
    if not math.isfinite(number):
        raise InputError("gives no finite number")
    return Reading(number, FRACTION.sub(shorter, arithmetic), tables.given)


def shorter(found: re.Match) -> str:
    """Return a number with at most ten digits of its fraction and no empty ones."""
    return f"{float(found[0]):.10f}".rstrip("0").rstrip(".")


def fitting(expression: str, unit: str, rows: list[pd.DataFrame]) -> None:
    """Raise InputError where an expression is one lookup whose unit is not the claim's."""
    if LOOKUP.fullmatch(expression) and "unit" in rows[0].columns:
        units = set(rows[0]["unit"])
        if units != {unit}:
            raise InputError(f"gives {', '.join(sorted(units))} where the claim has {unit}")


def later(outturn: str, package: data.Package, loaded: dict) -> dict:
    """Return what later data say; nothing where they were not known yet as of the date."""
    try:
        found = evaluate(outturn, package, loaded)
    except NoRow:
        if not package.as_of:
            raise
        return {}
    return {"outturn_computed": found.number, "outturn_rows": found.rows}


def verdict(claim: pd.Series, package: data.Package, loaded: dict) -> dict:
    """Return a claim's verdict, what its readings give, and what later data say of it.

    verdict, computed, arithmetic, other, other_arithmetic (of the second reading), rows,
    outturn_computed, outturn_rows.
    """
    found, verdicts = dict(NOT_CHECKABLE), []
    for column, prefix in (("expression", ""), ("other_reading", "other_")):
        if not claim[column]:
            continue
        reading = evaluate(claim[column], package, loaded)
        fitting(claim[column], claim["unit"], reading.rows)
        found |= {f"{prefix}arithmetic": reading.arithmetic, "rows": found["rows"] + reading.rows}
        found["other" if prefix else "computed"] = reading.number
        number = claim["printed_number"]
        if number:
            verdicts.append(judge(number, reading.number, claim["word"], claim["unit"]))
    if verdicts:
        found["verdict"] = verdicts[0] if len(set(verdicts)) == 1 else "ambiguous"
    return found | (later(claim["outturn"], package, loaded) if claim["outturn"] else {})


def judged(claim: pd.Series, package: data.Package, loaded: dict) -> dict:
    """Return a claim's verdict; as of a date, `not known yet` where its inputs came later."""
    try:
        return verdict(claim, package, loaded)
    except NoRow:
        if not package.as_of:
            raise
        return {**NOT_CHECKABLE, "verdict": NOT_YET}


def checked(claim: pd.Series) -> None:
    """Raise InputError unless a claim can be judged as it is written."""
    try:
        number = Decimal(claim["printed_number"] or 0)
    except InvalidOperation:
        number = Decimal("NaN")
    if not (claim["printed_number"] or claim["expression"]):
        raise InputError("has neither a printed number nor an expression")
    if not number.is_finite():
        raise InputError(f'printed_number is "{claim["printed_number"]}", no number')
    if claim["other_reading"] and not claim["expression"]:
        raise InputError("has another reading but no expression")
    if not claim["expression"] and not claim["comment"]:
        raise InputError("has no expression; say in comment what would settle it")


def ledger(as_of: str = "", folder: str = "") -> pd.DataFrame:
    """Return the table source_claims with its verdicts.

    Adds the columns of `NOT_CHECKABLE`. InputError names the row, the expression and the reason
    where one cannot be evaluated. The claims themselves are always all there; as_of and folder say
    which of the other tables' rows are known.
    """
    package, loaded, found = data.Package(as_of, folder), {}, []
    claims = data.load("source_claims", folder=folder)
    for row, claim in claims.iterrows():
        try:
            checked(claim)
            found.append(judged(claim, package, loaded))
        except InputError as problem:
            told = str(problem) if str(problem).endswith(("?", ".")) else f"{problem}."
            raise InputError(f"{row}, {claim['id']}: `{claim['expression']}` {told}") from None
    return claims.join(pd.DataFrame(found, index=claims.index))


def counts(table: pd.DataFrame) -> pd.DataFrame:
    """Return how many claims of each source have each verdict: source, a column a verdict, all."""
    verdicts = [*VERDICTS, *([NOT_YET] if NOT_YET in set(table["verdict"]) else [])]
    found = pd.crosstab(table["source"], table["verdict"]).reindex(columns=verdicts, fill_value=0)
    return found.assign(all=found.sum(axis=1)).rename_axis(columns=None).reset_index()
