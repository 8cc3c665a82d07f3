"""Words that pass a verdict, and the sentences outside claims that may hold one, with the reason.

A comparison, a superlative, a quantity or a cause belongs into a claim, which is tested. What may
stand in bare prose says how something is defined, counted or worked, not what the data show.
"""

import re

WORDS = re.compile(
    r"\b(more|less|fewer|larger|smaller|bigger|faster|slower|higher|lower|shorter|"
    r"cheaper|dearer|better|worse|stronger|weaker|wider|narrower|greater|"
    r"most|least|largest|smallest|biggest|fastest|slowest|highest|lowest|best|worst|longest|"
    r"all|every|none|never|always|only|few|many|hardly|nearly|almost|mostly|much|"
    r"half|twice|double[sd]?|tripled?|triples|rose|fell|grew|rises|falls|grows|shrank|"
    r"because|therefore|drove|drives|caused|causes|thanks to|due to|led to)\b",
    re.IGNORECASE,
)
PHRASES = {  # in any page: the phrase, and why it passes no verdict
    "Every number of this chapter": "the heading of a list",
    "at all": "an emphasis",
}
SENTENCES = {  # by page: a part of the sentence, and why it passes no verdict
    "adoption_and_markets": {
        "once half take part": "the definition of a wave's end",
        "half of firms, a bar of our own": "names the bar that we set, for he sets none",
        "used so freely that more is spent": "what an argument says, named as its",
    },
    "capex_gap": {
        "one who keeps half must ask for twice the cost": "how a margin divides, by its definition",
        "would be worth less after three or four": "what the author warned of, as his warning",
        "slightly below the year before": "what the article prints; the ledger judges it",
    },
    "cloud": {
        "the market grew by a quarter a year": "what the study says, told as its own words",
        "The best is over": "the study's conclusion, named before the verdict on it",
    },
    "cpu_to_gpu": {
        "For decades each generation of transistors was smaller": "how Dennard's rule works",
        "and so little faster at the rest?": "a question",
        "A multiplier for half as many bits": "how the area of a multiplier goes with its bits",
        "so halving the bits roughly doubles the rate": "what follows from area and wires",
        "when half of those its product can reach": "the study's definition of an era's end",
        "and FP32 beside the fastest formats": "says how the comparison is made",
        "in plain FP32 what the fastest formats gained": "names an event to change our mind",
        "the logarithms by least squares": "the name of the method",
    },
    "ev_compute": {
        "does more computing drive better?": "a question",
        "Does more computing drive better?": "a question",
        "prices fell with less vigour": "what the study says, said as its words",
        "compute was never the bottleneck": "what a sceptic says",
    },
    "llm_scaling": {
        "How fast does the compute behind the largest": "a question",
        "shrinks by the same share with each tenfold": "what a power law is",
        "is about the best split of a budget": "the result of a paper, told as its own",
        "pays for every parameter with each token": "how answering works",
        "with the most training compute when it came out": "defines the frontier",
        "is cut into many experts": "how a sparse model is built",
        "*More scale, more skill.*": "the study's claim, in short",
        "; at the best split": "what a formula holds for",
        "Growth is fitted by least squares": "names the method",
        "half an order of magnitude a year": "what the study quotes, told as its own",
        "is chosen, but holds the ten largest": "says how the table was made",
    },
    "method": {
        "in almost all draws from the ranges": "defines a word of our scale",
    },
    "proof_of_work": {
        "tries thousands of numbers side by side": "how chips differ, by what they are built for",
        "a rule that needs much memory": "how Ethereum's rule was made",
        "runs the best machine on sale": "what a bound supposes, by its maker's definition",
        "it says, set off a rush": "what the study says, said as its own",
        "by least squares on the logarithms": "the name of a method",
    },
    "scorecard": {
        "falls, or grows more slowly than": "names an event that would change our mind",
    },
}
