"""Chapters: how they run, what a run leaves, when they run again."""

import json
import os
import shutil
import sys
from concurrent.futures import Executor, Future
from copy import deepcopy

import nbformat
import pytest
from house import (
    PRICES,
    REPOSITORY,
    House,
    code,
    contents,
    furnish,
    text,
    trial_cells,
    write_table,
)

from computecycle.charts import theme
from computecycle.evidence import data
from computecycle.evidence.errors import InputError
from computecycle.notebook.said import MEDIA
from computecycle.runs import chapters, executed, execution
from computecycle.site import build

sys.path.append(str(REPOSITORY / "benchmarks"))

from reproduce import OLD  # noqa: E402


def message(function, *given) -> str:
    with pytest.raises(InputError) as problem:
        function(*given)
    return str(problem.value)


class Here(Executor):
    """Does at once what it is given."""

    def submit(self, function, *given) -> Future:
        done = Future()
        try:
            done.set_result(function(*given))
        except Exception as problem:
            done.set_exception(problem)
        return done


def run(root, name: str, given: dict) -> dict:
    """What a chapter yields that runs in this process."""
    return chapters.run(root, name, given, Here(), Here())


# What a run says and what the book shows of it


def display(kind: str, record: dict):
    return nbformat.v4.new_output("display_data", data={f"{MEDIA}{kind}": json.dumps(record)})


def ran(*cells):
    return nbformat.v4.new_notebook(cells=list(cells))


def test_ids_that_occur_twice_are_refused():
    cell = code("twice", "1")
    cell.outputs = [display("value", {"id": "a"}), display("value", {"id": "a"})]
    told = message(executed.collected, ran(cell), "trial")
    assert told == "Chapter trial has values with the same id: a."


def test_what_is_said_is_collected_once_and_in_order():
    cell = code("say", "1")
    result = nbformat.v4.new_output(
        "execute_result", data={f"{MEDIA}value": json.dumps({"id": "a"})}, execution_count=1
    )
    cell.outputs = [display("value", {"id": "b"}), display("value", {"id": "a"}), result]
    found = executed.collected(ran(cell), "trial")
    assert [record["id"] for record in found["values"]] == ["b", "a"]
    assert found["claims"] == found["figures"] == []


def test_the_book_shows_no_trace_of_the_run():
    injected = code("injected", 'data_dir = "/home/me"', tags=("injected-parameters",))
    shown = code("figure", "draw()", tags=("hide-input",))
    shown.metadata |= {"papermill": {"start_time": "2026-01-01"}, "execution": {}}
    shown.outputs, shown.execution_count = [display("figure", {"id": "fig"})], 7
    hidden = code("setup", "import os", tags=("remove-cell",))
    book = ran(text("finding", "# A"), injected, hidden, shown)
    book.metadata |= {"papermill": {"input_path": "/home/me"}, "widgets": {}}
    assert executed.page(book, "trial") == "# A\n\n```{chart} fig\n```\n"


def test_a_cell_that_prints_is_refused():
    cell = code("chatty", "print(1)")
    cell.outputs = [nbformat.v4.new_output("stream", name="stdout", text="1\n")]
    told = message(executed.page, ran(cell), "trial")
    assert told.startswith('Chapter trial, cell "chatty" printed: 1')


# Runs of the trial chapter


@pytest.fixture
def inside(monkeypatch):
    """Make this process, and kernels that it starts, work in a house."""

    def enter(house: House) -> House:
        monkeypatch.setattr(data, "FOLDER", house.root / "data")
        monkeypatch.setattr(chapters, "CODE", house.root / "src/computecycle")
        monkeypatch.setenv("PYTHONPATH", str(house.root / "src"))
        return house

    return enter


@pytest.fixture
def copy(old_site, inside) -> House:
    """A copy of the trial house whose chapter ran, for one test to disturb."""
    return inside(old_site)


