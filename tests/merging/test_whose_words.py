"""Whose words a sentence's are, and what its time dates: what a first reader found told falsely. Sentences of our own."""

import pytest
from merging_frames import articles_frame

from timeline.merging import merge
from timeline.tagging import tag


def told(events):
    """Date, title, attribution and status of what the mentions date."""
    return [
        (e.edtf, e.title, e.attribution, e.status) for e in events.itertuples() if e.mention_ids
    ]


@pytest.mark.parametrize(
    "text, first, title",
    [
        (
            "The no-anchor rule of Oct. 2 was dropped in the bay on Nov. 3.",
            "Oct. 2",
            "No-anchor rule of Oct. 2 was dropped in the bay",
        ),
        (
            "The quake of Oct. 2 was felt again in the valley on Nov. 3.",
            "Oct. 2",
            "Quake of Oct. 2 was felt again in the valley",
        ),
    ],
)
def test_the_date_of_a_noun_is_not_that_of_what_befell_it_later(one, text, first, title):
    events = one(text, (first, "2014-10-02"), ("Nov. 3", "2014-11-03"))
    assert told(events) == [("2014-11-03", title, "", "reported")]
    assert [u["reason"].split("'")[0] for u in events.attrs["unused"]] == ["only modifies "]


def test_what_accusers_say_without_that_is_theirs_in_both_its_verbs(one):
    text = "Inspectors say the owners noticed on 2 October that a winch had cracked and had it painted over on 3 October."
    assert told(one(text, ("2 October", "2014-10-02"), ("3 October", "2014-10-03"))) == [
        ("2014-10-02", "Owners noticed that a winch had cracked", "Inspectors", "claimed"),
        ("2014-10-03", "Owners had it painted over", "Inspectors", "claimed"),
    ]


@pytest.mark.parametrize(
    "text, title, speaker",
    [
        (
            '"It\'s a scandal," said Ines Corral. "My sister works in the port. The crew left on Monday."',
            "Crew left",
            "Ines Corral",
        ),
        (
            '"We sat in the dark," Ms. Corral said. "The crew left on Monday."',
            "Ms. Corral said “The crew left on Monday”",
            "Ms. Corral",
        ),
        (
            'Ms. Corral said: "We sat in the dark. The crew left on Monday."',
            "Crew left",
            "Ms. Corral",
        ),
        (
            'Ms. Corral said: "The crew left on Monday."',
            "Ms. Corral said “The crew left on Monday”",
            "Ms. Corral",
        ),
    ],
)
def test_the_whole_of_a_quotation_is_its_speakers(one, text, title, speaker):
    assert told(one(text, ("Monday", "2014-11-03"))) == [("2014-11-03", title, speaker, "claimed")]


def test_what_is_said_after_a_quotation_is_not_its_speakers(one):
    text = '"We sat in the dark," Ms. Corral said. The crew left on Monday.'
    assert told(one(text, ("Monday", "2014-11-03"))) == [
        ("2014-11-03", "Crew left", "", "reported")
    ]


def test_the_name_that_an_aside_describes_is_the_subject(one):
    text = "Ines Corral, a lawyer elected in 2011, said she would leave the council on 9 November."
    assert told(one(text, ("2011", "2011"), ("9 November", "2014-11-09"))) == [
        ("2011", "Ines Corral elected", "", "reported"),
        ("2014-11-09", "Ines Corral would leave the council", "Ines Corral", "planned"),
    ]


def test_a_paper_does_not_say_itself_that_it_was_published(one):
    text = "The crew hid the leak, according to a court file unsealed on Monday."
    assert told(one(text, ("Monday", "2014-11-03"))) == [
        ("2014-11-03", "Court file unsealed", "", "reported")
    ]


