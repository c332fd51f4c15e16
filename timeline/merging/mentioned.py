"""What each mention of an article dates: its clause, or why it makes no event."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

from timeline.dates import Period
from timeline.merging.candidate import Article, Candidate
from timeline.merging.clauses import Parsed, parse
from timeline.merging.dated import Time, clause_candidate, landmark_candidate, noun_candidate
from timeline.merging.timing import (
    began_when,
    by_value,
    dates_nothing,
    event_before,
    is_denied,
    led_value,
    modified_noun,
    only_leads,
)
from timeline.merging.values import Value, bounds, stated_value, window
from timeline.merging.wording import is_deadline

_LASTS = re.compile(  # not "was moved from"
    r"\b(?:runs?|ran|running|lasts?|lasted|held|takes? place|took place|continued?|stays? open|closed|served|lived|worked) from$"
)
_WINDOW = re.compile(r"the window closes between (\S+) and (\S+)")


def read_mentions(a: Article, mentions: list[dict[str, Any]]) -> None:
    """Add to the article the candidates that its mentions date, and note those that date nothing."""
    by_sentence: dict[int, list[dict[str, Any]]] = {}
    for row in sorted(mentions, key=lambda m: (m["start_char"], m["mention_id"])):
        by_sentence.setdefault(row["sentence_start"], []).append(row)
    for start, rows in sorted(by_sentence.items()):
        _read_sentence(a, start, rows)


def _linked(text: str, start: int, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The mentions, the two ends of a stretch linked: "to run from 3 April to 21 April"."""
    out = [dict(row) for row in rows]
    for one, two in pairwise(out):
        joint = text[one["stop_char"] - start : two["start_char"] - start].strip().lower()
        lasts = _LASTS.search(text[: one["start_char"] - start].rstrip())
        joins = joint in ("to", "until", "till", "through") and not two["range_with"]
        days = one["type"] == two["type"] == "DATE" and one["granularity"] == two["granularity"]
        if lasts and joins and days and not one["range_with"]:
            one["range_with"] = two["mention_id"]
    return out


def _read_sentence(a: Article, start: int, rows: list[dict[str, Any]]) -> None:
    raw = rows[0]["sentence"]
    rows = _linked(raw, start, rows)
    if not a.is_story(start, start + len(raw)):
        for row in rows:
            a.refuse(row, "stands in an appeal, notice or caption")
        return
    text = a.text[start : start + len(raw)]
    denied: list[Value] = []
    times: list[tuple[Value, list[dict[str, Any]]]] = []
    leads: list[dict[str, Any]] = []
    seen: set[str] = set()
    ranged = {r["range_with"] for r in rows if r["range_with"]}
    valued = [r for r in rows if r["start"] is not None or r["stop"] is not None]
    parsed = _parse(text, start, valued)
    for row in rows:
        if row["mention_id"] in seen or (row["mention_id"] in ranged and not row["range_with"]):
            continue
        value, used = _value_of(row, rows)
        seen |= {r["mention_id"] for r in used}
        reason = _no_value(row)
        if value is not None:
            first, last = _tokens(parsed, used, start)
            at = row["start_char"] - start
            reason = dates_nothing(parsed, at, row["expression"], value, first, last)
            denied += [value] * is_denied(reason)
            leads += used * (is_denied(reason) or reason == "only compares")
        elif only_leads(row, text[row["stop_char"] - start :]):
            leads.append(row)
        if value is None or reason:
            for r in used:
                a.refuse(r, reason)
        else:
            times.append((value, used))
    dating = [*leads, *(r for _, used in times for r in used)]
    if {r["mention_id"] for r in dating} != {r["mention_id"] for r in valued}:
        parsed = _parse(text, start, dating)  # only the words that date something are times
    made: list[tuple[int, Candidate]] = []
    for value, used in times:
        _read_time(Time(a, parsed, start, value, used, *_tokens(parsed, used, start)), made)
    a.found += [replace(c, denied=tuple(denied)) for _, c in made]


