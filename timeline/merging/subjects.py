"""The noun phrase that a verb belongs to, found among the words before it. Splits no clauses."""

from __future__ import annotations

from timeline.merging.tokens import Token


def has_noun(tokens: list[Token], a: int, b: int) -> bool:
    """Whether a noun, name, pronoun or number stands among tokens `a` to `b`."""
    return any(tokens[i].tag in "nNr#" for i in range(a, b))


def subject_range(tokens: list[Token], start: int, stop: int) -> tuple[int, int] | None:
    """The range of the noun phrase between a clause's start and its verb, lead-ins left out, or None."""
    while stop > start and tokens[stop - 1].tag == "a":
        stop -= 1
    while start < stop and tokens[start].tag in "ac.":
        start += 1
    parts, begin = [], start
    for i in range(start, stop + 1):
        if (
            i == stop
            or tokens[i].tag == "t"
            or tokens[i].text == ","
            or (tokens[i].tag == '"' and i > begin)
        ):
            parts.append((begin, i))
            begin = i + 1
    good = [
        (a, b)
        for a, b in parts
        if a < b and has_noun(tokens, a, b) and tokens[a].tag not in "pegsi"
    ]
    if not good:
        return None
    if good[-1][1] < stop and len(good) > 1:
        return good[0]
    a, b = good[-1]
    if (
        len(good) > 1
        and any(tokens[i].low in ("and", "or") for i in range(a, b))
        and good[0][1] + 1 == a
    ):
        a = good[0][0]
    while a < b and tokens[a].tag in 'ac."':
        a += 1
    return (a, b) if a < b else None


def noun_before(tokens: list[Token], stop: int) -> tuple[int, int] | None:
    """The noun phrase that a clause inserted at token `stop` hangs on: what stands right before it, or None."""
    while stop > 0 and tokens[stop - 1].tag in '."':
        stop -= 1
    a = stop
    while a > 0 and tokens[a - 1].tag in "nNd#pgra":
        a -= 1
    while a < stop and tokens[a].tag in "pa":
        a += 1
    return (a, stop) if a < stop else None
