"""The user's own table: dates in any usual form, and every row that cannot be read reported."""

import datetime

import numpy as np
import pandas as pd
import pytest

from timeline.errors import InputError
from timeline.exchange import read_events
from timeline.exchange.cells import numeric_order, read_own
from timeline.exchange.table_events import read_cells
from timeline.schema import EVENTS

READ = [  # cell, EDTF, granularity; by reading
    ("spring 2009", "2009-21", "season"),
    ("Fall of 2009", "2009-23", "season"),
    ("c. 1850", "1850~", "year"),
    ("ca. 1850", "1850~", "year"),
    ("circa 1850", "1850~", "year"),
    ("1850?", "1850?", "year"),
    ("44 BC", "-0043", "year"),
    ("44 BCE", "-0043", "year"),
    ("44 v. Chr.", "-0043", "year"),
    ("AD 79", "0079", "year"),
    ("476", "0476", "year"),
    ("12000 BC", "Y-11999", "year"),
    ("24.11.2014", "2014-11-24", "day"),
    ("4.11.2014", "2014-11-04", "day"),
    ("24/11/2014", "2014-11-24", "day"),
    ("11/24/2014", "2014-11-24", "day"),
    ("2014/11/24", "2014-11-24", "day"),
    ("20141124", "2014-11-24", "day"),
    ("11/2014", "2014-11", "month"),
    ("2014-11-24 14:30", "2014-11-24T14:30", "minute"),
    ("24.11.2014 14:30", "2014-11-24T14:30", "minute"),
    ("2009-2014", "2009/2014", "year"),
    ("2009–2014", "2009/2014", "year"),
    ("1914-18", "1914/1918", "year"),
    ("500–450 BC", "-0499/-0449", "year"),
    ("2014-11-03 - 2014-11-05", "2014-11-03/2014-11-05", "day"),
    ("from 2009 to 2014", "2009/2014", "year"),
    ("19th century", "18XX", "century"),
    ("1990s", "199X", "decade"),
    ("early 1990s", "199X", "decade"),
    ("Q3 2014", "2014-35", "quarter"),
    ("2014-W45", "[2014-11-03..2014-11-09]", "week"),
    ("before 2009", "../2008", "year"),
    ("since 2009", "2009/..", "year"),
    ("2014-11-24", "2014-11-24", "day"),
    ("2014-11~", "2014-11~", "month"),
    ("2009-21", "2009-21", "season"),
    ("[2009-01-20..2009-06-30]", "[2009-01-20..2009-06-30]", ""),
    ("2014-05-03/..", "2014-05-03/..", "day"),
    ("noviembre de 2014", "2014-11", "month"),
    ("24 novembre 2014", "2014-11-24", "day"),
    ("6 ноября 2014 г.", "2014-11-06", "day"),
    ("Donnerstag, 6. November 2014", "2014-11-06", "day"),
    ("2014年11月6日", "2014-11-06", "day"),
    ("November 24, 2014", "2014-11-24", "day"),
    ("24 Nov 2014", "2014-11-24", "day"),
    ("6-Nov-2014", "2014-11-06", "day"),
    ("July 1969 - July 1971", "1969-07/1971-07", "month"),
    ("Nov 2014 – Jan 2015", "2014-11/2015-01", "month"),
    ("3–5 November 2014", "2014-11-03/2014-11-05", "day"),
    ("since January 2009", "2009-01/..", "month"),
    ("1914–present", "1914/..", "year"),
    ("between 1850 and 1860", "[1850..1860]", ""),
    ("1850 or 1851", "[1850,1851]", ""),
    ("2014 oder 2015", "[2014,2015]", ""),
    ("1850/51", "[1850..1851]", ""),
    ("nach 1990", "1991/..", "year"),
    ("10,000 BC", "-9999", "year"),
    ("possibly 1850", "1850?", "year"),
    ("1850 (?)", "1850?", "year"),
    ("c1850", "1850~", "year"),
    ("Ende 1944", "1944", "year"),
    ("Frühjahr 1945", "1945-21", "season"),
    ("verano de 1936", "1936-22", "season"),
    ("11/24/2014 2:30 PM", "2014-11-24T14:30", "minute"),
    ("6.11.2014, 14:30 Uhr", "2014-11-06T14:30", "minute"),
    ("Nov. 2014", "2014-11", "month"),
]  # fmt: skip


@pytest.fixture(scope="module")
def known():
    return read_cells([cell for cell, _, _ in READ], None)


