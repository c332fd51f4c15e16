"""Sentences without a date that tell an article's dated event again: same verb, same people or things."""

from __future__ import annotations

import re
from dataclasses import replace

from timeline.merging import words as w
from timeline.merging.candidate import LIGHT, Article, Candidate, Retelling
from timeline.merging.clauses import parse
from timeline.merging.sentences import Sentence

_SHARED = 2  # other telling words that both must have
_WORD = re.compile(r"[^\W\d_][\w’'-]+|\d[\d,.]*")


def read_retellings(a: Article) -> None:
    """Give each event of the article the undated sentences that tell it again; no sentence to two events."""
    _headline(a)
    by_verb: dict[str, list[int]] = {}
    for n, c in enumerate(a.found):
        if c.verb and c.verb not in LIGHT and c.kind != "statement":
            by_verb.setdefault(c.verb, []).append(n)
    if not by_verb:
        return
    used = {c.position for c in a.found} | {*range(a.lead)}
    for i, sentence in enumerate(a.sentences):
        if i in used or not a.is_story(sentence.start, sentence.stop):
            continue
        found = [(w.stem(m.group().lower()), m.start()) for m in _WORD.finditer(sentence.text)]
        here = {stem for stem, _ in found}
        best = _best(a.found, by_verb, here)
        if best is None:
            continue
        c = a.found[best]
        at = next(start for stem, start in found if stem == c.verb)
        parsed = parse(sentence.text)
        k = parsed.clause_at(parsed.token_at(at))
        tokens = [t for j, t in enumerate(parsed.tokens) if k < 0 or parsed.clauses[k].holds(j)]
        clause = (sentence.start + tokens[0].start, sentence.start + tokens[-1].stop)
        again = Retelling(sentence.text, sentence.start, clause)
        a.found[best] = replace(c, retold=(*c.retold, again))


def _headline(a: Article) -> None:
    """A headline above the lead tells what the lead tells, if they have words in common; a title adds its words."""
    leads = [n for n, c in enumerate(a.found) if c.lead and c.position == a.lead]
    used = {c.position for c in a.found}
    above = [s for i, s in enumerate(a.sentences[: max(a.lead, 0)]) if i not in used]
    for line in (Sentence(a.title, -1), *(s for s in above if a.is_story(s.start, s.stop))):
        here = {w.stem(m.group().lower()) for m in _WORD.finditer(line.text)} - w.STOP
        n = max(leads, key=lambda n: _fit(a.found[n], n, here), default=None)
        if n is None or len(here & a.found[n].context) < _SHARED:
            continue
        c = a.found[n]
        if line.start < 0:
            a.found[n] = replace(c, context=c.context | here)
        else:
            again = Retelling(line.text, line.start, (line.start, line.stop))
            a.found[n] = replace(c, retold=(*c.retold, again))


def _fit(c: Candidate, n: int, here: set[str]) -> tuple[bool, int, bool, int]:
    """How well a candidate of the lead fits a headline: by its verb, then its words, then without a date."""
    return c.verb in here, len(here & c.stems), not c.dated, -n


def _best(found: list[Candidate], by_verb: dict[str, list[int]], here: set[str]) -> int | None:
    ranked = [
        (-len((found[n].stems & here) - {verb}), n)
        for verb in sorted(here & by_verb.keys())
        for n in by_verb[verb]
    ]
    worth, n = min(ranked, default=(0, 0))
    return n if -worth >= _SHARED else None
