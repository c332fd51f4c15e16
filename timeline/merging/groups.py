"""A sentence's verb groups: which words are finite verbs, and which may be none. Knows no clauses."""

from __future__ import annotations

from collections.abc import Sequence

from timeline.merging import words as w
from timeline.merging.tokens import Token


def verb_groups(tokens: Sequence[Token]) -> dict[int, int]:
    """Start and stop of each finite verb with its auxiliaries and what stands between them."""
    groups, i = {}, 0
    while i < len(tokens):
        tag, j = tokens[i].tag, i + 1
        if tag in "xv" and tokens[i].low not in ("being", "been", "be", "having"):
            while tag == "x" and j < len(tokens) and tokens[j].tag in "xaet":
                j += 1
            while j - 1 > i and tokens[j - 1].tag in "at" and tokens[j - 1].low != "not":
                j -= 1
            groups[i] = j
        i = j
    return groups


def following(groups: dict[int, int], n: int) -> list[int]:
    """For each of `n` tokens the first verb group that begins after it, or -1."""
    out, later = [-1] * n, -1
    for i in range(n - 1, -1, -1):
        out[i] = later
        later = i if i in groups else later
    return out


def reports(tokens: Sequence[Token], verb: tuple[int, int]) -> bool:
    """Whether a verb group is one of saying or thinking."""
    return w.verb_base(tokens[verb[1] - 1].low) in w.REPORTING


def may_be_participle(token: Token) -> bool:
    """Whether a finite verb may be a mere participle: "founded", not "fell"."""
    return token.tag == "v" and (w.is_ed(token.low) or token.low in w.PARTICIPLE)
