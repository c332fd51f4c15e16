"""What each event looks like at a given scale: which symbol, how wide, what it says; no positions in y."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from timeline.drawing.chapters import DAY, Chapter
from timeline.drawing.words import clean
from timeline.errors import InputError
from timeline.schema import Column

MARKS = (
    Column("event_id", "text", "the event; empty for a chip or a bin"),
    Column("role", "text", "event, alternative, undated, chip or bin"),
    Column("chapter", "whole", "which chapter, from 0; -1 for the undated list"),
    Column("line", "whole", "which line of chapters, from 0; -1 for the undated list"),
    Column("lane", "text", "name of the lane, or empty"),
    Column("row", "whole", "order in height within the lane, from 0 at the top"),
    Column("x0", "moment", "first possible moment; NaT if open"),
    Column("x1", "moment", "first moment after the last possible one; NaT if open"),
    Column("core_x0", "moment", "from here it surely ran, or NaT"),
    Column("core_x1", "moment", "until here it surely ran, or NaT"),
    Column("symbol", "text", "dot, diamond, flag, bracket, bar, count or entry"),
    Column("kind", "text", "the event's kind; gives the colour"),
    Column("status", "text", "the event's status; gives the outline"),
    Column("left", "number", "pixels; left end of the mark as drawn"),
    Column("right", "number", "pixels; right end of the mark as drawn"),
    Column("y", "number", "pixels from the figure's top to the middle of the mark"),
    Column("label", "text", "title as drawn, lines parted by newlines; empty if unlabelled"),
    Column("note", "text", "the label's second part: date in words and sources"),
    Column("side", "text", "right, left, centre, from-left or from-right"),
    Column("label_left", "number", "pixels; the label box, NaN if unlabelled"),
    Column("label_top", "number", "pixels from the figure's top"),
    Column("label_right", "number", "pixels"),
    Column("label_bottom", "number", "pixels"),
    Column("count", "number", "events counted by a chip or bin; sources of any other mark"),
)

NAT = np.iinfo(np.int64).min
FINE = ("second", "minute", "hour", "part-of-day", "day")
APART = 14
"""Rival dates nearer than this in pixels are told in words only."""
ARROW = 72
"""Pixels that the arrow of an open end takes at most."""
BESIDE = 64
"""Up to this width in pixels a mark has its label beside it, above it underneath."""
WHISKER = 18
"""From this width in pixels on, a day is drawn with its true width behind its dot."""


class Rival(NamedTuple):
    """Another date that a source gives: pixels, seconds, and how many sources."""

    left: float
    right: float
    start: int
    stop: int
    n_sources: int


@dataclass(frozen=True)
class Mark:
    """One event, or one piece of it, in one chapter: pixels across, not yet down.

    `left`..`right` holds the rival dates too, `own_left`..`own_right` only the event itself.
    """

    index: int
    chapter: Chapter
    left: float
    right: float
    symbol: str
    at: float
    rivals: tuple[Rival, ...]
    own_left: float
    own_right: float

    @property
    def below(self) -> bool:
        """Whether the label must stand under the mark, which is too wide to stand beside."""
        return self.right - self.left > BESIDE or bool(self.rivals)

    @property
    def ends(self) -> tuple[float, float]:
        """Where a label may be tied to: the ends of what is wide, the middle of what is a point."""
        wide = self.right - self.left > WHISKER
        return (self.left, self.right) if wide else (self.at, self.at)


def seconds(column: pd.Series) -> np.ndarray:
    """A moment column as int64 seconds since 1970, NAT for a missing one.

    Raises InputError if it holds anything but moments without a time zone.
    """
    zoned = isinstance(column.dtype, pd.DatetimeTZDtype)
    if zoned or (pd.api.types.is_numeric_dtype(column) and column.notna().any()):
        raise InputError(
            f"column {column.name} holds {column.dtype}; give datetime64[s] without a time zone"
        )
    try:
        return column.to_numpy().astype("datetime64[s]").astype(np.int64)
    except (TypeError, ValueError) as error:
        raise InputError(
            f"column {column.name} holds what is no moment: {error}; give datetime64[s]"
        ) from None


def second_of(value: Any) -> int:
    """One moment (text, Timestamp, datetime64 or None) as seconds since 1970, or NAT."""
    if value is None or value is pd.NaT or value == "":
        return int(NAT)
    if isinstance(value, pd.Timestamp):
        value = value.to_datetime64()
    return int(np.datetime64(value, "s").astype(np.int64))


def symbol_of(kind: str, granularity: str, extent: str, length: int) -> str:
    """The shape that says how much is known: only what is dated to the day or finer is a point.

    >>> symbol_of("happening", "day", "within", 86_400), symbol_of("statement", "month", "within", 2_678_400)
    ('dot', 'bracket')
    >>> symbol_of("deadline", "day", "within", 86_400), symbol_of("period", "month", "throughout", 2_678_400)
    ('flag', 'bar')
    """
    if extent == "throughout" and length > DAY:
        return "bar"
    if kind == "deadline":
        return "flag"
    if length > DAY or not (granularity in FINE or (not granularity and length >= 0)):
        return "bracket"
    return "diamond" if kind == "statement" else "dot"


def make_marks(index: int, event: dict[str, Any], chapters: list[Chapter]) -> list[Mark]:
    """The event's mark in each chapter that it reaches into: mostly one.

    `event`: a row with start and stop as seconds (NAT if open). A period that runs on through a
    silence has a piece in each chapter; rival values show in the chapter of the event's own value.
    """
    start, stop = event["start"], event["stop"]
    length = DAY + 1 if NAT in (start, stop) else stop - start
    low, high = (start if start != NAT else stop - 1), (stop if stop != NAT else start + 1)
    symbol = symbol_of(event["kind"], event["granularity"], event["extent"], length)
    reached = [c for c in chapters if low < c.stop and high > c.start]
    reached = reached or [min(chapters, key=lambda c: abs(c.start - low))]
    marks = []
    for c in reached:
        left = c.to_px(max(low, c.view_start)) if c is reached[0] else c.left
        right = c.to_px(min(high, c.view_stop)) if c is reached[-1] else c.right
        if start == NAT:
            left = max(c.left + 8, right - ARROW)
        if stop == NAT:
            right = min(c.right - 8, left + ARROW)
        at = right if symbol == "flag" and right - left > WHISKER else (left + right) / 2
        rivals = _rivals(event, c, at) if c is reached[0] else ()
        ends = [left, right, *(x for r in rivals for x in (r.left, r.right))]
        marks.append(Mark(index, c, min(ends), max(ends), symbol, at, rivals, left, right))
    return marks


def _rivals(event: dict[str, Any], chapter: Chapter, at: float) -> tuple[Rival, ...]:
    """Rival dates that lie inside the chapter and clear of the event's own."""
    rivals = set()
    for other in event["alternatives"]:
        start, stop = second_of(other.get("start")), second_of(other.get("stop"))
        if NAT in (start, stop) or (start, stop) == (event["start"], event["stop"]):
            continue
        left, right = chapter.to_px(start), chapter.to_px(stop)
        inside = start >= chapter.view_start and stop <= chapter.view_stop
        if inside and abs((left + right) / 2 - at) > APART:
            rivals.add(Rival(left, right, start, stop, len(other.get("sources") or [])))
    return tuple(sorted(rivals))


