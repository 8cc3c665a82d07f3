"""What an accelerator computes in a second, by the length of the numbers it computes with.

    rate        dense peak of the maker (TFLOPS), vector and matrix units apart
    series      the rate of each chip in one length of numbers; of two formats of that length the
                faster (INT8 and FP8 are both eight bits, INT4 and FP4 four)
    fastest     the highest dense rate of each chip in any format
    single      cards of one processor; a board of two is two chips
    first       the first chip of each generation, which the letter of its name tells (H of H100)

A sum of short numbers is not a sum of long ones: growth across lengths counts other work. Where
sources differ the first in `SOURCES` is taken, else the one that has the chip. Tables in (as
loaded), tables out.
"""

import pandas as pd

from computecycle.evidence.given import Given

SOURCES = ["nvidia_blackwell_brief", "epoch_ml_hardware"]  # the first: the maker set rates anew
BITS = {
    32: ["FP32"],
    16: ["FP16", "BF16", "FP16/BF16"],
    8: ["INT8", "FP8"],
    4: ["FP4", "INT4"],
}
POINTS = ["series", "day", "value", "label"]
BOARD = "(board of two)"
SHORT = r"\b([A-Z]{1,2}\d{2,3}X?)\b"  # of a name: H100 of H100 SXM5 80 GB
INDEXED = ["series", "day", "value"]
GENERATION = r"^(?:Tesla )?G?([A-Z])\d"  # of a name: B of B200 and of GB200
DAY = pd.Timedelta(days=1)  # to the eve of a release
AHEAD = 1.3  # times the rate of the chip named before, for a name of its own


def of_maker(throughput: pd.DataFrame, vendor: str, without: str = "none") -> pd.DataFrame:
    """Return the dense rates of a maker's chips, one for each chip, format and kind of unit.

    without : a chip that is left out.
    """
    rows = throughput[(throughput["vendor"] == vendor) & (throughput["sparsity"] == "dense")]
    rows = rows[rows["released"].notna() & (rows["chip"] != without)]
    places = {source: place for place, source in enumerate(SOURCES)}
    rank = rows["source"].map(places).fillna(len(SOURCES))
    first = rank.sort_values(kind="stable").index
    rows = rows.loc[first].drop_duplicates(["chip", "number_format", "engine"])
    return rows.sort_values("released", kind="stable")


def of_makers(throughput: pd.DataFrame, vendors: list[str], bits: int, engine: str) -> pd.DataFrame:
    """Return the series of the chips of several makers."""
    tables = [series(of_maker(throughput, vendor), bits, engine) for vendor in vendors]
    return pd.concat(tables).sort_values("released", kind="stable")


