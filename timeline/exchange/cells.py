"""The date in one cell of somebody's table: our own rules, then the tagger, then dateparser. No clock.

Refused rather than guessed: a two-digit year, 03/04/2014 in a column that does not show its order,
1925-30 (years, or an EDTF code?), anything relative.
"""

from __future__ import annotations

import re
from dataclasses import replace

from timeline.dates import Period, TimeValue, parse_edtf
from timeline.errors import InputError

_ERA = r"(?P<era>BCE?|B\.\s?C\.(?:\s?E\.)?|v\.\s?Chr\.|a\.\s?C\.|av\.\s?J\.-C\.|CE|AD|A\.D\.|n\.\s?Chr\.|d\.\s?C\.)"
_YEAR = re.compile(rf"(?:(?P<ad>AD|A\.D\.)\s?)?(?P<year>\d{{1,7}})(?:\s?{_ERA})?", re.I | re.ASCII)
_CENTURY = re.compile(
    rf"(?P<n>\d{{1,2}})(?:st|nd|rd|th)?\.?\s(?:century|c\.|Jahrhundert|Jh\.|siglo|siècle)(?:\s{_ERA})?",
    re.I | re.ASCII,
)
_DECADE = re.compile(r"(?P<year>\d{3}0)(?:'?s|er)", re.ASCII)
_SEASON = re.compile(
    r"(?P<season>spring|summer|autumn|fall|winter)(?:\sof)?,?\s(?P<year>\d{4})", re.I | re.ASCII
)
_PART = re.compile(
    r"(?:(?P<part>[QH]\d)[\s/-]?(?P<year>\d{4})|(?P<year2>\d{4})[\s-](?P<part2>[QH]\d))",
    re.I | re.ASCII,
)
_ISO_TIME = re.compile(
    r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?", re.ASCII
)
_BASIC = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_NUMBERS = re.compile(
    r"(\d{1,4})\s?([./-])\s?(\d{1,2})(?:\s?\2\s?(\d{1,4}))?\.?(?:,?\s(\d{1,2}:\d{2}(?::\d{2})?))?",
    re.ASCII,
)
_MONTH_YEAR = re.compile(r"(\d{1,2})\s?[./-]\s?(\d{4})", re.ASCII)
_SHORT_RANGE = re.compile(r"(\d{4})\s?[-–—]\s?(\d{2}|\d{4})", re.ASCII)
_RANGE = re.compile(
    r"(?:(?:from|between|von|vom|de|du|entre)\s)?(.+?)(?:\s[-–—]\s|\s?[–—]\s?|\s(?:to|until|till|through|and|bis|hasta|au)\s)(.+)",
    re.I,
)
_LEAD = re.compile(
    r"(?P<about>c\.|ca\.?|circa|about|around|approx\.?|approximately|um|etwa|hacia|vers|~)\s?"
    r"|(?P<before>before|prior to|pre-?)\s|(?P<after>after|post-?)\s|(?P<by>by|not after|no later than)\s"
    r"|(?P<since>since|from|seit)\s|(?P<until>until|till|bis)\s"
    r"|(?P<early>early)[\s-]|(?P<mid>mid)[\s-]|(?P<late>late|end of)[\s-]|(?P<plain>in|on|the|im|am|en|le)\s",
    re.I,
)  # fmt: skip
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_LIMITS = {"before": "BEFORE", "after": "AFTER", "by": "ON_OR_BEFORE"}
_SHADES = {"early": "START", "mid": "MID", "late": "END"}
LONGEST, DEEPEST = 120, 3


def _before_christ(era: str | None) -> bool:
    return (
        bool(era)
        and (era or "").lower().lstrip()[:1] in ("b", "v", "a")
        and (era or "").upper() not in ("AD", "A.D.")
    )


def year_value(number: int, bce: bool) -> TimeValue:
    """A year as people count: no year 0. Raises InputError for 0."""
    if number == 0:
        raise InputError("there is no year 0")
    return TimeValue.year(1 - number if bce else number)


def numeric_order(texts: list[str]) -> bool | None:
    """Whether the column's 24/11/2014 say the day first: True, False, or None if they do not show it."""
    first = second = False
    for text in texts:
        match = _NUMBERS.fullmatch(text.strip())
        if match and match[4] and len(match[1]) <= 2 and match[2] != ".":
            first |= int(match[1]) > 12
            second |= int(match[3]) > 12
    return first if first != second else None


def _numeric(text: str, day_first: bool | None) -> TimeValue | None:
    """24.11.2014, 24/11/2014, 11/24/2014, 2014/11/24, 11/2014; None if it is no such thing."""
    if match := _MONTH_YEAR.fullmatch(text):
        return TimeValue.month(int(match[2]), int(match[1]))
    match = _NUMBERS.fullmatch(text)
    if not match:
        return None
    a, dot, b, c, clock = match.groups()
    if len(a) == 4:
        edtf = f"{a}-{int(b):02d}" + (f"-{int(c):02d}" if c else "")
    elif c is None or len(c) != 4:
        raise InputError("the year must have four digits")
    else:
        if dot != "." and int(a) <= 12 and int(b) <= 12 and a != b and day_first is None:
            raise InputError(
                f"it may be the day first or the month first; say day_first=True or False, or write {c}-MM-DD"
            )
        as_day = dot == "." or int(a) > 12 or (int(b) <= 12 and day_first is not False)
        day, month = (a, b) if as_day else (b, a)
        edtf = f"{c}-{int(month):02d}-{int(day):02d}"
    return TimeValue.from_edtf(edtf + (f"T{clock.zfill(5)}" if clock else ""))


