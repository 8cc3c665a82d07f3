"""The built site in Chromium: offline, without JavaScript, on a phone, in the dark; its links."""

import csv
import gzip
import html
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import lxml.etree
import lxml.html
import pytest
from browsing import Visit, alone, ask_marks, serving, visiting
from house import PRICES, REPOSITORY, House, contents, write_table
from playwright.sync_api import Page, expect

from computecycle.charts import tokens
from computecycle.evidence import data
from computecycle.site import addresses, search

sys.path.append(str(REPOSITORY / "benchmarks"))

import pages as weight  # noqa: E402

PHONE = {"width": 375, "height": 800}
LISTED = ["figures/index.html", "tables/source_claims.html"]  # with pictures, with Chinese
ELEMENTS = 4000  # of any page
REAL = "book/chapters/capex_gap.html"
NUMBERS = "book/chapters/capex_gap/numbers.html"
TRIAL = "book/chapters/trial.html"
TRIAL_NUMBERS = "book/chapters/trial/numbers.html"
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
    """The pages of a site but those that only lead on; 404 belongs to a web server, and what others
    frame has tests of its own."""
    read = {name: (site / name).read_text(encoding="utf-8") for name in files(site)}
    there = [name for name, text in read.items() if 'http-equiv="refresh"' not in text]
    return [name for name in there if name != "404.html" and not name.startswith("embed/")]


def chapter_pages(site: Path) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in site.glob("book/chapters/*.html"))


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
    outcome = House(root).run("run", "trial", *words)
    assert outcome.returncode == 0, outcome.stderr
    assert "no longer holds: The price rose from $10.0 to $0.8." in outcome.stdout
    assert contents(root / "_build/html") == before, "the published site is untouched"
    (made,) = (root / "_build/runs").iterdir()
    return House(made)


# Every page


PARTS = 4  # of the pages, which several processes open
TOURS = [(way, part) for way in ("http", "file") for part in range(PARTS)]
MEASURE = "[document.documentElement.scrollWidth, document.querySelectorAll('*').length]"
FRAME = f'<iframe src="{{}}" width="{PHONE["width"]}" height="{PHONE["height"]}"></iframe>'
OVER = "<style>iframe { position: absolute; inset: 0; border: 0 }</style>"  # so that each is seen
TOGETHER = 20  # pages that are open at a time


@pytest.fixture(scope="module", params=TOURS, ids="{0[0]}-{0[1]}".format)
def tour(request, browser, site, address, tmp_path_factory) -> tuple[list[str], dict]:
    """Every page opened on a phone: what went wrong, how wide and how large each came out.

    They are opened beside each other in frames as wide as a phone, which takes half as long.
    """
    way, part = request.param
    pages = names(site)[part::PARTS]
    begun = address if way == "http" else f"{site.as_uri()}/"
    host, found = tmp_path_factory.mktemp("frames") / "host.html", {}
    with visiting(browser, viewport=PHONE) as visit:
        for start in range(0, len(pages), TOGETHER):
            found |= framed(visit, host, begun, pages[start : start + TOGETHER])
    assert list(found) == pages and len(found) > 20
    return visit.troubles, found


def framed(visit: Visit, host: Path, begun: str, pages: list[str]) -> dict[str, list[int]]:
    """Open pages whose addresses begin alike in frames of one page; how each came out."""
    host.write_text(OVER + "".join(FRAME.format(begun + name) for name in pages))
    frames = visit.go(host.as_uri()).frames[1:]
    return {frame.url.removeprefix(begun): frame.evaluate(MEASURE) for frame in frames}


def test_every_page_opens_without_a_request_to_another_host_or_an_error(tour):
    assert tour[0] == []


def test_on_a_phone_no_page_scrolls_sideways(tour):
    assert {name: width for name, (width, _) in tour[1].items() if width > PHONE["width"]} == {}


def test_no_page_is_too_large_for_a_phone(tour):
    assert {name: count for name, (_, count) in tour[1].items() if count > ELEMENTS} == {}


@pytest.mark.parametrize("way", ["http", "file"])
def test_the_front_door_leads_to_the_first_page(browser, site, address, way):
    base = address if way == "http" else site.as_uri() + "/"
    with visiting(browser) as visit:
        visit.page.goto(base + "index.html", wait_until="commit")
        visit.page.wait_for_url("**/book/index.html")
    assert visit.troubles == []


