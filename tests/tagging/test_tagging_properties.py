"""What holds for every text: no exception, spans in order and apart, relative values that move with the dct."""

import datetime as dt
import time
from unittest import mock

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.dates import TimeValue, parse_edtf
from timeline.tagging import explain, recognise, tag, tag_text
from timeline.tagging.language import SHAPE, compiled, load_language

PIECES = [
    "the", "of", " ", "\n", "\r\n", ", ", ". ", "-", "–", "“", "”", '"', "'", "’", "(", ")", "/", ":", "first", "second",
    "three", "24", "2014", "1200", "0", "99", "1990s", "5th", "Nov.", "May", "march", "Monday", "week", "month", "years",
    "ago", "later", "last", "next", "this", "that", "until", "by", "since", "morning", "p.m.", "EST", "BC", "quarter",
    "summer", "early", "mid-", "end", "today", "now", "Easter", "29 February", "said", "will", "followed", "fiscal",
    "century", "decade", "\u200f", "\x00", "İ", "ß", "٣", "²", "½", "x", "$", "%", "999,999,999,999",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
)
DAYS = st.dates(dt.date(1, 1, 1), dt.date(9998, 12, 31)).map(str)


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.one_of(st.just(""), DAYS), st.sampled_from(["en", "de"]))
def test_any_text_gives_ordered_spans_that_never_overlap_and_are_the_text(text, dct, language):
    at = 0
    for m in tag_text(text, dct=dct, language=language):
        assert at <= m.start_char < m.stop_char <= len(text)
        assert text[m.start_char : m.stop_char] == m.expression
        assert m.sentence_start <= m.start_char
        at = m.stop_char


@settings(max_examples=200, deadline=None)
@given(TEXTS, DAYS)
def test_bounds_agree_with_the_edtf_text(text, dct):
    for m in tag_text(text, dct=dct):
        if m.edtf and len(m.edtf) < 40 and "Y" not in m.edtf:
            value = parse_edtf(m.edtf)
            value = TimeValue.from_edtf(m.edtf) if not isinstance(value, TimeValue) else value
            for bound, edge in ((m.start, value.start), (m.stop, value.stop)):
                assert (bound is None) == (edge is None)
                assert bound is None or bound == int(edge.astype("int64"))


@settings(max_examples=100, deadline=None)
@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), st.integers(1, 400))
def test_shifting_the_dct_shifts_what_counts_in_days(day, n):
    text = "It fell yesterday, rose three days ago, ends tomorrow and will end in ten days' time."
    before = tag_text(text, dct=str(day))
    after = tag_text(text, dct=str(day + dt.timedelta(n)))
    assert [m.expression for m in before] == [
        "yesterday",
        "three days ago",
        "tomorrow",
        "ten days' time",
    ]
    for a, b in zip(before, after, strict=True):
        assert b.start - a.start == n * 86_400


@settings(deadline=None)
@given(
    st.sampled_from(
        [
            "last month",
            "2014",
            "the first quarter of 2009",
            "Nov. 24",
            "the 1990s",
            "last week",
            "this summer",
        ]
    ),
    DAYS,
)
def test_a_value_is_never_finer_than_its_text(expression, dct):
    size = {
        "last month": 28,
        "2014": 365,
        "the first quarter of 2009": 90,
        "Nov. 24": 1,
        "the 1990s": 3652,
        "last week": 7,
        "this summer": 90,
    }
    (m,) = tag_text(f"It was seen in {expression} there.", dct=dct)
    assert m.stop - m.start >= size[expression] * 86_400


def test_without_a_dct_absolute_dates_resolve_and_relative_ones_name_the_problem():
    absolute, relative = (
        tag_text("It opened in 2003 and it was shut on Monday.")[0],
        tag_text("It was shut on Monday.")[0],
    )
    assert absolute.edtf == "2003"
    assert (relative.edtf, relative.start) == ("", None)
    assert "no dct" in relative.problem
    assert [m.edtf for m in tag_text("In 2009 it opened. It was shut on Monday.")] == ["2009", ""]


def test_the_frame_keeps_article_order_and_two_runs_agree():
    articles = pd.DataFrame(
        {
            "article_id": ["b", "a", "c"],
            "text": ["It ended last month in 2014.", "", "Today."],
            "dct": ["2014-11-06", "2014-11-06", ""],
            "language": ["en", "", "xx"],
        }
    )
    mentions = tag(articles)
    assert list(mentions["mention_id"]) == ["b:9", "b:23"]
    pd.testing.assert_frame_equal(mentions, tag(articles))


def test_every_mention_can_be_explained():
    text = "On Monday, Nov. 24, 2014 they said that it would end in three to four weeks, since 44 BC, in the past."
    for m in tag_text(text, dct="2014-11-06"):
        assert m.expression in str(explain(m))


def runs_of(text: str, code: str = "en") -> tuple[list[tuple[int, int]], int]:
    """Characters and words of each run that rules are tried on, and how many words the text was cut into."""
    real, runs = recognise._in_run, []

    def noted(run, classes, code):
        runs.append((len(run), len(classes)))
        return real(run, classes, code)

    with mock.patch.object(recognise, "_in_run", noted):
        _, words = recognise.recognise(text, load_language(code))
    return runs, len(words.words)


def steps(text: str, code: str = "en") -> int:
    """Work done on a text: words cut, and characters in the runs looked at."""
    runs, n_words = runs_of(text, code)
    return n_words + sum(n for n, _ in runs)


WORST = [
    "the ", "the first ", "3 to ", "24 ", "2014-", "May ", "three hundred ", "Monday, ", "1/", "10:", "'39", "of the end of ",
    "last ", "“", "a.m. ", "quarter of ", "x", "0", "\n", ". ", "ʼ ",
]  # fmt: skip
RULES = [(code, r) for code in ("en", "de") for r in load_language(code).rules]
LONGEST_RUN = recognise.MAX_WORDS * 14  # characters, with what may stand between the words
each_rule = pytest.mark.parametrize(
    ("code", "rule"), [pytest.param(c, r, id=f"{c}-{r.id}") for c, r in RULES]
)


@pytest.mark.parametrize("piece", WORST)
def test_work_grows_in_line_with_the_text(piece):
    small, large = (steps(piece * (n // len(piece))) for n in (10_000, 40_000))
    assert large <= 4.4 * small + 200
    assert large <= 3 * 40_000


@each_rule
def test_no_run_is_longer_than_the_rules_are_safe_for(code, rule):
    """A rule only ever sees MAX_WORDS known words, so that its own backtracking is bounded."""
    runs, _ = runs_of(" ".join(str(e[0]) for e in rule.examples) * 50, code)
    assert 0 < max(n for _, n in runs) <= recognise.MAX_WORDS + 1


@each_rule
def test_a_rule_fed_its_own_words_takes_time_in_line_with_the_text(code, rule):
    """Its expression with the last word missing, over and over, so that every match fails at its end."""
    words = rule.examples[0][1].split()
    piece = " ".join(words[:-1] or words) + " "
    small, middle, large = (
        steps(piece * (n // len(piece)), code) for n in (10_000, 20_000, 40_000)
    )
    assert middle <= 2.2 * small + 400 and large <= 2.2 * middle + 400
    run = (piece * LONGEST_RUN)[:LONGEST_RUN].translate(SHAPE)
    find = compiled(rule.pattern).findall  # compiling takes longer than looking
    took = []
    for _ in range(3):
        begin = time.process_time()
        find(run)
        took.append(time.process_time() - begin)
    assert min(took) < 0.1  # half a millisecond is usual; backtracking is not
