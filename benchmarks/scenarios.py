"""Time 10,000 scenarios of the capex gap: in one call, and one call each.

Calls for single scenarios are timed on fewer and scaled up,
which the output says. The ratio is of two times in one run, so it holds on other machines.
"""

import time
from collections.abc import Iterator

import numpy as np
from tables import Table

from computecycle.evidence import data
from computecycle.quantities.capex_gap import assumptions
from computecycle.quantities.capex_gap.scenarios import scenarios

TITLE = "Scenarios"
SCENARIOS = 10_000
ONE_BY_ONE = 500
REPEATS = 5
TOLD = {"datacenter_cost_multiple": 2.0, "end_user_margin": 0.5}


def seconds(run) -> float:
    """Least wall time of `REPEATS` runs: the others had the machine to share."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def measure() -> Iterator[Table]:
    """Yield the times of all scenarios at once and one by one."""
    known = assumptions.declared(data.load("assumptions"))
    rng = np.random.default_rng(1)
    run_rate, revenue = rng.uniform(100, 200, SCENARIOS), rng.uniform(50, 150, SCENARIOS)

    def together():
        scenarios(known, gpu_run_rate=run_rate, ai_revenue=revenue, **TOLD)

    def apart():
        for n, a in zip(run_rate[:ONE_BY_ONE], revenue[:ONE_BY_ONE], strict=True):
            scenarios(known, gpu_run_rate=n, ai_revenue=a, **TOLD)

    at_once, each = seconds(together), seconds(apart) * SCENARIOS / ONE_BY_ONE
    words = f"{SCENARIOS:,} scenarios of the capex gap; single calls are timed on {ONE_BY_ONE:,}:"
    rows = [["in one call", at_once, 1.0], ["one call each", each, each / at_once]]
    yield Table(words, ["", "seconds", "ratio"], rows)


if __name__ == "__main__":
    for table in measure():
        print(table.markdown())
