"""Charts of Our World in Data, each as the CSV that its page offers.

Documented at https://docs.owid.io/projects/etl/api/chart-api; the processing is under CC BY 4.0.
"""

from collections.abc import Callable, Iterator
from datetime import date

from computecycle.evidence import data
from computecycle.evidence.errors import InputError
from computecycle.evidence.refresh import web

NAME = "Our World in Data"
TABLE = "electricity_by_country"
ADDRESS = "https://ourworldindata.org/grapher/electricity-demand.csv?useColumnShortNames=false"
NEEDED = ["Entity", "Year"]
DEMAND = "Electricity demand"


def rows(fetch: Callable[[str], bytes], day: date) -> Iterator[dict]:
    """Yield rows of `electricity_by_country` for the countries and years that the table begins
    with; `day` is that of access, for the chart's data have no day of their own."""
    table = data.load(TABLE)
    countries, first = set(table["country"]), int(table["period"].min())
    entries = web.lines(ADDRESS, fetch(ADDRESS), NEEDED)
    column = next((name for name in entries[0] if name.startswith(DEMAND)), None)
    if column is None:
        raise InputError(f"{ADDRESS} has no column {DEMAND}; it may be renamed.")
    for entry in entries:
        if (
            entry["Entity"] in countries
            and web.number(ADDRESS, "Year", entry["Year"]) >= first
            and entry[column]
        ):
            yield {
                "country": entry["Entity"],
                "period": entry["Year"],
                "period_end": f"{entry['Year']}-12-31",
                "value": f"{web.number(ADDRESS, column, entry[column]):.2f}",
                "unit": "TWh",
                "source": "owid_electricity_demand",
                "locator": ADDRESS,
                "known_from": day.isoformat(),
                "confidence": "single_source",
                "note": data.UNDATED,
            }
