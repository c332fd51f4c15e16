"""What a reader takes from a sentence, where tense, the date before it or a vague word decides."""

import pytest

from timeline.dates import parse_edtf
from timeline.tagging import tag_text

DCT = "2023-04-12"  # a Wednesday


def found(sentence, dct=DCT):
    return {m.expression: m for m in tag_text(sentence, dct=dct)}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("He died on June 5.", "2022-06-05"),
        ("On May 1 he died.", "2022-05-01"),
        ("He was buried on May 1.", "2022-05-01"),
        ("The June 5 storm killed nine.", "2022-06-05"),
        ("He died on April 12.", "2023-04-12"),
        ("They agreed to meet on June 5.", "2023-06-05"),
        ("A May 1 hearing has been scheduled.", "2023-05-01"),
        ("He called for a strike on May 1.", "2023-05-01"),
        ("The firm handed in its plan for the river on Monday.", "2023-04-10"),
        ("Sales stopped due to a fire at the port Monday.", "2023-04-10"),
        ("He is due to speak on Monday.", "2023-04-17"),
        ("The town is preparing for Sunday's election.", "2023-04-16"),
    ],
)
def test_a_past_verb_keeps_its_day_behind_publication(sentence, expected):
    (m,) = found(sentence).values()
    assert m.timex == expected


@pytest.mark.parametrize(
    "words",
    [
        "Half a minute later",
        "Three days later",
        "The next day",
        "The following day",
        "Several weeks later",
        "A week and three days later",
        "A year and a day later",
    ],
)
def test_what_follows_a_date_that_is_not_named_stays_open(words):
    m = found(f"{words} the ferry struck the pier.")[words]
    assert (m.edtf, m.start, m.stop) == ("", None, None)
    assert "not named" in m.problem


def test_what_follows_a_named_date_or_lies_ahead_is_counted():
    assert (
        found("It sank on 3 May 2010. Three days later it rose.")["Three days later"].timex
        == "2010-05-06"
    )
    assert found("Three days later it will rise.")["Three days later"].timex == "2023-04-15"
    assert found("A week earlier it sank.")["A week earlier"].timex == "2023-W14"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("He was hit in 2013 and three weeks later he left.", ["2013", "XXXX-WXX"]),
        (
            "It sank on Feb. 3, 2013 and six months later the firm folded.",
            ["2013-02-03", "2013-08"],
        ),
        ("It was built in 2011 and 12 years later it fell.", ["2011", "2023"]),
        (
            "It sank on 3 May 2010; a week and three days later it rose.",
            ["2010-05-03", "2010-05-13"],
        ),
        ("It sank in May 2010; 2 years and 3 months later it rose.", ["2010-05", "2012-08"]),
        ("It sank in May 2010; a month and a day later it rose.", ["2010-05", "FUTURE_REF"]),
        ("It sank a week and three days ago.", ["2023-04-02"]),
        ("It began on the Friday before Christmas.", ["2022-12-23"]),
        ("They met on the Tuesday after Easter.", ["2023-04-11"]),
        ("They will meet on the Monday after Christmas.", ["2024-01-01"]),
    ],
)
def test_two_dates_side_by_side_are_each_read_whole(sentence, expected):
    dct = "2023-12-01" if "Monday" in sentence else DCT
    assert [m.timex for m in tag_text(sentence, dct=dct)] == expected


@pytest.mark.parametrize(
    ("words", "timex", "mod", "edtf"),
    [
        (
            "shortly after 6 p.m. on Monday",
            "2023-04-10T18:00",
            "AFTER",
            "[2023-04-10T18:00..2023-04-10T18:59]",
        ),
        (
            "just before 9 a.m. on Monday",
            "2023-04-10T09:00",
            "BEFORE",
            "[2023-04-10T08:00..2023-04-10T08:59]",
        ),
        (
            "shortly before midnight on Monday",
            "2023-04-10T24:00",
            "BEFORE",
            "[2023-04-10T23:00..2023-04-10T23:59]",
        ),
        ("at 6 p.m. on Monday", "2023-04-10T18:00", "", "2023-04-10T18:00"),
    ],
)
def test_shortly_before_or_after_a_clock_time_is_no_minute(words, timex, mod, edtf):
    (m,) = tag_text(f"It sank {words}.", dct=DCT)
    assert (m.timex, m.mod, m.edtf) == (timex, mod, edtf)
    assert m.stop - m.start == (3600 if mod else 60)
    assert parse_edtf(m.edtf).start.astype("int64") == m.start