RUN_ALL = """
import sys
from pathlib import Path
from computecycle.evidence.errors import InputError
from computecycle.site import build

try:
    build.run_chapters(Path.cwd(), {given}, print)
except InputError as problem:
    sys.exit(str(problem))
"""


def made(house: House) -> dict[str, bytes]:
    """What a run leaves: the notebook for the book, results and figures."""
    return {
        f"{folder}/{name}": content
        for folder in ("book/chapters", "_build/results", "_build/figures")
        for name, content in contents(house.root / folder).items()
    }


def test_results_hold_what_was_said_and_what_it_depends_on(built_trial):
    found = built_trial.results()
    assert (found["chapter"], found["title"], found["published"]) == ("trial", "A trial", True)
    assert [value["text"] for value in found["values"]] == ["$20.0", "$10.0"]
    assert found["values"][0]["rows"][0]["rows"] == ["data/prices.csv:3"]
    claim = found["claims"][0]
    assert claim["text"] == "The price rose from $10.0 to $20.0."
    assert claim["holds"] is True
    assert [figure["id"] for figure in found["figures"]] == ["trial-prices"]
    assert "spec" not in found["figures"][0]
    assert {each["name"]: each["value"] for each in found["parameters"]} == {
        "as_of": "",
        "data_dir": "",
        "factor": 1.0,
        "count": 3,
        "mode": "fast",
        "strict": True,
    }
    depends = found["inputs"]
    hashed = {"notebook", "code", "environment"}
    assert hashed | {"tables", "parameters"} == set(depends)
    assert all(len(depends[name]) == 64 for name in hashed)
    assert list(depends["tables"]) == ["prices", "words"], "what its conditions read, too"


def test_a_figure_leaves_its_pictures_and_its_specification(built_trial):
    folder = built_trial.root / "_build/figures/trial-prices"
    names = {f"trial-prices{kind}" for kind in (".svg", "-narrow.svg", ".vl.json")}
    assert {path.name for path in folder.iterdir()} == names | {chapters.DRAWN}
    spec = json.loads((folder / "trial-prices.vl.json").read_text())
    assert spec["mark"]["type"] == "bar"
    (rows,) = spec["datasets"].values()
    assert sorted(row["item"] for row in rows) == ["apple", "pear & <b>plum</b>"]


def test_no_made_file_tells_a_path_of_the_machine(built_trial):
    secrets = [str(built_trial.root), str(REPOSITORY), os.path.expanduser("~"), sys.prefix]
    for name, content in made(built_trial).items():
        for secret in secrets:
            assert secret.encode() not in content, f"{name} tells {secret}"


DATED = code(
    "dated",
    "import pandas as pd",
    'days = pd.DataFrame({"day": pd.to_datetime(["2020-01-01", "2022-12-31"]), "value": [1, 2]})',
    'chart = alt.Chart(days).mark_line(point=True).encode(x="day:T", y="value:Q")',
    'figures.show(chart, "trial-days", "Days", [], "Prices by day.", [prices], otherwise="Days")',
    tags=("remove-input",),
)


ADDED_UP = code(  # the last digits of both are those of the processor
    "added-up",
    "import numpy as np",
    "x = np.sqrt(np.arange(1.0, 2000.0))",
    "fit = np.polyfit(x, np.log(x) * np.sin(x), 3)",
    'claims.value("trial-slope", "slope of the curve", float(fit[0]), "x", "{:.3g}")',
    'curve = pd.DataFrame({"x": x[:40], "y": np.polyval(fit, x[:40])})',
    'chart = alt.Chart(curve).mark_line().encode(x="x:Q", y="y:Q")',
    'figures.show(chart, "trial-curve", "Curve", [], "A curve.", [prices], otherwise="Curve")',
    tags=("remove-input",),
)


