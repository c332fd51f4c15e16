"""The noun phrase that a verb belongs to, found among the words around it. Splits no clauses."""

from __future__ import annotations

from collections.abc import Sequence

from timeline.merging import words as w
from timeline.merging.groups import may_be_participle
from timeline.merging.tokens import Token

_HEARD = frozenset("told tell tells informed warned assured reminded advised".split())
_PLACES = frozenset(["at", "from", "in", "near"])


def has_noun(tokens: Sequence[Token], a: int, b: int) -> bool:
    """Whether a noun, name, pronoun or number stands among tokens `a` to `b`."""
    return any(tokens[i].tag in "nNr#" for i in range(a, b))


def subject_range(
    tokens: Sequence[Token], start: int, stop: int, own: Sequence[int] | None = None
) -> tuple[int, int] | None:
    """The range of the noun phrase between a clause's start and its verb, lead-ins left out, or None.

    `own`: the clause's tokens, where others stand between.
    """
    inside = [i for i in (own or range(start, stop)) if start <= i < stop]
    while inside and tokens[inside[-1]].tag == "a":
        inside.pop()
    while inside and tokens[inside[0]].tag in "ac.":
        inside.pop(0)
    parts: list[tuple[int, int]] = []
    begin = last = -2
    for i in inside:
        ends = (
            (tokens[i].tag == "t" and not _is_within(tokens, i))
            or tokens[i].text == ","
            or (tokens[i].tag == '"' and begin >= 0)
        )
        if begin >= 0 and (ends or i != last + 1):
            parts.append((begin, last + 1))
            begin = -2
        if begin < 0 and not ends:
            begin = i
        last = i
    if begin >= 0:
        parts.append((begin, last + 1))
    good = (
        [
            (a, b)
            for a, b in parts
            if has_noun(tokens, a, b)
            and (tokens[a].tag not in "pegsi" or _is_amount(tokens, a))
            and sum((t.text == "(") - (t.text == ")") for t in tokens[a:b]) == 0
            and not (tokens[b - 1].low in w.TIME_NOUNS and tokens[b].low in ("after", "before"))
        ]
        or [  # "fighting in the hills has"
            (a, b)
            for a, b in parts
            if tokens[a].tag == "g" and not any(t.low == "but" for t in tokens[a:b])
        ][-1:]
    )
    if not good:
        return None
    a, b = good[-1]
    two = _joined(tokens, good)
    if two is not None:
        return two
    if b <= inside[-1] and len(good) > 1:  # an apposition ends with a comma before the verb
        return good[0]
    if len(good) > 1 and any(tokens[i].low in ("and", "or") for i in range(a, b)):
        n = len(good) - 1
        while n and good[n - 1][1] + 1 == good[n][0] and tokens[good[n][0] - 1].text == ",":
            n -= 1
        a = good[n][0]
    while a < b and tokens[a].tag in 'ac."':
        a += 1
    return (a, b) if a < b else None


