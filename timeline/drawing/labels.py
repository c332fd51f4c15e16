"""Label boxes and where they go: every box keeps clear of every other; pixels only, no events.

A box is always beside or around the point that it names. Boxes at one height therefore stand in the
order of their points, and zooming in (which only moves points apart) can never make two meet.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from timeline.drawing.widths import block_width, text_width, wrap

SIZE, NOTE_SIZE, LINE = 12, 11, 15.6
"""Font sizes of title and second line, and the height of a line (plotly's 1.3 em), in pixels."""
GAP_X, GAP_Y = 10, 9
GLYPH = 16


@dataclass(frozen=True)
class Label:
    """A wrapped title and note, and on which side of the mark they stand.

    `side`: right, left or centre of a small mark; below from its left end or its right end.
    """

    lines: tuple[str, ...]
    note: tuple[str, ...]
    side: str
    left: float
    width: float

    @property
    def height(self) -> float:
        """Pixels from the top of the first line to the bottom of the last."""
        return LINE * (len(self.lines) + len(self.note))


def make_label(
    title: str, note: str, mark: tuple[float, float], room: tuple[float, float], *, offset: float, below: bool
) -> Label:
    """The label that suits a mark at pixels `mark` inside the chapter at pixels `room`.

    `offset`: pixels between the middle of a small mark and its text. `below`: the mark is long, so
    that the text goes under it, from its left end or, near the right edge, to its right end.
    """
    low, high = room
    widest = min(236.0, max(150.0, (high - low) * 0.62))
    lines, notes = _block(title, note, widest)
    width = _block_width(lines, notes)
    middle = (mark[0] + mark[1]) / 2
    if below:
        rooms = {"from-left": high - mark[0], "from-right": mark[1] - low}
    else:
        half = 2 * min(middle - low, high - middle)
        rooms = {"right": high - middle - offset, "left": middle - low - offset, "centre": half}
    side = next((s for s, r in rooms.items() if width <= r), "")
    if not side:
        side = max(rooms, key=lambda s: rooms[s])
        lines, notes = _block(title, note, rooms[side])
        width = _block_width(lines, notes)
    left = {
        "right": middle + offset,
        "left": middle - offset - width,
        "centre": middle - width / 2,
        "from-left": mark[0],
        "from-right": mark[1] - width,
    }[side]
    return Label(tuple(lines), tuple(notes), side, left, width)


def _block(title: str, note: str, widest: float) -> tuple[list[str], list[str]]:
    """Title and note in lines of nearly equal length."""
    whole = text_width(title, SIZE, "bold")
    n_lines = int(whole // widest) + 1
    even = whole if n_lines == 1 else min(widest, whole / n_lines * 1.12 + 8)
    lines = wrap(title, even, SIZE, "bold", n_lines=n_lines)
    if len(lines) > 1 and lines[-1].endswith("…"):
        lines = wrap(title, widest, SIZE, "bold", n_lines=4)
    noted = max(even if n_lines > 1 else 0.0, min(widest, 168.0))
    return lines, wrap(note, min(noted, widest), NOTE_SIZE, n_lines=3) if note else []


def _block_width(lines: list[str], notes: list[str]) -> float:
    return max(block_width(lines, SIZE, "bold"), block_width(notes, NOTE_SIZE)) + 1


@dataclass(frozen=True)
class Item:
    """What must be placed together: boxes (left, right, top, bottom) from the item's own top."""

    boxes: tuple[tuple[float, float, float, float], ...]


def pack(items: list[Item], left: float, right: float) -> tuple[list[float], float]:
    """(top of each item, height of all): in the order given, each as high as the ones before allow.

    The boxes of an item keep GAP_X and GAP_Y from all others; nothing is placed above what already
    stands at the same x, so time reads down and to the right.

    >>> one = Item(((0, 50, 0, 30),)); two = Item(((40, 90, 0, 30),)); three = Item(((101, 120, 0, 30),))
    >>> pack([one, two, three], 0, 120)[0]
    [0.0, 39.0, 0.0]
    """
    floor = np.zeros(int(right - left) + 2 * GAP_X + 2)
    tops: list[float] = []
    for item in items:
        cells = [
            slice(max(0, int(b[0] - left)), max(1, int(b[1] - left + GAP_X) + 1)) for b in item.boxes
        ]
        top = max(float(floor[c].max()) - b[2] for c, b in zip(cells, item.boxes, strict=True))
        tops.append(max(0.0, top))
        for c, b in zip(cells, item.boxes, strict=True):
            floor[c] = tops[-1] + b[3] + GAP_Y
    return tops, max(0.0, float(floor.max()) - GAP_Y)
