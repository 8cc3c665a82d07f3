"""What code reaches: all that really runs, and nothing that no import leads to."""

import json
import sys
from pathlib import Path

import pytest
from house import REPOSITORY, House

from computecycle.notebook import notebooks
from computecycle.runs import chapters
from computecycle.runs.reached import reached


@pytest.fixture
def package(tmp_path) -> Path:
    """A package of five files, of which `alone` is imported by none."""
    for name, code in {
        "__init__.py": "def late():\n    import thing.alone\n",
        "one.py": "import json\nfrom thing.parts import two\n",
        "alone.py": "import thing.one\n",
        "parts/__init__.py": "",
        "parts/two.py": "def late():\n    from thing import one\n",
    }.items():
        (tmp_path / "thing" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "thing" / name).write_text(code)
    return tmp_path / "thing"


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("import json, thin.one", []),
        ("import thing", ["__init__.py", "alone.py", "one.py", "parts"]),
        ("from thing import late", ["__init__.py", "alone.py", "one.py", "parts"]),
        ("from thing.one import name", ["__init__.py", "one.py", "parts"]),
        ("def f():\n    from thing.parts import two", ["__init__.py", "one.py", "parts"]),
        ("import thing.parts", ["__init__.py", "alone.py", "one.py", "parts"]),
        ("if TYPE_CHECKING:\n    import thing\nelse:\n    import json", []),
        ("from thing import parts", ["__init__.py", "parts/__init__.py"]),
        ("%run thing", ["__init__.py", "alone.py", "one.py", "parts"]),  # no plain Python
    ],
)
def test_an_import_reaches_what_it_runs_over_others_in_functions_too(package, code, names):
    whole = {name: sorted((package / name).glob("*.py")) for name in ("parts",)}
    wanted = [file for name in names for file in whole.get(name, [package / name])]
    assert reached(code, package) == wanted


@pytest.mark.parametrize("name", notebooks.names(REPOSITORY))
def test_a_chapter_reaches_no_other_chapters_rooms(name):
    code = notebooks.code(REPOSITORY, name)
    files = {file.relative_to(chapters.CODE).as_posix() for file in reached(code, chapters.CODE)}
    assert f"charts/{name}.py" in files and "notebook/claims.py" in files
    others = [each for each in notebooks.names(REPOSITORY) if each != name]
    assert not files & {f"charts/{each}.py" for each in others}
    assert not [file for file in files if file.startswith(("site/", "cli/", "runs/sweeps"))]
    gap = {file for file in files if file.startswith("quantities/capex_gap/")}
    assert not gap or name == "capex_gap", "the package's own functions, which no chapter calls"


def test_what_a_real_chapter_loads_is_reached():
    """Asked of Python itself, for the chapter with the most modules."""
    code = notebooks.code(REPOSITORY, "capex_gap")
    imports = [line for line in code.splitlines() if line.startswith(("from ", "import "))]
    ask = (
        "import json, sys",
        'ours = [each for name, each in sys.modules.items() if name.startswith("computecycle")]',
        "print(json.dumps([each.__file__ for each in ours]))",
    )
    told = House(REPOSITORY).python("\n".join([chapters.RUNNER, *imports, *ask]))
    assert told.returncode == 0, told.stderr
    ran = {Path(file).resolve() for file in json.loads(told.stdout)}
    found = reached(f"{chapters.RUNNER}\n{code}", Path(sys.modules["computecycle"].__file__).parent)
    assert len(ran) > 30
    assert ran <= {file.resolve() for file in found}