def links(path: Path) -> tuple[set[str], list[str]]:
    """The anchors of a file of a site, and the addresses that it names."""
    if path.suffix == ".json":
        return set(), list(pages_in(json.loads(path.read_text(encoding="utf-8"))))
    kind = lxml.html if path.suffix == ".html" else lxml.etree
    tree = kind.parse(path)
    anchors = {str(each) for each in tree.xpath("//@id | //a/@name")}
    return anchors, [str(each) for each in tree.xpath("//@*[local-name()='href'] | //@src")]


def pages_in(told: object) -> Iterator[str]:
    """The pages that a file for programs names, which begin at the site's folder."""
    if isinstance(told, dict):
        yield from (f"/{told[key]}" for key in ["page"] if isinstance(told.get(key), str))
    if isinstance(told, dict | list):
        for each in told.values() if isinstance(told, dict) else told:
            yield from pages_in(each)


def broken_links(site: Path) -> list[str]:
    """Internal addresses of a site's files that lead to no file or to no anchor of a page."""
    read = [path for kind in ("html", "json", "xml") for path in sorted(site.rglob(f"*.{kind}"))]
    read = [path for path in read if "pagefind" not in path.parts]
    assert read, f"nothing to read in {site}"
    known = {path.relative_to(site).as_posix(): links(path) for path in read}
    broken, there = set(), {}
    for name, (_, addresses_named) in known.items():
        for named in addresses_named:
            parts = urlsplit(urljoin(f"http://site/{name}", named))
            if parts.netloc != "site":
                if parts.scheme not in ("http", "https", "mailto", "data"):
                    broken.add(f"{name}: {named}")
                continue
            target = unquote(parts.path).lstrip("/") or "index.html"
            anchor = unquote(parts.fragment)
            anchors = known[target][0] if anchor and target in known else {anchor}
            there[target] = there.get(target) or (site / target).is_file()
            if not there[target] or anchor not in anchors:
                broken.add(f"{name}: {named}")
    return sorted(broken)


def test_the_checker_of_links_finds_what_is_broken(tmp_path):
    (tmp_path / "a.html").write_text(
        '<p id="here"><a href="#here"><a href="#gone"><a href="b.html"><img src="no.png">'
        '<a href="a.html#gone"><a href="https://example.org/x#y"><a href="javascript:x()">'
    )
    (tmp_path / "told").mkdir()
    told = {"all": [{"page": "a.html#here"}, {"page": "a.html#off", "text": "b.html"}]}
    (tmp_path / "told/one.json").write_text(json.dumps(told))
    (tmp_path / "feed.xml").write_text('<feed><link href="a.html"/><link href="c.html"/></feed>')
    assert broken_links(tmp_path) == [
        "a.html: #gone",
        "a.html: a.html#gone",
        "a.html: b.html",
        "a.html: javascript:x()",
        "a.html: no.png",
        "feed.xml: c.html",
        "told/one.json: /a.html#off",
    ]


def test_every_link_and_anchor_of_the_site_leads_somewhere(site):
    assert broken_links(site) == []


def test_every_link_and_anchor_of_a_rerun_leads_somewhere(rerun):
    assert broken_links(rerun.root / "_build/html") == []


def test_every_value_in_a_page_links_to_where_it_is_accounted_for(site):
    for name in chapter_pages(site):
        text = (site / name).read_text(encoding="utf-8")
        quoted = re.findall(r'<span class="cc-value"[^>]*><a href="([^"]+)"', text)
        assert quoted, name
        assert all("/numbers.html#value-" in link for link in quoted)


def test_every_row_of_a_table_has_an_anchor_made_of_its_key(site):
    for path in sorted((REPOSITORY / "data").glob("*.csv")):
        parts = [site / f"tables/{path.stem}.html", *site.glob(f"tables/{path.stem}-[0-9]*.html")]
        found = [
            re.findall(r'<tr id="([^"]+)" data-line="(\d+)"', each.read_text()) for each in parts
        ]
        anchors = {int(line): html.unescape(anchor) for part in found for anchor, line in part}
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert sorted(anchors) == list(range(2, len(rows) + 2)), path.name
        assert len(set(anchors.values())) == len(rows), path.name
        key = data.resource(path.stem)["schema"]["primaryKey"]
        for line, row in enumerate(rows, start=2):
            assert anchors[line].startswith(addresses.slug("-".join(row[each] for each in key)))


# Without JavaScript


def flat(text: str) -> str:
    """Text on one line; the book sets curly quotes."""
    return " ".join(text.translate({0x2019: "'", 0x201C: '"', 0x201D: '"'}).split())


