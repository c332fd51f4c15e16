"""What every figure of a story stands on: its title, and its chapters with what each shows; knows no marks."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from timeline.drawing import page
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
from timeline.drawing.checking import LISTS, bounds_of, numbers_of
from timeline.drawing.closer import find_closer
from timeline.drawing.marks import MARKS, NAT
from timeline.drawing.rows import Row
from timeline.drawing.words import counted
from timeline.errors import TEXT, InputError, expect, maybe

LEAST_CHAPTER, LONE_CHAPTER, BREAK = 208, 156, 66
"""Pixels: a chapter's least width, that of a lone event, and the gap in which a silence is written."""
NAMED = 8
"""About so many events have a label in a line of chapters of which a stretch is told closer."""
SCALES = ("chapters", "linear")


@dataclass
class Plan:
    """A laid-out figure: pure numbers and texts, for the painter."""

    width: float
    title: str = ""
    height: float = 0.0
    chapters: list[Chapter] = field(default_factory=list)
    panels: list[tuple[float, float]] = field(default_factory=list)
    lanes: list[float] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    texts: list[page.Text] = field(default_factory=list)
    key: list[page.KeyEntry] = field(default_factory=list)
    events: dict[int, dict[str, Any]] = field(default_factory=dict)

    @property
    def whole(self) -> list[Chapter]:
        """The chapters that tell all of the time, without those that tell some of it closer."""
        return [c for c in self.chapters if not c.closer]

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


class Ground(NamedTuple):
    """A plan with its title and chapters, and positions and bounds of dated and undated events.

    `home`: for each event the number of the closer chapter that it lies wholly in, else -1.
    """

    plan: Plan
    shown: np.ndarray
    listed: np.ndarray
    start: np.ndarray
    stop: np.ndarray
    side: float
    y: float
    weight: np.ndarray
    home: np.ndarray


def lay_ground(
    events: pd.DataFrame, *, width: float, scale: str, title: str | None, with_list: bool = True,
    unit: str = "event", weights: str | None = None,
) -> Ground:  # fmt: skip
    """What every figure of a story begins with; `y` is where its chapters begin.

    `unit`: what a row is called; `weights`: the column that says how many of them it stands for.
    Raises InputError for a missing column, an unknown scale, or a width that is too small.
    """
    expect(scale=(scale, TEXT), title=(title, maybe(TEXT)), weights=(weights, maybe(TEXT)))
    start, stop = bounds_of(events, width)
    if scale not in SCALES:
        raise InputError(f"scale is {scale!r}; use one of {', '.join(SCALES)}")
    weight = numbers_of(events, weights) if weights else np.ones(len(events))
    if len(weight) and weight.min() < 0:
        raise InputError(
            f"column {weights} lacks a number or has one below 0; give numbers from 0 up"
        )
    dated = events["dated"].to_numpy(bool) & ((start != NAT) | (stop != NAT))
    shown, listed = np.flatnonzero(dated), np.flatnonzero(~dated)
    plan, side, told, home = Plan(width), 0.0, None, np.full(len(events), -1)
    if len(shown):
        told = _told(events["granularity"].iloc[shown], start[shown], stop[shown])
    stretch = told.heading(int(told.low.min()), int(told.high.max())) if told else ""
    n_sources = len(set(chain.from_iterable(v for v in events["sources"] if isinstance(v, LISTS))))
    parts = [
        counted(float(weight.sum()), unit), counted(n_sources, "source") if n_sources else "", stretch,
        f"{weight[listed].sum():,.0f} without a date of {'its' if len(listed) == 1 else 'their'} own" if len(listed) else "",
    ]  # fmt: skip
    y = page.put_head(plan, title, parts if len(events) else [])
    if told:
        through = events["extent"].to_numpy(object)[shown] == "throughout"
        spans, closer = [(int(told.low.min()), int(told.high.max()))], []
        if scale == "chapters":
            spans = find_chapters(told.low, told.high, through, told.grain)
            closer = find_closer(spans, told.low, told.high)
        side = page.list_width(width, len(listed), len(spans)) if with_list else 0.0
        edge = page.margin(width)
        for number, (first, last) in enumerate(closer, len(spans)):
            home[shown[(told.low >= first) & (told.high <= last)]] = number
        for some in (spans, closer):
            room = width - 2 * edge - side
            plan.chapters += _chapters(some, told, home[shown], room, edge, plan.chapters)
    return Ground(plan, shown, listed, start, stop, side, y, weight, home)


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
    low = np.where(start == NAT, stop - grain, start)
    return Told(low, np.where(stop == NAT, start + grain, stop), grain, part)


def _chapters(
    spans: list[tuple[int, int]], told: Told, home: np.ndarray, width: float, margin: float, before: list[Chapter]
) -> list[Chapter]:  # fmt: skip
    """The story's chapters with what they show and where they stand; after these `before`, the closer ones."""
    if not spans:
        return []
    starts, base = np.array([s for s, _ in spans]), len(before)
    which = np.searchsorted(starts, told.low, side="right") - 1
    length = told.high - told.low
    begun = which[(home >= 0) == bool(base)]
    finest = [
        int(length[which == i].min()) if (which == i).any() else DAY for i in range(len(spans))
    ]
    weights = [float(max(1, (begun == i).sum())) for i in range(len(spans))]
    least = [float(LEAST_CHAPTER if weight > 1 else LONE_CHAPTER) for weight in weights]
    chapters, most = [], np.inf if base or home.max() < 0 else NAMED
    places = flow([min(weight, most) for weight in weights], width, least=least, gap=BREAK)
    for i, (view, place) in enumerate(zip(views(spans, finest), places, strict=True)):
        line, left, right = place
        air = (view[1] - view[0]) * 20 / (right - left - 40)
        silence = silence_words(spans[i - 1][1], spans[i][0]) + " later" * bool(base) if i else ""
        chapters.append(
            Chapter(
                base + i, *spans[i], weights[i], view[0] - air, view[1] + air, line + (before[-1].line + 1 if base else 0),
                margin + left, margin + right, told.heading(*spans[i]) + ", closer" * bool(base), silence, bool(base),
            )
        )  # fmt: skip
    return chapters
