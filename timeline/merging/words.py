"""Word tables, and a word's plain form for comparing texts; loaded once, never changed. Not for parsing."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

_TABLE = tomllib.loads((files("timeline.merging") / "words.toml").read_text("utf-8"))


def _words(section: str, name: str) -> frozenset[str]:
    return frozenset(_TABLE[section][name].split())


DETERMINERS = _words("classes", "determiner")
PRONOUNS = _words("classes", "pronoun")
PREPOSITIONS = _words("classes", "preposition")
COORDINATORS = _words("classes", "coordinator")
SUBORDINATORS = _words("classes", "subordinator")
AUXILIARIES = _words("classes", "auxiliary")
ADVERBS = _words("classes", "adverb")
NOT_VERBS = _words("classes", "adjective")
SPEECH_NOUNS = _words("wording", "speech_nouns")
RECALLED_NOUNS = _words("wording", "recalled_nouns")
EVENT_NOUNS = _words("wording", "event_nouns") | RECALLED_NOUNS
NOUNS_IN_LY = frozenset("ally anomaly assembly bully family monopoly rally reply supply".split())
ALONE = frozenset("all both few many most neither several some this these those".split())
PLURALS = frozenset("they we i you who that which police".split()) | ALONE - {"this", "neither"}
NOUN_TOO = frozenset(
    "left found set cut put hit cost split read let lay bid bet cast felt hurt wound".split()
)
BREAKS = frozenset([";", ":", "—", "–", "--"])
TIME_LEADS = frozenset(
    """since until till before after as early late only just again around about the of to from on in at by for during
    through throughout within between over into beginning starting past""".split()
)
DAY_PARTS = frozenset(
    "dawn dusk sunrise sunset noon midday midnight daybreak nightfall morning afternoon evening night".split()
)
TIME_NOUNS = _words("wording", "time_nouns")
DEADLINE_WORDS = _words("wording", "deadline")
FUTURE_WORDS = _words("wording", "future")
MODALS = frozenset("will would can could may might shall should must".split())
MODAL_WORDS = _words("wording", "modal")
PLANNING_WORDS = _words("wording", "planning")
UNCONFIRMED_WORDS = _words("wording", "unconfirmed")
EXPERIENCE_WORDS = _words("wording", "experience")
RANKS = _words("titles", "ranks")
PERSONS = _words("titles", "persons")
NUMBERS: dict[str, int] = _TABLE["numbers"]
ORDINALS: dict[str, int] = _TABLE["ordinals"]
BOILERPLATE = re.compile(
    "|".join(_TABLE["boilerplate"]["patterns"].strip().splitlines()), re.IGNORECASE | re.MULTILINE
)

_IRREGULAR = [line.split() for line in _TABLE["verbs"]["irregular"].strip().splitlines()]


def _ed(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if re.search(r"[^aeiou]y$", base):
        return base[:-1] + "ied"
    return base + "ed"


def _s(base: str) -> str:
    if re.search(r"(s|x|z|ch|sh|o)$", base):
        return base + "es"
    if re.search(r"[^aeiou]y$", base):
        return base[:-1] + "ies"
    return base + "s"


def _doubled(base: str) -> bool:
    return bool(re.search(r"[^aeiou][aeiou][bdgklmnprt]$", base))


def _ing(base: str) -> str:
    if base.endswith("ie"):
        return base[:-2] + "ying"
    return (base[:-1] if re.search(r"[^eoy]e$", base) else base) + "ing"


BASES = frozenset(_TABLE["verbs"]["regular"].split()) | {line[0] for line in _IRREGULAR}
PAST = {line[1]: line[0] for line in _IRREGULAR}
PARTICIPLE = {line[2]: line[0] for line in _IRREGULAR} | {"born": "bear"}
THIRD = {_s(base): base for base in BASES}
GERUND = {_ing(base): base for base in BASES}
_ED = {_ed(base): base for base in BASES}
for _base in BASES:
    if _doubled(_base):
        _ED.setdefault(f"{_base}{_base[-1]}ed", _base)
        GERUND.setdefault(f"{_base}{_base[-1]}ing", _base)
REPORTING = frozenset(
    form
    for base in _TABLE["verbs"]["reporting"].split()
    for form in (base, _s(base), _ed(base), *(p for p, b in PAST.items() if b == base))
)
SAYING = frozenset(_TABLE["verbs"]["saying"].split())
NOUN_LIKE = frozenset(
    form for base in _TABLE["verbs"]["noun_like"].split() for form in (base, _s(base))
)
EXPERIENCE_VERBS = _words("wording", "experience_verbs")
ATTAINING = _words("verbs", "attaining")


def verb_base(word: str) -> str:
    """The base form of a verb form (`negotiating` -> `negotiate`), or the word itself.

    >>> [verb_base(w) for w in ("wrote", "written", "denies", "stopped", "Tehran")]
    ['write', 'write', 'deny', 'stop', 'tehran']
    """
    low = word.lower()
    for table in (PAST, PARTICIPLE, THIRD, GERUND, _ED):
        if low in table:
            return table[low]
    return low


def is_ed(word: str) -> bool:
    """Whether a lower-case word has the regular past ending and is no adjective or noun we know."""
    return (len(word) > 4 and word.endswith("ed") and word not in NOT_VERBS) or word in _ED


def is_past(word: str) -> bool:
    """Whether a lower-case verb form is a past one and not also the base (`wrote`, not `cut`)."""
    return (word in PAST or is_ed(word)) and word not in BASES


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A word's form for comparing: lower case, no ending, nations as countries, concepts joined.

    >>> stem("letters") == stem("correspondence"), stem("Iranian") == stem("Iran's")
    (True, True)
    """
    low = word.lower().replace("’", "'")
    low = low.removesuffix("'s").strip("'.-")
    return _CONCEPT.get(low) or _CONCEPT.get(base := _plain(low)) or base


