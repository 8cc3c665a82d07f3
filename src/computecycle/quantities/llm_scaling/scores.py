"""What models score on tests: the best so far, what it took in training, what it costs to buy.

    best so far        a score above all earlier ones of the same test
    price of a score   the lowest list price, for a mix of tokens, of a model that answers at once
                       and reaches a score; one that thinks first writes many tokens for an answer
    mix                s p_in + (1 - s) p_out     s: share of input among the tokens

Tests, models and prices bear names of their own makers; `SCORED` and `SOLD`, with those that think
first beside each, say which are the same model. Tables in (as loaded), tables or `Given` numbers
out.
"""

import pandas as pd

from computecycle.evidence.given import Given

BEST = ["test", "day", "score", "model"]
TAUGHT = ["model", "compute", "score", "day", "kind"]
THINKS, ANSWERS = "thinks before it answers", "answers at once"
GPQA = "GPQA Diamond"
HALF_SOLVED = pd.Timestamp("2026-03-05")  # release of the first model with half of FrontierMath
BEYOND = pd.Timestamp("2026-04-07")  # release of the first model that METR put above sixteen hours
LISTED = pd.Timestamp("2025-02-08")  # day on which the launch discount of DeepSeek-V3 ended
NOISE = 6.0 * 2**0.5  # points that the gap of two scores on GPQA may err; one, by up to six, as
# Epoch AI puts it (epoch_gpqa2025)
SCORED = {  # by the name in `models`, the name among the scores: those that answer at once, and
    # whose compute was not estimated from scores, be it in part
    "Llama 2-70B": "Llama-2-70b-chat-hf",
    "GPT-4": "gpt-4-0314",
    "Mistral Large": "mistral-large-2402",
    "Llama 3-70B": "Meta-Llama-3-70B-Instruct",
    "Qwen2-72B": "qwen2-72b-instruct",
    "Claude 3.5 Sonnet": "claude-3-5-sonnet-20240620",
    "Llama 3.1-405B": "Llama-3.1-405B-Instruct",
    "Qwen2.5-72B": "qwen2.5-72b-instruct",
    "DeepSeek-V3": "DeepSeek-V3",
    "Grok-3": "grok-3-beta",
    "GPT-4.5": "gpt-4.5-preview-2025-02-27",
    "Llama 4 Scout": "Llama-4-Scout-17B-16E-Instruct",
    "Llama 4 Maverick": "Llama-4-Maverick-17B-128E-Instruct-FP8",
    "Kimi K2": "Kimi-K2-Instruct",
    "Qwen3-Max": "qwen3-max-2025-09-23",  # of which another snapshot came to think
}
THINKING = {  # likewise: those that think first, as their makers say
    "DeepSeek-R1": "DeepSeek-R1",
    "Claude 3.7 Sonnet": "claude-3-7-sonnet-20250219",
    "Qwen3-235B-A22B": "qwen3-235b-a22b",
    "Grok 4": "grok-4-0709",
    "gpt-oss-120b": "openai/gpt-oss-120b",
    "GPT-5": "gpt-5-2025-08-07",
    "Kimi K2 Thinking": "kimi-k2-thinking-turbo",
    "GLM-4.7": "glm-4.7",
    "GLM-5": "glm-5",
    "GPT-6 Astra": "gpt-6-astra",
}
SOLD = {  # by the name in `token_prices`, the name among the scores: those that answer at once
    "GPT-4 (8K)": "gpt-4-0314",
    "GPT-4 Turbo": "gpt-4-1106-preview",
    "Claude 2": "claude-2.0",
    "Claude 3 Haiku": "claude-3-haiku-20240307",
    "GPT-4o": "gpt-4o-2024-05-13",
    "Claude 3.5 Sonnet": "claude-3-5-sonnet-20240620",
    "GPT-4o mini": "gpt-4o-mini-2024-07-18",
    "GPT-4o (2024-08-06)": "gpt-4o-2024-08-06",
    "Gemini 1.5 Flash": "gemini-1.5-flash-001",
    "DeepSeek-V3": "DeepSeek-V3",
    "Llama 3.1 405B": "Llama-3.1-405B-Instruct",
    "Gemini 2.0 Flash": "gemini-2.0-flash-001",
    "GPT-4.5": "gpt-4.5-preview-2025-02-27",
    "GPT-4.1": "gpt-4.1-2025-04-14",
    "Llama 4 Maverick": "Llama-4-Maverick-17B-128E-Instruct-FP8",
}
SOLD_THINKING = {  # likewise: those that think first, or were measured so
    "DeepSeek-R1": "DeepSeek-R1",
    "Claude 3.7 Sonnet": "claude-3-7-sonnet-20250219",
    "Gemini 2.5 Pro": "gemini-2.5-pro-exp-03-25",
    "o3": "o3-2025-04-16",
    "Claude Opus 4": "claude-opus-4-20250514",
    "Claude Sonnet 4": "claude-sonnet-4-20250514",
    "Grok 4": "grok-4-0709",
    "GPT-5": "gpt-5-2025-08-07",
    "GPT-5 nano": "gpt-5-nano-2025-08-07",
    "Claude Sonnet 4.5": "claude-sonnet-4-5-20250929",
    "Claude Haiku 4.5": "claude-haiku-4-5-20251001",
    "GPT-5.1": "gpt-5.1-2025-11-13",
    "Gemini 3 Pro": "gemini-3-pro-preview",
    "Claude Opus 4.5": "claude-opus-4-5-20251101",
    "DeepSeek-V3.2": "deepseek-reasoner",
    "GPT-5.2": "gpt-5.2-2025-12-11",
    "Gemini 3 Flash": "gemini-3-flash-preview",
    "Gemini 3.1 Pro": "gemini-3.1-pro-preview",
    "GPT-5.4": "gpt-5.4-2026-03-05",
    "GPT-5.4 mini": "gpt-5.4-mini-2026-03-17",
    "GPT-5.4 nano": "gpt-5.4-nano-2026-03-17",
    "GPT-6 Astra": "gpt-6-astra",
}