def test_runs_in_other_zones_and_locales_on_other_processors_leave_the_same_bytes(
    tmp_path, monkeypatch
):
    ran = []
    for zone, locale, kind in (("America/New_York", "C", {}), ("Asia/Shanghai", "C.UTF-8", OLD)):
        for name, word in {"TZ": zone, "LC_ALL": locale, **kind}.items():
            monkeypatch.setenv(name, word)
        house = furnish(tmp_path / locale)
        house.write_chapter([*trial_cells(), DATED, ADDED_UP])
        outcome = house.anew(code=RUN_ALL.format(given={"trial": {}}))
        assert outcome.returncode == 0, outcome.stderr
        ran.append(made(house))
    assert ran[0] == ran[1]
    said = json.loads(ran[0]["_build/results/trial.json"])["values"]
    assert "trial-slope" in {each["id"] for each in said}
    spec = json.loads(ran[0]["_build/figures/trial-days/trial-days.vl.json"])
    (rows,) = spec["datasets"].values()
    assert rows[-1] == {"day": "2022-12-31", "value": 2}


def asked_to_run(house: House, monkeypatch) -> list[str]:
    """The chapters that a build would run now."""
    asked = []
    monkeypatch.setattr(chapters, "run_all", lambda _, given: asked.extend(given) or [])
    build.run_chapters(house.root, {"trial": {}}, print)
    return asked


def test_nothing_runs_again_when_nothing_changed(copy, monkeypatch):
    assert asked_to_run(copy, monkeypatch) == []


@pytest.mark.parametrize(
    "path",
    [
        "data/unused.csv",
        "data/sources.bib",  # which the pages read
        "src/computecycle/quantities/growth.py",
        "src/computecycle/charts/capex_gap.py",
        "src/computecycle/site/words.py",
        "src/computecycle/ledger/rule.py",
        "src/computecycle/quantities/capex_gap/scenarios.py",  # of the package's own functions
        "src/computecycle/runs/sweeps.py",
    ],
)
def test_what_a_chapter_does_not_reach_may_change(copy, monkeypatch, path):
    with (copy.root / path).open("a") as file:
        file.write("\n")
    assert asked_to_run(copy, monkeypatch) == []


@pytest.mark.parametrize(
    "path",
    [
        "data/prices.csv",
        "data/words.csv",
        "notebooks/trial.ipynb",
        "src/computecycle/notebook/claims.py",
        "src/computecycle/evidence/expressions.py",
        "src/computecycle/runs/chapters.py",
        "requirements.txt",
    ],
)
def test_a_chapter_runs_again_when_one_of_its_inputs_changed(copy, monkeypatch, path):
    with (copy.root / path).open("a") as file:
        file.write("\n")
    assert asked_to_run(copy, monkeypatch) == ["trial"]


@pytest.mark.parametrize(
    ("path", "anew"),
    [("site/words.py", True), ("ledger/rule.py", True), ("cli/asking.py", False)],
)
def test_all_pages_are_made_anew_when_what_they_all_depend_on_changed(copy, path, anew):
    before = build.framework(copy.root)
    with (copy.root / "src/computecycle" / path).open("a") as file:
        file.write("\n")
    assert (build.framework(copy.root) != before) == anew


def test_a_chapter_runs_again_when_the_description_of_its_table_changed(copy, monkeypatch):
    path = copy.root / "data/datapackage.json"
    path.write_text(path.read_text().replace("Rows of prices.", "Other rows."))
    assert asked_to_run(copy, monkeypatch) == ["trial"]


def test_of_rows_that_are_chosen_where_they_are_loaded_only_these_count(copy):
    def prices() -> str:
        return chapters.inputs(copy.root, "trial", {})["tables"]["prices"]

    def load(*lines: str) -> None:
        cells = [cell for cell in trial_cells() if cell.id != "load"]
        copy.write_chapter([*cells[:4], code("load", *lines), *cells[4:]])

    table, (apple, pear) = copy.root / "data/prices.csv", PRICES
    load("prices = data.Package(as_of, data_dir).load_only('prices', item=['apple'])")
    before = prices()
    write_table(table, [apple, [*pear[:1], "99", *pear[2:]]])
    assert prices() == before
    write_table(table, [pear, apple])
    assert prices() != before, "its place is told, too"
    write_table(table, [[*apple[:1], "99", *apple[2:]], pear])
    assert prices() != before
    for more in ("more = data.load('prices')", "data.Package().load_only('prices', item=[count])"):
        load("prices = data.Package().load_only('prices', item=['apple'])", more)
        write_table(table, PRICES)
        before = prices()
        write_table(table, [apple, [*pear[:1], "99", *pear[2:]]])
        assert prices() != before, "what is loaded whole, or nobody knows how"


