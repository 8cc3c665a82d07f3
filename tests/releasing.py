"""A second edition of the small house, with one of each kind of change."""

import json
from pathlib import Path

from house import LOCATOR, PRICES, House, trial_cells, write_table

FIRST, SECOND = "2026.11", "2026.12"
REVISED = ["pear & <b>plum</b>", "25", "maker2020", LOCATOR, "2021-01-01", "printed", "recast <i>"]
CORRECTION = '2026-12-01,2026.11,trial.price-first,$10.0,$10.00,"A digit was <b>left</b> out."\n'
PAGES = "  - file: book/editions\n  - file: book/machines\n"


def name_edition(root: Path, name: str) -> None:
    """Write the record of an edition with its name, and a day in its month."""
    path = root / "book/edition.json"
    record = json.loads(path.read_text("utf-8"))
    day = f"{name[:7].replace('.', '-')}-28"
    path.write_text(json.dumps({**record, "edition": name, "published": day}), "utf-8")


def add_pages(root: Path) -> None:
    """Put the pages of editions and of the files for programs into the book."""
    toc = root / "_toc.yml"
    toc.write_text(toc.read_text() + PAGES)
    (root / "book/editions.md").write_text(
        "# Editions\n\n```{editions}\n```\n\n## Corrections\n\n```{corrections}\n```\n"
    )
    (root / "book/machines.md").write_text(
        "# Machines\n\n```{quoting} values trial.price-last\n```\n"
    )


def change(house: House) -> None:
    """Revise a row, print a number otherwise, rename the figure and a sentence."""
    write_table(house.root / "data/prices.csv", [PRICES[0], REVISED])
    cells = trial_cells()
    for cell in cells:
        source = cell.source.replace("trial-prices", "trial-bars").replace("price-rose", "rose")
        cell.source = source.replace('first, "USD", "${:,.1f}"', 'first, "USD", "${:,.2f}"')
    house.write_chapter(cells)
    front = house.root / "book/index.md"
    front.write_text(front.read_text().replace("trial.price-rose", "trial.rose"))
    name_edition(house.root, SECOND)


def explain(house: House) -> None:
    """Write the correction, and where the old names lead."""
    with (house.root / "editions/corrections.csv").open("w") as file:
        file.write(f"day,edition,id,wrong,right,reason\n{CORRECTION}")
    register = house.root / "editions/register.csv"
    text = register.read_text()
    for line, place in (
        ("figure,trial-prices,2026.11,", "figure/trial-bars"),
        ("claim,trial.price-rose,2026.11,", "claim/trial.rose"),
    ):
        assert line in text
        text = text.replace(line, line + place)
    register.write_text(text)
