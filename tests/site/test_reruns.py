"""A study from the command line: its folder, its receipt, what is compared and verified."""

import json
import re
import shutil
from pathlib import Path

import pytest
from browsing import visiting
from house import House, code, contents, trial_cells, write_table

from computecycle.charts import own
from computecycle.evidence import overlaid
from computecycle.runs import receipt
from computecycle.site import reruns

HOSTILE = 'kiwi </script><script>alert(1)</script> "&'
ROWS = [
    ["apple", "12", "maker2020", "p. 1", "2022-02-02", "printed", ""],
    [HOSTILE, "30", "maker2020", HOSTILE, "2022-01-01", "printed", HOSTILE],
]
WORDS = ["run", "trial", "-p", "factor=0.25", "--data", "../my tables"]
NAME = "trial-factor-0.25-data-my-tables"


@pytest.fixture(scope="module")
def made(built_trial, tmp_path_factory) -> tuple[House, str]:
    """A house in which a study was made with a parameter and hostile rows; what was said of it."""
    folder = tmp_path_factory.mktemp("reruns")
    shutil.copytree(built_trial.root, folder / "house", symlinks=True)
    write_table(folder / "my tables/prices.csv", ROWS)
    before = contents(folder / "house/_build/html")
    outcome = House(folder / "house").run(*WORDS)
    assert outcome.returncode == 0, outcome.stderr
    assert contents(folder / "house/_build/html") == before, "the published site is untouched"
    return House(folder / "house"), outcome.stdout


@pytest.fixture(scope="module")
def study(made) -> Path:
    """The folder of the study."""
    return made[0].root / "_build/runs" / NAME


def test_a_study_ends_with_what_it_changed_and_where_it_is(made, study):
    house, said = made
    assert "1 claim flipped:\n  no longer holds: The price rose from $20.0 to $7.5." in said
    assert "trial.price-rose, before: holds; tested: $7.5 > $20.0 (v_last > v_first)" in said
    assert re.search(r"trial\.price-last +\$20\.0 +\$7\.5 +−62\.5%", said)
    known = json.loads((study / "_build/run.json").read_text())
    assert f"Not the published edition. Receipt {known['id']}: {study}/receipt.html" in said
    assert sorted(path.name for path in study.iterdir()) == ["_build", "overlay", "receipt.html"]
    assert not [path for path in study.parent.iterdir() if path.name.startswith(".")]


def test_key_numbers_that_are_not_known_are_told_on_one_line():
    keys = [
        ["Trial", words, "$20", now]
        for words, now in (("a", "no data"), ("b", "$20"), ("c", "no data"))
    ]
    told = reruns.key_numbers({"as_of": "2020-06-30", "keys": keys})
    assert [" ".join(line.split()) for line in told] == [
        "Trial",
        "$20 as published b",
        "not known as of 2020-06-30: a; c",
    ]
    told = reruns.key_numbers({"as_of": "", "keys": keys[1:2]})
    assert told == ["Trial", "  key numbers as published"]


def test_rows_that_move_nothing_or_are_not_used_are_told():
    nothing = {"values": [], "claims": []}
    added, old = ({"does": each} for each in ("added", overlaid.OLDER))
    made = {"rows": [added, old], "drawn": [], "found": nothing}
    told = ["No number, claim or figure of the report rests on the reader's rows."]
    assert reruns.resting(made) == told
    assert reruns.resting(made | {"drawn": ["prices"]}) == ["1 figure is drawn otherwise (prices)"]
    assert reruns.resting(made | {"rows": [old]})[0].startswith("None of the reader's rows is used")
    moved = {"values": [{"by": ["the reader's rows"]}], "claims": []}
    assert reruns.resting(made | {"found": moved}) == []
    assert reruns.resting(made | {"rows": []}) == []


def test_figures_differ_from_those_of_a_build_and_not_from_none(tmp_path):
    here, there = tmp_path / "stage", tmp_path / "root"
    for place, drawn in ((here, "<svg/>"), (there, "<svg></svg>")):
        (place / "_build/figures/prices").mkdir(parents=True)
        (place / "_build/figures/prices/prices-narrow.svg").write_text(drawn)
    after = {"trial": {"figures": [{"id": "prices", "title": "Prices"}]}}
    changed = [("prices", "Prices", "<svg></svg>", "<svg/>")]
    assert reruns.pictures(there, here, after) == changed
    assert reruns.pictures(tmp_path / "not built", here, after) == []


def test_the_same_study_is_not_made_again_and_another_keeps_its_own_folder(made, study):
    house, _ = made
    before = contents(study)
    outcome = house.run(*WORDS)
    assert "This study is there already, made of the same." in outcome.stdout
    assert "no longer holds: The price rose from $20.0 to $7.5." in outcome.stdout
    assert contents(study) == before
    refused = house.run("run", "trial", "-p", "factor=2", "--out", str(study))
    assert refused.returncode == 2
    assert "holds the study" in refused.stderr
    assert contents(study) == before


