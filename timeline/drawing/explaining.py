"""A small calendar that shows how words become dates: counted from where, which days, which reading turned down."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from timeline.dates import parse_edtf
from timeline.dates.calendar import civil_from_days, days_from_civil, weekday
from timeline.dates.wording import MONTHS, WEEKDAYS
from timeline.drawing.chapters import DAY, civil, stretch_words, year_words
from timeline.drawing.checking import check_width
from timeline.drawing.figure import page_sheet, paint
from timeline.drawing.ground import Plan
from timeline.drawing.marks import NAT, second_of
from timeline.drawing.page import Text, margin, put_lines
from timeline.drawing.sheet import Sheet, mix
from timeline.drawing.themes import palette
from timeline.drawing.widths import wrap
from timeline.drawing.words import clean
from timeline.errors import InputError
from timeline.schema import MENTIONS

CELL, TALL = 29.0, 24.0
MOST_ROWS = 8
BASES = {
    "dct": "the day of publication",
    "quote": "the day of the speech",
    "previous": "the date before it in the text",
}


class Cell(NamedTuple):
    """A day, month or year of a calendar: bounds in seconds, half-open."""

    low: int
    high: int
    label: str
    row: int
    column: int


class Grid(NamedTuple):
    """A block of a calendar: heading, names of columns, names of rows, cells; `wide`: as the figure is."""

    heading: str
    columns: list[str]
    rows: dict[int, str]
    cells: list[Cell]
    wide: bool = True


def draw_explanation(
    mention: pd.Series | dict[str, Any], *, width: float = 640, template: str = "timeline"
) -> go.Figure:
    """How one time expression gets its value, on a calendar of days, months or years.

    `mention`: a row of a frame in the MENTIONS schema. Filled: what the words allow. Ringed: the
    date that they are counted from. Grey and struck out: the other reading, with the reason why it
    was turned down. A mention without a value shows the problem instead.
    Raises InputError naming what `mention` lacks, or for an unknown template.
    """
    colours = palette(template)
    check_width(width)
    if not isinstance(mention, pd.Series | dict):
        raise InputError(
            f"mention: a {type(mention).__name__} is no row; give one, as mentions.iloc[0] does"
        )
    row = dict(mention)
    missing = [c.name for c in MENTIONS if c.name not in row]
    if missing:
        raise InputError(f"mention lacks {', '.join(missing)}; give a row of a mentions frame")
    plan, sheet = Plan(width), page_sheet(colours)
    value = (second_of(row["start"]), second_of(row["stop"]))
    anchor, rival = _bounds(row["anchor"]), _bounds(row["alternative"])
    said = _words(row["edtf"]) or (row["timex"] if NAT in value else stretch_words(*value))
    y = _put_words(plan, row, said)
    marks = {"value": value, "anchor": anchor, "rival": rival}
    ends = [t for pair in marks.values() for t in pair if t != NAT]
    if ends and value != (NAT, NAT):
        for grid, left, top in _flow(_grids(min(ends), max(ends), value), margin(width), y, width):
            y = max(y, _put_grid(plan, sheet, grid, left, top, marks))
        y += 12
    plan.height = _put_legend(plan, sheet, row, anchor, y) + 8
    return paint(plan, colours, template, sheet)


def _bounds(edtf: str) -> tuple[int, int]:
    """Half-open bounds in seconds of a value as EDTF or ISO date-time; NAT for none and for open ends."""
    if not edtf:
        return int(NAT), int(NAT)
    value = parse_edtf(str(edtf)[:10] if "T" in str(edtf) else str(edtf))
    return second_of(value.start), second_of(value.stop)


def _words(edtf: str) -> str:
    return parse_edtf(edtf).words() if edtf else ""


def _put_words(plan: Plan, row: dict[str, Any], said: str) -> float:
    """The y under the expression, its value and its sentence."""
    left, y = margin(plan.width), 12.0
    room = plan.width - 2 * left
    words = wrap(f"“{clean(row['expression'])}”", room, 22, "serif-bold", 2)
    y = put_lines(plan, left, y, words, "title", 26)
    value = wrap(clean(said or row["problem"] or "no value"), room, 14, "serif-bold", 2)
    y = put_lines(plan, left, y, value, "heading", 20) + 4
    sentence = wrap(clean(row["sentence"]), room, 12, "serif", 4)
    return put_lines(plan, left, y, sentence, "silence", 16) + 14


def _grids(low: int, high: int, value: tuple[int, int]) -> list[Grid]:
    """Calendars from `low` to `high`: the weeks about a day, else days up to four months, months, years."""
    (y0, m0, _), (y1, m1, _) = civil(low), civil(high - 1)
    first, last = y0 * 12 + m0 - 1, y1 * 12 + m1 - 1
    if high - low <= 29 * DAY and NAT not in value and value[1] - value[0] <= 7 * DAY:
        return [_weeks_of(low // DAY, (high - 1) // DAY)]
    if last - first < 4:
        return [_days_of(n // 12, n % 12 + 1) for n in range(first, last + 1)]
    if y1 - y0 < 11:
        starts = [_month_start(n) for n in range(y0 * 12, (y1 + 1) * 12 + 1)]
        months = [
            Cell(a, b, MONTHS[i % 12][:3], i // 12, i % 12)
            for i, (a, b) in enumerate(pairwise(starts))
        ]
        return [Grid("", [], {i: year_words(y0 + i) for i in range(y1 - y0 + 1)}, months)]
    tens = range(y0 // 10, y1 // 10 + 1)
    cells = [
        Cell(_month_start(y * 12), _month_start(y * 12 + 12), year_words(y).removesuffix(" BCE"), i, y % 10)
        for i, ten in enumerate(tens)
        for y in range(ten * 10, ten * 10 + 10)
    ]  # fmt: skip
    rows = {i: "BCE" if ten < 0 else f"{ten * 10}s" for i, ten in enumerate(tens)}
    return [Grid("", [], rows, cells)]


def _month_start(months: int) -> int:
    return days_from_civil(months // 12, months % 12 + 1, 1) * DAY


def _days_of(year: int, month: int) -> Grid:
    first, after = _month_start(year * 12 + month - 1), _month_start(year * 12 + month)
    shift = weekday(first // DAY)
    cells = [
        Cell(first + i * DAY, first + (i + 1) * DAY, str(i + 1), (i + shift) // 7, (i + shift) % 7)
        for i in range((after - first) // DAY)
    ]
    heading = f"{MONTHS[month - 1]} {year_words(year)}"
    return Grid(heading, [name[0] for name in WEEKDAYS], {}, cells, wide=False)


def _weeks_of(first: int, last: int) -> Grid:
    """The whole weeks that hold two days, given as days since 1970."""
    monday, after = first - weekday(first), last + 7 - weekday(last)
    cells = []
    for i, day in enumerate(range(monday, after)):
        _, month, number = civil_from_days(day)
        name = f"{number} {MONTHS[month - 1][:3]}"
        cells.append(Cell(day * DAY, (day + 1) * DAY, name, i // 7, i % 7))
    heading = stretch_words(monday * DAY, after * DAY, (1, 1))
    return Grid(heading, [name[:3] for name in WEEKDAYS], {}, cells)


def _flow(
    grids: list[Grid], left: float, top: float, width: float
) -> list[tuple[Grid, float, float]]:
    """Each grid with its left and top: side by side as far as they fit."""
    wide, high = 7 * CELL + 26, 6 * TALL + 56
    per_line = max(1, int((width - 2 * left + 26) // wide))
    return [
        (g, left + i % per_line * wide, top + i // per_line * high) for i, g in enumerate(grids)
    ]


def _put_grid(
    plan: Plan, sheet: Sheet, grid: Grid, left: float, y: float, marks: dict[str, tuple[int, int]]
) -> float:
    """The y under a grid, whose cells are filled, ringed or struck out."""
    cell = CELL
    if grid.heading:
        plan.texts.append(Text(left, y + 12, grid.heading, "lane"))
        y += 20
    left += 46 if grid.rows else 0
    if grid.wide:
        cell = (plan.width - left - margin(plan.width)) / (max(c.column for c in grid.cells) + 1)
    for i, name in enumerate(grid.columns):
        plan.texts.append(Text(left + (i + 0.5) * cell, y + 11, name, "key", "middle"))
    y += 18 if grid.columns else 0
    rows = sorted({c.row for c in grid.cells})
    if len(rows) > MOST_ROWS:
        known = [bounds for bounds in marks.values() if NAT not in bounds]
        used = {c.row for c in grid.cells if any(_share(c, bounds) for bounds in known)}
        rows = sorted(used | {rows[0], rows[-1]})[: MOST_ROWS * 2]
    place = {row: i for i, row in enumerate(rows)}
    for row, name in grid.rows.items():
        if row in place:
            plan.texts.append(Text(left - 46, y + place[row] * TALL + 16, name, "lane"))
    for c in grid.cells:
        if c.row in place:
            _put_cell(plan, sheet, c, left + c.column * cell, y + place[c.row] * TALL, cell, marks)
    return y + len(rows) * TALL + 8


def _share(cell: Cell, bounds: tuple[int, int]) -> float:
    """How much of a cell lies within bounds, 0 to 1; an open end reaches to the grid's edge."""
    if bounds == (NAT, NAT):
        return 0.0
    low = bounds[0] if bounds[0] != NAT else cell.low
    high = bounds[1] if bounds[1] != NAT else cell.high
    return max(0, min(cell.high, high) - max(cell.low, low)) / (cell.high - cell.low)


