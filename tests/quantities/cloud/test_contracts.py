"""What is under contract at the sellers of the cloud, from literal rows."""

from selling import close, named

from computecycle.quantities.cloud import contracts

BACKLOG = named(
    [
        ("Oracle", "all", "remaining_performance_obligations", "2026Q1", 500_000.0),
        ("Oracle", "all", "contract_of_openai", "2026Q1", 300_000.0),
        ("Microsoft", "commercial", "contract_of_anthropic", "2025Q4", 30_000.0),
        ("Microsoft", "commercial", "growth_without_openai", "2026Q2", 25.0),
        ("Amazon", "AWS", "backlog", "2026Q1", 364_000.0),
        ("Amazon", "mostly AWS", "remaining_performance_obligations", "2026Q1", 1.0),
        ("Alphabet", "mostly Google Cloud", "obligations_of_a_year_or_less", "2026Q1", 7_300.0),
        ("Alphabet", "mostly Google Cloud", "commitment_of_anthropic", "2026Q2", 111_100.0),
    ],
    "company business measure quarter value",
    "backlog",
)


def test_what_is_under_contract_by_one_measure_at_all_times():
    filed, said = (
        contracts.told(BACKLOG, "Amazon", each["Amazon"])
        for each in (contracts.MEASURES, contracts.BESIDE_PRESS)
    )
    assert filed["2026Q1"].number == close(0.001) and said["2026Q1"].number == close(364.0)
    assert list(filed["2026Q1"].rows[0].index) == ["data/backlog.csv:7"]
    assert contracts.told(BACKLOG, "Microsoft", contracts.MEASURES["Microsoft"]) == {}


def test_whose_contracts_they_are():
    assert contracts.of_customer(BACKLOG, "Oracle", "2026Q1").number == close(300.0)
    assert list(contracts.told_of_customer(BACKLOG, "Oracle")["quarter"]) == ["2026Q1"]
    assert contracts.short_contracts(BACKLOG, "Alphabet", "2026Q1").number == close(7.3)
    assert not contracts.short_contracts(BACKLOG, "Alphabet", "2025Q4").known
    table = contracts.customers(BACKLOG, "2026Q1")
    assert set(table["company"]) == {"Oracle"}  # Amazon's customer is not told here
    assert list(table["value"]) == close([300.0, 200.0])
    assert list(table["known"]) == close([0.6, 0.6])
    assert contracts.customers(BACKLOG.iloc[:0], "2026Q1").empty


def test_a_second_customer_counts_with_what_it_was_last_told_to_have_signed():
    signed = contracts.announced(BACKLOG, "Microsoft", "Anthropic", "2026Q1")
    assert signed.number == close(30.0)
    assert not contracts.announced(BACKLOG, "Microsoft", "Anthropic", "2025Q3").known
    assert contracts.growth_without_openai(BACKLOG, "Microsoft").number == close(0.25)
    assert not contracts.growth_without_openai(BACKLOG, "Oracle").known


def test_what_a_customer_itself_says_it_has_committed():
    assert contracts.committed(BACKLOG, "Alphabet").number == close(111.1)
    assert not contracts.committed(BACKLOG, "Amazon").known
