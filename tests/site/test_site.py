"""The built site in Chromium: offline, without JavaScript, on a phone, in the dark; its links."""

import csv
import gzip
import json
import os
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from browsing import serving, visiting
from house import PRICES, REPOSITORY, House, contents, write_table
from playwright.sync_api import Page

PHONE = {"width": 375, "height": 800}
FIRST_VISIT = 300_000  # bytes, gzip
REAL = "book/chapters/capex_gap.html"
TRIAL = "book/chapters/trial.html"
HOSTILE = "<script>document.title = 'owned'</script> & co"
HOSTILE_PLACE = 'page 3 "onmouseover="document.title=1'  # an address with words is refused


@pytest.fixture(scope="module")
def site(report) -> Path:
    """The folder of the report's built site."""
    return (report.root / "_build/html").resolve()


@pytest.fixture(scope="module")
def address(site) -> Iterator[str]:
    with serving(site) as address:
        yield address


def files(site: Path) -> list[str]:
    """The HTML files of a site."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def names(site: Path) -> list[str]:
    """The pages of a site; its front door only leads on to the first of them."""
    return [name for name in files(site) if name != "index.html"]


def chapter_pages(site: Path) -> list[str]:
    return [name for name in names(site) if name.startswith("book/chapters/")]


@pytest.fixture(scope="module")
def rerun(built_trial, tmp_path_factory) -> House:
    """A rerun of the trial chapter with a parameter and a hostile table of a reader's own."""
    folder = tmp_path_factory.mktemp("rerun")
    row = [HOSTILE, "3", "maker2020", HOSTILE_PLACE, "2022-01-01", "recalled", HOSTILE]
    other = ["plum", "12", "maker2020", HOSTILE, "2020-01-02", "printed", ""]
    write_table(folder / "my tables & more/prices.csv", [other, row])
    root = folder / "house"
    shutil.copytree(built_trial.root, root, symlinks=True)
    before = contents(root / "_build/html")
    words = ["-p", "factor=0.25", "--data", str(folder / "my tables & more")]
    outcome = House(root).run("rerun", "trial", *words)
    assert outcome.returncode == 0, outcome.stderr
    assert "no longer holds: The price rose from $10.0 to $0.8." in outcome.stdout
    assert contents(root / "_build/html") == before, "the published site is untouched"
    return House(root / "_build/rerun")


# Every page


@pytest.fixture(scope="module", params=["http", "file"])
def tour(request, browser, site, address) -> tuple[list[str], dict[str, int]]:
    """Every page opened on a phone: what went wrong, and how wide each page came out."""
    base = address if request.param == "http" else site.as_uri() + "/"
    with visiting(browser, viewport=PHONE) as visit:
        widths = {
            name: visit.go(base + name).evaluate("document.documentElement.scrollWidth")
            for name in names(site)
        }
    return visit.troubles, widths


def test_every_page_opens_without_a_request_to_another_host_or_an_error(tour):
    assert tour[0] == []


def test_on_a_phone_no_page_scrolls_sideways(tour):
    assert {name: width for name, width in tour[1].items() if width > PHONE["width"]} == {}


@pytest.mark.parametrize("way", ["http", "file"])
def test_the_front_door_leads_to_the_first_page(browser, site, address, way):
    base = address if way == "http" else site.as_uri() + "/"
    with visiting(browser) as visit:
        visit.page.goto(base + "index.html", wait_until="commit")
        visit.page.wait_for_url("**/book/index.html")
    assert visit.troubles == []


class Links(HTMLParser):
    """The anchors of a page and the addresses that it names."""

    def __init__(self, text: str):
        super().__init__()
        self.anchors: set[str] = set()
        self.named: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.anchors |= {given[key] for key in ("id", "name") if given.get(key)}
        self.named += [given[key] for key in ("href", "src") if given.get(key)]


def broken_links(site: Path) -> list[str]:
    """Internal addresses of a site's pages that lead to no file or to no anchor of a page."""
    pages = {name: Links((site / name).read_text(encoding="utf-8")) for name in files(site)}
    broken = set()
    for name, page in pages.items():
        for named in page.named:
            parts = urlsplit(urljoin(f"http://site/{name}", named))
            if parts.netloc != "site":
                if parts.scheme not in ("http", "https", "mailto", "data"):
                    broken.add(f"{name}: {named}")
                continue
            target = unquote(parts.path).lstrip("/") or "index.html"
            anchor = unquote(parts.fragment)
            anchors = pages[target].anchors if anchor and target in pages else {anchor}
            if not (site / target).is_file() or anchor not in anchors:
                broken.add(f"{name}: {named}")
    return sorted(broken)


