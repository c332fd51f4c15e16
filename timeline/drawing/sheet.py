"""Plotly trace data gathered against one pair of axes, so that traces do not grow with events."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

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
        self.bars: list[tuple[Any, ...]] = []
        self.rules: dict[tuple[str, str, float], list[tuple[Any, float | None]]] = {}
        self.signs: list[tuple[Any, ...]] = []
        self.points: list[tuple[Any, ...]] = []
        self.texts: list[tuple[Any, ...]] = []
        self.columns: list[tuple[Any, ...]] = []

    def bar(
        self,
        low: float,
        high: float,
        y: float,
        height: float,
        colour: str,
        event_id: str = "",
        hover: str = "",
    ) -> None:
        """A box from second `low` to `high`, `height` pixels tall."""
        span = round((high - low) * self.length, 6)
        self.bars.append(
            (
                self.value(low),
                int(span) if span == int(span) else span,
                y,
                height,
                colour,
                event_id,
                hover,
            )
        )

    def rule(
        self,
        points: list[tuple[float, float]],
        colour: str,
        dash: str = "solid",
        width: float = 1.5,
    ) -> None:
        """A line through (second, pixel) points."""
        path = self.rules.setdefault((colour, dash, width), [])
        path += [*((self.value(t), y) for t, y in points), (None, None)]

    def column(
        self, low: float, high: float, foot: float, rise: float, colour: str, hover: str
    ) -> None:
        """An upright bar from second `low` to `high`, `rise` pixels tall on y `foot`."""
        span = round((high - low) * self.length, 6)
        middle = self.value((low + high) / 2)
        self.columns.append((middle, span, foot, -round(rise, 2), colour, hover))

    def point(
        self, at: float, y: float, symbol: str, size: float, fill: str, edge: str, event_id: str, hover: str,
        dash: str = "solid", angle: float = 0, off: float = 0,
    ) -> None:  # fmt: skip
        """A marker that stands for an event: it can be hovered and clicked."""
        place = (self.value(at), y, symbol, size, fill, edge, dash, angle, off, event_id, hover)
        self.points.append(place)

    def text(
        self, at: float, y: float, text: str, side: str, event_id: str = "", gap: float = 0
    ) -> None:
        """Marked-up text centred on `y`: right, left or center of a second, `gap` pixels away.

        The gap is made of no-break spaces, which stay the same when the axis is zoomed.
        """
        pad = "\xa0" * round(gap / SPACE)
        lines = text.split("<br>") if pad else []
        text = "<br>".join(pad + x if side == "right" else x + pad for x in lines) or text
        self.texts.append((self.value(at), round(y, 2), text, f"middle {side}", event_id))

    def sign(
        self,
        at: float,
        y: float,
        symbol: str,
        size: float,
        colour: str,
        line: float = 0.0,
        angle: float = 0,
        off: float = 0,
    ) -> None:
        """A marker that only decorates: it has no hover."""
        self.signs.append((self.value(at), y, symbol, size, colour, line, angle, off))

    def fade(self, solid: float, faint: float, y: float, colour: str) -> None:
        """A tail from second `solid` that thins and pales towards second `faint`."""
        steps = int(min(14, max(4, abs(faint - solid) * self.scale / 4)))
        edges = np.linspace(solid, faint, steps + 1).tolist()
        for i, (a, b) in reversed(list(enumerate(pairwise(edges)))):
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
                "hovertext": hover, "marker": {"color": colour, "line": {"width": 0}}, "name": "counts",
            })  # fmt: skip
        for told in (True, False):
            bars = [bar for bar in self.bars if bool(bar[6]) is told]
            if not bars:
                continue
            begin, span, y, height, colour, ids, hover = map(list, zip(*bars, strict=True))
            said = (
                {"customdata": ids, "hovertext": hover, "hoverinfo": "text"}
                if told
                else {"hoverinfo": "skip"}
            )
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
        for told in (True, False):
            points = [point for point in self.points if bool(point[10]) is told]
            if not points:
                continue
            x, y, symbol, size, fill, edge, dash_, angle, off, ids, hover = map(
                list, zip(*points, strict=True)
            )
            said = (
                {"customdata": ids, "hovertext": hover, "hoverinfo": "text"}
                if told
                else {"hoverinfo": "skip"}
            )
            out.append(base | said | {
                "type": "scatter", "mode": "markers", "x": x, "y": y, "name": "events" if told else "key", "cliponaxis": False,
                "marker": {
                    "symbol": symbol, "size": size, "color": fill, "angle": angle, "standoff": off,
                    "opacity": 1, "line": {"color": edge, "width": 1.8, "dash": dash_},
                },
            })  # fmt: skip
        if self.texts:
            x, y, text, position, ids = map(list, zip(*self.texts, strict=True))
            out.append(silent | {
                "type": "scatter", "mode": "text", "x": x, "y": y, "text": text, "customdata": ids,
                "textposition": position, "name": "labels", "cliponaxis": True,
                "textfont": {"size": 12, "color": self.colours["ink"]},
            })  # fmt: skip
        return out
