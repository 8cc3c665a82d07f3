"""The chain from a dollar of chips to the revenue it needs (sequoia2023), by layers, a year:

    GPUs            N
    data centre     D = N k                      k: data-centre cost per dollar of GPU
    cloud           D / (1 - m_c)                m_c: gross margin of the cloud
    end user        R = D / ((1 - m_e)(1 - m_c)) m_e: gross margin of the end user

A gross margin divides: a margin of 50% doubles, a mark-up of 50% multiplies by 1.5 only.
Gap G = R - A and coverage A / R, with A the actual AI revenue of a year.

R is the LIFETIME revenue for ONE YEAR of purchases; A is revenue PER YEAR. R - A is a yearly gap
only in a steady state: the same N bought every year, so that L vintages overlap and need
L (R / L) = R a year. Elsewhere the need of a year is the sum over `vintages`.

Money is in the unit handed in, margins are fractions. Functions of numbers take floats and arrays
alike; a number that is not allowed raises ValueError in a sentence.
"""

import numpy as np
import pandas as pd

from computecycle.quantities.bounds import MARGIN, MULTIPLE, NOT_NEGATIVE, POSITIVE, Number, within


def required_revenue(
    gpu_run_rate: Number,
    datacenter_cost_multiple: Number,
    end_user_margin: Number,
    cloud_margin: Number = 0.0,
) -> Number:
    """Lifetime revenue that one year of GPU purchases must earn: N k / ((1 - m_e)(1 - m_c))."""
    within("gpu_run_rate", gpu_run_rate, NOT_NEGATIVE)
    within("datacenter_cost_multiple", datacenter_cost_multiple, MULTIPLE)
    within("end_user_margin", end_user_margin, MARGIN)
    within("cloud_margin", cloud_margin, MARGIN)
    return gpu_run_rate * datacenter_cost_multiple / ((1 - end_user_margin) * (1 - cloud_margin))


def layers(
    gpu_run_rate: float,
    datacenter_cost_multiple: float,
    end_user_margin: float,
    cloud_margin: float = 0.0,
) -> pd.DataFrame:
    """The chain as steps: layer, revenue (level at that layer), added (its step; sums to R)."""
    chip = required_revenue(gpu_run_rate, 1.0, 0.0)
    datacenter = required_revenue(gpu_run_rate, datacenter_cost_multiple, 0.0)
    cloud = required_revenue(gpu_run_rate, datacenter_cost_multiple, 0.0, cloud_margin)
    user = required_revenue(gpu_run_rate, datacenter_cost_multiple, end_user_margin, cloud_margin)
    revenue = [chip, datacenter, cloud, user]
    names = ["GPUs", "data centre", "cloud", "end user"]
    added = np.diff(revenue, prepend=0.0)
    return pd.DataFrame({"layer": names, "revenue": revenue, "added": added})


def gap(required: Number, actual: Number) -> Number:
    """Revenue that is missing, R - A; negative where the actual revenue exceeds the need."""
    return required - actual


def coverage(required: Number, actual: Number) -> Number:
    """Share of the required revenue that is earned, A / R."""
    within("required", required, POSITIVE)
    return actual / required
