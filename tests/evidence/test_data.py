"""Tables as of a date: what is not known yet does not exist, and a row says where it came from."""

import re
from datetime import date

import pandas as pd
import pytest

from computecycle.evidence import data, days
from computecycle.evidence.errors import InputError

HEADER = "chip,period,price,unit,count,year,ready,source,locator,known_from,confidence\n"
LATER = "A100,2021-06,9900,USD,,2021,false,shop,page 9,2023-01-01,printed\n"
NEW = "B200,2024,30000,USD,,,true,maker,page 9,2024-03-18,printed\n"


def overlay(shelf, *rows: str) -> str:
    """Lay rows over the table of chips; return the folder."""
    folder = shelf.parent / "own"
    folder.mkdir(exist_ok=True)
    (folder / "chips.csv").write_text(HEADER + "".join(rows), encoding="utf-8")
    return str(folder)


def prices(table: pd.DataFrame) -> list[float]:
    return table["price"].tolist()


def add(shelf, *rows: str) -> None:
    """Write rows below those of the table of chips."""
    with (shelf / "chips.csv").open("a", encoding="utf-8") as file:
        file.write("".join(rows))


# As of a date


KNOWN = {
    "before-everything": ("2020-05-13", []),
    "on-the-day": ("2020-05-14", [10000]),
    "the-first-reading": ("2021-12-31", [10000, 9000]),
    "the-newer-reading": ("2022-01-01", [10000, 9500, 25000]),
    "everything": ("", [10000, 9500, 25000]),
}


@pytest.mark.parametrize(("as_of", "expected"), KNOWN.values(), ids=KNOWN)
def test_later_rows_do_not_exist_and_the_newest_known_counts(shelf, as_of, expected):
    assert prices(data.load("chips", as_of)) == expected


def test_of_rows_published_on_one_day_the_last_written_counts(shelf):
    add(shelf, LATER, LATER.replace("9900", "9800"))
    assert prices(data.load("chips")) == [10000, 25000, 9800]


def test_an_older_reading_written_below_does_not_count(shelf):
    add(shelf, LATER.replace("2023-01-01", "2021-06-30"))
    assert prices(data.load("chips")) == [10000, 9500, 25000]
    assert prices(data.load("chips", "2021-06-30")) == [10000, 9900]


@pytest.mark.parametrize(
    "text", ["2024", "2024-13-01", "2024-02-30", "20240620", "2024-W25-4", "2024-6-3", "soon", " "]
)
def test_a_wrong_date_is_said(text):
    with pytest.raises(InputError, match=re.escape(f'as_of is "{text}"; write a date as YYYY-')):
        data.Package(as_of=text)


def test_a_date_after_all_rows_is_said_and_a_reader_may_have_newer_rows(shelf):
    data.Package(data.load("chips")["known_from"].max().date().isoformat())
    with pytest.raises(InputError, match="^as_of is 2023-01-01, and no table knows anything after"):
        data.Package("2023-01-01")
    mine = overlay(shelf, LATER)
    assert data.load("chips", "2023-01-01", mine)["price"].max() > 0
    with pytest.raises(InputError, match="after 2023-01-01; choose a day up to then, or leave it"):
        data.Package("2023-01-02", mine)


def test_a_date_is_named_as_its_reader_wants():
    assert days.as_date("2024-06-20") == date(2024, 6, 20)
    with pytest.raises(InputError, match='^Parameter as_of is "x"; write a date as YYYY-MM-DD.$'):
        days.as_date("x", "Parameter as_of")


# Overlay


def test_an_overlay_adds_rows_and_supersedes_them(shelf):
    table = data.load("chips", folder=overlay(shelf, NEW, LATER))
    assert prices(table) == [10000, 25000, 30000, 9900]
    assert list(table.index[2:]) == ["overlay/chips.csv:2", "overlay/chips.csv:3"]


def test_a_correction_counts_from_the_day_of_the_row_it_corrects_and_is_told_with_its_own(shelf):
    mine = overlay(shelf, NEW, LATER)
    table = data.load("chips", folder=mine)
    assert [f"{day.date()}" for day in table["known_from"][2:]] == ["2024-03-18", "2022-01-01"]
    (record,) = data.trace([table.tail(1)])
    assert record["known_from"] == "2023-01-01"
    assert data.load("chips", folder=overlay(shelf, NEW)).attrs == {"table": "chips"}


def test_an_overlay_is_under_the_date_too(shelf):
    folder = overlay(shelf, NEW, LATER)
    assert prices(data.load("chips", "2023-06-30", folder)) == [10000, 25000, 9900]
    assert prices(data.load("chips", "2022-06-30", folder)) == [10000, 9500, 25000]


def test_an_overlaid_row_that_is_older_supersedes_nothing(shelf):
    folder = overlay(shelf, LATER.replace("2023-01-01", "2021-06-30"))
    assert prices(data.load("chips", folder=folder)) == [10000, 9500, 25000]


