"""Paints a plan as a plain plotly Figure: no arithmetic but turning seconds into what an axis holds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from timeline.drawing.bins import HEIGHT
from timeline.drawing.chapters import DAY, Chapter, civil, stretch_words
from timeline.drawing.layout import Plan, arrange
from timeline.drawing.page import STYLES
from timeline.drawing.rows import Row
from timeline.drawing.strokes import Sheet, draw_mark, draw_rivals, rgba
from timeline.drawing.themes import SANS, SERIF, palette
from timeline.drawing.ticks import ticks
from timeline.drawing.words import escape, hover_text

TICK_FORMATS = (
    (None, 1000, "%H:%M:%S.%L\n%-d %b %Y"),
    (1000, 60_000, "%H:%M:%S\n%-d %b %Y"),
    (60_000, 86_400_000, "%H:%M\n%-d %b %Y"),
    (86_400_000, "M1", "%-d %b\n%Y"),
    ("M1", "M12", "%b\n%Y"),
    ("M12", None, "%Y"),
)


def draw(
    events: pd.DataFrame,
    *,
    width: float = 900,
    scale: str = "chapters",
    lane: str | None = None,
    title: str | None = None,
    template: str = "timeline",
) -> go.Figure:
    """The story as a plotly Figure of fixed size, honest about what each date is known to.

    `events`: frame in the EVENTS schema, any row order. `width`: pixels; the height follows.
    `scale`: chapters or linear. `lane`: a column to group by. `template`: timeline, timeline+dark or
    timeline+grey. The point of each event carries its `event_id` as customdata. The same events give
    the same JSON, whatever their order; no text in them is interpreted as HTML or TeX.
    Raises InputError for a missing column, or an unknown lane, scale or template.
    """
    colours = palette(template)
    plan = arrange(events, width=width, scale=scale, lane=lane, title=title)
    return paint(plan, colours, template)


def paint(plan: Plan, colours: dict[str, str], template: str) -> go.Figure:
    """The figure of a plan."""
    page = Sheet(("x", "y"), lambda px: round(float(px), 2), 1.0, colours)
    by_date = all(1 < civil(c.view_start)[0] and civil(c.view_stop)[0] < 9999 for c in plan.chapters)
    value, length = (_iso, 1000.0) if by_date else (_days, 1 / DAY)
    sheets = [
        Sheet((f"x{c.number + 2}", f"y{c.line + 2}"), value, length, colours, (c.right - c.left) / (c.view_stop - c.view_start))
        for c in plan.chapters
    ]
    hover_width = max(190.0, min(400.0, plan.width * 0.56))
    whole = Chapter(-1, 0, int(plan.width), 0, 0, plan.width, -1, 0, plan.width, "", "")
    fullest = max((row.count for row in plan.rows if row.role == "bin"), default=1.0)
    hovers = {i: hover_text(event, hover_width) for i, event in plan.events.items()}
    rivals: dict[tuple[int, int, str], list[Row]] = {}
    for row in plan.rows:
        if row.role == "alternative":
            rivals.setdefault((row.index, row.chapter, row.lane), []).append(row)
    for row in plan.rows:
        sheet, chapter = (page, whole) if row.chapter < 0 else (sheets[row.chapter], plan.chapters[row.chapter])
        if row.role == "event":
            event = plan.events[row.index]
            draw_mark(sheet, row, chapter, hovers[row.index], bool(event["qualifier"]))
            others = rivals.get((row.index, row.chapter, row.lane))
            if others and row.label:
                draw_rivals(sheet, row, others, _own_sources(event, row), chapter)
        elif row.role == "undated":
            page.points.append(
                (row.at, row.y, "circle", 8, colours["paper"], colours.get(row.kind, colours["other"]), "2px,2px", 0, 0, row.event_id, hovers[row.index])
            )
        elif row.role == "chip":
            ends = (chapter.to_moment(row.left), chapter.to_moment(row.right))
            more = f"{row.count:,.0f} more event{'s' * (row.count != 1)} here"
            sheet.bar(*ends, row.y, 13, colours["chip"], "", more)
        elif row.role == "bin":
            rise = -max(1.5, row.count / fullest * HEIGHT)
            amount = f"{row.count:,.0f}" if row.count == int(row.count) else f"about {row.count:,.1f}"
            seen = f"{amount} events<br>{stretch_words(row.x0, row.x1)}"
            middle, span = (row.x0 + row.x1) // 2, (row.x1 - row.x0) * length
            sheet.columns.append((value(middle), round(span, 6), row.y, round(rise, 2), rgba(colours["soft"], 0.55), seen))
        if row.stem == row.stem:
            at = chapter.to_moment(row.at)
            sheet.rule([(at, row.y + 6), (at, row.stem)], colours["stem"], "solid", 1)
        if row.label:
            _put_label(sheet, row, chapter)
    _put_page(plan, page, colours, whole)
    traces = [t for s in [page, *sheets] for t in s.traces()]
    figure_layout = _layout(plan, colours, template, value, by_date)
    return go.Figure({"data": traces, "layout": figure_layout})


def _own_sources(event: dict[str, Any], row: Row) -> int:
    """How many sources stand behind the event's own date."""
    named = {s for other in event["alternatives"] for s in other.get("sources") or []}
    own = [o for o in event["alternatives"] if str(o.get("start"))[:10] == _iso(row.x0)[:10]]
    if own:
        return len(own[0].get("sources") or [])
    return max(1, len(set(event["sources"]) - named))


