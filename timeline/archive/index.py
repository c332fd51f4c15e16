"""The full-text index: in which articles words stand, as SQLite files of some partitions each. Reads no dates.

A file is named after the partitions that it covers, appears whole or not at all, and is never changed.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import sqlite3
import uuid
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

FORMAT = 1
PARTITIONS = 8
BATCH = 1000
# scripts that are written without spaces: each of their characters is a word
ALONE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
BY_ITSELF = re.compile(f"[{ALONE}]")
LETTER = re.compile(r"[^\W_]")
NO_WORD = re.compile(r"[^\w\x00-\x7f]")
TABLES = """
pragma journal_mode = off;
pragma synchronous = off;
create table files (file integer primary key, name text);
create table places (place integer primary key, dct text, article_id text, file integer, row integer);
create virtual table words using fts5(title, text, content='', columnsize=0, tokenize='ascii');
insert into words(words, rank) values ('hashsize', 67108864);
begin;
"""
FINISH = """
begin;
insert into words(words) values ('optimize');
create index by_date on places(dct);
commit;
"""


class Place(NamedTuple):
    """Where an article stands, and what it is ranked by: `hits` of the terms are in its title."""

    hits: int
    dct: str
    article_id: str
    file: str
    row: int


def files_needed(done: Iterable[int]) -> dict[str, list[int]]:
    """File name -> the partitions that it covers, for an index of all partitions that are `done`."""
    groups: dict[int, list[int]] = {}
    for number in sorted(done):
        groups.setdefault(number // PARTITIONS, []).append(number)

    def name(group: int, members: list[int]) -> str:
        covers = hashlib.blake2b(repr((FORMAT, members)).encode(), digest_size=4).hexdigest()
        return f"index/words-{group:05d}-{covers}.sqlite"

    return {name(group, members): members for group, members in groups.items()}


def is_whole(out: Path, done: Iterable[int]) -> bool:
    """Whether the index of the archive in `out` covers all partitions that are `done`."""
    return all((out / name).exists() for name in files_needed(done))


def words_of(text: str) -> str:
    """`text` as SQLite's tokenizer `ascii` cuts it into words, without case; it does ASCII itself."""
    if text.isascii():
        return text
    return BY_ITSELF.sub(r" \g<0> ", NO_WORD.sub(" ", text.upper().casefold()))


def write_words(name: str, articles: Sequence[str], out: str) -> None:
    """Nothing; the file `name` of the index is in `out`: the words of these files of articles.

    Raises OSError if it cannot be written.
    """
    folder, temporary = Path(out), Path(out) / ".tmp" / uuid.uuid4().hex
    temporary.parent.mkdir(exist_ok=True)
    try:
        with closing(sqlite3.connect(temporary, isolation_level=None)) as base:
            base.executescript(TABLES)
            base.executemany("insert into files values (?, ?)", enumerate(sorted(articles)))
            number = 0
            for rows in _in_order(folder, sorted(articles)):
                numbers = range(number, number := number + len(rows))
                places = [(n, *row[:4]) for n, row in zip(numbers, rows, strict=True)]
                words = [(n, *map(words_of, row[4:])) for n, row in zip(numbers, rows, strict=True)]
                base.executemany("insert into places values (?, ?, ?, ?, ?)", places)
                base.executemany("insert into words (rowid, title, text) values (?, ?, ?)", words)
            base.executescript(FINISH)
        (folder / name).parent.mkdir(exist_ok=True)
        temporary.replace(folder / name)
    except sqlite3.Error as error:
        full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
        raise OSError(errno.ENOSPC if full else errno.EIO, str(error), name) from None
    finally:
        temporary.unlink(missing_ok=True)


def _in_order(out: Path, articles: Sequence[str]) -> Iterator[list[tuple[Any, ...]]]:
    """(dct, article_id, file, row, title, text) in batches: the best of equally good articles last."""
    years: dict[str, list[int]] = {}
    for number, name in enumerate(articles):
        year = Path(name).parent.name.partition("=")[2]
        years.setdefault(year if year.isdigit() else "", []).append(number)
    for year in sorted(years):
        tables = []
        for number in years[year]:
            columns = ["dct", "article_id", "title", "text"]
            table = pq.read_table(out / articles[number], columns=columns, partitioning=None)
            rows = pa.array(range(len(table)))
            table = table.add_column(2, "file", pa.repeat(number, len(table)))
            tables.append(table.add_column(3, "row", rows))
        table = pa.concat_tables(tables).combine_chunks()
        dcts, ids, files = (table[name].to_pylist() for name in ("dct", "article_id", "file"))
        order = sorted(range(len(table)), key=lambda i: (ids[i], files[i]), reverse=True)
        order.sort(key=dcts.__getitem__)
        for start in range(0, len(order), BATCH):
            taken = table.take(order[start : start + BATCH])
            yield list(zip(*(column.to_pylist() for column in taken.columns), strict=True))


def search(
    out: Path, names: Iterable[str], terms: Sequence[str], first: str, last: str, most: int
) -> list[Place]:
    """The best `most` articles that hold every term's words in a row, in title or text, best first.

    `terms`: as in `find_articles`; their punctuation is not looked at, so that too many are found rather
    than too few.  `first`, `last`: bounds of `dct`, half-open, as text is ordered.
    Raises sqlite3.Error if a file of the index cannot be read.
    """
    queries = [_query(term) for term in terms]
    hits = " + ".join(["(rowid in (select rowid from words where words match ?))"] * len(queries))
    sql = (
        "select hits, dct, article_id, name, row from ("
        f"select rowid as place, {hits} as hits from words where words match ? "
        "and rowid >= (select min(place) from places where dct >= ?) "
        "and rowid <= (select max(place) from places where dct < ?) "
        "order by hits desc, rowid desc limit ?) join places using (place) join files using (file)"
    )
    values = [*(f"title : {query}" for query in queries), " AND ".join(queries), first, last, most]

    def ask(name: str) -> list[Place]:
        address = f"{(out / name).resolve().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as base:
            return [Place(*row) for row in base.execute(sql, values)]

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        found = [place for places in threads.map(ask, names) for place in places]
    found.sort(key=lambda place: (place.article_id, place.file))
    found.sort(key=lambda place: (place.hits, place.dct), reverse=True)
    return found[:most]


def _query(term: str) -> str:
    stem = term.rstrip("*")
    beginning = stem != term and LETTER.match(stem[-1])
    return f'"{words_of(stem)}"' + " *" * bool(beginning)
