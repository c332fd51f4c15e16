"""Titles of long and knotty clauses: cut where a phrase ends, with the verb and what it needs. Sentences of our own."""

import pytest

from timeline.merging.clauses import parse
from timeline.merging.fitting import LIMIT, LONGEST, short_name

# text, time expression, its EDTF, title
LONG = [
    (  # nothing is cut off within a noun phrase
        "The owners of the quarry offered the night crew on Monday a full paid holiday and a bonus for all those "
        "who would come back to work before the end of the year.",
        "Owners of the quarry offered the night crew a full paid holiday",
    ),
    (  # what somebody says keeps its verb, if need be without what hangs on its subject
        "The harbour master said on Monday the cost of the new lock gates on the eastern side of the great basin "
        "would be shared by all three towns.",
        "Harbour master said the cost of the new lock gates would be shared by all three towns",
    ),
    (
        "The lawyer for the three sailors from Hollin who were held said on Monday that the ship had been searched.",
        "Lawyer for the three sailors from Hollin said that the ship had been searched",
    ),
    (  # a rank goes before what the clause needs goes
        "Deputy Transport Minister Ewan Hale said on Monday the country must go on with the reform of its railways.",
        "Ewan Hale said the country must go on with the reform of its railways",
    ),
    (  # an apposed name, a bracket
        "A subsidiary of the northern timber group Kestrel Brothers and Sons (KBS) decided on Monday to sell its "
        "shares to the public.",
        "Subsidiary of the northern timber group decided to sell its shares to the public",
    ),
]  # fmt: skip
SHORT = [
    # what the clause says of time beside its date stays, what only joins two dates goes
    ("The shaft was opened on Monday only after the accident.", "Shaft was opened only after the accident"),
    ("The roof of the mine caved in Monday.", "Roof of the mine caved in"),
    ("The council denied a part in Monday's attack on the mill.", "Council denied a part in attack on the mill"),
    # a time may be the subject, and a word such as "several" too
    ("Monday was the last day of the fair.", "Monday was the last day of the fair"),
    ("Several were hurt on Monday.", "Several were hurt"),
    # hyphens belong to their word
    ("A 38-year-old man, who was hurt in a fall on Monday, has died.", "38-year-old man was hurt in a fall"),
    ("The U.S.-owned mill burnt down on Monday.", "U.S.-owned mill burnt down"),
    # what is no finite verb: a plural, an infinitive after "and", a participle
    ("The bank stepped in on Monday to buy small amounts of tin and sell copper.", "Bank stepped in to buy small amounts of tin and sell copper"),
    ("A loan agreed at Monday's talks was paid.", "Loan agreed at talks"),
    ("The bank has put off a share issue, planned for Monday.", "Share issue planned"),
]  # fmt: skip


@pytest.mark.parametrize("text, title", LONG + SHORT)
def test_the_title_is_as_much_of_the_clause_as_fits_and_stands_alone(one, text, title):
    events = one(text, ("Monday", "2014-11-03"))
    assert title in [e.title for e in events.itertuples() if e.mention_ids]


@pytest.mark.parametrize("text, title", LONG)
def test_a_title_is_longer_than_the_limit_only_where_it_would_else_lack_something(one, text, title):
    assert len(title) <= LONGEST
    assert LONGEST <= 1.1 * LIMIT


def test_what_only_joins_two_dates_goes_with_them(one):
    found = [("March", "2014-03"), ("Tuesday", "2014-11-04")]
    events = one("The pipe leaked in March and again late on Tuesday.", *found)
    assert {e.title for e in events.itertuples() if e.mention_ids} == {"Pipe leaked"}


def test_a_time_between_will_and_its_verb_is_no_subject(one):
    text = "Engineers will this morning check if the wall holds."
    events = one(text, ("this morning", "2014-11-06"))
    assert list(events.title) == ["Engineers will check if the wall holds"]


def test_a_date_on_a_thing_is_no_event(one):
    events = one("A stamp dated 3 November was on the crate.", ("3 November", "2014-11-03"))
    assert not [e for e in events.itertuples() if e.mention_ids]


@pytest.mark.parametrize(
    "subject, name",
    [
        ("Secretary of State Ana Ruiz", "Ana Ruiz"),
        ("Northern cricket coach Ewan Hale", "Ewan Hale"),
        ("The mayor, Ana Ruiz", "Ana Ruiz"),
        ("An engineer at Skell Lines", "An engineer at Skell Lines"),
        ("The Skell Lines", "The Skell Lines"),
        ("Ana Ruiz", "Ana Ruiz"),
    ],
)
def test_a_name_stands_for_rank_and_name(subject, name):
    assert short_name(subject) == name


def test_a_plural_after_and_is_no_verb():
    parsed = parse("The figures show that sales and profits rose.")
    assert [parsed.tokens[c.verb[0]].text for c in parsed.clauses] == ["show", "rose"]


PARSED = [
    # text, what is said or told, by its subject and verb
    ("The count shows the number of birds held as pets has doubled.", ["count shows", "number of birds held", "number of birds has doubled"]),
    ("She is confident the walls of the old basin are safe.", ["She is", "walls of the old basin are"]),
    ("The mine was promised the land taken from the farm.", ["mine was promised", "land taken"]),
    ("The crew were offered a full paid holiday.", ["crew were offered"]),
    ("A near monopoly of the ferries ended.", ["near monopoly of the ferries ended"]),
    ("The firm will make a cash bid for the yard.", ["firm will make"]),
    ("The captain told a meeting of sailors the pumps failed.", ["captain told", "pumps failed"]),
    ("Moreover, cost increases are likely.", ["cost increases are"]),
    ("A man known as the Fox or the Bear has fled.", ["man known", "man has fled"]),
]  # fmt: skip


