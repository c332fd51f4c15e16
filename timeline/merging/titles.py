"""A title for an event: the clause its time belongs to, with subject and verb, without the time itself."""

from __future__ import annotations

import re

from timeline.merging import words as w
from timeline.merging.clauses import Clause, Parsed, is_untimed
from timeline.merging.fitting import LIMIT, capital, fit, render
from timeline.merging.names import Names, name_for


def clause_title(
    parsed: Parsed, k: int, names: Names, sentence_start: int, speaker: str = ""
) -> tuple[str, bool]:
    """Title of clause `k` and whether it is whole (nothing was cut off to make it fit)."""
    clause = parsed.clauses[k]
    if clause.quoted:
        return quote_title(parsed, k, speaker, "said")
    tail = _said_before(parsed, k)
    subject = subject_text(parsed, clause, names, sentence_start)
    if tail is not None:
        return _tail_title(parsed, k, tail, subject)
    if not subject:  # never without one: rather all that the sentence says
        words = render(parsed, [i for i, t in enumerate(parsed.tokens) if t.tag != "t"])
        return fit("", capital(words))
    keep = _kept(parsed, clause, k)
    body = [*_modal(parsed, k), *(i for i in keep if i >= clause.verb[0])]
    if clause.marker == "and=" and k and is_untimed(parsed, before := parsed.clauses[k - 1]):
        # "burst and flooded two villages on Monday": the time is that of both verbs
        keep = [i for i in range(before.verb[0], clause.verb[0]) if parsed.tokens[i].tag != "t"]
        own = [i for i in body if i >= clause.verb[0]]
        both, whole = fit(capital(subject), render(parsed, [*keep, *own]))
        if whole:
            return both, True
    return fit(capital(subject), render(parsed, body))


def _modal(parsed: Parsed, k: int) -> list[int]:
    """The modal that a bare second verb shares with the first: "would take effect and (would) expire"."""
    clause = parsed.clauses[k]
    low = parsed.tokens[clause.verb[0]].low
    if clause.marker != "and=" or not k or low not in w.BASES or low in w.PAST:
        return []
    a, b = parsed.clauses[k - 1].verb
    return [i for i in range(a, b) if parsed.tokens[i].low in w.MODALS][:1]


def inserted_title(parsed: Parsed, k: int, first: int, names: Names, sentence_start: int) -> str:
    """`Drill at work` for "the drill, at work since May, must ...": time and words without a verb; or empty."""
    tokens, clause = parsed.tokens, parsed.clauses[k]
    commas = [i for i in range(clause.verb[0]) if tokens[i].text == ","]
    a = max((i for i in commas if i < first), default=-1)
    b = min((i for i in commas if i > first), default=-1)
    words = [i for i in range(a + 1, b) if tokens[i].tag != "t"]
    if clause.subject is None or b < 0 or not words:
        return ""
    low = tokens[words[0]].low
    leads = a < 0 and (low in w.PARTICIPLE or w.is_ed(low)) and clause.subject[0] > b
    if leads:  # "Born in 1960, Ruiz ...": Ruiz born
        words[0:1] = []
        head = capital(subject_text(parsed, clause, names, sentence_start))
        return fit(f"{head} {low}", render(parsed, words))[0]
    if a != clause.subject[1] or tokens[words[0]].tag not in "pae":
        return ""
    return fit(capital(subject_text(parsed, clause, names, sentence_start)), render(parsed, words))[
        0
    ]


def subject_text(parsed: Parsed, clause: Clause, names: Names, sentence_start: int) -> str:
    """The clause's subject in words, a pronoun replaced by a name; empty if there is none."""
    if clause.subject is None:
        return ""
    a, b = clause.subject
    tokens = parsed.tokens
    keep = _without_brackets(parsed, [i for i in range(a, b) if tokens[i].tag != "t"])
    if not keep:
        return ""
    text = render(parsed, keep)
    if text.lower() in ("he", "she", "it", "they") and (
        own := _earlier_subject(parsed, clause, text.lower())
    ):
        return own
    text = name_for(text, names, sentence_start, sentence_start + tokens[a].start)
    for possessive in ("his ", "her ", "its "):
        if text.lower().startswith(possessive):
            owner = (
                names.thing(sentence_start)
                if possessive == "its "
                else names.person(sentence_start)
            )
            text = f"{owner}’s {text[len(possessive) :]}" if owner else text
    return text


