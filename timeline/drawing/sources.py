"""Who reports what, and who differs: events down, sources across; only what the events frame says."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from timeline.drawing.checking import bounds_of, lists_of
from timeline.drawing.figure import page_sheet, paint
from timeline.drawing.ground import Plan
from timeline.drawing.layout import most_salient, records
from timeline.drawing.marks import NAT, second_of
from timeline.drawing.page import Text, margin, put_head, put_meanings
from timeline.drawing.themes import palette
from timeline.drawing.widths import wrap
from timeline.drawing.words import clean, counted, hover_text
from timeline.errors import TEXT, expect, maybe

MOST_EVENTS, MOST_SOURCES, NARROWEST = 40, 12, 44
"""At most so many rows and columns; pixels of a column at least."""


def draw_sources(
    events: pd.DataFrame,
    *,
    width: float = 900,
    title: str | None = None,
    template: str = "timeline",
) -> go.Figure:
    """A table as a figure: a row for each event, in time order, and a column for each source.

    A filled dot: the source reports it, with its time words as written. A ring: the source says
    something else, with what it says. At most 40 events, the most salient, and 12 sources or as many
    as the width holds, those that report most; the subtitle says how many are left out. Points carry the event_id.
    Raises InputError naming a column that `events` lacks, or for an unknown template.
    """
    expect(title=(title, maybe(TEXT)))
    colours = palette(template)
    bounds = bounds_of(events, width)
    chosen = most_salient(events, np.arange(len(events)), MOST_EVENTS)
    rows = records(events, chosen, *bounds)
    order = sorted(rows.values(), key=_time_key)
    counts = Counter(chain.from_iterable(lists_of(events["sources"])))
    named = {s for e in order for o in e["alternatives"] for s in o.get("sources") or []}
    counts.update(dict.fromkeys(named, 0))
    first = margin(width) + max(
        120.0, (width - 2 * margin(width)) * (0.42 if width >= 600 else 0.36)
    )
    most = max(1, min(MOST_SOURCES, int((width - margin(width) - first) // NARROWEST)))
    sources = sorted(counts, key=lambda s: (-counts[s], s))[:most]
    plan, page = Plan(width), page_sheet(colours)
    left = margin(width)
    parts = [counted(len(events), "event"), counted(len(counts), "source")]
    if len(order) < len(events) or len(sources) < len(counts):
        parts.append(f"shown: {len(order)} events, {len(sources)} sources")
    y = put_head(plan, title, parts if order else [])
    column = (width - left - first) / max(1, len(sources))
    heads = [wrap(clean(s), column - 2, 11, "bold", 3) for s in sources]
    deepest = max(map(len, heads), default=0)
    for i, head in enumerate(heads):
        for j, line in enumerate(head):
            plan.texts.append(
                Text(
                    first + (i + 0.5) * column,
                    y + 13 * (j + deepest - len(head)) + 10,
                    line,
                    "lane",
                    "middle",
                )
            )
    y += 13 * deepest + 8
    for event in order:
        lines = wrap(clean(event["title"]), first - left - 14, 12, "bold", 2)
        high = 15.6 * len(lines) + 24
        page.rule([(left, y), (width - left, y)], colours["grid"], "solid", 1)
        for j, line in enumerate(lines):
            plan.texts.append(Text(left, y + 17 + 15.6 * j, line, "event"))
        for j, line in enumerate(wrap(clean(event["when"]), first - left - 14, 11, "sans", 3)):
            plan.texts.append(Text(left, y + 17 + 15.6 * len(lines) + 13 * j, line, "key"))
            high = max(high, 15.6 * len(lines) + 24 + 13 * j)
        hover = hover_text(event, max(190.0, min(400.0, width * 0.56)))
        for i, source in enumerate(sources):
            said = _said(event, source)
            if said is None:
                continue
            differs, words = said
            x, colour = (
                first + (i + 0.5) * column,
                colours["deadline"] if differs else colours.get(event["kind"], colours["other"]),
            )
            fill = colours["paper"] if differs else colour
            page.point(x, y + 15, "circle", 10, fill, colour, event["event_id"], hover)
            if words and column >= 54:
                for j, line in enumerate(wrap(clean(words), column - 8, 11, "sans", 2)):
                    plan.texts.append(Text(x, y + 34 + 13 * j, line, "key", "middle"))
                    high = max(high, 42.0 + 13 * j)
        y += high + 4
    if order:
        (full, ring), y = put_meanings(plan, y, ["reports it", "differs from another source"])
        page.sign(*full, "circle", 9, colours["other"])
        page.sign(*ring, "circle-open", 8, colours["deadline"], 1.8)
    plan.height = y
    return paint(plan, colours, template, page)


def _time_key(event: dict[str, Any]) -> tuple[int, int, str]:
    """By first possible moment, else by the last, undated events last."""
    known = [t for t in (event["start"], event["stop"]) if t != NAT]
    return (0 if event["dated"] and known else 1, known[0] if known else 0, event["event_id"])


def _said(event: dict[str, Any], source: str) -> tuple[bool, str] | None:
    """(whether it differs from the event's value, its words), or None if the source is silent."""
    for other in event["alternatives"]:
        if source in (other.get("sources") or []):
            bounds = (second_of(other.get("start")), second_of(other.get("stop")))
            rival = bounds != (event["start"], event["stop"]) and bounds != (NAT, NAT)
            if other.get("says") or rival:
                return True, str(other.get("says") or other.get("when"))
    if source not in event["sources"]:
        return None
    words = [
        c.get("expression")
        for c in event["citations"]
        if c.get("source") == source and c.get("expression")
    ]
    return False, f"“{words[0]}”" if words else ""
