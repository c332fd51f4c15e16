"""Calendar units as half-open spans of whole seconds since 1970-01-01. Knows no notation and no numpy."""

from __future__ import annotations

from typing import NamedTuple

from timeline.dates.calendar import DAY, add_months, civil_from_days, days_from_civil, weekday
from timeline.dates.codes import BY_HOURS, YEARS_IN

SECONDS_IN = {"second": 1, "minute": 60, "hour": 3600, "day": DAY}
_MONTHS = {"month": (1, 1), "quarter": (3, 1), "season": (3, 3), "half": (6, 1)}
# A signed 64-bit count of seconds ends near the year 292 billion; stop well within it.
FARTHEST_YEAR = 290_000_000_000


class Span(NamedTuple):
    """Bounds in seconds, half-open, None for open; `written` is EDTF that the bounds cannot give back."""

    start: int | None
    stop: int | None
    granularity: str = ""
    qualifier: str = ""
    mod: str = ""
    written: str = ""


def month_second(year: int, month: int = 1) -> int:
    """First second of a month."""
    return days_from_civil(year, month, 1) * DAY


def year_of(moment: int) -> int:
    """The astronomical year that a second lies in."""
    return civil_from_days(moment // DAY)[0]


def clock_text(moment: int, unit: str = "second") -> str:
    """A second's time of day down to the `unit`: hh, hh:mm or hh:mm:ss."""
    second = moment % DAY
    clock = f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"
    return clock[: {"hour": 2, "minute": 5, "second": 8}[unit]]


def unit_around(granularity: str, moment: int) -> tuple[int, int]:
    """Bounds of the one unit that holds a second; a winter is named after the year it begins in.

    A part of a day is taken as its day, a weekend as the one in or after the moment's week.

    >>> from timeline.dates.calendar import civil_from_days
    >>> [civil_from_days(edge // 86400) for edge in unit_around("season", 16380 * 86400)]
    [(2014, 9, 1), (2014, 12, 1)]
    """
    if granularity in SECONDS_IN:
        size = SECONDS_IN[granularity]
        start = moment - moment % size
        return start, start + size
    days = moment // DAY
    year, month, _ = civil_from_days(days)
    if granularity in _MONTHS:
        size, first = _MONTHS[granularity]
        start_at = add_months(year, month, -((month - first) % size))
        return month_second(*start_at), month_second(*add_months(*start_at, size))
    if granularity in YEARS_IN:
        size = YEARS_IN[granularity]
        first = year - year % size
        return month_second(first), month_second(first + size)
    monday = days - weekday(days)
    if granularity == "week":
        return monday * DAY, (monday + 7) * DAY
    if granularity == "weekend":
        return (monday + 5) * DAY, (monday + 7) * DAY
    return days * DAY, (days + 1) * DAY


def is_unit(granularity: str, start: int, stop: int) -> bool:
    """Whether the bounds are exactly one such unit."""
    if granularity == "part-of-day":
        return part_of_day(start, stop) is not None
    return granularity != "" and unit_around(granularity, start) == (start, stop)


def part_of_day(start: int, stop: int) -> str | None:
    """TIMEX3 code of the part of a day that the bounds are exactly, or None."""
    midnight = start - start % DAY
    part = BY_HOURS.get(((start - midnight) // 3600, (stop - midnight) // 3600))
    return part.timex if part and start % 3600 == stop % 3600 == 0 else None


def uncoded_unit(start: int, stop: int) -> str:
    """Granularity of bounds that are just a week, weekend or part of a day (EDTF has no code), or ""."""
    for granularity in ("week", "weekend", "part-of-day"):
        if is_unit(granularity, start, stop):
            return granularity
    return ""
