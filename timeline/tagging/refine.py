"""Between finding and resolving: drops look-alikes by their neighbours, joins landmarks. Text only; no anchor."""

from __future__ import annotations

from typing import NamedTuple

from timeline.tagging.context import Layout, lay_out
from timeline.tagging.landmarks import LandmarkMention, find_landmarks
from timeline.tagging.language import Language, Rule
from timeline.tagging.recognise import Found, Words, recognise

WINDOW = 40  # characters on each side that a rule's left and right conditions may see


class Refined(NamedTuple):
    """The expressions of a text as (start, stop, Found or LandmarkMention), with its words and sentences."""

    items: list[tuple[int, int, Found | LandmarkMention]]
    words: Words
    layout: Layout | None


def _fits(rule: Rule, text: str, start: int, stop: int) -> bool:
    """Whether the characters around an expression are what its rule asks for."""
    for side, wanted, pattern in rule.context:
        near = (
            text[max(0, start - WINDOW) : start] if side == "left" else text[stop : stop + WINDOW]
        )
        if (pattern.search(near) is not None) != wanted:
            return False
    return True


def refine(text: str, language: Language, landmarks: dict[str, str] | None) -> Refined:
    """The expressions of a text that are what they look like, in order; spans never overlap."""
    found, words = recognise(text, language)
    items: list[tuple[int, int, Found | LandmarkMention]] = []
    for base, f in found:
        start, stop = base + f.start, base + f.stop
        if not f.rule.context or _fits(f.rule, text, start, stop):
            items.append((start, stop, f))
    if landmarks:
        special = find_landmarks(text, landmarks)
        items = [i for i in items if all(i[1] <= m.start or i[0] >= m.stop for m in special)]
        items = sorted([*items, *((m.start, m.stop, m) for m in special)], key=lambda i: i[0])
    return Refined(items, words, lay_out(text, language.abbreviations) if items else None)
