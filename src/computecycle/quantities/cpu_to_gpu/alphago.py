"""AlphaGo: what its hardware bought in rating, what a rating promises, what a game cost.

    expected score   E = 1 / (1 + 10 ** (-d / 400))    d: Elo difference (Elo 1978)
    doublings        log2 of a multiple of the hardware
    energy           W x hours / 1000, in kWh; its cost is that times the price of a kWh

A rating is comparable within one list only: versions differ in their programs, not in their
hardware alone. Tables in (as loaded), tables or `Given` numbers out.
"""

import numpy as np
import pandas as pd

from computecycle.evidence.given import Given

SCALE = 400  # Elo points for odds of ten to one
POINTS = ["list", "name", "kind", "chips", "elo"]
MATCHES = ["match", "expected", "scored", "games"]
STEPS = ["machine", "name", "chips", "before", "gained", "a_doubling"]


def expected_score(difference: float | np.ndarray) -> float | np.ndarray:
    """Return the share of games that a lead of so many Elo points promises."""
    return 1 / (1 + 10 ** (-np.asarray(difference, dtype=float) / SCALE))


def points(alphago: pd.DataFrame) -> pd.DataFrame:
    """Return each machine with its accelerators: list, name, kind ("GPU", "TPU"), chips, elo."""
    chips = alphago["gpus"].where(alphago["gpus"].notna(), alphago["tpus"]).astype(float)
    table = pd.DataFrame(
        {
            "list": alphago["listing"].map(
                {"early_configurations": "one program", "versions": "versions"}
            ),
            "name": alphago["configuration"],
            "kind": np.where(alphago["gpus"].notna(), "GPU", "TPU"),
            "chips": chips,
            "elo": alphago["elo"].astype(float),
        }
    )
    return table[POINTS].reset_index(drop=True)


def steps(alphago: pd.DataFrame) -> pd.DataFrame:
    """Return what each larger early configuration gained on the next smaller: points a doubling.

    Columns: machine ("single", "distributed"), name, chips, before, gained, a_doubling. Only steps
    within one kind of machine, so that processors and network stay the same or grow alike.
    """
    rows = alphago[alphago["listing"] == "early_configurations"].sort_values("gpus")
    tables = []
    for machine, same in rows.groupby("machine", sort=False):
        chips, elo = same["gpus"].astype(float), same["elo"].astype(float)
        table = pd.DataFrame({"machine": machine, "name": same["configuration"], "chips": chips})
        table["before"], table["gained"] = chips.shift(), elo.diff()
        table["a_doubling"] = table["gained"] / np.log2(chips / chips.shift())
        tables.append(table.dropna())
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=STEPS)


def rating(alphago: pd.DataFrame, configuration: str) -> Given:
    """Return the Elo rating of one configuration or version."""
    rows = alphago[alphago["configuration"] == configuration]
    return Given(float(rows["elo"].iloc[0]), [rows]) if len(rows) else Given()


def short(version: str) -> str:
    """Return a version's name in few words: "AlphaGo (Fan Hui)" is the Fan Hui version."""
    name = version.removeprefix("AlphaGo ")
    return f"the {name.strip('()')} version" if name.startswith("(") else name


def matches(alphago: pd.DataFrame) -> pd.DataFrame:
    """Return the matches between versions: match, expected and scored share, games.

    The opponents are those of the table's own versions; matches against people have no rating here.
    """
    rows = alphago[alphago["listing"] == "versions"]
    elo = dict(zip(rows["configuration"], rows["elo"].astype(float), strict=True))
    played = []
    for row in rows.to_dict("records"):
        for end in ("", "_2"):
            other, won, lost = row[f"opponent{end}"], row[f"wins{end}"], row[f"losses{end}"]
            if other in elo and not (pd.isna(won) or pd.isna(lost)):
                played.append(
                    {
                        "match": f"{short(row['configuration'])} against {short(other)}",
                        "expected": float(expected_score(elo[row["configuration"]] - elo[other])),
                        "scored": float(won / (won + lost)),
                        "games": float(won + lost),
                    }
                )
    return pd.DataFrame(played, columns=MATCHES)
