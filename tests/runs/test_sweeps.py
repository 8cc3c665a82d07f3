"""Sweeps: the model is the notebook, whoever runs a point tells the same; mistakes are told."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import asdict

import numpy as np
import pandas as pd
import pytest
import running
from distributed import Client
from house import House, code, contents, furnish, trial_cells

import computecycle
from computecycle import cli
from computecycle.evidence import data
from computecycle.notebook import parameters
from computecycle.notebook.claims import Claim, Value, held
from computecycle.quantities.capex_gap import model as capex_gap
from computecycle.runs import points, spread, sweeps

SECONDS = 60  # to wait for anything; a machine may be slow
SIDES = ("-p", "factor=0.25:4:4", "-p", "count=1:2:2")
SLOW = code("wait", "import time", "time.sleep(0.3)")


# The model and the chapter


def said(given: dict) -> tuple[dict, dict]:
    """The numbers and the verdicts of the capex chapter, run with some parameters."""
    spoken, failure = running.run("capex_gap", given)
    assert not failure
    numbers = {each.id: each.number for each in spoken if isinstance(each, Value)}
    return numbers, {each.id: each for each in spoken if isinstance(each, Claim)}


def random_point(seed: int) -> dict[str, float]:
    rng = np.random.default_rng(seed)
    ends = {
        "gpu_run_rate": (50, 600),
        "datacenter_cost_multiple": (1.2, 3),
        "end_user_margin": (0.1, 0.7),
        "cloud_margin": (0, 0.6),
        "ai_revenue": (20, 900),
        "useful_life_years": (2, 9),
    }
    return {name: float(rng.uniform(*each)) for name, each in ends.items()}


@pytest.mark.parametrize(("seed", "when"), [(1, ""), (2, "2024-06-30")])  # the day of an article
def test_the_model_is_the_notebook_at_random_points(seed, when):
    point = random_point(seed)
    numbers, claims = said({**point, "draws": 100, "as_of": when})
    found = sweeps.model_of("capex_gap", {"as_of": when}).values(pd.DataFrame([point]))
    told = {id: np.nan if numbers[id] is None else numbers[id] for id in found}
    assert found.iloc[0].to_dict() == pytest.approx(told, rel=1e-9, nan_ok=True)
    for id in capex_gap.CLAIMS:
        assert held(asdict(claims[id]), found, numbers).tolist() == [claims[id].tested], id


@pytest.fixture
def edition(monkeypatch):
    """A sweep's base is what the tests have run already."""
    spoken = running.edition("capex_gap")
    kinds = {"values": Value, "claims": Claim}
    run = {kind: [asdict(e) for e in spoken if isinstance(e, is_)] for kind, is_ in kinds.items()}
    monkeypatch.setattr(sweeps, "said", lambda *_: run)
    return {each.id: each for each in spoken}


def test_the_share_that_a_chapter_tells_is_that_of_a_sweep(edition, tmp_path):
    asked = sweeps.Asked("capex_gap", sample=10_000, ranges=True)
    found = sweeps.sweep(running.REPOSITORY, asked, tmp_path, print)
    shares = found.claims().set_index("claim")["condition"]
    assert shares["not-yet"] == edition["not-yet-share"].number
    assert shares["stock-covered"] == edition["stock-covered-share"].number
    told = found.shares["range-stock"].set_index("assumption")
    assert told["first"].sum() == pytest.approx(0.95, abs=0.06) and (told["total"] > 0.02).all()


def test_ranges_are_those_that_a_chapter_chooses_from_or_else_the_limits_of_its_parameters():
    asked = sweeps.Asked("scorecard", ranges=True, sample=9)
    chosen = sweeps.planned(running.REPOSITORY, asked)[1].space
    declared = data.load("choices").set_index("assumption").loc[["tolerance"], ["low", "high"]]
    assert chosen[["low", "high"]].to_numpy().tolist() == declared.to_numpy().tolist()
    known = parameters.of(running.REPOSITORY, "ev_compute")
    limits = sweeps.ranges_of("of_another_name", known)[["assumption", "low", "high"]]
    assert [tuple(row) for row in limits.itertuples(index=False)] == [
        (p.name, p.low, p.high) for p in known if p.low is not None
    ]


