"""Claims of number that cannot all hold, put beside each other on the events they are about. Settles nothing."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from timeline.merging.claims import Claim, claims_in, disagree
from timeline.merging.cluster import Cluster
from timeline.merging.events import DATES_DIFFER, Story, alternative
from timeline.merging.values import Value

MOST = 6  # statements shown for one event, those of the most sources first


class _Side:
    """One statement of number, the articles that make it, and the first date that one of them gives."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.articles: list[int] = []
        self.value: Value | None = None

    def against(self, other: _Side, story: Story) -> bool:
        """Whether the two cannot both hold and come from independent sources."""
        both = {*self.articles, *other.articles}
        return disagree(self.claim, other.claim) and story.n_sources(both) > 1

    def names(self, story: Story) -> list[str]:
        """The names of the sources, sorted."""
        return sorted({story.sources[a] for a in self.articles})


def add_count_disputes(story: Story, groups: Sequence[Cluster], rows: list[dict[str, Any]]) -> None:
    """Set `conflict` and `alternatives` where claims of number in different sources cannot all hold.

    Within an event: "14 people were killed", "17 were killed". Across the story: a count of all so far
    ("the fourth such letter") against a count of earlier ones, told once: on the lead about the thing, if there is one.
    """
    if len(set(story.copy_of)) < 2 or len(set(story.sources)) < 2:
        return
    leads: dict[int, int] = {}
    cumulative: list[tuple[int, _Side]] = []
    plain: dict[str, list[_Side]] = {}
    for g, group in enumerate(groups):
        sides = _sides(story, group)
        _within(story, rows[g], [s for s in sides if not s.claim.ordinal])
        for side in sides:
            if side.claim.ordinal:
                cumulative.append((g, side))
            else:
                plain.setdefault(side.claim.what, []).append(side)
        for i in group.members:
            if story.candidates[i].lead:
                leads.setdefault(story.candidates[i].article, g)
    for g, side in cumulative:
        for other in plain.get(side.claim.what, []):
            if not side.against(other, story):
                continue
            near = [leads.get(a, g) for a in side.articles]
            about = [k for k in near if _is_about(story, groups[k], side.claim.what)]
            _dispute(story, rows[min(about, default=g)], [side, other])


def _sides(story: Story, group: Cluster) -> list[_Side]:
    """The distinct statements of number in the sentences of an event, in order of its members; echoes last."""
    out: dict[tuple[str, int, int, bool], _Side] = {}
    about: set[str] = set()

    def read(
        sentence: str,
        stems: AbstractSet[str],
        article: int,
        value: Value | None,
        words: Sequence[str],
    ) -> None:
        found = [(sentence.find(x), len(x)) for x in words]
        for claim in claims_in(sentence, tuple((at, at + n) for at, n in found if at >= 0)):
            if claim.what in stems:
                key = (claim.what, claim.low, claim.high, claim.ordinal)
                side = out.setdefault(key, _Side(claim))
                side.articles.append(article)
                side.value = side.value or value

    for c in (story.candidates[i] for i in group.everyone):
        about |= c.stems
        read(c.sentence, c.stems, c.article, c.value, c.expressions)
    for echo in group.echoes:
        read(echo.sentence, about, echo.article, None, ())
    return list(out.values())


def _is_about(story: Story, group: Cluster, what: str) -> bool:
    return any(what in story.candidates[i].stems for i in group.members)


def _within(story: Story, row: dict[str, Any], sides: list[_Side]) -> None:
    by_what: dict[str, list[_Side]] = {}
    for side in sides:
        by_what.setdefault(side.claim.what, []).append(side)
    for same in by_what.values():
        same = sorted(same, key=lambda s: (-len(s.names(story)), s.claim.low, s.claim.words))
        same = same[: 3 * MOST]
        disputed = [s for s in same if any(s.against(o, story) for o in same)]
        if disputed:
            _dispute(story, row, disputed[:MOST])


def _dispute(story: Story, row: dict[str, Any], sides: list[_Side]) -> None:
    alternatives = list(row["alternatives"])
    for side in sides:
        if all(a["says"].lower() != side.claim.words.lower() for a in alternatives):
            alternatives.append(alternative(side.value, side.claim.words, side.names(story)))
    row["alternatives"] = alternatives
    dates = row["conflict"].split(" | ")[0] if row["conflict"].startswith(DATES_DIFFER) else ""
    said = "; ".join(f"{', '.join(s.names(story))}: “{s.claim.words}”" for s in sides)
    row["conflict"] = " | ".join(x for x in (dates, f"the sources count differently: {said}") if x)
