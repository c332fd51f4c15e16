"""Sentences of further articles that tell an event again without a date: by its deed, its people, its numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from timeline.merging import words as w
from timeline.merging.candidate import Article, Candidate
from timeline.merging.clauses import parse
from timeline.merging.cluster import Cluster, Echo
from timeline.merging.similarity import Vector, dot, unit
from timeline.merging.values import DAY, FAR

_WORD = re.compile(r"[^\W\d_][\w’'-]+|\d[\d,.]*")
_SUPPOSED = re.compile(r"\b(?:if|unless|would|could|might|may)\b")  # not told as having come
_NOUN = re.compile(rf"\b(?:{'|'.join(sorted(w.RECALLED_NOUNS))})\b", re.IGNORECASE)
NOUNS = frozenset(w.stem(noun) for noun in w.RECALLED_NOUNS)
_TELLING = 12  # words of an event that it is looked up by, the heaviest
_SHARED = 4  # of them must stand in the sentence
ALIKE = 0.3  # cosine of the sentence and the event


class Undated(NamedTuple):
    """A sentence that no event of its article cites, with its words in plain form."""

    sentence: str
    start: int
    stems: frozenset[str]


class Beside(NamedTuple):
    """What an article says beside its own events: for each noun that recalls one its first sentence, and the others."""

    nouns: dict[str, Echo]
    sentences: list[Undated]


def read_beside(a: Article) -> Beside:
    """The sentences of an article that may tell again what other articles date."""
    used = {c.sentence_start for c in a.found} | {r.start for c in a.found for r in c.retold}
    nouns: dict[str, Echo] = {}
    sentences = []
    for s in a.sentences[max(a.lead, 0) :]:
        if not a.is_story(s.start, s.stop):
            continue
        for noun in _NOUN.finditer(s.text):
            clause = s.start + noun.start(), s.start + noun.end()
            nouns.setdefault(w.stem(noun.group()), Echo(a.number, s.text, s.start, clause))
        if s.start not in used and not _SUPPOSED.search(s.text):
            stems = frozenset(w.stem(m.group().lower()) for m in _WORD.finditer(s.text))
            sentences.append(Undated(s.text, s.start, stems - w.STOP))
    return Beside(nouns, sentences)


def add_echoes(
    candidates: Sequence[Candidate],
    clusters: Sequence[Cluster],
    weights: Vector,
    beside: Sequence[Beside],
    dcts: Sequence[int | None],
) -> None:
    """Give each event the sentences of further articles that tell it again, one an article, none to two events.

    `beside`, `dcts`: for each article what it says beside its events, and its publication as a day number. An article
    from before the event tells of something else.
    """
    known: dict[str, list[int]] = {}
    for g, group in enumerate(clusters):
        if _is_told_again(group, candidates):
            for stem in sorted(group.vector, key=lambda s: (-group.vector[s], s))[:_TELLING]:
                known.setdefault(stem, []).append(g)
    whole = [unit(group.vector) for group in clusters]
    deeds = [frozenset().union(*(candidates[i].deeds for i in group.members)) for group in clusters]
    first = [_first_day(group, candidates, dcts) for group in clusters]
    for article, said in enumerate(beside):
        best: dict[int, tuple[float, Undated]] = {}
        dct = dcts[article]
        for sentence in said.sentences:
            common = Counter(g for stem in sentence.stems for g in known.get(stem, ()))
            vector = None
            found = []
            for g, n in common.items():
                group = clusters[g]
                if (
                    n < min(_SHARED, max(3, len(sentence.stems) - 1))
                    or article in group.articles
                    or not deeds[g] & sentence.stems
                ):
                    continue
                if dct is not None and dct < first[g]:
                    continue
                vector = vector or unit(
                    {s: weights[s] for s in sorted(sentence.stems & weights.keys())}
                )
                found.append((dot(vector, whole[g]), -g))
            likeness, g = max(found, default=(0.0, 0))
            if likeness >= ALIKE and likeness > best.get(-g, (0.0,))[0]:
                best[-g] = likeness, sentence
        for g, (_, sentence) in sorted(best.items()):
            clause = _clause(sentence, deeds[g])
            clusters[g].echoes.append(Echo(article, sentence.sentence, sentence.start, clause))


def _clause(sentence: Undated, deeds: frozenset[str]) -> tuple[int, int]:
    """Offsets in the article of the clause whose verb is one of the deeds, else of the sentence."""
    parsed = parse(sentence.sentence)
    for c in parsed.clauses:
        if w.stem(parsed.tokens[c.verb[1] - 1].low) in deeds:
            first, last = parsed.tokens[c.spans[0][0]], parsed.tokens[c.spans[-1][1] - 1]
            return sentence.start + first.start, sentence.start + last.stop
    return sentence.start, sentence.start + len(sentence.sentence)


def _is_told_again(group: Cluster, candidates: Sequence[Candidate]) -> bool:
    """Whether an event is one that later articles tell again: dated or a lead's, and no talk."""
    found = [candidates[i] for i in group.members]
    dated = any(c.dated for c in found) and group.low > -FAR and group.high - group.low <= 31 * DAY
    return (dated or any(c.lead for c in found)) and any(
        c.kind != "statement" or c.lead for c in found
    )


def _first_day(group: Cluster, candidates: Sequence[Candidate], dcts: Sequence[int | None]) -> int:
    if any(candidates[i].dated for i in group.members):
        return group.low // DAY
    return min((dcts[candidates[i].article] or 0 for i in group.members), default=0)
