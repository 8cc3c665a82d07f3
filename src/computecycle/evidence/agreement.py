"""Whether the cells of a row agree: what a second page gives with the first, a low with its high.

A row is *verified* when a page of another publisher gives a value within the tolerance of its
table. The descriptor writes the tolerance (`"tolerance": 0.01` is one percent of the value); the
row has the other page's value and address in `second_value` and `second_locator`.

A page that republishes what others filed or released agrees too, and is no witness: such a row is
*repeated*. A *quoted* row names a document that was not opened; a second page may stand beside it.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

VERIFIED, REPEATED, QUOTED = "verified", "repeated", "quoted"
COLUMNS = ("second_value", "second_locator")
PUBLIC = {"ac", "co", "com", "edu", "gov", "net", "org"}  # below a country: example.co.uk
SHARED = {  # each name below them is a publisher of its own
    "cloudfront.net",
    "github.io",
    "pages.dev",
    "substack.com",
    "vercel.app",
}
ALSO = {"githubusercontent.com": "github.com"}
REPUBLISHERS = {  # filled from the SEC's file of facts, from filings, or with releases as sent out
    "beautifydata.com",
    "channeldailynews.com",
    "decaturdailydemocrat.com",
    "financialcontent.com",
    "financialmodelingprep.com",
    "finanznachrichten.de",
    "globenewswire.com",
    "intrinsicalpha.com",
    "marketminute.com",
    "menafn.com",
    "opencapital.sh",
    "pressreach.com",
    "prnewswire.com",
    "quarter-results.com",
    "secwatch.observer",
    "stock-analysis-on.net",
    "stockanalysis.com",
    "stocktitan.net",
    "uaenews247.com",
    "vcpscanner.com",
}
ROUNDING = 1e-9  # of a float, not of a printed number


def publisher(address: str) -> str:
    """Return the registered domain of an address, which says whose page it is; or empty."""
    host = (urlsplit(address).hostname or "").rstrip(".")
    labels = host.split(".")
    country = len(labels[-1]) == 2 and labels[-2:-1] != [] and labels[-2] in PUBLIC
    long = country or ".".join(labels[-2:]) in SHARED
    domain = ".".join(labels[-3 if long else -2 :])
    return ALSO.get(domain, domain)


def compared(entry: dict) -> str:
    """Return the column that a table's second value repeats: `value`, or as its field says."""
    fields = {field["name"]: field for field in entry["schema"]["fields"]}
    return fields.get("second_value", {}).get("valueColumn", "value")


def lacking(entry: dict) -> str:
    """Return what a table with a tolerance lacks to hold verified rows, or an empty text."""
    if "tolerance" not in entry:
        return ""
    tolerance, names = entry["tolerance"], {field["name"] for field in entry["schema"]["fields"]}
    if not isinstance(tolerance, int | float) or not 0 <= tolerance < 1:
        return f'has the tolerance "{tolerance}"; write a fraction such as 0.01'
    missing = [name for name in (*COLUMNS, compared(entry)) if name not in names]
    return f'has a tolerance and no column "{missing[0]}"' if missing else ""


def second_problem(row: dict[str, str], entry: dict) -> tuple[str, str]:
    """Return the column in which a second page fails to tell what the row does, and why.

    Two empty texts where it does.
    """
    if "tolerance" not in entry:
        why = f'is "{row["confidence"]}", and the table has no tolerance in data/datapackage.json'
        return "confidence", f"{why}; give it one, or call the row single_source."
    for name in COLUMNS:
        if not row[name]:
            told = f"is empty and the row is {row['confidence']}"
            return name, f"{told}; fill it, or call the row single_source."
    first, second = (float(row[name] or "nan") for name in (compared(entry), "second_value"))
    if not abs(second - first) <= abs(first) * entry["tolerance"] + ROUNDING:
        return "second_value", (
            f'is "{row["second_value"]}", which is not within {100 * entry["tolerance"]:g}% of '
            f'"{row[compared(entry)]}" in column "{compared(entry)}"; call the row single_source '
            "and empty it, or give the other value a row of its own."
        )
    if publisher(row["second_locator"]) in ("", publisher(row["locator"])):
        return "second_locator", (
            f'is "{row["second_locator"]}", which is no address of another publisher than '
            "that of the locator; name one, or call the row single_source."
        )
    return "", ""


def witness_problem(row: dict[str, str]) -> tuple[str, str]:
    """Return the column of a verified row whose page only republishes, and what to do."""
    for name in ("locator", "second_locator"):
        if publisher(row[name]) in REPUBLISHERS:
            told = f'is "{row[name]}", a page that republishes filings or releases'
            return name, f"{told}; call the row repeated."
    return "", ""


def page_problem(row: dict[str, str], entry: dict) -> tuple[str, str]:
    """Return the column in which a row's pages do not bear its confidence, and what to do."""
    word = row.get("confidence")
    filled = next((name for name in COLUMNS if row.get(name)), "")
    if word in (VERIFIED, REPEATED) or (word == QUOTED and filled):
        found = second_problem(row, entry)
        return witness_problem(row) if word == VERIFIED and found == ("", "") else found
    told = f'is filled and the row is "{word}"; call it verified or repeated, or empty the cell.'
    return (filled, told) if filled else ("", "")


def ranges(entry: dict) -> list[tuple[str, str]]:
    """Return the pairs of a table's columns that are the low and the high end of one number.

    None where the descriptor says that the table means something else by the words.
    """
    fields = [] if entry.get("lowMayExceedHigh") else entry["schema"]["fields"]
    names = [field["name"] for field in fields if field["type"] in ("number", "integer")]
    pairs = [
        (name, "_".join("high" if part == "low" else part for part in name.split("_")))
        for name in names
    ]
    return [(low, high) for low, high in pairs if low != high and high in names]


def range_problems(row: dict[str, str], entry: dict) -> Iterator[tuple[str, str]]:
    """Yield each column whose low end is above its high end, and what to do."""
    for low, high in ranges(entry):
        if row[low] and row[high] and float(row[low]) > float(row[high]):
            yield low, f'is "{row[low]}", above "{row[high]}" in column "{high}"; exchange them.'


def problems(
    entry: dict, rows: list[list[str]], label: str, wrong: set[tuple] = frozenset()
) -> Iterator[str]:
    """Yield a sentence for each cell that contradicts another of its row.

    rows : the cells of a CSV, its header first; wrong : line and column of cells that are no
    numbers or words of the table. Rows with such a cell are left out.
    """
    damaged = {line for line, _ in wrong}
    for line, cells in enumerate(rows[1:], start=2):
        if line in damaged:
            continue
        row = dict(zip(rows[0], cells, strict=True))
        for name, what in (page_problem(row, entry), *range_problems(row, entry)):
            if name:
                yield f'{label}, line {line}, column "{name}" {what}'
