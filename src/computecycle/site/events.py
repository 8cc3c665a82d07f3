"""The dated rows of many tables as one list of events, the oldest first.

Dates stay as precise as their source prints them: a bare year stands before its months. Each event
leads to the chapter that uses it and to its row. Rows are read as text, so each keeps its place.
What the main study alone tells stands in a list of its own, after the others.
"""

import re

from computecycle.site import addresses, inputs

STUDY = "guosen2024"
OWN = "What the main study reports"
DATE = re.compile(r"\d{4}(-\d{2}){0,2}")
LISTS = [  # table, chapter, what its rows must hold, column of the date, words of an event
    ("processor_launches", "cpu_to_gpu", {}, "launch_date", "Intel: {architecture}, {process} nm"),
    (
        "gpu_generations",
        "cpu_to_gpu",
        {"listing": "architectures"},
        "release",
        "NVIDIA: {architecture} architecture ({model})",
    ),
    (
        "alphago",
        "cpu_to_gpu",
        {"listing": "versions"},
        "date",
        "{configuration} beats {opponent}, {wins} to {losses}, according to the main study",
    ),
    ("cloud_starts", "cloud", {}, "start_year", "{company}: cloud service begins"),
    (
        "vehicle_chips",
        "ev_compute",
        {"metric": "compute"},
        "announced",
        "{vendor}: {product}, for cars",
    ),
    ("chatbots", "llm_scaling", {}, "year", "{developer}: {name}"),
    ("gpt_models", "llm_scaling", {}, "release", "OpenAI: {version}, according to the main study"),
    (
        "models",
        "llm_scaling",
        {"metric": "training_compute"},
        "published",
        "{organisation}: {model}",
    ),
    (
        "nvidia_results",
        "capex_gap",
        {"metric": "data_center_revenue", "period_type": "fiscal_year"},
        "known_from",
        "NVIDIA reports data-centre revenue of ${amount} billion for {period}",
    ),
    (
        "ai_revenue",
        "capex_gap",
        {"metric": "run_rate"},
        "date",
        "{company}: AI revenue at a rate of ${amount} billion a year{footing}",
    ),
    (
        "statements",
        "capex_gap",
        {"variable": "capex_plan", "entity": "four companies"},
        "known_from",
        "Four companies plan to invest ${amount} billion in {period}",
    ),
    ("milestones", "{chapter}", {}, "date", "{event}"),
    ("chronology", "", {}, "date", "{event}"),
]
AMOUNT = "\N{REPLACEMENT CHARACTER}"  # stands for the amount until alike events are joined
FILINGS = ("calendar_year", "fiscal_year")
FILED_SINCE = "2023"  # the year in which the question was put
SECTIONS = {  # words in the place of a statement: the chapter that its section became
    "Intel gives up": "cpu_to_gpu",
    "AlphaGo": "cpu_to_gpu",
    "GPU takes over": "cpu_to_gpu",
    "Crypto-currency": "proof_of_work",
    "New-energy vehicles": "ev_compute",
    "Transformer": "llm_scaling",
    "GPT and BERT": "llm_scaling",
    "Text to image": "llm_scaling",
    "AI agent": "llm_scaling",
}
MOMENTS = {  # variable of a statement of the main study: what happened
    "announced": "announced",
    "beat_kasparov": "beats Kasparov",
    "bitcoin_futures": "futures on bitcoin",
    "bought_3dfx": "buys 3DFX",
    "bought_ati": "buys ATI",
    "bought_by_google": "bought by Google",
    "core_released": "Core processors",
    "dao_recognised": "organisations on a blockchain recognised by law",
    "ended": "ended",
    "first_purchase": "first purchase",
    "forecast_published": "forecast published",
    "founded": "founded",
    "frontier_release": "Frontier",
    "genesis_block": "first block",
    "homestead_release": "Homestead",
    "ipo": "shares sold to the public",
    "launched": "network begins",
    "listed": "listed on an exchange",
    "merge_to_proof_of_stake": "gives up proof of work",
    "metropolis_release": "Metropolis",
    "network_started": "network begins",
    "new_energy_sales_passed_tesla": "sells more than Tesla",
    "passed_turing_test": "passes a Turing test",
    "presented": "presented",
    "production_started": "production begins",
    "project_started": "project begins",
    "proposed": "proposed",
    "published": "published",
    "released": "released",
    "renamed_meta": "renamed Meta",
    "sdk_public": "open to programmers",
    "serenity_release": "Serenity",
    "software_released": "software released",
    "sued_intel": "sues Intel",
    "tick_tock_ended": "tick-tock given up",
    "tick_tock_introduced": "tick-tock introduced",
    "tpu_announced": "announces the TPU",
    "white_paper": "white paper",
}
DOCUMENTS = {
    "sequoia2023": "Cahn’s first article on what AI must earn appears",
    "sequoia2024": "Cahn’s second article on what AI must earn appears",
    "bytelab2024": "The article that retells Cahn appears",
    "jpm2024": "Cembalest’s paper appears",
    "guosen2024": "Wang’s study appears, on this day at the earliest",  # it prints none: its entry
    "caijing2025": "The Caijing article is reposted (the copy we used)",
    "nvidia2025": "The article on NVIDIA is reposted (the copy we used)",
}


