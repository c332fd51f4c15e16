"""Mentions of one event brought together across articles; rivals, counts and copies kept visible."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from merging_frames import articles_frame, mentions_frame

from timeline.errors import InputError
from timeline.merging import merge, top_events
from timeline.merging.claims import claims_in, disagree
from timeline.schema import ARTICLES, EVENTS, MENTIONS, empty_frame

# four short articles about one dam, in different words
DAM = (
    ("a", "Post", "2014-11-04", "The Aln dam broke on Monday and flooded two villages. At least 12 people were killed in the flood."),
    ("b", "Herald", "2014-11-05", "Two villages were flooded when the Aln dam burst on 3 November. The mayor resigned on Tuesday."),
    ("c", "Times", "2014-11-20", "Mayor Ruiz resigned this month after the flood. Engineers must repair the Aln dam by 24 November."),
    ("d", "Echo", "2014-11-20", "Repairs of the Aln dam face a deadline later this month. In 1987 the dam had been built by prisoners."),
)  # fmt: skip
FOUND = (
    ("a", "Monday", "2014-11-03"),
    ("b", "3 November", "2014-11-03"),
    ("b", "Tuesday", "2014-11-04"),
    ("c", "this month", "2014-11"),
    ("c", "24 November", "2014-11-24"),
    ("d", "later this month", "[2014-11-21..2014-11-30]"),
    ("d", "1987", "1987"),
)


@pytest.fixture
def dam(hand):
    articles = hand.articles(*DAM)
    return hand.mentions(articles, *FOUND), articles


def holder(events, mentions, article_id, expression):
    row = mentions[(mentions.article_id == article_id) & (mentions.expression == expression)].iloc[
        0
    ]
    found = [e for e in events.itertuples() if row.mention_id in e.mention_ids]
    assert len(found) == 1
    return found[0]


def test_one_day_in_two_articles_is_one_event_of_two_sources(dam):
    events = merge(*dam)
    event = holder(events, dam[0], "a", "Monday")
    assert event.event_id == holder(events, dam[0], "b", "3 November").event_id
    assert (event.edtf, event.n_sources, event.sources) == ("2014-11-03", 2, ["Herald", "Post"])


def test_later_this_month_joins_the_day_that_another_article_names(dam):
    events = merge(*dam)
    event = holder(events, dam[0], "d", "later this month")
    assert event.edtf == "2014-11-24" and event.kind == "deadline"
    assert event.sources == ["Echo", "Times"]


def test_the_merged_value_is_the_finest_that_every_mention_contains(dam):
    mentions, articles = dam
    for event in merge(mentions, articles).itertuples():
        rows = mentions[mentions.mention_id.isin(event.mention_ids)]
        for m in rows.itertuples():
            if not event.alternatives:
                assert m.start <= event.start and event.stop <= m.stop
        if len(rows):
            finest = min(rows.stop - rows.start)
            assert event.stop - event.start >= finest, "never finer than its finest mention"


def test_every_mention_is_in_at_most_one_event_and_the_rest_have_a_reason(dam):
    events = merge(*dam)
    used = [m for ids in events.mention_ids for m in ids]
    left = [u["mention_id"] for u in events.attrs["unused"]]
    assert sorted(used + left) == sorted(dam[0].mention_id)
    assert all(u["reason"] for u in events.attrs["unused"])


def test_citations_name_source_words_and_sentence(dam):
    events = merge(*dam)
    event = holder(events, dam[0], "b", "3 November")
    cited = {(c["source"], c["expression"]) for c in event.citations}
    assert cited == {("Post", "Monday"), ("Herald", "3 November")}
    assert all(c["expression"] in c["sentence"] and c["how"] and c["when"] for c in event.citations)


def same(one, two):
    pd.testing.assert_frame_equal(one, two)
    assert one.attrs == two.attrs


def test_merging_twice_or_the_same_rows_twice_changes_nothing(dam):
    mentions, articles = dam
    once = merge(mentions, articles)
    same(merge(mentions, articles), once)
    same(merge(pd.concat([mentions, mentions]), pd.concat([articles, articles])), once)


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_the_order_of_the_rows_changes_nothing(data):
    from merging_frames import articles_frame, mentions_frame

    articles = articles_frame(*DAM)
    mentions = mentions_frame(articles, *FOUND)
    rows = data.draw(st.permutations(range(len(mentions))))
    texts = data.draw(st.permutations(range(len(articles))))
    same(merge(mentions.iloc[rows], articles.iloc[texts]), merge(mentions, articles))


def test_dates_that_exclude_each_other_are_both_kept(hand):
    articles = hand.articles(
        ("a", "Post", "2014-11-06", "The Aln dam burst and flooded the villages of Ober and Unter on Monday."),
        ("b", "Herald", "2014-11-06", "On Tuesday the Aln dam burst and flooded the villages of Ober and Unter."),
        ("c", "Times", "2014-11-06", "The Aln dam burst and flooded the villages Ober and Unter on 4 November."),
    )  # fmt: skip
    mentions = hand.mentions(articles, ("a", "Monday", "2014-11-03"), ("b", "Tuesday", "2014-11-04"), ("c", "4 November", "2014-11-04"))  # fmt: skip
    (event,) = merge(mentions, articles).itertuples()
    assert event.edtf == "2014-11-04", "two sources against one; never an average"
    assert [(a["edtf"], a["sources"]) for a in event.alternatives] == [
        ("2014-11-04", ["Herald", "Times"]),
        ("2014-11-03", ["Post"]),
    ]
    assert "Post" in event.conflict and "different dates" in event.conflict
    assert event.n_sources == 3


def rivals(hand, one, two, days, dcts):
    articles = hand.articles(("a", "Post", dcts[0], one), ("b", "Herald", dcts[1], two))
    found = [(i, "on " + words, day) for i, (words, day) in zip("ab", days, strict=True)]
    return merge(hand.mentions(articles, *found), articles)


def test_one_deed_dated_a_week_apart_by_two_papers_is_one_event_with_both_dates(hand):
    events = rivals(
        hand,
        "Hanna Brandt opened the new lock of Aln on 3 November before a crowd.",
        "The new lock of Aln was opened by Hanna Brandt on 10 November before hundreds.",
        [("3 November", "2014-11-03"), ("10 November", "2014-11-10")],
        ["2014-11-20", "2014-11-21"],
    )
    (event,) = events.itertuples()
    assert {a["edtf"] for a in event.alternatives} == {"2014-11-03", "2014-11-10"}
    assert "different dates" in event.conflict


def test_what_was_written_before_the_other_date_is_of_another_deed(hand):
    """A paper of the 4th cannot mean what happened on the 10th."""
    events = rivals(
        hand,
        "Police searched the office of Hanna Brandt in Aln on 3 November.",
        "Police searched the office of Hanna Brandt in Aln on 10 November.",
        [("3 November", "2014-11-03"), ("10 November", "2014-11-10")],
        ["2014-11-04", "2014-11-11"],
    )
    assert len(events) == 2 and not any(events.conflict)


def test_two_deeds_of_one_person_on_one_day_stay_apart(hand):
    articles = hand.articles(
        ("a", "Post", "2014-11-06", "Hanna Brandt resigned on Monday."),
        ("b", "Herald", "2014-11-06", "On Monday Hanna Brandt met the miners."),
    )
    mentions = hand.mentions(articles, ("a", "Monday", "2014-11-03"), ("b", "Monday", "2014-11-03"))
    assert len(merge(mentions, articles)) == 2


def test_a_correction_goes_before_the_date_that_it_takes_back(hand):
    articles = hand.articles(
        ("a", "Post", "2014-11-06", "A second crane began to lift the wreck on 3 November."),
        ("b", "Post", "2014-11-09", "The second crane began to lift on 4 November and not on 3 November."),
    )  # fmt: skip
    mentions = hand.mentions(
        articles, ("a", "3 November", "2014-11-03"), ("b", "4 November", "2014-11-04"), ("b", "3 November", "2014-11-03")
    )  # fmt: skip
    (event,) = merge(mentions, articles).itertuples()
    assert event.edtf == "2014-11-04"
    assert [a["edtf"] for a in event.alternatives] == ["2014-11-04", "2014-11-03"]


def test_words_for_one_thing_bring_two_sources_together(hand):
    articles = hand.articles(
        ("a", "Post", "2014-11-06", "The Aln mine had been shut in 2007 after a guard died."),
        ("b", "Herald", "2014-11-06", "Opened in 1950, the mine was closed in 2007."),
    )
    mentions = hand.mentions(articles, ("a", "2007", "2007"), ("b", "2007", "2007"))
    assert holder(merge(mentions, articles), mentions, "a", "2007").n_sources == 2


def test_what_may_come_stays_apart_from_what_came(hand):
    articles = hand.articles(
        ("a", "Post", "2014-11-03", "Divers may reach the wreck of the ferry on Tuesday."),
        ("b", "Herald", "2014-11-05", "Divers raised the flag of the ferry on Tuesday."),
    )
    mentions = hand.mentions(
        articles, ("a", "Tuesday", "2014-11-04"), ("b", "Tuesday", "2014-11-04")
    )
    events = merge(mentions, articles)
    assert sorted(events.status) == ["conditional", "reported"]


def test_different_events_of_one_day_stay_apart(hand):
    articles = hand.articles(
        ("a", "Post", "2014-11-06", "The Aln dam burst on Monday."),
        ("b", "Herald", "2014-11-06", "Parliament passed a tax law on Monday."),
    )
    mentions = hand.mentions(articles, ("a", "Monday", "2014-11-03"), ("b", "Monday", "2014-11-03"))
    assert len(merge(mentions, articles)) == 2


def test_numbers_that_cannot_both_hold_are_shown_side_by_side(hand):
    articles = hand.articles(
        ("a", "Post", "2014-11-06", "A bomb killed 14 people at the market in Aln on Monday."),
        ("b", "Herald", "2014-11-06", "On Monday a bomb at the market in Aln killed 17 people."),
    )
    mentions = hand.mentions(articles, ("a", "Monday", "2014-11-03"), ("b", "Monday", "2014-11-03"))
    (event,) = merge(mentions, articles).itertuples()
    assert "14 people" in event.conflict and "17 people" in event.conflict
    assert {(a["says"], *a["sources"]) for a in event.alternatives} == {("14 people", "Post"), ("17 people", "Herald")}  # fmt: skip


@pytest.mark.parametrize(
    "one, two, differ",
    [
        ("He sent a pair of letters.", "It is the fourth such letter.", True),
        ("He sent three letters.", "It is the fourth such letter.", False),
        ("The blast killed 14 people.", "At least 12 people were killed.", False),
        ("The blast killed 14 people.", "At least 15 people were killed.", True),
        ("The blast killed 14 people.", "The blast injured 20 people.", False),
        ("About 100 ships came.", "In all 105 ships came.", False),
        ("He paid 20 dollars.", "He paid 30 dollars.", False),
        ("They met in 1987.", "They met in 1988.", False),
    ],
)
def test_when_claims_of_number_disagree(one, two, differ):
    assert any(disagree(a, b) for a in claims_in(one) for b in claims_in(two)) == differ


WIRE = (
    "The Aln dam burst on Monday after a week of rain and flooded the two villages below it. Rescue teams in boats "
    "took some hundred people from the roofs of their houses during the night. The river has not been as high for "
    "sixty years, the water authority said. Schools in the valley stay closed until the water has gone down again."
)


def test_copies_of_one_wire_text_count_as_one_source_and_are_said_to_be(hand):
    articles = hand.articles(
        ("a", "Post", "2014-11-04", WIRE),
        ("b", "Herald", "2014-11-04", "ALN (Wire) - " + WIRE + " More soon."),
        (
            "c",
            "Times",
            "2014-11-04",
            "Two villages stand under water since the Aln dam burst on Monday.",
        ),
    )
    mentions = hand.mentions(articles, *((i, "Monday", "2014-11-03") for i in "abc"))
    events = merge(mentions, articles)
    event = holder(events, mentions, "a", "Monday")
    assert event.sources == ["Herald", "Post", "Times"]
    assert event.n_sources == 2
    assert events.attrs["copies"] == [{"article_ids": ["a", "b"], "sources": ["Herald", "Post"]}]


def test_top_events_are_many_sourced_spread_out_and_in_order_of_time(hand):
    told = [
        (
            f"{i}",
            f"S{i}",
            "2014-11-20",
            "The Aln dam burst on 3 November. Police towed a car on 9 November.",
        )
        for i in range(3)
    ]
    told.append(
        (
            "x",
            "X",
            "2014-11-20",
            "A burst of the Aln dam came on 4 November. A cat was found on 10 November.",
        )
    )
    articles = hand.articles(*told)
    found = [(f"{i}", d, e) for i in range(3) for d, e in (("3 November", "2014-11-03"),)]
    found += [
        ("0", "9 November", "2014-11-09"),
        ("x", "4 November", "2014-11-04"),
        ("x", "10 November", "2014-11-10"),
    ]
    events = merge(hand.mentions(articles, *found), articles, window=0)
    top = top_events(events, 2)
    assert top.start.is_monotonic_increasing
    assert next(iter(top.edtf)) == "2014-11-03"
    assert "2014-11-04" not in set(top_events(events, 3).edtf), (
        "the same event on the next day is no second one"
    )
    assert events.salience.max() == 1.0 and events.salience.min() >= 0


def test_the_frame_is_in_the_schema_and_empty_frames_merge():
    events = merge(empty_frame(MENTIONS), empty_frame(ARTICLES))
    assert list(events.columns) == [c.name for c in EVENTS]
    assert len(events) == 0 and len(top_events(events)) == 0


def test_a_missing_column_is_named(dam):
    with pytest.raises(InputError, match="sentence_start"):
        merge(dam[0].drop(columns="sentence_start"), dam[1])


def test_event_ids_do_not_change_when_an_unrelated_article_comes(dam, hand):
    mentions, articles = dam
    more = hand.articles(
        *DAM, ("z", "Zeit", "2014-12-01", "A new opera opened in Rome on 30 November.")
    )
    wider = hand.mentions(more, *FOUND, ("z", "30 November", "2014-11-30"))
    assert set(merge(mentions, articles).event_id) <= set(merge(wider, more).event_id)


PIECES = "on Monday|2014|\n|“|”|said|that|which|(|)|{ad}|after|Weber|he|it|deadline|by|Nov. 24|.|,|and|when|is"
PIECES += '|was killed|—|’s|a pair of|if|"|the fourth such letter|since|12 people|from 3 to 5 May|\u202e|\x00|we will'


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PIECES.split("|")), max_size=40), min_size=1, max_size=3))
def test_any_text_merges_and_every_mention_is_accounted_for(told):
    from merging_frames import articles_frame

    from timeline.merging.fitting import LONGEST
    from timeline.tagging import tag

    articles = articles_frame(
        *((f"{i}", f"S{i}", "2014-11-06", " ".join(t)) for i, t in enumerate(told))
    )
    mentions = tag(articles)
    events = merge(mentions, articles)
    used = [m for ids in events.mention_ids for m in ids]
    left = {u["mention_id"] for u in events.attrs["unused"]}
    assert len(used) == len(set(used)) and not left & set(used)
    assert left | set(used) == set(mentions.mention_id)
    assert all(0 < len(title) <= LONGEST for title in events.title)
    assert events.event_id.is_unique
    assert len(top_events(events, 5)) <= 5


def test_top_events_find_the_days_that_later_articles_come_back_to():
    """A made-up strike of 90 days: 6 great days with bursts of reports, told again later; every day small news."""
    import random

    from merging_frames import articles_frame

    from timeline.dates.calendar import civil_from_days, days_from_civil
    from timeline.tagging import tag

    pick = random.Random(4)
    great = {3: "dockers of Aln walked out", 17: "soldiers shot two dockers", 31: "the harbour master resigned",
             48: "a fire destroyed the customs house", 66: "the union signed a truce", 80: "the port reopened"}  # fmt: skip
    small = ["A crane was painted", "The choir sang in the square", "A ferry ran late", "Gulls were counted", "A shop gave out soup"]  # fmt: skip
    first = days_from_civil(2014, 3, 1)

    def on(day):
        year, month, number = civil_from_days(first + day)
        return f"{number} {('March', 'April', 'May')[month - 3]} {year}"

    told = []
    for day in range(1, 90):
        dct = "{}-{:02}-{:02}".format(*civil_from_days(first + day))
        text = f"{pick.choice(small)} on {on(day - 1)}."
        past = [d for d in great if d < day - 3]
        if past and day % 3 == 0:
            back = pick.choice(past)
            text += f" It was quiet at the quays. On {on(back)} {great[back]}."
        told.append((f"{day:02}", "Post", dct, text))
        if day - 1 in great:
            told += [
                (f"{day:02}{s}", s, dct, f"On {on(day - 1)} {great[day - 1]}, a man at the quays of Aln said.")
                for s in ("Herald", "Times", "Echo")
            ]  # fmt: skip
    articles = articles_frame(*told)
    events = merge(tag(articles), articles)
    chosen = {(day - pd.Timestamp("2014-03-01")).days for day in top_events(events, 8).start}
    assert len(chosen) == 8, "eight different days"
    assert set(great) <= chosen
    assert max(abs(a - b) for a in chosen for b in chosen) > 60, "spread over the story"


def test_progress_counts_every_article_and_ends(dam):
    class Bar:
        done, closed = 0, False

        def update(self, n):
            self.done += n

        def close(self):
            self.closed = True

    bar, totals = Bar(), []
    merge(*dam, progress=lambda total: totals.append(total) or bar)
    assert totals == [4] and bar.done == 4 and bar.closed


def test_a_count_that_papers_disagree_on_is_told_on_one_event():
    from pathlib import Path

    import timeline

    events = timeline.read_story(Path(__file__).parents[2] / "data" / "iran-letters").events
    (told,) = events[events.conflict.str.contains("count differently")].itertuples()
    assert "pair" in told.conflict and "fourth" in told.conflict
    assert not told.dated, "on the letter that the dispute is about, which no words date"


def test_a_lead_in_the_present_perfect_is_of_the_articles_day_not_of_the_year_it_reports_on(one):
    events = one("Brandt Motors has posted a profit for 2013, its first for years.", ("2013", "2013"), dct="2014-11-06")  # fmt: skip
    undated = events[~events.dated]
    assert len(undated) == 1 and "has posted" in undated.citations.iloc[0][0]["sentence"]
    assert undated.edtf.iloc[0] == "../2014-11-06"


def test_a_lead_that_its_own_day_dates_makes_no_second_event(one):
    assert len(one("The Aln dam burst on Monday and flooded two villages.", ("Monday", "2014-11-03"))) == 1  # fmt: skip


def test_a_day_counts_where_it_makes_no_event_too(hand):
    """Two like events; the one whose day other articles come back to in passing ranks first."""
    texts = [
        ("a", "Post", "2014-11-20", "The Unter mine was flooded on 9 November. The Aln dam had burst on 3 November."),
        ("b", "Herald", "2014-11-25", "Nobody in the town hall knows the permits of 3 November, and nobody looks for them."),
        ("c", "Times", "2014-11-26", "A clerk kept the permits of 3 November in a drawer of the town hall."),
    ]  # fmt: skip
    articles = hand.articles(*texts)
    found = [("a", "3 November", "2014-11-03"), ("a", "9 November", "2014-11-09")]
    passing = [(i, "3 November", "2014-11-03") for i in "bc"]
    events = merge(hand.mentions(articles, *found, *passing), articles)
    unused = {u["mention_id"].split(":")[0] for u in events.attrs["unused"]}
    assert unused == {"b", "c"}, "they only modify the permits"
    ranks = {e.edtf: e.salience for e in events.itertuples() if e.dated}
    assert ranks["2014-11-03"] > ranks["2014-11-09"]


def test_top_events_know_the_same_thing_on_the_next_day_by_its_sentence(hand):
    told = [
        ("Dam fails", "2014-11-03", "The old dam above Aln burst after a week of rain and flooded two villages."),
        ("Two villages under water", "2014-11-04", "After a week of rain the old dam above Aln burst; two villages were flooded."),
        ("Choir sings", "2014-11-20", "A choir sang in the square of Aln for the first time since May."),
    ]  # fmt: skip
    from timeline.exchange import read_events

    events = read_events(pd.DataFrame(told, columns=["title", "date", "sentence"]))
    assert "Choir sings" in set(top_events(events, 2).title)
    assert len(top_events(events, 3)) == 2, "the same thing is never told twice"


def test_what_is_due_by_a_month_is_not_each_other_thing_before_it(hand):
    articles = hand.articles(
        ("a", "Post", "2014-11-06", "The inquiry will open on 27 November under a judge, Anna Reyes, of Aln."),
        ("b", "Herald", "2014-11-20", "Anna Reyes, the judge of the Aln inquiry, will deliver a report by December."),
    )  # fmt: skip
    mentions = hand.mentions(
        articles, ("a", "27 November", "2014-11-27"), ("b", "December", "2014-12")
    )
    events = merge(mentions, articles)
    assert not any(len(event.sources) > 1 for event in events.itertuples())


def test_a_wire_printed_again_a_day_later_means_the_same_night():
    text = (
        "Deputy minister Santos Alvite arrived in Caracas on Tuesday night for talks on an aid plan for his country. "
        "He met the oil minister of Venezuela and a dozen bankers, and he leaves again tomorrow, officials said here."
    )
    articles = articles_frame(
        ("a", "Post", "2014-11-05", text), ("b", "Herald", "2014-11-06", text)
    )
    found = (("a", "tomorrow", "2014-11-06"), ("b", "tomorrow", "2014-11-07"))
    events = merge(mentions_frame(articles, *found), articles)
    leaving = [e for e in events.itertuples() if e.mention_ids]
    assert [(e.edtf, e.conflict, e.n_sources) for e in leaving] == [("2014-11-06", "", 1)]
    assert "first copy" in leaving[0].citations[1]["how"]
