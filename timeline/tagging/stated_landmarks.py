"""Landmarks that the articles themselves date: "assumed office in 2009" tells when "taking office" was."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache

from timeline.dates.calendar import days_in_month
from timeline.dates.wording import MONTHS
from timeline.tagging.language import FOLDER

_NUMBER = {name: n for n, name in enumerate(MONTHS, 1)}
_DATE = re.compile(
    rf",?\s+(?:in|on)\s+(?:(?P<month>{'|'.join(_NUMBER)})\s+(?:(?P<day>\d{{1,2}}),?\s+)?)?(?P<year>[12]\d{{3}})\b(?![\d,.]*\d)"
)


@cache
def _families() -> list[tuple[re.Pattern[str], tuple[str, ...]]]:
    tables = tomllib.loads((FOLDER / "landmarks.en.toml").read_text("utf-8"))["landmark"]
    return [
        (
            re.compile(
                "|".join(rf"\b{re.escape(n)}\b" for n in sorted(t["names"], key=len, reverse=True)),
                re.I,
            ),
            tuple(t["names"]),
        )
        for t in tables
    ]


def stated_landmarks(texts: Iterable[str]) -> dict[str, str]:
    """Landmark name -> EDTF date, for each turning point to which the texts give one date.

    The finest date counts if every other one contains it. Where the texts give dates that exclude each
    other (two presidents took office), the landmark is left out: it would be a guess.

    >>> stated_landmarks(["He has met them since he assumed office in 2009."])["taking office"]
    '2009'
    >>> stated_landmarks(["She took office in 2009.", "He took office in May 2013."])
    {}
    """
    dates: list[set[str]] = [set() for _ in _families()]
    for text in texts:
        for found, (pattern, _) in zip(dates, _families(), strict=True):
            for match in pattern.finditer(text):
                if date := _DATE.match(text, match.end()):
                    found.add(_edtf(date))
    named: dict[str, str] = {}
    for found, (_, names) in zip(dates, _families(), strict=True):
        finest = max(sorted(found), key=len, default="")
        if finest and all(finest.startswith(date) for date in found):
            named.update(dict.fromkeys(names, finest))
    return named


def _edtf(date: re.Match[str]) -> str:
    year, month, day = date["year"], _NUMBER.get(date["month"] or ""), date["day"]
    if not month:
        return year
    if not day or not 1 <= int(day) <= days_in_month(int(year), month):
        return f"{year}-{month:02d}"
    return f"{year}-{month:02d}-{int(day):02d}"
