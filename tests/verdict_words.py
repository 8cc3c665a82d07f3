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
        "only in a steady state": "says what the formula supposes",
        "Does cheaper AI need fewer chips?": "a question",
        "Who would have to pay, and how much": "a question",
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
        "Will bigger keep meaning better": "a question",
        "shrinks by the same share each time": "what a power law is",
        "put the best split near twenty tokens": "the result of a paper, told as its own",
        "pays for every parameter again": "how answering works: each token passes each parameter",
        "a handful of its day, or none": "defines the frontier",
        "the newer rows are open models": "what the table says of itself",
        "is cut into many experts": "how a sparse model is built",
        "a model that thinks first writes many tokens": "what thinking first means",
        "It learned from a bigger sister": "how its maker says that it was trained",
        "*More scale, more skill.*": "the study's claim, in short",
        "; at the best split": "what a formula holds for",
        "Growth is fitted by least squares": "names the method",
    },
    "proof_of_work": {
        "Mining is guessing": "how mining works, by the rules of the network",
        "by least squares on the logarithms": "the name of a method",
    },
}
