"""An event that a story recalls by one noun, and sentences of further articles that tell an event without a date."""

import pytest
from merging_frames import articles_frame, mentions_frame

from timeline.merging import merge, top_events

FERRY = (
    ("a", "Post", "2014-11-04", "The ferry Astra sank off Corran on Monday, and 31 people drowned. The sinking shocked Corran."),
    ("b", "Herald", "2014-11-05", "Divers found the ferry. The sinking on Monday killed at least 30 people, the harbour master said."),
    ("c", "Times", "2014-11-06", "Corran mourned its dead. Schools stayed closed because of Monday's sinking, the council said."),
    ("d", "Echo", "2014-11-20", "The minister visited Corran. Relatives of those lost in the sinking asked him for help."),
    ("e", "Star", "2014-10-20", "A play about the sinking of the Titanic opened in Corran."),
)  # fmt: skip
SANK = [
    ("a", "Monday", "2014-11-03"),
    ("b", "Monday", "2014-11-03"),
    ("c", "Monday's", "2014-11-03"),
]


def articles_of(event):
    return {c["article_id"] for c in event.citations}


def sinking(events):
    return next(e for e in events.itertuples() if "a" in articles_of(e) and e.edtf == "2014-11-03")


def test_a_noun_that_articles_date_to_one_day_brings_its_tellings_together():
    articles = articles_frame(*FERRY)
    event = sinking(merge(mentions_frame(articles, *SANK), articles))
    assert articles_of(event) >= {"a", "b", "c"}
    assert event.sources == ["Echo", "Herald", "Post", "Times"]


def test_a_later_article_that_names_it_without_a_date_is_cited_and_an_earlier_one_is_not():
    articles = articles_frame(*FERRY)
    event = sinking(merge(mentions_frame(articles, *SANK), articles))
    again = [c for c in event.citations if c["article_id"] == "d"]
    assert [(c["expression"], c["when"]) for c in again] == [("", "not dated")]
    assert "Relatives of those lost in the sinking" in again[0]["sentence"]
    assert "e" not in articles_of(event)


def test_a_noun_that_happens_on_several_days_recalls_none_of_them():
    articles = articles_frame(
        ("a", "Post", "2014-11-04", "A fire destroyed the mill in Ard on Monday. Nobody was hurt."),
        ("b", "Herald", "2014-11-12", "Police are at a loss. A fire burnt down a barn at Bree on Tuesday."),
        ("c", "Times", "2014-11-20", "Guards patrol the port. A fire gutted two boats in Coll on Wednesday."),
        ("d", "Echo", "2014-11-21", "The minister spoke of the fire and of the farmers' fears."),
    )  # fmt: skip
    found = [
        ("a", "Monday", "2014-11-03"),
        ("b", "Tuesday", "2014-11-11"),
        ("c", "Wednesday", "2014-11-19"),
    ]
    events = merge(mentions_frame(articles, *found), articles)
    dated = [e for e in events.itertuples() if e.dated]
    assert sorted(e.edtf for e in dated) == ["2014-11-03", "2014-11-11", "2014-11-19"]
    assert all(e.n_sources == 1 for e in dated)


BID = (
    ("a", "Post", "2014-11-04", "Orbis offered 52 crowns a share for Halden Airways on Monday. Halden has 30 planes."),
    ("b", "Herald", "2014-11-08", "Halden rejected the bid. Orbis offered 52 crowns a share in cash for Halden."),
    ("c", "Times", "2014-11-09", "Analysts of the port wait for the figures of the third quarter. Orbis might have offered 52 crowns a share for Halden if it had the cash."),
    ("d", "Echo", "2014-11-09", "Halden flies to Oslo. Its planes are old, and its shares have fallen."),
)  # fmt: skip


