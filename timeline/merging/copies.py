"""Articles that are copies of one wire text, found by shared runs of words, and the dates that they share."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from timeline.merging.candidate import Candidate

RUN = 8  # words
ALIKE = 0.6  # share of the shorter article's runs that the other has too
LEAST = 4  # runs in common; fewer is a phrase, not a text
_COMMON = 40  # a run in more articles than this is a formula, not a sign of copying


def copy_groups(texts: Sequence[str]) -> list[int]:
    """For each text the number of the first text that it copies or is copied by, itself if none.

    >>> a = "The ship left the harbour at noon on Friday with forty sailors and two pilots aboard. " * 2
    >>> copy_groups([a, "Nothing of the kind.", "(Wire) " + a])
    [0, 1, 0]
    """
    prints = [_fingerprint(text) for text in texts]
    holders: dict[int, list[int]] = {}
    for i, runs in enumerate(prints):
        for run in sorted(runs):
            holders.setdefault(run, []).append(i)
    shared: Counter[tuple[int, int]] = Counter()
    for line in holders.values():
        if 1 < len(line) <= _COMMON:
            shared.update((a, b) for n, a in enumerate(line) for b in line[n + 1 :])
    group = list(range(len(texts)))

    def root(i: int) -> int:
        while group[i] != i:
            i = group[i]
        return i

    for (a, b), count in sorted(shared.items()):
        if count >= LEAST and count >= ALIKE * min(len(prints[a]), len(prints[b])):
            x, y = sorted((root(a), root(b)))
            group[y] = x
    return [root(i) for i in range(len(texts))]


def _fingerprint(text: str) -> set[int]:
    """Numbers of the runs of words that begin with one word in four (by its number, so that copies agree)."""
    words = re.findall(r"\w+", text.lower())
    known: dict[str, bool] = {}
    out = set()
    for i in range(max(1, len(words) - RUN + 1)):
        first = words[i : i + 1]
        if not first:
            continue
        if (picked := known.get(first[0])) is None:
            picked = known[first[0]] = zlib.crc32(first[0].encode()) % 4 == 0
        if picked:
            out.add(zlib.crc32(" ".join(words[i : i + RUN]).encode()))
    return out


def with_first_dates(
    candidates: Sequence[Candidate], copy_of: Sequence[int], dcts: Sequence[int | None]
) -> list[Candidate]:
    """The candidates, each sentence that copies carry with the date that it has in the first of them.

    "Last night" in a wire that is printed again a day later is still the night that the wire meant.
    `copy_of`, `dcts`: for each article the number of its original, and its publication as a day number.
    """
    first: dict[tuple[object, ...], tuple[int, Candidate]] = {}
    keys = [(copy_of[c.article], c.sentence, c.expressions, c.title) for c in candidates]
    for key, c in zip(keys, candidates, strict=True):
        dct = dcts[c.article]
        if dct is not None and (key not in first or dct < first[key][0]):
            first[key] = dct, c
    return [
        c
        if key not in first or first[key][1].value == c.value
        else replace(
            c, value=first[key][1].value, how=f"{first[key][1].how}; as its first copy says"
        )
        for key, c in zip(keys, candidates, strict=True)
    ]
