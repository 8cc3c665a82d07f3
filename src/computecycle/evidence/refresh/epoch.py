"""Notable AI models as Epoch AI lists them: parameters, training compute, tokens, cost.

Documented at https://epoch.ai/data/ai-models-documentation; the file is under CC BY 4.0.
"""

from collections.abc import Callable, Iterator
from datetime import date

from computecycle.evidence import data
from computecycle.evidence.refresh import web

NAME = "Epoch AI"
TABLE = "models"
ADDRESS = "https://epoch.ai/data/notable_ai_models.csv"
METRICS = {  # column of the file: metric, method, unit
    "Parameters": ("parameters", "record", "parameters"),
    "Training compute (FLOP)": ("training_compute", "estimate", "FLOP"),
}
NAMED = {"Model": "model", "Organization": "organisation", "Publication date": "published"}
NEEDED = [*NAMED, *METRICS, "Confidence"]
KNOWN = {"confident", "likely", "speculative"}


def rows(fetch: Callable[[str], bytes], day: date) -> Iterator[dict]:
    """Yield rows of `models` for the models that the table holds, and for newer ones of which the
    file estimates the compute; `day` is that of access, for the file has no day."""
    table = data.load(TABLE)
    held, newest = set(table["model"]), table["published"].max().date().isoformat()
    for entry in web.lines(ADDRESS, fetch(ADDRESS), NEEDED):
        newer = entry["Publication date"] > newest and entry["Training compute (FLOP)"]
        if entry["Model"] in held or newer:
            yield from model_rows(entry, day)


def model_rows(entry: dict[str, str], day: date) -> Iterator[dict]:
    """Yield the rows of one model, one for each number that the file gives."""
    for column, (metric, method, unit) in METRICS.items():
        if entry[column]:
            certainty = entry["Confidence"].lower()
            yield {
                **{ours: entry[theirs] for theirs, ours in NAMED.items()},
                "metric": metric,
                "method": method,
                "certainty": certainty if certainty in KNOWN and method == "estimate" else "",
                "value": f"{web.number(ADDRESS, column, entry[column]):.6g}",
                "unit": unit,
                "source": "epoch_models",
                "locator": ADDRESS,
                "known_from": day.isoformat(),
                "confidence": "single_source",
                "note": data.UNDATED,
            }
