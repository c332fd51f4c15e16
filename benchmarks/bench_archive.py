"""Measures the archive on generated articles whose dates are known; writes benchmarks/archive.md.

    python benchmarks/bench_archive.py [--full] [--folder FOLDER]

10,000 and 100,000 articles of 2 KiB, with --full also 1,000,000 (about 7 GB in FOLDER). FOLDER keeps the
articles, the archives and measured.json, so that a run that was cut short goes on. Each run is a process
of its own; worker processes are started and have tagged one article before the clock starts. CPU time
is that of the worker processes, or of the loop's own process, and is the fairer figure on a busy machine.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from generate_archive import generate, read_truth

ROOT = Path(__file__).resolve().parent.parent
BATCH = 500


def measure_loop(folder: Path) -> dict[str, Any]:
    """The plain loop: read everything, then call `tag` batch by batch, in this process."""
    import timeline

    timeline.tag(_one_article())
    begin, cpu = time.perf_counter(), time.process_time()
    articles = timeline.read_articles(folder / "articles")
    read = time.process_time() - cpu
    n, found = len(articles), []
    for start in range(0, n, BATCH):
        mentions = timeline.tag(articles.iloc[start : start + BATCH])
        found.append(mentions[["article_id", "start_char", "stop_char", "edtf"]])
    wall, cpu = time.perf_counter() - begin, time.process_time() - cpu
    import pandas as pd

    frame = pd.concat(found, ignore_index=True)
    recall = count_recovered(folder, [(articles, frame)])
    return {"articles": n, "wall": wall, "cpu": cpu, "read": read, "recovered": recall, "mentions": len(frame), "checksum": _checksum(frame)}  # fmt: skip


@contextmanager
def _warm_cluster(workers: int) -> Iterator[Any]:
    """A client of so many local processes that have loaded what they need."""
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0") as cluster,
        Client(cluster) as client,
    ):  # fmt: skip
        client.run(_warm)
        yield client


def measure_archive(folder: Path, out: Path, workers: int) -> dict[str, Any]:
    """The archive: `tag_archive` on local processes."""
    import timeline

    start, load = time.perf_counter(), os.getloadavg()[0]
    with _warm_cluster(workers) as client:
        begin, before = time.perf_counter(), sum(client.run(time.process_time).values())
        driver = time.process_time()
        done = timeline.tag_archive(folder / "articles", out, client=client, progress=False, with_index=False)  # fmt: skip
        wall = time.perf_counter() - begin
        return {
            "articles": done.articles, "mentions": done.mentions, "partitions": done.partitions,
            "wall": wall, "start": begin - start, "load": load,
            "cpu": sum(client.run(time.process_time).values()) - before,
            "driver": time.process_time() - driver,
            "worker_mb": max(client.run(_peak_mb).values()), "driver_mb": _peak_mb(),
        }  # fmt: skip


def measure_index(out: Path, workers: int) -> dict[str, Any]:
    """The full-text index of an archive that has none."""
    from timeline.archive import index_archive

    shutil.rmtree(out / "index", ignore_errors=True)
    with _warm_cluster(workers) as client:
        begin, before = time.perf_counter(), sum(client.run(time.process_time).values())
        size = index_archive(out, client=client, progress=False)
        return {
            "wall": time.perf_counter() - begin, "size": size,
            "cpu": sum(client.run(time.process_time).values()) - before,
            "worker_mb": max(client.run(_peak_mb).values()),
        }  # fmt: skip


def measure_questions(out: Path) -> dict[str, float]:
    """Seconds for each question; the first contains what must be loaded."""
    from timeline.archive import count_days, cut_story, find_articles, query
    from timeline.archive.asking import done_in
    from timeline.merging import merge

    found: dict[str, Any] = {}

    def cut_by_parts(part: str) -> Any:
        if part == "find":
            found["articles"] = find_articles(out, "nightjar", most=100)
        elif part == "read":
            found["mentions"] = query._mentions_of(out, found["articles"])
        else:
            merge(found["mentions"], found["articles"])

    asked = {
        "find 1 in 1,000 articles, first question of a process": lambda: find_articles(out, "nightjar"),
        "find them again": lambda: find_articles(out, "nightjar"),
        "find a word that 5 in 6 articles hold (500 are taken)": lambda: find_articles(out, "harbour"),
        "find two words that most articles hold (500 are taken)": lambda: find_articles(out, "harbour tram"),
        "find a phrase (500 are taken)": lambda: find_articles(out, '"tram line in Old Quay"'),
        "find within two years": lambda: find_articles(out, "nightjar", since="1998", until="1999"),
        "find them without the index": lambda: query._by_scan(out, done_in(out), ["nightjar"], ("", "~"), 500),
        "cut a story of at most 100 articles": lambda: cut_story(out, "nightjar", most=100),
        "of it, find the articles": lambda: cut_by_parts("find"),
        "of it, read their mentions": lambda: cut_by_parts("read"),
        "of it, merge events": lambda: cut_by_parts("merge"),
        "count the days": lambda: count_days(out),
    }  # fmt: skip
    took = {}
    for name, ask in asked.items():
        begin = time.perf_counter()
        ask()
        took[name] = time.perf_counter() - begin
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        command = [sys.executable, "-m", "timeline", "archive", "story", out, "--match", "nightjar", "--most", "100", "-o", f"{folder}/story"]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True)
        took["`timeline archive story` of 100 articles, from the command to its end"] = time.perf_counter() - begin  # fmt: skip
    return took


def check_archive(folder: Path, out: Path) -> dict[str, Any]:
    """How many planted dates the archive recovered, and a checksum of its mentions."""
    import pandas as pd

    def parts() -> Any:
        by_partition = lambda path: (path.name, path.parent.name)  # noqa: E731
        for path in sorted((out / "articles").rglob("*.parquet"), key=by_partition):
            beside = Path(str(path).replace("/articles/", "/mentions/"))
            columns = ["article_id", "start_char", "stop_char", "edtf"]
            articles = pd.read_parquet(path, columns=["article_id", "url"], partitioning=None)
            yield articles, pd.read_parquet(beside, columns=columns, partitioning=None)

    checksum = sum(_checksum(mentions) for _, mentions in parts()) % 2**64
    return {"recovered": count_recovered(folder, parts()), "checksum": checksum}


def count_recovered(folder: Path, parts: Any) -> tuple[int, int]:
    """(planted dates that a mention of the same value overlaps, planted dates)."""
    planted = read_truth(folder)
    right = total = 0
    for articles, mentions in parts:
        found: dict[str, list[tuple[int, int, str]]] = {}
        for row in mentions.itertuples(index=False):
            found.setdefault(row.article_id, []).append((row.start_char, row.stop_char, row.edtf))
        numbers = {int(url.rsplit("/", 1)[1]): i for url, i in zip(articles["url"], articles["article_id"], strict=True)}  # fmt: skip
        for number in sorted(numbers):
            truth_number, dates = next(planted)
            assert truth_number == number, "articles come in the order in which they were generated"
            here = found.get(numbers[number], [])
            for start, words, value in dates:
                stop = start + len(words)
                right += any(a < stop and b > start and edtf == value for a, b, edtf in here)
            total += len(dates)
    return right, total


def _checksum(mentions: Any) -> int:
    """A number that does not depend on the order of rows."""
    import pandas as pd

    plain = mentions.astype({"article_id": object, "edtf": object})
    return int(pd.util.hash_pandas_object(plain, index=False).sum())


def _one_article() -> Any:
    import pandas as pd

    return pd.DataFrame({"article_id": ["a"], "dct": ["2014-11-06"], "text": ["They met on Monday."]})  # fmt: skip


def _warm() -> None:
    import timeline
    import timeline.archive.partition

    timeline.tag(_one_article())


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _apart(folder: Path, *arguments: Any) -> dict[str, Any]:
    """What a part of this script measured in a process of its own, now or in an earlier run."""
    kept = folder / "measured.json"
    measured = json.loads(kept.read_text()) if kept.exists() else {}
    name = " ".join(one.name if isinstance(one, Path) else str(one) for one in arguments)
    if name not in measured:
        if arguments[0] == "archive":
            shutil.rmtree(arguments[2], ignore_errors=True)
        command = [sys.executable, __file__, "--part", *map(str, arguments)]
        environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'benchmarks'}"}
        done = subprocess.run(command, capture_output=True, text=True, env=environment)
        if done.returncode:
            raise SystemExit(done.stderr)
        measured[name] = json.loads(done.stdout.splitlines()[-1])
        kept.write_text(json.dumps(measured, indent=1))
        print(name, measured[name], file=sys.stderr)
    result: dict[str, Any] = measured[name]
    return result


PARTS = {"loop": measure_loop, "archive": measure_archive, "index": measure_index, "questions": measure_questions, "check": check_archive}  # fmt: skip


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(cells) + " |" for cells in [head, ["---"] * len(head), *rows]]
    return "\n".join(lines) + "\n"


def main(sizes: list[int], folder: Path) -> str:
    """The report, as Markdown."""
    runs: list[tuple[str, int, dict[str, Any]]] = []
    folder.mkdir(parents=True, exist_ok=True)
    sources = {n: folder / f"in-{n}" for n in sizes}
    mixed = folder / "in-mixed"
    for n, source in sources.items():
        if not source.exists():
            generate(source, n)
    if not mixed.exists():
        generate(mixed, sizes[0], size="mixed")
    small = sizes[0]
    middle = sizes[min(1, len(sizes) - 1)]
    loops = {n: _apart(folder, "loop", sources[n]) for n in {small, middle}}
    runs.append((f"{small:,} of 2 KiB", 1, _apart(folder, "archive", sources[small], folder / "out-one", 1)))  # fmt: skip
    for n in sizes:
        for workers in (1, 2) if n >= middle else (2,):
            out = folder / f"out-{n}"
            runs.append((f"{n:,} of 2 KiB", workers, _apart(folder, "archive", sources[n], out, workers)))  # fmt: skip
    alone = {run["articles"]: run for _, workers, run in runs if workers == 1}
    runs.append((f"{small:,} of 0.5 to 20 KiB", 2, _apart(folder, "archive", mixed, folder / "out-mixed", 2)))  # fmt: skip
    loop_mixed = _apart(folder, "loop", mixed)
    checks = {n: _apart(folder, "check", sources[n], folder / f"out-{n}") for n in sizes}
    indexes = {n: _apart(folder, "index", folder / f"out-{n}", 2) for n in sizes}
    questions = _apart(folder, "questions", folder / f"out-{sizes[-1]}")

    by_workers = {workers: run for _, workers, run in runs if run["articles"] == sizes[-1]}  # fmt: skip
    speed_up = by_workers[1]["wall"] / by_workers[2]["wall"]
    text = ["# The archive, measured\n", f"`python benchmarks/bench_archive.py`, Python {platform.python_version()}, {os.cpu_count()} cores. Articles are generated, dates known; each part is measured once, and kept. A load before the run that is not near 0 means that others took their share of the cores: then trust CPU time, not seconds.\n"]  # fmt: skip
    text.append(_table(
        ["articles", "workers", "s", "articles/s", "CPU µs/article", "of the driver", "peak MB/worker", "peak MB driver", "partitions", "load before"],
        [[name, str(workers), f"{run['wall']:.1f}", f"{run['articles'] / run['wall']:,.0f}", f"{run['cpu'] / run['articles'] * 1e6:.0f}", f"{run['driver'] / run['articles'] * 1e6:.0f}", f"{run['worker_mb']:.0f}", f"{run['driver_mb']:.0f}", str(run["partitions"]), f"{run['load']:.1f}"] for name, workers, run in runs],
    ))  # fmt: skip
    text.append(f"Two workers against one, {by_workers[1]['articles']:,} articles: {speed_up:.2f} times as fast by the wall clock. Starting the two processes takes {by_workers[2]['start']:.1f} s more, once.\n")  # fmt: skip
    text.append(_table(
        [f"a plain loop that reads all, then calls `tag` on {BATCH} at a time, and writes nothing", "CPU µs/article", "of it reading", "one worker, which writes Parquet too", "more"],
        [[f"{n:,} articles", f"{loop['cpu'] / n * 1e6:.0f}", f"{loop['read'] / n * 1e6:.0f}", f"{alone[n]['cpu'] / n * 1e6:.0f}", f"{alone[n]['cpu'] / loop['cpu'] - 1:+.1%}"] for n, loop in sorted(loops.items())],
    ))  # fmt: skip
    text.append(_table(
        ["planted dates", "recovered by the loop", "by the archive", "mentions equal to the loop's"],
        [[f"{total:,} in {n:,} articles", f"{loops[n]['recovered'][0]:,}" if n in loops else "", f"{right:,} ({right / total:.2%})", ("yes" if check["checksum"] == loops[n]["checksum"] else "NO") if n in loops else ""] for n, check in checks.items() for right, total in [check["recovered"]]],
    ))  # fmt: skip
    right, total = loop_mixed["recovered"]
    text.append(f"Of mixed lengths the loop recovers {right:,} of {total:,}.\n")
    text.append(_table(
        ["full-text index, 2 workers", "s", "CPU µs/article", "MB", "peak MB/worker"],
        [[f"of {n:,} articles", f"{run['wall']:.1f}", f"{run['cpu'] / n * 1e6:.0f}", f"{run['size'] / 1e6:,.0f}", f"{run['worker_mb']:.0f}"] for n, run in indexes.items()],
    ))  # fmt: skip
    text.append(_table([f"question to {sizes[-1]:,} articles", "s"], [[name, f"{took:.2f}"] for name, took in questions.items()]))  # fmt: skip
    return "\n".join(text)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--part"]:
        part, *given = sys.argv[2:]
        values = [int(one) if one.isdigit() else Path(one) for one in given]
        print(json.dumps(PARTS[part](*values)))  # type: ignore[operator]
        raise SystemExit
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--full", action="store_true", help="also 1,000,000 articles")
    parser.add_argument("--folder", type=Path, help="where to put the articles; kept")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        sizes = [10_000, 100_000] + [1_000_000] * options.full
        report = main(sizes, options.folder or Path(temporary))
    (ROOT / "benchmarks" / "archive.md").write_text(report, "utf-8")
    print(report)
