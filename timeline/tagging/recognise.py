"""Finds time expressions in text and gives each a partial. Text only: knows no article, anchor or date.

One pass classes the words of a text by looking them up with their digits as 0. Rules are tried only on
short runs of known words around a trigger, and what a run of a given shape matches is remembered. Runs
are at most MAX_WORDS long, so the time is linear in the text whatever it contains.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate, compress, repeat
from typing import NamedTuple

from timeline.tagging.classes import MARKED, NOTHING
from timeline.tagging.language import SHAPE, Language, Rule, compiled, load_language
from timeline.tagging.partial import Partial, parse_partial

MAX_WORDS = 28
WINDOW = 32  # characters on each side that a rule's left and right conditions may see
_NO_WORD = re.compile(r"\W")
_ASCII = {i: ("0" if chr(i).isdigit() else chr(i).lower() if chr(i).isalpha() else "_" if i == 95 else " ") for i in range(128)}  # fmt: skip
_MARK = re.compile(r"0(?:(?<![\w:/.]0)0?(?=[:/]0)|(?<=['’]0)0(?!\w))")  # starts at a literal: fast
_JOINS = {" ", ", ", "-", "/", ":", "'", "’", "\n", "–", "—", " - ", " – ", " — ", ". ", ".", " '", " ’", "' ", "’ ", ".-", ",",
          "\xa0", "  ", ",\n", "\r\n", ".,", "., ", ".\n", " (", ") ", ".) ", ".'", ".’", "-\n", " \n", "½ ", "½-", "~", "+"}  # fmt: skip
_LEAD = frozenset("'’$£€#-–/.:")
_TAIL = frozenset(".%:'’-/°½")
_ENDS = {"one": 1, "two": 2}  # the groups that are the ends of a range
_MODS = ("mod", "mod2", "amount", "approx", "ends", "half_mod")  # the groups that give TIMEX3's mod
_RANK = {"second": 0, "minute": 0, "hour": 0, "day": 1, "week": 2, "month": 3, "quarter": 4, "year": 5}  # fmt: skip


class Found(NamedTuple):
    """One expression: offsets in its run, the rule, its partial, TIMEX3 type and mod; `pair` joins a range."""

    start: int
    stop: int
    rule: Rule
    partial: Partial
    type: str
    mod: str
    pair: int


class Words(NamedTuple):
    """A text cut up: lower-case words (digits as 0), where each starts, and which are marked."""

    text: str
    words: list[str]
    starts: list[int]
    marked: list[int]

    def at(self, offset: int) -> int:
        """Index of the word that holds an offset."""
        return bisect_right(self.starts, offset) - 1

    def gap(self, i: int) -> str:
        """What stands between word `i` and the next."""
        return self.text[self.starts[i] + len(self.words[i]) : self.starts[i + 1]]


def fold(text: str) -> str:
    """The text in lower case with every digit as 0; exactly as long as the text."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    for digit in "123456789":
        low = low.replace(digit, "0")
    return low


def cut(text: str) -> Words:
    """The words of a text with their offsets."""
    folded = "" if text.isascii() else fold(text)
    parts = (_NO_WORD.sub(" ", folded) if folded else text.translate(_ASCII)).split(" ")
    starts = list(compress(accumulate(map((1).__add__, map(len, parts)), initial=0), parts))
    marked = []
    if ":" in text or "/" in text or "'" in text or "’" in text:
        folded = folded or fold(text)
        marked = [bisect_right(starts, m.start()) - 1 for m in _MARK.finditer(folded)]
    return Words(text, list(filter(None, parts)), starts, marked)


