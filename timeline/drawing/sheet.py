"""Plotly trace data gathered against one pair of axes, so that traces do not grow with events."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from timeline.drawing.themes import SANS
from timeline.drawing.widths import SPACE

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


class Point(NamedTuple):
    """A marker: what stands for an event has its id and hover, what only decorates has neither."""

    x: Any
    y: float
    symbol: str
    size: float
    fill: str
    edge: str
    width: float
    dash: str = "solid"
    angle: float = 0
    off: float = 0
    event_id: str = ""
    hover: str = ""


class Bar(NamedTuple):
    """A box that lies from `x` on, or stands from `y` up."""

    x: Any
    y: float
    length: float
    height: float
    colour: str
    event_id: str = ""
    hover: str = ""


class Sheet:
    """Everything drawn against one pair of axes; `value` turns seconds into what the x axis holds.

    `length`: axis units in a second, for bars: 1000 on a date axis, which counts milliseconds.
    `scale`: pixels in a second.
    """

    def __init__(
        self,
        axes: tuple[str, str],
        value: Callable[[float], Any],
        length: float,
        colours: dict[str, str],
        scale: float = 1.0,
    ) -> None:
        self.axes, self.value, self.length, self.colours = axes, value, length, colours
        self.scale = scale
        self.bars: list[Bar] = []
        self.columns: list[Bar] = []
        self.rules: dict[tuple[str, str, float], list[str]] = {}
        self.points: list[Point] = []
        self.texts: list[tuple[Any, ...]] = []

    def bar(
        self, low: float, high: float, y: float, height: float, colour: str, event_id: str = "", hover: str = ""
    ) -> None:  # fmt: skip
        """A box from second `low` to `high`, `height` pixels tall."""
        span = round((high - low) * self.length, 6)
        span = int(span) if span == int(span) else span
        self.bars.append(Bar(self.value(low), y, span, height, colour, event_id, hover))

    def column(
        self, low: float, high: float, foot: float, rise: float, colour: str, hover: str
    ) -> None:
        """An upright bar from second `low` to `high`, `rise` pixels tall on y `foot`."""
        span, middle = round((high - low) * self.length, 6), self.value((low + high) / 2)
        self.columns.append(Bar(middle, foot, span, -round(rise, 2), colour, "", hover))

    def rule(
        self, points: list[tuple[float, float]], colour: str, dash: str = "solid", width: float = 1.5
    ) -> None:  # fmt: skip
        """A line through (second, pixel) points: all of one kind are one path, so they cost little."""
        path = self.rules.setdefault((colour, dash, width), [])
        for pen, (t, y) in zip("M" + "L" * len(points), points, strict=False):
            at = str(self.value(t)).replace("T", "_")  # a T would be a curve
            path.append(f"{pen}{at},{round(y, 2):g}")

    def upright(self, at: float, y: float, high: float, colour: str, width: float = 2) -> None:
        """A vertical line of `high` pixels, its middle at second `at` and `y`."""
        self.rule([(at, y - high / 2), (at, y + high / 2)], colour, "solid", width)

    def outline(
        self, low: float, high: float, y: float, height: float, colour: str, width: float = 1.5
    ) -> None:
        """The edge of a box from second `low` to `high`, its middle at `y`."""
        top, foot = y - height / 2, y + height / 2
        corners = [(low, foot), (low, top), (high, top), (high, foot), (low, foot)]
        self.rule(corners, colour, "solid", width)

    def point(
        self, at: float, y: float, symbol: str, size: float, fill: str, edge: str, event_id: str, hover: str,
        dash: str = "solid", angle: float = 0, off: float = 0,
    ) -> None:  # fmt: skip
        """A marker that stands for an event: it can be hovered and clicked."""
        place = (self.value(at), y, symbol, size, fill, edge, 1.8, dash, angle, off, event_id)
        self.points.append(Point(*place, hover))

    def sign(
        self, at: float, y: float, symbol: str, size: float, colour: str, line: float = 0.0
    ) -> None:
        """A marker that only decorates: it has no hover."""
        self.points.append(Point(self.value(at), y, symbol, size, colour, colour, line))

    def text(
        self, at: float, y: float, text: str, side: str, gap: float = 0, *, size: float = 12, colour: str = "ink",
        family: str = SANS, weight: str = "normal", style: str = "normal", event_id: str = "",
    ) -> None:  # fmt: skip
        """Marked-up text centred on `y`: right, left or center of a second, `gap` pixels away.

        `event_id`: the event that it names, if a click on it should lead there.
        The gap is made of no-break spaces, which stay the same when the axis is zoomed.
        """
        pad = "\xa0" * round(gap / SPACE)
        if pad:
            lines = text.split("<br>")
            text = "<br>".join(pad + x if side == "right" else x + pad for x in lines)
        font = (size, self.colours[colour], family, weight, style)
        self.texts.append((self.value(at), round(y, 2), text, f"middle {side}", event_id, *font))

    def fade(self, solid: float, faint: float, y: float, colour: str) -> None:
        """A tail from second `solid` that thins and pales towards second `faint`."""
        steps = int(min(14, max(4, abs(faint - solid) * self.scale / 4)))
        edges = np.linspace(solid, faint, steps + 1).tolist()
        for i, (a, b) in reversed(list(enumerate(pairwise(edges)))):
            share = 1 - (i + 0.5) / steps
            pale = mix(colour, self.colours["panel"], 0.15 + 0.85 * share)
            self.bar(min(a, b), max(a, b), y, round(2 + (THICK - 2) * share, 1), pale)

    def traces(self) -> list[dict[str, Any]]:
        """The gathered signs as at most seven traces in drawing order."""
        spans, strokes = _parted(self.bars)
        events, signs = _parted(self.points)
        out = [
            self._columns(), self._bars(spans, "spans"), self._bars(strokes, "strokes"), self._points(signs, "signs"),
            self._points([p for p in events if not p.angle], "events"),
            self._points([p for p in events if p.angle], "events"), self._texts(),
        ]  # fmt: skip
        return [trace for trace in out if trace]

    def _trace(self, type_: str, name: str, hovers: list[str] | None = None) -> dict[str, Any]:
        x, y = self.axes
        said: dict[str, Any] = {"hoverinfo": "skip"}
        if hovers and any(hovers):
            said = {"hoverinfo": "text", "hovertext": hovers}
        return {"type": type_, "name": name, "xaxis": x, "yaxis": y, "showlegend": False} | said

    def _columns(self) -> dict[str, Any]:
        if not self.columns:
            return {}
        at, foot, wide, rise, colour, _, hover = map(list, zip(*self.columns, strict=True))
        return self._trace("bar", "counts", hover) | {
            "x": at, "y": rise, "base": foot, "width": wide, "marker": {"color": colour, "line": {"width": 0}},
        }  # fmt: skip

    def _bars(self, bars: list[Bar], name: str) -> dict[str, Any]:
        if not bars:
            return {}
        begin, y, span, height, colour, ids, hover = map(list, zip(*bars, strict=True))
        out = self._trace("bar", name, hover) | {
            "orientation": "h", "base": begin, "x": span, "y": y, "width": _same(height),
            "marker": {"color": _same(colour), "line": {"width": 0}},
        }  # fmt: skip
        return out | {"customdata": ids} if any(ids) else out

    def shapes(self) -> list[dict[str, Any]]:
        """One shape a colour and width of line: plotly draws each as a single path, however many lines.

        They lie under the marks of a chapter, and over what is on the page.
        """
        x, y = self.axes
        layer = "above" if x == "x" else "between"
        return [
            {
                "type": "path", "xref": x, "yref": y, "layer": layer, "path": "".join(path),
                "line": {"color": colour, "dash": dash, "width": width},
            }
            for (colour, dash, width), path in sorted(self.rules.items())
        ]  # fmt: skip

    def _points(self, points: list[Point], name: str) -> dict[str, Any]:
        if not points:
            return {}
        x, y, symbol, size, fill, edge, width, dash, angle, off, ids, hover = map(
            list, zip(*points, strict=True)
        )
        line = {"color": _same(edge), "width": _same(width)}
        marker = {
            "symbol": _same(symbol), "size": _same(size), "color": _same(fill), "opacity": 1, "line": line,
        }  # fmt: skip
        if {*dash} != {"solid"}:
            line["dash"] = dash
        if any(angle):
            marker |= {"angle": _same(angle), "standoff": _same(off)}
        place = {"mode": "markers", "x": x, "y": y, "marker": marker}
        out = self._trace("scatter", name, hover) | place
        return out | {"customdata": ids} if any(ids) else out

    def _texts(self) -> dict[str, Any]:
        if not self.texts:
            return {}
        x, y, text, position, ids, *font = map(list, zip(*self.texts, strict=True))
        names = ("size", "color", "family", "weight", "style")
        out = self._trace("scatter", "labels") | {
            "mode": "text", "x": x, "y": y, "text": text, "textposition": _same(position),
            "textfont": {name: _same(values) for name, values in zip(names, font, strict=True)},
        }  # fmt: skip
        return out | {"customdata": ids} if any(ids) else out


def _parted(marks: list[Any]) -> tuple[list[Any], list[Any]]:
    """Those with a hover, and those without."""
    return [m for m in marks if m.hover], [m for m in marks if not m.hover]


def _same(values: list[Any]) -> Any:
    """The one value where all are equal, which plotly draws faster, else the list."""
    return values[0] if all(v == values[0] for v in values) else values
