"""Load: many reports in one process, a story of thousands of articles, a text of many megabytes, very many files.

`python benchmarks/load.py runs 500 | story 2000 | text 50 | files 100000 | linear 40`; prints one Markdown row.
Peak memory is of the process, interpreter and libraries included.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

import timeline
from timeline.tagging.tag import tag_text

ROOT = Path(__file__).parent.parent
NAMES = "Ada Bo Cy Dee Eli Fay Gus Hal Ida Jo Kim Lou Max Nan Oz Pia Quin Roy Sue Ty".split()
PLACES = "Oslo Lima Cairo Quito Delhi Tunis Accra Perth Kyoto Porto Malmo Turin".split()
VERBS = "opened closed signed refused visited rebuilt sold bought praised left".split()
THINGS = "bridge treaty museum harbour school railway budget dam theatre archive".split()
TIMES = ("on {day} {month} {year}", "in {month} {year}", "on Monday", "last month", "in {year}", "three weeks ago", "by the end of {year}", "yesterday")  # fmt: skip
PLAIN = "Nobody had thought of asking what it would cost, and the council has yet to say a word about it."
MONTHS = "January February March April May June July August September October November December".split()  # fmt: skip


def memory() -> float:
    """Resident memory now, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def sentence(n: int) -> str:
    """The n-th of very many sentences with one time expression; the same each time."""
    pick = (n * 2654435761) % 2**32
    when = TIMES[pick % 8].format(day=1 + pick // 8 % 28, month=MONTHS[pick // 256 % 12], year=2008 + pick // 4096 % 7)  # fmt: skip
    who, place = NAMES[pick // 3 % 20], PLACES[pick // 77 % 12]
    return f"{who} {VERBS[pick // 11 % 10]} the {THINGS[pick // 131 % 10]} of {place} {when}."


def article(number: int, n_sentences: int) -> dict[str, str]:
    text = " ".join(sentence(number * n_sentences + n) for n in range(n_sentences))
    dct = f"2014-{1 + number % 12:02d}-{1 + number % 28:02d}"
    return {"text": text, "title": sentence(number).split(" on ")[0], "source": f"Paper {number % 40}", "published": dct}  # fmt: skip


def runs(n: int) -> str:
    """So many whole runs, from files to report: memory and open files after a tenth, and at the end."""
    seen = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(n):
            story = timeline.read_story(ROOT / "data" / "iran-letters")
            timeline.write_report(story, Path(folder) / "r.html")
            if number in (n // 10, n - 1):
                seen.append((memory(), sum(1 for _ in Path("/proc/self/fd").iterdir())))
    (first, files), (last, more) = seen
    return f"| {n} report runs in one process | memory {first:.0f} MB after a tenth, {last:.0f} MB at the end | open files {files} and {more} |"


def story(n: int) -> str:
    """So many articles of 25 sentences each, files to report."""
    with tempfile.TemporaryDirectory() as folder:
        pd.DataFrame([article(i, 25) for i in range(n)]).to_parquet(Path(folder) / "a.parquet")
        began = time.monotonic()
        found = timeline.read_story(Path(folder) / "a.parquet")
        read = time.monotonic() - began
        path = timeline.write_report(found, Path(folder) / "r.html")
        took = time.monotonic() - began
        size = path.stat().st_size / 1e6
    return (
        f"| {len(found.articles):,} articles, {len(found.mentions):,} mentions, {len(found.events):,} events "
        f"| to events {read:.0f} s, with the report {took:.0f} s | peak {peak():.0f} MB, report {size:.1f} MB |"
    )


def text(megabytes: int) -> str:
    """One text of so many megabytes, tagged; about one time expression in 140 characters."""
    size, parts = 0, []
    while size < megabytes * 1_000_000:
        parts.append(f"{sentence(len(parts))} {PLAIN}")
        size += len(parts[-1]) + 1
    whole = "\n".join(parts)
    del parts
    before = memory()
    began = time.monotonic()
    found = tag_text(whole, dct="2014-11-06")
    took = time.monotonic() - began
    grown = peak() - before
    return f"| a text of {megabytes} MB, {len(found):,} mentions | tagged in {took:.0f} s | {grown:.0f} MB more, {grown / megabytes:.1f} times the text |"


def files(n: int) -> str:
    """So many small files in one folder, read as articles."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as name:
        folder = Path(name)
        for number in range(n):
            (folder / f"{number}.txt").write_text(f"{sentence(number)} No. {number}.")
        began = time.monotonic()
        found = timeline.reading.read_articles(folder, "2014-11-06")
        took = time.monotonic() - began
    return f"| {n:,} small files | {len(found):,} articles in {took:.0f} s | peak {peak():.0f} MB |"


def linear(largest: int) -> str:
    """For each rule its own worst texts, at a quarter of so many KB and at all of them."""
    from timeline.tagging.language import load_language

    worst, n_texts, slowest = (0.0, "", ""), 0, 0.0
    for code in ("en", "de"):
        for rule in load_language(code).rules:
            words = str(rule.examples[0][1]).split() if len(rule.examples[0]) > 1 else []
            pieces = {str(rule.examples[0][0]), " ".join(words), " ".join(words[:-1]), words[0] if words else "", " ".join(words[1:])}  # fmt: skip
            for piece in sorted(pieces - {""}):
                took = []
                for size in (largest * 250, largest * 1000):
                    text = f"{piece} " * (size // (len(piece) + 1) + 1)
                    spent = []
                    for _ in range(2):
                        began = time.process_time()
                        tag_text(text[:size], dct="2014-11-06", language=code)
                        spent.append(time.process_time() - began)
                    took.append(min(spent))
                n_texts += 1
                slowest = max(slowest, took[1])
                worst = max(worst, (took[1] / max(took[0], 0.004), rule.id, piece[:40]))
    ratio, rule_id, piece = worst
    return (
        f"| {n_texts} worst texts of the rules, {largest // 4} and {largest} KB | four times the text takes at most "
        f"{ratio:.1f} times as long ({rule_id}: {piece!r}) | slowest {slowest:.2f} s |"
    )


if __name__ == "__main__":
    import timeline.reading

    what, n = sys.argv[1], int(sys.argv[2])
    print({"runs": runs, "story": story, "text": text, "files": files, "linear": linear}[what](n))
