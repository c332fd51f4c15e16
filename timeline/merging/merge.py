"""Mentions to events, across the articles of a story: the room's one way in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from timeline.errors import CALL, expect, maybe
from timeline.merging.candidate import Article, Candidate, open_article
from timeline.merging.cluster import Cluster, cluster
from timeline.merging.copies import copy_groups, with_first_dates
from timeline.merging.disputes import add_count_disputes
from timeline.merging.echoes import Beside, add_echoes, read_beside
from timeline.merging.events import NamedDay, Story, event_row
from timeline.merging.mentioned import read_mentions
from timeline.merging.ranking import add_salience
from timeline.merging.recalled import join_recalled
from timeline.merging.retold import read_retellings
from timeline.merging.similarity import vector, word_weights
from timeline.merging.undated import read_undated
from timeline.merging.values import DAY
from timeline.schema import EVENTS, GRANULARITIES, empty_frame, make_frame, require_columns
from timeline.tagging.tag import parse_dct

_MENTION_COLUMNS = (
    "mention_id", "article_id", "start_char", "stop_char", "expression", "type", "edtf", "start", "stop",
    "granularity", "anchor", "anchor_basis", "stated", "inferred", "range_with", "sentence", "sentence_start",
    "modality", "attribution", "problem",
)  # fmt: skip
_DAYLIKE = GRANULARITIES[: GRANULARITIES.index("day") + 1]
_ARTICLE_COLUMNS = ("article_id", "title", "source", "url", "dct", "text")


def merge(
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    window: float = 3,
    progress: Callable[..., Any] | None = None,
) -> pd.DataFrame:
    """Events that the articles tell of, each with the finest date that its sources share.

    `mentions`: frame in the MENTIONS schema, `articles`: in the ARTICLES schema; any row order.
    `window`: days; dates that exclude each other but are this near may be rivals for one event (up to a month
    where verb, names and words all agree; 0: never): both are kept in `alternatives`, and `conflict` says so.
    `progress`: called with `total`, gives a bar with `update` and `close`, as `tqdm` does; it counts articles.
    Returns a frame in the EVENTS schema ordered by start, undated last; every mention is in at most one
    event. `frame.attrs["unused"]`: one dict (mention_id, reason) for each mention in none;
    `frame.attrs["copies"]`: one dict (article_ids, sources) for each wire text that came more than once.
    Raises InputError naming the column that a frame lacks.
    """
    expect(progress=(progress, maybe(CALL)))
    story, groups, unused = group_mentions(mentions, articles, window=window, progress=progress)
    rows = [event_row(story, group) for group in groups]
    add_count_disputes(story, groups, rows)
    add_salience(story, groups, rows)
    frame = _frame(rows)
    frame.attrs["unused"] = sorted(unused, key=lambda u: u["mention_id"])
    frame.attrs["copies"] = _copies(story)
    return frame


def group_mentions(
    mentions: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    window: float = 3,
    progress: Callable[..., Any] | None = None,
) -> tuple[Story, list[Cluster], list[dict[str, str]]]:
    """The steps before rows are made: the candidates, which of them are one event, the unused mentions."""
    require_columns(mentions, _MENTION_COLUMNS, "mentions")
    require_columns(articles, _ARTICLE_COLUMNS, "articles")
    told = articles.drop_duplicates("article_id").sort_values("article_id")
    texts = [
        dict(zip(_ARTICLE_COLUMNS, map(_text, row), strict=True))
        for row in told[list(_ARTICLE_COLUMNS)].itertuples(index=False)
    ]
    bar = progress(total=len(texts)) if progress else None
    candidates, named, beside, unused = _candidates(mentions, texts, bar)
    dcts = [parse_dct(t["dct"]) for t in texts]
    copy_of = copy_groups([t["text"] for t in texts])
    candidates = with_first_dates(candidates, copy_of, dcts)
    weights = word_weights(candidates)
    vectors = [vector(c, weights) for c in candidates]
    story = Story(
        candidates=candidates,
        vectors=vectors,
        article_ids=[t["article_id"] for t in texts],
        sources=[t["source"] for t in texts],
        urls=[t["url"] for t in texts],
        dcts=dcts,
        copy_of=copy_of,
        named=named,
    )
    days = [dcts[c.article] for c in candidates]
    groups = cluster(candidates, vectors, days, window)
    groups = join_recalled(candidates, groups, beside, dcts, copy_of)
    add_echoes(candidates, groups, weights, beside, dcts)
    if bar:
        bar.close()
    return story, groups, unused


def _candidates(
    mentions: pd.DataFrame, texts: list[dict[str, Any]], bar: Any
) -> tuple[list[Candidate], list[NamedDay], list[Beside], list[dict[str, str]]]:
    frame = mentions.drop_duplicates("mention_id")[list(_MENTION_COLUMNS)]
    columns = {name: frame[name].tolist() for name in _MENTION_COLUMNS}
    for name in ("start", "stop"):
        moments = frame[name].to_numpy(dtype="datetime64[s]")
        seconds = moments.astype(np.int64).tolist()
        columns[name] = [
            None if empty else s for s, empty in zip(seconds, np.isnat(moments), strict=True)
        ]
    by_article: dict[str, list[dict[str, Any]]] = {}
    for values in zip(*columns.values(), strict=True):
        row = dict(zip(_MENTION_COLUMNS, values, strict=True))
        by_article.setdefault(row["article_id"], []).append(row)
    candidates: list[Candidate] = []
    named: list[NamedDay] = []
    beside: list[Beside] = []
    unused: list[dict[str, str]] = []
    for number, text in enumerate(texts):
        article = open_article(number, text)
        rows = by_article.pop(text["article_id"], [])
        read_mentions(article, rows)
        read_undated(article)
        read_retellings(article)
        candidates += article.found
        unused += article.unused
        named += _named_days(article, rows)
        beside.append(read_beside(article))
        if bar:
            bar.update(1)
    for rows in by_article.values():
        unused += [
            {"mention_id": r["mention_id"], "reason": "its article is not there"} for r in rows
        ]
    return candidates, named, beside, unused


# a mention that makes no event still comes back to its day, but for these reasons
_NOT_TOLD = (
    "stands in a dateline",
    "stands in an appeal, notice or caption",
    "is said not to be the date",
)


def _named_days(article: Article, rows: list[dict[str, Any]]) -> list[NamedDay]:
    """The days that the article names, one for each mention of a day: "the Sept. 11 attacks" too."""
    silent = {u["mention_id"] for u in article.unused if u["reason"] in _NOT_TOLD}
    return [
        NamedDay(
            row["mention_id"],
            article.number,
            row["start"] // DAY,
            article.position(row["start_char"]) <= max(0, article.lead),
        )
        for row in rows
        if row["start"] is not None
        and row["granularity"] in _DAYLIKE
        and row["mention_id"] not in silent
    ]


def _text(cell: Any) -> str:
    """A cell of an articles frame that somebody made: missing cells are empty, moments are ISO text."""
    return cell if isinstance(cell, str) else "" if pd.isna(cell) else str(cell)


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    if not rows:
        return empty_frame(EVENTS)

    def key(row: dict[str, Any]) -> tuple[Any, ...]:
        start, stop = row["start"], row["stop"]
        first = start if start is not None else stop
        moment = int(first.astype("datetime64[s]").astype(np.int64)) if first is not None else 2**62
        return (not row["dated"], moment, row["title"], row["event_id"])

    rows = sorted(rows, key=key)
    data = {c.name: [row[c.name] for row in rows] for c in EVENTS}
    for c in EVENTS:
        if c.kind == "moment":
            data[c.name] = [np.datetime64("NaT", "s") if x is None else x for x in data[c.name]]
    return make_frame(EVENTS, data)


def _copies(story: Story) -> list[dict[str, Any]]:
    groups: dict[int, list[int]] = {}
    for i, first in enumerate(story.copy_of):
        groups.setdefault(first, []).append(i)
    return [
        {
            "article_ids": [story.article_ids[i] for i in group],
            "sources": sorted({story.sources[i] for i in group}),
        }
        for group in groups.values()
        if len(group) > 1
    ]
