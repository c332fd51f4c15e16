"""How much an event matters in its story, and the story's top events. Changes no event."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from timeline.merging import words as w
from timeline.schema import require_columns

_AHEAD = 0.5  # weight of naming a day that is still to come
_UNDATED = 0.4  # weight of the day of an article whose lead names no day
_KINDS = {
    "statement": 0.8,
    "period": 0.8,
}  # people write timelines of what happened, less of what was said


@dataclass(frozen=True)
class Weight:
    """What an event's salience is made of."""

    days: tuple[int, ...]  # the event's own days
    kind: str
    n_sources: int
    n_mentions: int
    first_position: int  # smallest sentence number
    dated: bool


@dataclass(frozen=True)
class Reference:
    """One mention of a single day: by which article, published when (day numbers).

    An article's lead without a date counts as a fainter voice for the day of publication (`dated` false).
    """

    day: int
    article: int
    published: int
    lead: bool
    dated: bool = True


def day_scores(references: Sequence[Reference]) -> dict[int, float]:
    """How often the story comes back to each day.

    Each article has one voice for a day, a little louder for a second mention, in its lead, and the longer ago
    the day is: what is still told after weeks has mattered. Days ahead of the article count half.
    Source: the weight of a reference by the time it spans is that of Liao et al., WILSON (EDBT 2021).
    """
    counts: Counter[tuple[int, int]] = Counter()
    best: dict[tuple[int, int], tuple[float, float]] = {}
    for r in references:
        gap = r.published - r.day
        voice = (1.2 if r.lead else 1.0) * (1.0 if gap >= 0 else _AHEAD) if r.dated else _UNDATED
        key = r.day, r.article
        counts[key] += 1
        best[key] = max(best.get(key, (0.0, 0.0)), (voice, 0.5 * math.log1p(max(gap, 0))))
    by_day: dict[int, list[tuple[float, float]]] = {}
    for key, n in sorted(counts.items()):
        voice, memory = best[key]
        by_day.setdefault(key[0], []).append((voice * (1 + 0.25 * math.log(n)), memory))
    # one article alone does not show that a day is remembered
    return {
        day: sum(v for v, _ in voices) + sum(m for _, m in voices) * (1 - 1 / len(voices))
        for day, voices in by_day.items()
    }


def salience(weights: Sequence[Weight], scores: dict[int, float]) -> list[float]:
    """For each event a rank from 0 to 1, larger matters more; no two equal events are told apart."""
    raw = []
    for e in weights:
        day = max((scores.get(d, 0.0) for d in e.days), default=0.0)
        own = e.n_sources + 0.5 * math.log1p(e.n_mentions) + 1.0 / (1 + e.first_position)
        score = (
            (math.log1p(day) + 0.3) * (1 + 0.5 * math.log1p(own))
            if e.dated
            else 0.3 * math.log1p(own)
        )
        raw.append(score * _KINDS.get(e.kind, 1.0))
    top = max(raw, default=1.0) or 1.0
    return [round(x / top, 6) for x in raw]


def top_events(events: pd.DataFrame, n: int = 20) -> pd.DataFrame:
    """The `n` events that matter most, spread over the story, in order of time.

    Of events on one day, and of events alike on neighbouring days, the most salient comes first; the others
    only follow when there is room. Returns rows of `events` (schema EVENTS), ordered by start.
    Raises InputError naming the column that `events` lacks.
    """
    require_columns(events, ("event_id", "title", "start", "stop", "salience", "dated"), "events")
    starts = events["start"].to_numpy(dtype="datetime64[s]")
    stops = events["stop"].to_numpy(dtype="datetime64[s]")
    days = [None if np.isnat(s) else int(s.astype(np.int64)) // 86_400 for s in starts]
    short = [
        not np.isnat(a) and not np.isnat(b) and int((b - a).astype(np.int64)) <= 86_400
        for a, b in zip(starts, stops, strict=True)
    ]
    stems = [_title_stems(title) for title in events["title"]]
    ranked = sorted(
        range(len(events)),
        key=lambda i: (-events["salience"].iloc[i], str(events["event_id"].iloc[i])),
    )
    chosen: list[int] = []
    by_day: dict[int, list[int]] = {}
    later: list[int] = []
    for i in ranked:
        if len(chosen) >= n:
            break
        day = days[i] if short[i] else None
        if day is not None and (by_day.get(day) or _repeats(i, day, by_day, stems)):
            later.append(i)
            continue
        chosen.append(i)
        if day is not None:
            by_day.setdefault(day, []).append(i)
    for i in later:
        if len(chosen) >= n:
            break
        day = days[i]
        if day is not None and not _repeats(i, day, by_day, stems):
            chosen.append(i)
            by_day.setdefault(day, []).append(i)
    return events.iloc[sorted(chosen)]


def _title_stems(title: str) -> frozenset[str]:
    return frozenset(w.stem(x) for x in title.lower().split() if x.strip("“”\"',.") not in w.STOP)


def _repeats(i: int, day: int, by_day: dict[int, list[int]], stems: list[frozenset[str]]) -> bool:
    """Whether an event already chosen on this day or one beside it tells the same thing."""
    for near in (day - 1, day, day + 1):
        for j in by_day.get(near, []):
            common = len(stems[i] & stems[j])
            if common >= 0.4 * max(1, min(len(stems[i]), len(stems[j]))):
                return True
    return False
