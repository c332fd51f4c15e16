"""Rows that were read from elsewhere, made into an events frame; and event rows back into dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from timeline.dates import Period, TimeValue, parse_edtf
from timeline.errors import InputError
from timeline.schema import EVENTS, KINDS, STATUSES, make_frame

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


def value_of(event: Mapping[Any, Any]) -> Value:
    """The date of an event row from its edtf and extent; None if it has none.

    Raises InputError if its EDTF cannot be read.
    """
    text = str(event.get("edtf") or "")
    if not text:
        return None
    if event.get("extent") == "throughout":
        return Period.from_edtf(text)
    return TimeValue.from_edtf(text)


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


def http_only(url: Any) -> str:
    """The address if it is http or https, else ""."""
    text = str(url or "").strip()
    web = text.lower().startswith(("http://", "https://")) and text.isprintable()
    return text if web and not any(c in text for c in "\"'<> ") else ""


def problem(file: str, line: int, what: str) -> dict[str, Any]:
    """One row of the PROBLEMS schema."""
    return {"file": file, "line": line, "problem": what}


def _bounds(value: Value) -> dict[str, Any]:
    period = isinstance(value, Period)
    bounded = value is not None and (value.start is not None or value.stop is not None)
    return {
        "edtf": value.edtf if value else "",
        "when": value.words() if value else "",
        "start": value.start if value else None,
        "stop": value.stop if value else None,
        "core_start": value.core_start if isinstance(value, Period) else None,
        "core_stop": value.core_stop if isinstance(value, Period) else None,
        "granularity": value.granularity if value else "",
        "extent": "throughout" if period else "within",
        "dated": bounded,
        "qualifier": value.qualifier if value else "",
    }


def build_events(rows: list[Row], file: str, *, problems: list[dict[str, Any]]) -> pd.DataFrame:
    """An events frame of the rows, earliest first, undated last; a row keeps its own columns.

    `file`: name that problems and sources are told by; `problems`: those found so far. The frame's
    attrs["problems"] has them with those of the rows, in the order of their lines; if a row has one, the
    column `problem` says it beside the event.
    """
    found: list[tuple[tuple[int, int, str], dict[str, Any], dict[str, Any]]] = []
    used: set[str] = set()
    told = list(problems)
    for row in rows:
        own = [row.problem] if row.problem else []
        bounds = _bounds(row.value)
        for name, allowed in (("kind", KINDS), ("status", STATUSES)):
            given = getattr(row, name).strip().lower()
            if given and given not in allowed:
                own.append(f"{name} {given[:60]!r} is not one of {', '.join(allowed)}")
                given = ""
            usual = "period" if bounds["extent"] == "throughout" else "happening"
            bounds[name] = given or (usual if name == "kind" else "reported")
        told += [problem(file, row.line, one) for one in own]
        sources = sorted({s.strip() for s in row.sources if s.strip()}) or [
            Path(file).stem or "table"
        ]
        citation = {
            "mention_id": "", "article_id": "", "source": sources[0], "url": http_only(row.url),
            "expression": row.expression, "when": bounds["when"],
            "sentence": row.sentence or row.title, "how": row.how or row.problem or f"as given in {file or 'the table'}",
        }  # fmt: skip
        event = bounds | {
            "event_id": _event_id(row, bounds["edtf"], used),
            "title": row.title,
            "attribution": row.attribution,
            "n_sources": len(sources),
            "sources": sources,
            "mention_ids": [],
            "citations": [citation],
            "conflict": "",
            "alternatives": [],
            "salience": row.salience,
            "problem": "; ".join(own),
        }
        key = (row.value or TimeValue(None, None)).sort_key
        found.append(((*key, event["event_id"]), event, row.extra))
    found.sort(key=lambda item: item[0])
    frame = make_frame(EVENTS, {c.name: [event[c.name] for _, event, _ in found] for c in EVENTS})
    if any(event["problem"] for _, event, _ in found):
        frame["problem"] = [event["problem"] for _, event, _ in found]
    for name in dict.fromkeys(key for _, _, extra in found for key in extra):
        plain = str(name).encode("utf-8", "replace").decode("utf-8")
        column = plain if plain not in frame.columns else f"{plain}_given"
        frame[column] = [extra.get(name) for _, _, extra in found]
    frame.attrs["problems"] = sorted(told, key=lambda p: p["line"])
    return frame


def _event_id(row: Row, edtf: str, used: set[str]) -> str:
    """The row's own id, or one made from title and date; a second one of the same gets a number."""
    made = row.event_id.strip()[:200]
    if not made or made in used:
        n = 0
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
    frame.attrs["problems"] = []
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
