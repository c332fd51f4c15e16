"""Clusters to rows of the events frame: title, date, sources, citations, what is disputed."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from timeline.dates import date_columns
from timeline.merging.candidate import Candidate
from timeline.merging.cluster import Cluster
from timeline.merging.similarity import Vector, cosine
from timeline.merging.values import Value, shared_value

DATES_DIFFER = "the sources give different dates"  # how a conflict about dates begins

STUB = 0.2  # up to this quality a title is a noun alone: "Meeting"
_STRENGTH = ("denied", "unconfirmed", "reported", "claimed", "conditional", "planned")


class NamedDay(NamedTuple):
    """One mention of a day (its number): in which article, whether at or above its lead."""

    mention_id: str
    article: int
    day: int
    lead: bool


@dataclass(frozen=True)
class Story:
    """What rows are made from: candidates, their vectors, and their articles' sources, copies left in."""

    candidates: Sequence[Candidate]
    vectors: Sequence[Vector]
    article_ids: Sequence[str]
    sources: Sequence[str]
    urls: Sequence[str]
    dcts: Sequence[int | None]
    copy_of: Sequence[int]
    named: Sequence[NamedDay]

    def n_sources(self, articles: set[int]) -> int:
        """Independent sources among articles: one name counts once, and so do copies of one text."""
        groups: list[tuple[set[str], set[int]]] = []
        for i in sorted(articles):
            names, copies = {self.sources[i]}, {self.copy_of[i]}
            rest = []
            for other_names, other_copies in groups:
                if names & other_names or copies & other_copies:
                    names, copies = names | other_names, copies | other_copies
                else:
                    rest.append((other_names, other_copies))
            groups = [*rest, (names, copies)]
        return len(groups)

    def names(self, members: Sequence[int]) -> list[str]:
        """The names of the members' sources, sorted."""
        return sorted({self.sources[self.candidates[i].article] for i in members})


def stable_id(*parts: str) -> str:
    """An id that depends on the parts alone."""
    return hashlib.blake2b(
        "\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=6
    ).hexdigest()


def event_row(story: Story, group: Cluster) -> dict[str, Any]:
    """One row in the EVENTS schema for a cluster, without its salience."""
    camps = sorted([group, *group.rivals], key=lambda c: _camp_rank(story, c))
    main = camps[0]
    members = group.everyone
    found = [story.candidates[i] for i in members]
    articles = {c.article for c in found} | {e.article for e in group.echoes}
    own = [story.candidates[i] for i in main.members]
    dated = [c for c in own if c.dated]
    value = _value(dated or own)
    best = _best(story, main)
    mention_ids = sorted({m for c in found for m in c.mention_ids})
    rivals = camps if len(camps) > 1 else []
    alternatives = [
        alternative(_camp_value(story, camp), _says(story, camp), story.names(camp.members))
        for camp in rivals
    ]
    kind = _most([c.kind for c in dated or own], best.kind)
    key = mention_ids or sorted(
        f"{story.article_ids[c.article]}:{c.sentence_start}:{c.title}" for c in found
    )
    return {
        "event_id": stable_id(*key),
        "title": best.title,
        "kind": kind,
        "status": _status(own, kind),
        **date_columns(value),
        **({} if dated else {"granularity": "", "dated": False}),
        **({} if value else {"when": "not dated"}),
        "attribution": _attribution(own, best),
        "n_sources": story.n_sources(articles),
        "sources": sorted({story.sources[i] for i in articles}),
        "mention_ids": mention_ids,
        "citations": _citations(story, group, best),
        "conflict": date_conflict(alternatives) if rivals else "",
        "alternatives": alternatives,
    }


def _value(found: Sequence[Candidate]) -> Value | None:
    values = [c.value for c in found if c.value is not None]
    return shared_value(values) if values else None


def _camp_value(story: Story, camp: Cluster) -> Value | None:
    own = [story.candidates[i] for i in camp.members]
    return _value([c for c in own if c.dated] or own)


