"""An article's sentences, and which of them belong to the story: no headline, placeholder or appeal."""

from __future__ import annotations

import re
from dataclasses import dataclass

from timeline.merging.words import BOILERPLATE

_END = re.compile(r"[.!?…][”\"’')\]]*(?=\s+[\"“‘(\[{]?[A-Z0-9])|[.!?][”\"](?=[A-Z])|\n+")
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Maj|Capt|St|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
    r"|No|Inc|Corp|Co|Ltd|vs|Prof|Rev|Hon|Jr|Sr|U\.S|U\.K|U\.N|a\.m|p\.m|e\.g|i\.e)|\b[A-Z])\.$"
)
_HOUR = re.compile(r"\b[ap]\.m\.$")
_BEGINS = re.compile(
    r"\s+[“\"]?(?:He|She|It|They|We|The|This|That|These|Those|A|An|His|Her|Its|Their|There)\b"
)
LONGEST = 1500  # characters of a sentence
_PLACEHOLDER = re.compile(r"\{\w+\}")
# "WASHINGTON, March 3 (AP) — ", "PARIS — ", "(Reuters) - " at the start of a line, before a capital
_DATELINE = re.compile(
    r"^[ \t]*(?:(?P<place>[A-Z][\w.'’-]*(?:,? (?:[A-Z][\w.'’-]*|\d{1,4}|de|of|the|on|la)){0,7})[ ,]*)?"
    r"(?P<by>\([A-Z][^()\n]{1,40}\)[ ]?)?(?:—|–|--?(?=[ ]))[ ]*(?=[\"“‘(]?[A-Z0-9])",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Sentence:
    """A sentence with placeholders and datelines blanked out: its text and its offset in the article."""

    text: str
    start: int

    @property
    def stop(self) -> int:
        """Offset after its last character."""
        return self.start + len(self.text)


def blank_furniture(text: str) -> str:
    """The text with each `{placeholder}` and dateline made into as many spaces, so that offsets hold.

    >>> blank_furniture("PARIS (AP) — It rained.").strip()
    'It rained.'
    """
    text = _PLACEHOLDER.sub(_blank, text) if "{" in text else text
    return _DATELINE.sub(lambda m: _blank(m) if _is_dateline(m) else m.group(), text)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _is_dateline(match: re.Match[str]) -> bool:
    """Whether words before a dash are a place or agency: one in brackets, or a place in capitals."""
    first = (match["place"] or "").split(" ")[0].rstrip(",")
    return bool(match["by"]) or (len(first) > 2 and first.isupper())


def split_sentences(text: str) -> list[Sentence]:
    """The sentences of an article in order, none empty.

    >>> [s.text for s in split_sentences("Mr. X left. He went to the U.S. on Nov. 24.")]
    ['Mr. X left.', 'He went to the U.S. on Nov. 24.']
    """
    text = blank_furniture(text)
    out: list[Sentence] = []
    begin = 0
    for match in _END.finditer(text):
        before = text[max(begin, match.start() - 12) : match.start() + 1]
        ends = _HOUR.search(before) and _BEGINS.match(text, match.end())  # "at 6 a.m. She left"
        if match.group()[0] != "\n" and _SHORT.search(before) and not ends:
            continue
        _add(out, text, begin, match.end())
        begin = match.end()
    _add(out, text, begin, len(text))
    return out


def _add(out: list[Sentence], text: str, a: int, b: int) -> None:
    while b - a > LONGEST:  # nobody writes so: cut, or clauses would take time by the square
        cut = text.rfind(" ", a, a + LONGEST)
        cut = cut if cut > a else a + LONGEST
        _add(out, text, a, cut)
        a = cut
    piece = text[a:b]
    stripped = piece.strip()
    if stripped:
        out.append(Sentence(stripped, a + piece.index(stripped[0])))


def find_notices(text: str) -> list[int]:
    """Offsets of the words that mark an appeal, notice or caption, in order; placeholders are none.

    >>> find_notices("It rained. Please support our journalism.")
    [11]
    """
    return [m.start() for m in BOILERPLATE.finditer(text) if m.group()[0] != "{"]


def story_end(text: str, notices: list[int]) -> int:
    """Offset from which on an article's text is only appeals and notices, or its length."""
    late = next((at for at in notices if at > len(text) // 2), None)
    return len(text) if late is None else text.rfind("\n", 0, late) + 1 or late


def lead_sentence(sentences: list[Sentence], title: str, notices: list[int]) -> int:
    """The number of the first sentence that tells something (no headline, date line or notice), or -1."""
    for i, sentence in enumerate(sentences[:6]):
        text = sentence.text
        if len(text.split()) < 6 or text == title.strip():
            continue
        if any(sentence.start <= at < sentence.stop for at in notices):
            continue
        if re.search(r"[.!?…][”\"’')\]]*$", text):
            return i
    return -1
