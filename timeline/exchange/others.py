"""The date in a cell that our own rules do not know: the tagger on the whole cell, then dateparser.

dateparser serves for other languages only, with the granularity that it reports, and only where
every word of the cell is a month, a weekday or a particle: it would skip "before" or "we". No clock.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from timeline.dates import Period, TimeValue
from timeline.errors import InputError
from timeline.schema import ARTICLES, rows_frame

_JOINTS = re.compile(r"[\s,;.()]*(?:from|between|to|until|through|and|[-–—])?[\s,;.()]*", re.I)
_EDGES = re.compile(r"[\s,;.()]*(?:(?:in|on|at|the|from|between|during)\s)*[\s,;.()]*", re.I)
_PARTICLES = frozenset(
    "de del di d of the year le la les el il den der das em en im am à а г год года році року roku r v yil "
    "年 月 日 년 월 일 st nd rd th er º ª".split()
)
_SHORT_MONTHS = frozenset(
    "jan feb mar apr may mai mei jun jul aug sep oct okt nov dec dez ene abr ago dic avr gen mag giu lug ott".split()
)

LONGEST = 60


def _mentions_of(texts: list[str]) -> dict[str, list[dict[str, Any]]]:
    """What the tagger finds in each text, in order."""
    from timeline.tagging import tag

    if not texts:
        return {}
    cells = ({"article_id": text, "text": text} for text in texts)
    found: dict[str, list[dict[str, Any]]] = {text: [] for text in texts}
    for mention in tag(rows_frame(ARTICLES, cells)).to_dict("records"):
        found[mention["article_id"]].append(mention)  # type: ignore[arg-type]
    return found


def _tagged_value(mention: dict[str, Any]) -> TimeValue | None:
    if mention["type"] not in ("DATE", "TIME") or not mention["edtf"]:
        return None
    value = TimeValue.from_edtf(mention["edtf"])
    return None if value.start is value.stop is None else replace(value, mod=mention["mod"])


def read_tagged(texts: list[str]) -> dict[str, TimeValue | Period]:
    """The texts that are one date, or a range of two, from edge to edge, by our tagger."""
    values: dict[str, TimeValue | Period] = {}
    for text, mentions in _mentions_of(texts).items():
        mentions = sorted(mentions, key=lambda m: m["start_char"])
        found = [_tagged_value(m) for m in mentions]
        if not 1 <= len(found) <= 2 or None in found:
            continue
        first, last = mentions[0], mentions[-1]
        if not _EDGES.fullmatch(text[: first["start_char"]]) or text[last["stop_char"] :].strip(
            " .,;()"
        ):
            continue
        if len(found) == 1 and found[0]:
            values[text] = found[0]
        elif first["range_with"] and _JOINTS.fullmatch(
            text[first["stop_char"] : last["start_char"]]
        ):
            try:
                values[text] = Period(found[0], found[1])
            except InputError:
                continue
    return values


@lru_cache(maxsize=1)
def _parser() -> Any:
    from dateparser.date import DateDataParser

    return DateDataParser(
        settings={
            "RELATIVE_BASE": datetime(2000, 1, 1),  # never used: relative words are not read
            "REQUIRE_PARTS": ["year", "month"],
            "PARSERS": ["absolute-time"],
            "RETURN_AS_TIMEZONE_AWARE": False,
        }
    )


def read_foreign(text: str) -> TimeValue | None:
    """A month or day in words of any of dateparser's languages, or None.

    >>> read_foreign("noviembre de 2014").edtf, read_foreign("24 novembre 2014").edtf
    ('2014-11', '2014-11-24')
    """
    bare = re.sub(r"^\s*[^\W\d]+,\s", "", text)  # a weekday and its comma
    plain = unicodedata.normalize("NFKC", bare)
    words = [w for w in re.findall(r"[^\W\d_]+", plain.lower()) if w not in _PARTICLES]
    numbers = [int(n) for n in re.findall(r"\d+", plain)]
    if len(plain) > LONGEST or any(number > 9999 for number in numbers):
        return None  # dateparser would spend seconds to find no date
    by_number = not words and re.search("[年년]", plain)
    if not 1 <= len(numbers) <= 3 or not (
        by_number or (len(words) == 1 and _may_be_month(words[0]))
    ):
        return None
    try:
        found = _parser().get_date_data(bare)
    except Exception:  # a third party's parser on a stranger's cell
        return None
    date = found.date_obj
    if date is None or date.year not in numbers or found.period not in ("day", "month"):
        return None
    rest = list(numbers)
    rest.remove(date.year)
    if by_number:
        rest = rest[1:] if rest[:1] == [date.month] else [0]
    if found.period == "day" and rest == [date.day]:
        return TimeValue.day(date.year, date.month, date.day)
    return TimeValue.month(date.year, date.month) if not rest else None


def _may_be_month(word: str) -> bool:
    """Not a short Latin word that is a month in some language only: "her", "can", "no", "a"."""
    long = len(word) > 3 and word not in ("three", "here")  # "here" is October in Breton
    return long or not word.isascii() or word in _SHORT_MONTHS
