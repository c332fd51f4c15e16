"""Whole sentences with an explicit dct: what is found, what is not, what could be read two ways, what is not done yet."""

import pytest

from timeline.errors import InputError
from timeline.tagging import explain, tag_text

DCT = "2014-11-06"  # a Thursday

FOUND = [  # sentence, {expression: (type, TIMEX3)}
    ("The Journal reported Thursday that he wrote.", {"Thursday": ("DATE", "2014-11-06")}),
    ("In a press conference on Wednesday, Obama said so.", {"Wednesday": ("DATE", "2014-11-05")}),
    ("The two sides will meet Thursday.", {"Thursday": ("DATE", "2014-11-06")}),
    ("The two sides will meet on Monday.", {"Monday": ("DATE", "2014-11-10")}),
    ("They agreed on a deal by a Nov. 24 deadline.", {"Nov. 24": ("DATE", "2014-11-24")}),
    ("He was elected on November 4, 2008.", {"November 4, 2008": ("DATE", "2008-11-04")}),
    ("Signed 4 November 2008.", {"4 November 2008": ("DATE", "2008-11-04")}),
    ("Logged at 2008-11-04T21:30:00Z.", {"2008-11-04T21:30:00Z": ("TIME", "2008-11-04T21:30")}),
    ("He said on the 3rd that he would go.", {"the 3rd": ("DATE", "2014-11-03")}),
    ("It falls on Monday, Nov. 24.", {"Monday, Nov. 24": ("DATE", "2014-11-24")}),
    ("The flight left at 5:40 p.m. EST on Friday.", {"5:40 p.m. EST on Friday": ("TIME", "2014-10-31T17:40-05:00")}),
    ("Polls close at 20:00 GMT.", {"20:00 GMT": ("TIME", "2014-11-06T20:00Z")}),
    ("He spoke last Tuesday.", {"last Tuesday": ("DATE", "2014-11-04")}),
    ("He will speak next Tuesday.", {"next Tuesday": ("DATE", "2014-11-11")}),
    ("They meet Thursday week.", {"Thursday week": ("DATE", "2014-11-13")}),
    ("He arrives today and leaves tomorrow night.", {"today": ("DATE", "2014-11-06"), "tomorrow night": ("TIME", "2014-11-07TNI")}),
    ("It ended last week, last month and last year.", {"last week": ("DATE", "2014-W44"), "last month": ("DATE", "2014-10"), "last year": ("DATE", "2013")}),
    ("It opens this coming weekend.", {"this coming weekend": ("DATE", "2014-W46-WE")}),
    ("A deal is due later this month.", {"later this month": ("DATE", "2014-11")}),
    ("Earlier this year it shut.", {"Earlier this year": ("DATE", "2014")}),
    ("A year ago it rose.", {"A year ago": ("DATE", "2013")}),
    ("He stayed for three days.", {"three days": ("DURATION", "P3D")}),
    ("He died three days ago.", {"three days ago": ("DATE", "2014-11-03")}),
    ("It rained for the past three days.", {"the past three days": ("DURATION", "P3D")}),
    ("They meet every Tuesday and twice a week.", {"every Tuesday": ("SET", "XXXX-WXX-2"), "twice a week": ("SET", "P1W")}),
    ("Sales in the quarter ended Sept. 30 rose.", {"the quarter": ("DATE", "2014-Q3"), "Sept. 30": ("DATE", "2014-09-30")}),
    ("Since 9/11, and the Sept. 11 attacks, it met the Tuesday before last.", {"9/11": ("DATE", "2001-09-11"), "Sept. 11": ("DATE", "2001-09-11"), "the Tuesday before last": ("DATE", "2014-10-28")}),
    ("On 13 October it went down. The first man came out at 12:11 a.m. and the last at 21:55.", {"13 October": ("DATE", "2014-10-13"), "12:11 a.m.": ("TIME", "2014-10-13T00:11"), "21:55": ("TIME", "2014-10-13T21:55")}),
    ("It is held annually.", {"annually": ("SET", "P1Y")}),
    ("The agency meets every other Thursday.", {"every other Thursday": ("SET", "P2W")}),
    ("The council sits on the first Tuesday of each month and every two weeks in spring.", {"the first Tuesday of each month": ("SET", "P1M"), "every two weeks": ("SET", "P2W"), "spring": ("DATE", "2015-SP")}),
    ("A biweekly sheet, it comes out every other day and is bound each spring.", {"biweekly": ("SET", "P2W"), "every other day": ("SET", "P2D"), "each spring": ("SET", "XXXX-SP")}),
    ("It began in the spring of 2011.", {"the spring of 2011": ("DATE", "2011-SP")}),
    ("Third-quarter sales and the first half of 2013 were weak.", {"Third-quarter": ("DATE", "2014-Q3"), "the first half of 2013": ("DATE", "2013-H1")}),
    ("In fiscal 2013 it lost money.", {"fiscal 2013": ("DATE", "FY2013")}),
    ("It was popular in the 1990s and the nineties.", {"the 1990s": ("DATE", "199"), "the nineties": ("DATE", "199")}),
    ("It dates from the 12th century.", {"the 12th century": ("DATE", "11")}),
    ("Caesar died on 15 March 44 BC.", {"15 March 44 BC": ("DATE", "BC0044-03-15")}),
    ("Rome was sacked in AD 410.", {"AD 410": ("DATE", "0410")}),
    ("It was built circa 1850.", {"circa 1850": ("DATE", "1850")}),
    ("It ran from 3 to 31 May 2013.", {"3": ("DATE", "2013-05-03"), "31 May 2013": ("DATE", "2013-05-31")}),
    ("He ruled 2009-2014.", {"2009": ("DATE", "2009"), "2014": ("DATE", "2014")}),
    ("Talks run Nov. 3-5 in Oman.", {"Nov. 3": ("DATE", "2014-11-03"), "5": ("DATE", "2014-11-05")}),
    ("It struck between Monday and Wednesday.", {"Monday": ("DATE", "2014-11-03"), "Wednesday": ("DATE", "2014-11-05")}),
    ("They came on Easter Monday 2013.", {"Easter Monday 2013": ("DATE", "2013-04-01")}),
    ("It closed on Labor Day.", {"Labor Day": ("DATE", "2014-09-01")}),
    ("It recently grew and now sells well; the future is open.", {"recently": ("DATE", "PAST_REF"), "now": ("DATE", "PRESENT_REF"), "the future": ("DATE", "FUTURE_REF")}),
    ("By the end of 2015 it will have ended.", {"the end of 2015": ("DATE", "2015")}),
    ("The war began on 1 September 1939. The following day they met.", {"1 September 1939": ("DATE", "1939-09-01"), "The following day": ("DATE", "1939-09-02")}),
    ("In 1940 he left. Two years later he was back. That summer it rained.", {"1940": ("DATE", "1940"), "Two years later": ("DATE", "1942"), "That summer": ("DATE", "1942-SU")}),
    ("The war lasted from '39 to '45 in Europe.", {"'39": ("DATE", "1939"), "'45": ("DATE", "1945")}),
    ("BAGHDAD, March 20 (AP) - A bomb went off.", {"March 20": ("DATE", "2014-03-20")}),
    ("It was not until Monday that they left.", {"Monday": ("DATE", "2014-11-03")}),
    ("It did not open until 9 September.", {"9 September": ("DATE", "2014-09-09")}),
    ("It will not close until Monday.", {"Monday": ("DATE", "2014-11-10")}),
    ("The day after tomorrow they meet.", {"The day after tomorrow": ("DATE", "2014-11-08")}),
    ("It sank at 21:55 after a long day, on 13 October.", {"21:55": ("TIME", "2014-10-13T21:55"), "13 October": ("DATE", "2014-10-13")}),
    ("At 9 p.m. it rang, and an hour later all was over.", {"9 p.m.": ("TIME", "2014-11-06T21:00"), "an hour later": ("TIME", "2014-11-06T22:00")}),
    ("He was seized on March 3, 2010. On Dec. 9, he confessed.", {"March 3, 2010": ("DATE", "2010-03-03"), "Dec. 9": ("DATE", "2010-12-09")}),
    ("It was signed on March 3, 2010. On Oct. 9, it was broken.", {"March 3, 2010": ("DATE", "2010-03-03"), "Oct. 9": ("DATE", "2014-10-09")}),
    ("It was signed on March 3, 2010. It will lapse on Dec. 9.", {"March 3, 2010": ("DATE", "2010-03-03"), "Dec. 9": ("DATE", "2014-12-09")}),
    ("The vote is set for Sunday.", {"Sunday": ("DATE", "2014-11-09")}),
]  # fmt: skip

