"""What a section of `BENCHMARKS.md` consists of: tables, each with the words that explain it."""

import math
import sys
import time
from dataclasses import dataclass, field

BEGUN = time.monotonic()


@dataclass(frozen=True)
class Table:
    """A table of a section: a sentence about it, its header, its rows. Numbers are formatted."""

    words: str
    header: list[str] = field(default_factory=list)
    rows: list[list] = field(default_factory=list)

    def markdown(self) -> str:
        """Return the words and the table; the first column is text, the others numbers."""
        if not self.rows:
            return f"{self.words}\n"
        marks = ["---", *("---:" for _ in self.header[1:])]
        lines = [self.header, marks, *([shown(cell) for cell in row] for row in self.rows)]
        return f"{self.words}\n\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def shown(cell: object) -> str:
    """Return a cell as it is printed: a number with the digits that a measurement has."""
    if not isinstance(cell, float):
        return f"{cell:,}" if isinstance(cell, int) else str(cell)
    if cell == 0 or math.isnan(cell):
        return "0" if cell == 0 else ""
    digits = max(0, 1 - math.floor(math.log10(abs(cell)))) if abs(cell) < 10 else 0
    return f"{cell:,.{digits}f}"


def say(words: str) -> None:
    """Say what is being measured, with the seconds since the start."""
    print(f"{time.monotonic() - BEGUN:6.0f} s  {words}", file=sys.stderr, flush=True)
