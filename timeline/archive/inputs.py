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
from os import PathLike
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from timeline.errors import InputError
from timeline.reading.find import NOT_ARTICLES, Paths, expand
from timeline.reading.formats import pick_fields

PACKED = (".gz", ".zst")
KINDS = (".jsonl", ".csv", ".parquet", ".warc", ".txt", ".md", ".html", ".htm")
CUT_KINDS = (".jsonl", ".csv", ".warc")
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
    given = [paths] if isinstance(paths, str | PathLike) else list(paths)
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
    position = 0

    def lines() -> Iterator[str]:
        nonlocal position
        for raw in pieces(file):
            position += len(raw)
            # quotes and line ends are where they are in UTF-8
            yield raw.decode("latin-1")

    csv.field_size_limit(MOST_RECORD)
    with open_unpacked(path) as file:
        rows = csv.reader(lines())
        for _ in rows:
            yield position, position, rows.line_num + 1


def _head(path: Path) -> list[str]:
    csv.field_size_limit(MOST_RECORD)
    with open_unpacked(path) as file:
        head = next(csv.reader(raw.decode("utf-8-sig") for raw in pieces(file)), [])
    pick_fields(dict.fromkeys(head, ""), str(path))
    return head


def _row_groups(path: Path) -> Marks:
    from pyarrow.parquet import ParquetFile

    with ParquetFile(path) as file:
        pick_fields(dict.fromkeys(file.schema_arrow.names, ""), str(path))
        row, size = 0, 0
        for group in map(file.metadata.row_group, range(file.metadata.num_row_groups)):
            for i in range(0, group.num_rows, STEP):
                n = min(STEP, group.num_rows - i)
                size += max(group.total_byte_size * n // group.num_rows, 1)
                yield row + i + n, size, row + i + n + 1
            row += group.num_rows


def _warc_records(path: Path) -> Marks:
    from warcio import ArchiveIterator

    number = 0
    with open_unpacked(path) as file:
        if file.read(5) != b"WARC/":
            raise InputError("it does not begin as a WARC file does")
    with path.open("rb") as file:
        records = ArchiveIterator(file)
        for number, _ in enumerate(records, 1):
            offset = records.get_record_offset()
            if offset:
                yield offset, offset, number
    size = path.stat().st_size
    yield size, size, number + 1


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

    return (OSError, EOFError, zlib.error, csv.Error, ValueError, pyarrow.ArrowException,
            zstandard.ZstdError, ArchiveLoadFailed)  # fmt: skip


def reason_of(error: Exception) -> str:
    """Why, in one line of at most 200 characters, without the file's name."""
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(text.split())[:200]
