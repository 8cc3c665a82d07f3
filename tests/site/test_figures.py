"""What a reader may take of each figure of the report: its zip taken apart, its page, the list."""

import csv
import hashlib
import html
import io
import json
import math
import re
import zipfile

import bibtexparser
import cairosvg
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from browsing import serving, visiting
from house import RECORD
from lxml import etree
from lxml import html as pages
from PIL import Image, ImageStat
from pybtex.database import parse_string

from computecycle.citing import bundles, outlines, stamps
from computecycle.site.markup import curled

AUTHORS = "The Compute Cycle contributors"
NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?")
SVG = f"{{{outlines.SVG}}}"


@pytest.fixture(scope="module")
def figures(report) -> dict[str, dict]:
    """Every figure of the report by its id, as the chapters' results have it."""
    found = (json.loads(path.read_text()) for path in (report.root / "_build/results").glob("*"))
    return {each["id"]: each for known in found for each in known["figures"]}


@pytest.fixture(scope="module")
def zips(report, figures) -> dict[str, dict[str, bytes]]:
    """The files in the zip of every figure, by the figure's id."""
    folder, found = report.root / "_build/html/figures", {}
    for id in figures:
        with zipfile.ZipFile(folder / id / f"{id}.zip") as packed:
            assert packed.testzip() is None
            found[id] = {name: packed.read(name) for name in packed.namelist()}
    return found


def plotted(id: str, files: dict[str, bytes]) -> dict[str, list[list[str]]]:
    """The data as plotted of a figure by file, its headings first."""
    names = json.loads(files[f"{id}-columns.json"])
    return {name: list(csv.reader(io.StringIO(files[name].decode()))) for name in names}


def test_every_zip_has_all_that_it_should_and_its_checksums_hold(zips):
    kinds = [".svg", "-dark.svg", ".png", ".pdf", "-columns.json", "-rows.csv", ".vl.json"]
    kinds += ["-provenance.json", "-sources.bib", ".bib", ".ris", "-csl.json", "-apa.txt"]
    for id, files in zips.items():
        sums = [line.split("  ", 1) for line in files["SHA256SUMS"].decode().splitlines()]
        assert {name for _, name in sums} == files.keys() - {"SHA256SUMS"}, id
        assert all(hashlib.sha256(files[name]).hexdigest() == each for each, name in sums), id
        assert {f"{id}{kind}" for kind in kinds} | {"README.txt"} <= files.keys(), id
        assert all(name.startswith((id, "rows/", "README", "SHA256")) for name in files), id


def test_every_file_lies_alone_as_well_and_is_the_same(report, zips):
    for id, files in zips.items():
        folder = report.root / "_build/html/figures" / id
        for name in files.keys() - {"README.txt", "SHA256SUMS"}:
            assert name.startswith("rows/") or (folder / name).read_bytes() == files[name]


def test_columns_have_human_titles_and_numbers_a_unit(zips):
    for id, files in zips.items():
        for name, columns in json.loads(files[f"{id}-columns.json"]).items():
            assert [each["title"] for each in columns] == plotted(id, files)[name][0]
            assert len({each["title"] for each in columns}) == len(columns), (id, name)
            for each in columns:
                assert re.match(r"[A-Z]", each["title"]) and "_" not in each["title"], (id, each)
                assert each["unit"] or each["type"] not in ("number", "integer"), (id, each)
                assert each["meaning"].endswith(".")


def test_data_have_no_noise_and_days_are_days(zips):
    for id, files in zips.items():
        for rows in plotted(id, files).values():
            for cell in (cell for row in rows[1:] for cell in row):
                assert "T00:00" not in cell and "\n" not in cell, (id, cell)
                if NUMBER.fullmatch(cell):
                    digits = re.sub(r"e.*", "", cell).replace(".", "").strip("-0")
                    assert len(digits) <= 6 or cell.isdigit(), (id, cell)


