"""iCalendar (RFC 5545), out and in, by the icalendar package. Its dates are days or moments, 1 to 9999.

A month is an all-day event of a month's length, marked transparent; DTSTAMP, which the standard
wants and which says nothing about the event, is always 1970-01-01, so that a file never changes by
itself. Our own fields ride along in X-TIMELINE, as JSON.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from timeline.dates import Period, TimeValue
from timeline.errors import InputError
from timeline.exchange.building import Row, Value, build_events, own_fields
from timeline.exchange.html_text import safe_link
from timeline.exchange.told import (
    CARRIED,
    as_text,
    bare_title,
    carried,
    citations_of,
    datable,
    lost_columns,
    own_value,
    some,
    title_with_date,
)

_MOMENTS = ("second", "minute", "hour")
_OWN = "X-TIMELINE"


def _python(moment: np.datetime64) -> datetime:
    found = moment.astype("datetime64[us]").item()
    if not isinstance(found, datetime):
        raise OverflowError
    return found


def _dates(value: TimeValue | Period) -> dict[str, date | datetime]:
    """DTSTART and DTEND (exclusive); days unless both ends state a time. OverflowError beyond 9999."""
    start, stop = value.start, value.stop
    if isinstance(value, TimeValue):
        ends = [value.granularity]
    else:
        ends = [end.granularity for end in (value.begin, value.finish) if end]
    timed = all(end in _MOMENTS for end in ends)
    known = start if start is not None else stop
    assert known is not None
    if start is None or stop is None:
        only = _python(known if stop is None else known - 1)
        return {"dtstart": only if timed else only.date()}
    first, last = _python(start), _python(stop)
    if not timed:
        return {
            "dtstart": first.date(),
            "dtend": (last - timedelta(seconds=1)).date() + timedelta(days=1),
        }
    return {"dtstart": first} if isinstance(value, TimeValue) else {"dtstart": first, "dtend": last}


def _clean(text: str) -> str:
    return "".join(c for c in text if c >= " " or c in "\t\n").replace("\x7f", "")


def write_ics(events: pd.DataFrame, title: str, notes: list[str]) -> bytes:
    """An iCalendar file; events that it cannot date are left out, and `notes` say so."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//story-timeline//timeline//EN")
    calendar.add("version", "2.0")
    if title:
        calendar.add("x-wr-calname", _clean(title))
    far, wide = [], []
    for event, value in datable(events, "iCalendar", notes):
        name = str(event["title"])
        try:
            dates = _dates(value)
        except (OverflowError, ValueError):
            far.append(name)
            continue
        sure = isinstance(value, Period) or value.granularity in (*_MOMENTS, "day")
        if not sure:
            wide.append(name)
        if not sure or value.start is None or value.stop is None:
            name = title_with_date(event)
        item = Event()
        item.add("uid", _clean(str(event["event_id"])))
        item.add("dtstamp", datetime(1970, 1, 1, tzinfo=UTC))
        item.add("summary", _clean(name))
        for key, found in dates.items():
            item.add(key, found)
        item.add("description", _clean(as_text(event)))
        item.add("categories", [_clean(str(event.get("kind") or "happening"))])
        item.add("transp", "TRANSPARENT")
        links = [safe_link(cited.get("url")) for cited in citations_of(event)]
        if link := next(filter(None, links), ""):
            item.add("url", link)
        item.add(_OWN, json.dumps(carried(event), ensure_ascii=True, sort_keys=True))
        calendar.add_component(item)
    for titles, why in (
        (far, "iCalendar has only the years 1 to 9999: {} left out"),
        (wide, "iCalendar knows no vague dates: {} fill all the days that they may lie in"),
    ):
        if titles:
            notes.append(why.format(some(titles)))
    notes += lost_columns(events, (*CARRIED, "citations", "conflict"), "iCalendar")
    return calendar.to_ical(sorted=False)


