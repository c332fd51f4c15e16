"""The class of each word: which tables and rules it belongs to, one character for each combination. Knows no text."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.tagging.language import Rule

NOTHING = "x"  # the class of a word that no rule knows
MARKED = "#"  # the class of digits beside a sign that makes them a time or date: 10:57, 7/8/07, '39
_SUFFIXES: tuple[
    tuple[tuple[str, ...], frozenset[str]], ...
] = (  # after digits, and what such a word then is
    (("", "z", "t", "s"), frozenset()),
    (("st", "nd", "rd", "th", "er", "e"), frozenset(("nth",))),
    (("am", "pm"), frozenset(("clock", "meridiem"))),
    (("h", "hr", "hrs"), frozenset(("clock",))),
    (("bc", "ad"), frozenset(("era",))),
)
_MIXED = {"fy0000": {"year"}, "fy00": {"year"}, "c0000": {"year", "circa"}, "00t00": {"digits"}, "0000q0": {"year", "quarter"},
          "00000000": {"compact"}}  # fmt: skip


def plain(word: str) -> str:
    """A vocabulary word as it is looked up: lower case, single spaces, straight quotes."""
    return " ".join(word.lower().replace("’", "'").split())


def _members(
    entries: dict[str, list[str]], glue: set[str], common: set[str], rules: tuple[Rule, ...]
) -> dict[str, set[str]]:
    """Every word (digits as 0) with the tables it is in; "=word" stands for a word of a rule's own.

    Of an entry of several words, one is its key: the longest that is not `common` in any text.
    """
    member: dict[str, set[str]] = {}
    for name, words in entries.items():
        for entry in words:
            tokens = re.findall(r"\w+", re.sub(r"\d", "0", plain(entry)))
            key = max(tokens, key=lambda t: (t not in common, len(t)))
            for token in tokens:
                member.setdefault(token, set()).add(name if token == key else "glue")
    for word in sorted(glue):
        member.setdefault(word, set()).add("glue")
    for suffixes, kinds in _SUFFIXES:
        for suffix in suffixes:
            for digits in ("0", "00", "000", "0000", "00000"):
                year = len(digits) == 4 or (suffix == "s" and len(digits) > 1)
                member.setdefault(digits + suffix, set()).update(
                    kinds or {"year" if year else "digits"}
                )
    for word, more in _MIXED.items():
        member.setdefault(word, set()).update(more)
    for word in sorted(
        {name[1:] for r in rules for need in r.requires for name in need if name[0] == "="}
    ):
        member.setdefault(word, set()).add(f"={word}")
    return member


def class_words(
    entries: dict[str, list[str]], glue: set[str], common: set[str], rules: tuple[Rule, ...]
) -> tuple[dict[str, str], re.Pattern[str], Callable[[str], tuple[Rule, ...]]]:
    """Word -> class; the classes that rules start from; the rules worth trying on a run of given classes."""
    member = _members(entries, glue, common, rules)
    codes: dict[frozenset[str], str] = {}
    for names in member.values():
        codes.setdefault(frozenset(names), chr(0x100 + len(codes)))
    tables = {c: names for names, c in codes.items()} | {MARKED: frozenset(("digits", "mark"))}
    needed: frozenset[str] = frozenset().union(*(rule.needs for rule in rules))
    strong = re.compile(f"[{''.join(c for c, names in tables.items() if names & needed)}]")
    bits = {name: 1 << n for n, name in enumerate(sorted(frozenset().union(*tables.values())))}

    def mask(names: frozenset[str]) -> int:
        return sum(bits.get(name, 0) for name in names)

    masks = {c: mask(names) for c, names in tables.items()}
    wants: list[tuple[int, int, int, int, int, Rule]] = []
    for rule in rules:
        ranked = sorted(rule.requires, key=lambda need: (min(need)[0] == "=", len(need)))
        a, b, c, d, *_ = [*map(mask, ranked), -1, -1, -1, -1]  # -1: always met
        wants.append((mask(rule.needs), a, b, c, d, rule))

    @lru_cache(maxsize=20_000)
    def select(run_classes: str) -> tuple[Rule, ...]:
        present = 0
        for c in run_classes:
            present |= masks.get(c, 0)
        return tuple(
            [
                rule
                for needs, a, b, c, d, rule in wants
                if needs & present and a & present and b & present and c & present and d & present
            ]
        )

    return {word: codes[frozenset(names)] for word, names in member.items()}, strong, select
