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

_LATER = 2  # days after which an article that names a day is coming back to it


@dataclass(frozen=True)
class Weight:
    """What an event's salience is made of."""

    days: tuple[int, ...]  # the event's own day, if it is one
    published: tuple[int, ...]  # days on which the citing articles appeared, copies left out
    n_sources: int
    n_mentions: int
    first_position: int  # smallest sentence number
    dated: bool


def day_scores(references: Sequence[tuple[int, int, int]]) -> dict[int, float]:
    """How often the story comes back to each day.

    `references`: (day, article, day of publication) for each mention of a single day. Later articles count
    more than those of the day itself, and many mentions in one article less than mentions in many.
    """
    counts: dict[int, Counter[int]] = {}
    published: dict[int, int] = {}
    for day, article, dct in references:
        counts.setdefault(day, Counter())[article] += 1
        published[article] = dct
    out = {}
    for day, articles in counts.items():
        total = 0.0
        for article, n in sorted(articles.items()):
            back = published[article] - day > _LATER
            total += (1.0 + 0.25 * math.log(n)) * (1.6 if back else 1.0)
        out[day] = total
    return out


def salience(weights: Sequence[Weight], scores: dict[int, float]) -> list[float]:
    """For each event a rank from 0 to 1, larger matters more; no two equal events are told apart."""
    raw = []
    for e in weights:
        day = max((scores.get(d, 0.0) for d in e.days), default=0.0)
        own = e.n_sources + 0.5 * math.log1p(e.n_mentions) + 1.0 / (1 + e.first_position)
        score = (
            (math.log1p(day) + 0.1) * (1 + math.log1p(own)) if e.dated else 0.4 * math.log1p(own)
        )
        raw.append(score)
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
