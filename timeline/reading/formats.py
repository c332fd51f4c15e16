"""One reader a file kind: bytes to raw article fields (text, title, source, published, url, language).

Every reader gives dicts of strings with `where`, the file and line for messages; none resolves or checks dates.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from timeline.errors import InputError
from timeline.files import decode, read_file

if TYPE_CHECKING:
    from pyarrow import RecordBatch
    from pyarrow.parquet import ParquetFile

FIELDS = {
    "text": ("text", "body", "content", "article"),
    "title": ("title", "headline"),
    "source": ("source", "publisher", "newspaper", "outlet"),
    "published": ("published", "date", "dct", "publication_date", "pub_date"),
    "url": ("url", "link"),
    "language": ("language", "lang"),
}
NAMED = {alias: field for field, aliases in FIELDS.items() for alias in aliases}
Raw = dict[str, Any]


def lines_of(path: Path) -> str:
    """The file's text, whose line ends all become newlines. Raises InputError as `files.decode` does."""
    return decode(read_file(path), str(path)).replace("\r\n", "\n").replace("\r", "\n")


def read_text(path: Path) -> Iterator[Raw]:
    """One article of plain text; a short first line without a full stop is also its title."""
    text = lines_of(path)
    yield {"text": text, "title": _headline(text), "where": f"{path}:1"}


def _headline(text: str) -> str:
    first, _, rest = text.lstrip().partition("\n")
    first = first.strip()
    return first if rest.strip() and 0 < len(first) <= 120 and first[-1] not in '.!?:;,”"' else ""


def read_markdown(path: Path) -> Iterator[Raw]:
    """One article with front matter between `---` lines; without any it is plain text."""
    text = lines_of(path)
    if not text.startswith("---\n"):
        yield from read_text(path)
        return
    match = re.compile(r"^---[ \t]*$", re.M).search(text, 4)
    if not match:
        raise InputError(
            f"{path}:1: the front matter has no closing '---' line; add one after the last 'key: value'"
        )
    meta = _front_matter(path, text[4 : match.start()])
    body = text[match.end() :].lstrip("\n")
    yield {**meta, "text": body, "where": f"{path}:{_line_of(text, 'published')}"}


def _front_matter(path: Path, block: str) -> Raw:
    import yaml

    if len(block) > 65536:
        raise InputError(
            f"{path}:1: the front matter is longer than 64 KiB; put the text below the second '---'"
        )
    try:
        # BaseLoader makes nothing but strings, lists and dicts
        meta = yaml.load(block, Loader=yaml.BaseLoader) or {}
    except (yaml.YAMLError, RecursionError) as error:
        if plain := _plain_lines(block):
            return _known_fields(plain, block, path)
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 2
        what = getattr(error, "problem", None) or "not understood"
        raise InputError(
            f"{path}:{line}: broken front matter ({what}); write 'key: value' lines, a value with a colon or bracket in quotation marks"
        ) from None
    if not isinstance(meta, dict):
        raise InputError(f"{path}:2: the front matter is not 'key: value' lines")
    return _known_fields(meta, block, path)


def _plain_lines(block: str) -> dict[str, str]:
    """`key: value` lines whose values hold colons, as headlines do and YAML does not allow; else nothing."""
    lines = [line for line in block.split("\n") if line.strip()]
    pairs = [re.fullmatch(r"([A-Za-z_]+):[ \t]+([^\[\]{}\"'|>&*!%@`].*)", line) for line in lines]
    return {pair[1]: pair[2].strip() for pair in pairs if pair} if all(pairs) else {}


def _known_fields(meta: dict[Any, Any], block: str, path: Path) -> Raw:
    out: Raw = {}
    for key, value in meta.items():
        known = _known(str(key), f"{path}:{_line_of(block, str(key)) + 1}")
        if known and isinstance(value, str):
            out[known] = value
    return out


def _known(key: str, where: str) -> str:
    name = key.strip().lower()
    if name in NAMED:
        return NAMED[name]
    close = get_close_matches(name, NAMED, n=1, cutoff=0.8)
    if close:
        raise InputError(f"{where}: unknown key {key!r}; did you mean {close[0]!r}?")
    return ""


def _line_of(text: str, key: str) -> int:
    for number, line in enumerate(text.split("\n", 100), 1):
        if line.lower().startswith(key.lower()):
            return number
    return 1


def read_html(path: Path) -> Iterator[Raw]:
    """One web page, as `page_fields` reads it."""
    yield page_fields(read_file(path), f"{path}:1")