def _put_cell(
    plan: Plan, sheet: Sheet, cell: Cell, x: float, y: float, wide: float, marks: dict[str, tuple[int, int]]
) -> None:  # fmt: skip
    """Nothing; one day, month or year is on the sheet."""
    held, rival, anchor = (_share(cell, marks[k]) for k in ("value", "rival", "anchor"))
    ends, middle = (x + 1, x + wide - 1), y + TALL / 2
    if held:
        _put_sign(sheet, "value", *ends, middle, TALL - 2, 1.0 if held == 1 else 0.55)
    elif rival:
        _put_sign(sheet, "rival", *ends, middle, TALL - 2)
    if anchor:
        _put_sign(sheet, "anchor", *ends, middle, TALL - 2)
    plan.texts.append(Text(x + wide / 2, middle + 4, cell.label, "on" if held else "key", "middle"))


def _put_sign(
    sheet: Sheet, sign: str, left: float, right: float, middle: float, tall: float, share: float = 1.0
) -> None:  # fmt: skip
    """Nothing; a cell of the calendar or of the legend is filled, struck out or ringed."""
    colours = sheet.colours
    if sign == "value":
        fill = mix(colours["happening"], colours["paper"], share)
        sheet.bar(left, right, middle, tall, fill)
    elif sign == "rival":
        sheet.bar(left, right, middle, tall, colours["chip"])
        rise = tall / 2 - 3
        ends = [(left + 3, middle + rise), (right - 3, middle - rise)]
        sheet.rule(ends, colours["soft"], width=1)
    elif sign == "anchor":
        sheet.outline(left + 1, right - 1, middle, tall - 2, colours["deadline"], 2)


