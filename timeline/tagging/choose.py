"""Choosing the year, month or week that a text leaves open, by tense, nearness or the story. Whole numbers; no text."""

from __future__ import annotations

from collections.abc import Callable

from timeline.dates.calendar import civil_from_days, days_in_month, weekday
from timeline.dates.codes import BY_TIMEX
from timeline.tagging import values
from timeline.tagging.partial import Partial
from timeline.tagging.resolution import UNKNOWN, Anchor, Resolution, weekday_problem, with_time
from timeline.tagging.values import DAY, Value

FAR = (
    335,
    340,
)  # days: beyond this, for a day or a longer unit, tense gives way to the nearer reading
AROUND = 9  # years that are looked through on each side: a 29 February is at most 8 away


def choose_weekday(p: Partial, anchor: Anchor, side: str, narrative: bool) -> Resolution:
    """A weekday of an unnamed week: the one before the anchor, or the one after it."""
    wanted = int(p.day) - 1
    today = weekday(anchor.day)
    back = (today - wanted) % 7
    earlier, later = anchor.day - back, anchor.day + (wanted - today) % 7
    reason = ""
    if p.way == "last":
        chosen = anchor.day - (back or 7) - 7 * (p.tail == "before")
        other = chosen - 7 if 0 < back <= today and not p.tail else None
        reason = "last could also mean the week before"
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
    options = _in_years(make, range(year - 2, year + 3))
    if rare := len(options) < 5:  # a 29 February
        options = _in_years(make, range(year - AROUND, year + AROUND + 1))
    if not options:
        return Resolution(UNKNOWN, anchor, problem=f"there is no day {p.day} in month {p.sub}")
    at = anchor.day * DAY

    def settle(value: Value, other: Value | None = None, reason: str = "") -> Resolution:
        return Resolution(
            with_time(value, p), anchor, inferred="year", alternative=other.edtf if other else "",
            reason=reason, problem=weekday_problem(p, value),
        )  # fmt: skip

    if p.way == "this":
        return settle(next((v for y, v, _, _ in options if y == year), options[0][1]))
    gone_by = [o for o in options if (o[3] if p.way == "last" else o[2]) <= at]
    ahead = [o for o in options if (o[2] if p.way == "next" else o[3] - 1) > at]
    if p.way == "last" and gone_by:
        other = gone_by[-2][1] if len(gone_by) > 1 and gone_by[-1][0] == year else None
        return settle(
            gone_by[-1][1], other, "last could also mean the year before" if other else ""
        )
    if p.way == "next" and ahead:
        return settle(ahead[0][1])
    if not gone_by or not ahead:  # a feast that is only known for some years
        return settle((gone_by[-1:] or ahead[:1])[0][1])
    (_, before, _, stop), (_, after, start, _) = gone_by[-1], ahead[0]
    gone, to_come = anchor.day - stop // DAY + 1, start // DAY - anchor.day
    if p.tail.startswith("w") and p.tail[1:].isdigit():
        agreeing = [v for v in (before, after) if not weekday_problem(p, v)]
        wrong_way = {"past": after, "future": before}.get(side)
        if len(agreeing) == 1 and (agreeing[0] != wrong_way or before == after):
            other = after if agreeing[0] == before else before
            return settle(
                agreeing[0], other if other != agreeing[0] else None, "the weekday decides"
            )
    if narrative:
        return _follow(p, anchor, {y: v for y, v, _, _ in options}, year, month, settle)
    if before == after:
        return settle(before)
    far = FAR[before.granularity != "day"] * (AROUND if rare else 1)
    if side == "past" and gone <= far:
        return settle(before, after, "the verb is in the past")
    if side == "future" and to_come <= far:
        return settle(after, before, "the sentence looks ahead")
    chosen, other = (before, after) if gone <= to_come else (after, before)
    return settle(chosen, other, "the other year lies farther from the anchor")


def _in_years(
    make: Callable[[int], Value | None], years: range
) -> list[tuple[int, Value, int, int]]:
    return [(y, v, v.start or 0, v.stop or 0) for y in years if (v := make(y)) is not None]


def _follow(
    p: Partial, anchor: Anchor, options: dict[int, Value], year: int, month: int,
    settle: Callable[[Value, Value | None, str], Resolution],
) -> Resolution:  # fmt: skip
    """The year in narrative text: that of the story so far, the next one where the calendar turned."""
    wanted = int(p.sub) if p.sub.isdigit() else BY_TIMEX[p.sub].first_month if p.sub else 0
    y = year
    if anchor.granularity in ("day", "month", "week") and wanted:
        if month - wanted >= 8:
            y = year + 1
        elif wanted - month >= 10:
            y = year - 1
    chosen = options[min(options, key=lambda c: (abs(c - y), c))]
    other = options.get(y + 1 if y == year else year)
    return settle(chosen, other, "the story so far is in the other year" if other else "")
