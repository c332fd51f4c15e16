"""How alike two candidates are, and which pairs are worth comparing: from an index, never all pairs."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from timeline.merging.candidate import Candidate
from timeline.merging.values import DAY, FAR, bounds

CONTEXT = 0.35  # weight of a word of the sentence that is not in the clause itself
FARTHEST = 31  # days between dates that may be rivals for one event
_RAREST = 10  # words of a candidate that it is looked up by
_NEIGHBOURS = 10  # candidates on either side in time, for each of those words

Vector = dict[str, float]


def word_weights(candidates: Sequence[Candidate]) -> dict[str, float]:
    """How telling each word is: the rarer among the story's candidates, the more."""
    counts = Counter(stem for c in candidates for stem in c.stems | c.context)
    n = len(candidates)
    return {stem: math.log(1 + n / count) for stem, count in counts.items()}


def vector(candidate: Candidate, weights: dict[str, float]) -> Vector:
    """The candidate's words with their weights, of length 1; the clause counts more than the sentence.

    "Plan C" is one word and as telling wherever it stands.
    """
    raw = {
        stem: weights[stem] * (1.0 if stem in candidate.stems or " " in stem else CONTEXT)
        for stem in sorted(candidate.stems | candidate.context)
    }
    return unit(raw)


def unit(vector: Vector) -> Vector:
    """The vector made of length 1."""
    length = math.sqrt(sum(x * x for x in vector.values())) or 1.0
    return {stem: x / length for stem, x in vector.items()}


def dot(a: Vector, b: Vector) -> float:
    """Likeness of two vectors of length 1, 0 to 1."""
    if len(a) > len(b):
        a, b = b, a
    return sum(x * b[stem] for stem, x in a.items() if stem in b)


def cosine(a: Vector, b: Vector) -> float:
    """Likeness of two vectors of any length, 0 to 1."""
    lengths = sum(x * x for x in a.values()) * sum(x * x for x in b.values())
    return dot(a, b) / math.sqrt(lengths or 1.0)


def add_vector(to: Vector, other: Vector) -> None:
    """Add `other` to a vector, in place."""
    for stem, x in other.items():
        to[stem] = to.get(stem, 0.0) + x


def moment(candidate: Candidate) -> int:
    """Where the candidate stands in time for neighbours: its start, or the day that bounds it."""
    low, high = bounds(candidate.value)
    if low > -FAR:
        return low
    return high - DAY if high < FAR else FAR


def candidate_pairs(
    candidates: Sequence[Candidate], vectors: Sequence[Vector]
) -> list[tuple[int, int]]:
    """Pairs that share a telling word and stand near each other in time, each once, smaller number first.

    Dates of one article that exclude each other, or that lie more than FARTHEST days apart, are never one event's.
    At most `2 * _RAREST * _NEIGHBOURS` pairs a candidate, so that cost grows as n log n.
    """
    postings: dict[str, list[int]] = {}
    order = sorted(range(len(candidates)), key=lambda i: (moment(candidates[i]), i))
    for i in order:
        stems = sorted(vectors[i], key=lambda s: (-vectors[i][s], s))[:_RAREST]
        marks = ["=deadline"] * (candidates[i].kind == "deadline") + ["=lead"] * candidates[i].lead
        for stem in [*stems, *marks]:
            postings.setdefault(stem, []).append(i)
    spans = [bounds(c.value) for c in candidates]
    homes = [c.article if c.dated else -1 for c in candidates]  # -1: the bounds are no date
    pairs: set[tuple[int, int]] = set()
    for stem in sorted(postings):
        line = postings[stem]
        for n, i in enumerate(line):
            low, high = spans[i]
            for j in line[n + 1 : n + 1 + _NEIGHBOURS]:
                if homes[i] >= 0 <= homes[j] and (spans[j][0] >= high or spans[j][1] <= low):
                    gap = abs(spans[j][0] - low)
                    if homes[i] == homes[j] or gap > FARTHEST * DAY:
                        continue
                pairs.add((i, j) if i < j else (j, i))
    return sorted(pairs)
