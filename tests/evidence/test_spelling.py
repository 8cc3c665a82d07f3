"""Spaces that nobody sees and keys in two spellings: what is refused, what is not, in which words.

Signs that look like others, or like nothing, are written as escapes.
"""

import string

import pytest
from house import CHIPS
from hypothesis import given
from hypothesis import strategies as st

from computecycle.evidence import checks, data, spelling

CHIP = 'data/chips.csv, line 2, column "chip"'
HEADER = CHIPS.splitlines()[0]

SPACES = {  # the text, the end of the sentence, whether only a key is refused
    "after": ("A100 ", "ends with a space; remove it.", False),
    "before": (" A100", "begins with a space; remove it.", False),
    "no-break-after": ("A100\u00a0", "ends with NO-BREAK SPACE (U+00A0); remove it.", False),
    "thin-before": ("\u2009A100", "begins with THIN SPACE (U+2009); remove it.", False),
    "wide-after": ("A100\u3000", "ends with IDEOGRAPHIC SPACE (U+3000); remove it.", False),
    "line-separator": ("A100\u2028", "ends with LINE SEPARATOR (U+2028); remove it.", False),
    "zero-width-after": (
        "A100\u200b",
        "has a sign that is not seen, ZERO WIDTH SPACE (U+200B); remove it.",
        False,
    ),
    "mark-before": (
        "\ufeffA100",
        "has a sign that is not seen, ZERO WIDTH NO-BREAK SPACE (U+FEFF); remove it.",
        False,
    ),
    "soft-hyphen": (
        "A\u00ad100",
        "has a sign that is not seen, SOFT HYPHEN (U+00AD); remove it.",
        False,
    ),
    "joiner": (
        "A\u200d100",
        "has a sign that is not seen, ZERO WIDTH JOINER (U+200D); remove it.",
        False,
    ),
    "right-to-left": (
        "A\u202e100",
        "has a sign that is not seen, RIGHT-TO-LEFT OVERRIDE (U+202E); remove it.",
        False,
    ),
    "isolate": (
        "\u2067A100",
        "has a sign that is not seen, RIGHT-TO-LEFT ISOLATE (U+2067); remove it.",
        False,
    ),
    "filler": (
        "A100\u3164",
        "has a sign that is not seen, HANGUL FILLER (U+3164); remove it.",
        False,
    ),
    "doubled": ("A  100", "has two spaces in a row; write one.", True),
    "no-break-inside": (
        "A\u00a0100",
        "has NO-BREAK SPACE (U+00A0) inside; write a plain space.",
        True,
    ),
    "thin-inside": ("A\u2009100", "has THIN SPACE (U+2009) inside; write a plain space.", True),
}
ONE_WORD = {  # two spellings, and the name of what tells the first from the second
    "case": ("openai", "OpenAI", ""),
    "Cyrillic": ("\u041epenAI", "OpenAI", "CYRILLIC CAPITAL LETTER O (U+041E)"),
    "Greek": ("OpenA\u0399", "OpenAI", "GREEK CAPITAL LETTER IOTA (U+0399)"),
    "wide": ("\uff2fpenAI", "OpenAI", "FULLWIDTH LATIN CAPITAL LETTER O (U+FF2F)"),
    "space": ("Open AI", "OpenAI", ""),
    "hyphen": ("GPT 4", "GPT-4", ""),
    "no-hyphen": ("GPT4", "GPT-4", ""),
    "dash": ("GPT\u20134", "GPT-4", "EN DASH (U+2013)"),
    "no-break-hyphen": ("GPT\u20114", "GPT-4", "NON-BREAKING HYPHEN (U+2011)"),
    "spaces-at-a-hyphen": ("GPT - 4", "GPT-4", ""),
    "digits": ("Xeon 5 20", "Xeon 5-20", ""),
    "accent": ("Me\u0301ta", "M\u00e9ta", "COMBINING ACUTE ACCENT (U+0301)"),
    "apostrophe": (
        "Moore\u2019s law",
        "Moore's law",
        "RIGHT SINGLE QUOTATION MARK (U+2019)",
    ),
    "times": ("8\u00d7H100", "8xH100", "MULTIPLICATION SIGN (U+00D7)"),
    "sharp-s": ("STRASSE", "Stra\u00dfe", ""),
    "bracket": ("Orin(X)", "Orin (X)", ""),
    "picture": ("M3\ufe0e", "M3", "VARIATION SELECTOR-15 (U+FE0E)"),
    "Russian-case": ("\u0412\u0415\u0422\u0415\u0420", "\u0412\u0435\u0442\u0435\u0440", ""),
}
TWO_WORDS = [
    ("A100", "H100"),
    ("GPT-4", "GPT-4o"),
    ("C", "C++"),
    ("A", "A-"),
    ("-5", "5"),
    ("2 10", "210"),
    ("2-10", "21-0"),
    ("3.5", "35"),
    ("1/2", "12"),
    ("O1", "01"),
    ("5 \u03bcm", "5 mm"),
    ("5 \u00b5m", "5 mm"),
    ("\u82f1\u4f1f\u8fbe", "\u82f1\u7279\u5c14"),
]