def alike(cell: str, drawn: object) -> bool:
    """Whether a cell of a CSV says what the chart draws."""
    if drawn is None:
        return cell == ""
    if isinstance(drawn, bool):
        return cell == str(drawn).lower()
    if isinstance(drawn, int | float):
        return math.isclose(float(cell), drawn, rel_tol=1e-5)
    return cell.split() == str(drawn).replace("|", " ").split()


def test_data_as_plotted_are_those_of_the_specification(zips):
    """Each row stands in a table of the chart; of the longest such table no row is missing."""
    for id, files in zips.items():
        tables = json.loads(files[f"{id}.vl.json"])["datasets"].values()
        for name, columns in json.loads(files[f"{id}-columns.json"]).items():
            names = [each["name"] for each in columns]
            able = [rows for rows in tables if rows and set(names) <= set(rows[0])]
            drawn = [[row[each] for each in names] for rows in able for row in rows]
            rows = plotted(id, files)[name][1:]
            for row in rows:
                assert any(all(map(alike, row, each)) for each in drawn), (id, name, row)
            fewest = min(len(table[0]) for table in able)
            whole = [row for table in able if len(table[0]) == fewest for row in table]
            for each in ([row[column] for column in names] for row in whole):
                assert any(all(map(alike, row, each)) for row in rows), (id, name, each)


def test_most_of_the_longest_table_of_a_chart_is_among_its_data(zips):
    """A table that repeats the others, each mark beside each bar, is left out."""
    for id, files in zips.items():
        tables = json.loads(files[f"{id}.vl.json"])["datasets"].values()
        longest = max(len({json.dumps(row, sort_keys=True) for row in rows}) for rows in tables)
        assert sum(len(rows) - 1 for rows in plotted(id, files).values()) >= longest * 0.6, id


def test_rows_lead_to_their_places(zips, figures):
    for id, files in zips.items():
        rows = list(csv.DictReader(io.StringIO(files[f"{id}-rows.csv"].decode())))
        assert len(rows) == sum(len(each["rows"]) for each in figures[id]["rows"])
        assert all(row["key"] and row["source"] and row["known_from"] for row in rows), id
        tables = {row["table"] for row in rows}
        assert {f"rows/{name}.csv" for name in tables} == {n for n in files if n[:5] == "rows/"}


def test_citations_are_read_back_by_other_programs(zips, figures):
    for id, files in zips.items():
        title = " ".join(figures[id]["title"].split())
        (ris,) = rispy.loads(files[f"{id}.ris"].decode())
        assert (ris["authors"], ris["title"]) == ([AUTHORS], title)
        decoding = [LatexDecodingMiddleware()]
        read = bibtexparser.parse_string(files[f"{id}.bib"].decode(), append_middleware=decoding)
        (entry,) = read.entries
        assert (entry["author"], entry["title"]) == (AUTHORS, title)
        assert f"figure {id};" in entry["note"] and "url" not in entry and "urls" not in ris
        (csl,) = json.loads(files[f"{id}-csl.json"])
        assert csl["author"] == [{"literal": AUTHORS}] and csl["title"] == title
        assert "URL" not in csl and ".html" not in files[f"{id}-apa.txt"].decode()
        assert csl["issued"] == {"date-parts": [[*map(int, RECORD["published"].split("-"))]]}
        assert files[f"{id}-apa.txt"].decode().startswith(f"{AUTHORS}. (2026). {title}")


def test_every_picture_bears_its_label_its_data_and_its_resolution(zips, figures):
    for id, files in zips.items():
        image = Image.open(io.BytesIO(files[f"{id}.png"]))
        assert image.text["Figure"] == id and image.text["Edition"] == "2026.11"
        assert image.size[0] == 1654 and round(image.info["dpi"][0]) == 300
        found = {
            ".png": stamps.read_image(image),
            ".svg": stamps.read_svg(files[f"{id}.svg"]),
            "-dark.svg": stamps.read_svg(files[f"{id}-dark.svg"]),
            ".pdf": stamps.read_pdf(files[f"{id}.pdf"]),
        }
        tables = {name: files[name].decode() for name in plotted(id, files)}
        for kind, each in found.items():
            assert each.plotted == tables and each.label["id"] == id, (id, kind)
            assert each.label["data"] == stamps.data_checksum(tables), (id, kind)
            assert each.label["picture"] == each.picture, (id, kind)
            assert each.label["title"] == figures[id]["title"], (id, kind)


