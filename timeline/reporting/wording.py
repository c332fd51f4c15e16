"""Plain words and safe text for the page: dates, counts, links. Knows nothing of HTML or frames."""

from __future__ import annotations

import numpy as np

from timeline.dates.wording import MONTHS
from timeline.schema import KINDS

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

KIND_WORDS = {kind: kind.capitalize() for kind in KINDS}
STATUS_WORDS = {
    "reported": "Reported as fact",
    "claimed": "Claimed",
    "unconfirmed": "Unconfirmed",
    "denied": "Denied",
    "planned": "Still to come",
    "conditional": "Conditional",
}


def day_words(moment: np.datetime64) -> str:
    """The day of a moment in words; years before 1 are counted as BCE.

    >>> day_words(np.datetime64("2014-11-05T10:00:00"))
    '5 November 2014'
    >>> day_words(np.datetime64("-0043-03-15"))
    '15 March 44 BCE'
    """
    text = str(moment.astype("datetime64[D]"))
    year, month, day = text.rsplit("-", 2)
    number = int(year)
    shown = str(number) if number > 0 else f"{1 - number} BCE"
    return f"{int(day)} {MONTHS[int(month) - 1]} {shown}"


def count_words(n: int, thing: str) -> str:
    """A count with its noun, small numbers spelled out.

    >>> count_words(2, "source"), count_words(1, "article"), count_words(1200, "event")
    ('two sources', 'one article', '1,200 events')
    """
    number = NUMBERS[n] if 0 <= n < len(NUMBERS) else f"{n:,}"
    return f"{number} {thing}{'s' * (n != 1)}"


def listed(names: list[str]) -> str:
    """Names in a row, as a sentence has them.

    >>> listed(["A", "B", "C"])
    'A, B and C'
    """
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def tidy(text: object, limit: int = 400) -> str:
    """`text` on one line without control characters, cut at `limit` characters and saying so.

    >>> tidy("a\\x00b\\n c")
    'ab c'
    """
    whole = "" if text is None else str(text)
    kept = "".join(c for c in whole[: limit * 4] if c.isprintable() or c.isspace() or c in JOINERS)
    line = " ".join(kept.split())
    if len(line) > limit or len(whole) > limit * 4:
        return f"{line[:limit].rstrip()} … ({len(whole):,} characters)"
    return line


# Zero-width joiners shape Persian and Hindi words; directional marks order right-to-left lines.
# Overrides and embeddings (U+202A-202E, U+2066-2069) are left out: they can disguise a text.
JOINERS = "\u200c\u200d\u200e\u200f"