PICTURES = """() => Object.fromEntries([...document.querySelectorAll(".cc-picture")].map((each) => [
  each.dataset.figure,
  {role: each.role, label: each.ariaLabel,
    shown: [...each.querySelectorAll("svg")].map((svg) => svg.getBoundingClientRect())
      .filter((box) => box.width * box.height).map((box) => [box.width, box.height])},
]))"""


def test_without_javascript_each_figure_is_drawn_and_each_number_is_in_the_text(
    browser, report, site, address
):
    with visiting(browser, java_script_enabled=False) as visit:
        for name in chapter_pages(site):
            known = report.results(Path(name).stem)
            page = visit.go(address + name)
            drawn = [figure["id"] for figure in known["figures"] if not figure["empty"]]
            pictures = page.evaluate(PICTURES)
            assert page.locator(".cc-picture").count() == len(drawn)
            for id in drawn:
                picture = pictures[id]
                assert picture["role"] == "img"
                assert len(picture["label"]) > 20
                assert len(picture["shown"]) == 1, f"{id}: one of the two layouts is shown"
                ((width, height),) = picture["shown"]
                assert width > 300
                assert height > 80
            text = flat(page.locator("article").inner_text())
            for claim in known["claims"]:
                assert flat(claim["text"]) in text, claim["id"]
            page = visit.go(address + name.replace(".html", "/numbers.html"))
            text = flat(page.locator("article").inner_text())
            for value in known["values"]:
                assert flat(value["name"]) in text and flat(value["text"]) in text, value["id"]
            tested = [(one["id"], each) for one in known["claims"] for each in one["others"]]
            for claim, each in tested:
                line = page.locator(f"#claim-{claim} .cc-tested")
                to_value = line.locator(f"a[href='#value-{each.get('id')}']").count()
                assert bool(to_value) == ("id" in each), "a value is told where it stands, once"
    assert visit.troubles == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_javascript_colours_follow_the_system_and_the_menu_opens(browser, address, scheme):
    with visiting(browser, java_script_enabled=False, color_scheme=scheme, viewport=PHONE) as visit:
        page = visit.go(address + REAL)
        at = ["light", "dark"].index(scheme)
        paper = f"#{''.join(f'{int(part):02x}' for part in background(page))}"
        assert paper == tokens.COLOURS["paper"][at]
        assert not page.locator(".cc-side").is_visible()
        page.locator("label[for=menu]").click()
        assert page.locator(".cc-side").is_visible()
    assert visit.troubles == []


def background(page: Page) -> list[str]:
    """Red, green and blue of what a page is painted with."""
    return re.findall(r"\d+", page.evaluate("getComputedStyle(document.body).backgroundColor"))[:3]


# Cards


def card_is_shown(page: Page, number: int) -> bool:
    return page.locator("article .cc-value .cc-card").nth(number).is_visible()


def test_hover_and_focus_show_what_a_value_is(browser, report, address):
    with visiting(browser, viewport={"width": 1200, "height": 800}) as visit:
        page = visit.go(address + REAL)
        first = page.locator("article .cc-value").first
        assert not card_is_shown(page, 0)
        link = first.locator("a").first
        link.hover()
        assert card_is_shown(page, 0)
        id = link.get_attribute("href").partition("#value-")[2]
        value = next(each for each in report.results("capex_gap")["values"] if each["id"] == id)
        card = first.locator(".cc-card").inner_text()
        assert value["name"] in card
        assert re.search(r"Newest source \d+ [A-Z][a-z]+ 20\d\d", card)
        page.mouse.move(0, 0)
        assert not card_is_shown(page, 0)
        link.focus()
        assert card_is_shown(page, 0)
        described = link.get_attribute("aria-describedby")
        assert page.locator(f"#{described}").count() == 1
    assert visit.troubles == []


@pytest.mark.parametrize("touch", [False, True])
def test_a_card_opens_by_a_click_leads_to_the_rows_and_closes_by_escape(browser, address, touch):
    with visiting(browser, viewport=PHONE, has_touch=touch) as visit:
        page = visit.go(address + REAL)
        first = page.locator("article .cc-value a").first
        first.tap() if touch else first.click()
        page.mouse.move(0, 0)
        assert card_is_shown(page, 0)
        assert page.url == address + REAL, "the reader stays where the number stands"
        page.keyboard.press("Escape")
        assert not card_is_shown(page, 0)
        page.mouse.move(9, 500)
        assert not card_is_shown(page, 0), "though the number has the focus"
        first.tap() if touch else first.click()
        page.locator("article .cc-value .cc-card a").first.click()
        page.wait_for_url("**/numbers.html#value-*")
        anchor = page.url.partition("#")[2]
        page.locator(f"tr:has(#{anchor}) .cc-back").click()
        page.wait_for_url("**/capex_gap.html#*")
    assert visit.troubles == []


