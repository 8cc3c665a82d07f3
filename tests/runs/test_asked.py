"""What is asked of a rerun: every contradiction and every unknown word is one sentence."""

import json
from pathlib import Path

import pytest
from house import MOVED, REPOSITORY, House, code, furnish, text, trial_cells, write_table

from computecycle.evidence import data
from computecycle.evidence.errors import InputError
from computecycle.runs import asked


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> House:
    """A house with two chapters that share a parameter; nothing is run in it."""
    house = furnish(tmp_path_factory.mktemp("asked") / "house")
    house.write_chapter([*trial_cells()[:2], code("more", "1")], "other")
    own = code("own", "own: int = 1  # its own [things] {0..9}", tags=("parameters",))
    house.write_chapter([text("title", "# Third"), own], "third")
    return house


@pytest.fixture
def ask(house, monkeypatch, tmp_path):
    """Ask for a study; the text of a parameter file is written first."""
    monkeypatch.setattr(data, "FOLDER", house.root / "data")

    def study(*named: str, sets=(), file="", **more):
        if file:
            (tmp_path / "params.yml").write_bytes(
                file if isinstance(file, bytes) else file.encode()
            )
            more["file"] = str(tmp_path / "params.yml")
        return asked.study(house.root, named, tuple(sets), **more)

    return study


def test_a_name_goes_to_each_chapter_that_was_named_and_has_it(ask):
    study = ask("trial", "other", "third", sets=["factor=2", "third.own=3"])
    assert study.parameters == {
        "other": {"factor": 2.0},
        "third": {"own": 3},
        "trial": {"factor": 2.0},
    }
    assert ask("all", sets=["factor=2"]).parameters.keys() == {"other", "trial"}
    assert ask(sets=["trial.factor=2"]).named == ["trial"]


def test_a_file_sets_what_the_command_line_would(ask):
    study = ask("trial", file="factor: 2\nmode: slow\nstrict: false\ntrial:\n  count: 4\n")
    given = {"count": 4, "factor": 2.0, "mode": "slow", "strict": False}
    assert study.parameters == {"trial": given}
    assert ask("trial", file="as_of: 2020-06-01\n").as_of == "2020-06-01"


