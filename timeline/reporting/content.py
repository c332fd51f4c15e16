"""What the page says, as plain records for the template: summary, events, disputes, gaps. No HTML."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from timeline.drawing.marks import NAT, seconds
from timeline.exchange.html_text import safe_link
from timeline.reporting.wording import (
    KIND_WORDS,
    STATUS_WORDS,
    count_words,
    day_words,
    listed,
    tidy,
)

NO_REASON = "its words give no date"
WHY_LOOSE = {
    "DURATION": "a length of time: no date beside it says when it began or ended",
    "SET": "a repeated time: nothing says from when until when",
    "TIME": "a time of day: nothing says of which day",
}
"""Why an expression of a type has no date where its reader found no fault with it."""
MOST_QUOTED, MOST_UNDATED = 500, 200
EXACT = ("second", "minute", "hour", "part-of-day", "day")


def summary(story: Any) -> dict[str, Any]:
    """The head of the page: a sentence or two, and the counts beside it.

    Says how many events, from what, over what span, and how many of them are certain, vague,
    undated or disputed.
    """
    events = story.events
    dated = events["dated"].to_numpy(dtype=bool)
    day = events["granularity"].isin(EXACT).to_numpy() & dated
    shared = int((events["n_sources"] > 1).sum())
    disputed = int(events.loc[events["conflict"] != "", "conflict"].nunique())
    n_sources = len({name for names in events["sources"] for name in names})
    span = span_words(events)
    origin = f"from {count_words(n_sources, 'source')}"
    if len(story.articles):
        origin = (
            f"found in {count_words(len(story.articles), 'article')} "
            f"by {count_words(int(story.articles['source'].nunique()), 'source')}"
        )
    lead = f"{count_words(len(events), 'event').capitalize()} {origin}{span}."
    facts = [
        (int(day.sum()), "dated to the day"),
        (int((dated & ~day).sum()), "known only within bounds"),
        (int((~dated).sum()), "without a date of their own"),
        (shared, "told by two sources or more"),
        (disputed, "on which sources disagree"),
    ]
    return {"lead": lead, "facts": [fact for fact in facts if fact[0]]}


def span_words(events: pd.DataFrame) -> str:
    """The time that the dated events span, in words no finer than theirs, with a leading comma; or an empty text."""
    dated = events[events["dated"].astype(bool)]
    if not len(dated):
        return ""
    second = pd.Timedelta(seconds=1)
    first = dated["start"].fillna(dated["stop"] - second)  # an open side counts from its other end
    last = (dated["stop"] - second).fillna(dated["start"])
    width = (dated["stop"] - dated["start"]).dt.days
    start, stop = first.min().to_numpy(), last.max().to_numpy()
    begin = _edge_words(start, width[first == first.min()].min())
    end = _edge_words(stop, width[last == last.max()].min())
    if begin == end:
        return f", all {'on' if begin == day_words(start) else 'in'} {begin}"
    return f", between {begin} and {end}"


def _edge_words(moment: np.datetime64, days: float) -> str:
    """The day, month or year of a moment: as fine as an event of so many days says; nan for one with an open side."""
    parts = day_words(moment).split(" ")
    return " ".join(parts if days <= 1 else parts[1:] if days <= 31 else parts[2:])


def year_of(start: int, stop: int) -> str:
    """The year that an event is listed under: of its start, or of its end where the start is open."""
    known = start if start != NAT else stop - 1
    if known == NAT - 1 or stop == start == NAT:
        return "Undated"
    return day_words(np.datetime64(int(known), "s")).split(" ", 2)[2]


def event_records(events: pd.DataFrame, mentions: pd.DataFrame, rows: Any) -> list[dict[str, Any]]:
    """One record an event for the rows given (numbers in `events`, which is in order), with
    citations: what the list shows, what a reader copies, and what the viewer searches.
    """
    found = {row["mention_id"]: row for row in mentions.to_dict("records")}
    starts, stops = seconds(events["start"]), seconds(events["stop"])
    records = []
    for row in rows:
        event = events.iloc[row]
        records.append(
            {
                "row": int(row),
                "id": tidy(event["event_id"], 64),
                "title": tidy(event["title"], 400) or "Untitled",
                "when": tidy(event["when"], 200) or "no date",
                "edtf": tidy(event["edtf"], 200),
                "year": year_of(int(starts[row]), int(stops[row])),
                "kind": event["kind"],
                "kind_words": KIND_WORDS.get(event["kind"], tidy(event["kind"], 40)),
                "status": event["status"],
                "status_words": STATUS_WORDS.get(event["status"], tidy(event["status"], 40)),
                "sources": [tidy(name, 80) for name in event["sources"]],
                "attribution": tidy(event["attribution"], 200),
                "dated": bool(event["dated"]),
                "qualifier": {"?": "uncertain", "~": "approximate", "%": "uncertain, approximate"}
                .get(event["qualifier"], ""),
                "conflict": sentence(event["conflict"]),
                "alternatives": [rival_record(one) for one in event["alternatives"]],
                "citations": [citation_record(one, found) for one in event["citations"]],
            }
        )  # fmt: skip
    return records


def sentence(text: object) -> str:
    """A text as a sentence begins: with a capital.

    >>> sentence("sources differ")
    'Sources differ'
    """
    line = tidy(text, 600)
    return line[:1].upper() + line[1:]


def rival_record(rival: dict[str, Any]) -> dict[str, Any]:
    """One rival statement: its date in words, what it says, and who says so."""
    return {
        "when": tidy(rival.get("when", ""), 200),
        "edtf": tidy(rival.get("edtf", ""), 200),
        "says": tidy(rival.get("says", ""), 600),
        "sources": listed([tidy(name, 80) for name in rival.get("sources", [])]),
    }


def gather_disputes(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One record a disagreement, in the order of its first event, with all events it concerns.

    Where the rivals are listed, the words before the colon are enough of a heading.
    """
    found: dict[str, dict[str, Any]] = {}
    for event in records:
        if event["conflict"] or event["alternatives"]:
            rivals = event["alternatives"]
            words = event["conflict"].split(":")[0] if rivals else event["conflict"]
            one = {"words": words or "Different statements", "alternatives": rivals, "events": []}
            found.setdefault(repr((event["conflict"], rivals)), one)["events"].append(event)
    return list(found.values())


