"""Values and periods: words, TIMEX3, cores, relations, the calendar."""

import pickle
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from timeline.dates import Period, TimeValue, parse_edtf, relation
from timeline.dates.calendar import (
    civil_from_days,
    days_from_civil,
    days_in_month,
    from_iso_week,
    iso_week,
    weekday,
)
from timeline.dates.codes import DAY_PARTS, YEAR_PARTS
from timeline.errors import InputError

WORDS = [
    ("2014-11-05", "5 November 2014"),
    ("2014-10", "some time in October 2014"),
    ("../2014-11-06", "by 6 November 2014"),
    ("2014-11-06/..", "on or after 6 November 2014"),
    ("-0043", "44 BCE"),
    ("-0043-03-15", "15 March 44 BCE"),
    ("0079-08-24", "24 August 79 CE"),
    ("2009", "2009"),
    ("2009~", "about 2009"),
    ("2009?", "perhaps 2009"),
    ("2009-03%", "perhaps about March 2009"),
    ("199X", "some time in the 1990s"),
    ("19XX", "some time in the 20th century"),
    ("2009-21", "some time in spring 2009"),
    ("2009-34", "some time in the second quarter of 2009"),
    ("2009-41", "some time in the second half of 2009"),
    ("[2014-11-03..2014-11-09]", "some time in the week of 3 November 2014"),
    ("[2014-11-29..2014-11-30]", "some time in the weekend of 29–30 November 2014"),
    ("[2009-01-20..2009-06-30]", "some time between 20 January and 30 June 2009"),
    ("[2008-12-20..2009-06-30]", "some time between 20 December 2008 and 30 June 2009"),
    ("[2009-01..2010-06]", "some time between January 2009 and June 2010"),
    ("2014-11-06T14:30", "6 November 2014, 14:30"),
    ("{1667,1668}", "several dates between 1667 and 1668"),
    ("1950S2", "about the 20th century"),
    ("Y-17E7", "170,000,001 BCE"),
    ("XXXX-11-24", "at an unknown time"),
]


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_a_value_reads_as_english(text, words):
    assert TimeValue.from_edtf(text).words() == words


PERIOD_WORDS = [
    ("2014-05-03/2014-05-31", "from 3 to 31 May 2014"),
    ("2014-05-03/2014-06-01", "from 3 May to 1 June 2014"),
    ("2013-12-30/2014-01-02", "from 30 December 2013 to 2 January 2014"),
    ("1980/1988", "from 1980 to 1988"),
    ("-0218/-0200", "from 219 BCE to 201 BCE"),
    ("2009/..", "from 2009 on"),
    ("../2014-11-06", "until 6 November 2014"),
    ("1984~/2004-06", "from about 1984 to June 2004"),
    (
        "2014-11-05/[2014-11-26..2014-12-03]",
        "from 5 November 2014 until some time between 26 November and 3 December 2014",
    ),
    ("2014/2014", "throughout 2014"),
    ("/2014", "from an unknown time until 2014"),
]


@pytest.mark.parametrize(("text", "words"), PERIOD_WORDS)
def test_a_period_reads_as_english(text, words):
    assert Period.from_edtf(text).words() == words


TIMEX = [  # TIMEX3, EDTF, granularity
    ("2014-11-06", "2014-11-06", "day"),
    ("2014-11", "2014-11", "month"),
    ("2014", "2014", "year"),
    ("2014-W45", "[2014-11-03..2014-11-09]", "week"),
    ("2015-W01", "[2014-12-29..2015-01-04]", "week"),
    ("2014-W45-WE", "[2014-11-08..2014-11-09]", "weekend"),
    ("2014-SP", "2014-21", "season"),
    ("2014-SU", "2014-22", "season"),
    ("2014-FA", "2014-23", "season"),
    ("2014-WI", "2014-24", "season"),
    ("2014-Q1", "2014-33", "quarter"),
    ("2014-Q4", "2014-36", "quarter"),
    ("2014-H1", "2014-40", "half"),
    ("2014-H2", "2014-41", "half"),
    ("200", "200X", "decade"),
    ("19", "19XX", "century"),
    ("1", "1XXX", "millennium"),
    ("BC0044", "-0043", "year"),
    ("BC0044-03-15", "-0043-03-15", "day"),
    ("BC048", "[-0488..-0479]", "decade"),
    ("2014-11-06T14:30", "2014-11-06T14:30", "minute"),
    ("2014-11-06T14", "2014-11-06T14", "hour"),
    ("2014-11-06TAF", "[2014-11-06T12:00..2014-11-06T17:59]", "part-of-day"),
    ("2014-11-06TNI", "[2014-11-06T18:00..2014-11-07T05:59]", "part-of-day"),
]


