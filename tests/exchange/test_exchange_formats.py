"""Events out and in again: what each format carries comes back, what it cannot carry is said."""

import csv
import io
import json
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.errors import InputError
from timeline.exchange import read_events, read_timeml, write_events, write_frame, write_timeml
from timeline.exchange.tables import iso_text
from timeline.pipeline import read_story
from timeline.schema import ARTICLES, MENTIONS, PROBLEMS, make_frame, rows_frame

TABLE = pd.DataFrame(
    [
        ("Caesar is killed", "44 BC", "Plutarch"),
        ("The letter", "[..2014-11-06]", "Journal"),
        ("Pair of letters", "[2009-01-20..2009-06-30]", "Times"),
        ("Talks go on", "2014-05-03/2014-05-31", "Times"),
        ("War", "1914/1918", "Times"),
        ("In power", "2009-01-20/..", "Times"),
        ("Some month", "2014-10", "Times; Journal"),
        ("A week", "2014-W45", "Times"),
        ("Spring", "spring 2009", "Times"),
        ("Nineties", "1990s", "Times"),
        ("Perhaps", "1850?", "Times"),
        ("Deadline", "2014-11-24", "Times"),
        ("Call", "2014-11-05 14:30", "Times"),
        ("No date", "", "Times"),
        ('=HYPERLINK("http://x") <b>&amp; "quotes", | pipes', "2014-11-07", "@evil"),
        ("שלום עולם", "2014-11-08", "Times"),
    ],
    columns=["title", "date", "source"],
)


@pytest.fixture
def events():
    """Events with every column filled somewhere."""
    frame = read_events(TABLE)
    frame["colour"] = ["red", None] * (len(frame) // 2)
    at = frame.index[frame.title == "Deadline"][0]
    frame.loc[at, ["kind", "status", "attribution", "conflict"]] = (
        "deadline", "planned", "a spokesman", "one says the 24th, one the 25th",
    )  # fmt: skip
    frame.at[at, "mention_ids"] = ["a:1", "b:2"]
    frame.at[at, "alternatives"] = [
        {"edtf": "2014-11-25", "when": "25 November 2014", "start": np.datetime64("2014-11-25", "s"),
         "stop": np.datetime64("2014-11-26", "s"), "says": "the 25th", "sources": ["B"]}
    ]  # fmt: skip
    frame.attrs.clear()
    return frame


@pytest.mark.parametrize("name", ["e.csv", "e.json", "e.jsonl", "e.parquet"])
def test_our_own_formats_give_the_very_same_frame_again(events, tmp_path, name):
    assert write_events(events, tmp_path / name) == []
    again = read_events(tmp_path / name)
    assert again.attrs == {"problems": [], "lost": []}
    again = again.drop(columns="colour")
    pd.testing.assert_frame_equal(again, events.drop(columns="colour"), check_like=False)


def test_the_excel_safe_table_holds_no_formula_and_reads_back_the_same(events, tmp_path):
    write_events(events, tmp_path / "e.csv", "excel-csv")
    raw = (tmp_path / "e.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    cells = [c for row in csv.reader(io.StringIO(raw.decode("utf-8-sig"))) for c in row]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r")]
    again = read_events(tmp_path / "e.csv")
    assert list(again.title) == list(events.title)
    assert list(again.edtf) == list(events.edtf)


CARRIED = [  # format, file, titles that it has no date for, columns that come back
    ("timelinejs", "e.json", {"No date"}),
    ("vis", "e.json", {"No date"}),
    ("ics", "e.ics", {"No date", "Caesar is killed"}),
]


@pytest.mark.parametrize(("to", "name", "left_out"), CARRIED)
def test_other_tools_formats_carry_title_date_kind_status_and_sources(
    events, tmp_path, to, name, left_out
):
    notes = write_events(events, tmp_path / name, to, title="A story")
    again = read_events(tmp_path / name).set_index("event_id")
    ours = events[~events.title.isin(left_out)].set_index("event_id")
    assert set(again.index) == set(ours.index)
    for column in (
        "title",
        "edtf",
        "when",
        "kind",
        "status",
        "attribution",
        "extent",
        "granularity",
        "sources",
    ):
        assert again.loc[ours.index, column].to_list() == ours[column].to_list(), column
    assert again.attrs["problems"] == []
    told = " ".join(notes)
    assert all(title in told for title in left_out)
    assert "alternatives" in told and "colour" in told and "mention_ids" in told


