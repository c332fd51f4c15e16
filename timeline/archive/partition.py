"""One partition, start to finish, on whichever machine: slices to Parquet files that appear whole or not at all."""

from __future__ import annotations

import contextlib
import socket
import uuid
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq

import timeline
from timeline.archive.inputs import Slice
from timeline.archive.plan import PLAN, rejected_line
from timeline.archive.records import Bad, read_records, without_place
from timeline.errors import InputError
from timeline.reading.articles import article_row
from timeline.schema import ARTICLES, MENTIONS, Column, empty_frame, rows_frame
from timeline.tagging import tag

BATCH_ARTICLES, BATCH_CHARS = 500, 2 * 1024 * 1024
# when this many characters of text are waiting they are written, whatever the size of the partition
FLUSH_CHARS, FLUSH_MENTIONS = 32 * 1024 * 1024, 400_000
# when so many articles fail together it is no article's fault
SURELY_OURS = 8
NO_YEAR = "__HIVE_DEFAULT_PARTITION__"
ARROW = {
    "text": pa.large_string(),
    "whole": pa.int64(),
    "number": pa.float64(),
    "flag": pa.bool_(),
    "moment": pa.timestamp("s"),
}


def tag_partition(
    number: int, slices: Sequence[Slice], out: str, settings: Mapping[str, Any], strict: bool
) -> dict[str, Any]:
    """What was done, as the manifest's line: counts, and the files that are now in `out`.

    The files are written under temporary names and renamed when all are written. The same partition
    gives the same files, so that it may be done again, even at the same time by another process.
    Raises InputError if this machine does not see `out` or has another version, or, with `strict`,
    for the first bad record; OSError if it cannot write.
    """
    folder = Path(out)
    if not (folder / PLAN).exists():
        raise InputError(f"machine {socket.gethostname()} does not see {out}: use a folder that all machines share")  # fmt: skip
    if timeline.__version__ != settings["version"]:
        raise InputError(f"machine {socket.gethostname()} has timeline {timeline.__version__}, not {settings['version']}: install the same")  # fmt: skip
    work = _Work(number, folder)
    counts = dict.fromkeys(
        ("articles", "mentions", "undated", "rejected", "twice", "no_article"), 0
    )
    bad: list[Bad] = []
    with work.names():
        for rows in _batches(slices, settings, counts, bad):
            articles, mentions = _tag(rows, settings["landmarks"], bad)
            counts["articles"] += len(articles)
            counts["mentions"] += len(mentions)
            counts["undated"] += int((articles["dct"] == "").sum())
            work.add(articles, mentions)
            if strict and bad:
                break
        if strict and bad:
            first = min(bad, key=lambda one: (one.file, one.line))
            raise InputError(f"{first.file}:{first.line}: {first.reason}")
        counts["rejected"] = len(bad)
        work.flush()
        if bad:
            work.write_text("rejected", "".join(map(rejected_line, bad)))
    return {"partition": number, **counts, "files": sorted(work.files)}


def _batches(
    slices: Sequence[Slice], settings: Mapping[str, Any], counts: dict[str, int], bad: list[Bad]
) -> Iterator[list[dict[str, str]]]:
    seen: set[str] = set()
    rows: list[dict[str, str]] = []
    chars = 0
    for one in slices:
        path = Path(one.path)
        for line, raw in read_records(one):
            if isinstance(raw, Bad):
                bad.append(raw)
                continue
            if raw is None:
                counts["no_article"] += 1
                continue
            raw["where"] = f"{one.path}:{line}"
            try:
                row = article_row(raw, path, settings["published"], settings["language"])
            except InputError as error:
                bad.append(Bad(one.path, line, without_place(error, one.path, line)))
                continue
            if row["article_id"] in seen:
                counts["twice"] += 1
                continue
            seen.add(row["article_id"])
            rows.append(row | {"where": raw["where"]})
            chars += len(row["text"])
            if len(rows) >= BATCH_ARTICLES or chars >= BATCH_CHARS:
                yield rows
                rows, chars = [], 0
    if rows:
        yield rows


