"""AlphaGo: what its hardware bought in rating, what a game cost.

    doublings        log2 of a multiple of the hardware
    energy           W x hours / 1000, in kWh; its cost is that times the price of a kWh

A rating is comparable within one list only: versions differ in their programs, not in their
hardware alone. Tables in (as loaded), tables or `Given` numbers out.
"""

import numpy as np
import pandas as pd

from computecycle.evidence.given import Given

POINTS = ["list", "name", "kind", "chips", "elo"]
STEPS = ["machine", "name", "chips", "before", "gained", "a_doubling"]


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
