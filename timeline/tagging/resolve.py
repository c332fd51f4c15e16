"""Gives a partial its value from an anchor, and keeps the reading that was turned down. Whole numbers; no text."""

from __future__ import annotations

from typing import NamedTuple

from timeline.dates.calendar import civil_from_days, days_from_civil, days_in_month, weekday
from timeline.dates.codes import BY_TIMEX
from timeline.tagging import values
from timeline.tagging.partial import Partial
from timeline.tagging.values import DAY, Value

UNKNOWN = Value("", None, None, "", "")
_SIZES = {
    "day": 1,
    "week": 2,
    "weekend": 2,
    "month": 3,
    "quarter": 4,
    "season": 4,
    "half": 4,
    "year": 5,
    "decade": 6,
}
FAR = 300  # days: beyond this the verb's tense gives way to the nearer reading


class Anchor(NamedTuple):
    """What an expression counts from: a day, how exactly it is known, and where it comes from."""

    day: int
    granularity: str
    basis: str  # dct, quote, previous, landmark NAME
    text: str
    stop: int = 0  # day after its last possible one, where it is more than a day


class Resolution(NamedTuple):
    """A value with its derivation; `problem` says why there is none, or what contradicts."""

    value: Value
    anchor: Anchor | None = None
    stated: bool = False
    inferred: str = ""
    alternative: str = ""
    reason: str = ""
    problem: str = ""


def _month(value: str) -> int:
    return int(value)