def of(scores: pd.DataFrame, test: str, edition: str = "one edition") -> pd.DataFrame:
    """Return the rows of one test in the order of the models' release."""
    rows = scores[(scores["benchmark"] == test) & (scores["edition"] == edition)]
    return rows.sort_values(["model_date", "score"], kind="stable")


def leading(scores: pd.DataFrame, test: str, edition: str = "one edition") -> pd.DataFrame:
    """Return the rows of a test that beat all earlier ones; of one day the best alone."""
    rows = of(scores, test, edition).drop_duplicates("model_date", keep="last")
    return rows[rows["score"] > rows["score"].cummax().shift(fill_value=-1.0)]


def since(rows: pd.DataFrame, column: str, day: pd.Timestamp) -> pd.DataFrame:
    """Return rows whose newest day in a column is not before one on which a turn had come; none
    while it was still to come."""
    return rows if rows[column].max() >= day else rows.iloc[:0]


def best(scores: pd.DataFrame, tests: list[str]) -> pd.DataFrame:
    """Return the best score so far on each test as points: columns `BEST`."""
    made = [
        (test, row.model_date, row.score, row.model)
        for test in tests
        for row in leading(scores, test).itertuples()
    ]
    return pd.DataFrame(made, columns=BEST).assign(day=lambda new: pd.to_datetime(new["day"]))


def rings(best: dict[str, tuple[pd.DataFrame, str]]) -> pd.DataFrame:
    """Return the highest of some scores for each test as points: columns `BEST` and label.

    best : by the test, the scores, and what is written beside the highest.
    """
    made = []
    for test, (rows, label) in best.items():
        top = rows.sort_values("score", kind="stable").tail(1)
        made += [(test, row.model_date, row.score, row.model, label) for row in top.itertuples()]
    points = pd.DataFrame(made, columns=[*BEST, "label"])
    return points.assign(day=lambda new: pd.to_datetime(new["day"]))


def score(
    scores: pd.DataFrame, model: str, test: str = GPQA, edition: str = "one edition"
) -> Given:
    """Return the score of one model, by its name among the scores; unknown where there is none."""
    rows = of(scores, test, edition)
    rows = rows[rows["model"] == model]
    return Given(float(rows["score"].iloc[-1]), [rows]) if len(rows) else Given()


def reached(scores: pd.DataFrame, names: dict[str, str]) -> dict[str, float]:
    """Return the scores of models that have one, by their name elsewhere.

    names : by the name elsewhere, the name among the scores.
    """
    newest = of(scores, GPQA).drop_duplicates("model", keep="last")
    known = newest.set_index("model")["score"].dropna()
    return {name: float(known[own]) for name, own in names.items() if own in known}


def taught(scores: pd.DataFrame, compute: pd.DataFrame) -> pd.DataFrame:
    """Return models with the compute of their training and their score: columns `TAUGHT`.

    compute : rows of training compute (`scaling.measured`).
    """
    made = []
    for kind, names in ((ANSWERS, SCORED), (THINKS, THINKING)):
        for model, known in reached(scores, names).items():
            row = compute[compute["model"] == model]
            if len(row):
                at = row["value"].iloc[0], known, row["published"].iloc[0]
                made.append((model, *at, kind))
    return pd.DataFrame(made, columns=TAUGHT)


def mixed(prices: pd.DataFrame, input_share: float) -> pd.DataFrame:
    """Return the prices with `price`: USD for a million tokens of which a share is input."""
    price = input_share * prices["input_price"] + (1 - input_share) * prices["output_price"]
    return prices.assign(price=price)


def before(mixed: pd.DataFrame, scores: pd.DataFrame, level: float, model: str) -> pd.DataFrame:
    """Return the prices, up to the last one of a model, of models that reach a score and were
    released before it; all by their names in `SOLD`."""
    dated = of(scores, GPQA).drop_duplicates("model", keep="last").set_index("model")["model_date"]
    reach = [name for name, known in reached(scores, SOLD).items() if known >= level]
    early = [name for name in reach if dated[SOLD[name]] < dated.get(SOLD[model], pd.NaT)]
    until = mixed.loc[mixed["model"] == model, "date"].max()
    return mixed[mixed["model"].isin(early) & (mixed["date"] <= until)]


def pairs(taught: pd.DataFrame, became: dict[str, str]) -> pd.DataFrame:
    """Return what models were and became: compute, score, compute_then, score_then.

    became : by the name of a model, the one that it became when it was taught to think first.
    """
    place = taught.set_index("model")[["compute", "score"]]
    known = [(new, old) for old, new in became.items() if {new, old} <= set(place.index)]
    made = [(*place.loc[new], *place.loc[old]) for new, old in known]
    return pd.DataFrame(made, columns=["compute", "score", "compute_then", "score_then"])
