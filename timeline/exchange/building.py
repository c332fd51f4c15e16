"""Rows that were read from elsewhere, made into an events frame; and event rows back into dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from timeline.dates import Period, TimeValue, date_columns, parse_edtf
from timeline.errors import InputError
from timeline.exchange.html_text import safe_link
from timeline.schema import EVENTS, KINDS, STATUSES, make_frame, rows_frame

Value = TimeValue | Period | None


@dataclass
class Row:
    """One event as a foreign format tells it; `problem` says why `value` is None, or what was dropped."""

    title: str
    value: Value
    expression: str = ""
    line: int = 0
    how: str = ""
    problem: str = ""
    event_id: str = ""
    kind: str = ""
    status: str = ""
    attribution: str = ""
    sources: list[str] = field(default_factory=list)
    url: str = ""
    sentence: str = ""
    salience: float = 1.0
    extra: dict[str, Any] = field(default_factory=dict)


def read_edtf(text: str, extent: str = "") -> TimeValue | Period:
    """A value from EDTF and the extent beside it; without one an interval is a period.

    Raises InputError.
    """
    if extent == "within":
        return TimeValue.from_edtf(text)
    return Period.from_edtf(text) if extent == "throughout" else parse_edtf(text)


def part(fields: Mapping[Any, Any], name: str) -> dict[str, Any]:
    """The object under a key of foreign JSON, or {} if there is none."""
    found = fields.get(name)
    return found if isinstance(found, dict) else {}


def own_fields(own: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a Row that our own writers let ride along."""
    sources = own.get("sources")
    return {name: str(own.get(name) or "") for name in ("kind", "status", "attribution")} | {
        "sources": [str(source) for source in sources] if isinstance(sources, list) else []
    }


def build_events(rows: list[Row], file: str) -> pd.DataFrame:
    """An events frame of the rows, earliest first, undated last; a row keeps its own columns.

    `file`: name that problems and sources are told by. The frame's attrs["problems"] has those of the rows,
    in the order of their lines; if a row has one, the column `problem` says it beside the event.
    """
    used: set[str] = set()
    found = [(row, *_event(row, file, used)) for row in rows]
    told = [
        {"file": file, "line": row.line, "problem": one}
        for row, _, problems in found
        for one in problems
    ]
    found.sort(key=lambda f: (*(f[0].value or TimeValue(None, None)).sort_key, f[1]["event_id"]))
    frame = rows_frame(EVENTS, (event for _, event, _ in found))
    if told:
        frame["problem"] = ["; ".join(problems) for *_, problems in found]
    for name in dict.fromkeys(key for row, *_ in found for key in row.extra):
        plain = str(name).encode("utf-8", "replace").decode("utf-8")
        column = plain if plain not in frame.columns else f"{plain}_given"
        frame[column] = [row.extra.get(name) for row, *_ in found]
    frame.attrs = {"problems": sorted(told, key=lambda p: p["line"]), "lost": []}
    return frame


def _event(row: Row, file: str, used: set[str]) -> tuple[dict[str, Any], list[str]]:
    """A row's event, and what is wrong with it."""
    event, problems = date_columns(row.value), [row.problem] if row.problem else []
    usual = "period" if event["extent"] == "throughout" else "happening"
    for name, allowed, otherwise in (("kind", KINDS, usual), ("status", STATUSES, "reported")):
        given = getattr(row, name).strip().lower()
        if given and given not in allowed:
            problems.append(f"{name} {given[:60]!r} is not one of {', '.join(allowed)}")
            given = ""
        event[name] = given or otherwise
    sources = sorted({s.strip() for s in row.sources} - {""}) or [Path(file).stem or "table"]
    citation = {
        "mention_id": "", "article_id": "", "source": sources[0], "url": safe_link(row.url),
        "expression": row.expression, "when": event["when"],
        "sentence": row.sentence or row.title, "how": row.how or row.problem or f"as given in {file or 'the table'}",
    }  # fmt: skip
    return event | {
        "event_id": _event_id(row, event["edtf"], used),
        "title": row.title,
        "attribution": row.attribution,
        "n_sources": len(sources),
        "sources": sources,
        "mention_ids": [],
        "citations": [citation],
        "conflict": "",
        "alternatives": [],
        "salience": row.salience,
    }, problems


def _event_id(row: Row, edtf: str, used: set[str]) -> str:
    """The row's own id, or one made from title and date; a second one of the same gets a number."""
    made, n = row.event_id.strip()[:200], 0
    while not made or made in used:
        text = f"{row.title}\0{edtf or row.expression}\0{n or ''}"
        made = blake2b(text.encode("utf-8", "replace"), digest_size=6).hexdigest()
        n += 1
    used.add(made)
    return made


def whole_events(records: list[dict[str, Any]], file: str) -> pd.DataFrame | None:
    """The events frame that our own files hold, column for column; None if they are not ours.

    Raises InputError naming the row and column that has been damaged.
    """
    names = [c.name for c in EVENTS]
    if not records or any(name not in records[0] for name in names):
        return None
    data: dict[str, list[Any]] = {}
    for column in EVENTS:
        cells = [record.get(column.name) for record in records]
        try:
            data[column.name] = [_restore(cell, column.kind) for cell in cells]
        except (ValueError, TypeError, OverflowError) as error:
            raise InputError(
                f"{file}: column {column.name} holds something that is not a {column.kind}: {error}"
            ) from error
    frame = make_frame(EVENTS, data)
    for name in dict.fromkeys(key for record in records for key in record):
        if name not in names:
            frame[name] = [record.get(name) for record in records]
    for edtf, extent in zip(frame.edtf, frame.extent, strict=True):
        if edtf:
            read_edtf(edtf, extent)
    frame.attrs = {"problems": [], "lost": []}
    return frame


def _restore(cell: Any, kind: str) -> Any:
    if kind == "moment":
        if cell is None or cell == "" or cell is pd.NaT:
            return None
        text = cell.removeprefix("+") if isinstance(cell, str) else cell
        return np.datetime64(text, "s")
    if kind == "text":
        return "" if cell is None else str(cell)
    if kind == "flag":
        if isinstance(cell, str) and cell.lower() not in ("true", "false"):
            raise ValueError(f"{cell[:60]!r} is neither true nor false")
        return cell.lower() == "true" if isinstance(cell, str) else bool(cell)
    if kind == "whole":
        return int(cell)
    if kind == "number":
        return float(cell)
    if not isinstance(cell, list):
        raise ValueError(f"{str(cell)[:60]!r} is not a list")
    return [_restore_moments(item) if isinstance(item, dict) else item for item in cell]


def _restore_moments(item: dict[str, Any]) -> dict[str, Any]:
    """A dict of a list cell with its start and stop, which JSON keeps as text, as moments again."""
    times = {name: item[name] for name in ("start", "stop") if isinstance(item.get(name), str)}
    return item | {name: _restore(text, "moment") for name, text in times.items()}
