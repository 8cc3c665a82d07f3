"""Chapters: clean in git, declared, composing and not defining; every number in prose is said."""

import ast
import functools
import re
import shutil
import subprocess
import sys
from pathlib import Path
from string import Formatter

import nbformat
import pytest
import verdict_words

from computecycle.evidence import data
from computecycle.notebook import notebooks, parameters

ROOT = Path(__file__).parents[1]
CHAPTERS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
PAGES = sorted([*(ROOT / "book").glob("*.md"), *(ROOT / "book/calculators").glob("*.md")])
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
LONGEST = 12  # lines of a code cell
STRIPPED = (
    "metadata.papermill metadata.language_info cell.metadata.papermill cell.metadata.execution"
)
DIGITS = [  # what may stand in prose with a digit that no value says, and why
    (r"[A-Za-z][\w&]*-?\d[\w.-]*", "a name that begins with a letter: GPT-4, H100, INT8"),
]
ROLES = {"value", "claim", "with", "place", "source", "table", "item", "notebook"}
RANDOM = re.compile(r"[0-9a-f]{8}|[0-9a-f-]{32,}")

each_chapter = pytest.mark.parametrize("name", CHAPTERS)


@functools.cache
def read(name: str) -> nbformat.NotebookNode:
    return nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)


def cells(name: str, kind: str) -> list:
    return [cell for cell in read(name).cells if cell.cell_type == kind]


def tagged(name: str, tag: str) -> list:
    return [cell for cell in read(name).cells if tag in cell.metadata.get("tags", [])]


@functools.cache
def code(name: str) -> ast.Module:
    return ast.parse("\n".join(cell.source for cell in cells(name, "code")))


@functools.cache
def text(name: str) -> str:
    return "\n\n".join(cell.source for cell in cells(name, "markdown"))


def calls(name: str, *functions: str) -> list[ast.Call]:
    """The calls of some functions in a chapter's code, by their dotted names."""
    found = [node for node in ast.walk(code(name)) if isinstance(node, ast.Call)]
    return [node for node in found if ast.unparse(node.func) in functions]


def pattern(node: ast.AST) -> str:
    """The regular expression of a text in code, whose computed parts may be anything."""
    if isinstance(node, ast.Constant):
        return re.escape(str(node.value))
    if isinstance(node, ast.JoinedStr):
        return "".join(
            pattern(part) if isinstance(part, ast.Constant) else "[a-z0-9-]+"
            for part in node.values
        )
    return "[a-z0-9-]+"


@functools.cache
def said(name: str, kind: str) -> list[str]:
    """The patterns of the ids that a chapter says: of values, of claims, of figures."""
    functions = {
        "value": ("claims.value", "claims.date"),
        "claim": ("claims.claim",),
        "figure": ("figures.show",),
    }[kind]
    at = 1 if kind == "figure" else 0
    return [pattern(call.args[at]) for call in calls(name, *functions)]


def says(name: str, kind: str, id: str) -> bool:
    return name in CHAPTERS and any(re.fullmatch(each, id) for each in said(name, kind))


def quoted(words: str) -> list[tuple[str, str]]:
    """The roles in a text: name and what they name."""
    return re.findall(r"\{([a-z-]+)\}`([^`]+)`", words)


def bare(words: str) -> str:
    """Prose without directives, roles, code, formulas and addresses."""
    for part in (
        r"^(`{3,}|~{3,}).*?^\1`*$", r"^:{3,}\{[\w-]+\}[^\n]*", r"^:\w+:[^\n]*",
        r"\{[\w-]+\}`[^`]*`", r"`[^`]*`", r"\$\$.*?\$\$",
        r"\$[^$]*\$", r"\]\([^)]*\)", r"<https?://[^>]*>",
    ):  # fmt: skip
        words = re.sub(part, " ", words, flags=re.DOTALL | re.MULTILINE)
    return words


