"""How two dates stand to each other, as far as their bounds tell. No `<`: "in May" and 3 May have none."""

from __future__ import annotations

import numpy as np

from timeline.dates.value import Period, TimeValue
from timeline.errors import InputError


def _bounds(value: TimeValue | Period) -> tuple[float, float]:
    start, stop = value.start, value.stop
    low = -np.inf if start is None else int(start.astype(np.int64))
    return low, np.inf if stop is None else int(stop.astype(np.int64))


def relation(a: TimeValue | Period, b: TimeValue | Period) -> str:
    """What is sure of `a` towards `b`: before, after, equal, within, contains or overlaps.

    before: every possible moment of `a` is before every one of `b`. within: the bounds of `a` lie
    inside those of `b`. equal: the same bounds; but some moment in May is within "all of May".
    An open side reaches for ever. Turned round, before is after and within is contains.

    Raises InputError for anything that is neither a TimeValue nor a Period.

    >>> relation(TimeValue.day(2014, 11, 6), TimeValue.month(2014, 11))
    'within'
    """
    for value in (a, b):
        if not isinstance(value, TimeValue | Period):
            raise InputError(
                f"{value!r:.60} is no date; make one with parse_edtf, such as parse_edtf('2014-11')"
            )
    (a_start, a_stop), (b_start, b_stop) = _bounds(a), _bounds(b)
    if a_start == b_start and a_stop == b_stop:
        if type(a) is type(b):
            return "equal"
        return "within" if isinstance(a, TimeValue) else "contains"
    if a_stop <= b_start:
        return "before"
    if b_stop <= a_start:
        return "after"
    if b_start <= a_start and a_stop <= b_stop:
        return "within"
    if a_start <= b_start and b_stop <= a_stop:
        return "contains"
    return "overlaps"
