"""Cuts a story at its long silences and words the cuts; knows seconds and pixels, nothing of events.

All moments are whole seconds since 1970-01-01 in the proleptic Gregorian calendar, so any year works.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

DAY = 86_400
MOST = 8
WORTH = 2.2
"""A cut must let events be drawn this many times larger: a break costs a reader a thought."""
CANDIDATES = 60
SHARE = 0.7
"""Chapters share the width by the number of their events to this power."""
MONTHS = (
    "January February March April May June July August September October November December".split()
)


@dataclass(frozen=True)
class Chapter:
    """A dense stretch of time at its own scale: `start`..`stop` is what it tells, `view_` what it shows.

    `weight`: how many events begin in it.
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

    @property
    def pixels_a_second(self) -> float:
        """The chapter's scale."""
        return (self.right - self.left) / (self.view_stop - self.view_start)

    def to_px(self, moment: float) -> float:
        """Pixels from the figure's left edge."""
        share = (moment - self.view_start) / (self.view_stop - self.view_start)
        return self.left + share * (self.right - self.left)

    def to_moment(self, px: float) -> float:
        """Seconds; inverse of `to_px`."""
        share = (px - self.left) / (self.right - self.left)
        return self.view_start + share * (self.view_stop - self.view_start)


def find_chapters(
    start: np.ndarray, stop: np.ndarray, through: np.ndarray
) -> list[tuple[int, int]]:
    """The 1 to 8 stretches (first second, second after the last) that a story is told in.

    `start`, `stop`: int64 seconds, half-open. `through`: True for periods, which may run across a
    cut; a value that means "some time within" never does, since nobody knows where in it to cut.

    It is cut at the k longest silences, and then at any other, while each cut gains a factor of
    WORTH: how many times larger an event's surroundings can be drawn in the mean, if chapters share
    the width by what they tell. Evenly spread events are never cut: a chapter counts for at least a typical silence.

    >>> week = np.arange(16_000, 16_007) * DAY
    >>> lone = np.array([-6_000]) * DAY
    >>> first = np.concatenate([lone, week])
    >>> find_chapters(first, first + DAY, np.zeros(8, bool)) == [
    ...     (-6_000 * DAY, -5_999 * DAY), (16_000 * DAY, 16_007 * DAY)]
    True
    """
    if through.any() and not through.all():
        ends = stop[through]
        start, stop = (
            np.concatenate([start[~through], start[through], ends]),
            np.concatenate([stop[~through], start[through], ends]),
        )
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
        more = [[*cuts, c] for c in candidates if c not in cuts]
        wider = max(more, key=lambda some: (room(some), -some[-1]))
        if room(wider) - room(cuts) <= np.log(WORTH):
            break
        cuts = wider
    cuts = sorted(cuts)
    starts = [first, *(int(begins[i + 1]) for i in cuts)]
    stops = [*(int(reach[i]) for i in cuts), last]
    return list(zip(starts, stops, strict=True))


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
    weights: list[float], width: float, *, least: float, gap: float
) -> list[tuple[int, float, float]]:
    """(line, left, right) in pixels of each chapter: side by side while each has `least` pixels.

    Chapters go on to the next line as words do, in lines of nearly equal count; within a line they
    share the width by their `weights` (to the power SHARE) above `least`.

    >>> flow([1, 1], 400, least=220, gap=60)
    [(0, 0.0, 400.0), (1, 0.0, 400.0)]
    >>> flow([1, 1], 560, least=220, gap=60)
    [(0, 0.0, 250.0), (0, 310.0, 560.0)]
    """
    per_line = max(1, int((width + gap) // (least + gap)))
    n_lines = -(-len(weights) // per_line)
    places: list[tuple[int, float, float]] = []
    for line, members in enumerate(np.array_split(np.arange(len(weights)), n_lines)):
        shares = np.array(weights)[members] ** SHARE
        spare = width - gap * (len(members) - 1) - least * len(members)
        wide = least + spare * shares / shares.sum() if spare > 0 else np.full(len(members), width)
        left = 0.0
        for w in wide:
            places.append((line, round(left, 2), round(left + float(w), 2)))
            left += float(w) + gap
    return places


def civil(second: float) -> tuple[int, int, int]:
    """(astronomical year, month, day) of a moment.

    >>> civil(-719_528 * 86_400)
    (0, 1, 1)
    """
    day = np.datetime64(int(second // DAY), "D")
    month = day.astype("M8[M]")
    months = int(month.astype(np.int64))
    return months // 12 + 1970, months % 12 + 1, int((day - month.astype("M8[D]")).astype(int)) + 1


def year_words(year: int) -> str:
    """The year as people write it; there is no year 0.

    >>> year_words(2014), year_words(-43), year_words(0), year_words(-9999)
    ('2014', '44 BCE', '1 BCE', '10,000 BCE')
    """
    number = 1 - year if year < 1 else year
    return (f"{number:,}" if number > 9999 else str(number)) + (" BCE" if year < 1 else "")


def stretch_words(start: int, stop: int) -> str:
    """A heading for the time from `start` up to but not including `stop`.

    >>> stretch_words(16_344 * DAY, 16_399 * DAY)
    'October – November 2014'
    >>> stretch_words(16_374 * DAY, 16_380 * DAY)
    '31 October – 5 November 2014'
    """
    (y0, m0, d0), (y1, m1, d1) = civil(start), civil(max(start, stop - 1))
    if (y0, m0, d0) == (y1, m1, d1):
        return f"{d0} {MONTHS[m0 - 1]} {year_words(y0)}"
    whole = civil(stop)[2] == 1 and d0 == 1
    if (y0, m0) == (y1, m1):
        month = f"{MONTHS[m0 - 1]} {year_words(y0)}"
        return month if whole else f"{d0}–{d1} {month}"
    if y0 == y1:
        if stop - start < 45 * DAY and not whole:
            return f"{d0} {MONTHS[m0 - 1]} – {d1} {MONTHS[m1 - 1]} {year_words(y0)}"
        if (m0, m1) == (1, 12) and whole:
            return year_words(y0)
        return f"{MONTHS[m0 - 1]} – {MONTHS[m1 - 1]} {year_words(y0)}"
    if stop - start < 730 * DAY:
        return f"{MONTHS[m0 - 1]} {year_words(y0)} – {MONTHS[m1 - 1]} {year_words(y1)}"
    return f"{year_words(y0)} – {year_words(y1)}"


def silence_words(start: int, stop: int) -> str:
    """The length of a silence in its two largest whole units, cut, never rounded up.

    >>> silence_words(14_426 * DAY, 16_344 * DAY)
    '5 years 3 months'
    >>> silence_words(0, 20 * DAY)
    '20 days'
    """
    month_a, month_b = (np.datetime64(t, "s").astype("M8[M]") for t in (start, stop))
    rest_a, rest_b = (
        start - int(month_a.astype("M8[s]").astype(int)),
        stop - int(month_b.astype("M8[s]").astype(int)),
    )
    n_months = int((month_b - month_a).astype(int)) - (rest_b < rest_a)
    years, months = divmod(n_months, 12)
    if n_months >= 12:
        parts = [(years, "year"), (months if years < 20 else 0, "month")]
    elif n_months >= 2:
        parts = [(n_months, "month")]
    elif stop - start >= 2 * DAY:
        parts = [((stop - start) // DAY, "day")]
    else:
        parts = [((stop - start) // 3600, "hour")]
    return " ".join(f"{n:,} {unit}{'s' * (n != 1)}" for n, unit in parts if n) or "under an hour"
