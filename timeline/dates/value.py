"""The two types for two meanings: TimeValue ("some time within") and Period ("all the way through").

Neither has `<`: compare with timeline.dates.relation, order with `sort_key`. May not read a clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import NoneType
from typing import Any

import numpy as np

from timeline.dates import edtf, edtf_write, timex, wording
from timeline.dates.calendar import DAY, days_from_civil, days_in_month
from timeline.dates.codes import MODS, QUALIFIERS
from timeline.dates.units import FARTHEST_YEAR, Span, unit_around
from timeline.errors import TEXT, WHOLE, InputError, expect, require
from timeline.schema import GRANULARITIES

_FAR = 2**62
_SECOND = np.dtype("datetime64[s]")
_FINER_THAN_DAY = ("second", "minute", "hour", "part-of-day")


def _seconds(moment: Any) -> int | None:
    """Whole seconds since 1970 of a datetime64, Timestamp, ISO text or None; NaT is None."""
    if moment is None:
        return None
    if type(moment) is np.datetime64 and moment.dtype == _SECOND:
        return None if np.isnat(moment) else int(moment.view(np.int64))
    found = np.datetime64(moment, "s") if isinstance(moment, str) else moment
    if not isinstance(found, np.datetime64):
        found = found.to_datetime64() if hasattr(found, "to_datetime64") else np.datetime64(found)
    return None if np.isnat(found) else int(found.astype("datetime64[s]").astype(np.int64))


def _given(name: str, moment: Any) -> int | None:
    """As `_seconds`, of what somebody gave. Raises InputError."""
    try:
        return _seconds(moment)
    except (ValueError, TypeError, OverflowError):
        raise InputError(
            f"{name} is {str(moment)[:60]!r} ({type(moment).__name__}); give a datetime64 or None"
        ) from None


def _moment(seconds: int | None) -> np.datetime64 | None:
    return None if seconds is None else np.datetime64(seconds, "s")


@dataclass(frozen=True, slots=True)
class TimeValue:
    """One unknown moment: some time within half-open bounds, at the granularity that was stated.

    `start`: first possible moment, datetime64[s]; None: open. Timestamps and NaT are taken too.
    `stop`: first moment after the last possible one, likewise.
    `granularity`: the unit that was stated (schema.GRANULARITIES); "" if the bounds are irregular.
    With an open side it is the unit of the bound.
    `qualifier`: EDTF doubt: ? uncertain, ~ approximate, % both. The bounds are not widened by it.
    `mod`: TIMEX3 START MID END APPROX BEFORE AFTER ...
    `written`: EDTF of which the bounds are only the outside (2014-XX, 1950S2, [1667,1670]), or "".
    Raises InputError if the bounds run backwards or a code is not allowed.

    >>> TimeValue.from_edtf("2014-10").words()
    'some time in October 2014'
    >>> TimeValue.day(2014, 11, 6).edtf
    '2014-11-06'
    """

    start: np.datetime64 | None
    stop: np.datetime64 | None
    granularity: str = ""
    qualifier: str = ""
    mod: str = ""
    written: str = ""

    def __post_init__(self) -> None:
        start, stop = _given("start", self.start), _given("stop", self.stop)
        for name in ("granularity", "qualifier", "mod", "written"):
            require(getattr(self, name), str, name, "text")
        if start is not None and stop is not None and start >= stop:
            raise InputError(f"a value must stop after it starts: {self.start!s} to {self.stop!s}")
        for name, allowed in (
            ("granularity", ("", *GRANULARITIES)),
            ("qualifier", QUALIFIERS),
            ("mod", MODS),
        ):
            if getattr(self, name) not in allowed:
                raise InputError(
                    f"{name} {getattr(self, name)!r} is not one of {', '.join(filter(None, allowed))}"
                )
        object.__setattr__(self, "start", _moment(start))
        object.__setattr__(self, "stop", _moment(stop))

    @classmethod
    def from_span(cls, span: Span) -> TimeValue:
        """The value of a Span made by this room: whole seconds, taken without another check."""
        value = object.__new__(cls)
        for name, found in zip(
            cls.__slots__, (_moment(span.start), _moment(span.stop), *span[2:]), strict=True
        ):
            object.__setattr__(value, name, found)
        return value

    @classmethod
    def from_edtf(cls, text: str) -> TimeValue:
        """The value of EDTF text, level 0 to 2; an interval gives its outer bounds.

        Raises InputError quoting the text.
        Source: ISO 8601-2:2019; Library of Congress, EDTF Specification (2019).

        >>> TimeValue.from_edtf("../2014-11-06").words()
        'by 6 November 2014'
        """
        return cls.from_span(edtf.read_within(text))

    @classmethod
    def from_timex(cls, text: str, mod: str = "") -> TimeValue:
        """The value of a TIMEX3 value string; durations and undated values have no bounds.

        Raises InputError quoting the text or the mod.
        Source: TimeML Annotation Guidelines 1.2.1, 2.2.

        >>> TimeValue.from_timex("2014-W45").edtf
        '[2014-11-03..2014-11-09]'
        """
        if not isinstance(text, str):
            raise InputError(f"TIMEX3 is text, not {text!r:.60}; give a value such as '2014-W45'")
        expect(mod=(mod, TEXT))
        return cls.from_span(timex.read_timex(text, mod))

    @classmethod
    def around(cls, granularity: str, year: int, month: int = 1, day: int = 1) -> TimeValue:
        """The unit that holds a civil day; years are astronomical.

        Raises InputError if there is no such day or granularity.

        >>> TimeValue.around("decade", 1994).words()
        'some time in the 1990s'
        """
        expect(granularity=(granularity, TEXT))
        expect(year=(year, WHOLE), month=(month, WHOLE), day=(day, WHOLE))
        real = 1 <= month <= 12 and 1 <= day <= days_in_month(year, month)
        if not real or abs(year) > FARTHEST_YEAR:
            raise InputError(f"there is no day {year}-{month:02d}-{day:02d}")
        start, stop = unit_around(granularity, days_from_civil(year, month, day) * DAY)
        return cls(_moment(start), _moment(stop), granularity)

    @classmethod
    def day(cls, year: int, month: int, day: int) -> TimeValue:
        """A single day. Raises InputError if there is none."""
        return cls.around("day", year, month, day)

    @classmethod
    def month(cls, year: int, month: int) -> TimeValue:
        """Some time in a month. Raises InputError if there is none."""
        return cls.around("month", year, month)

    @classmethod
    def year(cls, year: int) -> TimeValue:
        """Some time in a year, counted astronomically: 44 BCE is -43."""
        return cls.around("year", year)

    @property
    def span(self) -> Span:
        """The same as whole seconds."""
        start, stop = _seconds(self.start), _seconds(self.stop)
        return Span(start, stop, self.granularity, self.qualifier, self.mod, self.written)

    @property
    def edtf(self) -> str:
        """EDTF; `../a` and `a/..` with an open side, `[a..b]` for irregular bounds, "" if unbounded.

        Read back with from_edtf; parse_edtf would take `../a` for a Period.
        """
        return edtf_write.write_value(self.span)

    @property
    def timex(self) -> str:
        """TIMEX3 value: the unit, or the finest unit that holds the value, or ""; see `mod`."""
        return timex.write_timex(self.span)

    def words(self) -> str:
        """What the value means, in English: some time in October 2014."""
        return wording.words(self.span)

    @property
    def sort_key(self) -> tuple[int, int]:
        """For ordering a list, not for comparing: by start; open starts by their stop; unbounded last."""
        start, stop = _seconds(self.start), _seconds(self.stop)
        if start is None:
            start = _FAR if stop is None else stop - 1
        return start, _FAR if stop is None else stop


@dataclass(frozen=True, slots=True)
class Period:
    """A time from its begin all the way through to its finish.

    `begin`, `finish`: a TimeValue; None is open (..); a TimeValue without bounds is unknown.
    Raises InputError if it surely ends before it begins.

    >>> Period.from_edtf("2014-05-03/2014-05-31").words()
    'from 3 to 31 May 2014'
    """

    begin: TimeValue | None
    finish: TimeValue | None

    def __post_init__(self) -> None:
        for name, end in (("begin", self.begin), ("finish", self.finish)):
            require(end, (TimeValue, NoneType), name, "a TimeValue or None")
        if self.start is not None and self.stop is not None and self.start >= self.stop:
            raise InputError(f"a period must finish after it begins: {self.edtf}")

    @classmethod
    def from_edtf(cls, text: str) -> Period:
        """The period of an EDTF interval; a single date gives the whole of it (2014: all of 2014).

        Raises InputError quoting the text.
        """
        found = parse_edtf(text)
        return found if isinstance(found, Period) else cls(found, found)

    @property
    def start(self) -> np.datetime64 | None:
        """First moment that it may have begun; None: open."""
        return self.begin.start if self.begin else None

    @property
    def stop(self) -> np.datetime64 | None:
        """First moment after it has surely finished; None: open."""
        return self.finish.stop if self.finish else None

    def _core(self) -> tuple[int | None, int | None]:
        start = stop = None
        if self.begin and (begin := self.begin.span).stop is not None:
            fine = begin.granularity in _FINER_THAN_DAY
            start = begin.start if fine else begin.stop - DAY
        if self.finish and (finish := self.finish.span).start is not None:
            fine = finish.granularity in _FINER_THAN_DAY
            stop = finish.stop if fine else finish.start + DAY
        empty = start is not None and stop is not None and start >= stop
        return (None, None) if empty else (start, stop)

    @property
    def core_start(self) -> np.datetime64 | None:
        """From here it surely ran: the last day on which it may have begun; None: open, or no core."""
        return _moment(self._core()[0])

    @property
    def core_stop(self) -> np.datetime64 | None:
        """Until here it surely ran: after the first day on which it may have ended; None likewise."""
        return _moment(self._core()[1])

    @property
    def granularity(self) -> str:
        """The coarser of the two ends' granularities, or "" if an end has none."""
        ends = [end.granularity for end in (self.begin, self.finish) if end and end.edtf]
        if not ends or "" in ends:
            return ""
        return max(ends, key=GRANULARITIES.index)

    @property
    def qualifier(self) -> str:
        """The doubt of its ends together."""
        marks = {end.qualifier for end in (self.begin, self.finish) if end} - {""}
        return marks.pop() if len(marks) == 1 else "%" * bool(marks)

    @property
    def edtf(self) -> str:
        """The EDTF interval: a/b, a/.., ../b; an unknown end is empty, one with an open side a set."""
        ends = [".." if end is None else end.edtf for end in (self.begin, self.finish)]
        return "/".join(f"[{end.replace('/', '')}]" if "/" in end else end for end in ends)

    def words(self) -> str:
        """The period in English: from 2009 on."""
        ends = (None if end is None else end.span for end in (self.begin, self.finish))
        return wording.period_words(*ends)

    @property
    def sort_key(self) -> tuple[int, int]:
        """For ordering a list with TimeValues; see TimeValue.sort_key."""
        return TimeValue(self.start, self.stop).sort_key


def parse_edtf(text: str) -> TimeValue | Period:
    """A Period for an EDTF interval (with a slash), a TimeValue for a date or a set.

    Raises InputError quoting the text.

    >>> parse_edtf("2009/..").words(), parse_edtf("-0043").words()
    ('from 2009 on', '44 BCE')
    """
    found = edtf.read_any(text)
    if isinstance(found, Span):
        return TimeValue.from_span(found)
    return Period(*(end if end is None else TimeValue.from_span(end) for end in found))
