"""What each calculator asks and answers: its controls, the form of its numbers, its sentences.

The place of a sentence among the verdicts is what the formula `verdict` gives. A number in a
sentence stands as {name}: a control or an answer. Words only; the arithmetic is in
`quantities.formulas`, the first numbers come from the chapters by the page. What needs the formulas
imports them when it runs: sympy takes two seconds, and most builds calculate nothing.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

DIGITS = 4  # of a first number, as its control shows it


@dataclass(frozen=True)
class Control:
    """A number that a reader gives: shown in its unit, `factor` times that in the formulas.

    parameter : that of the chapter which does the same to every number that both give; none where
        a rerun of the chapter would give others.
    behind : turns what the page knows, and the scenario so far, into the number.
    """

    name: str
    label: str
    unit: str
    low: float
    high: float
    factor: float = 1.0
    parameter: str = ""
    places: int | None = None
    behind: Callable[[float, dict], float] | None = None

    def shown(self, number: float) -> float:
        """Return a number of the formulas as the control shows it, rounded."""
        own = number / self.factor
        if not math.isfinite(own):
            return math.nan
        return float(f"{own:.{DIGITS}g}") if self.places is None else round(own, self.places)


@dataclass(frozen=True)
class Form:
    """How a number is written: what stands around it and what it is divided by; or as a date."""

    before: str = ""
    after: str = ""
    scale: float = 1.0
    kind: str = "number"


@dataclass(frozen=True)
class Model:
    """A calculator: its chapter, controls, answers by label, forms by name, sentences."""

    chapter: str
    controls: list[Control]
    answers: dict[str, str]
    forms: dict[str, Form]
    verdicts: list[str]


BILLION, PERCENT, DATE = Form("$", " billion"), Form(after="%", scale=0.01), Form(kind="date")
YEARS, MONTHS, DOLLARS = Form(after=" years"), Form(after=" months"), Form("$")
SHARE, TRILLION, EXAHASH = 0.01, 1e12, 1e6  # an exahash is so many terahashes


def _growth(share: float, scenario: dict) -> float:
    from computecycle.quantities import formulas

    return formulas.growth_behind(share, scenario["useful_life"])


def _reward(billions_a_dollar: float, _: dict) -> float:
    from computecycle.quantities import formulas

    return formulas.reward_behind(billions_a_dollar * 1e9)


CAPEX_GAP = Model(
    "capex_gap",
    [
        Control("gpu_run_rate", "Chips bought a year", "USD billion", 1, 5000),
        Control("datacenter_cost_multiple", "Data centre for a dollar of chips, the chips in it",
                "USD", 1, 10, 1, "datacenter_cost_multiple"),
        Control("end_user_margin", "Gross margin of those who sell AI to users", "%", 0, 95,
                SHARE, "end_user_margin"),
        Control("cloud_margin", "Gross margin of the cloud", "%", 0, 95, SHARE, "cloud_margin"),
        Control("useful_life", "Life of a chip", "years", 1, 20),
        Control("purchase_growth", "Even growth that stands for purchases so far", "% a year", -90,
                1000, SHARE, behind=_growth),
        Control("ai_revenue", "AI sales", "USD billion a year", 0, 20000, 1, "ai_revenue"),
        Control("discount_rate", "Required return", "% a year", 0, 50, SHARE),
    ],
    {
        "centre": "Chips and data centre",
        "cloud": "With the margin of the cloud",
        "required": "With the margin of the seller",
        "flow": "Must come in each year if buying stays at this pace",
        "stock": "Chips at work must earn now",
        "flow_share": "Sales as a share of what must come in at this pace",
        "stock_share": "Sales as a share of what the chips at work need",
    },
    {name: BILLION for name in ("centre", "cloud", "required", "flow", "stock", "ai_revenue")}
    | {"flow_share": PERCENT, "stock_share": PERCENT},
    [
        "Not yet: AI sales of {ai_revenue} a year are {flow_share} of what must come in each year "
        "if buying stays at this pace, {flow}, and {stock_share} of what the chips at work must "
        "earn now, {stock}.",
        "In part: AI sales of {ai_revenue} a year cover what the chips at work must earn now, "
        "{stock}, but only {flow_share} of what must come in each year if buying stays at this "
        "pace, {flow}.",
        "In part: AI sales of {ai_revenue} a year cover what must come in each year if buying "
        "stays at this pace, {flow}, but only {stock_share} of what the chips at work must earn "
        "now, {stock}.",
        "Yes: AI sales of {ai_revenue} a year cover what must come in each year if buying "
        "stays at this pace, {flow}, and what the chips at work must earn now, {stock}.",
    ],
)  # fmt: skip
SIZE = Model(
    "llm_scaling",
    [
        Control("start_size", "Size at the start", "trillion parameters", 1e-6, 1e6, TRILLION),
        Control("start_year", "Time of the start", "year", 1950, 2100, places=2),
        Control("growth", "Growth of compute", "times a year", 0.1, 1000),
        Control("growth_low", "Low end of the growth", "times a year", 0.1, 1000),
        Control("growth_high", "High end of the growth", "times a year", 0.1, 1000),
        Control("size_share", "Part of it that goes into size", "% of the orders of magnitude", 1,
                100, SHARE),
        Control("target_size", "Size to be reached", "trillion parameters", 1e-3, 1e6, TRILLION),
    ],
    {
        "reached": "Reached",
        "earliest": "At the high end of the growth",
        "latest": "At the low end of the growth",
        "doubling": "For the size to double",
    },
    {"reached": DATE, "earliest": DATE, "latest": DATE, "start_year": DATE, "doubling": MONTHS}
    | {"target_size": Form(after=" trillion parameters", scale=TRILLION)},
    [
        "{target_size} would be reached in {reached}; the ends of the growth leave {earliest} to "
        "{latest}.",
        "{target_size} would be reached in {reached}, in {earliest} at the high end of the growth; "
        "at its low end, which does not grow, never.",
        "At this growth {target_size} are never reached; at its high end, in "
        "{earliest}.",
        "{target_size} are never reached: even the high end of the growth does not grow.",
        "{target_size} were reached before the start, in {start_year} or earlier.",
    ],
)  # fmt: skip
COST = Model(
    "cpu_to_gpu",
    [
        Control(
            "first_cost",
            "First price",
            "USD for a billion operations a second at the peak",
            1e-9,
            1e18,
        ),
        Control("first_year", "Time of the first", "year", 1900, 2100, places=2),
        Control(
            "last_cost",
            "Last price",
            "USD for a billion operations a second at the peak",
            1e-9,
            1e18,
        ),
        Control("last_year", "Time of the last", "year", 1900, 2100, places=2),
    ],
    {
        "years": "Years between",
        "fall": "Fall a year",
        "times": "Times as cheap in all",
        "halving": "Time to halve",
    },
    {"years": YEARS, "fall": PERCENT, "rise": PERCENT, "times": Form(), "halving": YEARS}
    | {"doubling": YEARS, "first_year": DATE, "last_year": DATE},
    [
        "From {first_year} to {last_year} the price fell {fall} a year: it halved every {halving}.",
        "From {first_year} to {last_year} the price rose {rise} a year: "
        "it doubled every {doubling}.",
        "From {first_year} to {last_year} the price stood still.",
        "A window needs an end that is later than its beginning.",
    ],
)
MINING = Model(
    "proof_of_work",
    [
        Control("coin_price", "Price of a bitcoin", "USD", 0.01, 1e8),
        Control("hash_rate", "Hash rate of the network", "EH/s", 1e-6, 1e9, EXAHASH),
        Control("efficiency", "Energy of the machine", "J per terahash", 0.1, 1e6, 1,
                "efficiency_low"),
        Control("electricity_price", "Price of electricity", "USD per kWh", 0.005, 1, 1,
                "electricity_price"),
        Control("reward", "Reward of a block, fees in it", "BTC", 0.0001, 60, behind=_reward),
    ],
    {
        "income": "Income of a terahash a second, per day",
        "power": "Its electricity, per day",
        "share": "Electricity as a share of income",
        "left": "What is left, per day",
        "break_even_price": "Price of a kWh that takes all",
        "break_even_efficiency": "Energy of a terahash that takes all",
        "yearly": "Income of all miners, per year",
    },
    {name: DOLLARS for name in ("income", "power", "left", "break_even_price")}
    | {"share": PERCENT, "break_even_efficiency": Form(after=" J")}
    | {"yearly": Form("$", " billion", 1e9), "electricity_price": DOLLARS},
    [
        "The machine earns its electricity: that takes {share} of its income, and all of it only "
        "at {break_even_price} for a kWh.",
        "The machine does not earn its electricity: that takes {share} of its income; it would "
        "need a kWh for less than {break_even_price}.",
    ],
)  # fmt: skip
MODELS = {"capex_gap": CAPEX_GAP, "size": SIZE, "cost": COST, "mining": MINING}
