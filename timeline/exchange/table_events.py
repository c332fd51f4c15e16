"""Events from the rows of anybody's table: which column is what, and what each date cell says."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from timeline.dates import Period, TimeValue
from timeline.errors import InputError
from timeline.exchange.building import Row, Value, build_events
from timeline.exchange.cells import LONGEST, numeric_order, read_own
from timeline.exchange.others import read_foreign, read_tagged
from timeline.exchange.sheets import Record
from timeline.exchange.timelinejs import read_timelinejs

# What people call their columns, best first; compared without case, spaces and underscores.
_NAMES = {
    "date": "edtf date when time datetime day year datum wann zeit zeitpunkt fecha cuándo data quando date(s) dates "
    "datedébut start startdate begin begindate from beginn von inicio début published",
    "end": "end enddate stop until to ende bis fin hasta finish finishdate",
    "title": "title headline event name label what summary subject content titel ereignis was título titulo evento "
    "titre événement evenement titolo description text",
    "source": "source sources quelle fuente fonte publisher",
    "url": "url link href address website",
    "kind": "kind",
    "status": "status",
    "attribution": "attribution accordingto",
    "sentence": "sentence description text details note notes beschreibung descripción",
    "event_id": "eventid id uid uniqueid",
    "salience": "salience importance weight",
}
_PLAIN = ("event_id", "kind", "status", "attribution", "url", "sentence")
_WRITE = "write it as 2014-11-06, 2014-11, 2014, spring 2014, c. 1850, 44 BCE or EDTF"


def _key(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name.casefold())


def choose_columns(names: list[str], given: dict[str, str | None], file: str) -> dict[str, str]:
    """Which column serves as what. Raises InputError listing the columns if title or date is not found."""
    chosen = {role: name for role, name in given.items() if name is not None}
    for role, name in chosen.items():
        if name not in names:
            raise InputError(
                f"{file}: there is no column {name!r} for {role}=; there are {', '.join(names)}"
            )
    by_key = {_key(name): name for name in reversed(names)}
    for role, known in _NAMES.items():
        for key in known.split():
            if role not in chosen and key in by_key and by_key[key] not in chosen.values():
                chosen[role] = by_key[key]
    for role in ("title", "date"):
        if role not in chosen:
            raise InputError(
                f"{file}: no column is plainly the {role}; say which with {role}='...', one of {', '.join(names)}"
            )
    return chosen


def read_cells(texts: list[str], day_first: bool | None) -> dict[str, Value | InputError]:
    """Each text's value, or the reason why it has none: own rules, then the tagger, then dateparser."""
    order = numeric_order(texts) if day_first is None else day_first
    found: dict[str, Value | InputError] = {}
    for text in dict.fromkeys(texts):
        try:
            if len(text) > LONGEST:
                raise InputError(f"longer than {LONGEST} characters")
            found[text] = read_own(text, order)
        except InputError as error:
            found[text] = error
    for text, value in read_tagged([t for t, v in found.items() if v is None]).items():
        found[text] = value
    for text, known in found.items():
        if known is None:
            found[text] = read_foreign(text) or InputError("it is in no known form")
    return found


def _text(cell: Any) -> str:
    return "" if cell is None else " ".join(str(cell).split())


def _value(cells: list[str], known: dict[str, Value | InputError]) -> Value:
    """The value of a row's date and end cells. Raises InputError with the reason."""
    values = []
    for text in filter(None, cells):
        value = known[text]
        if isinstance(value, InputError):
            raise InputError(f"{text[:80]!r} was not read as a date: {value}; {_WRITE}")
        values.append(value)
    if len(values) < 2 or values[0] == values[1]:
        return values[0] if values and cells[0] else None
    begin, finish = values
    if isinstance(begin, TimeValue) and isinstance(finish, TimeValue):
        return Period(begin, finish)
    raise InputError(f"{cells[0][:80]!r} to {cells[1][:80]!r}: one of them is a period already")


def events_of_records(
    records: list[Record], file: str, given: dict[str, str | None], day_first: bool | None
) -> pd.DataFrame:
    """An events frame of the rows of a table; columns of no known use are kept as they are.

    Raises InputError if the title or date column is not to be told.
    """
    names = list(records[0].cells) if records else []
    keys = {_key(name) for name in names}
    if {"year", "headline"} <= keys and given["date"] is None:
        return _timelinejs_sheet(records, file)
    columns = choose_columns(names, given, file)
    ends = [columns[role] for role in ("date", "end") if role in columns]
    dates = [[_text(record.cells.get(name)) for name in ends] for record in records]
    known = read_cells([text for cells in dates for text in cells if text], day_first)
    rows = []
    for record, cells in zip(records, dates, strict=True):
        fields = {role: _text(record.cells.get(name)) for role, name in columns.items()}
        problems, value = [], None
        try:
            value = _value(cells, known)
            if value is None:
                problems.append("the date is empty; the event is kept undated")
        except InputError as error:
            problems.append(f"{error}; the event is kept undated")
        if not fields["title"]:
            problems.append("the title is empty")
        said = " – ".join(filter(None, cells))
        how = (
            f"{file or 'the table'}, line {record.line}: {said!r} read as {value.edtf}"
            if value
            else ""
        )
        rows.append(
            Row(
                fields["title"] or f"(line {record.line})",
                value,
                said,
                record.line,
                how,
                "; ".join(problems),
                sources=re.split(r"\s*[;|]\s*", fields.get("source", "")),
                salience=_share(fields.get("salience", "")),
                extra={n: c for n, c in record.cells.items() if n not in columns.values()},
                **{name: fields[name] for name in _PLAIN if name in fields},
            )
        )
    return build_events(rows, file)


def _share(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        return 1.0
    return number if 0 <= number <= 1 else 1.0


def _timelinejs_sheet(records: list[Record], file: str) -> pd.DataFrame:
    """An events frame of TimelineJS's spreadsheet: Year, Month, Day, Time, End Year, ..., Headline, Text."""
    slides: list[dict[str, Any]] = []
    story: dict[str, Any] = {"events": slides, "eras": []}
    for record in records:
        cells = {_key(name): _text(cell) for name, cell in record.cells.items()}
        slide: dict[str, Any] = {
            "line": record.line,
            "text": {"headline": cells.get("headline"), "text": cells.get("text")},
            "display_date": cells.get("displaydate"),
            "group": cells.get("group"),
            "media": {"url": cells["media"]} if cells.get("media") else None,
            "background": cells.get("background"),
        }
        for name, end in (("start_date", ""), ("end_date", "end")):
            parts: dict[str, Any] = {u: cells.get(end + u) for u in ("year", "month", "day")}
            clock = re.fullmatch(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", cells.get(end + "time") or "")
            if clock:
                parts |= dict(zip(("hour", "minute", "second"), clock.groups(), strict=True))
            if any(parts.values()):
                slide[name] = parts
        kind = cells.get("type", "").lower()
        if kind == "title":
            story["title"] = slide
        else:
            (story["eras"] if kind == "era" else slides).append(slide)
    return read_timelinejs(story, file)