def _put_label(sheet: Sheet, row: Row, chapter: Chapter) -> None:
    """The label as one text: bold title, softer note. Plotly centres it on its point."""
    lines = [f"<b>{escape(x)}</b>" for x in row.label.split("\n")]
    soft = sheet.colours["soft"]
    if row.role == "chip":
        moment = chapter.to_moment(row.tie)
        text = f'<span style="font-size:10px;color:{soft}">{lines[0]}</span>'
        sheet.texts.append((sheet.value(moment), row.y, text, "middle center", 0, ""))
        return
    for note in row.note.split("\n") if row.note else []:
        lines.append(f'<span style="font-size:11px;color:{soft}">{escape(note)}</span>')
    offset = {"right": row.label_left - row.tie, "left": row.tie - row.label_right}.get(row.side, 0.0)
    side = {"right": "right", "from-left": "right", "left": "left", "from-right": "left"}.get(row.side, "center")
    y = round(row.label_top + 8.5 + 7.8 * (len(lines) - 1), 2)
    size = round(max(0.0, (offset - 1) * 1.6), 2)
    sheet.texts.append((sheet.value(chapter.to_moment(row.tie)), y, "<br>".join(lines), f"middle {side}", size, row.event_id))


def _put_page(plan: Plan, page: Sheet, colours: dict[str, str], whole: Chapter) -> None:
    """Headings, silences, the key and the breaks between chapters."""
    for text in plan.texts:
        size, face, role = STYLES[text.style]
        shown = f'<span style="font-size:{size}px;color:{colours[role]};font-family:{SERIF if "serif" in face else SANS}">{escape(text.text)}</span>'
        shown = f"<i>{shown}</i>" if text.style == "silence" else f"<b>{shown}</b>" if "bold" in face else shown
        side = {"left": "right", "middle": "center", "right": "left"}[text.anchor]
        page.texts.append((text.x, round(text.y - 9, 2), shown, f"bottom {side}", 0, ""))
    for before, after in zip(plan.chapters, plan.chapters[1:], strict=False):
        if before.line == after.line:
            y, middle = plan.panels[before.line][1], (before.right + after.left) / 2
            page.rule([(before.right + 5, y), (middle - 7, y)], colours["line"], "2px,3px", 1)
            page.rule([(middle + 7, y), (after.left - 5, y)], colours["line"], "2px,3px", 1)
            for x in (middle - 3, middle + 3):
                page.rule([(x - 3, y + 6), (x + 3, y - 6)], colours["line"], "solid", 1.5)
    for entry in plan.key:
        x, y = entry.x, entry.y
        row = Row("", "key", -1, -1, "", y, symbol=entry.symbol, status=entry.status, count=1, left=x - 7, right=x + 7, x0=int(x - 7), x1=int(x + 7), at=x)
        if entry.symbol == "chip":
            page.bar(x - 8, x + 8, y, 12, colours["chip"])
        elif entry.symbol == "bin":
            for i, high in enumerate((5, 10, 7)):
                page.bar(x - 7 + 5 * i, x - 3 + 5 * i, y + 5 - high / 2, high, rgba(colours["soft"], 0.55))
        elif entry.symbol == "rival":
            page.rule([(x - 6, y - 1), (x - 6, y - 5), (x + 6, y - 5), (x + 6, y - 1)], colours["soft"], "solid", 1)
            page.sign(x - 6, y + 3, "circle", 6, colours["other"])
            page.sign(x + 6, y + 3, "circle-open", 5, colours["other"], 1)
        elif entry.symbol in ("tail", "arrow"):
            page.fade(x - 8, x + 5, y, colours["other"])
            if entry.symbol == "arrow":
                page.sign(x + 5, y, "triangle-right", 8, colours["other"])
        elif entry.symbol == "bar":
            page.bar(x - 8, x + 8, y, 10, colours["other"])
        else:
            draw_mark(page, replace(row, label="key"), whole, "", False)


