"""Files to the articles frame: each article once, in an order that does not depend on the file system."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import NoneType
from typing import Any

import pandas as pd

from timeline.errors import FLAG, TEXT, InputError, expect, require
from timeline.reading.dates import publication_date
from timeline.reading.find import Paths, find_files
from timeline.reading.formats import READERS, Raw
from timeline.schema import ARTICLES, rows_frame

NO_DATE = "no publication date, so relative dates stay unresolved: {}pass --published"
TOO_MUCH = "from here on there are more than a thousand million characters; give these files to `timeline archive`"
HOW_TO_DATE = {
    ".md": "add 'published: 2014-11-06' between '---' lines at its top, or ",
    ".txt": "rename it to .md with 'published: 2014-11-06' between '---' lines at its top, or ",
    ".jsonl": "add a key 'published', or ",
    ".csv": "add a column 'published', or ",
    ".parquet": "add a column 'published', or ",
}

NO_TEXT = re.compile("[\0-\x08\x0e-\x1f\x7f\N{REPLACEMENT CHARACTER}]")
MOST_CHARS = 1_000_000_000


def read_articles(
    paths: Paths, published: str | None = None, *, language: str = "en", keep_going: bool = False
) -> pd.DataFrame:
    """The articles of a story, one row each, ordered by date, source and id.

    `paths`: a folder, file or glob, or several, of .txt, .md, .html, .jsonl, .csv or .parquet.
    `published`: ISO date for each article that states none (`dct_basis` is then `user`).
    `keep_going`: list a file that cannot be read instead of raising.
    Returns a frame in the ARTICLES schema; `frame.attrs["problems"]` holds one dict (file, line,
    problem) for each thing that was passed over or lacks a date.
    Raises InputError, one sentence with file and line, if there is no article or one cannot be read.

    >>> read_articles("data/iran-letters")[["source", "dct", "dct_basis"]].values.tolist()
    [['Forward', '2014-11-06', 'stated'], ['The Hill', '2014-11-06', 'stated']]
    """
    require(published, (str, date, NoneType), "published", "an ISO date as text, or None")
    expect(language=(language, TEXT), keep_going=(keep_going, FLAG))
    if published is not None:
        published = publication_date(published, "published")
    files, passed_over = find_files(paths)
    problems = [_problem(name, why) for name, why in passed_over]
    rows: dict[str, dict[str, str]] = {}
    n_chars = 0
    for path in files:
        try:
            for raw in _read(path):
                n_chars += len(raw["text"])
                if n_chars > MOST_CHARS:
                    raise InputError(f"{raw['where']}: {TOO_MUCH}")
                row = article_row(raw, path, published, language)
                if row["article_id"] in rows:
                    twice = "the same article comes twice; it is kept once"
                    problems.append(_problem(raw["where"], twice))
                    continue
                if row["dct_basis"] == "missing":
                    how = NO_DATE.format(HOW_TO_DATE.get(path.suffix.lower(), ""))
                    problems.append(_problem(raw["where"], how))
                rows[row["article_id"]] = row
        except InputError as error:
            if not keep_going:
                raise
            problems.append(_problem(*_split_where(str(error))))
    if not rows:
        more = " and the other files" if len(files) > 1 else ""
        why = problems[0]["problem"] if problems else "there is no text"
        raise InputError(f"no article could be read from {files[0]}{more}: {why}")
    ordered = sorted(rows.values(), key=lambda row: (row["dct"], row["source"], row["article_id"]))
    frame = rows_frame(ARTICLES, ordered)
    frame.attrs["problems"] = problems
    return frame


def _read(path: Path) -> Iterator[Raw]:
    try:
        yield from READERS[path.suffix.lower()](path)
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read: {error.strerror or error}; check that it is yours to read"
        ) from None


def article_row(raw: Raw, path: Path, published: str | None, language: str) -> dict[str, str]:
    """One row of the articles frame from raw fields.

    Raises InputError, with file and line, for an empty text or a date that cannot be used.
    """
    where, text = raw["where"], raw["text"].replace("\0", "\N{REPLACEMENT CHARACTER}")
    if not text.strip():
        raise InputError(f"{where}: the article has no text; write it in, or take the file away")
    n_odd = sum(1 for _ in NO_TEXT.finditer(text))
    if n_odd * 10 > len(text):
        raise InputError(
            f"{where}: this is no text: {n_odd:,} of {len(text):,} characters are control characters or unreadable; "
            "save it as UTF-8, or take the file away"
        )
    dct = publication_date(raw.get("published"), where)
    basis = raw.get("dct_basis", "stated") if dct else "user" if published else "missing"
    source = (raw.get("source") or "").strip() or path.stem
    title = (raw.get("title") or "").strip()
    key = "\0".join((source, title, dct or published or "", text)).encode("utf-8", "surrogatepass")
    return {
        "article_id": hashlib.blake2b(key, digest_size=6).hexdigest(),
        "title": title,
        "source": source,
        "url": (raw.get("url") or "").strip(),
        "dct": dct or published or "",
        "dct_basis": basis,
        "language": (raw.get("language") or language).strip().lower()[:2],
        "text": text,
    }


def _split_where(message: str) -> tuple[str, str]:
    where, _, why = message.partition(": ")
    return where, why


def _problem(where: str, problem: str) -> dict[str, Any]:
    file, _, line = where.rpartition(":")
    if not line.isdigit():
        file, line = where, "0"
    return {"file": file, "line": int(line), "problem": problem}
