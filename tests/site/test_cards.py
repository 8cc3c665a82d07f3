"""What a card says of a number: its exact value in words, whose it is; how it is cited."""

import json
import re

import pytest
from browsing import serving, visiting
from house import RECORD, REPOSITORY

from computecycle.citing import citations, numbers
from computecycle.notebook import texts
from computecycle.site import cards

TRIAL = "book/chapters/trial.html"
EXACT = {
    (0.160312, "fraction", "16%"): "Exactly 16.0312 percent",
    (-0.5, "fraction per year", "−50%"): "Exactly −50 percent per year",
    (0.16, "fraction", "0.16"): "Exactly 0.16 a share; 1 is all",
    (45.30000000000001, "USD billion", "$45 billion"): "Exactly 45.3 billion US dollars",
    (1203.0, "", "1,203"): "Exactly 1,203",
    (0.92478, "fraction", "48% to 92%"): "Exactly 92.478 percent, the higher end",
    (
        216.7684,
        "USD billion",
        "$181 to $217 billion",
    ): "Exactly 216.7684 billion US dollars, the higher end",
    (0.2917, "fraction", "29% (21 to 38)"): "Exactly 29.17 percent",
    (2026.4, "date", "May 2026"): "",
    (2004.0, "year", "2004"): "",
    (None, "USD", "none"): "",
}


@pytest.mark.parametrize(("given", "words"), EXACT.items())
def test_an_exact_number_stands_with_its_unit_in_words(given, words):
    assert cards.exactly(dict(zip(("number", "unit", "text"), given, strict=True))) == words


@pytest.mark.parametrize(("unit", "told"), [("USD per kg", " per kg"), ("USD", "")])
def test_a_card_keeps_what_a_number_is_told_per(unit, told):
    value = {"id": "price", "name": "price", "number": 3.0, "text": "$3", "unit": unit}
    shown = cards.number("", "trial", {**value, "rows": [], "own": []}, "card-1")
    assert (f' data-unit="{told}"' in shown) == bool(told) == ("data-unit" in shown)


@pytest.mark.parametrize(
    ("holder", "make", "kind", "id", "unit"),
    [
        ("article .cc-claim .cc-value", citations.value, "values", "price-first", "USD"),
        ("article .cc-claim .cc-value", citations.value, "values", "price-first", "USD per kg"),
        ("article .cc-mark", citations.claim, "claims", "price-rose", ""),
    ],
)
def test_a_card_gives_the_citation_that_the_command_gives_and_copies_it(
    browser, built_trial, holder, make, kind, id, unit
):
    known = built_trial.results()
    (said,) = (each for each in known[kind] if each["id"] == id)
    said = {**said, "unit": unit}
    record = make(RECORD, known, said)
    site = (built_trial.root / "_build/html").resolve()
    with serving(site) as address, visiting(browser) as visit:
        visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = visit.go(address + TRIAL)
        place = page.locator(holder).first
        if kind == "values":
            place.evaluate("(it, behind) => it.dataset.unit = behind", numbers.behind(said))
        place.locator("a").first.focus()
        link = address + citations.page(RECORD, kind.removesuffix("s"), "trial", id)
        cited = citations.apa(record)
        assert place.locator(".cc-cite").inner_text() == cited
        buttons = place.locator("button")
        for at, (words, copied) in enumerate([("citation", cited), ("address", link)]):
            buttons.nth(at).focus()
            page.keyboard.press("Enter")
            status = page.locator(".cc-card [role=status]", has_text=f"Copied the {words}.")
            status.first.wait_for(state="attached")
            assert page.evaluate("navigator.clipboard.readText()") == copied
    assert visit.troubles == []


def test_every_card_gives_the_citation_that_its_file_gives(browser, report):
    site, seen = (report.root / "_build/html").resolve(), 0
    cited = {
        f"{kind[:-1]}-{item['id']}": item["citation"]
        for kind in ("values", "claims")
        for item in json.loads((site / f"{kind}.json").read_text("utf-8"))[kind]
    }
    with serving(site) as address, visiting(browser) as visit:
        for path in sorted((report.root / "_build/results").glob("*.json")):
            page = visit.go(f"{address}book/chapters/{path.stem}.html")
            for link, told in page.evaluate(CITED):
                chapter, kind, id = re.search(r"(\w+)/numbers.html#(\w+)-(.+)", link).groups()
                assert told == cited[f"{kind}-{chapter}.{id}"]
                seen += "'" in told
    assert seen > 100, "with an apostrophe, which a page has as print does"
    assert visit.troubles == []


CITED = """[...document.querySelectorAll(".cc-value, .cc-mark")].map((holder) => {
  holder.dispatchEvent(new Event("focusin", {bubbles: true}));
  return [holder.querySelector("a").href, holder.querySelector("button").dataset.text];
})"""
PLACES = """(link) => {
  const card = link.parentElement.querySelector(".cc-card").getBoundingClientRect();
  const [first] = link.getClientRects();
  return [first.top, first.bottom, card.top, card.bottom];
}"""


@pytest.mark.parametrize(("width", "height"), [(320, 256), (375, 667), (1024, 700)])
def test_a_card_lies_within_the_window_and_beside_its_number(browser, report, width, height):
    site = (report.root / "_build/html").resolve()
    with (
        serving(site) as address,
        visiting(browser, viewport={"width": width, "height": height}) as visit,
    ):
        page, found = visit.go(f"{address}book/index.html"), []
        for link in page.locator(".cc-value > a, .cc-mark > a").all():
            link.focus()
            found.append(link.evaluate(PLACES))
        page.locator("article .cc-value > a").last.click()
        found.append(page.locator("article .cc-value > a").last.evaluate(PLACES))
    assert len(found) > 50
    for top, bottom, card_top, card_bottom in found:
        assert 0 <= card_top < card_bottom <= height and top >= 0
        assert bottom <= card_top
    assert visit.troubles == []


def test_the_number_of_a_range_is_the_end_that_its_card_says():
    ranges = [
        value
        for path in REPOSITORY.glob("editions/*/results/*.json")
        for value in json.loads(path.read_text(encoding="utf-8"))["values"]
        if texts.ranged(value["text"]) and value["number"] is not None
    ]
    assert len(ranges) > 15
    for value in ranges:
        end = value["text"].rsplit(" to ")[-1].strip("$").removesuffix(" billion").rstrip("%")
        number = value["number"] * (100 if "%" in value["text"] else 1)
        grouped = "," if "," in end else ""
        assert f"{number:{grouped}.{len(end.partition('.')[2])}f}" == end, value["id"]
