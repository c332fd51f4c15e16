"""Draws events: a marks frame by pure arithmetic, then plain plotly figures; reads and tags nothing."""

from timeline.drawing.density import draw_density, draw_naive
from timeline.drawing.explaining import draw_explanation
from timeline.drawing.figure import draw
from timeline.drawing.layout import layout
from timeline.drawing.saving import save_figure, svg
from timeline.drawing.sources import draw_sources
from timeline.drawing.vector import figure_svg

__all__ = [
    "draw",
    "draw_density",
    "draw_explanation",
    "draw_naive",
    "draw_sources",
    "figure_svg",
    "layout",
    "save_figure",
    "svg",
]
