"""Which words of a clause its title keeps: no times, asides or attribution. Chooses no shape."""

from __future__ import annotations

from timeline.merging import words as w
from timeline.merging.clauses import Clause, Parsed, is_untimed
from timeline.merging.subjects import has_noun, noun_before, outside_brackets

_SHORT = 3  # words after the first of two verbs that share a time


_LOOSE = frozenset("also however instead later meanwhile now then therefore thus".split())


_AT_TIMES = frozenset(
    "on at by before after in ahead during since until following past prior".split()
)
_FOCUS = frozenset("even exactly just only precisely".split())
_NOT_UNTIL = frozenset(["until", "till", "before"])


def bodies(parsed: Parsed, k: int) -> list[list[int]]:
    """Tokens of a clause's title from its verb on: with all that it holds, then with ever less of it."""
    clause, inner = parsed.clauses[k], inner_clauses(parsed, k)
    shared = _shared_verb(parsed, k)
    out: list[list[int]] = []
    begin = clause.verb[0]
    while begin and parsed.tokens[begin - 1].tag == "a" and clause.holds(begin - 1):
        begin -= 1
    while begin < clause.verb[0] and parsed.tokens[begin].low in _LOOSE:
        begin += 1
    for rest in (inner[1], []):
        keep = _kept(parsed, k, [*inner[0], *rest])
        out.append(shared + [i for i in keep if i >= begin])
    said = next((j for j in inner[0][1:] if parsed.clauses[j].parent == k), None)
    if said is not None:  # "wrote [in a letter] that"
        led = range(clause.verb[1], parsed.clauses[said].spans[0][0])
        tags = "".join(parsed.tokens[i].tag for i in led)
        hearer = w.verb_base(parsed.tokens[clause.verb[1] - 1].low) == "tell"
        if (tags[:1] in ("p", "a") or hearer) and not set(tags) & set("vxie"):
            out.append([i for i in out[-1] if i not in led])
    if (thing := _object_before(parsed, k)) is not None:
        out = [_with_object(parsed, body, thing) for body in out]
    if said is not None and (hung := hung_on_subject(parsed, said)):
        out.append([i for i in out[0] if i not in hung])
    return out


def _object_before(parsed: Parsed, k: int) -> tuple[int, int] | None:
    """The object of a relative clause with a subject of its own: `the ban` in "the ban, which she lifted"."""
    clause, tokens = parsed.clauses[k], parsed.tokens
    begins = clause.spans[0][0]
    own = clause.subject is not None and clause.subject[0] > begins
    if clause.marker not in ("which", "whom") or not own or tokens[begins].tag == "p":
        return None
    if any(c.parent == k and c.kind == "content" for c in parsed.clauses):
        return None  # "which police said was closed"
    found = noun_before(tokens, begins, clause.marker == "whom")
    return found if found and has_noun(tokens, *found) else None


def _with_object(parsed: Parsed, body: list[int], thing: tuple[int, int]) -> list[int]:
    """The body with that object behind its verb: "had hoped to lift | the ban"."""
    tokens, n = parsed.tokens, 0
    while n < len(body) and (tokens[body[n]].tag in "vxeia" or tokens[body[n]].low == "to"):
        n += 1
    after = tokens[body[n] + 1] if n < len(body) and body[n] + 1 < len(tokens) else None
    if after and tokens[body[n]].tag == "p" and after.tag in "t.":
        n += 1  # "which she lived in"
    return body[:n] + list(range(*thing)) + body[n:]


def hung_on_subject(parsed: Parsed, k: int) -> range:
    """Tokens that only hang on the subject of clause `k`: "the deficit [for the year] would ..."."""
    clause = parsed.clauses[k]
    a, b = clause.subject or (0, 0)
    words = [(t.tag == "p" and t.low != "of") or t.low == "apart" for t in parsed.tokens]
    hangs = (i for i in range(a + 1, b) if words[i])
    return range(next(hangs, b), clause.verb[0]) if a < b <= clause.verb[0] else range(0)


def _shared_verb(parsed: Parsed, k: int) -> list[int]:
    """Tokens that a second verb shares with the first: its auxiliary, or all if the time is that of both."""
    clause, tokens = parsed.clauses[k], parsed.tokens
    if clause.marker != "and=" or not k:
        return []
    before = parsed.clauses[k - 1]
    short = clause.spans[0][0] - before.verb[1] <= _SHORT and before.subject == clause.subject
    if short and is_untimed(parsed, before) and not is_untimed(parsed, clause):
        # "burst and flooded two villages on Monday"
        return [i for i in range(before.verb[0], clause.verb[0]) if tokens[i].tag != "t"]
    low = tokens[clause.verb[0]].low
    a, b = before.verb
    if (
        low in w.BASES and low not in w.PAST
    ):  # "would take effect and (would) expire", "is to begin and (to) report"
        if tokens[b].low == "to" or tokens[b - 1].low == "to":
            return [*range(a, b + 1)]
        return [i for i in range(a, b) if tokens[i].low in w.MODALS][:1]
    after = tokens[clause.verb[1]].low if clause.verb[1] < len(tokens) else ""
    passive = tokens[clause.verb[0]].tag == "e" or after == "by"  # "was built and (was) bought by"
    return [i for i in range(a, b) if tokens[i].tag == "x"] if passive else []


