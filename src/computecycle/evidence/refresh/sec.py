"""Quarters and years of companies from the facts that they file with the SEC.

The service gives, for each concept, every number that a filing tagged, with the days of its period,
the day of filing and the filing's accession number. A report on Form 10-Q tells cash flows of the
year so far, so a quarter is the year so far less the year so far a quarter before.
Documented at https://www.sec.gov/search-filings/edgar-application-programming-interfaces.
"""

import json
from collections.abc import Callable, Iterator
from datetime import date

from computecycle.evidence.errors import InputError
from computecycle.evidence.refresh import web

NAME = "The SEC"
TABLE = "company_financials"
ADDRESS = "https://data.sec.gov"
FILING = "https://www.sec.gov/Archives/edgar/data/{cik}/{flat}/{accession}-index.htm"
COMPANIES = {"Alphabet": 1652044, "Amazon": 1018724, "Meta": 1326801, "Microsoft": 789019}
CONCEPTS = {  # of each metric, in order of preference; the table's description says what they hold
    "capex": [
        "PaymentsToAcquirePropertyPlantAndEquipment",
        "PaymentsToAcquireProductiveAssets",
    ],
    "net_income": ["NetIncomeLoss"],
    "depreciation": ["DepreciationDepletionAndAmortization", "Depreciation"],
}
QUARTER, YEAR = (80, 100), (350, 380)  # days
MILLION = 1e6


def rows(fetch: Callable[[str], bytes], day: date) -> Iterator[dict]:
    """Yield rows of `company_financials`: a company, metric and quarter or year each."""
    for company, cik in COMPANIES.items():
        address = f"{ADDRESS}/api/xbrl/companyfacts/CIK{cik:010d}.json"
        facts = parsed(address, fetch(address))
        for metric, concepts in CONCEPTS.items():
            told = next(filter(None, (periods(facts, concept) for concept in concepts)), None)
            if told is None:
                raise InputError(f"{address} has none of {', '.join(concepts)} in US dollars.")
            yield from company_rows(company, cik, metric, told)


def parsed(address: str, content: bytes) -> list:
    """Return the facts of one company as edgartools reads them; InputError when it finds none."""
    try:
        from edgar.entity.parser import EntityFactsParser
    except ImportError:
        raise InputError(web.NEEDS) from None
    try:
        found = EntityFactsParser.parse_company_facts(json.loads(content))
    except (ValueError, AttributeError, RecursionError):
        found = None
    if not found:
        raise InputError(f"{address} holds no company facts; it may be cut, or no JSON.")
    return list(found)


def periods(facts: list, concept: str) -> dict[tuple[date, date], object]:
    """Return the facts of a concept by first and last day, each as it was last filed.

    Of several filings that give the same number the first counts, for its day.
    """
    told = [
        fact
        for fact in facts
        if fact.concept.split(":")[-1] == concept and fact.unit == "USD" and dated(fact)
    ]
    newest = {}
    for fact in sorted(told, key=lambda each: (each.filing_date, each.accession)):
        known = newest.get((fact.period_start, fact.period_end))
        if known is None or known.numeric_value != fact.numeric_value:
            newest[fact.period_start, fact.period_end] = fact
    return newest


def dated(fact) -> bool:
    """Return whether a fact says all that a row needs."""
    needed = (fact.period_start, fact.period_end, fact.filing_date, fact.accession)
    return all(needed) and fact.numeric_value is not None


def lasts(start: date, end: date, days: tuple[int, int]) -> bool:
    """Return whether a period is as long as a quarter or a year is."""
    return days[0] <= (end - start).days + 1 <= days[1]


def company_rows(company: str, cik: int, metric: str, told: dict) -> Iterator[dict]:
    """Yield the quarters and years that a company's facts tell, the year so far undone."""
    for (start, end), fact in sorted(told.items()):
        if lasts(start, end, YEAR):
            yield row(company, cik, metric, end, "year", fact.numeric_value, fact)
        if lasts(start, end, QUARTER):
            yield row(company, cik, metric, end, "quarter", fact.numeric_value, fact)
        before = [known for known in told if known[0] == start and known[1] < end]
        last = max(before, key=lambda known: known[1], default=None)
        if last and lasts(last[1], end, QUARTER):
            value = fact.numeric_value - told[last].numeric_value
            yield row(company, cik, metric, end, "quarter", value, fact)


def row(
    company: str, cik: int, metric: str, end: date, kind: str, value: float, fact: object
) -> dict:
    """Return one row; `value` in US dollars, `fact` the newest that it rests on."""
    if kind == "quarter":
        period, period_type = f"{end.year}Q{(end.month + 2) // 3}", "quarter"
    elif end.month == 12:
        period, period_type = str(end.year), "calendar_year"
    else:
        period, period_type = f"FY{end.year}", "fiscal_year"
    flat = fact.accession.replace("-", "")
    return {
        "company": company,
        "metric": metric,
        "period": period,
        "period_type": period_type,
        "period_end": end.isoformat(),
        "value": f"{value / MILLION:.0f}",
        "unit": "USD million",
        "source": "sec_companyfacts",
        "locator": FILING.format(cik=cik, flat=flat, accession=fact.accession),
        "known_from": fact.filing_date.isoformat(),
        "confidence": "single_source",
        "note": f"tagged {fact.concept.split(':')[-1]} in {fact.form_type} {fact.accession}",
    }
