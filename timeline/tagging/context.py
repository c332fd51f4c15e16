"""What surrounds an expression: its sentence, quotation and speaker. Text only; resolves nothing."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

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
DETERMINERS = frozenset(
    "the a an this that these those its his her their our my your all some any each every no more 0 00 000".split()
)
_NOBODY = frozenset(
    "he she they it we i you who whom which that there this not never been was were is are had has have er sie es wir das dies".split()
)
_AROUND = frozenset(  # may stand beside a speaker, and are not part of the name
    "and but or so yet as when while after before because although though also then later first however meanwhile today "
    "yesterday und aber auch als".split()
)
NOT_ENDS = DETERMINERS - {"all", "some"} | frozenset(
    "of on in at to by with for from about over under into since until during near than".split()
)


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
    if first.lower() in NOT_ENDS - DETERMINERS or last.lower() in NOT_ENDS:
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
