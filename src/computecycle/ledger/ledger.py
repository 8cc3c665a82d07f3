"""The ledger: every numeric statement of the sources, recomputed and judged.

A row of the table `source_claims` holds what a source prints, the recomputation as an expression
over our tables and quantities, and, where the statement allows another reading, a second one.
Verdicts are computed here, by the `rule`, and nowhere else.
"""

import ast
import math
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import pandas as pd

from computecycle.evidence import data, expressions
from computecycle.evidence.errors import InputError, NoRow
from computecycle.ledger.lookups import LOOKUPS, Tables
from computecycle.ledger.rule import NOT_YET, VERDICTS, judge
from computecycle.quantities import growth
from computecycle.quantities.capex_gap import breakeven, chain, demand

PRINTED = ["id", "source", "statement", "printed_number", "unit", "computed", "verdict"]
DETAILS = ["locator", "word", "expression", "arithmetic", "other", "comment", "outturn_computed"]
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
class Reading:
    """What an expression gives: its number, its arithmetic in numbers, the rows it used."""

    number: float
    arithmetic: str
    rows: list


class LookedUp(ast.NodeTransformer):
    """Puts in place of each lookup of an expression what it gives."""

    def __init__(self, tables: Tables):
        self.tables = tables

    def visit_Call(self, node):
        """Return the number or date of a lookup; any other call as it is."""
        self.generic_visit(node)
        if node.func.id not in LOOKUPS:
            return node
        given = [ast.literal_eval(each) for each in node.args]
        keys = {each.arg: ast.literal_eval(each.value) for each in node.keywords}
        return ast.Constant(getattr(self.tables, node.func.id)(*given, **keys))


def evaluate(expression: str, package: data.Package, loaded: dict) -> Reading:
    """Return what an expression gives; InputError with the reason where it gives nothing."""
    tables = Tables(package, loaded, [])
    try:
        tree = LookedUp(tables).visit(expressions.parsed(expression))
    except (TypeError, ValueError) as problem:
        raise InputError(f"cannot be evaluated: {problem}") from None
    number = float(expressions.value(tree, {}, QUANTITIES))
    return Reading(number, FRACTION.sub(shorter, ast.unparse(tree)), tables.given)


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
