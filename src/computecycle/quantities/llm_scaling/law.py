"""What a scaling law says: how the loss of a language model falls with the compute of its training.

    loss          L = E + A / N^a + B / D^b        N: parameters, D: tokens read; E: the floor
    compute       C = 6 N D                        FLOP
    best split    N = G (C/6)^(b/(a+b)),  G = (a A / (b B))^(1/(a+b)),  D = C / (6 N)
    exponent      x = a b / (a + b)                at the best split L - E falls as C^-x
    taken off     1 - 10^-x                        share of L - E that ten times the compute removes

The errors of a and b are taken as independent. A loss is no measure of what a model can do. Tables
in (as loaded), tables or `Given` numbers out.
"""

import math

import pandas as pd

from computecycle.evidence.given import Given, derive
from computecycle.quantities import growth

OPERATIONS = 6  # FLOP for each parameter and token: two to answer, four to learn
TIMES = 10  # the step of compute that the chapter speaks of
POINTS = 236  # of the later fit, less its coefficients


def coefficient(laws: pd.DataFrame, law: str, symbol: str, column: str = "value") -> Given:
    """Return a coefficient of a law, or its standard error; unknown where there is none."""
    rows = laws[(laws["law"] == law) & (laws["symbol"] == symbol)].dropna(subset=[column])
    return Given(float(rows[column].iloc[0]), [rows]) if len(rows) else Given()


def exponent(alpha: float, beta: float) -> float:
    """Return how fast the loss above its floor falls with compute."""
    return alpha * beta / (alpha + beta)


def taken_off(alpha: float, beta: float, stray: float = 0.0) -> float:
    """Return the share of the loss above its floor that ten times the compute removes.

    stray : is added to the exponent.
    """
    return 1 - TIMES ** -(exponent(alpha, beta) + stray)


def stray(alpha: float, beta: float, alpha_error: float, beta_error: float) -> float:
    """Return how far the exponent may lie from its value, to either side, at `growth.LEVEL`."""
    by_alpha, by_beta = (beta / (alpha + beta)) ** 2, (alpha / (alpha + beta)) ** 2
    error = math.hypot(by_alpha * alpha_error, by_beta * beta_error)
    return growth.student(POINTS) * error


def share(laws: pd.DataFrame, law: str, side: int = 0) -> Given:
    """Return what ten times the compute takes off by a law; its interval's ends for -1 and 1."""
    alpha, beta = (coefficient(laws, law, symbol) for symbol in ("alpha", "beta"))
    if not side:
        return derive(taken_off, alpha, beta)
    errors = (coefficient(laws, law, symbol, "error") for symbol in ("alpha", "beta"))
    return derive(taken_off, alpha, beta, derive(stray, alpha, beta, *errors) * side)


def above_floor(law: dict[str, float], compute: float) -> float:
    """Return the loss above the floor at the best split of some compute (FLOP)."""
    alpha, beta = law["alpha"], law["beta"]
    scale = (alpha * law["A"] / (beta * law["B"])) ** (1 / (alpha + beta))
    size = scale * (compute / OPERATIONS) ** (beta / (alpha + beta))
    tokens = compute / OPERATIONS / size
    return law["A"] / size**alpha + law["B"] / tokens**beta


def reach(laws: pd.DataFrame, law: str) -> Given:
    """Return the compute (FLOP) that no run of a fit exceeds: largest model, longest text."""
    size, tokens = (coefficient(laws, law, symbol) for symbol in ("N_max", "D_max"))
    return size * tokens * OPERATIONS


def curves(laws: pd.DataFrame, computes: list[float], known: float) -> pd.DataFrame:
    """Return the loss above the floor by each law: columns law, compute, loss, within.

    loss : in parts of that at the first of the computes. known : compute (FLOP) to which runs were
    fitted; within: whether a point lies below it.
    """
    made = []
    for law, rows in laws.groupby("law", sort=False):
        symbols = rows.set_index("symbol")["value"].to_dict()
        first = above_floor(symbols, computes[0])
        losses = [above_floor(symbols, each) / first for each in computes]
        made += [(law, *own, own[0] <= known) for own in zip(computes, losses, strict=True)]
    return pd.DataFrame(made, columns=["law", "compute", "loss", "within"])
