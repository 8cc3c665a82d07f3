"""Figures in frames: light, whole without a script, framed by anybody; what is newer."""

import gzip
import json
import re
import shutil
from pathlib import Path

import pytest
from browsing import serving, visiting
from bs4 import BeautifulSoup
from house import RECORD, House

from computecycle.charts import tokens
from computecycle.citing import frames

LARGEST = 60_000  # bytes, gzip, of a frame with all that it loads
WIDTHS = {375: ".cc-narrow", 700: ".cc-wide"}
TRIAL = "embed/trial-prices.html"


def folder(house: House) -> Path:
    return (house.root / "_build/html").resolve()


def weight(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


def test_a_frame_is_light_and_says_what_a_figure_must_say_alone(report):
    site = folder(report)
    loaded = sum(weight(site / f"embed/{name}") for name in ("embed.css", "embed.js"))
    figures = [each for path in sorted((report.root / "_build/results").glob("*.json"))
               for each in report.results(path.stem)["figures"]]  # fmt: skip
    assert {path.stem for path in site.glob("embed/*.html")} == {each["id"] for each in figures}
    for each in figures:
        path = site / f"embed/{each['id']}.html"
        assert weight(path) + loaded < LARGEST, each["id"]
        text = path.read_text(encoding="utf-8")
        for told in (RECORD["edition"], RECORD["licence"], RECORD["authors"], "Sources: "):
            assert told in text, (each["id"], told)
        assert f'href="../figures/{each["id"]}.html"' in text
        assert not re.search(
            r"<script>|style=|frame-ancestors|\son\w+=", text.partition("<main>")[0]
        )


SLACK = {660: 160, 720: 130, 800: 130, 360: 130}  # px that a frame may be too high, by its width


@pytest.mark.parametrize("width", SLACK)
def test_the_offered_frame_shows_all_of_its_figure(browser, report, width):
    site, short, spare = folder(report), {}, {}
    with serving(site) as address, visiting(browser, viewport={"width": width, "height": 300}) as v:
        for path in sorted(site.glob("embed/*.html")):
            told = BeautifulSoup((site / f"figures/{path.stem}.html").read_text(), "html.parser")
            told = told.select_one("#frame")
            height = int(re.search(r'height="(\d+)"', told.get_text())[1])
            if width == frames.NARROW:
                height = int(re.search(r"phone’s, write (\d+)", told.get_text())[1])
            needed = v.go(f"{address}embed/{path.name}").evaluate(
                "document.querySelector('main').getBoundingClientRect().height"
            )
            (short if needed > height else spare)[path.stem] = height - needed
    assert short == {}
    assert max(spare.values()) < SLACK[width]
    assert v.troubles == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_frame_on_anothers_page_shows_the_figure_without_a_script(
    browser, built_trial, tmp_path, scheme, width
):
    with serving(folder(built_trial)) as address, serving(tmp_path) as other:
        frame = f'<iframe src="{address}{TRIAL}" width="{width}" height="500"></iframe>'
        (tmp_path / "host.html").write_text(
            f'<!doctype html><link rel="icon" href="data:,">{frame}'
        )
        given = {"java_script_enabled": False, "color_scheme": scheme}
        with visiting(browser, **given, viewport={"width": 900, "height": 700}) as visit:
            page = visit.go(f"{other}host.html").frame_locator("iframe")
            assert page.locator("h1").inner_text() == "Prices"
            shown = [css for css in WIDTHS.values() if page.locator(css).is_visible()]
            assert shown == [WIDTHS[width]]
            paper = page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
            wide = page.locator("html").evaluate("e => e.scrollWidth")
    parts = (f"{int(part):02x}" for part in re.findall(r"\d+", paper)[:3])
    assert f"#{''.join(parts)}" == tokens.COLOURS["paper"][scheme == "dark"]
    assert wide <= width
    assert visit.troubles == []


NEWER = {  # title here and there, words here and there, what is told
    "a number": ("Prices of 10 and 2", "Prices of 15 and 2", "", "", "10 is now 15 (+50 %)."),
    "other words": ("Prices rose", "Prices fell", "", "", "Its title there: “Prices fell”."),
    "the same": ("Prices", "Prices", "From 1", "From 1", "This figure says the same there."),
    "gone": ("Prices", None, "", "", "This figure is not in it."),
    "markup": ("Prices", "<b>x</b>", "", "", "Its title there: “<b>x</b>”."),
    "the picture": (
        *("Prices", "Prices", "To 1.5 on 2026-01-02", "To 3 on 2026-04-02"),
        "Its title is the same; 1.5 is now 3 (+100 %); 2026-01-02 is now 2026-04-02.",
    ),
    "its marks": (
        "Prices",
        "Prices",
        "To 1",
        "Up to 1",
        "Its title is the same, its data are not.",
    ),
}


@pytest.mark.parametrize(("before", "after", "here", "there", "told"), NEWER.values(), ids=NEWER)
def test_a_frame_says_that_a_newer_edition_exists_and_how_it_differs(
    browser, built_trial, tmp_path, before, after, here, there, told
):
    shutil.copytree(folder(built_trial) / "embed", tmp_path / "embed")
    page = tmp_path / TRIAL
    text = page.read_text().replace("<h1>Prices</h1>", f"<h1>{before}</h1>")
    page.write_text(
        re.sub('aria-label="[^"]*" data-figure', f'aria-label="{here}" data-figure', text)
    )
    figures = {"trial-prices": {"title": after, "words": there}} if after else {}
    newest = {"edition": "2027.2", "figures": figures}
    (tmp_path / "embed/editions.json").write_text(json.dumps(newest))
    with serving(tmp_path) as address, visiting(browser) as visit:
        place = visit.go(address + TRIAL).locator("#newer:not(:empty)")
        assert place.inner_text() == f"A newer edition, 2027.2, exists. {told} See it"
    assert visit.troubles == []


@pytest.mark.parametrize("edition", ["2026.11", "2026.2", "2025.12"])
def test_a_frame_of_the_newest_edition_says_nothing(browser, built_trial, tmp_path, edition):
    shutil.copytree(folder(built_trial) / "embed", tmp_path / "embed")
    (tmp_path / "embed/editions.json").write_text(json.dumps({"edition": edition, "figures": {}}))
    with serving(tmp_path) as address, visiting(browser) as visit:
        page = visit.go(address + TRIAL)
        page.wait_for_load_state("networkidle")
        assert page.locator("#newer").inner_text() == ""
    assert visit.troubles == []
