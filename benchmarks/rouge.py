"""ROUGE of dated summaries, aligned by date and words.

Source: Martschat and Markert, "Improving ROUGE for Timeline Summarization", EACL 2017 (`align+ m:1`): each day of the
written timeline goes to the day of the other that costs least, by distance in days and by words; what is common
counts the less the further apart the two days are.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

Dated = dict[date, str]


def grams(text: str, n: int) -> Counter[tuple[str, ...]]:
    """How often each run of `n` words stands in a text; lower case, no punctuation."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    return Counter(zip(*(words[i:] for i in range(n)), strict=False))


def aligned(wanted: Dated, found: Dated, n: int) -> tuple[float, float, float]:
    """Precision, recall and F1 of the words of `found`, day by day aligned to `wanted`, 0 to 1."""
    recall = _side(wanted, found, n)
    precision = _side(found, wanted, n)
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def _side(ours: Dated, theirs: Dated, n: int) -> float:
    whole = common = 0.0
    for day, text in ours.items():
        own = grams(text, n)
        whole += own.total()
        best = min(theirs, key=lambda d: (_cost(day, text, d, theirs[d]), d), default=None)
        if best is not None:
            common += (own & grams(theirs[best], n)).total() / (abs((best - day).days) + 1)
    return common / whole if whole else 0.0


def _cost(a: date, text_a: str, b: date, text_b: str) -> float:
    one, two = grams(text_a, 1), grams(text_b, 1)
    shared = 2 * (one & two).total() / ((one.total() + two.total()) or 1)
    return (1 - 1 / (abs((a - b).days) + 1)) * (1 - shared)
