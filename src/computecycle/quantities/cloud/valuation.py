"""What a cloud is worth at a multiple of its sales. Numbers and tables in, tables out.

    value            V = S m                            S: yearly revenue, m: price over sales
    earnings         p = m / k                          k: net margin, p: price over earnings
    break-even       m_n = m ((1 + r) / (1 + g)) ** n   the multiple at which a buyer at m may sell
                                                        after n years and has earned r a year
    "rose 4.7 times" is a factor of 4.7 where it is a multiple, of 5.7 where it is an increase

Money is in USD billion, rates are fractions a year.
"""

import re

import numpy as np
import pandas as pd

from computecycle.evidence.given import Given, derive
from computecycle.quantities import growth
from computecycle.quantities.cloud import cloud

AS_TOLD = ["Amazon", "Microsoft", "Alibaba"]  # whose market value the report multiplies
END_OF_COURSE = ["2020", "2021-12"]  # the periods in which it prints that value at the end


def break_even_multiple(multiple, rate, discount, years):
    """Return the multiple of sales at which a buyer may sell and has earned `discount` a year.

    rate : growth of revenue a year, above -1. Numbers or arrays.
    """
    return multiple * growth.multiple((1 + discount) / (1 + np.asarray(rate)) - 1, years)


def break_even_curves(
    multiples: list[float], discount: float, years: float, marked: float
) -> pd.DataFrame:
    """Return the break-even multiple over a range of growth for each multiple paid.

    Columns: paid, growth (fraction), multiple, marked (whether it is the growth at hand).
    """
    rates = np.linspace(0.0, max(0.6, marked), 61) if np.isfinite(marked) else np.empty(0)
    tables = [
        pd.DataFrame(
            {
                "paid": paid,
                "growth": [*rates, marked],
                "multiple": break_even_multiple(paid, np.append(rates, marked), discount, years),
                "marked": [*(False for _ in rates), True],
            }
        )
        for paid in multiples
        if np.isfinite(paid) and np.isfinite(marked)
    ]
    columns = ["paid", "growth", "multiple", "marked"]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=columns)


def years_to(first: float, last: float, rate: float) -> float:
    """Return the years in which a yearly rate carries first to last; endless where it stands."""
    return float(np.log2(last / first) * growth.doubling_time(rate))


def growth_since(filed: pd.DataFrame, segment: str, first: str, years: int) -> Given:
    """Return a segment's yearly growth since a year, over so many years or as many as are filed."""
    last = cloud.last_year(filed, segment)
    over = min(years, int(last[-4:]) - int(first[-4:])) if last else 0
    end = cloud.year_before(first, -over)
    return cloud.growth_into(filed, segment, end, over) if over > 0 else Given()


def span(row: pd.DataFrame) -> float:
    """Return the years from the first to the last year that a statement's period names."""
    named = [int(year) for year in re.findall(r"\d{4}", str(row["period"].iloc[0]))]
    return float(named[-1] - named[0])


def readings(statements: pd.DataFrame, company: str) -> dict[str, Given]:
    """Return "rose x times" read both ways: the yearly return, and the value at the start.

    Keys: factor (as printed), years, end (USD billion), return_multiple, return_increase,
    start_multiple, start_increase. Unknown where the report does not print the end.
    """
    factor = cloud.told(statements, company, "market_value_growth")
    years = cloud.told(statements, company, "market_value_growth_years")
    if not years.known and factor.known:
        years = Given(span(factor.rows[0]), factor.rows)
    ends = statements[statements["period"].astype(str).isin(END_OF_COURSE)]
    end = cloud.told(ends, company, "market_value")
    both = {"factor": factor, "years": years, "end": end}
    for name, times in (("multiple", factor), ("increase", factor + 1.0)):
        both[f"return_{name}"] = derive(growth.annual_growth, 1.0, times, years)
        both[f"start_{name}"] = end / times
    return both


def returns_compared(statements: pd.DataFrame) -> pd.DataFrame:
    """Return both readings of each company: company, reading, annual_return, printed (fraction)."""
    found = []
    for company in AS_TOLD:
        both = readings(statements, company)
        printed = cloud.told(statements, company, "market_value_annual_return").number
        for name in ("multiple", "increase"):
            number = both[f"return_{name}"].number
            found.append((company, f"as a{'n' * (name[0] == 'i')} {name}", number, printed))
    table = pd.DataFrame(found, columns=["company", "reading", "annual_return", "printed"])
    return table.dropna(subset="annual_return")
