"""Any frame out as CSV, Excel-safe CSV, JSON, JSON lines, Parquet or a Markdown table. Reads nothing.

One cell has one form everywhere: moments are ISO 8601 without a zone (-0043-03-15T00:00:00), open
ones are empty, flags are true and false, and lists are JSON where the format has none.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pandas as pd

from timeline.dates.calendar import DAY, civil_from_days
from timeline.dates.units import clock_text
from timeline.errors import TEXT, InputError, expect, maybe
from timeline.files import write_atomically

SUFFIXES = {
    ".csv": "csv", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet",
    ".md": "markdown",
}  # fmt: skip
# What Excel, LibreOffice and Google Sheets take for a formula, in their wide forms too.
# Source: OWASP, "CSV Injection".
FORMULA = tuple("=+-@\t\r\n＝＋－＠")

Target = str | Path | BinaryIO


def iso_text(moment: Any) -> str:
    """ISO 8601 of a moment, any year: 2014-11-06T00:00:00, -0043-..., +12000-...; "" for NaT.

    >>> iso_text(pd.Timestamp("2014-11-06 14:30"))
    '2014-11-06T14:30:00'
    """
    if moment is None or moment is pd.NaT:
        return ""
    found = moment.to_datetime64() if isinstance(moment, pd.Timestamp) else np.datetime64(moment)
    if np.isnat(found):
        return ""
    second = int(found.astype("datetime64[s]").astype(np.int64))
    year, month, day = civil_from_days(second // DAY)
    sign = "-" if year < 0 else "+" if year > 9999 else ""
    return f"{sign}{abs(year):04d}-{month:02d}-{day:02d}T{clock_text(second)}"


def plain(value: Any) -> Any:
    """A cell as JSON knows it: text, number, flag, None, list or dict of those."""
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, str):
        return str(value)
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (int, np.integer)):
        return int(value)
    if isinstance(value, (float, np.floating)):
        return float(value) if np.isfinite(value) else None
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(item) for item in value]
    if isinstance(value, (np.datetime64, pd.Timestamp)):
        return iso_text(value) or None
    return str(value)


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as dicts of plain values, in the frame's order."""
    columns = {str(name): [plain(cell) for cell in frame[name]] for name in frame.columns}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else _dump(value)


def _csv(frame: pd.DataFrame, guard: Callable[[str], str]) -> bytes:
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n").writerow
    write([guard(str(name)) for name in frame.columns])
    for row in records(frame):
        cells = ((cell, _cell(cell).replace("\0", "\ufffd")) for cell in row.values())
        write([guard(text) if isinstance(cell, (str, list)) else text for cell, text in cells])
    return out.getvalue().encode("utf-8", "replace")


def neutral(text: str) -> str:
    """The text, led by an apostrophe where a spreadsheet would take it for a formula.

    >>> neutral("=1+1"), neutral("44 BCE")
    ("'=1+1", '44 BCE')
    """
    return "'" + text if text.startswith(FORMULA) else text


def _markdown(frame: pd.DataFrame) -> bytes:
    def safe(text: str) -> str:
        for old, new in (("&", "&amp;"), ("<", "&lt;"), ("\\", "\\\\"), ("|", "\\|")):
            text = text.replace(old, new)
        return " ".join(text.split())

    def line(cells: Iterable[Any]) -> str:
        told = (", ".join(map(_cell, c)) if isinstance(c, list) else _cell(c) for c in cells)
        return "| " + " | ".join(map(safe, told)) + " |\n"

    head = line(map(str, frame.columns)) + line(["---"] * len(frame.columns))
    body = "".join(line(row.values()) for row in records(frame))
    return (head + body).encode("utf-8", "replace")


def _parquet(frame: pd.DataFrame, notes: list[str]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    arrays = {}
    for name in map(str, frame.columns):
        cells = frame[name]
        moments = cells.dtype.kind == "M"
        values = list(cells.astype("datetime64[s]")) if moments else [plain(c) for c in cells]
        try:
            kind = pa.timestamp("ms") if moments else None
            raw = cells.to_numpy("datetime64[s]").astype("datetime64[ms]") if moments else values
            arrays[name] = pa.array(raw, type=kind)
            if moments and any(
                iso_text(a) != iso_text(b) for a, b in zip(values, raw, strict=True)
            ):
                raise OverflowError
        except (pa.ArrowException, OverflowError, ValueError):
            arrays[name] = pa.array([iso_text(v) if moments else _dump(v) for v in values])
            notes.append(f"column {name} is stored as text: Parquet cannot hold all of its values")
    out = io.BytesIO()
    pq.write_table(pa.table(arrays), out)
    return out.getvalue()


def frame_bytes(frame: pd.DataFrame, to: str, notes: list[str]) -> bytes:
    """The frame in one of the formats of SUFFIXES, or excel-csv; what is lost is added to `notes`."""
    if to == "csv":
        return _csv(frame, lambda text: text)
    if to == "excel-csv":
        return b"\xef\xbb\xbf" + _csv(frame, neutral)
    if to == "json":
        body = ",\n ".join(_dump(row) for row in records(frame))
        return f"[{body}]\n".encode("utf-8", "replace")
    if to == "jsonl":
        return "".join(_dump(row) + "\n" for row in records(frame)).encode("utf-8", "replace")
    if to == "parquet":
        return _parquet(frame, notes)
    return _markdown(frame)


def choose_format(
    target: Target, to: str | None, allowed: dict[str, str], more: tuple[str, ...] = ()
) -> str:
    """`to`, or the format that the file's name ends in. Raises InputError listing what there is."""
    expect(to=(to, maybe(TEXT)))
    if not isinstance(target, (str, Path)) and not hasattr(target, "write"):
        raise InputError(
            f"target is a {type(target).__name__}; give a path as text or Path, or a binary stream"
        )
    names = sorted({*allowed.values(), "excel-csv", *more})
    if to is None:
        suffix = Path(target).suffix.lower() if isinstance(target, (str, Path)) else ".csv"
        to = allowed.get(suffix)
        if to is None:
            raise InputError(
                f"{str(target)!r} ends in {suffix!r}, which names no format; end it in "
                f"{', '.join(sorted(allowed))}, or name the format: {', '.join(names)}"
            )
    if to not in names:
        raise InputError(f"{to!r} is not a format; use one of {', '.join(names)}")
    return to


def put(target: Target, data: bytes) -> None:
    """Nothing; the bytes are in the file (whole or not at all) or on the binary stream."""
    if isinstance(target, (str, Path)):
        write_atomically(target, data)
        return
    target = getattr(target, "buffer", target)
    target.write(data)
    target.flush()


def write_frame(frame: pd.DataFrame, target: Target, *, to: str | None = None) -> list[str]:
    """Notes on what the format could not carry; the frame is in the file or on the binary stream.

    `to`: csv, excel-csv (a spreadsheet takes no cell for a formula), json, jsonl, parquet or
    markdown; by default what the file's name ends in, and CSV on a stream.
    Raises InputError for an unknown format or a file that cannot be written.
    """
    to = choose_format(target, to, SUFFIXES)
    notes: list[str] = []
    put(target, frame_bytes(frame, to, notes))
    return notes
