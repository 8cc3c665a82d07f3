"""Every chapter of the report at dates of its past and at the ends of its parameters."""

import functools
import json
import re
from dataclasses import asdict

import pandas as pd
import pytest
import running
from house import REPOSITORY

from computecycle.charts import theme
from computecycle.notebook import notebooks, parameters
from computecycle.notebook.claims import Claim, held
from computecycle.notebook.parameters import Parameter
from computecycle.notebook.said import DRAWN_LATER
from computecycle.quantities.capex_gap import model as capex_gap
from computecycle.runs import sweeps

DATES = ["2023-09-30", "2024-06-30", "2024-12-31", "2025-03-31", "2025-12-31", ""]


def run(name: str, given: dict) -> dict:
    """Execute a chapter's cells in this process; return texts by id, figures shown, a failure.

    Figures are drawn at the dates and where all parameters are at one end; elsewhere their charts
    are made but not drawn, and those of the edition are drawn once, for its own date.
    """
    said, failure = running.run(name, given)
    try:
        for one in said if "as_of" in given or len(given) > 2 else []:
            told(one)
    except Exception as problem:
        failure = failure or f"{one.id}: {type(problem).__name__}: {problem}"
    return {
        "texts": {one.id: one.text for one in said if hasattr(one, "text")},
        "values": {
            one.id: (one.number, frozenset(at for row in one.rows for at in row["rows"]))
            for one in said
            if hasattr(one, "number")
        },
        "claims": {one.id: one for one in said if isinstance(one, Claim)},
        "untrue": {one.id for one in said if getattr(one, "holds", None) is False},
        "own": {one.id for one in said if getattr(one, "own", ())},
        "shown": sum(not hasattr(one, "text") for one in said),
        "failure": failure,
    }


def told(one) -> None:
    """Make what is displayed, and draw what is a figure; AssertionError where a mark has no place.

    How charts fit a page and a phone is tested for each of them in tests/charts.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(DRAWN_LATER, "1")  # the picture below is of the same specification
        one._repr_mimebundle_()
    if hasattr(one, "spec") and not one.empty:
        assert not re.search("NaN|Infinity", drawn(json.dumps(one.spec)))


@functools.cache
def drawn(spec: str) -> str:
    """A specification as SVG; figures that a case leaves as they were are drawn once."""
    return theme.svg(json.loads(spec))


def ends(parameter: Parameter) -> list[object]:
    """The two ends of what a parameter may be; none where nothing is declared."""
    if parameter.type == "bool":
        return [False, True]
    if parameter.choices:
        return [parameter.choices[0], parameter.choices[-1]]
    number = int if parameter.type == "int" else float
    return [number(parameter.low), number(parameter.high)] if parameter.low is not None else []


def edges(name: str) -> list[dict]:
    """Each parameter at its low and at its high end, two moved at a time, and all of them."""
    bounded = [each for each in parameters.of(REPOSITORY, name) if ends(each)]
    whole = [{each.name: ends(each)[end] for each in bounded} for end in (0, 1)]
    if len(bounded) == 1:
        return whole
    apart = [
        {one.name: ends(one)[0], other.name: ends(other)[1]}
        for one, other in zip(bounded, [*bounded[1:], bounded[0]], strict=True)
    ]
    return apart + whole


NAMES = notebooks.names(REPOSITORY)
CASES = [(name, {"as_of": when}) for name in NAMES for when in DATES]
CASES += [(name, given) for name in NAMES for given in edges(name)]


def label(case: tuple[str, dict]) -> str:
    name, given = case
    return name + ":" + ",".join(f"{key}={value}" for key, value in given.items())


@functools.cache
def run_of(name: str, *given: tuple[str, object]) -> dict:
    """What `run` returns; kept, for the newest run of a chapter is compared with all its others."""
    return run(name, dict(given))


@pytest.mark.parametrize("case", CASES, ids=label)
def test_a_chapter_runs_at_each_date_and_each_edge(case):
    name, given = case
    found, newest = run_of(name, *given.items()), run_of(name, ("as_of", ""))
    # two ends that contradict each other, such as a last year before the first, are told so
    if "as_of" in given or "InputError: " not in found["failure"]:
        assert found["failure"] == ""
        assert found["shown"] == newest["shown"]
        assert set(found["texts"]) == set(newest["texts"])
    assert not [id for id, words in found["texts"].items() if "nan" in str(words).split()]
    if "as_of" not in given:
        moved = {id for id, words in found["texts"].items() if words != newest["texts"][id]}
        assert moved <= found["own"], "a number that a parameter reaches says so"


MONTHS = ["2024-01-31", "2024-08-31", "2024-10-31", "2025-07-31", "2025-05-31", "2025-10-31"]
MONTHS += ["2024-03-31", "2025-01-31", "2026-01-31", "2026-03-31", "2026-06-30", "2026-08-31"]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_told_as_of_a_date_is_what_the_same_rows_tell_today(name):
    """A part told as a whole would rest on the rows of the whole and differ from it.

    The dates have been run above; of the ends of months each chapter has two of its own.
    """
    newest, first = run_of(name, ("as_of", ""))["values"], NAMES.index(name) % 6
    for when in [*DATES[:-1], MONTHS[first], MONTHS[first + 6]]:
        found = run_of(name, ("as_of", when))
        assert found["failure"] == "", when
        assert not found["untrue"], when
        for id, (number, rows) in found["values"].items():
            same = number is not None and rows and rows == newest[id][1]
            assert not same or number == newest[id][0], (when, id)


def test_what_came_in_the_spring_of_2026_is_not_told_before():
    """A rerun of a test, a model beyond sixteen hours, the last of those who gave years anew."""
    found = run_of("llm_scaling", ("as_of", "2026-02-28"))
    assert not found["untrue"]
    came = ("thinking-ahead", "agents-came", "dates-apart")
    assert [found["claims"][id].holds for id in came] == [None] * 3
    newest = run_of("llm_scaling", ("as_of", ""))["claims"]
    assert [newest[id].holds for id in came] == [True] * 3


def test_the_model_says_as_of_a_date_what_the_chapter_says():
    for when in DATES:
        found = run_of("capex_gap", ("as_of", when))
        model = sweeps.model_of("capex_gap", {"as_of": when}).values(pd.DataFrame([{}]))
        told = {
            id: float("nan") if number is None else number
            for id, (number, _) in found["values"].items()
        }
        same = pytest.approx({id: told[id] for id in model}, nan_ok=True)
        assert model.iloc[0].to_dict() == same, when
        for id in capex_gap.CLAIMS:
            claim = found["claims"][id]
            assert held(asdict(claim), model, told).tolist() == [claim.tested], (when, id)


@pytest.mark.parametrize(
    ("when", "required"), [("2023-09-30", "$200 billion"), ("2024-06-30", "$600 billion")]
)
def test_the_gap_asks_what_was_asked_at_the_time(when, required):
    assert run_of("capex_gap", ("as_of", when))["texts"]["required-now"] == required


def test_a_chapter_says_when_nothing_was_known_yet():
    assert run("capex_gap", {"as_of": "1990-01-01"})["failure"].startswith(
        "question: NoRow: As of this date nothing is known of gpu_run_rate"
    )


def test_growth_that_was_not_known_yet_is_told_in_a_sentence_or_done_without():
    failure = run("capex_gap", {"as_of": "2023-09-30", "steady_state": False})["failure"]
    assert "Error: " not in failure.replace("InputError: ", "")
