"""The derivation of one mention, as a record and as text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from timeline.dates import TimeValue
from timeline.errors import InputError
from timeline.tagging.mention import Mention

# the first fields of an Explanation, as the mentions frame calls them
_TOLD = ("expression", "rule", "partial", "anchor", "anchor_basis", "inferred", "alternative", "alternative_reason",
         "edtf", "timex")  # fmt: skip


@dataclass(frozen=True)
class Explanation:
    """How one expression got its value. `str()` gives it as text, one step a line."""

    expression: str
    rule: str
    partial: str
    anchor: str
    anchor_basis: str
    inferred: str
    turned_down: str
    turned_down_because: str
    edtf: str
    timex: str
    bounds: str
    problem: str

    def __str__(self) -> str:
        lines = [
            f"{self.expression!r} was found by the rule {self.rule!r}; the words alone fix {self.partial!r}."
        ]
        if self.anchor:
            lines.append(f"It counts from {self.anchor} ({self.anchor_basis}).")
        if self.inferred:
            lines.append(f"Filled in: {self.inferred}.")
        if self.turned_down:
            lines.append(
                f"Turned down: {self.turned_down}, because {self.turned_down_because or 'the other reading fits better'}."
            )
        if self.edtf or self.timex:
            lines.append(f"Value: {self.edtf or 'none'} in EDTF, {self.timex or 'none'} in TIMEX3.")
        if self.bounds:
            lines.append(f"That is {self.bounds}.")
        elif not self.problem:
            lines.append("Nothing in the text places it on the calendar.")
        if self.problem:
            lines.append(f"Problem: {self.problem}.")
        return "\n".join(lines)


def _bounds(start: Any, stop: Any, granularity: str) -> str:
    """The bounds in words, or "" if there are none; a Mention has them as whole seconds."""
    first, last = (np.datetime64(t, "s") if isinstance(t, int) else t for t in (start, stop))
    value = TimeValue(first, last, granularity)
    return "" if value.start is value.stop is None else value.words()


def explain(mention: pd.Series | dict[str, Any] | Mention) -> Explanation:
    """How a mention got its value: rule, partial, anchor, what was filled in and turned down, value, bounds.

    `mention`: a row of the mentions frame, a dict with its columns, or a record from tag_text.

    >>> from timeline.tagging import tag_text
    >>> print(explain(tag_text("It ended last month.", dct="2014-11-06")[0]))
    'last month' was found by the rule 'relative-period'; the words alone fix '-1 month'.
    It counts from 2014-11-06 (dct).
    Filled in: date.
    Value: 2014-10 in EDTF, 2014-10 in TIMEX3.
    That is some time in October 2014.

    Raises InputError for what is no mention, or naming the columns that it lacks.
    """
    if not isinstance(mention, pd.Series | dict | Mention):
        raise InputError(
            f"{mention!r:.60} is no mention; give a row of the mentions frame, such as mentions.iloc[0]"
        )
    row = mention._asdict() if isinstance(mention, Mention) else dict(mention)
    needed = (*_TOLD, "start", "stop", "granularity", "problem")
    missing = [name for name in needed if name not in row]
    if missing:
        raise InputError(
            f"the mention lacks {', '.join(missing)}; give a row of the mentions frame"
        )
    bounds = _bounds(row["start"], row["stop"], row["granularity"])
    return Explanation(*[*(row[name] for name in _TOLD), bounds, row["problem"]])
