"""Claims of number in sentences ("14 people were killed", "the fourth such letter") and where they disagree."""

from __future__ import annotations

import re
from dataclasses import dataclass

from timeline.merging import words as w
from timeline.merging.tokens import Token, tokenise

_VAGUE = frozenset(["about", "around", "roughly", "nearly", "almost", "some", "approximately"])
_AT_LEAST = re.compile(r"\b(?:at least|more than|over|no fewer than|upwards of)\s*$", re.IGNORECASE)
_AT_MOST = re.compile(r"\b(?:at most|up to|fewer than|less than|as many as)\s*$", re.IGNORECASE)
_UNITS = frozenset(
    """
    percent % year month week day hour minute second mile km kilometre kilometer metre meter foot feet dollar euro
    pound yen cent point degree ton tonne barrel gallon litre acre hectare billion million thousand
    """.split()
)
_COUNTED = re.compile(rf"\d|\b(?:{'|'.join([*w.NUMBERS, *w.ORDINALS])})\b", re.IGNORECASE)
_VOTES = re.compile(r"\bvot(?:ed|es?)\b(?: by)? (\d{1,3})(?: votes)?(?:[-–]| to )(\d{1,3})\b")
_FATES = frozenset(["~kill", "~injure", "~arrest"])


@dataclass(frozen=True)
class Claim:
    """A number said of something. `what`: its plain form; `low`, `high`: bounds; `ordinal`: "the fourth such"."""

    what: str
    low: int
    high: int
    ordinal: bool
    words: str


def number_of(token: Token) -> int | None:
    """The whole number that a word or numeral means, or None.

    >>> [number_of(t) for t in tokenise("1,200 pair fourth")]
    [1200, 2, None]
    """
    if token.low in w.NUMBERS:
        return w.NUMBERS[token.low]
    digits = token.text.replace(",", "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 9 else None


def claims_in(sentence: str, spans: tuple[tuple[int, int], ...] = ()) -> list[Claim]:
    """The claims of number in a sentence, in order; `spans` are time expressions, whose numbers are dates.

    >>> [(c.what, c.low, c.ordinal) for c in claims_in("He also sent a pair of letters.")]
    [('~letter', 2, False)]
    >>> [c.words for c in claims_in("The council voted 9 to 4 to end the contract.")]
    ['9-4']
    """
    if not _COUNTED.search(sentence):
        return []
    tokens = tokenise(sentence, spans)
    out = _votes(sentence)
    for i, token in enumerate(tokens):
        if token.tag == "t":
            continue
        if token.low in w.ORDINALS:
            claim = _ordinal(sentence, tokens, i)
        else:
            claim = _cardinal(sentence, tokens, i)
        if claim:
            out.append(claim)
    return out


def _votes(sentence: str) -> list[Claim]:
    """How a vote went, as one claim: "voted 9-4", "approved it by 9 votes to 4"."""
    found = _VOTES.search(sentence)
    if not found:
        return []
    ayes, noes = int(found[1]), int(found[2])
    both = 1000 * ayes + noes
    return [Claim("~elect", both, both, False, f"{ayes}-{noes}")]


def _head(tokens: list[Token], i: int) -> int | None:
    """The head of the noun phrase that begins at token `i`, or None."""
    head = None
    for j in range(i, min(i + 5, len(tokens))):
        if tokens[j].tag in "nN" or (tokens[j].tag in "ev" and head is None):
            head = j
            if tokens[j].tag in "ev":
                break
        elif tokens[j].tag not in "a#d" or head is not None:
            break
    return head


def _cardinal(sentence: str, tokens: list[Token], i: int) -> Claim | None:
    number = number_of(tokens[i])
    if number is None or number < 2 or (1000 <= number <= 2100 and "," not in tokens[i].text):
        return None
    start = i + 1
    if (
        start < len(tokens)
        and tokens[start].low == "of"
        and tokens[i].low in ("pair", "couple", "trio", "dozen")
    ):
        start += 1
    head = _head(tokens, start)
    if head is None or tokens[head].low in _UNITS or tokens[head].low.rstrip("s") in _UNITS:
        return None
    before = sentence[: tokens[i].start]
    low, high = number, number
    if _AT_LEAST.search(before):
        high = 10**9
    elif _AT_MOST.search(before):
        low = 0
    elif i and tokens[i - 1].low in _VAGUE:
        low, high = int(number * 0.8), int(number * 1.2) + 1
    what = w.stem(tokens[head].low)
    if what == "~person":
        near = [w.stem(t.low) for t in tokens[max(0, i - 4) : head + 5]]
        what = next((s for s in near if s in _FATES), what)
    first = i - 1 if i and tokens[i - 1].tag == "d" else i
    return Claim(what, low, high, False, sentence[tokens[first].start : tokens[head].stop])


def _ordinal(sentence: str, tokens: list[Token], i: int) -> Claim | None:
    """`the fourth such letter`, `is the fourth that ... since`: a count of all so far."""
    number = w.ORDINALS[tokens[i].low]
    if number < 2 or not i or tokens[i - 1].low != "the" or i + 1 >= len(tokens):
        return None
    after = tokens[i + 1].low
    rest = {t.low for t in tokens[i + 1 :]}
    counted = (
        after == "such"
        or (rest & {"since", "ever"} and tokens[i - 2].low in ("is", "was", "be", "'s"))
        if i > 1
        else False
    )
    if not counted:
        return None
    head = _head(tokens, i + 1) if after not in ("that", "to", "since", "which") else None
    stop = tokens[head].stop if head is not None else tokens[i].stop
    if head is None:
        nouns = [
            j
            for j in range(i)
            if tokens[j].tag == "n" and w.stem(tokens[j].low) in _countable(tokens[:i])
        ]
        if not nouns:
            return None
        head = nouns[0]
        end = next((j for j in range(i + 2, len(tokens)) if tokens[j].tag in "s.tp"), len(tokens))
        stop = tokens[end - 1].stop
    return Claim(
        w.stem(tokens[head].low), number, number, True, sentence[tokens[i - 1].start : stop]
    )


def _countable(tokens: list[Token]) -> set[str]:
    """Plain forms of the nouns that end the first noun phrase: its head."""
    for j, token in enumerate(tokens):
        if token.tag == "n" and (j + 1 == len(tokens) or tokens[j + 1].tag not in "nN"):
            return {w.stem(token.low)}
    return set()


def disagree(a: Claim, b: Claim) -> bool:
    """Whether two claims about the same thing cannot both hold.

    An ordinal says how many there are with this one; a count of earlier ones must then be one less.
    """
    if a.what != b.what:
        return False
    if a.ordinal == b.ordinal:
        return max(a.low, b.low) > min(a.high, b.high)
    ordinal, plain = (a, b) if a.ordinal else (b, a)
    return not plain.low <= ordinal.low - 1 <= plain.high
