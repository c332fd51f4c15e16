"""The date in one cell of somebody's table: our own rules, then the tagger, then dateparser. No clock.

Refused rather than guessed: a two-digit year, 03/04/2014 in a column that does not show its order,
1925-30 (years, or an EDTF code?), anything relative.
"""

from __future__ import annotations

import re
from dataclasses import replace

from timeline.dates import Period, TimeValue, parse_edtf
from timeline.dates.wording import MONTHS
from timeline.errors import InputError

_ERA = r"(?P<era>BCE?|B\.\s?C\.(?:\s?E\.)?|v\.\s?Chr\.|a\.\s?C\.|av\.\s?J\.-C\.|CE|AD|A\.D\.|n\.\s?Chr\.|d\.\s?C\.)"
_CLOCK = r"(?:,?\s(?P<clock>\d{1,2}:\d{2}(?::\d{2})?)(?:\s?(?P<half>[ap])\.?m\.?|\sUhr)?)?"


def _like(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I | re.ASCII)


_YEAR = _like(rf"(?:(?P<ad>AD|A\.D\.)\s?)?(?P<year>\d{{1,7}}|\d{{1,3}},\d{{3}})(?:\s?{_ERA})?")
_CENTURY = re.compile(
    r"(?:the\s)?(?P<n>\d{1,2})(?:st|nd|rd|th|er?|ème)?\.?\s(?:century|c\.|Jahrhundert|Jh\.|siglo|siècle)"
    rf"(?:\s{_ERA})?",
    re.I,
)
_DECADE = _like(r"(?:the\s)?(?P<year>\d{3}0)(?:'?s|er)")
_PART = _like(r"(?P<part>[QH]\d)[\s/-]?(?P<year>\d{4})|(?P<year2>\d{4})[\s-](?P<part2>[QH]\d)")
_ISO_TIME = _like(r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?")
_BASIC = _like(r"(\d{4})(\d{2})(\d{2})")
_NUMBERS = _like(rf"(\d{{1,4}})\s?([./-])\s?(\d{{1,2}})(?:\s?\2\s?(\d{{1,4}}))?\.?{_CLOCK}")
_MONTH_YEAR = _like(r"(\d{1,2})\s?[./-]\s?(\d{4})")
_SHORT_RANGE = re.compile(r"(\d{4})\s?([-–—/])\s?(\d{2}|\d{4})", re.ASCII)
_OPEN_RANGE = re.compile(
    r"(.+?)\s?[-–—]\s?(?:present|now|today|heute|date|ongoing)?|(.+?)\s(?:to|until)\s(?:present|date|now)",
    re.I,
)
_RANGE = re.compile(
    r"(?P<within>between\s|zwischen\s|entre\s)?(?:(?:from|von|vom|de|du)\s)?(?P<first>.+?)"
    r"(?:\s[-–—]\s|\s?[–—]\s?|\s(?P<or>or|oder|o|ou)\s|\s(?:to|until|till|through|and|und|y|et|bis|hasta|au)\s)(?P<last>.+)",
    re.I,
)
_LEAD = re.compile(
    r"(?P<about>c\.|ca\.?|c(?=\d)|circa|about|around|approx\.?|approximately|um|etwa|hacia|vers|~)\s?"
    r"|(?P<perhaps>possibly|perhaps|probably|maybe|vielleicht)\s"
    r"|(?P<before>before|prior to|vor|avant|antes de)\s|(?P<after>after|nach|après|después de)\s"
    r"|(?P<by>by|not after|no later than)\s|(?P<since>since|from|seit|desde|depuis)\s|(?P<until>until|till|bis|hasta)\s"
    r"|(?P<early>early|anfang|début|principios de)[\s-]|(?P<mid>mid|mitte|mi|mediados de)[\s-]"
    r"|(?P<late>late|the end of|end of|ende|fin|finales de)[\s-]|(?P<plain>in|on|the|im|am|en|le)\s",
    re.I,
)  # fmt: skip
_SEASONS = {
    21: "spring frühling frühjahr printemps primavera", 22: "summer sommer été verano estate",
    23: "autumn fall herbst automne otoño autunno", 24: "winter hiver invierno inverno",
}  # fmt: skip
_SEASON_CODES = {name: code for code, names in _SEASONS.items() for name in names.split()}
_SEASON = re.compile(
    rf"(?P<season>{'|'.join(_SEASON_CODES)})(?:\s(?:of|de|des))?,?\s(?P<year>\d{{4}})", re.I
)
_MONTHS = [name[:3].lower() for name in MONTHS]
_MONTH = rf"(?P<month>{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in MONTHS)}|sept)\.?"
_NAMED = (
    _like(
        rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?[\s-])?{_MONTH},?[\s-](?P<year>\d{{3,4}}(?!\d))(?:\s?{_ERA})?{_CLOCK}"
    ),
    _like(
        rf"{_MONTH}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s?|\s)(?P<year>\d{{3,4}})(?:\s?{_ERA})?{_CLOCK}"
    ),
)
_LIMITS = {"before": "BEFORE", "after": "AFTER", "by": "ON_OR_BEFORE"}
_SHADES = {"early": "START", "mid": "MID", "late": "END"}
LONGEST, DEEPEST = 120, 3


