"""Whether a verb says something, and where: judged by the clauses that are still open. Opens none."""

from __future__ import annotations

from timeline.merging import words as w
from timeline.merging.groups import may_be_participle, reports
from timeline.merging.stack import OpenClauses
from timeline.merging.subjects import has_noun, noun_after, said_from, subject_range

CONTENT = frozenset(["that", "whether", "how", "why", "what"])
_ATTITUDES = frozenset(
    "afraid aware certain confident convinced glad hopeful pleased sure worried".split()
)


def says(clauses: OpenClauses, i: int, last: int) -> bool:
    """Whether the verb at token `i` is that of what the innermost clause says, without "that"."""
    a, b = clauses.top.verb or (0, 0)
    tokens = clauses.tokens
    sure = b < len(tokens) and tokens[b].low in _ATTITUDES  # "is confident the wall will hold"
    if not (reports(tokens, (a, b)) or sure) or not has_noun(tokens, b, i):
        return False
    passive = any(t.low in ("been", "was", "were") for t in tokens[a:b])
    if (
        passive
        and may_be_participle(tokens[i])
        and tokens[i + 1 : i + 2]
        and tokens[i + 1].tag == "p"
    ):
        return False  # "was promised the land taken from"
    if clauses.waiting() >= 0 and tokens[i - 1].low not in ("he", "she", "they"):
        return False  # but "the man who says he fell, left"
    if any(tokens[j].tag == "i" for j in range(b, i)):
        return False
    if subject_range(tokens, said_from(tokens, b, i), i) is None:
        return False  # "a loan agreed at a meeting was"
    renamed = sum(clauses.comma(j) for j in range(b, i)) == 2 and tokens[b].tag in "dnN"
    return renamed or not clauses.comma(last)  # "said X, the mayor, had"


def is_reduced(clauses: OpenClauses, i: int, last: int) -> bool:
    """Whether a form such as "founded" at token `i` only describes: "Twitto, founded in 2006, is ..."."""
    tokens, stop, later = clauses.tokens, clauses.groups[i], clauses.following[i]
    own = [j for j in clauses.top.own if tokens[j].tag not in "sc"]
    if clauses.top.verb or later < 0:
        return False
    by = stop < len(tokens) and tokens[stop].low == "by"
    if last >= 0 and not clauses.comma(last):
        if not by:  # "in a letter published on Sunday, ..."
            by = bool(own) and subject_range(tokens, own[0], i, own) is None
            by = by or (clauses.apposed(i) is not None and _ends_aside(clauses, stop, later))
        return by and tokens[last].tag in "nN#"
    commas = [j for j in range(stop, later) if clauses.comma(j)]
    if last < 0 or not clauses.top.own:  # "Born in 1960, Ruiz studied"
        return bool(commas) and has_noun(tokens, commas[0], later)
    if any(tokens[j].tag in "sc" for j in range(commas[-1] if commas else stop, later)):
        return False
    return not has_noun(tokens, commas[-1], later) if commas else not clauses.comma(last)


def _ends_aside(clauses: OpenClauses, stop: int, later: int) -> bool:
    """Whether nothing but an aside stands between token `stop` and the next verb: ", elected in May, said"."""
    between = clauses.tokens[stop:later]
    commas = sum(t.text == "," for t in between)
    return commas == 1 and between[-1].text == "," and not any(t.tag in "scx" for t in between)


def tail_start(clauses: OpenClauses, i: int, stop: int, last: int) -> int:
    """The comma before "police said" or "said Weber" at token `i`, if that follows or interrupts what was said."""
    tokens, top = clauses.tokens, clauses.top
    commas = [j for j in top.own if clauses.comma(j)]
    if not commas or (not top.verb and top.kind in ("relative", "sub")):
        return -1
    if last == commas[-1]:
        if top.verb and noun_after(tokens, stop) and not goes_on(clauses, stop):
            return last  # "..., said Carla Neri"
        while commas[1:] and all(tokens[j].tag == "N" for j in range(commas[-2] + 1, last)):
            last = commas[-2]  # "..., the mayor, Ana Ruiz, said"
            commas.pop()
        commas.pop()
    if not commas or any(tokens[j].tag in "svx" for j in range(commas[-1] + 1, i)):
        return -1
    if tokens[commas[-1] + 1].tag == "c":
        return -1
    comma = commas[-1]
    if not has_noun(tokens, comma + 1, i) or tokens[comma + 1].tag in "pg":
        return -1
    if top.verb:
        return comma if comma >= top.verb[1] and not goes_on(clauses, stop) else -1
    # "The man, police said, was armed"
    inserted = (
        clauses.comma(stop) and clauses.following[i] >= 0 and not clauses.comma(clauses.before(i))
    )
    return comma if inserted and has_noun(tokens, top.own[0], comma) else -1


def goes_on(clauses: OpenClauses, stop: int) -> bool:
    """Whether what is said follows the verb of saying that ends before token `stop`."""
    group = clauses.following[stop - 1]
    between = clauses.tokens[stop:group]
    joint = next((t.low for t in between if t.tag == "s"), "that")
    apart = any(t.text == "," or t.tag == "c" or t.text in w.BREAKS for t in between)
    return group >= 0 and not apart and joint in CONTENT
