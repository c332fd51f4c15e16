"""The story's expected table: what each time expression of the two articles must come out as.

The table was written by reading the articles, before there was code. It must hold for the retelling in
`data/iran-letters` and, where they are at hand, for the raw texts as an analyst would paste them.
"""

import os
from pathlib import Path

import pandas as pd
import pytest

import timeline

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("TIMELINE_SHARED", ROOT.parent / "shared"))
RAW = [SHARED / "source-articles" / f"article-{letter}.txt" for letter in "ab"]
LANDMARKS = {"taking office": "2009-01-20", "assumed office": "2009-01-20"}

# the sources' names in each form of the story: a is The Hill, b is the Forward
NAMES = {
    "retelling": {"a": "The Hill", "b": "Forward"},
    "raw": {"a": "article-a", "b": "article-b"},
}


@pytest.fixture(scope="module", params=["retelling", "raw"])
def told(request):
    if request.param == "raw":
        if not all(path.exists() for path in RAW):
            pytest.skip("the raw source articles are not part of the project")
        story = timeline.read_story(RAW, published="2014-11-06", landmarks=LANDMARKS)
    else:
        story = timeline.read_story(ROOT / "data" / "iran-letters")
    return story, NAMES[request.param]


def mention(story, expression):
    rows = story.mentions[story.mentions.expression.str.contains(expression, regex=False)]
    assert len(rows) >= 1, f"{expression!r} was not found"
    return rows.iloc[0]


def event_of(story, expression):
    ids = set(
        story.mentions[story.mentions.expression.str.contains(expression, regex=False)].mention_id
    )
    rows = story.events[[bool(ids & set(made_of)) for made_of in story.events.mention_ids]]
    assert len(rows) == 1, f"{expression!r} belongs to one event, not {list(rows.title)}"
    return rows.iloc[0]


def bounds(row):
    return tuple("" if pd.isna(m) else m.strftime("%Y-%m-%d") for m in (row.start, row.stop))


@pytest.mark.parametrize(
    "expression, edtf, start, stop, granularity, anchor_basis",
    [
        ("Wednesday", "2014-11-05", "2014-11-05", "2014-11-06", "day", "dct"),
        ("Thursday", "2014-11-06", "2014-11-06", "2014-11-07", "day", "dct"),
        ("Nov. 24", "2014-11-24", "2014-11-24", "2014-11-25", "day", "dct"),
        ("last month", "2014-10", "2014-10-01", "2014-11-01", "month", "dct"),
    ],
)
def test_a_dated_mention_is_resolved_to_what_its_words_allow(
    told, expression, edtf, start, stop, granularity, anchor_basis
):
    row = mention(told[0], expression)
    assert (row.edtf, row.granularity, row.anchor_basis) == (edtf, granularity, anchor_basis)
    assert bounds(row) == (start, stop)


def test_later_this_month_is_the_rest_of_november(told):
    row = mention(told[0], "later this month")
    start, stop = bounds(row)
    assert "2014-11-06" <= start <= "2014-11-07" and stop == "2014-12-01"


def test_the_first_months_after_the_landmark_are_never_a_day(told):
    row = mention(told[0], "first months after taking office")
    start, stop = bounds(row)
    assert start == "2009-01-20"
    assert "2009-05-01" < stop <= "2009-07-01"
    assert row.granularity == "month"
    assert row.anchor_basis == "landmark taking office"


def test_the_window_counts_from_the_press_conference(told):
    row = mention(told[0], "three to four weeks")
    assert (row.anchor, row.anchor_basis) == ("2014-11-05", "quote")
    event = event_of(told[0], "three to four weeks")
    # the last possible day of the window is four weeks after Wednesday, the earliest end three weeks after
    assert bounds(event)[1] == "2014-12-04"
    assert event.core_stop.strftime("%Y-%m-%d") in ("2014-11-26", "2014-11-27")


def test_the_deadline_is_one_event_of_two_sources(told):
    story, names = told
    event = event_of(story, "Nov. 24")
    assert event.kind == "deadline"
    assert event.status == "planned"
    assert event.edtf == "2014-11-24"
    assert event.sources == sorted(names.values())
    assert event.event_id == event_of(story, "later this month").event_id, "it joins Nov. 24"


