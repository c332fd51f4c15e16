"""Choosing the year, month or week that a text leaves open, by tense, nearness or the story. Whole numbers; no text."""

from __future__ import annotations

from collections.abc import Callable

from timeline.dates.calendar import civil_from_days, days_in_month, weekday
from timeline.dates.codes import BY_TIMEX
from timeline.tagging import values
from timeline.tagging.partial import Partial
from timeline.tagging.resolution import UNKNOWN, Anchor, Resolution, weekday_problem, with_time
from timeline.tagging.values import DAY, Value

FAR = 300  # days: beyond this the verb's tense gives way to the nearer reading
AROUND = 9  # years that are looked through on each side: a 29 February is at most 8 away


def choose_weekday(p: Partial, anchor: Anchor, side: str, narrative: bool) -> Resolution:
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
    value = with_time(values.day_value(chosen), p)
    return Resolution(value, anchor, inferred="date", alternative=values.day_text(other) if other is not None else "",
                      reason=reason if other is not None else "")  # fmt: skip


def choose_month(p: Partial, anchor: Anchor, side: str, narrative: bool) -> Resolution:
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
    return Resolution(with_time(values.day_value(first + wanted - 1), p), anchor, inferred="month")


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
    return Resolution(with_time(values.day_value(pick), p), anchor, inferred="month")


def choose_year(
    p: Partial, anchor: Anchor, side: str, narrative: bool, make: Callable[[int], Value | None]
) -> Resolution:
    """A month, day of a month, quarter, season or holiday whose year is open: the year that fits best."""
    year, month, _ = civil_from_days(anchor.day)
    options = [
        (y, v) for y in range(year - AROUND, year + AROUND + 1) if (v := make(y)) is not None
    ]
    if not options:
        return Resolution(UNKNOWN, anchor, problem=f"there is no day {p.day} in month {p.sub}")
    at = anchor.day * DAY
    past = [v for _, v in options if v.start <= at]
    ahead = [v for _, v in options if v.stop > at]
    if p.way == "this":
        chosen = next((v for y, v in options if y == year), options[0][1])
        return Resolution(
            with_time(chosen, p), anchor, inferred="year", problem=weekday_problem(p, chosen)
        )
    if p.way == "last":
        return Resolution(
            with_time([v for _, v in options if v.stop <= at][-1], p), anchor, inferred="year"
        )
    if p.way == "next":
        return Resolution(
            with_time(next(v for _, v in options if v.start > at), p), anchor, inferred="year"
        )
    if p.tail.startswith("w") and p.tail[1:].isdigit():
        agreeing = [v for v in (past[-1], ahead[0]) if not weekday_problem(p, v)]
        if len(agreeing) == 1:
            return Resolution(
                with_time(agreeing[0], p), anchor, inferred="year", reason="the weekday decides"
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
    value = with_time(chosen, p)
    return Resolution(value, anchor, inferred="year", alternative=other.edtf if other else "", reason=reason,
                      problem=weekday_problem(p, chosen))  # fmt: skip


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
    return Resolution(with_time(chosen, p), anchor, inferred="year", alternative=other.edtf if other else "",
                      reason="the story so far is in the other year" if other else "", problem=weekday_problem(p, chosen))  # fmt: skip
