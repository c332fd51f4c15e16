"""The story's expected table with titles: subject and verb kept, the time left out. Read from the articles by hand."""

import os
from pathlib import Path

import pytest

import timeline

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("TIMELINE_SHARED", ROOT.parent / "shared"))
RAW = [SHARED / "source-articles" / f"article-{letter}.txt" for letter in "ab"]
LANDMARKS = {"taking office": "2009-01-20", "assumed office": "2009-01-20"}

# date, kind, status, what the title begins with and what it must also hold
TABLE = [
    ("2009-01-20", "happening", "reported", "Obama assumed office", ""),
    ("[2009-01-20..2009-06-30]", "happening", "reported", "Obama sent a pair of letters", ""),
    ("2014-10", "statement", "reported", "Earnest said", "separate"),
    ("2014-11-05", "statement", "reported", "Obama said Tehran was negotiating “seriously”", ""),
    ("2014-11-05/[2014-11-26..2014-12-03]", "period", "planned", "Obama said “", "find out"),
    ("2014-11-06", "happening", "reported", "Secret letter revealed", "Wall Street Journal"),
    ("2014-11-24", "deadline", "planned", "Comprehensive nuclear agreement due", ""),
    ("../2014-10", "statement", "reported", "Iranian official told Reuters", ""),
    ("../2014-11-06", "statement", "unconfirmed", "President", "Iran"),
]


@pytest.fixture(scope="module", params=["retelling", "raw"])
def events(request):
    if request.param == "retelling":
        return timeline.read_story(ROOT / "data" / "iran-letters").events
    if not all(path.exists() for path in RAW):
        pytest.skip("the raw source articles are not part of the project")
    return timeline.read_story(RAW, published="2014-11-06", landmarks=LANDMARKS).events


@pytest.mark.parametrize("edtf, kind, status, begins, holds", TABLE)
def test_each_row_of_the_table_is_one_event_with_its_title(
    events, edtf, kind, status, begins, holds
):
    found = [e for e in events.itertuples() if e.title.startswith(begins) and e.edtf == edtf]
    assert len(found) == 1, list(zip(events.edtf, events.title, strict=True))
    assert (found[0].kind, found[0].status) == (kind, status)
    assert holds in found[0].title


def test_there_is_nothing_dated_beyond_the_table(events):
    assert sorted(events.edtf[events.dated]) == sorted(
        row[0] for row in TABLE if row[0][:2] != ".."
    )


def test_no_title_is_too_long_or_leaves_a_quotation_open(events):
    for title in events.title:
        assert 0 < len(title) <= 80
        assert title.count("“") == title.count("”")