def row(chip: str, known_from: str = "2020-05-14", locator: str = "page 1") -> str:
    return f"{chip},2020-05,1,USD,2,2020,true,maker,{locator},{known_from},printed"


def write(path, *rows: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")


def found(shelf, rows: list[str], own: list[str] = ()) -> list[str]:
    """What is said of a table of chips with these rows, and of rows laid over it."""
    write(shelf / "chips.csv", *rows)
    if own:
        write(shelf.parent / "own/chips.csv", *own)
    return checks.check(str(shelf.parent / "own") if own else "")


# Spaces


@pytest.mark.parametrize(("text", "end", "only_key"), SPACES.values(), ids=SPACES)
def test_a_space_that_nobody_sees(shelf, text, end, only_key):
    assert found(shelf, [row(text)]) == [f"{CHIP} {end}"]
    place = 'data/chips.csv, line 2, column "locator"'
    assert found(shelf, [row("A100", locator=text)]) == ([] if only_key else [f"{place} {end}"])


def test_a_space_in_a_listed_word_or_a_source_is_told_once(shelf):
    text = CHIPS.replace("USD,2,", "USD ,2,").replace("true,maker", "true,maker\u00a0")
    (shelf / "chips.csv").write_text(text, encoding="utf-8")
    assert checks.check() == [
        'data/chips.csv, line 2, column "unit" ends with a space; remove it.',
        'data/chips.csv, line 2, column "source" ends with NO-BREAK SPACE (U+00A0); remove it.',
    ]


def test_a_text_with_a_space_to_remove_is_no_second_spelling(shelf):
    own = [row("A100", "2021-01-01"), row("A100 ", "2021-01-02")]
    assert found(shelf, [row("A100 ")], own) == [
        f"{CHIP} ends with a space; remove it.",
        'overlay/chips.csv, line 3, column "chip" ends with a space; remove it.',
    ]


@given(st.text(), st.booleans())
def test_a_text_is_refused_for_its_spaces_or_has_none_at_its_edges(text, in_key):
    if not spelling.space_problem(text, in_key):
        assert text == text.strip()
        assert not set(text) & {"\u200b", "\u202e", "\ufeff"}
        assert not in_key or text == " ".join(text.split())


@given(st.text(string.ascii_letters + string.digits + string.punctuation + "é英μО"), st.booleans())
def test_ink_is_not_refused(text, in_key):
    assert spelling.space_problem(text, in_key) == ""


# One word, two spellings


def told(place: str, text: str, other_place: str, other: str, names: tuple = ("", "")) -> str:
    """The sentence on a second spelling."""
    first, second = (f" with {name}" if name else "" for name in names)
    return (
        f'{place}, column "chip" is "{text}"{first}; '
        f'{other_place} writes "{other}"{second}; write it the same way.'
    )


@pytest.mark.parametrize(("text", "usual", "name"), ONE_WORD.values(), ids=ONE_WORD)
def test_a_second_spelling_is_named(shelf, text, usual, name):
    names = (name, spelling.shown(usual, text).removeprefix(f'"{usual}"').removeprefix(" with "))
    sentence = told("data/chips.csv, line 4", text, "data/chips.csv, line 2", usual, names)
    rows = [row(usual), row("H100"), row(text, "2021-01-01")]
    assert found(shelf, rows) == [sentence]


@pytest.mark.parametrize(("text", "usual", "name"), ONE_WORD.values(), ids=ONE_WORD)
def test_a_table_laid_over_is_held_to_the_spelling_of_the_report(shelf, text, usual, name):
    names = (name, spelling.shown(usual, text).removeprefix(f'"{usual}"').removeprefix(" with "))
    sentence = told("overlay/chips.csv, line 3", text, "data/chips.csv, line 3", usual, names)
    own = [row("B200"), row(text, "2021-01-01"), row(usual, "2021-01-02")]
    assert found(shelf, [row("H100"), row(usual)], own) == [sentence]


@pytest.mark.parametrize(("one", "other"), TWO_WORDS)
def test_two_words_are_two_words(shelf, one, other):
    sound = [row(one, "2021-01-01"), row(other, "2021-01-01")]
    assert spelling.folded(one) != spelling.folded(other)
    if not one.startswith("-"):
        assert found(shelf, [row(one), row(other)], sound) == []


def test_the_sign_that_differs_is_named_on_the_side_where_it_stands(shelf):
    rows = [row("\u0410100"), row("A100", "2021-01-01")]
    first = "data/chips.csv, line 2"
    names = ("", "CYRILLIC CAPITAL LETTER A (U+0410)")
    sentence = told("data/chips.csv, line 3", "A100", first, "\u0410100", names)
    assert found(shelf, rows) == [sentence]


def test_the_spelling_that_stands_most_often_is_the_usual_one(shelf):
    rows = [row("a100"), row("A100", "2021-01-01"), row("A100", "2021-01-02")]
    sentence = told("data/chips.csv, line 2", "a100", "data/chips.csv, line 3", "A100")
    assert found(shelf, rows) == [sentence]


def test_the_report_is_followed_however_often_a_table_laid_over_spells_otherwise(shelf):
    own = [row("a100", "2021-01-01"), row("a100", "2021-01-02")]
    first = "data/chips.csv, line 2"
    assert found(shelf, [row("A100")], own) == [
        told("overlay/chips.csv, line 2", "a100", first, "A100"),
        told("overlay/chips.csv, line 3", "a100", first, "A100"),
    ]


def test_new_words_laid_over_are_compared_with_each_other(shelf):
    own = [row("b200"), row("B200", "2021-01-01"), row("B200", "2021-01-02")]
    sentence = told("overlay/chips.csv, line 2", "b200", "overlay/chips.csv, line 3", "B200")
    assert found(shelf, [row("A100")], own) == [sentence]


def test_texts_outside_the_key_may_be_spelt_in_two_ways(shelf):
    rows = [row("A100"), row("H100", locator="Page 1"), row("B200", locator="page-1")]
    assert spelling.key_texts(data.resource("chips"), [["locator"], ["x"]], "x")["chip"] == []
    assert found(shelf, rows) == []


def test_listed_words_are_what_the_list_says():
    fields = [
        {"name": "unit", "type": "string", "constraints": {"enum": ["kWh", "KWH"]}},
        {"name": "source", "type": "string"},
        {"name": "year", "type": "year"},
        {"name": "chip", "type": "string"},
    ]
    names = [field["name"] for field in fields]
    entry = {"key": names, "schema": {"fields": fields}}
    rows = [names, ["kWh", "maker", "2020", "A100"], ["KWH", "Maker", "2020", "H100"]]
    assert spelling.key_texts(entry, rows, "x") == {
        "chip": [("x, line 2", "A100"), ("x, line 3", "H100")]
    }


def test_a_damaged_table_of_the_report_can_be_laid_over(shelf):
    own = [row("a100", "2021-01-01")]
    place = "overlay/chips.csv, line 2"
    cells, sentence = found(shelf, [row("A100"), "H100"], own)
    assert cells.startswith("data/chips.csv, line 3 has 1 cells")
    assert sentence == told(place, "a100", "data/chips.csv, line 2", "A100")
    (shelf / "chips.csv").write_bytes(b"")
    assert checks.check(str(shelf.parent / "own")) == [
        "data/chips.csv is empty; it needs at least its header row."
    ]


ALIKE = {
    letter: [sign for sign, looks in spelling.LOOKS.items() if looks == letter]
    for letter in string.ascii_letters
}


@given(st.text(string.ascii_letters + string.digits, min_size=1), st.data())
def test_a_word_is_known_again_in_any_disguise(word, choice):
    """Each letter in another case or as a letter that looks like it, hyphens between letters."""
    disguised = [
        choice.draw(st.sampled_from([sign, sign.swapcase(), *ALIKE.get(sign, [])])) for sign in word
    ]
    between = ["-" if letter.isalpha() else "" for letter in word[:-1]] + [""]
    other = "".join(sign + hyphen for sign, hyphen in zip(disguised, between, strict=True))
    assert spelling.folded(other) == spelling.folded(word)


@given(st.lists(st.integers(0, 10**9).map(str), unique=True))
def test_different_numbers_are_never_one_word(numbers):
    cells = [(f"x, line {line}", f"A{number}") for line, number in enumerate(numbers, start=2)]
    assert list(spelling.other_spellings(cells, [])) == []


def test_each_text_is_compared_once_however_many_rows(monkeypatch):
    folded, asked = spelling.folded, []
    monkeypatch.setattr(spelling, "folded", lambda text: asked.append(text) or folded(text))
    cells = [(f"x, line {line}", f"A{line % 10}") for line in range(10_000)]
    assert list(spelling.other_spellings(cells, cells[:100])) == []
    assert len(asked) == 10


# The report's own


def test_a_second_company_does_not_slip_into_the_revenue_of_ai(tmp_path):
    """Each of these once added a company of its own to those that the report names."""
    header, first = (data.FOLDER / "ai_revenue.csv").read_text(encoding="utf-8").splitlines()[:2]
    names = ["OpenAI ", "OpenAI\u00a0", "openai", "\u041epenAI", "Open AI"]
    assert first.startswith("OpenAI,")
    rows = [first.replace("OpenAI", name, 1) for name in names]
    (tmp_path / "ai_revenue.csv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    place, other = 'overlay/ai_revenue.csv, line {}, column "company"', "data/ai_revenue.csv, line "
    cure = f'; {other}2 writes "OpenAI"; write it the same way.'
    assert checks.check(str(tmp_path)) == [
        f"{place} ends with a space; remove it.".format(2),
        f"{place} ends with NO-BREAK SPACE (U+00A0); remove it.".format(3),
        f'{place} is "openai"{cure}'.format(4),
        f'{place} is "\u041epenAI" with CYRILLIC CAPITAL LETTER O (U+041E){cure}'.format(5),
        f'{place} is "Open AI"{cure}'.format(6),
    ]
