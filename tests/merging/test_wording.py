"""Kind, status and attribution from the wording of one sentence. Sentences of our own, read by hand."""

import pytest

CASES = [
    # text, expression, EDTF, kind, status, attribution
    ("The dam broke on Monday.", "Monday", "2014-11-03", "happening", "reported", ""),
    ("Weber said on Monday that taxes would fall.", "Monday", "2014-11-03", "statement", "reported", ""),
    ("The town will vote on 24 November.", "24 November", "2014-11-24", "plan", "planned", ""),
    ("The firm plans to open a mine in 2016.", "2016", "2016", "plan", "planned", ""),
    ("The firm must publish its accounts by 24 November.", "24 November", "2014-11-24", "deadline", "planned", ""),
    ("Talks go on before a deadline of 24 November.", "24 November", "2014-11-24", "deadline", "planned", ""),
    ("The ultimatum to the rebels expires on 24 November.", "24 November", "2014-11-24", "deadline", "planned", ""),
    ("The ship sank on Monday, according to the coast guard.", "Monday", "2014-11-03", "happening", "claimed", "Coast guard"),
    ("Ministers said the ship sank in 2009.", "2009", "2009", "happening", "claimed", "Ministers"),
    ("The ship reportedly sank in 2009.", "2009", "2009", "happening", "unconfirmed", ""),
    ("The minister denied that he met the banker in 2009.", "2009", "2009", "happening", "denied", "Minister"),
    ("If the vote fails in December, the mayor will resign.", "December", "2014-12", "plan", "conditional", ""),
    ("The road was closed from 3 May to 31 May.", "from 3 May to 31 May", "2014-05-03/2014-05-31", "period", "reported", ""),
]  # fmt: skip


@pytest.mark.parametrize("text, expression, edtf, kind, status, attribution", CASES)
def test_kind_status_and_attribution(one, text, expression, edtf, kind, status, attribution):
    events = one(text, (expression, edtf))
    row = next(e for e in events.itertuples() if e.mention_ids)
    assert (row.kind, row.status, row.attribution) == (kind, status, attribution)


UNUSED = [
    ("He wrote for three days.", "three days", {"type": "DURATION"}, "nothing anchors"),
    ("The board meets every other Thursday.", "every other Thursday", {"type": "SET"}, "nothing anchors"),
    ("The mill’s profit rose 12% from a year earlier.", "a year earlier", {"edtf": "2013"}, "compares"),
    ("Sales fell compared with the same period last year.", "the same period last year", {"edtf": "2013"}, "compares"),
    ("Fares are higher than in May 2013.", "May 2013", {"edtf": "2013-05"}, "compares"),
    ("Unemployment fell to 5.0% from 5.2% in May.", "May", {"edtf": "2014-05"}, "compares"),
    ("ALN, Nov. 5 (Valley Wire) - The council has chosen a mayor.", "Nov. 5", {"edtf": "2014-11-05"}, "dateline"),
    ("The fire broke out at noon and not on 4 November.", "4 November", {"edtf": "2014-11-04"}, "not to be the date"),
    ("They meet every Tuesday.", "every Tuesday", {"type": "SET"}, "nothing anchors"),
    ("The 2009 letters were kind.", "2009", {"edtf": "2009"}, "only modifies 'letters'"),
    ("Please support our journalism by Friday.", "Friday", {"edtf": "2014-11-07"}, "appeal"),
    ("It came three days later than planned.", "three days later", {"edtf": "2014-11-03"}, "compares"),
    ("Nobody knows who signed the permit of May 2008.", "May 2008", {"edtf": "2008-05"}, "only modifies 'permit'"),
    ("Some day he left.", "Some day", {"problem": "no year"}, "no year"),
]  # fmt: skip


@pytest.mark.parametrize("text, expression, columns, reason", UNUSED)
def test_a_mention_that_dates_nothing_stays_with_its_reason(one, text, expression, columns, reason):
    events = one(text, (expression, columns.pop("edtf", ""), columns))
    assert not any(events.mention_ids)
    (left,) = events.attrs["unused"]
    assert reason in left["reason"]


@pytest.mark.parametrize(
    "text, expression, edtf, value",
    [
        ("The pumps have run since 3 November.", "3 November", "2014-11-03", "2014-11-03/.."),
        ("Engineers hope to stop the leak before Christmas.", "Christmas", "2014-12-25", "../2014-12-24"),
        ("The court will not sit before 24 November.", "24 November", "2014-11-24", "2014-11-24/.."),
    ],
)  # fmt: skip
def test_the_words_before_a_time_bound_it(one, text, expression, edtf, value):
    events = one(text, (expression, edtf))
    assert [e.edtf for e in events.itertuples() if e.mention_ids] == [value]