def test_an_overlay_leaves_other_tables_and_the_report_alone(shelf):
    before = (shelf / "chips.csv").read_bytes()
    folder = overlay(shelf, NEW)
    (shelf.parent / "own/chips.csv").rename(shelf.parent / "own/other.csv")
    assert prices(data.load("chips", folder=folder)) == prices(data.load("chips"))
    assert (shelf / "chips.csv").read_bytes() == before


def test_a_folder_that_is_not_there_is_said(shelf):
    with pytest.raises(InputError, match='^data_dir is "nowhere", which is not a folder; name one'):
        data.Package(folder="nowhere")


# Rows and their types


def test_rows_can_be_loaded_by_a_cell_of_their_key_alone(shelf):
    package = data.Package("2022-01-01", overlay(shelf, LATER))
    rows = package.load("chips")
    for chip in ("A100", "H100"):
        pd.testing.assert_frame_equal(
            package.load_only("chips", chip=[chip]), rows[rows["chip"] == chip]
        )
    assert package.load_only("chips", chip=["A100"], period=["2021-06"]).attrs["table"] == "chips"
    assert data.Package("2020-01-01").load_only("chips", chip=["H100"]).empty, "a day before it"
    for cells, told in (
        ({"chip": ["H10"]}, 'No row of chips has "H10" as its chip. Did you mean "H100"?'),
        ({"unit": ["USD"]}, '"unit" is no column of the key of table chips.'),
    ):
        with pytest.raises(InputError) as problem:
            package.load_only("chips", **cells)
        assert str(problem.value) == told


def test_a_row_is_named_by_its_line_in_the_file(shelf):
    table = data.load("chips", folder=overlay(shelf, NEW))
    assert table.index.name == "row"
    for label, row in table.iterrows():
        file, line = label.rsplit(":", 1)
        path = shelf / "chips.csv" if file == "data/chips.csv" else shelf.parent / "own/chips.csv"
        written = path.read_text(encoding="utf-8").splitlines()[int(line) - 1]
        assert written.startswith(f"{row['chip']},{row['period']},{row['price']:.0f}")


def test_columns_have_the_types_of_the_schema(shelf):
    table = data.load("chips")
    assert {name: str(kind) for name, kind in table.dtypes.items()} == {
        "chip": "str",
        "period": "str",
        "price": "float64",
        "unit": "str",
        "count": "Int64",
        "year": "Int64",
        "ready": "boolean",
        "source": "str",
        "locator": "str",
        "known_from": "datetime64[us]",
        "confidence": "str",
    }
    assert table["ready"].tolist() == [True, False, True]
    assert table["count"].isna().tolist() == [False, True, True]


def test_a_false_cell_stays_false_beside_an_empty_one(shelf):
    """Read as text, "false" would count as true."""
    path = shelf / "chips.csv"
    path.write_text(path.read_text().replace(",,,true,", ",,,,"))
    ready = data.load("chips")["ready"]
    assert ready.isna().tolist() == [False, False, True]
    assert ready.dropna().tolist() == [True, False]


def test_texts_that_look_like_missing_numbers_stay_texts(shelf):
    path = shelf / "chips.csv"
    path.write_text(path.read_text().replace("page 1", "NA").replace(",printed", ","))
    table = data.load("chips")
    assert table["locator"].iloc[0] == "NA" and table["confidence"].iloc[0] == ""


def test_an_empty_table_has_its_columns_and_types(shelf):
    (shelf / "chips.csv").write_text(HEADER)
    table = data.load("chips")
    assert table.empty and list(table) == HEADER.strip().split(",")
    assert str(table["known_from"].dtype).startswith("datetime64")


def test_columns_may_stand_in_another_order(shelf):
    lines = (shelf / "chips.csv").read_text().splitlines()
    turned = "\n".join(",".join(reversed(line.split(","))) for line in lines) + "\n"
    expected = data.load("chips")
    (shelf / "chips.csv").write_text(turned)
    pd.testing.assert_frame_equal(data.load("chips"), expected)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("10000", "ten", "could not convert"),
        ("10000", "1_000", "cannot safely convert"),
        ("2020-05-14", "14.5.2020", "doesn't match format"),
        ("true", "yes", "yes cannot be cast to bool"),
        ("price", "cost", "Usecols do not match"),
    ],
    ids=["text-in-a-number", "underscore", "date", "boolean", "column"],
)
def test_a_file_that_cannot_be_read_is_a_sentence(shelf, old, new, reason):
    path = shelf / "chips.csv"
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(InputError) as told:
        data.load("chips")
    message = str(told.value)
    assert message.startswith("data/chips.csv cannot be read (") and reason in message
    assert message.endswith("); `computecycle check` names the cell.") and "\n" not in message


def test_a_missing_file_is_a_sentence(shelf):
    (shelf / "chips.csv").unlink()
    with pytest.raises(InputError, match="^data/chips.csv is missing; restore the file.$"):
        data.load("chips")


