"""The analyst's corrections on an events frame: applied in order, each reported. Reads no files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import pandas as pd

from timeline.correcting.alone import rows_of, shown_date, told_alone
from timeline.correcting.joining import dated, joined_date
from timeline.correcting.read import Correction
from timeline.errors import MANY, expect, require
from timeline.merging.events import DATES_DIFFER, stable_id
from timeline.schema import ARTICLES, EVENTS, MENTIONS, require_columns, rows_frame

Row = dict[str, Any]


def correct(
    events: pd.DataFrame,
    corrections: Iterable[Correction],
    mentions: pd.DataFrame | None = None,
    articles: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The events with the corrections applied in order, in the EVENTS schema, ordered as before by start.

    `corrections`: as read_corrections gives them.
    `mentions`, `articles`: what the events were merged from; with them an event that is split off is read again from
    its own sentences, without them it has the title and date that its citations show.
    `frame.attrs["corrections"]`: one dict an entry: entry (its name), line, applied, reason (why not,
    or what it did).
    An entry that fits no event, or several, changes nothing and says so; nothing is ever dropped in silence.
    Raises InputError naming the column that a frame lacks.
    """
    require_columns(events, tuple(c.name for c in EVENTS), "events")
    for name, given, columns in (
        ("mentions", mentions, MENTIONS),
        ("articles", articles, ARTICLES),
    ):
        if given is not None:
            require_columns(given, tuple(c.name for c in columns), name)
    expect(corrections=(corrections, MANY))
    rows = rows_of(events)
    reports = []
    actions: dict[str, Callable[..., tuple[list[Row], str]]] = {
        **_APPLY,
        "split": partial(_split, mentions=mentions, articles=articles),
    }
    for entry in corrections:
        require(entry, Correction, "corrections", "the list that read_corrections gives")
        try:
            rows, reason = actions[entry.action](rows, entry)
            applied = True
        except _DoesNotApply as error:
            applied, reason = False, str(error)
        line = entry.where.rpartition(":")[2]
        report = {"entry": entry.name, "line": int(line) if line.isdigit() else 0}
        reports.append({**report, "applied": applied, "reason": reason})
    frame = _frame(rows, list(events.columns))
    frame.attrs = {**events.attrs, "corrections": reports}
    return frame


class _DoesNotApply(Exception):
    """Why a correction cannot be applied; never leaves this module."""


