"""Articles to the mentions frame: the tagger's steps, in order. Reads no file and no clock."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from timeline.dates.calendar import days_from_civil, days_in_month
from timeline.errors import TABLE, InputError, expect, maybe
from timeline.schema import MENTIONS, make_frame, require_columns
from timeline.tagging.anchors import choose_anchors
from timeline.tagging.landmarks import compile_landmarks
from timeline.tagging.language import languages, load_language
from timeline.tagging.mention import COLUMNS, Mention
from timeline.tagging.refine import refine

_DCT = re.compile(r"(\d{4})(?:-?(\d\d)(?:-?(\d\d))?)?(?:[T ].*)?")
BLOCK = 200_000  # characters taken at once; longer texts are cut at a line or word end


def parse_dct(text: str) -> int | None:
    """Day number of an ISO date or date-time, or None for an empty text.

    >>> parse_dct("2014-11-06"), parse_dct("")
    (16380, None)

    Raises InputError if the text is not an ISO date of a day that exists.
    """
    if not text:
        return None
    m = _DCT.fullmatch(str(text).strip())
    if m and m[3]:
        y, mo, d = int(m[1]), int(m[2]), int(m[3])
        if 1 <= mo <= 12 and 1 <= d <= days_in_month(y, mo):
            return days_from_civil(y, mo, d)
    raise InputError(
        f"the dct {text!r} is not an ISO date; give year, month and day, such as 2014-11-06, or leave it empty"
    )


def tag_text(
    text: str, *, dct: str = "", language: str = "en", landmarks: dict[str, str] | None = None
) -> list[Mention]:
    """The time expressions of one text as records, in order of position; spans never overlap.

    `dct`: ISO date that the text was published on, or "" if it is not known: then only what the words
    alone fix is resolved. `language`: ISO 639-1 code. `landmarks`: name -> EDTF date.

    >>> [(m.expression, m.timex) for m in tag_text("It ended last month.", dct="2014-11-06")]
    [('last month', '2014-10')]

    Raises InputError for a text that is no str, a dct that is no ISO date, a language without rules, or a
    landmark without a date.
    """
    if not isinstance(text, str):
        raise InputError(f"the text is {text!r:.60}; give a str, or a frame of articles to tag()")
    tables = load_language(language)
    day = parse_dct(dct)
    out: list[Mention] = []
    for offset, block in _blocks(text):
        refined = refine(block, tables, landmarks)
        found = choose_anchors(block, refined, day, tables)
        if not offset:
            out += found
            continue
        for mention in found:
            out.append(mention._replace(start_char=mention.start_char + offset, stop_char=mention.stop_char + offset,
                                        sentence_start=mention.sentence_start + offset,
                                        range_with=mention.range_with + offset if mention.range_with >= 0 else -1))  # fmt: skip
    return out


def _blocks(text: str) -> list[tuple[int, str]]:
    """The text in pieces that are short enough to hold in memory as words; nearly always one."""
    if len(text) <= BLOCK:
        return [(0, text)]
    out, at = [], 0
    while at < len(text):
        stop = min(at + BLOCK, len(text))
        if stop < len(text):
            for mark in ("\n", " "):
                cut = text.rfind(mark, at + BLOCK // 2, stop)
                if cut > 0:
                    stop = cut + 1
                    break
        out.append((at, text[at:stop]))
        at = stop
    return out


def tag(articles: pd.DataFrame, *, landmarks: dict[str, str] | None = None) -> pd.DataFrame:
    """The mentions of all articles: a frame in the MENTIONS schema, in article order, then by position.

    `articles`: frame with at least article_id, text, dct (ISO date or ""); `language` (ISO 639-1) is
    read where there is one, else English. Articles in a language without rules give no mentions.
    `landmarks`: name -> EDTF date, such as {"taking office": "2009-01-20"}.
    Spans are half-open, in code points of exactly the given text, and never overlap. Without a dct,
    what the words alone fix is resolved; what counts from it has no value and a `problem` that says so.

    Raises InputError naming a missing column, a dct that is no ISO date, or a landmark without a date.
    """
    expect(landmarks=(landmarks, maybe(TABLE)))
    require_columns(articles, ("article_id", "text", "dct"), "the articles")
    compile_landmarks(landmarks or {})
    codes = articles["language"] if "language" in articles.columns else [""] * len(articles)
    known = set(languages())
    columns: dict[str, list[Any]] = {c.name: [] for c in MENTIONS}
    adders = [columns[name].append for name in COLUMNS]
    for article_id, text, dct, code in zip(
        articles["article_id"], articles["text"], articles["dct"], codes, strict=True
    ):
        code = (code if isinstance(code, str) else "")[:2].lower() or "en"
        if code not in known or not isinstance(text, str):
            continue
        dct = dct if isinstance(dct, str) else "" if pd.isna(dct) else str(dct)
        for m in tag_text(text, dct=dct, language=code, landmarks=landmarks):
            columns["mention_id"].append(f"{article_id}:{m.start_char}")
            columns["article_id"].append(article_id)
            columns["range_with"].append(
                f"{article_id}:{m.range_with}" if m.range_with >= 0 else ""
            )
            columns["start"].append(_NAT if m.start is None else m.start)
            columns["stop"].append(_NAT if m.stop is None else m.stop)
            for add, value in zip(adders, m, strict=False):
                add(value)
    data: dict[str, Any] = dict(columns)
    for name in ("start", "stop"):
        data[name] = np.array(columns[name], dtype="int64").view("datetime64[s]")
    return make_frame(MENTIONS, data)


_NAT = np.iinfo("int64").min
