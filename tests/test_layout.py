"""The floors of the package: who imports whom, what a function says of itself, how long it is."""

import ast
import functools
import re
from collections import Counter
from pathlib import Path

import nbformat
import pytest
from cases import each

import computecycle

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src/computecycle"
CHAPTERS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
LONGEST = 40  # lines of a function's body
LONGEST_FILE = 350  # lines
FLOORS = {  # top first; each with the floors, or the rooms of them, that it may import
    "cli": {"site", "citing", "runs", "ledger", "notebook", "evidence"},
    "site": {
        *("citing", "runs", "ledger", "notebook", "evidence", "charts.theme", "charts.tokens"),
        "quantities.formulas",  # a calculator's page computes its cases as the chapter would
    },
    "citing": {"runs", "notebook", "evidence", "charts.own", "charts.theme", "charts.tokens"},
    "runs": {
        *("notebook", "evidence", "quantities.spaces"),
        *("charts.look", "charts.own", "charts.theme", "charts.sweeps"),
    },
    "ledger": {"quantities", "evidence"},
    "notebook": {"evidence", "charts.look", "charts.theme", "charts.described"},
    "quantities": {"evidence.errors", "evidence.given"},
    "charts": {"evidence.given"},
    "evidence": set(),
}
READING = {"csv", "io", "json", "os", "pathlib", "sqlite3", "urllib", "requests", "frictionless"}
DRAWING = {"altair", "vl_convert", "IPython", "matplotlib"}


def files(floor: str = "") -> list[Path]:
    """The files of a floor, or of all."""
    one = PACKAGE / f"{floor}.py"
    return [one] if floor and one.exists() else sorted((PACKAGE / floor).rglob("*.py"))


def place(path: Path) -> str:
    """A file's path in the package."""
    return str(path.relative_to(PACKAGE))


@functools.cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> set[str]:
    """Every module that a file imports anywhere in it, as dotted names; of ours, the room."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path.name} imports relatively; name the room"
            inside = [alias.name for alias in node.names] if ours(node.module) else [""]
            found |= {f"{node.module}.{name}".rstrip(".") for name in inside}
    return found


def ours(module: str) -> bool:
    return module.split(".")[0] == "computecycle"


def rooms_imported(path: Path) -> set[str]:
    """What a file imports of ours, without the package's name: `evidence.given.Given`."""
    return {name.split(".", 1)[1] for name in imported(path) if ours(name) and "." in name}


def within(room: str, places: set[str]) -> bool:
    """Whether a room is one of some places or lies in one."""
    return any(f"{room}.".startswith(f"{place}.") for place in places)


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


each_floor = pytest.mark.parametrize("floor", FLOORS)
each_chapter = pytest.mark.parametrize("chapter", CHAPTERS)
each_quantity = each("path", files("quantities"), place)
each_file = each("path", files(), place)


def test_the_table_names_every_floor_and_the_docstring_lists_them_in_its_order():
    found = {path.stem for path in PACKAGE.iterdir() if not path.name.startswith("_")}
    assert found == set(FLOORS)
    assert re.findall(r"^(\w+) {2,}\S", computecycle.__doc__, re.MULTILINE) == list(FLOORS)


@each_floor
def test_a_floor_imports_only_what_the_table_allows(floor):
    for path in files(floor):
        strangers = {
            room for room in rooms_imported(path) if not within(room, FLOORS[floor] | {floor})
        }
        assert not strangers, f"{path.name}: draw the arrow in the table, or do not"


@each_floor
def test_the_table_allows_nothing_that_is_not_used_and_nothing_above(floor):
    used = {room for path in files(floor) for room in rooms_imported(path)}
    assert not {place for place in FLOORS[floor] if not any(within(room, {place}) for room in used)}
    below = list(FLOORS)[list(FLOORS).index(floor) + 1 :]
    assert all(within(place, set(below)) for place in FLOORS[floor])


def test_a_chapters_quantities_know_no_other_chapters():
    """What two chapters need lies at the top of `quantities`."""
    for chapter in CHAPTERS:
        for path in files(f"quantities/{chapter}"):
            others = {f"quantities.{other}" for other in CHAPTERS if other != chapter}
            assert not [room for room in rooms_imported(path) if within(room, others)], path.name