def _plain(text: str) -> str:
    for old, new in (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"')):
        text = text.replace(old, new)
    return " ".join(text.lower().split())


def matches_article(citation: Row, article: str) -> bool:
    """Whether a citation is of the article named by its source, id or address; of any for an empty name."""
    names = (_plain(citation[name]) for name in ("source", "article_id", "url"))
    return not article.strip() or _plain(article) in names


def _holds(citation: Row, article: str, quote: str) -> bool:
    """Whether a citation is of that article, and the quoted words are in its sentence or are its time words."""
    words = _plain(quote)
    found = words in _plain(citation["sentence"]) or words == _plain(citation["expression"])
    return bool(words) and found and matches_article(citation, article)


def matches(row: Row, article: str, quote: str) -> bool:
    """Whether a citation of that article holds the quoted words."""
    return any(_holds(c, article, quote) for c in row["citations"])


def find_event(rows: Sequence[Row], article: str, quote: str, event: str) -> int:
    """The number of the one row that is meant; of several with the words, the one that `event` names, or whose time words they hold."""
    found = [i for i, row in enumerate(rows) if matches(row, article, quote)]
    if len(found) != 1 and event:
        named = [i for i in found or range(len(rows)) if _is_called(rows[i], event)]
        found = named or found
    if len(found) > 1:
        timed = [i for i in found if _is_timed(rows[i], article, quote)]
        found = timed if len(timed) == 1 else found
    words = f"the words “{quote}”" if quote else f"the title “{event}”"
    place = f" in {article}" if article else ""
    if not found:
        sources = sorted({c["source"] for row in rows for c in row["citations"]})
        cited = (c for row in rows for c in row["citations"])
        known = not article or any(matches_article(c, article) for c in cited)
        raise _DoesNotApply(
            f"no event rests on {words}{place}"
            if known
            else f"no event has the source {article!r}; the sources are {', '.join(sources)}"
        )
    if len(found) > 1:
        lines = " or ".join(f"event = {json.dumps(n, ensure_ascii=False)}" for n in names(rows, found))  # fmt: skip
        raise _DoesNotApply(f"{len(found)} events rest on {words}{place}; add {lines}")
    return found[0]


def _is_called(row: Row, event: str) -> bool:
    """Whether `event` is this row's title, its title and date, or its id."""
    titles = row["title"], row["event_id"], *(f"{row['title']}, {row[n]}" for n in ("when", "edtf"))
    return _plain(event) in map(_plain, titles)


def _is_timed(row: Row, article: str, quote: str) -> bool:
    """Whether the quoted words hold the time words of a citation that they come from."""
    told = {_plain(c["expression"]) for c in row["citations"] if _holds(c, article, quote)} - {""}
    return any(re.search(rf"(?<!\w){re.escape(time)}(?!\w)", _plain(quote)) for time in told)


def names(rows: Sequence[Row], found: Sequence[int]) -> list[str]:
    """What tells each of these rows from the others as `event`: its title, with its date, or its id."""
    out = []
    for i in found:
        ways = rows[i]["title"], f"{rows[i]['title']}, {rows[i]['when']}", rows[i]["event_id"]
        alone = (way for way in ways if sum(_is_called(rows[j], way) for j in found) == 1)
        out.append(next(alone, rows[i]["event_id"]))
    return out


def _one(rows: Sequence[Row], entry: Correction) -> int:
    return find_event(rows, entry.article, entry.quote, entry.event)


def _changed(rows: list[Row], i: int, **values: Any) -> list[Row]:
    return [{**row, **values} if n == i else row for n, row in enumerate(rows)]


def _set(rows: list[Row], i: int, **values: Any) -> list[Row]:
    """The rows with the analyst's values in one, which keeps them when a part of it is split off."""
    return _changed(rows, i, **values, by_hand={**rows[i].get("by_hand", {}), **values})


def _retitle(rows: list[Row], entry: Correction) -> tuple[list[Row], str]:
    i = _one(rows, entry)
    return _set(rows, i, title=entry.values["title"]), f"was “{rows[i]['title']}”"


def _redate(rows: list[Row], entry: Correction) -> tuple[list[Row], str]:
    i = _one(rows, entry)
    new = {**dated(entry.values["date"]), **_settled(rows[i])}
    return _set(rows, i, **new), f"was {rows[i]['when']}"


def _settled(row: Row) -> Row:
    """What is left of an event's disagreements once its date is not in question any more."""
    left = [part for part in row["conflict"].split(" | ") if not part.startswith(DATES_DIFFER)]
    return {"conflict": " | ".join(left), "alternatives": row["alternatives"] if any(left) else []}


def _part_date(row: Row) -> Row:
    """The row with the date that its own sources give, where it was one side of a disagreement about dates."""
    own = {a["edtf"] for a in row["alternatives"] if a["edtf"] and {*a["sources"]} & {*row["sources"]}}  # fmt: skip
    if len(own) != 1 or not row["conflict"].startswith(DATES_DIFFER):
        return row
    return {**row, **dated(own.pop()), **_settled(row)}


def _reword(rows: list[Row], entry: Correction) -> tuple[list[Row], str]:
    """Another kind or status: the action is called as the column is."""
    i, name = _one(rows, entry), entry.action
    return _set(rows, i, **{name: entry.values[name]}), f"was {rows[i][name]}"


def _drop(rows: list[Row], entry: Correction) -> tuple[list[Row], str]:
    i = _one(rows, entry)
    return [row for n, row in enumerate(rows) if n != i], f"dropped “{rows[i]['title']}”"


def _merge(rows: list[Row], entry: Correction) -> tuple[list[Row], str]:
    first = _one(rows, entry)
    keys = ("article", "quote", "event")
    others = [find_event(rows, *(p.get(k, "") for k in keys)) for p in entry.values["with"]]
    others = [i for i in dict.fromkeys(others) if i != first]
    if not others:
        raise _DoesNotApply("these are one event already")
    parts = [rows[first], *(rows[i] for i in others)]
    merged = with_citations(rows[first], [c for part in parts for c in part["citations"]])
    merged.update(joined_date(parts))
    merged["salience"] = max(part["salience"] for part in parts)
    rows = [merged if n == first else row for n, row in enumerate(rows) if n not in others]
    differ = "; their dates differ" if merged["conflict"].startswith(DATES_DIFFER) else ""
    return rows, f"joined {len(parts)} events{differ}"


def _split(
    rows: list[Row],
    entry: Correction,
    mentions: pd.DataFrame | None,
    articles: pd.DataFrame | None,
) -> tuple[list[Row], str]:
    i = _one(rows, entry)
    row = rows[i]
    out = [c for c in row["citations"] if _holds(c, entry.article, entry.quote)]
    rest = [c for c in row["citations"] if c not in out]
    if not out or not rest:
        raise _DoesNotApply(
            f"nothing would be left of “{row['title']}”; it rests on these words alone"
        )
    left, new = (with_citations(row, part) for part in (rest, out))
    left = _part_date(left)
    if row["citations"][0] in out:  # its title was that of these words
        left = {**_alone(left, mentions, articles), **row.get("by_hand", {})}
    new = {**_alone(new, mentions, articles), "by_hand": {}}
    took = f"took {len(out)} citations out of “{row['title']}”: “{new['title']}”, {new['when']}"
    return [*_changed(rows, i, **left), new], took


def _alone(row: Row, mentions: pd.DataFrame | None, articles: pd.DataFrame | None) -> Row:
    """The row with the title and date that its own citations give, read without any other."""
    told = told_alone(row["citations"], mentions, articles)
    timed = any(c["mention_id"] for c in row["citations"])
    if timed and (mentions is None or articles is None):
        told |= shown_date(_part_date(row))
    return {**row, **told}


def with_citations(row: Row, citations: list[Row]) -> Row:
    """The row resting on these citations alone: its sources, mentions and id."""
    sources = sorted({c["source"] for c in citations})
    mention_ids = sorted({c["mention_id"] for c in citations if c["mention_id"]})
    key = mention_ids or sorted(c["article_id"] + c["sentence"] for c in citations)
    most = row["n_sources"] if set(sources) <= set(row["sources"]) else len(sources)
    return {
        **row,
        "event_id": stable_id(*key),
        "sources": sources,
        "n_sources": min(most, len(sources)),
        "mention_ids": mention_ids,
        "citations": citations,
    }


def _add(rows: list[Row], entry: Correction) -> tuple[list[Row], str]:
    v = entry.values
    when = dated(v["date"])
    citation = {
        "mention_id": "",
        "article_id": "",
        "source": v["source"],
        "url": v.get("url", ""),
        "expression": "",
        "when": when["when"],
        "sentence": entry.quote,
        "how": "added by the analyst",
    }
    row = {
        "event_id": stable_id("added", v["title"], v["date"], v["source"]),
        "title": v["title"],
        "kind": v.get("kind", "period" if when["extent"] == "throughout" else "happening"),
        "status": v.get("status", "reported"),
        **when,
        "attribution": v.get("attribution", ""),
        "n_sources": 1,
        "sources": [v["source"]],
        "mention_ids": [],
        "citations": [citation],
        "conflict": "",
        "alternatives": [],
        "salience": 1.0,
    }
    if any(r["event_id"] == row["event_id"] for r in rows):
        raise _DoesNotApply("it is there already")
    return [*rows, row], f"added {when['when']}"


_APPLY = {
    "retitle": _retitle,
    "redate": _redate,
    "kind": _reword,
    "status": _reword,
    "merge": _merge,
    "drop": _drop,
    "add": _add,
}


def _frame(rows: list[Row], columns: list[str]) -> pd.DataFrame:
    """The rows as events in order, with these columns of the user's own too."""
    frame = rows_frame(EVENTS, rows)
    for name in columns:
        if name not in frame:
            frame[name] = [row.get(name) for row in rows]
    first = frame["start"].fillna(frame["stop"])
    keys = frame[["title", "event_id"]].assign(undated=~frame["dated"], first=first)
    order = keys.sort_values(["undated", "first", "title", "event_id"]).index
    return frame.loc[order].reset_index(drop=True)
