"""Who a pronoun or "the president" is: from the names earlier in the same article. Never from outside it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from math import inf

from timeline.merging import words as w
from timeline.merging.clauses import Parsed, parse

_CAPITAL = r"[A-Z][\w'’-]*[\w]|[A-Z]\."
_NAME = re.compile(
    rf"\b(?:{_CAPITAL})(?:[ ](?:(?:{_CAPITAL})|bin|al|de|van|von|der|el|la)(?![\w]))*"
)
ORGANISATIONS = frozenset(
    """
    house street journal university party department ministry court congress senate parliament council committee
    commission agency association bank group company corporation corp inc ltd union league army force forces air
    airlines airways times post news press states kingdom nations republic office institute city county river sea
    ocean island islands mountain airport center centre hospital school church world war treaty act day prize cup
    conference agreement bureau police guard service north south east west january february march april june july
    august september october november december monday tuesday wednesday thursday friday saturday sunday
    lines line railways railway railroad ferries shipping transport logistics industries airline
    canal bay gulf strait port bridge dam lake street avenue road square valley hill hills forest park beach desert
    peninsula province region cape fort tower palace stadium
    organisation organization board fund authority steel motors energy oil gas systems partners capital holdings media electric foods stores new old upper lower
    """.split()
)
_SPEAKS = re.compile(r"\s*,?\s+(?:also |has |had )?(\w+)")
_PLACE = re.compile(r"\b(?:the|in|at|from|near|to|into|of|across)$", re.IGNORECASE)
_FAR = 600  # characters back to the sentence that a pronoun may go back to
_MANY = frozenset("police people men women children troops both all".split())
_LONG = 6  # words of a subject that "it" may stand for


@dataclass
class Names:
    """The people of one article by offset, who holds which rank, and the sentences that pronouns go back to."""

    sentences: list[tuple[int, str]] = field(default_factory=list)
    people: list[tuple[int, str]] = field(default_factory=list)
    ranks: dict[str, tuple[int, str, float]] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    _parsed: dict[int, Parsed] = field(default_factory=dict)

    def person(self, at: int, other: str = "") -> str:
        """The person whom "he" or "she" in the sentence at offset `at` means, or empty; `other`: not that one."""
        for start, stop, subject in self._earlier(at):
            first, last = (bisect_left(self.people, (at, "")) for at in (start, stop))
            here = [name for _, name in self.people[first:last] if name != other]
            if subject.lower() in ("he", "she") and not other:
                continue
            about = [name for name in here if re.search(rf"\b{re.escape(name)}$", subject)]
            if about or here:
                return (about or here)[0]
        return ""

    def thing(self, at: int) -> str:
        """What "it" at the start of the sentence at offset `at` means: the thing that the one before is about."""
        for _, _, subject in self._earlier(at):
            if subject.lower() != "it":
                return subject if self.is_thing(subject) else ""
        return ""

    def is_thing(self, subject: str) -> bool:
        """Whether a noun phrase may be what "it" stands for: one short phrase for one thing that is nobody."""
        words = subject.split()
        head = subject.split(" of ")[0].split()[-1:] or [""]
        low = head[0].lower()
        many = low.endswith("s") and head[0].islower() and not low.endswith("ss")
        return (
            0 < len(words) <= _LONG
            and not many
            and head[0] not in self.known
            and low not in _MANY | w.RANKS | w.PERSONS | w.PRONOUNS | w.DETERMINERS
            and not re.search(r"(?:man|woman|or|er|ist|one)$", low)
            and not re.search(r"\b(?:and|or|on|in|at|for|from|to|with|by)\b", subject)
        )

    def holder(self, rank: str, offset: int) -> str:
        """The last person called by that rank before `offset`, or empty if it fits two people."""
        at, name, another = self.ranks.get(rank, (offset, "", offset))
        return name if at < offset <= another else ""

    def _earlier(self, at: int):  # type: ignore[no-untyped-def]
        """Start, stop and subject in words of each sentence before offset `at`, the nearest first."""
        i = bisect_left(self.sentences, (at, ""))
        while i and at - self.sentences[i - 1][0] < _FAR:
            i -= 1
            start, text = self.sentences[i]
            if i not in self._parsed:
                self._parsed[i] = parse(text)
            parsed = self._parsed[i]
            main = next((c for c in parsed.clauses if c.kind == "main" and c.subject), None)
            words = parsed.tokens[slice(*main.subject)] if main and main.subject else ()
            yield start, start + len(text), text[words[0].start : words[-1].stop] if words else ""


def _is_noun(low: str) -> bool:
    """Whether a word after a name can only be a noun that the name describes."""
    base = w.verb_base(low)
    verb = base in w.BASES or w.is_ed(low) or low in w.PARTICIPLE or low in w.RANKS | w.PERSONS
    return low.islower() and not (verb or low in w.STOP or w.is_adverb(low, False))


def find_names(text: str, sentences: list[tuple[int, str]]) -> Names:
    """The names of an article, whose `sentences` are given by offset.

    >>> n = find_names("Spokesman Josh Earnest spoke. He said no.", [(0, "Spokesman Josh Earnest spoke."), (30, "He said no.")])
    >>> n.person(30), n.holder("spokesman", 30)
    ('Earnest', 'Earnest')
    """
    names = Names(sentences)
    known: set[str] = set()
    for match in _NAME.finditer(text):
        parts = match.group().split()
        at = match.start()
        rank = [p for p in parts if p.lower() in w.RANKS]
        near = text[max(0, at - 22) : at].rstrip()
        first = near.endswith((".", "”", "?", "!", ":")) or not near
        if (
            first
            and len(parts) == 1
            and (parts[0].lower() in w.STOP or w.is_adverb(parts[0].lower(), True))
        ):
            continue
        while parts and (parts[0].lower() in w.STOP or parts[0].lower() in w.RANKS):
            parts.pop(0)
        if not parts or parts[-1].isdigit() or parts[-1].lower() in w.RANKS:
            continue
        before = near.split()
        called = before[-1].lower().rstrip(".") if before else ""  # "Mr." too
        lower_rank = called if called in w.RANKS else ""
        last = re.sub(r"['’]s?$", "", parts[-1])
        speaks = _SPEAKS.match(text, match.end())
        named = len(parts) in (2, 3) and not any(p.isupper() and len(p) > 2 for p in parts)
        named = named and not (speaks and _is_noun(speaks[1]))  # "Al Kara fighters"
        if {p.lower() for p in parts} & ORGANISATIONS or not (
            rank
            or lower_rank
            or last in known
            or (named and not _PLACE.search(near))
            or (speaks and speaks[1] in w.REPORTING and len(parts) == 1)
        ):
            continue
        if len(parts) > 1 or rank or lower_rank:
            known.add(last)
        for word in {r.lower() for r in rank} | ({lower_rank} if lower_rank else set()):
            since, name, until = names.ranks.setdefault(word, (at, last, inf))
            if name != last and until == inf:
                names.ranks[word] = since, name, at  # from here on it fits two people
        names.people.append((at, last))
    names.known = frozenset(known)
    sure = {name for _, name in names.people if name in known}
    if sure:  # a single name that only speaks may be a firm or a state
        names.people = [(at, name) for at, name in names.people if name in sure]
    return names


def name_for(subject: str, names: Names, sentence_start: int, offset: int) -> str:
    """The name that stands for a pronoun or "the RANK" as subject, or the words unchanged."""
    low = subject.lower()
    if low in ("he", "she", "him", "her"):
        return names.person(sentence_start) or subject
    if low in ("it", "its", "itself"):
        return names.thing(sentence_start) or subject
    role = re.fullmatch(r"the (\w+)", low)
    if role and role[1] in w.RANKS:
        return names.holder(role[1], offset) or subject
    return subject
