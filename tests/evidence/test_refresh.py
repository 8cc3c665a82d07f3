"""Publishers that answer well, badly, slowly or not at all; a server on this machine plays them."""

import http.server
import json
import threading
from datetime import date

import pandas as pd
import pytest

from computecycle import cli
from computecycle.evidence import checks, data
from computecycle.evidence.errors import InputError
from computecycle.evidence.refresh import epoch, overlay, owid, sec, web
from computecycle.site import reruns

stamina = pytest.importorskip("stamina", reason="the packages of `refresh` are not installed")
TODAY = date(2027, 3, 1)


class Publisher(http.server.BaseHTTPRequestHandler):
    """Answers what the test has put on its shelf: by path, a list of (status, body, headers)."""

    def do_GET(self):  # noqa: N802, the name is http.server's
        answers = self.server.shelf[self.path.partition("?")[0]]
        self.server.asked.append((self.path, self.headers["User-Agent"]))
        status, body, headers = answers.pop(0) if len(answers) > 1 else answers[0]
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if "Slow" in headers:
            threading.Event().wait(0.5)
        self.wfile.write(body)

    def log_message(self, *words):
        pass


@pytest.fixture
def publisher(monkeypatch):
    """A server on the loopback in place of the publishers, which asks for no patience."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Publisher)
    server.shelf, server.asked = {}, []
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    here = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setattr(web, "PAUSE", 0)
    monkeypatch.setattr(sec, "ADDRESS", here)
    monkeypatch.setattr(epoch, "ADDRESS", f"{here}/notable_ai_models.csv")
    monkeypatch.setattr(owid, "ADDRESS", f"{here}/electricity-demand.csv")
    with stamina.set_testing(True, attempts=2):
        yield server
    server.shutdown()
    server.server_close()


def answers(body: str | bytes, status: int = 200, **headers: str) -> list[tuple]:
    return [(status, body.encode() if isinstance(body, str) else body, headers)]


DEMAND = """Entity,Code,Year,Electricity demand - TWh
World,OWID_WRL,2019,26840.51
World,OWID_WRL,2026,31999.25
China,CHN,2023,9999.5
China,CHN,1999,1.0
Atlantis,ATL,2026,1.0
"""
MODELS = """Model,Organization,Publication date,Parameters,Training compute (FLOP),Confidence,Link
AlexNet,University of Toronto,2012-09-30,6.0e7,9.9e17,Confident,x
Tomorrow,Somebody,2027-01-02,1e13,3e27,Speculative,x
Yesterday,Somebody,2019-01-02,1e9,3e21,Likely,x
Silent,Somebody,2027-01-02,1e13,,Unknown,x
"""


def fact(start: str, end: str, value: int, filed: str, number: str, form: str = "10-Q") -> dict:
    return {
        "start": start,
        "end": end,
        "val": value,
        "accn": number,
        "fy": int(end[:4]),
        "fp": "Q1",
        "form": form,
        "filed": filed,
    }


def facts(concept: str = "PaymentsToAcquireProductiveAssets") -> str:
    """The facts of a company of which two quarters of 2027 are filed, the second so far."""
    spent = [
        fact("2027-01-01", "2027-03-31", 50_000_000_000, "2027-04-30", "0001-27-1"),
        fact("2027-01-01", "2027-06-30", 112_000_000_000, "2027-07-30", "0001-27-2"),
        fact("2027-01-01", "2027-03-31", 50_000_000_000, "2027-07-30", "0001-27-2"),
        fact("2026-01-01", "2026-12-31", 180_000_000_000, "2027-02-05", "0001-27-0", "10-K"),
    ]
    told = {concept: spent, "NetIncomeLoss": spent, "Depreciation": spent}
    concepts = {name: {"label": name, "units": {"USD": each}} for name, each in told.items()}
    return json.dumps({"cik": 1, "entityName": "X", "facts": {"us-gaap": concepts}})


def company(cik: int) -> str:
    return f"/api/xbrl/companyfacts/CIK{cik:010d}.json"


def refused(name: str) -> str:
    with pytest.raises(InputError) as told:
        overlay.proposed(name, TODAY)
    return str(told.value)


def test_only_new_and_changed_rows_of_known_countries_are_proposed(publisher):
    publisher.shelf["/electricity-demand.csv"] = answers(DEMAND)
    rows = overlay.proposed("owid", TODAY, "me@example.org")
    assert [(row["country"], row["period"], row["value"]) for row in rows] == [
        ("World", "2026", "31999.25"),
        ("China", "2023", "9999.50"),
    ]
    assert {row["known_from"] for row in rows} == {"2027-03-01"}
    assert publisher.asked[0][1] == "The Compute Cycle (research report) me@example.org"


def test_a_revised_and_a_newer_model_are_proposed(publisher):
    publisher.shelf["/notable_ai_models.csv"] = answers(MODELS)
    rows = overlay.proposed("epoch", TODAY)
    assert [(row["model"], row["metric"], float(row["value"])) for row in rows] == [
        ("AlexNet", "training_compute", 9.9e17),
        ("Tomorrow", "parameters", 1e13),
        ("Tomorrow", "training_compute", 3e27),
    ]


def test_quarters_are_undone_from_the_year_so_far_and_known_from_the_first_filing(publisher):
    for cik in sec.COMPANIES.values():
        publisher.shelf[company(cik)] = answers(facts())
    rows = [
        row
        for row in overlay.proposed("sec", TODAY)
        if row["company"] == "Amazon" and row["metric"] == "capex"
    ]
    told = [(row["period"], row["value"], row["known_from"]) for row in rows]
    assert told == [
        ("2026", "180000", "2027-02-05"),
        ("2027Q1", "50000", "2027-04-30"),
        ("2027Q2", "62000", "2027-07-30"),
    ]
    assert rows[2]["locator"].endswith("/data/1018724/0001272/0001-27-2-index.htm")


BROKEN = {  # publisher, path, answer, how the sentence goes on behind the address
    "truncated": ("owid", answers(DEMAND[:-9]), " is cut at line 6; nothing of it is used."),
    "page": ("owid", answers("<html><p>Sorry\n"), " has no column Entity, Year;"),
    "renamed": ("owid", answers(DEMAND.replace("Entity", "Place")), " has no column Entity; it"),
    "other-chart": ("owid", answers(DEMAND.replace("demand", "use")), " has no column Electricity"),
    "empty": ("owid", answers(""), " could not be read: the answer is empty; try again later."),
    "forbidden": ("owid", answers("no", 403), ": the publisher refuses us; name an address"),
    "gone": ("owid", answers("no", 404), ": the publisher has nothing there;"),
    "too-often": ("owid", answers("wait", 429), " could not be read: the publisher answers 429;"),
    "broken": ("owid", answers("oh", 500), " could not be read: the publisher answers 500; try"),
    "shorter-than-announced": (
        "owid",
        answers("Entity", 200, **{"Content-Length": "900"}),
        " could not be read: ",
    ),
    "no-year": (
        "owid",
        answers(DEMAND.replace("2019", "late")),
        ' has "late" as Year, which is no number; it is left.',
    ),
    "two-numbers": (
        "epoch",
        answers(MODELS.replace("9.9e17", "9e17 or 1e18")),
        ' has "9e17 or 1e18" as Training compute (FLOP), which is no number; it is left.',
    ),
    "no-text": ("owid", answers(b"\xff\xfe\x00"), " is no CSV ("),
    "renamed-model": ("epoch", answers(MODELS.replace("Parameters", "Size")), " has no column Pa"),
}
PATHS = {"owid": "/electricity-demand.csv", "epoch": "/notable_ai_models.csv"}


@pytest.mark.parametrize(("name", "answer", "sentence"), BROKEN.values(), ids=BROKEN)
def test_a_broken_answer_is_told_in_a_sentence(publisher, name, answer, sentence):
    publisher.shelf[PATHS[name]] = answer
    told = refused(name)
    assert told.startswith(f"{overlay.publisher(name).ADDRESS}{sentence}")


@pytest.mark.parametrize("body", [facts()[:-80], "[]", "<html>", facts("Renamed")])
def test_facts_that_cannot_be_read(publisher, body):
    for cik in sec.COMPANIES.values():
        publisher.shelf[company(cik)] = answers(body)
    assert refused("sec").startswith(f"{sec.ADDRESS}/api/xbrl/companyfacts/CIK0001652044.json h")


def test_a_publisher_that_is_busy_once_is_asked_again(publisher):
    publisher.shelf["/electricity-demand.csv"] = answers("wait", 429) + answers(DEMAND)
    assert len(overlay.proposed("owid", TODAY)) == 2
    assert len(publisher.asked) == 2


def test_a_slow_publisher_is_left(publisher, monkeypatch):
    monkeypatch.setattr(web, "SILENT", 0.1)
    publisher.shelf["/electricity-demand.csv"] = answers(DEMAND, Slow="yes")
    assert " could not be read: " in refused("owid")


def test_a_large_answer_is_not_read(publisher, monkeypatch):
    monkeypatch.setattr(web, "LARGEST", 100)
    publisher.shelf["/electricity-demand.csv"] = answers(DEMAND)
    assert refused("owid").endswith("is larger than 100 bytes; it is not read.")


def test_an_unknown_publisher_is_answered_with_the_nearest():
    assert refused("ovid") == ('There is no publisher "ovid" to refresh from. Did you mean "owid"?')


def test_what_is_laid_over_the_report_passes_its_checks(publisher, tmp_path):
    publisher.shelf["/electricity-demand.csv"] = answers(DEMAND)
    rows = overlay.proposed("owid", TODAY)
    overlay.lay("owid", rows, tmp_path / "laid")
    assert checks.overlay_problems(str(tmp_path / "laid")) == []
    world = data.load("electricity_by_country", folder=str(tmp_path / "laid"))
    assert world.loc[(world["country"] == "World") & (world["period"] == "2026")].shape[0] == 1


def test_rows_that_the_table_refuses_leave_nothing(publisher, tmp_path):
    publisher.shelf["/electricity-demand.csv"] = answers(DEMAND.replace("31999.25", "-5"))
    rows = overlay.proposed("owid", TODAY)
    with pytest.raises(InputError, match='column "value" is "-5.00"'):
        overlay.lay("owid", rows, tmp_path / "laid")
    assert not list((tmp_path / "laid").iterdir())


def test_rows_that_are_entered_stand_in_the_table_and_are_not_proposed_again(shelf, monkeypatch):
    class Shop:
        TABLE = "chips"

        @staticmethod
        def rows(fetch, day):
            row = pd.read_csv(shelf / "chips.csv", dtype=str).iloc[-1].to_dict()
            row |= {"chip": "new", "price": "5", "value": "5", "known_from": day.isoformat()}
            yield {name: "" if pd.isna(cell) else cell for name, cell in row.items()}

    monkeypatch.setitem(overlay.PUBLISHERS, "shop", Shop)
    rows = overlay.proposed("shop", TODAY)
    before = (shelf / "chips.csv").read_text()
    overlay.enter("shop", rows)
    assert (shelf / "chips.csv").read_text().startswith(before)
    assert "new" in set(data.load("chips")["chip"])


def test_a_failing_publisher_is_stale_since_its_first_failure(shelf):
    overlay.remember("owid", date(2027, 1, 1))
    overlay.remember("owid", date(2027, 2, 1), "no answer")
    overlay.remember("owid", date(2027, 3, 1), "no answer again")
    known = json.loads((shelf / overlay.STATE).read_text())["owid"]
    assert known == {"read": "2027-01-01", "stale_since": "2027-02-01", "why": "no answer again"}
    assert overlay.standing("electricity_by_country") == (
        "Stale since 1 February 2027, when Our World in Data could not be read. "
        "Our World in Data was last read on 1 January 2027."
    )
    overlay.remember("owid", date(2027, 4, 1))
    assert json.loads((shelf / overlay.STATE).read_text())["owid"] == {"read": "2027-04-01"}
    assert overlay.standing("electricity_by_country").endswith(" was last read on 1 April 2027.")
    assert overlay.standing("models") == ""


@pytest.mark.parametrize("text", ["{", "[]", '{"owid": 3}', "\u2026"])
def test_a_note_of_publishers_that_is_damaged_is_one_sentence(shelf, text):
    (shelf / overlay.STATE).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="^data/refreshed.json cannot be read; restore"):
        overlay.standing("models")


@pytest.fixture
def command(monkeypatch):
    """The command `refresh` as a function; what it notes of publishers, and what it runs."""
    noted, ran = [], []
    monkeypatch.setattr(overlay, "remember", lambda *told: noted.append(told))
    monkeypatch.setattr(reruns, "run", lambda root, study, out, say: ran.append(study))
    monkeypatch.setattr(reruns, "tell", lambda folder, say: None)
    return (
        lambda *words: cli.main.main(["refresh", *words]),
        noted,
        ran,
    )


def test_newer_rows_are_laid_and_run_and_nothing_is_entered(publisher, command, tmp_path, capsys):
    refresh, noted, ran = command
    publisher.shelf["/electricity-demand.csv"] = answers(DEMAND)
    refresh("owid", "--dry-run")
    assert (
        "for electricity_by_country are new or changed.\n  World, 2026" in capsys.readouterr().out
    )
    assert (noted, ran) == ([], [])
    refresh("owid", "--out", str(tmp_path / "laid"))
    assert [list(study.tables.texts) for study in ran] == [["electricity_by_country.csv"]]
    assert len(noted) == 1 and "--accept` enters the rows." in capsys.readouterr().out


def test_numbers_that_came_in_another_unit_are_doubted_and_not_entered(
    publisher, command, tmp_path, capsys, monkeypatch
):
    refresh, _, ran = command
    monkeypatch.setattr(overlay, "enter", lambda name, rows: pytest.fail("they were entered"))
    monkeypatch.setattr(cli.refreshing.place, "need_checkout", lambda: None)
    publisher.shelf["/electricity-demand.csv"] = answers(DEMAND.replace("31999.25", "31999250"))
    with pytest.raises(SystemExit):
        refresh("owid", "--out", str(tmp_path / "laid"), "--accept")
    told = capsys.readouterr().err
    assert "31,999,250 for 2026 is about 1,100 times its neighbours" in told
    assert "Nothing is entered." in told
    refresh("owid", "--out", str(tmp_path / "laid"))
    assert "Look again: overlay/electricity_by_country.csv:2" in capsys.readouterr().out
    assert len(ran) == 1


def test_a_publisher_that_fails_is_noted_and_nothing_runs(publisher, command, capsys):
    refresh, noted, ran = command
    publisher.shelf["/electricity-demand.csv"] = answers("no", 403)
    with pytest.raises(SystemExit):
        refresh("owid")
    assert "refuses us" in noted[0][2] and not ran
    with pytest.raises(SystemExit):
        refresh("owid", "--dry-run", "--out", "there")
    assert "nothing is written" in capsys.readouterr().err
