"""TimelineJS3 JSON, out and in. Its dates are a year, then maybe month, day, time; no doubt, no bounds.

Years before 1 CE are negative with no year 0 (-44 is 44 BCE), as its own display counts them.
Source: Knight Lab, "TimelineJS JSON data format" (timeline.knightlab.com/docs/json-format.html).
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd

from timeline.dates import Period, TimeValue
from timeline.dates.calendar import DAY, civil_from_days
from timeline.errors import InputError
from timeline.exchange.building import Row, Value, build_events, own_fields, part
from timeline.exchange.html_text import markup_of, safe_link, text_of
from timeline.exchange.told import CARRIED, as_html, carried, datable, lost_columns, own_value

# JavaScript dates reach this far; beyond, TimelineJS has a scale of its own that knows only years.
_HUMAN_YEARS = (-271_820, 275_759)
_UNITS = ("year", "month", "day", "hour", "minute", "second")


def date_parts(moment: np.datetime64, granularity: str) -> dict[str, int]:
    """A TimelineJS date down to the unit that was stated (days for weeks and the like)."""
    days, second = divmod(int(moment.astype(np.int64)), DAY)
    year, month, day = civil_from_days(days)
    clock = (second // 3600, second // 60 % 60, second % 60)
    parts = (year if year > 0 else year - 1, month, day, *clock)
    depth = _UNITS.index(granularity) + 1 if granularity in _UNITS else 3
    return dict(zip(_UNITS[:depth], parts, strict=False))


def _dates(value: TimeValue | Period) -> dict[str, Any]:
    """start_date and, if it lasts or is no plain unit, end_date (its last day, month or year)."""
    first: TimeValue | None = value if isinstance(value, TimeValue) else value.begin
    last: TimeValue | None = value if isinstance(value, TimeValue) else value.finish
    start, stop = value.start, value.stop
    plain = isinstance(value, TimeValue) and value.granularity in _UNITS
    if start is None:
        assert stop is not None
        return {"start_date": date_parts(stop - 1, last.granularity if last else "day")}
    dates = {"start_date": date_parts(start, first.granularity if first else "day")}
    if stop is not None and not plain:
        dates["end_date"] = date_parts(stop - 1, last.granularity if last else "day")
    return dates


def write_timelinejs(events: pd.DataFrame, title: str, notes: list[str]) -> bytes:
    """The JSON of a timeline; events without any date are left out, and `notes` say so."""
    slides = [
        {
            "unique_id": str(event["event_id"]),
            **_dates(value),
            "display_date": value.words(),
            "text": {"headline": markup_of(str(event["title"])), "text": as_html(event)},
            "group": str(event.get("kind") or ""),
            "autolink": False,
            "timeline": carried(event),
        }
        for event, value in datable(events, "TimelineJS", notes)
    ]
    dates = [slide[key] for slide in slides for key in ("start_date", "end_date") if key in slide]
    far = any(not _HUMAN_YEARS[0] <= date["year"] <= _HUMAN_YEARS[1] for date in dates)
    if far:
        notes.append("some years are beyond JavaScript's dates: TimelineJS will show years only")
    notes += lost_columns(events, (*CARRIED, "citations", "conflict"), "TimelineJS")
    story: dict[str, Any] = {"scale": "cosmological" if far else "human", "events": slides}
    if title:
        story["title"] = {"text": {"headline": markup_of(title), "text": ""}}
    return (json.dumps(story, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _whole(parts: dict[str, Any], name: str) -> int | None:
    found = parts.get(name)
    if found is None or str(found).strip() == "":
        return None
    text = str(found).strip().replace(",", "").removesuffix(".0")
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()) or len(text) > 13:
        raise InputError(f"{name} {str(found)[:40]!r} is not a whole number")
    return int(text)


def value_of_parts(parts: Any) -> TimeValue:
    """The value of a TimelineJS date: as fine as the parts that it has.

    Raises InputError if it has no year or there is no such day.
    """
    if not isinstance(parts, dict):
        raise InputError("a date is an object with a year")
    numbers: list[int] = []
    for name in _UNITS:
        if (number := _whole(parts, name)) is None:
            break
        numbers.append(number)
    if not numbers or numbers[0] == 0:
        raise InputError("a date needs a year, and there is no year 0")
    year, *rest = numbers
    depth = min(len(numbers), 3)
    value = TimeValue.around(_UNITS[depth - 1], year if year > 0 else year + 1, *rest[:2])
    if len(numbers) <= 3:
        return value
    return TimeValue.from_edtf(f"{value.edtf}T" + ":".join(f"{n:02d}" for n in numbers[3:]))


def _read_value(slide: dict[str, Any], own: dict[str, Any]) -> tuple[Value, str]:
    """The slide's date and how it was had: our own EDTF if its dates have not been changed since."""
    given: dict[str, Any] = {key: slide[key] for key in ("start_date", "end_date") if key in slide}
    if (value := own_value(own, given, _dates)) is not None:
        return value, f"EDTF {own['edtf']}"
    begin = value_of_parts(slide.get("start_date"))
    if not slide.get("end_date"):
        return begin, "start_date"
    return Period(begin, value_of_parts(slide["end_date"])), "start_date and end_date"


def read_timelinejs(story: dict[str, Any], file: str) -> pd.DataFrame:
    """An events frame of a TimelineJS story; attrs: problems, lost (what has no place), title.

    Raises InputError if `events` is not a list.
    """
    slides = story.get("events")
    if not isinstance(slides, list):
        raise InputError(f"{file}: a TimelineJS story has a list of events")
    rows: list[Row] = []
    lost: dict[str, int] = {}
    eras = [{**era, "is_era": True} for era in story.get("eras") or [] if isinstance(era, dict)]
    for number, slide in enumerate([*slides, *eras], 1):
        if not isinstance(slide, dict):
            rows.append(Row("", None, line=number, problem=f"slide {number} is not an object"))
            continue
        text, own = part(slide, "text"), part(slide, "timeline")
        fields, line = own_fields(own), slide.get("line")
        if "is_era" in slide:
            fields["kind"] = fields["kind"] or "period"
        for name in ("media", "background"):
            lost[name] = lost.get(name, 0) + bool(slide.get(name))
        try:
            value, how = _read_value(slide, own)
            problem = ""
        except InputError as error:
            value, how, problem = None, "", f"slide {number} has no usable date: {error}"
        rows.append(
            Row(
                text_of(text.get("headline")) or f"slide {number}",
                value,
                expression=text_of(slide.get("display_date")),
                line=line if isinstance(line, int) else number,
                how=how,
                problem=problem,
                event_id=str(slide.get("unique_id") or ""),
                url=safe_link(part(slide, "media").get("url")),
                sentence=text_of(text.get("text")),
                extra={"group": text_of(slide.get("group"))} if not own else {},
                **fields,
            )
        )
    frame = build_events(rows, file)
    frame.attrs["lost"] = [f"{name} of {n} slides is not kept" for name, n in lost.items() if n]
    frame.attrs["title"] = text_of(part(part(story, "title"), "text").get("headline"))
    return frame