def test_what_has_no_day_says_so_in_its_title_where_it_is_drawn_on_one(events, tmp_path):
    write_events(events, tmp_path / "v.json", "vis")
    shown = [item["content"] for item in json.loads((tmp_path / "v.json").read_text())]
    assert "by 6 November 2014: The letter" in shown and "Deadline" in shown
    write_events(events, tmp_path / "c.ics")
    lines = (tmp_path / "c.ics").read_text().splitlines()
    assert "SUMMARY:some time in October 2014: Some month" in lines
    assert "SUMMARY:by 6 November 2014: The letter" in lines
    assert "SUMMARY:Deadline" in lines


def test_a_date_that_another_tool_changed_wins_over_the_one_we_left_there(events, tmp_path):
    path = tmp_path / "e.json"
    write_events(events, path, "timelinejs")
    story = json.loads(path.read_text())
    slide = next(s for s in story["events"] if s["text"]["headline"] == "Deadline")
    slide["start_date"]["day"] = 25
    path.write_text(json.dumps(story))
    again = read_events(path).set_index("title")
    assert again.edtf["Deadline"] == "2014-11-25"
    assert again.edtf["Some month"] == "2014-10"


def test_timelinejs_json_of_a_stranger_is_read(tmp_path):
    story = {
        "title": {"text": {"headline": "A <b>life</b>"}},
        "events": [
            {"start_date": {"year": "1963", "month": "8", "day": "9"}, "text": {"headline": "Born &amp; raised", "text": "<p>In <i>Newark</i></p>"}, "media": {"url": "https://example.org/p.jpg"}},
            {"start_date": {"year": -44}, "end_date": {"year": 14}, "text": {"headline": "Rome"}},
            {"start_date": {"year": 2014, "month": 11, "day": 5, "hour": 14, "minute": 30}},
            {"start_date": {"month": 5}, "text": {"headline": "No year"}},
            {"text": {"headline": "No date"}},
            {"start_date": {"year": 2014, "month": 2, "day": 30}, "text": {"headline": "No such day"}},
            17,
        ],
        "eras": [{"start_date": {"year": 1960}, "end_date": {"year": 1970}, "text": {"headline": "Era"}}],
    }  # fmt: skip
    (tmp_path / "s.json").write_text(json.dumps(story))
    events = read_events(tmp_path / "s.json")
    found = dict(zip(events.title, events.edtf, strict=True))
    assert found["Born & raised"] == "1963-08-09"
    assert found["Rome"] == "-0043/0014"
    assert found["slide 3"] == "2014-11-05T14:30"
    assert found["Era"] == "1960/1970"
    assert found["No year"] == found["No date"] == found["No such day"] == ""
    assert [p["line"] for p in events.attrs["problems"]] == [4, 5, 6, 7]
    assert events.attrs["lost"] == ["media of 1 slides is not kept"]
    assert events.attrs["title"] == "A life"


SHEET = """Year,Month,Day,Time,End Year,End Month,End Day,End Time,Display Date,Headline,Text,Media,Media Credit,Media Caption,Media Thumbnail,Type,Group,Background
2014,11,24,,,,,,,Deadline,"<p>Due</p>",,,,,,talks,
,,,,,,,,,The story,Intro,,,,,title,,
2009,,,,2014,11,,,,Talks,,,,,,,,
1960,,,,1970,,,,,Sixties,,,,,,era,,
soon,,,,,,,,,Bad,,,,,,,,
"""


