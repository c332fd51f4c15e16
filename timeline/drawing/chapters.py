"""Cuts a story at its long silences and words the cuts; knows seconds and pixels, nothing of events.

All moments are whole seconds since 1970-01-01 in the proleptic Gregorian calendar, so any year works.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np

from timeline.dates.calendar import DAY, civil_from_days
from timeline.dates.wording import MONTHS
from timeline.schema import GRANULARITIES

MOST = 8
WORTH = 2.2
"""A cut must let events be drawn this many times larger: a break costs a reader a thought."""
CANDIDATES, PAIRED = 60, 24
"""How many of the longest silences are tried as a cut, and how many of them two at a time."""
SHARE = 0.7
"""Chapters share the width by the number of their events to this power."""
LABEL_AREA, LINE_COST, HIGH, LEAST_HIGH = 240 * 60, 200, 840, 260
"""Square pixels of a label with its surroundings; pixels of heading and axis of a line of chapters, of all labels, and of those of a line at least."""
COARSE = {
    name: (1, 28 * DAY) if i < GRANULARITIES.index("year") else (2, 365 * DAY)
    for i, name in enumerate(GRANULARITIES) if i >= GRANULARITIES.index("month")
}  # fmt: skip
"""For what is not stated to the day: which part of a date that is (1 month, 2 year), and seconds that surely lie in one."""


@dataclass(frozen=True)
class Chapter:
    """A dense stretch of time at its own scale: `start`..`stop` is what it tells, `view_` what it shows.

    `weight`: how many events begin in it. `closer`: it tells a stretch of an earlier chapter, larger:
    what lies wholly in that stands here, all else there.
    """

    number: int
    start: int
    stop: int
    weight: float
    view_start: float
    view_stop: float
    line: int
    left: float
    right: float
    heading: str
    silence: str
    closer: bool = False

    @property
    def pixels_a_second(self) -> float:
        """The chapter's scale."""
        return (self.right - self.left) / (self.view_stop - self.view_start)

    def holds(self, other: Chapter) -> bool:
        """Whether the other tells a stretch of it closer."""
        return other.closer > self.closer and self.start <= other.start and other.stop <= self.stop

    def to_px(self, moment: float) -> float:
        """Pixels from the figure's left edge."""
        share = (moment - self.view_start) / (self.view_stop - self.view_start)
        return self.left + share * (self.right - self.left)

    def to_moment(self, px: float) -> float:
        """Seconds; inverse of `to_px`."""
        share = (px - self.left) / (self.right - self.left)
        return self.view_start + share * (self.view_stop - self.view_start)


def counted_spans(chapters: list[Chapter]) -> list[tuple[float, float]]:
    """What each chapter shows but for the time of its neighbours, so that nothing is counted twice."""
    stops = [-np.inf, *(c.stop for c in chapters[:-1])]
    starts = [*(c.start for c in chapters[1:]), np.inf]
    ends = zip(chapters, stops, starts, strict=True)
    return [(max(c.view_start, before), min(c.view_stop, after)) for c, before, after in ends]