@pytest.mark.parametrize(("timex", "edtf", "granularity"), TIMEX)
def test_timex_and_edtf_name_the_same_value(timex, edtf, granularity):
    value = TimeValue.from_timex(timex)
    assert (value.edtf, value.granularity, value.timex) == (edtf, granularity, timex)
    again = TimeValue.from_edtf(edtf)
    assert (again.start, again.stop) == (value.start, value.stop)


@pytest.mark.parametrize(
    "text", ["P3D", "PT2H", "PXY", "PAST_REF", "FUTURE_REF", "XXXX-11-24", "T14:30", "XXXX-WXX-3"]
)
def test_durations_and_undated_values_pass_through_without_bounds(text):
    value = TimeValue.from_timex(text)
    assert (value.start, value.stop, value.timex) == (None, None, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2014-13",
        "2014-02-30",
        "2014-W54",
        "199-05",
        "2014-11-06T25:00",
        "BC",
        "20145",
        "XXXX-13-01",
        "XXXX-02-30",
        "XXXX-W54",
        "²014",
    ],
)
def test_what_is_not_timex_is_refused(text):
    with pytest.raises(InputError, match="not a TIMEX3 value"):
        TimeValue.from_timex(text)


MODS = [
    ("2014-11-06", "BEFORE", "../2014-11-05", "before 6 November 2014"),
    ("2014-11-06", "AFTER", "2014-11-07/..", "after 6 November 2014"),
    ("2014-11-06", "ON_OR_BEFORE", "../2014-11-06", "by 6 November 2014"),
    ("2014-11", "ON_OR_AFTER", "2014-11/..", "on or after November 2014"),
    ("2014", "APPROX", "2014~", "about 2014"),
    ("2014-11", "START", "2014-11", "some time in early November 2014"),
    ("2014-11", "MID", "2014-11", "some time in mid-November 2014"),
    ("199", "END", "199X", "some time in the late 1990s"),
]  # fmt: skip


@pytest.mark.parametrize(("timex", "mod", "edtf", "words"), MODS)
def test_mods_open_a_side_or_colour_the_words_and_never_narrow(timex, mod, edtf, words):
    value = TimeValue.from_timex(timex, mod)
    assert (value.edtf, value.words(), value.timex, value.mod) == (edtf, words, timex, mod)


def test_a_fiscal_year_may_be_any_twelve_months_that_go_by_its_number():
    value = TimeValue.from_timex("FY2014")
    assert (value.edtf, value.granularity) == ("[2013..2015]", "")


def test_an_irregular_value_has_the_finest_timex_that_holds_it():
    assert TimeValue.from_edtf("[2009-01-20..2009-06-30]").timex == "2009"
    assert TimeValue.from_edtf("[2009-01-20..2009-01-28]").timex == "2009-01"
    assert TimeValue.from_edtf("[2009-01-20..2009-01-25]").timex == "2009-W04"
    assert TimeValue.from_edtf("[1990..1993]").timex == "199"
    assert TimeValue.from_edtf("[-0010..0010]").timex == ""


def test_a_period_of_days_surely_runs_on_all_of_them():
    period = Period.from_edtf("2014-05-03/2014-05-31")
    assert (period.core_start, period.core_stop) == (period.start, period.stop)


def test_a_period_of_months_surely_runs_from_the_last_possible_first_day():
    period = Period.from_edtf("2014-05/2014-07")
    assert period.core_start == np.datetime64("2014-05-31", "s")
    assert period.core_stop == np.datetime64("2014-07-02", "s")
    assert Period.from_edtf("2014-05/2014-05").core_start is None


def test_an_open_side_of_a_period_has_no_bound_and_no_core_bound():
    period = Period.from_edtf("2014-05-03/..")
    assert (period.stop, period.core_stop) == (None, None)
    assert period.core_start == np.datetime64("2014-05-03", "s")


RELATIONS = [
    ("2014-10", "2014-11-06", "before"),
    ("2014-11-06", "2014-10", "after"),
    ("2014-11-06", "2014-11", "within"),
    ("2014-11", "2014-11-24", "contains"),
    ("2014-11-06", "2014-11-06", "equal"),
    ("[2014-10-20..2014-11-10]", "2014-11", "overlaps"),
    ("2014-10-31", "2014-11", "before"),
    ("2014-11-06", "[..2014-11-06]", "within"),
    ("[..2014-11-06]", "2014-11-07", "before"),
    ("2014-05", "2014-05-01/2014-05-31", "within"),
    ("XXXX-11-24", "2014", "contains"),
]


