"""Time the capex chapter at many points: as a function, in this process, by plain papermill.

Runs of the notebook are timed on a few points and scaled up,
which the output says. The ratios are of times in one run, so they hold on other machines.
"""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from scenarios import seconds
from tables import Table

from computecycle.evidence import place
from computecycle.quantities import spaces
from computecycle.runs import points as asked
from computecycle.runs import sweeps

TITLE = "Sweeps"
SCENARIOS = (10_000, 100_000)
RUNS = 3


def by_papermill(root: Path, life: float) -> None:
    """Run the chapter as any notebook is run."""
    from papermill import execute_notebook

    with tempfile.TemporaryDirectory() as folder:
        execute_notebook(
            str(root / "notebooks/capex_gap.ipynb"),
            f"{folder}/out.ipynb",
            parameters={"useful_life_years": life},
            cwd=str(root),
            kernel_name="python3",
            progress_bar=False,
        )


def measure() -> Iterator[Table]:
    """Yield the seconds of a scenario each way, and how many times papermill takes as long."""
    root, model = place.root(), sweeps.model_of("capex_gap", {})
    rows = []
    for count in SCENARIOS:
        points = spaces.drawn(model.ranges, count, seed=7)
        took = seconds(lambda points=points: model.values(points))
        rows.append([f"{count:,} scenarios by the model", took, took / count])
    lives = [3.0 + step for step in range(RUNS)]
    start = time.perf_counter()
    for life in lives:
        asked.told(str(root), "capex_gap", {"useful_life_years": life})
    here = time.perf_counter() - start
    start = time.perf_counter()
    for life in lives:
        by_papermill(root, life)
    plain = time.perf_counter() - start
    rows.append([f"{RUNS} points of `--notebooks`", here, here / RUNS])
    rows.append([f"{RUNS} papermill runs", plain, plain / RUNS])
    words = "The capex chapter at many points: as a function, in one process, by plain papermill:"
    table = [[*row, plain / RUNS / row[2]] for row in rows]
    yield Table(words, ["", "seconds", "each", "papermill to it"], table)


if __name__ == "__main__":
    for table in measure():
        print(table.markdown())
