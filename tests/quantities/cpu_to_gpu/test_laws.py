"""Laws of growth: one axis, doublings that add, falls in price that are gains."""

import pytest

from computecycle.evidence.given import Given
from computecycle.quantities.cpu_to_gpu import laws


def test_half_the_price_is_a_gain_of_all_not_of_half():
    assert laws.gain(Given(0.5)).number == pytest.approx(1)
    assert laws.fall(Given(1.0)).number == pytest.approx(0.5)
    assert laws.fall(laws.gain(Given(0.3))).number == pytest.approx(0.3)


def test_a_law_compounds_over_the_years():
    assert laws.over(Given(1.0), 10).number == 1024
    assert laws.over(Given(1.0), 10).number != 1 + 10 * 1.0
    assert not laws.over(Given(), 10).known


def test_the_ladder_is_in_the_order_of_the_rates_and_leaves_out_the_unknown():
    table = laws.ladder(
        {"told": {"slow": Given(0.1), "fast": Given(1.0)}, "measured": {"unknown": Given()}}, 10
    )
    assert list(table["law"]) == ["fast", "slow"]
    assert list(table["doubling_time"]) == pytest.approx([1, 7.2725], abs=0.001)
    assert table["multiple"].iloc[0] == pytest.approx(1024)
    assert laws.ladder({"told": {"unknown": Given()}}, 10).empty


def test_doublings_add_where_factors_multiply():
    table = laws.parts({"small": Given(2.0), "large": Given(16.0), "unknown": Given()})
    assert list(table["part"]) == ["large", "small"]
    assert list(table["doublings"]) == pytest.approx([4, 1])
    assert list(table["share"]) == pytest.approx([0.8, 0.2])
    assert table["share"].iloc[0] != pytest.approx(16 / 18)
    assert laws.parts({}).empty


def test_a_share_is_that_of_the_doublings_of_what_is_chosen():
    factors = {"small": Given(2.0), "middle": Given(4.0), "large": Given(32.0)}
    assert laws.share(factors, "large").number == pytest.approx(5 / 8)
    assert laws.share(factors, "small", "middle").number == pytest.approx(3 / 8)
    assert not laws.share(factors | {"unknown": Given()}, "large").known
