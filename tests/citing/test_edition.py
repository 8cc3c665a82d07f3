"""The record of the edition says what every page and file says of it."""

from datetime import date
from pathlib import Path

from computecycle.citing import edition

ROOT = Path(__file__).parents[2]


def test_the_record_names_the_edition_its_day_and_an_organisation_that_exists():
    record = edition.record(ROOT)
    assert set(record) == {"edition", "published", "title", "authors", "licence", "address"}
    assert record["authors"] == "The Compute Cycle contributors"
    assert date.fromisoformat(record["published"]).strftime("%Y.%m") == record["edition"]