def test_german_says_so_too():
    (m,) = tag_text("Es sank kurz nach 18 Uhr.", dct=DCT, language="de")
    assert (m.mod, m.edtf) == ("AFTER", "[2023-04-12T18:00..2023-04-12T18:59]")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The ferry, which sank in 2011, will be scrapped by the end of the month.", "2023-04"),
        ("The mill, first opened in 1902, would reopen at the end of the year.", "2023"),
        ("Opened in 1902, the mill would shut by the end of the week.", "2023-W15"),
        ("She joined in 2011 and will retire at the end of the year.", "2023"),
        ("He lost in 2011 and said he would appeal by the end of the week.", "2023-W15"),
        ("In 2011 the firm said it would shut by the end of the year.", "2011"),
        ("The firm said in 2011 that it would shut by the end of the year.", "2011"),
        ("It bought the mill, opened it in 2011, and sold it by the end of the year.", "2011"),
    ],
)
def test_the_end_of_the_year_is_that_of_the_clause_it_stands_in(sentence, expected):
    assert tag_text(sentence, dct=DCT)[1].timex == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Five people signed up for the Feb. 3 council election.", "2024-02-03"),
        ("Four of them registered for the runoff on Feb. 3.", "2024-02-03"),
        ("The clerk sent them a hearing date of Jan. 20.", "2024-01-20"),
        ("A court fixed a second hearing for Jan. 20.", "2024-01-20"),
        ("The crew braced for a Friday strike.", "2023-12-08"),
        ("A court set the hearing for Friday.", "2023-12-08"),
        ("Two of them quit before the Nov. 28 election.", "2023-11-28"),
        ("He was jailed for the Feb. 3 fire.", "2023-02-03"),
        ("The report of Feb. 3 gave a wrong date.", "2023-02-03"),
        ("They gathered for the Friday meeting.", "2023-12-01"),
    ],
)
def test_a_day_that_something_was_arranged_for_lies_ahead(sentence, expected):
    (m,) = tag_text(sentence, dct="2023-12-04")
    assert m.timex == expected


@pytest.mark.parametrize(
    ("sentence", "edtf"),
    [
        ("We hope to reopen before the end of the month.", "../2023-04-30"),
        ("It must be paid before the end of the day.", "../2023-04-12"),
        ("It was sold by the end of May 2010.", "../2010-05-31"),
        ("It will be sold before year-end.", "../2023-12-31"),
        ("It was sold at the end of May 2010.", "[2010-05-16..2010-05-31]"),
        ("It was sold shortly before the end of May 2010.", "[2010-05-16..2010-05-31]"),
        ("It was not sold before the end of May 2010.", "[2010-05-16..2010-05-31]"),
    ],
)
def test_before_the_end_reaches_to_the_end(sentence, edtf):
    (m,) = tag_text(sentence, dct=DCT)
    assert (m.edtf, m.mod) == (edtf, "END")


def test_a_story_goes_on_from_the_end_that_it_had_reached():
    assert [m.timex for m in tag_text("By the end of 2010 it was gone. Two years later it rose.", dct=DCT)] == ["2010", "2012"]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "expected", "because"),
    [
        ("The bank publishes its accounts on Friday.", "2023-04-14", "the sentence looks ahead"),
        ("The band, short of money, releases a record on Friday.", "2023-04-14", "the sentence looks ahead"),
        ("She will set out her plan in Rome on Friday.", "2023-04-14", "the sentence looks ahead"),
        ("There were reports of smoke on Friday.", "2023-04-07", "the verb is in the past"),
        ("The bank reports that it lost money on Friday.", "2023-04-07", "the verb is in the past"),
        ("The flood on 3 March is at the heart of a quarrel over who slept.", "2023-03-03",
         "the other year lies farther from the anchor"),
        ("The flood on 3 March, which is famous, broke a dam.", "2023-03-03", "the verb is in the past"),
    ],
)  # fmt: skip
def test_the_present_tense_tells_a_schedule_or_nothing(sentence, expected, because):
    (m,) = tag_text(sentence, dct=DCT)
    assert (m.timex, m.alternative_reason) == (expected, because)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Its future is open, and so is the harbour's future.", []),
        ("The future of the roof is open; it needs a near-term loan.", []),
        ("She saw a future for the pier, but no future without it.", []),
        ("It may reopen in the future.", ["the future"]),
        ("They hope that a future council will pay.", ["future"]),
    ],
)
def test_somebodys_future_is_no_date(sentence, expected):
    assert list(found(sentence)) == expected
