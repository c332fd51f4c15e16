"""Archive files and where they can be cut: a file to slices of bounded size. Makes no articles.

A slice is a stretch of one file that can be read alone: bytes of lines (unpacked bytes where the file
is packed), rows of Parquet, records of WARC from one offset to another, or a whole small file.
"""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from timeline.errors import InputError
from timeline.reading.find import NOT_ARTICLES, Paths, expand, given_paths
from timeline.reading.formats import open_parquet, pick_fields

PACKED = (".gz", ".zst")
KINDS = (".jsonl", ".csv", ".parquet", ".warc", ".txt", ".md", ".html", ".htm")
CUT_KINDS = (".jsonl", ".csv", ".warc")
MOST_HEADERS = 1024 * 1024
MOST_RECORD = 32 * 1024 * 1024
# a slice of a packed file is reached by unpacking what lies before it, so there are few of them
MOST_SLICES_OF_PACKED = 16
LIKELY_RATIO = 4
STEP = 256


class Slice(NamedTuple):
    """A stretch of a file: `start`, `stop` (half-open) in bytes, or rows of Parquet.

    `line`: the line, row or record number of its first record.  `size`: bytes of input, for progress.
    `head`: the headings, of CSV.
    """

    path: str
    start: int
    stop: int
    line: int
    size: int
    head: list[str] | None = None


def find_inputs(paths: Paths, out: Path) -> tuple[list[Path], list[tuple[str, str]]]:
    """Absolute paths of the archive's files, each once, in sorted order; and (file, why) passed over.

    Nothing under `out` is taken.
    Raises InputError if a path does not exist, if a named file is of no known kind, or if there is none.
    """
    given = given_paths(paths)
    found, passed_over = set[Path](), list[tuple[str, str]]()
    for one in given:
        for top in expand(one):
            if not top.is_dir():
                if not kind_of(top) or not top.is_file():
                    raise InputError(
                        f"{top}: {NO_KIND if top.is_file() else 'not an ordinary file'}"
                    )
                found.add(top.resolve())
                continue
            root = top.resolve()
            for path in sorted(root.rglob("*")):
                inner = path.relative_to(root).parts
                hidden = any(part.startswith(".") for part in inner) or out in path.parents
                if hidden or path.is_dir() or path.stem.lower() in NOT_ARTICLES:
                    continue
                if root not in path.resolve().parents:
                    passed_over.append((str(path), "it is a link that leaves the folder"))
                elif not path.is_file() or not kind_of(path):
                    passed_over.append((str(path), NO_KIND))
                else:
                    found.add(path)
    if not found:
        seen = f"; passed over: {passed_over[0][0]} ({passed_over[0][1]})" if passed_over else ""
        raise InputError(f"no archive files in {', '.join(map(repr, map(str, given)))}{seen}")
    return sorted(found), passed_over


NO_KIND = f"not a kind that can be read; allowed are {', '.join(KINDS)}, and {', '.join(CUT_KINDS)} with {' or '.join(PACKED)}"


def kind_of(path: Path) -> str:
    """The file's kind, as `.jsonl` for news.jsonl.gz; empty if it cannot be read."""
    suffix = path.suffix.lower()
    if suffix in PACKED:
        inner = Path(path.stem).suffix.lower()
        return inner if inner in CUT_KINDS else ""
    return suffix if suffix in KINDS else ""