def citation_record(citation: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """One citation, its sentence cut at the expression, and the reading that was turned down."""
    mention = found.get(citation.get("mention_id", ""), {})
    sentence = str(citation.get("sentence", ""))
    words = str(citation.get("expression", ""))
    at = int(mention["start_char"] - mention["sentence_start"]) if mention else -1
    if not words or sentence[at : at + len(words)] != words or at < 0:
        at = sentence.find(words) if words else -1
    before, after = (sentence, "") if at < 0 else (sentence[:at], sentence[at + len(words) :])
    return {
        "mention_id": tidy(citation.get("mention_id", ""), 80),
        "article_id": tidy(citation.get("article_id", ""), 80),
        "source": tidy(citation.get("source", ""), 120),
        "url": safe_link(citation.get("url", "")),
        "before": shorten_head(before),
        "words": "" if at < 0 else tidy(words, 200),
        "after": cut_tail(after),
        "when": tidy(citation.get("when", ""), 200),
        "how": tidy(citation.get("how", ""), 600),
        "alternative": tidy(mention.get("alternative", ""), 120),
        "alternative_reason": tidy(mention.get("alternative_reason", ""), 300),
    }


def shorten_head(text: str) -> str:
    """The last 500 characters, on one line, keeping the space before the expression."""
    kept = tidy(text[-MOST_QUOTED:], MOST_QUOTED)
    gap = " " if text[-1:].isspace() and kept else ""
    return "… " * (len(text) > MOST_QUOTED) + kept + gap


def cut_tail(text: str) -> str:
    """The first 500 characters, on one line, keeping the space after the expression."""
    gap = " " if text[:1].isspace() else ""
    return gap + tidy(text[:MOST_QUOTED], MOST_QUOTED) + " …" * (len(text) > MOST_QUOTED)


def undated_records(story: Any, citing: dict[str, str]) -> tuple[list[dict[str, Any]], int]:
    """What could not be dated and why: expressions without a value, articles and files, and last,
    marked as `minor`, lengths of time and repeated times, which mostly are no dates at all.

    `citing`: mention_id -> event_id. Returns the first 200 records and how many there are.
    """
    articles = story.articles.set_index("article_id")
    mentions = story.mentions
    open_ones = mentions[mentions["start"].isna() & mentions["stop"].isna()]
    minor = open_ones["type"].isin(["DURATION", "SET"]) & (open_ones["problem"] == "")
    some = pd.concat([open_ones[~minor].head(MOST_UNDATED), open_ones[minor].head(MOST_UNDATED)])
    spoken = []
    for row in some.to_dict("records"):
        home = articles.loc[row["article_id"]] if row["article_id"] in articles.index else None
        spoken.append(
            {
                "what": f"“{tidy(row['expression'], 120)}”",
                "mention_id": row["mention_id"],
                "event_id": citing.get(row["mention_id"], ""),
                "where": tidy(home["source"], 120) if home is not None else "",
                "why": tidy(row["problem"], 400) or why_loose(row),
                "minor": row["type"] in ("DURATION", "SET") and not row["problem"],
            }
        )
    undated = story.articles[story.articles["dct"] == ""]
    records = [one for one in spoken if not one["minor"]]
    records += [
        {"what": tidy(row["title"], 200) or "An article without a title", "where": tidy(row["source"], 120), "why": "it states no publication date, so relative words in it stay open"}
        for row in undated.head(MOST_UNDATED).to_dict("records")
    ]  # fmt: skip
    records += [
        {"what": tidy(Path(str(row["file"])).name, 200), "where": f"line {row['line']}" if row["line"] else "", "why": tidy(row["problem"], 400)}
        for row in story.problems.head(MOST_UNDATED).to_dict("records")
    ]  # fmt: skip
    records += [one for one in spoken if one["minor"]]
    return records[:MOST_UNDATED], len(open_ones) + len(undated) + len(story.problems)


def why_loose(mention: dict[str, Any]) -> str:
    """Why an expression that was understood still has no date.

    >>> why_loose({"type": "SET", "rule": "frequency"})
    'a repeated time: nothing says from when until when'
    """
    if mention["rule"] == "now":
        return "a word for the present: nothing says of which day"
    return WHY_LOOSE.get(mention["type"], NO_REASON)
