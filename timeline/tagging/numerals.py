"""How digits and number words in an expression are read. Text in, normal text or None (not such a number) out."""

from __future__ import annotations

import re
from collections.abc import Callable


def _counted(words: str, first: int = 0, step: int = 1) -> dict[str, int]:
    return {word: step * n for n, word in enumerate(words.split(), first)}


_SMALL = _counted(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS = _counted("twenty thirty forty fifty sixty seventy eighty ninety", 2, 10)
_DE_SMALL = _counted(
    "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn "
    "fünfzehn sechzehn siebzehn achtzehn neunzehn"
)
_DE_SMALL |= dict.fromkeys("ein eine einem einen einer eines".split(), 1)
_DE_SMALL |= dict.fromkeys("beide beiden zwo".split(), 2)
_DE_TENS = _counted("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig", 2, 10)
_ORDINAL = _counted(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth", 1,
) | {"thirtieth": 30, "final": -1, "last": -1, "latest": -1}  # fmt: skip
_VAGUE = {"several", "few", "many", "some", "numerous", "einige", "einigen", "mehrere", "mehreren", "wenige",
          "wenigen", "paar", "viele", "vielen"}  # fmt: skip
_LARGE = {"thousand": 1e3, "tausend": 1e3, "million": 1e6, "billion": 1e9}


def _trim(value: float) -> str:
    return str(round(value)) if value == int(value) or value > 1e6 else f"{value:g}"


def number(text: str) -> str | None:
    """A count: "three" -> "3", "1,460" -> "1460", "two and a half" -> "2.5", "several" -> "X".

    >>> number("twenty-five"), number("a couple of"), number("half a"), number("a few")
    ('25', '2', '0.5', 'X')
    """
    plain = text.lower()
    if plain[0].isdigit():
        head = re.match(r"[\d.,]+", plain)
        assert head is not None
        value = float(head[0].strip(".").replace(",", "") or 0)
        value *= 1e6 if "million" in plain else 1e9 if "billion" in plain else 1
        if part := re.search(r"[ -](\d)/(\d)$", plain):
            return _trim(value + int(part[1]) / max(1, int(part[2])))
        return _trim(value + 0.5) if "half" in plain or "½" in plain else _trim(value)
    tokens = re.findall(r"[^\W\d_]+", plain)
    if "couple" in tokens:
        return "2"
    if _VAGUE.intersection(tokens):
        return "X"
    if "dozen" in tokens:
        return "24" if "two" in tokens else "12"
    total = 0.0
    for token in tokens:
        if token in ("half", "halbes", "halben", "halbe"):
            total += 0.5
        elif token == "hundred" or token == "hundert":
            total = 100 * max(total, 1)
        elif token in _LARGE:
            total = _LARGE[token] * max(total, 1)
        elif token in ("a", "an", "another", "and", "the", "of", "und"):
            total += token in ("a", "an", "another") and len(tokens) == 1
        elif token.endswith("einhalb"):
            total += (_german(token[:-7]) or 1) + 0.5 if token != "einhalb" else 0.5
        else:
            total += _SMALL.get(token) or _TENS.get(token) or _german(token) or 0
    return _trim(total) if total else None


def _german(token: str) -> int | None:
    if token in _DE_SMALL:
        return _DE_SMALL[token]
    if token in _DE_TENS:
        return _DE_TENS[token]
    one, _, ten = token.partition("und")
    return _DE_SMALL[one] + _DE_TENS[ten] if one in _DE_SMALL and ten in _DE_TENS else None


def nth(text: str) -> str | None:
    """An ordinal as a plain number: "third" -> "3", "21st" -> "21", "last" -> "-1"."""
    plain = text.lower()
    if plain[0].isdigit():
        return str(int(re.match(r"\d+", plain)[0]))  # type: ignore[index]
    total = 0
    for token in re.findall(r"[^\W\d_]+", plain):
        value = _ORDINAL.get(token) or _TENS.get(token) or _german_nth(token)
        if value is None:
            return None
        total += value
    return str(total)


def _german_nth(token: str) -> int | None:
    special = {"erst": 1, "dritt": 3, "siebt": 7, "acht": 8, "letzt": -1}
    stem = re.sub(r"e[nmrs]?$", "", token)
    if stem in special:
        return special[stem]
    return _german(re.sub(r"s?t$", "", stem)) if stem.endswith("t") else None


def day(text: str) -> str | None:
    """A day of the month as two digits, or None beyond 31: "24th" -> "24", "fourth" -> "04"."""
    value = int(nth(text.rstrip(".")) or 0)
    return f"{value:02d}" if 1 <= value <= 31 else None


def mm(text: str) -> str | None:
    """A month in digits as two digits, or None beyond 12."""
    return f"{int(text):02d}" if 1 <= int(text) <= 12 else None


def year(text: str) -> str | None:
    """A four-digit year, or None outside 1000-2199: "1939", "'39" -> "XX39"."""
    digits = re.sub(r"\D", "", text)
    if len(digits) == 2:
        return "XX" + digits
    return digits if 1000 <= int(digits) <= 2199 else None


def full_year(text: str) -> str | None:
    """A four-digit year beside a day and a month, where it can be nothing else."""
    return text if int(text) >= 1000 else None


def recent_year(text: str) -> str | None:
    """A four-digit number that is a year without further proof: 1900 to 2050."""
    return text if 1900 <= int(text) <= 2050 else None


def old_year(text: str) -> str | None:
    """A four-digit number that may be a year before 1900."""
    return text if 1000 <= int(text) < 1900 else None


def years(text: str) -> str | None:
    """Any year of one to five digits that an era stands beside, zero-padded to four."""
    value = int(re.sub(r"\D", "", text))
    return f"{value:04d}" if value else None


def yy(text: str) -> str | None:
    """The last two digits of a year."""
    return text[-2:]


def hour(text: str) -> str | None:
    """An hour as two digits, or None beyond 24."""
    value = int(number(text) or 99)
    return f"{value:02d}" if value <= 24 else None


def minute(text: str) -> str | None:
    """A minute or second as two digits, or None beyond 59."""
    return text if int(text) <= 59 else None


def hhmm(text: str) -> str | None:
    """A clock time in four digits: "0900" -> "09:00"."""
    return f"{text[:2]}:{text[2:]}" if int(text[:2]) <= 24 and int(text[2:]) <= 59 else None


def ymd(text: str) -> str | None:
    """A day in eight digits: "20141104" -> "2014-11-04", or None if it is none."""
    fits = 1900 <= int(text[:4]) <= 2050 and 1 <= int(text[4:6]) <= 12 and 1 <= int(text[6:]) <= 31
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if fits else None


def dd(text: str) -> str | None:
    """A number that can only be a day where a month is also looked for: 13 to 31."""
    return text if 13 <= int(text) <= 31 else None


def decade(text: str) -> str | None:
    """A decade's leading digits: "1990s" -> "199", "90s" -> "XX9"."""
    digits = re.sub(r"\D", "", text)
    if not digits.endswith("0"):
        return None
    if len(digits) == 4 and 1000 <= int(digits) <= 2190:
        return digits[:3]
    return "XX" + digits[0] if len(digits) == 2 else None


_IN_SMALLEST = {"year": (12, "month"), "month": (1, "month"), "week": (7, "day"), "day": (1, "day")}


def lengths(text: str) -> str | None:
    """Two lengths as their sum, in days or in months; of an unknown number where the calendar decides.

    >>> lengths("Two weeks and two days"), lengths("a year and 3 months"), lengths("a month and a day")
    ('16 day', '15 month', 'X day')
    """
    total, units = 0, set()
    for part in text.lower().split(" and "):
        count, _, unit = part.rpartition(" ")
        n = "1" if count in ("a", "an") else number(count) if count else None
        if n is None:
            return None
        size, smallest = _IN_SMALLEST[unit.removesuffix("s")]
        units.add(smallest)
        if n.isdigit() and len(units) == 1:
            total += size * int(n)
        else:
            return "X day"
    return f"{total} {units.pop()}"


# The readers of the vocabulary tables that are patterns, by table.
READERS: dict[str, Callable[[str], str | None]] = {
    "n": number,
    "nth": nth,
    "day": day,
    "mm": mm,
    "year": year,
    "full_year": full_year,
    "recent_year": recent_year,
    "old_year": old_year,
    "years": years,
    "yy": yy,
    "hour": hour,
    "hour_word": hour,
    "minute": minute,
    "hhmm": hhmm,
    "dd": dd,
    "ymd": ymd,
    "decade": decade,
    "lengths": lengths,
}
