"""Directive `{calculator}`: a model of the report that a reader moves, on a page of its own.

What a calculator asks and answers stands here, its formulas in `quantities.formulas`; where its
first numbers come from stands in the page, a line each:

    ai_revenue = capex_gap.paid-now                       a value, or a parameter, of a chapter
    first_cost = compute_cost[platform=ENIAC].cost_2022   a cell: the last row that matches
    gpu_run_rate = capex_gap.a / capex_gap.b              one over another
    A case: cloud_margin = 0.5; useful_life = 3           what a case changes, for table and list

Without JavaScript the page shows the answer to the first numbers and the table of cases; with it
`calculator.js` shows the controls and answers as `answer` does here.
"""

import html
import json
import math
import re
from pathlib import Path

import pandas as pd
from sphinx.util.docutils import SphinxDirective

from computecycle.citing import edition
from computecycle.evidence.errors import InputError
from computecycle.site import inputs
from computecycle.site.fresh import of_tables, remembered, stated
from computecycle.site.markup import raw, table_html
from computecycle.site.models import MODELS, Control, Form, Model
from computecycle.site.words import said

FOLDER = "book/calculators/"
CELL = re.compile(r"(\w+)\[(.*)\]\.(\w+)")
SAID = re.compile(r"([a-z]\w*)\.([\w-]+)")
NUMBER = re.compile(r"-?\d[\d.]*(e-?\d+)?")
UNTOLD = "On these data the first numbers are not known; give your own."
MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"  # in English whatever the machine's language
ROUNDING = 0.005  # years: by so much a time of two places may fall short of its month's first day
PART = re.compile(r"\{(\w+)\}")
Scenario = dict[str, float]  # the numbers of the controls as they show them


class Calculator(SphinxDirective):
    """The controls of a model, its answer, how to keep a scenario, and a table of cases."""

    required_arguments = 1
    has_content = True

    def run(self):
        name = self.arguments[0]
        try:
            if name not in MODELS:
                raise InputError(f'no calculator "{name}"; there are {", ".join(MODELS)}')
            model = MODELS[name]
            first, cases = self.scenarios(model)
        except InputError as problem:
            return [self.state.document.reporter.warning(str(problem), line=self.lineno)]
        return [raw(page(name, model, first, cases, self.record()))]

    def scenarios(self, model: Model) -> tuple[Scenario, dict[str, Scenario]]:
        """Return the first numbers and those of each case; InputError for a line that is wrong."""
        lines = [line.strip() for line in self.content if line.strip()]
        own = [line for line in lines if not re.match(r"[^=\[]+:", line)]
        first = self.read(model, own, {})
        missing = [each.name for each in model.controls if each.name not in first]
        if missing:
            raise InputError(f"no line says where {missing[0]} comes from; write `name = source`")
        cases = {}
        for line in lines:
            if line not in own:
                name, changes = line.split(":", 1)
                cases[name] = self.read(model, changes.split(";"), first)
        return first, cases

    def read(self, model: Model, lines: list[str], base: Scenario) -> Scenario:
        """Return a scenario with what some lines `name = source` set, rounded as it is shown."""
        known, found = {each.name: each for each in model.controls}, dict(base)
        for line in lines:
            name, _, source = (part.strip() for part in line.partition("="))
            if name not in known:
                raise InputError(f'"{name}" is no control; there are {", ".join(known)}')
            number = self.number(source)
            control = known[name]
            if control.behind and math.isfinite(number) and not NUMBER.fullmatch(source):
                number = control.behind(number, found)
            found[name] = control.shown(number)
        return found

    def number(self, source: str) -> float:
        """Return what a source gives; a quotient where it is one over another."""
        first, *others = (self.part(text.strip()) for text in source.split(" / "))
        divisor = math.prod(others)
        return first / divisor if divisor else math.nan

    def part(self, text: str) -> float:
        """Return a number, a value or parameter of a chapter, or a cell; nan where unknown."""
        if named := CELL.fullmatch(text):
            return stated(self.env, cell, *named.groups())
        if NUMBER.fullmatch(text):
            return float(text)
        if not (named := SAID.fullmatch(text)):
            raise InputError(f'"{text}" is no number, no value of a chapter and no cell of a table')
        chapter, id = named.groups()
        value, parameter = (stated(self.env, said, chapter, k, id) for k in ("value", "parameter"))
        if not value and not parameter:
            raise InputError(f'chapter "{chapter}" has no value and no parameter "{id}"')
        number = value["number"] if value else parameter["value"]
        return float("nan") if number is None else float(number)

    def record(self) -> dict[str, str]:
        """Return what a citation says of the report."""
        return edition.record(Path(self.env.srcdir))


