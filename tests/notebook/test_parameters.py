"""Parameters: what a chapter declares, and what becomes of the words that are given for it."""

import nbformat
import pytest
from house import REPOSITORY, House, code, furnish, text, trial_cells

from computecycle.evidence.errors import InputError
from computecycle.evidence.given import Given, or_own
from computecycle.notebook import notebooks, parameters


def message(function, *given, **named) -> str:
    with pytest.raises(InputError) as problem:
        function(*given, **named)
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


# What a running chapter checks itself, whoever runs it


DECLARED = trial_cells()[1].source
DEFAULTS = {"as_of": "", "data_dir": "", "factor": 1.0, "count": 3, "mode": "fast", "strict": True}


def running(*cells: str, **values: object) -> dict:
    """The globals of a notebook in which some cells have run."""
    return {"In": ["", DECLARED, *cells], **DEFAULTS, **values}


def test_a_chapter_whose_parameters_are_as_declared_goes_on():
    parameters.check("trial", running())
    parameters.check("trial", running("# Parameters\nfactor = 2\n", factor=2))


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"factor": 999999}, 'Parameter factor is "999999"; it takes a number from 0.25 to 4 (x).'),
        (
            {"factor": float("nan")},
            'Parameter factor is "nan"; it takes a number from 0.25 to 4 (x).',
        ),
        ({"factor": True}, 'Parameter factor is "True"; it takes a number from 0.25 to 4 (x).'),
        ({"factor": None}, 'Parameter factor is "None"; it takes a number from 0.25 to 4 (x).'),
        (
            {"count": 3.0},
            'Parameter count is "3.0"; it takes a whole number from 1 to 10 (things).',
        ),
        ({"strict": "no"}, 'Parameter strict is "no"; it takes true or false.'),
        ({"strict": 1}, 'Parameter strict is "1"; it takes true or false.'),
        ({"mode": "Fast"}, 'Parameter mode is "Fast"; it takes one of fast, slow.'),
        ({"as_of": "June 2024"}, 'Parameter as_of is "June 2024"; write a date as YYYY-MM-DD.'),
        ({"as_of": 20240630}, 'Parameter as_of is "20240630"; it takes a text.'),
        (
            {"data_dir": "nowhere"},
            'data_dir is "nowhere", which is not a folder; name one with tables in it.',
        ),
    ],
)
def test_a_running_chapter_refuses_what_it_does_not_take(values, told):
    assert message(parameters.check, "trial", running(**values)) == told


def test_two_ends_that_a_reader_sets_must_not_fall():
    own = or_own("low", 30.0, Given(20.0))
    told = message(parameters.rising, low=own, high=Given(28.2))
    assert told == (
        "Parameters: low 30 is above high 28.2 by the data; "
        "set low to 28.2 or less, or high to 30 or more."
    )
    told = message(parameters.rising, first_year=2018, split_year=2015)
    assert told.endswith("set first_year to 2015 or less, or split_year to 2018 or more.")
    parameters.rising(low=own, high=Given(30.0))
    parameters.rising(low=own, high=Given())
    parameters.rising(low=Given(30.0), high=Given(28.2))


def test_a_name_that_papermill_put_in_and_nobody_declared_is_refused():
    told = message(parameters.check, "trial", running("# Parameters\nfactr = 2\n", factr=2))
    assert told == 'Chapter trial has no parameter "factr". Did you mean "factor"?'


def test_the_declarations_that_ran_last_count():
    edited = DECLARED.replace("{0.25..4}", "{0.25..40}")
    parameters.check("trial", running(edited, factor=39.0))


def test_a_chapter_whose_parameters_cell_was_left_out_says_so():
    told = message(parameters.check, "trial", {"In": ["", "import os"]})
    assert told == "Chapter trial: its parameters cell has not run; run that first."


def test_a_readers_tables_are_checked_by_the_running_chapter_too(tmp_path):
    (tmp_path / "ai_revenue.csv").write_text("company\nOpenAI \n")
    told = message(parameters.check, "capex_gap", running(data_dir=str(tmp_path)))
    assert told.startswith(f'{tmp_path}/ai_revenue.csv, line 1: columns "')


def test_a_notebook_that_was_prepared_with_other_numbers_is_no_source(trial):
    cells = trial_cells()
    cells.insert(2, code("injected", "# Parameters", "factor = 3", tags=("injected-parameters",)))
    trial.write_chapter(cells)
    for reading in (parameters.of, notebooks.tables):
        assert message(reading, trial.root, "trial") == (
            'notebooks/trial.ipynb holds a cell tagged "injected-parameters" (`factor = 3`), so it '
            "would be published with somebody's own numbers; remove that cell."
        )


def test_a_notebook_that_an_editor_saved_with_outputs_is_a_source(trial):
    path = trial.write_chapter(trial_cells())
    book = notebooks.read(path)
    book.metadata["widgets"] = {"state": {}}
    book.cells[1].outputs = [nbformat.v4.new_output("stream", name="stdout", text="1")]
    book.cells[1].execution_count = 7
    path.write_text(nbformat.writes(book), encoding="utf-8")
    assert [each.name for each in parameters.of(trial.root, "trial")] == list(DEFAULTS)
