"""Places the marks of one lane in one chapter: labels for the most salient, small marks, chips; pixels only."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any

from timeline.drawing.chapters import Chapter
from timeline.drawing.labels import GLYPH, Boxes, Item, Label, make_labels, pack
from timeline.drawing.marks import Mark, note_of
from timeline.drawing.widths import SPACE
from timeline.drawing.words import UNTITLED, clean

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
    labels = {i: _labels(ordered[i], events[ordered[i].index], room) for i in by_salience[:60]}
    items = {i: [_item(ordered[i], label) for label in labels[i]] for i in labels}

    def packed(n: int) -> tuple[dict[int, tuple[int, float]], Boxes]:
        """The n most salient in time order; fewer if they do not fit."""
        taken: Boxes = []
        spots = pack([items[i] for i in sorted(by_salience[:n])], taken, most_height)
        return {i: s for i, s in zip(sorted(by_salience[:n]), spots, strict=True) if s}, taken

    low, high = 0, len(labels) + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if len(packed(middle)[0]) == middle else (low, middle)
    spots, taken = packed(low)
    rest_of = by_salience[low : len(labels)]
    extra = pack([items[i] for i in rest_of], taken, most_height)
    spots |= {i: s for i, s in zip(rest_of, extra, strict=True) if s}
    labelled = tuple(
        (ordered[i], labels[i][which], top) for i, (which, top) in sorted(spots.items())
    )
    height = max((box[3] for box in taken), default=0.0)
    if labels_only:
        return Cell(labelled, height=height)
    rest = [mark for i, mark in enumerate(ordered) if i not in spots]
    small, chips, n_rows = _strip(rest, chapter)
    return Cell(labelled, small, chips, height, n_rows)


def _labels(mark: Mark, event: dict[str, Any], room: tuple[float, float]) -> list[Label]:
    ends = (max(mark.ends[0], room[0]), min(mark.ends[1], room[1]))
    # a narrow span has its label tied to its middle; the gap is a whole number of no-break spaces
    narrow = mark.symbol in ("bracket", "bar") and ends[0] == ends[1]
    near = (3 + ceil(max(mark.right - mark.left - 8, 0) * narrow / 2 / SPACE)) * SPACE
    offset = (near, 5 * SPACE if mark.symbol == "flag" else near)
    title = clean(event["title"]) or UNTITLED
    return make_labels(title, note_of(event), ends, room, offset=offset, below=mark.below)


def _item(mark: Mark, label: Label) -> Item:
    """The mark and its label as boxes from the item's top."""
    text = (label.left, label.left + label.width)
    if not label.under:
        wide = (min(text[0], mark.left - 8), max(text[1], mark.right + 8))
        return Item(((*wide, 0.0, label.height),))
    head = RIVAL_HEAD if mark.rivals else 0
    top = (min(mark.left - 8, text[0]), max(mark.right + 8, text[0]), 0.0, float(head + GLYPH))
    return Item((top, (*text, float(head + GLYPH), head + GLYPH + label.height)))


def _strip(
    rest: list[Mark], chapter: Chapter
) -> tuple[tuple[tuple[Mark, int], ...], tuple[tuple[float, int], ...], int]:
    """Small marks with their row, chips (middle, events) in fixed cells, and the rows used.

    Long marks with the same ends say nothing new, such as many events "in 1986": one of each goes first.
    """
    rows: list[list[tuple[float, float]]] = []
    firsts = {(m.left, m.right): m.index for m in reversed(rest)}
    vague = [m for m in rest if m.symbol == "bracket" and m.right - m.left > CHIP]
    again = {m.index for m in vague if m.index != firsts[m.left, m.right]}
    small, over = [], [0] * max(1, int((chapter.right - chapter.left - 2 * EDGE) // CHIP))
    cell = (chapter.right - chapter.left - 2 * EDGE) / len(over)
    for mark in sorted(rest, key=lambda m: m.index in again):
        a, b = mark.left - 6, mark.right + (12 if mark.symbol == "flag" else 6)
        free = (r for r, taken in enumerate(rows) if all(d <= a or b <= c for c, d in taken))
        row = next(free, len(rows))
        if row < STRIP_ROWS:
            rows += [[]] * (row == len(rows))
            rows[row] = [*rows[row], (a, b)]
            small.append((mark, row))
        else:
            spot = int((mark.at - chapter.left - EDGE) // cell)
            over[min(max(spot, 0), len(over) - 1)] += 1
    chips = [(chapter.left + EDGE + (i + 0.5) * cell, n) for i, n in enumerate(over) if n]
    return tuple(small), tuple(chips), len(rows) + bool(chips)
