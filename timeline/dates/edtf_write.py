"""EDTF text of Spans. Reads nothing; knows no TIMEX3. See edtf.py for what is kept coarser."""

from __future__ import annotations

import re

from timeline.dates.calendar import DAY, civil_from_days
from timeline.dates.codes import BY_MONTHS, YEARS_IN
from timeline.dates.units import Span, clock_text, is_unit, unit_around

# Without bounds `written` may be TIMEX3 (P3D, XXXX-WXX-3); only this much of it is EDTF too.
_NO_YEAR = re.compile(r"[?~%]?-?XXXX[?~%]?(?:-[?~%]?[0-9X]{2}[?~%]?){0,2}")


def year_text(year: int) -> str:
    """A year as EDTF writes it: 0044, -0043, Y12000."""
    if abs(year) > 9999:
        return f"Y{year}"
    return f"-{-year:04d}" if year < 0 else f"{year:04d}"


def unit_text(granularity: str, moment: int) -> str:
    """EDTF of the unit that holds a second, or "" where EDTF has none."""
    start, _ = unit_around(granularity, moment)
    year, month, day = civil_from_days(start // DAY)
    head = year_text(year)
    if granularity in YEARS_IN:
        n_open = len(str(YEARS_IN[granularity])) - 1
        if n_open == 0:
            return head
        return head[:-n_open] + "X" * n_open if 0 <= year <= 9999 else ""
    if (granularity, month) in BY_MONTHS:
        return f"{head}-{BY_MONTHS[granularity, month].edtf}"
    if granularity == "month":
        return f"{head}-{month:02d}"
    date = f"{head}-{month:02d}-{day:02d}"
    if granularity == "day":
        return date
    if granularity not in ("hour", "minute", "second"):
        return ""
    return f"{date}T{clock_text(start, granularity)}"


def _edge(span: Span, moment: int, last: bool, units: tuple[str, ...]) -> str:
    """EDTF of the first of `units` that begins (or ends) at the moment."""
    for unit in units:
        inside = moment - 1 if last else moment
        start, stop = unit_around(unit, inside)
        if (stop if last else start) == moment and unit_text(unit, inside):
            return unit_text(unit, inside) + span.qualifier
    return ""


def write_value(span: Span) -> str:
    """EDTF of a Span, "" if it has no bounds; ../a and a/.. where one side is open."""
    start, stop, granularity = span.start, span.stop, span.granularity
    if span.written:
        bounded = not start is stop is None
        return span.written if bounded or _NO_YEAR.fullmatch(span.written) else ""
    if start is None or stop is None:
        if start == stop:
            return ""
        own = () if granularity in ("", "part-of-day") else (granularity,)
        units = (*own, "day", "minute", "second")
        if start is None:
            assert stop is not None
            return "../" + _edge(span, stop, True, units)
        return _edge(span, start, False, units) + "/.."
    named = (granularity,) if granularity not in ("", "part-of-day") else ("day", "month", "year")
    for unit in named:
        if is_unit(unit, start, stop) and unit_text(unit, start):
            return unit_text(unit, start) + span.qualifier
    for unit in ("year", "month", "day", "minute", "second"):
        first, last = _edge(span, start, False, (unit,)), _edge(span, stop, True, (unit,))
        if first and last:
            return f"[{first}..{last}]"
    raise AssertionError("every second is a unit")
