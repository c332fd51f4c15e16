"""The report's viewer inside a notebook, which tells Python what people choose and change.

May not draw: that is `timeline.reporting` in the view, and `timeline.drawing` for a saved notebook.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import anywidget
import pandas as pd
import traitlets

from timeline.correcting import read_corrections, write_corrections
from timeline.correcting.joining import dated
from timeline.drawing import draw
from timeline.errors import InputError
from timeline.files import write_atomically
from timeline.notebook.check import understand
from timeline.reporting import viewer_data, viewer_script, viewer_style
from timeline.reporting.bundle import plotly_bundle
from timeline.schema import EVENTS, require_columns

HERE = Path(__file__).parent
SYSTEM_DARK = (
    r"@media \(prefers-color-scheme: dark\) \{\s*\.story-viewer, \.story-page (\{[^}]*\})\s*\}"
)


def view_style() -> str:
    """The viewer's style sheet, dark where the notebook is and not where the system is."""
    style = re.sub(SYSTEM_DARK, r".story-viewer.dark \1", viewer_style())
    return style + (HERE / "explorer.css").read_text("utf-8")


class Explorer(anywidget.AnyWidget):
    """The viewer that `explore` returns. Nothing leaves the notebook: no request is made."""

    _esm = viewer_script() + (HERE / "explorer.js").read_text("utf-8")
    _css = view_style()
    data: Any = traitlets.Dict().tag(sync=True)
    selected: Any = traitlets.List(traitlets.Unicode()).tag(sync=True)
    message = traitlets.Unicode("").tag(sync=True)

    def __init__(self, story: Any) -> None:
        frame = getattr(story, "events", story)
        require_columns(frame, tuple(c.name for c in EVENTS), "events")
        self._saved = frame
        self._events = frame.copy()
        self._mentions = getattr(story, "mentions", None)
        self._title = str(getattr(story, "title", ""))
        self._day = _last_day(frame)
        super().__init__(data=self._data())
        self.on_msg(self._told)

    def _data(self) -> dict[str, Any]:
        return viewer_data(self._events, self._mentions, title=self._title)

    @property
    def events(self) -> pd.DataFrame:
        """The events frame with the edits that were made in the view or by `edit`."""
        return self._events.copy()

    @property
    def selection(self) -> pd.DataFrame:
        """The chosen events, in the EVENTS schema, in the order of the story."""
        return self._events[self._events["event_id"].isin(set(self.selected))].copy()

    @selection.setter
    def selection(self, chosen: pd.DataFrame | Iterable[str]) -> None:
        """Choose the events of a frame, or of event ids; the view moves so that all can be seen.

        Raises InputError naming ids that are not in the story.
        """
        ids = list(chosen["event_id"] if isinstance(chosen, pd.DataFrame) else chosen)
        unknown = set(map(str, ids)) - set(self._events["event_id"])
        if unknown:
            raise InputError(
                f"no event {', '.join(map(repr, sorted(unknown)))} in this story; ids are in its events' event_id column"
            )
        self.selected = list(map(str, ids))

    def edit(self, event_id: str, *, title: str = "", date: str = "") -> None:
        """Change an event's title or date, as the view does; nothing is written to a file.

        `date`: EDTF, or a date in words ("5 Nov 2014").
        Raises InputError if there is no such event or the date cannot be read.
        """
        at = self._events.index[self._events["event_id"] == event_id]
        if not len(at):
            raise InputError(f"no event {event_id!r} in this story")
        changed = self._events.copy()
        if date:
            value, trouble = understand(date, self._day)
            if value is None:
                raise InputError(trouble)
            for name, item in dated(value.edtf).items():
                changed.loc[at, name] = pd.NaT if item is None else item
        if title:
            changed.loc[at, "title"] = title
        self._events = changed
        self.data = self._data()

    def save_corrections(self, path: str | Path = "corrections.toml") -> int:
        """How many entries were added to the corrections file: the edits since it was last saved.

        What the file already holds is kept, and stands before them. Put it into the story's folder
        and `read_story` applies it. Written whole or not at all.
        Raises InputError if the file is there and cannot be read, or cannot be written.
        """
        read_corrections(path)
        held = Path(path).read_text("utf-8") if Path(path).exists() else ""
        with TemporaryDirectory() as folder:
            n_entries = write_corrections(self._saved, self._events, Path(folder) / "new.toml")
            entries = (Path(folder) / "new.toml").read_text("utf-8")
        if n_entries:
            write_atomically(path, f"{held.rstrip()}\n\n{entries}".lstrip())
        self._saved = self._events
        return n_entries

    def _told(self, _widget: Any, content: dict[str, Any], _buffers: Any) -> None:
        if content.get("ask") == "plotly":
            self.send({"plotly": plotly_bundle().packed})
            return
        try:
            edit = {name: str(content.get(name, "")) for name in ("event_id", "title", "date")}
            self.message = ""
            self.edit(**edit)
            self.message = "Kept. Write it to a file with save_corrections()."
        except InputError as error:
            self.message = str(error)

    def _ipython_display_(self) -> None:
        """A still figure, and the living view, which hides it."""
        from IPython.display import display

        display(draw(self._events, title=self._title or None))
        bundle: Any = self._repr_mimebundle_() or {}
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        living = {key: value for key, value in data.items() if "widget-view" in key}
        display(living, raw=True)

    def __repr__(self) -> str:
        return f"Explorer of {len(self._events)} events"


def _last_day(events: pd.DataFrame) -> str:
    """The story's last day: the year that "5 Nov" means in an edit."""
    last = events.loc[events["dated"], "stop"].dropna()
    return "" if last.empty else str(last.max())[:10]
