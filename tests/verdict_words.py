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
    "capex_gap": {
        "one who keeps half must ask for twice the cost": "how a margin divides, by its definition",
        "would be worth less after three or four": "what the author warned of, as his warning",
        "slightly below the year before": "what the article prints; the ledger judges it",
        "a depreciation larger than itself": "what the paper prints; the ledger judges it",
    },
    "cloud": {
        "the best time of the cloud was over": "what the report concludes, said as its conclusion",
    },
    "cpu_to_gpu": {
        "lets an era end when half of those": "the definition of an era's end",
        "each year peaks when half is reached": "a property of the curve whose formula follows",
        "stands for anything from half a cent": "what a number printed to one place means",
        "Growth rates are least squares": "the name of the method",
    },
    "llm_scaling": {
        "the frontier here counts a model while it is among the": "defines a rule",
        "Over every model the compute doubles in": "gives the value of a rule by its name",
        "Growth is fitted by least squares": "names the method",
    },
    "proof_of_work": {
        "Mining is guessing": "how mining works, by the rules of the network",
        "by least squares on the logarithms": "the name of a method",
    },
}
