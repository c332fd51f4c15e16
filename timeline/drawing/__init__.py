"""Draws events: a marks frame by pure arithmetic, then plain plotly figures; reads and tags nothing."""

from timeline.drawing.layout import layout

__all__ = ["layout"]