def test_at_the_base_the_model_says_what_the_edition_says(edition, tmp_path):
    asked = sweeps.Asked("capex_gap", ("useful_life_years=3:8:6", "cloud_margin=0:0.5:6"))
    found = sweeps.sweep(running.REPOSITORY, asked, tmp_path, print)
    base = found.along.iloc[0]
    assert all(base[id] == pytest.approx(edition[id].number) for id in found.ids)
    assert all(base[f"condition.{id}"] is edition[id].holds for id in capex_gap.CLAIMS)
    claims = found.claims().set_index("claim")
    row = claims.loc["maker-hopes"]
    assert row["base"] and row["turned_by"] in ("useful_life_years", "cloud_margin")
    assert 0 < row["move"] <= 1 and 0 < row["share"] < 1


def rerun(chapter: str, given: dict) -> dict[str, object]:
    """What a run of a chapter says, as a sweep names its columns."""
    spoken, failure = running.run(chapter, given)
    assert not failure
    values = {each.id: each.number for each in spoken if isinstance(each, Value)}
    claims = [each for each in spoken if isinstance(each, Claim)]
    held_ = {f"claim.{each.id}": each.holds for each in claims}
    return values | held_ | {f"condition.{each.id}": each.tested for each in claims}


SWEPT = {  # by chapter, sides of which a sentence says who gave them
    "capex_gap": ("ai_revenue=100:400:3", "gpu_run_rate=150:450:2"),
    "proof_of_work": ("electricity_price=0.1:0.3:2", "efficiency_low=20:28:2"),
}


@pytest.mark.parametrize("chapter", SWEPT)
def test_a_sweep_says_at_each_point_what_a_rerun_says(chapter, tmp_path, monkeypatch):
    said_ = {"values": Value, "claims": Claim}

    def said(_, chapter, given):
        spoken, _ = running.run(chapter, given)
        return {
            k: [asdict(each) for each in spoken if isinstance(each, c)] for k, c in said_.items()
        }

    def answers(root, chapter, asked, *_):
        monkeypatch.setattr(points, "said", lambda *at: {**said(*at), "failed": ""})
        return [points.told(str(root), chapter, given) for given in asked]

    monkeypatch.setattr(sweeps, "said", said)
    monkeypatch.setattr(spread, "answers", answers)
    asked = sweeps.Asked(chapter, SWEPT[chapter])
    found = sweeps.sweep(running.REPOSITORY, asked, tmp_path, print)
    sides = list(found.plan.space["assumption"])
    for point in found.points.to_dict("records"):
        told = rerun(chapter, {name: point[name] for name in sides})
        for name in [each for each in point if each not in (*sides, "failed")]:
            unknown = told[name] is None and point[name] != point[name]
            assert unknown or point[name] == told[name], name
    claims = found.claims()
    hidden = claims[claims["condition"] != claims["share"]]
    assert len(hidden) and (hidden["unknown"] == 1).all()


MODELS = {  # parameters of a model, a point of it, what is wrong
    ("capex_gap", (("nope", 1),)): 'Chapter capex_gap has no parameter "nope"',
    ("capex_gap", (("gpu_run_rate", 1e9),)): 'gpu_run_rate is "1000000000.0"; it takes a number',
    ("capex_gap", (("as_of", "2099-01-01"),)): "Parameter as_of is 2099-01-01, and no table knows",
    ("capex_gap", (("as_of", "1990-01-01"),)): "As of this date nothing is known of gpu_run_rate",
    ("nope", ()): 'There is no chapter "nope" in notebooks/',
    ("cloud", ()): "cloud has no model; a sweep runs its notebook instead.",
}


