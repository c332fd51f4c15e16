"""Gives a partial its value from an anchor, and keeps the reading that was turned down. Whole numbers; no text."""

from __future__ import annotations

from functools import lru_cache

from timeline.dates.calendar import civil_from_days
from timeline.tagging import values
from timeline.tagging.choose import choose_month, choose_weekday, choose_year
from timeline.tagging.partial import Partial
from timeline.tagging.resolution import (
    UNKNOWN,
    Anchor,
    Resolution,
    in_year,
    weekday_problem,
    with_time,
)
from timeline.tagging.shifts import coarser, counted_from, duration, reference, shifted

_FARTHEST = 400_000_000  # days, about a million years
_DAYS_IN = {"day": 1, "week": 7, "fortnight": 14, "weekend": 7, "month": 30, "quarter": 91, "year": 365, "fiscal": 365,
            "decade": 3652, "century": 36524}  # fmt: skip
NO_DCT = "counted from a date that is not known: the article has no dct"


@lru_cache(maxsize=20_000)
def resolve(p: Partial, anchor: Anchor | None, side: str, narrative: bool) -> Resolution:
    """The value of a partial.

    `side`: past or future where the sentence says on which side of the anchor it lies, else "".
    `narrative`: events follow one another, so an open year is that of the story so far.
    """
    counted = p.way or p.kind != "duration"
    if counted and max(abs(p.shift or 0), p.upto or 0) * _DAYS_IN.get(p.unit, 0) > _FARTHEST:
        far = UNKNOWN._replace(timex="PAST_REF" if (p.shift or 0) < 0 else "")
        return Resolution(far, problem=f"{p.text} is farther away than any calendar counts")
    if p.kind == "ref":
        return reference(p, anchor)
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
        return duration(p, anchor, side)
    if p.kind == "date" and p.year != "XXXX" and p.sub != "WXX":
        return _stated(p, anchor)
    if p.kind == "date" and not p.has_fields and not p.time:
        return Resolution(UNKNOWN, problem="the words name no date")
    if anchor is None:
        timex = open_timex(p)
        return Resolution(UNKNOWN._replace(timex=timex), problem=NO_DCT)
    if p.tail == "from":
        side = "future" if p.sub == "WXX" else side
        base = resolve(p._replace(kind="date", tail=""), anchor, side, narrative)
        return counted_from(p, base)
    if p.kind == "shift":
        return shifted(p, anchor, side)
    if p.holiday:
        return choose_year(p, anchor, side, narrative, lambda y: in_year(p, y))
    if p.sub == "WXX":
        if anchor.basis == "previous" and coarser(anchor.granularity, "week"):
            problem = f"the week is not known: the story is at {anchor.text}"
            return Resolution(UNKNOWN._replace(timex=open_timex(p)), anchor, problem=problem)
        return choose_weekday(p, anchor, side, narrative)
    if not p.sub:
        if p.day:
            return choose_month(p, anchor, side, narrative)
        return Resolution(with_time(values.day_value(anchor.day), p), anchor, inferred="date")
    return choose_year(p, anchor, side, narrative, lambda y: in_year(p, y))


def open_timex(p: Partial) -> str:
    """The TIMEX3 value with X for what stays open, for a partial without an anchor."""
    if p.kind == "shift":
        return ""
    text = "XXXX" + (f"-{p.sub}" if p.sub else "-XX" if p.day or p.time else "")
    text += f"-{p.day}" if p.day else "-XX" if p.time and p.sub != "WXX" else ""
    if p.holiday:
        return "XXXX-" + p.holiday if p.holiday[0].isdigit() and len(p.holiday) == 5 else ""
    return text + (f"T{p.time}{p.zone}" if p.time else "")


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
    value = in_year(p, y)
    if value is None:
        return Resolution(UNKNOWN, problem=f"there is no day {p.day} in month {p.sub} of {y}")
    problem = weekday_problem(p, value)
    if (
        p.tail == "swap"
        and p.day != p.sub
        and (other := in_year(p._replace(sub=p.day, day=p.sub), y))
    ):
        return Resolution(
            value, basis, not inferred, inferred, other.edtf, "the day may also stand first"
        )
    return Resolution(with_time(value, p), basis, not inferred, inferred, problem=problem)