def _tag(
    rows: list[dict[str, str]], landmarks: Mapping[str, str], bad: list[Bad]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    try:
        articles = rows_frame(ARTICLES, rows)
        return articles, tag(articles, landmarks=dict(landmarks))
    except Exception as error:
        # one article must not cost the others: find it, and go on
        if len(rows) == 1:
            file, _, line = rows[0]["where"].rpartition(":")
            reason = " ".join(f"cannot be tagged: {type(error).__name__}: {error}".split())
            bad.append(Bad(file, int(line), reason[:300]))
            return empty_frame(ARTICLES), empty_frame(MENTIONS)
        n_bad = len(bad)
        cut = len(rows) // 2
        halves = [_tag(half, landmarks, bad) for half in (rows[:cut], rows[cut:])]
        if len(bad) - n_bad == len(rows) >= SURELY_OURS:
            raise
    both = [pd.concat(frames, ignore_index=True) for frames in zip(*halves, strict=True)]
    return both[0], both[1]


class _Dataset(NamedTuple):
    """The tables of one dataset that wait to be written, and the year of each row."""

    schema: pa.Schema
    plain: list[str]
    tables: list[pa.Table]
    years: list[list[str]]


class _Work:
    """The files of one partition: tables wait here, then are written under other names, then renamed."""

    def __init__(self, number: int, out: Path) -> None:
        self.number, self.out = number, out
        self.files: dict[str, Path] = {}
        self.n_flushed = 0
        self.chars = self.n_mentions = 0
        self.waiting = {
            "articles": _Dataset(_schema(ARTICLES), ["source", "dct", "dct_basis", "language"], [], []),
            "mentions": _Dataset(_schema(MENTIONS), REPEATED, [], []),
        }  # fmt: skip

    @contextlib.contextmanager
    def names(self) -> Iterator[None]:
        """Nothing; at the end the files get their names if all went well, else they are taken away."""
        try:
            yield
            for name, temporary in self.files.items():
                (self.out / name).parent.mkdir(parents=True, exist_ok=True)
                temporary.replace(self.out / name)
        except BaseException:
            for temporary in self.files.values():
                with contextlib.suppress(OSError):
                    temporary.unlink()
            raise

    def add(self, articles: pd.DataFrame, mentions: pd.DataFrame) -> None:
        years = [dct[:4] or NO_YEAR for dct in articles["dct"].tolist()]
        year_of = dict(zip(articles["article_id"].tolist(), years, strict=True))
        self._wait("articles", articles, years)
        self._wait("mentions", mentions, [year_of[one] for one in mentions["article_id"].tolist()])
        self.chars += sum(map(len, articles["text"].tolist()))
        self.n_mentions += len(mentions)
        if self.chars >= FLUSH_CHARS or self.n_mentions >= FLUSH_MENTIONS:
            self.flush()

    def _wait(self, name: str, frame: pd.DataFrame, years: list[str]) -> None:
        table = pa.Table.from_pandas(
            frame, schema=self.waiting[name].schema, preserve_index=False, nthreads=1
        )
        self.waiting[name].tables.append(table)
        self.waiting[name].years.append(years)

    def flush(self) -> None:
        """Nothing; what waited is written, a file a year, under temporary names."""
        for name, (_, plain, tables, parts) in self.waiting.items():
            if not tables:
                continue
            table, years = pa.concat_tables(tables), pa.array([y for part in parts for y in part], pa.string())  # fmt: skip
            for year in sorted(set(years.to_pylist())):
                rows = table.filter(pa.compute.equal(years, year))
                path = self._temporary(f"{name}/year={year}/part-{self.number:06d}-{self.n_flushed:02d}.parquet")  # fmt: skip
                pq.write_table(rows, path, compression="zstd", compression_level=1, use_dictionary=plain, row_group_size=ROWS[name])  # fmt: skip
            tables.clear()
            parts.clear()
        pa.default_memory_pool().release_unused()
        self.n_flushed += 1
        self.chars = self.n_mentions = 0

    def write_text(self, name: str, text: str) -> None:
        """Nothing; `text` is in a file of its own, under a temporary name."""
        self._temporary(f"{name}/part-{self.number:06d}.jsonl").write_text(text, "utf-8")

    def _temporary(self, name: str) -> Path:
        folder = self.out / ".tmp"
        folder.mkdir(exist_ok=True)
        self.files[name] = folder / uuid.uuid4().hex
        return self.files[name]


# a question reads some articles of many: only the row groups that they are in
ROWS = {"articles": 512, "mentions": 8192}
REPEATED = ["article_id", "type", "mod", "granularity", "anchor", "anchor_basis", "inferred", "rule", "modality", "problem"]  # fmt: skip


def _schema(columns: tuple[Column, ...]) -> pa.Schema:
    return pa.schema([(c.name, ARROW[c.kind]) for c in columns])
