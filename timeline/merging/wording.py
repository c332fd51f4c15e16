"""What kind of event a clause tells of, how sure it is, and who says so: from its wording alone."""

from __future__ import annotations

import re

from timeline.merging import words as w
from timeline.merging.clauses import Clause, Parsed
from timeline.merging.fitting import capital, render
from timeline.merging.groups import reports
from timeline.merging.names import Names
from timeline.merging.referring import subject_text
from timeline.merging.titles import said_by

_NOT_CONFIRMED = re.compile(
    r"\b(?:(?:would|could|did|does|do|will|has|have) (?:not|n[o’']t) (?:been )?(?:confirm|verif)\w*|(?:would|could)n[’']t confirm"
    r"|(?:declined|refused) to (?:confirm|comment)|neither confirm\w* nor den\w+|not (?:been )?independently (?:confirmed|verified))",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:denied|denies|deny(?:ing)?|dismissed|rejected) (?:the |any |these |those )?(?:report|claim|allegation|that|having|rumou?r)s?",
    re.IGNORECASE,
)
_OBLIGED = re.compile(
    r"\b(?:must|have to|has to|had to|need to|needs to|ordered to|required to|agreed to|promis\w+|pledg\w+|vow\w+|given until|has until|have until|had until|ultimatum)\b",
    re.IGNORECASE,
)
_THINKING = frozenset("believe doubt expect fear feel find hope know mean plan show think".split())
_SAYING = frozenset(["announce", "say", "tell", "warn", "write"])


def verb_words(parsed: Parsed, clause: Clause) -> list[str]:
    """The clause's verb group in lower case."""
    return [t.low for t in parsed.tokens[clause.verb[0] : clause.verb[1]]]


def is_statement(parsed: Parsed, k: int) -> bool:
    """Whether clause `k` says that somebody says something."""
    clause = parsed.clauses[k]
    base = w.verb_base(parsed.tokens[clause.verb[1] - 1].low)
    if clause.kind == "tail":
        return True
    if base not in w.REPORTING or clause.kind == "participle" or base in _THINKING:
        return False
    if set(verb_words(parsed, clause)) & {"is", "are", "was", "were", "been", "be"}:
        return False
    return said_by(parsed, k) is not None or base in _SAYING


def is_deadline(parsed: Parsed, k: int, first: int, last: int) -> bool:
    """Whether the time at tokens `first` to `last` (inclusive) is the latest moment for something."""
    tokens = parsed.tokens
    near = [*range(last + 1, min(last + 4, len(tokens))), *range(max(0, first - 7), first)]
    around = {tokens[i].low for i in near if k < 0 or parsed.clauses[k].holds(i)}
    lead = tokens[max(0, first - 1)].low
    if lead != "by":
        around -= {"due"}
    if around & w.DEADLINE_WORDS and not (around & {"missed", "extended", "passed", "expired"}):
        return True
    if k < 0 or lead not in ("by", "before", "until"):
        return False
    a = min(x for x, _ in parsed.clauses[k].spans)
    before = parsed.text[tokens[a].start : tokens[first].start]
    return bool(_OBLIGED.search(before))


def speaker_of(parsed: Parsed, k: int, names: Names, sentence_start: int) -> str:
    """Who says what clause `k` says, from the same sentence, or empty."""
    clause = parsed.clauses[k]
    while clause.parent >= 0:
        above = parsed.clauses[clause.parent]
        said = clause.kind == "content" or clause.quoted or above.kind == "tail"
        if said and not above.quoted and reports(parsed.tokens, above.verb):
            return capital(subject_text(parsed, above, names, sentence_start))
        clause = above
    return ""


def quotes_whom(parsed: Parsed, names: Names, sentence_start: int) -> str:
    """Who says the last quotation of a sentence, or empty: `Ana Ruiz` for "“...,” said Ana Ruiz."."""
    for k, clause in reversed(list(enumerate(parsed.clauses))):
        says = clause.kind == "tail" or any(c.quoted and c.parent == k for c in parsed.clauses)
        if says and not clause.quoted and reports(parsed.tokens, clause.verb):
            whom = subject_text(parsed, clause, names, sentence_start)
            return "" if whom.lower() in w.PRONOUNS else capital(whom)
    return ""


