"""What a dollar of chips asks for, link by link, with the range of each sum."""

import pandas as pd

from computecycle.evidence.given import Given, computed, derive
from computecycle.quantities.capex_gap import chain, question

LINKS = {
    "GPUs": "The chip",
    "data centre": "With the centre and its electricity",
    "cloud": "With a margin of the cloud",
    "end user": "With the margin of the seller to users",
}


def end(given: dict[str, Given], ranges: pd.DataFrame, bound: str) -> Given:
    """Return the sales that a dollar of chips asks for with each link at one end of its range.

    Links that are not in `ranges` stay as given; money multiplies, so lows go with lows.
    """
    links = []
    for name in question.CHAIN[1:]:
        rows = ranges[ranges["assumption"] == name]
        links.append(computed(rows[bound].sum(), rows) if len(rows) else given[name])
    return derive(chain.required_revenue, 1.0, *links)


def one_dollar(given: dict[str, Given], ranges: pd.DataFrame) -> pd.DataFrame:
    """Return the links of the chain from a dollar of chips on: layer, start, end, low, high, label.

    low and high are the sums so far with each link at that end of its range. The margin of the
    cloud has a row though the articles leave it out.
    """
    links = [given[name].number for name in question.CHAIN[1:]]
    steps = chain.layers(1.0, *links)
    ends = ranges.set_index("assumption")
    sums = {}
    for bound in ("low", "high"):
        told = (
            ends[bound]
            .reindex(question.CHAIN[1:])
            .fillna(dict(zip(question.CHAIN[1:], links, strict=True)))
        )
        sums[bound] = chain.layers(1.0, *told)["revenue"]
    return pd.DataFrame(
        {
            "layer": steps["layer"].map(LINKS),
            "start": steps["revenue"] - steps["added"],
            "end": steps["revenue"],
            "low": sums["low"],
            "high": sums["high"],
            "label": [
                f"{LINKS[name]}{'' if added else ', none here'}: ${sum_:.2f}"
                for name, sum_, added in zip(
                    steps["layer"], steps["revenue"], steps["added"], strict=True
                )
            ],
        }
    )