def test_a_study_reaches_the_chapters_that_its_inputs_reach(ask, house, tmp_path):
    write_table(tmp_path / "mine/prices.csv", [MOVED])
    given = ask("other", sets=["factor=2"], folder=str(tmp_path / "mine")).reached(house.root)
    assert given == {"other": {"factor": 2.0}, "third": {}, "trial": {"data_dir": "overlay"}}
    given = ask("other", as_of="2020-06-01").reached(house.root)
    assert all(each == {"as_of": "2020-06-01"} for each in given.values())


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "Name a chapter, or all. There are other, third, trial."),
        ({"named": ["all", "trial"]}, "all names every chapter; leave it out, or leave trial out."),
        ({"named": ["trail"]}, 'There is no chapter "trail" in notebooks/. Did you mean "trial"?'),
        ({"sets": ["factor=1"]}, "factor is a parameter of other, trial; name the chapter too."),
        ({"named": ["trial"], "sets": ["factor"]}, '"factor" sets nothing; write factor=value.'),
        ({"named": ["trial"], "sets": ["=2"]}, '"=2" sets nothing; write name=value.'),
        (
            {"named": ["trial"], "sets": ["facto=2"]},
            'Chapter trial has no parameter "facto". Did you mean "factor"?',
        ),
        (
            {"named": ["trial", "other"], "sets": ["facto=2"]},
            'No chapter has the parameter "facto". Did you mean "factor"?',
        ),
        (
            {"named": ["trial"], "sets": ["factor=1", "factor=2"]},
            'factor is set twice: "1" by -p and "2" by -p; keep one.',
        ),
        (
            {"named": ["trial"], "sets": ["factor=1", "trial.factor=2"]},
            "factor of trial is set twice; keep one.",
        ),
        (
            {"named": ["trial"], "sets": ["as_of=2020-01-01"], "as_of": "2021-01-01"},
            'as_of is set twice: "2020-01-01" by -p and "2021-01-01" by --as-of; keep one.',
        ),
        (
            {"named": ["trial"], "sets": ["factor=1"], "file": "factor: 2"},
            'factor is set twice: "1" by -p and "2" by params.yml; keep one.',
        ),
        (
            {"named": ["trial"], "sets": ["trial.as_of=2020-01-01"]},
            "as_of holds for all chapters; set it without trial.",
        ),
        (
            {"named": ["trial"], "as_of": "yesterday"},
            'Parameter as_of is "yesterday"; write a date as YYYY-MM-DD.',
        ),
        (
            {"named": ["trial"], "as_of": "2099-01-01"},
            "Parameter as_of is 2099-01-01, and no table knows anything after 2023-09-20; choose",
        ),
        (
            {"named": ["trial"], "folder": "/no/such"},
            '"/no/such" is not a folder and not a file; name one with tables in it.',
        ),
        ({"named": ["trial"], "file": "factor: 5"}, 'Parameter factor is "5"; it takes a number'),
        ({"named": ["trial"], "file": "facto: 2"}, 'has no parameter "facto". Did you mean'),
        ({"named": ["trial"], "file": "- factor"}, "params.yml holds no `name: value`; write one"),
        ({"named": ["trial"], "file": "just words"}, "params.yml holds no `name: value`; write"),
        ({"named": ["trial"], "file": b"\xff\xfe"}, "params.yml is not UTF-8; save it as UTF-8."),
        ({"named": ["trial"], "file": "a: [1\n"}, "params.yml, line 2 cannot be read; write"),
        ({"named": ["trial"], "file": "a: 1\n---\nb: 2\n"}, "cannot be read; write `name: value`"),
        (
            {"named": ["trial"], "file": "factor: !!python/object/apply:os.system [ls]"},
            "params.yml, line 1 has a tag, an anchor or an alias; write the value itself.",
        ),
        (
            {"named": ["trial"], "file": "factor: &a 2\ncount: *a"},
            "params.yml, line 1 has a tag, an anchor or an alias; write the value itself.",
        ),
        ({"named": ["trial"], "file": "factor: [1, 2]"}, "line 1: factor is a list or a group;"),
        ({"named": ["trial"], "file": "a: " + "[" * 5000}, "params.yml, line 1 nests too deep;"),
        ({"named": ["trial"], "file": "factor: 1\n" * 9000}, "bytes and may have 64,000; write"),
        ({"named": ["trial"], "file": "factor: 1\nfactor: 2\n"}, "factor is set twice:"),
    ],
    ids=lambda given: json.dumps(given, default=repr)[:50] if isinstance(given, dict) else "",
)
def test_what_cannot_be_asked_is_one_sentence(ask, given, told):
    with pytest.raises(InputError) as problem:
        ask(*given.pop("named", ()), **given)
    assert told in str(problem.value)
    assert "\n" not in str(problem.value)


def test_a_chapter_that_can_say_nothing_on_a_date_stays_or_is_refused_where_it_was_named():
    (untold,) = asked.untold(REPOSITORY, asked.Study(["cloud"], as_of="1990-01-01")).items()
    assert untold[0] == "capex_gap" and untold[1].startswith("As of this date nothing is known of")
    own = {"gpu_run_rate": 1.0, "datacenter_cost_multiple": 2.0, "end_user_margin": 0.5}
    given = {"capex_gap": own | {"ai_revenue": 1.0}}
    assert not asked.untold(REPOSITORY, asked.Study(["capex_gap"], given, "2022-01-01"))
    with pytest.raises(InputError, match="^Chapter capex_gap: As of this date nothing is known of"):
        asked.untold(REPOSITORY, asked.Study(["capex_gap"], as_of="1990-01-01"))


def test_a_missing_file_of_parameters_is_told(house):
    with pytest.raises(InputError, match="nowhere.yml is no file; name one that holds"):
        asked.study(house.root, ("trial",), (), file=str(Path("nowhere.yml")))
