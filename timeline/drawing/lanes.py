"""Groups events into lanes by a column; order of rows in the frame has no meaning."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd

from timeline.drawing.words import clean
from timeline.errors import TEXT, InputError, expect, maybe
from timeline.schema import DTYPES, EVENTS, KINDS, STATUSES

MOST_LANES = 8
_ALIASES = {"source": "sources"}
_UNFIT = {c.name for c in EVENTS if c.kind in ("moment", "number", "flag", "whole")} | {
    "event_id", "title", "edtf", "when", "mention_ids", "citations", "alternatives", "conflict",
}  # fmt: skip


def lane_members(events: pd.DataFrame, lane: str | None) -> tuple[list[str], list[np.ndarray]]:
    """Names of the lanes and, for each, which events stand in it (an event may stand in several).

    Kinds and statuses keep the schema's order; others go by number of events, then name; beyond
    eight the smallest share one lane. Without `lane` there is one, with no name.
    Raises InputError naming the columns that can be lanes.
    """
    expect(lane=(lane, maybe(TEXT)))
    if lane is None:
        return [""], [np.ones(len(events), bool)]
    column = _ALIASES.get(str(lane), lane)
    fit = [c for c in map(str, events.columns) if c not in _UNFIT]
    if column not in fit:
        names = sorted(["source" if c == "sources" else c for c in fit])
        raise InputError(f"lane is {lane!r}; use None or one of the columns {', '.join(names)}")
    cells = events[column].tolist()
    if events[column].dtype == DTYPES["list"] and any(isinstance(c, list | tuple) for c in cells):
        groups = [[clean(x) for x in c] or ["no source"] for c in cells]
    else:
        groups = [["" if c is None or c != c else clean(c)] for c in cells]
    counts = Counter(name for group in groups for name in set(group))
    fixed = {"kind": KINDS, "status": STATUSES}.get(column, ())
    names = sorted(
        counts, key=lambda n: (fixed.index(n) if n in fixed else len(fixed), -counts[n], n)
    )
    kept, rest = names, ""
    if len(names) > MOST_LANES:
        kept, rest = names[: MOST_LANES - 1], f"{len(names) - MOST_LANES + 1} others"
    number = {name: i for i, name in enumerate(kept)}
    masks = [np.zeros(len(events), bool) for _ in range(len(kept) + bool(rest))]
    for i, group in enumerate(groups):
        for name in group:
            masks[number.get(name, len(kept))][i] = True
    shown = [*(name or f"no {lane}" for name in kept), *([rest] if rest else [])]
    return shown, masks
