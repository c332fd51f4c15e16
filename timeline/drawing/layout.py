"""Where everything stands, in pixels: events in, a plan with a marks frame out; knows no plotly."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from timeline.drawing import page
from timeline.drawing.bins import HEIGHT, bin_rows, bounded
from timeline.drawing.chapters import (
    COARSE,
    DAY,
    Chapter,
    find_chapters,
    flow,
    silence_words,
    stretch_words,
    views,
)
from timeline.drawing.lanes import lane_members
from timeline.drawing.marks import MARKS, NAT, Mark, make_marks, seconds
from timeline.drawing.placing import place
from timeline.drawing.rows import Row, add_stems, cell_rows
from timeline.drawing.words import counted
from timeline.errors import InputError
from timeline.schema import EVENTS, require_columns

CROWD = 800
"""Above this many marks the figure shows counts in bins, and labels for the most salient."""
MOST_LABELS = 60
LEAST_CHAPTER, LONE_CHAPTER, BREAK = 208, 156, 66
"""Pixels: a chapter's least width, that of a lone event, and the gap in which a silence is written."""
LISTS = list | tuple | np.ndarray
SCALES = ("chapters", "linear")
_NEEDED = tuple(c.name for c in EVENTS)


@dataclass
class Plan:
    """A laid-out figure: pure numbers and texts, for the painter."""

    width: float
    height: float = 0.0
    chapters: list[Chapter] = field(default_factory=list)
    panels: list[tuple[float, float]] = field(default_factory=list)
    lanes: list[tuple[str, float]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    texts: list[page.Text] = field(default_factory=list)
    key: list[page.KeyEntry] = field(default_factory=list)
    events: dict[int, dict[str, Any]] = field(default_factory=dict)

    @property
    def n_lines(self) -> int:
        """Lines of chapters: 0 if nothing is dated."""
        return self.chapters[-1].line + 1 if self.chapters else 0

    @property
    def marks(self) -> pd.DataFrame:
        """The marks frame, in the MARKS schema."""
        columns = {c.name: [getattr(row, c.name) for row in self.rows] for c in MARKS}
        for name in ("x0", "x1", "core_x0", "core_x1"):
            columns[name] = np.array(columns[name], np.int64).astype("datetime64[s]")  # type: ignore[assignment]
        kinds = {"text": "str", "whole": "int64", "number": "float64"}
        return pd.DataFrame(
            {c.name: pd.Series(columns[c.name], dtype=kinds.get(c.kind)) for c in MARKS}
        )


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
    plan, shown, listed, start, stop, side, y, _ = ground
    lane_names, lanes = lane_members(events, lane)
    crowd = len(shown) > CROWD
    ids, salience = events["event_id"], np.nan_to_num(events["salience"].to_numpy(float), nan=-1.0)
    drawn = _most_salient(shown, salience, ids, MOST_LABELS if crowd else len(shown))
    in_list = _most_salient(listed, salience, ids, page.MOST_LISTED)
    plan.events = records(events, [*drawn, *in_list], start, stop)
    ranks = {i: rank for rank, i in enumerate(drawn)}
    pieces = {i: make_marks(i, plan.events[i], plan.chapters) for i in drawn}
    binned = np.zeros(len(events), bool)
    binned[shown] = crowd
    for line in range(plan.n_lines):
        y = _put_line(plan, line, y, pieces, ranks, lane_names, lanes, binned, start, stop)
    plan.height = page.put_list(plan, listed, in_list, side, ground.y, y)
    plan.height = page.put_key(plan, plan.height)
    return plan


class Ground(NamedTuple):
    """A plan with its title and chapters, and positions and bounds of dated and undated events."""

    plan: Plan
    shown: np.ndarray
    listed: np.ndarray
    start: np.ndarray
    stop: np.ndarray
    side: float
    y: float
    weight: np.ndarray


def lay_ground(
    events: pd.DataFrame, *, width: float, scale: str, title: str | None, with_list: bool = True,
    unit: str = "event", weights: str | None = None,
) -> Ground:  # fmt: skip
    """What every figure of a story begins with; `y` is where its chapters begin.

    `unit`: what a row is called; `weights`: the column that says how many of them it stands for.
    Raises InputError for a missing column, an unknown scale, or a width that is too small.
    """
    require_columns(events, (*_NEEDED, *([weights] if weights else [])), "events")
    weight = events[weights].to_numpy(float) if weights else np.ones(len(events))
    if scale not in SCALES:
        raise InputError(f"scale is {scale!r}; use one of {', '.join(SCALES)}")
    if not 240 <= width <= 10_000:
        raise InputError(f"width is {width!r}; use pixels from 240 to 10000")
    start, stop = seconds(events["start"]), seconds(events["stop"])
    dated = events["dated"].to_numpy(bool) & ((start != NAT) | (stop != NAT))
    shown, listed = np.flatnonzero(dated), np.flatnonzero(~dated)
    plan, side, told = Plan(width), 0.0, None
    if len(shown):
        told = _told(events["granularity"].iloc[shown], start[shown], stop[shown])
    stretch = told.heading(int(told.low.min()), int(told.high.max())) if told else ""
    n_sources = len(
        set(chain.from_iterable(names for names in events["sources"] if names is not None))
    )
    parts = [
        counted(float(weight.sum()), unit), counted(n_sources, "source") if n_sources else "", stretch,
        f"{weight[listed].sum():,.0f} without a date of {'its' if len(listed) == 1 else 'their'} own" if len(listed) else "",
    ]  # fmt: skip
    y = page.put_head(plan, title, parts if len(events) else [])
    if told:
        low, high = told.low, told.high
        through = events["extent"].to_numpy(object)[shown] == "throughout"
        spans = [(int(low.min()), int(high.max()))]
        if scale == "chapters":
            spans = find_chapters(low, high, through, told.grain)
        side = page.list_width(width, len(listed), len(spans)) if with_list else 0.0
        edge = page.margin(width)
        plan.chapters = _chapters(spans, told, width - 2 * edge - side, edge)
    return Ground(plan, shown, listed, start, stop, side, y, weight)


class Told(NamedTuple):
    """Bounds without open ends, and the unit of each value: its seconds, and the part of a date it is."""

    low: np.ndarray
    high: np.ndarray
    grain: np.ndarray
    part: np.ndarray

    def heading(self, start: int, stop: int) -> str:
        """The stretch in words, neither end finer than the values that it comes from."""
        first = self.part[(self.low == start) | (self.high - self.grain == start)]
        last = self.part[(self.high == stop) | (self.low + self.grain == stop)]
        return stretch_words(start, stop, (int(first.min(initial=2)), int(last.min(initial=2))))


def _told(granularity: pd.Series, start: np.ndarray, stop: np.ndarray) -> Told:
    """An open end is as far from the other as the unit that this is stated in: "from 1998 on" tells 1998."""
    codes, names = pd.factorize(granularity)
    part, grain = np.array([*(COARSE.get(name, (0, DAY)) for name in names), (0, DAY)])[codes].T
    low, high = (
        np.where(start == NAT, stop - grain, start),
        np.where(stop == NAT, start + grain, stop),
    )
    return Told(low, high, grain, part)


def most_salient_first(events: pd.DataFrame, n: int) -> list[int]:
    """Positions of at most `n` events, most salient first; equals by event_id."""
    salience = np.nan_to_num(events["salience"].to_numpy(float), nan=-1.0)
    return _most_salient(np.arange(len(events)), salience, events["event_id"], n)


def _most_salient(among: np.ndarray, salience: np.ndarray, ids: pd.Series, n: int) -> list[int]:
    """At most `n` positions, most salient first; equals by event_id, so that row order is nothing."""
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
            columns[c.name] = [list(v) if isinstance(v, LISTS) else [] for v in cells]
    return {
        p: dict(zip(columns, values, strict=True))
        for p, values in zip(positions, zip(*columns.values(), strict=True), strict=True)
    }


def _chapters(
    spans: list[tuple[int, int]], told: Told, width: float, margin: float
) -> list[Chapter]:
    """The story's chapters with what they show and where they stand."""
    starts = np.array([s for s, _ in spans])
    which = np.searchsorted(starts, told.low, side="right") - 1
    length = told.high - told.low
    finest = [
        int(length[which == i].min()) if (which == i).any() else DAY for i in range(len(spans))
    ]
    weights = [float(max(1, (which == i).sum())) for i in range(len(spans))]
    least = [float(LEAST_CHAPTER if weight > 1 else LONE_CHAPTER) for weight in weights]
    chapters = []
    for i, (view, place_) in enumerate(
        zip(views(spans, finest), flow(weights, width, least=least, gap=BREAK), strict=True)
    ):
        line, left, right = place_
        air = (view[1] - view[0]) * 20 / (right - left - 40)
        silence = silence_words(spans[i - 1][1], spans[i][0]) if i else ""
        chapters.append(
            Chapter(
                i, *spans[i], weights[i], view[0] - air, view[1] + air, line, margin + left, margin + right,
                told.heading(*spans[i]), silence,
            )
        )  # fmt: skip
    return chapters


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
) -> float:
    """The y under one line of chapters, after adding its panel, texts and rows to the plan."""
    chapters = [c for c in plan.chapters if c.line == line]
    y = panel_top = page.put_headings(plan, chapters, y)
    y += 12
    share = max(
        1 / plan.n_lines,
        sum(c.weight for c in chapters) / sum(c.weight for c in plan.chapters),
    )
    shown = [
        {c.number: [m for i in pieces if mask[i] for m in pieces[i] if m.chapter is c] for c in chapters}
        for mask in lanes
    ]  # fmt: skip
    counts = [sum(map(len, here.values())) for here in shown]
    n_before, first = len(plan.rows), True
    for number, name in enumerate(names):
        if name and not counts[number] and not binned.any():
            continue  # nothing of this lane lies in this line
        if name:
            y = page.put_lane(plan, chapters, name, y, first=first)
            first = False
        least = 260.0 if len(names) == 1 else 130.0
        cap = max(
            least, page.most_height(plan.width) * share * counts[number] / max(1, sum(counts))
        )
        cells = [
            (c, place(shown[number][c.number], plan.events, ranks, c, cap, labels_only=bool(binned.any())))
            for c in chapters
        ]  # fmt: skip
        labels_height = max(cell.height for _, cell in cells)
        strip = y + labels_height + (8 if labels_height else 0)
        n_rows = max(cell.n_rows for _, cell in cells)
        for chapter, cell in cells:
            plan.rows += cell_rows(cell, chapter, name, y, strip, plan.events)
        y = strip + n_rows * 13 + (9 if name and n_rows else 2)
        if binned.any():
            counted = binned & lanes[number]
            counted[[m.index for _, cell in cells for m, *_ in cell.labelled]] = False
            ends = bounded(
                start[counted], stop[counted], plan.chapters[0].start, plan.chapters[-1].stop
            )
            y += HEIGHT + 4
            plan.rows += bin_rows(chapters, name, y, *ends)
    y += 10
    if len(names) == 1:
        add_stems(plan.rows[n_before:], y)
    page.put_silences(plan, chapters, panel_top, y)
    plan.panels.append((panel_top, y))
    return y + 40
