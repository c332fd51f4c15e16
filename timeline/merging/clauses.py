"""A sentence's clauses: who, verb, rest, and how each hangs on the one before. Knows no dates."""

from __future__ import annotations

from dataclasses import dataclass, replace

from timeline.merging import words as w
from timeline.merging.subjects import has_noun, noun_before, subject_range
from timeline.merging.tokens import Token, tokenise

RELATIVE = frozenset(["which", "who", "whom", "whose", "where"])
TEMPORAL = frozenset(["after", "before", "since", "until", "till", "when", "while", "as", "once"])
_FULL_QUOTE = 4  # words between quotation marks that make a clause of its own


@dataclass(frozen=True)
class Clause:
    """One clause as token numbers.

    `spans`: half-open token ranges, in order. `subject`: range or None. `verb`: range.
    `marker`: the joining word (that, which, after, and, ",") or empty for the first.
    `kind`: main, content (what somebody said), relative, sub, coordinate or participle.
    """

    spans: tuple[tuple[int, int], ...]
    subject: tuple[int, int] | None
    verb: tuple[int, int]
    marker: str
    kind: str
    quoted: bool = False

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


def parse(sentence: str, times: tuple[tuple[int, int], ...] = ()) -> Parsed:
    """The clauses of a sentence, each with one finite verb, in order of their verbs.

    `times`: character spans of time expressions; their words are nobody's subject.

    >>> p = parse("Obama said Tehran was negotiating.")
    >>> [(c.kind, " ".join(t.text for t in p.tokens[slice(*c.subject)])) for c in p.clauses]
    [('main', 'Obama'), ('content', 'Tehran')]
    """
    tokens = tokenise(sentence, times)
    quotes = _full_quotes(tokens)
    groups = _verb_groups(tokens)
    if len(groups) > 1:  # "a ceremony attended by ministers": no clause of its own
        groups = [g for g in groups if not _is_agentive(tokens, g)] or groups
    splits: list[tuple[int, str]] = []
    k = 0
    while k + 1 < len(groups):
        split = _split(tokens, groups[k], groups[k + 1], quotes)
        if split is not None:
            splits.append(split)
            k += 1
        elif _may_be_participle(tokens, groups[k]) and (
            tokens[groups[k][1]].tag in "pt" or not _may_be_participle(tokens, groups[k + 1])
        ):
            del groups[k]
            if splits and k:
                k -= 1
                splits.pop()
        else:
            del groups[k + 1]
    clauses = _build(tokens, groups, splits)
    quoted = tuple(replace(c, quoted=any(a <= c.verb[0] < b for a, b in quotes)) for c in clauses)
    return Parsed(sentence, tuple(tokens), quoted, tuple(quotes))


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
            if sum(t.text[0].isalnum() for t in tokens[opened + 1 : i]) >= _FULL_QUOTE:
                out.append((opened, i + 1))
            opened = None
    if opened is not None and len(tokens) - opened > _FULL_QUOTE:
        out.append((opened, len(tokens)))
    return out


def _verb_groups(tokens: list[Token]) -> list[tuple[int, int]]:
    groups, i = [], 0
    while i < len(tokens):
        tag = tokens[i].tag
        if tag in "xv" and not (tag == "x" and tokens[i].low in ("being", "been", "be", "having")):
            j = i + 1
            while tag == "x" and j < len(tokens) and tokens[j].tag in "xae":
                j += 1
            while tokens[j - 1].tag == "a" and tokens[j - 1].low not in ("not",) and j - 1 > i:
                j -= 1
            groups.append((i, j))
            i = j
        else:
            i += 1
    return groups


def _may_be_participle(tokens: list[Token], group: tuple[int, int]) -> bool:
    low = tokens[group[0]].low
    return tokens[group[0]].tag == "v" and (w.is_ed(low) or low in w.PARTICIPLE)


def _is_agentive(tokens: list[Token], group: tuple[int, int]) -> bool:
    i = group[0]
    follows = tokens[group[1]].low if group[1] < len(tokens) else ""
    return (
        _may_be_participle(tokens, group)
        and follows == "by"
        and bool(i)
        and tokens[i - 1].tag in "nN#"
    )


