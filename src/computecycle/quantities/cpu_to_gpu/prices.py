"""What a dollar of chip buys: a graphics processor against central processors of its own class.

    arithmetic per dollar   peak rate / price of the chip alone, in GFLOPS a dollar
    lead                    that of a graphics processor over that of a central processor, both for
                            servers or both for desktops, in one format; against the best bargain
                            among the central processors launched in the years before it. The
                            dearest price of the card gives the low end, the cheapest the high end

Prices are of the chip or card without the computer around it. Of data-centre cards most are
estimates, reports and offers. Tables in (as loaded or as `catalogue` makes them), tables out.
"""

import pandas as pd

from computecycle.evidence.given import Given
from computecycle.quantities.cpu_to_gpu.formats import SHORT

BARGAINS = ["product", "day", "value", "low_value", "listed"]
LEADS = ["group", "product", "day", "low", "high", "listed", "best_cpu"]
DRAWN = ["group", "card", "name", "day", "low", "high", "listed"]
LISTED = ["launch_list", "later_list"]  # kinds of price that the maker published
LONG = r"GeForce |Tesla |Instinct |Intel |AMD | \(.*\)| \d+ GB"  # what a name can do without
YEAR = pd.Timedelta(days=365.25)


def bargains(chips: pd.DataFrame, column: str = "fp32_peak") -> pd.DataFrame:
    """Return the GFLOPS a dollar of the chips of a catalogue: product, day, value, low_value,
    listed. One price each, so both values are the same."""
    columns = ["product", "released", column, "launch_price"]
    known = chips.reindex(columns=columns).dropna()
    value = 1000 * known[column] / known["launch_price"]
    return pd.DataFrame(
        {
            "product": known["product"],
            "day": known["released"],
            "value": value,
            "low_value": value,
            "listed": True,
        }
    ).reset_index(drop=True)


def asked(prices: pd.DataFrame, rates: pd.DataFrame, kind: str, years: float) -> pd.DataFrame:
    """Return the prices of one class with the rates of their cards, a row a price; a price named
    more than so many years after the release of its card is left out.

    rates : rows of `formats.series`, or such with chip, released and tflops.
    """
    rows = prices[prices["class"] == kind]
    rows = rows.assign(
        top=rows["price_high"].fillna(rows["price"]),
        named=pd.to_datetime(rows["day"], format="ISO8601"),
    )
    table = rates.merge(rows, left_on="chip", right_on="product", suffixes=("", "_price"))
    return table[table["named"] <= table["released"] + years * YEAR]


def priced(table: pd.DataFrame) -> pd.DataFrame:
    """Return the GFLOPS a dollar of cards, by prices as `asked` gives them: at the cheapest of a
    card and, as `low_value`, at the dearest."""
    by = table.groupby(["chip", "released", "tflops"], as_index=False, sort=False)
    ends = by.agg(
        cheap=("price", "min"), dear=("top", "max"), listed=("price_kind", _all_listed)
    ).sort_values("released", kind="stable")
    return pd.DataFrame(
        {
            "product": ends["chip"],
            "day": ends["released"],
            "value": 1000 * ends["tflops"] / ends["cheap"],
            "low_value": 1000 * ends["tflops"] / ends["dear"],
            "listed": ends["listed"].astype(bool),
        }
    ).reset_index(drop=True)


def _all_listed(kinds: pd.Series) -> bool:
    return bool(kinds.isin(LISTED).all())


def leads(group: str, cards: pd.DataFrame, rivals: pd.DataFrame, years: float) -> pd.DataFrame:
    """Return the lead of each card over the best of the rivals launched in the years before it.

    Columns: group, product, day, low, high (times), listed, best_cpu. A card without a rival is
    left out.
    """
    rows = []
    for card in cards.itertuples():
        met = rivals[(rivals["day"] <= card.day) & (rivals["day"] >= card.day - years * YEAR)]
        if len(met):
            best = met.loc[met["value"].idxmax()]
            low, high = card.low_value / best["value"], card.value / best["value"]
            rows.append((group, card.product, card.day, low, high, card.listed, best["product"]))
    table = pd.DataFrame(rows, columns=LEADS)
    kinds = {"listed": bool, "low": float, "high": float, "day": "datetime64[ns]"}
    return table.astype(kinds)


def lowest(leads: pd.DataFrame, rows: list[pd.DataFrame]) -> Given:
    """Return the lowest lead at the dearest prices, with the rows; unknown without leads."""
    return Given(float(leads["low"].min()), rows) if len(leads) else Given()


def behind(leads: pd.DataFrame, rows: list[pd.DataFrame]) -> Given:
    """Return the share of the chips with less for a dollar than their best rival even on the card
    and at the price that give most; a chip on several cards counts once."""
    chip = leads["product"].str.extract(SHORT)[0].fillna(leads["product"])
    each = leads["high"].groupby(chip).max()
    return Given(float((each < 1).mean()), rows) if len(leads) else Given()


def highest(leads: pd.DataFrame, rows: list[pd.DataFrame]) -> Given:
    """Return the highest lead at the cheapest prices; unknown without leads."""
    return Given(float(leads["high"].max()), rows) if len(leads) else Given()


def of(leads: pd.DataFrame, chips: pd.DataFrame) -> pd.DataFrame:
    """Return the leads of the cards that are among some chips."""
    return leads[leads["product"].isin(chips["chip"])]


def together(*groups: pd.DataFrame) -> pd.DataFrame:
    """Return the leads of several groups to draw: group, card (in short), name (the card with its
    year and its best rival), day, low, high, listed."""
    table = pd.concat(groups, ignore_index=True)
    plain = table["product"].str.replace("(board of two)", "of two chips", regex=False)
    short = plain.str.replace(LONG, "", regex=True)
    year = pd.to_datetime(table["day"]).dt.strftime("%Y")
    rival = table["best_cpu"].str.replace(LONG, "", regex=True)
    name = short + ", " + year + ", against " + rival
    return table.assign(card=short, name=name)[DRAWN]


def estimated(leads: pd.DataFrame, rows: list[pd.DataFrame]) -> Given:
    """Return the share of the cards whose price is no list price of the maker."""
    return Given(float((~leads["listed"]).mean()), rows) if len(leads) else Given()
