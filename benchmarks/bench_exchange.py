"""Dates in people's tables: how many cells are read as they are meant, beside dateparser and pandas.

    python benchmarks/bench_exchange.py

The cells are those of tests/exchange/test_exchange_cells.py: usual forms with what they mean, and
cells that name no plain date and must be refused. Right: the same bounds, no finer and no coarser.
dateparser gives a moment and a period ("month"); its value is that unit. pandas gives a moment,
taken as its day. Also the time to read and to write 10,000 events. Writes benchmarks/exchange.md.
"""

from __future__ import annotations

import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import dateparser
import pandas as pd
from dateparser.date import DateDataParser

from timeline.dates import Period, TimeValue
from timeline.errors import InputError
from timeline.exchange import read_events, write_events
from timeline.exchange.table_events import read_cells

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests" / "exchange"))
from test_exchange_cells import READ, UNREAD  # noqa: E402

UNITS = {"time": "minute"}
Reader = Callable[[str], TimeValue | Period | None]


def by_ours(cell: str) -> TimeValue | Period | None:
    """Our reading, or None if it is refused."""
    value = read_cells([cell], None)[cell]
    return None if isinstance(value, InputError) else value


def by_dateparser(cell: str) -> TimeValue | None:
    """dateparser with its defaults, at the period that it reports."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = DateDataParser().get_date_data(cell)
    when = found.date_obj
    if when is None:
        return None
    return TimeValue.around(UNITS.get(found.period, found.period), when.year, when.month, when.day)


def by_pandas(cell: str) -> TimeValue | None:
    """pandas.to_datetime, as a day."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        when = pd.to_datetime(cell, errors="coerce")
    return None if pd.isna(when) else TimeValue.day(when.year, when.month, when.day)


def score(read: Reader) -> tuple[int, int, int, int]:
    """Cells read right, read wrongly, not read; and cells of no plain date that were given one."""
    right = wrong = missed = 0
    for cell, edtf, _ in READ:
        value = read(cell)
        meant = TimeValue.from_edtf(edtf)
        missed += value is None
        same = value is not None and (value.start, value.stop) == (meant.start, meant.stop)
        right += same
        wrong += value is not None and not same
    return right, wrong, missed, sum(read(cell) is not None for cell in UNREAD)


def speed_rows() -> list[str]:
    """Seconds to write 10,000 events in each format and to read them again."""
    days = pd.date_range("1990-01-01", periods=10_000, freq="D")
    table = pd.DataFrame(
        {"title": [f"Event {n}" for n in range(10_000)], "date": days.strftime("%d.%m.%Y")}
    )
    start = time.perf_counter()
    events = read_events(table)
    rows = [f"| a user's table | | {time.perf_counter() - start:.1f} |"]
    for to in ("csv", "json", "parquet", "timelinejs", "vis", "ics"):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"e.{'json' if to in ('timelinejs', 'vis') else to}"
            start = time.perf_counter()
            write_events(events, path, to)
            middle = time.perf_counter()
            read_events(path)
            rows.append(f"| {to} | {middle - start:.1f} | {time.perf_counter() - middle:.1f} |")
    return rows


def main() -> None:
    """Print the tables and write them to exchange.md."""
    readers: dict[str, Reader] = {
        "ours": by_ours,
        f"dateparser {dateparser.__version__}": by_dateparser,
        f"pandas.to_datetime {pd.__version__}": by_pandas,
    }
    scores = [f"| {name} | {' | '.join(map(str, score(read)))} |" for name, read in readers.items()]
    lines = [
        "# Dates in people's tables", "",
        f"{len(READ)} cells in usual forms; {len(UNREAD)} cells that are no plain date. The forms are those",
        "that the rules were written for, so this shows what is covered, not how well unseen forms fare.", "",
        "| reader | right | wrong | not read | dates given to what is none |", "|---|---|---|---|---|", *scores, "",
        "10,000 events, seconds on one core:", "", "| format | write | read |", "|---|---|---|", *speed_rows(),
    ]  # fmt: skip
    text = "\n".join(lines) + "\n"
    print(text)
    (HERE / "exchange.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
