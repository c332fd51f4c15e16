"""The sign of each event: which strokes say point, bracket, period, tail, arrow, flag and rival dates."""

from __future__ import annotations

from timeline.drawing.chapters import Chapter
from timeline.drawing.marks import NAT, WHISKER
from timeline.drawing.rows import Row
from timeline.drawing.sheet import THICK, Sheet, mix, rgba


def draw_mark(sheet: Sheet, row: Row, chapter: Chapter, hover: str, doubtful: bool) -> None:
    """Nothing; the sign of one event (or of one entry of the key) is on the sheet.

    `doubtful`: a source doubts the date; its line is dotted as for what is unconfirmed.
    """
    colour = sheet.colours.get(row.kind, sheet.colours["other"])
    open_start, open_stop = row.x0 == NAT, row.x1 == NAT
    low = chapter.to_moment(row.left) if open_start else max(row.x0, chapter.view_start)
    high = chapter.to_moment(row.right) if open_stop else min(row.x1, chapter.view_stop)
    at: float = (low + high) / 2
    if isinstance(low, int) and isinstance(high, int):
        at = low + (high - low) // 2
    wide = row.right - row.left > WHISKER
    dotted = doubtful or row.status in ("unconfirmed", "denied")
    hollow = row.status in ("planned", "conditional")
    if row.symbol == "bar":
        _period(sheet, row, low, high, colour, hover)
    elif row.symbol == "bracket" or wide or open_start or open_stop:
        own = row.symbol == "bracket"
        fill = 0.0 if hollow or dotted or open_start or open_stop else 0.16 if own else 0.1
        sheet.bar(low, high, row.y, 12, rgba(colour, fill), row.event_id, hover)
        if open_start or open_stop:
            solid, faint = (low, high) if open_stop else (high, low)
            sheet.fade(solid, faint, row.y, colour)
        elif dotted:
            sheet.rule([(low, row.y), (high, row.y)], colour, "dot", 2)
        else:
            sheet.rule([(low, row.y), (high, row.y)], colour, "solid", 2)
        for end, is_open in ((low, open_start), (high, open_stop)):
            if not is_open:
                sheet.upright(end, row.y, 12 if own else 7, colour)
    if row.symbol in ("bar", "bracket"):
        if row.status == "denied":
            sheet.sign(at, row.y, "x-thin", 10, colour, 2)
        for end, is_open, name in ((low, open_start, "left"), (high, open_stop, "right")):
            if is_open:
                sheet.sign(end, row.y, f"triangle-{name}", 11, colour)
        return
    if row.symbol == "flag":
        spot = high if wide else at
        large = bool(row.label)
        sheet.upright(spot, row.y, 16 if large else 10, colour)
        y, size = (row.y - 4, 9) if large else (row.y - 2, 6)
        _point(sheet, spot, y, row, "triangle-down", size, colour, hover, angle=-90, off=size / 2)
        return
    across = (10 if row.label else 8) + 1.5 * min(max(row.count - 1, 0), 4)
    symbol = "diamond" if row.symbol == "diamond" else "circle"
    _point(sheet, at, row.y, row, symbol, across, colour, hover)
    if row.status == "denied":
        sheet.sign(at, row.y, "line-ne", across + 4, colour, 1.8)


def _point(
    sheet: Sheet,
    at: float,
    y: float,
    row: Row,
    symbol: str,
    size: float,
    colour: str,
    hover: str,
    angle: float = 0,
    off: float = 0,
) -> None:
    panel, flag = sheet.colours["panel"], symbol == "triangle-down"
    hollow = not flag and row.status in ("planned", "conditional", "unconfirmed", "denied")
    fill, edge = panel if hollow else colour, colour if hollow or flag else panel
    dash = "2px,2px" if row.status == "unconfirmed" else "solid"
    sheet.point(at, y, symbol, size, fill, edge, row.event_id, hover, dash, angle, off)