@pytest.mark.parametrize(("article", "cited"), [("b", True), ("c", False), ("d", False)])
def test_a_sentence_with_the_same_deed_names_and_numbers_tells_it_again_unless_it_only_supposes(
    article, cited
):
    articles = articles_frame(*BID)
    events = merge(mentions_frame(articles, ("a", "Monday", "2014-11-03")), articles)
    event = next(e for e in events.itertuples() if e.edtf == "2014-11-03")
    assert (article in articles_of(event)) is cited


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Norra stopped its exports on Friday due to an earthquake on Thursday that damaged its port.", "Earthquake damaged its port"),
        ("Aid is on its way to the region hit by last week's earthquake.", "Earthquake"),
        ("Police are looking for the victims of Thursday's explosion at the mill.", "Explosion at the mill"),
    ],
)  # fmt: skip
def test_a_time_beside_the_noun_of_an_event_dates_the_noun_and_not_the_clause(text, title):
    words = next(x for x in ("last week", "Thursday's", "Thursday") if x in text)
    articles = articles_frame(("a", "Post", "2014-11-07", f"Norra has asked for help. {text}"))
    edtf = "[2014-10-27..2014-11-02]" if words == "last week" else "2014-11-06"
    events = merge(mentions_frame(articles, ("a", words, edtf)), articles)
    assert [e.title for e in events.itertuples() if e.edtf == edtf] == [title]


def test_top_events_stand_in_order_of_time_whether_or_not_words_date_them():
    articles = articles_frame(
        ("a", "Post", "2014-11-04", "Halden Airways has sold its ferries to Orbis."),
        ("b", "Herald", "2014-11-20", "A storm closed the port of Bree on Wednesday."),
    )
    events = merge(mentions_frame(articles, ("b", "Wednesday", "2014-11-19")), articles)
    assert [bool(x) for x in top_events(events, 2)["dated"]] == [False, True]


def test_leads_without_dates_are_among_the_top_events_on_their_articles_days():
    articles = articles_frame(
        *((f"a{n}", f"Paper {n}", "2014-11-04", f"Halden Airways has sold its {n} ferries to Orbis.") for n in range(3)),
        ("b", "Post", "2014-11-20", "The weather is fine. Halden was founded on 3 May 1911."),
    )  # fmt: skip
    events = merge(mentions_frame(articles, ("b", "3 May 1911", "1911-05-03")), articles)
    top = top_events(events, 1)
    assert list(top["title"].str.startswith("Halden Airways has sold")) == [True]


def test_one_day_has_one_top_event_although_no_words_date_some_of_them():
    articles = articles_frame(
        ("a", "Post", "2014-11-04", "Halden Airways has sold its ferries to Orbis."),
        ("b", "Herald", "2014-11-04", "A storm has closed the port of Bree."),
        ("c", "Times", "2014-11-09", "The council of Ard has met its mayor."),
    )
    top = top_events(merge(mentions_frame(articles), articles), 2)
    assert list(top["stop"]) == sorted(top["stop"])
    assert sorted({c["article_id"] for e in top.itertuples() for c in e.citations}) in (
        ["a", "c"],
        ["b", "c"],
    )


def test_what_lasts_since_a_day_when_something_came_is_told_by_what_came():
    articles = articles_frame(
        ("a", "Post", "2014-11-07", "Water has been flowing in Corran since Monday, when the council lifted its ban."),
        ("b", "Herald", "2014-11-12", "The council lifted its ban on water in Corran on November 4."),
    )  # fmt: skip
    found = [("a", "Monday", "2014-11-03"), ("b", "November 4", "2014-11-04")]
    events = merge(mentions_frame(articles, *found), articles)
    (event,) = events[events["dated"]].itertuples()
    assert "Council lifted its ban" in event.title
    assert {a["edtf"] for a in event.alternatives} == {"2014-11-03", "2014-11-04"}


def test_a_verb_with_its_particle_is_one_deed():
    articles = articles_frame(
        ("a", "Post", "2014-11-07", "Otto Reim, the head of Varn, stepped down on Thursday."),
        ("b", "Herald", "2014-11-12", "Otto Reim resigned as head of Varn on November 6."),
    )
    found = [("a", "Thursday", "2014-11-06"), ("b", "November 6", "2014-11-06")]
    (event,) = merge(mentions_frame(articles, *found), articles).itertuples()
    assert event.n_sources == 2


