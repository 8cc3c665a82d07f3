"""Scores: the best so far, against compute, and the lowest price that reaches them."""

import re

import pandas as pd
import pytest

from computecycle.evidence import data
from computecycle.quantities.llm_scaling import scaling, scores


def scored(*rows: tuple) -> pd.DataFrame:
    columns = ["benchmark", "model", "model_date", "score"]
    table = pd.DataFrame(rows, columns=columns).assign(edition="one edition")
    return table.assign(model_date=pd.to_datetime(table["model_date"]))


TESTS = scored(
    (scores.GPQA, "gpt-4-0314", "2023-03-14", 36.0),
    (scores.GPQA, "weak", "2023-06-01", 30.0),
    (scores.GPQA, "DeepSeek-V3", "2024-12-26", 56.0),
    (scores.GPQA, "DeepSeek-R1", "2025-01-20", 70.0),
    (scores.GPQA, "same day", "2025-01-20", 65.0),
    ("MMLU", "gpt-4-0314", "2023-03-14", 86.0),
)
PRICES = pd.DataFrame(
    [
        ("GPT-4 (8K)", "2023-03-14", 30.0, 60.0),
        ("DeepSeek-V3", "2024-12-26", 0.1, 0.6),
        ("DeepSeek-R1", "2025-01-21", 0.5, 2.0),
        ("nobody's", "2025-02-01", 0.01, 0.01),
    ],
    columns=["model", "date", "input_price", "output_price"],
).assign(date=lambda rows: pd.to_datetime(rows["date"]))


def test_only_what_beats_all_before_leads_and_one_model_a_day():
    assert list(scores.leading(TESTS, scores.GPQA)["score"]) == [36, 56, 70]
    assert scores.leading(TESTS, "HLE").empty


def test_the_best_are_points_of_their_test():
    made = scores.best(TESTS, [scores.GPQA, "MMLU"])
    assert list(made["test"]) == [scores.GPQA] * 3 + ["MMLU"]
    assert scores.best(TESTS.iloc[:0], ["MMLU"]).empty


def plain(name: str) -> str:
    """A model's name without its maker, its day, what kind of release it is, and its dashes."""
    name = re.sub(r"[-_ ]?(20\d\d-?\d\d-?\d\d|\d{8})$", "", name.lower().split("/")[-1])
    return re.sub("[^a-z0-9]", "", re.sub("-?(preview|beta|instruct|chat-hf|exp)$", "", name))


def test_no_model_of_one_name_in_two_tables_is_left_out():
    """A model that is added with its score counts, or the sentences on our list are not true."""
    tables = data.Package("", "")
    scored = {
        plain(name) for name in scores.of(tables.load("benchmark_scores"), scores.GPQA)["model"]
    }
    measured = scaling.measured(tables.load("models"), "training_compute")["model"]
    priced = tables.load("token_prices")["model"]
    sold = scores.SOLD | scores.SOLD_THINKING
    for names, counted in ((measured, scores.SCORED | scores.THINKING), (priced, sold)):
        assert not [name for name in names if plain(name) in scored and name not in counted]


def test_a_turn_is_told_from_its_day_on():
    first, last = pd.Timestamp("2023-03-14"), pd.Timestamp("2025-01-20")
    assert len(scores.since(TESTS, "model_date", last)) == len(TESTS)
    assert scores.since(TESTS[TESTS["model_date"] < last], "model_date", last).empty
    assert scores.since(TESTS.iloc[:0], "model_date", first).empty


def test_a_mix_weighs_input_and_output():
    mixed = scores.mixed(PRICES, 0.8)
    assert list(mixed["price"])[:2] == pytest.approx([36, 0.2])


def test_the_prices_before_a_model_are_of_earlier_models_that_reach_the_score():
    """A price that is listed only after the model came out counts up to the model's last price."""
    late = PRICES.assign(date=PRICES["date"].mask(PRICES["model"] == "GPT-4 (8K)", "2024-12-26"))
    for prices in (PRICES, late):
        mixed = scores.mixed(prices, 0.8)
        assert list(scores.before(mixed, TESTS, 35, "DeepSeek-V3")["model"]) == ["GPT-4 (8K)"]
        assert scores.before(mixed, TESTS, 50, "DeepSeek-V3").empty
        assert scores.before(mixed, TESTS, 35, "GPT-4 (8K)").empty
        assert scores.before(mixed, TESTS.iloc[:0], 35, "DeepSeek-V3").empty
    after = PRICES.assign(date=PRICES["date"].mask(PRICES["model"] == "GPT-4 (8K)", "2025-06-01"))
    assert scores.before(scores.mixed(after, 0.8), TESTS, 35, "DeepSeek-V3").empty


COMPUTE = pd.DataFrame(
    [("GPT-4", 2e25, "2023-03-15"), ("DeepSeek-V3", 3e24, "2024-12-24"),
     ("DeepSeek-R1", 4e24, "2025-01-20"), ("unscored", 1e26, "2025-02-01")],
    columns=["model", "value", "published"],
)  # fmt: skip


def test_compute_and_score_meet_by_the_names_of_a_model():
    made = scores.taught(TESTS, COMPUTE).set_index("model")
    assert list(made.index) == ["GPT-4", "DeepSeek-V3", "DeepSeek-R1"]
    assert made.loc["DeepSeek-R1", "kind"] == scores.THINKS
    assert made.loc["GPT-4", "score"] == 36


def test_a_pair_needs_both_its_models():
    made = scores.pairs(
        scores.taught(TESTS, COMPUTE), {"DeepSeek-V3": "DeepSeek-R1", "GPT-4": "GPT-5"}
    )
    assert made.to_dict("list") == {
        "compute": [4e24], "score": [70], "compute_then": [3e24], "score_then": [56],
    }  # fmt: skip


def test_no_model_is_both_and_none_is_sold_twice():
    assert not scores.SCORED.keys() & scores.THINKING.keys()
    assert not scores.SOLD.keys() & scores.SOLD_THINKING.keys()
    sold = scores.SOLD | scores.SOLD_THINKING
    assert len(set(sold.values())) == len(sold)
    at_once, thinking = set(scores.SOLD.values()), set(scores.SOLD_THINKING.values())
    assert not at_once & set(scores.THINKING.values())
    assert not thinking & set(scores.SCORED.values())


def test_a_ring_is_the_highest_of_its_test():
    made = scores.rings({"GPQA": (scores.of(TESTS, scores.GPQA), "new"), "HLE": (TESTS[:0], "own")})
    (ring,) = made.itertuples()
    assert (ring.test, ring.score, ring.label) == ("GPQA", 70, "new")
    assert scores.rings({}).empty
