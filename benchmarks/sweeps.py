"""Time the capex chapter at many points: as a function, in this process, by plain papermill.

Run `python benchmarks/sweeps.py`. Runs of the notebook are timed on a few points and scaled up,
which the output says. The ratios are of times in one run, so they hold on other machines.
"""

import tempfile
import time
from pathlib import Path

from scenarios import seconds

from computecycle.evidence import place
from computecycle.quantities import spaces
from computecycle.runs import points, sweeps

SCENARIOS = (10_000, 100_000)
RUNS = 3
BUDGET = 2.0  # s, for 100,000 scenarios


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


def main() -> None:
    root, model = place.root(), sweeps.model_of("capex_gap", {})
    at_once = {
        count: seconds(lambda count=count: model.values(spaces.drawn(model.ranges, count, seed=7)))
        for count in SCENARIOS
    }
    lives = [3.0 + step for step in range(RUNS)]
    start = time.perf_counter()
    for life in lives:
        points.told(str(root), "capex_gap", {"useful_life_years": life})
    here = (time.perf_counter() - start) / RUNS
    start = time.perf_counter()
    for life in lives:
        by_papermill(root, life)
    plain = (time.perf_counter() - start) / RUNS
    for count, took in at_once.items():
        print(f"{count:,} scenarios by the model: {took:.3f} s ({plain * count / took:,.0f} times")
        print(f"  faster than as many papermill runs, scaled from {RUNS} of {plain:.1f} s)")
    print(f"a point of --notebooks: {here:.2f} s, {plain / here:.1f} times faster than papermill")
    print(f"100,000 scenarios within {BUDGET:.0f} s: {at_once[100_000] <= BUDGET}")


if __name__ == "__main__":
    main()
