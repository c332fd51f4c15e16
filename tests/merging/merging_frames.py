"""Hand-written mentions, so that merging is tested without the tagger: each value read from the text."""

import numpy as np

from timeline.dates import TimeValue, parse_edtf
from timeline.merging.sentences import Sentence, split_sentences
from timeline.schema import ARTICLES, MENTIONS, make_frame

DEFAULTS = {"text": "", "whole": 0, "flag": False, "moment": np.datetime64("NaT", "s")}


def articles_frame(*told):
    """Articles from (article_id, source, dct, text)."""
    rows = [
        {
            "article_id": i,
            "source": source,
            "dct": dct,
            "dct_basis": "user",
            "language": "en",
            "text": text,
        }
        for i, source, dct, text in told
    ]
    return make_frame(ARTICLES, {c.name: [r.get(c.name, "") for r in rows] for c in ARTICLES})


def mentions_frame(articles, *found):
    """Mentions from (article_id, expression, edtf, other columns); the first place where the words stand."""
    rows = []
    for article_id, expression, edtf, *more in found:
        text = articles.set_index("article_id").loc[article_id, "text"]
        at = text.index(expression)
        sentences = split_sentences(text)
        in_dateline = Sentence(text[: sentences[0].stop], 0)  # a sentence begins after its dateline
        sentence = next((s for s in reversed(sentences) if s.start <= at), in_dateline)
        row = {
            "mention_id": f"{article_id}:{at}",
            "article_id": article_id,
            "start_char": at,
            "stop_char": at + len(expression),
            "expression": expression,
            "type": "DATE",
            "edtf": edtf,
            "sentence": text[sentence.start : sentence.stop],
            "sentence_start": sentence.start,
            "anchor_basis": "dct",
        }
        if edtf:
            value = TimeValue.from_edtf(edtf) if edtf.startswith("..") else parse_edtf(edtf)
            row |= {"start": value.start, "stop": value.stop, "granularity": value.granularity}
        row |= more[0] if more else {}
        rows.append(row)
    data = {
        c.name: [DEFAULTS[c.kind] if r.get(c.name) is None else r[c.name] for r in rows]
        for c in MENTIONS
    }
    return make_frame(MENTIONS, data)