@pytest.mark.parametrize("asked", MODELS, ids=str)
def test_a_model_refuses_what_its_chapter_would(asked):
    chapter, given = asked
    with pytest.raises(sweeps.InputError, match=re.escape(MODELS[asked])):
        computecycle.model(chapter, **dict(given))


@pytest.mark.parametrize("point", [{"gpu_run_rate": -1}, {"useful_life_years": 0}, {"nope": 1}])
def test_a_model_refuses_a_point_that_is_not_allowed(point):
    (name,) = point
    with pytest.raises(ValueError, match=name):
        computecycle.model().values(pd.DataFrame([point]))


# Whoever runs a point


@pytest.fixture(scope="module")
def slow(tmp_path_factory) -> House:
    """A small house whose chapter takes a moment."""
    house = furnish(tmp_path_factory.mktemp("slow") / "house")
    house.write_chapter([*trial_cells(), SLOW])
    return house


def sweep(house: House, out, *more: str):
    return house.run("sweep", "trial", *SIDES, "--values", "price-last", "--out", str(out), *more)


@pytest.fixture(scope="module")
def local(slow, tmp_path_factory) -> dict[str, bytes]:
    """What a sweep leaves that processes of this machine ran."""
    out = tmp_path_factory.mktemp("local") / "out"
    outcome = sweep(slow, out, "--workers", "2")
    assert outcome.returncode == 0, outcome.stderr
    return contents(out)


def test_a_sweep_leaves_tables_figures_and_what_it_was_asked(local):
    table = local["points.csv"].decode().splitlines()
    assert table[0] == "factor,count,price-last,claim.price-rose,failed"
    assert table[1] == "0.25,1,5,false," and table[-1] == "4,2,80,true,"
    (_, value) = local["values.csv"].decode().splitlines()
    assert value.startswith("price-last,")
    (claim,) = local["claims.csv"].decode().splitlines()[1:]
    assert claim.startswith("price-rose,")
    assert claim.endswith(",true,0.75,0,0.75,factor,0.25,0.2")
    assert {"fan-price-last.svg", "tornado-price-last-narrow.svg", "points.parquet"} <= set(local)
    assert json.loads(local["sweep.json"])["by"] == "notebooks"


def wait_for(condition) -> None:
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def finished(out) -> int:
    return len(list((out / "points").glob("*.json")))


def test_a_sweep_that_was_stopped_goes_on_where_it_was(slow, local, tmp_path):
    out = tmp_path / "out"
    words = ("sweep", "trial", *SIDES, "--values", "price-last", "--out", str(out))
    stopped = slow.start(*words, "--workers", "1")
    wait_for(lambda: finished(out) >= 2)
    os.killpg(stopped.pid, signal.SIGINT)
    stopped.communicate(timeout=SECONDS)
    assert stopped.returncode == 130
    kept = finished(out)
    assert 2 <= kept < finished_of(local) and not (out / "points.csv").exists()
    again = sweep(slow, out)
    assert again.stdout.splitlines()[0].split()[0] == str(kept)
    assert contents(out) == local


def finished_of(left: dict) -> int:
    return sum(name.startswith("points/") for name in left)


