"""The list of sources: its order and parts, what an entry says, which parts a change rewrites."""

import html
import json
import re
import shutil
from itertools import chain, pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from house import House

from computecycle.citing import bibliography
from computecycle.citing.edition import record
from computecycle.evidence import data
from computecycle.site import addresses, pdf, sources


def test_the_parts_are_the_list_in_its_order_and_no_author_is_in_two():
    parts = addresses.sources()
    assert len(parts) > 2
    listed = [made for part in parts for made in part.values()]
    assert listed == sorted(bibliography.items().values(), key=bibliography.order)
    assert all(len(part) >= addresses.ENTRIES for part in parts[:-1])
    for one, other in pairwise(parts):
        assert [*one.values()][-1]["author"][0] != [*other.values()][0]["author"][0]


def test_an_address_leads_to_the_part_that_holds_the_source():
    for number, part in enumerate(addresses.sources(), start=1):
        page = "book/sources.html" if number == 1 else f"book/sources-{number}.html"
        assert {addresses.source(key) for key in part} == {
            f"{page}#{addresses.source_anchor(key)}" for key in part
        }
    assert addresses.source("unknown") == "book/sources.html#source-unknown"


def test_the_way_names_authors_and_the_first_part_what_the_others_hold():
    parts = addresses.sources()
    (own, *others), second = sources.ways(1, parts), sources.ways(2, parts)
    held = chain.from_iterable(holds.split() for *_, holds in others)
    assert [*held] == [addresses.source_anchor(key) for part in parts[1:] for key in part]
    assert own[2] == "" and not any(holds for *_, holds in second)
    first = sources.author([*parts[0].values()][0])
    assert own[1].startswith(f"{first}–") and own[0] == "sources.html"


WEBPAGE = "Maker. (n.d.). <i>A page</i>. Retrieved May 1, 2026, from <a>x</a>"
REPORT = "Maker. (2024). <i>A report</i>. <a>x</a>"
ARTICLE = "Maker. (2024, June 20). <i>An article</i>. A paper. <a>x</a>"
DATASET = "Maker. (2024). <i>Numbers</i> [Dataset]. <a>x</a>"
TOLD = {  # type, day, reference: what else is told
    ("webpage", (), WEBPAGE): "Webpage · key k",
    ("report", (2024, 6, 20), REPORT): "Report · 20 June 2024 · read 1 May 2026 · key k",
    ("report", (2024, 6), REPORT): "Report · June 2024 · read 1 May 2026 · key k",
    ("report", (2024,), REPORT): "Report · read 1 May 2026 · key k",
    ("article", (2024, 6, 20), ARTICLE): "Article · read 1 May 2026 · key k",
    ("dataset", (2024,), DATASET): "read 1 May 2026 · key k",
}


@pytest.mark.parametrize(("known", "told"), TOLD.items())
def test_an_entry_says_nothing_twice(known, told):
    kind, day, reference = known
    made = {"issued": {"date-parts": [list(day)]}} if day else {}
    fields = {"type": kind, "urldate": "2026-05-01", "organization": "Maker"}
    assert sources.told("k", fields, made, reference) == told


def test_an_entry_says_a_licence_and_who_published_it():
    fields = {"type": "report", "publisher": "A & B", "note": "CC BY 4.0"}
    assert sources.told("k", fields, {}, REPORT) == "Report · A &amp; B · CC BY 4.0 · key k"


def test_an_entry_says_how_it_is_known_and_nothing_that_stands_elsewhere():
    note = "Spanish; CC BY 4.0; a <b>; read in a copy; facts quoted; no date on the page"
    fields = {"type": "report", "note": note}
    told = "Report · Spanish; a &lt;b&gt;; read in a copy · CC BY 4.0 · key k"
    assert sources.told("k", fields, {}, REPORT) == told
    fields["note"] = "English; proprietary, single figures quoted; title ours"
    assert sources.told("k", fields, {}, REPORT) == "Report · key k"


READ = re.compile(r"\b(read|reprint|cop(y|ies)|quotes?|retells?|no one date|prints|that of the)\b")


def test_every_copy_reprint_and_retelling_is_told():
    known, told = data.sources(), 0
    for key, fields in known.items():
        for part in filter(READ.search, fields["note"].split("; ")):
            assert html.escape(part) in sources.told(key, fields, {}, ""), key
            told += 1
    assert told > 400
    study = {"jpm2024", "nvidia2025", "bytelab2024", "guosen2024", "caijing2025"}
    assert all(bibliography.known_by(known[key]) for key in study)


