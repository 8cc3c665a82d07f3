"""Workflows that publish and refresh: pinned actions, least permissions, commands that exist."""

import re

import pytest
import yaml
from house import REPOSITORY

from computecycle.evidence.refresh import overlay

FOLDER = REPOSITORY / ".github/workflows"
TEXT = (FOLDER / "pages.yml").read_text(encoding="utf-8")
WORKFLOW = yaml.safe_load(TEXT)
STEPS = [step for job in WORKFLOW["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("name", ["pages", "refresh"])
def test_every_action_is_pinned_by_a_hash_with_its_release_beside(name):
    text = (FOLDER / f"{name}.yml").read_text(encoding="utf-8")
    used = re.findall(r"uses: (.+)", text)
    steps = [step for job in yaml.safe_load(text)["jobs"].values() for step in job["steps"]]
    assert len(used) == sum("uses" in step for step in steps) > 1
    pinned = re.compile(r"actions/[\w-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+")
    assert [each for each in used if not pinned.fullmatch(each)] == []


def test_a_job_may_do_only_what_it_must():
    assert WORKFLOW["permissions"] == {}
    assert {name: job["permissions"] for name, job in WORKFLOW["jobs"].items()} == {
        "build": {"contents": "read"},
        "systems": {"contents": "read"},
        "publish": {"pages": "write", "id-token": "write"},
    }
    assert not re.search(r"secrets\.|pull_request_target", TEXT)
    fetched = [step for step in STEPS if step.get("uses", "").startswith("actions/checkout")]
    assert [step["with"] for step in fetched] == [{"persist-credentials": False}] * 2


def test_what_it_runs_are_targets_of_make():
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    run = [step["run"] for step in STEPS if step.get("run", "").startswith("make ")]
    targets = [each.split()[1] for each in run]
    assert targets == ["book", "test", "pdf", "audit", "sbom", "book"]
    assert all(re.search(rf"^{each}:", makefile, re.MULTILINE) for each in targets)


def test_a_bare_debian_and_a_bare_fedora_build_it_too():
    """What is installed there is named in the workflow, and nothing that comes from outside."""
    (install, *_), systems = WORKFLOW["jobs"]["systems"]["steps"], WORKFLOW["jobs"]["systems"]
    assert install == {"run": "${{ matrix.install }}"}
    images = [each["image"].split(":")[0] for each in systems["strategy"]["matrix"]["include"]]
    assert images == ["debian", "fedora"]
    assert "systems" in WORKFLOW["jobs"]["publish"]["needs"]


def test_it_builds_on_every_python_that_the_package_names():
    low = re.search(r'requires-python = ">=3\.(\d+)"', (REPOSITORY / "pyproject.toml").read_text())
    versions = WORKFLOW["jobs"]["build"]["strategy"]["matrix"]["python"]
    assert versions == [f"3.{minor}" for minor in range(int(low[1]), int(low[1]) + len(versions))]


def test_what_is_refreshed_comes_as_a_pull_request_from_every_publisher():
    text = (FOLDER / "refresh.yml").read_text(encoding="utf-8")
    flow = yaml.safe_load(text)
    (job,) = flow["jobs"].values()
    assert flow["permissions"] == {}
    assert job["permissions"] == {"contents": "write", "pull-requests": "write"}
    assert set(job["strategy"]["matrix"]["publisher"]) == set(overlay.PUBLISHERS)
    runs = [step["run"] for step in job["steps"] if "run" in step]
    *before, last = job["steps"]
    assert last["env"] == {"GH_TOKEN": "${{ github.token }}"}, "it is for the last step alone"
    assert before[0]["with"] == {"persist-credentials": False} and "GH_TOKEN" not in str(before)
    assert "GH_TOKEN" not in job["env"]
    assert runs[0] == "make refresh" and "gh pr create" in runs[-1]
    assert not any("${{" in each for each in runs), "what comes from outside is no part of a script"
