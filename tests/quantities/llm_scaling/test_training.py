"""Training: what a run costs by each method, what a card does, what a token costs."""

import pandas as pd
import pytest

from computecycle.evidence.given import Given
from computecycle.quantities.llm_scaling import training

MODELS = pd.DataFrame(
    [
        ("A", "2020-01-01", "training_cost", training.RENTED, 4e6),
        ("A", "2020-01-01", "training_cost", training.AMORTISED, 2e6),
        ("B", "2019-01-01", "training_cost", training.AMORTISED, 1e6),
        ("B", "2019-01-01", "training_cost", training.RENTED, 6e6),
        ("C", "2021-01-01", "training_cost", "company claim, final run", 5e6),
        ("C", "2021-01-01", "training_compute", "estimate", 3e24),
    ],
    columns=["model", "published", "metric", "method", "value"],
    index=[f"data/models.csv:{line}" for line in range(2, 8)],
).assign(published=lambda rows: pd.to_datetime(rows["published"]))
PRICES = pd.DataFrame(
    {
        "model": ["large", "small"],
        "vendor": ["V", "W"],
        "date": pd.to_datetime(["2023-03-14", "2024-03-14"]),
        "input_price": [30.0, 0.5],
        "output_price": [60.0, 1.5],
    }
)


def test_costs_of_one_method_stay_by_themselves():
    assert list(training.priced(MODELS)["model"]) == ["B", "B", "A", "A", "C"]
    assert set(training.priced(MODELS, training.RENTED)["value"]) == {4e6, 6e6}


def test_a_model_is_named_once_at_its_highest_cost():
    made = training.costs(MODELS, {"A": "the A"})
    named = made[made["label"] != ""]
    assert list(named["label"]) == ["the A"]
    assert list(named["value"]) == [4]
    assert len(made) == 5


def test_methods_are_compared_model_by_model():
    first, second = training.paired(MODELS, training.AMORTISED, training.RENTED)
    assert list(first["model"]) == list(second["model"]) == ["A", "B"]
    low, high = training.ratios(first, second)
    assert (low.number, high.number) == (2, 6)
    assert list(high.rows[0]["model"]) == ["B"]


def test_a_ratio_of_means_is_another_number():
    first, second = training.paired(MODELS, training.AMORTISED, training.RENTED)
    assert second["value"].mean() / first["value"].mean() == pytest.approx(10 / 3)


def test_utilisation_is_work_over_what_the_cards_could_do():
    work = 0.4 * 100 * 10 * 86_400 * 3e14
    assert training.utilisation(work, 100, 10, 3e14) == pytest.approx(0.4)


def test_the_price_of_a_mix_lies_between_its_prices():
    assert list(training.mixed(PRICES, 0.8)["price"]) == pytest.approx([36, 0.7])
    assert list(training.mixed(PRICES, 1.0)["price"]) == list(PRICES["input_price"])


def test_a_thousandfold_in_three_years_is_tenfold_a_year():
    assert training.fall(60, 0.06, 3) == pytest.approx(10)
    assert training.fall(60, 0.06, 3) != pytest.approx(1000 / 3)


def test_points_and_the_line_between_two_prices():
    mixed = training.mixed(PRICES, 0.5)
    points = training.price_points(mixed, ["small"])
    assert list(points["label"]) == ["", "small"]
    line = training.price_line(mixed.iloc[:1], mixed.iloc[1:])
    assert list(line["value"]) == [45, 1]
    assert training.price_line(mixed.iloc[:1], mixed.iloc[:0]).empty


def test_an_amount_without_an_end_is_left_out():
    cases = {
        "one": (Given(1.0), Given(1.0), "said"),
        "range": (Given(1.0), Given(2000.0), "computed"),
        "none": (Given(), Given(2.0), "computed"),
    }
    made = training.amounts(cases, "{:,.0f}")
    assert list(made["label"]) == ["1", "1 to 2,000"]
    assert training.amounts({}, "{}").empty


def test_nothing_costs_nothing():
    none = MODELS.iloc[:0]
    assert training.costs(none, {"A": "A"}).empty
    first, second = training.paired(none, training.AMORTISED, training.RENTED)
    assert not any(each.known for each in training.ratios(first, second))
