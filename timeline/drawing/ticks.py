"""Where an axis has its ticks and what they say, for any year; pure arithmetic on seconds."""

from __future__ import annotations

import numpy as np

from timeline.dates.wording import MONTHS
from timeline.drawing.chapters import DAY, civil, year_words

_CLOCK = (60, 300, 900, 3600, 3 * 3600, 6 * 3600, 12 * 3600, DAY, 2 * DAY, 7 * DAY, 14 * DAY)
_CALENDAR = (1, 2, 3, 6)


def ticks(start: float, stop: float, n_most: int) -> list[tuple[int, str, str]]:
    """(second, first line, second line) of at most about `n_most` ticks from `start` to `stop`.

    The second line says the larger unit and is empty where it repeats the tick before. Years are
    counted as people do: ..., 1 BCE, 1 CE, ...: there is no year 0.

    >>> [a for _, a, _ in ticks(-96_000_000_000, 0, 7)]
    ['1000 BCE', '500 BCE', '1 CE', '500', '1000', '1500']
    >>> ticks(16_344 * DAY, 16_405 * DAY, 3)[0][1:]
    ('Oct', '2014')
    """
    n_most = max(2, n_most)
    span = stop - start
    step = next((s for s in _CLOCK if span / s <= n_most), None)
    if step is not None:
        shift = 4 * DAY if step >= 7 * DAY else 0
        first = int(-(-(start - shift) // step))
        moments = [i * step + shift for i in range(first, int((stop - shift) // step) + 1)]
        return _named(moments, "clock" if step < DAY else "day")
    months = next((m for m in _CALENDAR if span / (m * 30.44 * DAY) <= n_most), None)
    if months is not None:
        first_month = int(np.datetime64(int(start), "s").astype("M8[M]").astype(int))
        index = range(
            -(-first_month // months) * months, first_month + n_most * months + 13, months
        )
        moments = [int(np.datetime64(i, "M").astype("M8[s]").astype(int)) for i in index]
        return _named([t for t in moments if start <= t <= stop], "month")
    years = span / (365.2425 * DAY) / n_most
    power = 10 ** int(np.floor(np.log10(max(years, 1))))
    pace = next(f * power for f in (1, 2, 5, 10) if f * power >= years)
    first_year, last_year = civil(start)[0], civil(stop)[0]
    counts = range(-(-first_year // pace) * pace - pace, last_year + pace + 1, pace)
    spoken = [n + 1 if n <= 0 else n for n in counts]
    moments = [int(np.datetime64(y - 1970, "Y").astype("M8[s]").astype(int)) for y in spoken]
    return _named([t for t in moments if start <= t <= stop], "year")


def _named(moments: list[int], unit: str) -> list[tuple[int, str, str]]:
    """Each moment with its two lines."""
    rows, before = [], ""
    for moment in moments:
        year, month, day = civil(moment)
        short = MONTHS[month - 1][:3]
        if unit == "year":
            first, second = year_words(year) + " CE" * (year == 1), ""
        elif unit == "month":
            first, second = short, year_words(year)
        elif unit == "day":
            first, second = f"{day} {short}", year_words(year)
        else:
            minutes = moment % DAY // 60
            first, second = (
                f"{minutes // 60:02}:{minutes % 60:02}",
                f"{day} {short} {year_words(year)}",
            )
        rows.append((moment, first, second if second != before else ""))
        before = second
    return rows
