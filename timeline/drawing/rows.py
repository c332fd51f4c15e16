"""The rows of the marks frame, put together from what was placed; pixels and seconds, nothing of plotly."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import nan
from typing import Any

from timeline.drawing.chapters import DAY, Chapter
from timeline.drawing.labels import Label
from timeline.drawing.marks import NAT, Mark, Rival
from timeline.drawing.placing import RIVAL_HEAD, STRIP_ROW, Cell

MIDDLE = 8.0
"""Pixels from an item's top to the middle of its mark: the middle of the first line of text."""
STEMMED, MOST_OF = 24, 0.6
"""Stems are drawn for at most so many labelled marks, if this share of the points has room for one."""


@dataclass
class Row:
    """One row of the marks frame; `index` is the event's position in the events frame, -1 if none.

    `at` and `tie`: pixels; the middle of the mark, and the x in the data that its label moves with.
    `stem`: y down to which a fine line leads from a point to its axis, NaN for none.
    """

    event_id: str
    role: str
    chapter: int
    line: int
    lane: str
    y: float
    row: int = 0
    x0: int = int(NAT)
    x1: int = int(NAT)
    core_x0: int = int(NAT)
    core_x1: int = int(NAT)
    symbol: str = "dot"
    kind: str = ""
    status: str = ""
    left: float = nan
    right: float = nan
    label: str = ""
    note: str = ""
    side: str = ""
    label_left: float = nan
    label_top: float = nan
    label_right: float = nan
    label_bottom: float = nan
    count: float = 0.0
    index: int = -1
    at: float = nan
    tie: float = nan
    stem: float = nan


def cell_rows(
    cell: Cell,
    chapter: Chapter,
    lane: str,
    top: float,
    strip: float,
    events: dict[int, dict[str, Any]],
) -> list[Row]:
    """Rows for one lane of one chapter whose labels begin at `top` and small marks at `strip`."""
    rows: list[Row] = []
    heights = sorted({round(t, 1) for *_, t in cell.labelled})
    for mark, label, down in cell.labelled:
        y = top + down + MIDDLE + (RIVAL_HEAD if mark.rivals else 0)
        row = _mark_row(mark, lane, y, events[mark.index])
        row.row = heights.index(round(down, 1))
        _add_label(row, mark, label, y + MIDDLE if label.under else y - MIDDLE)
        rows.append(row)
        rows += [_rival_row(row, rival) for rival in mark.rivals]
    for mark, number in cell.small:
        row = _mark_row(mark, lane, strip + (number + 0.5) * STRIP_ROW, events[mark.index])
        row.row = len(heights) + number
        rows.append(row)
    y = strip + (cell.n_rows - 0.5) * STRIP_ROW
    for middle, n in cell.chips:
        second = int(chapter.to_moment(middle))
        last = len(heights) + cell.n_rows - 1
        chip = chip_row(n, middle, y, chapter.number, chapter.line, lane, last)
        rows.append(replace(chip, x0=second, x1=second))
    return rows


def chip_row(
    n: int, middle: float, y: float, chapter: int = -1, line: int = -1, lane: str = "", row: int = 0
) -> Row:
    """A chip that counts `n` events, its middle at pixels `middle` and `y`."""
    text = f"+{n:,}"
    half = 4.0 + 3.4 * len(text)
    return Row(
        "", "chip", chapter, line, lane, y, row, symbol="count", left=middle - half, right=middle + half,
        label=text, side="centre", label_left=middle - half, label_right=middle + half, label_top=y - 6.5,
        label_bottom=y + 6.5, count=float(n), at=middle, tie=middle,
    )  # fmt: skip


def _mark_row(mark: Mark, lane: str, y: float, event: dict[str, Any]) -> Row:
    return Row(
        event["event_id"], "event", mark.chapter.number, mark.chapter.line, lane, y,
        x0=event["start"], x1=event["stop"], core_x0=event["core_start"], core_x1=event["core_stop"],
        symbol=mark.symbol, kind=event["kind"], status=event["status"], left=mark.own_left,
        right=mark.own_right, count=float(event["n_sources"]), index=mark.index, at=mark.at,
    )  # fmt: skip


def _add_label(row: Row, mark: Mark, label: Label, top: float) -> None:
    row.label, row.note, row.side = "\n".join(label.lines), "\n".join(label.note), label.side
    row.label_left, row.label_right = label.left, label.left + label.width
    ties = {
        "right": mark.ends[1],
        "left": mark.ends[0],
        "centre": mark.at,
        "from-right": row.label_right,
    }
    row.tie = ties.get(label.side, label.left)
    row.label_top, row.label_bottom = top, top + label.height


def _rival_row(row: Row, rival: Rival) -> Row:
    """A row for a rival date, at the height of the event that it disputes."""
    left, right, start, stop, n_sources = rival
    return Row(
        row.event_id, "alternative", row.chapter, row.line, row.lane, row.y, row.row, x0=start, x1=stop,
        symbol="dot" if stop - start <= DAY else "bracket", kind=row.kind, status=row.status,
        left=left, right=right, count=float(n_sources), index=row.index, at=(left + right) / 2,
    )  # fmt: skip


def add_stems(rows: list[Row], bottom: float) -> None:
    """Nothing; points get a fine line down to the axis, in a chapter where most have room for one."""
    for chapter in {row.chapter for row in rows}:
        here = [row for row in rows if row.chapter == chapter]
        named = [row for row in here if row.label and row.role == "event"]
        points = [row for row in named if row.symbol in ("dot", "diamond", "flag")]
        free = [row for row in points if not any(_crosses(row, other) for other in here)]
        most = len(free) >= MOST_OF * len(points) and 2 * len(points) > len(named)
        if most and len(named) <= STEMMED:
            for row in free:
                row.stem = bottom


def _crosses(row: Row, other: Row) -> bool:
    """Whether a line down from one row's mark would cross the other's label or mark."""
    labelled = other.label_left - 2 < row.at < other.label_right + 2
    marked = other is not row and other.left - 4 < row.at < other.right + 4
    return (labelled and other.label_bottom > row.y + 8) or (marked and other.y > row.y - 4)