def _before_christ(era: str | None) -> bool:
    era = (era or "").upper()
    return era[:1] in ("B", "V", "A") and era not in ("AD", "A.D.")


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
    a, dot, b, c = match.groups()[:4]
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
    return _at(edtf, match)


def _at(day: str, match: re.Match[str]) -> TimeValue:
    """A day as EDTF with the time of day that stands after it, if any."""
    if not match["clock"]:
        return TimeValue.from_edtf(day)
    hour, _, rest = match["clock"].partition(":")
    number = int(hour)
    if match["half"]:
        if not 1 <= number <= 12:
            raise InputError(f"there is no {hour} o'clock before or after noon")
        number = number % 12 + 12 * (match["half"].lower() == "p")
    return TimeValue.from_edtf(f"{day}T{number:02d}:{rest}")


def _named(text: str) -> TimeValue | None:
    """24 Nov 2014, November 24th, 2014, Nov. 2014, 15 March 44 BC: an English month by name."""
    match = next(filter(None, (form.fullmatch(text) for form in _NAMED)), None)
    if not match:
        return None
    number, month = int(match["year"]), _MONTHS.index(match["month"][:3].lower()) + 1
    year = year_value(number, _before_christ(match["era"])).edtf
    return _at(f"{year}-{month:02d}" + (f"-{int(match['day']):02d}" if match["day"] else ""), match)


def _years(year: str, joint: str, other: str) -> TimeValue | Period | None:
    """2009-2014, 1914-18: a period; 1850/51: some time in two years. None if the second is a month."""
    last = int(other) if len(other) == 4 else int(year[:2] + other)
    odd = last <= int(year) or int(other) <= 12 or 21 <= int(other) <= 24
    if len(other) == 2 and odd and (joint != "/" or last != int(year) + 1):
        return None
    if joint == "/" and len(other) == 2:
        return TimeValue.from_edtf(f"[{year}..{last}]")
    if len(other) == 2 and joint == "-" and 25 <= int(other) <= 41:
        raise InputError(
            f"it may be {year} to {last} or an EDTF code; write {year}/{last} for the years"
        )
    return Period(TimeValue.year(int(year)), TimeValue.year(last))


def _own(text: str, day_first: bool | None) -> TimeValue | Period | None:
    """The value by our own rules, or None if none fits. Raises InputError with the reason for a no."""
    if (match := _SHORT_RANGE.fullmatch(text)) and (found := _years(*match.groups())):
        return found
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
        return TimeValue.from_edtf(f"{match['year']}-{_SEASON_CODES[match['season'].lower()]}")
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
        return year_value(int(match["year"].replace(",", "")), _before_christ(match["era"]))
    return _named(text) or _numeric(text, day_first)


def _led(text: str, day_first: bool | None, depth: int, ranges: bool) -> TimeValue | Period | None:
    """c. 1850, before 2009, since May, early 1990s, perhaps 44 BC: a word before what can be read."""
    if text.endswith(("?", "(?)")) and len(text) > 1:
        inner = read_own(text.removesuffix("(?)").removesuffix("?"), day_first, depth, ranges)
        return _doubted(inner, "?") if inner else None
    match = _LEAD.match(text)
    if not match or match.end() == 0:
        return None
    inner = read_own(text[match.end() :], day_first, depth, ranges)
    name = match.lastgroup or ""
    if inner is None or name == "plain":
        return inner
    if name in ("about", "perhaps"):
        return _doubted(inner, "~" if name == "about" else "?")
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


def read_own(
    text: str, day_first: bool | None = None, depth: int = 0, ranges: bool = True
) -> TimeValue | Period | None:
    """The value by our own rules, or None. Raises InputError saying why it is refused.

    >>> read_own("c. 1850").edtf, read_own("44 BC").words(), read_own("2009–2014").edtf
    ('1850~', '44 BCE', '2009/2014')
    """
    text = " ".join(text.split()).strip(" ,;")
    if not text or len(text) > LONGEST or depth > DEEPEST:
        return None
    found = _own(text, day_first) or _led(text, day_first, depth + 1, ranges)
    return found or (_ranged(text, day_first) if ranges else None)


def _ranged(text: str, day_first: bool | None) -> TimeValue | Period | None:
    """A to B, A – present, between A and B, A or B; None if an end is no date of its own (3–5 May 2014)."""
    if (match := _OPEN_RANGE.fullmatch(text)) and (
        first := read_own(match[1] or match[2], day_first, 1, ranges=False)
    ):
        return Period(first, None) if isinstance(first, TimeValue) else None
    match = _RANGE.fullmatch(text)
    if not match or re.fullmatch(r"\d{1,2}\.?", match["first"]):
        return None
    first, last = (read_own(match[end], day_first, 1, ranges=False) for end in ("first", "last"))
    if not isinstance(first, TimeValue) or not isinstance(last, TimeValue):
        return None
    era = re.search(_ERA + "$", text, re.I)
    if era and _before_christ(era["era"]) and re.fullmatch(r"\d{1,4}", match["first"]):
        first = year_value(int(match["first"]), True)  # 500–450 BC
    if match["or"]:
        return TimeValue.from_edtf(f"[{first.edtf},{last.edtf}]")
    if match["within"]:
        return TimeValue.from_edtf(f"{first.edtf}/{last.edtf}")
    return Period(first, last)
