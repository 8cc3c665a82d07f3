"""The ledger: every numeric statement of the sources, recomputed and judged.

A row of the table `source_claims` holds what a source prints, the recomputation as an expression
over the documents' numbers and our quantities, and, where the statement allows another reading, a
second one, or that it asks for what no document prints. `between` of two numbers is one that may
lie anywhere from the one to the other, as a printed range does. Verdicts are computed here, by the
`rule`, and nowhere else.
"""

import ast
import math
import re
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import pandas as pd

from computecycle.evidence import data, expressions
from computecycle.evidence.errors import InputError, NoRow
from computecycle.ledger.lookups import LOOKUPS, Tables
from computecycle.ledger.precision import Interval
from computecycle.ledger.repeats import only_repeats
from computecycle.ledger.rounding import carried
from computecycle.ledger.rule import (
    NOT_CHECKABLE,
    NOT_YET,
    RECOMPUTED,
    TWICE,
    VERDICTS,
    judge,
    together,
)
from computecycle.quantities import growth
from computecycle.quantities.capex_gap import breakeven, chain, demand

DOCUMENTS = ("jpm2024", "nvidia2025", "bytelab2024", "guosen2024", "caijing2025")
PRINTED = ["id", "source", "statement", "printed_number", "unit", "computed", "verdict"]
DETAILS = ["locator", "original", "word", "expression", "arithmetic", "low", "high", "other"]
DETAILS += ["comment", "finding", "twin", "outturn_computed"]
FRACTION = re.compile(r"\b\d+\.\d+\b")
TABLE = re.compile(r"[A-Z]-T")
OPEN = "not printed"  # a reading that asks for what no document prints
UNJUDGED = {
    "verdict": NOT_CHECKABLE,
    "computed": math.nan,
    "low": math.nan,
    "high": math.nan,
    "arithmetic": "",
    "other": math.nan,
    "other_low": math.nan,
    "other_high": math.nan,
    "other_arithmetic": "",
    "rows": [],
    "outturn_computed": math.nan,
    "outturn_rows": [],
}


def year_of(date: str) -> float:
    """Return the year of a date."""
    return float(date[:4])


def month_of(date: str) -> float:
    """Return the month of a date, 1 to 12."""
    return float(date[5:7])


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
    "year_of": year_of,
    "month_of": month_of,
    "sqrt": math.sqrt,
    "log": math.log,
    "exp": math.exp,
    "abs": abs,
    "min": min,
    "max": max,
}


@dataclass(frozen=True)
class Reading:
    """What an expression gives: its number as an interval, its arithmetic, the rows it used."""

    found: Interval
    arithmetic: str
    rows: list


class LookedUp(ast.NodeTransformer):
    """Puts in place of each lookup of an expression what it gives."""

    def __init__(self, tables: Tables):
        self.tables = tables

    def visit_Call(self, node):
        """Return what a lookup gives; any other call as it is."""
        self.generic_visit(node)
        if node.func.id not in LOOKUPS:
            return node
        given = [ast.literal_eval(each) for each in node.args]
        keys = {each.arg: ast.literal_eval(each.value) for each in node.keywords}
        return getattr(self.tables, node.func.id)(*given, **keys)


class Ranged(ast.NodeTransformer):
    """Puts in place of each `between` an input that may lie anywhere between its two numbers."""

    def __init__(self, tables: Tables):
        self.tables = tables

    def visit_Call(self, node):
        """Return the input, told by its middle; any other call as it is."""
        self.generic_visit(node)
        if node.func.id != "between":
            return node
        ends = [carried(ast.Expression(each), self.tables.inputs, QUANTITIES) for each in node.args]
        middle = sum(each.value for each in ends) / len(ends)
        low, high = min(each.low for each in ends), max(each.high for each in ends)
        name = re.sub(r"\W", "_", ast.unparse(node))
        return self.tables.input(name, Interval(middle, low, high))


class Spelled(ast.NodeTransformer):
    """Puts in place of each input of an expression the number that is printed."""

    def __init__(self, tables: Tables):
        self.tables = tables

    def visit_Name(self, node):
        """Return the number of an input; any other name as it is."""
        given = self.tables.inputs.get(node.id)
        return ast.Constant(given.value) if given else node


def evaluate(expression: str, package: data.Package, loaded: dict) -> Reading:
    """Return what an expression gives; InputError with the reason where it gives nothing."""
    tables = Tables(package, loaded)
    try:
        tree = ast.fix_missing_locations(LookedUp(tables).visit(expressions.parsed(expression)))
    except (TypeError, ValueError) as problem:
        raise InputError(f"cannot be evaluated: {problem}") from None
    spelled = ast.unparse(Spelled(tables).visit(deepcopy(tree)))
    ranged = ast.fix_missing_locations(Ranged(tables).visit(tree))
    found = carried(ranged, tables.inputs, QUANTITIES)
    return Reading(found, FRACTION.sub(shorter, spelled), tables.given)


def shorter(found: re.Match) -> str:
    """Return a number with at most ten digits of its fraction and no empty ones."""
    return f"{float(found[0]):.10f}".rstrip("0").rstrip(".")


def fitting(tree: ast.Expression, unit: str, rows: list[pd.DataFrame]) -> None:
    """Raise InputError where an expression is one lookup whose unit is not the claim's."""
    if isinstance(tree.body, ast.Call) and tree.body.func.id in LOOKUPS:
        units = set(rows[0]["unit"]) if "unit" in rows[0].columns else {unit}
        if units != {unit}:
            raise InputError(f"gives {', '.join(sorted(units))} where the claim has {unit}")


