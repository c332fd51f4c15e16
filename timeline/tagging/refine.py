"""Between finding and resolving: joins landmarks to what was found, and lays out sentences. Knows no anchor."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from timeline.tagging.context import Layout, lay_out
from timeline.tagging.landmarks import LandmarkMention, find_landmarks
from timeline.tagging.language import Language
from timeline.tagging.recognise import Found, Words, recognise

_DATELINE = re.compile(
    r"(?:^|\n)[ \t]*[A-Z][A-Z.'’ ]+[A-Z.](?:, [A-Z][A-Za-z. ]{1,20})?,? $"
)  # BAGHDAD, March 20 (AP)
_AFTER_DATELINE = (" (", " -", " –", " —", " _", "(", ":")


class Refined(NamedTuple):
    """The expressions of a text as (start, stop, Found or LandmarkMention), with its words and sentences."""

    items: list[tuple[int, int, Found | LandmarkMention]]
    words: Words
    layout: Layout | None


def refine(text: str, language: Language, landmarks: dict[str, str] | None) -> Refined:
    """The expressions of a text that are what they look like, in order; spans never overlap."""
    found, words = recognise(text, language)
    items: list[tuple[int, int, Found | LandmarkMention]] = [
        (at + f.start, at + f.stop, f) for at, f in found
    ]
    special = find_landmarks(text, landmarks) if landmarks else []
    if special:
        stops = [m.stop for m in special]
        apart = (
            i
            for i in items
            if (k := bisect_right(stops, i[0])) == len(stops) or i[1] <= special[k].start
        )
        items = sorted([*apart, *((m.start, m.stop, m) for m in special)], key=lambda i: i[0])
    return Refined(items, words, lay_out(text, language.abbreviations) if items else None)


def is_dateline(text: str, start: int, stop: int) -> bool:
    """Whether the words from `start` to `stop` are the date of a dateline: BAGHDAD, March 20 (AP)."""
    if not text.startswith(_AFTER_DATELINE, stop):
        return False
    return _DATELINE.search(text[max(0, start - 80) : start]) is not None


def other_end(items: list, n: int, item: Found) -> int:
    """Offset of the other end of the range that expression `n` is one end of, or -1."""
    m = n + 1 if item.pair == 1 else n - 1
    if 0 <= m < len(items):
        other = items[m][2]
        if isinstance(other, Found) and (other.rule, other.pair) == (item.rule, 3 - item.pair):
            return items[m][0]
    return -1
