"""The chapter as a function: what its values are at other numbers, for many points at once.

A point gives numbers to some of the chapter's parameters, or to assumptions of `scenarios` besides.
What a parameter does here it does in the notebook, and a test holds the two equal at random points:

    need-stock = alive(L) R F       alive: the yearly part of the chips on file that live L years
    range-need = as need-stock, networking among the chips
    need-year  = q R F0             q: the yearly run rate bought
    F          = the need of `scenarios` with the assumptions besides over that without them

with R the sales that a dollar of chips asks for; F is 1 where no assumption is told besides, and F0
is F with level purchases. Money is in USD billion a year.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from computecycle.evidence.given import Given, or_own
from computecycle.quantities import documents
from computecycle.quantities.bounds import within
from computecycle.quantities.capex_gap import chain, earning, need, question, sensitivity
from computecycle.quantities.capex_gap.assumptions import Declared, declared
from computecycle.quantities.capex_gap.scenarios import scenarios

TABLES = ("assumptions", "ranges", "statements", "nvidia_results", "ai_revenue")
DECLARED = ("assumptions",)  # of these, what stands whatever the date
SHARED = ("gpu_run_rate", "datacenter_cost_multiple", "end_user_margin", "cloud_margin")
SHARED += ("ai_revenue",)  # parameters that are assumptions of the same name
LIFE, LEVEL = "useful_life_years", "steady_state"
PARAMETERS = (*SHARED, LIFE)
YEARS = 5.0  # of a chip's life, as published
ASSUMED = {LIFE: "useful_life"}  # what the table `assumptions` calls a parameter
CLAIMS = ("not-yet", "stock-covered", "need-grew", "maker-hopes", "no-margin")
CLAIMS += ("unbilled",)  # whose numbers move with nothing else than the values here


@dataclass(frozen=True)
class Model:
    """The chapter as of a date: its numbers where nothing is told, and its declared ranges.

    base : a number for each parameter and each assumption with a range. ranges : assumption, label,
    unit, distribution, low, mode, high; of what was set, closed to it. chips : those sold in each
    quarter, by the newest day and by that of the year before; whole : by the newest day with
    networking. fixed : what no parameter moves.
    """

    base: dict[str, float]
    level: bool
    ranges: pd.DataFrame
    known: Declared
    chips: tuple[pd.Series, pd.Series]
    whole: pd.Series
    fixed: dict[str, float]

    def moves(self, name: str) -> bool:
        """Return whether a parameter or an assumption moves the values here."""
        return name in PARAMETERS or name in self.known

    def values(self, points: pd.DataFrame) -> pd.DataFrame:
        """Return the chapter's values by id, a row for each point.

        points : columns named as parameters or assumptions; what has none stays at the base.
        Values that the chapter cannot tell are not numbers (nan). ValueError, in a sentence, for a
        name that is neither or a number that is not allowed.
        """
        told, size = self._told(points), len(points)
        one = {n: np.broadcast_to(told.get(n, self.base[n]), size) for n in PARAMETERS}
        besides = {name: told[name] for name in told if name not in PARAMETERS}
        asked = chain.required_revenue(1.0, *(one[name] for name in SHARED[1:4]))
        chips = (*self.chips, self.whole)
        alive, before, wide = (need.yearly_of(each, one[LIFE]) for each in chips)
        stretch, level, earned = self._besides(one, besides)
        paid = one["ai_revenue"] * earned
        stock, year = alive * asked * stretch, one["gpu_run_rate"] * asked * level
        wide, makers = wide * asked * stretch, np.minimum(self.fixed["makers"], paid)
        listed = paid if "ai_revenue" in told else self.fixed["listed"] * earned
        whole = one["gpu_run_rate"] if "gpu_run_rate" in told else self.fixed["whole"]
        cost = one["datacenter_cost_multiple"] / asked
        with np.errstate(divide="ignore", invalid="ignore"):  # nothing was on file a year before
            earlier = self.fixed["disclosed_before"] * earned / (before * asked * stretch)
        at = {
            "need-stock": stock,
            "need-year": year,
            "paid-now": paid,
            "makers-now": self.fixed["makers"],
            "listed-now": listed,
            "share-stock": paid / stock,
            "share-year": paid / year,
            "share-once": makers / wide,
            "share-before": earlier,
            "dollar-asks": asked,
            "cost-stock": stock * cost,
            "cost-year": year * cost,
            "share-cost": paid / (stock * cost),
            "range-cost": paid / (stock * cost),
            "range-stock": paid / stock,
            "range-bare": wide * cost,
            "range-need": wide,
            "range-year": whole * asked * level,
            "share-once-cost": makers / (wide * cost),
            "required-now": whole * asked * level,
            "need-first": self.fixed.get("flow_first", one["gpu_run_rate"]) * asked * level,
            "need-second": self.fixed.get("flow_second", one["gpu_run_rate"]) * asked * level,
        }
        return pd.DataFrame({name: np.broadcast_to(each, size) for name, each in at.items()})

    def _told(self, points: pd.DataFrame) -> dict[str, np.ndarray]:
        """The numbers of points by name; ValueError for one that is not allowed."""
        told = {name: points[name].to_numpy(dtype=float) for name in points}
        for name in [each for each in PARAMETERS if each in told]:
            within(name, told[name], self.known[ASSUMED.get(name, name)].allowed)
        return told

    def _besides(self, one: dict, besides: dict) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return how assumptions told besides stretch the need of the chips at work and of a year's
        purchases, and the sales."""
        if not besides or not len(one[LIFE]):
            return 1.0, 1.0, 1.0
        if len(set(one["gpu_run_rate"])) * len(set(one[LIFE])) > 1:
            raise ValueError(
                f"gpu_run_rate and {LIFE} change the history behind the ranges; "
                "set each to one number there, or leave the ranges out."
            )
        rate, life = one["gpu_run_rate"][0], float(one[LIFE][0])
        growth = need.growth_behind(rate, need.yearly(self.chips[0], life), life)
        plain = {name: one[name] for name in SHARED} | {"useful_life": life}
        found = {}
        for name, each in (("stock", 0.0 if self.level else growth), ("year", 0.0)):
            with_, without = (
                scenarios(self.known, **{**plain, "purchase_growth": each, **more})
                for more in (besides, {})
            )
            found[name] = (with_["required"] / without["required"]).to_numpy()
            found["earned"] = (with_["actual"] / one["ai_revenue"]).to_numpy()
        return found["stock"], found["year"], found["earned"]


