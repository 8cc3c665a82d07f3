"""Parameters: what a chapter lets an analyst change, and whether what was given will do."""

import ast
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from computecycle.evidence import checks, data
from computecycle.evidence.errors import InputError, did_you_mean
from computecycle.evidence.given import Given, Own
from computecycle.evidence.place import OVERLAID
from computecycle.notebook import following, notebooks

DECLARATION = re.compile(
    r"^(?P<name>\w+): (?P<type>\w+)(?: \| None)? = (?P<default>[^#]+?)\s+# (?P<help>.*)$"
)
UNIT = re.compile(r"\[([^\]]*)\]")
BOUNDS = re.compile(r"\{([^{}]*)\.\.([^{}]*)\}")
CHOICES = re.compile(r"\{([^{}.|]+(?:\|[^{}.|]+)+)\}")
INJECTED = "# Parameters"  # how papermill begins the cell that it puts behind the declarations
TYPES = {"float": float, "int": int, "str": str, "bool": bool}


@dataclass(frozen=True)
class Parameter:
    """One line of the parameters cell: `name: type = default  # meaning [unit] {a..b}`."""

    name: str
    type: str
    default: object
    meaning: str
    unit: str
    low: float | None
    high: float | None
    choices: list[str] | None

    def allowed(self) -> str:
        """Return what the parameter may be, in words."""
        if self.choices:
            return "one of " + ", ".join(self.choices)
        kinds = {"float": "a number", "int": "a whole number", "bool": "true or false"}
        kind = kinds.get(self.type, "a text")
        return kind if self.low is None else f"{kind} from {self.low:g} to {self.high:g}"


def declared(line: str) -> Parameter | None:
    """Return the parameter that a line of the parameters cell declares, if it declares one."""
    match = DECLARATION.match(line)
    if not match or match["type"] not in TYPES:
        return None
    text = match["help"]
    unit, bounds, choices = UNIT.search(text), BOUNDS.search(text), CHOICES.search(text)
    meaning = re.sub(r"\s*(\[[^\]]*\]|\{[^{}]*\})", "", text).strip()
    try:
        default = ast.literal_eval(match["default"])
        low, high = (float(bounds[1]), float(bounds[2])) if bounds else (None, None)
    except (ValueError, SyntaxError):
        return None
    return Parameter(
        match["name"],
        match["type"],
        default,
        meaning,
        unit[1] if unit else "",
        low,
        high,
        choices[1].split("|") if choices else None,
    )


def of(root: Path, name: str) -> list[Parameter]:
    """Return what a chapter's parameters cell declares, in its order."""
    cells = notebooks.source(root, name).cells
    tagged = [cell for cell in cells if "parameters" in cell.metadata.get("tags", [])]
    if len(tagged) != 1:
        raise InputError(f'notebooks/{name}.ipynb needs one cell tagged "parameters".')
    lines = [line for line in tagged[0].source.splitlines() if line.strip()]
    found = [declared(line) for line in lines]
    if None in found:
        raise InputError(
            f"notebooks/{name}.ipynb, parameters cell: write `{lines[found.index(None)]}` as "
            "`name: type = value  # meaning [unit] {min..max}`."
        )
    return found


def accepted(parameter: Parameter, value: object, given: str | None = None) -> object:
    """Return a value of the parameter's type; InputError when type, range or choice is wrong.

    given : what was written for it, where that was text.
    """
    if value is None and parameter.default is None:
        return None
    right = isinstance(value, TYPES[parameter.type]) and not (
        isinstance(value, bool) and parameter.type != "bool"
    )
    whole = isinstance(value, int) and not isinstance(value, bool)
    right = right or (parameter.type == "float" and whole)
    endless = right and parameter.type == "float" and not math.isfinite(value)
    outside = right and parameter.low is not None and not parameter.low <= value <= parameter.high
    other = right and parameter.choices and value not in parameter.choices
    if not right or endless or outside or other:
        unit = f" ({parameter.unit})" if parameter.unit else ""
        raise InputError(
            f'Parameter {parameter.name} is "{value if given is None else given}"; '
            f"it takes {parameter.allowed()}{unit}."
        )
    return float(value) if parameter.type == "float" else value


