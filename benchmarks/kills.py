"""A build that is killed at random moments: which site stands then, and what the next build makes.

Builds of the small house of the tests are killed in turn, on all cores. Each goes to the other of
two states (a row and a page differ); right after each kill the site is compared with both, byte for
byte, and so is what a build makes that is let to its end after every few kills.

    .venv/bin/python benchmarks/kills.py 20    # so many kills instead of a hundred
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import psutil
from checkout import built, cores
from house import PRICES, House, furnish, write_table
from tables import Table, say

TITLE = "Kills"
KILLS = 100
ENDED_AFTER = 4  # kills, by a build that is not killed
SEED = 11
PATIENCE = 60  # s, for what a killed process began to go
WORDS = """SIGKILL at random moments of a build of a small report, to its first process and, in
every second case, to all of them. Each time the site that stands was compared with the one before
and the one after, and after every {few} kills a build ran to its end and what it made was
compared with a build that nothing disturbed, byte for byte."""


def state(house: House, number: int) -> None:
    """Bring what a house is written from into one of two states."""
    price = ("20", "30")[number]
    write_table(house.root / "data/prices.csv", [PRICES[0], ["pear", price, *PRICES[1][2:]]])
    (house.root / "book/data.md").write_text(f"# Data\n\nState {price}.\n\n```{{tables}}\n```\n")


def site(house: House) -> dict[str, bytes]:
    """Return the bytes of the site that stands, by path; empty where there is none."""
    return house.published() if (house.root / "_build/html").exists() else {}


def gone(processes: list[psutil.Process]) -> None:
    """Wait for what a killed build had begun to go."""
    _, alive = psutil.wait_procs(processes, timeout=PATIENCE)
    if alive:
        raise RuntimeError(f"{len(alive)} processes outlive their build by {PATIENCE} s")


def killed(house: House, moment: float, all_of_them: bool) -> bool:
    """Begin a build and kill it after so many seconds; return whether it was still running."""
    process = house.start("book")
    try:
        process.communicate(timeout=moment)
        return False
    except subprocess.TimeoutExpired:
        below = psutil.Process(process.pid).children(recursive=True)
        (os.killpg if all_of_them else os.kill)(process.pid, signal.SIGKILL)
        process.communicate()
        gone(below)
        return True


def series(folder: Path, kills: int, seed: int) -> Counter:
    """Kill builds of a house of its own; return how often each outcome was seen."""
    chance, found = random.Random(seed), Counter()
    house, sites, took = furnish(folder), {}, 0.0
    for number in (0, 1, 0, 1):  # the second time a state is built from the other one
        state(house, number)
        seconds = built(house)
        took = max(took, seconds) if sites else took  # the first one makes what the others find
        if sites.setdefault(number, site(house)) != site(house):
            raise RuntimeError("an undisturbed build does not repeat its bytes")
    stands = 1  # which of the two sites, by the number of its state
    while found["kills"] < kills:
        aim = 1 - stands
        state(house, aim)
        running = killed(house, chance.uniform(0, took), found["kills"] % 2 == 1)
        left = next((number for number, made in sites.items() if made == site(house)), None)
        told = {stands: "the site before", aim: "the site after", None: "neither"}
        found[told[left]] += running
        found["kills"] += running
        if left is None or (running and found["kills"] % ENDED_AFTER == 0):
            built(house)
            found["next builds"] += 1
            found["next builds that differ"] += site(house) != sites[aim]
            left = aim
        stands = left
    return found


def measure(kills: int = KILLS) -> Iterator[Table]:
    """Yield how often each outcome was seen, over all cores."""
    workers = cores()
    shares = [kills // workers + (at < kills % workers) for at in range(workers)]
    say(f"{kills} kills on {workers} cores")
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(workers) as pool:
        given = [(Path(name, f"house{at}"), share, SEED + at) for at, share in enumerate(shares)]
        found = sum(pool.map(lambda each: series(*each), given), Counter())
    told = ["kills", "the site before", "the site after", "neither", "next builds"]
    rows = [[what, found[what]] for what in [*told, "next builds that differ"]]
    yield Table(WORDS.format(few=ENDED_AFTER), ["outcome", "times"], rows)


if __name__ == "__main__":
    for table in measure(*map(int, sys.argv[1:2])):
        print(table.markdown())