@pytest.mark.parametrize(
    "lost", ["book/chapters/trial.md", "_build/results/trial.json", "_build/figures"]
)
def test_a_chapter_runs_again_when_something_that_it_left_is_gone(copy, monkeypatch, lost):
    path = copy.root / lost
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert asked_to_run(copy, monkeypatch) == ["trial"]


def test_what_a_chapter_left_goes_with_its_notebook(copy):
    (copy.root / "notebooks/trial.ipynb").unlink()
    build.run_chapters(copy.root, {}, print)
    assert not contents(copy.root / "book/chapters")
    assert not contents(copy.root / "_build/results")


def test_parameters_and_a_readers_rows_are_part_of_the_fingerprint(copy):
    (copy.root / "mine").mkdir()
    seen = [
        chapters.inputs(copy.root, "trial", given)
        for given in ({}, {"factor": 2.0}, {"data_dir": "mine"})
    ]
    write_table(copy.root / "mine/prices.csv", PRICES)
    seen.append(chapters.inputs(copy.root, "trial", {"data_dir": "mine"}))
    assert all(one not in seen[:number] for number, one in enumerate(seen))


@pytest.fixture(scope="module")
def executed_trial(tmp_path_factory, forked_kernels) -> nbformat.NotebookNode:
    """The trial notebook as papermill leaves it."""
    house = furnish(tmp_path_factory.mktemp("executed") / "house")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(house.root / "src"))
        return execution.execute(house.root / "notebooks/trial.ipynb", house.root, {"count": 4})


def with_verdict(book: nbformat.NotebookNode, holds: bool) -> nbformat.NotebookNode:
    book, kind = deepcopy(book), f"{MEDIA}claim"
    outputs = (each for cell in book.cells for each in cell.get("outputs", []))
    said = next(each.data for each in outputs if kind in each.get("data", {}))
    said[kind] = json.dumps(json.loads(said[kind]) | {"holds": holds})
    return book


def test_a_false_claim_stops_the_published_form(copy, monkeypatch, executed_trial):
    before = made(copy)
    false = with_verdict(executed_trial, False)
    monkeypatch.setattr(execution, "execute", lambda *_: false)
    told = message(run, copy.root, "trial", {})
    assert told == (
        'Chapter trial, cell "say": claim "price-rose" does not hold: "The price rose from $10.0 '
        'to $20.0." Its condition v_last > v_first comes out as $20.0 > $10.0. Its newest rows, of '
        "2021-01-01: data/prices.csv:3. Change the sentence, or correct the rows."
    )
    assert made(copy) == before


def test_a_false_claim_does_not_stop_a_rerun(copy, monkeypatch, executed_trial):
    false = with_verdict(executed_trial, False)
    monkeypatch.setattr(execution, "execute", lambda *_: false)
    outcome = run(copy.root, "trial", {"count": 4})
    assert outcome == copy.results()
    assert (outcome["claims"][0]["holds"], outcome["published"]) == (False, False)


