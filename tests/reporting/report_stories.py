"""A story for the report tests: two articles on letters to Tehran, in our own words."""

import re
from types import SimpleNamespace

import pandas as pd

from timeline.schema import ARTICLES, EVENTS, MENTIONS, PROBLEMS, empty_frame, make_frame

TEXT_A = (
    "The White House kept the two files apart.\n\n"
    "Barack Obama sent a pair of letters to the Supreme Leader in the first months after taking "
    "office, asking for better relations. His spokesman said last month that the nuclear talks and "
    "the fight in Iraq were two separate matters.\n\n"
    "“Tehran is negotiating seriously,” the president said on Wednesday. “Over the next three to "
    "four weeks we will find out whether a deal can be had.” Negotiators have until Nov. 24 to "
    "reach a comprehensive agreement.\n"
)
TEXT_B = (
    "A secret letter to Ayatollah Khamenei was revealed on Thursday by the Wall Street Journal.\n\n"
    "It is the fourth since Obama assumed office in 2009, people briefed on it said. The two sides "
    "spoke on a couple of occasions on the sidelines of the talks.\n\n"
    "The deadline for an agreement falls later this month.\n"
)


def article_rows():
    return {
        "article_id": ["a1", "b1"],
        "title": ["Two letters, two files", "Secret letter to Khamenei revealed"],
        "source": ["The Hill", "Foreign Desk"],
        "url": ["https://example.org/a", "https://example.com/b?x=1&y=2"],
        "dct": ["2014-11-06", "2014-11-06"],
        "dct_basis": ["user", "user"],
        "language": ["en", "en"],
        "text": [TEXT_A, TEXT_B],
    }


# article, words, edtf, start, stop, granularity, anchor_basis, problem
FOUND = [
    ("a1", "in the first months after taking office", "[2009-01-20..2009-06-30]", "2009-01-20", "2009-07-01", "month", "landmark taking office", ""),
    ("a1", "last month", "2014-10", "2014-10-01", "2014-11-01", "month", "dct", ""),
    ("a1", "Wednesday", "2014-11-05", "2014-11-05", "2014-11-06", "day", "dct", ""),
    ("a1", "Over the next three to four weeks", "2014-11-05/[2014-11-26..2014-12-03]", "2014-11-05", "2014-12-04", "week", "quote", ""),
    ("a1", "Nov. 24", "2014-11-24", "2014-11-24", "2014-11-25", "day", "dct", ""),
    ("b1", "Thursday", "2014-11-06", "2014-11-06", "2014-11-07", "day", "dct", ""),
    ("b1", "2009", "2009", "2009-01-01", "2010-01-01", "year", "", ""),
    ("b1", "a couple of occasions", "", None, None, "", "", "says how often, not when"),
    ("b1", "later this month", "2014-11", "2014-11-06", "2014-12-01", "month", "dct", ""),
]  # fmt: skip


def sentence_of(text, at):
    ends = [m.end() for m in re.finditer(r"[.”] (?=[A-Z“])|\n", text)]
    start = max([0, *(e for e in ends if e <= at)])
    stop = min([len(text), *(e for e in ends if e > at)])
    return start, text[start:stop].rstrip()


def mention_rows():
    rows = {column.name: [] for column in MENTIONS}
    texts = {"a1": TEXT_A, "b1": TEXT_B}
    for article, words, edtf, start, stop, granularity, basis, problem in FOUND:
        at = texts[article].index(words)
        sentence_start, sentence = sentence_of(texts[article], at)
        row = {
            "mention_id": f"{article}-{at}", "article_id": article, "start_char": at,
            "stop_char": at + len(words), "expression": words, "type": "DATE", "timex": edtf,
            "edtf": edtf, "start": pd.Timestamp(start) if start else pd.NaT,
            "stop": pd.Timestamp(stop) if stop else pd.NaT, "granularity": granularity,
            "anchor": "2014-11-06" if basis == "dct" else "", "anchor_basis": basis,
            "stated": not basis, "inferred": "date" if basis else "", "rule": "weekday",
            "alternative": "2014-11-13" if words == "Thursday" else "",
            "alternative_reason": "the verb is in the past" if words == "Thursday" else "",
            "sentence": sentence, "sentence_start": sentence_start, "problem": problem,
        }  # fmt: skip
        for column in MENTIONS:
            rows[column.name].append(row.get(column.name, ""))
    return rows


# title, kind, status, words of its mentions, when, conflict, salience
HAPPENED = [
    ("Pair of letters to the Supreme Leader", "happening", "reported", ["in the first months after taking office"], "some time between 20 January and 30 June 2009", "", 0.7),
    ("Obama assumes office", "happening", "reported", ["2009"], "some time in 2009", "", 0.3),
    ("Spokesman: talks and Iraq are separate matters", "statement", "claimed", ["last month"], "some time in October 2014", "", 0.5),
    ("Obama: Tehran is negotiating seriously", "statement", "reported", ["Wednesday"], "5 November 2014", "", 0.8),
    ("Wall Street Journal reveals the secret letter", "happening", "reported", ["Thursday"], "6 November 2014", "The Hill counts a pair of letters before this one; Foreign Desk calls this one the fourth.", 1.0),
    ("Deadline for a comprehensive agreement", "deadline", "planned", ["Nov. 24", "later this month"], "24 November 2014", "", 0.9),
    ("Window to find out whether a deal can be had", "period", "conditional", ["Over the next three to four weeks"], "from 5 November to between 26 November and 3 December 2014", "", 0.6),
    ("Talks on the sidelines", "happening", "unconfirmed", ["a couple of occasions"], "by 6 November 2014", "", 0.2),
]  # fmt: skip


