"""A table shows words as text and whole, marks conflicts of events, and is the same each time."""

import pandas as pd
import pytest

from timeline.errors import InputError
from timeline.notebook import show
from timeline.schema import EVENTS, rows_frame


def events(*rows):
    blank = {"text": "", "list": [], "flag": True, "whole": 1, "number": 0.5, "moment": None}
    full = [{c.name: blank[c.kind] for c in EVENTS} | row for row in rows]
    return rows_frame(EVENTS, full)


LETTER = {
    "title": "Letter <script>alert(1)</script> revealed",
    "when": "6 November 2014",
    "kind": "statement",
    "status": "reported",
    "sources": ["Forward", "The <b>Hill</b>"],
    "conflict": "“a pair” against “the fourth”",
}
DEADLINE = {
    "title": "Agreement due",
    "when": "24 November 2014",
    "kind": "deadline",
    "status": "planned",
}


def test_words_of_articles_are_shown_as_text():
    html = show(events(LETTER)).to_html()
    assert "<script>" not in html and "&lt;script&gt;alert(1)" in html
    assert "The &lt;b&gt;Hill" in html


def test_conflict_and_kind_are_marked():
    html = show(events(LETTER, DEADLINE)).to_html()
    assert html.count('class="clash"') == 1
    assert "(deadline)" in html and "(statement" not in html


def test_the_same_events_give_the_same_table_without_an_address():
    assert show(events(LETTER)).to_html() == show(events(LETTER)).to_html()
    assert " at 0x" not in repr(show(events(LETTER)))
    assert "Letter <script>alert(1)</script> revealed !" in repr(show(events(LETTER)))


def test_rows_beyond_n_are_counted():
    table = show(events(*[DEADLINE] * 11), n=4)
    assert repr(table).endswith("\n4 of 11 events; n=11 shows all")
    assert " of " not in repr(show(events(DEADLINE)))
    assert len(table.data) == 4
    assert "4 of 11 events" in table.to_html()


@pytest.mark.parametrize("n", [-1, 0])
def test_no_rows_is_a_table_too(n):
    assert "0 of 1 events" in show(events(LETTER), n=n).to_html()
    assert "when" in show(events()).to_html()


def test_any_other_frame_is_shown_whole_and_as_text():
    words = "a" * 90 + " <b>"
    frame = pd.DataFrame(
        {
            "title": [words, None],
            "sources": [["Forward", "The <i>Hill</i>"], []],
            "start": pd.to_datetime(["2014-11-05", None]).astype("datetime64[s]"),
            "n": [1, 2],
        }
    )
    html = show(frame).to_html()
    assert "a" * 90 + " &lt;b&gt;" in html and "The &lt;i&gt;Hill" in html
    assert "2014-11-05<" in html and "NaT" not in html and "None" not in html
    assert "1 of 2 rows" in show(frame, n=1).to_html()
    assert list(show(frame).data.columns) == list(frame.columns)


def test_the_row_names_of_a_frame_may_repeat_and_it_may_be_empty():
    show(pd.DataFrame({"a": [1, 2]}, index=[0, 0])).to_html()
    assert "a" in show(pd.DataFrame({"a": []})).to_html()


@pytest.mark.parametrize("thing", [None, [], "events"])
def test_what_is_no_frame_is_said_in_one_sentence(thing):
    with pytest.raises(InputError, match="show needs a data frame, not"):
        show(thing)


def test_the_frame_is_left_as_it_was():
    frame = events(LETTER)
    before = frame.copy()
    show(frame).to_html()
    pd.testing.assert_frame_equal(frame, before)
