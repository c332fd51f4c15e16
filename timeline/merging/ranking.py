"""Gives each row of a story its salience: how often its articles come back to the event and to its day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from timeline.merging.cluster import Cluster
from timeline.merging.events import Story
from timeline.merging.salience import (
    AHEAD,
    LEAD,
    SAID,
    UNDATED,
    Reference,
    Weight,
    day_scores,
    salience,
)
from timeline.merging.similarity import Vector, add_vector, dot, unit
from timeline.merging.values import DAY, bounds, is_day


def add_salience(story: Story, groups: Sequence[Cluster], rows: Sequence[dict[str, Any]]) -> None:
    """Set `salience` of each event's row."""
    told: dict[int, Vector] = {}  # all words of a day
    days = []
    for group in groups:
        own = _days(story, group)
        days.append(tuple(sorted(own)))
        for day in own:
            add_vector(told.setdefault(day, {}), group.vector)
    whole = {day: unit(words) for day, words in told.items()}
    homes = {i: g for g, group in enumerate(groups) for i in group.everyone}
    named = _references(story)
    parts: dict[int, list[Reference]] = {}
    for reference, i in named:
        if i is not None:
            parts.setdefault(homes[i], []).append(reference)
    echoes = _echoed(story, groups, days)
    for g, reference in echoes:
        parts.setdefault(g, []).append(reference)
    scores = day_scores([r for r, _ in named] + [r for _, r in echoes])
    weights = []
    for g, (row, group, own_days) in enumerate(zip(rows, groups, days, strict=True)):
        told_of = day_scores(parts.get(g, []))
        near = [dot(unit(group.vector), whole[day]) for day in own_days]
        members = [story.candidates[i] for i in group.everyone]
        articles = {c.article for c in members} | {e.article for e in group.echoes}
        weights.append(
            Weight(
                max((told_of.get(day, 0.0) for day in own_days), default=0.0),
                max((scores.get(day, 0.0) for day in own_days), default=0.0),
                row["kind"],
                len({story.copy_of[a] for a in articles}),
                min(c.position for c in members),
                any(c.lead for c in members),
                max(near, default=1.0),
            )
        )
    for row, rank in zip(rows, salience(weights), strict=True):
        row["salience"] = rank


def _days(story: Story, group: Cluster) -> set[int]:
    """The days that an event is told for: its dates, or where no words date it those of the articles it leads."""
    found = [story.candidates[i] for i in group.everyone]
    dated = {bounds(c.value)[0] // DAY for c in found if c.dated and is_day(c.value)}
    if any(c.dated for c in found):
        return dated
    return {dct for c in found if c.lead and (dct := story.dcts[c.article]) is not None}


def _references(story: Story) -> list[tuple[Reference, int | None]]:
    """Every place that names a day, with its candidate if it made one; and the day of an article whose lead names none."""
    candidates = story.candidates
    homes = {m: i for i, c in enumerate(candidates) for m in c.mention_ids}
    out = []
    for mention_id, article, day, lead in story.named:
        i = homes.get(mention_id)
        dct = story.dcts[article]
        said = i is not None and candidates[i].kind == "statement"
        voice = LEAD if lead else SAID if said else 1.0
        if dct is not None and day > dct:
            voice *= AHEAD
        published = day if dct is None else dct
        out.append((Reference(day, story.copy_of[article], published, voice), i))
    for i, c in enumerate(candidates):
        dct = story.dcts[c.article]
        if not c.dated and c.lead and dct is not None:
            out.append((Reference(dct, story.copy_of[c.article], dct, UNDATED), i))
    return out


def _echoed(
    story: Story, groups: Sequence[Cluster], days: list[tuple[int, ...]]
) -> list[tuple[int, Reference]]:
    """The articles that name an event without its date, each with the event's number; they come back to its day."""
    out = []
    for g, (group, own_days) in enumerate(zip(groups, days, strict=True)):
        for echo in group.echoes if own_days else ():
            dct = story.dcts[echo.article]
            published = own_days[0] if dct is None else dct
            article = story.copy_of[echo.article]
            out.append((g, Reference(own_days[0], article, published, UNDATED)))
    return out
