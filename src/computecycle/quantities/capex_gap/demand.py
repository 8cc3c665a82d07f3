"""Does cheaper AI need more compute or less? Numbers in, numbers and tables out.

    demand multiple    M = w_T g_T / eta_T + w_I g_I / eta_I: effects on the two parts ADD
    elasticity         g = eta ** e: spending grows with efficiency only if e > 1

w is a part's share of today's compute, g the multiple of work done, eta the fall in compute per
unit of work.
"""

import numpy as np
import pandas as pd

from computecycle.quantities.bounds import (
    ANY_SHARE,
    NOT_NEGATIVE,
    POSITIVE,
    Number,
    within,
)
from computecycle.quantities.capex_gap import breakeven


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


def parts(
    case: str, share: float, g_t: float, eta_t: float, g_i: float, eta_i: float
) -> list[dict]:
    """Return a case as two rows: case, component, multiple (x today's compute), total."""
    training = (1 - share) * g_t / eta_t
    total = float(demand_multiple(share, g_t, eta_t, g_i, eta_i))
    return [
        {"case": case, "component": "training", "multiple": training, "total": total},
        {"case": case, "component": "inference", "multiple": total - training, "total": total},
    ]


def cases(
    inference_share: float,
    training_efficiency: float,
    inference_growth: float,
    inference_efficiencies: list[float],
    printed: float,
) -> pd.DataFrame:
    """Return the cases of the argument: case, component, multiple, total, printed (all x).

    inference_share : share of today's compute. training_efficiency, inference_growth : as printed.
    inference_efficiencies : the two falls in the cost of inference that the documents give.
    printed : the multiple that the document prints, the product of two effects that add.
    Without data (nan) the table is empty; a case that no number makes true is left out.
    """
    if not np.isfinite([inference_share, training_efficiency, inference_growth, printed]).all():
        return pd.DataFrame(columns=["case", "component", "multiple", "total", "printed"])
    share, eta_t, g_i = inference_share, training_efficiency, inference_growth
    few = g_i / 10
    needed = float(inference_share_for(printed, 1.0, eta_t, g_i, 1.0))
    cheaper, cheapest = inference_efficiencies
    tried = {  # share, g_T, eta_T, g_I, eta_I
        f"The two effects added, inference {share:.0%} of compute": (share, 1.0, eta_t, g_i, 1.0),
        f"Inference only {needed:.0%} of compute": (needed, 1.0, eta_t, g_i, 1.0),
        f"Inference also gets {cheaper:.0f} times cheaper": (share, 1.0, eta_t, g_i, cheaper),
        "... and training grows as it gets cheaper": (share, eta_t, eta_t, g_i, cheaper),
        f"... and use grows {few:.0f} times only": (share, 1.0, eta_t, few, cheaper),
        f"Inference gets {cheapest:.0f} times cheaper": (share, 1.0, eta_t, g_i, cheapest),
    }
    known = {case: numbers for case, numbers in tried.items() if np.isfinite(numbers).all()}
    rows = [row for case, numbers in known.items() for row in parts(case, *numbers)]
    return pd.DataFrame(rows).assign(printed=printed)


def closing(required: float, actual: float, marked: list[float]) -> pd.DataFrame:
    """Return how long revenue takes to meet a requirement that stands still: growth, years, label.

    marked : growths that get a label; the curve runs between the least and the greatest of them.
    """
    growths = sorted({*np.linspace(min(marked), max(marked), 60).round(3), *marked})
    years = [float(breakeven.years_to_close(required, actual, growth)) for growth in growths]
    labels = [
        f"{growth:.0%} a year: {span:.1f} years" if growth in marked else ""
        for growth, span in zip(growths, years, strict=True)
    ]
    return pd.DataFrame({"growth": growths, "years": years, "label": labels})
