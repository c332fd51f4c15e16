"""Saves figures as pictures: with a Chromium where there is one, else SVG in plain Python; fetches nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from timeline.drawing.figure import draw
from timeline.drawing.vector import figure_svg
from timeline.errors import TEXT, InputError, expect
from timeline.files import write_atomically

FORMATS = (".svg", ".png", ".pdf")
ENGINES = ("auto", "browser", "python")


def save_figure(
    figure: go.Figure, path: str | Path, *, engine: str = "auto", scale: float = 2
) -> Path:
    """The path of the picture that was written, after its ending: .svg, .png or .pdf.

    `engine`: browser (Kaleido with the Chromium in BROWSER_PATH or on the PATH), python (SVG only),
    or auto: the browser where there is one. `scale`: pixels of a PNG for each pixel of the figure.
    No picture needs the network. Only the python SVG is the same bytes every time.
    Raises InputError for what is no figure, path or scale, another ending or engine, PNG or PDF where
    there is no Chromium, or a file that cannot be written; the file that was there stays whole until the new one is complete.
    """
    if not isinstance(figure, go.Figure):
        raise InputError(
            f"figure: a {type(figure).__name__} is none; give what draw(events) returns, then the path"
        )
    if not isinstance(path, str | Path):
        raise InputError(
            f"path is {path!r}; give the name of a file that ends in {', '.join(FORMATS)}"
        )
    if not isinstance(scale, int | float) or not 0.1 <= scale <= 20:
        raise InputError(f"scale is {scale!r}; give a number from 0.1 to 20")
    path, suffix = Path(path), Path(path).suffix.lower()
    if suffix not in FORMATS:
        raise InputError(
            f"figure file is {str(path)!r}; its name must end in one of {', '.join(FORMATS)}"
        )
    expect(engine=(engine, TEXT))
    if engine not in ENGINES:
        raise InputError(f"engine is {engine!r}; use one of {', '.join(ENGINES)}")
    if engine != "python" and find_browser():
        import kaleido

        options: dict[str, Any] = {"format": suffix[1:], "scale": scale if suffix == ".png" else 1}
        picture = kaleido.calc_fig_sync(figure.to_dict(), opts=options, kopts={"mathjax": False})
        write_atomically(path, picture)
    elif suffix == ".svg" and engine != "browser":
        write_atomically(path, figure_svg(figure))
    else:
        raise InputError(
            f"cannot write {str(path)!r}: {suffix[1:].upper()} needs a Chromium and story-timeline[images]; "
            "set BROWSER_PATH to the Chromium, or save as .svg"
        )
    return path


def find_browser() -> str | None:
    """The Chromium that Kaleido would use, or None; BROWSER_PATH comes first."""
    try:
        import kaleido  # noqa: F401
        from choreographer.browsers.chromium import Chromium
    except ImportError:
        return None
    found = Chromium.find_browser(skip_local=False)
    return str(found) if found and Path(found).is_file() else None


def svg(events: pd.DataFrame, *, width: float = 900, dark: bool = False, **how: Any) -> str:
    """The story figure as an SVG text that needs no script: what `draw` draws, for print and for no JavaScript.

    `how`: scale, lane and title, as in `draw`. The same events give the same text, whatever their order.
    """
    return figure_svg(
        draw(events, width=width, template="timeline+dark" if dark else "timeline", **how)
    )
