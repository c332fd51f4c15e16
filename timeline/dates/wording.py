"""A Span or a pair of Spans in English words, never finer than the value. Knows no notation.

`label` is the bare name ("October 2014"); `words` says what the value means ("some time in October
2014", "by 6 November 2014"). Days, times and years are clear by themselves and get no "some time".
"""

from __future__ import annotations

from timeline.dates.calendar import DAY, civil_from_days
from timeline.dates.codes import BY_DAY_PART, BY_EDTF, BY_MONTHS, YEARS_IN
from timeline.dates.edtf_write import write_value
from timeline.dates.units import Span, clock_text, is_unit, part_of_day, unit_around, year_of

MONTHS = (
    "January February March April May June July August September October November December".split()
)
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_DOUBT = {"": "", "?": "perhaps ", "~": "about ", "%": "perhaps about "}
_WITHIN = "month week weekend season quarter half decade century millennium".split()
_MOD = {"START": "early ", "MID": "mid-", "END": "late "}
UNKNOWN = "at an unknown time"


def year_words(year: int) -> str:
    """2014, 44 BCE for -43; years below 1000 say CE, far ones are grouped by thousands."""
    if year <= 0:
        return f"{1 - year:,} BCE" if year < -9998 else f"{1 - year} BCE"
    if year < 1000:
        return f"{year} CE"
    return str(year) if year <= 9999 else f"{year:,} CE"


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if 10 <= number % 100 <= 13 else ending}"


def _day_words(days: int) -> str:
    year, month, day = civil_from_days(days)
    return f"{day} {MONTHS[month - 1]} {year_words(year)}"


def _years_words(granularity: str, start: int, stop: int) -> str:
    """the 1990s, the 20th century (1900-1999), or the span of years in full."""
    first, last = year_of(start), year_of(stop - 1)
    size = YEARS_IN[granularity]
    if 0 <= first <= 9999 and first % size == 0 and (first or granularity != "decade"):
        if granularity == "decade":
            return f"the {first}s"
        return f"the {_ordinal(first // size + 1)} {granularity}"
    if first <= 0 < last:
        return f"the years {1 - first} BCE to {last} CE"
    if last <= 0:
        return f"the years {1 - first} to {1 - last} BCE"
    return f"the years {year_words(first)} to {year_words(last)}"


def unit_words(granularity: str, start: int, stop: int, written: str = "") -> str:
    """The bare name of bounds that are exactly such a unit, or "" if they are not."""
    if granularity in YEARS_IN and granularity != "year":
        return _years_words(granularity, start, stop)
    if not is_unit(granularity, start, stop):
        return ""
    days = start // DAY
    year, month, _ = civil_from_days(days)
    name = year_words(year)
    if granularity == "year":
        return name
    if granularity in ("season", "quarter", "half"):
        code = written.rstrip("?~%")[-2:]  # 25 to 32 say which hemisphere
        part = BY_EDTF[int(code)] if code.isdigit() and int(code) in BY_EDTF else None
        part = part or BY_MONTHS[granularity, month]
        if granularity == "season" and "(" in part.name:
            return part.name.replace(" (", f" {name} (")
        return f"{part.name} {name}"
    if granularity == "month":
        return f"{MONTHS[month - 1]} {name}"
    if granularity == "week":
        return f"the week of {_day_words(days)}"
    if granularity == "weekend":
        return f"the weekend of {_range_words(start, stop - 1)}"
    if granularity == "part-of-day":
        part_name = BY_DAY_PART[part_of_day(start, stop) or "DT"].name
        return f"the {part_name} of {_day_words(days)}"
    date = _day_words(days)
    if granularity == "day":
        return date
    if granularity == "hour":
        hour = start % DAY // 3600
        return f"{date}, between {hour:02d}:00 and {hour + 1:02d}:00"
    return f"{date}, {clock_text(start, granularity)}"


