"""Accuracy and speed of the tagger beside what a user would pick; prints Markdown and writes tagging.md.

Needs the evaluation corpora in ../shared/corpora (or TIMELINE_SHARED); chrono-node runs where node and npm are.
All taggers run in one go on one core, after one warm-up pass; times are processor seconds of that tagger alone.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
CORPORA = Path(os.environ.get("TIMELINE_SHARED", HERE.parent.parent / "shared")) / "corpora"
ENGLISH = ("meantime/tml", "wikiwars")
GERMAN = ("krauts/DieZeit", "krauts/Dolomiten-100", "krauts/Dolomiten-42")
CHRONO = """
const chrono = require('chrono-node'), fs = require('fs');
const docs = JSON.parse(fs.readFileSync(process.argv[2]));
const run = () => docs.map(d => chrono.parse(d.text, new Date(d.dct + 'T12:00:00'), {forwardDate: false}));
run();
const at = process.cpuUsage();
const found = run();
const spent = process.cpuUsage(at);
const part = c => ({y: c.get('year'), m: c.get('month'), d: c.get('day'), h: c.get('hour'), i: c.get('minute'),
  known: ['year', 'month', 'day', 'weekday', 'hour'].filter(k => c.isCertain(k))});
console.log(JSON.stringify({seconds: (spent.user + spent.system) / 1e6,
  found: found.map(rs => rs.map(r => ({start: r.index, stop: r.index + r.text.length, ...part(r.start)})))}));