def test_a_claim_that_cannot_be_told_stops_the_published_form_alone(
    copy, monkeypatch, executed_trial
):
    untold = with_verdict(executed_trial, None)
    monkeypatch.setattr(execution, "execute", lambda *_: untold)
    assert 'claim "price-rose" cannot be told' in message(run, copy.root, "trial", {})
    assert run(copy.root, "trial", {"count": 4})["published"] is False


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (
            ["1 / 0"],
            'Chapter trial stopped in cell "bad": ZeroDivisionError: division by zero\n'
            "    ----> 1 1 / 0",
        ),
        (
            [
                "from computecycle.evidence.errors import InputError",
                'raise InputError("Nothing is known.")',
            ],
            'Chapter trial stopped in cell "bad": Nothing is known.',
        ),
        (["print('hello')"], 'Chapter trial, cell "bad" printed: hello'),
        (
            ["import os", "os._exit(9)"],
            'Chapter trial stopped in cell "bad": its kernel died, perhaps for want of memory; '
            "run again.\n    import os\n    os._exit(9)",
        ),
        (
            ["import time", "print('so far', flush=True)", "time.sleep(60)"],
            'Chapter trial stopped in cell "bad": it took more than 2 s; make it faster.\n'
            "    so far",
        ),
    ],
)
def test_a_cell_that_fails_is_told_and_nothing_is_written(copy, monkeypatch, lines, told):
    before = made(copy)
    monkeypatch.setattr(execution, "CELL_SECONDS", 2)
    copy.write_chapter([*trial_cells()[:2], code("bad", *lines)])
    assert message(run, copy.root, "trial", {"count": 4}).strip() == told
    assert made(copy) == before
    partial = copy.root / execution.FAILED / "trial.ipynb"
    assert "printed" in told or "\n".join(lines) in [
        c.source for c in nbformat.read(partial, as_version=4).cells
    ]


def test_a_cell_before_the_parameters_is_named_too(copy):
    copy.write_chapter([trial_cells()[0], code("early", "1 / 0"), trial_cells()[1]])
    told = message(run, copy.root, "trial", {"count": 4})
    assert told.startswith('Chapter trial stopped in cell "early": ')


def test_two_chapters_run_in_parallel(trial):
    for name, other in (("one", "two"), ("two", "one")):
        meet = [  # each waits for the other, so in sequence neither ends
            "import time; from pathlib import Path",
            f"Path('{name}.here').touch()",
            "start = time.monotonic()",
            f"while not Path('{other}.here').exists() and time.monotonic() - start < 60:",
            "    time.sleep(0.05)",
            f"assert Path('{other}.here').exists()",
        ]
        trial.write_chapter([*trial_cells()[:2], code("meet", *meet)], name)
    outcome = trial.python(RUN_ALL.format(given={"one": {}, "two": {}}))
    assert outcome.returncode == 0, outcome.stderr
    assert "chapter 2 of 2" in outcome.stdout
    assert set(contents(trial.root / "_build/results")) == {"one.json", "two.json"}


def test_the_failure_of_one_chapter_stops_the_rest_and_leaves_nothing_half_written(trial):
    start = trial_cells()[:2]
    trial.write_chapter([*start, code("slow", "import time", "time.sleep(120)")], "slow")
    trial.write_chapter([*start, code("bad", "1 / 0")], "bad")
    outcome = trial.python(RUN_ALL.format(given={"bad": {}, "slow": {}}))
    told = 'Chapter bad stopped in cell "bad": ZeroDivisionError: division by zero'
    assert outcome.stderr.split("\n", 1)[0] == told
    assert outcome.stderr.endswith("----> 1 1 / 0\n"), "and its last lines"
    assert made(trial) == {}


def test_two_chapters_may_not_show_a_figure_of_the_same_id(copy):
    results = copy.root / "_build/results"
    shutil.copy2(results / "trial.json", results / "other.json")
    assert message(chapters.distinct, copy.root, ["other", "trial"]) == (
        'Chapters other and trial both show a figure "trial-prices"; rename one.'
    )
    assert contents(results) == {}, "both have to run again"


def test_what_a_figure_no_longer_has_is_taken_away(copy, monkeypatch, executed_trial):
    folder = copy.root / "_build/figures/trial-prices"
    before = contents(folder)
    for name in ("trial-prices-9.csv", ".half-written"):
        (folder / name).write_text("old")
    monkeypatch.setattr(execution, "execute", lambda *_: deepcopy(executed_trial))
    run(copy.root, "trial", {"count": 4})
    assert contents(folder) == before


