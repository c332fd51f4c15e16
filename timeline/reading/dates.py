"""The publication date in metadata: any usual form, in any language, to an ISO date; never a guess."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from timeline.errors import InputError

ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?)?"
)


LONGEST = 100


def publication_date(value: Any, where: str) -> str:
    """`value` as an ISO date, or date-time in the publication's own wall-clock time.

    `where`: file and line, for the message. An empty value gives an empty string.
    Raises InputError if `value` is no date, an impossible one, or less than a full day.
    """
    text = str(value).strip() if value is not None else ""
    if not text or text.lower() in ("nan", "nat", "none", "null"):
        return ""
    if len(text) > LONGEST:  # no date, and dateparser's time grows with the square of the length
        raise InputError(
            f"{where}: {text[:40]!r}... has {len(text):,} characters, which is no date; write it as 2014-11-06"
        )
    match = ISO.fullmatch(text)
    if match:
        try:
            date(*map(int, match.group(1, 2, 3)))
            clock = match.group(4)
            if clock:
                datetime.fromisoformat(f"2000-01-01T{clock}")
        except ValueError as error:
            raise InputError(
                f"{where}: {text!r} is not a possible date ({error}); write it as 2014-11-06"
            ) from None
        day = "-".join(match.group(1, 2, 3))
        return f"{day}T{clock}" if clock and clock[:5] != "00:00" else day
    return _parse_other(text, where)


AMBIGUOUS = re.compile(r"\s*(\d{1,2})[/.\- ](\d{1,2})[/.\- ]\d{4}\b.*")


def _parse_other(text: str, where: str) -> str:
    from dateparser.date import DateDataParser

    numbers = AMBIGUOUS.fullmatch(text)
    either = numbers and max(map(int, numbers.groups())) <= 12 and len({*numbers.groups()}) > 1
    if either and "." not in text:
        raise InputError(f"{where}: {text!r} may be day-month or month-day; write it as 2014-11-06")
    order = {"DATE_ORDER": "DMY"} if numbers and "." in text else {}
    settings = {**order, "REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    try:
        found = DateDataParser(settings=settings).get_date_data(text)
    except (ValueError, OverflowError, re.error):
        found = None
    if not found or found.date_obj is None or not re.search(r"\d{4}", text):
        raise InputError(
            f"{where}: {text!r} is not a full date with day, month and year; write it as 2014-11-06"
        )
    return found.date_obj.date().isoformat()