def test_a_study_is_listed_and_compared_by_name_id_and_folder(made, study):
    house, _ = made
    known = json.loads((study / "_build/run.json").read_text())
    listed = house.run("status").stdout
    assert f"{NAME} ({known['id']}), current" in listed
    assert "computecycle run trial -p factor=0.25 --data 'my tables'" in listed
    for word in (NAME, known["id"], str(study)):
        outcome = house.run("compare", word)
        assert outcome.returncode == 1, outcome.stderr
        assert "no longer holds: The price rose from $20.0 to $7.5." in outcome.stdout
        assert "supersedes prices: apple" in outcome.stdout
    found = json.loads(house.run("compare", NAME, "published", "--json").stdout)
    assert [each["id"] for each in found["claims"]] == ["price-rose"]
    assert house.run("compare", "published", "published").returncode == 0


def test_a_study_at_another_place_is_listed_while_it_is_there(made, study, tmp_path):
    house, _ = made
    away = tmp_path / "an out"
    shutil.copytree(study, away, symlinks=True)
    assert "at other places" not in house.run("status").stdout
    for _ in range(2):  # the second time it is known already
        assert house.run(*WORDS, "--out", str(away)).returncode == 0
    listed = house.run("status").stdout
    assert "Studies in _build/runs: 1\n" in listed and "Studies at other places: 1\n" in listed
    id = json.loads((away / "_build/run.json").read_text())["id"]
    assert f"  {away} ({id}), current\n    computecycle run trial" in listed
    assert house.run("compare", "an out").returncode == 1
    shutil.rmtree(away)
    assert "at other places" not in house.run("status").stdout


def test_a_receipt_is_verified_until_anything_of_it_changes(made, study, tmp_path):
    house, _ = made
    outcome = house.run("verify", str(study / "receipt.html"))
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    assert "Its numbers are not made again here" in outcome.stdout
    page = (study / "receipt.html").read_text()
    for old, new, told in (
        ("$7.5", "$9.5", "The page was changed after it was made."),
        ("<main>", "<h1>$9.5</h1><main>", "The page was changed after it was made."),
        ("</main>", "</main><p>All claims hold.</p>", "The page was changed after it was made."),
        ('"factor": 0.25', '"factor": 0.5', "and its inputs give"),
        ('"set_by": "the reader"', '"set_by": "NVIDIA"', "Its record was changed"),
    ):
        (tmp_path / "changed.html").write_text(page.replace(old, new))
        outcome = house.run("verify", str(tmp_path / "changed.html"))
        assert (outcome.returncode, told in outcome.stdout) == (1, True), old
    (tmp_path / "changed.html").write_text(forged(page))
    outcome = house.run("verify", str(tmp_path / "changed.html"))
    told = f"The same study, made here, says something else: {study}/receipt.html"
    assert (outcome.returncode, outcome.stdout.splitlines()[0]) == (1, told)
    (tmp_path / "copy.html").write_text(page)
    assert f"that was made here: {study}" in house.run("verify", str(tmp_path / "copy.html")).stdout
    copy = House(shutil.copytree(house.root, tmp_path / "copy", symlinks=True))
    write_table(copy.root / "data/unused.csv", ROWS[:1])
    outcome = copy.run("verify", str(study / "receipt.html"))
    assert (outcome.returncode, outcome.stdout.splitlines()[0]) == (1, "Table unused is another.")


def forged(page: str) -> str:
    """A receipt with another number, all of whose hashes were made anew."""
    found = receipt.RECORD.search(page)
    known = json.loads(found[1])
    bare = page.replace(found[0], "").replace("$7.5", "$9.5")
    del known["whole"]
    return page.replace(found[0], receipt.embedded(known, bare)).replace("$7.5", "$9.5")


def test_a_receipt_stands_alone_and_words_of_rows_are_text_in_it(browser, study):
    path = study / "receipt.html"
    page = path.read_text()
    assert len(page.encode()) <= 300_000
    assert page == (study / "_build/html/receipt.html").read_text()
    assert str(study) not in page
    assert not re.search(r"(src|href)=[\"'](?!data:)", page), "it loads and links nothing"
    with visiting(browser) as visit:
        opened = visit.go(path.as_uri())
        text = opened.locator("main").inner_text()
        for told in ("Not the published edition", "set by", "the reader", HOSTILE, "$7.5", "apple"):
            assert told.lower() in text.lower()
        assert opened.locator("main script").count() == 0
        assert opened.locator("figure svg").count() == 2
        for width in (375, 1280):
            opened.set_viewport_size({"width": width, "height": 800})
            assert opened.evaluate("document.documentElement.scrollWidth") <= width
    assert visit.troubles == []
    known, _ = receipt.read(path)
    assert HOSTILE in known["overlay"]["prices.csv"].replace('""', '"')


