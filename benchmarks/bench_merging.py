"""Measures events against two corpora of Wikinews: dated timelines of entities, and coreference across articles.

    python benchmarks/bench_merging.py

The corpora are not part of the project; without them this says so and stops. Event words are given (Track B
of the task); a timeline of an entity takes the events whose clause names it. The rules were made while
looking at the sets trial and corpus_1 (topics apple and airbus); corpus_2 (topic gm) was held out.
"""

from __future__ import annotations

import importlib.util
import itertools
import json
import os
import random
import re
import resource
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import timeline
from timeline.merging.merge import group_mentions
from timeline.merging.sentences import split_sentences
from timeline.merging.values import bounds
from timeline.merging.words import stem
from timeline.schema import ARTICLES, make_frame

ROOT = Path(__file__).resolve().parent.parent
CORPORA = Path(os.environ.get("TIMELINE_SHARED", ROOT.parent / "shared")) / "corpora"
PARTS = {
    "developed on": (("trial", "apple"), ("corpus_1", "airbus")),
    "held out": (("corpus_2", "gm"),),
}


def lines(path: Path) -> list[dict[str, Any]]:
    """The records of a JSON lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def articles_of(docs: list[tuple[str, str, str]]) -> Any:
    """An articles frame from (id, dct, text)."""
    rows = [
        {
            "article_id": i,
            "source": i,
            "dct": dct,
            "dct_basis": "user",
            "language": "en",
            "text": text,
        }
        for i, dct, text in docs
    ]
    return make_frame(ARTICLES, {c.name: [r.get(c.name, "") for r in rows] for c in ARTICLES})


def placed(docs: list[tuple[str, str, str]]) -> list[tuple[str, bool, list[tuple[str, int, int]]]]:
    """Our events as (value in XXXX-XX-XX form, dated, clauses as (document, start, stop))."""
    articles = articles_of(docs)
    story, groups, _ = group_mentions(timeline.tag(articles), articles)
    out = []
    for group in groups:
        members = [story.candidates[i] for i in group.everyone]
        dated = [c for c in members if c.dated]
        best = min(
            (c for c in dated), key=lambda c: bounds(c.value)[1] - bounds(c.value)[0], default=None
        )
        value = date_text(best.value.edtf) if best else "XXXX-XX-XX"
        out.append(
            (value, bool(dated), [(story.article_ids[c.article], *c.clause) for c in members])
        )
    return out


def date_text(edtf: str) -> str:
    """An EDTF day, month or year as the corpus writes it; anything else is not dated there."""
    found = re.fullmatch(r"(\d{4})(-\d\d)?(-\d\d)?[?~%]?", edtf)
    return found[1] + (found[2] or "-XX") + (found[3] or "-XX") if found else "XXXX-XX-XX"


def naive(docs: list[tuple[str, str, str]]) -> list[tuple[str, bool, list[tuple[str, int, int]]]]:
    """The baseline: every sentence with a date is an event on the first date in it; nothing is merged."""
    articles = articles_of(docs)
    mentions = timeline.tag(articles)
    out, seen = [], set()
    for m in mentions[mentions.edtf != ""].itertuples():
        key = (m.article_id, m.sentence_start)
        if key not in seen:
            seen.add(key)
            clause = (m.article_id, m.sentence_start, m.sentence_start + len(m.sentence))
            out.append((date_text(m.edtf), True, [clause]))
    return out


def rows_for(
    events: list[Any],
    words: dict[str, list[dict[str, Any]]],
    names: re.Pattern[str],
    texts: dict[str, str],
    several: bool,
) -> list[dict[str, Any]]:
    """An entity's timeline: the given event words in the clauses of each event whose clause names the entity."""
    out = []
    taken: set[tuple[str, int]] = set()
    for value, _, clauses in events:
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for doc, start, stop in clauses:
            if not names.search(texts[doc][start:stop]):
                continue
            inside = [
                w
                for w in words[doc]
                if start <= w["start"] < stop and (doc, w["start"]) not in taken
            ]
            for w in inside if several else inside[:1]:
                taken.add((doc, w["start"]))
                found[stem(w["text"])].append(
                    {k: w[k] for k in ("doc", "sentence", "text", "start", "end")}
                )
        out += [{"order": 0, "date": value, "mentions": m} for m in found.values()]
    dates = sorted({r["date"] for r in out if r["date"] != "XXXX-XX-XX"})
    for row in out:
        row["order"] = dates.index(row["date"]) + 1 if row["date"] in dates else 0
    return out


def entity_pattern(entity: str) -> re.Pattern[str]:
    """The entity's name or its telling last or first word: "Boeing 787 Dreamliner" -> Boeing 787, Dreamliner."""
    parts = [p for p in re.split(r"[\s_]+", entity) if p]
    names = {
        " ".join(parts),
        parts[-1] if len(parts[-1]) > 2 else parts[0],
        "".join(p[0] for p in parts) if len(parts) > 1 else parts[0],
    }
    return re.compile("|".join(rf"\b{re.escape(n)}" for n in sorted(names)), re.IGNORECASE)


