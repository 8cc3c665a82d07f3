"""Does cheaper AI need more compute or less? Numbers in, numbers and tables out.

    demand multiple    M = w_T g_T / eta_T + w_I g_I / eta_I: effects on the two parts ADD
    elasticity         g = eta ** e: spending grows with efficiency only if e > 1

w is a part's share of today's compute, g the multiple of work done, eta the fall in compute per
unit of work.
"""

import numpy as np

from computecycle.quantities.bounds import (
    ANY_SHARE,
    NOT_NEGATIVE,
    POSITIVE,
    Number,
    within,
)


def demand_multiple(
    inference_share: Number,
    training_growth: Number,
    training_efficiency: Number,
    inference_growth: Number,
    inference_efficiency: Number,
) -> Number:
    """Compute demanded as a multiple of today's: (1 - w) g_T / eta_T + w g_I / eta_I.

    w is inference's share of today's compute, g the multiple of work done, eta the fall in compute
    for one unit of work (10 = a tenth). The two effects add, weighted; they do not multiply.
    """
    within("inference_share", inference_share, ANY_SHARE)
    training = _part("training", training_growth, training_efficiency)
    inference = _part("inference", inference_growth, inference_efficiency)
    return (1 - inference_share) * training + inference_share * inference


def inference_share_for(
    multiple: Number,
    training_growth: Number,
    training_efficiency: Number,
    inference_growth: Number,
    inference_efficiency: Number,
) -> Number:
    """Inference's share of today's compute that makes the demand multiple `multiple`.

    Not a number where no share from 0 to 1 does, or where every share does.
    """
    training = _part("training", training_growth, training_efficiency)
    inference = _part("inference", inference_growth, inference_efficiency)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.divide(multiple - training, inference - training)
    possible = (share >= -1e-12) & (share <= 1 + 1e-12)  # rounding at either end is not "none"
    return np.where(possible, np.clip(share, 0, 1), np.nan)[()]


def _part(name: str, growth: Number, efficiency: Number) -> Number:
    within(f"{name}_growth", growth, NOT_NEGATIVE)
    within(f"{name}_efficiency", efficiency, POSITIVE)
    return growth / efficiency


def elastic_growth(efficiency: Number, elasticity: Number) -> Number:
    """Multiple of work done after work gets `efficiency` times cheaper: efficiency ** e (Jevons).

    Spending grows by efficiency ** (e - 1), so only if the elasticity e exceeds 1.
    """
    within("efficiency", efficiency, POSITIVE)
    return efficiency**elasticity
