"""Two pictures to compare: how much of the story lies when, and the naive one that makes every date a day."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from timeline.drawing import page
from timeline.drawing.bins import bounded, expected_before
from timeline.drawing.chapters import DAY, MONTHS, Chapter, civil, stretch_words, year_words
from timeline.drawing.figure import draw, page_sheet, paint
from timeline.drawing.layout import lay_ground
from timeline.drawing.marks import NAT, seconds
from timeline.drawing.sheet import Sheet, mix
from timeline.drawing.themes import palette

UNITS = {
    1.0: "day",
    7.0: "week",
    30.436875: "month",
    365.2425: "year",
    3652.425: "decade",
    36524.25: "century",
}
RISE = 130.0
"""Height in pixels of the fullest bin."""


def draw_density(
    events: pd.DataFrame,
    *,
    width: float = 900,
    scale: str = "chapters",
    title: str | None = None,
    template: str = "timeline",
) -> go.Figure:
    """How many events lie in each day, week, month, ...: solid if it is certain, pale if only expected.

    `events`: frame in the EVENTS schema. An event "in October" counts a thirty-first in each of its
    days, pale; a bin is never shorter than a day. Undated events are only counted in the subtitle.
    Raises InputError as `draw` does.
    """
    colours = palette(template)
    plan, shown, _, start, stop, _, y = lay_ground(
        events, width=width, scale=scale, title=title, with_list=False
    )
    sheet = page_sheet(colours)
    if len(shown):
        ends = bounded(start[shown], stop[shown], plan.chapters[0].start, plan.chapters[-1].stop)
        found = [_counts(chapter, *ends) for chapter in plan.chapters]
        fullest = max(float(counts.max()) for _, _, counts, _ in found)
        for line in range(plan.n_lines):
            chapters = [c for c in plan.chapters if c.line == line]
            top = page.put_headings(plan, chapters, y)
            foot = top + RISE + 34
            page.put_silences(plan, chapters, top, foot)
            plan.panels.append((top, foot))
            for chapter in chapters:
                _put_counts(sheet, plan.texts, chapter, *found[chapter.number], top, foot, fullest)
            y = foot + 54
        x = page.margin(width)
        for i, (share, words) in enumerate(
            ((1.0, "certain"), (0.35, "expected, if every possible day is equally likely"))
        ):
            sheet.bar(
                x + 100 * i,
                x + 100 * i + 14,
                y,
                10,
                mix(colours["happening"], colours["panel"], share),
            )
            plan.texts.append(page.Text(x + 100 * i + 22, y + 4, words, "key"))
        y += 6
    plan.height = y + 14
    figure = paint(plan, colours, template, sheet)
    for chapter in plan.chapters:  # plotly draws no axis that has no trace
        axes = {"xaxis": f"x{chapter.number + 2}", "yaxis": f"y{chapter.line + 2}"}
        low = figure.layout[f"xaxis{chapter.number + 2}"].range[0]
        thin = {"color": colours["line"], "width": 0}
        figure.add_scatter(
            x=[low],
            y=[plan.panels[chapter.line][1]],
            mode="lines",
            line=thin,
            hoverinfo="skip",
            name="axis",
            **axes,
        )
    return figure


def _counts(
    chapter: Chapter, low: np.ndarray, high: np.ndarray
) -> tuple[str, np.ndarray, np.ndarray, np.ndarray]:
    """Name of the bin, its edges in seconds, events expected in each, and events certain to be in it."""
    days = next((n for n in UNITS if n * DAY * chapter.pixels_a_second >= 5), 36524.25)
    first = np.floor(chapter.view_start / DAY) * DAY
    edges = np.append(np.arange(first, chapter.view_stop, days * DAY), chapter.view_stop)
    spots = np.searchsorted(edges, low, side="right") - 1
    sure = (
        (spots >= 0)
        & (spots < len(edges) - 1)
        & (np.searchsorted(edges, high, side="left") - 1 == spots)
    )
    return (
        UNITS[days],
        edges,
        np.diff(expected_before(low, high, edges)),
        np.bincount(spots[sure], minlength=len(edges) - 1),
    )


def _put_counts(
    sheet: Sheet, texts: list[page.Text], chapter: Chapter, unit: str, edges: np.ndarray, counts: np.ndarray,
    sure: np.ndarray, top: float, foot: float, fullest: float,
) -> None:  # fmt: skip
    """Nothing; one chapter's bars are on the sheet, and what the tallest stands for is in its corner."""
    solid = sheet.colours["happening"]
    pale = mix(solid, sheet.colours["panel"], 0.35)
    for i in np.flatnonzero(counts > 1e-6).tolist():
        left, right = (max(chapter.left, chapter.to_px(edges[j])) for j in (i, i + 1))
        gap = 1 if right - left > 6 else 0
        said = f"{counts[i]:,.1f} events expected, {sure[i]:,} certain<br>{stretch_words(int(edges[i]), int(edges[i + 1]))}"
        for part, colour in ((float(counts[i]), pale), (float(sure[i]), solid)):
            if part > 0:
                sheet.column(left, right - gap, foot, max(1.0, part / fullest * RISE), colour, said)
    most = f"{counts.max():,.0f}" if counts.max() >= 1 else "under 1"
    texts.append(page.Text(chapter.left + 8, top + 17, f"at most {most} a {unit}", "key"))


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
    lay_ground(events, width=width, scale="linear", title=None)
    start, stop = seconds(events["start"]), seconds(events["stop"])
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
