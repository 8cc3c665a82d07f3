"""What a chart shows, in words, for those who hear it: told from its own specification.

Lines come first: of each its first and last value, its lowest and its highest. Then points that lie
on no line, else bars: the highest and the lowest; of bars in parts those of the whole and of each
part. Only where there are none of these come ticks, areas, and at last rules and rectangles. Where
no axis shows a quantity the texts are told in their places.

A bar or rule from a column named `start` is a part: with a colour it counts by its length, else by
where it ends, or on a log scale by its factor. Any other mark with two ends is told by both, unless
one of them is the same throughout. A view is named by its series and by its description.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from computecycle.charts.specified import (
    column,
    is_log,
    is_number,
    is_share,
    kind,
    measure,
    panels,
    plain,
    views,
)

LONGEST = 14  # sentences
DIGITS = 4  # of a number, as told
LINES = {"line", "trail"}
POINTS = {"point", "circle", "square"}
RANKS = (POINTS, {"bar"}, {"tick"}, {"area"}, {"rule", "rect"})
NAMES = ("nominal", "ordinal")
SERIES = ("color", "strokeDash", "shape")  # and `detail`, where these name nothing


@dataclass(frozen=True)
class Point:
    """What is told of one mark: of which group and at which place it is, and both its ends."""

    group: str
    place: object
    low: float | str
    high: float | str
    share: bool = False

    def __str__(self):
        value = number(self.low, self.share)
        if self.low != self.high:
            value += f" to {number(self.high, self.share)}"
        return value if self.place in (None, "") else f"{value} ({where(self.place)})"

    def named(self) -> "Point":
        """The same with its group in its place."""
        return replace(self, group="", place=beside(where(self.place), self.group))

    @property
    def ends(self) -> tuple:
        """From where to where it goes."""
        return self.low, self.high


def described(spec: dict) -> str:
    """Return what a Vega-Lite specification shows, in a few sentences; empty where nothing."""
    drawn = [(panel, list(views(panel, spec.get("datasets", {})))) for panel in panels(spec)]
    heads = [heading(panel, inner) for panel, inner in drawn]
    told = []
    for head, (_, inner) in zip(heads, drawn, strict=True):
        along = [title(view, across, NAMES) for view in inner for across in "yx"]
        along = next(filter(None, along), "") if heads.count(head) > 1 else ""
        about = ", ".join(filter(None, [head, along]))
        words = list(dict.fromkeys(of_panel(inner)))
        told += [f"{about}: {words[0]}", *words[1:]] if about and words else words
    told = list(dict.fromkeys(f"{words[0].upper()}{words[1:]}" for words in told))
    more = len(told) - LONGEST
    return " ".join([*told[:LONGEST], *([f"And {more} more."] if more > 0 else [])])


def heading(panel: dict, drawn: list[dict]) -> str:
    """Return the title of a panel, else that of its quantity; empty where it has none."""
    given = panel.get("title")
    given = given.get("text") if isinstance(given, dict) else given
    given = [given, *(title(view, across) for across in "yx" for view in drawn)]
    return plain(next(filter(None, given), ""))


def title(view: dict, channel: str, kinds: tuple[str, ...] = ("quantitative", "temporal")) -> str:
    """Return the title of a channel's axis where the channel is of some kinds."""
    given = view["encoding"].get(channel, {})
    if kind(view, channel) not in kinds:
        return ""
    return given.get("title") or (given.get("axis") or {}).get("title") or ""


def of_panel(drawn: list[dict]) -> list[str]:
    """Return the sentences of a panel: those of the first kinds of mark that tell something."""
    shares = {across for across in "xy" if any(is_share(view, across) for view in drawn)}
    drawn = [view | {"shares": shares} for view in drawn]
    lines = [view for view in drawn if view["mark"] in LINES]
    told, known = series(lines)
    for marks in RANKS:
        chosen = [view for view in drawn if view["mark"] in marks]
        if told and marks != POINTS:
            chosen = [view for view in chosen if view["name"]]
        told += series(chosen)[0] if marks == {"area"} else extremes(chosen, known)
    count = max((len(view["rows"]) for view in drawn), default=0)
    return told or texts(drawn) or ([f"{count} marks."] if count else [])


