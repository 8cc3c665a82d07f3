"""The trial site for those who do not see it, point at it, or see it at its own size or colours."""

import itertools
from collections.abc import Iterator

import pytest
from axe import violations
from browsing import serving, visiting

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


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize(("scheme", "width"), LIGHT_AND_SIZE)
def test_no_kind_of_page_breaks_a_rule_of_axe(browser, address, scheme, width, script):
    found = {}
    size = {"width": width, "height": 800}
    with visiting(browser, bypass_csp=True, color_scheme=scheme, viewport=size) as visit:
        if not script:  # the rules are a script themselves, so the page's own are kept away
            visit.page.route("**/*.js", lambda asked: asked.abort())
        for name in KINDS:
            found[name] = violations(visit.go(address + name))
    assert {name: broken for name, broken in found.items() if broken} == {}


def test_the_rules_of_axe_find_what_is_broken(browser):
    with visiting(browser) as visit:
        visit.page.set_content("<html><body><img src='data:,'><p role=heading>a</p></body></html>")
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


@pytest.mark.parametrize("width", [1280, 375])
def test_what_stands_alone_is_large_enough_to_be_hit(browser, address, width):
    with visiting(browser, viewport={"width": width, "height": 800}) as visit:
        found = {name: visit.go(address + name).evaluate(SMALL_TARGETS, 24) for name in KINDS}
    assert {name: small for name, small in found.items() if small} == {}


def test_on_a_phone_the_controls_of_the_frame_are_large(browser, address):
    with visiting(browser, viewport={"width": 375, "height": 800}) as visit:
        page = visit.go(address + TRIAL)
        page.locator(".cc-menu").click()
        controls = page.locator(".cc-top :is(a, button, label), .cc-side li > a, .cc-turn a")
        boxes = [each.bounding_box() for each in controls.all() if each.is_visible()]
        assert len(boxes) > 5
        assert [box for box in boxes if box["height"] < 44] == []


def test_at_four_times_the_size_nothing_is_cut_and_nothing_scrolls_sideways(browser, address):
    """1280 px at 400% are 320 px of the page."""
    with visiting(browser, viewport={"width": 320, "height": 256}) as visit:
        for name in KINDS:
            page = visit.go(address + name)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
            assert page.locator("h1").is_visible()


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
