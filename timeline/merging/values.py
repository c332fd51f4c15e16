"""What the dates of several mentions say together: whether they agree, and the finest value they share."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from timeline.dates import Period, TimeValue, parse_edtf
from timeline.schema import GRANULARITIES

FAR = 2**62
DAY = 86_400
Value = TimeValue | Period


@lru_cache(maxsize=50_000)
def stated_value(
    edtf: str, start: int | None, stop: int | None, granularity: str, type_: str, expression: str
) -> Value | None:
    """The value of a mention from its columns (bounds in whole seconds), or None if it has no bounds.

    An interval is a Period when both its ends are given or the words say "since", "from", "until" or name
    a length of time; otherwise an open side only bounds one moment.
    """
    if start is None and stop is None:
        return None
    if "/" in edtf:
        open_side = edtf.startswith("..") or edtf.endswith("..")
        lasting = type_ == "DURATION" or expression.lower().startswith(
            ("since", "from", "until", "till", "through")
        )
        if lasting or not open_side:
            found = parse_edtf(edtf)
            if isinstance(found, Period):
                return found
        return TimeValue.from_edtf(edtf)
    if edtf and granularity != "part-of-day":
        found = parse_edtf(edtf)
        if isinstance(found, TimeValue) and _bounds(found) == _open(start, stop):
            return found
    return TimeValue(_moment(start), _moment(stop), granularity)


def window(start: int, first: str, last: str) -> Period:
    """The period from a moment (whole seconds) until some time between two EDTF dates.

    >>> window(0, "1970-01-22", "1970-01-29").edtf
    '1970-01-01/[1970-01-22..1970-01-29]'
    """
    begin = TimeValue(_moment(start), _moment(start + DAY), "day")
    a, b = TimeValue.from_edtf(first), TimeValue.from_edtf(last)
    return Period(begin, TimeValue(a.start, b.stop))


def _moment(seconds: int | None) -> np.datetime64 | None:
    return None if seconds is None else np.datetime64(seconds, "s")


def _open(start: int | None, stop: int | None) -> tuple[int, int]:
    return (-FAR if start is None else start, FAR if stop is None else stop)


def _bounds(value: Value) -> tuple[int, int]:
    start = None if value.start is None else int(value.start.astype(np.int64))
    stop = None if value.stop is None else int(value.stop.astype(np.int64))
    return _open(start, stop)


@lru_cache(maxsize=100_000)
def bounds(value: Value | None) -> tuple[int, int]:
    """Whole seconds since 1970, half-open; an open or missing side is far away."""
    return (-FAR, FAR) if value is None else _bounds(value)


def agree(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Whether two half-open bounds have a moment in common."""
    return max(a[0], b[0]) < min(a[1], b[1])


def gap_days(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Days between two bounds that have nothing in common, counted between their starts."""
    return abs(a[0] - b[0]) / DAY


def shared_value(values: Sequence[Value]) -> Value:
    """The finest value that all of the agreeing `values` contain; never finer than the words of one of them
    unless two overlap, when it is what they have in common.

    >>> shared_value([TimeValue.month(2014, 11), TimeValue.day(2014, 11, 24)]).edtf
    '2014-11-24'
    """
    if len(values) == 1:
        return values[0]
    periods = [v for v in values if isinstance(v, Period)]
    if periods:
        return min(periods, key=lambda v: (_width(v), v.edtf))
    lows, highs = zip(*(_bounds(v) for v in values), strict=True)
    low, high = max(lows), min(highs)
    exact = [v for v in values if _bounds(v) == (low, high)]
    if exact:
        return min(exact, key=_plainness)
    return TimeValue(_moment(low if low > -FAR else None), _moment(high if high < FAR else None))


def _width(value: Value) -> int:
    low, high = _bounds(value)
    return high - low


def _plainness(value: Value) -> tuple[bool, int, str]:
    """Unqualified and coarse before doubtful and fine: the bounds are the same."""
    grain = GRANULARITIES.index(value.granularity) if value.granularity else -1
    return bool(value.qualifier), -grain, value.edtf


def is_day(value: Value | None) -> bool:
    """Whether the value is one day or less."""
    return isinstance(value, TimeValue) and _width(value) <= DAY


def by_end_of(dct: str) -> TimeValue | None:
    """Some time up to the end of the day of an ISO `dct`, or None without one."""
    return TimeValue.from_edtf(f"../{dct}") if dct else None


def from_start_of(dct: str) -> TimeValue | None:
    """Some time from the day of an ISO `dct` on, or None without one."""
    return TimeValue.from_edtf(f"{dct}/..") if dct else None


def before_end_of(value: Value) -> TimeValue | None:
    """Some time up to the end of `value`, or None if that is open."""
    if value.stop is None:
        return None
    granularity = value.granularity
    return TimeValue(None, value.stop, granularity)