def _says(story: Story, camp: Cluster) -> str:
    """The words that a camp dates the event with, those of its best title."""
    best = min((story.candidates[i] for i in camp.members), key=lambda c: (-c.quality, c.title))
    return best.expressions[0] if best.expressions else best.title


def _camp_rank(story: Story, camp: Cluster) -> tuple[Any, ...]:
    corrects = any(story.candidates[i].denied for i in camp.members)
    articles = {story.candidates[i].article for i in camp.members}
    return not corrects, -story.n_sources(articles), -len(camp.members), camp.low, camp.members


def _most(items: list[str], first: str) -> str:
    counts = Counter(items)
    return max(sorted(counts), key=lambda x: (counts[x], x == first))


def _status(found: Sequence[Candidate], kind: str) -> str:
    """Doubt that one source states holds for the event; else a flat report outweighs a claim."""
    counts = Counter(c.status for c in found)
    if kind in ("deadline", "plan") and "planned" in counts:
        return "planned"
    return next(s for s in _STRENGTH if s in counts)


def _attribution(found: Sequence[Candidate], best: Candidate) -> str:
    """Who says so, if all that tell the event have it from the same one; else empty."""
    said = {c.attribution for c in found if c.kind != "statement"}
    return best.attribution or said.pop() if len(said) == 1 else ""


def _best(story: Story, group: Cluster) -> Candidate:
    """The member whose title stands for all: whole, with a subject, near the middle of what is told, best in a lead."""
    found = [(i, story.candidates[i]) for i in group.members]
    dated = [i for i, c in found if c.dated and c.quality > STUB] or group.members

    def worth(i: int) -> tuple[float, str, int]:
        c = story.candidates[i]
        middle = cosine(story.vectors[i], group.vector)
        length = abs(len(c.title) - 55) / 250
        return (-round(c.quality + 0.4 * middle + 0.2 * c.lead - length, 3), c.title, i)

    return story.candidates[min(dated, key=worth)]


def _citations(story: Story, group: Cluster, best: Candidate) -> list[dict[str, str]]:
    """The place that gave the title first, then by article the other dated ones, then what has no date; none twice."""
    found = [(i, story.candidates[i]) for i in group.everyone]
    order = sorted(found, key=lambda x: (x[1] is not best, not x[1].dated, x[1].article, x[0]))
    out = []
    for _, c in order:
        when = c.value.words() if c.value else "not dated"
        for place in zip(c.mention_ids or ("",), c.expressions or ("",), strict=True):
            out.append(_citation(story, c.article, *place, when, c.sentence, c.how))
    for _, c in order:
        out += [_again(story, c.article, again.sentence) for again in c.retold]
    out += [_again(story, echo.article, echo.sentence) for echo in group.echoes]
    seen: set[tuple[str, str]] = set()
    kept = []
    for one in out:
        place = one["article_id"], one["sentence"]
        if one["mention_id"] or place not in seen:
            kept.append(one)
        seen.add(place)
    return kept


def _again(story: Story, article: int, sentence: str) -> dict[str, str]:
    return _citation(
        story, article, "", "", "not dated", sentence, "tells it again, without a date"
    )


def _citation(
    story: Story, article: int, mention_id: str, expression: str, when: str, sentence: str, how: str
) -> dict[str, str]:
    return {
        "mention_id": mention_id,
        "article_id": story.article_ids[article],
        "source": story.sources[article],
        "url": story.urls[article],
        "expression": expression,
        "when": when,
        "sentence": sentence,
        "how": how,
    }


def alternative(value: Value | None, says: str, sources: list[str]) -> dict[str, Any]:
    """One rival statement: its date, what it says and who says it."""
    told = date_columns(value)
    return {name: told[name] for name in ("edtf", "when", "start", "stop")} | {
        "says": says,
        "sources": sources,
    }


def date_conflict(alternatives: list[dict[str, Any]]) -> str:
    """What an event's `conflict` says of these alternatives, which give different dates."""
    said = "; ".join(
        f"{', '.join(a['sources'])}: {a['when']} (“{a['says']}”)" for a in alternatives
    )
    return f"{DATES_DIFFER}: {said}"
