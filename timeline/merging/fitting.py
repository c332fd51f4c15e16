"""Words into a title's shape: rendered from tokens, with a capital, cut between phrases to fit. Chooses nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from timeline.merging import words as w
from timeline.merging.clauses import Clause, Parsed
from timeline.merging.names import ORGANISATIONS
from timeline.merging.tokens import Token

_UNTIDY = re.compile(r" [,.;:)”]|,,|\([ )]|\[[ \]]|[.,][\"”]")
LIMIT = 80  # characters of a title
LONGEST = 88  # where it would else end without its verb or object
_AFTER_NOUN = re.compile(
    r",\s|\s(?=(?:who|which|that|between|in|on|for|from|with|at|by|about|against|among|into|over|(?:[a-z]+ing|[a-z]{3,}ed) (?:the|an?|all|any|some|its|their|in|on|at|by|to|for|from|with|as))\s)"
    r"|\s(?=[A-Z])"
)
_DANGLING = (
    w.DETERMINERS | w.PREPOSITIONS | w.COORDINATORS | w.SUBORDINATORS | w.AUXILIARIES
) | frozenset(["not", "be", "been", "being", "also", "according"])

_PARTICLES = frozenset(
    "ahead along aside away back down forward in off on out over through together up".split()
)
_SUBJECTS = frozenset("i he she we they who whoever".split())
_MODIFIERS = frozenset(
    "not only also even just very too so more most less as than about almost nearly due apart such".split()
)
_BE = frozenset("be been being is are was were become became remain remained seem seemed".split())
_WITHIN_NAMES = frozenset("de bin al van von der la".split())
_ROLES = w.RANKS | w.PERSONS
_JUST = frozenset("immediately right shortly soon".split())
_CONTROL = frozenset(
    "allow appeal ask call expect force need order permit persuade plead require tell urge wait want warn".split()
)
_LACKS = 6.0  # what it costs a title to end without its verb
_CLOSE = frozenset("than like per plus".split())
_OTHERS = w.PREPOSITIONS | w.COORDINATORS
_TITLED = frozenset(["of staff", "of state", "of police", "of defence", "of defense"])
_LOOSE = w.COORDINATORS | w.SUBORDINATORS | frozenset("the a an also is are was were than".split())


def render(parsed: Parsed, keep: Iterable[int]) -> str:
    """The text of the kept tokens, in order, with gaps closed."""
    out, last = "", -2
    for i in keep:
        token = parsed.tokens[i]
        if i == last + 1 and out:
            out += parsed.text[parsed.tokens[last].stop : token.start]
        elif out and token.text not in ",.;:)”»’":
            out += " "
        begins = i == 0 and token.tag == "d" and out  # behind other words it has no capital
        out += token.low if begins else token.text
        last = i
    return tidy(out)


def tidy(title: str) -> str:
    """A title without stray marks: no doubled commas, no loose dashes, no final stop."""
    title = " ".join(title.split())
    if _UNTIDY.search(title):
        title = re.sub(r"\s+([,.;:)”])", r"\1", title)
        title = re.sub(r"(?:,\s*)+,", ",", title)
        title = re.sub(r"\(\s*\)|\[\s*\]", "", title)
        title = re.sub(r'[.,](["”])\W*$', r"\1", title)
    title = title.strip(" ,;:—–-\n\t")
    return title if re.search(r"\b(?:[A-Z]\.)+$", title) else title.strip(" ,;:.—–-")


def capital(text: str) -> str:
    """The words with a capital first letter, without a leading article (unless a name begins with it)."""
    # "The Hill" keeps its article, "The White House" can do without
    text = re.sub(r"^(?i:the|an?|this|that|these|those)\s+(?=[^A-Z\s]|\S+\s)", "", text.strip())
    if re.match(r"[a-z]+[A-Z]", text):
        return text
    return text[:1].upper() + text[1:]


def fit(parsed: Parsed, head: str, body: Sequence[int], needed: int = -1) -> tuple[str, bool]:
    """`head` and the body's tokens as a title, and whether nothing that matters was cut off; see shape."""
    title, cost = shape(parsed, head, body, needed)
    return title, cost < 1


