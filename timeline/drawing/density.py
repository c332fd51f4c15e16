"""Two pictures to compare: how much of the story lies when, and the naive one that makes every date a day."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from timeline.dates.wording import MONTHS
from timeline.drawing import page
from timeline.drawing.bins import bounded, expected_before
from timeline.drawing.chapters import (
    DAY,
    Chapter,
    civil,
    counted_spans,
    stretch_words,
    year_words,
)
from timeline.drawing.checking import bounds_of
from timeline.drawing.figure import chapter_sheets, draw, page_sheet, paint
from timeline.drawing.ground import lay_ground
from timeline.drawing.marks import NAT
from timeline.drawing.sheet import Sheet, mix
from timeline.drawing.themes import palette
from timeline.drawing.widths import wrap
from timeline.drawing.words import counted, escape

UNITS = {
    1.0: "day", 7.0: "week", 30.436875: "month", 365.2425: "year", 3652.425: "decade", 36524.25: "century",
}  # fmt: skip
"""Days in a bin, and its name."""
RISE, PALE = 130.0, 0.35
"""Height in pixels of the fullest bin; how strong the colour of what is only expected is."""


def draw_density(
    events: pd.DataFrame,
    *,
    width: float = 900,
    scale: str = "chapters",
    title: str | None = None,
    template: str = "timeline",
    unit: str = "event",
    weights: str | None = None,
) -> go.Figure:
    """How many events lie in each day, week, month, ...: solid if it is certain, pale if only expected.

    `events`: frame in the EVENTS schema. An event "in October" counts a thirty-first in each of its
    days, pale; a bin is never shorter than a day. Undated events are only counted in the subtitle.
    `unit`: what a row is called, in the singular: article, mention. `weights`: the column of numbers
    that says how many of them each row stands for.
    Raises InputError as `draw` does, and for weights that are no numbers from 0 up.
    """
    colours, unit = palette(template), str(unit)
    plan, shown, _, start, stop, _, y, weight, _ = lay_ground(
        events, width=width, scale=scale, title=title, with_list=False, unit=unit, weights=weights
    )
    sheet, sheets = page_sheet(colours), chapter_sheets(plan, colours)
    if len(shown):
        ends = bounded(start[shown], stop[shown], plan.whole[0].start, plan.whole[-1].stop)
        closer = plan.chapters[len(plan.whole) :]
        spans = [*counted_spans(plan.whole), *((c.start, c.stop) for c in closer)]
        pairs = zip(plan.chapters, spans, strict=True)
        found = [_counts(*pair, *ends, weight[shown]) for pair in pairs]
        tallest = [float(counts.max()) for _, _, counts, _ in found]
        for line in range(plan.n_lines):
            chapters = [c for c in plan.chapters if c.line == line]
            alike = (
                slice(len(plan.whole), None) if chapters[0] in closer else slice(len(plan.whole))
            )
            fullest = max(tallest[alike]) or 1.0
            top = page.put_headings(plan, chapters, y)
            said = [_tallest(c, *found[c.number][:3:2], unit) for c in chapters]
            head = top + 15 * max(map(len, said)) + 6
            foot = head + RISE + 4
            page.put_silences(plan, chapters, top, foot)
            plan.panels.append((top, foot))
            for chapter, lines in zip(chapters, said, strict=True):
                for i, words in enumerate(lines):
                    plan.texts.append(page.Text(chapter.left + 8, top + 15 * (i + 1), words, "key"))
                shown_here = found[chapter.number][1:]
                _put_counts(sheets[chapter.number], chapter, unit, *shown_here, foot, fullest)
            y = foot + 44
        solid = colours["happening"]
        keys = {solid: "surely within its bar", mix(solid, colours["panel"], PALE): "expected: every possible day counts alike"}  # fmt: skip
        places, y = page.put_meanings(plan, y, list(keys.values()))
        for (x, middle), colour in zip(places, keys, strict=True):
            sheet.bar(x - 7, x + 7, middle, 10, colour)
    plan.height = y
    return paint(plan, colours, template, sheet, sheets)


def _counts(
    chapter: Chapter,
    span: tuple[float, float],
    low: np.ndarray,
    high: np.ndarray,
    weight: np.ndarray,
) -> tuple[str, np.ndarray, np.ndarray, np.ndarray]:
    """Name of the bin, its edges in seconds, events expected in each, and events certain to be in it."""
    days = next((n for n in UNITS if n * DAY * chapter.pixels_a_second >= 5), 36524.25)
    first = np.floor(span[0] / DAY) * DAY
    edges = np.append(np.arange(first, span[1], days * DAY), span[1])
    spots = np.searchsorted(edges, low, side="right") - 1
    within = (spots >= 0) & (np.searchsorted(edges, high, side="left") - 1 == spots)
    sure = within & (spots < len(edges) - 1)
    expected = np.diff(expected_before(low, high, edges, weight))
    certain = np.bincount(spots[sure], weights=weight[sure], minlength=len(edges) - 1)
    return UNITS[days], edges, expected, certain


def _tallest(chapter: Chapter, bin_: str, counts: np.ndarray, unit: str) -> list[str]:
    """What a bar is and what the chapter's tallest stands for, in lines that fit."""
    most = float(counts.max())
    words = f"the tallest {counted(round(most), unit)}"
    if most < 1:  # vague dates are spread over several bars
        words = f"no bar holds a whole {unit}"
    return wrap(f"a bar is a {bin_}, {words}", chapter.right - chapter.left - 16, 11)


