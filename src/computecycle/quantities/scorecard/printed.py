"""Numbers of forecasts as a chart prints them, by their unit."""

import pandas as pd

MONTHS = 12  # a wait is told in years and printed in months
FORMS = {
    "USD billion": "${} bn",
    "percent": "{}%",
    "billion people": "{} bn people",
    "years": "{} months",
    "TOPS": "{} TOPS",
}


def spoken(number: float, unit: str) -> str:
    """Return a number with its unit, short; a rate of money a year as money."""
    form = FORMS[unit.removesuffix(" per year")]
    scaled = number * MONTHS if unit == "years" else number
    whole = abs(scaled) >= 100
    return form.format(f"{scaled:,.0f}" if whole else f"{scaled:,.1f}".removesuffix(".0"))


def _span(low: float, high: float, unit: str) -> str:
    """Return what was told: one number, the ends of a range, or a floor, which has no high end."""
    if pd.isna(high):
        return f"over {spoken(low, unit)}"
    return spoken(low, unit) if low == high else f"{spoken(low, unit)} to {spoken(high, unit)}"


def with_texts(scored: pd.DataFrame) -> pd.DataFrame:
    """Return scored forecasts with texts of what was told and came: adds said_told, said_came."""
    ends = zip(scored["told"], scored["told_high"], scored["unit"], strict=True)
    told = [_span(low, high, unit) for low, high, unit in ends]
    came = [
        "at least " * bool(least) + spoken(number, unit)
        for number, unit, least in zip(
            scored["outturn"], scored["unit"], scored["least"], strict=True
        )
    ]
    texts = {"said_told": told, "said_came": came}
    made = {name: pd.Series(each, scored.index, dtype=object) for name, each in texts.items()}
    return scored.assign(**made)
