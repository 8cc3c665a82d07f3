"""Pieces of HTML: a locator links the address that it begins with, and nothing else."""

import pytest

from computecycle.site.markup import linked

SITE = "https://example.org/a"


@pytest.mark.parametrize(
    ("locator", "shown"),
    [
        ("page 1 & 2", "page 1 &amp; 2"),
        (SITE, f'<a href="{SITE}">example.org</a>'),
        (f"{SITE} gives <4>", f'<a href="{SITE}">example.org</a> gives &lt;4&gt;'),
    ],
)
def test_only_an_address_is_a_link(locator, shown):
    assert linked(locator) == shown
