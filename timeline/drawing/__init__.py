"""Draws events: a marks frame by pure arithmetic, then plain plotly figures; reads and tags nothing."""

from timeline.drawing.figure import draw
from timeline.drawing.layout import layout

__all__ = ["draw", "layout"]
