"""Draws events: a marks frame by pure arithmetic, then plain plotly figures; reads and tags nothing."""

from timeline.drawing.figure import draw
from timeline.drawing.layout import layout
from timeline.drawing.saving import save_figure, svg
from timeline.drawing.vector import figure_svg

__all__ = ["draw", "figure_svg", "layout", "save_figure", "svg"]