def test_a_sentence_with_two_times_holds_two_events(one):
    events = one(
        "The mine opened in 1987 and the last miners left in 2009.",
        ("1987", "1987"),
        ("2009", "2009"),
    )
    assert list(events.title) == ["Mine opened", "Last miners left"]
    assert list(events.edtf) == ["1987", "2009"]


def test_verbs_that_share_a_modal_have_each_its_own_time(one):
    text = "The permit would take effect on 24 November and expire in 2016."
    events = one(text, ("24 November", "2014-11-24"), ("2016", "2016"))
    assert list(events.title) == ["Permit would take effect", "Permit would expire"]


def test_a_day_and_its_hour_in_one_clause_are_one_event(one):
    events = one(
        "The train left on Monday at noon.", ("Monday", "2014-11-03"), ("noon", "2014-11-03T12:00")
    )
    assert len(events) == 1 and len(events.mention_ids[0]) == 2


def test_the_lead_is_an_event_even_without_a_date(one):
    events = one("Rebels have taken the northern port of Aln. It was quiet.")
    row = events.iloc[0]
    assert (row.title, row.edtf, row.dated) == (
        "Rebels have taken the northern port of Aln",
        "../2014-11-06",
        False,
    )


def test_without_a_publication_date_the_lead_has_no_bound(one):
    events = one("Rebels have taken the northern port of Aln.", dct="")
    assert (events.edtf[0], events.dated[0]) == ("", False)


def test_a_headline_is_not_the_lead(one):
    events = one("Port Falls to Rebels in the North\n\nRebels have taken the port of Aln at night.")
    assert list(events.title) == ["Rebels have taken the port of Aln"]


def test_a_refusal_to_confirm_marks_the_lead(one):
    events = one(
        "The bank has sold its gold to a foreign fund. The ministry would not confirm the sale of the gold."
    )
    assert events.status[0] == "unconfirmed"


def test_what_came_before_a_dated_event_is_bounded_by_it(one):
    events = one(
        "The strike began on Monday after the owner told Reuters that wages would fall.",
        ("Monday", "2014-11-03"),
    )
    before = events[~events.dated].iloc[0]
    assert before.edtf == "../2014-11-03"
    assert before.title.startswith("Owner told Reuters")


def test_a_sentence_without_an_end_is_cut_between_words():
    from timeline.merging.sentences import LONGEST, split_sentences

    text = "the man left after Bob said on Monday " * 400
    pieces = split_sentences(text)
    assert max(len(p.text) for p in pieces) <= LONGEST
    assert " ".join(p.text for p in pieces) == text.strip(), "no word is lost or broken"
    assert all(text[p.start : p.stop] == p.text for p in pieces)


def test_a_plan_in_the_lead_lies_after_its_article(one):
    events = one("The city will build a new bridge over the Aln. It was quiet.")
    assert (events.edtf[0], events.dated[0], events.status[0]) == (
        "2014-11-06/..",
        False,
        "planned",
    )


def test_a_headline_tells_its_lead_again(one):
    text = "Rebels take port of Aln\n\nRebels have taken the northern port of Aln at night."
    (event,) = one(text).itertuples()
    assert [c["sentence"] for c in event.citations][1:] == ["Rebels take port of Aln"]


@pytest.mark.parametrize("dct", ["20141106", "2014-11-06T23:30:00", "2014-11-06"])
def test_every_form_of_publication_date_that_is_tagged_is_merged(one, dct):
    events = one("Rebels have taken the northern port of Aln. It was quiet.", dct=dct)
    assert list(events.edtf) == ["../2014-11-06"]


SHARED = [
    ("The dam burst on Monday and was repaired on Thursday.", ["Dam burst", "Dam was repaired"]),
    ("Police arrested two men suspected of fraud on Monday. It was Thursday.", ["Police arrested two men suspected of fraud"]),
    ("The work was not completed until Monday. On Thursday it rained.", ["Work was not completed until Monday"]),
]  # fmt: skip


@pytest.mark.parametrize("text, titles", SHARED)
def test_each_verb_has_the_time_that_is_its_own(one, text, titles):
    events = one(text, ("Monday", "2014-11-03"), ("Thursday", "2014-11-06"))
    assert list(events.title)[: len(titles)] == titles
    assert events.kind[0] == "happening" and events.edtf[0] == "2014-11-03"


def test_a_pronoun_stays_where_nobody_is_sure(one):
    text = "The weather was bad in the hills. They left the camp on Monday."
    assert "They left the camp" in set(one(text, ("Monday", "2014-11-03")).title)