OF_THE_HOUSE = (  # ends of hosts named otherwise than their house, or that keep or send for others
    *("a16z.com", "abc.xyz", "autonews.com", "bilibili.com", "bnef.com", "cam.ac.uk", "ccaf.io"),
    *("claude.com", "fuzo-archiv.at", "gcs-web.com", "gov.cn", "ithome.com", "jiemian.com"),
    *("nber.org", "q4cdn.com", "qz.com", "stlouisfed.org", "tcrn.ch", "wandb.ai", "xiaopeng.com"),
    *("arxiv.org", "atmeta.com", "businesswire.com", "doi.org", "github.com", "globenewswire.com"),
    *(".gov", "hkexnews.hk", "prnewswire.com", "threadreaderapp.com", "youtube.com"),
)
ELSEWHERE = re.compile(r"\b(re)?print(s|ed)?\b|copies it|retells|carried|summary|distributed|shows")


def of_its_house(fields: dict[str, str]) -> bool:
    """Whether the host of an address has a word of its author's or publisher's name in it, or the
    initials."""
    host = urlsplit(fields["url"]).hostname
    told = "; ".join(fields.get(name, "") for name in ("author", "organization", "publisher"))
    words = [re.findall(r"\w+", each) for each in told.lower().split("; ")]
    initials = {"".join(each[0] for each in some if each != "the") for some in words}
    names = {each for some in words for each in some if len(each) > 2}
    names |= {each for each in initials if len(each) > 1}
    bare = re.sub(r"[-.]", "", host)
    return host.endswith(OF_THE_HOUSE) or any(each in bare for each in names)


def test_a_page_of_another_house_is_called_a_reprint():
    known = {key: fields for key, fields in data.sources().items() if "url" in fields}
    elsewhere = {key: fields for key, fields in known.items() if not of_its_house(fields)}
    assert {"fox2025", "cnbc_chatgpt400"} <= set(elsewhere)
    told = {key: bibliography.known_by(fields) for key, fields in elsewhere.items()}
    assert [key for key, each in told.items() if not ELSEWHERE.search(each)] == []


@pytest.fixture(scope="module")
def parted(built_trial, tmp_path_factory) -> House:
    """The small house, each of its two authors in a part."""
    root = tmp_path_factory.mktemp("parted") / "house"
    house = House(Path(shutil.copytree(built_trial.root, root, symlinks=True)))
    code = root / "src/computecycle/site/addresses.py"
    text, was = code.read_text(encoding="utf-8"), f"ENTRIES = {addresses.ENTRIES} "
    assert was in text
    code.write_text(text.replace(was, "ENTRIES = 1 "), encoding="utf-8")
    outcome = house.anew("book")
    assert outcome.returncode == 0, outcome.stderr
    return house


def test_each_link_to_a_source_leads_to_its_part(parted):
    published = {name: page.decode() for name, page in parted.published().items() if "html" in name}
    assert 'id="source-maker2020"' in published["book/sources.html"]
    assert 'id="source-computecycle"' in published["book/sources-2.html"]
    told = "".join(published.values())
    assert "book/sources.html#source-maker2020" in told
    assert "sources.html#source-computecycle" not in told
    assert published["book/sources.html"].count('href="sources-2.html"') == 2, "above and below"


def test_the_pdf_has_all_parts(parted):
    whole = pdf.Whole(parted.root, parted.root / "_build/html", record(parted.root))
    assert [*whole.trees][-2:] == ["book/sources.html", "book/sources-2.html"]
    assert 'id="book-sources-2--source-computecycle"' in whole.text([])


def test_a_changed_source_rewrites_its_part_alone(parted, tmp_path):
    house = House(Path(shutil.copytree(parted.root, tmp_path / "house", symlinks=True)))
    path = house.root / "data/sources.bib"
    path.write_text(path.read_text("utf-8").replace("Our own words", "Other words"), "utf-8")
    outcome = house.anew("book")
    assert outcome.returncode == 0, outcome.stderr
    (kept,) = (house.root / "_build").rglob("pages.json")
    written = json.loads(kept.read_text(encoding="utf-8"))["written"]
    assert "book/sources-2" in written and "book/sources" not in written
    assert b"Other words" in house.published()["book/sources-2.html"]