@pytest.fixture
def cluster(slow, tmp_path):
    """A scheduler and two workers on this machine: its address and the workers."""
    place, started = tmp_path / "scheduler.json", []

    def start(room: str, *words: str) -> subprocess.Popen:
        command = [sys.executable, "-m", f"distributed.cli.dask_{room}", *words, "--no-dashboard"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        started.append(subprocess.Popen(command, cwd=tmp_path, env=slow.environment, **quiet))
        return started[-1]

    start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(place))
    wait_for(place.exists)
    address = json.loads(place.read_text())["address"]
    words = (address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny")
    workers = [start("worker", *words) for _ in range(2)]
    with Client(address, timeout=SECONDS, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=SECONDS)
    yield address, workers
    for process in started:
        process.kill()
        process.wait()


def test_a_cluster_gives_the_same_bytes_though_a_worker_dies(slow, local, cluster, tmp_path):
    address, workers = cluster
    out = tmp_path / "out"
    words = ("sweep", "trial", *SIDES, "--values", "price-last", "--out", str(out))
    running_ = slow.start(*words, "--scheduler", address)
    wait_for(lambda: finished(out) >= 1 or running_.poll() is not None)
    workers[0].kill()
    _, problem = running_.communicate(timeout=SECONDS)
    assert running_.returncode == 0, problem
    assert contents(out) == local
    slow.write_chapter([*trial_cells(), SLOW, code("more", "more = 1")])
    try:
        other = sweep(slow, tmp_path / "other", "--scheduler", address)
    finally:
        slow.write_chapter([*trial_cells(), SLOW])
    assert other.returncode == 2 and "has another report" in other.stderr


def test_a_process_that_dies_loses_nothing(slow, local, tmp_path):
    """The chapter kills its process the first time it runs at its base, and elsewhere."""
    (tmp_path / "1.0").touch()
    (tmp_path / "4.0").touch()
    house = furnish(tmp_path / "house")
    bomb = f"os.path.join({str(tmp_path)!r}, str(factor))"
    lines = ("import os", f"if os.path.exists({bomb}):", f"    os.unlink({bomb})")
    house.write_chapter([*trial_cells(), code("die", *lines, "    os._exit(9)")])
    outcome = sweep(house, tmp_path / "out")
    assert outcome.returncode == 0, outcome.stderr
    assert (tmp_path / "out/points.csv").read_bytes() == local["points.csv"]


def test_a_point_at_which_the_chapter_stops_says_why(trial, tmp_path):
    trial.write_chapter([*trial_cells(), code("stop", "assert factor < 3, 'too dear'")])
    outcome = sweep(trial, tmp_path / "out")
    assert outcome.returncode == 0 and "points failed" in outcome.stdout
    (*_, last) = (tmp_path / "out/points.csv").read_text().splitlines()
    assert last.endswith('"cell ""stop"": AssertionError: too dear"')


# Mistakes


@pytest.fixture(scope="module")
def still(tmp_path_factory) -> House:
    """A small house in which nothing is run."""
    return furnish(tmp_path_factory.mktemp("still") / "house")


@pytest.fixture
def refused(still, monkeypatch, capsys, tmp_path):
    """Run a sweep of the trial chapter in this process; return its sentence."""
    monkeypatch.setattr(cli.command, "ROOT", still.root)
    monkeypatch.setattr(data, "FOLDER", still.root / "data")
    out = tmp_path / "out"

    def run(*words: str, out=out) -> str:
        with pytest.raises(SystemExit) as ended:
            cli.main(["sweep", "trial", *words, "--out", str(out)])
        assert ended.value.code == 2
        told = capsys.readouterr().err
        assert told.startswith("computecycle: ") and told.count("\n") == 1
        return told

    yield run
    assert not (out / "points.csv").exists()


SIDE = ("-p", "factor=0.25:4:4")
MISTAKES = {
    ("-p", "factr=1:2:3"): 'has no parameter "factr". Did you mean "factor"?',
    ("-p", "factor"): "write name=lo:hi:n",
    ("-p", "factor=3:1:3"): "runs from 3 to 1",
    ("-p", "factor=1:3:0"): 'has "0" points',
    ("-p", "factor=1:3:1.5"): 'has "1.5" points',
    ("-p", "factor=1:3:1"): "has one point from 1 to 3",
    ("-p", "factor=1:3"): "write factor=lo:hi:n",
    ("-p", "factor=1:3:2:4"): "is no side",
    ("-p", "factor=1:3:4", "--sample", "5"): "the points are drawn",
    ("-p", "factor=1:nan:4"): 'factor is "nan"',
    ("-p", "factor=0.1:3:4"): "a number from 0.25 to 4",
    ("-p", "count=1.5:3:4"): "a whole number from 1 to 10",
    ("-p", "mode=fast:slow:2"): "is text and runs through no range",
    ("-p", "strict=false:true:2"): "is true or false and runs through no range",
    ("-p", "factor=2"): "Nothing is swept",
    ("-p", "as_of=2021-13-01", *SIDE): "write a date",
    (*SIDE, *SIDE): "given twice",
    ("-p", "factor=0.25:4:400", "-p", "count=1:10:100"): "40,000 points",
    ("--sample", "99999", "-p", "factor=1:2"): "99,999 points",
    (*SIDE, "--workers", "2", "--scheduler", "tcp://127.0.0.1:1"): "has its own workers",
    (*SIDE, "--seed", "3"): "nothing is drawn",
    (*SIDE, "--ranges"): "--sample N",
    (*SIDE, "--grid", "no.csv", "--sample", "3"): "a file names its points",
    ("--grid", "no.csv"): "There is no file no.csv",
    ("--grid", "."): ". is a folder; name a CSV",
    (*SIDE, "--workers", "0"): "0 is not in the range",
    (*SIDE, "--scheduler", "tcp://127.0.0.1:1"): "No scheduler answers",
    (*SIDE, "--scheduler", "nonsense://x:1"): "No scheduler answers",
    (*SIDE, "--scheduler", "foo"): '--scheduler is "foo"; write an address as tcp://HOST:PORT.',
    (*SIDE, "--scheduler", ""): "--scheduler is empty; give tcp://..., or leave it out.",
    ("-p", "as_of=2099-01-01", *SIDE): "Parameter as_of is 2099-01-01, and no table knows anything",
}


@pytest.mark.parametrize("words", MISTAKES, ids=" ".join)
def test_a_mistake_is_one_sentence(refused, monkeypatch, words):
    monkeypatch.setattr(spread, "SECONDS", 1)
    assert MISTAKES[words] in refused(*words)


FILES = {
    b"": "is empty",
    b"\n": "is empty",
    b"factor\n": "has no points",
    b"factr\n1\n": 'Did you mean "factor"?',
    b"factor,factor\n1,2\n": "names a parameter twice",
    b"factor,count\n1\n": "line 2, has 1 cells",
    b"factor\n1\n\nx\n": 'line 4: Parameter factor is "x"',
    b"factor\n9\n": "line 2: Parameter factor",
    b"mode\nfast\n": "mode is no number",
    b"factor\n\xff\n": "is no CSV in UTF-8; save it as one",
    b"factor;count\n1;2\n": "parts its cells with semicolons; use commas",
}


@pytest.mark.parametrize("content", FILES, ids=FILES.values())
def test_a_file_of_points_that_is_wrong_is_one_sentence(refused, tmp_path, content):
    path = tmp_path / "points.csv"
    path.write_bytes(content)
    assert FILES[content] in refused("--grid", str(path))
    path.unlink()


def test_a_folder_that_holds_other_things_is_refused(refused, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("dear")
    assert "holds other things" in refused(*SIDE, out=tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_what_is_not_installed_is_named_with_its_line(refused, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert '`make extras`, or with: pip install ".[sweep]"' in refused(*SIDE)


def test_a_value_that_nobody_says_is_refused(trial, tmp_path):
    outcome = trial.run("sweep", "trial", *SIDES, "--values", "price-lost", "--out", "out")
    assert outcome.returncode == 2 and 'Did you mean "price-last"?' in outcome.stderr


def test_the_model_refuses_what_it_does_not_move(edition, tmp_path):
    for words, sentence in {
        ("required_return=0.05:0.2:4",): "does not move with required_return",
        ("gpu_run_rate=100:300",): "change the history behind the ranges",
        ("useful_life_years=3:8:3",): "needs no --workers and no --scheduler",
    }.items():
        asked = sweeps.Asked("capex_gap", words, sample=sentence.startswith("change") and 9)
        more = {"ranges": bool(asked.sample), "workers": int("workers" in sentence)}
        asked = sweeps.Asked(**{**vars(asked), **more})
        with pytest.raises(sweeps.InputError, match=re.escape(sentence)):
            sweeps.sweep(running.REPOSITORY, asked, tmp_path, print)
