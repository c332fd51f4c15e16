"""The proleptic Gregorian calendar on whole numbers, for any year. Nothing but ints; knows no text.

Years are astronomical: 1 is 1 CE, 0 is 1 BCE, -43 is 44 BCE. Days are counted from 1970-01-01.
Source: the civil calendar algorithms of H. Hinnant, "chrono-Compatible Low-Level Date Algorithms"
(2013), section days_from_civil; ISO 8601-1:2019, 4.2.2 (week dates).
"""

from __future__ import annotations

DAY = 86_400
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_leap(year: int) -> bool:
    """Whether `year` has 366 days."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """Number of days in the month.

    >>> days_in_month(-4, 2)
    29
    """
    return 29 if month == 2 and is_leap(year) else _LENGTHS[month - 1]


def days_from_civil(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01; months and days must exist (not checked).

    >>> days_from_civil(2014, 11, 6), days_from_civil(-43, 3, 15)
    (16380, -735160)
    """
    year -= month <= 2
    era, year_of_era = divmod(year, 400)
    day_of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    day_of_era = year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year
    return era * 146_097 + day_of_era - 719_468


def civil_from_days(days: int) -> tuple[int, int, int]:
    """Inverse of days_from_civil.

    >>> civil_from_days(16380)
    (2014, 11, 6)
    """
    era, day_of_era = divmod(days + 719_468, 146_097)
    year_of_era = (
        day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096
    ) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * shifted + 2) // 5 + 1
    month = shifted + (3 if shifted < 10 else -9)
    return year_of_era + era * 400 + (month <= 2), month, day


def weekday(days: int) -> int:
    """Day of the week, 0 for Monday to 6 for Sunday.

    >>> weekday(days_from_civil(2014, 11, 6))
    3
    """
    return (days + 3) % 7


def iso_week(days: int) -> tuple[int, int]:
    """ISO week-numbering year and week, 1 to 53.

    >>> iso_week(days_from_civil(2014, 12, 29))
    (2015, 1)
    """
    thursday = days - weekday(days) + 3
    year = civil_from_days(thursday)[0]
    return year, (thursday - days_from_civil(year, 1, 1)) // 7 + 1


def from_iso_week(year: int, week: int) -> int:
    """Days since 1970-01-01 of the Monday of an ISO week; weeks beyond the year run on.

    >>> civil_from_days(from_iso_week(2014, 45))
    (2014, 11, 3)
    """
    fourth = days_from_civil(year, 1, 4)
    return fourth - weekday(fourth) + 7 * (week - 1)


def weeks_in_year(year: int) -> int:
    """52 or 53."""
    return (from_iso_week(year + 1, 1) - from_iso_week(year, 1)) // 7


def add_months(year: int, month: int, count: int) -> tuple[int, int]:
    """Year and month `count` months on (or back, if negative).

    >>> add_months(2014, 11, 3)
    (2015, 2)
    """
    total = year * 12 + month - 1 + count
    return total // 12, total % 12 + 1