def of_the_documents(rows: list[pd.DataFrame], column: str) -> None:
    """Raise InputError where a verdict would rest on rows that no document prints."""
    strangers = {source for each in rows for source in each["source"]} - set(DOCUMENTS)
    if strangers:
        raise InputError(
            f"judges by rows of {', '.join(sorted(strangers))}, which is none of the five "
            f"documents; move it from {column} to outturn"
        )


def later(outturn: str, package: data.Package, loaded: dict) -> dict:
    """Return what later data say; nothing where they were not known yet as of the date."""
    try:
        reading = evaluate(outturn, package, loaded)
    except NoRow:
        if not package.as_of:
            raise
        return {}
    return {"outturn_computed": reading.found.value, "outturn_rows": reading.rows}


def read(claim: pd.Series, column: str, package: data.Package, loaded: dict) -> tuple[Reading, str]:
    """Return what one reading of a claim gives and the verdict on it alone."""
    reading = evaluate(claim[column], package, loaded)
    if not reading.rows:
        raise InputError("asks for no number of the documents; empty it and say so in comment")
    tree = expressions.parsed(claim[column])
    fitting(tree, claim["unit"], reading.rows)
    of_the_documents(reading.rows, column)
    repeats = only_repeats(tree)
    if repeats and TABLE.match(claim["id"]) and sum(map(len, reading.rows)) == 1:
        raise InputError("judges a whole table by one cell; write a total, a rate or a comparison")
    verdict = judge(claim["printed_number"], reading.found, claim["word"], claim["unit"])
    return reading, TWICE if repeats and verdict == RECOMPUTED else verdict


def verdict(claim: pd.Series, package: data.Package, loaded: dict) -> dict:
    """Return a claim's verdict, what its readings give, and what later data say of it.

    The keys are those of `UNJUDGED`; those that begin with `other` are of the second reading.
    """
    found, verdicts = dict(UNJUDGED), []
    for column, prefix, name in (
        ("expression", "", "computed"),
        ("other_reading", "other_", "other"),
    ):
        if claim[column] == OPEN:
            verdicts.append(NOT_CHECKABLE)
        if claim[column] in ("", OPEN):
            continue
        reading, alone = read(claim, column, package, loaded)
        verdicts.append(alone)
        found |= {name: reading.found.value, f"{prefix}arithmetic": reading.arithmetic}
        found |= {f"{prefix}low": reading.found.low, f"{prefix}high": reading.found.high}
        found["rows"] = found["rows"] + reading.rows
    if verdicts:
        found["verdict"] = together(verdicts)
    return found | (later(claim["outturn"], package, loaded) if claim["outturn"] else {})


def judged(claim: pd.Series, package: data.Package, loaded: dict) -> dict:
    """Return a claim's verdict; as of a date, `NOT_YET` where it or its inputs came later."""
    if package.as_of and claim["known_from"] > pd.Timestamp(package.as_of):
        return {**UNJUDGED, "verdict": NOT_YET}
    try:
        return verdict(claim, package, loaded)
    except NoRow:
        if not package.as_of:
            raise
        return {**UNJUDGED, "verdict": NOT_YET}


def checked(claim: pd.Series) -> None:
    """Raise InputError unless a claim can be judged as it is written."""
    try:
        number = Decimal(claim["printed_number"])
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise InputError(f'printed_number is "{claim["printed_number"]}", no number')
    if claim["other_reading"] and claim["expression"] in ("", OPEN):
        raise InputError("has another reading but no expression")
    if not claim["expression"] and not claim["comment"]:
        raise InputError("has no expression; say in comment what would settle it")
    if bool(claim["outturn"]) != bool(claim["beside"]):
        raise InputError("has only one of outturn and beside; give both or none")


def mirrored(claims: pd.DataFrame, alike: bool) -> None:
    """Raise InputError unless each twin names another row, judged alike where it must be."""
    rows = claims.set_index("id")
    for row, claim in claims[claims["twin"] != ""].iterrows():
        named, place = claim["twin"], f"{row}, {claim['id']}: twin"
        if named not in rows.index:
            raise InputError(f'{place} names "{named}", which is no claim; name one or empty it.')
        first = rows.loc[named]
        if first["twin"]:
            raise InputError(f"{place} names {named}, itself a twin; name {first['twin']}.")
        if claim["finding"]:
            raise InputError(f"{place} names {named}; move the finding to that row.")
        if alike and first["verdict"] != claim["verdict"]:
            raise InputError(
                f"{place} names {named}, which is judged {first['verdict']} and this row "
                f"{claim['verdict']}; one statement has one verdict: empty the twin."
            )


def ledger(as_of: str = "", folder: str = "") -> pd.DataFrame:
    """Return the table source_claims with its verdicts.

    Adds the columns of `UNJUDGED`. InputError names the row, the expression and the reason
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
    claims = claims.join(pd.DataFrame(found, index=claims.index, columns=list(UNJUDGED)))
    mirrored(claims, alike=not (as_of or folder))
    return claims


def distinct(table: pd.DataFrame) -> pd.DataFrame:
    """Return the claims without those that tell again what another tells."""
    return table[table["twin"] == ""]


def counts(table: pd.DataFrame) -> pd.DataFrame:
    """Return how many distinct claims of each source have each verdict.

    Columns: source, one a verdict, all.
    """
    verdicts = [*VERDICTS, *([NOT_YET] if NOT_YET in set(table["verdict"]) else [])]
    once = distinct(table)
    found = pd.crosstab(once["source"], once["verdict"]).reindex(columns=verdicts, fill_value=0)
    return found.assign(all=found.sum(axis=1)).rename_axis(columns=None).reset_index()