"""


FIRST_RUN = {  # strict, relaxed, type, value F1 on the one run before the set was looked at; second: after mending
    "first": (90.0, 95.9, 91.7, 86.9),
    "second": (93.3, 98.2, 95.8, 92.1),
}


class Timex(NamedTuple):
    """One annotated expression, as score() reads it."""

    start: int
    end: int
    type: str
    value: str
    text: str


def own_sentences(name: str) -> list[tuple[str, str, str, list[Timex]]]:
    """The sentences in unseen_news/NAME.jsonl as (doc, dct, text, golds).

    They were written before the tagger was run on them: [[words|value]], SET before the value of a set.
    """
    out = []
    lines = (HERE / f"unseen_news/{name}.jsonl").read_text("utf-8").splitlines()
    for n, row in enumerate(map(json.loads, lines)):
        golds: list[Timex] = []
        text, at = "", 0
        for m in re.finditer(r"\[\[(.+?)\|(SET )?(.+?)\]\]", row["text"]):
            text += row["text"][at : m.start()]
            kind = "SET" if m[2] else "DATE" if m[3].endswith("REF") else "DURATION" if m[3][0] == "P" else "TIME" if "T" in m[3] else "DATE"  # fmt: skip
            golds.append(Timex(len(text), len(text) + len(m[1]), kind, m[3], m[1]))
            text, at = text + m[1], m.end()
        out.append((f"{name}-{n + 1}", row["dct"], text + row["text"][at:], golds))
    return out


def timex(year: int, month: int, day: int, hour: int, minute: int, unit: str) -> dict:
    """A TIMEX3 from a date-time and the unit that was reported for it."""
    text = f"{year:04d}-{month:02d}-{day:02d}"
    if unit == "time":
        return {"type": "TIME", "value": f"{text}T{hour:02d}:{minute:02d}"}
    return {"type": "DATE", "value": text[: {"year": 4, "month": 7}.get(unit)]}


def run_timeline(docs: list[tuple[str, str]], language: str = "en") -> list[list[dict]]:
    from timeline.tagging import tag_text

    return [
        [{"start": m.start_char, "end": m.stop_char, "type": m.type, "value": m.timex} for m in tag_text(text, dct=dct, language=language)]
        for text, dct in docs
    ]  # fmt: skip


def run_dateparser(docs: list[tuple[str, str]]) -> list[list[dict]]:
    from dateparser.date import DateDataParser
    from dateparser.search import search_dates

    out = []
    for text, dct in docs:
        settings = {"RELATIVE_BASE": dt.datetime.fromisoformat(dct), "PREFER_DATES_FROM": "past"}
        rows, at = [], 0
        for words, moment in search_dates(text, languages=["en"], settings=settings) or []:
            start = text.find(words, at)
            if start < 0:
                continue
            at = start + len(words)
            told = DateDataParser(languages=["en"], settings=settings).get_date_data(words)
            value = timex(*moment.timetuple()[:5], told.period or "day")
            rows.append({"start": start, "end": at, **value})
        out.append(rows)
    return out


def run_chrono(docs: list[tuple[str, str]], folder: Path) -> tuple[list[list[dict]], float]:
    """What chrono-node finds, and its processor seconds after one warm-up pass."""
    rows = [{"text": text, "dct": dct} for text, dct in docs]
    (folder / "docs.json").write_text(json.dumps(rows))
    command = ["node", "run.js", "docs.json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    answer = json.loads(done.stdout)
    out = []
    for (text, _), found in zip(docs, answer["found"], strict=True):
        offsets = [0]  # JavaScript counts UTF-16 units
        for c in text:
            offsets.append(offsets[-1] + (2 if ord(c) > 0xFFFF else 1))
        place = {unit: n for n, unit in enumerate(offsets)}
        rows = []
        for r in found:
            units = {
                "hour": "time",
                "day": "day",
                "weekday": "day",
                "month": "month",
                "year": "year",
            }
            unit = next((units[name] for name in units if name in r["known"]), "day")
            start, stop = place.get(r["start"]), place.get(r["stop"])
            if start is not None and stop is not None and start < stop:
                value = timex(r["y"], r["m"], r["d"], r["h"] or 0, r["i"] or 0, unit)
                rows.append({"start": start, "end": stop, **value})
        out.append(rows)
    return out, answer["seconds"]


def chrono_folder(into: str) -> Path | None:
    """A folder with chrono-node and the script, or None where node or npm is missing."""
    if not (shutil.which("node") and shutil.which("npm")):
        return None
    folder = Path(into)
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "chrono-node"]
    if subprocess.run(command, cwd=folder, capture_output=True).returncode:
        return None
    (folder / "run.js").write_text(CHRONO)
    return folder


def timed(run, docs: list) -> tuple[list[list[dict]], float]:  # type: ignore[no-untyped-def]
    run(docs)
    at = time.process_time()
    found = run(docs)
    return found, time.process_time() - at


def news_texts(n_bytes: int = 2048) -> list[tuple[str, str]]:
    """The full Wikinews articles of MEANTIME, cut into pieces of 2 KiB."""
    text = "\n".join(
        p.read_text("utf-8") for p in sorted((CORPORA / "meantime/text").glob("*.txt"))
    )
    return [(text[i : i + n_bytes], "2009-05-05") for i in range(0, len(text) - n_bytes, n_bytes)]


def main() -> int:
    if not CORPORA.exists():
        print(f"no corpora at {CORPORA.name}: set TIMELINE_SHARED", file=sys.stderr)
        return 1
    sys.path.insert(0, str(CORPORA))
    from score_timex import read_tml, score

    from timeline.tagging import recognise, resolve

    def measured(gold: list, found: list[list[dict]]) -> list[float]:
        """Strict, relaxed, type and value F1."""
        _, m, _ = score(gold, {doc: rows for (doc, *_), rows in zip(gold, found, strict=True)})
        return [m[f"{kind}_F1"] for kind in ("strict", "relaxed", "type", "value")]

    def row(what: str, figures: Iterable[float]) -> str:
        return f"| {what} | " + " | ".join(f"{x:.1f}" for x in figures) + " |"

    lines = ["# The tagger, measured", "", "Written by `python benchmarks/bench_tagging.py`, all taggers in one run.", "",
             "| corpus | tagger | strict F1 | relaxed F1 | type F1 | value F1 |", "|---|---|---:|---:|---:|---:|"]  # fmt: skip
    with tempfile.TemporaryDirectory() as scratch:
        chrono = chrono_folder(scratch)
        for corpus in (*ENGLISH, *GERMAN):
            gold = list(read_tml(str(CORPORA / corpus)))
            docs = [(text, dct[:10]) for _, dct, text, _ in gold]
            language = "de" if corpus in GERMAN else "en"
            runs = {"timeline": run_timeline(docs, language)}
            if language == "en":
                runs["dateparser.search"] = run_dateparser(docs)
                if chrono:
                    runs["chrono-node"] = run_chrono(docs, chrono)[0]
            for name, found in runs.items():
                lines.append(row(f"{corpus.removesuffix('/tml')} | {name}", measured(gold, found)))
        lines += ["", "Unseen sentences: newswire of our own, annotated by the TIMEX3 guidelines before the tagger was run on it.",
                  "The first set was then used to mend general causes; the second was written after that.", "",
                  "| set | run | strict F1 | relaxed F1 | type F1 | value F1 |", "|---|---|---:|---:|---:|---:|"]  # fmt: skip
        for name, first_run in FIRST_RUN.items():
            gold = own_sentences(name)
            found = run_timeline([(text, dct) for _, dct, text, _ in gold])
            what = f"{name}, {len(gold)} sentences, {sum(len(g[3]) for g in gold)} expressions"
            lines += [
                row(f"{what} | first", first_run),
                row(f"{what} | now", measured(gold, found)),
            ]
        lines += ["", "Speed on one core, warm, on news texts of 2 KiB:", "",
                  "| tagger | documents/s | expressions found |", "|---|---:|---:|"]  # fmt: skip
        docs = news_texts()
        long_texts: list[str] = []
        half = len(docs) // 2
        for cached in (recognise._in_run, recognise._matches, resolve.resolve):
            cached.cache_clear()
        run_timeline(docs[:half])
        at = time.process_time()
        new = run_timeline(docs[half:])
        new_rate = (len(docs) - half) / (time.process_time() - at)
        found, seconds = timed(run_timeline, docs * 4)
        lines.append(f"| timeline | {4 * len(docs) / seconds:,.0f} | {sum(map(len, found)) // 4} |")
        lines.append(
            f"| timeline, on texts it has not seen before, after {half} others | {new_rate:,.0f} | {sum(map(len, new))} (in {len(docs) - half} texts) |"
        )
        joined = "\n".join(text for text, _ in docs)
        for size in (1, 4):
            long = (joined * (size * 1_000_000 // len(joined) + 1))[: size * 1_000_000]
            at = time.process_time()
            n_found = len(run_timeline([(long, docs[0][1])])[0])
            seconds = time.process_time() - at
            long_texts.append(f"| {size} MB | {seconds:.2f} | {size / seconds:.1f} | {n_found:,} |")
        if chrono:
            found, seconds = run_chrono(docs * 4, chrono)
            lines.append(
                f"| chrono-node | {4 * len(docs) / seconds:,.0f} | {sum(map(len, found)) // 4} |"
            )
        at = time.process_time()
        found = run_dateparser(docs[:20])
        lines.append(
            f"| dateparser.search | {20 / (time.process_time() - at):,.0f} | {sum(map(len, found)) * len(docs) // 20} (from 20 texts) |"
        )
    lines += ["", "One long text:", "",
              "| length | seconds | MB/s | expressions |", "|---|---:|---:|---:|", *long_texts]  # fmt: skip
    report = "\n".join(lines) + "\n"
    print(report)
    (HERE / "tagging.md").write_text(report, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
