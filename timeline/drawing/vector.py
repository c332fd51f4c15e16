"""Writes a figure of this package as SVG in plain Python, for print, for no script, and where no browser is.

It knows the trace and layout properties that this package draws with, and refuses others.
"""

from __future__ import annotations

import html
import re
from math import cos, pi, sin
from typing import Any

import numpy as np
import plotly.graph_objects as go

from timeline.drawing.themes import SANS
from timeline.drawing.ticks import ticks
from timeline.errors import InputError

DASHES = {"dot": "2,3", "dash": "6,4"}


def figure_svg(figure: go.Figure) -> str:
    """The figure as one SVG element; the same figure gives the same text.

    Points and bars that stand for an event have its id as `data-event`, and its hover as a title.
    Raises InputError for a figure with traces that this package does not draw.
    """
    if not isinstance(figure, go.Figure) or not (figure.layout.width and figure.layout.height):
        raise InputError("figure is none of this package; give what draw(events) returns")
    # The validated template holds the colours that a figure does not say itself.
    layout = figure.to_dict()["layout"]
    base = layout["template"]["layout"] if "template" in layout else {}
    width, height = float(layout["width"]), float(layout["height"])
    paper = layout.get("paper_bgcolor") or base.get("paper_bgcolor", "#ffffff")
    title = (layout.get("meta") or {}).get("title", "Timeline")
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(width)} {_n(height)}" '
        f'width="{_n(width)}" height="{_n(height)}" font-family="{SANS}" role="img" '
        f'aria-label="{html.escape(title, quote=True)}">',
        f'<rect width="100%" height="100%" fill="{paper}"/>',
    ]
    shapes = layout.get("shapes", [])
    out += [_panel(shape, width, height) for shape in shapes if shape["type"] != "path"]
    names = [k for k in layout if re.fullmatch("[xy]axis[0-9]*", k)]
    axes = {
        k.replace("axis", ""): _Axis(layout[k], base.get(f"{k[0]}axis", {}), width, height, k[0])
        for k in names
    }
    for axis in axes.values():
        if axis.letter == "x" and axis.spec.get("visible", True):
            out += axis.lines(axes[axis.spec.get("anchor", "y")])
    paths = [shape for shape in shapes if shape["type"] == "path"]
    lines = [(s["layer"], _lines(s, axes[s["xref"]], axes[s["yref"]])) for s in paths]
    out += [line for layer, line in lines if layer != "above"]
    for trace in figure.to_dict()["data"]:
        x, y = axes[trace.get("xaxis", "x")], axes[trace.get("yaxis", "y")]
        if trace["type"] == "bar":
            out += _bars(trace, x, y)
        elif trace["type"] == "scatter":
            out += _scatter(trace, x, y)
        else:
            raise InputError(
                f"trace type is {trace['type']!r}; without a browser only bar and scatter can be saved"
            )
    out += [line for layer, line in lines if layer == "above"]
    return "\n".join([*out, "</svg>", ""])


def _n(number: float) -> str:
    """A number in at most two decimals."""
    return f"{number:.2f}".rstrip("0").rstrip(".") or "0"


class _Axis:
    """One axis: turns what traces hold into pixels of the figure."""

    def __init__(
        self, spec: dict[str, Any], base: dict[str, Any], width: float, height: float, letter: str
    ) -> None:
        self.spec, self.base, self.letter = spec, base, letter
        low, high = spec.get("domain", [0, 1])
        ups = (height - low * height, height - high * height)
        self.ends = (low * width, high * width) if letter == "x" else ups
        self.date = spec.get("type") == "date"
        self.range = [self.number(v) for v in spec["range"]]

    def number(self, value: Any) -> float:
        """A value as a number: seconds on a date axis."""
        return float(np.datetime64(value, "s").astype(np.int64)) if self.date else float(value)

    def px(self, value: Any) -> float:
        """Pixels from the left or the top of the figure."""
        share = (self.number(value) - self.range[0]) / (self.range[1] - self.range[0])
        return self.ends[0] + share * (self.ends[1] - self.ends[0])

    def lines(self, across: _Axis) -> list[str]:
        """Grid, axis line and tick labels of an x axis that stands on `across`."""
        bottom, top = max(across.ends), min(across.ends)
        grid, line = (self.base.get(name, "#888888") for name in ("gridcolor", "linecolor"))
        ink = self.base.get("tickfont", {}).get("color", "#555555")
        if self.date:
            low, high = self.range
            scale = (self.ends[1] - self.ends[0]) / (high - low)
            told = ticks(low, high, self.spec["nticks"] - 1)
            places = [(self.ends[0] + (t - low) * scale, words) for t, *words in told]
        else:
            marks = zip(self.spec["tickvals"], self.spec["ticktext"], strict=True)
            places = [(self.px(v), text.split("<br>")) for v, text in marks]
        out = []
        for x, lines in places:
            out.append(f'<path d="M{_n(x)},{_n(top)}V{_n(bottom)}" stroke="{grid}"/>')
            out.append(f'<path d="M{_n(x)},{_n(bottom)}v4" stroke="{line}"/>')
            for i, words in enumerate(lines):
                out.append(
                    f'<text x="{_n(x)}" y="{_n(bottom + 17 + 14 * i)}" text-anchor="middle" font-size="11" '
                    f'fill="{ink}">{html.escape(words, quote=False)}</text>'
                )
        left, right = self.ends
        return [*out, f'<path d="M{_n(left)},{_n(bottom)}H{_n(right)}" stroke="{line}"/>']


