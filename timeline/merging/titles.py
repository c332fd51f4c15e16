"""A title for an event: the clause its time belongs to, with subject and verb, without the time itself."""

from __future__ import annotations

import re

from timeline.merging import words as w
from timeline.merging.clauses import Parsed
from timeline.merging.fitting import LIMIT, LONGEST, capital, fit, render, shape, short_name, tidy
from timeline.merging.groups import reports
from timeline.merging.keeping import bodies, hung_on_subject, inner_clauses
from timeline.merging.names import Names
from timeline.merging.quoting import before_open_quotation, keeps_quotations, quoted_spans
from timeline.merging.referring import subject_text


def clause_title(
    parsed: Parsed, k: int, names: Names, sentence_start: int, speaker: str = ""
) -> tuple[str, bool]:
    """Title of clause `k` and whether it is whole (nothing was cut off to make it fit)."""
    title, whole = _clause_title(parsed, k, names, sentence_start, speaker)
    if keeps_quotations(title, parsed.text):
        return title, whole
    subject = capital(subject_text(parsed, parsed.clauses[k], names, sentence_start))
    return _as_written(parsed, k, subject if not parsed.clauses[k].quoted else ""), False


def _as_written(parsed: Parsed, k: int, subject: str) -> str:
    """The clause's words to the end of its sentence as they stand there, times outside quotations left out.

    What does not fit is cut before a quotation, never in it.
    """
    begin = parsed.clauses[k].verb[0] if subject else 0
    spans = quoted_spans(parsed.text)
    keep = [
        i
        for i, t in enumerate(parsed.tokens)
        if i >= begin and (t.tag != "t" or any(a < t.start < b for a, b in spans))
    ]
    title, _ = fit(parsed, capital(subject), keep)
    if not keeps_quotations(title, parsed.text):
        title = tidy(before_open_quotation(title))
    return title


def _clause_title(
    parsed: Parsed, k: int, names: Names, sentence_start: int, speaker: str
) -> tuple[str, bool]:
    clause = parsed.clauses[k]
    if clause.quoted:
        above = clause.parent
        if above >= 0 and _continues(parsed, k) and not parsed.clauses[above].quoted:
            whose = capital(subject_text(parsed, parsed.clauses[above], names, sentence_start))
            return _as_written(parsed, above, whose), False
        return quote_title(parsed, k, speaker, "said")
    subject = capital(subject_text(parsed, clause, names, sentence_start))
    if not subject:  # never without one: rather all that the sentence says
        return whole_sentence(parsed)
    said = said_by(parsed, k)
    verb = parsed.tokens[clause.verb[1] - 1].text
    verb = "said" if w.verb_base(verb) == "tell" else verb
    if said is not None and parsed.clauses[said].quoted:
        if clause.kind != "tail" and _continues(parsed, said):
            return _as_written(parsed, k, subject), False
        title, whole = quote_title(parsed, said, subject, verb)
        if whole or clause.kind == "tail" or parsed.clauses[said].spans[0][0] < clause.verb[1]:
            return title, whole
    if said is None or clause.kind != "tail":
        content = k  # "says he believes that it is"
        for j in inner_clauses(parsed, k)[0]:
            content = j if parsed.clauses[j].parent == content else content
        return _richest(parsed, subject, bodies(parsed, k), parsed.clauses[content].verb[1] - 1)
    first = range(*parsed.clauses[said].subject or (0, 0))
    needed, hung = parsed.clauses[said].verb[1] - 1, hung_on_subject(parsed, said)
    texts = [
        [*f, *body]
        for f in (first, [i for i in first if i not in hung])
        for body in bodies(parsed, said)
    ]
    return _richest(parsed, f"{subject} {verb}", texts, needed)


def whole_sentence(parsed: Parsed) -> tuple[str, bool]:
    """All that the sentence says but its times, as a title, and whether it is whole."""
    title, whole = fit(parsed, "", [i for i, t in enumerate(parsed.tokens) if t.tag != "t"])
    return capital(title), whole


def _continues(parsed: Parsed, k: int) -> bool:
    """Whether the quotation of clause `k` goes on with a clause begun outside it: that Pell “never saw it”."""
    clause = parsed.clauses[k]
    a = next((a for a, b in parsed.quotes if a <= clause.verb[0] < b), 0)
    if not a or (clause.subject is not None and clause.subject[0] > a):
        return False
    saying = {c.verb[1] for c in parsed.clauses if reports(parsed.tokens, c.verb)}
    return a not in saying and parsed.tokens[a - 1].tag not in ".ts"


_SAID = re.compile(  # not "were told that"
    r"(?<!\bwere )(?<!\bwas )(?<!\bbeen )(?<!\bbe )(?<!\bbeing )(?<!\bare )(?<!\bis )(?<!\bnot )"
    r"\btold (?=(?:that|he|she|it|they)\b)"
)


def _richest(parsed: Parsed, head: str, bodies: list[list[int]], needed: int) -> tuple[str, bool]:
    """The title of the body that loses least behind `head`, of several of them the first."""
    shaped = [shape(parsed, head, body, needed) for body in bodies]
    title, cost = min(shaped, key=lambda s: s[1] + 0.5 * shaped.index(s))
    return _SAID.sub("said ", title), cost < 1


def said_by(parsed: Parsed, k: int) -> int | None:
    """The number of the clause that clause `k` says, or None."""
    clause = parsed.clauses[k]
    if clause.kind != "tail" and not reports(parsed.tokens, clause.verb):
        return None
    said = (j for j, c in enumerate(parsed.clauses) if c.parent == k)
    return next(
        (
            j
            for j in said
            if clause.kind == "tail"
            or parsed.clauses[j].kind == "content"
            or parsed.clauses[j].quoted
        ),
        None,
    )


