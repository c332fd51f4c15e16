"""A sentence's clauses: who, verb, rest, and which clause each hangs on. Knows no dates."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from timeline.merging.reader import Reader
from timeline.merging.stack import Open
from timeline.merging.tokens import Token, tokenise

_FULL_QUOTE = 4  # words between quotation marks that make a clause of its own


@dataclass(frozen=True)
class Clause:
    """One clause as token numbers.

    `spans`: half-open ranges of its own tokens, in order. `subject`: range or None. `verb`: range.
    `marker`: the joining word (that, which, after, and, ",") or empty for the first; "and=" if it shares its subject.
    `kind`: main, tail ("..., police said"), content (what somebody said), relative, sub, coordinate or participle.
    `parent`: number of the clause that it hangs on, or -1.
    """

    spans: tuple[tuple[int, int], ...]
    subject: tuple[int, int] | None
    verb: tuple[int, int]
    marker: str
    kind: str
    quoted: bool = False
    parent: int = -1

    def holds(self, i: int) -> bool:
        """Whether token number `i` stands in this clause."""
        return any(a <= i < b for a, b in self.spans)


@dataclass(frozen=True)
class Parsed:
    """A sentence with its tokens and clauses; `quotes`: token ranges inside full quotations."""

    text: str
    tokens: tuple[Token, ...]
    clauses: tuple[Clause, ...]
    quotes: tuple[tuple[int, int], ...]

    def token_at(self, offset: int) -> int:
        """The number of the token at or after character `offset`."""
        for i, token in enumerate(self.tokens):
            if token.stop > offset:
                return i
        return max(len(self.tokens) - 1, 0)

    def clause_at(self, i: int) -> int:
        """The number of the clause that token `i` stands in, or -1."""
        return next((k for k, clause in enumerate(self.clauses) if clause.holds(i)), -1)


@lru_cache(maxsize=256)
def parse(sentence: str, times: tuple[tuple[int, int], ...] = ()) -> Parsed:
    """The clauses of a sentence, each with one verb, in order of their verbs.

    `times`: character spans of time expressions; their words are nobody's subject.

    >>> p = parse("Obama said Tehran was negotiating.")
    >>> [(c.kind, " ".join(t.text for t in p.tokens[slice(*c.subject)])) for c in p.clauses]
    [('main', 'Obama'), ('content', 'Tehran')]
    """
    tokens = tokenise(sentence, times)
    quotes = _full_quotes(tokens)
    clauses = _finished(Reader(tokens, dict(quotes)).read())
    return Parsed(sentence, tuple(tokens), clauses, tuple(quotes))


def is_untimed(parsed: Parsed, clause: Clause) -> bool:
    """Whether a clause holds no time expression."""
    return not any(parsed.tokens[i].tag == "t" for a, b in clause.spans for i in range(a, b))


def _full_quotes(tokens: list[Token]) -> list[tuple[int, int]]:
    out, opened = [], None
    for i, token in enumerate(tokens):
        if token.tag != '"':
            continue
        if opened is None and token.text not in "”»":
            opened = i
        elif opened is not None:
            inside = tokens[opened + 1 : i]
            said = opened == 0 and inside[-1:] and inside[-1].text in ",!?"  # "“It's a lie,” said"
            said = said and any(t.tag in "xv" for t in inside)
            if said or sum(t.text[0].isalnum() for t in inside) >= _FULL_QUOTE:
                out.append((opened, i + 1))
            opened = None
    if opened is not None and len(tokens) - opened > _FULL_QUOTE:
        out.append((opened, len(tokens)))
    return out


def _finished(found: list[Open]) -> tuple[Clause, ...]:
    """The clauses that have a verb, in order of their verbs."""
    kept = sorted((n for n, c in enumerate(found) if c.verb), key=lambda n: found[n].verb or (0, 0))
    number = {n: k for k, n in enumerate(kept)}
    for c in reversed(found):  # what has no verb is part of what it hangs on
        if not c.verb and c.parent >= 0:
            found[c.parent].own += c.own
    out = []
    for n in kept:
        c, parent = found[n], found[n].parent
        while parent >= 0 and parent not in number:
            parent = found[parent].parent
        subject = c.subject
        if subject is None and c.kind == "participle" and parent >= 0:
            subject = found[parent].subject
        place = number.get(parent, -1)
        spans, verb = _ranges(c.own), c.verb or (0, 0)
        out.append(Clause(spans, subject, verb, c.marker, c.kind, c.quoted, place))
    return tuple(out)


def _ranges(own: list[int]) -> tuple[tuple[int, int], ...]:
    out: list[tuple[int, int]] = []
    for i in sorted(own):
        if out and out[-1][1] == i:
            out[-1] = (out[-1][0], i + 1)
        else:
            out.append((i, i + 1))
    return tuple(out)
