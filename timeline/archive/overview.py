"""What an archive talks about: its mentions by day, by unit and by value. Reads no text."""

from __future__ import annotations

from typing import Any

import pandas as pd

from timeline.archive.asking import StrPath, ask, files_of
from timeline.schema import EVENTS, empty_frame, make_frame


def count_days(out: StrPath) -> pd.DataFrame:
    """How many mentions and articles point to each day, and how many were published on it.

    Columns day (datetime64[s]), n_mentions, n_articles (that mention it), n_published; by day. Only
    mentions of one day, or of a time within it, count, and copies count once; see `count_granularities` for the others.
    Raises InputError if `out` is no archive.
    """
    mentions, articles = files_of(out, "mentions"), files_of(out, "articles")
    parts = []
    if mentions:
        sql = (
            "select date_trunc('day', start) as day, count(distinct mention_id) as n_mentions, count(distinct article_id) as n_articles "
            "from read_parquet(?) where start is not null and stop - start <= interval 1 day group by 1"
        )
        parts.append(ask(out, sql, [mentions]))
    if articles:
        sql = (
            "select cast(dct[:10] as timestamp) as day, count(distinct article_id) as n_published "
            "from read_parquet(?) where dct <> '' group by 1"
        )
        parts.append(ask(out, sql, [articles]))
    frame = pd.DataFrame({"day": pd.Series(dtype="datetime64[s]")})
    for part in parts:
        frame = frame.merge(part.astype({"day": "datetime64[s]"}), on="day", how="outer")
    numbers = ["n_mentions", "n_articles", "n_published"]
    for name in numbers:
        frame[name] = frame[name].fillna(0).astype("int64") if name in frame else 0
    return frame.sort_values("day", ignore_index=True)[["day", *numbers]]


def count_granularities(out: StrPath) -> pd.Series:
    """How many mentions there are of each granularity, most first; "unresolved" where there is no value.

    Raises InputError if `out` is no archive.
    """
    files = files_of(out, "mentions")
    if not files:
        return pd.Series(dtype="int64")
    sql = (
        "select case when timex = '' then 'unresolved' when granularity = '' then lower(type) else granularity end as unit, "
        "count(distinct mention_id) as n from read_parquet(?) group by 1 order by n desc, unit"
    )
    return ask(out, sql, [files]).set_index("unit")["n"]


def count_values(out: StrPath) -> pd.DataFrame:
    """The values that the archive's mentions have, and how many mentions have each, as `n_mentions`.

    For `draw_density`: a frame in the EVENTS schema with that column more, one row a value, its bounds
    widened to whole days, ordered by them; mentions without two bounds are left out.
    Raises InputError if `out` is no archive.
    """
    files = files_of(out, "mentions")
    if not files:
        return empty_frame(EVENTS).assign(n_mentions=0)
    sql = (
        "select date_trunc('day', start) as start, date_trunc('day', stop - interval 1 second) + interval 1 day as stop, "
        "min(edtf) as edtf, min(granularity) as granularity, count(distinct mention_id) as n_mentions "
        "from read_parquet(?) where start is not null and stop is not null group by 1, 2 order by 1, 2"
    )
    values = ask(out, sql, [files])
    same: dict[str, Any] = {"text": "", "whole": 1, "flag": True, "moment": None, "number": 0.0}
    data = {c.name: [same.get(c.kind, [])] * len(values) for c in EVENTS}
    data |= {name: values[name].tolist() for name in ("start", "stop", "edtf", "granularity")}
    data |= {"event_id": [f"{i:09d}" for i in range(len(values))]}
    for name, value in (("kind", "happening"), ("status", "reported"), ("extent", "within")):
        data[name] = [value] * len(values)
    return make_frame(EVENTS, data).assign(n_mentions=values["n_mentions"])
