"""Where everything stands, in pixels: events in, a plan with a marks frame out; knows no plotly."""

from __future__ import annotations

import heapq
from typing import Any

import numpy as np
import pandas as pd

from timeline.drawing import page
from timeline.drawing.bins import HEIGHT, bin_rows, bounded
from timeline.drawing.chapters import LEAST_HIGH
from timeline.drawing.checking import lists_of, numbers_of
from timeline.drawing.ground import Plan, lay_ground
from timeline.drawing.lanes import lane_members
from timeline.drawing.marks import Mark, make_marks, seconds
from timeline.drawing.placing import place
from timeline.drawing.rows import add_stems, cell_rows
from timeline.schema import EVENTS

CROWD = 800
"""Above this many marks the figure shows counts in bins, and labels for the most salient."""
MOST_LABELS = 60
_NEEDED = tuple(c.name for c in EVENTS)


def layout(
    events: pd.DataFrame, *, width: float = 900, scale: str = "chapters", lane: str | None = None
) -> pd.DataFrame:
    """The marks frame: one thing to draw a row, with its place in pixels; what `draw` draws.

    `events`: frame in the EVENTS schema, any row order. `width`: pixels of the whole figure.
    `scale`: chapters (cut at long silences, each at its own scale) or linear. `lane`: a column to
    group by: kind, status, granularity, source, or any text or list column of the frame.
    Ordered by line, chapter, lane and place; x0 and x1 are half-open and never finer than the event.
    Raises InputError for a missing column, an unknown lane or scale, or a width under 240.

    >>> from timeline.schema import empty_frame
    >>> list(layout(empty_frame(EVENTS)).columns[:5])
    ['event_id', 'role', 'chapter', 'line', 'lane']
    """
    return arrange(events, width=width, scale=scale, lane=lane).marks


def arrange(
    events: pd.DataFrame,
    *,
    width: float = 900,
    scale: str = "chapters",
    lane: str | None = None,
    title: str | None = None,
) -> Plan:
    """The whole plan of a figure, as `layout`, with headings, silences, list and key."""
    ground = lay_ground(events, width=width, scale=scale, title=title)
    plan, shown, listed, start, stop, side, y, _, home = ground
    lane_names, lanes = lane_members(events, lane)
    crowd = len(shown) > CROWD
    drawn = most_salient(events, shown, MOST_LABELS if crowd else len(shown))
    in_list = most_salient(events, listed, page.MOST_LISTED)
    plan.events = records(events, [*drawn, *in_list], start, stop)
    ranks = {i: rank for rank, i in enumerate(drawn)}
    pieces = {
        i: make_marks(i, plan.events[i], [plan.chapters[home[i]]] if home[i] >= 0 else plan.whole)
        for i in drawn
    }
    binned = np.zeros(len(events), bool)
    binned[shown] = crowd
    for line in range(plan.n_lines):
        y = _put_line(plan, line, y, pieces, ranks, lane_names, lanes, binned, start, stop, home)
    plan.height = page.put_list(plan, listed, in_list, side, ground.y, y)
    plan.height = page.put_key(plan, plan.height)
    return plan


def most_salient(events: pd.DataFrame, among: np.ndarray, n: int) -> list[int]:
    """At most `n` of the positions, most salient first; equals by event_id, so that row order is nothing."""
    ids, salience = events["event_id"], numbers_of(events, "salience")
    values = salience[among]
    if len(among) > n > 0:
        least = np.partition(values, len(values) - n)[len(values) - n]
        sure, equal = among[values > least], among[values == least]
        names = ids.iloc[equal].tolist()
        chosen = heapq.nsmallest(n - len(sure), range(len(equal)), key=names.__getitem__)
        among = np.concatenate([sure, equal[chosen]])
    names = ids.iloc[among].tolist()
    order = sorted(range(len(among)), key=lambda i: (-salience[among[i]], names[i]))
    return [int(among[i]) for i in order]


