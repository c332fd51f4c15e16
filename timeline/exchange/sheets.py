"""The rows of a CSV, Excel or Parquet table, or a frame, as dicts with their line. Reads no dates."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import date, datetime, time
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from timeline.errors import InputError
from timeline.exchange.tables import FORMULA, iso_text, plain
from timeline.files import decode

_LARGEST_SHEET, _LARGEST_CELL = 1_000_000_000, 50_000_000


class Record(NamedTuple):
    """One row of a table: its cells by column name, and the line that it begins on (1: the first)."""

    line: int
    cells: dict[str, Any]


def csv_records(raw: bytes, file: str) -> list[Record]:
    """The rows of a table separated by commas, semicolons or tabs, whichever its first line has most of.

    Raises InputError with the line for what is no such table.
    """
    text = decode(raw, file)
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    limit = csv.field_size_limit(_LARGEST_CELL)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        header = [name.strip() for name in next(reader, [])]
        if not any(header):
            raise InputError(f"{file}:1: the first line must name the columns")
        records, line = [], reader.line_num + 1
        for row in reader:
            if any(cell.strip() for cell in row):
                if len(row) > len(header) and any(cell.strip() for cell in row[len(header) :]):
                    raise InputError(
                        f"{file}:{line}: {len(row)} cells under {len(header)} columns; "
                        f"put a cell that holds {delimiter!r} in quotes"
                    )
                cells = dict(zip(header, map(_bare, row), strict=False))
                records.append(Record(line, {name: cells.get(name, "") for name in header if name}))
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(f"{file}: not a table of comma-separated values: {error}") from error
    finally:
        csv.field_size_limit(limit)
    return records


def _bare(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from computing it."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA) else cell


def excel_records(raw: bytes, file: str) -> list[Record]:
    """The rows of the first sheet; a date cell is only as fine as its number format shows it.

    Raises InputError, also where the openpyxl package is missing.
    """
    try:
        from openpyxl import load_workbook
    except ImportError as error:
        raise InputError(
            f"{file}: reading Excel needs openpyxl: pip install 'story-timeline[excel]'"
        ) from error
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > _LARGEST_SHEET:
                raise InputError(
                    f"{file}: unpacks to more than {_LARGEST_SHEET:,} bytes; save it as CSV"
                )
        sheet = load_workbook(io.BytesIO(raw), read_only=True, data_only=True).worksheets[0]
        rows = [[(c.value, str(c.number_format or "")) for c in row] for row in sheet.iter_rows()]
    except InputError:
        raise
    except Exception as error:  # openpyxl raises many kinds on a damaged file
        raise InputError(f"{file}: not an Excel workbook: {str(error)[:100]}") from error
    header = [str(value or "").strip() for value, _ in rows[0]] if rows else []
    if not any(header):
        raise InputError(f"{file}: the first row of the first sheet must name the columns")
    records = []
    for line, row in enumerate(rows[1:], 2):
        cells = [_excel_cell(value, number_format) for value, number_format in row]
        if any(cell not in ("", None) for cell in cells):
            cells += [""] * (len(header) - len(cells))
            records.append(Record(line, {n: c for n, c in zip(header, cells, strict=False) if n}))
    return records


def _excel_cell(value: Any, number_format: str) -> Any:
    """A cell as text or number; of a date, what its format shows: mmm yyyy is a month, yyyy a year."""
    if isinstance(value, datetime):
        shown = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", number_format).lower()
        timed = "h" in shown or "general" in shown
        if value.time() != time() and timed:
            return value.isoformat(timespec="minutes" if value.second == 0 else "seconds")
        if "d" in shown or "y" not in shown:
            return value.date().isoformat()
        return f"{value.year:04d}-{value.month:02d}" if "m" in shown else f"{value.year:04d}"
    if isinstance(value, (date, time)):
        return value.isoformat()
    return _bare(value) if isinstance(value, str) else "" if value is None else value


def parquet_records(raw: bytes, file: str) -> list[Record]:
    """The rows of a Parquet file, counted from 1. Raises InputError."""
    try:
        import pyarrow.parquet as pq

        table = pq.ParquetFile(io.BytesIO(raw)).read()
        columns = {name: _column(table[name]) for name in table.column_names}
    except Exception as error:  # pyarrow raises many kinds on a damaged file
        raise InputError(f"{file}: not a Parquet file: {str(error)[:100]}") from error
    return frame_records(
        pd.DataFrame({name: pd.Series(c, dtype=object) for name, c in columns.items()})
    )


def _column(cells: Any) -> list[Any]:
    """The cells of an Arrow column; moments by numpy (Python has no years BCE), as the clock says."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not pa.types.is_timestamp(cells.type):
        return cells.to_pylist()
    return list((pc.local_timestamp(cells) if cells.type.tz else cells).to_numpy())


def json_records(items: list[Any], file: str) -> list[Record]:
    """The objects of a list, counted from 1. Raises InputError for anything else in it."""
    for number, item in enumerate(items, 1):
        if not isinstance(item, dict):
            raise InputError(f"{file}: entry {number} of the list is not an object")
    return [Record(number, item) for number, item in enumerate(items, 1)]


def jsonl_items(raw: bytes, file: str) -> list[Any]:
    """The objects of JSON lines. Raises InputError with the line."""
    items = []
    for number, line in enumerate(decode(raw, file).split("\n"), 1):
        if line.strip():
            try:
                items.append(json.loads(line))
            except (ValueError, RecursionError) as error:
                raise InputError(f"{file}:{number}: not JSON: {str(error)[:100]}") from error
    return items


def frame_records(frame: pd.DataFrame) -> list[Record]:
    """The rows of a frame, counted from 1; a moment at midnight is a day.

    Raises InputError where two columns have one name.
    """
    if not frame.columns.is_unique:
        twice = sorted({str(name) for name in frame.columns[frame.columns.duplicated()]})
        raise InputError(f"two columns are named {', '.join(twice)}; rename one")
    columns = {str(name): [_frame_cell(cell) for cell in frame[name]] for name in frame.columns}
    rows = zip(*columns.values(), strict=True) if columns else ()
    return [Record(n, dict(zip(columns, row, strict=True))) for n, row in enumerate(rows, 1)]


def _frame_cell(cell: Any) -> Any:
    if isinstance(cell, (datetime, pd.Timestamp, np.datetime64)):
        return iso_text(cell).removesuffix("T00:00:00")
    if isinstance(cell, date):
        return cell.isoformat()
    found = plain(cell)
    if isinstance(found, float) and found.is_integer():
        return int(found)
    return "" if found is None else found
