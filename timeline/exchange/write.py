"""An events frame out to a file for other tools; chooses the format and says what it could not carry."""

from __future__ import annotations

from pathlib import Path
from types import NoneType

import pandas as pd

from timeline.errors import TEXT, InputError, expect, require
from timeline.exchange.ics import write_ics
from timeline.exchange.tables import SUFFIXES, Target, choose_format, frame_bytes, put
from timeline.exchange.timelinejs import write_timelinejs
from timeline.exchange.timeml import write_timeml
from timeline.exchange.vis import write_vis
from timeline.schema import EVENTS, require_columns

_NAMED = ("timelinejs", "vis", "timeml")  # no file ending names these
_FOREIGN = {"timelinejs": write_timelinejs, "vis": write_vis, "ics": write_ics}
_TOLD = ("when", "title", "kind", "status", "attribution", "sources")


def write_events(
    events: pd.DataFrame,
    target: Target,
    to: str | None = None,
    *,
    title: str = "",
    articles: pd.DataFrame | None = None,
    mentions: pd.DataFrame | None = None,
) -> list[str]:
    """Notes on what the format could not carry; the events are in the file, whole, or on the stream.

    `target`: a path, replaced in one step, or a binary stream.
    `to`: csv, excel-csv (no cell is taken for a formula), json, jsonl, parquet, markdown, ics,
    timelinejs (TimelineJS3 JSON), vis (vis-timeline items), or timeml (`target` is a folder, a file
    an article; needs `articles` and `mentions`); by default what the file's name ends in.
    `title`: of the story, where the format has a place for one.
    csv, json, jsonl and parquet carry everything, and read_events gives the same frame again.
    Raises InputError for an unknown format, missing columns, or a file that cannot be written.
    """
    expect(title=(title, TEXT))
    for name, frame in (("articles", articles), ("mentions", mentions)):
        require(frame, (pd.DataFrame, NoneType), name, "a frame or None")
    to = choose_format(target, to, {**SUFFIXES, ".ics": "ics"}, _NAMED)
    if to == "timeml":
        if articles is None or mentions is None or not isinstance(target, (str, Path)):
            raise InputError("timeml needs the articles, their mentions, and a folder to write to")
        return write_timeml(articles, mentions, target)
    require_columns(events, tuple(c.name for c in EVENTS), "events")
    notes: list[str] = []
    if to in _FOREIGN:
        data = _FOREIGN[to](events, title, notes)
    else:
        data = frame_bytes(events[list(_TOLD)] if to == "markdown" else events, to, notes)
    put(target, data)
    return notes