def name_of(view: dict, row: dict, channels: tuple[str, ...] = SERIES) -> str:
    """Return the panel and the series of a row in words; a number only parts lines, unless its
    channel has a title."""
    fields = [*view["split"], *(column(view, channel) for channel in channels)]
    names = [row.get(field) for field in dict.fromkeys(fields) if field]
    names = [name for name in names if isinstance(name, str) and name]
    given = view["encoding"].get("color", {})
    if not names and isinstance(row.get(column(view, "detail")), str):
        names = [row[column(view, "detail")]]
    if is_number(row.get(column(view, "color"))) and given.get("title"):
        names.append(f"{given['title']} {said(row[given['field']])}")
    return ", ".join(dict.fromkeys(said(name) for name in [*names, view["name"]] if name))


def series(drawn: list[dict]) -> tuple[list[str], set[tuple]]:
    """Return a sentence for each line or area of some views, of many in one view a sentence for
    them all; and where they go through."""
    lines: dict[tuple, list[Point]] = {}
    told, known = [], set()
    for view in drawn:
        found = parted(view)
        every = [point for points in found.values() for point in points]
        if len(found) > LONGEST:
            told += spread("", [point.named() for point in every])
        elif not any({*every} <= {*points} for points in lines.values()):
            lines |= found
        known |= {(point.place, point.high) for point in every}
    columns = defaultdict(set)
    for name, shown, *_ in lines:
        columns[name].add(shown)
    for (name, shown, *_), points in lines.items():
        which = shown if len(columns[name]) > 1 and shown in ("low", "high") else ""
        told.append(line(", ".join(filter(None, [name, which])), points))
    return told, known


def parted(view: dict) -> dict[tuple, list[Point]]:
    """Return the points of each line of a view, by its name, its column and what parts it."""
    x, y, other = column(view, "x"), measure(view, "y"), column(view, "y2")
    lines: dict[tuple, list[Point]] = {}
    for row in view["rows"] if x and y else []:
        if row.get(x) is not None and is_number(row.get(y)):
            parts = [row.get(column(view, channel)) for channel in (*SERIES, "detail")]
            name = name_of(view, row)
            low, high = sorted([row[y], row[other] if is_number(row.get(other)) else row[y]])
            point = Point(name, place_of(view, row, "x"), low, high, "y" in view["shares"])
            lines.setdefault((name, y, id(view), *parts), []).append((row[x], point))
    ordered = kind(view, "x") in NAMES
    return {
        key: [point for _, point in (at if ordered else sorted(at, key=lambda each: each[0]))]
        for key, at in lines.items()
    }


def line(name: str, points: list[Point]) -> str:
    """Return the sentence of a line: its ends, and its lowest and highest where they lie within."""
    first, last = points[0], points[-1]
    least, most = bounds(points)
    words = f"{first}"
    if len(points) > 1:
        band = any(point.low != point.high for point in points)
        words = f"first {first}, last {last}" if band else f"from {first} to {last}"
    words += f", lowest {least}" * (least.ends not in (first.ends, last.ends))
    words += f", highest {most}" * (most.ends not in (first.ends, last.ends))
    return f"{name}: {words}." if name else f"{words}."


def bounds(points: list[Point]) -> tuple[Point, Point]:
    """Return the lowest and the highest of some points."""
    return min(points, key=lambda each: each.ends), max(points, key=lambda each: each.ends[::-1])


def extremes(drawn: list[dict], known: set[tuple] = frozenset()) -> list[str]:
    """Return for each group of bars, points or ranges the sentence of its highest and lowest.

    known : places and values that lines have told.
    """
    groups: dict[str, list[Point]] = defaultdict(list)
    for view in drawn:
        found = list(members(view))
        same = len({point.ends for point in found}) == 1
        for point in found:
            reference = view["mark"] == "tick" and same and len(found) > 1
            if (point.place, point.high) not in known and not reference:
                groups[point.group].append(point)
    return [words for group, points in groups.items() for words in spread(group, points)]


def spread(group: str, points: list[Point]) -> list[str]:
    """Return the sentence of the highest and the lowest of a group."""
    least, most = bounds(points)
    top, low = ("latest", "earliest") if isinstance(most.high, str) else ("highest", "lowest")
    words = f"{top} {most}, {low} {least}"
    if least.ends == most.ends:
        many = len({point.place for point in points}) > 1
        words = f"each {replace(most, place='')}" if many else f"{most}"
    return [f"{group}: {words}." if group else f"{words}."]