def unsaid_digits(words: str) -> list[str]:
    """The words with a digit that nothing allows."""
    found = re.findall(r"[^\s()\[\]/|]*\d[^\s()\[\]/|]*", words)
    stripped = [word.strip("*_.,;:!?\"'") for word in found]
    return [
        word
        for word in stripped
        if not any(re.fullmatch(rf"{allowed}(?:'s)?", word) for allowed, _ in DIGITS)
    ]


def test_there_are_chapters():
    assert CHAPTERS


# In git


@each_chapter
def test_a_chapter_keeps_nothing_of_a_run(name):
    book = read(name)
    assert dict(book.metadata) == {"kernelspec": KERNEL}
    kept = [cell.id for cell in cells(name, "code") if cell.outputs or cell.execution_count]
    assert not kept
    assert not [cell.id for cell in book.cells if set(cell.metadata) - {"tags"}]


def test_stripping_changes_no_byte(tmp_path):
    for name in CHAPTERS:
        shutil.copy(ROOT / "notebooks" / f"{name}.ipynb", tmp_path)
    command = [sys.executable, "-m", "nbstripout", "--keep-id", "--extra-keys", STRIPPED]
    files = sorted(str(path) for path in tmp_path.glob("*.ipynb"))
    subprocess.run([*command, *files], check=True, capture_output=True)
    for name in CHAPTERS:
        before = (ROOT / "notebooks" / f"{name}.ipynb").read_bytes()
        assert (tmp_path / f"{name}.ipynb").read_bytes() == before, name


