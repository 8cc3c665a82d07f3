"""Parameters: what a chapter lets an analyst change, and whether what was given will do."""

import ast
import math
import re
from dataclasses import dataclass
from pathlib import Path

from computecycle.evidence import data
from computecycle.evidence.errors import InputError, did_you_mean
from computecycle.notebook import notebooks

DECLARATION = re.compile(
    r"^(?P<name>\w+): (?P<type>\w+)(?: \| None)? = (?P<default>[^#]+?)\s+# (?P<help>.*)$"
)
UNIT = re.compile(r"\[([^\]]*)\]")
BOUNDS = re.compile(r"\{([^{}]*)\.\.([^{}]*)\}")
CHOICES = re.compile(r"\{([^{}.|]+(?:\|[^{}.|]+)+)\}")
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
    cells = notebooks.read(notebooks.path(root, name)).cells
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


def typed(parameter: Parameter, given: str) -> object:
    """Return a parameter's value from text; InputError when type, range or choice is wrong."""
    if given == "" and parameter.default in (None, ""):
        return parameter.default
    wrong = InputError(
        f'Parameter {parameter.name} is "{given}"; it takes {parameter.allowed()}'
        f"{f' ({parameter.unit})' if parameter.unit else ''}."
    )
    if parameter.type == "bool":
        if given.lower() not in ("true", "false"):
            raise wrong
        return given.lower() == "true"
    try:
        value = TYPES[parameter.type](given)
    except ValueError:
        raise wrong from None
    outside = parameter.low is not None and not parameter.low <= value <= parameter.high
    endless = parameter.type == "float" and not math.isfinite(value)
    if outside or endless or (parameter.choices and value not in parameter.choices):
        raise wrong
    return value


def checked(root: Path, name: str, given: dict[str, str]) -> dict[str, object]:
    """Return a chapter's parameters as typed values; InputError for the first that is wrong."""
    known = {parameter.name: parameter for parameter in of(root, name)}
    for unknown in set(given) - set(known):
        hint = did_you_mean(unknown, list(known)) or f" It has {', '.join(known)}."
        raise InputError(f'Chapter {name} has no parameter "{unknown}".{hint}')
    typed_values = {key: typed(known[key], text) for key, text in given.items()}
    if typed_values.get("as_of"):
        data.as_date(typed_values["as_of"], "Parameter as_of")
    return typed_values
