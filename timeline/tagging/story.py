"""Whether a text is a history, and from which of its dates the story goes on. Knows no text and no calendar words."""

from __future__ import annotations

from collections import Counter

from timeline.dates.calendar import civil_from_days
from timeline.tagging.recognise import Found
from timeline.tagging.resolution import Anchor
from timeline.tagging.values import Value

OPENING = 80  # characters: a year this near the start of its sentence sets the scene
START = 15  # characters: nearer still; here even a year long before sets the scene of a chronicle
QUIET = 3  # sentences without a date, after which any year sets the scene
LONG_AGO = (
    180  # days before the dct: a date without a year that lies there is one of an older story
)
JUMP = 3  # years: a story does not leap farther in the middle of a sentence

_CAN_ANCHOR = frozenset(
    "day week weekend month quarter season half year minute part-of-day decade".split()
)


def can_anchor(kind: str, value: Value) -> bool:
    """Whether later expressions may count from a value of this TIMEX3 type."""
    bounded = value.start is not None and value.stop is not None
    return bounded and value.granularity in _CAN_ANCHOR and kind in ("DATE", "TIME")


def reads_as_history(items: list, dct: int | None) -> bool:
    """Whether a text tells a past story: years well before the dct, more than there are recent ones, and
    hardly a weekday or "yesterday": one in twenty expressions, or none in a text of few years."""
    year = civil_from_days(dct)[0] if dct is not None else 9999
    old = recent = deictic = 0
    for _, _, f in items:
        if not isinstance(f, Found):
            continue
        p = f.partial
        if p.kind == "date" and p.year[:3].isdigit():
            if p.era == "BC" or int(p.year.replace("X", "0")) < year - 1:
                old += 1
            else:
                recent += 1
        elif p.sub == "WXX" or (p.kind == "shift" and not f.rule.anchor):
            deictic += 1
    return old > recent and (
        (old >= 5 and 20 * deictic <= len(items)) or (old >= 3 and not deictic)
    )


def stated_years(items: list) -> list[int]:
    """Every year in full in the text, BCE as negative."""
    parts = [
        f.partial
        for _, _, f in items
        if isinstance(f, Found) and f.partial.kind == "date" and f.partial.year.isdigit()
    ]
    return [1 - int(p.year) if p.era == "BC" else int(p.year) for p in parts]


def near(years: Counter[int], year: int) -> int:
    """How often a year, or one within two of it, is named."""
    return sum(years[year + k] for k in (-2, -1, 0, 1, 2))


def is_dense(years: Counter[int]) -> bool:
    """Whether a text stays with a few years, so that one far off is an aside; a chronicle does not."""
    return sum(n * near(years, y) for y, n in sorted(years.items())) >= 5 * years.total()


def moves_story(
    previous: Anchor | None,
    now: Anchor,
    years: Counter[int],
    looks_back: bool,
    opening: int,
    silence: int,
) -> bool:
    """Whether a history goes on from a date, rather than only referring to it.

    A year in the middle of a sentence, a look back (the previous year) and a year far from the rest of
    the text leave the story where it was. `opening`: characters from the start of the sentence.
    `silence`: sentences since the story last moved. `years`: how often each year is named.
    """
    if previous is None:
        return True
    if looks_back:
        return False
    before, year = civil_from_days(previous.day)[0], civil_from_days(now.day)[0]
    coarse = now.granularity in ("year", "decade", "half")
    if coarse and year == before and previous.granularity != "year":
        return False
    if opening <= OPENING or silence > QUIET:
        if abs(year - before) <= JUMP:
            return True
        if not is_dense(years):
            return year > before or opening <= START
        return near(years, year) > max(2, years.total() // 30)
    return not coarse and abs(year - before) <= JUMP


def is_of_story(day: int, before: int, dct: int, side: str, telling: bool) -> bool:
    """Whether a date without a year, told just after the day `before`, is of that year: "On Dec. 9 he confessed".

    Newspapers leave out the year of the last months only. `day`: where it lies as counted from the dct.
    `telling`: the date before counted from the one before it, as a story does.
    """
    year, told, story = (civil_from_days(d)[0] for d in (day, dct, before))
    if story >= told:
        return False
    if day > dct and side == "past":
        return True
    return story < year and (telling or (year != told and dct - day >= LONG_AGO))
