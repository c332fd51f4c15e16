"""TIMEX3 `value` and `mod` strings, read and written, between text and Spans. Knows no EDTF text.

Read: years, months, days, decades (199), centuries (19), BC0044, weeks, weekends, seasons, quarters,
halves, fiscal years (their outer bounds: FY2014 may begin in 2013 and end in 2015), times and parts
of a day. Durations (P3D), sets, PAST_REF and values without a year have no bounds and pass through
in `written`. Written: the unit itself, or the finest unit that holds the whole value.
Source: TimeML Annotation Guidelines 1.2.1 (2006), 2.2; TIDES 2005 Standard, chapter 4.
"""

from __future__ import annotations

import re
from functools import lru_cache

from timeline.dates.calendar import (
    DAY,
    add_months,
    civil_from_days,
    days_from_civil,
    days_in_month,
    from_iso_week,
    iso_week,
    weeks_in_year,
)
from timeline.dates.codes import BY_DAY_PART, BY_MONTHS, BY_TIMEX, MODS, YEARS_IN
from timeline.dates.units import (
    SECONDS_IN,
    Span,
    clock_text,
    is_unit,
    month_second,
    part_of_day,
    unit_around,
    year_of,
)
from timeline.errors import InputError

_VALUE = re.compile(
    r"(?P<bc>BC)?(?P<fiscal>FY)?(?P<year>[0-9X]{1,4})"
    r"(?:-(?P<part>SP|SU|FA|WI|Q[1-4X]|H[12X])|-W(?P<week>[0-9X]{2})(?:-(?P<weekday>WE|[1-7]))?"
    r"|-(?P<month>[0-9X]{2})(?:-(?P<day>[0-9X]{2}|WE))?)?"
    r"(?:T(?P<time>[A-Z0-9:.+-]{1,24}))?",
    re.ASCII,
)
_TIME = re.compile(
    r"([0-9]{1,2})(?:[:.]([0-9]{2})(?:[:.]([0-9]{2})(?:\.[0-9]+)?)?)?(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?",
    re.ASCII,
)
_UNBOUND = re.compile(
    r"P[0-9A-Z.,XT]{1,40}|(?:PAST|PRESENT|FUTURE)_REF|T[0-9A-Z:.+-]{1,24}|R[0-9]*/?P?[0-9A-Z.]*",
    re.ASCII,
)
_BY_DIGITS = {4: "year", 3: "decade", 2: "century", 1: "millennium"}


def _refuse(text: str, why: str) -> InputError:
    shown = text if len(text) <= 60 else text[:60] + "..."
    return InputError(f"not a TIMEX3 value: {shown!r} ({why}); write for example 2014-11-06")


@lru_cache(maxsize=20_000)
def read_timex(text: str, mod: str = "") -> Span:
    """The Span of a TIMEX3 value with its mod applied: BEFORE and the like open a side.

    APPROX sets the qualifier; START, MID, END are kept and narrow nothing. Raises InputError.
    """
    if mod not in MODS:
        raise InputError(f"not a TIMEX3 mod: {mod!r}; use one of {', '.join(filter(None, MODS))}")
    match = _VALUE.fullmatch(text)
    if match is None:
        if _UNBOUND.fullmatch(text):
            return Span(None, None, "", "", mod, text)
        raise _refuse(text, "no such form")
    part = match.groupdict()
    digits = part["year"].rstrip("X")
    if not digits or "X" in digits:
        _bounds(text, part, "2004")  # a leap year of 53 weeks has every day and week there is
        return Span(None, None, "", "", mod, text)
    granularity, start, stop = _bounds(text, part, digits)
    span = Span(start, stop, granularity, "~" if mod == "APPROX" else "", mod)
    if mod == "BEFORE":
        return span._replace(start=None, stop=start)
    if mod == "ON_OR_BEFORE":
        return span._replace(start=None)
    if mod == "AFTER":
        return span._replace(start=stop, stop=None)
    if mod == "ON_OR_AFTER":
        return span._replace(stop=None)
    return span


def _bounds(text: str, part: dict[str, str | None], digits: str) -> tuple[str, int, int]:
    size = 10 ** (4 - len(digits))
    low = int(digits) * size
    if part["bc"]:
        first, last = 1 - (low + size - 1), 1 - max(low, 1)
    else:
        first, last = low, low + size - 1
    rest = part["part"] or part["week"] or part["month"] or part["time"]
    if size > 1 and rest:
        raise _refuse(text, "a decade or century has no finer part")
    if part["fiscal"]:
        return "", month_second(first - 1), month_second(last + 2)
    if not rest:
        return _BY_DIGITS[len(digits)], month_second(first), month_second(last + 1)
    if part["part"]:
        code = BY_TIMEX.get(part["part"])
        if code is None:  # QX, HX
            return "year", month_second(first), month_second(first + 1)
        stop = add_months(first, code.first_month, code.n_months)
        return code.granularity, month_second(first, code.first_month), month_second(*stop)
    if part["week"]:
        return _week(text, first, part)
    return _day(text, first, part)


