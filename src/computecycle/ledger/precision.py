"""What a printed number stands for: an interval, by its digits, its word, its unit.

A cell of 36.5 stands for 36.45 to 36.55: half a unit of its last digit, as the table has it in
text. A word beside it widens that: about 30 is a tenth to either side, over 30 up to a quarter
above it, nearly 30 down to a fifth below it, as the table of words has it. At least, at most and
below set one end only, and several a number of our own: they widen nothing. Nor does a word widen
an end of a range whose other end is printed too, for that one says how far the range reaches.
A fraction of a whole, such as a third, is written in percent, so that its word reads as it stands.

Exact are

- dates and years, and whole numbers of their columns (integer and year in the description);
- places in an order, levels, versions, pages and names of chip processes: the units in `NAMES`;
- counts of things, unless a word makes them vague: the units in `COUNTS`;
- whole multiples, in unit x or x per year, unless a word makes them vague;
- what a document sets, as an assumption, a law or a deadline: the variables in `SET`.
"""

from dataclasses import dataclass
from decimal import Decimal

THINGS = """
agents architectures batches blocks cases characteristics chips companies computers contracts cores
CPUs documents elements funds games GPUs inventions layers models networks pages people pictures
platforms prizes quarters qubits questions segments services steps stones systems TPUs vehicles
waves words
"""
DECIDED = """
adoption_window cloud_margin cpu_speed_doubling_time cycle_length datacenter_cost_multiple
day_of_reckoning delay_cut_per_generation dimension_ratio_per_generation doubling_time
end_user_margin gpu_run_rate gpu_share_of_datacenter_cost inference_growth_window pictures_per_day
tick_length tock_length training_heavy_period useful_life voltage_cut_per_generation
"""
NAMES = frozenset({"century", "level", "nm", "page", "rank", "version", "year"})
COUNTS = frozenset({*THINGS.split(), "Cloud TPUs"})
SET = frozenset(DECIDED.split())
SPREADS = {  # word: how far below and above a number it reaches, as shares of the number
    "about": (0.1, 0.1),
    "over": (0.0, 0.25),
    "after": (0.0, 0.25),
    "nearly": (0.2, 0.0),
}


@dataclass(frozen=True)
class Interval:
    """A number as it is printed and the least and greatest that it may stand for."""

    value: float
    low: float
    high: float


def unit_of(printed: str) -> float:
    """Return the unit of the last printed digit: of 36.5 a tenth, of 1.76e12 ten milliard."""
    return float(Decimal(1).scaleb(Decimal(printed).as_tuple().exponent))


def interval(text: str, unit: str = "", word: str = "", variable: str = "") -> Interval:
    """Return what a cell stands for, from its text, its unit, its word and its variable."""
    value, step = float(text), unit_of(text)
    if variable in SET or unit in NAMES:
        return Interval(value, value, value)
    exact = unit in COUNTS or (step >= 1 and unit in ("x", "x per year"))
    half = 0.0 if exact else step / 2
    below, above = (share * abs(value) for share in SPREADS.get(word, (0.0, 0.0)))
    return Interval(value, value - max(half, below), value + max(half, above))
