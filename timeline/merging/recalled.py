"""Events that a whole story recalls by one noun: "the earthquake", "last week's quake", "since the strike"."""

from __future__ import annotations

from collections.abc import Sequence

from timeline.merging.candidate import Candidate
from timeline.merging.cluster import Cluster, join
from timeline.merging.echoes import NOUNS, Beside
from timeline.merging.values import DAY, bounds, is_day

LEAST = 3  # articles that date the noun to one day
SHARE = 0.6  # of all articles that date it to a day
WIDEST = 366 * DAY  # "in March", "this year" may mean it; what is wider says nothing


def join_recalled(
    candidates: Sequence[Candidate],
    clusters: list[Cluster],
    beside: Sequence[Beside],
    dcts: Sequence[int | None],
    copy_of: Sequence[int],
) -> list[Cluster]:
    """The clusters, those of one recalled event joined, with the articles that name it without a date as echoes.

    `beside`, `dcts`, `copy_of`: for each article what it says beside its events, its publication as a day number, and
    its original.
    A noun recalls one event where at least LEAST articles, and SHARE of those that date it to a day, agree on it.
    """
    homes = {i: g for g, group in enumerate(clusters) for i in group.everyone}
    gone: set[int] = set()
    for noun, day in sorted(_recalled(candidates, copy_of).items()):
        span = day * DAY, (day + 1) * DAY
        told = [i for i, c in enumerate(candidates) if noun in c.stems and _means(c, span)]
        groups = sorted({homes[i] for i in told} - gone, key=lambda g: _size(clusters[g], told))
        main = clusters[groups[-1]]
        for g in reversed(groups[:-1]):
            if _may_join(main, clusters[g], candidates, noun):
                join(main, clusters[g])
                gone.add(g)
                homes.update(dict.fromkeys(clusters[g].everyone, groups[-1]))
        against = {
            c.article for c in candidates if noun in c.stems and c.dated and not _means(c, span)
        }
        known = main.articles | against
        main.echoes += [
            said.nouns[noun]
            for article, said in enumerate(beside)
            if noun in said.nouns and article not in known and (dcts[article] or 0) >= day
        ]
    return [group for g, group in enumerate(clusters) if g not in gone]


def _recalled(candidates: Sequence[Candidate], copy_of: Sequence[int]) -> dict[str, int]:
    """The nouns that recall one event, with its day."""
    dated: dict[str, dict[int, set[int]]] = {}
    for c in candidates:
        if c.dated and is_day(c.value) and c.kind != "statement":
            day = bounds(c.value)[0] // DAY
            for noun in c.stems & NOUNS:
                dated.setdefault(noun, {}).setdefault(day, set()).add(copy_of[c.article])
    out = {}
    for noun, days in dated.items():
        day = max(days, key=lambda d: (len(days[d]), -d))
        if len(days[day]) >= LEAST and len(days[day]) >= SHARE * len(set().union(*days.values())):
            out[noun] = day
    return out


def _means(c: Candidate, span: tuple[int, int]) -> bool:
    """Whether a candidate's date allows the day."""
    low, high = bounds(c.value)
    near = max(low, span[0]) < min(high, span[1]) and high - low <= WIDEST
    return c.dated and c.kind not in ("statement", "period") and near


def _size(group: Cluster, told: list[int]) -> tuple[int, int]:
    return len(set(group.members) & set(told)), -group.members[0]


def _may_join(main: Cluster, other: Cluster, candidates: Sequence[Candidate], noun: str) -> bool:
    """Whether a cluster tells mostly of the recalled event, and not beside it in one sentence."""
    named = sum(noun in candidates[i].context for i in other.members)
    if other.rivals or 2 * named < len(other.members):
        return False
    places = {(candidates[i].article, candidates[i].sentence_start) for i in main.everyone}
    beside = any(
        (candidates[i].article, candidates[i].sentence_start) in places for i in other.members
    )
    return not beside and max(main.low, other.low) < min(main.high, other.high)
