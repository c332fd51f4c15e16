"""What one place in one article says happened, and the article while it is being read. Finds nothing."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from timeline.dates import TimeValue
from timeline.dates.calendar import civil_from_days
from timeline.merging import words as w
from timeline.merging.clauses import Clause, Parsed, is_untimed, parse
from timeline.merging.names import Names, find_names
from timeline.merging.quoting import quoted_spans
from timeline.merging.sentences import (
    Sentence,
    blank_furniture,
    find_notices,
    lead_sentence,
    split_sentences,
    story_end,
)
from timeline.merging.values import Value
from timeline.merging.wording import attribution_of, quotes_whom, status_of
from timeline.tagging.tag import parse_dct

# verbs that say little by themselves
LIGHT = frozenset(
    "be have do make take get go come give keep begin start see use seem become ~begin".split()
)
_NO_DEEDS = frozenset(["~statement", "~leader", "~troops", "~person"])
_SIMULTANEOUS = ("when", "while", "as")


class Retelling(NamedTuple):
    """A sentence of the same article that tells the event again without a date; `clause` as in Candidate."""

    sentence: str
    start: int
    clause: tuple[int, int]


@dataclass(frozen=True)
class Candidate:
    """What one place in one article says happened: an event before the articles are brought together.

    `value`: its date, or only a bound where `dated` is false. `quality`: 0 to 1, how good the title is.
    `stems`: the clause's words for comparing; `context`: the sentence's. `position`: sentence number.
    `clause`: offsets in the article, from the clause's first word to its last.
    `verb`: plain form of its verb, or empty; `deeds`: those of its verbs and of what it says, with the nouns of events. `names`: those of `stems` and `context` that are names. `denied`: dates that its sentence says are not the date.
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
    clause: tuple[int, int]
    verb: str
    deeds: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    retold: tuple[Retelling, ...] = ()
    denied: tuple[Value, ...] = ()


@dataclass
class Article:
    """One article while it is being read. `text`: without placeholders and datelines. `lead`: number of its lead sentence; `end`: where appeals begin."""

    number: int
    dct: str
    title: str
    source: str
    text: str
    sentences: list[Sentence]
    names: Names
    lead: int
    end: int
    notices: list[int]
    found: list[Candidate] = field(default_factory=list)
    unused: list[dict[str, str]] = field(default_factory=list)

    def position(self, offset: int) -> int:
        """The number of the sentence at a character offset."""
        return max(0, bisect_right(self.sentences, offset, key=lambda s: s.start) - 1)

    def is_story(self, start: int, stop: int) -> bool:
        """Whether the sentence at these offsets is news and no appeal, notice or caption."""
        i = bisect_left(self.notices, start)
        return start < self.end and not (i < len(self.notices) and self.notices[i] < stop)

    def quoted_by(self, start: int, at: int) -> str:
        """Who says the word at `at` of the sentence at `start`, if only a sentence before it tells whose quotation it is; or empty."""
        begin, end = self.text.rfind("\n", 0, start) + 1, self.text.find("\n", at)
        spans = quoted_spans(self.text[begin : end if end >= 0 else len(self.text)])
        mark = next((begin + a for a, b in spans if a <= at - begin < b), -1)
        i = self.position(mark)
        if mark >= 0 and mark <= self.sentences[i].start:
            i -= 1  # "“...,” said Ana Ruiz. “...”": the sentence before the mark
        if mark < 0 or i < 0 or not begin <= self.sentences[i].start < start:
            return ""
        return quotes_whom(parse(self.sentences[i].text), self.names, self.sentences[i].start)

    def refuse(self, row: dict[str, Any], reason: str) -> None:
        """Note that a mention makes no event, and why."""
        self.unused.append({"mention_id": row["mention_id"], "reason": reason})


