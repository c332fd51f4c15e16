"""The records of a resolved expression, and a date's fields placed in a year. Whole numbers; no text."""

from __future__ import annotations

from typing import NamedTuple

from timeline.dates.calendar import days_from_civil, days_in_month, weekday
from timeline.dates.wording import WEEKDAYS
from timeline.tagging import values
from timeline.tagging.partial import Partial
from timeline.tagging.values import DAY, Value

UNKNOWN = Value("", None, None, "", "")


class Anchor(NamedTuple):
    """What an expression counts from: a day, how exactly it is known, and where it comes from."""

    day: int
    granularity: str
    basis: str  # dct, quote, previous, landmark NAME
    text: str
    stop: int = 0  # day after its last possible one, where it is more than a day
    minute: int = -1  # of the day, where a clock time was named


class Resolution(NamedTuple):
    """A value with its derivation; `problem` says why there is none, or what contradicts."""

    value: Value
    anchor: Anchor | None = None
    stated: bool = False
    inferred: str = ""
    alternative: str = ""
    reason: str = ""
    problem: str = ""


def doubted(edtf: str, mark: str) -> str:
    """EDTF text with a doubt (`~` about, `?` perhaps, `%` both) on each of its dates; open ends stay as they are.

    >>> doubted("2010", "~"), doubted("[2014-10-13..2014-10-19]", "~"), doubted("../2010", "?")
    ('2010~', '[2014-10-13~..2014-10-19~]', '../2010')
    """
    if not mark or not edtf or "/" in edtf:
        return edtf
    first, dots, last = edtf.strip("[]").partition("..")
    return f"[{first}{mark}..{last}{mark}]" if dots else edtf + mark


def in_year(p: Partial, y: int) -> Value | None:
    """The fields below the year, in year `y`; None if there is no such day."""
    if p.fiscal:
        return values.fiscal_value(y)
    if p.tail == "swap" and not 1 <= int(p.sub) <= 12:
        return None
    if p.holiday:
        day = values.holiday_day(p.holiday, y)
        return values.day_value(day) if day is not None else None
    if not p.sub:
        return values.year_value(y)
    if not p.sub.isdigit():
        return values.part_value(y, p.sub)
    m = int(p.sub)
    if p.tail == "week0":  # the week that holds the day
        inside = in_year(p._replace(tail=""), y)
        return inside and values.week_value((inside.start or 0) // DAY)
    if p.tail.startswith("week"):
        return _week_of_month(y, m, int(p.tail[4:]))
    if p.tail.startswith("day"):
        n = int(p.tail[3:])
        return values.day_value(days_from_civil(y, m, n if n > 0 else days_in_month(y, m)))
    if not p.day:
        return values.month_value(y, m)
    if int(p.day) > days_in_month(y, m):
        return None
    return values.day_value(days_from_civil(y, m, int(p.day)))


def _week_of_month(y: int, m: int, which: int) -> Value:
    """A week belongs to the month of its Thursday (ISO 8601); its days outside the month do not count."""
    first = days_from_civil(y, m, 1)
    stop = first + days_in_month(y, m)
    day = first + (3 - weekday(first)) % 7 + 7 * (which - 1)
    if which < 0:
        day = stop - 1 - (weekday(stop - 1) - 3) % 7
    week = values.week_value(day)
    lo, hi = day - 3, day + 4
    return values.between(
        min(lo, first) if which == 1 else lo, max(hi, stop) if which < 0 else hi, "week", week.timex
    )


def with_time(value: Value, p: Partial) -> Value:
    """A day at the partial's time of day, if it has one."""
    if not p.time or value.start is None or value.granularity != "day":
        return value
    return values.clock_value(value.start // DAY, p.time, p.zone)


def weekday_problem(p: Partial, value: Value) -> str:
    """How the weekday in the words contradicts the day, or ""."""
    if p.tail.startswith("w") and p.tail[1:].isdigit() and value.start is not None:
        actual, said = weekday(value.start // DAY), int(p.tail[1:]) - 1
        if actual != said:
            return f"weekday and date disagree: {value.edtf} is a {WEEKDAYS[actual]}, the text says {WEEKDAYS[said]}"
    return ""
