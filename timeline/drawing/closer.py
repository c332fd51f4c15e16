"""Finds the dense stretches of a story that vague dates hide; knows seconds, nothing of events or pixels."""

from __future__ import annotations

import numpy as np

from timeline.drawing.chapters import DAY, MOST, WORTH

FEWEST, EDGES = 3, 256
"""A closer stretch holds so many events; how many moments are tried as its begin, and as its end."""


def find_closer(
    spans: list[tuple[int, int]], start: np.ndarray, stop: np.ndarray
) -> list[tuple[int, int]]:
    """The stretches of the chapters `spans` that are dense enough to be told closer: with these at most 8.

    Values that mean "some time in 1986" bridge the silences at which a story could be cut. So that
    they need not be, what lies wholly in such a stretch is told at a scale of its own, and what
    reaches out of it stays whole where it was. A stretch is the one that draws the most of the finely
    stated values the most times larger (the log of it, summed over them; four weeks of days are large
    enough). A factor of WORTH counts for nothing, and the rest must be worth a cut to the whole
    story: it takes a line of its own.

    >>> days = np.arange(6_000, 6_020) * DAY
    >>> years = np.array([4_000, 6_000, 8_000]) * DAY
    >>> start, stop = np.concatenate([days, years]), np.concatenate([days + DAY, years + 365 * DAY])
    >>> find_closer([(4_000 * DAY, 8_365 * DAY)], start, stop) == [(6_000 * DAY, 6_020 * DAY)]
    True
    """
    found: list[tuple[int, int]] = []
    for a, b in spans:
        here = (start >= a) & (stop <= b)
        length = stop - start
        if not here.any():
            continue
        tenth, quarter = np.quantile(length[here], [0.1, 0.25], method="lower").tolist()
        unit = min(quarter, max(tenth, DAY))
        fine, least = here & (length <= 7 * unit), 28 * unit
        while len(spans) + len(found) < MOST and fine.sum() >= FEWEST:
            gain, first, last = _densest(start[fine], stop[fine], (b - a) / WORTH, least, found)
            if gain <= len(start) * np.log(WORTH):
                break
            found.append((first, last))
            fine &= (start < first) | (stop > last)
    return sorted(found)


def _densest(
    start: np.ndarray, stop: np.ndarray, whole: float, least: int, taken: list[tuple[int, int]]
) -> tuple[float, int, int]:
    """(gain, first second, second after the last) of the best stretch that is free: each pair of ends is tried."""
    ends = []
    for moments in (np.unique(start), np.unique(stop)):
        ends.append(moments[np.unique(np.linspace(0, len(moments) - 1, EDGES).astype(int))])
    firsts, lasts = ends[0][:, None], ends[1][None, :]
    inside = np.zeros((len(firsts), lasts.size))
    spots = np.searchsorted(ends[0], start, "right") - 1, np.searchsorted(ends[1], stop)
    np.add.at(inside, spots, 1)
    inside = inside[::-1].cumsum(0)[::-1].cumsum(1)
    free = inside >= FEWEST
    for a, b in taken:
        free &= (lasts <= a) | (firsts >= b)
    larger = np.log(whole / np.maximum(lasts - firsts, max(least, 1)))
    gain = np.where(free, inside * larger, 0.0)
    i, j = np.unravel_index(int(gain.argmax()), gain.shape)
    return float(gain[i, j]), int(ends[0][i]), int(ends[1][j])