def typed(parameter: Parameter, given: str) -> object:
    """Return a parameter's value from text; InputError when type, range or choice is wrong."""
    if given == "" and parameter.default in (None, ""):
        return parameter.default
    value = {"true": True, "false": False}.get(given.lower()) if parameter.type == "bool" else given
    if parameter.type in ("float", "int"):
        try:
            value = TYPES[parameter.type](given)
        except ValueError:
            value = given
    return accepted(parameter, value, given)


def known(chapter: str, names: Iterable[str], declared_here: list[Parameter]) -> None:
    """Raise InputError, with the nearest name, for a name that the chapter does not declare."""
    there = [parameter.name for parameter in declared_here]
    for name in names:
        if name not in there:
            hint = did_you_mean(name, there) or f" It has {', '.join(there)}."
            raise InputError(f'Chapter {chapter} has no parameter "{name}".{hint}')


def usable(values: dict[str, object]) -> None:
    """Raise InputError for a date or a folder of tables that cannot be used."""
    if values.get("data_dir"):
        data.need_folder(values["data_dir"])
    if values.get("as_of"):
        data.need_known(values["as_of"], values.get("data_dir", ""), "Parameter as_of")


def checked(
    root: Path, name: str, given: dict[str, object], take: Callable = typed
) -> dict[str, object]:
    """Return a chapter's parameters as typed values; InputError for the first that is wrong.

    take : `typed`, of what is given as text, or `accepted`, of values.
    """
    there = of(root, name)
    known(name, given, there)
    values = {each.name: take(each, given[each.name]) for each in there if each.name in given}
    usable(values)
    return {key: values[key] for key in given}


def check(chapter: str, space: dict) -> None:
    """Raise InputError unless a running chapter's parameters are as it declares them.

    The first step of a chapter, whoever runs it. space : the notebook's `globals()`; its `In` holds
    the cells that have run: the one that declares, and the one that papermill puts behind it.
    """
    cells = [cell for cell in space.get("In", []) if cell.strip()]
    there = next(filter(None, map(declaring, reversed(cells))), None)
    if there is None:
        raise InputError(f"Chapter {chapter}: its parameters cell has not run; run that first.")
    for cell in cells:
        if cell.startswith(INJECTED):
            known(chapter, assigned(cell), there)
    values = {each.name: accepted(each, space[each.name]) for each in there}
    usable(values)
    following.begin(space, own(there, values))
    if values.get("data_dir"):
        place = f"{Path(values['data_dir'])}/"
        found = checks.overlay_problems(values["data_dir"])
        checks.stop([each.replace(OVERLAID, place) for each in found])


def rising(**ends: Given | float) -> None:
    """Raise InputError where the first of two ends, by parameter, is above the second, unless the
    data alone give both.

    ends : a parameter's own number, or what it and the data give.
    """
    (low, first), (high, last) = (
        (name, one.number if isinstance(one, Given) else one) for name, one in ends.items()
    )
    given = [name for name, one in ends.items() if isinstance(one, Given) and not one.own]
    if first > last and len(given) < len(ends):
        told = [f"{name} {one:g}{' by the data' if name in given else ''}"
                for name, one in ((low, first), (high, last))]  # fmt: skip
        raise InputError(
            f"Parameters: {told[0]} is above {told[1]}; set {low} to {last:g} or less, "
            f"or {high} to {first:g} or more."
        )


def own(there: list[Parameter], values: dict[str, object]) -> list[Own]:
    """Return what was set otherwise than it is published; day and folder set no number."""
    return [
        Own(each.name, values[each.name], each.default, each.unit, each.default is None)
        for each in there
        if values[each.name] != each.default and each.name not in ("as_of", "data_dir")
    ]


def declaring(cell: str) -> list[Parameter] | None:
    """Return the parameters that a cell declares; None where a line of it is something else."""
    found = [declared(line) for line in cell.splitlines() if line.strip()]
    return found if found and None not in found else None


def assigned(cell: str) -> list[str]:
    """Return the names that a cell sets."""
    nodes = [node for node in ast.walk(ast.parse(cell)) if isinstance(node, ast.Name)]
    return [node.id for node in nodes if isinstance(node.ctx, ast.Store)]
