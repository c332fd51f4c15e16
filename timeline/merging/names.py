"""Who a pronoun or "the president" is: from the names earlier in the same article. Never from outside it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from timeline.merging import words as w

_CAPITAL = r"[A-Z][\w'’-]*[\w]|[A-Z]\."
_NAME = re.compile(
    rf"\b(?:{_CAPITAL})(?:[ ](?:(?:{_CAPITAL})|bin|al|de|van|von|der|el|la)(?![\w]))*"
)
_ORGANISATION = frozenset(
    """
    house street journal university party department ministry court congress senate parliament council committee
    commission agency association bank group company corporation corp inc ltd union league army force forces air
    airlines airways times post news press states kingdom nations republic office institute city county river sea
    ocean island islands mountain airport center centre hospital school church world war treaty act day prize cup
    conference agreement bureau police guard service north south east west january february march april june july
    august september october november december monday tuesday wednesday thursday friday saturday sunday
    """.split()
)
_SPEAKS = re.compile(r"\s*,?\s+(?:also |has |had )?(\w+)")


@dataclass
class Names:
    """The people and other names of one article, by offset; and who holds which rank."""

    people: list[tuple[int, str]] = field(default_factory=list)
    others: list[tuple[int, str]] = field(default_factory=list)
    ranks: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    full: dict[str, str] = field(default_factory=dict)

    def person(self, sentence_start: int) -> str:
        """The person whom "he" or "she" at the start of a sentence means: who the sentences before are about."""
        return self._about(self.people, sentence_start)

    def thing(self, sentence_start: int) -> str:
        """The firm, state or thing that "it" at the start of a sentence means, or empty."""
        return self._about(self.others, sentence_start)

    def holder(self, rank: str, offset: int) -> str:
        """The last person called by that rank before `offset`, or empty if it fits two people."""
        seen = [name for at, name in self.ranks.get(rank, []) if at < offset]
        return seen[-1] if seen and len({n.split()[-1] for n in seen}) == 1 else ""

    @staticmethod
    def _about(entries: list[tuple[int, str]], offset: int) -> str:
        i = bisect_left(entries, (offset, ""))
        return entries[i - 1][1] if i and offset - entries[i - 1][0] < 600 else ""


def find_names(text: str, sentence_starts: list[int]) -> Names:
    """The names of an article; of each sentence only the first person and first other name count as its topic.

    >>> n = find_names("Spokesman Josh Earnest spoke. He said no.", [0, 30])
    >>> n.person(30), n.holder("spokesman", 30)
    ('Earnest', 'Earnest')
    """
    names = Names()
    known: set[str] = set()
    topic_person = topic_other = -1
    for match in _NAME.finditer(text):
        parts = match.group().split()
        at = match.start()
        rank = [p for p in parts if p.lower() in w.RANKS]
        first = text[:at].rstrip().endswith((".", "”", "?", "!", ":")) or at == 0
        if (
            first
            and len(parts) == 1
            and (parts[0].lower() in w.STOP or parts[0].lower() in w.ADVERBS)
        ):
            continue
        while parts and (parts[0].lower() in w.STOP or parts[0].lower() in w.RANKS):
            parts.pop(0)
        if not parts or parts[-1].isdigit():
            continue
        before = text[max(0, at - 22) : at].rstrip().split()
        lower_rank = before[-1].lower() if before and before[-1].lower() in w.RANKS else ""
        last = re.sub(r"['’]s?$", "", parts[-1])
        words = {p.lower() for p in parts}
        speaks = _SPEAKS.match(text, match.end())
        is_person = not words & _ORGANISATION and (
            bool(rank or lower_rank)
            or last in known
            or (len(parts) in (2, 3) and not any(p.isupper() and len(p) > 2 for p in parts))
            or bool(speaks and speaks[1] in w.REPORTING and len(parts) == 1)
        )
        index = bisect_left(sentence_starts, at + 1) - 1
        if is_person:
            known.add(last)
            if len(parts) > 1:
                names.full[last] = " ".join(parts)
            for word in {r.lower() for r in rank} | ({lower_rank} if lower_rank else set()):
                names.ranks.setdefault(word, []).append((at, last))
            if index != topic_person:
                names.people.append((at, last))
                topic_person = index
        elif index != topic_other:
            name = re.sub(r"['’]s?$", "", " ".join(parts))
            names.others.append((at, name))
            topic_other = index
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
