"""Titles that must not say what the text does not: quotations, who did it, who says so. Sentences of our own."""

import pytest


def titles(events):
    """The titles of what the mentions date; a lead may be told once more, without a date."""
    return [e.title for e in events.itertuples() if e.mention_ids]


@pytest.mark.parametrize(
    "text, expression, edtf, title",
    [
        (
            'Ms. Hale said on Monday she could "no longer lead the union as it deserves."',
            "Monday",
            "2014-11-03",
            'Ms. Hale said she could "no longer lead the union as it deserves"',
        ),
        (
            'The diver wrote to the harbour board on 4 November, describing "frequent and unexplained faults in the winch."',
            "4 November",
            "2014-11-04",
            "Diver wrote to the harbour board",
        ),
    ],
)
def test_a_quotation_is_whole_or_left_out(one, text, expression, edtf, title):
    assert titles(one(text, (expression, edtf))) == [title]


def test_a_quotation_that_goes_on_with_a_clause_keeps_its_subject(one):
    text = 'His lawyer said on Monday that Mr. Hale "never saw any memo."'
    (title,) = titles(one(text, ("Monday", "2014-11-03")))
    assert title == 'His lawyer said that Mr. Hale "never saw any memo"'


def test_she_is_not_the_captain_where_a_ship_is_spoken_of(one):
    text = "The captain of the Lady Ann told a court the trawler's engine failed just before she hit a rock on 1 November."
    (title,) = titles(one(text, ("1 November", "2014-11-01")))
    assert "aptain" not in title
    assert title == "She hit a rock"


def test_it_is_the_firm_that_speaks_and_not_whoever_was_spoken_of_before(one):
    text = "The tug crew went home. Hollin Lines, which owns the pier, said it would mend the pier on 9 November."
    assert titles(one(text, ("9 November", "2014-11-09"))) == ["Hollin Lines would mend the pier"]


def test_it_stays_where_the_speaker_may_be_a_person(one):
    text = "The dam is old. Ortega said it would rain on 9 November."
    (title,) = titles(one(text, ("9 November", "2014-11-09")))
    assert title == "It would rain"


def test_his_lawyer_is_that_of_the_man_named_last(one):
    text = (
        "Ann Orr, the engineer, spoke to Ben Orr. Mr. Hale is ill. His lawyer resigned on Monday."
    )
    assert titles(one(text, ("Monday", "2014-11-03"))) == ["Hale’s lawyer resigned"]


def test_what_an_engineer_does_is_not_done_by_his_firm(one):
    text = (
        "A former engineer at Hollin Lines warned the company on Monday that the steering gear of the tug "
        "Lady Ann was failing and must be mended."
    )
    (title,) = titles(one(text, ("Monday", "2014-11-03")))
    assert title.startswith("Former engineer at Hollin Lines warned")


def test_what_somebody_says_that_he_did_does_not_take_the_deed_of_the_sentence(one):
    text = "Ann Orr, the engineer who says she warned the firm, testified on Monday."
    (title,) = titles(one(text, ("Monday", "2014-11-03")))
    assert "warned" not in title
    assert title.endswith("testified")


def test_who_says_so_is_empty_unless_all_have_it_from_the_same(hand):
    from timeline.merging import merge

    told = [
        "The tug Lady Ann struck the stone pier at Hollin on Monday.",
        "Captain Ewan Hale said the tug Lady Ann struck the stone pier at Hollin on Monday.",
    ]
    articles = hand.articles(*[(f"a{n}", f"S{n}", "2014-11-06", t) for n, t in enumerate(told)])
    found = [(f"a{n}", "Monday", "2014-11-03") for n in range(2)]
    events = merge(hand.mentions(articles, *found), articles)
    struck = [e for e in events.itertuples() if e.n_sources == 2]
    assert [e.attribution for e in struck] == [""]


STATES = [
    "Two of the wounded miners remained in serious condition at the Hollin hospital on 3 November.",
    "Another wounded miner remained in serious condition at the Hollin hospital on 5 November.",
]
OTHERS = [
    "A wounded miner died of burns at the Hollin hospital on 3 November.",
    "Another wounded miner died of burns at the Hollin hospital on 5 November.",
]


@pytest.mark.parametrize("told", [STATES, [STATES[1], STATES[1].replace("5", "3")], OTHERS])
def test_a_state_and_another_man_are_no_rivals(hand, told):
    from timeline.merging import merge

    days = [next(d for d in ("3 November", "5 November") if d in text) for text in told]
    articles = hand.articles(*[(f"a{n}", f"S{n}", "2014-11-06", t) for n, t in enumerate(told)])
    found = [(f"a{n}", day, f"2014-11-0{day[0]}") for n, day in enumerate(days)]
    events = merge(hand.mentions(articles, *found), articles)
    assert list(events["conflict"]) == ["", ""]


def test_one_who_hits_a_pier_strikes_it(hand):
    from timeline.merging import merge

    told = [
        ("The Maid of Ardle hit the pier on 3 November with 84 people aboard.", "3 November"),
        ("The trawler Maid of Ardle struck the stone pier on 4 November.", "4 November"),
    ]
    articles = hand.articles(
        *[(f"a{n}", f"S{n}", "2014-11-06", t) for n, (t, _) in enumerate(told)]
    )
    found = [(f"a{n}", day, f"2014-11-0{day[0]}") for n, (_, day) in enumerate(told)]
    events = merge(hand.mentions(articles, *found), articles)
    assert len(events) == 1
    assert {a["edtf"] for a in events["alternatives"][0]} == {"2014-11-03", "2014-11-04"}


def test_a_verb_keeps_its_particle_at_a_cut(one):
    text = (
        "The public hearing on the mine has been put off until 9 November because the flight recorder of the "
        "lost helicopter is still being read, the court's secretary said on Monday."
    )
    found = titles(one(text, ("9 November", "2014-11-09"), ("Monday", "2014-11-03")))
    assert found
    assert not [t for t in found if "put off" not in t]


@pytest.mark.parametrize(
    "text, edtfs",
    [
        ("The hearings are to run from 9 November to 21 November.", ["2014-11-09/2014-11-21"]),
        ("The vote was moved from 9 November to 21 November.", ["2014-11-09", "2014-11-21"]),
    ],
)
def test_from_one_day_to_another_is_one_stretch_where_it_lasts(one, text, edtfs):
    events = one(text, ("9 November", "2014-11-09"), ("21 November", "2014-11-21"))
    assert [e.edtf for e in events.itertuples() if e.mention_ids] == edtfs
