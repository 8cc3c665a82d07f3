"""What a parameter can move, read off the code of a chapter."""

import ast

from computecycle.notebook import reach

CODE = """
base = load(other)
model = compute(base, rate)
v_need = claims.value("need", "what is needed", model.need, "USD")
rows = sorted(each for each in model.rows)
v_base = claims.value("base", "what is there", base, "USD")
claims.claim("short", "Short of {need}.", "need > base", need=v_need, base=v_base)
model = base.copy()
v_after = claims.value("after", "what comes after", model, "USD")
rows["share"] = rate
figures.show(chart(rows), "figure-of-rows", "Rows")
other_rows = [rows for rows in base]
figures.show(chart(other_rows), "figure-of-base", "Base")
"""


def test_what_is_made_from_a_name_is_reached_and_nothing_else():
    found = reach.flowing(ast.parse(CODE).body, "rate")
    assert found == {"values": ["need"], "claims": ["short"], "figures": ["figure-of-rows"]}
    told = "can move 1 value (need), 1 claim (short), 1 figure (figure-of-rows)"
    assert reach.told(found) == told
    assert reach.listed(list("abcdef"), 4) == " (a, b, c, d, 2 more)"
    assert reach.told(reach.flowing(ast.parse(CODE).body, "unused")) == "moves no number"