def _layout(plan: Plan, colours: dict[str, str], template: str, value: Any, by_date: bool) -> dict[str, Any]:
    """Axes, panels and size. Everything is placed in pixels: the plot area is the whole figure."""
    width, height = round(plan.width, 2), round(plan.height, 2)
    blank = {"visible": False, "fixedrange": True, "showgrid": False, "zeroline": False}
    shapes = []
    out: dict[str, Any] = {
        "template": template, "width": width, "height": height, "showlegend": False, "barmode": "overlay",
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0}, "dragmode": "zoom", "hovermode": "closest",
        "xaxis": blank | {"range": [0, width], "domain": [0, 1], "anchor": "y"},
        "yaxis": blank | {"range": [height, 0], "domain": [0, 1], "anchor": "x"},
    }  # fmt: skip
    for line, (top, bottom) in enumerate(plan.panels):
        first = next(c for c in plan.chapters if c.line == line)
        out[f"yaxis{line + 2}"] = blank | {
            "range": [bottom, top], "domain": [1 - bottom / height, 1 - top / height], "anchor": f"x{first.number + 2}",
        }  # fmt: skip
    for chapter in plan.chapters:
        top, bottom = plan.panels[chapter.line]
        place = {"xref": "paper", "yref": "paper", "x0": chapter.left / width, "x1": chapter.right / width}
        shapes.append(place | {
            "type": "rect", "y0": 1 - bottom / height, "y1": 1 - top / height, "layer": "below",
            "fillcolor": colours["panel"], "line": {"width": 0},
        })  # fmt: skip
        for _, y in (lane for lane in plan.lanes if top < lane[1] < bottom):
            shapes.append(place | {
                "type": "line", "y0": 1 - y / height, "y1": 1 - y / height, "layer": "below",
                "line": {"width": 1, "color": colours["grid"]},
            })  # fmt: skip
        n_ticks = max(2, int((chapter.right - chapter.left) // 84))
        axis = {
            "domain": [chapter.left / width, chapter.right / width], "anchor": f"y{chapter.line + 2}",
            "range": [value(chapter.view_start), value(chapter.view_stop)], "showline": True, "linewidth": 1,
            "ticks": "outside", "ticklen": 4, "showgrid": True, "gridwidth": 1, "zeroline": False, "tickangle": 0,
        }  # fmt: skip
        if by_date:
            axis |= {"type": "date", "nticks": n_ticks + 1, "tickformatstops": [
                {"dtickrange": [low, high], "value": form} for low, high, form in TICK_FORMATS
            ]}  # fmt: skip
        else:
            marks = ticks(chapter.view_start, chapter.view_stop, n_ticks)
            axis |= {"type": "linear", "fixedrange": True, "tickmode": "array", "tickvals": [value(t) for t, *_ in marks],
                     "ticktext": [f"{a}<br>{b}" if b else a for _, a, b in marks]}  # fmt: skip
        out[f"xaxis{chapter.number + 2}"] = axis
    out["shapes"] = shapes
    return out


def _iso(second: float) -> str:
    """A zone-free ISO text: plotly shifts numbers and offsets to the reader's zone, but never these."""
    text = str(np.datetime64(round(second), "s"))
    return text.removesuffix("T00:00:00")


def _days(second: float) -> float:
    """Days since 1970 for an axis with our own ticks, where plotly has no dates."""
    return round(second / DAY, 6)
