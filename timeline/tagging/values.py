"""Resolved values from whole numbers: a day, week, month, quarter, ... with its bounds and codes. Knows no text."""

from __future__ import annotations

import warnings
from functools import lru_cache
from typing import NamedTuple

from timeline.dates.calendar import (
    civil_from_days,
    days_from_civil,
    days_in_month,
    iso_week,
    weekday,
)
from timeline.dates.codes import BY_DAY_PART, BY_TIMEX

DAY = 86_400


class Value(NamedTuple):
    """A value: half-open bounds in seconds since 1970 (None: open or unknown) and its texts."""

    granularity: str
    start: int | None
    stop: int | None
    timex: str
    edtf: str


def _year(y: int) -> str:
    return f"{y:04d}" if 0 < y <= 9999 else f"BC{1 - y:04d}" if y <= 0 else str(y)


def _edtf_year(y: int) -> str:
    if 0 <= y <= 9999:
        return f"{y:04d}"
    return f"-{-y:04d}" if -9999 <= y < 0 else f"Y{y}"


def day_text(day: int) -> str:
    """EDTF (and ISO 8601) text of a day."""
    y, m, d = civil_from_days(day)
    return f"{_edtf_year(y)}-{m:02d}-{d:02d}"


def span_text(first: int, stop: int) -> str:
    """EDTF "one of" text for the days from `first` to before `stop`."""
    return f"[{day_text(first)}..{day_text(stop - 1)}]" if stop - first > 1 else day_text(first)


def _days(granularity: str, first: int, stop: int, timex: str, edtf: str) -> Value:
    """The value of whole days, `first` to before `stop`."""
    return Value(granularity, first * DAY, stop * DAY, timex, edtf)


def _years(granularity: str, first: int, stop: int, timex: str, edtf: str) -> Value:
    """The value of whole years, `first` to before `stop`."""
    days = days_from_civil(first, 1, 1), days_from_civil(stop, 1, 1)
    return _days(granularity, *days, timex, edtf)


@lru_cache(maxsize=50_000)
def day_value(day: int) -> Value:
    """The day, counted from 1970-01-01."""
    y, m, d = civil_from_days(day)
    return _days("day", day, day + 1, f"{_year(y)}-{m:02d}-{d:02d}", day_text(day))


@lru_cache(maxsize=10_000)
def month_value(y: int, m: int) -> Value:
    """The month; `m` may lie outside 1 to 12 and carries into the year."""
    y, m = y + (m - 1) // 12, (m - 1) % 12 + 1
    first, rest = days_from_civil(y, m, 1), f"-{m:02d}"
    stop = first + days_in_month(y, m)
    return _days("month", first, stop, _year(y) + rest, _edtf_year(y) + rest)


@lru_cache(maxsize=10_000)
def year_value(y: int) -> Value:
    """The calendar year."""
    return _years("year", y, y + 1, _year(y), _edtf_year(y))


def fiscal_value(y: int) -> Value:
    """A fiscal year, whose first day depends on the company: it lies in the years y - 1 to y + 1."""
    edtf = f"[{_edtf_year(y - 1)}..{_edtf_year(y + 1)}]"
    return _years("year", y - 1, y + 2, f"FY{_year(y)}", edtf)