def page_fields(data: bytes, where: str) -> Raw:
    """A web page's fields: trafilatura finds the text, htmldate the date; the basis of that date is `html`.

    Raises InputError, with `where`, for a page that holds no article.
    """
    import trafilatura
    from htmldate import find_date
    from trafilatura.settings import Document

    if not data.strip():
        raise InputError(f"{where}: the page is empty")
    try:
        page = trafilatura.bare_extraction(data, with_metadata=True, include_comments=False)
        # a fixed latest date, so that the result does not depend on the day it is run
        markup = data.decode("utf-8", "replace")
        found = find_date(markup, original_date=True, extensive_search=False, max_date="2100-01-01")
    except (ValueError, AssertionError, RecursionError) as error:
        raise InputError(f"{where}: not a web page that can be read ({error})") from None
    if not isinstance(page, Document) or not page.text:
        raise InputError(
            f"{where}: no article text found in the page; paste the text into a .txt file"
        )
    return {
        "text": page.text,
        "title": page.title or "",
        "source": page.sitename or page.hostname or "",
        "url": page.url or "",
        "language": page.language or "",
        "published": found or "",
        "dct_basis": "html",
        "where": where,
    }


def read_jsonl(path: Path) -> Iterator[Raw]:
    """One article a line, each a JSON object with at least `text`."""
    for number, line in enumerate(lines_of(path).split("\n"), 1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InputError(
                f"{where}: not JSON ({getattr(error, 'msg', 'too deep')}); write one object a line"
            ) from None
        if not isinstance(row, dict):
            raise InputError(f"{where}: {type(row).__name__} where an object with 'text' is needed")
        yield {**pick_fields(row, where), "where": where}


def read_csv(path: Path) -> Iterator[Raw]:
    """One article a row, under a heading with at least `text`."""
    csv.field_size_limit(2**31 - 1)
    rows = csv.reader(io.StringIO(lines_of(path).replace("\0", "")))
    try:
        head = next(rows, [])
        line = rows.line_num + 1
        for row in rows:
            if any(row):
                if len(row) > len(head):
                    raise InputError(
                        f"{path}:{line}: {len(row)} cells under {len(head)} headings; quote cells with commas"
                    )
                fields = pick_fields(dict(zip(head, row, strict=False)), f"{path}:1")
                yield {**fields, "where": f"{path}:{line}"}
            line = rows.line_num + 1
    except csv.Error as error:
        raise InputError(f"{path}:{rows.line_num}: broken CSV ({error})") from None


def read_parquet(path: Path) -> Iterator[Raw]:
    """One article a row, with at least the column `text`."""
    import pyarrow

    number = 0
    try:
        with open_parquet(path) as file:
            for batch in file.iter_batches(ROWS_AT_ONCE):
                for row in batch_rows(batch):
                    number += 1
                    yield {**pick_fields(row, str(path)), "where": f"{path}: row {number}"}
    except InputError:
        raise
    except (pyarrow.ArrowException, ValueError, OverflowError, OSError) as error:
        raise InputError(
            f"{path}: not a Parquet file ({str(error).splitlines()[0][:100]})"
        ) from None


ROWS_AT_ONCE = 256
MOST_UNPACKED = 1_000_000_000


def open_parquet(path: Path) -> ParquetFile:
    """A Parquet file whose texts stay as they are packed: one that comes a million times is held once.

    Raises InputError if a group of its rows is too large to unpack, and what pyarrow raises.
    """
    import pyarrow
    from pyarrow.parquet import ParquetFile

    with ParquetFile(path) as file:
        groups = (file.metadata.row_group(i) for i in range(file.metadata.num_row_groups))
        if any(group.total_byte_size > MOST_UNPACKED for group in groups):
            raise InputError(
                f"{path}: a group of rows unpacks to more than {MOST_UNPACKED:,} bytes; write it with smaller groups"
            )
        texts = [f.name for f in file.schema_arrow if pyarrow.types.is_string(f.type) or pyarrow.types.is_large_string(f.type)]  # fmt: skip
    return ParquetFile(path, read_dictionary=texts)


def batch_rows(batch: RecordBatch) -> Iterator[dict[str, Any]]:
    """The rows as dicts; rows with one text share it."""
    cells = []
    for column in batch.columns:
        if hasattr(column, "dictionary"):
            words = column.dictionary.to_pylist()
            cells.append([None if n is None else words[n] for n in column.indices.to_pylist()])
        else:
            cells.append(column.to_pylist())
    for row in zip(*cells, strict=True):
        yield dict(zip(batch.schema.names, row, strict=True))


def pick_fields(row: dict[str, Any], where: str) -> Raw:
    """The known fields of a record as text, by any of their names; `text` must be among them.

    Raises InputError for a text that is none, and for a field that is a list or a table.
    """
    out = {
        NAMED[key.strip().lower()]: value
        for key, value in row.items()
        if key and key.strip().lower() in NAMED
    }
    if "text" not in out:
        raise InputError(
            f"{where}: no column 'text' among {', '.join(map(repr, row)) or 'none'}; "
            f"known columns are {', '.join(FIELDS)}"
        )
    return {key: _as_text(key, value, where) for key, value in out.items()}


def _as_text(key: str, value: Any, where: str) -> str:
    if isinstance(value, str):
        return value
    if value is None or value != value:
        return ""
    if key == "text" or not isinstance(value, int | float | date):
        raise InputError(f"{where}: {key!r} is a {type(value).__name__}, not text; give it as text")
    return str(value)


READERS = {
    ".txt": read_text,
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_jsonl,
    ".csv": read_csv,
    ".parquet": read_parquet,
}
