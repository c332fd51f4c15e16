"""A frame as a table for people; events with dates in words, sources as chips, conflicts marked.

May not change the frame: what is shown is a pandas Styler, with plain pandas underneath.
"""

from __future__ import annotations

import hashlib
import re
from html import escape, unescape
from typing import Any

import pandas as pd
from pandas.io.formats.style import Styler

from timeline.errors import WHOLE, InputError, expect

NEEDED = ("when", "title", "kind", "status", "sources", "conflict", "dated")
STYLES: Any = [
    {"selector": "", "props": "border-collapse: collapse; text-align: left; max-width: 62em;"},
    {"selector": "th, td", "props": "text-align: left; vertical-align: top; padding: 0.45em 0.9em 0.45em 0; border-bottom: 1px solid rgba(128,128,128,.3); white-space: normal;"},
    {"selector": "th", "props": "font-weight: 600; opacity: .75;"},
    {"selector": "caption", "props": "caption-side: bottom; text-align: left; opacity: .75; padding-top: .5em;"},
    {"selector": ".when", "props": "font-variant-numeric: tabular-nums;"},
    {"selector": ".undated", "props": "font-style: italic; opacity: .8;"},
    {"selector": ".whole", "props": "white-space: nowrap;"},
    {"selector": ".chip", "props": "display: inline-block; border: 1px solid currentColor; border-radius: 1em; padding: 0 .6em; margin: 0 .3em .2em 0; font-size: .85em; white-space: nowrap; opacity: .8;"},
    {"selector": ".mark", "props": "font-size: .85em; font-style: italic; opacity: .75;"},
    {"selector": ".clash", "props": "border-left: 3px solid #d55e00; padding-left: .5em; margin-top: .2em; font-size: .9em;"},
]  # fmt: skip


class EventsTable(Styler):
    """A Styler whose plain-text form is the same table, with no address of an object in it."""

    def __repr__(self) -> str:
        frame: pd.DataFrame = self.__dict__["data"].map(_plain)
        table = frame.to_string(index=False, justify="left", max_colwidth=60)
        return f"{table}\n{caption}" if (caption := self.__dict__["caption"]) else table


def show(frame: pd.DataFrame, n: int = 8) -> EventsTable:
    """The first `n` rows as a table. Events: when in words, what, said by whom, conflicts marked.

    `frame`: in the EVENTS schema (pass `top_events(events)` for the most important ones), or any
    other, of which every column is shown, whole and from the left.
    Returns a Styler (`.data` is the frame of what is shown); nothing of an article is taken as HTML.
    Raises InputError if `frame` is no data frame.
    """
    if not isinstance(frame, pd.DataFrame):
        raise InputError(f"show needs a data frame, not {type(frame).__name__!r}")
    of_events = set(NEEDED) <= set(frame.columns)
    expect(n=(n, WHOLE))
    first = frame.head(max(n, 0))
    shown = _event_cells(first) if of_events else first.apply(lambda column: column.map(_cell))
    key = hashlib.blake2b(shown.to_csv(index=False).encode(), digest_size=4).hexdigest()
    table = EventsTable(shown, uuid=key, cell_ids=False).hide(axis="index")
    table.set_table_styles(STYLES)
    if len(frame) > len(first):
        table.set_caption(
            f"{len(first)} of {len(frame)} {'events' if of_events else 'rows'}; n={len(frame)} shows all"
        )
    return table  # type: ignore[return-value]


def _event_cells(events: pd.DataFrame) -> pd.DataFrame:
    rows: list[Any] = list(events.itertuples())
    return pd.DataFrame(
        {
            "when": pd.Series([_when(row) for row in rows], dtype=str),
            "what": pd.Series([_what(row) for row in rows], dtype=str),
            "said by": pd.Series([_chips(row.sources) for row in rows], dtype=str),
        }
    )


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return _chips([str(one) for one in value])
    if isinstance(value, pd.Timestamp):
        value = value.isoformat().removesuffix("T00:00:00")
    missing = value is None or value is pd.NaT or value != value
    text = "" if missing else str(value)
    whole = ' class="whole"' if len(text) < 25 and " " not in text else ""  # 2014-11-05 on one line
    return f"<bdi{whole}>{escape(text)}</bdi>" if text else ""


def _when(row: Any) -> str:
    return f'<span class="when{"" if row.dated else " undated"}">{escape(row.when)}</span>'


def _what(row: Any) -> str:
    marks = [row.kind] * (row.kind in ("deadline", "plan", "period"))
    marks += [row.status] * (row.status not in ("reported", "planned"))
    text = f"<bdi>{escape(row.title)}</bdi>"
    if marks:
        text += f' <span class="mark">({", ".join(marks)})</span>'
    return text + (f'<div class="clash">{escape(row.conflict)}</div>' if row.conflict else "")


def _chips(sources: list[str]) -> str:
    return " ".join(f'<span class="chip">{escape(source)}</span>' for source in sources)


def _plain(cell: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", cell.replace('<div class="clash">', " ! ")))
