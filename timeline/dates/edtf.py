"""EDTF (ISO 8601-2) levels 0 to 2, read into Spans; edtf_write.py is the way back. Knows no TIMEX3.

What is kept coarser than EDTF can say it, always with the text itself in `written`:
  a qualifier on one component (2004-06~-11) counts for the whole value, two kinds of them as %;
  a set, one of [..] or all of {..}, counts as "some time within" its outer bounds;
  an end of an interval may itself be a set, which EDTF does not know;
  an unspecified digit takes the value's granularity up to the unit that it leaves open (2014-XX is
  some time in a year); XXXX leaves no bounds at all.
Beyond EDTF, ISO 8601 reduced times are read and written (2014-11-06T14:30), and Y with months.
A zone is kept in `written`; the bounds are the wall-clock time as stated.
Source: Library of Congress, "Extended Date/Time Format (EDTF) Specification", 2019-02-04.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from timeline.dates.calendar import DAY, add_months, days_from_civil, days_in_month
from timeline.dates.codes import BY_EDTF
from timeline.dates.edtf_write import write_value
from timeline.dates.units import FARTHEST_YEAR, SECONDS_IN, Span, month_second, uncoded_unit
from timeline.errors import InputError

LONGEST = 2000
_Q = "[?~%]?"
_DATE = re.compile(
    rf"(?P<q0>{_Q})(?P<year>-?[0-9X]{{4}}|Y-?[0-9]{{1,18}}(?:E[0-9]{{1,2}})?)(?:S(?P<digits>[0-9]{{1,2}}))?"
    rf"(?P<q1>{_Q})(?:-(?P<q2>{_Q})(?P<month>[0-9X]{{2}})(?P<q3>{_Q})"
    rf"(?:-(?P<q4>{_Q})(?P<day>[0-9X]{{2}})(?P<q5>{_Q}))?)?"
    r"(?:T(?P<hour>[0-9]{2})(?::(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]{1,9})?)?)?"
    rf"(?P<zone>Z|[+-][0-9]{{2}}(?::?[0-9]{{2}})?)?(?P<q6>{_Q}))?",
    re.ASCII,
)
_OPEN_BY_X = ("year", "decade", "century", "millennium", "")


def _refuse(text: str, why: str) -> InputError:
    shown = text if len(text) <= 60 else text[:60] + "..."
    return InputError(
        f"not an EDTF date: {shown!r} ({why}); write for example 2014-11-06 or 2014-11"
    )


@lru_cache(maxsize=20_000)
def read_date(text: str) -> Span:
    """The Span of a single EDTF date; no set, no interval. Raises InputError."""
    match = _DATE.fullmatch(text)
    if match is None:
        raise _refuse(text, "it is neither a date nor a masked date")
    part = match.groupdict()
    marks = {part[f"q{n}"] for n in range(7)} - {"", None}
    qualifier = marks.pop() if len(marks) == 1 else "%" * bool(marks)
    years, n_open = _read_year(text, part["year"], part["digits"])
    start, stop, granularity = _bounds(text, years, n_open, part)
    if part["year"].endswith("XXXX"):
        return Span(None, None, "", qualifier, "", text)
    span = Span(start, stop, granularity, qualifier)
    return span if write_value(span) == text else span._replace(written=text)


def _read_year(text: str, year: str, digits: str | None) -> tuple[Sequence[int], int]:
    """The years that are possible, and how many last digits are open."""
    if year.startswith("Y"):
        base, _, exponent = year[1:].partition("E")
        number = int(base) * 10 ** int(exponent or 0)
        negative, width = number < 0, len(str(abs(number)))
        first = last = abs(number)
        n_open = 0
    else:
        negative, body = year.startswith("-"), year.lstrip("-")
        first, last = int(body.replace("X", "0")), int(body.replace("X", "9"))
        n_open, width = 4 - body.find("X") if "X" in body else 0, 4
        if negative and last == 0:
            raise _refuse(text, "there is no year -0000; 1 BCE is 0000")
    if digits is not None:
        if n_open or int(digits) == 0 or "-" in text.partition("S")[2]:
            raise _refuse(text, "S needs a whole year before it and a number above 0 after it")
        n_open = max(0, width - int(digits))
        first -= first % 10**n_open
        last = first + 10**n_open - 1
    if last > FARTHEST_YEAR:
        raise _refuse(text, "the year is beyond what can be held")
    if "X" in year.rstrip("X"):
        mask = year[-4:]
        sign = -1 if negative else 1
        return sorted(sign * y for y in range(first, last + 1) if _fits(f"{y:04d}", mask)), n_open
    return range(-last, -first + 1) if negative else range(first, last + 1), n_open


def _fits(digits: str, mask: str) -> bool:
    return all(m in ("X", d) for m, d in zip(mask, digits, strict=True))


def _bounds(
    text: str, years: Sequence[int], n_open: int, part: dict[str, str | None]
) -> tuple[int, int, str]:
    """First second, second after the last, and granularity of a matched date."""
    open_year = _OPEN_BY_X[min(n_open, 4)]
    month, day = part["month"], part["day"]
    if part["hour"] is not None:
        if n_open or not month or not day or "X" in month + day:
            raise _refuse(text, "a time needs a whole day")
        return _read_time(text, _dates(text, years, month, day)[0], part)
    if month is None:
        return month_second(years[0]), month_second(years[-1] + 1), open_year
    if "X" not in month and int(month) in BY_EDTF:
        if day is not None:
            raise _refuse(text, "a season or quarter has no day")
        code = BY_EDTF[int(month)]
        start = month_second(years[0], code.first_month)
        stop = month_second(*add_months(years[-1], code.first_month, code.n_months))
        return start, stop, open_year if n_open else code.granularity
    first, last_day = _dates(text, years, month, day)
    if n_open:
        granularity = open_year
    elif "X" in month:
        granularity = "year"
    else:
        granularity = "month" if day is None or "X" in day else "day"
    return first * DAY, (last_day + 1) * DAY, granularity


def _dates(text: str, years: Sequence[int], month: str, day: str | None) -> tuple[int, int]:
    """First and last day that the masks allow."""

    months = [m for m in range(1, 13) if _fits(f"{m:02d}", month)]
    fitting = {
        m: [d for d in range(1, 32) if day is None or _fits(f"{d:02d}", day)] for m in months
    }

    def days(reverse: bool) -> Iterator[int]:
        step = -1 if reverse else 1
        for year in years[::step]:
            for m in months[::step]:
                for d in fitting[m][::step]:
                    if d <= days_in_month(year, m):
                        yield days_from_civil(year, m, d)

    if not any(d <= days_in_month(4, m) for m in months for d in fitting[m]):
        raise _refuse(text, "there is no such day")  # in a leap year, so in none
    first, last = next(days(False), None), next(days(True), None)
    if first is None or last is None:
        raise _refuse(text, "there is no such day")
    return first, last


def _read_time(text: str, day: int, part: dict[str, str | None]) -> tuple[int, int, str]:
    hour, minute, second = (int(part[name] or 0) for name in ("hour", "minute", "second"))
    midnight = (hour, minute, second) == (24, 0, 0)
    if not midnight and (hour > 23 or minute > 59 or second > 60):
        raise _refuse(text, "there is no such time of day")
    start = day * DAY + hour * 3600 + minute * 60 + min(second, 59)
    granularity = "second" if part["second"] else "minute" if part["minute"] else "hour"
    return start, start + SECONDS_IN[granularity], granularity


def _read_set(text: str) -> Span:
    body = text[1:-1]
    if text[0] + text[-1] not in ("[]", "{}") or not body.strip():
        raise _refuse(text, "a set is [..] or {..} with dates in it")
    starts: list[int | None] = []
    stops: list[int | None] = []
    pieces: list[Span] = []
    for member in body.split(","):
        first, dots, last = member.strip().partition("..")
        ends = [read_date(end) if end else None for end in ((first, last) if dots else (first,))]
        if not any(ends):
            raise _refuse(text, "a member of the set is empty")
        span = _join(text, ends[0], ends[-1])
        starts.append(span.start)
        stops.append(span.stop)
        pieces += [end for end in ends if end]
    start = None if None in starts else min(s for s in starts if s is not None)
    stop = None if None in stops else max(s for s in stops if s is not None)
    span = Span(start, stop, "", _qualifier(pieces))
    if len(pieces) == 1:
        span = span._replace(granularity=pieces[0].granularity)
    elif start is not None and stop is not None and "," not in body and text[0] == "[":
        span = span._replace(granularity=uncoded_unit(start, stop))
    return span if write_value(span) == text else span._replace(written=text)


def _qualifier(spans: list[Span]) -> str:
    marks = {span.qualifier for span in spans} - {""}
    return marks.pop() if len(marks) == 1 else "%" * bool(marks)


def _join(text: str, first: Span | None, last: Span | None) -> Span:
    """Outer bounds from `first` to `last`; None is open."""
    start = first.start if first else None
    stop = last.stop if last else None
    if first and last and first is not last:
        low, high = first.start, last.stop
        if low is not None and high is not None and low >= high:
            raise _refuse(text, "it runs backwards")
    return Span(start, stop)


def _read_ends(text: str) -> tuple[Span | None, Span | None]:
    ends = text.split("/")
    if len(ends) != 2 or ends == ["", ""]:
        raise _refuse(text, "an interval has two ends, of which one may be empty or ..")
    first, last = (
        None if end == ".." else Span(None, None) if end == "" else _read_single(end)
        for end in ends
    )
    _join(text, first, last)
    return first, last


def read_any(text: str) -> Span | tuple[Span | None, Span | None]:
    """A Span for a date or a set; for an interval its two ends, None for .. and no bounds for empty.

    Raises InputError.
    """
    if not isinstance(text, str):
        raise InputError(
            f"EDTF is text, not {text!r:.60}; give a date such as '2014-11' or '2009/..'"
        )
    text = text.strip()
    if len(text) > LONGEST:
        raise _refuse(text, f"longer than {LONGEST} characters")
    if "/" in text:
        return _read_ends(text)
    return _read_single(text)


def _read_single(text: str) -> Span:
    return _read_set(text) if text[:1] in ("[", "{") else read_date(text)


def read_within(text: str) -> Span:
    """A Span of "some time within" for any EDTF text; an interval gives its outer bounds."""
    found = read_any(text)
    if isinstance(found, Span):
        return found
    first, last = found
    span = _join(text, first, last)
    known = [end for end in (first, last) if end is not None and end.start is not None]
    if len(known) == 1 and (span.start is None) != (span.stop is None):
        span = span._replace(granularity=known[0].granularity)
    elif span.start is not None and span.stop is not None:
        span = span._replace(granularity=uncoded_unit(span.start, span.stop))
    return span._replace(qualifier=_qualifier(known))