def inserted_title(parsed: Parsed, k: int, first: int, names: Names, sentence_start: int) -> str:
    """`Drill at work` for "the drill, at work since May, must ...": time and words without a verb; or empty."""
    tokens, clause = parsed.tokens, parsed.clauses[k]
    commas = [i for i in range(clause.verb[0]) if tokens[i].text == ","]
    a = max((i for i in commas if i < first), default=-1)
    b = min((i for i in commas if i > first), default=-1)
    words = [i for i in range(a + 1, b) if tokens[i].tag != "t"]
    if clause.subject is None or b < 0 or not words:
        return ""
    if a != clause.subject[1] or tokens[words[0]].tag not in "pae":
        return ""
    return fit(parsed, capital(subject_text(parsed, clause, names, sentence_start)), words)[0]


def quote_title(parsed: Parsed, k: int, speaker: str, verb: str) -> tuple[str, bool]:
    """`Earnest said “...”` with a whole quotation where it fits, else with the clause that holds the time."""
    clause, tokens = parsed.clauses[k], parsed.tokens
    above = clause.parent
    if clause.kind in ("relative", "participle") and above >= 0 and parsed.clauses[above].quoted:
        k, clause = above, parsed.clauses[above]
    first = min(clause.subject[0] if clause.subject else clause.verb[0], clause.verb[0])
    last = max(
        b for c in (clause, *(c for c in parsed.clauses if c.parent == k)) for _, b in c.spans
    )
    inside = [range(*q) for q in parsed.quotes if q[0] <= clause.verb[0] < q[1]]
    heads = [f"{s} {verb}" for s in (speaker, short_name(speaker))] if speaker else [""]
    for whole, indices in enumerate(
        [*inside, range(first, last), range(first, clause.spans[-1][1])]
    ):
        for drop in (False, True):
            keep = [
                i for i in indices if not (drop and tokens[i].tag == "t") and tokens[i].tag != '"'
            ]
            words = render(parsed, keep).strip('“”"')
            within = drop and any(
                tokens[i].tag == "t" for i in indices if indices[0] < i < (keep or [0])[-1]
            )
            most = LONGEST if whole == 2 else LIMIT
            title = next((t for h in heads if len(t := f"{h} “{words}”".strip()) <= most), "")
            if words and title and not within:
                return title, not whole
    keep = [i for i in range(first, last) if tokens[i].tag not in 't"']
    return fit(parsed, f"{heads[-1]} that" if speaker else "", keep)


def deadline_title(parsed: Parsed, k: int, token: int) -> str:
    """`Comprehensive nuclear agreement due`: what a deadline at `token` is for, or empty."""
    tokens = parsed.tokens
    clause = parsed.clauses[k] if 0 <= k < len(parsed.clauses) else None
    first = min(a for a, _ in clause.spans) if clause else 0
    for i in range(token - 1, first - 1, -1):
        if w.verb_base(tokens[i].low) in w.ATTAINING and tokens[i].tag in "vegi":
            j = i + 1
            while j < token and (tokens[j].low in ("to", "on") or tokens[j].tag == "d"):
                j += 1
            stop = j
            while stop < token and (tokens[stop].tag in "nN#g" or tokens[stop].low in ("of",)):
                stop += 1
            if stop > j:
                return capital(render(parsed, range(j, stop))) + " due"
    near = range(max(first, token - 8), min(token + 8, len(tokens)))
    for i in sorted(near, key=lambda i: abs(i - token)):
        if tokens[i].low in ("deadline", "ultimatum"):
            a = i
            while a > first and tokens[a - 1].tag in "nN" and tokens[a - 1].tag != "t":
                a -= 1
            words = render(parsed, range(a, i + 1))
            if a < i:
                return capital(words)
    return ""


def noun_title(parsed: Parsed, noun: tuple[int, int]) -> str:
    """`Elections in Iraq`: the noun phrase that a time modifies, with what hangs on it."""
    tokens = parsed.tokens
    stop = next((i for i in range(noun[1], len(tokens)) if tokens[i].tag not in "pdnN#"), noun[1])
    while tokens[stop - 1].tag in "pd":
        stop -= 1
    first = noun[0]
    while first and tokens[first - 1].tag == "t":
        first -= 1
    if first and tokens[first - 1].low.endswith("'s"):  # "the Bundesbank's [1986] annual report"
        first -= 1
    return capital(fit(parsed, "", [i for i in range(first, stop) if tokens[i].tag != "t"])[0])


_FIRST_PERSON = re.compile(r"(?:I|We|My|Our)\b(?!\.)")


def own_words(title: str, source: str) -> str:
    """A title in the first person as what its source says: `Pick and Lamp: “I held him”`; no "It was that"."""
    title = re.sub(r"^It (?:was|is) (?:not |only )*that ", "", title)
    title = title if re.match(r"(?:This|That|These|Those)\b", title) else capital(title)
    if not source or not _FIRST_PERSON.match(title) or "“" in title:
        return title
    return f"{source}: “{title}”" if len(source) + len(title) + 4 <= LIMIT else title


def title_quality(parsed: Parsed, k: int, title: str, whole: bool) -> float:
    """How well a clause's title stands alone, 0 to 1: whole, with a subject that is no pronoun, not a stub."""
    clause = parsed.clauses[k]
    quality = 0.4 + 0.2 * whole + 0.3 * bool(clause.subject) - 0.2 * clause.quoted
    if re.match(
        r"(?:it|they|there|this|that|we|i|my|our|he|she|who|which)\b", title, re.IGNORECASE
    ):
        quality -= 0.25
    return quality - 0.15 * (len(title) < 20)