def shape(parsed: Parsed, head: str, body: Sequence[int], needed: int) -> tuple[str, float]:
    """`head` and the body's tokens in LIMIT characters or little more, and what cutting them to fit has cost.

    Cut where a phrase ends, never within a word, a name or a quotation. `needed`: the last token that must stay.
    """
    body = _ended(parsed, body)
    for h in (head, short_name(head)):
        if len(title := joined(parsed, h, body)) <= LIMIT:
            return title, 0.0
    name = short_name(head)
    heads = {
        _short_subject(head): 35,
        name if name == head else name.split()[-1]: 70,
        name: 30,
        head: 0,
    }
    cuts = [c for h, price in heads.items() for c in _cuts(parsed, h, body, needed, price)]
    _, title, cost = max(cuts, default=(0.0, "", 0.0))
    if title:
        return title, cost
    title = joined(parsed, head, body)
    cut = title.rfind(" ", 0, LIMIT + 1)
    return _no_dangling(title[: cut if cut > 0 else LIMIT]), 2 * _LACKS


def joined(parsed: Parsed, head: str, body: Sequence[int]) -> str:
    """Head and the body's words as a title, with a capital only where it begins."""
    words, first = render(parsed, body), body[0] if body else -1
    begins = first >= 0 and not parsed.text[: parsed.tokens[first].start].strip(' "“')
    if head and begins and parsed.tokens[first].tag != "N" and words[:2] != "I ":
        words = words[:1].lower() + words[1:]
    title = tidy(f"{head} {words}")
    return title if re.match(r"[a-z]+[A-Z]", title) else title[:1].upper() + title[1:]


def _ended(parsed: Parsed, body: Sequence[int]) -> list[int]:
    """The body without a joint at its end that joins nothing: "and", "that", "also"."""
    out, tokens = list(body), parsed.tokens
    after = tokens[out[-1] + 1].low if out and out[-1] + 1 < len(tokens) else ""
    if len(out) > 2 and after in ("after", "before") and tokens[out[-1]].low in w.TIME_NOUNS:
        out.pop()  # "had been warned [four days | before they were told]"
        while len(out) > 1 and (tokens[out[-1]].tag in "#d" or tokens[out[-1]].low in _MODIFIERS):
            out.pop()
    while len(out) > 1 and (
        tokens[out[-1]].low in _LOOSE
        or tokens[out[-1]].tag == "."
        or (tokens[out[-1]].tag == "a" and tokens[out[-2]].text == ",")
    ):
        if tokens[out.pop()].low in ("as", "than"):  # ", twice as many as [in May]"
            out = out[
                : max((n for n, i in enumerate(out) if tokens[i].text == ","), default=len(out))
            ]
    return out


def _cuts(
    parsed: Parsed, head: str, body: list[int], needed: int, price: int
) -> Iterator[tuple[float, str, float]]:
    """Each place where a body may be cut to fit: its worth, the title and what the cut costs."""
    starts = {c.spans[0][0]: c for c in parsed.clauses if c.spans}
    verbs = {c.verb[0] for c in parsed.clauses}
    here = set(body)
    for n in range(1, len(body) + 1):
        cost = _cost(parsed.tokens, body, n, starts.get(body[n])) if n < len(body) else 0.0
        before = parsed.tokens[body[n - 1]].tag
        cost = (
            1.0 if cost is None and n < len(body) and body[n] in verbs and before in "nN#" else cost
        )
        if cost is None:
            continue
        title = joined(parsed, head, body[:n])
        if len(title) > LONGEST:
            return
        if _outside_quotes(title):
            lacks = body[n - 1] < needed or not _has_its_verb(parsed, body[n - 1], here)
            cost += _LACKS * lacks + 3 * (len(title) > LIMIT)
            yield len(title) - len(head) - 12 * cost - price, title, cost


def _has_its_verb(parsed: Parsed, i: int, here: set[int]) -> bool:
    """Whether no clause is still without its verb after token `i`."""
    k = parsed.clause_at(i)
    while k >= 0:
        if i < parsed.clauses[k].verb[0] and parsed.clauses[k].verb[0] in here:
            return False
        k = parsed.clauses[k].parent
    return True


