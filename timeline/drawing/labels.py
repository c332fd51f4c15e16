"""Label boxes and where they go: every box keeps clear of every other; pixels only, no events.

A box is always beside or around the point that it names. Boxes at one height therefore stand in the
order of their points, and zooming in (which only moves points apart) can never make two meet.
"""

from __future__ import annotations

from dataclasses import dataclass

from timeline.drawing.widths import block_width, text_width, wrap

SIZE, NOTE_SIZE, LINE = 12, 11, 15.6
"""Font sizes of title and second line, and the height of a line (plotly's 1.3 em), in pixels."""
GAP_X, GAP_Y = 10, 9
GLYPH = 16
CLIMB = 30


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
    def under(self) -> bool:
        """Whether it stands under its mark, not beside it."""
        return self.side not in ("right", "left")

    @property
    def height(self) -> float:
        """Pixels from the top of the first line to the bottom of the last."""
        return LINE * (len(self.lines) + len(self.note))


def make_labels(
    title: str,
    note: str,
    mark: tuple[float, float],
    room: tuple[float, float],
    *,
    offset: tuple[float, float],
    below: bool,
) -> list[Label]:
    """The labels that suit a mark at pixels `mark` inside the chapter at pixels `room`, best first.

    `offset`: pixels between the mark's ends and text at its left and right. `below`: the mark is long, so that the
    text goes under it, from its left end or, near the right edge, to its right end.
    """
    low, high = room
    widest = min(max(150.0, (high - low) * 0.62), max(236.0, min(300.0, (high - low) * 0.3)))
    lines, notes = block(title, note, widest, high - low)
    width = _block_width(lines, notes)
    middle = (mark[0] + mark[1]) / 2
    if below:
        rooms = {"from-left": high - mark[0], "from-right": mark[1] - low}
    else:
        rooms = {"right": high - mark[1] - offset[1], "left": mark[0] - low - offset[0]}
        rooms["centre"] = 2 * min(middle - low, high - middle)
    sides = [s for s, r in rooms.items() if width <= r]
    if not sides:
        sides = [max(rooms, key=lambda s: rooms[s])]
        lines, notes = block(title, note, rooms[sides[0]], rooms[sides[0]])
        width = _block_width(lines, notes)
    lefts = {
        "right": mark[1] + offset[1],
        "left": mark[0] - offset[0] - width,
        "centre": middle - width / 2,
        "from-left": mark[0],
        "from-right": mark[1] - width,
    }
    return [
        Label(tuple(lines), tuple(notes), side, lefts[side], width)
        for side in sides[:2]
        if side != "centre" or len(sides) == 1
    ]


def block(title: str, note: str, widest: float, room: float) -> tuple[list[str], list[str]]:
    """Title in lines of nearly equal length, and note; the note may go on to `room` to save a line."""
    whole = text_width(title, SIZE, "bold")
    n_lines = int(whole // widest) + 1
    evens = [whole / n_lines * more + 8 for more in (1.12, 1.25, 1.4) if n_lines > 1]
    last = max(whole, widest) if n_lines == 1 else widest
    for even in [*(min(widest, even) for even in evens), last]:
        lines = wrap(title, even, SIZE, "bold", n_lines)
        if not lines[-1].endswith("…"):
            break
    else:
        lines = wrap(title, widest, SIZE, "bold", n_lines=4)
    beside = max(block_width(lines, SIZE, "bold"), min(widest, 236.0))
    notes, wider = note_lines(note, beside), note_lines(note, min(widest * 1.3, 260.0, room))
    return lines, wider if len(wider) < len(notes) else notes  # no last word on a line of its own


def note_lines(note: str, widest: float) -> list[str]:
    """The parts of a note in lines, broken where a part ends if that can be.

    >>> note_lines("5 November 2014 · 2 sources", 120)
    ['5 November 2014', '2 sources']
    """
    out: list[str] = []
    for paragraph in note.split("\n"):
        lines: list[str] = []
        for part in paragraph.split(" · "):
            joined = f"{lines[-1]} · {part}" if lines else part
            if lines and text_width(joined, NOTE_SIZE) <= widest:
                lines[-1] = joined
            else:
                lines += wrap(part, widest, NOTE_SIZE, n_lines=3)
        out += lines
    return [line for line in out if line][:8]


def _block_width(lines: list[str], notes: list[str]) -> float:
    return max(block_width(lines, SIZE, "bold"), block_width(notes, NOTE_SIZE)) + 1


@dataclass(frozen=True)
class Item:
    """What must be placed together: boxes (left, right, top, bottom) from the item's own top."""

    boxes: tuple[tuple[float, float, float, float], ...]


Boxes = list[tuple[float, float, float, float]]


def pack(
    choices: list[list[Item]], taken: Boxes, most_height: float
) -> list[tuple[int, float] | None]:
    """(which choice, top) of each, in the order given: as high as it can be, None if that is too low.

    The boxes of an item keep GAP_X and GAP_Y from all others and from those `taken`, to which they
    are added. A later choice is taken only if it stands at least CLIMB pixels higher than the first.

    >>> one = Item(((0, 50, 0, 30),)); two = Item(((40, 90, 0, 30),)); three = Item(((101, 120, 0, 30),))
    >>> pack([[one], [two], [three], [two]], [], 100)
    [(0, 0.0), (0, 39.0), (0, 0.0), None]
    """
    placed: list[tuple[int, float] | None] = []
    for items in choices:
        best, best_top = 0, _free_top(items[0], taken)
        for i, item in enumerate(items[1:], 1):
            if best_top >= CLIMB and (top := _free_top(item, taken)) <= best_top - CLIMB:
                best, best_top = i, top
        if best_top + items[best].boxes[-1][3] > most_height:
            placed.append(None)
            continue
        placed.append((best, best_top))
        taken += [(b[0], b[1], best_top + b[2], best_top + b[3]) for b in items[best].boxes]
    return placed


def _free_top(item: Item, taken: Boxes) -> float:
    """The smallest top at which no box of the item comes near a taken one."""
    barred = []
    for left, right, top, bottom in item.boxes:
        near, far = left - GAP_X, right + GAP_X
        barred += [
            (t[2] - GAP_Y - bottom, t[3] + GAP_Y - top) for t in taken if t[0] < far and t[1] > near
        ]
    barred.sort()
    top = 0.0
    for low, high in barred:
        if low >= top:
            break
        top = max(top, high)
    return top