@of_tables
def cell(table: str, where: str, column: str) -> float:
    """Return a cell of the row known last of those that match; a date as a decimal year."""
    rows = inputs.package().load(table)
    wanted = dict(pair.split("=", 1) for pair in where.split(", ") if "=" in pair)
    if unknown := [name for name in (column, *wanted) if name not in rows]:
        raise InputError(f'table {table} has no column "{unknown[0]}"')
    for key, text in wanted.items():
        rows = rows[rows[key].astype(str) == text]
    if rows.empty:
        return float("nan")
    return decimal(rows.sort_values("known_from", kind="stable")[column].iloc[-1])


def decimal(cell: object) -> float:
    """Return a cell as a number: a date as a decimal year, a bare year as its end."""
    if isinstance(cell, str | pd.Timestamp):
        year, *rest = (int(part) for part in str(cell)[:10].split("-"))
        month, day = [*rest, 1, 1][:2]
        return year + ((month - 1) / 12 + (day - 1) / 365 if rest else 1)
    return float(cell)


def answer(name: str, model: Model, shown: Scenario) -> dict[str, float]:
    """Return the numbers of a scenario in the units of the formulas: given ones and answers."""
    from computecycle.quantities import formulas

    given = {each.name: shown[each.name] * each.factor for each in model.controls}
    return given | {key: float(each) for key, each in formulas.evaluate(name, **given).items()}


def page(name: str, model: Model, first: Scenario, cases: dict, record: dict) -> str:
    """Return a calculator. HTML, escaped."""
    numbers = answer(name, model, first)
    known = not any(map(math.isnan, first.values()))
    picked = model.verdicts[int(numbers["verdict"])] if known else UNTOLD
    templates = "".join(f"<template>{sentence(model, each)}</template>" for each in model.verdicts)
    about = {
        "calculator": name,
        "chapter": model.chapter,
        "cite": f"{record['authors']} ({record['published'][:4]})",
        "report": f"{record['title']}, edition {record['edition']}",
    }
    told = "".join(f' data-{key}="{html.escape(each)}"' for key, each in about.items())
    answers = "".join(
        f"<div><dt>{label}</dt><dd>{filled(model.forms[key], key, numbers)}</dd></div>"
        for key, label in model.answers.items()
    )
    return (
        f'<div class="cc-calculator"{told}>'
        f'<div class="cc-controls" role="group" aria-label="Assumptions">'
        f"{choice(name, cases)}{''.join(field(name, each, first) for each in model.controls)}</div>"
        f'<div class="cc-answer"><p class="cc-verdict">{sentence(model, picked, numbers)}</p>'
        f'<p class="cc-hidden" role="status"></p>{templates}<dl>{answers}</dl></div>'
        f'<dl class="cc-keep">{kept()}</dl></div>{table(name, model, first, cases)}'
    )


def field(name: str, control: Control, first: Scenario) -> str:
    """Return a control with its label and unit. HTML."""
    value = "" if math.isnan(first[control.name]) else plain(first[control.name])
    return (
        f'<div class="cc-field"><label for="{name}-{control.name}">{control.label} '
        f"<small>{control.unit}</small></label>"
        f'<input id="{name}-{control.name}" name="{control.name}" type="number" step="any" '
        f'inputmode="decimal" min="{plain(control.low)}" max="{plain(control.high)}" '
        f'value="{value}" data-factor="{plain(control.factor)}" '
        f'data-parameter="{control.parameter}"'
        f"{' data-years' * (control.places is not None)}></div>"
    )