@each_chapter
def test_a_chapter_is_written_as_jupyter_writes_it(name):
    """So that saving it in JupyterLab changes only what was edited."""
    written = (ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8")
    assert nbformat.writes(read(name)) + "\n" == written


@each_chapter
def test_cell_ids_are_words(name):
    ids = [cell.id for cell in read(name).cells]
    assert len(set(ids)) == len(ids)
    strange = [id for id in ids if RANDOM.fullmatch(id) or not re.fullmatch(r"[a-z][a-z0-9-]+", id)]
    assert not strange


@each_chapter
def test_a_chapter_is_in_the_table_of_contents(name):
    assert f"- file: book/chapters/{name}\n" in (ROOT / "_toc.yml").read_text()


@each_chapter
def test_a_sentence_is_a_line(name):
    """So that a change of one sentence is a change of one line."""
    several = [
        line
        for line in bare(text(name)).splitlines()
        if re.search(r"[a-z]{3}[.!?] +[A-Z]", line) and not line.startswith(("|", "- "))
    ]
    assert not several


# Parameters and code


@each_chapter
def test_one_cell_declares_the_parameters(name):
    (cell,) = tagged(name, "parameters")
    undeclared = [line for line in cell.source.splitlines() if not parameters.declared(line)]
    assert not undeclared
    declared = {each.name: each for each in parameters.of(ROOT, name)}
    assert len(declared) == len(cell.source.splitlines())
    for shared in ("as_of", "data_dir"):
        assert declared[shared].type == "str" and declared[shared].default == ""
    assert all(each.meaning for each in declared.values())


@each_chapter
def test_a_default_is_allowed_by_its_own_declaration(name):
    for each in parameters.of(ROOT, name):
        if each.default is not None:
            assert parameters.typed(each, str(each.default)) == each.default, each.name


@each_chapter
def test_every_number_that_is_a_parameter_has_a_range(name):
    numbers = [each for each in parameters.of(ROOT, name) if each.type in ("float", "int")]
    assert not [each.name for each in numbers if each.low is None]


@each_chapter
def test_every_parameter_is_used(name):
    read_names = {
        node.id
        for node in ast.walk(code(name))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    assert {each.name for each in parameters.of(ROOT, name)} <= read_names


@each_chapter
def test_no_parameter_is_set_again(name):
    declared = {each.name for each in parameters.of(ROOT, name)}
    written = [
        node.id
        for cell in cells(name, "code")
        if cell not in tagged(name, "parameters")
        for node in ast.walk(ast.parse(cell.source))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    ]
    assert not declared & set(written)


@each_chapter
def test_a_chapter_defines_nothing(name):
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    assert not [ast.unparse(node) for node in ast.walk(code(name)) if isinstance(node, kinds)]


@each_chapter
def test_a_chapter_imports_rooms_in_one_cell_and_nothing_else(name):
    imports = [
        (cell.id, ast.unparse(node))
        for cell in cells(name, "code")
        for node in ast.walk(ast.parse(cell.source))
        if isinstance(node, (ast.Import, ast.ImportFrom))
    ]
    assert {id for id, _ in imports} == {"check-parameters", "imports"}
    assert not [line for _, line in imports if not line.startswith("from computecycle")]


@each_chapter
def test_a_code_cell_says_whether_a_reader_sees_it(name):
    shown = {"hide-input", "remove-cell", "remove-input"}
    assert not [c.id for c in cells(name, "code") if not shown & set(c.metadata.get("tags", []))]


@each_chapter
def test_a_chapter_first_checks_its_own_parameters(name):
    """Whoever runs it: papermill and JupyterLab check nothing."""
    (declaring,) = tagged(name, "parameters")
    after = cells(name, "code")[cells(name, "code").index(declaring) + 1]
    assert f'parameters.check("{name}", globals())' in after.source


@each_chapter
def test_a_code_cell_is_short(name):
    parameters = tagged(name, "parameters")
    long = [
        cell.id
        for cell in cells(name, "code")
        if cell not in parameters and len(cell.source.splitlines()) > LONGEST
    ]
    assert not long


@each_chapter
def test_every_table_that_is_loaded_is_described(name):
    described = {entry["name"] for entry in data.descriptor()["resources"]}
    loads = [node for node in ast.walk(code(name)) if isinstance(node, ast.Call)]
    loads = [node for node in loads if getattr(node.func, "attr", "") in ("load", "load_only")]
    assert loads, "a chapter without a table rests on nothing"
    for call in loads:
        assert isinstance(call.args[0], ast.Constant), "the runner must see which table is loaded"
        assert call.args[0].value in described
    assert {call.args[0].value for call in loads} == set(notebooks.tables(ROOT, name))


@each_chapter
def test_no_code_reads_the_clock_or_the_network(name):
    words = "\n".join(cell.source for cell in cells(name, "code"))
    assert not re.search(r"\b(today|now)\(|\bread_(csv|html|json)\b|https?://|^[!%]", words, re.M)


# Numbers in prose


@each_chapter
def test_every_digit_in_a_chapters_prose_is_said(name):
    assert unsaid_digits(bare(text(name))) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_every_digit_in_a_pages_prose_is_said(page):
    assert unsaid_digits(bare(page.read_text(encoding="utf-8"))) == []


PROSE = {
    "year": ("In 2024 it fell.", ["2024"]),
    "money": ("It cost $600 billion.", ["$600"]),
    "share": ("That is 50%, at most.", ["50%"]),
    "name": ("GPT-4 ran on A100s and the H100's heir, in INT8.", []),
    "role": ("It was {value}`r-2024` of {claim}`c1`.", []),
    "code": ("Set `draws=100`.", []),
    "options of a directive": (":::{grid} 1 1 2 2\n:gutter: 4\n\nIn 2024 it fell.\n:::", ["2024"]),
    "formula": ("With $x^2$ and $$y_1 = 2$$ it holds.", []),
    "directive": ("```{rows} table 2024\nnumber 5\n```\nend", []),
    "address": ("See [here](https://example.org/2024).", []),
    "bold": ("**3** times", ["3"]),
    "table-cell": ("| 5 | x |", ["5"]),
    "list": ("1. first", ["1"]),
}


@pytest.mark.parametrize(("words", "digits"), PROSE.values(), ids=PROSE)
def test_the_rule_of_digits_itself(words, digits):
    assert unsaid_digits(bare(words)) == digits


@each_chapter
def test_every_sentence_of_a_claim_has_its_numbers_from_values(name):
    for call in calls(name, "claims.claim"):
        assert isinstance(call.args[1], ast.Constant), "a claim's sentence is written out"
        parts = [part for part, *_ in Formatter().parse(call.args[1].value)]
        assert unsaid_digits(" ".join(parts)) == [], ast.unparse(call.args[0])


@each_chapter
def test_every_condition_of_a_claim_is_text(name):
    """What Python would compute no page could print and no test could move."""
    for call in calls(name, "claims.claim"):
        held = [each.value for each in call.keywords if each.arg == "holds"] or [call.args[2]]
        assert isinstance(held[0], ast.Constant) and isinstance(held[0].value, str), ast.unparse(
            call.args[0]
        )


# What is quoted is said


@functools.cache
def tables() -> set[str]:
    return {entry["name"] for entry in data.descriptor()["resources"]}


@functools.cache
def items() -> set[str]:
    return set(data.load("source_claims")["id"])


def exists(role: str, target: str, chapter: str = "") -> bool:
    """Whether what a role names on a page (of a chapter) is there."""
    if role == "source":
        return target in data.sources()
    if role == "table":
        return target in tables()
    if role == "item":
        return target in items()
    if role == "notebook":
        return chapter in CHAPTERS
    if role == "place":
        return says(chapter, "value", target)
    if role == "with":
        return any(says(chapter, kind, target) for kind in ("value", "claim"))
    other, _, id = target.rpartition(".")
    return says(other or chapter, role, id)


@each_chapter
def test_every_role_of_a_chapter_names_what_exists(name):
    roles = quoted(text(name))
    roles += [("with", id) for id in re.findall(r"```\{with\} (\S+)", text(name))]
    assert {role for role, _ in roles} <= ROLES
    assert not [each for each in roles if not exists(*each, name)]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_every_role_of_a_page_names_what_exists(page):
    roles = quoted(page.read_text(encoding="utf-8"))
    assert not [each for each in roles if each[0] in ROLES and not exists(*each)]


@each_chapter
def test_every_claim_is_read_in_the_chapter(name):
    """A claim that no page shows is checked for nobody."""
    shown = [target.rpartition(".")[2] for role, target in quoted(text(name)) if role == "claim"]
    silent = [
        each for each in said(name, "claim") if not any(re.fullmatch(each, id) for id in shown)
    ]
    assert not silent


@each_chapter
def test_ids_are_said_once(name):
    for kind in ("value", "claim", "figure"):
        ids = [each for each in said(name, kind) if "+" not in each]
        assert len(set(ids)) == len(ids), kind


def test_no_two_chapters_show_a_figure_of_one_id():
    ids = [id for name in CHAPTERS for id in said(name, "figure")]
    assert len(set(ids)) == len(ids)


@each_chapter
def test_a_figure_rests_on_rows(name):
    """Its sources and its date are read from them."""
    for call in calls(name, "figures.show"):
        rows = call.args[5]
        assert not (isinstance(rows, ast.List) and not rows.elts), ast.unparse(call.args[1])


def verdicts(page: str, words: str) -> list[str]:
    """The lines of bare prose that pass a verdict and are not allowed to."""
    found = []
    for line in bare(words).splitlines():
        kept = re.sub("|".join(map(re.escape, verdict_words.PHRASES)), "", line)
        allowed = any(part in line for part in verdict_words.SENTENCES.get(page, {}))
        found += [line] if verdict_words.WORDS.search(kept) and not allowed else []
    return found


@each_chapter
def test_the_prose_of_a_chapter_passes_no_verdict(name):
    """Comparisons, superlatives, quantities and causes stand in claims, which are tested."""
    assert not verdicts(name, text(name))


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_the_prose_of_a_page_passes_no_verdict(page):
    assert not verdicts(page.stem, page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", verdict_words.SENTENCES)
def test_what_is_allowed_stands_in_the_page_and_has_a_reason(page):
    chapter = page in CHAPTERS
    words = bare(text(page) if chapter else (ROOT / f"book/{page}.md").read_text(encoding="utf-8"))
    for part, reason in verdict_words.SENTENCES[page].items():
        assert part in words and reason