def rival_words(event: dict[str, Any], other: dict[str, Any]) -> str:
    """The date in words that an alternative gives, empty if it is the event's own or none."""
    bounds = (second_of(other.get("start")), second_of(other.get("stop")))
    own = bounds in ((event["start"], event["stop"]), (NAT, NAT))
    return "" if own else str(other.get("when") or other.get("edtf") or "")


def note_of(event: dict[str, Any]) -> str:
    """The label's second line: status if it is not plainly reported, date in words, sources.

    >>> note_of({"status": "denied", "when": "in May 2014", "n_sources": 1, "sources": ["The Hill"], "conflict": "",
    ...          "alternatives": []})
    'denied · in May 2014 · The Hill'
    """
    n_sources = int(event["n_sources"])
    names = list(event["sources"])
    said = names[0] if n_sources == 1 and names else f"{n_sources} sources" if n_sources else ""
    status = "" if event["status"] in ("reported", "planned") else event["status"]
    told = [(o, o.get("says") or rival_words(event, o)) for o in event["alternatives"]]
    told = [(other, words) for other, words in told if words][:3]
    differ = "sources differ" if event["conflict"] and not told else ""
    parts = [status, event["when"], said, differ]
    lines = [" · ".join(part for part in map(clean, parts) if part)]
    lines += [clean(f"≠ {', '.join(o.get('sources') or [])}: {words}") for o, words in told]
    return "\n".join(lines)
