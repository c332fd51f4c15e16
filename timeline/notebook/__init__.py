"""Notebooks: events shown as a table, a viewer that talks back, answers checked, example stories found.

Students' copies are made by `timeline.notebook.student`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from timeline.errors import InputError
from timeline.notebook.check import check
from timeline.notebook.folders import example
from timeline.notebook.show import show

if TYPE_CHECKING:
    from timeline.notebook.explorer import Explorer

__all__ = ["check", "example", "explore", "show"]


def explore(story: Any) -> Explorer:
    """The report's viewer of the story's events: zoom, lanes, filters, brush, click, edit.

    `story`: what `read_story` returned, or an events frame.
    `.selection` is the frame of the events chosen in the view, and may be set: the event that was
    opened, else all that the window and the filters leave, else none. `.events` is the frame with
    the edits that were made; `.save_corrections()` writes them to a corrections file.
    A saved notebook keeps a still figure, so that it shows without a kernel.
    Raises InputError if anywidget is not installed, or naming a column that the events lack.
    """
    try:
        from timeline.notebook.explorer import Explorer
    except ModuleNotFoundError as error:
        raise InputError(
            f"explore needs {error.name}: install it with pip install 'story-timeline[notebooks]'"
        ) from None
    return Explorer(story)
