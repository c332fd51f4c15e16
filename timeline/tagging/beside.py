"""What the words beside a date say of it: its verb, whether it lies ahead, how far it reaches. Text only; resolves nothing."""

from __future__ import annotations

import re
from bisect import bisect_left

from timeline.tagging.context import DETERMINERS, NOT_ENDS
from timeline.tagging.language import Language
from timeline.tagging.recognise import Words

_ENDS = re.compile(r"\b(?:end|close)\b", re.IGNORECASE)
_NOT_VERBS = frozenset(
    "heute bitte gute alte rote späte weite breite leichte echte beste meiste need indeed hundred speed proceed exceed succeed united sacred wicked naked seed feed breed bleed wed shed bed red led".split()
)
_UNTIL = frozenset(("until", "till", "bis"))
_NOT = frozenset("not never no t nicht nie erst".split())
_HELPERS = frozenset("did do does not t to would could might should never had let".split())
_RELATIVE = frozenset("which who whom whose where when".split())
_LINKS = frozenset("and but or then".split())
_EVENTS = ("event", "date")
_ADVERBS = frozenset("first once newly since later".split())
_STILL = frozenset("will shall ll is are plans expects hopes intends".split())
_RANKS = frozenset("first second third last only latest youngest oldest".split())
_NOUNS_TOO = frozenset("plan plans hope hopes".split())
_BE = frozenset("was were had did been".split())
_IS = frozenset("is are was were be been being s re m now also still".split())
_NO_OBJECT = NOT_ENDS - DETERMINERS | frozenset("and or but that to as".split())
_MODALS = frozenset("be will shall ll".split())


def read_tense(
    text: str, words: Words, first: int, last: int, bounds: tuple[int, int], language: Language
) -> str:
    """past, future, conditional or "": from the verb nearest to the words `first` to `last` in their sentence."""
    tense, ends, all_words, starts = language.words["tense"], language.endings, words.words, words.starts  # fmt: skip
    lo, hi = bounds
    for i in range(first - 1, max(-1, first - 16), -1):
        if starts[i] < lo:
            break
        word = all_words[i]
        maybe = word in tense or word[-2:] in ends or word == "to"
        if maybe and (kind := _verb(text, words, i, language, lo)):
            near = all_words[max(0, i - 8) : i + 1]
            if kind == "future" and "to" in near and _RANKS.intersection(near):
                continue  # the first to go, the last of the men to be lifted
            return kind
    for i in range(last + 1, min(len(all_words), last + 12)):
        if starts[i] >= hi:
            break
        word = all_words[i]
        if word in ("is", "are") and not _RELATIVE.intersection(all_words[max(0, i - 2) : i]):
            after = next((j for j in range(i + 1, i + 4) if all_words[j : j + 1] and all_words[j] not in _IS), -1)  # fmt: skip
            if (
                after > 0
                and all_words[after] != "to"
                and not _verb(text, words, after, language, lo)
            ):
                return ""  # the alarm on June 5 is at the heart of it
        maybe = word in tense or word[-2:] in ends or word == "to"
        if maybe and (kind := _verb(text, words, i, language, lo)):
            return kind
    return ""


def happened_on(
    text: str, words: Words, first: int, bounds: tuple[int, int], language: Language
) -> bool:
    """Whether a past verb itself stands with the day at word `first`: "He died on June 5", "On June 5 he died"."""
    if first < 1 or words.words[first - 1] not in language.words.get("day_of", {}):
        return False
    if words.starts[first - 1] <= bounds[0]:
        return True
    if first < 2 or words.starts[first - 2] < bounds[0] or words.gap(first - 2) != " ":
        return False
    return _verb(text, words, first - 2, language, bounds[0]) == "past"


def read_arranged(words: Words, first: int, last: int, lo: int, language: Language) -> str:
    """future or open where a day is that of something arranged, though the verb is in the past; else "".

    future: "set a hearing for Jan. 11", "a trial date of Feb. 8", "prepared for a Thursday meeting". open: "registered
    for the Jan. 12 election", where only what lies nearer can say.
    """
    arranged, start = language.words.get("arranged", {}), max(0, first - 9)
    before = [w for i, w in enumerate(words.words[start:first], start) if words.starts[i] >= lo]
    if before[-1:] == ["of"] and arranged.get(before[-2] if before[1:] else "") == "date":
        return "future"
    while before and before[-1] in DETERMINERS:
        del before[-1]
    if not before:
        return ""
    kinds = [arranged.get(w, "") for w in before]
    if before[-1] == "for" and ("ready" in kinds[-2:] or ("set" in kinds and kinds[-2] in _EVENTS)):
        return "future"
    if before[-1] == "on" and kinds[-2:-1] == ["event"]:
        return "open" if "for" in kinds[:-2] else ""
    if kinds[-1] != "for":
        return ""
    for i in range(last + 1, min(last + 5, len(words.words))):
        word = words.words[i]
        if words.gap(i - 1) != " " or word in DETERMINERS or word in language.words["tense"]:
            break
        if arranged.get(word) == "event":
            return "open"
    return ""


