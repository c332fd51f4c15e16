"""Places the marks of one lane in one chapter: labels for the most salient, small marks, chips; pixels only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from timeline.drawing.chapters import Chapter
from timeline.drawing.labels import GLYPH, Item, Label, make_label, pack
from timeline.drawing.marks import Mark, note_of
from timeline.drawing.words import clean

STRIP_ROWS, STRIP_ROW, CHIP = 6, 13, 46
"""Rows of unlabelled marks, their height, and the width of a "+3" chip, in pixels."""
EDGE = 6
RIVAL_HEAD = 15
"""Height over a mark with rival dates, for the source counts."""


@dataclass(frozen=True)
class Cell:
    """What stands in one lane of one chapter, in pixels from the top of its labels or of its strip."""

    labelled: tuple[tuple[Mark, Label, float], ...] = ()
    small: tuple[tuple[Mark, int], ...] = ()
    chips: tuple[tuple[float, int], ...] = ()
    height: float = 0.0
    n_rows: int = 0


def place(
    marks: list[Mark],
    events: dict[int, dict[str, Any]],
    ranks: dict[int, int],
    chapter: Chapter,
    most_height: float,
    *,
    labels_only: bool = False,
) -> Cell:
    """The cell with as many labels, most salient first, as stay within `most_height` pixels.

    `ranks`: 0 for the most salient event. What has no label is drawn small in the strip, in time
    order; what the strip cannot hold is counted in chips. With `labels_only` the rest is left out,
    for the bins to count.
    """
    ordered = sorted(marks, key=lambda m: (m.left, m.right, ranks[m.index]))
    by_salience = sorted(range(len(ordered)), key=lambda i: ranks[ordered[i].index])
    room = (chapter.left + EDGE, chapter.right - EDGE)
    labels = {i: _label(ordered[i], events[ordered[i].index], room) for i in by_salience[:60]}
    items = {i: _item(ordered[i], labels[i], room) for i in labels}

    def packed(n: int) -> tuple[list[int], list[float], float]:
        chosen = sorted(by_salience[:n])
        tops, height = pack([items[i] for i in chosen], chapter.left, chapter.right)
        return chosen, tops, height

    low, high = 0, len(labels)
    best = packed(high)
    if best[2] > most_height:
        while high - low > 1:
            middle = (low + high) // 2
            trial = packed(middle)
            low, high = (middle, high) if trial[2] <= most_height else (low, middle)
        best = packed(low)
    chosen, tops, height = best
    labelled = tuple((ordered[i], labels[i], top) for i, top in zip(chosen, tops, strict=True))
    if labels_only:
        return Cell(labelled, height=height)
    rest = [mark for i, mark in enumerate(ordered) if i not in set(chosen)]
    small, chips, n_rows = _strip(rest, chapter)
    return Cell(labelled, small, chips, height, n_rows)


def _label(mark: Mark, event: dict[str, Any], room: tuple[float, float]) -> Label:
    ends = (mark.left, mark.right) if mark.below else (mark.at, mark.at)
    ends = (max(ends[0], room[0]), min(ends[1], room[1]))
    offset = 16 if mark.symbol == "flag" else 11
    return make_label(clean(event["title"]), note_of(event), ends, room, offset=offset, below=mark.below)


def _item(mark: Mark, label: Label, room: tuple[float, float]) -> Item:
    """The mark and its label as boxes from the item's top."""
    text = (label.left, label.left + label.width)
    if label.side in ("right", "left"):
        wide = (min(text[0], mark.left - 8), max(text[1], mark.right + 8))
        return Item(((*wide, 0.0, label.height),))
    head = RIVAL_HEAD if mark.rivals else 0
    top = (min(mark.left - 8, text[0]), max(mark.right + 8, text[0]), 0.0, float(head + GLYPH))
    return Item((top, (*text, float(head + GLYPH), head + GLYPH + label.height)))


def _strip(rest: list[Mark], chapter: Chapter) -> tuple[tuple[tuple[Mark, int], ...], tuple[tuple[float, int], ...], int]:
    """Small marks with their row, chips (middle, events) in fixed cells, and the rows used."""
    ends: list[float] = []
    small, over = [], [0] * max(1, int((chapter.right - chapter.left - 2 * EDGE) // CHIP))
    cell = (chapter.right - chapter.left - 2 * EDGE) / len(over)
    for mark in rest:
        row = next((r for r, end in enumerate(ends) if end <= mark.left - 6), len(ends))
        if row < STRIP_ROWS:
            ends[row : row + 1] = [mark.right + 6]
            small.append((mark, row))
        else:
            spot = int((mark.at - chapter.left - EDGE) // cell)
            over[min(max(spot, 0), len(over) - 1)] += 1
    chips = [(chapter.left + EDGE + (i + 0.5) * cell, n) for i, n in enumerate(over) if n]
    return tuple(small), tuple(chips), len(ends) + bool(chips)