def open_article(number: int, article: dict[str, Any]) -> Article:
    """An article ready to be read: split into sentences, its names known."""
    text = article["text"]
    blank = blank_furniture(text)
    day = parse_dct(article["dct"])  # as tagging reads it
    sentences, notices = split_sentences(text), find_notices(text)
    return Article(
        number=number,
        dct=TimeValue.day(*civil_from_days(day)).edtf if day is not None else "",
        title=article["title"],
        source=article["source"],
        text=blank,
        sentences=sentences,
        names=find_names(blank, [(s.start, s.text) for s in sentences]),
        lead=lead_sentence(sentences, article["title"], notices),
        end=story_end(text, notices),
        notices=notices,
    )


def make_candidate(
    a: Article,
    parsed: Parsed,
    k: int,
    start: int,
    titled: tuple[str, float],
    *,
    rows: list[dict[str, Any]],
    value: Value | None,
    kind: str,
    how: str,
) -> Candidate:
    """The candidate for clause `k` of the sentence at `start`; `rows`: its mentions, none if it is undated.

    `titled`: title and its quality.
    """
    title, quality = titled
    undated: dict[str, Any] = {"attribution": "", "modality": "", "start_char": start}
    row = rows[0] if rows else undated
    attribution = (
        ""
        if kind == "statement"
        else attribution_of(parsed, k, a.names, start)
        or (_speaker(row["attribution"]) if k < 0 else "")
        or a.quoted_by(start, start + _offset(parsed, k))
    )
    modality = row["modality"] if kind == "plan" else ""
    position = a.position(row["start_char"])
    title_stems = {w.stem(x) for x in re.findall(r"\w[\w’'-]+", title) if x.lower() not in w.STOP}
    verb = _verb(parsed, parsed.clauses[k]) if k >= 0 else ""
    plain = w.stem(parsed.tokens[parsed.clauses[k].verb[1] - 1].low) if k >= 0 else ""
    if k >= 0 and plain not in title_stems and kind != "deadline":  # a noun in it is the event
        verb, stems = "", frozenset(title_stems)
    else:
        stems = clause_stems(parsed, k) | title_stems
    first, last = clause_range(parsed, k)
    clause = (start + parsed.tokens[first].start, start + parsed.tokens[last].stop)
    return Candidate(
        article=a.number,
        mention_ids=tuple(r["mention_id"] for r in rows),
        expressions=tuple(r["expression"] for r in rows),
        how=how,
        title=title,
        quality=quality,
        kind=kind,
        status=status_of(parsed, k, kind, modality, attribution),
        attribution="" if attribution.lower() in w.PRONOUNS else attribution,
        value=value,
        dated=bool(rows),
        sentence=parsed.text.strip(),
        sentence_start=start,
        position=position,
        lead=position <= max(0, a.lead),
        stems=stems,
        context=clause_stems(parsed, -1),
        clause=clause,
        names=_names(parsed),
        verb=verb,
        deeds=_deeds(parsed, k),
    )


def _offset(parsed: Parsed, k: int) -> int:
    """Offset in its sentence of the verb of clause `k`, or of the first word for -1."""
    first = next((t.start for t in parsed.tokens if t.tag not in '."'), 0)
    return parsed.tokens[parsed.clauses[k].verb[0]].start if k >= 0 else first


def _deeds(parsed: Parsed, k: int) -> frozenset[str]:
    """The verbs of clause `k` and of what it says, and its nouns that name a deed, in plain form; no "make", "say"."""
    clauses = [parsed.clauses[k]] if k >= 0 else []
    clauses += [c for c in parsed.clauses if c.parent == k >= 0 and c.kind == "content"]
    verbs = {_verb(parsed, c) for c in clauses}
    nouns = {
        w.stem(t.low)
        for i, t in enumerate(parsed.tokens)
        if t.tag == "n" and (k < 0 or any(c.holds(i) for c in clauses)) and _is_deed(t.low)
    }
    return frozenset(verbs | nouns) - LIGHT - _NO_DEEDS