def find_chapters(
    start: np.ndarray, stop: np.ndarray, through: np.ndarray, grain: np.ndarray | int = DAY
) -> list[tuple[int, int]]:
    """The 1 to 8 stretches (first second, second after the last) that a story is told in.

    `start`, `stop`: int64 seconds, half-open. `through`: True for periods, which may run across a
    cut; a value that means "some time within" never does, since nobody knows where in it to cut.
    `grain`: seconds of the unit that each value is stated in: the ends of a period are as long.

    It is cut at the k longest silences, and then at any other, or at the two round a dense stretch
    amid sparse time (as one cut and a half), while each cut gains a factor of WORTH: how many times larger an event's surroundings can be drawn in the mean, if chapters share
    the width by what they tell. Evenly spread events are never cut: a chapter counts for at least a
    typical silence. Neighbours of one event each share a chapter: a lone event needs no scale.

    >>> week = np.arange(16_000, 16_007) * DAY
    >>> lone = np.array([-6_000]) * DAY
    >>> first = np.concatenate([lone, week])
    >>> find_chapters(first, first + DAY, np.zeros(8, bool)) == [
    ...     (-6_000 * DAY, -5_999 * DAY), (16_000 * DAY, 16_007 * DAY)]
    True
    """
    if through.any() and not through.all():
        start, stop = _ends_apart(start, stop, through, np.broadcast_to(grain, start.shape))
    order = np.argsort(start, kind="stable")
    begins, reach = start[order], np.maximum.accumulate(stop[order])
    first, last = int(begins[0]), int(reach[-1])
    gaps = np.maximum(begins[1:] - reach[:-1], 0)
    if not len(gaps):
        return [(first, last)]
    middle = (len(gaps) - 1) // 2
    typical = max(int(np.partition(gaps, middle)[middle]), int(np.median(stop - start)), 1)
    longest = np.lexsort((np.arange(len(gaps)), -gaps))[:CANDIDATES]
    candidates = [int(i) for i in longest if gaps[i] > typical]

    def room(cuts: list[int]) -> float:
        """Mean log of pixels a second over the events, if the story is cut after these events."""
        edges = [-1, *sorted(cuts), len(begins) - 1]
        counts = np.diff(edges).astype(float)
        told = [int(reach[j]) - int(begins[i + 1]) + typical for i, j in pairwise(edges)]
        shares = counts**SHARE / (counts**SHARE).sum()
        return float((counts / counts.sum() * np.log(shares / np.array(told))).sum())

    # the longest silences together first, since one cut among many even bursts gains little alone
    rounds = [candidates[:k] for k in range(min(len(candidates), MOST - 1) + 1)]
    cuts = max(rounds, key=lambda some: room(some) - len(some) * np.log(WORTH))
    while len(cuts) < min(len(candidates), MOST - 1):
        left = [c for c in candidates if c not in cuts]
        steps: list[list[tuple[int, ...]]] = [
            [(c,) for c in left],
            [*combinations(left[:PAIRED], 2)],
        ]
        for some in steps if len(cuts) < min(len(candidates), MOST - 1) - 1 else steps[:1]:
            more = max(some, key=lambda new: (room([*cuts, *new]), [-c for c in new]))
            if room([*cuts, *more]) - room(cuts) > (len(more) + 1) / 2 * np.log(WORTH):
                cuts = [*cuts, *more]
                break
        else:
            break
    spans: list[tuple[int, int]] = []
    lone_before = False
    for i, j in pairwise([-1, *sorted(cuts), len(begins) - 1]):
        lone = j - i == 1
        first = spans.pop()[0] if lone and lone_before else int(begins[i + 1])
        spans.append((first, int(reach[j])))
        lone_before = lone
    return spans