def _week(text: str, year: int, part: dict[str, str | None]) -> tuple[str, int, int]:
    week = part["week"] or ""
    if "X" in week:
        return "year", month_second(year), month_second(year + 1)
    if not 1 <= int(week) <= weeks_in_year(year):
        raise _refuse(text, "the year has no such week")
    monday = from_iso_week(year, int(week))
    if part["weekday"] is None:
        return "week", monday * DAY, (monday + 7) * DAY
    if part["weekday"] == "WE":
        return "weekend", (monday + 5) * DAY, (monday + 7) * DAY
    return _time(text, monday + int(part["weekday"]) - 1, part["time"])


def _day(text: str, year: int, part: dict[str, str | None]) -> tuple[str, int, int]:
    month, day = part["month"], part["day"]
    if month is None or "X" in month:
        return "year", month_second(year), month_second(year + 1)
    if not 1 <= int(month) <= 12:
        raise _refuse(text, "there is no such month")
    start = month_second(year, int(month))
    if day is None or "X" in day or day == "WE":
        return "month", start, month_second(*add_months(year, int(month), 1))
    if not 1 <= int(day) <= days_in_month(year, int(month)):
        raise _refuse(text, "there is no such day")
    return _time(text, days_from_civil(year, int(month), int(day)), part["time"])


def _time(text: str, day: int, time: str | None) -> tuple[str, int, int]:
    start = day * DAY
    if time is None or "X" in time:
        return "day", start, start + DAY
    if time in BY_DAY_PART:
        part = BY_DAY_PART[time]
        return "part-of-day", start + part.first * 3600, start + part.last * 3600
    match = _TIME.fullmatch(time)
    if match is None:
        raise _refuse(text, "no such time of day")
    hour, minute, second = (int(group or 0) for group in match.groups()[:3])
    if (hour > 23 or minute > 59 or second > 60) and (hour, minute, second) != (24, 0, 0):
        raise _refuse(text, "there is no such time of day")
    start += hour * 3600 + minute * 60 + min(second, 59)
    granularity = "second" if match[3] else "minute" if match[2] else "hour"
    return granularity, start, start + SECONDS_IN[granularity]


def _years_text(start: int, stop: int) -> str:
    """The shortest run of year digits, BC or not, that holds both bounds, or ""."""
    first, last = year_of(start), year_of(stop - 1)
    before = last <= 0
    if before:
        first, last = 1 - last, 1 - first
    if first < 0 or last > 9999 or (not before and first == 0):
        return ""
    low, high = f"{first:04d}", f"{last:04d}"
    n_same = next((n for n in range(4) if low[n] != high[n]), 4)
    return ("BC" if before else "") + low[:n_same] if n_same else ""


def unit_timex(granularity: str, start: int, stop: int) -> str:
    """TIMEX3 value of bounds that are exactly such a unit, or "" where it has none."""
    if granularity in YEARS_IN or granularity == "":
        text = _years_text(start, stop)
        exact = text and read_timex(text)
        return text if exact and (exact.start, exact.stop) == (start, stop) else ""
    if not is_unit(granularity, start, stop):
        return ""
    days = start // DAY
    year, month, day = civil_from_days(days)
    if granularity in ("week", "weekend"):
        year, week = iso_week(days)
    head = _years_text(month_second(year), month_second(year + 1))
    if not head:
        return ""
    if granularity == "week":
        return f"{head}-W{week:02d}"
    if granularity == "weekend":
        return f"{head}-W{week:02d}-WE"
    if (granularity, month) in BY_MONTHS:
        return f"{head}-{BY_MONTHS[granularity, month].timex}"
    if granularity == "month":
        return f"{head}-{month:02d}"
    date = f"{head}-{month:02d}-{day:02d}"
    if granularity == "day":
        return date
    if granularity == "part-of-day":
        return f"{date}T{part_of_day(start, stop)}"
    return f"{date}T{clock_text(start, granularity)}"


def write_timex(span: Span) -> str:
    """TIMEX3 value of a Span: its unit, else the finest unit that holds it, else "".

    An open side gives the unit at the bound; `mod` says which side is open.
    """
    start, stop = span.start, span.stop
    if start is None or stop is None:
        if start == stop:
            return span.written
        unit = span.granularity or "day"
        if start is None:
            assert stop is not None
            inside = stop if span.mod == "BEFORE" else stop - 1
        else:
            inside = start - 1 if span.mod == "AFTER" else start
        return unit_timex(unit, *unit_around(unit, inside))
    southern = span.granularity == "season" and span.written.rstrip("?~%")[-2:] > "28"
    text = "" if southern else unit_timex(span.granularity, start, stop)
    for unit in ("hour", "day", "week", "month"):
        if text:
            return text
        first, last = unit_around(unit, start)
        text = unit_timex(unit, first, last) if stop <= last else ""
    return text or _years_text(start, stop)