def _panel(shape: dict[str, Any], width: float, height: float) -> str:
    """A rectangle in paper coordinates."""
    x0, x1 = shape["x0"] * width, shape["x1"] * width
    y0, y1 = (1 - shape["y1"]) * height, (1 - shape["y0"]) * height
    place = f'x="{_n(x0)}" y="{_n(y0)}" width="{_n(x1 - x0)}" height="{_n(y1 - y0)}"'
    return f'<rect {place} fill="{shape["fillcolor"]}"/>'


def _lines(shape: dict[str, Any], x: _Axis, y: _Axis) -> str:
    """Many lines as one path, from the data of two axes."""
    path, line = "", shape["line"]
    for pen, at, up in re.findall("([ML])([^,]+),([^ML]+)", shape["path"]):
        path += f"{pen}{_n(x.px(at.replace('_', 'T')))},{_n(y.px(up))}"
    dash = DASHES.get(line["dash"], line["dash"].replace("px", ""))
    dashed = f' stroke-dasharray="{dash}"' if dash != "solid" else ""
    return f'<path d="{path}" fill="none" stroke="{line["color"]}" stroke-width="{_n(line["width"])}"{dashed}/>'


def _each(value: Any, n: int) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value] * n


def _about(trace: dict[str, Any], i: int) -> tuple[str, str]:
    """The attribute that names the event, and a title with its hover text in plain lines."""
    ids, hovers = trace.get("customdata") or [], trace.get("hovertext") or []
    named = f' data-event="{html.escape(ids[i], quote=True)}"' if i < len(ids) and ids[i] else ""
    hover = hovers[i] if i < len(hovers) else ""
    plain = re.sub("</?(b|i)>", "", hover).replace("<br>", "\n")
    return named, f"<title>{plain}</title>" if plain else ""


def _bars(trace: dict[str, Any], x: _Axis, y: _Axis) -> list[str]:
    n, out = len(trace["y"]), []
    scale = (x.ends[1] - x.ends[0]) / (x.range[1] - x.range[0]) / (1000 if x.date else 1)
    columns = [trace[name] for name in ("x", "y", "base")]
    columns += [_each(trace["width"], n), _each(trace["marker"]["color"], n)]
    for i, (across, up, base, width, colour) in enumerate(zip(*columns, strict=True)):
        if trace.get("orientation") == "h":
            left, span = x.px(base), across * scale
            top, tall = y.px(up) - width / 2, width
        else:
            span = width * scale
            left = x.px(across) - span / 2
            foot, head = y.px(base), y.px(base + up)
            top, tall = min(foot, head), abs(head - foot)
        fill = "transparent" if colour.endswith(",0.0)") else colour
        named, title = _about(trace, i)
        shape = f'x="{_n(left)}" y="{_n(top)}" width="{_n(span)}" height="{_n(tall)}" fill="{fill}"{named}'
        out.append(f"<rect {shape}>{title}</rect>" if title else f"<rect {shape}/>")
    return out


