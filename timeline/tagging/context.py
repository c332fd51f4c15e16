"""What surrounds an expression: its sentence, quotation, verb and speaker. Text only; resolves nothing."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import NamedTuple

from timeline.tagging.language import Language
from timeline.tagging.recognise import Words

LONGEST = 1200  # characters that a sentence may have
_END = re.compile(r"""[.!?…\n](?:(?<=\n)|[.!?…"”’')\]]*(?:\n|(?=\s)))""")
_CLOSES = {"“": "”“", "„": "”“", "«": "«»", "»": "«»"}  # by the mark that opened
_QUOTE = re.compile('[“”„"»«\n]')
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\.$")
_ORDINAL = re.compile(r"(?<!\d)\d{1,2}$")  # 24. November
_NAME = re.compile(
    r"((?:[A-Z][\w.’'-]*[\w’']\s+(?:(?:of|the|de|al|van|von|bin)\s+)?){0,4}[A-Z][\w’'-]*\w)\.?\s*(?:,[^,]{1,60},\s*)?$"
)
_POST = re.compile(
    r"\b(?:[Tt]he|[Aa]n?)\s(?:[\w’'-]+\s){1,3}(?:of|for)\s(?:the\s)?$"
)  # the mayor of Paris
_NOUNS = re.compile(
    r"(?:^|[,;:“”\"]\s*|\b(?:that|when|after|because|but|and|as)\s+)((?:the|an?|one|some|several|two)?\s*(?:[\w’'-]+\s+){0,4}[\w’'-]+)\s*$",
    re.IGNORECASE,
)
_NAME_AFTER = re.compile(r"\s+(?:the\s+)?((?:[\w’'-]+\s+){0,2}(?:[A-Z][\w.’'-]*\s*){1,4})")
_ACCORDING = re.compile(
    r"\b(?:according to|citing|gemäß|laut)\s+((?:an?|the)?\s*[^,;:.“”\"]{2,60})", re.IGNORECASE
)
_ENDS = re.compile(r"\b(?:end|close)\b", re.IGNORECASE)
_NOT_VERBS = frozenset(
    "heute bitte gute alte rote späte weite breite leichte echte beste meiste need indeed hundred speed proceed exceed succeed united sacred wicked naked seed feed breed bleed wed shed bed red led".split()
)
_DETERMINERS = frozenset(
    "the a an this that these those its his her their our my your all some any each every no more 0 00 000".split()
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
_NOBODY = frozenset(
    "he she they it we i you who whom which that there this not never been was were is are had has have er sie es wir das dies".split()
)
_AROUND = frozenset(  # may stand beside a speaker, and are not part of the name
    "and but or so yet as when while after before because although though also then later first however meanwhile today "
    "yesterday und aber auch als".split()
)
_NOT_ENDS = _DETERMINERS - {"all", "some"} | frozenset(
    "of on in at to by with for from about over under into since until during near than".split()
)
_NO_OBJECT = _NOT_ENDS - _DETERMINERS | frozenset("and or but that to as".split())
_MODALS = frozenset("be will shall ll".split())


class Layout(NamedTuple):
    """Where a text's sentences and quotations are: parallel lists of starts and stops."""

    starts: list[int]
    stops: list[int]
    quote_starts: list[int]
    quote_stops: list[int]

    def sentence(self, at: int) -> int:
        """Index of the sentence that holds an offset."""
        return max(0, bisect_right(self.starts, at) - 1)

    def in_quote(self, at: int) -> bool:
        """Whether an offset lies between quotation marks."""
        i = bisect_right(self.quote_starts, at) - 1
        return i >= 0 and at < self.quote_stops[i]


def lay_out(text: str, abbreviations: frozenset[str]) -> Layout:
    """The sentences and quotations of a text. Sentence spans carry no blanks at their ends."""
    starts: list[int] = []
    stops: list[int] = []
    begin, size = 0, len(text)
    for m in _END.finditer(text):
        at, stop = m.span()
        c = text[at]
        if c == "\n":
            if not _ends_line(text, at, size):
                continue
        elif (
            c == "."
            and text[stop - 1] in ".\n"
            and not text[at - 5 : at].isalpha()
            and _is_abbreviation(text, begin, at, stop, abbreviations)
        ):
            continue
        _close(text, begin, stop, starts, stops)
        begin = stop
    _close(text, begin, size, starts, stops)
    quotes = _quotations(text)
    return Layout(starts or [0], stops or [size], [q[0] for q in quotes], [q[1] for q in quotes])


def _close(text: str, first: int, stop: int, starts: list[int], stops: list[int]) -> None:
    """Add the sentence from `first` to `stop`, without blanks; one without end is cut to LONGEST."""
    while first < stop and text[first].isspace():
        first += 1
    while first < stop and text[stop - 1].isspace():
        stop -= 1
    while first < stop:
        cut = stop
        if stop - first > LONGEST:  # so that no row carries a whole book
            cut = text.rfind(" ", first + LONGEST // 2, first + LONGEST) + 1 or first + LONGEST
        starts.append(first)
        stops.append(cut)
        first = cut


def _ends_line(text: str, at: int, size: int) -> bool:
    """Whether a line break ends a sentence (a paragraph or headline) or only wraps a line."""
    nxt = text[at + 1 : at + 2]
    if at + 1 >= size or nxt in "\n\r" or nxt.isspace():
        return True
    line = at - max(text.rfind("\n", max(0, at - 400), at), at - 400)
    return not nxt.islower() and (line < 55 or line > 100 or text[at - 1 : at] in '.!?”":')


def _is_abbreviation(
    text: str, begin: int, at: int, stop: int, abbreviations: frozenset[str]
) -> bool:
    nxt = text[at + 1 : stop + 3].strip()[:1]
    if nxt and (nxt.islower() or nxt in ",;"):
        return True
    m = _WORD_BEFORE.search(text[max(begin, at - 12) : at + 1])
    if m is None:
        return "00" in abbreviations and bool(_ORDINAL.search(text[max(begin, at - 4) : at]))
    word = m[1].lower()
    if word in ("m", "c", "e") and text[at - 2 : at - 1] == ".":  # p.m. B.C. C.E.
        return not nxt.isupper()
    return word in abbreviations or (len(word) == 1 and m[1].isupper())


def _quotations(text: str) -> list[tuple[int, int]]:
    out, opened, mark = [], -1, ""
    for m in _QUOTE.finditer(text):
        c, at = m[0], m.start()
        if c == "\n":
            if opened >= 0:
                out.append((opened, at))
            opened = -1
        elif opened < 0:
            if c != "”":
                opened, mark = at, c
        elif c in _CLOSES.get(mark, mark):
            out.append((opened, at))
            opened = -1
    if opened >= 0:
        out.append((opened, len(text)))
    return out


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
    while before and before[-1] in _DETERMINERS:
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
        if words.gap(i - 1) != " " or word in _DETERMINERS or word in language.words["tense"]:
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
            noun = before in _NOT_ENDS or before[-2:] in language.endings
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
        if word in _NOUNS_TOO and i and words.words[i - 1] in _DETERMINERS:
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
        if small and after not in _DETERMINERS and not after.endswith("ed"):
            done = i and words.words[i - 1] in language.words.get("done", {})
            return "past" if done else "future"
    return ""


@lru_cache(maxsize=20_000)
def read_attribution(sentence: str, speech: tuple[str, ...]) -> str:
    """Who says what the sentence reports, in its own words; "" if nobody is named."""
    if m := _ACCORDING.search(sentence):
        return _speaker(m[1])
    m = _speech(speech).search(sentence)
    if m is None:
        return ""
    before, after = sentence[: m.start()], sentence[m.end() :]
    if name := _NAME.search(before):
        post = _POST.search(before, 0, name.start(1))
        return _speaker((post[0] if post else "") + name[1])
    if (not before.strip() or before.rstrip()[-1] in ',”"!?') and (
        name := _NAME_AFTER.match(after)
    ):
        return _speaker(name[1])
    if nouns := _NOUNS.search(before):
        return _speaker(nouns[1])
    return ""


def _speaker(words: str) -> str:
    """The words if they can be a noun phrase, without a conjunction or adverb beside them; else "".

    >>> _speaker("and the mayor"), _speaker("having"), _speaker("of"), _speaker("the Ministry of Mining")
    ('the mayor', '', '', 'the Ministry of Mining')
    """
    parts = words.strip(" \n\r\t.,;:").split()
    while parts and parts[0].lower() in _AROUND:
        del parts[0]
    while parts and parts[-1].lower() in _AROUND:
        del parts[-1]
    if not parts or _NOBODY.intersection(part.lower() for part in parts):
        return ""
    first, last = parts[0], parts[-1]
    if first.lower() in _NOT_ENDS - _DETERMINERS or last.lower() in _NOT_ENDS:
        return ""
    if (last[0].islower() and last.endswith("ly")) or not any(c.isalpha() for c in words):
        return ""
    return "" if first[0].islower() and first.endswith(("ing", "ed", "ly")) else " ".join(parts)


@lru_cache(maxsize=16)
def _speech(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        r"\b(?:(?:was|were|is|are|has|have|had) )?(?:quoted as saying|" + "|".join(words) + r")\b"
    )


def surname(name: str) -> str:
    """The last capitalised word of a speaker's name, or ""."""
    parts = [w for w in re.findall(r"[\w’'-]+", name) if w[:1].isupper()]
    return parts[-1] if parts else ""