def _put_legend(
    plan: Plan, sheet: Sheet, row: dict[str, Any], anchor: tuple[int, int], y: float
) -> float:
    """The y under the lines that say what fill, ring and strike mean here."""
    left, lines = margin(plan.width), []
    if second_of(row["start"]) != NAT or second_of(row["stop"]) != NAT:
        basis = "stated" if row["stated"] else "inferred"
        filled = f"; filled in: {row['inferred']}" if row["inferred"] else ""
        lines.append(("value", f"what the words allow ({basis}{filled})"))
    if anchor[0] != NAT:
        basis = BASES.get(row["anchor_basis"], row["anchor_basis"])
        day = f"{WEEKDAYS[weekday(anchor[0] // DAY)]} " if anchor[1] - anchor[0] == DAY else ""
        lines.append(("anchor", f"counted from {day}{stretch_words(*anchor)}: {basis}"))
    if row["alternative"]:
        why = f": {row['alternative_reason']}" if row["alternative_reason"] else ""
        lines.append(("rival", f"turned down: {_words(row['alternative'])}{why}"))
    if row["problem"]:
        lines.append(("", row["problem"]))
    for sign, words in lines:
        _put_sign(sheet, sign, left, left + 14, y + 8, 11)
        told = wrap(clean(words), plan.width - 2 * left - 22, 11, "sans", 3)
        y = put_lines(plan, left + 22, y, told, "key", 16) + 3
    return y