def _plain(low: str) -> str:
    base = verb_base(low)
    if base != low:
        return base
    for ending, put in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh")):
        if low.endswith(ending) and len(low) > len(ending) + 2:
            return low[: -len(ending)] + put
    if low.endswith("s") and not low.endswith(("ss", "us", "is")) and len(low) > 3:
        low = low[:-1]
    if len(low) > 6:
        for ending in ("ian", "ans", "an", "ese", "ish", "ic", "ing", "ed", "ly", "ity"):
            if low.endswith(ending) and len(low) - len(ending) >= 4:
                return low[: -len(ending)].rstrip("i")
    return low


def phrasal(verb: str, particle: str) -> str:
    """The form for comparing of a verb with its particle where the two mean something of their own, or empty.

    >>> phrasal("stepped", "down") == stem("resigned"), phrasal("stepped", "on")
    (True, '')
    """
    return _CONCEPT.get(f"{verb_base(verb)}-{particle}", "")


_CONCEPT: dict[str, str] = {}
for _name, _line in _TABLE["concepts"].items():
    for _word in _line.split():
        _CONCEPT.setdefault(_word, f"~{_name}")
        _CONCEPT.setdefault(_plain(_word), f"~{_name}")
STOP = (
    DETERMINERS | PRONOUNS | PREPOSITIONS | COORDINATORS | SUBORDINATORS | AUXILIARIES | ADVERBS
) | frozenset("mr mrs ms dr us new one two three would said says say told tell".split())

_LY = re.compile(r"[a-z]{2,}(?:ate|al|ed|ing|ous|ive|ent|ant|ar|ful)ly")


def is_adverb(low: str, capital: bool) -> bool:
    """Whether a word is an adverb by its form; with a capital only where no name looks so.

    >>> is_adverb("unfortunately", True), is_adverb("beverly", True), is_adverb("badly", False)
    (True, False, True)
    """
    if low in NOUNS_IN_LY:
        return False
    if low in ADVERBS or (low.endswith("ly") and len(low) > 4 and not capital):
        return True
    return bool(_LY.fullmatch(low))