def test_what_came_before_is_bounded_by_the_clause_that_it_came_before():
    articles = articles_frame(
        ("a", "Post", "1987-10-20", "Norra stopped its oil exports, which had risen in 1986, in May after a quake broke its pipeline."),
    )  # fmt: skip
    found = [("a", "1986", "1986"), ("a", "in May", "1987-05")]
    events = merge(mentions_frame(articles, *found), articles)
    (quake,) = [e for e in events.itertuples() if e.title.startswith("Quake broke")]
    assert quake.edtf != "../1986"


def test_votes_that_cannot_both_have_come_are_put_beside_each_other():
    articles = articles_frame(
        ("a", "Post", "2014-11-05", "The council of Corran voted 9-4 on Tuesday to end the contract."),
        ("b", "Herald", "2014-11-05", "The council of Corran voted 8 to 5 on Tuesday to end the contract."),
    )  # fmt: skip
    found = [("a", "Tuesday", "2014-11-04"), ("b", "Tuesday", "2014-11-04")]
    (event,) = merge(mentions_frame(articles, *found), articles).itertuples()
    assert "9-4" in event.conflict and "8-5" in event.conflict


def test_a_denial_of_something_else_is_none_of_the_lead():
    text = "Corran must wait two weeks longer for water, officials said on Friday. The head of Orbis denied that it had known of a leak at its depot."
    articles = articles_frame(("a", "Post", "2014-11-08", text)).assign(
        title="Water: ban extended as boss denies leak"
    )
    events = merge(mentions_frame(articles, ("a", "Friday", "2014-11-07")), articles)
    assert "denied" not in set(events["status"])


def test_what_lasts_since_a_day_is_not_what_was_said_on_it():
    articles = articles_frame(
        ("a", "Post", "2014-11-04", "Officials told 900 people in Corran on Monday not to drink tap water."),
        ("b", "Herald", "2014-11-05", "The governor came on Tuesday, a day after the 900 people in Corran were told not to drink water."),
        ("c", "Times", "2014-11-20", "The minister is at a loss. The 900 people in Corran have been without water since Nov. 3."),
    )  # fmt: skip
    found = [
        ("a", "Monday", "2014-11-03"),
        ("b", "Tuesday", "2014-11-04"),
        ("c", "since Nov. 3", "2014-11-03/.."),
    ]
    events = merge(mentions_frame(articles, *found), articles)
    told = next(e for e in events.itertuples() if "a:" in " ".join(e.mention_ids))
    assert (told.edtf, told.kind) == ("2014-11-03", "statement")


def test_people_treated_since_a_warning_are_not_of_the_day_of_the_warning():
    articles = articles_frame(
        ("a", "Post", "2014-11-20", "The ban goes on. More than 240 people have been treated in Corran since the mayor's warning on 3 November."),
    )  # fmt: skip
    events = merge(mentions_frame(articles, ("a", "3 November", "2014-11-03")), articles)
    (event,) = [e for e in events.itertuples() if e.mention_ids]
    assert event.title == "Mayor's warning"


def test_what_was_written_by_night_of_an_alarm_does_not_put_the_alarm_into_the_night():
    articles = articles_frame(
        ("a", "Post", "2014-11-20", "The warrant is public. An alarm at the Corran plant sounded on November 3."),
        ("b", "Herald", "2014-11-20", "The emails show that a guard at the Corran plant wrote on the night of November 3 that an alarm had gone off."),
    )  # fmt: skip
    night = "[2014-11-03T18:00..2014-11-04T05:59]"
    found = [("a", "November 3", "2014-11-03"), ("b", "the night of November 3", night)]
    events = merge(mentions_frame(articles, *found), articles)
    alarm = next(e for e in events.itertuples() if "sounded" in e.title)
    assert alarm.edtf == "2014-11-03"
