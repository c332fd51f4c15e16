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
from timeline.drawing.marks import NAT, rival_words
from timeline.drawing.page import Text, margin, put_head, put_meanings
from timeline.drawing.sheet import Sheet
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
    left = margin(width)
    first = left + max(120.0, (width - 2 * left) * (0.42 if width >= 600 else 0.36))
    most = max(1, min(MOST_SOURCES, int((width - left - first) // NARROWEST)))
    sources = sorted(counts, key=lambda s: (-counts[s], s))[:most]
    plan, page = Plan(width), page_sheet(colours)
    parts = [counted(len(events), "event"), counted(len(counts), "source")]
    if len(order) < len(events) or len(sources) < len(counts):
        parts.append(f"shown: {len(order)} events, {len(sources)} sources")
    y = put_head(plan, title, parts if order else [])
    column = (width - left - first) / max(1, len(sources))
    middles = {source: first + (i + 0.5) * column for i, source in enumerate(sources)}
    heads = [wrap(clean(s), column - 2, 11, "bold", 3) for s in sources]
    deepest = max(map(len, heads), default=0)
    for x, head in zip(middles.values(), heads, strict=True):
        top = y + 10 + 13 * (deepest - len(head))
        plan.texts += [Text(x, top + 13 * j, line, "lane", "middle") for j, line in enumerate(head)]
    y += 13 * deepest + 8
    for event in order:
        page.rule([(left, y), (width - left, y)], colours["grid"], "solid", 1)
        y += _put_row(plan, page, event, middles, column, first - left - 14, y) + 4
    if order:
        (full, ring), y = put_meanings(plan, y, ["reports it", "differs from another source"])
        page.sign(*full, "circle", 9, colours["other"])
        page.sign(*ring, "circle-open", 8, colours["deadline"], 1.8)
    plan.height = y
    return paint(plan, colours, template, page)


def _put_row(
    plan: Plan, page: Sheet, event: dict[str, Any], middles: dict[str, float], column: float, room: float, y: float
) -> float:  # fmt: skip
    """The height of an event's row: its title and date in `room` pixels, and what each source says."""
    colours, left = page.colours, margin(plan.width)
    titles = wrap(clean(event["title"]), room, 12, "bold", 2)
    whens = wrap(clean(event["when"]), room, 11, "sans", 3)
    foot = 15.6 * len(titles)
    plan.texts += [Text(left, y + 17 + 15.6 * j, line, "event") for j, line in enumerate(titles)]
    plan.texts += [Text(left, y + 17 + foot + 13 * j, line, "key") for j, line in enumerate(whens)]
    high = foot + 24 + 13 * max(0, len(whens) - 1)
    hover = hover_text(event, plan.width)
    for source, x in middles.items():
        said = _said(event, source)
        if said is None:
            continue
        differs, words = said
        colour = colours.get("deadline" if differs else event["kind"], colours["other"])
        fill = colours["paper"] if differs else colour
        page.point(x, y + 15, "circle", 10, fill, colour, event["event_id"], hover)
        if words and column >= 54:
            for j, line in enumerate(wrap(clean(words), column - 8, 11, "sans", 2)):
                plan.texts.append(Text(x, y + 34 + 13 * j, line, "key", "middle"))
                high = max(high, 42.0 + 13 * j)
    return high


def _time_key(event: dict[str, Any]) -> tuple[int, int, str]:
    """By first possible moment, else by the last, undated events last."""
    known = [t for t in (event["start"], event["stop"]) if t != NAT]
    return (0 if event["dated"] and known else 1, known[0] if known else 0, event["event_id"])


def _said(event: dict[str, Any], source: str) -> tuple[bool, str] | None:
    """(whether it differs from the event's value, its words), or None if the source is silent."""
    for other in event["alternatives"]:
        words = other.get("says") or rival_words(event, other)
        if words and source in (other.get("sources") or []):
            return True, str(words)
    if source not in event["sources"]:
        return None
    own = (c.get("expression") for c in event["citations"] if c.get("source") == source)
    quoted = next(filter(None, own), "")
    return False, f"“{quoted}”" if quoted else ""