def _value(found: Any) -> TimeValue:
    """The value of a DTSTART: a day, a minute, or a second, as the clock on the wall says it."""
    if isinstance(found, datetime):
        moment = np.datetime64(found.replace(tzinfo=None, microsecond=0), "s")
        return TimeValue(
            moment, moment + (1 if found.second else 60), "second" if found.second else "minute"
        )
    if isinstance(found, date):
        return TimeValue.day(found.year, found.month, found.day)
    raise InputError("DTSTART is neither a date nor a date-time")


def _read_value(item: Any, own: dict[str, Any]) -> tuple[Value, str]:
    start, end = item.decoded("DTSTART", None), item.decoded("DTEND", None)
    if end is None and "DURATION" in item and start is not None:
        end = start + item.decoded("DURATION")
    given = {key: found for key, found in (("dtstart", start), ("dtend", end)) if found is not None}
    if (value := own_value(own, given, _dates)) is not None:
        return value, f"EDTF {own['edtf']}"
    if start is None:
        raise InputError("it has no DTSTART")
    begin = _value(start)
    if end is None or end == start:
        return begin, "DTSTART"
    if isinstance(end, datetime) or isinstance(start, datetime):
        return Period(begin, _value(end)), "DTSTART and DTEND"
    last = end - timedelta(days=1)  # an all-day end is the day after
    return (
        (begin, "DTSTART") if last <= start else (Period(begin, _value(last)), "DTSTART and DTEND")
    )


def read_ics(raw: bytes, file: str) -> pd.DataFrame:
    """An events frame of the VEVENTs of an iCalendar file; attrs: problems, lost, title.

    Recurring events are read once, at their first time; zones are dropped, not converted.
    Raises InputError if it is no iCalendar file.
    """
    from icalendar import Calendar

    try:
        calendars = list(Calendar.from_ical(raw, multiple=True))
    except Exception as error:  # a stranger's parser on a stranger's bytes: the file is bad
        raise InputError(f"{file}: not an iCalendar file: {str(error)[:100]}") from error
    rows: list[Row] = []
    counts = {"recurrences": 0, "time zones": 0, "alarms": 0}
    others = 0
    for item in (found for calendar in calendars for found in calendar.walk()):
        if item.name != "VEVENT":
            others += item.name in ("VTODO", "VJOURNAL", "VFREEBUSY")
            counts["alarms"] += item.name == "VALARM"
            continue
        rows.append(_row(item, len(rows) + 1, counts))
    if not calendars:
        raise InputError(f"{file}: not an iCalendar file: it has no VCALENDAR")
    frame = build_events(rows, file)
    frame.attrs["lost"] = [f"{name} of {n} events are not kept" for name, n in counts.items() if n]
    if others:
        frame.attrs["lost"].append(f"{others} to-dos or journal entries are not events")
    frame.attrs["title"] = str(calendars[0].get("X-WR-CALNAME") or "")
    return frame


def _row(item: Any, number: int, counts: dict[str, int]) -> Row:
    def text(name: str) -> str:
        found = item.get(name)
        return str(found[0] if isinstance(found, list) and found else found or "").strip()

    try:
        own = json.loads(text(_OWN) or "{}")
    except (ValueError, RecursionError):
        own = {}
    own = own if isinstance(own, dict) else {}
    counts["recurrences"] += any(name in item for name in ("RRULE", "RDATE"))
    expression, value, how, problem = "", None, "", ""
    try:
        value, how = _read_value(item, own)
        start = item.decoded("DTSTART")
        counts["time zones"] += getattr(start, "tzinfo", None) is not None
        expression = str(start)
    except Exception as error:  # as above: icalendar decodes what strangers wrote
        problem = f"event {number} has no usable date: {str(error)[:100]}"
    return Row(
        bare_title(text("SUMMARY"), own) or f"event {number}",
        value,
        expression=expression,
        line=number,
        how=how,
        problem=problem,
        event_id=text("UID"),
        url=text("URL"),
        sentence=text("DESCRIPTION"),
        extra={"location": text("LOCATION")} if text("LOCATION") else {},
        **own_fields(own),
    )
