"""Counting from an anchor: so many units away, lengths that run up to it, a year away. Whole numbers; no text."""

from __future__ import annotations

from timeline.dates.calendar import add_months, civil_from_days, days_from_civil, days_in_month
from timeline.tagging import values
from timeline.tagging.partial import Partial
from timeline.tagging.resolution import UNKNOWN, Anchor, Resolution, in_year, with_time
from timeline.tagging.values import DAY, Value

_SIZES = {"day": 1, "week": 2, "weekend": 2, "month": 3, "quarter": 4, "season": 4, "half": 4, "year": 5, "decade": 6}  # fmt: skip
_DAYS = {"day": 1, "week": 7, "fortnight": 14, "weekend": 7}
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


def coarser(granularity: str, unit: str) -> bool:
    """Whether a date that is known to `granularity` is too coarse to count `unit`s from."""
    return _SIZES.get(granularity, 0) > _SIZES.get(unit, 9)


def shift(anchor: int, n: float, unit: str) -> Value:
    """The unit that lies `n` units from the day `anchor`: last month, in two days."""
    y, m, _ = civil_from_days(anchor)
    if unit == "day":
        return values.day_value(anchor + int(n))
    if unit in ("week", "fortnight", "weekend"):
        week = values.weekend_value if unit == "weekend" else values.week_value
        return week(anchor + int(_DAYS[unit] * n))
    if unit == "month":
        return values.month_value(y, m + int(n))
    if unit == "quarter":
        months = y * 12 + (m - 1) // 3 * 3 + 3 * int(n)
        return values.part_value(months // 12, f"Q{months % 12 // 3 + 1}")
    if n != int(n) and unit in ("decade", "century"):
        n, unit = n * (10 if unit == "decade" else 100), "year"
    if unit == "year" and n != int(n):
        return values.month_value(y, m + round(12 * n))
    if unit == "year":
        there = values.year_value(y + int(n))
        size = len(str(int(abs(n)))) - len(str(int(abs(n))).rstrip("0"))
        if abs(n) < 1000 or not size:
            return there
        half = 10**size // 2  # 2,500 years ago: to the hundred that was said
        early, late = values.year_value(y + int(n) - half), values.year_value(y + int(n) + half)
        return there._replace(
            start=early.start, stop=late.stop, edtf=f"[{early.edtf}..{late.edtf}]"
        )
    if unit == "fiscal":
        return values.fiscal_value(y + int(n))
    if unit == "decade":
        return values.decade_value(y + 10 * int(n))
    if unit == "century":
        number = (y - 1) // 100 + 1 + int(n)
        return values.century_value(number if number > 0 else 1 - number, number < 1)
    return values.day_value(anchor)._replace(timex="", granularity="hour")


def moved(day: int, n: float, unit: str) -> int:
    """The day that lies n units on, kept inside its month."""
    if unit in _DAYS:
        return day + int(n * _DAYS[unit])
    y, m, d = civil_from_days(day)
    y, m = add_months(y, m, int(n * _MONTHS.get(unit, 0)))
    return days_from_civil(y, m, min(d, days_in_month(y, m)))


def shifted(p: Partial, anchor: Anchor, side: str) -> Resolution:
    """A unit counted from the anchor, with any fields inside it (October of next year)."""
    if p.tail == "like":
        return _like(p, anchor)
    if p.shift is None:
        return reference(
            p._replace(value="PAST_REF" if p.text.startswith("-") else "FUTURE_REF"), anchor
        )
    if p.value == "day":
        value = values.day_value(moved(anchor.day, p.shift, p.unit))
        return Resolution(value, anchor, inferred="date")
    if anchor.basis == "previous" and coarser(anchor.granularity, p.unit):
        return _coarsely_shifted(p, anchor)
    if p.unit in ("hour", "minute") and anchor.minute >= 0:
        day, minute = divmod(anchor.minute + int(p.shift * (60 if p.unit == "hour" else 1)), 1440)
        value = values.clock_value(anchor.day + day, f"{minute // 60:02d}:{minute % 60:02d}", "")
        return Resolution(value, anchor, inferred="date")
    value = shift(anchor.day, p.shift, p.unit)
    assert value.start is not None and value.stop is not None
    start = value.start // DAY
    if p.upto is not None:  # two or three years ago
        far = shift(anchor.day, p.upto if p.shift > 0 else -p.upto, p.unit)
        assert far.start is not None and far.stop is not None
        first, stop = min(start, far.start // DAY), max(value.stop, far.stop) // DAY
        value = values.between(first, stop, p.unit, value.timex)
        return Resolution(value, anchor, inferred="both ends")
    if p.unit in ("hour", "minute", "second"):
        return Resolution(value, anchor, inferred="date")
    if p.way == "past" and side == "past" and start > anchor.day:
        value = shift(anchor.day, -1, p.unit)  # told on a Monday: the one just gone
    if p.sub == "WXX":
        value = values.day_value(start + int(p.day) - 1)
    elif p.has_fields:
        y, m, _ = civil_from_days(start)
        inside = in_year(p if p.sub else p._replace(sub=f"{m:02d}"), y)
        if inside is None:
            return Resolution(UNKNOWN, anchor, problem=f"there is no day {p.day} in that month")
        value = inside
    assert value.start is not None and value.stop is not None
    if p.tail in ("before", "after") and value.granularity != "day":
        first, stop = value.start // DAY, value.stop // DAY
        if p.tail == "before":
            stop = min(stop, anchor.day)
        else:
            first = max(first, anchor.day + 1)
        if first < stop:
            value = values.between(first, stop, value.granularity, value.timex)
    return Resolution(with_time(value, p), anchor, inferred="date")


def _coarsely_shifted(p: Partial, anchor: Anchor) -> Resolution:
    """Counted in days or months from a date that is only known to the month or year: both bounds move."""
    first, last = (moved(day, p.shift or 0, p.unit) for day in (anchor.day, anchor.stop - 1))
    stop = last + 1
    y, m, _ = civil_from_days(first)
    last_y, last_m, _ = civil_from_days(last)
    year = values.year_value(y).timex if y == last_y else "XXXX"
    if p.unit == "month":
        timex = f"{year}-XX"
    elif p.unit in ("week", "weekend", "fortnight"):
        timex = f"{year}-WXX"
    else:
        timex = f"{year}-{m:02d}-XX" if (y, m) == (last_y, last_m) else f"{year}-XX-XX"
    value = values.between(first, stop, anchor.granularity, timex)
    return Resolution(
        value, anchor, inferred=f"bounds: {anchor.text} is known to the {anchor.granularity} only"
    )


def _like(p: Partial, anchor: Anchor) -> Resolution:
    """A year away, in the unit of what it is compared with (the same period last year)."""
    y, m, _ = civil_from_days(anchor.day)
    y += int(p.shift or 0)
    if p.unit == "quarter" and anchor.granularity == "day":  # the last one that is over
        y, m = (y, m - 3) if m > 3 else (y - 1, m + 9)
    if anchor.granularity == "month" and p.unit != "quarter":
        value = values.month_value(y, m)
    elif "quarter" in (anchor.granularity, p.unit):
        value = values.part_value(y, f"Q{(m - 1) // 3 + 1}")
    else:
        value = values.year_value(y)
    return Resolution(value, anchor, inferred="date")


def counted_from(p: Partial, base: Resolution) -> Resolution:
    """A unit counted from the date that the words name: two weeks before Christmas, a week from Monday."""
    if base.value.start is None or p.shift is None:
        return base._replace(value=UNKNOWN)
    day = base.value.start // DAY
    if p.value == "day":
        value = values.day_value(moved(day, p.shift, p.unit))
    else:
        value = shift(day, p.shift, p.unit)
    return base._replace(value=value, alternative="", reason="")


def duration(p: Partial, anchor: Anchor | None, side: str) -> Resolution:
    """A length; bounds only where it runs up to, or on from, the anchor (the past three days), or lies that far
    from it (it will open in two weeks)."""
    value = Value(p.unit, None, None, p.value, "")
    loose = side != "future" if p.way == "in" else side == "past" and p.way in ("within", "ahead")
    if not p.way or loose or anchor is None or p.shift is None or p.unit in ("hour", "minute", "second"):  # fmt: skip
        return Resolution(value, stated=not p.way)
    if p.way in ("in", "ahead", "ago") and p.upto is None:
        there = shift(anchor.day, -p.shift if p.way == "ago" else p.shift, p.unit)
        return Resolution(there._replace(timex=p.value), anchor, inferred="date")
    most = p.upto if p.upto is not None else p.shift
    if p.way in ("past", "last"):
        first, stop = moved(anchor.day, -most, p.unit), anchor.day + 1
    else:
        first, stop = anchor.day, moved(anchor.day, most, p.unit) + 1
    inferred = "both ends"
    if p.upto is not None:
        early, late = moved(anchor.day, p.shift, p.unit), stop - 1
        inferred = f"both ends; the window closes between {values.day_text(early)} and {values.day_text(late)}"
    return Resolution(values.between(first, stop, p.unit, p.value), anchor, inferred=inferred)


def reference(p: Partial, anchor: Anchor | None) -> Resolution:
    """The past, the present or the future, bounded on one side by the anchor."""
    value = Value("", None, None, p.value, "")
    if anchor is None:
        return Resolution(value, stated=True)
    day, text = anchor.day, values.day_text(anchor.day)
    if p.value == "PAST_REF":
        value = value._replace(stop=(day + 1) * DAY, edtf=f"../{text}")
    elif p.value == "FUTURE_REF":
        value = value._replace(start=day * DAY, edtf=f"{text}/..")
    return Resolution(value, anchor, inferred="" if p.value == "PRESENT_REF" else "bound")