@pytest.mark.parametrize(
    ("name", "hint"), [("chip", ' Did you mean "chips"?'), ("zebra", "")], ids=["near", "far"]
)
def test_an_unknown_table_is_a_sentence(shelf, name, hint):
    with pytest.raises(InputError) as told:
        data.load(name)
    assert str(told.value) == f'There is no table "{name}" in data/datapackage.json.{hint}'


# Where rows come from


def test_rows_are_traced_to_their_places(shelf):
    table = data.load("chips")
    assert table.attrs == {"table": "chips"}
    first, second = data.trace([table])
    assert first == {
        "table": "chips",
        "source": "maker",
        "locator": "page 1",
        "known_from": "2020-05-14",
        "confidence": "printed",
        "rows": ["data/chips.csv:2"],
    }
    assert second["source"] == "shop" and second["rows"] == ["data/chips.csv:4", "data/chips.csv:5"]


def test_a_row_that_is_used_twice_is_traced_once(shelf):
    table = data.load("chips")
    assert data.trace([table, table.iloc[[1]], table.iloc[:1]]) == data.trace([table])


def test_rows_of_two_tables_stay_apart(shelf):
    table = data.load("chips")
    other = table.copy()
    other.attrs = {"table": "others"}
    assert [record["table"] for record in data.trace([other, table])] == 2 * ["others"] + 2 * [
        "chips"
    ]


def test_a_selection_of_rows_can_still_be_traced(shelf):
    table = data.load("chips")
    (record,) = data.trace([table[table["unit"] == "EUR"].assign(price=0.0)])
    assert record["rows"] == ["data/chips.csv:5"]


def test_nothing_rests_on_no_rows(shelf):
    assert data.trace([]) == [] and data.trace([data.load("chips").iloc[:0]]) == []


COMPUTED = {
    "no-table": lambda table: table.assign(),
    "no-source": lambda table: table.drop(columns="source"),
    "numbered": lambda table: table.reset_index(drop=True),
}


@pytest.mark.parametrize("computed", COMPUTED)
def test_a_computed_table_has_no_place(shelf, computed):
    table = data.load("chips")
    wrong = COMPUTED[computed](table)
    wrong.attrs = {} if computed == "no-table" else table.attrs
    with pytest.raises(ValueError, match="takes rows of loaded tables; pass those, not computed"):
        data.trace([wrong])


# Sources


def test_sources_are_plain_text_with_a_short_name(shelf):
    sources = data.sources()
    assert list(sources) == ["maker", "shop"]
    assert sources["maker"] == {
        "title": "Prices",
        "year": "2020",
        "type": "report",
        "urldate": "2020-06-01",
        "author": "Smith, Ann; Lee, Bo",
        "short": "Smith and Lee 2020",
    }
    assert sources["shop"]["title"] == "A & B" and sources["shop"]["short"] == "The Shop 2021"


def test_a_dollar_sign_is_no_mathematics(shelf):
    (shelf / "sources.bib").write_text(r"@misc{x, title = {{From \$3 to \$5}}}")
    assert data.sources()["x"]["title"] == "From $3 to $5"


SHORT = {
    "corporate-author": (
        "author = {{The Compute Cycle}}, year = {2024}",
        "The Compute Cycle 2024",
    ),
    "publisher": ("publisher = {Press}, year = {1999}", "Press 1999"),
    "no-year": ("organization = {The Shop}", "The Shop"),
    "author-first": ("author = {Ng, Ann}, organization = {Lab}, year = {2020}", "Ng 2020"),
    "particle": ("author = {van Dam, Jo}, year = {2020}", "van Dam 2020"),
    "three": ("author = {A, B and C, D and E, F}, year = {2020}", "A and others 2020"),
}


@pytest.mark.parametrize(("entry", "short"), SHORT.values(), ids=SHORT)
def test_the_short_name(shelf, entry, short):
    (shelf / "sources.bib").write_text(f"@misc{{x, title = {{T}}, {entry}}}\n")
    assert data.sources()["x"]["short"] == short


def test_the_days_of_sources_are_told_as_what_they_are():
    """A page without a day counts from the day of access, which is told apart where it is later."""
    dated, read = {"known_from": "2025-12-09"}, {"known_from": "2026-11-28", "undated": True}
    assert days.days_told([dated]) == "Newest source 9 December 2025"
    both = "Newest source 9 December 2025; undated pages read 28 November 2026"
    assert days.days_told([dated, read]) == both
    assert days.days_told([dated, read | {"known_from": "2020-01-01"}]) == days.days_told([dated])
    assert days.days_told([read]) == "Undated sources, read 28 November 2026"
    assert days.days_told([]) == ""


@pytest.mark.parametrize(
    ("day", "words"),
    [("2026-11-09", "9 November 2026"), ("2016-03", "March 2016"), ("1956", "1956")],
)
def test_a_day_is_written_as_far_as_it_is_known(day, words):
    assert days.as_far(day) == words