def recognise(text: str, language: Language) -> tuple[list[tuple[int, Found]], Words]:
    """Every expression as (offset of its run, Found), in order of position, and the words of the text."""
    _, words, starts, marked = pieces = cut(text)
    known = list(map(language.classes.get, words, repeat(NOTHING)))
    for i in marked:
        known[i] = MARKED
    classes = "".join(known)
    out: list[tuple[int, Found]] = []
    last, top, size, short = -1, len(words) - 1, len(text), language.abbreviations
    for hit in language.strong.finditer(classes):
        i = hit.start()
        if i <= last:
            continue
        a = b = i
        first = max(last, i - MAX_WORDS // 2 - 1)
        while a - 1 > first and classes[a - 1] != NOTHING and _joined(pieces, a - 1, short):
            a -= 1
        while b < top and b - a < MAX_WORDS and classes[b + 1] != NOTHING and _joined(pieces, b, short):  # fmt: skip
            b += 1
        last = b
        start, stop = starts[a], starts[b] + len(words[b])
        if start and text[start - 1] in _LEAD:
            start -= 1
        if stop < size and text[stop] in _TAIL:
            stop += 1
        settled, candidates = _in_run(text[start:stop], classes[a : b + 1], language.code)
        if candidates:
            settled = _settle(candidates, text, start)
        for found in settled:
            out.append((start, found))
    return out, pieces


def _joined(pieces: Words, i: int, short: frozenset[str]) -> bool:
    """Whether word `i` and the next can be in one expression, by what stands between them."""
    gap = pieces.gap(i)
    if gap not in _JOINS:
        return False
    if gap[0] != "." or len(gap) == 1 or not gap[1].isspace():
        return True
    word = pieces.words[i]
    return word in short or (len(word) == 1 and word.isalpha())


Candidate = tuple[tuple[int, int], Rule, list[Found]]


@lru_cache(maxsize=50_000)
def _in_run(run: str, classes: str, code: str) -> tuple[tuple[Found, ...], list[Candidate]]:
    """The expressions in one run of known words; all candidates instead if some depend on what is around."""
    candidates: list[Candidate] = []
    for rule, whole, spans in _matches(run.translate(SHAPE), classes, code):
        values = _read(rule, run, spans)
        if values is None:
            continue
        parts = _build(rule, spans, values)
        if parts:
            candidates.append((whole, rule, parts))
    candidates.sort(key=lambda c: (c[0][0] - c[0][1], _fineness(c[2]), c[1].id, c[0][0]))
    if any(rule.context for _, rule, _ in candidates):
        return (), candidates
    return _settle(candidates), []


def _settle(candidates: list[Candidate], text: str = "", base: int = 0) -> tuple[Found, ...]:
    """Overlaps are settled here and nowhere else: the longest, then the finer, then by id.

    A candidate whose rule asks for something around it is looked at in its `text`.
    """
    if len(candidates) == 1:
        (start, stop), rule, parts = candidates[0]
        fits = not rule.context or _fits(rule, text, base + start, base + stop)
        return tuple(parts) if fits else ()
    taken: list[tuple[int, int]] = []
    out: list[Found] = []
    for (start, stop), rule, parts in candidates:
        for s, e in taken:
            if start < e and s < stop:
                break
        else:
            if not rule.context or _fits(rule, text, base + start, base + stop):
                taken.append((start, stop))
                out.extend(parts)
    if len(out) > 1:
        out.sort(key=lambda f: f.start)
    return tuple(out)


def _fits(rule: Rule, text: str, start: int, stop: int) -> bool:
    """Whether the characters around a match are what its rule asks for."""
    for side, wanted, pattern in rule.context:
        near = (
            text[max(0, start - WINDOW) : start] if side == "left" else text[stop : stop + WINDOW]
        )
        if (compiled(pattern).search(near) is not None) != wanted:
            return False
    return True


def _fineness(parts: list[Found]) -> int:
    """Smaller for a finer partial, for settling overlaps."""
    partial = parts[0].partial
    if partial.time or partial.zone:
        return 0
    if partial.day:
        return 1
    return 3 if partial.sub else _RANK.get(partial.unit, 6)


@lru_cache(maxsize=20_000)
def _matches(
    shape: str, classes: str, code: str
) -> tuple[tuple[Rule, tuple[int, int], dict[str, tuple[int, int]]], ...]:
    """What every rule matches in a run with its digits as 0: all places, not only the best."""
    out = []
    for rule in load_language(code).select("".join(sorted(set(classes)))):
        for m in compiled(rule.pattern).finditer(shape):
            spans = {g: m.span(g) for g in m.re.groupindex if m.start(g) >= 0}
            spans["_all"] = m.span()
            out.append((rule, m.span(), spans))
    return tuple(out)


def _read(rule: Rule, run: str, spans: dict[str, tuple[int, int]]) -> dict[str, str] | None:
    """The normal text of each group, or None if a group is not what it looks like (day 45)."""
    values = {}
    for group, (a, b) in spans.items():
        if group == "_all":
            continue
        reader = rule.readers.get(group)
        value = reader(run[a:b]) if reader else run[a:b].lower()
        if value is None:
            return None
        values[group] = value
    return values


_FORMATS = {
    "way": lambda v: {"-1": "last", "0": "this", "+1": "next"}[v],
    "02": lambda v: v.zfill(2),
    "century": lambda v: v[:2],
    "year": lambda v: ("20" if int(v) < 50 else "19") + v,
    "quarter": lambda v: f"Q{(int(v) + 2) // 3}",
    "turn": lambda v: f"{int(v) - 1:02d}00",
}


def _fill(template: tuple, values: dict[str, str]) -> str | None:
    """A value template with its groups filled in; None if a group without a default is missing."""
    out = []
    for literal, group, default in template:
        out.append(literal)
        if not group:
            continue
        name, _, form = group.partition(":")
        if name in values:
            out.append(_FORMATS[form](values[name]) if form else values[name])
        elif default is None:
            return None
        else:
            out.append(default)
    return "".join(out)


def _build(rule: Rule, spans: dict[str, tuple[int, int]], values: dict[str, str]) -> list[Found]:
    """The expressions of one match, one for each part of the rule; none if a partial cannot be."""
    out = []
    mod = rule.mod or next((values[name] for name in _MODS if values.get(name)), "")
    for group, template in rule.parts:
        if group and group not in spans:
            return []
        text = _fill(template, values)
        partial = parse_partial(text) if text else None
        if partial is None:
            return []
        a, b = spans[group] if group else spans["_all"]
        clock = partial.time or partial.unit in ("hour", "minute", "second")
        kind = "DURATION" if partial.kind == "duration" else "TIME" if clock else "DATE"
        out.append(Found(a, b, rule, partial, rule.type or kind, mod, _ENDS.get(group, 0)))
    return out