@pytest.mark.parametrize("text, clauses", PARSED)
def test_each_verb_has_its_subject(text, clauses):
    parsed = parse(text)
    found = [
        " ".join(parsed.tokens[i].text for i in (*range(*c.subject), *range(*c.verb)))
        for c in parsed.clauses
    ]
    assert [
        x.removeprefix("The ").removeprefix("A ").removeprefix("the ").removeprefix("a ")
        for x in found
    ] == clauses


def test_a_speaker_who_is_only_a_pronoun_is_not_named(one):
    events = one("He said there could be a strike on Monday.", ("Monday", "2014-11-03"))
    (event,) = [e for e in events.itertuples() if e.mention_ids]
    assert event.attribution == ""


def test_a_state_keeps_the_stop_of_its_letters(one):
    events = one("The U.S. closed the port on Monday.", ("Monday", "2014-11-03"))
    assert list(events.title) == ["U.S. closed the port"]


@pytest.mark.parametrize(
    "text, who",
    [
        ("The price rose on Monday, according to figures compiled by the bank.", "Figures compiled by the bank"),
        ("The price rose on Monday, according to two officials who were there.", "Two officials"),
        ("According to us everything was fine on Monday.", ""),
    ],
)  # fmt: skip
def test_according_to_whom_ends_with_the_noun_phrase(one, text, who):
    events = one(text, ("Monday", "2014-11-03"))
    assert [e.attribution for e in events.itertuples() if e.mention_ids] == [who]


@pytest.mark.parametrize(
    "text, title",
    [
        # of two things "its" may mean neither for sure; what follows is no thing's deed
        ("Skell Lines said the old bridge was part of its plan, announced on Monday.", "Its plan announced"),
        ("Skell Lines lost money. It follows a strike on Monday.", "It follows a strike"),
        ("The mill praised the resignation of its president, who left on Monday.", "Mill’s president left"),
        ("In a valley where fighting between the two villages broke out on Monday, aid is late.", "Fighting between the two villages broke out"),
        ("The mayor said the losses in Ober and Hollin were found on Monday.", "Losses in Ober and Hollin were found"),
    ],
)  # fmt: skip
def test_the_subject_is_who_did_it_and_stays_a_pronoun_where_that_is_not_sure(one, text, title):
    events = one(text, ("Monday", "2014-11-03"))
    assert title in [e.title for e in events.itertuples() if e.mention_ids]


def test_what_a_noun_follows_is_no_person(hand):
    from timeline.merging import merge

    text = "Al Kara fighters fled. Mr. Hale stayed. Al Kara militants came back. He left on Monday."
    articles = hand.articles(("a", "A", "2014-11-06", text))
    events = merge(hand.mentions(articles, ("a", "Monday", "2014-11-03")), articles)
    assert [e.title for e in events.itertuples() if e.mention_ids] == ["Hale left"]


REST = [
    # a quotation within a clause stays in it; what has no verb is part of what it hangs on
    ('The mayor said he was "wholly honest and wholly wrong" on Monday.', 'Mayor was "wholly honest and wholly wrong"'),
    ("The bank said in a paper published on Monday that two auctions might be held.", "Bank said in a paper that two auctions might be held"),
    ("The minister is optimistic that progress will be made on the bridge, Hale said on Monday.", "Hale said the minister is optimistic that progress will be made on the bridge"),
    ("Hale is on a visit to Ober after talks in North and South Ardle, and leaves for Hollin on Monday.", "Hale leaves for Hollin"),
    ("The union called on Monday for the engineer Ana Ruiz, who left the town in anger, to return.", "Union called for the engineer Ana Ruiz"),
    ("The errors stood in Monday's appeals court decision.", "Errors stood in appeals court decision"),
    ("Copper for Monday delivery rose by two cents.", "Copper for delivery rose by two cents"),
    ("The bank again cut its rates on Monday.", "Bank again cut its rates"),
    ("The ferry appears lost, harbour staff and pilots said on Monday.", "Harbour staff and pilots said the ferry appears lost"),
    ("A further cut in the fares has been called for on Monday.", "Further cut in the fares has been called for"),
    ("The ministry claims Ewan Hale left the port on Monday.", "Ewan Hale left the port"),
    ("The mayor said the town felt the pilots were not paid enough on Monday.", "Pilots were not paid enough"),
    ("That was the end of the strike on Monday.", "That was the end of the strike"),
]  # fmt: skip


@pytest.mark.parametrize("text, title", REST)
def test_a_clause_keeps_what_belongs_to_it(one, text, title):
    events = one(text, ("Monday", "2014-11-03"))
    assert title in [e.title for e in events.itertuples() if e.mention_ids]


def test_told_without_its_hearer_is_said(one):
    text = "Transport Minister Ewan Hale told a budget committee of the parliamentary upper house on Monday that he does not think the ferries are safe."
    (title,) = [e.title for e in one(text, ("Monday", "2014-11-03")).itertuples()]
    assert title.endswith("said that he does not think the ferries are safe")