def _earlier_subject(parsed: Parsed, clause: Clause, pronoun: str) -> str:
    """The subject of an earlier clause of the sentence that a pronoun goes back to, or empty."""
    before = [c for c in parsed.clauses if c.verb[0] < clause.verb[0] and c.quoted == clause.quoted]
    for other in sorted(before, key=lambda c: (c.kind in ("sub", "relative"), -c.verb[0])):
        if other.subject is None or other.subject == clause.subject:
            continue
        a, b = other.subject
        words = parsed.tokens[a:b]
        if words[0].tag == "r" or any(t.tag == "t" for t in words) or len(words) > 8:
            continue
        many = (words[-1].low.endswith("s") and words[-1].tag == "n") or any(
            t.low == "and" for t in words
        )
        if pronoun in ("he", "she") and not any(t.tag == "N" for t in words):
            continue
        if many == (pronoun == "they"):
            return render(parsed, _without_brackets(parsed, list(range(a, b))))
    return ""


def _kept(parsed: Parsed, clause: Clause, k: int) -> list[int]:
    """Tokens of the clause worth keeping; after a reporting verb also what was said."""
    tokens = parsed.tokens
    indices = [i for a, b in clause.spans for i in range(a, b)]
    for later in parsed.clauses[k + 1 :]:
        if later.kind not in ("content", "relative") or later.spans[0][0] < indices[-1]:
            break
        indices += [i for a, b in later.spans for i in range(a, b)]
    indices = _without_brackets(parsed, sorted(set(indices)))
    indices = _without_attribution(parsed, indices)
    indices = [i for i in indices if tokens[i].tag != "t"]
    return _without_time_nouns(parsed, indices, clause)


def _without_brackets(parsed: Parsed, indices: list[int]) -> list[int]:
    out, depth = [], 0
    for i in indices:
        text = parsed.tokens[i].text
        depth += text == "("
        if not depth:
            out.append(i)
        depth = max(0, depth - (text == ")"))
    return out


def _without_attribution(parsed: Parsed, indices: list[int]) -> list[int]:
    tokens = parsed.tokens
    for n, i in enumerate(indices):
        if tokens[i].low == "according" and i + 1 < len(tokens) and tokens[i + 1].low == "to":
            end = next(
                (m for m in range(n, len(indices)) if tokens[indices[m]].text == ","), len(indices)
            )
            return indices[:n] + indices[end:]
    return indices


def _without_time_nouns(parsed: Parsed, indices: list[int], clause: Clause) -> list[int]:
    """Without phrases such as "on the nuclear deadline": their noun only says when."""
    tokens = parsed.tokens
    out: list[int] = []
    n = 0
    while n < len(indices):
        i = indices[n]
        if tokens[i].tag == "p" and i > clause.verb[1] and tokens[i].low not in ("of", "for"):
            m = n + 1
            while m < len(indices) and tokens[indices[m]].tag == "p":
                m += 1
            while (
                m < len(indices)
                and tokens[indices[m]].tag in "dNn#atg"
                and tokens[indices[m]].low != "of"
            ):
                m += 1
            last = tokens[indices[m - 1]]
            ends = m == len(indices) or tokens[indices[m]].low != "of"
            if ends and last.low in w.TIME_NOUNS and len(out) > 1:
                n = m
                continue
        out.append(i)
        n += 1
    return out