def choice(name: str, cases: dict[str, Scenario]) -> str:
    """Return the list of cases from which to start. HTML, escaped."""
    options = "".join(
        f'<option value="{html.escape(json.dumps(numbers))}">{html.escape(case)}</option>'
        for case, numbers in cases.items()
        if not any(map(math.isnan, numbers.values()))
    )
    return (
        f'<div class="cc-field cc-wide-field"><label for="{name}-case">Start from</label>'
        f'<select id="{name}-case"><option value="">The report’s numbers</option>{options}'
        f"</select></div>"
    )


def kept() -> str:
    """Return where address, citation and command of a scenario stand, each to be copied. HTML."""
    return "".join(
        f"<div><dt>{label}</dt><dd><output></output></dd>"
        f'<dd><button type="button" data-copy="{key}">Copy<span class="cc-hidden"> the {key}</span>'
        f"</button></dd></div>"
        for key, label in (
            ("address", "Address of this scenario"),
            ("citation", "Citation"),
            ("command", "To compute it again"),
        )
    )


def table(name: str, model: Model, first: Scenario, cases: dict[str, Scenario]) -> str:
    """Return the cases with their answers as a table; those that are not known left out. HTML."""
    rows = []
    for case, shown in {"The report’s numbers": first, **cases}.items():
        if not any(map(math.isnan, shown.values())):
            numbers = answer(name, model, shown)
            cells = [told(model.forms[key], numbers[key]) for key in model.answers]
            rows.append([html.escape(case), *map(html.escape, cells)])
    return table_html("A few cases", ["Case", *model.answers.values()], rows, "cc-numbers")


def sentence(model: Model, words: str, numbers: dict[str, float] | None = None) -> str:
    """Return a sentence with its numbers, or with places for them. HTML."""
    return PART.sub(lambda part: filled(model.forms[part[1]], part[1], numbers or {}), words)


def filled(form: Form, key: str, numbers: dict[str, float]) -> str:
    """Return a number with what a script needs to put another in its place. HTML."""
    about = {"of": key, "before": form.before, "after": form.after, "kind": form.kind}
    about["scale"] = plain(form.scale)
    marks = "".join(f' data-{name}="{html.escape(each)}"' for name, each in about.items())
    return f"<b{marks}>{html.escape(told(form, numbers[key])) if numbers else ''}</b>"


def told(form: Form, number: float) -> str:
    """Return a number as a reader writes it, to three digits; `calculator.js` does the same."""
    if math.isnan(number):
        return "—"
    if math.isinf(number):
        return "never"
    if form.kind == "date":
        year = math.floor(number + ROUNDING)
        place = 3 * math.floor((number - year + ROUNDING) * 12)
        return f"{MONTHS[place : place + 3]} {year}"
    amount = plain(float(f"{abs(number) / form.scale:.3g}"), ",")
    return f"{'−' * (number < 0)}{form.before}{amount}{form.after}"


def plain(number: float, grouped: str = "") -> str:
    """Return a number in digits, without an exponent and without idle zeros."""
    text = f"{number:{grouped}.12f}"
    return text.rstrip("0").rstrip(".")


def script(app, problem) -> None:
    """Write the formulas beside the pages where one of them calculates."""
    pages = getattr(app.env, "found_docs", ())
    if problem is None and any(name.startswith(FOLDER) for name in pages):
        made = Path(app.outdir, "_static/formulas.js")
        made.write_text(remembered(app, javascript), encoding="utf-8")


def javascript() -> str:
    """Return the formulas as a script."""
    from computecycle.quantities import formulas

    return formulas.javascript()


def setup(app):
    """Register the directive and the script."""
    app.add_directive("calculator", Calculator)
    app.connect("build-finished", script)