def _own(text: str, day_first: bool | None) -> TimeValue | Period | None:
    """The value by our own rules, or None if none fits. Raises InputError with the reason for a no."""
    if match := _SHORT_RANGE.fullmatch(text):
        year, other = match.groups()
        last = int(other) if len(other) == 4 else int(year[:2] + other)
        if len(other) == 4 or (last > int(year) and int(other) > 12):
            if len(other) == 2 and 25 <= int(other) <= 41:
                raise InputError(
                    f"it may be {year} to {last} or an EDTF code; write {year}/{last} for the years"
                )
            if len(other) == 4 or int(other) > 24:
                return Period(TimeValue.year(int(year)), TimeValue.year(last))
            if int(other) < 21:
                return Period(TimeValue.year(int(year)), TimeValue.year(last))
    if not re.fullmatch(r"\d{1,3}", text):
        try:
            return parse_edtf(text)
        except InputError:
            pass
    if match := _ISO_TIME.fullmatch(text):
        return TimeValue.from_edtf(f"{match[1]}T{match[2]}{match[3] or ''}")
    if match := _BASIC.fullmatch(text):
        return TimeValue.from_edtf("-".join(match.groups()))
    if re.fullmatch(r"\d{4}-W\d{2}(?:-WE)?|BC\d{4}(?:-\d{2}){0,2}", text):
        return TimeValue.from_timex(text)
    if match := _PART.fullmatch(text):
        return TimeValue.from_timex(
            f"{match['year'] or match['year2']}-{(match['part'] or match['part2']).upper()}"
        )
    if match := _SEASON.fullmatch(text):
        return TimeValue.from_edtf(f"{match['year']}-{_SEASONS[match['season'].lower()]}")
    if match := _DECADE.fullmatch(text):
        return TimeValue.from_edtf(match["year"][:3] + "X")
    if match := _CENTURY.fullmatch(text):
        n, bce = int(match["n"]), _before_christ(match["era"])
        if n == 0:
            raise InputError("there is no century 0")
        return TimeValue.from_timex(f"{'BC' * bce}{n - 1:02d}")
    if match := _YEAR.fullmatch(text):
        if not (match["era"] or match["ad"]) and len(match["year"]) not in (3, 4):
            raise InputError("a year of other than three or four digits needs CE or BCE")
        return year_value(int(match["year"]), _before_christ(match["era"]))
    return _numeric(text, day_first)


def _led(text: str, day_first: bool | None, depth: int) -> TimeValue | Period | None:
    """c. 1850, before 2009, since May, early 1990s, perhaps 44 BC: a word before what can be read."""
    if text.endswith("?") and len(text) > 1:
        inner = read_own(text[:-1].strip(), day_first, depth)
        return _doubted(inner, "?") if inner else None
    match = _LEAD.match(text)
    if not match or match.end() == 0:
        return None
    inner = read_own(text[match.end() :], day_first, depth)
    name = match.lastgroup or ""
    if inner is None or name == "plain":
        return inner
    if name == "about":
        return _doubted(inner, "~")
    if not isinstance(inner, TimeValue) or inner.start is None or inner.stop is None:
        return None
    if name in _LIMITS:
        start = None if name != "after" else inner.stop
        stop = None if name == "after" else inner.start if name == "before" else inner.stop
        return TimeValue(start, stop, inner.granularity, inner.qualifier, _LIMITS[name])
    if name in _SHADES:
        return replace(inner, mod=_SHADES[name])
    return Period(inner, None) if name == "since" else Period(None, inner)


def _doubted(value: TimeValue | Period, mark: str) -> TimeValue | Period:
    if isinstance(value, Period):
        ends = [end and _doubted(end, mark) for end in (value.begin, value.finish)]
        return Period(*ends)  # type: ignore[arg-type]
    both = "%" if value.qualifier not in ("", mark) else mark
    return TimeValue.from_edtf(replace(value, qualifier=both, written="").edtf)


def read_own(text: str, day_first: bool | None = None, depth: int = 0) -> TimeValue | Period | None:
    """The value by our own rules, or None. Raises InputError saying why it is refused.

    >>> read_own("c. 1850").edtf, read_own("44 BC").words(), read_own("2009–2014").edtf
    ('1850~', '44 BCE', '2009/2014')
    """
    text = " ".join(text.split()).strip(" ,;")
    if not text or len(text) > LONGEST or depth > DEEPEST:
        return None
    found = _own(text, day_first) or _led(text, day_first, depth + 1)
    if found is None and depth < DEEPEST and (match := _RANGE.fullmatch(text)):
        ends = [read_own(match[n], day_first, DEEPEST - 1) for n in (1, 2)]
        first, last = ends
        if isinstance(first, TimeValue) and isinstance(last, TimeValue):
            era = re.search(_ERA + "$", text, re.I)
            if era and _before_christ(era["era"]) and re.fullmatch(r"\d{1,4}", match[1]):
                first = year_value(int(match[1]), True)  # 500–450 BC
            return Period(first, last)
    return found