def _period(sheet: Sheet, row: Row, low: float, high: float, colour: str, hover: str) -> None:
    """A solid core from latest start to earliest end, with tails that fade to the bounds."""
    sheet.bar(low, high, row.y, 12, rgba(colour, 0.0), row.event_id, hover)
    begin = min(max(row.core_x0, low), high) if row.core_x0 != NAT else low
    end = min(max(row.core_x1, low), high) if row.core_x1 != NAT else high
    if NAT in (row.core_x0, row.core_x1) or begin >= end:
        # Nothing is sure: the tails meet in what is least doubtful.
        middle = (low + high) / 2
        begin = end = begin if row.x1 == NAT else end if row.x0 == NAT else middle
    faint = colour
    if row.status in ("planned", "conditional"):
        faint = mix(colour, sheet.colours["panel"], 0.4)
        sheet.bar(begin, end, row.y, THICK, rgba(colour, 0.2))
        sheet.outline(begin, end, row.y, THICK, colour)
    elif begin < end:
        sheet.bar(begin, end, row.y, THICK, colour)
    for solid, bound in ((begin, low), (end, high)):
        if solid != bound:
            sheet.fade(solid, bound, row.y, faint)


def draw_rivals(
    sheet: Sheet, main: Row, rivals: list[Row], n_sources: tuple[int, int], chapter: Chapter
) -> None:
    """Nothing; rival dates are hollow on the sheet, joined to the event's own by a bracket with counts.

    `n_sources`: how many give the event's own date, and how many give any.
    """
    colour, soft = sheet.colours.get(main.kind, sheet.colours["other"]), sheet.colours["soft"]
    own, total = n_sources
    stops = sorted([(main.at, own), *((r.at, int(r.count)) for r in rivals)])
    y = main.y - 9
    moments = [chapter.to_moment(px) for px, _ in stops]
    sheet.rule([(moments[0], y), (moments[-1], y)], soft, width=1)
    for moment in moments:
        sheet.upright(moment, y + 2, 4, soft, 1)
    for rival in rivals:
        if rival.symbol == "bracket":
            sheet.rule([(rival.x0, rival.y), (rival.x1, rival.y)], colour, "solid", 1)
            for end in (rival.x0, rival.x1):
                sheet.upright(end, rival.y, 8, colour, 1)
        else:
            at = rival.x0 + (rival.x1 - rival.x0) // 2
            sheet.sign(at, rival.y, "circle-open", 8, colour, 1.8)
    last = -1e9
    for (px, n), moment in zip(stops, moments, strict=True):
        if px - last >= 34:
            sheet.text(moment, y - 7.5, f"{n} of {total}", "center", size=10, colour="soft")
            last = px


KINDS_OF = {
    "dot": "happening", "diamond": "statement", "flag": "deadline", "bar": "period", "tail": "period",
    "arrow": "period", "planned": "plan", "unconfirmed": "other", "denied": "other",
}  # fmt: skip
"""The kind whose colour a sign of the key takes: the one that it mostly stands for."""


def draw_key(page: Sheet, x: float, y: float, symbol: str, status: str, whole: Chapter) -> None:
    """Nothing; one sign of the key is on the page, its middle at `x`, `y`."""
    kind = KINDS_OF.get(status) or KINDS_OF.get(symbol, "other")
    colour, soft = page.colours[kind], page.colours["soft"]
    if symbol == "chip":
        page.bar(x - 8, x + 8, y, 12, page.colours["chip"])
    elif symbol == "bin":
        for i, high in enumerate((5, 10, 7)):
            page.bar(x - 7 + 5 * i, x - 3 + 5 * i, y + 5 - high / 2, high, rgba(soft, 0.55))
    elif symbol == "rival":
        page.rule([(x - 6, y - 1), (x - 6, y - 5), (x + 6, y - 5), (x + 6, y - 1)], soft, width=1)
        page.sign(x - 6, y + 3, "circle", 6, colour)
        page.sign(x + 6, y + 3, "circle-open", 5, colour, 1)
    elif symbol in ("tail", "arrow"):
        page.fade(x - 8, x + 5, y, colour)
        if symbol == "arrow":
            page.sign(x + 5, y, "triangle-right", 8, colour)
    elif symbol == "bar":
        page.bar(x - 8, x + 8, y, THICK, colour)
    else:
        ends = (int(x - 7), int(x + 7))
        row = Row("", "key", -1, -1, "", y, x0=ends[0], x1=ends[1], symbol=symbol, kind=kind, status=status,
                  left=x - 7, right=x + 7, label="key", count=1, at=x)  # fmt: skip
        draw_mark(page, row, whole, "", False)