def test_shared_quantities_know_no_chapter():
    chapters = {f"quantities.{chapter}" for chapter in CHAPTERS}
    for path in (PACKAGE / "quantities").glob("*.py"):
        assert not [room for room in rooms_imported(path) if within(room, chapters)], path.name


def test_a_floor_has_no_circle():
    """No room imports a room that, over others, imports it."""
    arrows = {
        ".".join(path.relative_to(PACKAGE).with_suffix("").parts): rooms_imported(path)
        for path in files()
    }
    arrows = {
        room: {other for other in arrows if any(within(name, {other}) for name in names)} - {room}
        for room, names in arrows.items()
    }
    while free := {room for room, others in arrows.items() if not others & set(arrows)}:
        arrows = {room: others for room, others in arrows.items() if room not in free}
    assert not arrows


@each_chapter
def test_a_chapter_bears_one_name(chapter):
    assert (PACKAGE / "charts" / f"{chapter}.py").exists()
    assert (ROOT / "tests/charts" / f"test_{chapter}.py").exists()
    assert (PACKAGE / "quantities" / chapter).exists() == (
        ROOT / "tests/quantities" / chapter
    ).exists()


def test_a_folder_of_quantities_belongs_to_a_chapter():
    folders = {path.parent.name for path in (PACKAGE / "quantities").glob("*/*.py")}
    assert folders <= set(CHAPTERS)


@each_quantity
def test_a_quantity_reads_nothing_and_draws_nothing(path):
    others = {name.split(".")[0] for name in imported(path)}
    assert not others & (READING | DRAWING)
    assert not re.search(r"\bopen\(|\bread_\w+\(|\.to_csv\(", path.read_text(encoding="utf-8"))


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
def test_no_file_is_longer_than_a_few_screens(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_FILE, f"{lines} lines; a second noun wants a room of its own"


@each_file
def test_no_function_is_longer_than_a_screen(path):
    long = {
        name
        for name, node in definitions(path)
        if isinstance(node, ast.FunctionDef) and body_lines(node) > LONGEST
    }
    assert not long


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


def names_used() -> Counter:
    """How often the package and the chapters load each name or attribute."""
    chapters = [nbformat.read(path, 4) for path in (ROOT / "notebooks").glob("*.ipynb")]
    code = ["\n".join(c.source for c in book.cells if c.cell_type == "code") for book in chapters]
    used = Counter()
    for module in [*map(tree, files()), *map(ast.parse, code)]:
        used.update(names_in(module))
    return used


def names_in(node: ast.AST) -> Counter:
    inside = list(ast.walk(node))
    loaded = [each.id for each in inside if isinstance(each, ast.Name)]
    return Counter(loaded + [each.attr for each in inside if isinstance(each, ast.Attribute)])


def test_nothing_is_kept_that_nothing_calls():
    """What is decorated and `setup` are called by those who registered them, `__getattr__` by
    Python."""
    used = names_used()
    idle = [
        name
        for path in files()
        for name, node in definitions(path)
        if name.count(".") == 1
        and not node.decorator_list
        and node.name not in ("setup", "__getattr__")
        if used[node.name] <= names_in(node)[node.name]
    ]
    assert not idle


@each_quantity
def test_numbers_are_added_the_same_way_in_every_python(path):
    """The built-in `sum` rounds otherwise since Python 3.12; `math.fsum` does not."""
    called = [node.func for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    assert not [each for each in called if isinstance(each, ast.Name) and each.id == "sum"]


def test_rows_are_sorted_the_same_way_by_every_processor():
    """Rows of one rank keep their order in a stable sort alone; what several columns sort is one,
    and of what is not, the processor decides which of two rows comes last."""
    cells = [
        (f"{name}: {cell.id}", ast.parse(cell.source))
        for name in CHAPTERS
        for cell in nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", 4).cells
        if cell.cell_type == "code"
    ]
    for place, whole in [*((str(path), tree(path)) for path in files()), *cells]:
        for call in (node for node in ast.walk(whole) if isinstance(node, ast.Call)):
            if getattr(call.func, "attr", "") in ("sort_values", "sort_index"):
                several = call.args and getattr(call.args[0], "elts", ())[1:]
                kinds = [each.value.value for each in call.keywords if each.arg == "kind"]
                assert several or kinds == ["stable"], f"{place}, line {call.lineno}"
