"""Who or what a clause's subject is: a pronoun as the name that it goes back to. Titles nothing."""

from __future__ import annotations

from timeline.merging import words as w
from timeline.merging.clauses import Clause, Parsed
from timeline.merging.fitting import render
from timeline.merging.groups import reports
from timeline.merging.names import Names, name_for
from timeline.merging.subjects import noun_before, outside_brackets

_OTHER = {"he": "she", "she": "he"}
_OF_NOBODY = frozenset("be is was been rain rained raining snow snowed snowing seem seemed".split())
_VESSELS = frozenset(
    """
    boat ferry freighter frigate liner schooner ship steamer submarine tanker trawler tug vessel warship yacht
    boat's ferry's freighter's liner's ship's tanker's trawler's vessel's yacht's ferry’s ship’s vessel’s boat’s
    """.split()
)


def subject_text(parsed: Parsed, clause: Clause, names: Names, sentence_start: int) -> str:
    """The clause's subject in words, a pronoun replaced by a name; empty if there is none."""
    if clause.subject is None:
        return ""
    a, b = clause.subject
    tokens = parsed.tokens
    untimed = [i for i in range(a, b) if tokens[i].tag != "t"]
    keep = _without_ages(parsed, outside_brackets(tokens, untimed or list(range(a, b))))
    text = render(parsed, keep)
    low = text.lower()
    if low in _OTHER and _speaker_pronoun(parsed, clause) == _OTHER[low]:
        said_by_name = names.person(sentence_start)
        return names.person(sentence_start, said_by_name) or text
    if low in ("he", "she", "it", "they"):
        follows = w.verb_base(tokens[clause.verb[1] - 1].low) in ("come", "follow", "happen")
        if _may_be_another(parsed, clause, low, names) or (low == "it" and follows):
            return text
        if own := _earlier_subject(parsed, clause, low, names):
            return subject_text(parsed, own, names, sentence_start)
    owner, _, rest = text.partition(" ")
    if rest and owner.lower() in ("his", "her", "its", "their"):
        renamed = _apposed_name(parsed, b)
        if renamed:
            return renamed
        pronoun = {"his": "he", "her": "she", "its": "it", "their": "they"}[owner.lower()]
        if nearer := _earlier_subject(parsed, clause, pronoun, names, pronoun == "it"):
            whose = subject_text(parsed, nearer, names, sentence_start)
        elif pronoun == "it" and clause.parent >= 0:
            return text  # "the firm said the bridge was part of its plan": whose?
        else:
            whose = name_for(pronoun, names, sentence_start, 0)
        return text if whose == pronoun else f"{_possessive(whose)} {rest}"
    if clause.marker == "whose" and (whom := noun_before(tokens, clause.spans[0][0], True)):
        return f"{_possessive(render(parsed, range(*whom)))} {text.removeprefix('whose ')}"
    name = name_for(text, names, sentence_start, sentence_start + tokens[a].start)
    speaks = low == "it" and reports(tokens, clause.verb)  # only a name says something
    return text if speaks and name.split()[-1].islower() else name


def _without_ages(parsed: Parsed, keep: list[int]) -> list[int]:
    """The tokens of `Al Orr and Bo Dent` among those of "Al Orr, 52, and Bo Dent"."""
    texts = [parsed.tokens[i].text for i in keep]
    ages = [n for n in range(1, len(keep) - 1) if texts[n].isdigit()]
    ages = [n for n in ages if texts[n - 1] == "," == texts[n + 1]]
    drop = {m for n in ages for m in (n - 1, n, n + 1 if texts[n + 2 : n + 3] == ["and"] else n)}
    return [i for n, i in enumerate(keep) if n not in drop]


def _may_be_another(parsed: Parsed, clause: Clause, pronoun: str, names: Names) -> bool:
    """Whether a pronoun's person or thing is not sure, so that it stays: no name is better than a wrong one."""
    if pronoun == "she" and not clause.quoted and any(t.low in _VESSELS for t in parsed.tokens):
        return True  # "the captain said the ferry sank before she reached the pier"
    above = parsed.clauses[clause.parent] if clause.parent >= 0 else None
    if pronoun != "it" or above is None or clause.kind != "content" or above.subject is None:
        return False
    speaker = parsed.tokens[slice(*above.subject)]
    if any(t.low in _OF_NOBODY for t in parsed.tokens[clause.verb[0] : clause.verb[1] + 1]):
        return True  # "said it would rain"
    named = all(t.tag == "N" for t in speaker)  # "Skell Lines said it would": a firm, or nobody's
    return named and not names.is_thing(render(parsed, range(*above.subject)))


def _possessive(name: str) -> str:
    return name if name.endswith(("’s", "'s")) else f"{name}’s"


def _speaker_pronoun(parsed: Parsed, clause: Clause) -> str:
    """The pronoun that says what the clause tells, or empty."""
    above = parsed.clauses[clause.parent] if clause.parent >= 0 else None
    return parsed.tokens[above.subject[0]].low if above and above.subject else ""


def _apposed_name(parsed: Parsed, i: int) -> str:
    """`Eleni Markou` after "its director" in "its director, Eleni Markou, said"; or empty."""
    tokens, stop = parsed.tokens, i + 1
    while stop < len(tokens) and tokens[stop].tag == "N":
        stop += 1
    apposed = stop < len(tokens) and tokens[i].text == "," == tokens[stop].text and stop > i + 1
    return render(parsed, range(i + 1, stop)) if apposed else ""


def _earlier_subject(
    parsed: Parsed, clause: Clause, pronoun: str, names: Names, sole: bool = False
) -> Clause | None:
    """The earlier clause of the sentence to whose subject a pronoun goes back, or None; `sole`: the only one."""
    first = clause.subject[0] if clause.subject else 0
    before = [
        c
        for c in parsed.clauses
        if c.subject and c.subject[0] < first and c.quoted == clause.quoted
    ]
    before.sort(key=lambda c: (c.kind in ("sub", "relative"), -c.verb[0]))
    meant = [c for c in before if _means(parsed, c.subject or (0, 0), pronoun, names)]
    return (
        meant[0]
        if meant and not (sole and {c.subject for c in meant} - {meant[0].subject})
        else None
    )


def _means(parsed: Parsed, subject: tuple[int, int], pronoun: str, names: Names) -> bool:
    """Whether a pronoun may stand for these words."""
    words = parsed.tokens[slice(*subject)]
    if words[0].tag == "r" or any(t.tag == "t" for t in words) or len(words) > 8:
        return False
    if pronoun == "it":
        return names.is_thing(render(parsed, outside_brackets(parsed.tokens, range(*subject))))
    many = words[-1].low.endswith("s") or any(t.low == "and" for t in words)
    somebody = any(t.tag == "N" for t in words) or words[-1].low in w.RANKS | w.PERSONS
    return many if pronoun == "they" else somebody and not many