def records(
    events: pd.DataFrame, positions: list[int], start: np.ndarray, stop: np.ndarray
) -> dict[int, dict[str, Any]]:
    """The rows that are shown by name, as plain Python values with seconds for moments."""
    part = events[list(_NEEDED)].iloc[positions]
    moments = {n: seconds(part[n]).tolist() for n in ("core_start", "core_stop")}
    moments |= {"start": start[positions].tolist(), "stop": stop[positions].tolist()}
    columns = {n: moments[n] if n in moments else part[n].tolist() for n in _NEEDED}
    for c in EVENTS:  # a user's own frame may lack a text or a list in a row
        cells = columns[c.name]
        if c.kind == "text":
            columns[c.name] = [v if isinstance(v, str) else "" for v in cells]
        elif c.kind == "list":
            columns[c.name] = lists_of(part[c.name])
    for name in ("alternatives", "citations"):
        columns[name] = [[x for x in v if isinstance(x, dict)] for v in columns[name]]
    columns["n_sources"] = [max(0, int(n)) for n in numbers_of(part, "n_sources")]
    return {
        p: dict(zip(columns, values, strict=True))
        for p, values in zip(positions, zip(*columns.values(), strict=True), strict=True)
    }


def _put_line(
    plan: Plan,
    line: int,
    y: float,
    pieces: dict[int, list[Mark]],
    ranks: dict[int, int],
    names: list[str],
    lanes: list[np.ndarray],
    binned: np.ndarray,
    start: np.ndarray,
    stop: np.ndarray,
    home: np.ndarray,
) -> float:
    """The y under one line of chapters, after adding its panel, texts and rows to the plan."""
    chapters = [c for c in plan.chapters if c.line == line]
    y = panel_top = page.put_headings(plan, chapters, y)
    y += 12
    alike = [c for c in plan.chapters if c.closer == chapters[0].closer]
    share = sum(c.weight for c in chapters) / sum(c.weight for c in alike)
    height = page.most_height(plan.width) * max(1 / plan.n_lines, share)
    if alike[-1] is not plan.chapters[-1]:
        height = LEAST_HIGH  # what is told closer has the room for labels
    crowd, least = bool(binned.any()), LEAST_HIGH / (1 if len(names) == 1 else 2)
    shown = [
        {c.number: [m for i in pieces if mask[i] for m in pieces[i] if m.chapter is c] for c in chapters}
        for mask in lanes
    ]  # fmt: skip
    counts = [sum(map(len, here.values())) for here in shown]
    n_before, first = len(plan.rows), True
    for number, name in enumerate(names):
        if name and not counts[number] and not crowd:
            continue  # nothing of this lane lies in this line
        if name:
            y = page.put_lane(plan, chapters, name, y, first=first)
            first = False
        cap = max(least, height * counts[number] / max(1, sum(counts)))
        cells = [
            (c, place(shown[number][c.number], plan.events, ranks, c, cap, labels_only=crowd))
            for c in chapters
        ]
        labels_height = max(cell.height for _, cell in cells)
        strip = y + labels_height + (8 if labels_height else 0)
        n_rows = max(cell.n_rows for _, cell in cells)
        for chapter, cell in cells:
            plan.rows += cell_rows(cell, chapter, name, y, strip, plan.events)
        y = strip + n_rows * 13 + (9 if name and n_rows else 2)
        if crowd:
            rest = binned & lanes[number]
            rest[[m.index for _, cell in cells for m, *_ in cell.labelled]] = False
            y += HEIGHT + 4
            for some in [[c] for c in chapters] if chapters[0].closer else [plan.whole]:
                here = rest & (home == (some[0].number if some[0].closer else -1))
                ends = bounded(start[here], stop[here], some[0].start, some[-1].stop)
                plan.rows += bin_rows(line, some, name, y, *ends)
            y += 8 if name else 0
    y = page.put_closer(plan, chapters, y) + 10
    if len(names) == 1:
        add_stems(plan.rows[n_before:], y)
    page.put_silences(plan, chapters, panel_top, y)
    plan.panels.append((panel_top, y))
    return y + 40
