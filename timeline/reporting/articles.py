"""The articles as paragraphs of pieces, each time expression a piece of its own. No HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from timeline.exchange.html_text import safe_link
from timeline.reporting.wording import JOINERS, tidy

TEXT_LIMIT, MOST_CHARS = 200_000, 300_000


def article_records(
    articles: pd.DataFrame, mentions: pd.DataFrame, citing: dict[str, str]
) -> tuple[list[dict[str, Any]], int]:
    """One record an article with its text cut into paragraphs and pieces, by date, source, title.

    `citing`: mention_id -> event_id, for links. A piece is a dict of text, and of mention_id,
    event_id and problem where it is an expression.
    Returns the articles whose texts fit into 300,000 characters in all (at least one; those that
    events rest on come first), and how many were left out.
    """
    articles = articles.reset_index(drop=True)
    mentions = mentions.sort_values(["article_id", "start_char", "mention_id"])
    used = mentions[mentions["mention_id"].isin(citing)]["article_id"].value_counts()
    sizes = articles["text"].str.len().clip(upper=TEXT_LIMIT) + 500
    rank = articles["article_id"].map(used).fillna(0).astype("float64")
    order = pd.DataFrame({"rank": -rank, "id": articles["article_id"]}).sort_values(["rank", "id"])
    fits = sizes.loc[order.index].cumsum() <= MOST_CHARS
    fits.iloc[:1] = True
    kept = articles.loc[fits[fits].index]
    ordered = kept.sort_values(["dct", "source", "title", "article_id"], kind="stable")
    inside = mentions[mentions["article_id"].isin(kept["article_id"])]
    by_article = dict(iter(inside.groupby("article_id", sort=False)))
    records: list[dict[str, Any]] = []
    for row in ordered.to_dict("records"):
        text = str(row["text"])
        spans = by_article.get(row["article_id"])
        marks = [] if spans is None else spans.to_dict("records")
        records.append(
            {
                "id": row["article_id"],
                "title": tidy(row["title"], 400) or "Untitled",
                "source": tidy(row["source"], 120),
                "url": safe_link(row["url"]),
                "dct": tidy(row["dct"], 40),
                "basis": row["dct_basis"],
                "language": tidy(row["language"], 12) or "en",
                "n_marks": len(marks),
                "paragraphs": paragraphs(text[:TEXT_LIMIT], marks, citing),
                "cut": len(text) > TEXT_LIMIT,
            }
        )
    return records, len(articles) - len(records)


def paragraphs(
    text: str, marks: Sequence[Mapping[Any, Any]], citing: dict[str, str]
) -> list[list[dict[str, str]]]:
    """Paragraphs (one a line of `text`, empty lines apart) of pieces; no character gets lost.

    `marks`: mentions by start; one that begins inside another is not marked on its own.
    """
    pieces: list[dict[str, str]] = []
    at = 0
    for mark in marks:
        start, stop = int(mark["start_char"]), int(mark["stop_char"])
        if start < at or stop > len(text) or start >= stop:
            continue
        pieces.append({"text": text[at:start]})
        pieces.append(
            {
                "text": text[start:stop],
                "mention_id": mark["mention_id"],
                "event_id": citing.get(mark["mention_id"], ""),
                "value": tidy(mark["edtf"] or mark["timex"], 120),
                "problem": tidy(mark["problem"], 300),
            }
        )
        at = stop
    pieces.append({"text": text[at:]})
    lines: list[list[dict[str, str]]] = [[]]
    for piece in pieces:
        parts = [piece["text"]] if "mention_id" in piece else piece["text"].split("\n")
        for number, part in enumerate(parts):
            if number:
                lines.append([])
            if part:
                lines[-1].append({**piece, "text": visible(part)})
    return [line for line in lines if "".join(piece["text"] for piece in line).strip()]


def visible(text: str) -> str:
    """`text` without control characters and without marks that reverse or hide what follows."""
    return "".join(c if c.isprintable() or c.isspace() or c in JOINERS else "�" for c in text)
