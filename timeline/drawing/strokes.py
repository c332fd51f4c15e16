"""The signs of a figure as plotly trace data, gathered per chapter so that traces do not grow with events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from timeline.drawing.chapters import Chapter
from timeline.drawing.marks import NAT, WHISKER
from timeline.drawing.rows import Row

THICK = 10.0
"""Height of a solid bar in pixels."""


def rgba(colour: str, alpha: float) -> str:
    """A hex colour with an opacity.

    >>> rgba("#0072B2", 0.2)
    'rgba(0,114,178,0.2)'
    """
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{round(alpha, 3)})"


def mix(colour: str, ground: str, share: float) -> str:
    """A colour thinned towards the ground; opaque, so that neighbouring slices show no seam.

    >>> mix("#000000", "#ffffff", 0.2)
    '#cccccc'
    """
    pairs = [(int(colour[i : i + 2], 16), int(ground[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


class Sheet:
    """Everything drawn against one pair of axes; `value` turns seconds into what the x axis holds.

    `length`: axis units in a second, for bars: 1000 on a date axis, which counts milliseconds.
    `scale`: pixels in a second.
    """

    def __init__(
        self, axes: tuple[str, str], value: Callable[[float], Any], length: float, colours: dict[str, str], scale: float = 1.0
    ) -> None:
        self.axes, self.value, self.length, self.colours = axes, value, length, colours
        self.scale = scale
        self.bars: list[tuple[Any, ...]] = []
        self.rules: dict[tuple[str, str, float], list[tuple[Any, float | None]]] = {}
        self.signs: list[tuple[Any, ...]] = []
        self.points: list[tuple[Any, ...]] = []
        self.texts: list[tuple[Any, ...]] = []
        self.columns: list[tuple[Any, ...]] = []

    def bar(self, low: float, high: float, y: float, height: float, colour: str, event_id: str = "", hover: str = "") -> None:
        """A box from second `low` to `high`, `height` pixels tall."""
        span = round((high - low) * self.length, 6)
        self.bars.append((self.value(low), int(span) if span == int(span) else span, y, height, colour, event_id, hover))

    def rule(self, points: list[tuple[float, float]], colour: str, dash: str = "solid", width: float = 1.5) -> None:
        """A line through (second, pixel) points."""
        path = self.rules.setdefault((colour, dash, width), [])
        path += [*((self.value(t), y) for t, y in points), (None, None)]

    def sign(
        self, at: float, y: float, symbol: str, size: float, colour: str, line: float = 0.0, angle: float = 0, off: float = 0
    ) -> None:
        """A marker that only decorates: it has no hover."""
        self.signs.append((self.value(at), y, symbol, size, colour, line, angle, off))

    def fade(self, solid: float, faint: float, y: float, colour: str) -> None:
        """A tail from second `solid` that thins and pales towards second `faint`."""
        steps = int(min(14, max(4, abs(faint - solid) * self.scale / 4)))
        edges = np.linspace(solid, faint, steps + 1).tolist()
        for i, (a, b) in reversed(list(enumerate(zip(edges, edges[1:], strict=False)))):
            share = 1 - (i + 0.5) / steps
            pale = mix(colour, self.colours["panel"], 0.15 + 0.85 * share)
            self.bar(min(a, b), max(a, b), y, round(2 + (THICK - 2) * share, 1), pale)

    def traces(self) -> list[dict[str, Any]]:
        """The gathered signs as at most six traces and one a colour of line, in drawing order."""
        out: list[dict[str, Any]] = []
        x_axis, y_axis = self.axes
        base = {"xaxis": x_axis, "yaxis": y_axis, "showlegend": False}
        silent = base | {"hoverinfo": "skip"}
        if self.columns:
            at, width, foot, rise, colour, hover = map(list, zip(*self.columns, strict=True))
            out.append(base | {
                "type": "bar", "x": at, "y": rise, "base": foot, "width": width, "hoverinfo": "text",
                "hovertext": hover, "marker": {"color": colour[0], "line": {"width": 0}}, "name": "counts",
            })  # fmt: skip
        for told in (True, False):
            bars = [bar for bar in self.bars if bool(bar[6]) is told]
            if not bars:
                continue
            begin, span, y, height, colour, ids, hover = map(list, zip(*bars, strict=True))
            said = {"customdata": ids, "hovertext": hover, "hoverinfo": "text"} if told else {"hoverinfo": "skip"}
            out.append(base | said | {
                "type": "bar", "orientation": "h", "base": begin, "x": span, "y": y, "width": height,
                "marker": {"color": colour, "line": {"width": 0}}, "name": "spans" if told else "strokes",
            })  # fmt: skip
        for (colour_, dash, width_), path in sorted(self.rules.items()):
            xs, ys = map(list, zip(*path[:-1], strict=True))
            out.append(silent | {
                "type": "scatter", "mode": "lines", "x": xs, "y": ys, "connectgaps": False,
                "line": {"color": colour_, "dash": dash, "width": width_}, "name": "lines",
            })  # fmt: skip
        if self.signs:
            x, y, symbol, size, colour, line, angle, off = map(list, zip(*self.signs, strict=True))
            out.append(silent | {
                "type": "scatter", "mode": "markers", "x": x, "y": y, "cliponaxis": False, "name": "signs",
                "marker": {
                    "symbol": symbol, "size": size, "color": colour, "angle": angle, "standoff": off,
                    "opacity": 1, "line": {"color": colour, "width": line},
                },
            })  # fmt: skip
        if self.points:
            x, y, symbol, size, fill, edge, dash_, angle, off, ids, hover = map(list, zip(*self.points, strict=True))
            out.append(base | {
                "type": "scatter", "mode": "markers", "x": x, "y": y, "customdata": ids, "hovertext": hover,
                "hoverinfo": "text", "name": "events", "cliponaxis": False,
                "marker": {
                    "symbol": symbol, "size": size, "color": fill, "angle": angle, "standoff": off,
                    "opacity": 1, "line": {"color": edge, "width": 1.8, "dash": dash_},
                },
            })  # fmt: skip
        if self.texts:
            x, y, text, position, size, ids = map(list, zip(*self.texts, strict=True))
            out.append(silent | {
                "type": "scatter", "mode": "markers+text", "x": x, "y": y, "text": text, "customdata": ids,
                "textposition": position, "name": "labels", "cliponaxis": True,
                "marker": {"size": size, "opacity": 0},
                "textfont": {"size": 12, "color": self.colours["ink"]},
            })  # fmt: skip
        return out


def draw_mark(sheet: Sheet, row: Row, chapter: Chapter, hover: str, doubtful: bool) -> None:
    """Nothing; the sign of one event (or of one entry of the key) is on the sheet.

    `doubtful`: a source doubts the date; its line is dotted as for what is unconfirmed.
    """
    colour = sheet.colours.get(row.kind, sheet.colours["other"])
    open_start, open_stop = row.x0 == NAT, row.x1 == NAT
    low = chapter.to_moment(row.left) if open_start else max(row.x0, chapter.view_start)
    high = chapter.to_moment(row.right) if open_stop else min(row.x1, chapter.view_stop)
    at = low + (high - low) // 2 if isinstance(low, int) and isinstance(high, int) else (low + high) / 2
    wide = row.right - row.left > WHISKER
    dotted = doubtful or row.status in ("unconfirmed", "denied")
    hollow = row.status in ("planned", "conditional")
    if row.symbol == "bar":
        _period(sheet, row, low, high, colour, hover)
    elif row.symbol == "bracket" or wide or open_start or open_stop:
        own = row.symbol == "bracket"
        fill = 0.0 if hollow or dotted else 0.16 if own else 0.1
        sheet.bar(low, high, row.y, 12, rgba(colour, fill), row.event_id, hover)
        if open_start or open_stop:
            solid, faint = (low, high) if open_stop else (high, low)
            sheet.fade(solid, faint, row.y, colour)
        elif dotted:
            sheet.rule([(low, row.y), (high, row.y)], colour, "dot", 2)
        else:
            sheet.bar(low, high, row.y, 2, colour)
        for end, is_open in ((low, open_start), (high, open_stop)):
            if not is_open:
                sheet.sign(end, row.y, "line-ns", 9 if own else 5, colour, 2)
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
        sheet.sign(spot, row.y, "line-ns", 12 if large else 7, colour, 2)
        y, size = (row.y - 4, 9) if large else (row.y - 2, 6)
        _point(sheet, spot, y, row, "triangle-down", size, colour, hover, angle=-90, off=size / 2)
        return
    size = (10 if row.label else 8) + 1.5 * min(max(row.count - 1, 0), 4)
    symbol = "diamond" if row.symbol == "diamond" else "circle"
    _point(sheet, at, row.y, row, symbol, size, colour, hover)
    if row.status == "denied":
        sheet.sign(at, row.y, "line-ne", size + 4, colour, 1.8)


def _point(
    sheet: Sheet, at: float, y: float, row: Row, symbol: str, size: float, colour: str, hover: str, angle: float = 0, off: float = 0
) -> None:
    hollow = row.status in ("planned", "conditional", "unconfirmed", "denied") and symbol != "triangle-down"
    fill = sheet.colours["panel"] if hollow else colour
    dash = "2px,2px" if row.status == "unconfirmed" else "solid"
    edge = colour if hollow else sheet.colours["panel"]
    if symbol == "triangle-down":
        edge = colour
    sheet.points.append((sheet.value(at), y, symbol, size, fill, edge, dash, angle, off, row.event_id, hover))


def _period(sheet: Sheet, row: Row, low: float, high: float, colour: str, hover: str) -> None:
    """A solid core from latest start to earliest end, with tails that fade to the bounds."""
    open_start, open_stop = row.x0 == NAT, row.x1 == NAT
    sheet.bar(low, high, row.y, 12, rgba(colour, 0.0), row.event_id, hover)
    core_low = None if row.core_x0 == NAT else min(max(row.core_x0, low), high)
    core_high = None if row.core_x1 == NAT else min(max(row.core_x1, low), high)
    if core_low is not None and core_high is not None and core_low < core_high:
        sheet.bar(core_low, core_high, row.y, THICK, rgba(colour, 0.2) if row.status in ("planned", "conditional") else colour)
        if row.status in ("planned", "conditional"):
            sheet.rule([(t, row.y + s * THICK / 2) for t, s in ((core_low, 1), (core_low, -1), (core_high, -1), (core_high, 1), (core_low, 1))], colour)
        if core_low > low:
            sheet.fade(core_low, low, row.y, colour)
        if core_high < high:
            sheet.fade(core_high, high, row.y, colour)
    elif open_stop:
        begin = low if core_low is None else core_low
        if begin > low:
            sheet.fade(begin, low, row.y, colour)
        sheet.fade(begin, high, row.y, colour)
    elif open_start:
        end = high if core_high is None else core_high
        if end < high:
            sheet.fade(end, high, row.y, colour)
        sheet.fade(end, low, row.y, colour)
    else:
        middle = (low + high) / 2
        sheet.fade(middle, low, row.y, colour)
        sheet.fade(middle, high, row.y, colour)


def draw_rivals(sheet: Sheet, main: Row, rivals: list[Row], own_sources: int, chapter: Chapter) -> None:
    """Nothing; rival dates are hollow on the sheet, joined to the event's own by a bracket with counts."""
    colour, soft = sheet.colours.get(main.kind, sheet.colours["other"]), sheet.colours["soft"]
    total = own_sources + int(sum(r.count for r in rivals))
    stops = sorted([(main.at, own_sources), *((r.at, int(r.count)) for r in rivals)])
    y = main.y - 9
    moments = [chapter.to_moment(px) for px, _ in stops]
    path = [(moments[0], y), (moments[-1], y)]
    sheet.rule(path, soft, width=1)
    for moment in moments:
        sheet.rule([(moment, y), (moment, y + 4)], soft, width=1)
    for rival in rivals:
        if rival.symbol == "bracket":
            sheet.rule([(rival.x0, rival.y), (rival.x1, rival.y)], colour, "solid", 1)
            for end in (rival.x0, rival.x1):
                sheet.sign(end, rival.y, "line-ns", 6, colour, 1)
        else:
            at = rival.x0 + (rival.x1 - rival.x0) // 2
            sheet.sign(at, rival.y, "circle", 9, colour)
            sheet.sign(at, rival.y, "circle", 5.5, sheet.colours["panel"])
    last = -1e9
    for (px, n), moment in zip(stops, moments, strict=True):
        if px - last >= 34:
            small = f'<span style="font-size:10px;color:{soft}">{n} of {total}</span>'
            sheet.texts.append((sheet.value(moment), y - 1, small, "top center", 0, main.event_id))
            last = px
