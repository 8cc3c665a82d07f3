"""The design in numbers: every colour in both modes, and readable on what it lies on."""

import pytest

from computecycle.charts import tokens


def block(start: str) -> str:
    """The declarations of the rule that starts so."""
    return tokens.css().partition(start)[2].partition("}")[0]


def test_css_has_every_colour_in_both_modes():
    light, dark = block(":root{"), block("@media screen{:root[data-theme=dark]{")
    system = block("@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){")
    for name, (day, night) in (tokens.COLOURS | tokens.PAGE_COLOURS).items():
        assert f"--cc-{name}:{day};" in light
        assert f"--cc-{name}:{night};" in dark and f"--cc-{name}:{night};" in system


def test_css_has_the_sizes_faces_and_widths():
    light = block(":root{")
    for name, size in (tokens.SIZES | tokens.SPACES).items():
        assert f"--cc-{name}:{size}rem;" in light
    assert f"--cc-figure:{tokens.WIDE}px;" in light and f'"{tokens.SANS}"' in light


@pytest.mark.parametrize("names", [tokens.SIZES, tokens.SPACES])
def test_the_scale_rises(names):
    assert list(names.values()) == sorted(names.values())