def _split(
    tokens: list[Token],
    one: tuple[int, int],
    two: tuple[int, int],
    quotes: list[tuple[int, int]],
) -> tuple[int, str] | None:
    """Where the second verb's clause begins, and by what; None if the two share one clause."""
    region = range(one[1], two[0])
    comma = max((i for i in region if tokens[i].text == ","), default=-1)
    for i in reversed(region):
        token = tokens[i]
        if token.tag == "s" and not (comma > i and token.low in TEMPORAL):
            back = i
            while back > one[1] and tokens[back - 1].tag == "s":
                back -= 1
            return back, tokens[back].low
        if token.text in (";", ":", "—", "–", "--"):
            return i, ";"
    for a, b in quotes:
        if one[0] < a <= two[0] and a >= one[1]:
            return a, '"'
        if one[0] < b <= two[0]:
            return b, '"'
    joined = next((i for i in reversed(region) if tokens[i].tag == "c"), -1)
    base = w.verb_base(tokens[one[1] - 1].low)
    if base in w.REPORTING and comma < 0 and tokens[one[0]].tag in "vx" and one[1] < two[0]:
        return one[1], "that"
    if joined >= 0 and all(tokens[i].tag in "a" for i in range(joined + 1, two[0])):
        return joined, "and="
    if comma >= 0:
        if joined == comma + 1:
            return comma, "and"
        if (
            joined > comma
            and has_noun(tokens, comma + 1, joined)
            and not has_noun(tokens, joined, two[0])
        ):
            return joined, "and"
        return comma, ","
    if joined >= 0 and has_noun(tokens, joined, two[0]):
        return joined, "and"
    before = one[0] - 1
    if before > 0 and tokens[before].low in RELATIVE | {"that"} and one[1] < two[0]:
        return two[0], "="
    return None


def _build(
    tokens: list[Token], groups: list[tuple[int, int]], splits: list[tuple[int, str]]
) -> list[Clause]:
    if not groups:
        return []
    first, marker = 0, ""
    for i in range(groups[0][0]):
        if tokens[i].tag == "s" and not _closed_before(tokens, i, groups[0][0]):
            first, marker = i, tokens[i].low
            break
    comma = groups[0][0] - 1
    inserted = comma > 0 and tokens[comma].text == "," and _may_be_participle(tokens, groups[0])
    if not first and inserted and splits and splits[0][1] == ",":
        first, marker = comma, ","
    starts = [(first, marker), *splits]
    out: list[Clause] = []
    pending: tuple[int, int] | None = (0, first) if first and len(groups) > 1 else None
    if first and len(groups) == 1:
        starts[0] = (0, "")
    for k, (start, mark) in enumerate(starts):
        stop = starts[k + 1][0] if k + 1 < len(starts) else len(tokens)
        inner = start + (1 if (mark and tokens[start].tag in "sc") or mark == "," else 0)
        while inner < stop and tokens[inner].tag in "cs.":
            inner += 1
        spans = [(start, stop)]
        kind = _kind(tokens, mark, out, groups[k], start)
        subject = subject_range(tokens, inner, groups[k][0])
        if subject is None and mark in (",", "="):
            if k == 1 and pending:
                spans.insert(0, pending)
                subject = subject_range(tokens, 0, pending[1]) or noun_before(tokens, pending[1])
                pending, kind = None, "main"
            elif out and out[-1].kind in ("relative", "participle"):
                subject = noun_before(tokens, out[-1].spans[-1][0])
                kind = "main" if len(out) < 2 else out[-2].kind
        elif mark == "," and pending and k == 1:
            spans.insert(0, pending)
            pending, kind = None, "main"
        if subject is None and mark in ("and=", "and") and out:
            subject = out[-1].subject
        if subject is None and kind in ("relative", "participle"):
            subject = noun_before(tokens, start)
        out.append(Clause(tuple(spans), subject, groups[k], mark, kind))
    if pending and out:
        out[0] = replace(out[0], spans=(pending, *out[0].spans))
    return out


def _closed_before(tokens: list[Token], i: int, verb: int) -> bool:
    """Whether the joining word at `i` is only a preposition: a comma and a new subject come before the verb."""
    if tokens[i].low not in TEMPORAL:
        return False
    comma = next((j for j in range(i, verb) if tokens[j].text == ","), -1)
    return comma >= 0 and has_noun(tokens, comma, verb)


def _kind(
    tokens: list[Token], mark: str, before: list[Clause], group: tuple[int, int], start: int
) -> str:
    if mark == ",":
        head = group[0] == start + 1
        low = tokens[group[0]].low
        if head and tokens[group[0]].tag == "v" and (w.is_ed(low) or low in w.PARTICIPLE):
            speaker = group[1] < len(tokens) and tokens[group[1]].tag in "dnNr"
            return "main" if low in w.REPORTING and before and speaker else "participle"
        return "main"
    if mark in RELATIVE:
        return "relative"
    if mark in ("that", "whether", "how", "why", "what"):
        previous = before[-1] if before else None
        if previous and w.verb_base(tokens[previous.verb[1] - 1].low) in w.REPORTING:
            return "content"
        return (
            "content" if mark != "that" or (start and tokens[start - 1].tag in "ve") else "relative"
        )
    if mark in w.SUBORDINATORS:
        return "sub"
    if mark in ("and=", "and"):
        return (
            before[-1].kind
            if before and before[-1].kind in ("content", "relative")
            else "coordinate"
        )
    return "main"