def event_rows(mentions, articles):
    by_words = {m["expression"]: m for m in mentions.to_dict("records")}
    sources = dict(zip(articles["article_id"], articles["source"], strict=True))
    urls = dict(zip(articles["article_id"], articles["url"], strict=True))
    rows = {column.name: [] for column in EVENTS}
    for n, (title, kind, status, words, when, conflict, salience) in enumerate(HAPPENED):
        rests = [by_words[w] for w in words]
        best = rests[0]
        names = sorted({sources[m["article_id"]] for m in rests})
        if conflict:
            names = ["Foreign Desk", "The Hill"]
        undated = title.startswith("Talks")
        cites = [
            {
                "mention_id": m["mention_id"], "article_id": m["article_id"],
                "source": sources[m["article_id"]], "url": urls[m["article_id"]],
                "expression": m["expression"], "when": when, "sentence": m["sentence"],
                "how": f"“{m['expression']}”, counted from 6 November 2014 ({m['anchor_basis'] or 'stated'})",
            }
            for m in rests
        ]  # fmt: skip
        rival = [
            {"edtf": best["edtf"], "when": when, "start": best["start"], "stop": best["stop"],
             "says": says, "sources": [name]}
            for says, name in (("a pair of letters before", "The Hill"), ("the fourth letter", "Foreign Desk"))
        ]  # fmt: skip
        row = {
            "event_id": f"e{n:011x}", "title": title, "kind": kind, "status": status,
            "edtf": "../2014-11-06" if undated else best["edtf"], "when": when,
            "start": best["start"], "stop": pd.Timestamp("2014-11-07") if undated else best["stop"],
            "core_start": pd.Timestamp("2014-11-05") if kind == "period" else pd.NaT,
            "core_stop": pd.Timestamp("2014-11-26") if kind == "period" else pd.NaT,
            "granularity": best["granularity"],
            "extent": "throughout" if kind == "period" else "within", "dated": not undated,
            "qualifier": "", "attribution": "people briefed on it" if undated else "",
            "n_sources": len(names), "sources": names,
            "mention_ids": sorted(m["mention_id"] for m in rests), "citations": cites,
            "conflict": conflict, "alternatives": rival if conflict else [], "salience": salience,
        }  # fmt: skip
        for column in EVENTS:
            rows[column.name].append(row[column.name])
    return rows


def letters_story():
    """A story namespace with title, articles, mentions, events and problems."""
    articles = make_frame(ARTICLES, article_rows())
    mentions = make_frame(MENTIONS, mention_rows())
    return SimpleNamespace(
        title="Letters to Tehran",
        articles=articles,
        mentions=mentions,
        events=make_frame(EVENTS, event_rows(mentions, articles)),
        problems=empty_frame(PROBLEMS),
    )


def many_events(n, *, seed=7):
    """A story of `n` made-up events over thirty years, of every kind and status, in four sources."""
    import numpy as np

    from timeline.schema import KINDS, STATUSES

    rng = np.random.default_rng(seed)
    day = np.sort(rng.integers(0, 11000, n))
    length = np.where(rng.random(n) < 0.1, rng.integers(2, 200, n), 1)
    epoch = np.datetime64("1990-01-01", "s")
    words = np.array(["minister", "treaty", "port", "strike", "vote", "court", "river", "bridge", "bank", "envoy", "harvest", "border"])  # fmt: skip
    acts = np.array(["meets", "signs", "halts", "reopens", "rejects", "orders", "visits", "leaves"])
    pick = lambda a: a[rng.integers(0, len(a), n)]  # noqa: E731
    first, act, second = pick(words), pick(acts), pick(words)
    names = [["Agency"], ["Daily"], ["Herald"], ["Agency", "Daily"]]
    source = rng.integers(0, 4, n)
    start = epoch + day * np.timedelta64(86400, "s")
    stop = start + length * np.timedelta64(86400, "s")
    blank, none = [""] * n, [pd.NaT] * n
    when = [str(d)[:10] for d in start]
    data = {
        "event_id": [f"{i:012x}" for i in range(n)],
        "title": [f"{a.title()} {b} {c} {i}" for i, (a, b, c) in enumerate(zip(first, act, second, strict=True))],
        "kind": list(pick(np.array(KINDS))), "status": list(pick(np.array(STATUSES))),
        "edtf": when, "when": when, "start": list(start), "stop": list(stop),
        "core_start": none, "core_stop": none, "granularity": ["day"] * n, "extent": ["within"] * n,
        "dated": [True] * n, "qualifier": blank, "attribution": blank,
        "n_sources": [len(names[s]) for s in source], "sources": [names[s] for s in source],
        "mention_ids": [[] for _ in range(n)],
        "citations": [[] for _ in range(n)],
        "conflict": blank, "alternatives": [[] for _ in range(n)], "salience": list(rng.random(n)),
    }  # fmt: skip
    return told(make_frame(EVENTS, data), f"{n:,} made-up events")


def told(events, title="Made up"):
    """A story of events alone."""
    return SimpleNamespace(
        title=title, articles=empty_frame(ARTICLES), mentions=empty_frame(MENTIONS), events=events, problems=empty_frame(PROBLEMS)
    )  # fmt: skip
