"""What the training of a model costs, and the price of using it.

    utilisation     u = C / (n d 86400 p)     C: FLOP, n: cards, d: days, p: peak FLOP/s of a card
    price of a mix  s p_in + (1 - s) p_out    s: share of input among the tokens
    fall            f = (first / last) ** (1 / years)     factor a year by which a price falls

Cost by different methods (amortised, rented, bought, as claimed) answers different questions and
is never put into one series. Tables in (as loaded), tables or `Given` numbers out.
"""

import pandas as pd

from computecycle.evidence.given import Given
from computecycle.quantities import growth

SECONDS_A_DAY = 86_400
AMORTISED, RENTED = "amortised hardware and energy", "cloud rental"


def priced(models: pd.DataFrame, method: str | None = None) -> pd.DataFrame:
    """Return the rows of training cost, by one method or all, in the order of publication."""
    rows = models[models["metric"] == "training_cost"]
    if method is not None:
        rows = rows[rows["method"] == method]
    return rows.sort_values("published", kind="stable")


def costs(models: pd.DataFrame, named: dict[str, str]) -> pd.DataFrame:
    """Return the training costs as points: day, value (USD million), method, label.

    named : what is written beside a model, by its name, at the highest of its costs.
    """
    rows = priced(models)
    highest = rows["value"] == rows.groupby("model")["value"].transform("max")
    label = rows["model"].map(named).where(highest).fillna("")
    made = {"day": rows["published"], "value": rows["value"] / 1e6, "method": rows["method"]}
    return pd.DataFrame({**made, "label": label}).reset_index(drop=True)


def paired(models: pd.DataFrame, first: str, second: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the cost rows of two methods, for the models that have both, in the same order."""
    one_way, other = priced(models, first), priced(models, second)
    both = set(one_way["model"]) & set(other["model"])
    one_way, other = (each[each["model"].isin(both)] for each in (one_way, other))
    return one_way.sort_values("model"), other.sort_values("model")


def ratios(first: pd.DataFrame, second: pd.DataFrame) -> tuple[Given, Given]:
    """Return the least and the greatest ratio of the second cost over the first, model by model."""
    if first.empty:
        return Given(), Given()
    ratio = second["value"].to_numpy() / first["value"].to_numpy()
    ends = (int(ratio.argmin()), int(ratio.argmax()))
    low, high = (Given(float(ratio[k]), [first.iloc[[k]], second.iloc[[k]]]) for k in ends)
    return low, high


def utilisation(flop: float, cards: float, days: float, peak: float) -> float:
    """Return the share of the cards' peak (FLOP a second each) that a training run used."""
    return flop / (cards * days * SECONDS_A_DAY * peak)


def mixed(prices: pd.DataFrame, input_share: float) -> pd.DataFrame:
    """Return the prices with `price`: USD for a million tokens of which a share is input."""
    price = input_share * prices["input_price"] + (1 - input_share) * prices["output_price"]
    return prices.assign(price=price)


def fall(first: float, last: float, years: float) -> float:
    """Return the factor by which a price falls in a year."""
    return 1 / (1 + growth.annual_growth(first, last, years))


def price_points(mixed: pd.DataFrame, named: list[str]) -> pd.DataFrame:
    """Return what a chart draws of some prices: day, value, vendor, label (of the named ones)."""
    made = {"day": mixed["date"], "value": mixed["price"], "vendor": mixed["vendor"]}
    label = mixed["model"].where(mixed["model"].isin(named), "")
    return pd.DataFrame({**made, "label": label}).reset_index(drop=True)


def price_line(first: pd.DataFrame, last: pd.DataFrame) -> pd.DataFrame:
    """Return the line from one price to another: rule, day, value; empty where one is missing."""
    ends = pd.concat([first, last]) if len(first) and len(last) else first.iloc[:0]
    made = {"rule": "the same test score", "day": ends["date"], "value": ends["price"]}
    return pd.DataFrame(made).reset_index(drop=True)


def amounts(cases: dict[str, tuple[Given, Given, str]], form: str) -> pd.DataFrame:
    """Return amounts for a chart: item, low, high, kind, label; unknown ones are left out.

    cases : lower end, upper end and kind by item. form : how an end is printed.
    """
    made = []
    for item, (low, high, kind) in cases.items():
        if low.known and high.known:
            ends = dict.fromkeys(form.format(end.number) for end in (low, high))
            made.append((item, low.number, high.number, kind, " to ".join(ends)))
    return pd.DataFrame(made, columns=["item", "low", "high", "kind", "label"])
