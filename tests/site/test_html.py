"""The HTML of the trial site by the Nu Html Checker, which wants Java and its own file.

`VNU_JAR` names the file `vnu.jar` (in the npm package `vnu-jar`); without it the test is skipped.
"""

import json
import os
import shutil
import subprocess

import pytest

JAR = os.environ.get("VNU_JAR", "")
MISSING = "the Nu Html Checker is not here: install Java and set VNU_JAR to its vnu.jar"
FRONT_DOOR = "index.html"  # written by Jupyter Book: a line that leads on


@pytest.mark.skipif(not (JAR and shutil.which("java")), reason=MISSING)
def test_every_page_is_valid_html(built_trial):
    site = built_trial.root / "_build/html"
    pages = [path for path in sorted(site.rglob("*.html")) if path != site / FRONT_DOOR]
    assert len(pages) > 8
    checker = [
        "java",
        "-Xss4m",
        "-jar",
        JAR,
        "--format",
        "json",
        "--errors-only",
        "--exit-zero-always",
    ]
    told = subprocess.run([*checker, *pages], capture_output=True, text=True, check=True).stderr
    found = [f"{each['url']}: {each['message']}" for each in json.loads(told)["messages"]]
    assert found == []