def shift(anchor: int, n: float, unit: str) -> Value:
    """The unit that lies `n` units from the day `anchor`: last month, in two days."""
    y, m, _ = civil_from_days(anchor)
    if unit == "day":
        return values.day_value(anchor + int(n))
    if unit == "week":
        return values.week_value(anchor + int(7 * n))
    if unit == "fortnight":
        return values.week_value(anchor + int(14 * n))
    if unit == "weekend":
        return values.weekend_value(anchor + int(7 * n))
    if unit == "month":
        return values.month_value(y, m + int(n))
    if unit == "quarter":
        months = y * 12 + (m - 1) // 3 * 3 + 3 * int(n)
        return values.part_value(months // 12, f"Q{months % 12 // 3 + 1}")
    if unit == "year":
        return (
            values.year_value(y + int(n))
            if n == int(n)
            else values.month_value(y, m + round(12 * n))
        )
    if unit == "fiscal":
        return values.fiscal_value(y + int(n))
    if unit == "decade":
        return values.decade_value(y + 10 * int(n))
    if unit == "century":
        return values.century_value((y - 1) // 100 + 1 + int(n))
    return values.day_value(anchor)._replace(timex="", granularity="hour")


def resolve(p: Partial, anchor: Anchor | None, side: str, narrative: bool) -> Resolution:
    """The value of a partial.

    `side`: past or future where the sentence says on which side of the anchor it lies, else "".
    `narrative`: events follow one another, so an open year is that of the story so far.
    """
    if p.kind == "ref":
        return _reference(p, anchor)
    if p.kind == "open":
        return Resolution(
            UNKNOWN._replace(timex=p.value), problem="no day is meant, or none that the words name"
        )
    if p.kind == "century":
        number = int(p.year)
        if not 1 <= number <= 99:
            return Resolution(UNKNOWN, problem=f"there is no {number}th century in use")
        return Resolution(values.century_value(number, p.era == "BC"), stated=True)
    if p.kind == "duration":
        return _duration(p, anchor)
    if p.kind == "date" and p.year != "XXXX" and p.sub != "WXX":
        return _stated(p, anchor)
    if p.kind == "date" and not p.has_fields and not p.time:
        return Resolution(UNKNOWN, problem="the words name no date")
    if anchor is None:
        timex = _open_timex(p)
        return Resolution(
            UNKNOWN._replace(timex=timex),
            problem="counted from a date that is not known: the article has no dct",
        )
    if p.kind == "shift":
        return _shifted(p, anchor)
    if p.holiday:
        return _near(p, anchor, side, narrative, lambda y: _safe_holiday(p.holiday, y))
    if p.sub == "WXX":
        return _weekday(p, anchor, side, narrative)
    if not p.sub:
        if p.day:
            return _month_day(p, anchor, side, narrative)
        return Resolution(_with_time(values.day_value(anchor.day), p), anchor, inferred="date")
    return _near(p, anchor, side, narrative, lambda y: _in_year(p, y))


def _open_timex(p: Partial) -> str:
    """The TIMEX3 value with X for what stays open, for a partial without an anchor."""
    if p.kind == "shift":
        return ""
    text = "XXXX" + (f"-{p.sub}" if p.sub else "-XX" if p.day or p.time else "")
    text += f"-{p.day}" if p.day else "-XX" if p.time and p.sub != "WXX" else ""
    if p.holiday:
        return "XXXX-" + p.holiday if p.holiday[0].isdigit() and len(p.holiday) == 5 else ""
    return text + (f"T{p.time}{p.zone}" if p.time else "")


def _safe_holiday(code: str, y: int) -> Value | None:
    return values.day_value(values.holiday_day(code, y))


def _in_year(p: Partial, y: int) -> Value | None:
    """The fields below the year, in year `y`; None if there is no such day."""
    if p.fiscal:
        return values.fiscal_value(y)
    if p.holiday:
        return _safe_holiday(p.holiday, y)
    if not p.sub:
        return values.year_value(y)
    if not p.sub.isdigit():
        return values.part_value(y, p.sub)
    m = int(p.sub)
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


def _with_time(value: Value, p: Partial) -> Value:
    if not p.time or value.start is None or value.granularity != "day":
        return value
    return values.clock_value(value.start // DAY, p.time, p.zone)


def _stated(p: Partial, anchor: Anchor | None) -> Resolution:
    """A date whose year is in the words, in full or as two digits, decade or BCE number."""
    if p.year.endswith("X") and not p.year.startswith("XX"):
        first = int(p.year.rstrip("X")) * 10
        return Resolution(values.decade_value(1 - first if p.era == "BC" else first), stated=True)
    inferred, basis = "", None
    if p.year.startswith("XX"):
        near = civil_from_days(anchor.day)[0] if anchor else 1999
        two = int(p.year[2:].replace("X", "0"))
        y = min(
            (c * 100 + two for c in range(near // 100 - 1, near // 100 + 2)),
            key=lambda c: (abs(c - near) > 80, c > near + 10, abs(c - near)),
        )
        inferred, basis = "century", anchor
        if p.year.endswith("X"):
            return Resolution(values.decade_value(y), anchor, inferred=inferred)
    else:
        y = int(p.year)
    if p.era == "BC":
        y = 1 - y
    value = _in_year(p, y)
    if value is None:
        return Resolution(UNKNOWN, problem=f"there is no day {p.day} in month {p.sub} of {y}")
    problem = _weekday_problem(p, value)
    return Resolution(_with_time(value, p), basis, not inferred, inferred, problem=problem)


def _weekday_problem(p: Partial, value: Value) -> str:
    if p.tail.startswith("w") and p.tail[1:].isdigit() and value.start is not None:
        actual = weekday(value.start // DAY) + 1
        if actual != int(p.tail[1:]):
            names = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
            return f"weekday and date disagree: {value.edtf} is a {names[actual - 1]}, the text says {names[int(p.tail[1:]) - 1]}"
    return ""


def _reference(p: Partial, anchor: Anchor | None) -> Resolution:
    value = Value("", None, None, p.value, "")
    if anchor is None:
        return Resolution(value, stated=True)
    day, text = anchor.day, values.day_text(anchor.day)
    if p.value == "PAST_REF":
        value = value._replace(stop=(day + 1) * DAY, edtf=f"../{text}")
    elif p.value == "FUTURE_REF":
        value = value._replace(start=day * DAY, edtf=f"{text}/..")
    return Resolution(value, anchor, inferred="" if p.value == "PRESENT_REF" else "bound")


def _duration(p: Partial, anchor: Anchor | None) -> Resolution:
    """A length; bounds only where it runs up to, or on from, the anchor (the past three days)."""
    value = Value(p.unit, None, None, p.value, "")
    if not p.way or anchor is None or p.shift is None or p.unit in ("hour", "minute", "second"):
        return Resolution(value, stated=not p.way)
    most = p.upto if p.upto is not None else p.shift
    if p.way in ("past", "last"):
        first, stop = _moved(anchor.day, -most, p.unit), anchor.day + 1
    else:
        first, stop = anchor.day, _moved(anchor.day, most, p.unit) + 1
    inferred = "both ends"
    if p.upto is not None:
        early, late = _moved(anchor.day, p.shift, p.unit), stop - 1
        inferred = f"both ends; the window closes between {values.day_text(early)} and {values.day_text(late)}"
    return Resolution(values.between(first, stop, p.unit, p.value), anchor, inferred=inferred)


def _moved(day: int, n: float, unit: str) -> int:
    """The day that lies n units on, kept inside its month."""
    days = {"day": 1, "week": 7, "fortnight": 14, "weekend": 7}.get(unit)
    if days:
        return day + int(n * days)
    y, m, d = civil_from_days(day)
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}.get(unit, 0)
    index = y * 12 + m - 1 + int(n * months)
    y, m = index // 12, index % 12 + 1
    return days_from_civil(y, m, min(d, days_in_month(y, m)))


def _shifted(p: Partial, anchor: Anchor) -> Resolution:
    """A unit counted from the anchor, with any fields inside it (October of next year)."""
    if p.tail == "like":
        return _like(p, anchor)
    if p.shift is None:
        return _reference(
            p._replace(value="PAST_REF" if p.text.startswith("-") else "FUTURE_REF"), anchor
        )
    if p.value == "day":
        value = values.day_value(_moved(anchor.day, p.shift, p.unit))
        return Resolution(value, anchor, inferred="date")
    if anchor.basis == "previous" and _SIZES.get(anchor.granularity, 0) > _SIZES.get(p.unit, 9):
        return _coarsely_shifted(p, anchor)
    value = shift(anchor.day, p.shift, p.unit)
    assert value.start is not None and value.stop is not None
    if p.unit in ("hour", "minute", "second"):
        return Resolution(value, anchor, inferred="date")
    if p.sub == "WXX":
        value = values.day_value(value.start // DAY + int(p.day) - 1)
    elif p.has_fields:
        y, m, _ = civil_from_days(value.start // DAY)
        inside = _in_year(p if p.sub else p._replace(sub=f"{m:02d}"), y)
        if inside is None:
            return Resolution(UNKNOWN, anchor, problem=f"there is no day {p.day} in that month")
        value = inside
    assert value.start is not None and value.stop is not None
    if p.tail in ("before", "after") and value.granularity not in ("day",):
        first, stop = value.start // DAY, value.stop // DAY
        first, stop = (
            (first, min(stop, anchor.day))
            if p.tail == "before"
            else (max(first, anchor.day + 1), stop)
        )
        if first < stop:
            value = values.between(first, stop, value.granularity, value.timex)
    return Resolution(_with_time(value, p), anchor, inferred="date")


def _coarsely_shifted(p: Partial, anchor: Anchor) -> Resolution:
    """Counted in days or months from a date that is only known to the month or year: both bounds move."""
    first, stop = (
        _moved(anchor.day, p.shift or 0, p.unit),
        _moved(anchor.stop - 1, p.shift or 0, p.unit) + 1,
    )
    y, m, _ = civil_from_days(first)
    last_y, last_m, _ = civil_from_days(stop - 1)
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
    if anchor.granularity == "month":
        value = values.month_value(y, m)
    elif anchor.granularity == "quarter":
        value = values.part_value(y, f"Q{(m - 1) // 3 + 1}")
    elif anchor.granularity == "day" and anchor.basis == "previous":
        value = values.month_value(y, m)
    else:
        value = values.year_value(y)
    return Resolution(value, anchor, inferred="date")


def _weekday(p: Partial, anchor: Anchor, side: str, narrative: bool) -> Resolution:
    wanted = int(p.day) - 1
    today = weekday(anchor.day)
    back = (today - wanted) % 7
    earlier, later = anchor.day - back, anchor.day + (wanted - today) % 7
    reason = ""
    if p.way == "last":
        chosen, other = anchor.day - (back or 7), None
    elif p.way == "next":
        chosen = anchor.day + ((wanted - today) % 7 or 7)
        other = chosen + 7 if chosen - anchor.day + today < 7 else None
        reason = "next could also mean the week after"
    elif p.way == "this":
        chosen, other = anchor.day - today + wanted, None
    elif side == "future" or (narrative and side != "past"):
        chosen, other = later, earlier if earlier != later else None
        reason = "the sentence looks ahead" if not narrative else "the story moves on"
    else:
        chosen, other = earlier, later if earlier != later else None
        reason = "the verb is in the past" if side == "past" else "news reports what has happened"
    value = _with_time(values.day_value(chosen), p)
    return Resolution(value, anchor, inferred="date", alternative=values.day_text(other) if other is not None else "",
                      reason=reason if other is not None else "")  # fmt: skip


def _month_day(p: Partial, anchor: Anchor, side: str, narrative: bool) -> Resolution:
    """A day of an unnamed month (the 24th)."""
    y, m, d = civil_from_days(anchor.day)
    wanted = int(p.day)
    step = 0
    if p.tail.startswith("w"):
        return _weekday_nth(p, anchor, side)
    if narrative:
        step = 1 if wanted < d and anchor.granularity == "day" else 0
    elif side == "future" and wanted < d:
        step = 1
    elif side == "past" and wanted > d:
        step = -1
    month = values.month_value(y, m + step)
    assert month.start is not None
    first = month.start // DAY
    y, m, _ = civil_from_days(first)
    if wanted > days_in_month(y, m):
        return Resolution(UNKNOWN, anchor, problem=f"there is no day {wanted} in {month.edtf}")
    return Resolution(_with_time(values.day_value(first + wanted - 1), p), anchor, inferred="month")


def _weekday_nth(p: Partial, anchor: Anchor, side: str) -> Resolution:
    """Friday the 13th: the nearest month where weekday and day agree, on the side that the verb says."""
    y, m, _ = civil_from_days(anchor.day)
    days = []
    for step in range(-14, 15):
        month = values.month_value(y, m + step)
        assert month.start is not None and month.stop is not None
        day = month.start // DAY + int(p.day) - 1
        if day * DAY < month.stop and weekday(day) + 1 == int(p.tail[1:]):
            days.append(day)
    past, ahead = [d for d in days if d <= anchor.day], [d for d in days if d >= anchor.day]
    pick = past[-1] if past and (side == "past" or not ahead) else ahead[0]
    if not side and past and anchor.day - past[-1] < pick - anchor.day:
        pick = past[-1]
    return Resolution(_with_time(values.day_value(pick), p), anchor, inferred="month")


def _near(p: Partial, anchor: Anchor, side: str, narrative: bool, make) -> Resolution:  # type: ignore[no-untyped-def]
    """A month, day of a month, quarter, season or holiday whose year is open: the year that fits best."""
    year, month, _ = civil_from_days(anchor.day)
    options = [(y, v) for y in range(year - 4, year + 5) if (v := make(y)) is not None]
    if not options:
        return Resolution(UNKNOWN, anchor, problem=f"there is no day {p.day} in month {p.sub}")
    at = anchor.day * DAY
    past = [v for _, v in options if v.start <= at]
    ahead = [v for _, v in options if v.stop > at]
    if p.way == "this":
        chosen = next((v for y, v in options if y == year), options[0][1])
        return Resolution(
            _with_time(chosen, p), anchor, inferred="year", problem=_weekday_problem(p, chosen)
        )
    if p.way == "last":
        return Resolution(
            _with_time([v for _, v in options if v.stop <= at][-1], p), anchor, inferred="year"
        )
    if p.way == "next":
        return Resolution(
            _with_time(next(v for _, v in options if v.start > at), p), anchor, inferred="year"
        )
    if p.tail.startswith("w") and p.tail[1:].isdigit():
        agreeing = [v for v in (past[-1], ahead[0]) if not _weekday_problem(p, v)]
        if len(agreeing) == 1:
            return Resolution(
                _with_time(agreeing[0], p), anchor, inferred="year", reason="the weekday decides"
            )
    if narrative:
        return _follow(p, anchor, options, year, month)
    before, after = past[-1], ahead[0]
    if before == after:
        chosen, other, reason = before, None, ""
    else:
        gone, to_come = anchor.day - before.stop // DAY + 1, after.start // DAY - anchor.day
        if side == "past" and gone <= FAR:
            chosen, other, reason = before, after, "the verb is in the past"
        elif side == "future" and to_come <= FAR:
            chosen, other, reason = after, before, "the sentence looks ahead"
        else:
            chosen, other = (before, after) if gone <= to_come else (after, before)
            reason = "the other year lies farther from the anchor"
    value = _with_time(chosen, p)
    return Resolution(value, anchor, inferred="year", alternative=other.edtf if other else "", reason=reason,
                      problem=_weekday_problem(p, chosen))  # fmt: skip


def _follow(p: Partial, anchor: Anchor, options: list, year: int, month: int) -> Resolution:
    """The year in narrative text: that of the story so far, the next one where the calendar turned."""
    wanted = int(p.sub) if p.sub.isdigit() else BY_TIMEX[p.sub].first_month if p.sub else 0
    y = year
    if anchor.granularity in ("day", "month", "part-of-day", "minute", "week") and wanted:
        if month - wanted >= 8:
            y = year + 1
        elif wanted - month >= 10:
            y = year - 1
    chosen = next((v for c, v in options if c == y), options[0][1])
    other = next((v for c, v in options if c == (y + 1 if y == year else year)), None)
    return Resolution(_with_time(chosen, p), anchor, inferred="year", alternative=other.edtf if other else "",
                      reason="the story so far is in the other year" if other else "", problem=_weekday_problem(p, chosen))  # fmt: skip