def _put_counts(
    sheet: Sheet, chapter: Chapter, unit: str, edges: np.ndarray, counts: np.ndarray, sure: np.ndarray,
    foot: float, fullest: float,
) -> None:  # fmt: skip
    """Nothing; one chapter's bars are on the sheet."""
    solid = sheet.colours["happening"]
    pale = mix(solid, sheet.colours["panel"], PALE)
    for i in np.flatnonzero(counts > 1e-6).tolist():
        low, high = max(edges[i], chapter.view_start), edges[i + 1]
        gap = 1 / sheet.scale if (high - low) * sheet.scale > 6 else 0
        when = stretch_words(int(edges[i]), int(edges[i + 1]))
        said = f"{counts[i]:,.1f} {escape(unit)}s expected, {sure[i]:,.0f} certain<br>{when}"
        for part, colour in ((float(counts[i]), pale), (float(sure[i]), solid)):
            if part > 0:
                sheet.column(low, high - gap, foot, max(1.0, part / fullest * RISE), colour, said)


def draw_naive(
    events: pd.DataFrame,
    *,
    width: float = 900,
    title: str = "Every date forced to a day",
    template: str = "timeline",
) -> go.Figure:
    """The misleading first picture: each event on the first day that its words allow, on one even axis.

    What many tools draw: "last month" is the first of the month, "by Thursday" is Thursday, doubt
    and rival dates are gone. For comparison only; the events themselves are not changed.
    Raises InputError as `draw` does.
    """
    start, stop = bounds_of(events, width)
    first = np.where(start != NAT, start, np.where(stop != NAT, stop - 1, NAT))
    day = np.where(first != NAT, first // DAY * DAY, NAT)
    n = len(events)
    forced = events.assign(
        start=day.astype("datetime64[s]"),
        stop=np.where(day != NAT, day + DAY, NAT).astype("datetime64[s]"),
        core_start=np.full(n, "NaT", "datetime64[s]"), core_stop=np.full(n, "NaT", "datetime64[s]"),
        granularity="day", extent="within", dated=day != NAT, kind="happening", status="reported", qualifier="",
        conflict="", when=[_day_words(t) for t in day.tolist()] if n <= 100_000 else "",
        alternatives=pd.Series([[]] * n, index=events.index, dtype=object),
    )  # fmt: skip
    return draw(forced, width=width, scale="linear", title=title, template=template)


def _day_words(second: int) -> str:
    if second == NAT:
        return ""
    year, month, number = civil(second)
    return f"{number} {MONTHS[month - 1]} {year_words(year)}"