def members(view: dict) -> Iterator[Point]:
    """Yield what the marks of a view show beside names, days or another quantity."""
    across, along = axes(view)
    if not across or not (column(view, along) or view["name"]):
        return
    found = [(row, *ends) for row in view["rows"] if (ends := span(view, row, across))]
    share, by_name = across in view["shares"], kind(view, along) in NAMES
    wholes = stacked(view, found, across, along)
    for spot, size in wholes.items():
        yield Point("all parts together", ", ".join(map(said, spot)), size, size, share)
    for row, low, high in found:
        point = Point(name_of(view, row), place_of(view, row, along), low, high, share)
        if wholes and point.group == said(point.place):
            point = replace(point, group="each part")
        elif by_name and not (wholes or view["name"]):
            shown = name_of(view, row, SERIES[:1] if has_legend(view) else ())
            point = replace(point, group=shown).named()
        yield point


def stacked(view: dict, found: list[tuple], across: str, along: str) -> dict[tuple, float]:
    """Return how long each bar of a view is, by its place, where some have parts."""
    other = column(view, f"{across}2")
    sizes: dict[tuple, list[float]] = defaultdict(list)
    if view["mark"] == "bar" and kind(view, along) in NAMES and other in ("", "end", "start"):
        for row, low, _ in found:
            places = (row.get(each) for each in (column(view, along), *view["split"]))
            sizes[*dict.fromkeys(places)].append(low)
    whole = {place: sum(parts) for place, parts in sizes.items()}
    return whole if any(len(parts) > 1 for parts in sizes.values()) else {}


def axes(view: dict) -> tuple[str, str]:
    """Return the channel across which a view shows values, and that along which it has places."""
    x, y = measure(view, "x"), measure(view, "y")
    if y and (not x or not column(view, "y2")):
        return "y", "x"
    days = kind(view, "x") == "temporal" and kind(view, "y") in NAMES
    return ("x", "y") if x or days else ("", "")


def span(view: dict, row: dict, across: str) -> tuple | None:
    """Return from where to where a mark goes; None where it has no value, or is what stands
    under a part."""
    shown, other = column(view, across), column(view, f"{across}2")
    value, end = row.get(shown), row.get(other)
    days = kind(view, across) == "temporal"
    if not (isinstance(value, str) if days else is_number(value)):
        return None
    if "start" in (shown, other) and not days:
        if not other:
            return None
        if is_log(view, across):
            return (max(value, end) / min(value, end),) * 2
        return (abs(value - end) if column(view, "color") else row["end"],) * 2
    same = len(view["rows"]) > 1 and len({each.get(other) for each in view["rows"]}) == 1
    if end is None or same or days:
        return value, value
    return min(value, end), max(value, end)


def has_legend(view: dict) -> bool:
    """Whether a legend names the colours of a view."""
    return view["encoding"].get("color", {}).get("legend", True) is not None


def beside(place: str, name: str) -> str:
    """Return where a value stands, with its series where that says more."""
    return f"{place}, {name}" if name and name != place else place


def texts(drawn: list[dict]) -> list[str]:
    """Return a sentence of the texts that stand in a table, each with its names."""
    told = []
    for view in drawn:
        text, x, y = (column(view, channel) for channel in ("text", "x", "y"))
        for row in view["rows"] if text and x and y else []:
            names = [said(row[each]) for each in (x, y) if isinstance(row.get(each), str)]
            if row.get(text) and names:
                told.append(f"{said(row[text])} ({', '.join(names)})")
    return [f"{'; '.join(told)}."] if told else []


def place_of(view: dict, row: dict, along: str) -> object:
    """Return where a mark of a row is, a share as a percentage."""
    place = row.get(column(view, along))
    return number(place, True) if along in view["shares"] and is_number(place) else place


def where(place: object) -> str:
    """Return a place in words; a number in the range of years is read as a year."""
    is_year = is_number(place) and 1900 <= place < 2100
    return f"{place:.1f}".removesuffix(".0") if is_year else said(place)


def number(value: object, share: bool) -> str:
    """Return a value in words, a share as a percentage."""
    if not share:
        return said(value)
    percent = value * 100
    return f"{said(round(percent, 1) if abs(percent) >= 0.1 else float(f'{percent:.2g}'))}%"


def said(value: object) -> str:
    """Return a cell as it is read aloud: few digits, a day without its hour, no line break."""
    if not is_number(value):
        return " ".join(re.sub(r"^(\d{4}-\d\d-\d\d)T.*", r"\1", str(value)).split())
    if value == int(value) and 1000 <= value < 2200:  # a year, or a number as short as one
        return f"{value:.0f}"
    return f"{float(f'{value:.{DIGITS}g}'):,.10g}"
