"""How much an event matters in its story, and the story's top events. Changes no event."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from timeline.errors import WHOLE, expect
from timeline.merging import words as w
from timeline.schema import require_columns

LEAD = 1.5  # a lead tells what its article is about
SAID = 0.6  # somebody spoke on that day: people write timelines of what happened, less of what was said
AHEAD = 0.5  # a day that is still to come
UNDATED = 1.0  # the day of an article whose lead, or whose telling of an event, names no day
_KINDS = {"statement": SAID, "period": 0.8}
_SAME = 0.5  # share of telling words that two events of neighbouring days have in common


@dataclass(frozen=True)
class Reference:
    """One place that names a single day: in which article, published when (day numbers), and how loud it is."""

    day: int
    article: int
    published: int
    voice: float


@dataclass(frozen=True)
class Weight:
    """What an event's salience is made of.

    `told`: how often the story comes back to it, and `day`: to its day in all (both as in day_scores).
    `central`: how near it is to all that is told of its day, 0 to 1. `first_position`: smallest sentence number.
    `lead`: whether a lead tells it: what is said in a lead is news, and not only talk of it.
    """

    told: float
    day: float
    kind: str
    articles: int
    first_position: int
    lead: bool
    central: float


def day_scores(references: Sequence[Reference]) -> dict[int, float]:
    """How often the story comes back to each day, whether or not an event was made of each place.

    An article has one voice for a day, a little louder for each further place, and the longer ago the day is:
    what is still told after weeks has mattered. Copies of one text are one article.
    Sources: counting the places that name a day is the strongest simple means (Ghalandari and Ifrim, "Examining
    the State-of-the-Art in News Timeline Summarization", ACL 2020); references across a longer time weigh more
    in Tran et al., "Joint Graphical Models for Date Selection", ACL 2015, and Liao et al., "WILSON", EDBT 2021.
    """
    counts: Counter[tuple[int, int]] = Counter()
    best: dict[tuple[int, int], tuple[float, float]] = {}
    for r in references:
        gap = max(r.published - r.day, 0)
        key = r.day, r.article
        counts[key] += 1
        old = best.get(key, (0.0, 0.0))
        best[key] = max(old[0], r.voice), max(old[1], 0.5 * math.log1p(gap))
    by_day: dict[int, list[tuple[float, float]]] = {}
    for key, n in sorted(counts.items()):
        voice, memory = best[key]
        by_day.setdefault(key[0], []).append((voice * (1 + 0.25 * math.log(n)), memory))
    # one article alone does not show that a day is remembered
    return {
        day: sum(v for v, _ in voices) + sum(m for _, m in voices) * (1 - 1 / len(voices))
        for day, voices in by_day.items()
    }


def salience(weights: Sequence[Weight]) -> list[float]:
    """For each event a rank from 0 to 1, larger matters more; no two equal events are told apart.

    Half of what counts is told of the event itself, half of its day: one event is often told in such different
    words that it stays in parts, and its day then still shows it.
    """
    raw = []
    for e in weights:
        own = math.log1p(e.articles + 1.0 / (1 + e.first_position)) * (0.5 + e.central / 2)
        often = math.log1p((e.told + e.day) / 2) + 0.3
        score = often * (1 + 0.5 * own)
        raw.append(score * (1.0 if e.lead else _KINDS.get(e.kind, 1.0)))
    top = max(raw, default=1.0) or 1.0
    return [round(x / top, 6) for x in raw]


def top_events(events: pd.DataFrame, n: int = 20) -> pd.DataFrame:
    """The `n` events that matter most, spread over the story, in order of time.

    Of the events of one day, and of those on neighbouring days whose titles or sentences tell the same, the most
    salient comes first; other events of the day only follow when there is room, and never twice the same.
    Returns rows of `events` (schema EVENTS), ordered by start, or by stop where the start is open.
    Raises InputError naming the column that `events` lacks.
    """
    expect(n=(n, WHOLE))
    require_columns(events, ("event_id", "title", "start", "stop", "salience", "dated"), "events")
    days = _days(events)
    told = _told(events)
    ids = [str(x) for x in events["event_id"]]
    worth = events["salience"].to_numpy()
    ranked = sorted(range(len(events)), key=lambda i: (-worth[i], ids[i]))
    chosen: set[int] = set()
    by_day: dict[int, list[int]] = {}
    for first in (True, False):
        for i in ranked:
            if len(chosen) >= n:
                break
            day = days[i]
            if i in chosen or (first and day is not None and by_day.get(day)):
                continue
            if day is not None:
                near = [j for d in (day - 1, day, day + 1) for j in by_day.get(d, [])]
                if any(_same(told[i], told[j]) for j in near):
                    continue
                by_day.setdefault(day, []).append(i)
            chosen.add(i)
    shown = events.iloc[sorted(chosen)]
    moments = shown["start"].fillna(shown["stop"])
    return shown.iloc[moments.to_numpy().argsort(kind="stable")]


def _days(events: pd.DataFrame) -> list[int | None]:
    """The number of the one day that each event is on, or that bounds it where no words date it; else None."""
    start, stop = (events[n].to_numpy(dtype="datetime64[s]") for n in ("start", "stop"))
    from_on, until = np.isnat(stop), np.isnat(start)
    one = ~from_on & ~until & (stop - start <= np.timedelta64(1, "D"))
    bounded = ~events["dated"].to_numpy(dtype=bool) & (from_on != until)
    moments = np.where(until, stop - np.timedelta64(1, "s"), start).astype(np.int64)
    return [int(m) // 86_400 if on else None for m, on in zip(moments, one | bounded, strict=True)]


_Told = tuple[dict[str, float], dict[str, float]]


def _told(events: pd.DataFrame) -> list[_Told]:
    """For each event the telling words of its title and of its first sentence, the rarer the heavier."""
    titles = [_stems(title) for title in events["title"]]
    cited = list(events["citations"]) if "citations" in events else [[]] * len(events)
    sentences = [_stems(c[0]["sentence"] if c else "") for c in cited]
    counts = Counter(s for a, b in zip(titles, sentences, strict=True) for s in a | b)
    weight = {s: math.log(1 + len(events) / count) for s, count in counts.items()}
    return [
        ({s: weight[s] for s in sorted(a)}, {s: weight[s] for s in sorted(a | b)})
        for a, b in zip(titles, sentences, strict=True)
    ]


def _stems(text: str) -> frozenset[str]:
    words = (x.strip("“”‘’\"'.,;:!?()") for x in text.lower().split())
    return frozenset(w.stem(x) for x in words if x and x not in w.STOP)


def _same(a: _Told, b: _Told) -> bool:
    """Whether two events tell the same thing, by their titles or by all their words."""
    for one, two in zip(a, b, strict=True):
        # sums in one order, so that the result does not hang on that of a set
        common = sum(one[s] for s in sorted(one.keys() & two.keys()))
        if common and common >= _SAME * min(sum(one.values()), sum(two.values())):
            return True
    return False
