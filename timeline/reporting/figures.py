"""The story's figure for the page: plain JSON at three widths, light and dark, and a still SVG."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import Any

import pandas as pd
from markupsafe import Markup

from timeline import drawing
from timeline.drawing.ground import lay_ground
from timeline.drawing.marks import seconds
from timeline.reporting.packing import most_salient
from timeline.reporting.wording import tidy

WIDTHS = (340, 560, 820, 1140)
THEMES = ("timeline", "timeline+dark")
STILL_WIDTH = 760
# Beyond this many events the viewer draws bars and the most salient marks itself.
MOST_DRAWN = 300
MOST_STILL = 40


def figure_specs(events: pd.DataFrame) -> list[dict[str, Any]]:
    """[{width, figures, svgs}], narrow to wide, each in light and dark: what plotly.js draws, and
    the same picture as SVG, which stands there until plotly.js is ready.

    Light and dark stand side by side because they differ in colours only: together they pack well.

    >>> from timeline.schema import EVENTS, empty_frame
    >>> [spec["width"] for spec in figure_specs(empty_frame(EVENTS))]
    [340, 560, 820, 1140]
    """
    shown = short_titles(events)
    specs = []
    for width in WIDTHS:
        figures = [drawing.draw(shown, width=width, template=theme) for theme in THEMES]
        specs.append(
            {
                "width": width,
                "figures": [json.loads(figure.to_json()) for figure in figures],
                "svgs": [drawing.figure_svg(figure) for figure in figures],
            }
        )
    return specs


def chapters_of(events: pd.DataFrame) -> list[list[int]]:
    """[first second, second after the last, how many events begin in it] of each stretch with a scale of its own.

    They lie side by side on one axis: a chapter is cut where a stretch of it is told closer.
    """
    chapters = lay_ground(events, width=WIDTHS[-1], scale="chapters", title=None).plan.chapters
    ends = sorted({end for chapter in chapters for end in (chapter.start, chapter.stop)})
    told = [(a, b) for a, b in pairwise(ends) if any(c.start <= a < c.stop for c in chapters)]
    dated = events[events["dated"]]
    start = seconds(dated["start"].fillna(dated["stop"] - pd.Timedelta(days=1)))
    return [[a, b, int(((start >= a) & (start < b)).sum())] for a, b in told]


def still_picture(events: pd.DataFrame) -> Markup:
    """The figure as SVG, for paper and for readers without JavaScript; the most salient events."""
    shown = short_titles(events.iloc[most_salient(events, MOST_STILL)].reset_index(drop=True))
    svg = drawing.svg(shown, width=STILL_WIDTH)
    return Markup(svg[svg.find("<svg") :])


def styles_in(svg: str) -> list[str]:
    """The texts of the style elements in an SVG, which a strict policy must name by hash."""
    return re.findall(r"<style[^>]*>(.*?)</style>", svg, flags=re.DOTALL)


def short_titles(events: pd.DataFrame) -> pd.DataFrame:
    """The events with titles and sources that fit a figure, whatever was in them."""
    return events.assign(
        title=pd.Series([tidy(title, 160) for title in events["title"]], dtype="str"),
        sources=pd.Series(
            [[tidy(name, 60) for name in names] for names in events["sources"]], dtype="object"
        ),
    )