def _range_words(first: int, last: int, joint: str = "–") -> str:
    """Two days as short as they can be: 3–9 November 2014."""
    (y1, m1, d1), (y2, m2, _) = civil_from_days(first // DAY), civil_from_days(last // DAY)
    start = str(d1) if (y1, m1) == (y2, m2) else f"{d1} {MONTHS[m1 - 1]}"
    if y1 != y2:
        start = _day_words(first // DAY)
    return f"{start}{joint}{_day_words(last // DAY)}"


def _edge_words(span: Span, moment: int, last: bool) -> str:
    inside = moment - 1 if last else moment
    for unit in (span.granularity, "day", "minute", "second"):
        if unit in ("", "part-of-day"):
            continue
        start, stop = unit_around(unit, inside)
        if (stop if last else start) == moment:
            return unit_words(unit, start, stop)
    raise AssertionError("every second is a unit")


def _name(span: Span, start: int, stop: int) -> tuple[str, str]:
    """The unit that the bounds are, and its name: of the span's granularity, else of the plainest; "" if of none."""
    for unit in (span.granularity, "year", "month", "day", "part-of-day"):
        if name := unit_words(unit, start, stop, span.written):
            return unit, name
    return "", ""


def label(span: Span) -> str:
    """The bare name of a value: October 2014; by 6 November 2014; 20 January–30 June 2009."""
    start, stop, mod = span.start, span.stop, span.mod
    doubt = _DOUBT[span.qualifier]
    if start is None or stop is None:
        if start == stop:
            return UNKNOWN
        if start is None:
            assert stop is not None
            if mod == "BEFORE":
                return f"before {doubt}{_edge_words(span, stop, False)}"
            return f"by {doubt}{_edge_words(span, stop, True)}"
        if mod == "AFTER":
            return f"after {doubt}{_edge_words(span, start, True)}"
        return f"on or after {doubt}{_edge_words(span, start, False)}"
    estimated = "S" in span.written  # 1950S2: significant digits
    doubt = doubt or "about " * estimated
    name = _name(span, start, stop)[1]
    if name and mod in _MOD:
        the = "the " * name.startswith("the ")
        return doubt + the + _MOD[mod] + name.removeprefix("the ")
    if name:
        return doubt + name
    for unit in ("year", "month", "day"):
        edges = (unit_around(unit, start), unit_around(unit, stop - 1))
        if (edges[0][0], edges[1][1]) == (start, stop):
            if unit == "day":
                return doubt + _range_words(start, stop - 1, " – ")
            return f"{doubt}{unit_words(unit, *edges[0])} – {unit_words(unit, *edges[1])}"
    if start // DAY == (stop - 1) // DAY:  # 9 March 2023, 18:00 – 23:59
        span = span._replace(granularity="minute")
        day = _day_words(start // DAY) + ", "
        last = _edge_words(span, stop, True).removeprefix(day)
        return f"{doubt}{_edge_words(span, start, False)} – {last}"
    clocks = (_edge_words(span, start, False), _edge_words(span, stop, True))
    return f"{doubt}{clocks[0]} – {clocks[1]}"


def words(span: Span) -> str:
    """What a value means: 5 November 2014; some time in October 2014; by 6 November 2014; 44 BCE."""
    name = label(span)
    if span.start is None or span.stop is None:
        return name
    if span.written.startswith("{"):  # all of a set
        return f"several dates between {name.replace(' – ', ' and ')}"
    if is_plain(span):
        if _name(span, span.start, span.stop)[0] not in _WITHIN or "about " in name[:15]:
            return name
        doubt = _DOUBT[span.qualifier]
        return f"{doubt}some time in {name.removeprefix(doubt)}"
    return f"some time between {name.replace(' – ', ' and ')}"


def _end_words(end: Span) -> str:
    """One end of a period: its bare name if it has one."""
    bounded = end.start is not None and end.stop is not None
    return words(end) if bounded and not is_plain(end) else label(end)


def is_plain(span: Span) -> bool:
    """Whether the bounds have a name of their own, so that no two ends need be told."""
    assert span.start is not None and span.stop is not None
    return bool(_name(span, span.start, span.stop)[1])


def period_words(begin: Span | None, finish: Span | None) -> str:
    """All the way through, in words: from 3 to 31 May 2014; from 2009 on; until 6 November 2014."""
    known = [end for end in (begin, finish) if end is not None and write_value(end)]
    if not known:
        return UNKNOWN
    first, last = (_end_words(end) if end in known and end else "" for end in (begin, finish))
    if first and last:
        if begin == finish:
            return f"throughout {first}"
        if begin and finish and begin.granularity == finish.granularity == "day":
            plain = not (begin.qualifier or finish.qualifier)
            if plain and begin.start is not None and finish.start is not None:
                return f"from {_range_words(begin.start, finish.start, ' to ')}"
        return f"from {first} {'until' if last.startswith('some time') else 'to'} {last}"
    if first:
        return f"from {first} on" if finish is None else f"from {first} to an unknown time"
    return f"until {last}" if begin is None else f"from an unknown time until {last}"