def _ends_apart(
    start: np.ndarray, stop: np.ndarray, through: np.ndarray, grain: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The bounds with the two ends of each long period for the period, as it may be cut in between."""
    begin, end = start[through], stop[through]
    long = np.minimum(grain[through], end - begin)
    apart = end - long > begin + long
    starts = np.concatenate([start[~through], begin, (end - long)[apart]])
    return starts, np.concatenate([stop[~through], np.where(apart, begin + long, end), end[apart]])


def views(spans: list[tuple[int, int]], finest: list[int]) -> list[tuple[int, int]]:
    """What each chapter shows: at least a week round a lone day, never another chapter's time.

    `finest`: seconds; the shortest value in each chapter. Values longer than a day get three times
    their length.

    >>> views([(0, DAY)], [DAY]) == [(-3 * DAY, 4 * DAY)]
    True
    """
    shown = []
    for i, (start, stop) in enumerate(spans):
        least = max(finest[i] * (7 if finest[i] <= DAY else 3), 600)
        lack = max(0, least - (stop - start)) // 2
        before = min(lack, (start - spans[i - 1][1]) // 2) if i else lack
        after = min(lack, (spans[i + 1][0] - stop) // 2) if i + 1 < len(spans) else lack
        shown.append((start - before, stop + after))
    return shown


def flow(
    weights: list[float], width: float, *, least: list[float], gap: float
) -> list[tuple[int, float, float]]:
    """(line, left, right) in pixels of each chapter: in the lines that take least height.

    Chapters go on to the next line as words do; within a line they share the width by their
    `weights` (to the power SHARE) above `least`. Lines of the figure share a height of HIGH
    pixels; labels that it has no room for count against the lines as well.

    >>> flow([1, 1], 400, least=[220, 220], gap=60)
    [(0, 0.0, 400.0), (1, 0.0, 400.0)]
    >>> flow([1, 1], 560, least=[220, 220], gap=60)
    [(0, 0.0, 250.0), (0, 310.0, 560.0)]
    >>> [line for line, _, _ in flow([3, 40, 4], 852, least=[208, 208, 208], gap=66)]
    [0, 0, 1]
    """
    shares, narrow, n = np.array(weights) ** SHARE, np.minimum(least, width), len(weights)
    best, best_cost = [], np.inf
    for ends in (e for k in range(n) for e in combinations(range(1, n), k)):
        places: list[tuple[int, float, float]] = []
        cost = float(LINE_COST * len(ends))
        for number, (a, b) in enumerate(pairwise((0, *ends, n))):
            spare = width - gap * (b - a - 1) - narrow[a:b].sum()
            wide = narrow[a:b] + spare * shares[a:b] / shares[a:b].sum()
            if spare < 0:
                break
            right = np.cumsum(wide + gap) - gap
            places += [(number, float(r - w), float(r)) for w, r in zip(wide, right, strict=True)]
            needed = float((np.array(weights[a:b]) * LABEL_AREA / wide).max())
            held = min(needed, HIGH * sum(weights[a:b]) / sum(weights))
            cost += held + 0.3 * (needed - held)
        if len(places) == n and cost < best_cost:
            best, best_cost = places, cost
    return [(line, round(left, 2), round(right, 2)) for line, left, right in best]


def civil(second: float) -> tuple[int, int, int]:
    """(astronomical year, month, day) of a moment.

    >>> civil(-719_528 * 86_400)
    (0, 1, 1)
    """
    return civil_from_days(int(second // DAY))


def year_words(year: int) -> str:
    """The year as people write it; there is no year 0.

    >>> year_words(2014), year_words(-43), year_words(0), year_words(-9999)
    ('2014', '44 BCE', '1 BCE', '10,000 BCE')
    """
    number = 1 - year if year < 1 else year
    return (f"{number:,}" if number > 9999 else str(number)) + (" BCE" if year < 1 else "")


def stretch_words(start: int, stop: int, grains: tuple[int, int] = (0, 0)) -> str:
    """A heading for the time from `start` up to but not including `stop`.

    `grains`: 0 for days, 1 for months, 2 for years; its two ends are never worded finer than these.

    >>> stretch_words(16_344 * DAY, 16_399 * DAY)
    'October – November 2014'
    >>> stretch_words(16_374 * DAY, 16_380 * DAY)
    '31 October – 5 November 2014'
    >>> stretch_words(16_071 * DAY, 16_502 * DAY, (2, 0))
    '2014 – March 2015'
    """
    ends = civil(start), civil(max(start, stop - 1))
    whole = ends[0][2] == 1 and civil(stop)[2] == 1
    if stop - start >= 730 * DAY or (whole and ends[0][1] == 1 and civil(stop)[1] == 1):
        least = 2
    else:
        least = 1 if whole or stop - start >= 45 * DAY else 0
    first, last = (max(least, grain) for grain in grains)
    if ends[0][0] == ends[1][0]:
        first = last = max(first, last)
    parts = [
        [str(day), MONTHS[month - 1], year_words(year)][grain:]
        for (year, month, day), grain in zip(ends, (first, last), strict=True)
    ]
    if parts[0] == parts[1]:
        return " ".join(parts[1])
    while first == last and parts[0][-1] == parts[1][len(parts[0]) - 1]:
        parts[0].pop()
    dash = "–" if len(parts[0]) == 1 and first == 0 else " – "
    return dash.join(map(" ".join, parts))


def silence_words(start: int, stop: int) -> str:
    """The length of a silence in its two largest whole units, cut, never rounded up.

    >>> silence_words(14_426 * DAY, 16_344 * DAY)
    '5 years 3 months'
    >>> silence_words(0, 20 * DAY)
    '20 days'
    """
    months = [np.datetime64(t, "s").astype("M8[M]") for t in (start, stop)]
    rests = [
        t - int(m.astype("M8[s]").astype(int)) for t, m in zip((start, stop), months, strict=True)
    ]
    n_months = int((months[1] - months[0]).astype(int)) - (rests[1] < rests[0])
    years, left = divmod(n_months, 12)
    if n_months >= 12:
        parts = [(years, "year"), (left if years < 20 else 0, "month")]
    elif n_months >= 2:
        parts = [(n_months, "month")]
    elif stop - start >= 2 * DAY:
        parts = [((stop - start) // DAY, "day")]
    else:
        parts = [((stop - start) // 3600, "hour")]
    return " ".join(f"{n:,} {unit}{'s' * (n != 1)}" for n, unit in parts if n) or "under an hour"
