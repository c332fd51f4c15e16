"""How many events fall where, when there are too many to draw; an uncertain event is spread, not placed."""

from __future__ import annotations

import numpy as np

from timeline.drawing.chapters import Chapter, counted_spans
from timeline.drawing.marks import NAT
from timeline.drawing.rows import Row

BIN, HEIGHT = 8.0, 44.0
"""Least width of a bin and height of the fullest one, in pixels."""


def expected_before(
    start: np.ndarray, stop: np.ndarray, edges: np.ndarray, weight: np.ndarray | float = 1.0
) -> np.ndarray:
    """How many events lie before each edge, if each is equally likely anywhere within its bounds.

    `start`, `stop`: int64 seconds, half-open, no NAT; `edges`: ascending seconds; `weight`: what each
    event counts for. A day that an edge cuts in half counts half, so that sums are those of the
    events and nothing is made finer.

    >>> expected_before(np.array([0, 0]), np.array([10, 40]), np.array([0.0, 10.0, 20.0, 40.0])).tolist()
    [0.0, 1.25, 1.5, 2.0]
    """
    origin = float(edges[0])
    begin, end = start - origin, np.maximum(stop, start + 1) - origin
    rate = weight / (end - begin)
    at = edges - origin

    def total(moments: np.ndarray, amounts: np.ndarray) -> np.ndarray:
        spots = np.searchsorted(at, moments, side="left")
        return np.cumsum(np.bincount(spots, weights=amounts, minlength=len(at) + 1))[: len(at)]

    rates = total(begin, rate) - total(end, rate)
    shifts = total(begin, begin * rate) - total(end, begin * rate)
    finished = total(end, np.broadcast_to(weight, end.shape))
    return np.maximum.accumulate(np.maximum(at * rates - shifts + finished, 0.0))


def bounded(
    start: np.ndarray, stop: np.ndarray, low: int, high: int
) -> tuple[np.ndarray, np.ndarray]:
    """The bounds with open ends put at `low` and `high`, the ends of what the figure tells."""
    begin = np.where(start == NAT, np.minimum(low, stop - 1), start)
    return begin, np.where(stop == NAT, np.maximum(high, begin + 1), stop)


def bin_rows(
    line: int, chapters: list[Chapter], lane: str, bottom: float, start: np.ndarray, stop: np.ndarray
) -> list[Row]:  # fmt: skip
    """A row for each bin of a line of chapters that holds anything, with the events expected in it.

    `chapters`: all of the figure. `start`, `stop`: no NAT among them. `bottom`: pixels; the foot of the bars.
    """
    if not len(start):
        return []
    rows: list[Row] = []
    for chapter, (low, high) in zip(chapters, counted_spans(chapters), strict=True):
        if chapter.line != line:
            continue
        n = max(1, int((high - low) * chapter.pixels_a_second // BIN))
        edges = np.linspace(low, high, n + 1)
        counts = np.diff(expected_before(start, stop, edges))
        for i in np.flatnonzero(counts > 1e-6).tolist():
            rows.append(
                Row(
                    "", "bin", chapter.number, chapter.line, lane, bottom, x0=int(edges[i]),
                    x1=int(edges[i + 1]), symbol="count", left=chapter.to_px(edges[i]),
                    right=chapter.to_px(edges[i + 1]), count=round(float(counts[i]), 3),
                )
            )  # fmt: skip
    return rows
