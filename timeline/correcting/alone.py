"""What some citations of an event tell alone, for a part that is split from it: read again from their own sentences."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from timeline.correcting.joining import Row, dated
from timeline.correcting.read import edtf_of
from timeline.dates import date_columns
from timeline.errors import InputError
from timeline.merging import merge
from timeline.merging.clauses import parse
from timeline.merging.titles import whole_sentence
from timeline.schema import ARTICLES, MENTIONS, empty_frame, rows_frame

_OF_CITATIONS = ("event_id", "n_sources", "sources", "mention_ids", "citations", "salience")
UNDATED = {**date_columns(None), "granularity": "", "dated": False, "when": "not dated"}


def told_alone(
    citations: Sequence[Row], mentions: pd.DataFrame | None, articles: pd.DataFrame | None
) -> Row:
    """Title, kind, status, date and attribution of the event that these citations tell, read without any other.

    Without a time of its own, or without `mentions`, it is not dated; with `articles` it is bounded by its article's
    date.
    """
    ids = {c["mention_id"] for c in citations} - {""}
    rows: list[Row] = []
    if mentions is not None and articles is not None and ids:
        own = articles[articles["article_id"].isin({c["article_id"] for c in citations})]
        found = merge(mentions[mentions["mention_id"].isin(ids)], own)
        rows = [r for r in rows_of(found) if ids & {*r["mention_ids"]}]
    rows = rows or rows_of(merge(empty_frame(MENTIONS), _only_sentence(citations[0], articles)))
    title, _ = whole_sentence(parse(citations[0]["sentence"]))
    nothing = {"title": title, "kind": "happening", "status": "reported", "attribution": ""}
    row = max(rows, key=lambda r: len(ids & {*r["mention_ids"]}), default={**nothing, **UNDATED})
    told = {k: v for k, v in row.items() if k not in _OF_CITATIONS}
    return {**told, "conflict": "", "alternatives": []}


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """The rows of a frame as dicts by column name."""
    return [{str(k): v for k, v in row.items()} for row in frame.to_dict("records")]


def _only_sentence(citation: Row, articles: pd.DataFrame | None) -> pd.DataFrame:
    """An article of that one sentence, published as its own."""
    row: Row = {name: citation[name] for name in ("article_id", "source", "url")}
    row["text"] = citation["sentence"]
    if articles is not None:
        of_it = articles.loc[articles["article_id"] == citation["article_id"], "dct"]
        row["dct"] = next(iter(of_it), "")
    return rows_frame(ARTICLES, [row])


def shown_date(row: Row) -> Row:
    """The date columns that an event's citations show in words, where that is all there is to read; else undated."""
    shown = next((c["when"] for c in row["citations"] if c["when"]), row["when"])
    if shown == row["when"]:
        return {name: row[name] for name in UNDATED}
    try:
        return dated(edtf_of(shown))
    except InputError:
        return UNDATED