def cut(path: Path, most: int) -> tuple[list[Slice], str]:
    """The slices of `path`, each of about `most` bytes, and what is wrong with the rest of it or "".

    The file is read through once, record by record, so that nothing of its size is held; what lies
    before the damage in a damaged file is still cut.
    """
    slices: list[Slice] = []
    kind, why, head = kind_of(path), "", None
    start, done, first, position, size, number = 0, 0, 1, 0, 0, 1
    if path.suffix.lower() in PACKED and kind != ".warc":
        most = max(most, path.stat().st_size * LIKELY_RATIO // MOST_SLICES_OF_PACKED)
    try:
        if kind == ".csv":
            head = _head(path)
        for position, size, number in MARKS.get(kind, _whole)(path):
            if size - done >= most:
                slices.append(Slice(str(path), start, position, first, size - done, head))
                start, done, first = position, size, number
        _check_ends(path)
    except damages() as error:
        why = f"cannot be read from record {number} on: {reason_of(error)}"
    if position > start:
        slices.append(Slice(str(path), start, position, first, size - done, head))
    return slices, why


# Each gives, after every record: where the next begins, bytes of input up to there, the next's number.
Marks = Iterator[tuple[int, int, int]]


def _whole(path: Path) -> Marks:
    size = path.stat().st_size
    if size > MOST_RECORD:
        raise InputError(f"larger than {MOST_RECORD // 1024**2} MB, too much for one article")
    path.open("rb").close()
    yield size, size, 2


def _lines(path: Path) -> Marks:
    position, number = 0, 1
    with open_unpacked(path) as file:
        for raw in pieces(file):
            position += len(raw)
            if raw.endswith(b"\n"):
                number += 1
                yield position, position, number
    yield position, position, number + 1


def _rows(path: Path) -> Marks:
    position, done = 0, 0

    def lines() -> Iterator[str]:
        nonlocal position
        for raw in pieces(file):
            position += len(raw)
            if position - done > 2 * MOST_RECORD:  # quotes that go on for ever
                raise csv.Error(f"a row is longer than {MOST_RECORD // 1024**2} MB")
            # quotes and line ends are where they are in UTF-8
            yield raw.decode("latin-1")

    csv.field_size_limit(MOST_RECORD)
    with open_unpacked(path) as file:
        rows = csv.reader(lines())
        for _ in rows:
            done = position
            yield position, position, rows.line_num + 1


def _head(path: Path) -> list[str]:
    csv.field_size_limit(MOST_RECORD)
    with open_unpacked(path) as file:
        head = next(csv.reader(raw.decode("utf-8-sig") for raw in pieces(file)), [])
    pick_fields(dict.fromkeys(head, ""), str(path))
    return head


def _row_groups(path: Path) -> Marks:
    with open_parquet(path) as file:
        pick_fields(dict.fromkeys(file.schema_arrow.names, ""), str(path))
        row, size = 0, 0
        for group in map(file.metadata.row_group, range(file.metadata.num_row_groups)):
            for i in range(0, group.num_rows, STEP):
                n = min(STEP, group.num_rows - i)
                size += max(group.total_byte_size * n // group.num_rows, 1)
                yield row + i + n, size, row + i + n + 1
            row += group.num_rows


def _warc_records(path: Path) -> Marks:
    number = 0
    with open_unpacked(path) as file:
        if file.read(5) != b"WARC/":
            raise InputError("it does not begin as a WARC file does")
    with path.open("rb") as file:
        records = warc_records(file)
        for number, record in enumerate(records, 1):
            offset = records.get_record_offset()
            if offset:
                yield offset, offset, number
            stated = record.rec_headers.get_header("Content-Length")
            if stated is None or getattr(record.raw_stream, "limit", 1) > 0:
                raise EOFError("it has fewer bytes than it says")
    size = path.stat().st_size
    if records.offset < size:  # warcio takes a record cut short in its headers for the end
        raise EOFError("the file is cut short")
    yield size, size, number + 1


def warc_records(file: BinaryIO) -> Any:
    """warcio's iterator over a WARC file, which otherwise holds headers of any length.

    Raises ArchiveLoadFailed for a record whose headers are too long.
    """
    from warcio import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    records = ArchiveIterator(file)
    readline, offset, size = records.reader.readline, -1, 0

    def bounded(length: int | None = None) -> bytes:
        nonlocal offset, size
        line: bytes = readline(length or MOST_HEADERS)
        size = len(line) + (size if offset == records.offset else 0)
        offset = records.offset
        if size >= MOST_HEADERS:
            raise ArchiveLoadFailed(f"its headers are longer than {MOST_HEADERS:,} bytes")
        return line

    records.reader.readline = bounded
    return records


def _check_ends(path: Path) -> None:
    """Nothing, if a packed file is whole: neither zstandard nor warcio says so when it is cut short.

    Raises EOFError, or what gzip raises. Source for .zst: RFC 8878, 3.1.1 and 3.1.2.
    """
    suffix, size = path.suffix.lower(), path.stat().st_size
    if suffix == ".gz" and kind_of(path) == ".warc":
        with gzip.open(path, "rb") as unpacked:
            while unpacked.read(MOST_HEADERS):
                pass
    if suffix != ".zst":
        return
    import zstandard

    with path.open("rb") as file:
        while head := file.read(18):
            start = file.tell() - len(head)
            if head[1:4] == b"\x2a\x4d\x18":  # a frame to be skipped
                file.seek(start + 8 + int.from_bytes(head[4:8], "little"))
            else:
                file.seek(start + zstandard.frame_header_size(head))
                last = False
                while not last and file.tell() < size:
                    block = int.from_bytes(file.read(3), "little")
                    last = bool(block & 1)
                    file.seek(1 if block >> 1 & 3 == 1 else block >> 3, 1)
                file.seek(4 * zstandard.get_frame_parameters(head).has_checksum + (not last), 1)
            if file.tell() > size:
                raise EOFError("the file is cut short")


MARKS = {".jsonl": _lines, ".csv": _rows, ".parquet": _row_groups, ".warc": _warc_records}


def open_unpacked(path: Path) -> BinaryIO:
    """The bytes of a file, unpacked if its name ends in .gz or .zst."""
    suffix = path.suffix.lower()
    if suffix == ".gz":
        return cast(BinaryIO, gzip.open(path, "rb"))
    if suffix == ".zst":
        import zstandard

        unpacked = zstandard.ZstdDecompressor().stream_reader(
            path.open("rb"), read_across_frames=True, closefd=True
        )
        return io.BufferedReader(cast(io.RawIOBase, unpacked), 128 * 1024)
    return path.open("rb")


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """The lines of `file`; one longer than MOST_RECORD comes in pieces, so that none fills the memory."""
    return iter(lambda: file.readline(MOST_RECORD), b"")


def damages() -> tuple[type[Exception], ...]:
    """The exceptions that reading a damaged or forbidden file can raise."""
    import pyarrow
    import zstandard
    from warcio.exceptions import ArchiveLoadFailed

    # AttributeError: warcio's, for a record without an address
    return (OSError, EOFError, OverflowError, AttributeError, zlib.error, csv.Error, ValueError, pyarrow.ArrowException,
            zstandard.ZstdError, ArchiveLoadFailed)  # fmt: skip


def reason_of(error: Exception) -> str:
    """Why, in one line of at most 200 characters, without the file's name."""
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(text.split())[:200]