def test_no_card_leaves_the_page(browser, address):
    with visiting(browser) as visit:
        page = visit.go(address + REAL)
        beyond = []
        for width in (375, 768, 1000, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            beyond += [(width, *each) for each in page.evaluate(CARDS)]
    assert beyond == []


CARDS = """() => [...document.querySelectorAll("article :is(.cc-value, .cc-mark)")].slice(0, 40)
  .flatMap((value, number) => {
    value.querySelector("a").focus();
    const box = value.querySelector(".cc-card").getBoundingClientRect();
    const wide = document.documentElement.clientWidth;
    const all = document.documentElement.scrollWidth;
    const out = !box.width || box.left < 0 || box.right > wide || all > wide;
    return out ? [[number, box.left, box.width, all]] : [];
  })"""


# What a script adds


@pytest.mark.parametrize("way", ["http", "file"])
def test_the_marks_of_a_figure_say_their_values(browser, site, address, way):
    base = address if way == "http" else site.as_uri() + "/"
    with visiting(browser) as visit:
        page = visit.go(base + REAL)
        picture = page.locator(".cc-figure .cc-picture:has(.cc-wide [data-m])").first
        id = picture.get_attribute("data-figure")
        assert page.locator("script[src$='marks.js']").count() == 0, "nothing is fetched unasked"
        ask_marks(picture)
        said = (site / f"figures/{id}/marks.js").read_text(encoding="utf-8")
        texts = json.loads(said.removeprefix("computecycle.marks(").removesuffix(");\n"))[1]
        for turn in range(2):
            page.keyboard.press("ArrowRight")
            tip = page.locator(".cc-tip").inner_text()
            assert tip.split("\n") == texts[turn].split("; ")
        page.keyboard.press("Escape")
        assert not page.locator(".cc-tip").is_visible()
        picture.locator(".cc-wide [data-m]").last.hover(force=True)
        assert page.locator(".cc-tip").is_visible()
    assert visit.troubles == []


def test_the_theme_is_chosen_and_kept(browser, address):
    with visiting(browser, color_scheme="light") as visit:
        page = visit.go(address + REAL)
        before = background(page)
        button = page.locator(".cc-theme")
        while page.evaluate("document.documentElement.dataset.theme") != "dark":
            button.click()
        assert background(page) != before
        assert page.evaluate("document.activeElement.className") == "cc-theme", "focus is kept"
        page = visit.go(address + "book/index.html")
        assert background(page) != before
    assert visit.troubles == []


@pytest.mark.parametrize("chosen", ["dark", ""])
def test_what_is_read_in_the_dark_is_printed_light(browser, address, chosen):
    with visiting(browser, color_scheme="dark") as visit:
        page = visit.go(address + REAL)
        page.evaluate("(chosen) => { document.documentElement.dataset.theme = chosen; }", chosen)
        inks = []
        for media in ("screen", "print"):
            page.emulate_media(media=media)
            inks.append([ink(page, place) for place in ("h1", ".cc-picture text:visible")])
        page.emulate_media(media="screen")
    (dark, drawn_dark), (light, drawn_light) = inks
    assert light == tokens.COLOURS["ink"][0] != dark == tokens.COLOURS["ink"][1]
    assert drawn_dark != drawn_light
    assert visit.troubles == []


def ink(page: Page, place: str) -> str:
    """The colour of a text or of a letter in a picture, as hex."""
    read = "e => { const s = getComputedStyle(e); return e.closest('svg') ? s.fill : s.color; }"
    parts = re.findall(r"\d+", page.locator(place).first.evaluate(read))
    return "#" + "".join(f"{int(part):02x}" for part in parts[:3])


def test_addresses_that_pages_had_before_lead_on(browser, site, address):
    rows = addresses.rows("source_claims")
    with visiting(browser) as visit:
        page = visit.go(f"{address}tables/source_claims.html#L{rows[-1].line}")
        page.wait_for_url(f"**/source_claims-{rows[-1].part}.html#*")
        page.wait_for_url(re.compile("#(?!L\\d)"))
        assert unquote(page.url.partition("#")[2]) == rows[-1].anchor
        known = re.search(r'id="(value-[\w-]+)"', (site / NUMBERS).read_text(encoding="utf-8"))[1]
        if f'id="{known}"' not in (site / REAL).read_text(encoding="utf-8"):
            page = visit.go(f"{address}{REAL}#{known}")
            page.wait_for_url(f"**/numbers.html#{known}")
        lists = addresses.sources()
        for part, key in ((1, [*lists[-1]][-1]), (2, [*lists[0]][0]), (len(lists), [*lists[1]][0])):
            visit.go(f"{address}{addresses.sources_page(part)}.html#{addresses.source_anchor(key)}")
            page.wait_for_url(f"{address}{addresses.source(key)}")
            assert page.locator(f"#{addresses.source_anchor(key)}:target").is_visible()
        visit.go(f"{address}{REAL}#fig-markets-adoption")  # a figure of another chapter
        page.wait_for_url("**/figures/markets-adoption.html")
    assert visit.troubles == []


def test_no_page_allows_a_script_or_style_within_it(site):
    for name in names(site):
        text = (site / name).read_text(encoding="utf-8")
        (policy,) = re.findall(
            r'<meta http-equiv="Content-Security-Policy" content="([^"]+)"', text
        )
        assert "unsafe-inline" not in policy and "'unsafe-eval'" not in policy, name
        assert "default-src 'none'" in policy
        assert not re.search(r"<style|<[^>]* style=|<script(?![^>]* (src|type))[^>]*>", text), name


ASKED = {  # what is looked for: what the first or second answer must name, a pattern
    "required revenue": "capex_gap|required-revenue",
    "Sequoia": "source-sequoia",
    "Cembalest": "source-jpm2024|ledger/jpm2024",
    "国信证券": "guosen2024",
    "英伟达": "nvidia",
    "红杉": "sequoia|bytelab",
    "电力": "electricity",
    "自动驾驶": "chapters/ev_compute",
    "泡沫": "chapters/capex_gap",
    "licence": "book/licences|book/data|book/sources",
    "download data": "book/data",
    "transistors": "cpu_to_gpu|processor",
    "Ethereum": "ethereum|proof_of_work",
    "scaling law": "llm_scaling|scaling",
    "Alibaba": "alibaba|cloud",
    "BYD": "byd|ev_",
    "Microsoft": "microsoft|capex|cloud",
    "railways": "investment_booms|adoption",
    "GPU rental price": "gpu_rental|rental",
    "Bitcoin electricity": "electricity|proof_of_work",
    "mining": "proof_of_work|mining|miner-sales",
    "forecast": "scorecard|forecast",
    "depreciation": "depreciation",
    "battery price": "battery_prices|ev_",
    "token price": "token_price|token",
    "ambiguous": "ledger",
    "G-C285": "ledger/.*G-C285",
    "method": "book/method",
    "timeline": "book/timeline",
    "robotaxi": "ev_",
    "Figure 6.2": "required-against-actual",
    "Figure 1.1": "processor-trends",
    "Guosen": "guosen",
    "Caijing": "caijing2025",
    "ByteAILab": "bytelab2024",
    "J.P. Morgan": "jpm",
    "Tesla": "ev_|tesla",
    "OpenAI": "openai|ai_revenue|lab_accounts|capex",
    "Amazon": "amazon|cloud|company",
    "NVIDIA results": "nvidia",
    "hash rate": "hash-rate|hash_rate|proof_of_work",
    "Chinchilla": "llm_scaling|scaling",
    "GPQA": "benchmark|llm_scaling",
    "AGI": "agi",
    "useful lives of servers": "useful_lives|depreciation|need-by-life",
    "Oracle capex": "capex_guidance",
    "H100 rental price": "gpu_rental",
    "Figure 3.4": "cloud-azure-without-ai",
    "how to cite": "book/citing",
    "download csv": "book/data",
    "corrections": "book/editions",
    "云计算": "chapters/cloud",
    "大模型": "chapters/llm_scaling",
    "NVIDIA data center revenue": "nvidia",
    "Hopper Blackwell": "gpu_generations|nvidia|cpu_to_gpu",
    "Huawei chips": "vehicle_chips|ev_|huawei|ev-chips-by-year",
    "API for scripts": "book/machines",
    "useful life of GPUs": "useful_life|useful-life|need-by-life|lives",
    "depreciation schedule": "depreciation|useful_li",
    "smartphone adoption": "adoption|internet_use|mobile",
    "GPU shipments": "gpu|nvidia",
    "Waymo fleet": "driverless_rides",
    "robotaxi rides": "driverless_rides",
    "inference cost": "token_price",
    "dot-com bubble": "adoption_and_markets|investment_booms",
    "AI bubble": "capex_gap|investment_booms",
    "break even": "calculators/capex_gap",
    "calculator": "calculators/",
    "what does the tick mean": "book/reading|vague",
    "how sure are you": "book/reading|book/method",
    "who wrote this": "book/citing",
    "Moore's law": "cpu_to_gpu",
    "errata": "book/editions",
}
FIRST = {  # what is looked for: what the first answer must be
    "useful life": "book/chapters/capex_gap/notebook.html#parameter-useful_life_years",
    "useful lives of servers and networking equipment": "tables/useful_lives.html",
}


def test_the_search_finds_what_readers_ask_for(browser, site, address):
    missed = {}
    with visiting(browser) as visit:
        page = visit.go(address + "search.html")
        expect(page.locator("#told")).to_have_text(re.compile("^Write"))
        for words in [*ASKED, *FIRST]:
            page.evaluate("document.getElementById('found').replaceChildren()")
            page.fill("#query", words)
            page.wait_for_selector("#found li")
            first = [each.get_attribute("href") for each in page.locator("#found a").all()[:2]]
            wanted = ASKED.get(words) or f"^{re.escape(address + FIRST[words])}$"
            if not any(re.search(wanted, each) for each in first[: 2 if words in ASKED else 1]):
                missed[words] = first
            told = " ".join(page.locator("#found p").all_inner_texts())
            assert not re.search(r"figure\d+x\d", told), "no name that only the index knows"
    assert missed == {}
    assert re.search(r"[Uu]seful lives of servers", told), "marked words keep their blanks"
    assert visit.troubles == []


def test_each_page_that_has_other_names_is_there(site):
    names = search.asked(REPOSITORY)
    assert len(names) > 10
    assert [each for each in names if not (site / each).is_file()] == []


def test_a_first_answer_of_the_search_is_light(browser, address):
    with visiting(browser, alone) as visit:
        got = {}
        visit.page.on("response", lambda each: got.update({each.url: each}))
        page = visit.go(address + "search.html")
        expect(page.locator("#told")).to_have_text(re.compile("^Write"))
        page.fill("#query", "Jevons")
        page.locator("#found li").first.wait_for()
        searching = [url for url in got if "/pagefind/" in url or "search" in url]
        sizes = {url: len(gzip.compress(got[url].body())) for url in searching}
    assert 0 < sum(sizes.values()) <= 150_000, sizes


def test_opened_from_disk_the_search_says_what_it_needs(browser, site):
    with visiting(browser) as visit:
        page = visit.go(site.as_uri() + "/search.html")
        assert "make serve" in page.locator("#told").inner_text()
    assert visit.troubles == []


# Phone, light and dark


def test_on_a_phone_figures_are_drawn_for_it(browser, address):
    with visiting(browser, viewport=PHONE) as visit:
        page = visit.go(address + REAL)
        for picture in page.locator(".cc-picture").all():
            box = picture.locator(".cc-narrow svg").bounding_box()
            assert 300 < box["width"] <= 345
            assert not picture.locator(".cc-wide").is_visible()


BEGUN = """() => [...document.querySelectorAll(".cc-claim .cc-check")].filter((mark) => {
  const words = document.createTreeWalker(mark.closest(".cc-claim"), NodeFilter.SHOW_TEXT);
  const unseen = (text) => text.parentElement.closest(".cc-card, .cc-hidden");
  let last = null;
  while (words.nextNode() && !mark.contains(words.currentNode))
    if (words.currentNode.data.trim() && !unseen(words.currentNode)) last = words.currentNode;
  const end = document.createRange();
  end.setStart(last, last.data.trimEnd().length - 1);
  end.setEnd(last, last.data.trimEnd().length);
  return mark.getBoundingClientRect().top > end.getBoundingClientRect().bottom;
}).length"""


def test_no_line_begins_with_the_mark_of_the_sentence_before(browser, address):
    with visiting(browser, viewport=PHONE) as visit:
        page = visit.go(address + REAL)
        for width in range(320, 400, 16):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(BEGUN) == 0, width


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


def test_the_words_of_figures_can_be_read_in_light_and_dark(browser, site, address):
    with visiting(browser) as visit:
        for name in chapter_pages(site):
            page = visit.go(address + name)
            papers = set()
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                papers.add(tuple(background(page)))
                found = page.evaluate(CONTRAST)
                assert len(found) >= 10 * page.locator(".cc-picture").count(), "words to look at"
                assert [each for each in found if each["ratio"] < 4.5] == [], scheme
            assert len(papers) == 2


# Weight


def heaviest(site: Path) -> list[str]:
    """The heaviest pages with all the Chinese letters that they may ask for: eight, and the
    heaviest of each kind."""
    found = []
    for name in weight.names(site):
        text = (site / name).read_text(encoding="utf-8")
        styles = [site / "_static" / style for style in re.findall(r"chinese-\w+\.css", text)]
        told = "".join(style.read_text() for style in styles)
        letters = [site / "_static" / each for each in re.findall(r"chinese-\w+\.woff2", told)]
        files = [site / name, *styles, *letters]
        found.append((sum(len(gzip.compress(file.read_bytes(), 9)) for file in files), name))
    found.sort(reverse=True)
    kinds = {weight.kind_of(name): name for _, name in reversed(found)}
    return list(dict.fromkeys([*(name for _, name in found[:8]), *kinds.values(), *LISTED]))


@pytest.mark.parametrize("screen", [weight.PHONE, weight.WIDE], ids=["phone", "wide"])
def test_the_first_visit_is_light(browser, site, screen):
    """Counted as the benchmark counts it; a machine that lacks Chinese loads most."""
    with weight.serving(site) as address:
        pages = heaviest(site)
        sizes = {name: weight.measured(browser, address + name, screen=screen) for name in pages}
    assert len(pages) > 20
    heavy = {name: each["KB"] for name, each in sizes.items() if each["KB"] > budget(name)}
    assert heavy == {}


def budget(name: str) -> float:
    """KB of a page's first visit, gzip."""
    return 70 if name == "book/index.html" else weight.BUDGET["KB"]


QUOTING = ["book/ledger/jpm2024.html", "book/ledger.html", "tables/source_claims.html"]
SHIFTS = """window.moved = 0; new PerformanceObserver((list) => list.getEntries()
  .forEach((each) => { moved += each.value; })).observe({type: "layout-shift", buffered: true});"""


def test_a_page_that_quotes_chinese_asks_for_what_a_phone_shows_and_nothing_moves(
    browser, site, address
):
    for name in QUOTING:
        with visiting(browser, alone, viewport=PHONE) as visit:
            loaded = {}
            visit.page.on("response", lambda got, loaded=loaded: loaded.update({got.url: got}))
            visit.page.add_init_script(SHIFTS)
            page = visit.go(address + name)
            page.wait_for_load_state("networkidle")
            first = {url: got.body() for url, got in loaded.items()}
            style = next(text for url, text in first.items() if "/chinese-" in url)
            files = re.findall(r"chinese-\w+\.woff2", style.decode())
            asked = [url for url in first if url.endswith(".woff2")]
            assert sum(len(gzip.compress(each, 9)) for each in first.values()) < 100_000, name
            assert len(asked) < len(files), "a machine with Chinese asks for none"
            page.keyboard.press("End")
            page.wait_for_load_state("networkidle")
            assert page.evaluate("moved") == 0, name
        assert visit.troubles == []


# A rerun, and words that come from data


def test_a_rerun_says_what_it_is_and_what_no_longer_holds(browser, rerun):
    site = rerun.root / "_build/html"
    with serving(site) as address, visiting(browser) as visit:
        for name in ("book/index.html", TRIAL, "book/data.html"):
            banner = flat(visit.go(address + name).locator(".cc-banner").inner_text())
            assert banner.startswith("Rerun ") and banner.endswith(
                ". Not the published edition. With a reader's own rows; "
                "Chapter trial with factor = 0.25. Receipt"
            )
        page = visit.go(address + TRIAL)
        text = flat(page.locator("article").inner_text())
        assert re.search(r"No longer holds: The price rose from \$10\.0 to \$0\.8 ?◆", text)
        assert "(your own row: " in text
        numbers = flat(visit.go(address + TRIAL_NUMBERS).locator("article").inner_text())
        assert re.search(r"Does not hold: The price rose from \$10\.0 to \$0\.8", numbers)
        page = visit.go(address + TRIAL)
        assert "Not the published edition." in page.locator(".cc-footer").inner_text()
        index = flat(visit.go(address + "book/index.html").locator("article").inner_text())
        assert re.search(r"No longer holds: The price rose from \$10\.0 to \$0\.8 ?◆", index)
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
        shown = flat(page.locator(".cc-picture").inner_text())
        assert "<script>" in shown
        ask_marks(page.locator(".cc-picture"))
        page.keyboard.press("ArrowLeft")
        assert page.locator(".cc-tip").is_visible()
        plotted = visit.go(base + "figures/trial-prices.html").locator("table").inner_text()
        assert HOSTILE in plotted
        table = visit.go(base + "tables/prices.html").locator(".cc-rows").inner_text()
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


def test_two_clean_builds_are_the_same_and_a_changed_one_is_as_if_clean(
    built_trial, changed_site, tmp_path
):
    """Unchanged, the second clean build is that of tests/test_wheel.py."""
    changed = all_made(changed_site)
    known = differing(changed, all_made(built_trial))
    assert {"html/tables/unused.html", "html/book/data.html"} <= {*known}
    house = House(shutil.copytree(changed_site.root, tmp_path / "house", symlinks=True))
    for made in ("_build", "book/chapters"):
        shutil.rmtree(house.root / made)
    outcome = house.anew("book")
    assert outcome.returncode == 0, outcome.stderr
    apart = differing(changed, all_made(house))
    kept = "figures/trial-prices/"  # drawings of a figure that is gone; nothing publishes them
    assert [name for name in apart if not name.startswith(kept)] == []


def test_a_second_rerun_keeps_nothing_of_the_first(old_site):
    """And a page says where the data end that a reader has."""
    for words, last, end in (
        (["-p", "factor=2"], "$40.0", "1 January 2021"),
        (["-p", "as_of=2020-06-01"], "$10.0", "1 January 2020"),
        ([], "$20.0", "1 January 2021"),
    ):
        outcome = old_site.run("run", "trial", *words)
        assert outcome.returncode == 0, outcome.stderr
        site = House(old_site.root / "_build/rerun").published()
        names = ("book/index.html", TRIAL, "book/data.html")
        front, chapter, tables = (flat(site[name].decode()) for name in names)
        for text in (front, chapter):
            assert last in text, words
            assert ("Not the published edition" in text) is bool(words), words
        assert f"Prices to {end}." in front and f"data to {end}." in tables


def test_a_table_that_is_restored_is_shown_restored(changed_site, tmp_path):
    """As a version control does it: the file becomes older than what was made of the other one."""
    assert b"2 February 2020" in changed_site.published()["book/data.html"]
    house = House(shutil.copytree(changed_site.root, tmp_path / "house", symlinks=True))
    os.replace(house.root / "data/unused.old", house.root / "data/unused.csv")
    outcome = house.run("book")
    assert outcome.returncode == 0, outcome.stderr
    assert b"2 February 2020" not in house.published()["book/data.html"]


def test_only_what_is_described_is_published_of_the_data(changed_site):
    names = {name for name in changed_site.published() if name.startswith("data/")}
    assert names == {
        f"data/{name}"
        for name in (
            "datapackage.json",
            "README.md",
            "LICENSE",
            "sources.bib",
            "sources.csv",
            "prices.csv",
            "unused.csv",
            "words.csv",
            "compute-cycle.zip",
            "compute-cycle.sqlite",
        )
    }


def test_the_type_comes_with_its_licence(site):
    text = (site / "_static/fonts.LICENSE.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in text
    assert "Apache License" in (site / "_static/chinese.LICENSE.txt").read_text(encoding="utf-8")
    assert "CloudCannon" in (site / "_static/pagefind.LICENSE.txt").read_text(encoding="utf-8")


def test_the_page_of_licences_lists_each_locked_package():
    """A package that only another system installs may be missing."""
    with (REPOSITORY / "book/packages.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    listed = {row["Package"]: row["Licence"] for row in rows}
    assert len(listed) == len(rows), "each once"
    lock = (REPOSITORY / "requirements.txt").read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([\w.-]+)==\S+ (.)", lock, re.MULTILINE))
    everywhere = {name for name, mark in locked.items() if mark == "\\"}  # no `; condition` follows
    assert everywhere <= set(listed) <= set(locked), "run `make licences`"
    assert all(listed.values()) and "UNKNOWN" not in listed.values()


def test_what_a_chapter_no_longer_shows_has_no_page_any_more(changed_site):
    published = changed_site.published()
    assert "figures/trial-others.html" in published and TRIAL_NUMBERS in published
    assert not [name for name in published if "trial-prices" in name]


def test_a_figure_that_is_no_longer_shown_is_no_longer_published(built_trial):
    published = {path.name for path in (built_trial.root / "_build/html/figures").iterdir()}
    own = {"trial-prices", "trial-prices.html", "trial-prices.json"}
    assert published == own | {"index.html"}
