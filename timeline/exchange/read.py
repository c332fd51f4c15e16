"""Events from a file or frame of any known kind. Decides by the name and by what the JSON looks like."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd

from timeline.errors import FLAG, PATH, TEXT, InputError, expect, maybe, require
from timeline.exchange.building import whole_events
from timeline.exchange.ics import read_ics
from timeline.exchange.sheets import (
    Record,
    csv_records,
    excel_records,
    frame_records,
    json_records,
    jsonl_items,
    parquet_records,
)
from timeline.exchange.table_events import events_of_records
from timeline.exchange.timelinejs import read_timelinejs
from timeline.exchange.timeml import read_timeml
from timeline.exchange.vis import read_vis
from timeline.files import decode, read_file
from timeline.schema import EVENTS

_LISTS = {column.name for column in EVENTS if column.kind == "list"}
_TABLES = {
    ".csv": csv_records, ".tsv": csv_records, ".txt": csv_records, ".parquet": parquet_records,
    ".xlsx": excel_records, ".xlsm": excel_records,
}  # fmt: skip
_OTHERS = (".json", ".jsonl", ".ndjson", ".ics", ".tml", ".xml")


def read_events(
    table: str | Path | pd.DataFrame,
    *,
    title: str | None = None,
    date: str | None = None,
    end: str | None = None,
    day_first: bool | None = None,
) -> pd.DataFrame:
    """Events of somebody's table, or of a file that this or another timeline tool has written.

    `table`: a frame; CSV (commas, semicolons or tabs), Excel or Parquet with any columns for title
    and date; our own CSV, JSON, JSON lines, Parquet; TimelineJS3 JSON or its spreadsheet as CSV;
    iCalendar; vis-timeline items; TimeML (its dates are merged into events).
    `title`, `date`, `end`: the columns to use where their names do not tell.
    `day_first`: how to read 03/04/2014; None: as the column shows by itself (24/11/2014).
    Returns a frame in the EVENTS schema, with the table's other columns, earliest first, undated
    last. Dates keep the granularity that is stated. No row is dropped: what could not be read stays
    undated, and its reason is in the column `problem` (there only if a row has one), with file and
    line in attrs["problems"], which is empty if all was read; attrs["lost"] says what the foreign
    format had that events have no place for.
    Raises InputError for a file that cannot be read, or columns that cannot be told apart.
    """
    require(table, (pd.DataFrame, *PATH.types), "table", "a frame, or the path of a file")
    expect(
        title=(title, maybe(TEXT)),
        date=(date, maybe(TEXT)),
        end=(end, maybe(TEXT)),
        day_first=(day_first, maybe(FLAG)),
    )
    given = {"title": title, "date": date, "end": end}
    if isinstance(table, pd.DataFrame):
        return _of_records(frame_records(table), "", given, day_first)
    path = Path(table)
    file, suffix, raw = str(path), path.suffix.lower(), read_file(path)
    if suffix in _TABLES:
        return _of_records(_TABLES[suffix](raw, file), file, given, day_first)
    if suffix == ".ics":
        return read_ics(raw, file)
    if suffix in (".tml", ".xml"):
        return _of_timeml(raw, file)
    if suffix in (".jsonl", ".ndjson"):
        items: Any = _whole(jsonl_items(raw, file))
    elif suffix == ".json":
        try:
            items = _whole(json.loads(decode(raw, file)))
        except (ValueError, RecursionError) as error:
            if isinstance(error, InputError):
                raise
            raise InputError(f"{file}: not JSON: {str(error)[:100]}") from error
    else:
        raise InputError(
            f"{file}: not a kind of file that events are read from; use {', '.join((*_TABLES, *_OTHERS))}"
        )
    if isinstance(items, dict) and "events" in items:
        return read_timelinejs(items, file)
    if not isinstance(items, list):
        raise InputError(f"{file}: JSON must be a list of events or a TimelineJS story")
    if items and all(
        isinstance(item, dict) and {"start", "content"} <= set(item) for item in items
    ):
        return read_vis(items, file)
    return _of_records(json_records(items, file), file, given, day_first)


def _whole(item: Any) -> Any:
    """The item of JSON with half surrogate pairs replaced: JSON can say them, and no text can hold them."""
    if isinstance(item, dict):
        return {_whole(key): _whole(value) for key, value in item.items()}
    if isinstance(item, list):
        return list(map(_whole, item))
    return re.sub("[\ud800-\udfff]", "\ufffd", item) if isinstance(item, str) else item


def _of_records(
    records: list[Record], file: str, given: dict[str, str | None], day_first: bool | None
) -> pd.DataFrame:
    if not records:
        raise InputError(f"{file or 'the table'} has no rows; it needs a title and a date in each")
    if not any(given.values()):
        ours = whole_events([_parsed(record.cells) for record in records], file)
        if ours is not None:
            return ours
    return events_of_records(records, file, given, day_first)


def _parsed(cells: dict[str, Any]) -> dict[str, Any]:
    """A row of ours with its list cells read from the JSON that CSV keeps them as."""
    found = dict(cells)
    for name in _LISTS & set(cells):
        if isinstance(cells[name], str):
            try:
                found[name] = json.loads(cells[name] or "[]")
            except (ValueError, RecursionError):
                found[name] = cells[name]  # whole_events says what is wrong
    return found


def _of_timeml(raw: bytes, file: str) -> pd.DataFrame:
    from timeline.merging import merge

    articles, mentions = read_timeml(raw, file)
    frame = merge(mentions, articles)
    unread = mentions[mentions["problem"] != ""]
    problems = [{"file": file, "line": 0, "problem": p} for p in unread["problem"]]
    frame.attrs |= {"problems": problems, "lost": []}
    return frame
