"""The two real articles, where they are at hand: every time expression with the value that a careful reader gives it."""

import os
from pathlib import Path

import pandas as pd
import pytest

from timeline.tagging import tag

SHARED = (
    Path(os.environ.get("TIMELINE_SHARED", Path(__file__).parents[3] / "shared"))
    / "source-articles"
)
LANDMARKS = {"taking office": "2009-01-20", "assumed office": "2009-01-20"}
EXPECTED = {
    "article-a": [
        ("Nov. 24", "2014-11-24", "dct"),
        ("last month", "2014-10", "dct"),
        ("Wednesday", "2014-11-05", "dct"),
        ("later this month", "[2014-11-07..2014-11-30]", "dct"),
        ("the next three to four weeks", "[2014-11-05..2014-12-03]", "quote"),
        (
            "the first months after taking office",
            "[2009-01-20..2009-06-30]",
            "landmark taking office",
        ),
    ],
    "article-b": [
        ("Thursday", "2014-11-06", "dct"),
        ("2009", "2009-01-20", "landmark assumed office"),
        ("Nov. 24", "2014-11-24", "dct"),
    ],
}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_the_source_articles_give_the_expected_table_and_nothing_else(name):
    path = SHARED / f"{name}.txt"
    if not path.exists():
        pytest.skip("the source articles are not here: set TIMELINE_SHARED")
    articles = pd.DataFrame(
        {"article_id": [name], "text": [path.read_text("utf-8")], "dct": ["2014-11-06"]}
    )
    mentions = tag(articles, landmarks=LANDMARKS)
    assert (
        list(zip(mentions["expression"], mentions["edtf"], mentions["anchor_basis"], strict=True))
        == EXPECTED[name]
    )


def test_without_landmarks_the_year_stays_a_year_and_the_first_months_have_no_date():
    path = SHARED / "article-b.txt"
    if not path.exists():
        pytest.skip("the source articles are not here: set TIMELINE_SHARED")
    articles = pd.DataFrame(
        {"article_id": ["b"], "text": [path.read_text("utf-8")], "dct": ["2014-11-06"]}
    )
    mentions = tag(articles).set_index("expression")
    assert mentions.loc["2009", "edtf"] == "2009"
