"""Titles: the clause that the time belongs to, with subject and verb, and without the time. Sentences of our own."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.merging.clauses import parse
from timeline.merging.fitting import LONGEST, fit
from timeline.merging.sentences import split_sentences

# text, time expression, its EDTF, title
TITLES = [
    # plain clauses: the time and its preposition go, whatever stands first
    ("The dam broke on Monday.", "Monday", "2014-11-03", "Dam broke"),
    ("On Monday the dam broke.", "Monday", "2014-11-03", "Dam broke"),
    ("In May 2013, voters chose a new mayor.", "May 2013", "2013-05", "Voters chose a new mayor"),
    ("Police arrested two men on 3 November in Leeds.", "3 November", "2014-11-03", "Police arrested two men in Leeds"),
    ("Maria Lopez, the deputy mayor, resigned on Monday.", "Monday", "2014-11-03", "Maria Lopez resigned"),
    # the clause with the time, not the one beside it
    ("The bridge was closed in 2009 and the town lost its market.", "2009", "2009", "Bridge was closed"),
    ("The ferry, which was built in 1987, sank on Monday.", "1987", "1987", "Ferry was built"),
    ("The ferry, which was built in 1987, sank on Monday.", "Monday", "2014-11-03", "Ferry sank"),
    ("The treaty, signed on Monday in Geneva, ends a long war.", "Monday", "2014-11-03", "Treaty signed in Geneva"),
    ("Prices have doubled since the mine closed in 2009.", "2009", "2009", "Mine closed"),
    # what was said, and who said it
    ("Chancellor Weber said on Monday that taxes would fall.", "Monday", "2014-11-03", "Chancellor Weber said that taxes would fall"),
    ("Ministers said the tunnel would open in 2016.", "2016", "2016", "Tunnel would open"),
    ("Two miners died in the shaft, police said on Monday.", "Monday", "2014-11-03", "Police said two miners died in the shaft"),
    ("“We will rebuild every house,” Weber said on Monday.", "Monday", "2014-11-03", "Weber said “We will rebuild every house”"),
    # a noun that only says when goes with the time
    ("Unions walked out on Monday ahead of the pay deadline.", "Monday", "2014-11-03", "Unions walked out"),
    # who "he", "she", "it" and "the mayor" are
    ("Mayor Ana Ruiz is popular. She won the vote on Monday.", "Monday", "2014-11-03", "Ruiz won the vote"),
    ("Mayor Ana Ruiz is popular. The mayor won the vote on Monday.", "Monday", "2014-11-03", "Ruiz won the vote"),
    ("General Brown denied the report. He left the country on Monday.", "Monday", "2014-11-03", "Brown left the country"),
    ("Norwegian Air lost money. It cut 300 jobs on Monday.", "Monday", "2014-11-03", "Norwegian Air cut 300 jobs"),
    # attribution tails and lead-ins go
    ("The king left on Monday, according to two officials.", "Monday", "2014-11-03", "King left"),
    ("However, the king left on Monday.", "Monday", "2014-11-03", "King left"),
    # a dateline is no part of the clause
    ("ALN, Nov. 4 (Valley Wire) — The council chose a mayor on Monday.", "Monday", "2014-11-03", "Council chose a mayor"),
    ("PORT OBER (VW) - All 12 sailors are safe. The storm ended on Monday.", "Monday", "2014-11-03", "Storm ended"),
    # the whole lead-in goes with the time
    ("The inquiry is expected to open no later than 24 November.", "24 November", "2014-11-24", "Inquiry is expected to open"),
    ("Bus fares will rise by no later than 24 November.", "24 November", "2014-11-24", "Bus fares will rise"),
    ("Ferries could run as early as 24 November.", "24 November", "2014-11-24", "Ferries could run"),
    ("The new fares apply as of 24 November.", "24 November", "2014-11-24", "New fares apply"),
    # the noun that the time hangs on, and the thing that "it" goes back to
    ("Two climbers have been missing since the crash of the cable car on Monday.", "Monday", "2014-11-03", "Crash of the cable car"),
    ("The pit had been shut after a guard died, and it reopened in 2008.", "2008", "2008", "Pit reopened"),
    ("The pump, at work since Monday, must be cleaned.", "Monday", "2014-11-03", "Pump at work"),
    # the first person is the source, here named A
    ("I came to the camp on Monday.", "Monday", "2014-11-03", "A: “I came to the camp”"),
    ("My cousin went down on Monday.", "Monday", "2014-11-03", "A: “My cousin went down”"),
    ("Born in 1960, Ruiz studied law in Madrid.", "1960", "1960", "Ruiz born"),
    ("It was on Monday that the rebels left the town.", "Monday", "2014-11-03", "Rebels left the town"),
    ("“I will not resign,” Weber told reporters on Monday.", "Monday", "2014-11-03", "Weber said “I will not resign”"),
    # what stands in brackets goes
    ("The Valley Bank (VB) closed two branches on Monday.", "Monday", "2014-11-03", "Valley Bank closed two branches"),
    # never without a subject
    ("Arrested early on Monday in Leeds.", "Monday", "2014-11-03", "Arrested in Leeds"),
    # deadlines: what is due
    ("The firm must agree to a new contract by Nov. 24.", "Nov. 24", "2014-11-24", "New contract due"),
    ("They hope to sign a trade agreement by the Nov. 24 deadline.", "Nov. 24", "2014-11-24", "Trade agreement due"),
]  # fmt: skip


@pytest.mark.parametrize("text, expression, edtf, title", TITLES)
def test_the_title_is_the_clause_that_the_time_belongs_to(one, text, expression, edtf, title):
    events = one(text, (expression, edtf))
    made = [
        e for e in events.itertuples() if any(c["expression"] == expression for c in e.citations)
    ]
    assert [e.title for e in made] == [title]


def test_an_age_is_no_time_and_its_man_stays_the_subject(one):
    text = "The 24-year-old was arrested early Monday."
    age = ("24-year-old", "", {"type": "DURATION"})
    events = one(text, age, ("Monday", "2014-11-03"))
    assert list(events.title) == ["24-year-old was arrested"]


LONG = [
    "The regional water authority of the northern lake district announced on Monday that households in eleven towns "
    "would have to boil what comes out of their taps until engineers have cleaned the main reservoir.",
    "Weber told reporters on Monday that “nobody who has seen the pictures of the harbour this morning can seriously "
    "believe that the company acted in good faith”, and asked for an inquiry.",
    "On Monday the international commission for the protection of the northern rivers and their tributaries in the "
    "mountain provinces of the republic voted.",
    "“"
    + "We have been waiting for a very long time and we are going to go on waiting " * 3
    + "until Monday,” he said.",
    "Supercalifragilisticexpialidocious" * 4 + " happened on Monday.",
]


@pytest.mark.parametrize("text", LONG)
def test_long_titles_are_cut_between_words_and_never_inside_a_quotation(one, text):
    (title,) = set(one(text, ("Monday", "2014-11-03")).title)
    assert 0 < len(title) <= LONGEST
    assert title.count("“") == title.count("”")
    words = set(re.findall(r"\w+", text.lower()))
    cut_word = [x for x in re.findall(r"\w+", title.lower()) if x not in words]
    assert not cut_word or len(text.split()[0]) > LONGEST
    assert title.split()[-1].lower() not in (
        "the",
        "a",
        "of",
        "in",
        "and",
        "to",
        "that",
        "with",
        "for",
    )


@given(
    st.text(alphabet="abc “”,.ABC’", min_size=0, max_size=200),
    st.text(alphabet="ab CD“”", max_size=60),
)
@settings(max_examples=200, deadline=None)
def test_any_text_fits(body, head):
    parsed = parse(body)
    title, _ = fit(parsed, head, range(len(parsed.tokens)))
    assert len(title) <= LONGEST


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_at_all_is_parsed(text):
    for sentence in split_sentences(text):
        for clause in parse(sentence.text).clauses:
            assert all(0 <= a <= b for a, b in clause.spans)


def test_a_subject_before_a_relative_clause_belongs_to_the_main_verb():
    parsed = parse("The man who stole the painting confessed.")
    subjects = [
        parsed.text[parsed.tokens[c.subject[0]].start : parsed.tokens[c.subject[1] - 1].stop]
        for c in parsed.clauses
    ]
    verbs = [parsed.tokens[c.verb[1] - 1].text for c in parsed.clauses]
    assert verbs == ["stole", "confessed"]
    assert subjects[0] == "The man"


def test_a_long_subject_is_not_cut_down_to_the_last_place_it_names(hand):
    from timeline.merging import merge

    text = (
        "The administration said that talks between Iranian and U.S. officials on shared concerns "
        "about the Islamic State in Iraq and Syria have taken place on the sidelines of other meetings last month."
    )
    articles = hand.articles(("a", "A", "2014-11-06", text))
    events = merge(hand.mentions(articles, ("a", "last month", "2014-10")), articles)
    assert not any(title.startswith("Syria") for title in events.title)