@pytest.mark.parametrize(("a", "b", "expected"), RELATIONS)
def test_relation_says_what_is_sure(a, b, expected):
    assert relation(parse_edtf(a), parse_edtf(b)) == expected


def test_values_have_no_order_of_their_own():
    with pytest.raises(TypeError):
        TimeValue.year(2014) < TimeValue.year(2015)  # noqa: B015
    texts = ["2014-11-06", "44", "../2014-11-06", "2014-10", "-0043", "XXXX-11-24"]
    values = [TimeValue.from_edtf(t) for t in texts if t != "44"]
    ordered = [v.edtf for v in sorted(values, key=lambda v: v.sort_key)]
    assert ordered == ["-0043", "2014-10", "2014-11-06", "../2014-11-06", "XXXX-11-24"]


def test_values_are_made_from_frame_cells_and_survive_a_pickle():
    frame = pd.DataFrame({"start": ["2014-11-06", None], "stop": ["2014-11-07", None]}).astype(
        "datetime64[s]"
    )
    value = TimeValue(frame.start[0], frame.stop[0], "day")
    assert value == TimeValue.day(2014, 11, 6)
    assert TimeValue(frame.start[1], frame.stop[1]).start is None
    assert pickle.loads(pickle.dumps(value)) == value
    far = pd.Series([TimeValue.from_edtf("Y-17E7").start], dtype="datetime64[s]")
    assert far.dtype == "datetime64[s]"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("2014-11-07", "2014-11-06"), "must stop after it starts"),
        (("2014-11-06", "2014-11-07", "minutely"), "granularity 'minutely' is not one of second"),
        (("2014-11-06", "2014-11-07", "day", "!"), "qualifier '!' is not one of"),
        (("2014-11-06", "2014-11-07", "day", "", "SOON"), "mod 'SOON' is not one of START"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused(arguments, message):
    with pytest.raises(InputError, match=message):
        TimeValue(*arguments)


@pytest.mark.parametrize("day", [(2014, 2, 30), (2014, 13, 1), (2014, 0, 1), (10**15, 1, 1)])
def test_a_day_that_cannot_be_is_refused(day):
    with pytest.raises(InputError, match="there is no day"):
        TimeValue.day(*day)


def test_the_calendar_is_pythons_where_python_has_one():
    for ordinal in range(1, date(2400, 1, 1).toordinal(), 97):
        day = date.fromordinal(ordinal)
        n = days_from_civil(day.year, day.month, day.day)
        assert n == (day - date(1970, 1, 1)).days
        assert civil_from_days(n) == (day.year, day.month, day.day)
        assert (weekday(n), iso_week(n)) == (day.weekday(), tuple(day.isocalendar())[:2])
        assert from_iso_week(*iso_week(n)) == n - weekday(n)


def test_the_calendar_is_numpys_beyond_that():
    for year in (-170_000_000, -4713, -1, 0, 12_000, 170_000_000):
        days = int(np.datetime64(f"{year:05d}-03-01", "D").astype(int))
        assert days_from_civil(year, 3, 1) == days
        assert civil_from_days(days) == (year, 3, 1)
    assert [days_in_month(y, 2) for y in (-4, -100, -400, 0)] == [29, 28, 29, 29]
    assert timedelta(days=days_from_civil(1970, 1, 2)) == timedelta(days=1)


def test_codes_are_unique_and_seasons_stand_in_one_table():
    edtf = [part.edtf for part in YEAR_PARTS]
    assert edtf == list(range(21, 42))
    timex = [part.timex for part in YEAR_PARTS if part.timex] + [part.timex for part in DAY_PARTS]
    assert len(timex) == len(set(timex))


@pytest.mark.parametrize(
    ("start", "stop", "granularity", "words"),
    [
        ("2023-03-30", "2023-03-31", "week", "30 March 2023"),
        ("2023-03-30", "2023-03-31", "", "30 March 2023"),
        ("2023-03-01", "2023-04-01", "", "some time in March 2023"),
        ("2023-03-09T17:00", "2023-03-10", "", "the evening of 9 March 2023"),
        ("2023-03-09T18:00", "2023-03-10", "", "some time between 9 March 2023, 18:00 and 23:59"),
        ("2023-03-09", "2023-03-09T11:30", "", "some time between 9 March 2023, 00:00 and 11:29"),
        ("2023-03-09", "2023-03-11", "", "some time between 9 and 10 March 2023"),
    ],
)
def test_bounds_inside_one_unit_are_not_told_as_from_and_to_the_same_day(
    start, stop, granularity, words
):
    value = TimeValue(np.datetime64(start, "s"), np.datetime64(stop, "s"), granularity)
    assert value.words() == words