def _scatter(trace: dict[str, Any], x: _Axis, y: _Axis) -> list[str]:
    out: list[str] = []
    n = len(trace["x"])
    if trace["mode"] not in ("markers", "text"):
        raise InputError(
            f"trace mode is {trace['mode']!r}; without a browser only markers and text can be saved"
        )
    if "markers" in trace["mode"]:
        marker = trace["marker"]
        edge = marker.get("line", {})
        columns = [marker["symbol"], marker["size"], marker["color"], edge.get("color", "none"), edge.get("width", 0),
                   edge.get("dash", "solid"), marker.get("angle", 0), marker.get("standoff", 0)]  # fmt: skip
        rows = zip(*(_each(c, n) for c in columns), strict=True)
        for i, (symbol, size, fill, stroke, line_width, dash, angle, off) in enumerate(rows):
            named, title = _about(trace, i)
            dashed = ' stroke-dasharray="2,2"' if dash != "solid" else ""
            if symbol.endswith("-open"):
                symbol, fill, stroke = symbol.removesuffix("-open"), "none", fill
            turn = f" rotate({_n(angle)}) translate(0,{_n(off)})" if angle or off else ""
            at = f"{_n(x.px(trace['x'][i]))},{_n(y.px(trace['y'][i]))}"
            place = f'transform="translate({at}){turn}"'
            pen = f'fill="{fill}" stroke="{stroke}" stroke-width="{_n(line_width)}"{dashed}{named}'
            out.append(f'<path d="{_symbol(symbol, size / 2)}" {place} {pen}>{title}</path>')
    if "text" in trace["mode"]:
        fonts = {name: _each(values, n) for name, values in trace["textfont"].items()}
        sides = _each(trace["textposition"], n)
        for i, (across, up, text) in enumerate(
            zip(trace["x"], trace["y"], trace["text"], strict=True)
        ):
            font = {name: values[i] for name, values in fonts.items()}
            out.append(_text(x.px(across), y.px(up), text, sides[i], font))
    return out


def _symbol(name: str, r: float) -> str:
    """The outline of a plotly marker symbol of radius `r`."""
    if name == "line-ne":
        return f"M{_n(r)},{_n(-r)}L{_n(-r)},{_n(r)}"
    if name == "x-thin":
        return f"M{_n(r)},{_n(r)}L{_n(-r)},{_n(-r)}M{_n(r)},{_n(-r)}L{_n(-r)},{_n(r)}"
    if name == "circle":
        return f"M{_n(r)},0A{_n(r)},{_n(r)} 0 1,1 {_n(-r)},0A{_n(r)},{_n(r)} 0 1,1 {_n(r)},0Z"
    corners = {"diamond": (4, 1.3, 0), "triangle-down": (3, 1.15, 180), "triangle-left": (3, 1.15, -90),
               "triangle-right": (3, 1.15, 90)}  # fmt: skip
    if name not in corners:
        known = ", ".join(["circle", "line-ne", "x-thin", *corners])
        raise InputError(f"marker symbol is {name!r}; without a browser use one of {known}")
    n, grown, turn = corners[name]
    angles = [(turn - 90 + 360 * i / n) * pi / 180 for i in range(n)]
    spots = [f"{_n(r * grown * cos(a))},{_n(r * grown * sin(a))}" for a in angles]
    return f"M{'L'.join(spots)}Z"


def _text(x: float, y: float, text: str, place: str, font: dict[str, Any]) -> str:
    """A text of plotly's markup, centred in height on its point, where plotly puts it."""
    size, lines = float(font["size"]), text.split("<br>")
    first = y + 0.75 * size - ((len(lines) - 1) * 1.3 + 1) * size / 2
    anchor = {"middle right": "start", "middle left": "end", "middle center": "middle"}[place]
    look = "".join(
        f' font-{name}="{font[name]}"'
        for name, usual in (("family", SANS), ("weight", "normal"), ("style", "normal"))
        if font.get(name, usual) != usual
    )
    rows = "".join(
        f'<tspan x="{_n(x)}" y="{_n(first + 1.3 * size * i)}">{_markup(line)}</tspan>'
        for i, line in enumerate(lines)
    )
    return f'<text font-size="{_n(size)}"{look} fill="{font["color"]}" text-anchor="{anchor}">{rows}</text>'


def _markup(line: str) -> str:
    """Plotly's <span style> as a tspan; the text between is escaped already."""
    opened = re.sub('<span style="([^"]*)color:', r'<tspan style="\1fill:', line)
    return opened.replace("</span>", "</tspan>")
