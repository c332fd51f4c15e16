"""One article's candidates for events: what each mention dates, its lead, and what only order bounds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from timeline.dates import Period, TimeValue
from timeline.merging import words as w
from timeline.merging.clauses import Parsed, parse
from timeline.merging.names import Names, find_names
from timeline.merging.sentences import (
    Sentence,
    blank_placeholders,
    is_boilerplate,
    lead_sentence,
    split_sentences,
    story_end,
)
from timeline.merging.titles import capital, clause_title, deadline_title, fit, render
from timeline.merging.values import Value, before_end_of, bounds, by_end_of, stated_value
from timeline.merging.wording import (
    attribution_of,
    doubted,
    is_deadline,
    is_future,
    is_statement,
    speaker_of,
    status_of,
)


@dataclass(frozen=True)
class Candidate:
    """What one place in one article says happened: an event before the articles are brought together.

    `value`: its date, or only a bound where `dated` is false. `quality`: 0 to 1, how good the title is.
    `stems`: the clause's words for comparing; `context`: the sentence's. `position`: sentence number.
    """

    article: int
    mention_ids: tuple[str, ...]
    expressions: tuple[str, ...]
    how: str
    title: str
    quality: float
    kind: str
    status: str
    attribution: str
    value: Value | None
    dated: bool
    sentence: str
    sentence_start: int
    position: int
    lead: bool
    stems: frozenset[str]
    context: frozenset[str]
    span: tuple[int, int] = (0, 0)
    landmark: str = ""


@dataclass
class _Article:
    """One article while it is being read."""

    number: int
    text: str
    dct: str
    title: str
    sentences: list[Sentence]
    names: Names
    end: int
    found: list[Candidate] = field(default_factory=list)
    unused: list[dict[str, str]] = field(default_factory=list)


def article_candidates(
    number: int, article: dict[str, Any], mentions: list[dict[str, Any]]
) -> tuple[list[Candidate], list[dict[str, str]]]:
    """The candidates of one article in reading order, and the mentions that make none with the reason."""
    text = article["text"]
    sentences = split_sentences(text)
    a = _Article(
        number, text, article["dct"], article["title"], sentences,
        find_names(blank_placeholders(text), [s.start for s in sentences]), story_end(text),
    )  # fmt: skip
    by_sentence: dict[int, list[dict[str, Any]]] = {}
    for row in sorted(mentions, key=lambda m: (m["start_char"], m["mention_id"])):
        by_sentence.setdefault(row["sentence_start"], []).append(row)
    for start, rows in sorted(by_sentence.items()):
        _read_sentence(a, start, rows)
    _lead(a)
    _ordered(a)
    _doubt(a)
    return a.found, a.unused


def _position(a: _Article, offset: int) -> int:
    return next((i for i, s in enumerate(a.sentences) if s.stop > offset), len(a.sentences))


def _refuse(a: _Article, row: dict[str, Any], reason: str) -> None:
    a.unused.append({"mention_id": row["mention_id"], "reason": reason})


def _read_sentence(a: _Article, start: int, rows: list[dict[str, Any]]) -> None:
    raw = rows[0]["sentence"]
    if start >= a.end or is_boilerplate(raw):
        for row in rows:
            _refuse(a, row, "stands in an appeal, notice or caption")
        return
    text = blank_placeholders(raw)
    shift = len(text) - len(text.lstrip())
    parsed = parse(text, tuple((r["start_char"] - start, r["stop_char"] - start) for r in rows))
    ranged = {r["range_with"] for r in rows if r["range_with"]}
    made: list[tuple[int, Candidate]] = []
    for row in rows:
        if row["mention_id"] in ranged and not row["range_with"]:
            continue
        _read_mention(a, parsed, row, rows, start, made)
    del shift
    a.found += [c for _, c in made]


def _value_of(
    row: dict[str, Any], rows: list[dict[str, Any]]
) -> tuple[Value | None, list[dict[str, Any]]]:
    own = stated_value(
        row["edtf"], row["start"], row["stop"], row["granularity"], row["type"], row["expression"]
    )
    other = next(
        (r for r in rows if r["mention_id"] == row["range_with"] and row["range_with"]), None
    )
    if other is None:
        return own, [row]
    end = stated_value(
        other["edtf"],
        other["start"],
        other["stop"],
        other["granularity"],
        other["type"],
        other["expression"],
    )
    if own is None or end is None or isinstance(own, Period) or isinstance(end, Period):
        return own or end, [row, other]
    first, last = sorted((own, end), key=lambda v: v.sort_key)
    try:
        return Period(first, last), [row, other]
    except ValueError:
        return own, [row]


def _read_mention(
    a: _Article,
    parsed: Parsed,
    row: dict[str, Any],
    rows: list[dict[str, Any]],
    start: int,
    made: list[tuple[int, Candidate]],
) -> None:
    if any(row["mention_id"] in c.mention_ids for _, c in made):
        return
    value, used = _value_of(row, rows)
    if value is None:
        reason = row["problem"] or {
            "DURATION": "a length of time that nothing anchors",
            "SET": "a repeated time that nothing anchors",
        }.get(row["type"], "its words fix no date")
        _refuse(a, row, reason)
        return
    first = parsed.token_at(row["start_char"] - start)
    last = parsed.token_at(max(r["stop_char"] for r in used) - start - 1)
    modified = _modified_noun(parsed, last)
    deadline = False
    k = parsed.clause_at(first)
    inside = next((j for j, c in enumerate(parsed.clauses) if first <= c.verb[0] <= last), None)
    if inside is not None and row["anchor_basis"].startswith("landmark ") and row["anchor"]:
        made.append((inside, _landmark(a, parsed, inside, last, used, start)))
        return
    if row["type"] in ("DATE", "TIME"):
        deadline = is_deadline(parsed, k, first, last)
    if modified is not None and not deadline:
        head = parsed.tokens[modified[1] - 1].low
        if head not in w.EVENT_NOUNS and head not in w.TIME_NOUNS and head not in w.SPEECH_NOUNS:
            _refuse(a, row, f"only modifies {head!r}")
            return
    same = [
        (n, c)
        for n, (kk, c) in enumerate(made)
        if kk == k and c.kind != "deadline" and not deadline and not isinstance(value, Period)
        and not isinstance(c.value, Period) and _nested(bounds(c.value), bounds(value))
    ]  # fmt: skip
    if same and k >= 0:
        n, old = same[0]
        finer = bounds(value)[1] - bounds(value)[0] < bounds(old.value)[1] - bounds(old.value)[0]
        made[n] = (k, replace(
            old, value=value if finer else old.value,
            mention_ids=(*old.mention_ids, *(r["mention_id"] for r in used)),
            expressions=(*old.expressions, *(r["expression"] for r in used)),
        ))  # fmt: skip
        return
    made.append((k, _candidate(a, parsed, k, first, modified, deadline, value, used, start)))


def _landmark(
    a: _Article, parsed: Parsed, k: int, last: int, used: list[dict[str, Any]], start: int
) -> Candidate:
    """The landmark that a mention names in a clause of its own: "since Obama assumed office in 2009"."""
    row = used[0]
    value = TimeValue.from_edtf(row["anchor"])
    found = _candidate(a, parsed, k, last, None, False, value, used, start)
    title = re.sub(r"\s+(?:in|on)(?:\s+\w+){0,2}\s+\d{3,4}$", "", found.title)
    return replace(
        found, title=title, kind="happening", status="reported", attribution="", value=value
    )


def _nested(x: tuple[int, int], y: tuple[int, int]) -> bool:
    return (x[0] <= y[0] and y[1] <= x[1]) or (y[0] <= x[0] and x[1] <= y[1])


def _modified_noun(parsed: Parsed, last: int) -> tuple[int, int] | None:
    """The noun phrase right after the time, if the time is a modifier of it."""
    tokens = parsed.tokens
    i = last + 1
    possessive = tokens[last].low.endswith(("'s", "s'"))
    if i >= len(tokens) or tokens[i].tag not in "nNg#" or tokens[i].text == ",":
        return None
    if not possessive and (last < 1 or tokens[i].tag == "N"):
        return None
    stop = i
    while stop < len(tokens) and tokens[stop].tag in "nNg":
        stop += 1
    follows_verb = any(c.verb[0] == stop or c.verb[0] == i for c in parsed.clauses)
    has_subject = any(
        c.subject and c.subject[0] <= i < c.subject[1] and c.verb[0] >= stop for c in parsed.clauses
    )
    if follows_verb and has_subject and not possessive:
        before = tokens[last].start and parsed.text[: tokens[last].start].rstrip().lower()
        if not (
            before
            and re.search(r"\b(?:the|a|an|his|her|its|their|our|this|that)(?: \w+)?$", before)
        ):
            return None
    return i, stop


def _candidate(
    a: _Article,
    parsed: Parsed,
    k: int,
    first: int,
    modified: tuple[int, int] | None,
    deadline: bool,
    value: Value,
    used: list[dict[str, Any]],
    start: int,
) -> Candidate:
    row = used[0]
    landmark = row["anchor_basis"][9:] if row["anchor_basis"].startswith("landmark ") else ""
    statement = k >= 0 and is_statement(parsed, k) and not deadline
    attribution = (
        "" if statement else row["attribution"] or attribution_of(parsed, k, a.names, start)
    )
    title, quality = _title(a, parsed, k, first, modified, deadline, start)
    if isinstance(value, Period):
        kind = "period"
    elif deadline:
        kind = "deadline"
    elif statement:
        kind = "statement"
    else:
        future = (
            is_future(parsed, k, row["modality"]) and bounds(value)[1] > bounds(by_end_of(a.dct))[1]
        )
        ahead = bool(a.dct) and bounds(value)[0] >= bounds(by_end_of(a.dct))[1]
        kind = "plan" if future or ahead else "happening"
    status = status_of(parsed, k, kind, row["modality"] if kind == "plan" else "", attribution)
    position = _position(a, row["start_char"])
    clause_stems = _stems(parsed, k) | {
        w.stem(x) for x in re.findall(r"\w[\w’'-]+", title) if x.lower() not in w.STOP
    }
    span = (start, start)
    if k >= 0:
        verb = parsed.tokens[parsed.clauses[k].verb[1] - 1]
        span = (start + verb.start, start + verb.stop)
    return Candidate(
        a.number, tuple(r["mention_id"] for r in used), tuple(r["expression"] for r in used), _how(row),
        title, quality, kind, status, attribution, value, True, parsed.text.strip(), start, position,
        position <= max(0, lead_sentence(a.sentences, a.title)), frozenset(clause_stems), _stems(parsed, -1), span, landmark,
    )  # fmt: skip


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
    a: _Article,
    parsed: Parsed,
    k: int,
    first: int,
    modified: tuple[int, int] | None,
    deadline: bool,
    start: int,
) -> tuple[str, float]:
    if deadline:
        title = deadline_title(parsed, k, first)
        if title:
            return fit("", title)[0], 0.9 if title.endswith(" due") else 0.6
    if modified is not None and parsed.tokens[modified[1] - 1].low in w.EVENT_NOUNS:
        stop = next(
            (
                i
                for i in range(modified[1], len(parsed.tokens))
                if parsed.tokens[i].tag not in "pdnN#"
            ),
            modified[1],
        )
        title = capital(fit("", render(parsed, range(modified[0], stop)))[0])
        if len(title.split()) > 1 or k < 0:
            return title, 0.4
    if k < 0:
        title, whole = fit(
            "", render(parsed, [i for i, t in enumerate(parsed.tokens) if t.tag != "t"])
        )
        return capital(title) or parsed.text[:60], 0.2 * whole + 0.1
    speaker = speaker_of(parsed, k, a.names, start)
    title, whole = clause_title(parsed, k, a.names, start, speaker)
    clause = parsed.clauses[k]
    quality = 0.4 + 0.2 * whole + 0.3 * bool(clause.subject) - 0.2 * clause.quoted
    if re.match(r"(?:it|they|there|this|that|we|i|he|she|who|which)\b", title, re.IGNORECASE):
        quality -= 0.25
    if len(title) < 20:
        quality -= 0.15
    return title, quality


def _stems(parsed: Parsed, k: int) -> frozenset[str]:
    out = set()
    wanted = parsed.clauses[k] if k >= 0 else None
    for i, token in enumerate(parsed.tokens):
        if token.tag in 't."' or token.low in w.STOP or len(token.low) < 2:
            continue
        if wanted is None or wanted.holds(i):
            out.add(w.stem(token.low))
    return frozenset(out)


def _undated(
    a: _Article,
    parsed: Parsed,
    k: int,
    sentence: Sentence,
    value: Value | None,
    how: str,
    lead: bool,
) -> None:
    title, quality = _title(a, parsed, k, 0, None, False, sentence.start)
    statement = k >= 0 and is_statement(parsed, k)
    kind = "statement" if statement else "plan" if is_future(parsed, k, "") else "happening"
    attribution = "" if statement else attribution_of(parsed, k, a.names, sentence.start)
    position = _position(a, sentence.start)
    span = (sentence.start, sentence.start)
    if k >= 0:
        verb = parsed.tokens[parsed.clauses[k].verb[1] - 1]
        span = (sentence.start + verb.start, sentence.start + verb.stop)
    a.found.append(Candidate(
        a.number, (), (), how, title, quality, kind, status_of(parsed, k, kind, "", attribution), attribution,
        value, False, sentence.text, sentence.start, position, lead, _stems(parsed, k), _stems(parsed, -1), span,
    ))  # fmt: skip


def _lead(a: _Article) -> None:
    """The lead sentence's event where no mention dates it: it happened by the article's own date."""
    i = lead_sentence(a.sentences, a.title)
    if i < 0 or any(c.position == i for c in a.found):
        return
    sentence = a.sentences[i]
    parsed = parse(sentence.text)
    k = next((j for j, c in enumerate(parsed.clauses) if c.kind == "main"), -1)
    if k >= 0:
        _undated(
            a, parsed, k, sentence, by_end_of(a.dct), "not dated: by the date of the article", True
        )


_EXPERIENCE = re.compile(rf"\b(?:{'|'.join(sorted(w.EXPERIENCE_WORDS))})\b", re.IGNORECASE)
_PERFECT = re.compile(r"\b(?:has|have|had)\b", re.IGNORECASE)


def _ordered(a: _Article) -> None:
    """What is said to have come before a dated event, or to have happened already: bounded, not dated."""
    used = {c.position for c in a.found}
    for i, sentence in enumerate(a.sentences):
        if sentence.start >= a.end or is_boilerplate(sentence.text):
            continue
        after = " after " in sentence.text
        perfect = bool(_PERFECT.search(sentence.text) and _EXPERIENCE.search(sentence.text))
        if not (after or perfect):
            continue
        parsed = parse(sentence.text)
        if after:
            _came_before(a, parsed, sentence, i)
        if perfect and i not in used:
            _already(a, parsed, sentence)


def _came_before(a: _Article, parsed: Parsed, sentence: Sentence, i: int) -> None:
    for k, clause in enumerate(parsed.clauses):
        if (
            clause.marker != "after"
            or clause.subject is None
            or (not k and i not in {c.position for c in a.found})
        ):
            continue
        main = parsed.clauses[k - 1] if k else parsed.clauses[-1]
        dated = next((c for c in a.found if c.position == i and c.dated), None) or _meant(
            a, parsed, main, sentence
        )
        if dated is None or dated.value is None or not dated.dated:
            continue
        if any(
            c.position == i and clause.holds(parsed.token_at(c.span[0] - sentence.start))
            for c in a.found
        ):
            continue
        bound = before_end_of(dated.value)
        if bound is not None:
            _undated(a, parsed, k, sentence, bound, f"not dated: before “{dated.title}”", False)


def _meant(a: _Article, parsed: Parsed, main: Any, sentence: Sentence) -> Candidate | None:
    """The earlier statement that "made the comments" goes back to: same speaker, same noun."""
    words = {t.low for i, t in enumerate(parsed.tokens) if main.holds(i)}
    nouns = {w.stem(x) for x in words & w.SPEECH_NOUNS}
    if not nouns or main.subject is None:
        return None
    speaker = parsed.tokens[main.subject[1] - 1].low
    for c in reversed([c for c in a.found if c.sentence_start < sentence.start]):
        if nouns & c.context and speaker in c.sentence.lower():
            return c
    return None


def _already(a: _Article, parsed: Parsed, sentence: Sentence) -> None:
    for k, clause in enumerate(parsed.clauses):
        verbs = parsed.tokens[clause.verb[0] : clause.verb[1]]
        if not verbs or verbs[0].low not in ("has", "have", "had") or clause.subject is None:
            continue
        if w.verb_base(verbs[-1].low) not in w.EXPERIENCE_VERBS or any(
            t.low == "not" for t in verbs
        ):
            continue
        inner = parsed.clauses[k + 1] if k + 1 < len(parsed.clauses) else None
        if (
            inner is not None
            and inner.kind == "content"
            and parsed.tokens[inner.verb[0]].low in ("has", "have", "had")
        ):
            continue
        _undated(
            a,
            parsed,
            k,
            sentence,
            by_end_of(a.dct),
            "not dated: had happened by the date of the article",
            False,
        )
        return


def _doubt(a: _Article) -> None:
    """Mark the lead's event when a later sentence would not confirm or denies what it tells."""
    lead = next((n for n, c in enumerate(a.found) if c.lead), None)
    if lead is None:
        return
    about = a.found[lead].context | {w.stem(x) for x in re.findall(r"\w+", a.title)}
    for sentence in a.sentences[1:12]:
        status = doubted(sentence.text)
        if not status:
            continue
        object_stems = {
            w.stem(x) for x in re.findall(r"[a-z]\w+", sentence.text) if x not in w.STOP
        } - {"confirm", "deny"}
        if object_stems & about:
            a.found[lead] = replace(a.found[lead], status=status)
            return