def test_no_picture_needs_a_font_or_another_file(zips):
    for id, files in zips.items():
        for kind in (".svg", "-dark.svg"):
            root = etree.fromstring(files[f"{id}{kind}"])
            assert not list(root.iter(f"{SVG}text", f"{SVG}image", f"{SVG}style", f"{SVG}script"))
            links = [
                each.get("{http://www.w3.org/1999/xlink}href") for each in root.iter(f"{SVG}use")
            ]
            assert links and all(link.startswith("#") for link in links), (id, kind)
            assert b"var(--" not in files[f"{id}{kind}"] and b"NaN" not in files[f"{id}{kind}"]


def test_a_program_without_a_browser_draws_the_pictures(zips):
    """Dark ink on light paper, or light on dark; every third figure, which takes long enough."""
    for at, (id, files) in enumerate(list(zips.items())[::3]):
        kind = "-dark.svg" if at % 2 else ".svg"
        named = f"https://example.org/{id}{kind}"  # else each letter is looked for in all of it
        drawn = cairosvg.svg2png(files[f"{id}{kind}"], url=named, output_width=240)
        grey = ImageStat.Stat(Image.open(io.BytesIO(drawn)).convert("L"))
        assert grey.stddev[0] > 8, (id, kind)
        assert (grey.median[0] > 200) != (kind == "-dark.svg"), (id, kind)


def test_what_goes_with_a_figure_tells_no_path_of_the_machine(report, zips):
    for id, files in zips.items():
        for name, content in files.items():
            assert str(report.root).encode() not in content, (id, name)


def test_a_readme_tells_how_to_cite_and_under_what_terms(zips, figures):
    for id, files in zips.items():
        text = files["README.txt"].decode()
        assert text.startswith(figures[id]["title"][:60]) and "CC BY 4.0" in text
        assert all(len(line) <= 100 or " " not in line.strip() for line in text.splitlines())
        for name in files.keys() - {"README.txt"}:
            assert f"- {name}" in text or name == "SHA256SUMS", (id, name)
        credited = parse_string(files[f"{id}-sources.bib"].decode(), "bibtex").entries
        assert credited.keys() == {row["source"] for row in figures[id]["rows"]}, id
        for each in bundles.used_sources(figures[id]).values():
            assert " ".join(f"{each['short']}, {each['title']}".split()) in " ".join(text.split())


def page(report, name: str) -> etree._Element:
    return pages.fromstring((report.root / f"_build/html/figures/{name}.html").read_bytes())


def test_the_page_of_a_figure_has_all_that_the_files_have(report, figures, zips):
    for id, figure in figures.items():
        read = page(report, id)
        text = read.text_content()
        for anchor in ("data", "cite", "files", "frame", "words", "sources", "inputs", "places"):
            (section,) = read.xpath(f'//section[@id="{anchor}"]')
            assert len(section.text_content()) > 20, (id, anchor)
        assert curled(figure["title"]) in text and curled(figure["caption"]) in text
        links = {each.get("href") for each in read.xpath('//section[@id="files"]//a')}
        own = {name for name in zips[id] if not name.startswith(("rows/", "README", "SHA256"))}
        assert links == {f"{id}/{name}" for name in own | {f"{id}.zip"}}
        assert len(set(read.xpath('//section[@id="files"]//a/text()'))) == len(links)
        heads = [each.text_content() for each in read.xpath('//section[@id="data"]//th')]
        told = [cell for rows in plotted(id, zips[id]).values() for cell in rows[0]]
        assert sorted(heads) == sorted(map(curled, told))