NOTHING = [
    "We may march on, and we do.",
    "Theresa May told the House that it was over.",
    "The sun set and they wed.",
    "Prices fall as shares spring back.",
    "It cost $1,200, then $2009, for 1,200 people.",
    "Flight 1549 landed; Room 2012 was empty.",
    "The second man came first.",
    "He lost 6-4, 7-5 and 3-1.",
    "He ran the mile in 3:59.",
    "The Sunday Times and the Sunday Mirror agreed.",
    "Sheffield Wednesday beat them, to no surprise.",
    "The Today programme asked him, and June Brown said so.",
    "Please support us during this critical time.",
    "{mosads} White House said no.",
    "Version 2.10.3 came with 10 changes.",
    "",
    "\x00\u200f\u202e",
]

AMBIGUOUS = [  # sentence, chosen, turned down
    ("The vote on Monday was close.", "2014-11-03", "2014-11-10"),
    ("The vote will be on Monday.", "2014-11-10", "2014-11-03"),
    ("Sales fell in December.", "2013-12", "2014-12"),
    ("Sales will fall in October.", "2015-10", "2014-10"),
    ("It was signed on 7/8/07 in Rome.", "2007-07-08", "2007-08-07"),
    ("He spoke last Tuesday.", "2014-11-04", "2014-10-28"),
]