DISTURBED = {
    "nothing": lambda folder: None,
    "the mark": lambda folder: (folder / chapters.DRAWN).write_text('{"made_of": "'),
    "a picture": lambda folder: (folder / "trial-prices.svg").write_text("<svg/>"),
    "a lost one": lambda folder: (folder / "trial-prices-narrow.svg").unlink(),
}


@pytest.mark.parametrize("what", DISTURBED)
def test_a_figure_is_drawn_again_only_where_it_is_not_there_whole(
    copy, monkeypatch, executed_trial, what
):
    folder = copy.root / "_build/figures/trial-prices"
    before, drawn = contents(folder), []
    draw = theme.svg
    monkeypatch.setattr(theme, "svg", lambda spec: drawn.append(1) or draw(spec))
    monkeypatch.setattr(execution, "execute", lambda *_: deepcopy(executed_trial))
    DISTURBED[what](folder)
    run(copy.root, "trial", {"count": 4})
    assert contents(folder) == before
    assert bool(drawn) == (what != "nothing")


def test_a_figure_is_drawn_again_when_its_specification_or_what_draws_it_changed(
    copy, monkeypatch, executed_trial
):
    (figure,) = deepcopy(executed.said(executed_trial, "figure"))
    folder = copy.root / "_build/figures/trial-prices"
    monkeypatch.setattr(theme, "svg", lambda spec: 1 / 0)
    environment = copy.results()["inputs"]["environment"]
    chapters.draw(figure, folder, environment)
    mark = (folder / chapters.DRAWN).read_bytes()
    for spec, packages in ((figure["spec"] | {"height": 9}, environment), (figure["spec"], "")):
        with pytest.raises(ZeroDivisionError):
            chapters.draw(figure | {"spec": spec}, folder, packages)
        assert not (folder / chapters.DRAWN).exists(), "what is half written vouches for nothing"
        (folder / chapters.DRAWN).write_bytes(mark)


def test_a_run_that_ends_while_it_writes_leaves_no_results(copy, monkeypatch, executed_trial):
    """Results vouch for the figures beside them; old ones must not vouch for new figures."""
    monkeypatch.setattr(execution, "execute", lambda *_: deepcopy(executed_trial))
    monkeypatch.setattr(chapters, "draw", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(copy.root, "trial", {"count": 4})
    assert chapters.results(copy.root, "trial") == {}


def test_results_that_are_damaged_count_as_none(copy):
    (copy.root / "_build/results/trial.json").write_text('{"chapter": "tri')
    assert chapters.results(copy.root, "trial") == {}


def test_a_write_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    chapters.write(tmp_path / "a", b"old")
    monkeypatch.setattr(os, "replace", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        chapters.write(tmp_path / "a", b"new")
    assert contents(tmp_path) == {"a": b"old"}


def test_a_write_of_the_same_bytes_touches_nothing(tmp_path):
    chapters.write(tmp_path / "a", b"same")
    os.utime(tmp_path / "a", (1, 1))
    chapters.write(tmp_path / "a", b"same")
    assert (tmp_path / "a").stat().st_mtime == 1


@pytest.mark.parametrize("failures", [2, 3])
def test_a_kernel_that_does_not_come_up_is_begun_again(trial, monkeypatch, failures):
    begun = []

    def start(*_, whole, **__):
        begun.append(1)
        if len(begun) <= failures:
            raise RuntimeError("Kernel died before replying to kernel_info")
        whole.append("executed")

    monkeypatch.setattr("papermill.execute_notebook", start)
    path = trial.root / "notebooks/trial.ipynb"
    if failures < execution.STARTS:
        assert execution.execute(path, trial.root, {}) == "executed"
    else:
        told = message(execution.execute, path, trial.root, {})
        assert told.startswith("Chapter trial stopped before its first cell: its kernel died")
    assert len(begun) == 3
