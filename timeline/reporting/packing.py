"""The events as packed columns of small integers, for the viewer to search and to draw from.

Titles and full citations are bounded here: the most salient first. No HTML.
"""

from __future__ import annotations

import base64
import gzip
from typing import Any

import numpy as np
import pandas as pd

from timeline.drawing.marks import NAT, seconds
from timeline.reporting.bundle import pack
from timeline.reporting.wording import tidy
from timeline.schema import KINDS, STATUSES

UNITS = (86400, 3600, 60, 1)
TITLE_BYTES = 24_000_000
OPEN_START, OPEN_STOP, UNDATED = 1, 2, 4


def in_order(events: pd.DataFrame) -> pd.DataFrame:
    """The events by time: start (or stop, where the start is open), then stop, title and id.

    Returns a frame with whole-numbered rows; events with no date at all come last.
    """
    start = seconds(events["start"])
    stop = seconds(events["stop"])
    latest = np.iinfo(np.int64).max
    first = np.where(start != NAT, start, np.where(stop != NAT, stop, latest))
    last = np.where(stop != NAT, stop, latest)
    ids = events["event_id"].to_numpy(dtype=str)
    order = np.lexsort((ids, events["title"].to_numpy(dtype=str), last, first))
    return events.iloc[order].reset_index(drop=True)


def most_salient(events: pd.DataFrame, n: int) -> np.ndarray:
    """Row numbers, ascending, of the `n` most salient events; the earlier wins a tie."""
    if n >= len(events):
        return np.arange(len(events))
    ranks = np.argsort(-events["salience"].to_numpy(), kind="stable")
    return np.sort(ranks[:n])


def pack_events(events: pd.DataFrame) -> dict[str, Any]:
    """The events as the viewer reads them: a header, packed columns and packed titles.

    `events`: in_order. Times are counted in the largest unit that loses nothing, starts as steps
    from the one before. An open start is shown at its stop and the other way round, with a flag.
    """
    start, stop = seconds(events["start"]), seconds(events["stop"])
    open_start, open_stop = start == NAT, stop == NAT
    flags = open_start * OPEN_START + open_stop * OPEN_STOP
    flags = flags + (~events["dated"].to_numpy(dtype=bool)) * UNDATED
    sides = [start, stop, seconds(events["core_start"]), seconds(events["core_stop"])]
    known = np.concatenate([side[side != NAT] for side in sides])
    unit = next((u for u in UNITS if not (known % u).any()), 1)
    latest = int(known.max()) if len(known) else 0
    shown_start = np.where(open_start, np.where(open_stop, latest, stop), start) // unit
    shown_stop = np.where(open_stop, np.where(open_start, latest, start), stop) // unit
    base = int(shown_start[0]) if len(events) else 0
    steps = np.diff(shown_start, prepend=base)
    names = sorted({name for row in events["sources"] for name in row})
    number = {name: i for i, name in enumerate(names)}
    sets: dict[tuple[int, ...], int] = {}
    which = [
        sets.setdefault(tuple(sorted({number[name] for name in row})), len(sets))
        for row in events["sources"]
    ]
    core_start, core_stop = seconds(events["core_start"]), seconds(events["core_stop"])
    core = (core_start != NAT) & (core_stop != NAT) & (core_stop > core_start)
    lead = np.where(core, core_start // unit - shown_start, 0)
    columns = {
        "step": steps,
        "length": np.maximum(shown_stop - shown_start, 0),
        "lead": lead,
        "core": np.where(core, core_stop // unit - core_start // unit, 0),
        "kind": codes(events["kind"], KINDS),
        "status": codes(events["status"], STATUSES),
        "flags": flags,
        "n_sources": np.minimum(events["n_sources"].to_numpy(), 255),
        "sources": np.array(which, dtype=np.int64),
        "salience": np.clip(np.rint(events["salience"].to_numpy() * 255), 0, 255),
    }
    header, blob = pack_columns(columns)
    titles = [tidy(title, 200) for title in events["title"]]
    kept = within_budget(titles, events["salience"].to_numpy())
    return {
        "n": len(events),
        "unit": unit,
        "base": base,
        "kinds": list(KINDS),
        "statuses": list(STATUSES),
        "sources": [tidy(name, 120) for name in names],
        "source_sets": [list(one) for one in sets],
        "columns": header,
        "packed": blob,
        "titles": pack("\n".join(kept)),
        "untitled": sum(1 for a, b in zip(titles, kept, strict=True) if a != b),
    }


def codes(values: pd.Series, names: tuple[str, ...]) -> np.ndarray:
    """The place of each value in `names`; a value that is not there gets the first place."""
    place = {name: i for i, name in enumerate(names)}
    return values.map(lambda value: place.get(value, 0)).to_numpy(dtype="int64")


def within_budget(titles: list[str], salience: np.ndarray) -> list[str]:
    """The titles, with those of the least salient events emptied where all would be too much."""
    sizes = np.array([len(title) + 1 for title in titles], dtype=np.int64)
    if sizes.sum() <= TITLE_BYTES:
        return titles
    order = np.argsort(-salience, kind="stable")
    keep = np.zeros(len(titles), dtype=bool)
    keep[order[np.cumsum(sizes[order]) <= TITLE_BYTES]] = True
    return [title if kept else "" for title, kept in zip(titles, keep, strict=True)]


def pack_columns(columns: dict[str, np.ndarray]) -> tuple[list[list[str]], str]:
    """[[name, type], ...] and the columns one after another, each padded to 8 bytes, packed.

    A type is the smallest of u1, u2, i4 and f8 (little-endian) that holds the column's numbers.
    """
    header, parts = [], []
    for name, values in columns.items():
        low, high = (values.min(), values.max()) if len(values) else (0, 0)
        kind = "f8"
        if low >= 0 and high < 2**16:
            kind = "u1" if high < 2**8 else "u2"
        elif low >= -(2**31) and high < 2**31:
            kind = "i4"
        data = values.astype("<" + kind).tobytes()
        header.append([name, kind])
        parts.append(data + b"\0" * (-len(data) % 8))
    blob = gzip.compress(b"".join(parts), 9, mtime=0)
    return header, base64.b64encode(blob).decode()