def _cost(tokens: Sequence[Token], body: list[int], n: int, clause: Clause | None) -> float | None:
    """What it costs a title to be cut before token `body[n]`: 0 where a clause begins; None: no place for it."""
    last, after = tokens[body[n - 1]], tokens[body[n]]
    before = tokens[body[n - 2]] if n > 1 else last
    particle = last.tag in "pa" and before.tag in "veig" and last.low in _PARTICLES
    if last.tag in "dcsx" or (last.tag in "pg." and not particle):
        return None
    leads = last.low in w.TIME_NOUNS | _JUST and after.low in ("after", "before")
    listed = any(tokens[i].text == "," or tokens[i].tag == "s" for i in body[max(0, n - 3) : n])
    if leads or listed or last.low in _MODIFIERS or (last.tag == "r" and last.low in _SUBJECTS):
        return None
    verb = (last.tag in "vei" and last.low not in w.NOUN_TOO) or before.low == "to"
    adjective = before.tag == "x" or before.low in _BE or (before.tag == "a" and last.tag == "n")
    if clause is not None and clause.marker not in ("and", "and="):
        if clause.marker in ("if", "unless", "whether", "than"):
            return None
        if clause.kind == "content":
            return None if verb else 3.0
        return 3.0 if verb and after.text != "," and last.tag != "e" else 0.0
    if clause is not None:
        return 0.0
    if verb and after.tag == '"':
        return None
    if after.tag == "." or after.tag == '"':
        return None if after.text in "'’-/&$%" or "-" in last.low else 0.5
    compares = after.low == "as" and any(
        tokens[i].low in ("as", "so") for i in body[max(0, n - 3) : n]
    )
    if compares or after.low in _CLOSE or (verb and after.low in _PARTICLES and after.tag in "pa"):
        return None
    if after.low == "of":
        return 4.0
    if after.low in _JUST and tokens[body[n] + 1].low in ("after", "before"):
        return 0.5
    if verb and after.low in ("that", "whether", "how", "what", "why"):
        return None
    if after.tag == "p" or after.tag == "s":
        infinitive = n + 1 < len(body) and tokens[body[n + 1]].tag in "ix"
        told = infinitive and any(w.verb_base(tokens[i].low) in _CONTROL for i in body[:n])
        hard = 3.0 + 2 * infinitive if verb or adjective or told else 0.0
        return hard or 1.0 + infinitive / 2 + (after.low == "as")
    between = any(tokens[i].low == "between" for i in body[max(0, n - 5) : n])
    if after.tag != "c" or verb or between:
        return None
    stop = n + 1
    while stop < len(body) and tokens[body[stop]].tag in "nN#":
        stop += 1
    return 2.0 if stop < n + 3 else None  # not "oil | and gas interests"


def short_name(subject: str) -> str:
    """`Amir Khan` for “Prosecutor Amir Khan”, `Ana Ruiz` for “the mayor, Ana Ruiz”; other words as they are."""
    words = subject.split()
    n = len(words)
    pairs = [" ".join(words[i : i + 2]).lower() in _TITLED for i in range(len(words))]
    while n and (words[n - 1][0].isupper() or words[n - 1] in _WITHIN_NAMES or pairs[n - 1]):
        n -= 1
    ranks = [i for i in range(n, len(words)) if words[i].lower() in _ROLES or (i and pairs[i - 1])]
    first = max([n, *(i + 1 for i in ranks)])
    role = words[first - 1].lower().strip(",") if first else ""
    whose = ranks or (n and role not in w.DETERMINERS and _is_its_name(words[:n]))
    person = not ranks or not {x.lower().strip(".") for x in words[first:]} & ORGANISATIONS
    return " ".join(words[first:]) if role and whose and person and words[first:] else subject


def _is_its_name(words: list[str]) -> bool:
    """Whether the name after these words is that of their noun: not in "an engineer at Skell Lines"."""
    low = [x.lower().strip(",") for x in words]
    return not any(
        x in _OTHERS and " ".join(low[n : n + 2]) not in _TITLED for n, x in enumerate(low)
    )


def _short_subject(text: str) -> str:
    """A subject without what hangs on its noun; as it is where that leaves a stub."""
    for match in _AFTER_NOUN.finditer(text):
        words = text[: match.start()].split()
        last = words[-1] if words else ""
        apposed = text[match.end()].isupper() and last[:1].isupper()
        stub = len(words) < 2 and not last.endswith(("s", "ing"))
        low = last.lower()
        open_ = low in _DANGLING or low in _ROLES or low in w.PARTICIPLE or w.is_ed(low)
        if not (stub or apposed or open_) and _outside_quotes(" ".join(words)):
            return " ".join(words)
    return text


def _outside_quotes(text: str) -> bool:
    pairs = text.count("“") == text.count("”") and text.count("(") == text.count(")")
    return pairs and text.count('"') % 2 == 0


def _no_dangling(text: str) -> str:
    """The words of a hard cut without a loose end: "and", "in the"."""
    words = tidy(text).split()
    while len(words) > 2 and words[-1].lower() in _DANGLING:
        words.pop()
    return tidy(" ".join(words))