def listed() -> list[dict]:
    """Return the events of `LISTS`."""
    return [
        event(row[column], words, chapter.format(**row), table, place, row)
        for table, chapter, where, column, words in LISTS
        for place, row in inputs.package().texts(table)
        if all(row[name] == cell for name, cell in where.items())
    ]


def filed() -> list[dict]:
    """Return the reports of a year's capital expenditure since the question was put."""
    words = "{company} reports capital expenditure of ${amount} billion for {period}"
    return [
        event(row["known_from"], words, "capex_gap", "company_financials", place, row)
        for place, row in inputs.package().texts("company_financials")
        if row["metric"] == "capex"
        and row["period_type"] in FILINGS
        and row["known_from"] >= FILED_SINCE
    ]


def stated() -> list[dict]:
    """Return the moments that the main study states in a section that became a chapter."""
    told = [
        (place, row, chapter_of(row["locator"]))
        for place, row in inputs.package().texts("statements")
        if row["source"] == STUDY and row["variable"] in MOMENTS
    ]
    return [
        event(
            date_of(row), "{entity}: " + MOMENTS[row["variable"]], chapter, "statements", place, row
        )
        for place, row, chapter in told
        if chapter
    ]


def published() -> list[dict]:
    """Return the days on which the documents that the report examines appeared."""
    known, last = inputs.package().sources(), inputs.package().as_of or "9999"
    return [
        {
            "date": known[key]["date"],
            "words": what,
            "chapter": "",
            "address": addresses.source(key),
            "source": known[key]["short"],
            "amount": "",
            "own": False,
        }
        for key, what in DOCUMENTS.items()
        if known[key]["date"] <= last
    ]


def event(date: str, words: str, chapter: str, table: str, at: str, row: dict) -> dict:
    """Return one event: when, what, the chapter that uses it, the address of its row."""
    address, _ = addresses.row(table, at)
    footing = f" ({row['counting']})" if row.get("counting") else ""
    return {
        "date": date,
        "words": words.format(**row, amount=AMOUNT, footing=footing),
        "amount": in_billions(row) if row.get("value") else "",
        "chapter": chapter,
        "address": address,
        "source": inputs.package().sources()[row["source"]]["short"],
        "own": row["source"] == STUDY,
    }


def in_billions(row: dict) -> str:
    """Return an amount of money in billions, one filed in millions to the first decimal."""
    number = float(row["value"])
    return f"{number / 1000:,.1f}" if row.get("unit") == "USD million" else f"{number:,.10g}"


def date_of(row: dict) -> str:
    """Return when a stated moment was: its period, or the year that is its value."""
    return row["period"] if DATE.fullmatch(row["period"]) else row["value"]


def chapter_of(locator: str) -> str:
    """Return the chapter that a section of the main study became; empty for other places."""
    found = [chapter for words, chapter in SECTIONS.items() if words in locator]
    return found[0] if found else ""


def events() -> list[dict]:
    """Return every event with a date, the oldest first, each once; the study's after the others."""
    told = listed() + filed() + stated() + published()
    alike = {}
    for each in (each for each in told if DATE.fullmatch(each["date"])):
        alike.setdefault((each["date"], each["words"]), []).append(each)
    once = [joined(each) for each in alike.values()]
    return sorted(once, key=lambda each: (each["own"], each["date"], each["words"]))


def joined(alike: list[dict]) -> dict:
    """Return as one event those of a day that differ in nothing but their amount."""
    amounts = dict.fromkeys(each["amount"] for each in alike)
    words = alike[0]["words"].replace(AMOUNT, " or ".join(amounts))
    return {name: cell for name, cell in alike[0].items() if name != "amount"} | {"words": words}


def heading(each: dict) -> str:
    """Return the heading below which an event stands: its decade, or that of the study's list."""
    if each["own"]:
        return OWN
    return f"{each['date'][:3]}0s" if each["date"] >= "2000" else "Before 2000"
