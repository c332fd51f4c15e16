"""vis-timeline items, out and in: a JSON list for `new vis.DataSet(...)`. Dates are JavaScript dates.

Source: visjs.github.io/vis-timeline/docs/timeline, "Data Format". A month becomes a range of a
month's width, an unknown moment within it; a day without hours is drawn all through.
"""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np
import pandas as pd

from timeline.dates import Period, TimeValue
from timeline.dates.calendar import DAY
from timeline.errors import InputError
from timeline.exchange.building import Row, Value, build_events, own_fields, part
from timeline.exchange.html_text import markup_of, text_of
from timeline.exchange.tables import iso_text
from timeline.exchange.told import (
    CARRIED,
    as_text,
    bare_title,
    carried,
    datable,
    lost_columns,
    own_value,
    some,
    title_with_date,
)

_FARTHEST = 8_640_000_000_000
"""Seconds that a JavaScript date reaches either way. Source: ECMA-262, 21.4.1."""
_DATE = re.compile(
    r"([+-]?[0-9]{4,6})(?:-([0-9]{2})(?:-([0-9]{2}))?)?"
    r"(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?",
    re.ASCII,
)


def _js(moment: np.datetime64) -> str:
    """Zone-free ISO 8601 as JavaScript reads it: six digits and a sign beyond 0 to 9999."""
    text = iso_text(moment)
    return text if text[0].isdigit() else f"{text[0]}{text[1:].zfill(21)}"


def _dates(value: TimeValue | Period) -> dict[str, str]:
    start, stop = value.start, value.stop
    if start is None or stop is None:
        known = start if start is not None else stop
        assert known is not None
        return {"start": _js(known), "type": "box"}
    if isinstance(value, TimeValue) and value.granularity in ("second", "minute", "hour", "day"):
        return {"start": _js(start), "type": "box"}
    return {"start": _js(start), "end": _js(stop), "type": "range"}


def write_vis(events: pd.DataFrame, _title: str, notes: list[str]) -> bytes:
    """The JSON list of items, which has no place for a title; events that JavaScript dates cannot hold are left out, `notes` say so."""
    items, far = [], []
    for event, value in datable(events, "vis-timeline", notes):
        known = [m for m in (value.start, value.stop) if m is not None]
        if any(abs(int(m.astype(np.int64))) > _FARTHEST for m in known):
            far.append(str(event["title"]))
            continue
        shown = str(event["title"]) if len(known) == 2 else title_with_date(event)
        items.append(
            {
                "id": str(event["event_id"]),
                "content": markup_of(shown),
                "title": markup_of(as_text(event)).replace("\n", "<br>"),
                **_dates(value),
                "className": f"timeline-{event.get('kind')} timeline-{event.get('extent')}",
                "timeline": carried(event),
            }
        )
    if far:
        notes.append(f"beyond the year 275760 JavaScript has no dates: {some(far)} left out")
    notes += lost_columns(events, (*CARRIED, "citations", "conflict"), "vis-timeline")
    return (json.dumps(items, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _read_date(cell: Any) -> TimeValue:
    """The value of an item's date: a text as fine as it is, milliseconds since 1970 as a second."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        if not abs(cell) <= _FARTHEST * 1000:
            raise InputError(f"{cell!r} is beyond JavaScript's dates")
        moment = np.datetime64(int(cell // 1000), "s")
        whole = int(cell // 1000) % DAY == 0
        return TimeValue(moment, moment + (DAY if whole else 1), "day" if whole else "second")
    match = _DATE.fullmatch(str(cell or "").strip())
    if match is None:
        raise InputError(f"{str(cell)[:60]!r} is not a JavaScript date")
    unit = "day" if match[3] else "month" if match[2] else "year"
    day = TimeValue.around(unit, *(int(part or 1) for part in match.groups()[:3]))
    clock = f"{match[4]}:{match[5]}:{match[6] or '00'}"
    if match[4] is None or clock == "00:00:00":
        return day
    return TimeValue.from_edtf(f"{day.edtf}T{clock.removesuffix(':00')}")


def _read_value(item: dict[str, Any], own: dict[str, Any]) -> tuple[Value, str]:
    given: dict[str, Any] = {key: item[key] for key in ("start", "end", "type") if key in item}
    if (value := own_value(own, given, _dates)) is not None:
        return value, f"EDTF {own['edtf']}"
    begin = _read_date(item.get("start"))
    if item.get("end") in (None, ""):
        return begin, "start"
    end = _read_date(item["end"])
    if end.granularity == "day" and begin.granularity == "day" and end.start is not None:
        last = (end.start - 1).astype("datetime64[D]")  # an end at midnight is the day before
        end = TimeValue(last, last + 1, "day")
    return Period(begin, end), "start and end"


def read_vis(items: list[Any], file: str) -> pd.DataFrame:
    """An events frame of vis-timeline items; attrs: problems, lost."""
    rows, n_background = [], 0
    for number, item in enumerate(items, 1):
        if not isinstance(item, dict):
            rows.append(Row("", None, line=number, problem=f"item {number} is not an object"))
            continue
        if item.get("type") == "background":
            n_background += 1
            continue
        own = part(item, "timeline")
        try:
            value, how = _read_value(item, own)
            problem = ""
        except InputError as error:
            value, how, problem = None, "", f"item {number} has no usable date: {error}"
        rows.append(
            Row(
                bare_title(text_of(item.get("content")), own) or f"item {number}",
                value,
                expression=str(item.get("start") or "")[:100],
                line=number,
                how=how,
                problem=problem,
                event_id=str(item.get("id") or ""),
                sentence=text_of(item.get("title")),
                extra={"group": text_of(item.get("group"))} if item.get("group") else {},
                **own_fields(own),
            )
        )
    frame = build_events(rows, file)
    if n_background:
        frame.attrs["lost"] = [f"{n_background} background items are not events"]
    return frame