GAPS = [
    ("Ramadan ended quietly.", "2014-07", "Ramadan is a month; the tables hold single days"),
]


def found(text, dct=DCT, **options):
    return {m.expression: (m.type, m.timex) for m in tag_text(text, dct=dct, **options)}


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_the_expressions_of_a_sentence_and_no_other(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize("text", NOTHING)
def test_look_alikes_give_nothing(text):
    assert found(text) == {}


@pytest.mark.parametrize(("text", "chosen", "other"), AMBIGUOUS)
def test_both_readings_are_kept(text, chosen, other):
    (m,) = tag_text(text, dct=DCT)
    assert (m.timex, m.alternative) == (chosen, other)
    assert m.alternative_reason


@pytest.mark.parametrize(
    ("text", "timex"),
    [pytest.param(t, v, marks=pytest.mark.xfail(strict=True, reason=why)) for t, v, why in GAPS],
)
def test_known_gap(text, timex):
    assert timex in [m.timex for m in tag_text(text, dct=DCT)]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("It was sold in the early 1990s.", "[1990..1994]"),
        ("It was sold in the mid-1990s.", "[1992..1997]"),
        ("It was sold in the late 1960s.", "[1965..1969]"),
        ("It was sold in late 2006.", "[2006-07..2006-12]"),
        ("It was sold in mid-2006.", "[2006-04..2006-09]"),
        ("It was sold in early March.", "[2014-03-01..2014-03-16]"),
        ("It was sold in late February.", "[2014-02-15..2014-02-28]"),
        ("It was sold in the late 19th century.", "[1850..1899]"),
    ],
)
def test_early_mid_and_late_bound_half_of_the_whole(text, edtf):
    (m,) = tag_text(text, dct=DCT)
    assert m.edtf == edtf
    assert m.mod in ("START", "MID", "END") and "[" not in m.timex


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("It will open in two weeks.", "[2014-11-17..2014-11-23]"),
        ("It will be done within six weeks.", "[2014-11-06..2014-12-18]"),
        ("It will open in three to four weeks.", "[2014-11-06..2014-12-04]"),
        ("They built it in two weeks.", ""),
        ("It was done within six weeks.", ""),
        ("It will be the first win in two weeks.", ""),
    ],
)
def test_a_length_counts_from_the_dct_only_where_the_sentence_looks_ahead(text, edtf):
    (m,) = tag_text(text, dct=DCT)
    assert (m.type, m.edtf) == ("DURATION", edtf)


def test_weekday_and_date_that_disagree_are_a_named_problem():
    (m,) = tag_text("It was signed on Monday, Nov. 25, 2014.", dct=DCT)
    assert "disagree" in m.problem and "Tuesday" in m.problem