def inner_clauses(parsed: Parsed, k: int) -> tuple[list[int], list[int]]:
    """Numbers of the clauses in clause `k` that no comma or time sets apart: what is said, and the rest."""
    said: list[int] = [k]
    rest: list[int] = []
    for j, child in enumerate(parsed.clauses):
        begins = child.spans[0][0]
        if child.parent not in said + rest or j == k or begins < parsed.clauses[k].verb[1]:
            continue
        before = begins - 1
        while before and parsed.tokens[before].tag == "t":
            before -= 1
        apart = "," in (parsed.tokens[begins].text, parsed.tokens[before].text)
        joined = child.kind == "coordinate" or child.marker in (";", ",")
        if child.kind == "content":
            (said if child.parent in said else rest).append(j)
        elif not is_untimed(parsed, child):
            continue
        elif child.kind == "participle" or not (apart or joined):
            rest.append(j)
    return said, rest


def _kept(parsed: Parsed, k: int, inner: list[int]) -> list[int]:
    """Tokens of clause `k` and of those in it that are worth keeping."""
    tokens = parsed.tokens
    indices = sorted({i for j in inner for a, b in parsed.clauses[j].spans for i in range(a, b)})
    verb = parsed.clauses[k].verb
    for j, child in enumerate(parsed.clauses):
        begins, ends = child.spans[0][0], child.spans[-1][1]
        if j in inner or child.parent not in inner or begins < verb[1]:
            continue
        if child.kind in ("relative", "sub"):  # "on 10 December, the day [on which it began]"
            comma = max(
                (i for i in indices if i < begins and tokens[i].text == ","), default=begins
            )
            if not any(tokens[i].tag in "vx" for i in range(comma, begins)):
                indices = [i for i in indices if not comma <= i < begins]
        closed = ends < len(tokens) and tokens[ends].text == ","
        if closed and any(parsed.clauses[i].verb[0] > ends for i in inner):
            # "said that the ban[, which she imposed,] would stay"
            indices = [i for i in indices if i not in (begins - 1, ends)]
        elif closed:  # "[as it sold films], such as ..."
            indices = [i for i in indices if i < ends]
    indices = outside_brackets(tokens, indices)
    indices = _without_attribution(parsed, indices)
    negated = any(
        t.low == "not" or t.low.endswith("n't") for t in tokens[slice(*parsed.clauses[k].verb)]
    )
    out: list[int] = []
    for i in indices:
        if tokens[i].tag != "t":
            after = i + 1
            while after < len(tokens) - 1 and tokens[after].tag == "a":
                after += 1
            joins = (
                tokens[i].tag in "ca"
                and tokens[i - 1].tag in "tc"
                and tokens[min(after, len(tokens) - 1)].tag == "t"
            )
            only = (
                tokens[i].low in _FOCUS
                and tokens[min(i + 1, len(tokens) - 1)].tag == "t"
                and tokens[i - 1].low != "not"
            )
            out += (
                [] if joins or only else [i]
            )  # "in March [and again in] June", "[only] on Monday"
        elif negated and (
            tokens[i].low in _NOT_UNTIL or (out[-1:] == [i - 1] and tokens[i - 1].tag == "t")
        ):
            out.append(i)  # "was not completed until May": without its time it would be false
    return _without_time_nouns(parsed, _without_loose_ends(parsed, out), parsed.clauses[k])


def _without_loose_ends(parsed: Parsed, indices: list[int]) -> list[int]:
    """Without what hung on a time that is left out: "[two days] after breaking a bone"."""
    tokens, skip = parsed.tokens, False
    out: list[int] = []
    for i in indices:
        token = tokens[i]
        gap = i and tokens[i - 1].tag == "t" and i - 1 not in out
        if gap and token.low in ("after", "before", "than") and out and tokens[out[-1]].text == ",":
            skip = True
        elif skip and token.text == ",":
            skip = False
        if not skip:
            out.append(i)
    return out


def _without_attribution(parsed: Parsed, indices: list[int]) -> list[int]:
    """Without "according to the mayor": up to the comma where it leads in, else to the end."""
    tokens = parsed.tokens
    for n, i in enumerate(indices):
        if tokens[i].low == "according" and i + 1 < len(tokens) and tokens[i + 1].low == "to":
            rest = [m for m in range(n, len(indices)) if tokens[indices[m]].tag in "xv"]
            commas = [m for m in range(n, len(indices)) if tokens[indices[m]].text == ","]
            return indices[:n] + (indices[commas[0] :] if rest and commas else [])
    return indices


def _without_time_nouns(parsed: Parsed, indices: list[int], clause: Clause) -> list[int]:
    """Without phrases such as "on the nuclear deadline": their noun only says when."""
    tokens = parsed.tokens
    out: list[int] = []
    n = 0
    while n < len(indices):
        i = indices[n]
        if tokens[i].low in _AT_TIMES and i > clause.verb[1]:
            m = n + 1 + (tokens[i].low in ("ahead", "because", "instead", "prior"))
            m = min(m, len(indices))
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
