"""A pupil's answer in any form is understood, or the reply says kindly what to do."""

import datetime

import pandas as pd
import pytest

from timeline.dates import TimeValue, parse_edtf
from timeline.errors import InputError
from timeline.notebook import check
from timeline.notebook.check import exercises


@pytest.mark.parametrize(
    "answer",
    [
        "2014-11-05",
        "5 Nov",
        "Nov 5",
        "Nov. 5, 2014",
        "5 November 2014",
        "  5 november 2014. ",
        "November 5th",
        "the 5th of November",
        "Wednesday, 5 November 2014",
        "05.11.2014",
        "2014/11/5",
        "“5 Nov 2014”",
        datetime.date(2014, 11, 5),
        datetime.datetime(2014, 11, 5, 12),
        pd.Timestamp("2014-11-05"),
        TimeValue.day(2014, 11, 5),
    ],
)
def test_the_day_is_understood_however_it_is_written(answer):
    assert check("wednesday", answer)


@pytest.mark.parametrize("answer", ["October", "october 2014", "2014-10", "Oct. 2014"])
def test_a_month_is_an_answer_too(answer):
    assert check("last_month", answer)


@pytest.mark.parametrize(
    "name, answer, told",
    [
        ("wednesday", "Wednesday", "Which date is it"),
        ("wednesday", "last Wednesday", "Which date is it"),
        ("wednesday", "2014-11-04", "is a Tuesday, and it is too early"),
        ("wednesday", "2014-11-07", "is a Friday, and it is too late"),
        ("wednesday", "2014-11-12", "had not come yet"),
        ("wednesday", "November 2014", "the words say more"),
        ("thursday", "30 October 2014", "A week too early"),
        ("deadline", "24 November 2013", "behind the article"),
        ("last_month", "2014-10-06", "who said that it was the 6th"),
        ("last_month", "15 October 2014", "finer than the words allow"),
        ("counting_from", "6 Nov", "Obama did"),
        ("wednesday", "banana", "cannot read a date"),
        ("wednesday", "24", "Write it like 2014-11-05"),
        ("wednesday", "5/11/2014", "in more than one way"),
        ("wednesday", "5.11.14", "Write it like 2014-11-05"),
        ("wednesday", 7, "between quotation marks"),
        ("wednesday", 2014 - 11 - 5, "between quotation marks"),
        ("wednesday", "don't know", "Then a hint: Take a calendar"),
        ("wednesday", "I don’t know!", "Then a hint: Take a calendar"),
        ("whom", "?", "Then a hint: Where did it happen"),
        ("how_many_sources", "no idea", "Then a hint: Who has looked"),
        ("wednesday", "2014-11-05 or 2014-11-06", "more than one date"),
        ("how_many_sources", "Two", "can the second put it right"),
        ("how_many_sources", "three", "Answer “one” or “two”"),
        ("month_mark", "A dot!", "A dot claims one day"),
    ],
)
def test_a_wrong_answer_gets_the_hint_that_fits_it(name, answer, told):
    reply = check(name, answer)
    assert not reply
    assert told in repr(reply)


@pytest.mark.parametrize("answer", [..., None, "", "   ", "...", "…"])
def test_no_answer_gets_the_question(answer):
    assert repr(check("wednesday", answer)).startswith("The article came out on Thursday")


@pytest.mark.parametrize(
    "answer",
    ["<b>", "\0", "9" * 5000, "é" * 300, "2014-13-45", "0000-00-00", 5, 2014, -1, 1e300, [], {}, object(), pd.NaT, float("nan"), b"x", True],
)  # fmt: skip
@pytest.mark.parametrize("name", sorted(exercises()))
def test_no_answer_at_all_is_an_error(name, answer):
    assert not check(name, answer)
    assert len(repr(check(name, answer))) < 700


def test_a_reply_is_shown_as_prose_and_an_answer_in_it_as_text():
    assert check("wednesday", "5 Nov")._repr_html_().startswith("<p><strong>Right. </strong>")
    assert "<script>" not in check("wednesday", "<script>1</script>")._repr_html_()


def test_an_unknown_exercise_lists_those_that_there_are():
    with pytest.raises(InputError, match=r"no exercise 'wendesday'; there are wednesday, thursday"):
        check("wendesday", "2014-11-05")


@pytest.mark.parametrize("name", sorted(exercises()))
def test_each_exercise_takes_its_own_answer_and_no_hint_is_one(name):
    exercise = exercises()[name]
    assert check(name, exercise["answer"])
    assert exercise["why"] in repr(check(name, exercise["answer"]))
    for wrong in exercise.get("hints", {}):
        parse_edtf(wrong)
        assert not check(name, wrong)


@pytest.mark.parametrize(
    "name, weekday",
    [("wednesday", "Wednesday"), ("thursday", "Thursday"), ("seventeen_days", "Sunday")],
)
def test_answers_fall_on_the_weekday_that_the_words_name(name, weekday):
    assert pd.Timestamp(exercises()[name]["answer"]).day_name() == weekday