def test_the_timelinejs_spreadsheet_is_read_as_csv(tmp_path):
    (tmp_path / "s.csv").write_text(SHEET)
    events = read_events(tmp_path / "s.csv")
    found = dict(zip(events.title, events.edtf, strict=True))
    assert found == {
        "Deadline": "2014-11-24",
        "Talks": "2009/2014-11",
        "Sixties": "1960/1970",
        "Bad": "",
    }
    assert events.attrs["title"] == "The story"
    assert [p["line"] for p in events.attrs["problems"]] == [6]


ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:x
X-WR-CALNAME:Work
BEGIN:VEVENT
UID:1
SUMMARY:All day\\, twice
DTSTART;VALUE=DATE:20141103
DTEND;VALUE=DATE:20141105
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:One day
DTSTART;VALUE=DATE:20141106
DTEND;VALUE=DATE:20141107
END:VEVENT
BEGIN:VEVENT
UID:3
SUMMARY:Call
DTSTART;TZID=Europe/Vienna:20141105T143000
DURATION:PT1H
RRULE:FREQ=WEEKLY
LOCATION:Vienna
END:VEVENT
BEGIN:VEVENT
UID:4
SUMMARY:No date
END:VEVENT
BEGIN:VTODO
UID:5
SUMMARY:To do
END:VTODO
END:VCALENDAR
"""


def test_a_strangers_calendar_is_read_with_its_exclusive_ends(tmp_path):
    (tmp_path / "c.ics").write_text(ICS.replace("\n", "\r\n"))
    events = read_events(tmp_path / "c.ics")
    found = dict(zip(events.title, events.edtf, strict=True))
    assert found == {
        "All day, twice": "2014-11-03/2014-11-04",
        "One day": "2014-11-06",
        "Call": "2014-11-05T14:30/2014-11-05T15:30",
        "No date": "",
    }
    assert len(events.attrs["problems"]) == 1
    lost = " ".join(events.attrs["lost"])
    assert "recurrences of 1" in lost and "time zones of 1" in lost and "1 to-dos" in lost


def test_vis_items_of_a_stranger_are_read(tmp_path):
    items = [
        {"id": 1, "content": "A <b>day</b>", "start": "2014-11-06"},
        {"id": 2, "content": "range", "start": "2014-11-03", "end": "2014-11-06"},
        {"id": 3, "content": "number", "start": 1415232000000},
        {"id": 4, "content": "moment", "start": "2014-11-05T14:30:00.000Z"},
        {"id": 5, "content": "bad", "start": "Thu Nov 06 2014"},
        {"id": 6, "content": "", "start": "2014-11-01", "end": "2014-12-01", "type": "background"},
    ]
    (tmp_path / "v.json").write_text(json.dumps(items))
    events = read_events(tmp_path / "v.json")
    found = dict(zip(events.title, events.edtf, strict=True))
    assert found == {
        "A day": "2014-11-06", "range": "2014-11-03/2014-11-05", "number": "2014-11-06",
        "moment": "2014-11-05T14:30", "bad": "",
    }  # fmt: skip
    assert events.attrs["lost"] == ["1 background items are not events"]


def test_years_that_a_tool_cannot_show_are_left_out_and_told(tmp_path):
    far = read_events(pd.DataFrame({"title": ["Flood basalt", "Now"], "date": ["Y-17E7", "2014"]}))
    notes = write_events(far, tmp_path / "v.json", "vis")
    assert [i["content"] for i in json.loads((tmp_path / "v.json").read_text())] == ["Now"]
    assert "Flood basalt" in notes[0]
    notes = write_events(far, tmp_path / "t.json", "timelinejs")
    story = json.loads((tmp_path / "t.json").read_text())
    assert story["scale"] == "cosmological"
    assert story["events"][0]["start_date"] == {"year": -170_000_001}
    assert "years only" in notes[0]


def test_markdown_is_one_table_that_no_title_can_break(events, tmp_path):
    write_events(events, tmp_path / "e.md")
    lines = (tmp_path / "e.md").read_text().splitlines()
    assert len(lines) == len(events) + 2
    assert {line.replace("\\|", "").count("|") for line in lines} == {7}
    assert "<b>" not in "".join(lines)


def test_any_frame_is_written_to_a_stream_or_a_file(tmp_path):
    frame = make_frame(PROBLEMS, {"file": ["a"], "line": [1], "problem": ["x,y\n=1"]})
    out = io.BytesIO()
    assert write_frame(frame, out, to="csv") == []
    assert out.getvalue() == b'file,line,problem\na,1,"x,y\n=1"\n'
    out = io.BytesIO()
    write_frame(frame, out, to="jsonl")
    assert json.loads(out.getvalue()) == {"file": "a", "line": 1, "problem": "x,y\n=1"}
    write_frame(frame, tmp_path / "p.parquet")
    assert pd.read_parquet(tmp_path / "p.parquet").problem[0] == "x,y\n=1"


def test_bytes_are_the_same_each_time(events, tmp_path):
    for to, name in (
        ("csv", "a"),
        ("parquet", "b"),
        ("ics", "c"),
        ("timelinejs", "d"),
        ("vis", "e"),
    ):
        write_events(events, tmp_path / f"{name}1", to)
        write_events(events, tmp_path / f"{name}2", to)
        assert (tmp_path / f"{name}1").read_bytes() == (tmp_path / f"{name}2").read_bytes(), to


def test_unknown_formats_and_columns_are_named():
    with pytest.raises(InputError, match="names no format"):
        write_frame(pd.DataFrame(), "x.doc")
    with pytest.raises(InputError, match="'yaml' is not a format; use one of csv"):
        write_frame(pd.DataFrame(), "x.csv", to="yaml")
    with pytest.raises(InputError, match="lacks the columns event_id"):
        write_events(pd.DataFrame({"a": [1]}), "x.csv")
    with pytest.raises(InputError, match="timeml needs the articles"):
        write_events(pd.DataFrame(), "folder", "timeml")


def test_moments_of_any_year_are_iso_text():
    assert iso_text(np.datetime64("-0043-03-15", "s")) == "-0043-03-15T00:00:00"
    assert iso_text(np.datetime64("12000-01-01", "s")) == "+12000-01-01T00:00:00"
    assert iso_text(pd.NaT) == iso_text(np.datetime64("NaT")) == ""


@pytest.fixture
def article():
    text = "A & B <met>\r\non Wednesday, \x0bNov. 5. \U0001f600 In October 2014 they had not."
    spans = [("Wednesday", "DATE", "2014-11-05", ""), ("October 2014", "DATE", "2014-10", "START")]
    row = {
        "article_id": "../a/1", "title": "T & <t>", "dct": "2014-11-06", "dct_basis": "stated", "text": text, "source": "S",
    }  # fmt: skip
    mentions = []
    for words, kind, timex, mod in spans:
        start = text.index(words)
        blank = {
            c.name: {"whole": 0, "flag": False, "moment": None}.get(c.kind, "") for c in MENTIONS
        }
        mentions.append(
            blank | {"mention_id": f"x:{start}", "article_id": "../a/1", "start_char": start, "stop_char": start + len(words),
                     "expression": words, "type": kind, "timex": timex, "mod": mod}
        )  # fmt: skip
    return rows_frame(ARTICLES, [row]), rows_frame(MENTIONS, mentions)


def test_timeml_marks_the_expressions_in_exactly_the_text(article, tmp_path):
    articles, mentions = article
    notes = write_timeml(articles, mentions, tmp_path / "out")
    assert any("source" in note for note in notes)
    files = list((tmp_path / "out").iterdir())
    assert [f.name for f in files] == ["_a_1.tml"]
    back, found = read_timeml(files[0].read_bytes(), str(files[0]))
    assert back.text[0] == articles.text[0].replace("\x0b", "\ufffd")
    assert (back.article_id[0], back.title[0], back.dct[0]) == ("../a/1", "T & <t>", "2014-11-06")
    for column in ("start_char", "stop_char", "expression", "type", "timex", "mod"):
        assert list(found[column]) == list(mentions[column])
    assert list(found.edtf) == ["2014-11-05", "2014-10"]


def test_a_whole_story_survives_our_own_formats_and_timeml(tmp_path):
    root = Path(__file__).parents[2]
    story = read_story(root / "data/iran-letters")
    for name in ("e.csv", "e.json", "e.parquet"):
        assert write_events(story.events, tmp_path / name) == []
        pd.testing.assert_frame_equal(read_events(tmp_path / name), story.events)
    write_timeml(story.articles, story.mentions, tmp_path)
    for article in story.articles.itertuples():
        path = tmp_path / f"{article.article_id}.tml"
        back, found = read_timeml(path.read_bytes(), str(path))
        assert back.text[0] == article.text
        ours = story.mentions[story.mentions.article_id == article.article_id]
        for column in ("start_char", "stop_char", "expression", "timex", "edtf"):
            assert list(found[column]) == list(ours[column]), column
    again = read_events(path)
    assert "2014-11-24" in set(again.edtf)


def test_timeml_with_a_bad_value_keeps_the_mention_and_names_the_problem():
    raw = b"<TimeML><TEXT>on <TIMEX3 tid='t1' type='DATE' value='soon'>Friday</TIMEX3></TEXT></TimeML>"
    _, mentions = read_timeml(raw, "x.tml")
    assert mentions.expression[0] == "Friday" and "not a TIMEX3 value" in mentions.problem[0]


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><TimeML><TEXT>&a;</TEXT></TimeML>'
)


@pytest.mark.parametrize(
    "raw", [BOMB, BOMB.decode().encode("utf-16"), b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>']
)
def test_a_document_type_is_refused_before_anything_is_expanded(raw):
    with pytest.raises(InputError, match="document type declaration is not read"):
        read_timeml(raw, "x.tml")


def test_a_workbook_that_would_unpack_to_gigabytes_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("timeline.exchange.sheets._LARGEST_SHEET", 1000)
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "0" * 10_000)
    with pytest.raises(InputError, match="unpacks to more than"):
        read_events(tmp_path / "b.xlsx")


JSONISH = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["events", "start_date", "end_date", "year", "month", "day", "hour", "text", "headline",
                         "timeline", "edtf", "extent", "sources", "kind", "start", "end", "content", "id", "title",
                         "date", "media", "url", "eras", "unique_id", "line", "display_date", "group"]),
        inner, max_size=6),
    max_leaves=25,
)  # fmt: skip


@pytest.mark.slow
@given(JSONISH)
@settings(max_examples=120, deadline=None)
def test_any_json_is_read_or_refused(tmp_path_factory, found):
    path = tmp_path_factory.mktemp("j") / "x.json"
    for story in ({"events": [found]}, [{"start": found, "content": "x"}], found):
        path.write_text(json.dumps(story))
        try:
            events = read_events(path)
        except InputError:
            continue
        assert events.event_id.is_unique


BROKEN_LINES = (
    "DTSTART:x",
    "DTEND;VALUE=DATE:20141399",
    "DURATION:P9999999999W",
    "X-TIMELINE:{",
    "DTSTART;TZID=No/Where:20141105T143000",
    "\0",
    ":",
)


@pytest.mark.slow
@given(
    st.lists(
        st.sampled_from([*ICS.splitlines(), *BROKEN_LINES]),
        max_size=25,
    )
)
@settings(max_examples=200, deadline=None)
def test_any_calendar_is_read_or_refused(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("i") / "x.ics"
    path.write_text("\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR"]))
    try:
        read_events(path)
    except InputError as refused:
        assert str(refused)


@given(
    st.binary(max_size=80)
    | st.text(alphabet="<>/TimeXTEX3 value='\"&;2014-", max_size=80).map(str.encode)
)
@settings(max_examples=200, deadline=None)
def test_any_bytes_as_any_file_are_read_or_refused(tmp_path_factory, raw):
    folder = tmp_path_factory.mktemp("b")
    for suffix in (".csv", ".tml", ".ics", ".json", ".parquet", ".xlsx", ".jsonl"):
        path = folder / f"x{suffix}"
        path.write_bytes(raw)
        try:
            read_events(path)
        except InputError as refused:
            assert str(refused)
