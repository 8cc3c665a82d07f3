"""AlphaGo: ratings, and what a doubling of hardware brought."""

import pandas as pd

from computecycle.quantities.cpu_to_gpu import alphago

GO = pd.DataFrame(
    [
        ("early_configurations", "one", "single", 1, None, 2000),
        ("early_configurations", "four", "single", 4, None, 2200),
        ("early_configurations", "many", "distributed", 64, None, 3000),
        ("versions", "AlphaGo (Fan Hui)", "distributed", 176, None, 3100),
        ("versions", "AlphaGo Zero", "single", None, 4, 3500),
    ],
    columns=["listing", "configuration", "machine", "gpus", "tpus", "elo"],
)


def test_a_step_is_counted_in_doublings_not_in_machines():
    steps = alphago.steps(GO)
    assert list(steps["machine"]) == ["single"]
    assert steps["gained"].iloc[0] == 200
    assert steps["a_doubling"].iloc[0] == 100


def test_a_machine_is_counted_by_its_accelerators():
    points = alphago.points(GO).set_index("name")
    assert points.loc["AlphaGo Zero", "kind"] == "TPU" and points.loc["AlphaGo Zero", "chips"] == 4
    assert points.loc["many", "kind"] == "GPU" and points.loc["many", "list"] == "one program"


def test_a_rating_is_known_by_its_name_only():
    assert alphago.rating(GO, "four").number == 2200
    assert not alphago.rating(GO, "five").known


def test_without_rows_there_is_nothing_to_rate():
    none = GO.iloc[:0]
    assert alphago.points(none).empty and alphago.steps(none).empty
