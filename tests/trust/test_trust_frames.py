"""Frames that people make by hand: missing cells, moments for dates, names twice, half a surrogate pair."""

import pandas as pd
import pytest

import timeline
from timeline.errors import InputError
from timeline.schema import ARTICLES


def one_article(**cells):
    row = {c.name: "" for c in ARTICLES} | {"article_id": "a", "source": "S", "language": "en"}
    row |= {"text": "On 3 May 2014 they met in Oslo. It ended on Monday.", "dct": "2014-11-06"}
    return pd.DataFrame([row | cells], dtype="object")


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, pd.NaT])
@pytest.mark.parametrize("column", ["dct", "title", "source", "url", "language", "text"])
def test_a_missing_cell_is_an_empty_one(column, missing):
    if missing is pd.NA:
        articles = one_article().astype({column: "string"})
        articles.loc[0, column] = pd.NA
    else:
        articles = one_article(**{column: missing})
    mentions = timeline.tag(articles)
    assert list(mentions.edtf) == {"text": [], "dct": ["2014-05-03", ""]}.get(column, ["2014-05-03", "2014-11-03"])  # fmt: skip
    events = timeline.merge(mentions, articles)
    assert len(events) == (0 if column == "text" else len(events)) and "nan" not in str(events.to_dict("list")).lower().replace("nat", "")  # fmt: skip


def test_a_moment_serves_as_publication_date():
    told, moment = one_article(), one_article(dct=pd.Timestamp("2014-11-06"))
    assert list(timeline.tag(moment).edtf) == list(timeline.tag(told).edtf)
    for articles in (told, moment):
        events = timeline.merge(timeline.tag(articles), articles)
        assert set(events.edtf) == {"2014-05-03", "2014-11-03"}


@pytest.mark.parametrize("dct", ["2014-11", "6/11/2014", "yesterday", "2014-02-30", 5])
def test_what_is_no_publication_date_is_refused(dct):
    with pytest.raises(InputError, match="is not an ISO date"):
        timeline.tag(one_article(dct=dct))


def test_half_a_surrogate_pair_becomes_a_replacement_character():
    articles = one_article(text="On 3 May 2014 \ud83d they met.", title="\udc00")
    mentions = timeline.tag(articles)
    assert mentions.sentence[0] == "On 3 May 2014 \N{REPLACEMENT CHARACTER} they met."
    assert list(timeline.merge(mentions, articles).edtf) == ["2014-05-03"]


def test_two_columns_of_one_name_are_refused():
    table = pd.DataFrame([["x", "2014", "2015"]], columns=["title", "date", "date"])
    with pytest.raises(InputError, match="two columns are named date"):
        timeline.read_events(table)


def test_landmarks_may_be_numbers(tmp_path):
    (tmp_path / "a.txt").write_text("In the first months after taking office he wrote a letter.")
    story = timeline.read_story(tmp_path, published="2014-11-06", landmarks={"taking office": 2009})
    assert story.landmarks == {"taking office": "2009"}