def is_apart(
    text: str, words: Words, date: tuple[int, int], first: int, lo: int, language: Language
) -> bool:
    """Whether what stands at word `first` is not told of the past date before it, words `date`, in its sentence.

    The date is in a relative or participle clause that a comma has closed ("the plant, built in 1964, will close"),
    or what follows is told of now ("opened in 1964 and will close", "won in 1964 and said it would sue").
    """
    a, b = date
    between = words.words[b + 1 : first]
    if _STILL.intersection(between):
        return True
    verbs = range(bisect_left(words.starts, lo), a)
    speech = language.words.get("speech", {})
    if not speech.keys().isdisjoint(between) and any(
        _verb(text, words, i, language, lo) for i in verbs
    ):
        return True
    closed = next((i for i in range(b, first - 1) if ", " in words.gap(i)), -1)
    if closed < 0:
        return False
    while a and words.starts[a - 1] >= lo and ", " not in words.gap(a - 1):
        a -= 1
    opening = words.words[a : a + 3]
    if _RELATIVE.intersection(opening) and words.starts[a] > lo:
        return True
    if opening[0].endswith("ly") or opening[0] in _ADVERBS:
        opening = opening[1:]
    verb = opening[0]
    done = verb[-2:] in language.endings or language.words["tense"].get(verb) == "past"
    return done and verb not in speech and verb not in _BE and words.words[closed + 1] not in _LINKS


def is_scheduled(words: Words, first: int, lo: int, language: Language) -> bool:
    """Whether the day at word `first` is told in the present tense of a schedule: "it reports results on Thursday"."""
    verbs = language.words.get("schedule", {})
    if first < 1 or words.words[first - 1] not in language.words.get("day_of", {}):
        return False
    for i in range(first - 3, max(0, first - 10), -1):
        if words.starts[i] <= lo:
            return False
        if words.words[i] in verbs and words.gap(i) == " ":
            before, after = words.words[i - 1], words.words[i + 1]
            noun = before in NOT_ENDS or before[-2:] in language.endings
            return not noun and after not in _NO_OBJECT and after[-2:] not in language.endings
    return False


def read_order(words: Words, first: int, language: Language) -> str:
    """AFTER or BEFORE where the words say how a time stands to a clock: "shortly after 6 p.m."; else ""."""
    before = words.words[max(0, first - 2) : first]
    if len(before) < 2 or before[0] not in language.words.get("brief", {}):
        return ""
    return language.words.get("order", {}).get(before[1], "")


def read_limit(text: str, words: Words, first: int, stop: int, language: Language) -> str:
    """before or by where an end of something is the latest moment: "before the end of May", not "shortly before" it."""
    limit = language.words.get("limit", {})
    kind = limit.get(words.words[first - 1], "") if first else ""
    if not kind or limit.get(words.words[first - 2] if first > 1 else "") == "near":
        return ""
    if not _ENDS.search(text[words.starts[first] : stop]):
        return ""
    negated = kind == "before" and _NOT.intersection(words.words[max(0, first - 8) : first])
    return "" if negated else kind


def read_doubt(
    text: str, words: Words, first: int, stop: int, kind: str, language: Language
) -> str:
    """The doubt that the words around an expression state, ~ or ?: "possibly in 2010", "around noon", "(1490?)"."""
    told = language.words.get("doubt", {})
    for i in range(first - 1, max(-1, first - 5), -1):
        said = told.get(words.words[i])
        if said is None or not words.gap(i).isspace():
            break
        if said in ("~", "?"):
            return said
        if said == "~ TIME":
            return "~" if kind == "TIME" else ""
    return "?" if text.startswith(("?)", "?-", "?–"), stop) else ""


def _verb(text: str, words: Words, i: int, language: Language, lo: int) -> str:
    word, tense, at = words.words[i], language.words["tense"], words.starts[i]
    kind = tense.get(word, "")
    if kind:
        if word in _UNTIL and _NOT.intersection(words.words[max(0, i - 8) : i]):
            return ""  # it did not open until May: the verb says when
        if word == "set" and words.words[i + 1 : i + 2] in (["to"], ["for"]):
            return "future"
        if kind == "past" and i and words.words[i - 1] in _MODALS:
            return "future"  # will set, shall put
        if word in _NOUNS_TOO and i and words.words[i - 1] in DETERMINERS:
            return ""  # "handed in its plan", "a hope"
        if (
            word == "due"
            and words.words[i + 1 : i + 2] == ["to"]
            and not _IS.intersection(words.words[max(0, i - 3) : i])
        ):
            return ""  # because of
        if kind == "future" and words.words[max(0, i - 2) : i] == ["had", "been"]:
            return "past"  # had been due, had been expected
        if kind == "plural":
            return "" if _HELPERS.intersection(words.words[max(0, i - 2) : i]) else "future"
        if word == "may" and text[at] == "M":
            return ""
        if kind == "present":
            return "future" if words.words[i + 1 : i + 2] == ["to"] else ""
        return kind
    if word[-2:] in language.endings and len(word) > 4 and word not in _NOT_VERBS:
        if (not text[at].islower() and at > lo) or word in language.classes:
            return ""  # a name, a German noun, "letzte"
        return "future" if i and words.words[i - 1] == "be" else "past"
    if word == "to" and "will" in tense and i + 1 < len(words.words) and words.gap(i) == " ":
        after, small = words.words[i + 1], text[words.starts[i + 1]].islower()
        if small and after not in DETERMINERS and not after.endswith("ed"):
            done = i and words.words[i - 1] in language.words.get("done", {})
            return "past" if done else "future"
    return ""