def test_the_checker_of_links_finds_what_is_broken(tmp_path):
    (tmp_path / "a.html").write_text(
        '<p id="here"><a href="#here"><a href="#gone"><a href="b.html"><img src="no.png">'
        '<a href="a.html#gone"><a href="https://example.org/x#y"><a href="javascript:x()">'
    )
    assert broken_links(tmp_path) == [
        "a.html: #gone",
        "a.html: a.html#gone",
        "a.html: b.html",
        "a.html: javascript:x()",
        "a.html: no.png",
    ]


def test_every_link_and_anchor_of_the_site_leads_somewhere(site):
    assert broken_links(site) == []


def test_every_link_and_anchor_of_a_rerun_leads_somewhere(rerun):
    assert broken_links(rerun.root / "_build/html") == []


def test_every_value_in_a_page_links_to_where_it_is_accounted_for(site):
    for name in chapter_pages(site):
        text = (site / name).read_text(encoding="utf-8")
        quoted = re.findall(r'<span class="cc-value"><a [^>]*href="([^"]+)"', text)
        assert quoted, name
        assert all("#value-" in link for link in quoted)


def test_every_row_of_a_table_has_an_anchor(site):
    for path in sorted((REPOSITORY / "data").glob("*.csv")):
        page = Links((site / f"tables/{path.stem}.html").read_text(encoding="utf-8"))
        with path.open(encoding="utf-8", newline="") as file:
            rows = len(list(csv.reader(file)))
        assert {f"L{line}" for line in range(2, rows + 1)} <= page.anchors, path.name
        assert f"L{rows + 1}" not in page.anchors


# Without JavaScript


def flat(text: str) -> str:
    """Text on one line; the book sets curly quotes."""
    return " ".join(text.translate({0x2019: "'", 0x201C: '"', 0x201D: '"'}).split())


def test_without_javascript_each_figure_is_drawn_and_each_number_is_in_the_text(
    browser, report, site, address
):
    with visiting(browser, java_script_enabled=False) as visit:
        for name in chapter_pages(site):
            known = report.results(Path(name).stem)
            page = visit.go(address + name)
            drawn = [figure["id"] for figure in known["figures"] if not figure["empty"]]
            assert page.locator(".cc-picture").count() == len(drawn)
            for id in drawn:
                picture = page.locator(f'.cc-picture[data-figure="{id}"]')
                assert picture.get_attribute("role") == "img"
                assert len(picture.get_attribute("aria-label")) > 20
                sizes = [svg.bounding_box() for svg in picture.locator("svg").all()]
                shown = [size for size in sizes if size and size["width"] * size["height"]]
                assert len(shown) == 1, f"{id}: one of the two layouts is shown"
                assert shown[0]["width"] > 300
                assert shown[0]["height"] > 80
            text = flat(page.locator("article").inner_text())
            for claim in known["claims"]:
                assert flat(claim["text"]) in text, claim["id"]
            for value in known["values"]:
                assert f"{value['name']} {value['text']}" in text, value["id"]
            assert page.locator(".cc-interact:visible").count() == 0
    assert visit.troubles == []


# Hover cards


def card_is_shown(page: Page, number: int) -> bool:
    return page.locator(".cc-value .cc-card").nth(number).is_visible()


def test_hover_and_focus_show_what_a_value_is(browser, report, address):
    with visiting(browser, viewport={"width": 1200, "height": 800}) as visit:
        page = visit.go(address + REAL)
        first = page.locator("article .cc-value").first
        assert not card_is_shown(page, 0)
        first.locator("a").hover()
        assert card_is_shown(page, 0)
        card = first.locator(".cc-card").inner_text()
        assert "required revenue when the question was first asked" in card
        assert "USD billion" in card
        assert "Source: " in card
        assert "As of 20" in card
        page.mouse.move(0, 0)
        assert not card_is_shown(page, 0)
        first.locator("a").focus()
        assert card_is_shown(page, 0)
    assert visit.troubles == []


