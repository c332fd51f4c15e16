"""Paints a plan as a plain plotly Figure: no arithmetic but turning seconds into what an axis holds."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from timeline.drawing.bins import HEIGHT
from timeline.drawing.chapters import DAY, Chapter, civil, stretch_words
from timeline.drawing.ground import Plan
from timeline.drawing.labels import NOTE_SIZE, SIZE
from timeline.drawing.layout import arrange
from timeline.drawing.marks import rival_words
from timeline.drawing.page import STYLES, Text
from timeline.drawing.rows import Row
from timeline.drawing.sheet import Sheet, rgba
from timeline.drawing.strokes import draw_key, draw_mark, draw_rivals
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

    >>> from timeline.schema import EVENTS, empty_frame
    >>> figure = draw(empty_frame(EVENTS))
    >>> figure.layout.width, len(figure.data)
    (900, 1)
    """
    colours = palette(template)
    plan = arrange(events, width=width, scale=scale, lane=lane, title=title)
    return paint(plan, colours, template)


def paint(
    plan: Plan,
    colours: dict[str, str],
    template: str,
    page: Sheet | None = None,
    sheets: list[Sheet] | None = None,
) -> go.Figure:
    """The figure of a plan; `page` and the chapters' `sheets` may hold more that is already drawn."""
    page, sheets = page or page_sheet(colours), sheets or chapter_sheets(plan, colours)
    whole = Chapter(-1, 0, int(plan.width), 0, 0, plan.width, -1, 0, plan.width, "", "")
    fullest = max((row.count for row in plan.rows if row.role == "bin"), default=1.0)
    hovers = {i: hover_text(event, plan.width) for i, event in plan.events.items()}
    rivals: dict[tuple[int, int, str], list[Row]] = {}
    for row in plan.rows:
        if row.role == "alternative":
            rivals.setdefault((row.index, row.chapter, row.lane), []).append(row)
    for c in plan.whole:
        (top, bottom), tint = plan.panels[c.line], rgba(colours["soft"], 0.2)
        for one in plan.chapters:
            if c.holds(one):
                spare = max(0.0, 4 / c.pixels_a_second - (one.stop - one.start)) / 2
                ends, words = (one.start - spare, one.stop + spare), f"{one.heading} below"
                sheets[c.number].bar(*ends, (top + bottom) / 2, bottom - top, tint, "", words)
    for row in plan.rows:
        here = row.chapter >= 0
        sheet, chapter = (
            (sheets[row.chapter], plan.chapters[row.chapter]) if here else (page, whole)
        )
        if row.role == "event":
            event = plan.events[row.index]
            doubtful = event["qualifier"] in ("?", "~", "%")
            draw_mark(sheet, row, chapter, hovers[row.index], doubtful)
            others = rivals.get((row.index, row.chapter, row.lane))
            if others and row.label:
                draw_rivals(sheet, row, others, _own_sources(event), chapter)
        elif row.role == "undated":
            edge = colours.get(row.kind, colours["other"])
            told = (row.event_id, hovers[row.index], "2px,2px")
            page.point(row.at, row.y, "circle", 8, colours["paper"], edge, *told)
        elif row.role == "chip":
            more = f"{row.count:,.0f} more event{'s' * (row.count != 1)} here"
            ends = chapter.to_moment(row.left), chapter.to_moment(row.right)
            sheet.bar(*ends, row.y, 13, colours["chip"], "", more)
        elif row.role == "bin":
            about = "" if row.count == int(row.count) else "about "
            amount = f"{about}{row.count:,.{1 if about else 0}f} events<br>{stretch_words(row.x0, row.x1)}"
            rise = max(1.5, row.count / fullest * HEIGHT)
            sheet.column(row.x0, row.x1, row.y, rise, rgba(colours["soft"], 0.55), amount)
        if row.stem == row.stem:
            at = chapter.to_moment(row.at)
            sheet.rule([(at, row.y + 6), (at, row.stem)], colours["stem"], "solid", 1)
        if row.label:
            _put_label(sheet, row, chapter)
    put_texts(plan.texts, page)
    _put_breaks(plan, page)
    for entry in plan.key:
        draw_key(page, entry.x, entry.y, entry.symbol, entry.status, whole)
    out = _layout(plan, colours, template)
    out["shapes"] += [shape for sheet in [page, *sheets] for shape in sheet.shapes()]
    return go.Figure(
        {"data": [trace for sheet in [page, *sheets] for trace in sheet.traces()], "layout": out}
    )


def page_sheet(colours: dict[str, str]) -> Sheet:
    """An empty sheet whose axis is the pixels of the figure."""
    return Sheet(("x", "y"), lambda px: round(float(px), 2), 1.0, colours)


def chapter_sheets(plan: Plan, colours: dict[str, str]) -> list[Sheet]:
    """An empty sheet for each chapter, whose axis is time."""
    value, length = (_iso, 1000.0) if _by_date(plan) else (_days, 1 / DAY)
    return [
        Sheet((f"x{c.number + 2}", f"y{c.line + 2}"), value, length, colours, c.pixels_a_second)
        for c in plan.chapters
    ]


def _by_date(plan: Plan) -> bool:
    """Whether plotly's date axes know all years of the plan."""
    return all(1 < civil(t)[0] < 9999 for c in plan.chapters for t in (c.view_start, c.view_stop))


