"""Pieces of HTML: a locator links the address it begins with, apostrophes are those of print,
sources of one name are named apart."""

import pytest

from computecycle.site.markup import curled, linked, named_apart

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


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<p>a year's, a year&#x27;s</p>", "<p>a year’s, a year’s</p>"),
        ("<p>'said' &lt;b's", "<p>'said' &lt;b’s"),
        (
            "<p>two years' use, 'as told' here, firms&#x27; own",
            "<p>two years’ use, 'as told' here, firms’ own",
        ),
        ("<a title=\"it's\">it's</a>", '<a title="it\'s">it’s</a>'),
        ("<code>it's <b>it's</b></code> it's", "<code>it's <b>it's</b></code> it’s"),
        ("<svg><text>it's</text></svg>it's", "<svg><text>it's</text></svg>it’s"),
    ],
)
def test_apostrophes_are_those_of_print_where_words_are_read(body, told):
    assert curled(body) == told


def test_sources_of_one_author_and_year_are_named_apart_by_their_titles():
    sources = [
        {"short": "Epoch AI", "title": "AI Benchmarking Hub"},
        {"short": "Epoch AI", "title": "[The training compute of models doubles every few months]"},
        {"short": "Epoch AI"},
        {"short": "Meta 2025", "title": "Llama 4"},
    ]
    assert named_apart(sources) == [
        "Epoch AI, AI Benchmarking Hub",
        "Epoch AI, The training compute of models doubles…",
        "Epoch AI",
        "Meta 2025",
    ]
