"""What a figure asks of what it is given, in one sentence for each fault; changes nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from timeline.drawing.marks import NAT, seconds
from timeline.errors import InputError
from timeline.schema import EVENTS, require_columns

LISTS = list | tuple | np.ndarray


def check_width(width: Any) -> None:
    """Nothing, if a figure can be so many pixels wide.

    Raises InputError with the pixels that it can be.
    """
    if not isinstance(width, int | float | np.number) or not 240 <= width <= 10_000:
        raise InputError(f"width is {width!r}; use pixels from 240 to 10000")


def bounds_of(events: pd.DataFrame, width: Any) -> tuple[np.ndarray, np.ndarray]:
    """`start` and `stop` of all events as int64 seconds, NAT for open, after checking what draws them.

    Raises InputError for a missing column, a width that is no width, moments that are none, or an
    event that stops before it starts.
    """
    require_columns(events, tuple(c.name for c in EVENTS), "events")
    check_width(width)
    start, stop = seconds(events["start"]), seconds(events["stop"])
    turned = np.flatnonzero((start != NAT) & (stop != NAT) & (stop < start))
    if len(turned):
        raise InputError(
            f"event {events['event_id'].iloc[turned[0]]!r} stops before it starts; stop is the first moment after it"
        )
    return start, stop


def numbers_of(events: pd.DataFrame, name: str) -> np.ndarray:
    """A column of numbers; what is missing counts as -1.

    Raises InputError naming the column if it lacks or holds anything else.
    """
    require_columns(events, (name,), "events")
    try:
        return np.nan_to_num(events[name].to_numpy(float, na_value=np.nan), nan=-1.0)
    except (TypeError, ValueError):
        odd = next(v for v in events[name] if not isinstance(v, int | float))
        raise InputError(f"column {name} holds {odd!r}; give numbers") from None


def lists_of(column: pd.Series) -> list[list[Any]]:
    """The lists of a column, empty where a user's own frame has none."""
    return [list(v) if isinstance(v, LISTS) else [] for v in column]