def quote_title(parsed: Parsed, k: int, speaker: str, verb: str) -> tuple[str, bool]:
    """`Earnest said “...”` with a whole quotation where it fits, else with the clause that holds the time."""
    clause = parsed.clauses[k]
    span = next((q for q in parsed.quotes if q[0] <= clause.verb[0] < q[1]), None)
    head = f"{speaker} {verb}" if speaker else ""
    candidates = []
    if span:
        candidates.append(
            range(span[0] + 1, span[1] - 1 if parsed.tokens[span[1] - 1].tag == '"' else span[1])
        )
    a = (
        clause.subject[0]
        if clause.subject and clause.subject[0] >= clause.spans[-1][0]
        else clause.verb[0]
    )
    candidates.append(range(a, clause.spans[-1][1]))
    for whole, indices in enumerate(candidates):
        for drop in (False, True):
            keep = [
                i
                for i in indices
                if not (drop and parsed.tokens[i].tag == "t") and parsed.tokens[i].tag != '"'
            ]
            words = render(parsed, keep).strip('“”"')
            if not words:
                continue
            title = f"{head} “{words}”" if speaker else f"“{words}”"
            if drop and any(
                parsed.tokens[i].tag == "t" for i in indices if indices[0] < i < (keep or [0])[-1]
            ):
                continue
            if len(title) <= LIMIT:
                return title, whole == 0
    words = render(parsed, [i for i in candidates[-1] if parsed.tokens[i].tag not in 't"'])
    return fit(f"{speaker} {verb} that" if speaker else "", words)


def _said_before(parsed: Parsed, k: int) -> int | None:
    """For `..., police said on Monday`: the number of the clause that was said; else None."""
    clause = parsed.clauses[k]
    if not k or clause.marker not in (",", '"') or clause.kind != "main":
        return None
    if w.verb_base(parsed.tokens[clause.verb[1] - 1].low) not in w.REPORTING:
        return None
    if k + 1 < len(parsed.clauses) and parsed.clauses[k + 1].kind == "content":
        return None
    earlier = [j for j in range(k) if parsed.clauses[j].kind in ("main", "coordinate")]
    return earlier[0] if earlier else None


def _tail_title(parsed: Parsed, k: int, said: int, speaker: str) -> tuple[str, bool]:
    clause, content = parsed.clauses[k], parsed.clauses[said]
    verb = parsed.tokens[clause.verb[1] - 1].text
    verb = "said" if w.verb_base(verb) == "tell" else verb  # whom it was told goes with the time
    if not speaker:
        after = range(clause.verb[1], clause.spans[-1][1])
        stop = next((i for i in after if parsed.tokens[i].tag in "t.p"), clause.spans[-1][1])
        speaker = render(parsed, range(clause.verb[1], stop))
    speaker = capital(speaker)
    if content.quoted:
        return quote_title(parsed, said, speaker, verb)
    keep = _kept(parsed, content, said)
    first = content.subject[0] if content.subject else content.verb[0]
    words = render(parsed, [i for i in keep if i >= first])
    return fit(
        f"{speaker} {verb}",
        words[:1].lower() + words[1:] if parsed.tokens[first].tag in "drn#a" else words,
    )


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
    return fit("", capital(render(parsed, range(noun[0], stop))))[0]


_FIRST_PERSON = re.compile(r"(?:I|We|My|Our)\b(?!\.)")


def own_words(title: str, source: str) -> str:
    """A title in the first person as what its source says: `Pick and Lamp: “I held him”`; no "It was that"."""
    title = capital(re.sub(r"^It (?:was|is) (?:not |only )*that ", "", title))
    if not source or not _FIRST_PERSON.match(title) or "“" in title:
        return title
    words = fit("", title)[0] if len(source) + len(title) + 4 <= LIMIT else ""
    return f"{source}: “{words}”" if words else title


def title_quality(parsed: Parsed, k: int, title: str, whole: bool) -> float:
    """How well a clause's title stands alone, 0 to 1: whole, with a subject that is no pronoun, not a stub."""
    clause = parsed.clauses[k]
    quality = 0.4 + 0.2 * whole + 0.3 * bool(clause.subject) - 0.2 * clause.quoted
    if re.match(
        r"(?:it|they|there|this|that|we|i|my|our|he|she|who|which)\b", title, re.IGNORECASE
    ):
        quality -= 0.25
    return quality - 0.15 * (len(title) < 20)