@pytest.mark.parametrize("width", [375, 768, 1000, 1280])
def test_no_card_leaves_the_page(browser, address, width):
    with visiting(browser, viewport={"width": width, "height": 800}) as visit:
        page = visit.go(address + REAL)
        values = page.locator("article :is(.cc-value, .cc-mark)")
        beyond = []
        for number in range(min(values.count(), 40)):
            values.nth(number).locator("a").focus()
            box = values.nth(number).locator(".cc-card").bounding_box()
            if box["x"] < 0 or box["x"] + box["width"] > width:
                beyond.append((number, box["x"], box["width"]))
            elif page.evaluate("document.documentElement.scrollWidth") > width:
                beyond.append((number, "the page scrolls sideways"))
    assert beyond == []


# Interaction


def ask(page: Page, id: str):
    """Ask for a figure to be made interactive."""
    page.locator(f'.cc-interact[data-id="{id}"]').click()


def live(page: Page, id: str):
    return page.locator(f'.cc-picture[data-figure="{id}"] .cc-live svg').first


FILLS = """picture => [...picture.querySelectorAll(".cc-live svg text")]
    .filter((text) => text.textContent.trim()).map((text) => getComputedStyle(text).fill)"""


@pytest.mark.parametrize("way", ["http", "file"])
def test_a_figure_becomes_interactive_and_follows_the_theme(browser, site, address, way):
    base = address if way == "http" else site.as_uri() + "/"
    with visiting(browser, color_scheme="light") as visit:
        page = visit.go(base + REAL)
        id = page.locator(".cc-interact").first.get_attribute("data-id")
        ask(page, id)
        live(page, id).wait_for()
        assert page.locator(f'.cc-interact[data-id="{id}"]').count() == 0
        picture = page.locator(f'.cc-picture[data-figure="{id}"]')
        light = set(picture.evaluate(FILLS))
        assert light
        while page.evaluate("document.documentElement.dataset.theme") != "dark":
            page.locator(".theme-switch-button:visible").first.click()
        page.wait_for_function(
            """([picture, light]) => [...picture.querySelectorAll(".cc-live svg text")]
               .some((text) => !light.includes(getComputedStyle(text).fill))""",
            arg=[picture.element_handle(), sorted(light)],
        )
        assert not light & set(picture.evaluate(FILLS)), "no text keeps a colour for white paper"
        assert picture.locator(".cc-live svg").count() == 1
    assert visit.troubles == []


def test_figures_asked_for_at_once_come_each_in_its_place(browser, report, address):
    figures = [figure for figure in report.results("capex_gap")["figures"] if not figure["empty"]]
    with visiting(browser) as visit:
        page = visit.go(address + REAL)
        page.evaluate("document.querySelectorAll('.cc-interact').forEach((each) => each.click())")
        for figure in figures:
            live(page, figure["id"]).wait_for()
            drawn = page.locator(f'[data-figure="{figure["id"]}"] .cc-live')
            assert figure["title"] in drawn.get_attribute("aria-label")
        assert page.locator("script[src$='vega.js']").count() == 1
    assert visit.troubles == []


# Phone, light and dark


def test_on_a_phone_figures_are_drawn_for_it(browser, address):
    with visiting(browser, viewport=PHONE) as visit:
        page = visit.go(address + REAL)
        for picture in page.locator(".cc-picture").all():
            box = picture.locator(".cc-narrow svg").bounding_box()
            assert 300 < box["width"] <= 345
            assert not picture.locator(".cc-wide").is_visible()


