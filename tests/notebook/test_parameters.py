"""Parameters: what a chapter declares, and what becomes of the words that are given for it."""

import pytest
from house import REPOSITORY, House, furnish, text, trial_cells

from computecycle.evidence.errors import InputError
from computecycle.notebook import notebooks, parameters


def message(function, *given) -> str:
    with pytest.raises(InputError) as problem:
        function(*given)
    return str(problem.value)


# What a parameters cell declares


def test_a_line_declares_name_type_default_meaning_unit_and_bounds():
    line = "rate: float = 2.5  # yearly purchases [USD billion per year] {1..5e3}"
    found = parameters.declared(line)
    assert (found.name, found.type, found.default) == ("rate", "float", 2.5)
    assert (found.meaning, found.unit) == ("yearly purchases", "USD billion per year")
    assert (found.low, found.high, found.choices) == (1.0, 5000.0, None)
    assert found.allowed() == "a number from 1 to 5000"


def test_a_line_declares_choices():
    found = parameters.declared('mode: str = "fast"  # how it goes {fast|slow}')
    assert found.choices == ["fast", "slow"]
    assert found.low is None
    assert found.allowed() == "one of fast, slow"


@pytest.mark.parametrize(
    ("line", "default", "allowed"),
    [
        ("n: int = 3  # how many {-1..10}", 3, "a whole number from -1 to 10"),
        ("on: bool = True  # whether", True, "true or false"),
        ('as_of: str = ""  # until when', "", "a text"),
        ("free: float = None  # anything [x]", None, "a number"),
        ("opt: float | None = None  # anything", None, "a number"),
    ],
)
def test_every_type_declares_its_default(line, default, allowed):
    found = parameters.declared(line)
    assert found.default == default
    assert found.allowed() == allowed


@pytest.mark.parametrize(
    "line",
    [
        "rate = 2.5  # no type",
        "rate: float = 2.5",
        "rate: float = someone()  # no literal",
        "rate: float = 2.5  # a bound that is no number {low..5}",
        "rates: list = [1, 2]  # a type that the command line cannot give",
        "print(1)",
    ],
)
def test_a_line_that_declares_nothing_is_shown_with_the_form_to_use(trial, line):
    cells = trial_cells()
    cells[1].source += f"\n\n{line}"
    trial.write_chapter(cells)
    told = message(parameters.of, trial.root, "trial")
    assert told == (
        f"notebooks/trial.ipynb, parameters cell: write `{line}` as "
        "`name: type = value  # meaning [unit] {min..max}`."
    )


def test_a_chapter_without_a_parameters_cell_is_told_so(trial):
    trial.write_chapter([text("finding", "# Nothing")])
    assert 'one cell tagged "parameters"' in message(parameters.of, trial.root, "trial")


@pytest.mark.parametrize("words", ["{", "[]", "{}", '{"nbformat": 4, "nbformat_minor": 5}'])
def test_a_file_that_is_no_notebook_is_told_so(trial, words):
    (trial.root / "notebooks/broken.ipynb").write_text(words)
    told = message(parameters.of, trial.root, "broken")
    assert told.startswith("notebooks/broken.ipynb ")


@pytest.mark.parametrize("name", notebooks.names(REPOSITORY))
def test_a_chapter_declares_a_meaning_for_each_parameter_and_a_default_in_range(name):
    declared = parameters.of(REPOSITORY, name)
    assert {"as_of", "data_dir"} <= {each.name for each in declared}
    for each in declared:
        assert each.meaning, each.name
        if each.default is not None and each.low is not None:
            assert each.low <= each.default <= each.high, each.name
        assert not each.choices or each.default in each.choices, each.name


# What is given for them; nothing here starts a kernel


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> House:
    """A trial house whose notebook is only read."""
    return furnish(tmp_path_factory.mktemp("small") / "house")


def given(small: House, **words: str) -> dict:
    return parameters.checked(small.root, "trial", words)


def test_words_become_values_of_the_declared_type(small):
    words = {"factor": "2", "count": "4", "mode": "slow", "strict": "False", "as_of": "2020-06-01"}
    assert given(small, **words) == {
        "factor": 2.0,
        "count": 4,
        "mode": "slow",
        "strict": False,
        "as_of": "2020-06-01",
    }
    assert type(given(small, count="4")["count"]) is int
    assert given(small, strict="TRUE")["strict"] is True


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"facto": "2"}, 'Chapter trial has no parameter "facto". Did you mean "factor"?'),
        (
            {"zzzzz": "2"},
            'Chapter trial has no parameter "zzzzz".'
            " It has as_of, data_dir, factor, count, mode, strict.",
        ),
        ({"factor": "many"}, 'Parameter factor is "many"; it takes a number from 0.25 to 4 (x).'),
        ({"factor": "4.01"}, 'Parameter factor is "4.01"; it takes a number from 0.25 to 4 (x).'),
        ({"factor": "nan"}, 'Parameter factor is "nan"; it takes a number from 0.25 to 4 (x).'),
        ({"factor": ""}, 'Parameter factor is ""; it takes a number from 0.25 to 4 (x).'),
        (
            {"count": "2.5"},
            'Parameter count is "2.5"; it takes a whole number from 1 to 10 (things).',
        ),
        ({"count": "0"}, 'Parameter count is "0"; it takes a whole number from 1 to 10 (things).'),
        ({"mode": "faster"}, 'Parameter mode is "faster"; it takes one of fast, slow.'),
        ({"strict": "yes"}, 'Parameter strict is "yes"; it takes true or false.'),
        ({"as_of": "June 2024"}, 'Parameter as_of is "June 2024"; write a date as YYYY-MM-DD.'),
        ({"as_of": "2024-02-30"}, 'Parameter as_of is "2024-02-30"; write a date as YYYY-MM-DD.'),
    ],
)
def test_a_wrong_word_is_told_with_its_place_and_cure(small, words, told):
    assert message(lambda: given(small, **words)) == told


@pytest.mark.parametrize("endless", ["nan", "inf", "-inf", "1e999"])
def test_a_number_without_bounds_must_still_be_one(endless):
    free = parameters.declared("free: float = None  # anything")
    assert "it takes a number" in message(parameters.typed, free, endless)


def test_a_parameter_that_may_be_empty_takes_an_empty_word():
    free = parameters.declared("free: float = None  # anything {1..2}")
    assert parameters.typed(free, "") is None


def test_an_unknown_chapter_is_told_with_the_nearest_name(small):
    told = message(notebooks.path, small.root, "trail")
    assert told == 'There is no chapter "trail" in notebooks/. Did you mean "trial"?'
    assert message(notebooks.path, small.root, "../notebooks/trial").startswith("There is no")