def test_the_row_under_a_figure_leads_to_its_page_and_files(report, figures):
    text = (report.root / "_build/html/book/chapters/capex_gap.html").read_text(encoding="utf-8")
    rows = pages.fromstring(text).xpath('//p[@class="cc-files"]')
    known = json.loads((report.root / "_build/results/capex_gap.json").read_text(encoding="utf-8"))
    assert len(rows) == len(known["figures"]) > 5
    for row in rows:
        assert row.xpath("a/text()") == ["Link", "Download", "Data", "Cite", "Embed"]


def test_the_list_shows_every_figure_and_is_light(report, figures):
    folder = report.root / "_build/html/figures"
    read = page(report, "index")
    links = read.xpath('//div[contains(@class, "cc-shelf")]//li/a/@href')
    assert sorted(links) == sorted(f"{id}.html" for id in figures)
    for image in read.xpath('//div[contains(@class, "cc-shelf")]//img'):
        assert image.get("loading") == "lazy" and image.get("alt") == ""
        assert (folder / image.get("src")).stat().st_size < 10_000
    titles = {html.unescape(each.strip()) for each in read.xpath("//li/a/text()")}
    assert {curled(each["title"]) for each in figures.values()} <= titles


def test_the_list_can_be_chosen_from_by_source_and_topic(report, browser):
    address = (report.root / "_build/html/figures/index.html").as_uri()
    with visiting(browser) as visit:
        shown = visit.go(address)
        items = shown.locator(".cc-shelf li:visible")
        every = items.count()
        shown.get_by_label("source").select_option("U.S. Census Bureau")
        assert 0 < items.count() < every
        assert shown.locator(".cc-shelf section:visible").count() < 8
        shown.get_by_label("source").select_option("")
        shown.get_by_label("topic").select_option(index=1)
        assert 0 < items.count() < every
        assert not visit.troubles


def test_a_citation_is_copied_by_keyboard_and_the_page_says_so(built_trial, browser):
    allowed = ["clipboard-read", "clipboard-write"]
    site = built_trial.root / "_build/html"
    with serving(site) as address, visiting(browser, permissions=allowed) as visit:
        shown = visit.go(f"{address}figures/trial-prices.html")
        shown.locator("#cite summary").focus()
        shown.keyboard.press("Enter")
        button = shown.get_by_role("button", name="Copy BibTeX")
        button.focus()
        shown.keyboard.press("Enter")
        shown.get_by_text("Copied the BibTeX.").wait_for()
        copied = shown.evaluate("navigator.clipboard.readText()")
        saved = site / "figures/trial-prices/trial-prices.bib"
        assert copied == saved.read_text(encoding="utf-8").strip()
        assert not visit.troubles


def test_a_line_for_others_pages_is_copied_with_the_address_at_which_it_was_read(
    built_trial, browser
):
    allowed = ["clipboard-read", "clipboard-write"]
    site = built_trial.root / "_build/html"
    with serving(site) as address, visiting(browser, permissions=allowed) as visit:
        shown = visit.go(f"{address}figures/trial-prices.html")
        shown.get_by_role("button", name="Copy line").focus()
        shown.keyboard.press("Enter")
        shown.get_by_text("Copied the line.").wait_for()
        copied = shown.evaluate("navigator.clipboard.readText()")
        assert f'src="{address}embed/trial-prices.html"' in copied
        assert not visit.troubles


def test_a_table_whose_columns_are_gone_stops_the_build_with_a_sentence(old_site):
    lines = "figure,table,column,title,unit,meaning\ntrial-prices,,gone,Gone,m,\n"
    (old_site.root / "book/columns.csv").write_text(lines, encoding="utf-8")
    before = old_site.published()
    outcome = old_site.run("book")
    assert outcome.returncode == 2
    assert "book/columns.csv gives figure trial-prices the columns gone" in outcome.stderr
    assert old_site.published() == before
