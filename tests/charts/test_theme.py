"""The look: contrast, the two layouts, and SVG that follows the page into the dark."""

import itertools
import json
import re

import altair as alt
import pandas as pd
import pytest
from lxml import etree

from computecycle.charts import look, theme, tokens

ROWS = pd.DataFrame({"x": [1, 2], "y": [3, 4], "panel": ["a", "b"]})
POINTS = alt.Chart(ROWS).mark_point(clip=True, color=theme.ORANGE).encode(x="x:Q", y="y:Q")
LAYOUTS = {
    "single": POINTS,
    "layer": POINTS + POINTS.mark_line(),
    "facet": POINTS.facet("panel:N", columns=2),
    "hconcat": POINTS | POINTS,
    "vconcat": POINTS & POINTS,
    "overflow": POINTS + POINTS.mark_text(align="left").encode(text=alt.value("a long label")),
}
TEXT = ["ink", "muted", "blue", "orange", "green", "purple", "red", "gold"]


def luminance(tone: str) -> float:
    """Relative luminance as in WCAG 2.2."""
    channels = [int(tone[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio as in WCAG 2.2."""
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_formula_gives_its_known_extremes():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_tones_stand_out_from_paper(mode):
    paper = tokens.COLOURS["paper"][mode]
    for token in TEXT:
        assert contrast(tokens.COLOURS[token][mode], paper) >= 4.5, token
    assert contrast(tokens.COLOURS["neutral"][mode], paper) >= 3


def test_every_tone_is_distinct_and_named():
    light = [pair[0] for pair in tokens.COLOURS.values()]
    assert len(set(light)) == len(light)
    for token, (tone, _) in tokens.COLOURS.items():
        assert getattr(theme, token.upper()) == tone


@pytest.mark.parametrize("width", [theme.NARROW, theme.WIDE])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_fitted_chart_fills_its_width_and_no_more(layout, width):
    spec = theme.fit(look.specification(LAYOUTS[layout]), width)
    assert width - 3 <= theme.drawn_size(theme.svg(spec))[0] <= width


def test_panels_stand_below_each_other_when_narrow():
    assert theme.fit(look.specification(LAYOUTS["facet"]), theme.WIDE)["columns"] == 2
    assert theme.fit(look.specification(LAYOUTS["facet"]), theme.NARROW)["columns"] == 1
    assert "vconcat" in theme.fit(look.specification(LAYOUTS["hconcat"]), theme.NARROW)


def test_a_narrow_chart_has_fewer_ticks():
    spec = alt.Chart(pd.DataFrame({"x": [0, 1400]})).mark_point().encode(x="x:Q").to_dict()
    labels = [
        re.findall(r">([\d,]+)</text>", theme.svg(theme.fit(spec, width)))
        for width in (theme.NARROW, theme.WIDE)
    ]
    assert len(labels[0]) < len(labels[1])


def test_fit_leaves_the_spec_alone():
    spec = look.specification(LAYOUTS["facet"])
    before = repr(spec)
    theme.fit(spec, theme.NARROW)
    assert repr(spec) == before


def test_a_column_of_the_data_named_columns_stays():
    rows = pd.DataFrame({"x": [1], "columns": [8]})
    spec = theme.fit(alt.Chart(rows).mark_point().encode(x="x:Q").to_dict(), theme.NARROW)
    assert list(spec["datasets"].values()) == [[{"x": 1, "columns": 8}]]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_chart_compiled_for_any_width_is_drawn_as_one_of_its_own(layout):
    spec = theme.fit(look.specification(LAYOUTS[layout]), theme.WIDE)
    own = theme.program().vegalite_to_svg(json.dumps(spec), vl_version=theme.VEGA_LITE)
    assert theme.svg(spec) == theme.numbered(own)


def test_a_number_of_the_data_is_no_width():
    rows = pd.DataFrame({"x": [theme.ANY_WIDTH], "value": [theme.ANY_WIDTH]})
    chart = alt.Chart(rows).mark_text().encode(x="x:Q", text=alt.Text("value:Q", format=".4f"))
    assert f">{theme.ANY_WIDTH}<" in theme.svg(theme.fit(look.specification(chart), theme.WIDE))


def test_a_drawing_asks_no_other_machine():
    chart = {"data": {"url": "https://example.org/rows.csv"}, "mark": "point"}
    with pytest.raises(PermissionError, match="example.org"):
        theme.svg(chart)


def test_drawing_is_deterministic():
    spec = theme.fit(look.specification(LAYOUTS["facet"]), theme.WIDE)
    assert 'id="part0"' in theme.svg(spec)
    assert theme.svg(spec) == theme.svg(spec)
    assert theme.png(spec) == theme.png(spec)
    assert theme.png(spec).startswith(b"\x89PNG")


def themed(layout: str) -> str:
    return theme.themed_svg(theme.svg(theme.fit(look.specification(LAYOUTS[layout]), theme.WIDE)))


def test_a_themed_svg_has_no_colour_of_its_own():
    assert "var(--cc-orange)" in themed("layer")
    assert not any(light in themed("layer") for light, _ in tokens.COLOURS.values())


def test_a_themed_svg_has_no_ground_and_no_labels_of_its_own():
    drawing = theme.themed_svg(theme.svg(alt.Chart(ROWS).mark_bar().encode(x="x:Q").to_dict()))
    assert drawing.startswith('<svg overflow="visible" ')
    assert "<rect" not in drawing and "paper" not in drawing
    assert "aria-" not in drawing and "role=" not in drawing


def test_the_marks_of_a_drawing_say_their_values_in_the_order_of_their_places():
    drawing = theme.svg(look.specification(LAYOUTS["layer"]))
    assert theme.mark_labels(drawing) == ["1; 3", "2; 4"]
    assert theme.themed_svg(drawing).count(" data-m") == 2, "a line has no value of its own"


def test_the_numbers_that_a_drawing_prints_stay_whole():
    rows = pd.DataFrame({"x": [0.123456], "y": [1.25]})
    drawing = theme.svg(alt.Chart(rows).mark_text().encode(x="x:Q", text="y:Q").to_dict())
    assert ">1.25</text>" in theme.themed_svg(drawing)


def test_colours_in_style_are_themed_too():
    drawing = f'<svg width="1"><g style="fill:{theme.BLUE};stroke:{theme.INK}"></g></svg>'
    assert "fill:var(--cc-blue)" in theme.themed_svg(drawing)


def test_a_group_that_says_nothing_goes_and_what_it_holds_stays():
    drawing = (
        '<svg width="1"><g><g transform="translate(0,0)"><g fill="none"><path d="M1,1h2"/>'
        '</g><g class="x"/></g><text>a</text></g></svg>'
    )
    kept = theme.themed_svg(drawing)
    assert '<g fill="none"><path d="M1,1h2"/></g>' in kept and "<text>a</text></svg>" in kept
    assert "<g/>" not in kept and "translate(0,0)" not in kept
    for name in ("single", "layer", "facet"):
        assert not re.search("<g>", themed(name))
        etree.fromstring(themed(name).replace(" data-m", "").encode())  # what opens is closed


def test_two_figures_in_a_page_share_no_id():
    ids = [set(re.findall(r' id="([^"]*)"', themed(name))) for name in ("single", "layer", "facet")]
    assert all(ids)
    assert not any(one & other for one, other in itertools.combinations(ids, 2))
    for drawing in map(themed, ("single", "facet")):
        defined = set(re.findall(r' id="([^"]*)"', drawing))
        assert set(re.findall(r"url\(#([^)]*)\)", drawing)) <= defined


def test_text_is_measured_with_a_font_that_comes_as_a_package():
    """A family that vl-convert lacks is only estimated: 20% too wide, and differs by machine."""
    drawing = theme.svg(theme.fit(look.specification(LAYOUTS["overflow"]), theme.NARROW))
    assert set(re.findall(r'font-family="([^"]*)"', drawing)) == {theme.FONT}
    widths = [
        theme.drawn_size(
            theme.svg(
                LAYOUTS["overflow"].properties(width=9).to_dict() | {"config": {"font": font}}
            )
        )[0]
        for font in (theme.FONT, "Source Sans Pro", "a font that no machine has")
    ]
    assert widths[0] == widths[1] != widths[2]


@pytest.mark.parametrize("title", look.PLAIN)
def test_an_axis_bears_no_title_that_its_ticks_repeat_and_its_marks_keep_it(title):
    drawing = theme.svg(look.specification(POINTS.encode(x=alt.X("x:Q").title(title))))
    assert f">{title}<" not in drawing and ">y<" in drawing
    assert all(f"{title}: " in label for label in theme.mark_labels(drawing))


def test_an_axis_that_is_not_drawn_stays_away():
    hidden = POINTS.encode(x=alt.X("x:Q").title("Year").axis(None))
    assert look.specification(hidden)["encoding"]["x"]["axis"] is None
