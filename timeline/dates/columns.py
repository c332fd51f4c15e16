"""A date as the date columns of an events frame. Knows no other column."""

from __future__ import annotations

from typing import Any

from timeline.dates.value import Period, TimeValue


def date_columns(value: TimeValue | Period | None) -> dict[str, Any]:
    """The date columns of an event: `edtf` to `qualifier`, all empty without a value.

    `dated` is true if either side has a bound.

    >>> date_columns(TimeValue.month(2014, 11))["when"]
    'some time in November 2014'
    """
    period = value if isinstance(value, Period) else None
    return {
        "edtf": value.edtf if value else "",
        "when": value.words() if value else "",
        "start": value.start if value else None,
        "stop": value.stop if value else None,
        "core_start": period.core_start if period else None,
        "core_stop": period.core_stop if period else None,
        "granularity": value.granularity if value else "",
        "extent": "throughout" if period else "within",
        "dated": value is not None and not value.start is value.stop is None,
        "qualifier": value.qualifier if value else "",
    }
