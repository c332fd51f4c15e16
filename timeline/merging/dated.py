"""The candidate that a time makes of its clause, of a noun that names an event, or of a landmark's clause."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, NamedTuple

from timeline.dates import Period, TimeValue
from timeline.merging import words as w
from timeline.merging.candidate import Article, Candidate, make_candidate
from timeline.merging.clauses import Parsed
from timeline.merging.fitting import capital, fit
from timeline.merging.titles import (
    clause_title,
    deadline_title,
    inserted_title,
    noun_title,
    own_words,
    title_quality,
    whole_sentence,
)
from timeline.merging.values import Value, bounds, by_end_of
from timeline.merging.wording import is_future, is_statement, speaker_of


class Time(NamedTuple):
    """A time in a sentence that begins at `start`: its value, its mentions, its first and last token."""

    article: Article
    parsed: Parsed
    start: int
    value: Value
    rows: list[dict[str, Any]]
    first: int
    last: int


def noun_candidate(time: Time, noun: tuple[int, int]) -> Candidate:
    """The event that a noun names: "since the collapse on August 5"."""
    a, parsed, start, value, used, first, _ = time
    row = used[0]
    told = next((k for k, c in enumerate(parsed.clauses) if _tells(parsed, k, noun)), -1)
    if told >= 0:  # "the quake on Monday, which killed six"
        time = time._replace(first=parsed.clauses[told].verb[0])
        return replace(clause_candidate(time, told), quality=0.3)
    after = noun[0] > first
    title = noun_title(parsed, noun) if after else capital(fit(parsed, "", range(*noun))[0])
    ahead = _is_ahead(time)
    kind = "plan" if ahead else "happening"
    made = make_candidate(
        a, parsed, -1, start, (title, 0.1), rows=used, value=value, kind=kind, how=_how(row)
    )
    tokens = parsed.tokens[slice(*noun)]
    clause = (start + tokens[0].start, start + tokens[-1].stop)
    stems = frozenset(w.stem(t.low) for t in tokens if t.low not in w.STOP and t.low.isalnum())
    status = "planned" if ahead else "reported"
    return replace(made, clause=clause, stems=stems, deeds=stems, status=status, attribution="")


def _tells(parsed: Parsed, k: int, noun: tuple[int, int]) -> bool:
    """Whether clause `k` says in the past what a noun's event did: "which killed six", "after the quake killed six"."""
    clause = parsed.clauses[k]
    if clause.kind not in ("relative", "sub") or clause.subject is None:
        return False
    past = w.is_past(parsed.tokens[clause.verb[0]].low)
    return past and noun[0] <= clause.subject[1] - 1 < noun[1]


def landmark_candidate(time: Time, k: int) -> Candidate:
    """The landmark that a mention names in a clause of its own: "since Obama assumed office in 2009"."""
    value = TimeValue.from_edtf(time.rows[0]["anchor"])
    found = clause_candidate(time._replace(value=value, first=time.last), k)
    title = re.sub(r"\s+(?:in|on)(?:\s+\w+){0,2}\s+\d{3,4}$", "", found.title)
    return replace(found, title=title, kind="happening", status="reported", attribution="")


def clause_candidate(
    time: Time, k: int, modified: tuple[int, int] | None = None, deadline: bool = False
) -> Candidate:
    """The event that clause `k` tells of; `modified`: the noun that the time describes."""
    a, parsed, start, value, used, first, _ = time
    titled = _title(a, parsed, k, first, modified, deadline, start)
    if isinstance(value, Period):
        kind = "period"
    elif deadline:
        kind = "deadline"
    elif k >= 0 and is_statement(parsed, k):
        kind = "statement"
    else:
        future = is_future(parsed, k, used[0]["modality"])
        future = future and bounds(value)[1] >= bounds(by_end_of(a.dct))[1]
        kind = "plan" if future or _is_ahead(time) else "happening"
    return make_candidate(
        a, parsed, k, start, titled, rows=used, value=value, kind=kind, how=_how(used[0])
    )


def _is_ahead(time: Time) -> bool:
    """Whether a time begins after the article's day."""
    dct = time.article.dct
    return bool(dct) and bounds(time.value)[0] >= bounds(by_end_of(dct))[1]


def _how(row: dict[str, Any]) -> str:
    words = f"“{row['expression']}”"
    if row["stated"]:
        return f"{words}: stated in full"
    basis = row["anchor_basis"]
    source = {
        "dct": "the article's date", "quote": "the date of the quoted speech", "previous": "the date before it",
    }.get(basis, basis)  # fmt: skip
    counted = (
        f"counted from {source}" + (f" {row['anchor']}" if row["anchor"] else "")
        if basis
        else "read"
    )
    return f"{words}: {counted}" + (f"; filled in: {row['inferred']}" if row["inferred"] else "")


def _title(
    a: Article,
    parsed: Parsed,
    k: int,
    first: int,
    modified: tuple[int, int] | None,
    deadline: bool,
    start: int,
) -> tuple[str, float]:
    if deadline and (title := deadline_title(parsed, k, first)):
        return title, 0.9 if title.endswith(" due") else 0.6
    lead_in = {t.low for t in parsed.tokens[max(0, first - 2) : first]} & {"in", "at", "during"}
    if (
        modified is not None
        and parsed.tokens[modified[1] - 1].low in w.EVENT_NOUNS
        and not (lead_in and k >= 0)
    ):
        title = noun_title(parsed, modified)
        if len(title.split()) > 1:
            return title, 0.4
    if k < 0:
        title, whole = whole_sentence(parsed)
        return title, 0.2 * whole + 0.1
    if title := inserted_title(parsed, k, first, a.names, start):
        return title, 0.5
    said_before = a.quoted_by(start, start + parsed.tokens[parsed.clauses[k].verb[0]].start)
    speaker = speaker_of(parsed, k, a.names, start) or said_before
    title, whole = clause_title(parsed, k, a.names, start, speaker)
    quality = title_quality(parsed, k, title, whole)
    quoted = parsed.clauses[k].quoted
    return title if quoted else own_words(title, said_before or a.source), quality