def _own_sources(event: dict[str, Any]) -> tuple[int, int]:
    """How many sources stand behind the event's own date, and behind it and its rivals together."""
    rival = [set(o.get("sources") or []) for o in event["alternatives"] if rival_words(event, o)]
    own = max(1, len(set(event["sources"]) - set().union(*rival)))
    return own, own + sum(map(len, rival))


def _put_label(sheet: Sheet, row: Row, chapter: Chapter) -> None:
    """The label as one text: bold title, softer note. Plotly centres it on its point."""
    at, y = chapter.to_moment(row.tie), (row.label_top + row.label_bottom) / 2 + 0.7
    if row.role == "chip":
        sheet.text(at, y, escape(row.label), "center", size=10, colour="soft")
        return
    colour = sheet.colours["soft"]
    soft = f'<span style="font-weight:normal;font-size:{NOTE_SIZE}px;color:{colour}">'
    lines = [escape(line) for line in row.label.split("\n")]
    lines += [f"{soft}{escape(note)}</span>" for note in row.note.split("\n") if note]
    side, gap = "center", 0.0
    if row.side in ("right", "from-left"):
        side, gap = "right", row.label_left - row.tie
    elif row.side in ("left", "from-right"):
        side, gap = "left", row.tie - row.label_right
    text = "<br>".join(lines)
    sheet.text(at, y, text, side, gap, size=SIZE, weight="bold", event_id=row.event_id)


def put_texts(texts: list[Text], page: Sheet) -> None:
    """Nothing; headings and other texts of the page are on the sheet, a quarter above their baseline."""
    for text in texts:
        size, face, role = STYLES[text.style]
        side = {"left": "right", "middle": "center", "right": "left"}[text.anchor]
        page.text(
            text.x, text.y - size / 4, escape(text.text), side, size=size, colour=role,
            family=SERIF if "serif" in face else SANS, weight="bold" if "bold" in face else "normal",
            style="italic" if text.style == "silence" else "normal",
        )  # fmt: skip


def _put_breaks(plan: Plan, page: Sheet) -> None:
    """Two slashes on a dotted line where the axis is cut, and a hairline between two lanes."""
    colour = page.colours["line"]
    for before, after in pairwise(plan.chapters):
        if before.line == after.line:
            y, middle = plan.panels[before.line][1], (before.right + after.left) / 2
            page.rule([(before.right + 5, y), (middle - 7, y)], colour, "2px,3px", 1)
            page.rule([(middle + 7, y), (after.left - 5, y)], colour, "2px,3px", 1)
            for x in (middle - 3, middle + 3):
                page.rule([(x - 3, y + 6), (x + 3, y - 6)], colour)
    for c in plan.chapters:
        top, bottom = plan.panels[c.line]
        for y in plan.lanes:
            if top < y < bottom:
                page.rule([(c.left, y), (c.right, y)], page.colours["grid"], "solid", 1)


def _layout(plan: Plan, colours: dict[str, str], template: str) -> dict[str, Any]:
    """Axes, panels and size. Everything is placed in pixels: the plot area is the whole figure."""
    by_date = _by_date(plan)
    value = _iso if by_date else _days
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
        shapes.append({
            "type": "rect", "xref": "paper", "yref": "paper", "layer": "below", "line": {"width": 0},
            "x0": chapter.left / width, "x1": chapter.right / width, "y0": 1 - bottom / height,
            "y1": 1 - top / height, "fillcolor": colours["panel"],
        })  # fmt: skip
        n_days = (chapter.view_stop - chapter.view_start) / DAY
        n_ticks = max(2, int((chapter.right - chapter.left) // 84)) + 1
        n_ticks = n_ticks if n_days < 3 else min(n_ticks, int(n_days))  # no noons among whole days
        axis = {
            "domain": [chapter.left / width, chapter.right / width], "anchor": f"y{chapter.line + 2}",
            "range": [value(chapter.view_start), value(chapter.view_stop)], "showline": True, "linewidth": 1,
            "ticks": "outside", "ticklen": 4, "showgrid": True, "gridwidth": 1, "zeroline": False, "tickangle": 0,
        }  # fmt: skip
        if by_date:
            axis |= {"type": "date", "nticks": n_ticks, "tickformatstops": [
                {"dtickrange": [low, high], "value": form} for low, high, form in TICK_FORMATS
            ]}  # fmt: skip
        else:
            marks = ticks(chapter.view_start, chapter.view_stop, n_ticks - 1)
            axis |= {"type": "linear", "fixedrange": True, "tickmode": "array", "tickvals": [value(t) for t, *_ in marks],
                     "ticktext": [f"{a}<br>{b}" if b else a for _, a, b in marks]}  # fmt: skip
        out[f"xaxis{chapter.number + 2}"] = axis
    out["shapes"] = shapes
    if plan.title:
        out["meta"] = {"title": plan.title}
    return out


def _iso(second: float) -> str:
    """A zone-free ISO text: plotly shifts numbers and offsets to the reader's zone, but never these."""
    text = str(np.datetime64(round(second), "s"))
    return text.removesuffix("T00:00:00")


def _days(second: float) -> float:
    """Days since 1970 for an axis with our own ticks, where plotly has no dates."""
    return round(second / DAY, 6)