def test_words_in_a_quotation_count_from_the_speech():
    text = "In a speech on Wednesday, Obama said it was hard. “We will know over the next three to four weeks,” Obama said."
    window = tag_text(text, dct=DCT)[1]
    assert (window.anchor, window.anchor_basis) == ("2014-11-05", "quote")
    assert window.edtf == "[2014-11-05..2014-12-03]"
    assert "2014-11-26" in window.inferred


@pytest.mark.parametrize(
    ("text", "expression", "edtf"),
    [
        ("He wrote in the first months after taking office.", "the first months after taking office", "[2009-01-20..2009-06-30]"),
        ("He wrote three months after taking office.", "three months after taking office", "2009-04"),
        ("He wrote before taking office.", "before taking office", "../2009-01-19"),
        ("He has written since taking office.", "since taking office", "2009-01-20/.."),
        ("It has gone on since taking office.", "since taking office", "2009-01-20/.."),
        ("It ended before Obama's taking office.", "before Obama's taking office", "../2009-01-19"),
    ],
)  # fmt: skip
def test_landmarks_of_the_story_are_counted_from(text, expression, edtf):
    mentions = tag_text(text, dct=DCT, landmarks={"taking office": "2009-01-20"})
    assert [(m.expression, m.edtf, m.anchor_basis) for m in mentions] == [
        (expression, edtf, "landmark taking office")
    ]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("They had met before taking office.", "../2009-12-30"),
        ("They met several times after taking office.", "2009-01-01/.."),
        ("They met three months after taking office.", "[2009-04-01..2010-03-31]"),
    ],
)
def test_a_landmark_known_to_the_year_may_be_any_of_its_days(text, edtf):
    (found,) = [m for m in tag_text(text, landmarks={"taking office": "2009"}) if "office" in m.anchor_basis]  # fmt: skip
    assert found.edtf == edtf


def test_a_landmark_refines_the_year_that_the_text_gives():
    (m,) = tag_text(
        "It is the fourth since Obama assumed office in 2009.",
        dct=DCT,
        landmarks={"assumed office": "2009-01-20"},
    )
    assert (m.expression, m.edtf, m.alternative) == ("2009", "2009-01-20", "2009")


def test_a_history_takes_open_years_from_its_story_not_from_the_dct():
    text = (
        "The war began on 1 September 1939. In 1940 France fell. In June 1941 the front moved east. On 7 December 1941 "
        "the fleet was hit. In January the allies met. In 1942 it turned. In May 1943 it ended in Tunis, as in 1918. By October, Italy had changed sides."
    )
    values = found(text, dct="2009-12-19")
    assert values["January"] == ("DATE", "1942-01")
    assert values["October"] == ("DATE", "1943-10")


def test_who_says_it_and_how_the_clause_looks_ahead():
    said, planned = tag_text(
        "According to a Wall Street Journal report, he wrote in October. Talks will end on Monday.",
        dct=DCT,
    )
    assert said.attribution == "a Wall Street Journal report"
    assert (said.modality, planned.modality) == ("past", "future")


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("It was sold about two years ago.", "2012~"),
        ("It opened around 2010.", "2010~"),
        ("It was built circa 1850.", "1850~"),
        ("It was built c. 1850 by monks.", "1850~"),
        ("He was born about 1490 in Rome.", "1490~"),
        ("It left roughly three weeks ago.", "[2014-10-13~..2014-10-19~]"),
        ("It was written around March 2009.", "2009-03~"),
        ("He rang at about 5 p.m. on Monday.", "2014-11-03T17:00~"),
        ("It was built possibly in 2010.", "2010?"),
        ("It was built perhaps as early as May 2009.", "2009-05?"),
        ("The painter (1490?) is forgotten.", "1490?"),
        ("It was possibly built in 2010.", "2010"),
        ("They talked about Monday.", "2014-11-03"),
        ("It will fall another two weeks later.", "[2014-11-17..2014-11-23]"),
    ],
)
def test_a_doubt_that_the_text_states_is_in_the_value(text, edtf):
    (m,) = tag_text(text, dct=DCT)
    assert m.edtf == edtf
    assert (m.mod == "APPROX") == ("~" in edtf)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("It rose on Sunday and said that all was well.", ""),
        ("He was lifted on October 14, and the mayor said that he was well.", "the mayor"),
        ("It will open on Monday, having announced it.", ""),
        ("The mayor of Paris told reporters on Monday that it was over.", "The mayor of Paris"),
        (
            "A spokesman for the Boeing Co. said it will end on Monday.",
            "A spokesman for the Boeing Co",
        ),
        ("In the town of Bam, Smith said on Monday that it was over.", "Smith"),
        ("According to a Reuters report, it will end on Monday.", "a Reuters report"),
        ("It ended on Monday, according to the police.", "the police"),
        ("She said on Monday that it was over.", ""),
    ],
)
def test_who_says_it_is_a_noun_phrase_or_nobody(text, who):
    (m,) = tag_text(text, dct=DCT)
    assert m.attribution == who


