"""Plans of capital spending as the table has them, for tests of what is computed from them."""

COLUMNS = "company for_year period_type low high known_from"
PLANS = [
    ("Amazon", 2026, "calendar_year", 90_000.0, 90_000.0, "2026-02-05"),
    ("Amazon", 2026, "calendar_year", 100_000.0, 100_000.0, "2026-04-29"),
    ("Microsoft", 2026, "calendar_year", 60_000.0, 60_000.0, "2026-04-29"),
    ("Alphabet", 2026, "calendar_year", 50_000.0, 70_000.0, "2026-04-29"),
    ("Meta", 2026, "calendar_year", 80_000.0, 90_000.0, "2026-04-29"),
    ("Meta", 2026, "fiscal_year", 1.0, 1.0, "2026-05-29"),
]