@pytest.mark.parametrize(
    "expression, edtf, source",
    [
        ("Wednesday", "2014-11-05", "a"),
        ("last month", "2014-10", "a"),
        ("Thursday", "2014-11-06", "b"),
    ],
)
def test_each_statement_is_told_by_its_own_source(told, expression, edtf, source):
    story, names = told
    event = event_of(story, expression)
    assert event.edtf == edtf
    assert event.dated
    assert {c["source"] for c in event.citations if c["expression"] == expression} == {
        names[source]
    }


def test_the_secret_letter_is_bounded_above_by_the_reports(told):
    story, names = told
    letters = story.events[(story.events.edtf == "../2014-11-06") & ~story.events.dated]
    lead = [
        e
        for e in letters.itertuples()
        if any("letter" in c["sentence"] or "wrote" in c["sentence"] for c in e.citations)
    ]
    assert any(set(e.sources) == set(names.values()) for e in lead), list(letters.title)


def test_the_pair_of_letters_is_not_a_day(told):
    event = event_of(told[0], "first months after taking office")
    assert event.start.strftime("%Y-%m-%d") == "2009-01-20"
    assert event.stop > pd.Timestamp("2009-05-01") and event.stop <= pd.Timestamp("2009-07-01")
    assert event.extent == "within"


def test_taking_office_is_the_landmark_day(told):
    event = event_of(told[0], "2009")
    assert event.start.strftime("%Y-%m-%d") == "2009-01-20"
    assert "office" in event.title


def test_the_official_spoke_before_the_comments_of_october(told):
    story, _ = told
    rows = [
        e
        for e in story.events.itertuples()
        if any("Reuters" in c["sentence"] for c in e.citations) and not e.dated
    ]
    assert len(rows) == 1
    assert pd.isna(rows[0].start)
    assert rows[0].stop <= pd.Timestamp("2014-11-01")


def test_the_talks_on_the_sidelines_are_kept_without_a_day(told):
    story, _ = told
    rows = [
        e
        for e in story.events.itertuples()
        if any("sidelines" in c["sentence"] for c in e.citations)
    ]
    assert rows and not any(e.dated for e in rows)
    assert all(pd.isna(e.start) and e.stop <= pd.Timestamp("2014-11-07") for e in rows)


def test_the_disagreement_about_the_number_of_letters_names_both_sources(told):
    story, names = told
    disputed = story.events[story.events.conflict != ""]
    said = [a for row in disputed.alternatives for a in row]
    assert any("fourth" in a["says"] and a["sources"] == [names["b"]] for a in said)
    assert any("pair" in a["says"] and a["sources"] == [names["a"]] for a in said)


@pytest.mark.parametrize(
    "words", ["mosads", "critical time", "Before you go", "publisher", "newsroom"]
)
def test_advertising_and_appeals_make_no_events(told, words):
    for event in told[0].events.itertuples():
        assert words not in event.title
        assert not any(words in c["sentence"] for c in event.citations)


@pytest.mark.parametrize("word", ["may", "we", "We", "this critical time", "time"])
def test_words_that_are_no_dates_are_not_mentions(told, word):
    assert word not in set(told[0].mentions.expression)


def test_every_value_of_an_event_is_at_least_as_wide_as_a_mention_says(told):
    story, _ = told
    by_id = story.mentions.set_index("mention_id")
    for event in story.events[story.events.dated].itertuples():
        finest = min(
            (
                by_id.loc[m].stop - by_id.loc[m].start
                for m in event.mention_ids
                if pd.notna(by_id.loc[m].stop) and pd.notna(by_id.loc[m].start)
            ),
            default=None,
        )
        if finest is not None and pd.notna(event.start) and pd.notna(event.stop):
            assert event.stop - event.start >= finest


def test_without_a_landmark_file_the_articles_own_words_bound_the_pair_of_letters():
    """Article b dates "assumed office" to 2009, so a's "first months after taking office" begin in that year."""
    if not all(path.exists() for path in RAW):
        pytest.skip("the raw source articles are not part of the project")
    story = timeline.read_story(RAW, published="2014-11-06")
    event = event_of(story, "first months after taking office")
    assert event.start.strftime("%Y-%m-%d") == "2009-01-01"
    assert pd.Timestamp("2010-03-01") < event.stop <= pd.Timestamp("2010-07-01")