CONTRAST = """() => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const linear = (part) =>
    part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4;
  const luminance = (colour) => {
    const [red, green, blue] = numbers(colour).map(linear);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  // a mark that lies below the words, or else what the page is painted with
  const mark = (text) => {
    const box = text.getBoundingClientRect();
    return [...text.ownerSVGElement.querySelectorAll("path, rect, circle")].filter((below) => {
      const area = below.getBoundingClientRect();
      const style = getComputedStyle(below);
      return area.left <= box.left && area.right >= box.right
        && area.top <= box.top + 2 && area.bottom >= box.bottom - 2
        && style.fill.startsWith("rgb") && numbers(style.fill)[3] !== 0
        && style.fillOpacity > 0.5 && style.opacity > 0.5 && style.visibility === "visible"
        && below.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING;
    }).map((below) => getComputedStyle(below).fill).pop();
  };
  const paper = (element) => {
    for (; element; element = element.parentElement) {
      const colour = getComputedStyle(element).backgroundColor;
      if ((numbers(colour)[3] ?? 1) > 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const shown = [...document.querySelectorAll(".cc-picture svg text")]
    .filter((text) => text.textContent.trim() && text.getClientRects().length);
  return shown.map((text) => {
    const style = getComputedStyle(text);
    const ground = mark(text) ?? paper(text);
    const pair = [luminance(style.fill), luminance(ground)].sort((a, b) => b - a);
    return {
      words: text.textContent, fill: style.fill, ground,
      ratio: (pair[0] + 0.05) / (pair[1] + 0.05),
      figure: text.closest(".cc-picture").dataset.figure,
    };
  });
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_words_of_figures_can_be_read(browser, site, address, theme):
    with visiting(browser, color_scheme=theme) as visit:
        for name in chapter_pages(site):
            page = visit.go(address + name)
            assert page.evaluate("document.documentElement.dataset.theme") == theme
            found = page.evaluate(CONTRAST)
            assert len(found) >= 10 * page.locator(".cc-picture").count(), "words to look at"
            assert [each for each in found if each["ratio"] < 4.5] == []


# Weight


def test_the_first_visit_of_a_chapter_is_light(browser, site, address):
    for name in chapter_pages(site):
        with visiting(browser) as visit:
            loaded = {}
            visit.page.on("response", lambda got, loaded=loaded: loaded.update({got.url: got}))
            visit.go(address + name)
            visit.page.wait_for_load_state("networkidle")
            sizes = {
                urlsplit(url).path: len(gzip.compress(got.body(), 9))
                for url, got in list(loaded.items())
                if urlsplit(url).path.endswith((".html", ".css", ".js"))
            }
        heaviest = sorted(sizes.items(), key=lambda size: -size[1])
        print(f"{name}: {sum(sizes.values()):,} bytes, gzip -9; {heaviest[:6]}")
        assert not any(path.endswith("vega.js") for path in sizes)
        assert sum(sizes.values()) < FIRST_VISIT, heaviest


# A rerun, and words that come from data


def test_a_rerun_says_what_it_is_and_what_no_longer_holds(browser, rerun):
    site = rerun.root / "_build/html"
    with serving(site) as address, visiting(browser) as visit:
        for name in ("book/index.html", TRIAL, "book/data.html"):
            banner = flat(visit.go(address + name).locator(".cc-banner").inner_text())
            assert banner == (
                "Not the published edition. Chapter trial with data_dir = overlay, factor = 0.25."
            )
        page = visit.go(address + TRIAL)
        text = flat(page.locator("article").inner_text())
        assert "No longer holds: The price rose from $10.0 to $0.8." in text
        assert "Does not hold: The price rose from $10.0 to $0.8." in text
        assert "(your own row)" in text
        assert "Not the published edition." in page.locator(".cc-footer").inner_text()
        index = flat(visit.go(address + "book/index.html").locator("article").inner_text())
        assert "No longer holds: The price rose from $10.0 to $0.8." in index
    assert visit.troubles == []


def test_a_published_page_carries_no_banner(built_trial):
    for name, content in built_trial.published().items():
        assert b"Not the published edition" not in content, name


@pytest.mark.parametrize("way", ["http", "file"])
def test_words_from_data_are_never_markup(browser, rerun, way):
    site = (rerun.root / "_build/html").resolve()
    with serving(site) as address, visiting(browser) as visit:
        base = address if way == "http" else site.as_uri() + "/"
        for name in names(site):
            page = visit.go(base + name)
            assert page.title() != "owned"
            assert page.locator("article b:text('plum'), [onmouseover]").count() == 0, name
        page = visit.go(base + TRIAL)
        page.locator("details summary:has-text('Data as plotted')").click()
        assert HOSTILE in page.locator(".cc-footer").inner_text()
        shown = flat(page.locator(".cc-picture").inner_text())
        assert "<script>" in shown
        page.locator(".cc-interact").click()
        page.locator(".cc-live svg").first.wait_for()
        assert "<script>" in flat(page.locator(".cc-live").inner_text())
        table = visit.go(base + "tables/prices.html").locator("table").inner_text()
        assert PRICES[1][0] in table
        assert PRICES[1][3] in table
        assert PRICES[1][6] in table
        assert page.title() != "owned"
    assert visit.troubles == []


def test_no_file_of_a_site_tells_a_path_of_the_machine(built_trial, rerun):
    for house in (built_trial, rerun):
        for name, content in house.published().items():
            for secret in (str(house.root), str(REPOSITORY), "my tables & more"):
                assert secret.encode() not in content, f"{name} tells {secret}"
    results = json.dumps(rerun.results())
    assert "/tmp" not in results


# The same bytes


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def all_made(house: House) -> dict[str, bytes]:
    made = {f"html/{name}": content for name, content in house.published().items()}
    for folder in ("results", "figures"):
        found = contents(house.root / "_build" / folder)
        made |= {f"{folder}/{name}": content for name, content in found.items()}
    return made


def built(house: House) -> dict[str, bytes]:
    outcome = house.run("book")
    assert outcome.returncode == 0, outcome.stderr
    return all_made(house)


def test_two_clean_builds_are_the_same_and_a_changed_one_is_as_if_clean(built_trial, trial):
    assert differing(built(trial), all_made(built_trial)) == []
    write_table(trial.root / "data/prices.csv", [["apple", "12", *PRICES[0][2:]], PRICES[1]])
    write_table(trial.root / "data/unused.csv", PRICES)
    with (trial.root / "book/data.md").open("a") as file:
        file.write("\nA new sentence.\n")
    changed = built(trial)
    assert "html/tables/unused.html" in differing(changed, all_made(built_trial))
    for made in ("_build", "book/chapters"):
        shutil.rmtree(trial.root / made)
    # Sphinx's index for the search keeps words that have gone, without a page
    assert set(differing(changed, built(trial))) <= {"html/searchindex.js"}


def test_a_second_rerun_keeps_nothing_of_the_first(old_site):
    for words in (["-p", "factor=2"], ["-p", "factor=0.25"], []):
        outcome = old_site.run("rerun", "trial", *words)
        assert outcome.returncode == 0, outcome.stderr
        site = House(old_site.root / "_build/rerun").published()
        shown = {name: flat(site[name].decode()) for name in ("book/index.html", TRIAL)}
        last = {"2": "$40.0", "5": "$5.0", "": "$20.0"}[words[-1][-1] if words else ""]
        for name, text in shown.items():
            assert last in text, (words, name)
            assert ("Not the published edition" in text) is bool(words), (words, name)


def test_a_page_says_where_the_data_end_that_a_reader_has(old_site):
    assert "Prices to 1 January 2021." in flat(old_site.published()["book/index.html"].decode())
    outcome = old_site.run("rerun", "trial", "-p", "as_of=2020-06-01")
    assert outcome.returncode == 0, outcome.stderr
    site = House(old_site.root / "_build/rerun").published()
    assert "Prices to 1 January 2020." in flat(site["book/index.html"].decode())
    assert "data to 1 January 2020." in flat(site["book/data.html"].decode())


def test_a_table_that_is_restored_is_shown_restored(old_site):
    table = old_site.root / "data/unused.csv"
    shutil.copy2(table, table.with_suffix(".old"))
    write_table(table, [[*PRICES[0][:4], "2020-02-02", *PRICES[0][5:]]])
    assert old_site.run("book").returncode == 0
    assert b"2 February 2020" in old_site.published()["book/data.html"]
    os.replace(table.with_suffix(".old"), table)
    assert old_site.run("book").returncode == 0
    assert b"2 February 2020" not in old_site.published()["book/data.html"]


def test_only_what_is_described_is_published_of_the_data(old_site):
    (old_site.root / "data/.~lock.prices.csv#").write_text("somebody")
    (old_site.root / "data/mine").mkdir()
    (old_site.root / "data/mine/prices.csv").write_text("private")
    (old_site.root / "book/index.md").write_text("# Another beginning\n")
    assert old_site.run("book").returncode == 0
    names = {name for name in old_site.published() if name.startswith("data/")}
    assert names == {
        f"data/{name}"
        for name in (
            "datapackage.json",
            "sources.bib",
            "prices.csv",
            "unused.csv",
            "words.csv",
            "compute-cycle.zip",
            "compute-cycle.sqlite",
        )
    }


def test_the_libraries_of_others_come_with_their_licences(site):
    text = (site / "_static/vega.LICENSE.txt").read_text(encoding="utf-8")
    for name in ("University of Washington Interactive Data Lab", "Mike Bostock"):
        assert name in text


def test_a_figure_that_is_no_longer_shown_is_no_longer_published(built_trial):
    published = {path.name for path in (built_trial.root / "_build/html/figures").iterdir()}
    assert published == {"trial-prices"}