def own_life(years: float) -> Given:
    """Return the life of a chip, as the reader's own where it is another than the published."""
    return or_own(LIFE, None if years == YEARS else years, Given(years))


def model(tables: dict[str, pd.DataFrame], given: dict[str, object]) -> Model:
    """Return the model with some parameters set.

    tables : those of `TABLES`, as loaded. given : parameters of the chapter by name; those that the
    model does not move are not looked at. InputError where the question had not been put.
    """
    statements, nvidia, sales = (tables[n] for n in ("statements", "nvidia_results", "ai_revenue"))
    own = {name: given.get(name) for name in SHARED}
    now = question.asked(question.inputs(statements, nvidia, sales, **own))
    day = need.one_day(statements, nvidia)
    before = need.day_before(nvidia, day)
    base = {name: now[name].number for name in SHARED[1:4]}
    base["gpu_run_rate"] = or_own(
        "gpu_run_rate", own["gpu_run_rate"], need.flow(nvidia, day)
    ).number
    base["ai_revenue"] = or_own(
        "ai_revenue", own["ai_revenue"], question.disclosed(sales, day)
    ).number
    life = own_life(float(given.get(LIFE) or YEARS))
    base[LIFE] = base["useful_life"] = life.number
    told = {name: number for name, number in own.items() if number is not None}
    told |= {"useful_life": life.number} if life.own else {}
    ranges = sensitivity.around(base, sensitivity.held(tables["ranges"], told))
    chips = tuple(need.chips(nvidia, each) for each in (day, before))
    whole = need.chips(nvidia, day, "whole")
    earners = earning.layers(*documents.known([sales], day))
    dates = {
        "flow_first": documents.day_of(statements, "sequoia2023"),
        "flow_second": documents.day_of(statements, "sequoia2024"),
    }
    flows = {n: need.flow(nvidia, each).number for n, each in dates.items() if each != day}
    fixed = flows | {
        "listed": or_own("ai_revenue", own["ai_revenue"], question.counted(sales, day)).number,
        "whole": now["gpu_run_rate"].number,
        "makers": earners.loc[earners["layer"] == "model makers", "value"].sum(),
        "disclosed_before": question.disclosed(sales, before).number,
    }
    known = declared(tables["assumptions"])
    base |= {name: known[name].default for name in ranges["assumption"] if name not in base}
    return Model(base, bool(given.get(LEVEL)), ranges, known, chips, whole, fixed)