def test_the_first_to_do_a_thing_did_it_in_the_past():
    (m,) = tag_text("He had been the first to step out, at 12:11 a.m. on Wednesday.", dct=DCT)
    assert (m.timex, m.modality) == ("2014-11-05T00:11", "past")
    (m,) = tag_text("He was the last of the men to be lifted, at 9:55 p.m. on Wednesday.", dct=DCT)
    assert (m.timex, m.modality) == ("2014-11-05T21:55", "past")


def test_ends_of_a_range_name_each_other():
    one, two = tag_text("It runs Nov. 3-5 in Oman.", dct=DCT)
    assert (one.range_with, two.range_with) == (two.start_char, one.start_char)


def test_sentences_end_at_full_stops_but_not_at_abbreviations():
    text = "Mr. Smith met Sen. Jones on Nov. 3 in the U.S. Senate. They left at 5 p.m. The talks ended today."
    assert [m.sentence for m in tag_text(text, dct=DCT)] == [
        "Mr. Smith met Sen. Jones on Nov. 3 in the U.S. Senate.",
        "They left at 5 p.m.",
        "The talks ended today.",
    ]


def test_a_dateline_says_from_which_day_the_text_counts():
    text = (
        "BAGHDAD, March 20, 2003 (AP) - A bomb went off on Wednesday. It was the second this week."
    )
    assert [(m.timex, m.anchor) for m in tag_text(text)] == [
        ("2003-03-20", ""),
        ("2003-03-19", "2003-03-20"),
        ("2003-W12", "2003-03-20"),
    ]


def test_a_year_that_is_all_the_landmark_says_has_no_other_reading():
    (m,) = tag_text("It is the fourth since he assumed office in 2009.", dct=DCT, landmarks={"assumed office": "2009"})  # fmt: skip
    assert (m.expression, m.edtf, m.alternative, m.stated) == ("2009", "2009", "", True)


def test_a_weekday_that_agrees_only_in_a_year_on_the_wrong_side_is_a_named_problem():
    (m,) = tag_text("It will end on Monday, Nov. 25.", dct=DCT)
    assert m.timex == "2014-11-25" and "disagree" in m.problem


@pytest.mark.parametrize("wrong", [None, "id", 5, [1], ("a", "b")])
def test_what_is_no_mention_is_refused_in_a_sentence(wrong):
    with pytest.raises(InputError, match="no mention; give a row"):
        explain(wrong)


@pytest.mark.parametrize(
    "call",
    [
        lambda: tag_text(None),
        lambda: tag_text("x", dct=5),
        lambda: tag_text("x", landmarks="taking office"),
        lambda: tag_text("x", landmarks={5: "2009"}),
        lambda: tag_text("x", landmarks={"a": 2009}),
    ],
)
def test_wrong_types_are_refused_in_a_sentence(call):
    with pytest.raises(InputError, match="give"):
        call()


@pytest.mark.parametrize(
    ("text", "timex"),
    [
        ("They met last year and will meet on 5 May.", "2015-05-05"),
        ("Voters go to the polls on Sunday.", "2014-11-09"),
        ("They did not go on Sunday.", "2014-11-02"),
        ("They went to meet the envoy on Sunday.", "2014-11-02"),
        ("They agreed to meet the envoy on Sunday.", "2014-11-09"),
        ("The road had been due for repair in May.", "2014-05"),
        ("The road is due for repair in May.", "2015-05"),
        ("It was sold on February 29.", "2012-02-29"),
        ("It will be sold on February 29.", "2016-02-29"),
    ],
)
def test_the_verb_group_says_whether_a_day_is_past(text, timex):
    assert tag_text(text, dct=DCT)[-1].timex == timex
