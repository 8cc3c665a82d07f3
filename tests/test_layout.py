"""The rooms of the package: who imports whom, what each function says of itself, how long it is."""

import ast
import re
from pathlib import Path

import pytest

import computecycle

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src/computecycle"
LONGEST = 40  # lines of a function's body
WORDS = {"errors", "given", "growth"}  # what every quantity may use: a sentence, a number, a rate
MACHINERY = {  # room: the rooms it may import; every other room is a quantity of the subject
    "errors": set(),
    "given": set(),
    "data": {"errors"},
    "spelling": set(),
    "checks": {"data", "errors", "spelling"},
    "theme": set(),
    "charts": {"theme"},
    "claims": {"data", "given"},
    "figures": {"claims", "data", "theme"},
    "notebooks": {"errors"},
    "parameters": {"data", "errors", "notebooks"},
    "chapters": {"data", "errors", "notebooks", "parameters", "theme"},
    "site": {
        "chapters",
        "checks",
        "data",
        "errors",
        "ledger",
        "notebooks",
        "parameters",
        "theme",
    },  # verdicts are of the build
    "cli": {"data", "errors", "ledger", "site"},
}
ARROWS = {  # quantity: the quantities that its subject needs
    "learning": {"capex"},  # the checks of a number
    "question": {"capex"},
    "spending": {"capex", "question"},
    "demand": {"capex"},
    "scenarios": {"capex"},
    "sensitivity": {"scenarios"},
    "markets": {"question", "spending"},
    "cloud": {"spending"},
    "valuation": {"cloud"},
    "bitcoin": {"mining"},
    "electricity": {"bitcoin", "mining"},
    "batteries": {"vehicles"},
    "car_sales": {"vehicles"},
}
READING = {"csv", "io", "json", "os", "pathlib", "sqlite3", "urllib", "requests", "frictionless"}
DRAWING = {"altair", "vl_convert", "IPython", "matplotlib"}
TOO_LONG = {"theme.report_theme"}  # one literal: the configuration of every chart


def files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def rooms() -> list[str]:
    return sorted({room_of(path) for path in files()} - {"__init__"})


def imported(path: Path) -> set[str]:
    """Every module that a file imports anywhere in it, as dotted names; of ours, the room."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path.name} imports relatively; name the room"
            inside = [alias.name for alias in node.names] if node.module == "computecycle" else [""]
            found |= {f"{node.module}.{name}".rstrip(".") for name in inside}
    return found


def imported_rooms(room: str) -> set[str]:
    modules = {name for path in files() if room_of(path) == room for name in imported(path)}
    ours = {name.split(".")[1] for name in modules if name.startswith("computecycle.")}
    return ours - {room}


def listed() -> list[str]:
    """The rooms in the order in which the package's docstring lists them."""
    return re.findall(r"^([a-z_]+) +\S", computecycle.__doc__.split(":\n", 1)[1], re.MULTILINE)


def definitions(path: Path) -> list[tuple[str, ast.AST]]:
    """Every function and class of a file by its dotted name, those inside functions left out."""
    found = []
    for node in tree(path).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found.append((f"{path.stem}.{node.name}", node))
        if isinstance(node, ast.ClassDef):
            inner = [each for each in node.body if isinstance(each, ast.FunctionDef)]
            found += [(f"{path.stem}.{node.name}.{each.name}", each) for each in inner]
    return found


def body_lines(function: ast.FunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def quantities() -> set[str]:
    return set(rooms()) - set(MACHINERY) - {"ledger"}


def allowed(room: str) -> set[str]:
    """The rooms that a room may import."""
    if room == "ledger":
        return {"data", "errors"} | quantities()
    return MACHINERY[room] if room in MACHINERY else WORDS | ARROWS.get(room, set())


each_room = pytest.mark.parametrize("room", rooms())
each_quantity = pytest.mark.parametrize("room", sorted(quantities()))
each_file = pytest.mark.parametrize(
    "path", files(), ids=lambda path: str(path.relative_to(PACKAGE))
)


def test_the_map_lists_every_room_and_no_other():
    assert sorted(listed()) == rooms()


@each_room
def test_a_room_imports_only_what_the_table_allows(room):
    assert imported_rooms(room) - allowed(room) == set(), "draw the arrow in the table, or do not"


def test_the_table_allows_nothing_that_is_not_used():
    unused = {
        (room, other)
        for room, others in (MACHINERY | ARROWS).items()
        for other in others - imported_rooms(room)
    }
    assert not unused


@each_room
def test_a_room_imports_only_rooms_listed_before_it(room):
    order = listed()
    before = set(order[: order.index(room)]) if room in order else set(rooms())
    assert imported_rooms(room) & set(order) <= before


@each_quantity
def test_a_quantity_reads_nothing_and_draws_nothing(room):
    path = PACKAGE / f"{room}.py"
    others = {name.split(".")[0] for name in imported(path)}
    assert not others & (READING | DRAWING)
    assert not re.search(r"\bopen\(|\bread_\w+\(|\.to_csv\(", path.read_text(encoding="utf-8"))


def test_only_a_chapter_puts_data_quantities_and_charts_together():
    for room in rooms():
        assert "charts" not in imported_rooms(room), f"{room} draws; a chapter does"


@each_file
def test_no_room_is_a_drawer(path):
    assert not re.search("util|helper|common|misc|tool", path.stem)


@each_file
def test_no_file_imports_everything_of_another(path):
    stars = [
        node
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
    ]
    assert not stars


@each_file
def test_every_public_name_says_what_it_is(path):
    assert ast.get_docstring(tree(path)), "the module has no docstring"
    overriding = {"run", "main"}  # described by Sphinx and click
    silent = [
        name
        for name, node in definitions(path)
        if not ast.get_docstring(node)
        and not node.name.startswith("_")
        and not (name.count(".") == 2 and node.name in overriding)
    ]
    assert not silent


@each_file
def test_no_function_is_longer_than_a_screen(path):
    long = {
        name
        for name, node in definitions(path)
        if isinstance(node, ast.FunctionDef) and body_lines(node) > LONGEST
    }
    assert long == {name for name in TOO_LONG if name.startswith(f"{path.stem}.")}


def test_no_file_names_a_place_of_one_machine():
    """A path of somebody's machine works nowhere else."""
    kinds = {".py", ".md", ".ipynb", ".json", ".csv", ".bib", ".yml", ".toml", ".css", ".js"}
    written = [path for name in ("src", "tests", "notebooks", "data", "benchmarks", "book")
               for path in (ROOT / name).rglob("*")]  # fmt: skip
    written += [
        ROOT / "Makefile",
        ROOT / "README.md",
        ROOT / "_config.yml",
        ROOT / "pyproject.toml",
    ]
    machine = re.compile(r"(?<![\w.~])/(?!home/me\b)(?:home|root|work|Users|mnt)/\w")
    guilty = [
        str(path.relative_to(ROOT))
        for path in written
        if path.is_file()
        and (path.suffix in kinds or path.name == "Makefile")
        and "chapters" not in path.relative_to(ROOT).parts[:2]
        and machine.search(path.read_text(encoding="utf-8"))
    ]
    assert not guilty