def test_the_notebook_page_gives_the_command_of_what_is_shown(made, study):
    page = (study / "_build/html/book/chapters/trial/notebook.html").read_text()
    assert "computecycle run trial -p factor=0.25 --data &#x27;my tables&#x27;" in page
    assert "out.ipynb -p data_dir &#x27;my tables&#x27; -p factor 0.25" in page
    assert "&amp;&amp; jupyter lab mine.ipynb" in page
    page = (made[0].root / "_build/html/book/chapters/trial/notebook.html").read_text()
    assert "computecycle run trial</pre>" in page
    assert "jupyter lab notebooks/trial.ipynb" in page


def test_a_check_of_own_tables_says_what_they_would_change(made):
    house, _ = made
    said = house.run("check", "--data", "../my tables").stdout
    assert "prices: 1 supersedes, 1 added" in said
    assert "  supersedes apple: value 10 -> 12, known_from 2020-01-01 -> 2022-02-02" in said
    assert "  feeds trial: 2 values, 1 claim (price-rose), 1 figure (trial-prices)" in said
    header, apple, *_ = (house.root / "data/prices.csv").read_text("utf-8").splitlines()
    older = house.root.parent / "older"
    older.mkdir()
    (older / "prices.csv").write_text(f"{header}\n{apple.replace('2020-01-01', '2019-01-01')}\n")
    said = house.run("check", "--data", "../older").stdout
    assert "prices: 1 not used (older than what is published)" in said and "feeds" not in said


def test_a_run_that_stops_says_where_and_keeps_what_had_run(old_site):
    cells = trial_cells()
    cells.insert(5, code("bad", "if factor > 2:", "    raise ValueError('too much')"))
    old_site.write_chapter(cells)
    outcome = old_site.run("run", "trial", "-p", "factor=3")
    assert outcome.returncode == 2
    kept = old_site.root / "_build/runs/trial-factor-3/failed/trial.ipynb"
    assert 'Chapter trial stopped in cell "bad": ValueError: too much' in outcome.stderr
    assert "raise ValueError('too much')" in outcome.stderr
    assert f"What had run is kept in {kept}" in outcome.stderr
    assert "factor = 3.0" in kept.read_text()
    assert sorted(path.name for path in kept.parents[1].iterdir()) == ["failed"]
    assert "Studies in _build/runs: none" in old_site.run("status").stdout


def test_a_build_ends_with_what_moved_since_the_one_before(changed_site):
    expected = (changed_site.root / "expected.txt").read_text("utf-8")
    assert "`make book` would run 1 of 1 chapters" in expected
    assert "trial: table prices changed" in expected
    said = (changed_site.root / "told.txt").read_text("utf-8")
    assert "Against the build before:\nNo claim flipped.\n1 number moved:" in said
    assert re.search(r"trial\.price-first +\$10\.0 +\$12\.0 +\+20%", said)


def test_a_study_offers_no_citation_and_asks_not_to_be_listed(study):
    site = study / "_build/html"
    for page in ("book/index.html", "book/chapters/trial.html", "figures/trial-prices.html"):
        head, _, _ = (site / page).read_text(encoding="utf-8").partition("<body")
        assert 'name="robots" content="noindex"' in head, page
        assert not re.search("citation|DC\\.|og:|ld\\+json", head), page
    for page in ("book/index.html", "book/chapters/trial.html", "figures/trial-prices.html"):
        way = "../" * page.count("/")
        assert f'<a href="{way}receipt.html">Receipt</a>' in (site / page).read_text("utf-8"), page
    assert "A figure of a rerun is not published" in (site / page).read_text("utf-8")
    assert "To cite" not in (site / "book/chapters/trial/numbers.html").read_text("utf-8")
    assert "Not the published edition" in (site / "embed/trial-prices.html").read_text("utf-8")
    assert "Disallow: /\n" in (site / "robots.txt").read_text("utf-8")


def test_what_is_not_as_published_bears_a_mark_in_figures_and_beside_numbers(study):
    site = study / "_build/html"
    figure = (site / "figures/trial-prices.html").read_text(encoding="utf-8")
    assert own.SET_HERE[0] in figure and "var(--cc-own)" in figure
    plotted = (site / "figures/trial-prices/trial-prices.csv").read_text(encoding="utf-8")
    assert [line.rpartition(",")[2] for line in plotted.splitlines()] == [
        "Set here",
        "false",
        "true",
        "true",
    ]
    numbers = (site / "book/chapters/trial/numbers.html").read_text(encoding="utf-8")
    assert "Added here: kiwi &lt;/script&gt;" in numbers
    assert "Set here: factor 0.25; published: 1" in numbers