@pytest.mark.parametrize(
    "text, title",
    [
        (
            "The people on the quay were told on Monday that they could fish.",
            "People on the quay were told that they could fish",
        ),
        (
            "A young miller who ate the bread for a week before the mayor's warning died at home on Monday.",
            "Young miller died at home",
        ),
        (
            "Ms. Corral rang the bell shortly after 6 a.m. She left the port on Monday.",
            "Corral left the port",
        ),
    ],
)
def test_who_was_told_who_died_and_who_left(one, text, title):
    assert [t[1] for t in told(one(text, ("Monday", "2014-11-03")))] == [title]


def test_an_aside_keeps_neither_the_subject_nor_its_own_object(one):
    text = "Ms. Corral said on Monday that the levy, which she had meant to drop on 9 October, would stay until 9 December."
    found = one(
        text, ("Monday", "2014-11-03"), ("9 October", "2014-10-09"), ("9 December", "2014-12-09")
    )
    assert sorted(t[1] for t in told(found)) == [
        "Levy would stay",
        "Ms. Corral had meant to drop the levy",
        "Ms. Corral said that the levy would stay",
    ]


def test_whom_an_aside_without_commas_is_about_is_its_object(one):
    text = "The miller whom the police held in March was freed on Monday."
    found = one(text, ("March", "2014-03"), ("Monday", "2014-11-03"))
    assert [t[1] for t in told(found)] == ["Police held the miller", "Miller was freed"]


@pytest.mark.parametrize(
    "text, title",
    [
        ("Al Orr, 52, and Bo Dent, 44, were freed on Monday.", "Al Orr and Bo Dent were freed"),
        (
            "Al Orr, 52, Cy Hale, 30, and Bo Dent, 44, were freed on Monday.",
            "Al Orr, Cy Hale and Bo Dent were freed",
        ),
        ("Al Orr, 52, was freed on Monday.", "Al Orr was freed"),
        ("The crew had heard of the leak only on Monday.", "Crew had heard of the leak"),
    ],
)
def test_all_who_are_named_are_the_subject_and_no_end_is_loose(one, text, title):
    assert [t[1] for t in told(one(text, ("Monday", "2014-11-03")))] == [title]


def titles_as_tagged(text):
    """The titles of the events that merging makes of what tagging finds, the undated ones too."""
    articles = articles_frame(("a", "A", "2014-11-06", text))
    return [e.title for e in merge(tag(articles), articles).itertuples()]


def test_a_length_of_time_leaves_no_than_behind():
    text = "The port means to open the quay on Nov. 20, two weeks later than planned."
    assert titles_as_tagged(text) == ["Port means to open the quay"]


def test_a_length_of_time_does_not_stay_without_what_it_counts_to():
    text = "The harbour chief of a northern town left on Wednesday, a day after letters showed that his clerks had been warned three days before fishermen were told to keep their boats in the port."
    assert "Letters showed that his clerks had been warned" in titles_as_tagged(text)


def test_the_results_of_a_quarter_are_no_event_of_it():
    assert titles_as_tagged("Mill reports third-quarter results") == []


def test_what_joins_two_nouns_does_not_begin_the_clause_of_saying(one):
    text = "Ten miners fell ill with fever and skin burns on Monday, the county said."
    assert told(one(text, ("Monday", "2014-11-03"))) == [
        ("2014-11-03", "Ten miners fell ill with fever and skin burns", "County", "claimed")
    ]


def test_what_something_is_now_is_not_of_the_day_that_names_it(one):
    events = one("The alarm on 2 October is now a riddle to all.", ("2 October", "2014-10-02"))
    assert told(events) == []
    assert [u["reason"] for u in events.attrs["unused"]] == ["only modifies 'alarm'"]


def test_a_name_reports_what_a_hyphened_word_begins(one):
    text = "Corral Steel, under pressure from its owners, reports half-year figures on 9 November."
    assert [t[1] for t in told(one(text, ("9 November", "2014-11-09")))] == [
        "Corral Steel reports half-year figures"
    ]
