"""A slice to its records: raw article fields, or why a record is none. Dates are not checked here."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from timeline.archive.inputs import (
    MOST_RECORD,
    PACKED,
    Slice,
    damages,
    kind_of,
    open_unpacked,
    pieces,
    reason_of,
    warc_records,
)
from timeline.errors import InputError
from timeline.reading.formats import (
    NAMED,
    READERS,
    Raw,
    batch_rows,
    open_parquet,
    page_fields,
    pick_fields,
)

# of one slice, so that a packed file of nothing but line ends fills neither memory nor disk
MOST_BAD = 100_000
TOO_LONG = f"longer than {MOST_RECORD // 1024**2} MB, too much for one article"


class Bad(NamedTuple):
    """A record that cannot be used: where it is and why."""

    file: str
    line: int
    reason: str


def read_records(one: Slice) -> Iterator[tuple[int, Raw | Bad | None]]:
    """(line, fields) of each record in the slice, in order; None for one that is no article at all.

    The line is its line, row or record number. A record that cannot be read comes as Bad; so does the
    rest of a slice in which the file is damaged. Nothing is raised.
    """
    line, n_bad = one.line, 0
    try:
        for line, record in READ.get(kind_of(Path(one.path)), _whole)(one):
            n_bad += isinstance(record, Bad)
            if n_bad <= MOST_BAD or not isinstance(record, Bad):
                yield line, record
    except InputError as error:
        yield line, Bad(one.path, line, without_place(error, one.path, line))
    except damages() as error:
        yield line, Bad(one.path, line, f"the rest cannot be read: {reason_of(error)}")
    if n_bad > MOST_BAD:
        yield line, Bad(one.path, line, f"{n_bad - MOST_BAD:,} more records before this cannot be read, and are not listed")  # fmt: skip


def without_place(error: Exception, path: str, line: int) -> str:
    """The error's sentence without the file and line that it starts with."""
    text = str(error)
    for place in (f"{path}:{line}", f"{path}:{line}:1", f"{path}:1", path, f"row {line}"):
        text = text.removeprefix(f"{place}: ")
    return text


Records = Iterator[tuple[int, "Raw | Bad | None"]]


def _lines(one: Slice) -> Iterator[bytes]:
    """The slice's lines; one that is too long comes cut short, without its end."""
    position = one.start
    with open_unpacked(Path(one.path)) as file:
        _skip(file, one)
        for raw in pieces(file):
            position += len(raw)
            yield raw
            while len(raw) == MOST_RECORD and not raw.endswith(b"\n"):
                raw = file.readline(MOST_RECORD)
                position += len(raw)
            if position >= one.stop:
                return


def _skip(file: BinaryIO, one: Slice) -> None:
    if not one.path.lower().endswith(PACKED):
        file.seek(one.start)
        return
    left = one.start
    while left > 0:
        left -= len(file.read(min(left, 256 * 1024))) or left


def _json_lines(one: Slice) -> Records:
    for line, raw in enumerate(_lines(one), one.line):
        where = f"{one.path}:{line}"
        try:
            if len(raw) == MOST_RECORD:
                raise InputError(TOO_LONG)
            if not raw.strip():
                continue
            row = json.loads(raw.decode("utf-8-sig"))
            if not isinstance(row, dict):
                raise InputError(f"{type(row).__name__} where an object with 'text' is needed")
            yield line, pick_fields(row, where)
        except InputError as error:
            yield line, Bad(one.path, line, without_place(error, one.path, line))
        except UnicodeDecodeError as error:
            yield line, Bad(one.path, line, f"byte 0x{raw[error.start]:02x} is not UTF-8")
        except (ValueError, RecursionError) as error:
            yield line, Bad(one.path, line, f"not JSON ({getattr(error, 'msg', 'too deep')})")


def _csv_rows(one: Slice) -> Records:
    csv.field_size_limit(MOST_RECORD)
    rows = csv.reader(raw.decode("utf-8", "surrogateescape") for raw in _lines(one))
    head = one.head or []
    if one.start == 0:
        next(rows, None)
    line = one.line + rows.line_num
    for row in rows:
        if len(row) > len(head):
            yield line, Bad(one.path, line, f"{len(row)} cells under {len(head)} headings; quote cells with commas")  # fmt: skip
        elif any("\udc80" <= c <= "\udcff" for cell in row for c in cell if c > "\ud7ff"):
            yield line, Bad(one.path, line, "not UTF-8; save the file as UTF-8")
        elif any(row):
            yield line, pick_fields(dict(zip(head, row, strict=False)), one.path)
        line = one.line + rows.line_num


def _parquet_rows(one: Slice) -> Records:
    first = 0
    with open_parquet(Path(one.path)) as file:
        names = [name for name in file.schema_arrow.names if name.strip().lower() in NAMED]
        for group in range(file.metadata.num_row_groups):
            n_rows = file.metadata.row_group(group).num_rows
            if first < one.stop and first + n_rows > one.start:
                at = first
                for batch in file.iter_batches(256, row_groups=[group], columns=names):
                    if at < one.stop and at + len(batch) > one.start:
                        for line, row in enumerate(batch_rows(batch), at + 1):
                            if one.start < line <= one.stop:
                                yield line, _picked(row, one.path, line)
                    at += len(batch)
            first += n_rows


def _picked(row: dict[str, Any], path: str, line: int) -> Raw | Bad:
    try:
        raw = pick_fields(row, path)
    except InputError as error:
        return Bad(path, line, without_place(error, path, line))
    return raw if len(raw["text"]) < MOST_RECORD else Bad(path, line, TOO_LONG)


def _warc(one: Slice) -> Records:
    with Path(one.path).open("rb") as file:
        file.seek(one.start)
        records = warc_records(file)
        for number, record in enumerate(records, one.line):
            # not get_record_offset(), which reads the record to its end
            if records.offset >= one.stop:
                return
            try:
                yield number, _page(record)
            except InputError as error:
                yield number, Bad(one.path, number, without_place(error, one.path, number))


def _page(record: Any) -> Raw | None:
    headers, url = record.http_headers, record.rec_headers.get_header("WARC-Target-URI") or ""
    kind = (headers or record.rec_headers).get_header("Content-Type") or ""
    if record.rec_type not in ("response", "resource", "conversion") or "dns:" in url[:4]:
        return None
    if headers is not None and headers.get_statuscode() != "200":
        return None
    if not any(known in kind.lower() for known in ("html", "text/plain")):
        return None
    data = record.content_stream().read(MOST_RECORD)
    if len(data) == MOST_RECORD:
        raise InputError(TOO_LONG)
    if "html" not in kind.lower():
        # a WET record: text that was taken out of a page by whoever made the file
        return {"text": data.decode("utf-8", "replace"), "url": url, "source": _host(url)}
    try:
        raw = page_fields(data, "page")
    except InputError as error:
        raise InputError(str(error).removeprefix("page: ")) from None
    return {**raw, "url": url or raw["url"], "source": raw["source"] or _host(url)}


def _host(url: str) -> str:
    return url.split("://")[-1].split("/")[0].removeprefix("www.")


def _whole(one: Slice) -> Records:
    for raw in READERS[kind_of(Path(one.path))](Path(one.path)):
        yield 1, raw


READ = {".jsonl": _json_lines, ".csv": _csv_rows, ".parquet": _parquet_rows, ".warc": _warc}
