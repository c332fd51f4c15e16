"""The frames that pass between rooms: their columns, kinds and meaning, declared once and checked here.

A frame may carry columns of the user's own beyond these; they are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import pandas as pd

from timeline.errors import InputError


class Column(NamedTuple):
    """One declared column: `kind` is text, whole, number, flag, moment (datetime64[s]) or list."""

    name: str
    kind: str
    meaning: str


DTYPES = {
    "text": "str",
    "whole": "int64",
    "number": "float64",
    "flag": "bool",
    "moment": "datetime64[s]",
    "list": "object",
}

GRANULARITIES = (
    "second", "minute", "hour", "part-of-day", "day", "weekend", "week", "month", "quarter",
    "season", "half", "year", "decade", "century", "millennium",
)  # fmt: skip
KINDS = ("happening", "statement", "deadline", "plan", "period")
STATUSES = ("reported", "claimed", "unconfirmed", "denied", "planned", "conditional")

ARTICLES = (
    Column("article_id", "text", "stable id, made from source, title and text"),
    Column("title", "text", "headline, or empty"),
    Column("source", "text", "who published it; the file's name where none is given"),
    Column("url", "text", "http(s) address, or empty"),
    Column("dct", "text", "document creation time, ISO date or date-time, or empty"),
    Column("dct_basis", "text", "stated, html, user or missing"),
    Column("language", "text", "ISO 639-1 code"),
    Column("text", "text", "exactly the characters that offsets count in"),
)

MENTIONS = (
    Column("mention_id", "text", "article_id, then the start offset"),
    Column("article_id", "text", "the article that it stands in"),
    Column("start_char", "whole", "offset of its first character, in code points"),
    Column("stop_char", "whole", "offset after its last character"),
    Column("expression", "text", "the words as written"),
    Column("type", "text", "TIMEX3 type: DATE, TIME, DURATION or SET"),
    Column("timex", "text", "TIMEX3 value, or empty if unresolved"),
    Column("mod", "text", "TIMEX3 mod: START, MID, END, APPROX, BEFORE, AFTER, ... or empty"),
    Column("edtf", "text", "the value as EDTF (ISO 8601-2), or empty where EDTF has none"),
    Column("start", "moment", "first possible moment; NaT if open or unresolved"),
    Column("stop", "moment", "first moment after the last possible one; NaT if open or unresolved"),
    Column("granularity", "text", "the unit that was stated: day, week, month, ..., or empty"),
    Column("partial", "text", "what the words alone fix: XXXX-11-24, XXXX-WXX-3, -1 month"),
    Column("anchor", "text", "the ISO date that a relative expression was counted from, or empty"),
    Column("anchor_basis", "text", "dct, quote, previous, landmark NAME, or empty"),
    Column("stated", "flag", "whether the words alone give the value"),
    Column("inferred", "text", "what was filled in from the anchor (year, date, ...), or empty"),
    Column("alternative", "text", "EDTF of the other reading that was turned down, or empty"),
    Column("alternative_reason", "text", "why it was turned down"),
    Column("range_with", "text", "mention_id of the other end of a from-to range, or empty"),
    Column("rule", "text", "id of the rule that found it"),
    Column("sentence", "text", "the sentence that it stands in"),
    Column("sentence_start", "whole", "offset of the sentence in the article's text"),
    Column("modality", "text", "past, future, conditional or empty: from the clause's verb"),
    Column("attribution", "text", "who says so, or empty"),
    Column("problem", "text", "why it has no value, or what contradicts, or empty"),
)

EVENTS = (
    Column("event_id", "text", "stable id, made from the mentions it rests on"),
    Column("title", "text", "who did what, at most about 80 characters"),
    Column("kind", "text", "happening, statement, deadline, plan or period"),
    Column("status", "text", "reported, claimed, unconfirmed, denied, planned or conditional"),
    Column("edtf", "text", "the finest value that all agreeing mentions contain"),
    Column("when", "text", "the value in words: some time in October 2014"),
    Column("start", "moment", "first possible moment; NaT if open"),
    Column("stop", "moment", "first moment after the last possible one; NaT if open"),
    Column("core_start", "moment", "period only: from here it surely ran (latest start), or NaT"),
    Column("core_stop", "moment", "period only: until here it surely ran (earliest end), or NaT"),
    Column("granularity", "text", "the unit that was stated, or empty"),
    Column("extent", "text", "within: some time in it; throughout: all the way through it"),
    Column(
        "dated", "flag", "false: no words date it; bounds come from order or the article's date"
    ),
    Column("qualifier", "text", "EDTF doubt that a source states: ? ~ % or empty"),
    Column("attribution", "text", "who says so, or empty"),
    Column("n_sources", "whole", "independent sources (copies of one wire text count once)"),
    Column("sources", "list", "names of the sources, sorted"),
    Column("mention_ids", "list", "mentions that it rests on, sorted"),
    Column("citations", "list", "one dict a citation, see CITATION"),
    Column("conflict", "text", "what the sources disagree about, in a sentence, or empty"),
    Column(
        "alternatives", "list", "one dict a rival statement: edtf, when, start, stop, says, sources"
    ),
    Column("salience", "number", "rank among the story's events, 0 to 1; larger matters more"),
)

CITATION = (
    Column("mention_id", "text", "the mention, or empty where the sentence has no date"),
    Column("article_id", "text", "the article"),
    Column("source", "text", "its source"),
    Column("url", "text", "its address, or empty"),
    Column("expression", "text", "the time words as written, or empty"),
    Column("when", "text", "this mention's own value in words"),
    Column("sentence", "text", "the sentence"),
    Column("how", "text", "one line: how the value was worked out"),
)

PROBLEMS = (
    Column("file", "text", "where it is"),
    Column("line", "whole", "line in that file, 0 if none"),
    Column("problem", "text", "what is wrong and what to do, in one sentence"),
)


def make_frame(columns: tuple[Column, ...], data: dict[str, list]) -> pd.DataFrame:
    """A frame in the given schema from column lists; missing columns are an error, order is the schema's.

    Raises InputError naming the columns that `data` lacks.
    """
    missing = [c.name for c in columns if c.name not in data]
    if missing:
        raise InputError(f"columns are missing: {', '.join(missing)}")
    return pd.DataFrame({c.name: _series(data[c.name], c.kind) for c in columns})


def _series(cells: list, kind: str) -> pd.Series:
    try:
        return pd.Series(cells, dtype=DTYPES[kind])
    except UnicodeEncodeError:  # half a surrogate pair, as JSON can say it: no text at all
        whole = [re.sub("[\ud800-\udfff]", "\ufffd", str(cell)) for cell in cells]
        return pd.Series(whole, dtype=DTYPES[kind])


def rows_frame(columns: tuple[Column, ...], rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """A frame in the given schema from one dict a row; a text that a row lacks is empty.

    Raises KeyError for any other cell that a row lacks.

    >>> rows_frame(PROBLEMS, [{"line": 3, "problem": "no text"}]).values.tolist()
    [['', 3, 'no text']]
    """
    rows = list(rows)
    data = {
        c.name: [row.get(c.name, "") if c.kind == "text" else row[c.name] for row in rows]
        for c in columns
    }
    return make_frame(columns, data)


def empty_frame(columns: tuple[Column, ...]) -> pd.DataFrame:
    """A frame of no rows in the given schema."""
    return make_frame(columns, {c.name: [] for c in columns})


def require_columns(frame: pd.DataFrame, names: tuple[str, ...], what: str) -> None:
    """Nothing, if `frame` has all of `names`.

    Raises InputError naming each column that is missing and those that there are.
    """
    if not isinstance(frame, pd.DataFrame):
        hint = f"; give .{what.split()[-1]} of it" if hasattr(frame, "articles") else ""
        raise InputError(f"{what}: a {type(frame).__name__} is no frame{hint}")
    missing = [name for name in names if name not in frame.columns]
    if missing:
        raise InputError(
            f"{what} frame lacks the column{'s' * (len(missing) > 1)} {', '.join(missing)}; "
            f"it has {', '.join(map(str, frame.columns)) or 'none'}"
        )


def describe(columns: tuple[Column, ...]) -> str:
    """The schema as a Markdown table, for the README and for help()."""
    rows = [f"| `{c.name}` | {c.kind} | {c.meaning} |" for c in columns]
    return "\n".join(["| column | kind | meaning |", "|---|---|---|", *rows])


# so that help(timeline.schema) prints the schemas
__doc__ += "".join(
    f"\n{name.lower()}\n{describe(columns)}\n"
    for name, columns in (
        ("ARTICLES", ARTICLES),
        ("MENTIONS", MENTIONS),
        ("EVENTS", EVENTS),
        ("CITATION", CITATION),
        ("PROBLEMS", PROBLEMS),
    )
)
