"""The design in numbers: colours, type, space and widths, for charts, pages and print alike.

A chart takes a colour by its light hex (`theme.BLUE`); a page takes all of it as CSS custom
properties from `css`, so that text, figure and page change together.
"""

# Token: light hex, dark hex. All but grid and neutral may also carry text (4.5:1).
COLOURS = {
    "ink": ("#1b222c", "#e4e7eb"),
    "muted": ("#5b6570", "#a4adb8"),
    "grid": ("#e1e5ea", "#303842"),
    "paper": ("#fffefb", "#14181e"),
    "blue": ("#1f4e79", "#8cc0f0"),
    "orange": ("#bf550b", "#e8863a"),
    "green": ("#2b7f62", "#4fb490"),
    "purple": ("#7a4a9e", "#b795de"),
    "red": ("#b2182b", "#ef6f78"),
    "gold": ("#8f6b00", "#d6b148"),
    "own": ("#b5136f", "#f48cc4"),  # of what a reader set, and of nothing else
    "neutral": ("#868f99", "#7c8691"),
}
PAGE_COLOURS = {  # of pages alone: what lies behind a card or a code, hairlines, what is pointed at
    "wash": ("#f5f6f4", "#1c222a"),
    "line": ("#d9dde2", "#343c47"),
    "target": ("#fff3d6", "#3a3218"),
}
# What a small picture drawn on light paper is in the dark: hues stay, lightness turns, paper goes.
NEGATIVE = "--cc-negative:invert(1) hue-rotate(180deg);--cc-blend:screen;"
SANS, SERIF = "Cycle Sans", "Cycle Serif"  # subsets of Source Sans and Serif, whose licence asks
# for another name; what they lack, Chinese above all, comes from the reader's machine, or
# where that has none from ours
HAN, ROOM = "Cycle Han", "Cycle Room"  # and what keeps the room of letters on their way
CHINESE = f'"PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", "{HAN}", "{ROOM}"'
FACES = {
    "sans": f'"{SANS}", "Source Sans Pro", "Helvetica Neue", Arial, {CHINESE}, sans-serif',
    "serif": f'"{SERIF}", "Source Serif Pro", Charter, Georgia, {CHINESE}, serif',
    "mono": 'ui-monospace, "SF Mono", Menlo, Consolas, monospace',
}
SIZES = {  # rem, of 16 px; each about a quarter above the one before
    "small": 0.8125,
    "note": 0.9375,
    "text": 1.125,
    "lead": 1.3125,
    "head": 1.4375,
    "key": 2.0,
    "title": 2.75,
}
SPACES = {"tight": 0.5, "space": 1.0, "wide": 2.0, "part": 3.5}  # rem
MEASURE = 39  # rem, a line of text: about 68 characters
NARROW = 340  # px in all, a figure in a phone's column
WIDE = 680  # px in all, a figure in the column of the page


def css() -> str:
    """Return the design as CSS custom properties, light by default.

    Dark on screens where the page says so, and where it says nothing and the reader's system is
    dark; light on paper.
    """
    colours = COLOURS | PAGE_COLOURS
    light = "".join(f"--cc-{name}:{pair[0]};" for name, pair in colours.items())
    light += "--cc-negative:none;--cc-blend:normal;"
    dark = "".join(f"--cc-{name}:{pair[1]};" for name, pair in colours.items())
    dark += NEGATIVE
    rest = "".join(f"--cc-{name}:{face};" for name, face in FACES.items())
    rest += "".join(f"--cc-{name}:{size}rem;" for name, size in (SIZES | SPACES).items())
    rest += f"--cc-measure:{MEASURE}rem;--cc-figure:{WIDE}px;"
    return (
        f":root{{{light}{rest}color-scheme:light}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light])"
        f"{{{dark}color-scheme:dark}}}}\n"
        f"@media screen{{:root[data-theme=dark]{{{dark}color-scheme:dark}}}}\n"
    )
