"""What an article tells without a date: its lead, and what came before or had happened already. Only bounded."""

from __future__ import annotations

import re
from dataclasses import replace

from timeline.dates import Period
from timeline.merging import words as w
from timeline.merging.candidate import Article, Candidate, make_candidate
from timeline.merging.clauses import Clause, Parsed, parse
from timeline.merging.sentences import Sentence
from timeline.merging.titles import clause_title, own_words, title_quality
from timeline.merging.values import DAY, Value, before_end_of, bounds, by_end_of, from_start_of
from timeline.merging.wording import doubted, is_future, is_statement, speaker_of

_AS_LEAD = "not dated: by the date of the article"
_STILL_TO_COME = "not dated: after the date of the article"


def read_undated(a: Article) -> None:
    """Add the lead where no mention dates it, then what is ordered before a dated event or is past already."""
    _lead(a)
    _ordered(a)
    _doubt(a)


def _add(
    a: Article, parsed: Parsed, k: int, sentence: Sentence, value: Value | None, how: str
) -> None:
    title, whole = clause_title(
        parsed, k, a.names, sentence.start, speaker_of(parsed, k, a.names, sentence.start)
    )
    if not re.search(r"\w", title):
        return
    kind = (
        "statement"
        if is_statement(parsed, k)
        else "plan"
        if is_future(parsed, k, "")
        else "happening"
    )
    if kind == "plan" and how == _AS_LEAD:  # still to come: the article's date bounds it below
        value, how = from_start_of(a.dct), _STILL_TO_COME
    said = title if parsed.clauses[k].quoted else own_words(title, a.source)
    titled = said, title_quality(parsed, k, title, whole)
    made = make_candidate(
        a, parsed, k, sentence.start, titled, rows=[], value=value, kind=kind, how=how
    )
    a.found.append(made if how in (_AS_LEAD, _STILL_TO_COME) else replace(made, lead=False))


def _lead(a: Article) -> None:
    """The lead's main clause, unless a mention dates it: a time after the article's day is not that of its report."""
    if a.lead < 0:
        return
    sentence = a.sentences[a.lead]
    parsed = parse(sentence.text)
    k = next((j for j, c in enumerate(parsed.clauses) if c.kind == "main"), -1)
    if k < 0:
        return
    clause = parsed.clauses[k]
    if clause.quoted and any(c.position == a.lead for c in a.found):
        return  # the words are told once
    first, last = (parsed.tokens[i] for i in (clause.verb[0], clause.verb[1] - 1))
    held = False
    for n, c in enumerate(a.found):
        if c.position == a.lead and c.clause[0] <= sentence.start + first.start < c.clause[1]:
            if _is_of_another_time(a, c, first.low in ("has", "have") and first != last):
                a.found[n] = replace(c, clause=(sentence.start + last.stop, c.clause[1]))
            else:
                held = True
    if not held:
        _add(a, parsed, k, sentence, by_end_of(a.dct), _AS_LEAD)


def _is_of_another_time(a: Article, c: Candidate, perfect: bool) -> bool:
    """Whether a lead's own verb cannot have the date of its clause: "has posted a profit for last year".

    What is said of days to come is said today, and the present perfect takes no time that is over.
    """
    published = bounds(by_end_of(a.dct))[1]
    low, high = bounds(c.value)
    if not a.dct or isinstance(c.value, Period):
        return False
    return (c.kind == "statement" and low >= published) or (perfect and high < published - 7 * DAY)


_EXPERIENCE = re.compile(rf"\b(?:{'|'.join(sorted(w.EXPERIENCE_WORDS))})\b", re.IGNORECASE)
_PERFECT = re.compile(r"\b(?:has|have|had)\b", re.IGNORECASE)


def _ordered(a: Article) -> None:
    """What is said to have come before a dated event, or to have happened already: bounded, not dated."""
    found: dict[int, list[Candidate]] = {}
    for c in a.found:
        found.setdefault(c.position, []).append(c)
    for i, sentence in enumerate(a.sentences):
        if not a.is_story(sentence.start, sentence.stop):
            continue
        after = " after " in sentence.text
        perfect = bool(_PERFECT.search(sentence.text) and _EXPERIENCE.search(sentence.text))
        if not (after or perfect):
            continue
        parsed = parse(sentence.text)
        if after:
            _came_before(a, parsed, sentence, found.get(i, []))
        if perfect and i not in found:
            _already(a, parsed, sentence)


def _came_before(a: Article, parsed: Parsed, sentence: Sentence, here: list[Candidate]) -> None:
    """Add the clauses after "after"; `here`: what the sentence tells already."""
    for k, clause in enumerate(parsed.clauses):
        if clause.marker != "after" or clause.subject is None or (not k and not here):
            continue
        verb = sentence.start + parsed.tokens[clause.verb[0]].start
        if any(c.clause[0] <= verb < c.clause[1] for c in here):
            continue
        main = parsed.clauses[clause.parent if clause.parent >= 0 else k - 1]
        told = sentence.start + parsed.tokens[main.verb[0]].start
        of_main = (c for c in here if c.dated and c.clause[0] <= told < c.clause[1])
        dated = next(of_main, None) or _meant(a, parsed, main, sentence)
        if dated is None or dated.value is None or not dated.dated:
            continue
        bound = before_end_of(dated.value)
        if bound is not None:
            _add(a, parsed, k, sentence, bound, f"not dated: before “{dated.title}”")


def _meant(a: Article, parsed: Parsed, main: Clause, sentence: Sentence) -> Candidate | None:
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


def _already(a: Article, parsed: Parsed, sentence: Sentence) -> None:
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
        how = "not dated: had happened by the date of the article"
        _add(a, parsed, k, sentence, by_end_of(a.dct), how)
        return


def _doubt(a: Article) -> None:
    """Mark the lead's event when a later sentence would not confirm or denies what it tells."""
    lead = next((n for n, c in enumerate(a.found) if c.lead), None)
    if lead is None:
        return
    about = a.found[lead].stems
    for sentence in a.sentences[1:12]:
        status, what = doubted(sentence.text)
        if status and what & about:
            a.found[lead] = replace(a.found[lead], status=status)
            return