def _parse(text: str, start: int, rows: list[dict[str, Any]]) -> Parsed:
    return parse(text, tuple((r["start_char"] - start, r["stop_char"] - start) for r in rows))


def _tokens(parsed: Parsed, used: list[dict[str, Any]], start: int) -> tuple[int, int]:
    """Numbers of the first and the last token of a time."""
    first = parsed.token_at(used[0]["start_char"] - start)
    return first, parsed.token_at(max(r["stop_char"] for r in used) - start - 1)


def _no_value(row: dict[str, Any]) -> str:
    return row["problem"] or {
        "DURATION": "a length of time that nothing anchors",
        "SET": "a repeated time that nothing anchors",
    }.get(row["type"], "its words fix no date")


def _stated(row: dict[str, Any]) -> Value | None:
    names = ("edtf", "start", "stop", "granularity", "type", "expression")
    return stated_value(*(row[name] for name in names))


def _value_of(
    row: dict[str, Any], rows: list[dict[str, Any]]
) -> tuple[Value | None, list[dict[str, Any]]]:
    closes = _WINDOW.search(row["inferred"])
    if closes and row["start"] is not None:
        return window(row["start"], closes[1], closes[2]), [row]
    own = _stated(row)
    other = next(
        (r for r in rows if r["mention_id"] == row["range_with"] and row["range_with"]), None
    )
    if other is None:
        return own, [row]
    end = _stated(other)
    if own is None or end is None or isinstance(own, Period) or isinstance(end, Period):
        return own or end, [row, other]
    first, last = sorted((own, end), key=lambda v: v.sort_key)
    try:
        return Period(first, last), [row, other]
    except ValueError:
        return own, [row]


def _read_time(time: Time, made: list[tuple[int, Candidate]]) -> None:
    """Add to `made` what a time dates, with the number of its clause."""
    a, parsed, start, value, used, first, last = time
    row = used[0]
    k = parsed.clause_at(first)
    inside = next((j for j, c in enumerate(parsed.clauses) if first <= c.verb[0] <= last), None)
    if inside is not None and row["anchor_basis"].startswith("landmark ") and row["anchor"]:
        made.append((inside, landmark_candidate(time, inside)))
        return
    moment = row["type"] in ("DATE", "TIME")
    deadline = moment and is_deadline(parsed, k, first, last)
    noun = event_before(parsed, first, last)
    if noun is not None and moment and not deadline:
        made.append((-1, noun_candidate(time, noun)))
        return
    began = began_when(parsed, first, last)
    if began is not None:  # "open since Monday, when the ban was lifted": that came on Monday
        k = began
    else:
        value = (by_value if deadline else led_value)(value, parsed, row, start)
    for n, (kk, old) in enumerate(made):
        if kk == k >= 0 and not deadline and old.kind != "deadline" and _nested(old.value, value):
            sizes = [stop - begin for begin, stop in (bounds(value), bounds(old.value))]
            ids = (*old.mention_ids, *(r["mention_id"] for r in used))
            words = (*old.expressions, *(r["expression"] for r in used))
            finer = value if sizes[0] < sizes[1] else old.value
            made[n] = k, replace(old, value=finer, mention_ids=ids, expressions=words)
            return
    found = clause_candidate(time._replace(value=value), k, modified_noun(parsed, last), deadline)
    if began is not None:  # the sentence tells nothing else
        found = replace(found, clause=(start, start + len(parsed.text)))
    if re.search(r"\w", found.title):
        made.append((k, found))
        return
    for mention in used:
        a.refuse(mention, "stands alone, with no words that say what happened")


def _nested(one: Value | None, two: Value) -> bool:
    """Whether one of two values that are no periods lies in the other."""
    if isinstance(one, Period) or isinstance(two, Period):
        return False
    x, y = bounds(one), bounds(two)
    return (x[0] <= y[0] and y[1] <= x[1]) or (y[0] <= x[0] and x[1] <= y[1])