def attribution_of(parsed: Parsed, k: int, names: Names, sentence_start: int) -> str:
    """Who says so: the speaker of reported words, or whom an "according to" names; empty if the article does."""
    tokens, who = parsed.tokens, []
    at = next((i for i, t in enumerate(tokens) if t.low == "according"), len(tokens))
    for i in range(at + 2, len(tokens)):
        by = [t.low for t in tokens[i + 1 : i + 2]] == ["by"]  # "figures compiled by the bank"
        if tokens[i].tag in ".sx" or (tokens[i].tag in "ver" and not by):
            break
        who += [i] if tokens[i].tag != "t" else []
    own = parsed.clauses[k].subject if k >= 0 else None
    if (
        own and own[0] in who
    ):  # "according to a warrant unsealed on Monday": it does not say so itself
        return ""
    said = speaker_of(parsed, k, names, sentence_start) if k >= 0 else ""
    return said or capital(render(parsed, who))


def is_future(parsed: Parsed, k: int, modality: str) -> bool:
    """Whether the clause tells of something still to come."""
    if k < 0:
        return modality == "future"
    clause = parsed.clauses[k]
    verbs = verb_words(parsed, clause)
    if any(v in w.FUTURE_WORDS for v in verbs):
        return True
    past = verbs[:1] and (
        verbs[0] in ("was", "were", "had", "has", "have", "did") or w.is_past(verbs[0])
    )
    after = [t.low for t in parsed.tokens[clause.verb[0] : clause.verb[1] + 3]]
    planned = any(v in w.PLANNING_WORDS for v in after) and "to" in [
        t.low for t in parsed.tokens[clause.verb[1] : clause.verb[1] + 4]
    ]
    would = "would" in verbs and clause.kind == "content"
    be_to = verbs[-1:] in (["is"], ["are"], ["was"], ["were"]) and after[
        len(verbs) : len(verbs) + 1
    ] == ["to"]
    return planned or would or be_to or (modality == "future" and not past)


def status_of(parsed: Parsed, k: int, kind: str, modality: str, attribution: str) -> str:
    """reported, claimed, unconfirmed, denied, planned or conditional."""
    if kind == "deadline":
        return "planned"
    clause = parsed.clauses[k] if k >= 0 else None
    if clause is not None and kind == "statement":
        base = w.verb_base(parsed.tokens[clause.verb[1] - 1].low)
        return "denied" if base == "deny" else "reported"
    if clause is not None:
        verbs = verb_words(parsed, clause)
        doubt = {t.low for t in parsed.tokens} & w.UNCONFIRMED_WORDS
        ifs = any(c.parent == k and c.marker in ("if", "unless") for c in parsed.clauses)
        if clause.marker in ("if", "unless", "whether") or {"could", "may", "might"} & {*verbs}:
            return "conditional"
        if ifs and (is_future(parsed, k, modality) or "would" in verbs):
            return "conditional"
        if kind == "plan" or is_future(parsed, k, modality):
            return "planned"
        if any(v in w.MODAL_WORDS for v in verbs):
            return "conditional"
        head = (
            parsed.clauses[clause.parent]
            if clause.kind == "content" and clause.parent >= 0
            else None
        )
        if head is not None and w.verb_base(parsed.tokens[head.verb[1] - 1].low) == "deny":
            return "denied"
        if doubt:
            return "unconfirmed"
    if kind == "plan":
        return "planned"
    return "claimed" if attribution and kind != "statement" else "reported"


def doubted(sentence: str) -> tuple[str, frozenset[str]]:
    """`unconfirmed` or `denied` if a sentence withholds or refuses confirmation, and the words of what it is.

    >>> doubted("The White House would not confirm the letter.")
    ('unconfirmed', frozenset({'~letter'}))
    """
    for status, pattern in (("unconfirmed", _NOT_CONFIRMED), ("denied", _DENIED)):
        found = pattern.search(sentence)
        if found:
            words = re.findall(r"\w[\w’'-]*", sentence[found.end() :])[:9]
            return status, frozenset(
                w.stem(x) for x in words if x.lower() not in w.STOP and x not in ("or", "deny")
            )
    return "", frozenset()
