"""The trial site for those who do not see it, point at it, or see it at its own size or colours."""

import itertools
from collections.abc import Iterator

import pytest
from axe import teach, violations
from browsing import serving, visiting
from playwright.sync_api import Page

KINDS = [
    "book/index.html",
    "book/chapters/trial.html",
    "book/chapters/trial/numbers.html",
    "book/chapters/trial/notebook.html",
    "book/data.html",
    "book/sources.html",
    "figures/trial-prices.html",
    "tables/prices.html",
    "search.html",
    "404.html",
]
TRIAL = "book/chapters/trial.html"
LIGHT_AND_SIZE = list(itertools.product(["light", "dark"], [1280, 375]))
SMALL_TARGETS = """(least) => [...document.querySelectorAll("a, button, summary, .cc-menu, input")]
  .filter((each) => each.checkVisibility() && getComputedStyle(each).display !== "inline")
  .filter((each) => !each.classList.contains("cc-skip") && !each.matches(".cc-hidden, .headerlink"))
  .map((each) => [each.textContent.trim(), each.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.height < least || box.width < least))
  .map(([words, box]) => `${words}: ${box.width} x ${box.height}`)"""


@pytest.fixture(scope="module")
def address(built_trial) -> Iterator[str]:
    with serving(built_trial.root / "_build/html") as address:
        yield address


@pytest.fixture(scope="module", params=[True, False], ids=["script", "no-script"])
def looked(request, browser, address) -> dict[str, dict]:
    """What is wrong on each kind of page, opened once: by the rules, in each scheme and size; what
    is too small to be hit, by width; how a page comes out at 1280 px and 400%: 320 px of it."""
    with visiting(browser, bypass_csp=True) as visit:
        if not request.param:  # the rules are a script themselves, so the page's own are kept away
            visit.page.route("**/*.js", lambda asked: asked.abort())
        return {name: looked_at(visit.go(address + name)) for name in KINDS}


def looked_at(page: Page) -> dict:
    """What is found on an open page."""
    teach(page)
    broken, small = {}, {}
    for scheme, width in LIGHT_AND_SIZE:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        broken[scheme, width] = violations(page)
        small[width] = page.evaluate(SMALL_TARGETS, 24)
    page.set_viewport_size({"width": 320, "height": 256})
    told = "[document.documentElement.scrollWidth, document.querySelector('h1').checkVisibility()]"
    return {"broken": broken, "small": small, "at 400%": page.evaluate(told)}


def test_no_kind_of_page_breaks_a_rule_of_axe(looked):
    found = {
        name: {at: each for at, each in one["broken"].items() if each}
        for name, one in looked.items()
    }
    assert {name: broken for name, broken in found.items() if broken} == {}


def test_the_rules_of_axe_find_what_is_broken(browser):
    with visiting(browser) as visit:
        visit.page.set_content("<html><body><img src='data:,'><p role=heading>a</p></body></html>")
        teach(visit.page)
        found = " ".join(violations(visit.page))
    assert all(rule in found for rule in ("image-alt", "html-has-lang", "aria-required-attr"))


def test_the_first_key_leads_past_the_frame_to_the_text(browser, address):
    with visiting(browser) as visit:
        page = visit.go(address + TRIAL)
        page.keyboard.press("Tab")
        skip = page.locator(".cc-skip")
        assert skip.evaluate("each => each === document.activeElement")
        assert skip.bounding_box()["y"] >= 0, "it is seen once it has the focus"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"


@pytest.mark.parametrize("width", [1280, 375])
def test_whatever_has_the_focus_is_seen_and_ringed(browser, address, width):
    with visiting(browser, viewport={"width": width, "height": 800}) as visit:
        page = visit.go(address + TRIAL)
        for _ in range(40):
            page.keyboard.press("Tab")
            at = page.evaluate(FOCUSED)
            if at["tag"] == "BODY":
                break
            assert at["ringed"], at


FOCUSED = """() => {
  const each = document.activeElement;
  const ring = each.id === "menu" ? document.querySelector(".cc-menu") : each;
  const style = getComputedStyle(ring);
  return {tag: each.tagName, words: each.textContent.slice(0, 40),
    ringed: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2};
}"""


def test_what_stands_alone_is_large_enough_to_be_hit(looked):
    assert [
        (name, one["small"]) for name, one in looked.items() if any(one["small"].values())
    ] == []


def test_on_a_phone_the_controls_of_the_frame_are_large(browser, address):
    with visiting(browser, viewport={"width": 375, "height": 800}) as visit:
        page = visit.go(address + TRIAL)
        page.locator(".cc-menu").click()
        controls = page.locator(".cc-top :is(a, button, label), .cc-side li > a, .cc-turn a")
        boxes = [each.bounding_box() for each in controls.all() if each.is_visible()]
        assert len(boxes) > 5
        assert [box for box in boxes if box["height"] < 44] == []


def test_at_four_times_the_size_nothing_is_cut_and_nothing_scrolls_sideways(looked):
    for name, one in looked.items():
        width, headed = one["at 400%"]
        assert width <= 320 and headed, name


def test_with_colours_of_the_system_cards_and_controls_have_edges(browser, address):
    with visiting(browser, forced_colors="active") as visit:
        page = visit.go(address + TRIAL)
        value = page.locator(".cc-value a").first
        value.focus()
        border = "each => getComputedStyle(each).borderStyle"
        assert page.locator(".cc-value .cc-card").first.evaluate(border) == "solid"


def test_who_wants_no_motion_gets_none(browser, address):
    with visiting(browser, reduced_motion="reduce") as visit:
        page = visit.go(address + TRIAL)
        moving = """[...document.querySelectorAll("*")].filter((each) =>
          parseFloat(getComputedStyle(each).transitionDuration) > 0).length"""
        assert page.evaluate(moving) == 0


def test_a_picture_tells_its_ends(browser, address):
    with visiting(browser) as visit:
        words = visit.go(address + TRIAL).locator(".cc-picture").get_attribute("aria-label")
    ends = "Highest 20 (pear & <b>plum</b>), lowest 10 (apple)."
    assert words == f"Prices. Prices in USD. {ends}"
