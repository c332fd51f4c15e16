"""What several measures of events share: texts as frames, the naive baseline, pairs and their precision and recall."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from typing import Any

import numpy as np
import pandas as pd

import timeline
from timeline.merging.sentences import split_sentences
from timeline.merging.values import FAR
from timeline.schema import ARTICLES, rows_frame

Event = tuple[str, int, list[tuple[str, int, int, int, int]]]


def articles_of(docs: list[tuple[str, str, str]]) -> Any:
    """An articles frame from (id, dct, text)."""
    rows = [{"article_id": i, "source": i, "dct": dct, "dct_basis": "user", "language": "en", "text": text} for i, dct, text in docs]  # fmt: skip
    return rows_frame(ARTICLES, rows)


def naive(docs: list[tuple[str, str, str]]) -> list[Event]:
    """The baseline: each event word in a sentence with a date is an event on its first date; nothing is merged.

    A first sentence without a date is on the article's day, as ours is for this measure.
    """
    articles = articles_of(docs)
    mentions = timeline.tag(articles)
    out, seen = [], set()
    for m in mentions[mentions.edtf != ""].itertuples():
        key = (m.article_id, m.sentence_start)
        if key not in seen:
            seen.add(key)
            stop = m.sentence_start + len(m.sentence)
            order = FAR if pd.isna(m.start) else int(m.start.timestamp())
            place = (m.article_id, m.sentence_start, stop, m.sentence_start, stop)
            out.append((date_text(m.edtf), order, [place]))
    for doc, dct, text in docs:
        lead = next(iter(split_sentences(text)), None)
        if lead and (doc, lead.start) not in seen:
            day = int(np.datetime64(dct[:10], "s").astype("int64"))
            stop = lead.start + len(lead.text)
            out.append((dct[:10], day, [(doc, lead.start, stop, lead.start, stop)]))
    return out


def date_text(edtf: str) -> str:
    """An EDTF day, month or year as the corpus writes it; anything else is not dated there."""
    found = re.fullmatch(r"(\d{4})(-\d\d)?(-\d\d)?(?:T.*)?[?~%]?", edtf)
    return found[1] + (found[2] or "-XX") + (found[3] or "-XX") if found else "XXXX-XX-XX"


def same_group(home: dict[Any, Any]) -> set[tuple[Any, Any]]:
    """Pairs of keys with one value."""
    groups = defaultdict(list)
    for key, value in home.items():
        groups[value].append(key)
    return {pair for keys in groups.values() for pair in itertools.combinations(sorted(keys), 2)}


def prf(gold: int, predicted: int, both: int) -> str:
    """Precision, recall and F1 in per cent."""
    p, r = (100 * both / n if n else 0.0 for n in (predicted, gold))
    return f"{p:.1f} / {r:.1f} / {2 * p * r / (p + r) if p + r else 0:.1f}"


def sets_prf(gold: set[Any], ours: set[Any]) -> str:
    """Precision, recall and F1 of one set against another."""
    return prf(len(gold), len(ours), len(gold & ours))
