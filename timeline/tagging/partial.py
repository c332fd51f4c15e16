"""What the words alone fix, as text and as a record: XXXX-11-24, -1 month, P3 day. Knows no anchor.

[way ][+n unit ][fields][ tail]      a date: fields that are X are filled in from the anchor
way     last, this, next: on which side of the anchor; before a P: past, next, within (it runs up to the anchor,
        or on from it), in, ahead, ago (it lies that far ahead; "in" only where the verb says so)
+n unit a shift from the anchor; +3..4 week: between three and four
fields  YYYY-MM-DD, XXXX-Q3, XXXX-SU, XXXX-WXX-2, 199X, FY1989, BC0044-03-15, Thh:mm, TNI
tail    w1 (a Monday), week-1 (its last week), week0 (the week of that day), any (no certain one), day2 (its second day), before, after, from (counted from these fields), swap (day and month may be the other way round)
P3 day  a duration; PAST_REF, PRESENT_REF, FUTURE_REF; century 19; XXXX~easter+1
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_TEXT = re.compile(
    r"(?:(?P<way>last|this|next|past|within|in|ahead|ago) )?"
    r"(?:P(?P<count>X|\d+(?:\.\d+)?)(?:\.\.(?P<most>\d+(?:\.\d+)?|X))? (?P<length>\w+)"
    r"|(?:(?P<shift>[+-]?\d+(?:\.\d+)?|[+-]X)(?:\.\.(?P<upto>\d+(?:\.\d+)?|X))? (?P<unit>[a-z]+)(?: (?P<inner>day))?)?"
    r"(?: ?(?P<bc>BC|AD)?(?P<fy>FY)?(?P<year>[\dX]{4,6})?(?:~(?P<holiday>[\w+-]+)"
    r"|(?:-(?P<sub>\d\d|XX|Q\d|H\d|SP|SU|FA|WI|WXX))?(?:-(?P<day>\d\d|\d|XX))?)?"
    r"(?:T(?P<time>[A-Z]{2}|[\d:]*)(?P<meridiem>am|pm)?(?P<zone>Z|[+-]\d\d:\d\d)?)?)?"
    r"|(?P<century>(?:BC|AD)?century -?\d+)|(?P<ref>[A-Z]+_REF))"
    r"(?: (?P<tail>(?:week|day)-?\d|w\d|before|after|from|like|swap|any))?"
)


class Partial(NamedTuple):
    """One partial, parsed. `shift`, `upto`, `count`, `most` are numbers, None where not given or vague."""

    text: str
    kind: str  # date, shift, duration, ref, century, open (of no certain day)
    way: str = ""
    shift: float | None = None
    upto: float | None = None
    unit: str = ""
    era: str = ""
    fiscal: bool = False
    year: str = "XXXX"
    sub: str = ""
    day: str = ""
    holiday: str = ""
    time: str = ""
    zone: str = ""
    tail: str = ""
    value: str = ""  # a reference; the TIMEX3 length of a duration

    @property
    def has_fields(self) -> bool:
        """Whether there is more than a shift."""
        return bool(self.sub or self.day or self.holiday or self.year != "XXXX")


_LENGTHS = {"year": "Y", "month": "M", "week": "W", "day": "D", "hour": "H", "minute": "M", "second": "S",
            "quarter": "Q", "decade": "DE", "century": "CE", "weekend": "WE", "fortnight": "W"}  # fmt: skip


def length_text(count: str, unit: str) -> str:
    """A duration in TIMEX3: ("3", "day") -> P3D, ("2", "decade") -> P2DE, ("X", "hour") -> PTXH."""
    if unit == "year" and count == "0.5":
        count, unit = "6", "month"
    if unit == "fortnight" and count != "X":
        count = f"{float(count) * 2:g}"
    return f"P{'T' if unit in ('hour', 'minute', 'second') else ''}{count}{_LENGTHS[unit]}"


def _number(text: str | None) -> float | None:
    return None if text is None or text.endswith("X") else float(text)


@lru_cache(maxsize=100_000)
def parse_partial(text: str) -> Partial | None:
    """The record of a partial, or None if a field cannot be (month 13, hour 25)."""
    m = _TEXT.fullmatch(text.strip())
    if m is None:
        return None
    way, tail = m["way"] or "", m["tail"] or ""
    if m["ref"]:
        return Partial(text, "ref", value=m["ref"])
    if m["century"]:
        era, _, number = m["century"].partition("century ")
        return Partial(text, "century", era=era, year=number)
    if m["length"]:
        return Partial(text, "duration", way, _number(m["count"]), _number(m["most"]), m["length"],
                       value=length_text(m["most"] or m["count"], m["length"]))  # fmt: skip
    sub, day = m["sub"] or "", m["day"] or ""
    if (sub.isdigit() and not 1 <= int(sub) <= 12) or (
        sub != "WXX" and day.isdigit() and not 1 <= int(day) <= 31
    ):
        return None
    time = _clock(m["time"], m["meridiem"])
    if time is None:
        return None
    if text.startswith("XXXX-XX-XXT") or tail == "any":
        return Partial(text, "open", value=text.removesuffix(" any"))
    return Partial(text, "shift" if m["unit"] else "date", way, _number(m["shift"]), _number(m["upto"]),
                   m["unit"] or "", m["bc"] or "", bool(m["fy"]), m["year"] or "XXXX",
                   "" if sub == "XX" else sub, "" if day == "XX" else day,
                   m["holiday"] or "", time, m["zone"] or "", tail, m["inner"] or "")  # fmt: skip


def _clock(time: str | None, meridiem: str | None) -> str | None:
    """hh:mm, a part of day, "" for none, or None for no such time."""
    if not time or time == ":":
        return ""
    if time.isalpha():
        return time
    hour, _, minute = time.partition(":")
    if not hour.isdigit() or int(hour) > 24 or int(minute or 0) > 59:
        return None
    if meridiem:
        if not 1 <= int(hour) <= 12:
            return None
        hour = f"{int(hour) % 12 + 12 * (meridiem == 'pm'):02d}"
    return f"{int(hour):02d}:{minute or '00'}"
