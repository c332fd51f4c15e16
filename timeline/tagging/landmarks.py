"""Expressions that count from a landmark of the story: "in the first months after taking office"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from timeline.dates import TimeValue, parse_edtf
from timeline.dates.calendar import civil_from_days
from timeline.errors import InputError
from timeline.tagging import values
from timeline.tagging.numerals import number
from timeline.tagging.resolution import UNKNOWN, Anchor, Resolution
from timeline.tagging.shifts import moved, shift

_BEFORE = re.compile(
    r"(?:(?P<first>(?:the )?(?P<which>first|last|final|early) (?:(?P<fn>\w+) )?(?P<funit>days?|weeks?|months?|years?)) (?:(?P<fway>after|before|of|following|since) )"
    r"|(?P<count>(?P<n>an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,3}|several|a few) (?P<unit>days?|weeks?|months?|years?)) (?P<cway>after|before|following|since) "
    r"|(?P<way>after|before|since|until|following|upon|on|from|prior to) )"
    r"(?:(?:he|she|they|it|the|his|her|their|(?-i:[A-Z])[\w’'-]+)(?: (?-i:[A-Z])[\w’'-]+)? ){0,2}$",
    re.IGNORECASE,
)
_SEVERAL = {"day": 10, "week": 7, "month": 6, "year": 6}  # the first days after: within this many
_YEAR_AFTER = re.compile(r"^(?: in|,)? ?(?:early |late )?(\d{4})\b")


class LandmarkMention(NamedTuple):
    """One expression resolved from a landmark: offsets in the text, TIMEX3 type, partial text, resolution."""

    start: int
    stop: int
    type: str
    partial: str
    resolution: Resolution


def compile_landmarks(
    landmarks: dict[str, str],
) -> tuple[re.Pattern[str] | None, dict[str, TimeValue]]:
    """One regex for all names, and the value of each by its name in lower case.

    Raises InputError naming the landmark whose value is not an EDTF date.
    """
    if not isinstance(landmarks, dict) or not all(isinstance(k, str) for k in landmarks):
        raise InputError(
            f"landmarks are {landmarks!r:.80}; give names with EDTF dates, such as {{'taking office': '2009-01-20'}}"
        )
    return _compile(tuple(sorted(landmarks.items())))


@lru_cache(maxsize=64)
def _compile(
    pairs: tuple[tuple[str, str], ...],
) -> tuple[re.Pattern[str] | None, dict[str, TimeValue]]:
    known = {}
    for name, text in pairs:
        try:
            value = parse_edtf(text)
        except InputError as error:
            raise InputError(f"landmark {name!r} has no valid date: {error}") from error
        if (
            not isinstance(value, TimeValue)
            or value.start is None
            or value.stop is None
            or not name.strip()
        ):
            raise InputError(
                f"landmark {name!r} is {text!r}; give one EDTF date with both bounds, such as 2009-01-20"
            )
        known[" ".join(name.lower().split())] = value
    names = sorted(known, key=lambda n: (-len(n), n))
    pattern = "|".join(r"\s+".join(map(re.escape, n.split())) for n in names)
    return (re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) if names else None), known


def find_landmarks(text: str, landmarks: dict[str, str]) -> list[LandmarkMention]:
    """Every expression that counts from one of the landmarks (name -> EDTF date), in order."""
    pattern, known = compile_landmarks(landmarks)
    out: list[LandmarkMention] = []
    for m in pattern.finditer(text) if pattern else ():
        name = " ".join(m[0].lower().split())
        low = max(0, m.start() - 80)
        before = _BEFORE.search(re.sub(r"\s", " ", text[low : m.start()]))
        if before is None or (out and low + before.start() < out[-1].stop):
            continue
        found = _resolve(text, m.end(), low + before.start(), before, name, known[name])
        if found:
            out.append(found)
    return out


def _resolve(
    text: str, stop: int, start: int, m: re.Match[str], name: str, value: TimeValue
) -> LandmarkMention | None:
    assert value.start is not None and value.stop is not None
    first, last = (int(m.astype("int64")) // values.DAY for m in (value.start, value.stop))
    anchor = Anchor(first, value.granularity, f"landmark {name}", value.edtf)
    exact = values.Value(
        value.granularity, first * values.DAY, last * values.DAY, value.timex, value.edtf
    )
    if year := _YEAR_AFTER.match(text[stop : stop + 20]):  # "since Obama assumed office in 2009"
        if value.edtf == year[1]:
            return None  # the text says as much as the landmark does
        at = stop + year.start(1)
        agrees = civil_from_days(first)[0] <= int(year[1]) <= civil_from_days(last - 1)[0]
        problem = (
            "" if agrees else f"the landmark {name!r} is {value.edtf}, the text says {year[1]}"
        )
        result = Resolution(exact if agrees else values.year_value(int(year[1])), anchor, inferred="date" if agrees else "",
                            alternative=year[1] if agrees else "", reason="the landmark is finer" if agrees else "", problem=problem)  # fmt: skip
        return LandmarkMention(at, at + 4, "DATE", year[1], result)
    unit = (m["funit"] or m["unit"] or "").lower().rstrip("s")
    way = (m["fway"] or m["cway"] or m["way"]).lower()
    ahead = way not in ("before", "prior to", "until")
    sign = "+" if ahead else "-"
    inferred = "date"
    if m["first"]:
        count = _count(m["fn"])
        whole, most = not count, count or _SEVERAL[unit]
        # a landmark known only to the year may be any of its days: the window of each is possible
        lo = _window(first, unit, most, ahead, whole)[0]
        hi = _window(last - 1, unit, most, ahead, whole)[1]
        found = values.between(lo, hi, unit, f"P{count or 'X'}{unit[0].upper()}")
        inferred = "both ends"
        partial = f"{name} {sign}{m['which'].lower()} {count or 'X'} {unit}"
    elif m["count"]:
        n = _count(m["n"])
        partial = f"{name} {sign}{n or 'X'} {unit}"
        if n:
            found = _shifted(first, last, n if ahead else -n, unit)
        else:
            found, inferred = _open(first, last - 1, ahead), "bound"
    elif way in ("upon", "on"):
        found, partial = exact, name
    else:
        found, partial, inferred = _open(first, last - 1, ahead), f"{way} {name}", "bound"
    return LandmarkMention(
        start, stop, "DATE", partial, Resolution(found, anchor, inferred=inferred)
    )


def _count(words: str | None) -> int:
    """The number that words say, or 0 for none and for several."""
    said = number(words) if words else None
    return int(said) if said and said.isdigit() else 0


def _shifted(first: int, last: int, n: int, unit: str) -> values.Value:
    """n units from a landmark; as wide as the landmark where that is coarser than the unit."""
    early, late = shift(first, n, unit), shift(last - 1, n, unit)
    if early == late or early.start is None or late.stop is None:
        return early
    year = early.timex[:4] if early.timex[:4] == late.timex[:4] else ""
    return values.between(early.start // values.DAY, late.stop // values.DAY, unit, year)


def _window(day: int, unit: str, n: int, ahead: bool, whole: bool) -> tuple[int, int]:
    """First day and stop of "the first n units after" a day; `whole`: up to the end of the unit."""
    if not ahead:
        return moved(day, -n, unit), day
    if whole and unit == "month":
        y, m, _ = civil_from_days(day)
        stop = values.month_value(y, m + n).start
        assert stop is not None
        return day, stop // values.DAY
    return day, moved(day, n, unit)


def _open(first: int, last: int, ahead: bool) -> values.Value:
    """Some time from the landmark's first possible day on, or before its last."""
    if ahead:
        return values.Value(
            "", first * values.DAY, None, "FUTURE_REF", f"{values.day_text(first)}/.."
        )
    edtf = f"../{values.day_text(last - 1)}"
    return UNKNOWN._replace(stop=last * values.DAY, timex="PAST_REF", edtf=edtf)
