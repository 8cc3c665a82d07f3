"""How a text is written: spaces that nobody sees, and one word spelt in two ways.

A key joins rows only where its texts are the same sign for sign. What a reader takes for the same
word must therefore be written in the same way: a second spelling makes a second company.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164]")  # a letter to Unicode, no ink
ODD_SPACE = re.compile(r"[^\S ]")
BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s-]+(?=\d)")
BETWEEN_WORDS = re.compile(r"(?<=\w)[\s-]+(?=\w)|\s")

# Pairs of Unicode's confusables.txt (UTS 39) that ordinary fonts draw alike. Left out are digits,
# which tell models apart (O1, 01), and Greek letters that are symbols: μm is not mm.
LOOKS = {
    **dict(zip("АВЕЁЅІЇЈКМНОРСТУҮХԌԜӀ", "ABEËSIÏJKMHOPCTYYXGWI", strict=True)),  # Cyrillic
    **dict(zip("авеёѕіїјкмнорстуүхһԁԛԝӏ", "abeësiïjkmhopctyyxhdqwl", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),  # Greek
    **dict(zip("αικνορυχϳ", "aikvopuxj", strict=True)),
    **dict(zip("ıɑɡ×", "iagx", strict=True)),
    **dict.fromkeys("‘’ʼ′`", "'"),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043", "-"),  # hyphens and dashes
    **dict.fromkeys(map(chr, range(0xFE00, 0xFE10)), ""),  # choose between pictures of one sign
}
AS_IT_LOOKS = str.maketrans(LOOKS)


def named(sign: str) -> str:
    """Return the name of a sign that cannot be shown."""
    if sign == " ":
        return "a space"
    return f"{unicodedata.name(sign, 'a character')} (U+{ord(sign):04X})"


def unseen(text: str) -> str:
    """Return the first sign of a text that leaves no ink and is no space, or nothing."""
    if text.isprintable():  # spares most texts the walk through their signs
        blank = BLANK.search(text)
        return blank.group() if blank else ""
    return next(
        (sign for sign in text if unicodedata.category(sign) == "Cf" or BLANK.match(sign)), ""
    )


def space_problem(text: str, in_key: bool) -> str:
    """Return what is wrong with the unseen signs of a text, as the end of a sentence, or nothing.

    Inside a text that is no key, spaces of every kind may stand.
    """
    sign = unseen(text)
    if sign:
        return f"has a sign that is not seen, {named(sign)}; remove it."
    if text[:1].isspace():
        return f"begins with {named(text[0])}; remove it."
    if text[-1:].isspace():
        return f"ends with {named(text[-1])}; remove it."
    odd = ODD_SPACE.search(text) if in_key else None
    if odd:
        return f"has {named(odd.group())} inside; write a plain space."
    return "has two spaces in a row; write one." if in_key and "  " in text else ""


def folded(text: str) -> str:
    """Return a text without what readers overlook: case, look-alike letters, spaces and hyphens.

    Between digits a space or a hyphen counts, as does a sign before a number or after a word.
    """
    seen = unicodedata.normalize("NFKC", text).translate(AS_IT_LOOKS)
    lower = unicodedata.normalize("NFKC", seen.casefold())
    return BETWEEN_WORDS.sub("", BETWEEN_DIGITS.sub("_", lower))


def shown(text: str, other: str) -> str:
    """Return a text in quotes, naming the sign by which it differs where eyes may not see it."""
    there = other.casefold()
    strange = (sign for sign in text if not sign.isascii() and sign.casefold() not in there)
    names = [f" with {named(sign)}" for sign in strange]
    return "".join([f'"{text}"', *names[:1]])


def key_texts(
    entry: dict, rows: list[list[str]], label: str, wrong: set[tuple] = frozenset()
) -> dict[str, list[tuple[str, str]]]:
    """Return the texts of a table's key by column, each after its place (`label, line 2`).

    rows : the cells of a CSV, its header first; wrong : line and column of cells to leave out.
    Left out too are texts with spaces to mend first, and columns whose words are listed, in the
    description or in the bibliography: another spelling is no word of the list.
    """
    free = [
        field["name"]
        for field in entry["schema"]["fields"]
        if field["name"] in set(entry["key"]) - {"source"}
        and field["type"] == "string"
        and "enum" not in field.get("constraints", {})
    ]
    lines = [
        (line, dict(zip(rows[0], cells, strict=False)))  # a damaged table may be laid over
        for line, cells in enumerate(rows[1:], start=2)
    ]
    return {
        name: [
            (f"{label}, line {line}", row[name])
            for line, row in lines
            if row.get(name)
            and (line, name) not in wrong
            and not space_problem(row[name], in_key=True)
        ]
        for name in free
    }


def other_spellings(
    cells: list[tuple[str, str]], known: list[tuple[str, str]]
) -> Iterator[tuple[str, str, str]]:
    """Yield each text that spells a word otherwise, between its place and how to spell it.

    What is known counts as right; of a word that is not known, the spelling that stands there
    most often does, of several the first.
    """
    usual, right = {}, {text for _, text in known}
    counts = [Counter(text for _, text in some).most_common() for some in (known, cells)]
    often_first = dict.fromkeys(text for count in counts for text, _ in count)
    word = {text: folded(text) for text in often_first}
    for text in often_first:
        usual.setdefault(word[text], text)
    for place, text in cells:
        other = usual[word[text]]
        if text not in right and text != other:
            yield place, text, other


def second_spellings(texts: dict, known: dict) -> Iterator[str]:
    """Yield a sentence for each text of a key that is spelt otherwise elsewhere.

    texts, known : as from `key_texts`; known are those that a table laid over is to follow.
    """
    for name, cells in texts.items():
        first = {}
        for place, text in [*known.get(name, []), *cells]:
            first.setdefault(text, place)
        for place, text, other in other_spellings(cells, known.get(name, [])):
            yield (
                f'{place}, column "{name}" is {shown(text, other)}; '
                f"{first[other]} writes {shown(other, text)}; write it the same way."
            )