@lru_cache(maxsize=10_000)
def part_value(y: int, code: str) -> Value:
    """A quarter, half or season by its TIMEX3 code."""
    part = BY_TIMEX[code]
    first = days_from_civil(y, part.first_month, 1)
    last = part.first_month - 1 + part.n_months
    stop = days_from_civil(y + last // 12, last % 12 + 1, 1)
    edtf = f"{_edtf_year(y)}-{part.edtf}"
    return _days(part.granularity, first, stop, f"{_year(y)}-{code}", edtf)


@lru_cache(maxsize=10_000)
def week_value(day: int) -> Value:
    """The ISO week that holds the day."""
    first = day - weekday(day)
    y, w = iso_week(day)
    return between(first, first + 7, "week", f"{_year(y)}-W{w:02d}")


def weekend_value(day: int) -> Value:
    """Saturday and Sunday of the ISO week that holds the day."""
    first = day - weekday(day) + 5
    y, w = iso_week(day)
    return between(first, first + 2, "weekend", f"{_year(y)}-W{w:02d}-WE")


def decade_value(y: int) -> Value:
    """The decade that holds the year; in BCE, of the BC number, as people say it."""
    if y > 0:
        first, text = y // 10 * 10, f"{y // 10:03d}"
        edtf = f"{text}X" if y <= 9999 else ""
    else:
        number = (1 - y) // 10 * 10
        first, text = 1 - number - 9, f"BC{number // 10:03d}"
        edtf = f"[{_edtf_year(first)}..{_edtf_year(first + 9)}]"
    return _years("decade", first, first + 10, text, edtf)


def century_value(number: int, bce: bool = False) -> Value:
    """The nth century: the 19th is 18XX, as newspapers and TIMEX3 have it."""
    first = -100 * number + 1 if bce else 100 * (number - 1)
    text = f"BC{number - 1:02d}" if bce else f"{number - 1:02d}"
    edtf = f"{text}XX" if number <= 99 else ""
    if bce:
        edtf = f"[{_edtf_year(first)}..{_edtf_year(first + 99)}]"
    return _years("century", first, first + 100, text, edtf)


def clock_value(day: int, time: str, zone: str) -> Value:
    """A time on a day: hh:mm (a minute; the zone is kept in TIMEX3 only) or a part of day."""
    base = day_value(day)
    assert base.start is not None
    if time.isalpha():
        part = BY_DAY_PART[time]
        last = f"{day_text(day + (part.last > 24))}T{(part.last - 1) % 24:02d}:59"
        return Value("part-of-day", base.start + part.first * 3600, base.start + part.last * 3600,
                     f"{base.timex}T{time}", f"[{base.edtf}T{part.first:02d}:00..{last}]")  # fmt: skip
    start = base.start + int(time[:2]) * 3600 + int(time[3:]) * 60
    return Value("minute", start, start + 60, f"{base.timex}T{time}{zone}", f"{base.edtf}T{time}")


def between(first: int, stop: int, granularity: str, timex: str) -> Value:
    """Some time from day `first` to before day `stop`."""
    return _days(granularity, first, stop, timex, span_text(first, stop))


_PARTS = {"START": (0, 2), "MID": (1, 3), "END": (2, 4)}  # in quarters of the whole
_MONTHS_IN = {"year": 12, "decade": 120, "century": 1200}


def part_of(value: Value, mod: str) -> Value:
    """The first, middle or second half of a month, year, decade or century: early, mid- and late at their widest.

    In whole days, months or years, outwards (mid-1990s: 1992 to 1997). The TIMEX3 value is that of the whole.
    Shortly before or after a minute is the hour that ends or begins with it.
    """
    if mod in ("BEFORE", "AFTER") and value.granularity == "minute" and value.start is not None:
        start = value.start - 3600 * (mod == "BEFORE")
        edges = (
            f"{day_text(s // DAY)}T{s % DAY // 3600:02d}:{s % 3600 // 60:02d}"
            for s in (start, start + 3540)
        )
        return Value("hour", start, start + 3600, value.timex, f"[{'..'.join(edges)}]")
    if mod not in _PARTS or value.start is None or value.stop is None or "[" in value.edtf:
        return value
    low, high = _PARTS[mod]
    first, stop = value.start // DAY, value.stop // DAY
    if value.granularity == "month":
        days = stop - first
        return between(first + days * low // 4, first - -days * high // 4, "month", value.timex)
    size = _MONTHS_IN.get(value.granularity)
    if size is None:
        return value
    y = civil_from_days(first)[0]
    if size == 12:
        a, b = month_value(y, 1 + 3 * low), month_value(y, 3 * high)
    else:
        a, b = year_value(y + size * low // 48), year_value(y - 1 - -size * high // 48)
    return Value(value.granularity, a.start, b.stop, value.timex, f"[{a.edtf}..{b.edtf}]")


def up_to(value: Value) -> Value:
    """All until the end of a value: by the end of the year."""
    assert value.stop is not None
    return value._replace(start=None, edtf=f"../{day_text(value.stop // DAY - 1)}")


def easter(y: int) -> int:
    """Day number of Western Easter Sunday. Source: anonymous Gregorian algorithm, Meeus (1991), ch. 8."""
    a, b, c = y % 19, y // 100, y % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    n = h + i - 7 * ((a + 11 * h + 22 * i) // 451) + 114
    return days_from_civil(y, n // 31, n % 31 + 1)


@lru_cache(maxsize=1000)
def moon_day(country: str, name: str, y: int) -> int | None:
    """Day number of a feast that follows the moon, from the holidays package, or None if it has none."""
    from holidays import country_holidays  # half a second to load, and seldom needed

    with warnings.catch_warnings(action="ignore"):  # it warns of years that it does not know
        days = country_holidays(country, years=y)
    for day in sorted(days):
        if name in days[day] and "observed" not in days[day]:
            return days_from_civil(day.year, day.month, day.day)
    return None


def holiday_day(code: str, y: int) -> int | None:
    """Day number of a holiday in a year: 12-25, easter-2, or 11-4-4 (month, ISO weekday, which: -1 the last).

    A code may end in +1 (the day after), or in -w5 (the Friday before) or +w2. moon-IL-Yom_Kippur: by that name in that country; may be None.
    """
    if code[-3:-1] in ("-w", "+w"):
        feast, wanted = holiday_day(code[:-3], y), int(code[-1]) - 1
        if feast is None:
            return None
        sign = 1 if code[-3] == "+" else -1
        return feast + sign * ((sign * (wanted - weekday(feast)) - 1) % 7 + 1)
    if code.startswith("easter"):
        return easter(y) + int(code[6:])
    if code.startswith("moon"):
        return moon_day(code[5:7], code[8:].replace("_", " "), y)
    code, _, days = code.partition("+")
    if days:
        return (holiday_day(code, y) or 0) + int(days)
    month, rest = int(code[:2]), code[3:]
    if len(rest) == 2 and rest.isdigit():
        return days_from_civil(y, month, int(rest))
    which = int(rest[2:])
    wanted = int(rest[0]) - 1
    if which > 0:
        first = days_from_civil(y, month, 1)
        return first + (wanted - weekday(first)) % 7 + 7 * (which - 1)
    last = days_from_civil(y, month, days_in_month(y, month))
    return last - (weekday(last) - wanted) % 7