def _joined(tokens: Sequence[Token], parts: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The range of people named one after the other with their ages: "Al Orr, 52, and Bo Dent, 44"; or None."""
    people = [(a, b) for a, b in parts if tokens[b - 1].tag == "N"]
    ages = [(a, b) for a, b in parts if b - a == 1 and tokens[a].tag == "#"]
    joint = people and people[-1][0] > parts[0][0] and tokens[people[-1][0]].low == "and"
    if not joint or not ages or len(people) + len(ages) != len(parts):
        return None
    return people[0][0], people[-1][1]


def _is_within(tokens: Sequence[Token], i: int) -> bool:
    """Whether the time at token `i` is part of a noun phrase: "Monday's talks", "for July delivery", "the mild winter"."""
    before = [t.tag for t in tokens[max(0, i - 2) : i]]
    describes = before[-1:] in (["p"], ["d"]) and tokens[i + 1 : i + 2] and tokens[i + 1].tag == "n"
    return tokens[i].low.endswith("'s") or before == ["d", "n"] or bool(describes)


def _is_amount(tokens: Sequence[Token], a: int) -> bool:
    """Whether the preposition at token `a` only qualifies a number: "at least 12", "over 100"."""
    after = tokens[a + 1] if a + 1 < len(tokens) else tokens[a]
    return after.low in ("least", "most") or (
        tokens[a].low in ("about", "around", "over", "under") and after.tag == "#"
    )


def was_done_to(tokens: Sequence[Token], subject: tuple[int, int] | None, stop: int) -> bool:
    """Whether "had it", which ends at token `stop` + 1, and a participle tell what was done to a clause's subject.

    The verb is then that of the clause above: "they learned that a valve had failed | and had it mended".
    """
    a, b = subject or (0, 0)
    if a == b or stop + 1 >= len(tokens):
        return False
    had = [t.low for t in tokens[stop - 1 : stop + 1]] in (["had", "it"], ["have", "it"])
    thing = tokens[a].tag == "d" and tokens[b - 1].tag == "n"
    thing = thing and tokens[b - 1].low not in w.RANKS | w.PERSONS
    return had and thing and may_be_participle(tokens[stop + 1])


def outside_brackets(tokens: Sequence[Token], indices: Sequence[int]) -> list[int]:
    """Those of the tokens that do not stand in brackets."""
    out, depth = [], 0
    for i in indices:
        depth += tokens[i].text == "("
        if not depth:
            out.append(i)
        depth = max(0, depth - (tokens[i].text == ")"))
    return out


def time_before(tokens: Sequence[Token], stop: int) -> tuple[int, int] | None:
    """The time that ends before token `stop`, as a subject: "today is", "that day has come"; None after a preposition."""
    start = stop
    while start > 0 and tokens[start - 1].tag == "t":
        start -= 1
    led = tokens[start].low in w.TIME_LEADS if start < stop else True
    return None if led else (start, stop)


def noun_before(tokens: Sequence[Token], stop: int, person: bool = False) -> tuple[int, int] | None:
    """The noun phrase that a clause inserted at token `stop` hangs on: what stands right before it, or None.

    `person`: it must be somebody ("a student at Harvard, who ...").
    """
    while stop > 0 and tokens[stop - 1].tag in '.",ta':
        stop -= 1
    a = stop
    while a > 0 and (tokens[a - 1].tag in "nNd#a" or tokens[a - 1].low == "of"):
        a -= 1
    whole = a
    while whole > 0 and tokens[whole - 1].tag in "nNd#pa":
        whole -= 1
    while whole < a and tokens[whole].tag in "pa":
        whole += 1
    if (
        person
        and a
        and tokens[a - 1].text == ","
        and not any(t.tag in "dN" for t in tokens[a:stop])
    ):
        return noun_before(tokens, a, person)  # "an officer, aged 26, who ..."
    heads = [i for i in range(a, stop) if tokens[i].low == "of"]
    if heads and tokens[heads[-1] - 1].low not in w.RANKS | w.PERSONS:
        after = tokens[heads[-1] + 1 : stop]
        if tokens[heads[-1] - 1].low == "part" or (person and after and after[0].tag == "d"):
            a = heads[-1] + 1  # "the resignation of its president, who ..."
    place = person and a > whole and tokens[a - 1].low in _PLACES and tokens[a].tag == "N"
    if place:
        a = whole
    while a < stop and tokens[a].tag in "pa":
        a += 1
    return (a, stop) if a < stop else None


def noun_after(tokens: Sequence[Token], start: int) -> tuple[int, int] | None:
    """The noun phrase that begins at token `start`, or None."""
    stop = start
    while stop < len(tokens) and (tokens[stop].tag in "dnNr#" or tokens[stop].low in ("of", "for")):
        stop += 1
    return (start, stop) if stop > start and has_noun(tokens, start, stop) else None


def said_from(tokens: Sequence[Token], a: int, b: int) -> int:
    """Where what is said begins among tokens `a` to `b`: "told reporters | he would", "said | the dam"."""
    hearer = a > 0 and tokens[a - 1].low in _HEARD
    while a < b and tokens[a].tag in "at,":
        a += 1
    if hearer:  # "told a meeting | the rebels fled"
        begins = (j for j in range(a + 1, b) if tokens[j].tag == "d" and tokens[j - 1].tag in "nNt")
        return next(begins, a)
    if any(tokens[j].text == "," for j in range(a, b)):
        return a
    if tokens[b - 1].tag == "r":
        return b - 1
    whole = (
        j for j in range(b - 1, a, -1) if tokens[j].tag == "d" and tokens[j - 1].tag not in "pdac#"
    )
    return next(whole, a)