@pytest.mark.parametrize(("cell", "edtf", "granularity"), READ)
def test_a_date_in_any_usual_form_is_read_at_the_granularity_it_states(
    known, cell, edtf, granularity
):
    value = known[cell]
    assert not isinstance(value, InputError), str(value)
    assert (value.edtf, value.granularity) == (edtf, granularity)


UNREAD = [  # never guessed, never finer than the text, never counted from today
    "yesterday", "Monday", "last week", "in 3 days", "sometime soon", "TBD", "May", "24.11.14", "79",
    "1925-30", "03/04/2014", "32.1.2014", "2014-02-30", "vor dem 6. November 2014", "vor 3 Jahren",
    "we 2014", "version 2.0.1", "1234567", "0", "x" * 500, "12", "5 6 7 8", "montag", "=1+1",
    "<script>", "de 2014", "no 5 2014", "her 2014", "and 5 2014", "from 5 2014", "a 2014", "\u202e2014",
]  # fmt: skip


@pytest.mark.parametrize("cell", UNREAD)
def test_what_is_no_plain_date_is_refused_with_a_reason(cell):
    value = read_cells([cell], None)[cell]
    assert isinstance(value, InputError), value.edtf
    assert str(value)


def test_slashes_are_read_as_their_column_shows_or_as_the_user_says():
    assert numeric_order(["03/04/2014", "24/11/2014"]) is True
    assert numeric_order(["03/04/2014", "11/24/2014"]) is False
    assert numeric_order(["24/11/2014", "11/24/2014"]) is None
    assert read_own("03/04/2014", True).edtf == "2014-04-03"
    assert read_own("03/04/2014", False).edtf == "2014-03-04"
    column = read_cells(["03/04/2014", "24/11/2014"], None)
    assert column["03/04/2014"].edtf == "2014-04-03"


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", ["c. ", "- ", "from ", "1 - ", "(", "2014?"])
def test_hostile_cells_are_refused_in_no_time(piece):
    cell = (piece * 120)[:119]
    assert isinstance(read_cells([cell], None)[cell], InputError)


CSV = """Ereignis;Datum;Quelle;Farbe
"Zwei
Zeilen";24.11.2014;Reuters;rot
Ohne Datum;;AP;blau
Unlesbar;irgendwann;AP;grün
"Semikolon; drin";noviembre de 2014;;
"""


def test_a_table_in_another_language_keeps_every_row_and_reports_each_that_failed(tmp_path):
    (tmp_path / "t.csv").write_bytes(b"\xef\xbb\xbf" + CSV.encode())
    events = read_events(tmp_path / "t.csv")
    assert list(events.columns)[: len(EVENTS)] == [c.name for c in EVENTS]
    assert sorted(events.title) == ["Ohne Datum", "Semikolon; drin", "Unlesbar", "Zwei Zeilen"]
    problems = events.attrs["problems"]
    assert [p["line"] for p in problems] == [4, 5]
    assert all(p["file"].endswith("t.csv") for p in problems)
    assert "empty" in problems[0]["problem"] and "'irgendwann'" in problems[1]["problem"]
    undated = events[~events.dated]
    assert sorted(undated.title) == ["Ohne Datum", "Unlesbar"]
    beside = events.set_index("title").problem
    assert "'irgendwann'" in beside["Unlesbar"] and beside["Zwei Zeilen"] == ""
    assert "'irgendwann'" in events.set_index("title").citations["Unlesbar"][0]["how"]
    assert undated.start.isna().all() and (undated.edtf == "").all()
    assert set(events.Farbe) == {"rot", "blau", "grün", ""}
    reuters = events[events.title == "Zwei Zeilen"].iloc[0]
    assert (reuters.sources, reuters.edtf) == (["Reuters"], "2014-11-24")
    assert reuters.citations[0]["expression"] == "24.11.2014"


def test_rows_make_the_same_events_in_any_order():
    frame = pd.DataFrame({"title": ["a", "b", "b"], "date": ["2014", "1990", "1990"]})
    first = read_events(frame).drop(columns="citations")
    second = read_events(frame.iloc[::-1].reset_index(drop=True)).drop(columns="citations")
    pd.testing.assert_frame_equal(first, second)
    assert first.event_id.is_unique


def test_start_and_end_columns_make_a_period():
    frame = pd.DataFrame(
        {"event": ["war", "day"], "Start": ["1914", "2014-11-06"], "End": ["1918", ""]}
    )
    events = read_events(frame)
    assert list(events.edtf) == ["1914/1918", "2014-11-06"]
    assert list(events.kind) == ["period", "happening"]
    assert list(events.extent) == ["throughout", "within"]


def test_a_period_that_ends_before_it_begins_is_reported_not_swapped():
    events = read_events(pd.DataFrame({"title": ["x"], "start": ["2015"], "end": ["2014"]}))
    assert not events.dated[0]
    assert "must finish after it begins" in events.attrs["problems"][0]["problem"]


def test_frames_with_real_dates_keep_days_as_days():
    frame = pd.DataFrame(
        {
            "title": ["a", "b", "c", "d"],
            "date": [
                datetime.date(2014, 11, 6),
                pd.Timestamp("2014-11-07 14:30"),
                2014,
                np.datetime64("NaT"),
            ],
        }
    )
    events = read_events(frame)
    assert list(events.edtf) == ["2014", "2014-11-06", "2014-11-07T14:30:00", ""]


def test_excel_dates_are_as_fine_as_their_format_shows(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Title", "Date"])
    shown = ["dd.mm.yyyy", "mmm yyyy", "yyyy", "dd.mm.yyyy hh:mm"]
    for n, number_format in enumerate(shown, 2):
        sheet.append(
            [
                number_format,
                datetime.datetime(
                    2014,
                    11,
                    6,
                    14 if "h" in number_format else 0,
                    30 if "h" in number_format else 0,
                ),
            ]
        )
        sheet.cell(n, 2).number_format = number_format
    sheet.append(["text", "spring 2009"])
    sheet.append(["number", 1850])
    sheet.append(["bad", "soon"])
    book.save(tmp_path / "t.xlsx")
    events = read_events(tmp_path / "t.xlsx")
    found = dict(zip(events.title, events.edtf, strict=True))
    assert found == {
        "dd.mm.yyyy": "2014-11-06", "mmm yyyy": "2014-11", "yyyy": "2014",
        "dd.mm.yyyy hh:mm": "2014-11-06T14:30", "text": "2009-21", "number": "1850", "bad": "",
    }  # fmt: skip
    assert [p["line"] for p in events.attrs["problems"]] == [8]


def test_parquet_tables_are_read(tmp_path):
    pd.DataFrame({"name": ["x"], "when": ["c. 1850"]}).to_parquet(tmp_path / "t.parquet")
    assert list(read_events(tmp_path / "t.parquet").edtf) == ["1850~"]


def test_columns_that_do_not_tell_are_asked_for_by_name():
    frame = pd.DataFrame({"a": ["x"], "b": ["2014"]})
    with pytest.raises(
        InputError, match=r"plainly the title; say which with title='\.\.\.', one of a, b"
    ):
        read_events(frame)
    with pytest.raises(InputError, match="no column 'c' for date="):
        read_events(frame, title="a", date="c")
    assert list(read_events(frame, title="a", date="b").edtf) == ["2014"]


@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [
        ("a.csv", b"", "the first line must name the columns"),
        ("a.csv", b"title,date\n", "has no rows"),
        ("a.csv", b"title,date\nx,2014,extra\n", "a.csv:2: 3 cells under 2 columns"),
        ("a.csv", b"title,date\nd\xe9but,2014\n", "a.csv:2: byte 0xe9 is not UTF-8"),
        ("a.xlsx", b"PK\3\4 not really", "not an Excel workbook"),
        ("a.parquet", b"PAR1", "not a Parquet file"),
        ("a.json", b"{", "not JSON"),
        ("a.json", b"[" * 100_000, "not JSON"),
        ("a.json", b"3", "must be a list of events or a TimelineJS story"),
        ("a.json", b"[1]", "entry 1 of the list is not an object"),
        ("a.jsonl", b'{"title": "x", "date": "2014"}\nno\n', "a.jsonl:2: not JSON"),
        ("a.ics", b"hello", "not an iCalendar file"),
        ("a.ics", b"", "not an iCalendar file"),
        ("a.tml", b"<TimeML>", "a.tml:1: not well-formed XML"),
        ("a.docx", b"", "not a kind of file that events are read from"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_sentence(tmp_path, name, raw, message):
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(InputError, match=message):
        read_events(tmp_path / name)


def test_what_is_not_a_regular_file_is_not_opened(tmp_path):
    with pytest.raises(InputError, match="there is no such file"):
        read_events(tmp_path / "none.csv")
    with pytest.raises(InputError, match="is not a regular file"):
        read_events(tmp_path)
