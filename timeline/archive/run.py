"""The whole run: plan, hand out partitions through Dask, write down what is done. Reads no article itself."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import timeline
from timeline.archive import plan as plans
from timeline.archive.cluster import AGAIN, INSTALL, KILLS, engine_for, require_extras
from timeline.archive.index import files_needed, write_words
from timeline.errors import FLAG, TABLE, TEXT, WHOLE, InputError, expect, maybe
from timeline.files import folder_of
from timeline.reading.dates import publication_date
from timeline.reading.find import Paths
from timeline.reading.story_file import check_landmark

if TYPE_CHECKING:
    from distributed import Client


@dataclass(frozen=True)
class Summary:
    """What is in the archive `out` after a run.

    `size`: bytes of input in the `files`, unpacked where they are lines.  `done`: of the `partitions`.
    `undated`: articles without a publication date.  `twice`: copies passed over within a partition.
    `no_article`: records of a web archive that are no page, such as redirects and pictures.
    """

    out: Path
    files: int
    size: int
    partitions: int
    done: int
    articles: int
    mentions: int
    undated: int
    rejected: int
    twice: int
    no_article: int

    def __str__(self) -> str:
        counts = f"{self.articles:,} articles, {self.mentions:,} mentions, {self.undated:,} without a publication date, {self.rejected:,} rejected"
        more = f", {self.twice:,} given twice" * bool(self.twice)
        more += f", {self.no_article:,} records that are no page" * bool(self.no_article)
        left = self.partitions - self.done
        if not self.done:
            return f"{self.out}: {self.files:,} files, {self.size / 1e6:,.1f} MB to read in {left:,} partition{'s' * (left != 1)}, {self.rejected:,} that cannot be read"
        more += f"; {left:,} of {self.partitions:,} partitions are still to do" * bool(left)
        return f"{self.out}: {counts}{more}"


def tag_archive(
    paths: Paths,
    out: str | os.PathLike[str],
    *,
    client: Client | None = None,
    workers: int | None = None,
    landmarks: Mapping[str, str] | None = None,
    published: str | None = None,
    language: str = "en",
    strict: bool = False,
    dry_run: bool = False,
    progress: bool = True,
    with_index: bool = True,
    partition_bytes: int = plans.MOST_BYTES,
) -> Summary:
    """What is in the archive `out` when every article of `paths` is tagged.

    `paths`: files or folders of .jsonl(.gz, .zst), .csv, .parquet, .warc(.gz), .txt, .md, .html.
    `out`: folder of two Parquet datasets, articles/ and mentions/, by year of publication, with
    rejected.jsonl (file, line, reason) beside them.  A run that was cut short goes on where it was;
    new files are added to what is there.
    `client`: a Dask client; without one, `workers` local processes (as many as cores), so that a
    script must be under `if __name__ == "__main__":`.
    `strict`: stop at the first record that cannot be read.  `dry_run`: only plan; nothing is written.
    `landmarks`, `published`, `language`: as for `read_story`.  `with_index`: make the full-text index.
    Raises InputError, one sentence, for input, cluster or disk that cannot be used.
    """
    require_extras()
    expect(
        landmarks=(landmarks, maybe(TABLE)), published=(published, maybe(TEXT)), language=(language, TEXT),
        workers=(workers, maybe(WHOLE)), partition_bytes=(partition_bytes, WHOLE), strict=(strict, FLAG),
        dry_run=(dry_run, FLAG), progress=(progress, FLAG),
    )  # fmt: skip
    for what, number in (("workers", workers), ("partition_bytes", partition_bytes)):
        if number is not None and number < 1:
            raise InputError(f"{what} is {number}; give at least 1")
    if client is not None and not hasattr(client, "submit"):
        raise InputError(f"client is a {type(client).__name__}; give a Dask client, or None")
    for name, value in (landmarks or {}).items():
        check_landmark(name, value, "landmarks")
    settings = {
        "version": timeline.__version__,
        "landmarks": dict(landmarks or {}),
        "published": publication_date(published, "published") or None,
        "language": language,
    }
    folder = folder_of(out)

    def look(files: list[Path]) -> Iterable[Path]:
        return _tqdm(
            files, desc="looking through files", unit="file", delay=1, disable=not progress
        )

    def make_plan() -> plans.Plan:
        return plans.make_plan(
            paths, folder, settings, partition_bytes, strict=strict, progress=look
        )

    if dry_run:
        plan = make_plan()
        return _summary(folder, plan, plans.read_done(folder), len(plan.bad))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with plans.locked(folder):
            plan = make_plan()
            plans.write_plan(plan, folder)
            done = plans.read_done(folder)
            plans.write_done(done, folder)  # without a line that was never finished
            shutil.rmtree(folder / ".tmp", ignore_errors=True)
            numbers = range(len(plan.partitions))
            todo = [number for number in numbers if number not in done]
            unwritten = _unwritten(folder, numbers) if with_index else []
            with engine_for(client, workers, len(todo) or len(unwritten), progress) as engine:
                try:
                    _tag(engine, plan, todo, done, folder, strict, progress)
                finally:
                    plans.write_done(done, folder)
                    n_rejected = plans.gather_rejected(plan, done, folder)
                _index(engine, unwritten, done, folder, progress)
            return _summary(folder, plan, done, n_rejected)
    except OSError as error:
        raise InputError(_disk_trouble(error, folder)) from error


def index_archive(
    out: str | os.PathLike[str],
    *,
    client: Client | None = None,
    workers: int | None = None,
    progress: bool = True,
) -> int:
    """How many bytes the full-text index of `out` has, when it covers all that is done.

    Arguments as for `tag_archive`, which makes it too. What is covered already is not done again.
    Raises InputError if `out` is no archive, or for a cluster or disk that cannot be used.
    """
    require_extras()
    folder = Path(out).resolve()
    plans.read_plan(folder)
    try:
        with plans.locked(folder):
            done = plans.read_done(folder)
            shutil.rmtree(folder / ".tmp", ignore_errors=True)
            unwritten = _unwritten(folder, done)
            with engine_for(client, workers, len(unwritten), progress) as engine:
                _index(engine, unwritten, done, folder, progress)
            return sum((folder / name).stat().st_size for name in files_needed(done))
    except OSError as error:
        raise InputError(_disk_trouble(error, folder)) from error


def _unwritten(out: Path, done: Iterable[int]) -> list[str]:
    return [name for name in files_needed(done) if not (out / name).exists()]


def _tag(
    engine: Client | None, plan: plans.Plan, todo: list[int], done: dict[int, dict[str, Any]], out: Path,
    strict: bool, progress: bool,
) -> None:  # fmt: skip
    """Nothing; every partition `todo` is in the archive and in `done`.

    Raises InputError, when all others are done, if some failed.
    """
    from timeline.archive.partition import tag_partition

    def task(number: int) -> tuple[Any, ...]:
        return tag_partition, number, plan.partitions[number], str(out), plan.settings, strict

    failed: list[str] = []
    todo = sorted(todo, key=plan.size, reverse=True)  # so that no worker is left with a large one
    with _bar(plan, done, progress and bool(todo)) as bar:
        for number, future in _each(engine, {number: task(number) for number in todo}):
            first = plan.partitions[number][0]
            entry = _result(future, f"{first.path} from record {first.line} on", failed)
            if entry is not None:
                plans.append_done(entry, out)
                done[number] = entry
                bar.update(plan.size(number))
    _raise_failed(failed, len(plan.partitions), "partitions")


def _index(
    engine: Client | None, unwritten: list[str], done: plans.Done, out: Path, progress: bool
) -> None:
    """Nothing; the files `unwritten` of the index are there, and those that cover less are not."""
    needed, failed = files_needed(done), list[str]()
    covered = {name: [done[number] for number in needed[name]] for name in unwritten}
    sizes = {name: sum(entry["articles"] for entry in of) for name, of in covered.items()}
    articles = {
        name: [file for entry in of for file in entry["files"] if file.startswith("articles/")]
        for name, of in covered.items()
    }
    tasks = {name: (write_words, name, articles[name], str(out)) for name in unwritten}
    bar = _tqdm(desc="indexing words", total=sum(sizes.values()), unit="article", unit_scale=True, disable=not progress or not unwritten)  # fmt: skip
    with bar:
        for name, future in _each(engine, tasks):
            _result(future, name, failed)
            bar.update(sizes[name])
    _raise_failed(failed, len(needed), "files of the index")
    for path in (out / "index").glob("words-*.sqlite"):
        if f"index/{path.name}" not in needed:
            path.unlink()


def _each(engine: Client | None, tasks: dict[Any, tuple[Any, ...]]) -> Iterator[tuple[Any, Any]]:
    """(key, future) of each task when it is over; those that are left when we are done are taken back."""
    if not tasks or engine is None:
        return
    from distributed import as_completed

    futures = {
        engine.submit(*task, key=f"{task[0].__name__}-{key}-{os.urandom(4).hex()}", pure=False): key
        for key, task in tasks.items()
    }
    try:
        for future in as_completed(list(futures)):
            yield futures.pop(future), future
    finally:
        with contextlib.suppress(Exception):
            engine.cancel(list(futures), force=True)


def _raise_failed(failed: list[str], n: int, what: str) -> None:
    if failed:
        raise InputError(f"{len(failed)} of {n} {what} failed, the first: {failed[0]}; {AGAIN}")


def _result(future: Any, where: str, failed: list[str]) -> Any:
    """What the task gave; None, and a sentence in `failed` with `where`, if only this one went wrong."""
    from distributed import KilledWorker

    try:
        return future.result()
    except (InputError, OSError):
        raise
    except KilledWorker:
        failed.append(f"{where} killed its worker {KILLS} times (was its memory too small?)")
    except ImportError as error:
        raise InputError(
            f"a worker cannot import {error.name}; every machine {INSTALL}; {AGAIN}"
        ) from None
    except Exception as error:
        if future.status in ("cancelled", "lost") or "Cancelled" in type(error).__name__:
            raise InputError(LOST) from None
        failed.append(f"{where}: {type(error).__name__}: {error}")
    return None


def _bar(plan: plans.Plan, done: Mapping[int, Any], progress: bool) -> Any:
    sizes = [plan.size(number) for number in range(len(plan.partitions))]
    return _tqdm(
        desc="reading dates", total=sum(sizes), initial=sum(sizes[number] for number in done),
        unit="B", unit_scale=True, disable=not progress,
    )  # fmt: skip


def _tqdm(*files: Any, **how: Any) -> Any:
    from tqdm import auto

    bar: Any = auto.tqdm
    return bar(*files, file=sys.stderr, **how)


LOST = f"the scheduler was lost, or the run was cancelled there; {AGAIN}"


def _disk_trouble(error: OSError, out: Path) -> str:
    from distributed.comm import CommClosedError

    if isinstance(error, CommClosedError):
        return LOST
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"the disk of {out} is full; {AGAIN} when there is room"
    what = f"{error.filename}: " if error.filename else ""
    return f"{what}{error.strerror or error}; {AGAIN}"


def _summary(out: Path, plan: plans.Plan, done: plans.Done, rejected: int) -> Summary:
    def total(name: str) -> int:
        return sum(entry[name] for entry in done.values())

    return Summary(
        out, len(plan.files), sum(map(plan.size, range(len(plan.partitions)))), len(plan.partitions), len(done),
        total("articles"), total("mentions"), total("undated"),
        rejected, total("twice"), total("no_article"),
    )  # fmt: skip