def _verb(parsed: Parsed, clause: Clause) -> str:
    """The plain form of a clause's verb, its particle included."""
    last = clause.verb[1] - 1
    particle = parsed.tokens[last + 1].low if last + 1 < len(parsed.tokens) else ""
    verb = parsed.tokens[last].low
    return w.phrasal(verb, particle) or w.stem(verb)


def _is_deed(noun: str) -> bool:
    return noun in w.EVENT_NOUNS or w.verb_base(noun) in w.BASES or w.stem(noun)[0] == "~"


def clause_range(parsed: Parsed, k: int) -> tuple[int, int]:
    """First and last token of clause `k` with what is said in it and the verb that it shares its time with."""
    if k < 0 or not parsed.tokens:
        return 0, len(parsed.tokens) - 1
    clauses = [parsed.clauses[j] for j in _together(parsed, k)]
    return min(c.spans[0][0] for c in clauses), max(c.spans[-1][1] for c in clauses) - 1


def _together(parsed: Parsed, k: int) -> set[int]:
    """Numbers of clause `k`, of what it says or holds, and of the clause that it shares its time with."""
    clauses = parsed.clauses
    inside = {k}
    if clauses[k].kind == "sub" and clauses[k].marker in _SIMULTANEOUS:
        inside |= {j for j in (clauses[k].parent,) if j >= 0 and is_untimed(parsed, clauses[j])}
    for j in (k - 1, k + 1):  # "burst and flooded": one subject, one time
        if 0 <= j < len(clauses) and clauses[max(j, k)].marker == "and=":
            inside |= {j} if is_untimed(parsed, clauses[j]) else set()
    for j, clause in enumerate(clauses):
        apart = clause.kind == "sub" and clause.marker not in _SIMULTANEOUS
        if clause.parent in inside and not apart and is_untimed(parsed, clause):
            inside.add(j)
    return inside


def _names(parsed: Parsed) -> frozenset[str]:
    """The names of a sentence in plain form; its first word only if a name follows."""
    tokens = parsed.tokens
    known = tokens[1:2] and tokens[1].tag == "N"
    return frozenset(w.stem(t.low) for t in tokens[not known :] if t.tag == "N")


def _speaker(attribution: str) -> str:
    """The mention's own attribution, if it reads like somebody."""
    words = attribution.split()
    named = any(x[0].isupper() for x in words) or any(
        x.endswith("s") or len(x) > 4 for x in words[1:]
    )
    verbs = any(x.lower() in w.AUXILIARIES for x in words)
    return attribution if words and named and not verbs and words[-1].lower() not in w.STOP else ""


def clause_stems(parsed: Parsed, k: int) -> frozenset[str]:
    """The telling words of clause `k` in plain form, or of the whole sentence for -1; no times."""
    wanted = None
    if k >= 0:  # "..., killing two": with what it did
        wanted = [
            c for c in parsed.clauses if c.parent == k and parsed.tokens[c.verb[0]].tag == "g"
        ]
        wanted.append(parsed.clauses[k])
    pairs = list(zip(parsed.tokens, parsed.tokens[1:], strict=False))
    lettered = {  # "Plan B", "Flight 7": only together do they name a thing
        f"{one.low} {two.low}"
        for i, (one, two) in enumerate(pairs)
        if one.tag == "N" and two.tag in "N#d" and len(two.text) < 3 and not two.text.islower()
        and (wanted is None or any(c.holds(i) for c in wanted))
    }  # fmt: skip
    phrasal = {
        w.phrasal(one.low, two.low)
        for i, (one, two) in enumerate(pairs)
        if one.tag in "vegi" and (wanted is None or any(c.holds(i) for c in wanted))
    } - {""}
    return frozenset(lettered | phrasal) | frozenset(
        w.stem(token.low)
        for i, token in enumerate(parsed.tokens)
        if token.tag not in 't."'
        and token.low not in w.STOP
        and len(token.low) > 1
        and (wanted is None or any(c.holds(i) for c in wanted))
    )