def single(rates: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of cards that carry one processor."""
    return rates[~rates["chip"].str.contains(BOARD, regex=False)]


def fed(rates: pd.DataFrame, processors: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rates with the memory bandwidth (GB/s) of each chip as `value`, without those of
    which it is not known, and the rows of the catalogue that filled what the rates leave open."""
    listed = processors[processors["metric"] == "memory_bandwidth"].set_index("product")["value"]
    own = rates["memory_bandwidth"].astype(float)
    value = own.fillna(rates["chip"].map(listed))
    filled = rates["chip"][own.isna() & value.notna()]
    chosen = processors["product"].isin(filled) & (processors["metric"] == "memory_bandwidth")
    return rates.assign(value=value)[value.notna()], processors[chosen]


def series(rates: pd.DataFrame, bits: int, engine: str) -> pd.DataFrame:
    """Return the row of each chip in one length of numbers on one kind of unit."""
    rows = rates[rates["number_format"].isin(BITS[bits]) & (rates["engine"] == engine)]
    return _best(rows)


def fastest(rates: pd.DataFrame) -> pd.DataFrame:
    """Return the row of the highest rate of each chip."""
    return _best(rates)


def first_of_generations(rates: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the first chip of each generation; of several of one day the fastest."""
    chips = fastest(rates)
    chips = chips[~chips["chip"].str.extract(GENERATION)[0].duplicated()]
    return rates[rates["chip"].isin(chips["chip"])]


def per_watt(rates: pd.DataFrame) -> pd.DataFrame:
    """Return the rows whose power is known, with the rate over it (TFLOPS a watt) as `value`."""
    known = rates[rates["power_w"].notna()]
    return known.assign(value=known["tflops"] / known["power_w"].astype(float))


def in_bits(rates: pd.DataFrame) -> pd.DataFrame:
    """Return the rates with `value`: the rate times the bits of a number, unknown for a format that
    is in no length."""
    bits = {name: length for length, names in BITS.items() for name in names}
    return rates.assign(value=rates["tflops"] * rates["number_format"].map(bits).astype(float))


def _best(rows: pd.DataFrame) -> pd.DataFrame:
    ranked = rows.sort_values("tflops", ascending=False, kind="stable").drop_duplicates("chip")
    return ranked.sort_values("released", kind="stable")


def points(named: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return rates to draw: series, day, value (TFLOPS), label (of a chip on matrix units that is
    well ahead of all before it, in numbers of any length)."""
    tables = []
    for name, rows in named.items():
        table = pd.DataFrame({"day": rows["released"], "value": rows["tflops"]})
        short = rows["chip" if "chip" in rows else "product"].str.extract(SHORT)[0].fillna("")
        matrix = "engine" in rows and rows["engine"] == "matrix"
        tables.append(table.assign(series=name, short=short, matrix=matrix))
    every = pd.concat(tables, ignore_index=True)
    return every.assign(label=every["short"].where(_well_ahead(every), ""))[POINTS]


def _well_ahead(points: pd.DataFrame) -> pd.Series:
    """Return which points on matrix units are `AHEAD` of all before them."""
    rows = points[points["matrix"].astype(bool)].sort_values(
        ["day", "value"], ascending=[True, False]
    )
    top, chosen = 0.0, []
    for place, value in rows["value"].items():
        if value > AHEAD * top:
            top = value
            chosen.append(place)
    return pd.Series(points.index.isin(chosen), index=points.index)


def first_year(rows: pd.DataFrame) -> Given:
    """Return the year of the first release; unknown without rows."""
    return _year(rows, 0)


def newest_year(rows: pd.DataFrame) -> Given:
    """Return the year of the last release; unknown without rows."""
    return _year(rows, -1)


def span(rows: pd.DataFrame) -> str:
    """Return the years of the first and the last release, as a chart names them."""
    return f"{first_year(rows).number:.0f} to {newest_year(rows).number:.0f}"


def _year(rows: pd.DataFrame, place: int) -> Given:
    if rows.empty:
        return Given()
    one = rows.sort_values("released", kind="stable").iloc[[place]]
    return Given(float(one["released"].iloc[0].year), [one])


def records(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the rows, by release, that are above all before them in a column."""
    known = rows[rows[column].notna()].sort_values("released", kind="stable")
    top = known[column].cummax()
    return known[(known[column] == top) & (top != top.shift())]


def indexed(named: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return records over the first of them: series, day, value.

    named : name to rows with the columns released and value, or else tflops.
    """
    tables = []
    for name, rows in named.items():
        column = "value" if "value" in rows else "tflops"
        over = rows[column] / rows[column].iloc[0] if len(rows) else rows[column]
        tables.append(pd.DataFrame({"series": name, "day": rows["released"], "value": over}))
    return pd.concat(tables, ignore_index=True)[INDEXED]


def ahead(cards: pd.DataFrame, rivals: pd.DataFrame, place: int) -> Given:
    """Return the record of some cards over that of their rivals; unknown without rows.

    cards : with `tflops`. rivals : with `value`. place : which record, 0 the first, -1 the last.
    """
    if cards.empty or rivals.empty:
        return Given()
    one, other = records(cards, "tflops").iloc[[place]], records(rivals, "value").iloc[[place]]
    return Given(float(one["tflops"].iloc[0] / other["value"].iloc[0]), [one, other])


def ahead_on(cards: pd.DataFrame, rivals: pd.DataFrame, day: pd.Timestamp) -> Given:
    """Return the record of the cards released up to a day over that of the rivals of that day."""
    return ahead(*(rows[rows["released"] <= day] for rows in (cards, rivals)), -1)


def multiple(rows: pd.DataFrame, column: str, rest: list[pd.DataFrame] = ()) -> Given:
    """Return the last of records over the first; unknown for fewer than two.

    rest : loaded rows that the numbers rest on besides these.
    """
    if len(rows) < 2:
        return Given()
    ends = rows.iloc[[0, -1]]
    return Given(float(ends[column].iloc[1] / ends[column].iloc[0]), [ends, *rest])
