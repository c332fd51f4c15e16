"""The candidate that a time makes of its clause, of a noun that names an event, or of a landmark's clause."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

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


def noun_candidate(
    a: Article,
    parsed: Parsed,
    noun: tuple[int, int],
    value: Value,
    used: list[dict[str, Any]],
    start: int,
) -> Candidate:
    """The event that a noun names: "since the collapse on August 5"."""
    row = used[0]
    told = next((k for k, c in enumerate(parsed.clauses) if _tells(parsed, k, noun)), -1)
    if told >= 0:  # "the quake on Monday, which killed six"
        found = clause_candidate(
            a, parsed, told, parsed.clauses[told].verb[0], None, False, value, used, start
        )
        return replace(found, quality=0.3)
    after = noun[0] > parsed.token_at(row["start_char"] - start)
    title = noun_title(parsed, noun) if after else capital(fit(parsed, "", range(*noun))[0])
    ahead = a.dct and bounds(value)[0] >= bounds(by_end_of(a.dct))[1]
    kind = "plan" if ahead else "happening"
    made = make_candidate(
        a, parsed, -1, start, (title, 0.1), rows=used, value=value, kind=kind, how=_how(row)
    )
    tokens = parsed.tokens[slice(*noun)]
    clause = (start + tokens[0].start, start + tokens[-1].stop)
    stems = frozenset(w.stem(t.low) for t in tokens if t.low not in w.STOP and t.low.isalnum())
    status = "planned" if ahead else "reported"
    return replace(made, clause=clause, stems=stems, status=status, attribution="")


def _tells(parsed: Parsed, k: int, noun: tuple[int, int]) -> bool:
    """Whether clause `k` says in the past what a noun's event did: "which killed six"."""
    clause = parsed.clauses[k]
    if clause.kind != "relative" or clause.subject is None:
        return False
    past = w.is_past(parsed.tokens[clause.verb[0]].low)
    return past and noun[0] <= clause.subject[1] - 1 < noun[1]


def landmark_candidate(
    a: Article, parsed: Parsed, k: int, last: int, used: list[dict[str, Any]], start: int
) -> Candidate:
    """The landmark that a mention names in a clause of its own: "since Obama assumed office in 2009"."""
    row = used[0]
    value = TimeValue.from_edtf(row["anchor"])
    found = clause_candidate(a, parsed, k, last, None, False, value, used, start)
    title = re.sub(r"\s+(?:in|on)(?:\s+\w+){0,2}\s+\d{3,4}$", "", found.title)
    return replace(
        found, title=title, kind="happening", status="reported", attribution="", value=value
    )


def clause_candidate(
    a: Article,
    parsed: Parsed,
    k: int,
    first: int,
    modified: tuple[int, int] | None,
    deadline: bool,
    value: Value,
    used: list[dict[str, Any]],
    start: int,
) -> Candidate:
    titled = _title(a, parsed, k, first, modified, deadline, start)
    published = bounds(by_end_of(a.dct))[1]
    if isinstance(value, Period):
        kind = "period"
    elif deadline:
        kind = "deadline"
    elif k >= 0 and is_statement(parsed, k):
        kind = "statement"
    else:
        future = is_future(parsed, k, used[0]["modality"]) and bounds(value)[1] >= published
        kind = "plan" if future or (a.dct and bounds(value)[0] >= published) else "happening"
    return make_candidate(
        a, parsed, k, start, titled, rows=used, value=value, kind=kind, how=_how(used[0])
    )


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
        if len(title.split()) > 1 or k < 0:
            return title, 0.4
    if k < 0:
        title, whole = whole_sentence(parsed)
        return title, 0.2 * whole + 0.1
    if title := inserted_title(parsed, k, first, a.names, start):
        return title, 0.5
    title, whole = clause_title(parsed, k, a.names, start, speaker_of(parsed, k, a.names, start))
    quality = title_quality(parsed, k, title, whole)
    return own_words(title, a.source) if not parsed.clauses[k].quoted else title, quality