def timelines(
    part: tuple[tuple[str, str], ...], system: Any, several: bool
) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """Gold and predicted timelines of the sets, for the corpus's scorer."""
    folder = CORPORA / "semeval2015_t4"
    gold, predicted = {}, {}
    for name, _ in part:
        docs = [
            (d["doc"], d["dct"], (folder / "text" / name / f"{d['doc']}.txt").read_text("utf-8"))
            for d in lines(folder / "documents.jsonl")
            if d["set"] == name
        ]
        texts = {i: text for i, _, text in docs}
        words: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for w in lines(folder / "events.jsonl"):
            if w["set"] == name:
                words[w["doc"]].append(w)
        # the first two lines are headline and date line: blanked, so that offsets hold
        blanked = [(i, dct, blank_head(text)) for i, dct, text in docs]
        events = system(blanked)
        for t in lines(folder / "timelines.jsonl"):
            if t["set"] == name:
                gold[name, t["file"]] = t["rows"]
                predicted[name, t["file"]] = rows_for(
                    events, words, entity_pattern(t["entity"]), texts, several
                )
    return gold, predicted


def blank_head(text: str) -> str:
    """The text with its second line, the date line, blanked."""
    parts = text.split("\n")
    if len(parts) > 1:
        parts[1] = " " * len(parts[1])
    return "\n".join(parts)


def coreference(part: tuple[tuple[str, str], ...], system: Any) -> dict[str, list[int]]:
    """Pairs of event words in one event: [gold, predicted, both] for all pairs and across articles."""
    folder = CORPORA / "meantime"
    counts = {"pairs": [0, 0, 0], "pairs across articles": [0, 0, 0]}
    documents = lines(folder / "documents.jsonl")
    for _, topic in part:
        docs = [
            (d["doc"], d["dct"], next((folder / "text").rglob(f"{d['doc']}*")).read_text("utf-8"))
            for d in documents
            if d["topic"] == topic
        ]
        words: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for w in lines(folder / "event_mentions.jsonl"):
            if w["topic"] == topic and w["cross"]:
                words[w["doc"]].append(w)
        gold = same_group({(d, w["start"]): w["cluster"] for d, ws in words.items() for w in ws})
        home = {}
        for n, (_, _, clauses) in enumerate(system(docs)):
            for doc, start, stop in clauses:
                for w in words[doc]:
                    if start <= w["start"] < stop:
                        home.setdefault((doc, w["start"]), (n, stem(w["text"])))
        ours = same_group(home)
        for kind, keep in (
            ("pairs", lambda p: True),
            ("pairs across articles", lambda p: p[0][0] != p[1][0]),
        ):
            g, o = set(filter(keep, gold)), set(filter(keep, ours))
            for at, n in enumerate((len(g), len(o), len(g & o))):
                counts[kind][at] += n
    return counts


def same_group(home: dict[Any, Any]) -> set[tuple[Any, Any]]:
    """Pairs of keys with one value."""
    groups = defaultdict(list)
    for key, value in home.items():
        groups[value].append(key)
    return {pair for keys in groups.values() for pair in itertools.combinations(sorted(keys), 2)}


def prf(gold: int, predicted: int, both: int) -> str:
    """Precision, recall and F1 in per cent."""
    p, r = (100 * both / n if n else 0.0 for n in (predicted, gold))
    return f"{p:.1f} / {r:.1f} / {2 * p * r / (p + r) if p + r else 0:.1f}"


def main() -> None:
    """Print the table and write it beside this file."""
    folder = CORPORA / "semeval2015_t4"
    if not folder.exists():
        print(f"skipped: the corpora are not at hand (looked in {CORPORA.parent.name}/corpora)")
        return
    spec = importlib.util.spec_from_file_location("timeline_score", folder / "timeline_score.py")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    out = ["| figure (P / R / F1) | part | naive | ours |", "|---|---|---|---|"]
    for label, part in PARTS.items():
        gold, plain = timelines(part, naive, "tough" in sys.argv)
        _, ours = timelines(part, placed, True)
        a, b = scorer.score(gold, plain), scorer.score(gold, ours)
        for kind in scorer.KINDS:
            cells = (prf(*(n[kind, x] for x in ("gold", "pred", "both"))) for n in (a, b))
            out.append(f"| timelines: {kind} | {label} | {' | '.join(cells)} |")
        one, two = coreference(part, naive), coreference(part, placed)
        for kind in one:
            out.append(f"| coreference: {kind} | {label} | {prf(*one[kind])} | {prf(*two[kind])} |")
    print("\n".join(out))


if __name__ == "__main__":
    main()
