"""Colours and plotly templates: light, dark and print in grey; shape carries the meaning, colour helps."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go
import plotly.io as pio

from timeline.errors import TEXT, InputError, expect

SANS = "Arial, Helvetica, Liberation Sans, sans-serif"
SERIF = "Georgia, Liberation Serif, Times New Roman, serif"
# Okabe & Ito (2008), Color Universal Design: https://jfly.uni-koeln.de/color/
BLUE, GREEN, VERMILLION, SKY, ORANGE = "#0072B2", "#009E73", "#D55E00", "#56B4E9", "#E69F00"

PALETTES: dict[str, dict[str, str]] = {
    "timeline": {
        "paper": "#ffffff", "panel": "#f7f5f0", "ink": "#1c1f24", "soft": "#5d6168", "line": "#8a8880",
        "grid": "#e3dfd4", "stem": "#b5b0a4", "chip": "#e4dfd3", "happening": BLUE, "statement": GREEN, "deadline": VERMILLION,
        "plan": "#b2588c", "period": "#c98a00", "other": "#5d6168",
    },
    "timeline+dark": {
        "paper": "#14161a", "panel": "#1d2026", "ink": "#f1efe9", "soft": "#a9adb5", "line": "#6d7178",
        "grid": "#2c3038", "stem": "#555b66", "chip": "#343942", "happening": SKY, "statement": "#2fc79d", "deadline": "#ff7f2a",
        "plan": "#e08fbb", "period": ORANGE, "other": "#a9adb5",
    },
    "timeline+grey": {
        "paper": "#ffffff", "panel": "#f6f6f6", "ink": "#111111", "soft": "#555555", "line": "#777777",
        "grid": "#e2e2e2", "stem": "#aaaaaa", "chip": "#dddddd", "happening": "#222222", "statement": "#555555",
        "deadline": "#000000", "plan": "#555555", "period": "#777777", "other": "#555555",
    },
}  # fmt: skip
"""Okabe-Ito hues by kind; on white, purple and orange are darkened until they stand 3 to 1."""


def palette(template: str) -> dict[str, str]:
    """Colours by role and kind.

    Raises InputError naming the templates that there are.
    """
    expect(template=(template, TEXT))
    if template not in PALETTES:
        raise InputError(f"template is {template!r}; use one of {', '.join(PALETTES)}")
    return PALETTES[template]


def _template(colours: dict[str, str]) -> dict[str, Any]:
    axis = {
        "gridcolor": colours["grid"], "linecolor": colours["line"], "tickcolor": colours["line"],
        "zeroline": False, "tickfont": {"size": 11, "color": colours["soft"]}, "automargin": False,
    }  # fmt: skip
    return {
        "colorway": [colours[k] for k in ("happening", "statement", "deadline", "plan", "period")],
        "font": {"family": SANS, "size": 12, "color": colours["ink"]},
        "paper_bgcolor": colours["paper"],
        "plot_bgcolor": "rgba(0,0,0,0)",
        "xaxis": axis,
        "yaxis": axis,
        "hovermode": "closest",
        "hoverlabel": {
            "align": "left", "bgcolor": colours["paper"], "bordercolor": colours["line"],
            "font": {"family": SANS, "size": 12, "color": colours["ink"]},
        },
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": colours["line"], "activecolor": colours["ink"]},
    }  # fmt: skip


def register() -> None:
    """Nothing; plotly.io.templates has `timeline`, and `dark` and `grey` to add to it with a plus."""
    for name, colours in PALETTES.items():
        pio.templates[name.rpartition("+")[2]] = go.layout.Template(layout=_template(colours))


register()
