"""What holds for every date: round trips, antisymmetry, never finer than the text."""

from dataclasses import replace

import edtf as edtf_package
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.dates import Period, TimeValue, parse_edtf, relation
from timeline.dates.calendar import civil_from_days, days_in_month
from timeline.errors import InputError
from timeline.schema import GRANULARITIES

YEARS = st.integers(-9999, 9999)
QUALIFIERS = st.sampled_from(["", "?", "~", "%"])


@st.composite
def dates(draw):
    """A single EDTF date of any level as text."""
    year = draw(YEARS)
    text = f"-{-year:04d}" if year < 0 else f"{year:04d}"
    form = draw(st.integers(0, 6))
    if form == 0:
        n = draw(st.integers(1, 3))
        return text[:-n] + "X" * n + draw(QUALIFIERS)
    if form == 1:
        return f"Y{draw(st.integers(10_000, 10**9)) * draw(st.sampled_from([1, -1]))}"
    if form == 2:
        return f"{text}S{draw(st.integers(1, 4))}" if year else text
    if form == 3:
        return f"{text}-{draw(st.integers(21, 41))}{draw(QUALIFIERS)}"
    month = draw(st.integers(1, 12))
    if form == 4:
        return f"{text}-{draw(st.sampled_from([f'{month:02d}', 'XX']))}{draw(QUALIFIERS)}"
    day = f"{draw(st.integers(1, days_in_month(year, month))):02d}"
    q = [draw(QUALIFIERS) for _ in range(3)] if form == 5 else ["", "", ""]
    return f"{text}{q[0]}-{q[1]}{month:02d}-{draw(st.sampled_from([day, 'XX']))}{q[2]}"


@st.composite
def bounded(draw):
    """Any two-sided value: real bounds, with the granularity of a unit or none."""
    granularity = draw(st.sampled_from(["", *GRANULARITIES]))
    start = draw(st.integers(-400_000_000_000, 400_000_000_000))
    if granularity in ("", "part-of-day"):
        stop = start + draw(st.integers(1, 10**10))
        return TimeValue(np.datetime64(start, "s"), np.datetime64(stop, "s"), "", draw(QUALIFIERS))
    day = np.datetime64(start, "s").astype("datetime64[D]")
    year = int(day.astype("datetime64[Y]").astype(int)) + 1970
    value = TimeValue.around(granularity, year, draw(st.integers(1, 12)), 28)
    return replace(value, qualifier=draw(QUALIFIERS))


@given(dates())
def test_edtf_comes_back_as_it_was_read(text):
    try:
        value = parse_edtf(text)
    except InputError:
        assert text.startswith("-000")  # -000X has no year but 0, which is written 0000
        return
    assert value.edtf == text
    assert parse_edtf(value.edtf) == value


@given(bounded())
def test_any_value_survives_edtf_with_its_bounds_and_doubt(value):
    again = TimeValue.from_edtf(value.edtf)
    assert (again.start, again.stop, again.qualifier) == (value.start, value.stop, value.qualifier)


@given(dates())
@settings(max_examples=60, deadline=None)
def test_any_date_has_the_bounds_that_the_edtf_package_gives_it(text):
    """But for what it gets wrong: S, winters, and masks in years BCE (-0010-XX from December to January)."""
    bare = text.translate({ord(c): None for c in "?~%"})
    if "S" in bare or bare[-3:] in ("-24", "-28", "-30") or bare.startswith(("-000", "Y")):
        return
    if bare.startswith("-") and "X" in bare:
        return
    theirs, value = edtf_package.parse_edtf(bare), parse_edtf(bare)
    found = [
        (t.tm_year, t.tm_mon, t.tm_mday) for t in (theirs.lower_strict(), theirs.upper_strict())
    ]
    ours = [civil_from_days(s // 86_400) for s in (value.span.start, value.span.stop - 1)]
    assert ours == found


@given(dates(), dates())
def test_relation_is_antisymmetric(a, b):
    try:
        first, second = parse_edtf(a), parse_edtf(b)
    except InputError:
        return
    turned = {"before": "after", "after": "before", "within": "contains", "contains": "within"}
    told = relation(first, second)
    assert relation(second, first) == turned.get(told, told)
    assert relation(first, first) == "equal"


@given(dates())
def test_a_value_is_never_finer_than_its_text(text):
    """Leaving out the last component or digit of the text widens the value or leaves it."""
    bare = text.translate({ord(c): None for c in "?~%"})
    if "S" in bare or bare.startswith("Y"):
        return
    body, sign = bare.lstrip("-"), "-" * bare.startswith("-")
    coarser = sign + (
        body.rsplit("-", 1)[0] if "-" in body else body[:3].rstrip("X")[:-1].ljust(4, "X")
    )
    try:
        fine, coarse = TimeValue.from_edtf(bare), TimeValue.from_edtf(coarser)
    except InputError:
        return
    winter = body[5:] in ("24", "28", "30")  # a winter runs on into the next year
    assert relation(fine, coarse) in (("within", "equal") if not winter else ("overlaps",))


@given(bounded())
def test_timex_never_narrows_a_value(value):
    if value.timex:
        back = TimeValue.from_timex(value.timex)
        assert relation(value, back) in ("within", "equal")


@given(bounded(), bounded())
def test_every_value_and_period_has_words(a, b):
    assert a.words()
    if a.start < b.stop:
        period = Period(a, b)
        assert period.words()
        again = Period.from_edtf(period.edtf)
        assert (again.start, again.stop) == (period.start, period.stop)


@given(st.text(max_size=60))
@settings(max_examples=300)
def test_any_text_is_a_date_or_one_documented_error(text):
    for read in (parse_edtf, TimeValue.from_edtf, TimeValue.from_timex):
        try:
            read(text)
        except InputError as refused:
            assert str(refused)


@given(st.text(alphabet="0123456789XYESTZ-/.,[]{}?~%:+ ", max_size=40))
@settings(max_examples=500)
def test_text_that_looks_like_edtf_is_read_or_refused(text):
    try:
        value = parse_edtf(text)
    except InputError:
        return
    assert value.words() and isinstance(value.sort_key, tuple)
