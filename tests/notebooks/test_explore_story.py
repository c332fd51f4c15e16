"""What the explorer tells Python, and what Python tells it; how it looks is tested in a real JupyterLab."""

import base64
import gzip
import json
import re

import pandas as pd
import pytest

import timeline
from timeline.correcting import correct, read_corrections
from timeline.errors import InputError
from timeline.notebook import example, explore
from timeline.notebook.explorer import view_style


@pytest.fixture(scope="module")
def story():
    return timeline.read_story(example("iran-letters"))


@pytest.fixture
def widget(story):
    return explore(story)


def deadline(frame):
    return frame[frame.kind == "deadline"].iloc[0]


def test_the_view_gets_every_event_as_plain_json(story, widget):
    data = json.loads(json.dumps(widget.data, allow_nan=False))
    assert data["n"] == len(story.events)
    assert all(f'data-id="{event_id}"' in data["list"] for event_id in story.events.event_id)


def test_the_view_is_one_text_that_asks_for_nothing(widget):
    """VS Code and Colab are given the module as text: nothing can be imported beside it, or fetched."""
    for text in (widget._esm, widget._css):
        assert not re.search(r"^import |import\(|fetch\(|XMLHttpRequest|@import|url\(", text, re.M)
        assert set(re.findall(r"https?://[^\s\"'`]*", text)) <= {"http://www.w3.org/2000/svg"}


def test_the_view_is_dark_where_the_notebook_is():
    assert "prefers-color-scheme: dark" not in view_style()
    assert ".story-viewer.dark" in view_style()


def test_plotly_is_sent_when_the_view_asks_for_it(widget, monkeypatch):
    sent = []
    monkeypatch.setattr(widget, "send", sent.append)
    widget._told(widget, {"ask": "plotly"}, [])
    assert b"plotly.js" in gzip.decompress(base64.b64decode(sent[0]["plotly"]))[:200]


def test_what_is_brushed_is_an_events_frame(story, widget):
    assert len(widget.selection) == 0
    chosen = [deadline(story.events).event_id]
    widget.selected = chosen
    assert list(widget.selection.event_id) == chosen
    assert list(widget.selection.columns) == list(story.events.columns)


def test_python_can_choose_by_frame_or_by_id(story, widget):
    widget.selection = story.events.query("kind == 'deadline'")
    assert widget.selected == [deadline(story.events).event_id]
    widget.selection = []
    assert widget.selected == []


def test_an_unknown_id_is_named(widget):
    with pytest.raises(InputError, match="no event 'nobody'"):
        widget.selection = ["nobody"]


@pytest.mark.parametrize("words, edtf", [("2014-11-25", "2014-11-25"), ("25 Nov 2014", "2014-11-25"), ("2014-11", "2014-11"), ("2014-11-20/2014-11-24", "2014-11-20/2014-11-24")])  # fmt: skip
def test_an_edit_moves_the_event(widget, story, words, edtf):
    event_id = deadline(story.events).event_id
    widget.edit(event_id, date=words, title="Talks end")
    edited = widget.events.set_index("event_id").loc[event_id]
    assert (edited.edtf, edited.title) == (edtf, "Talks end")
    assert "Talks end" in widget.data["list"]
    assert deadline(story.events).edtf == "2014-11-24", "the story's own frame is untouched"


def test_an_edit_in_the_view_that_cannot_be_read_is_answered_there(widget, story):
    event_id = deadline(story.events).event_id
    widget._told(widget, {"event_id": event_id, "date": "soon"}, [])
    assert "cannot read a date in 'soon'" in widget.message
    assert deadline(widget.events).edtf == "2014-11-24"
    widget._told(widget, {"event_id": event_id, "date": "25 Nov"}, [])
    assert "Kept" in widget.message
    assert deadline(widget.events).edtf == "2014-11-25"


@pytest.mark.parametrize("content", [{}, {"event_id": None}, {"event_id": 3, "title": ["x"]}])
def test_a_broken_message_from_the_view_changes_nothing(widget, content):
    before = widget.events
    widget._told(widget, content, [])
    pd.testing.assert_frame_equal(widget.events, before)


def test_edits_become_corrections_that_apply(widget, story, tmp_path):
    widget.edit(deadline(story.events).event_id, title="Talks end", date="2014-11-25")
    assert widget.save_corrections(tmp_path / "corrections.toml") == 2
    fixed = correct(story.events, read_corrections(tmp_path / "corrections.toml"))
    assert [entry["applied"] for entry in fixed.attrs["corrections"]] == [True, True]
    assert (deadline(fixed).title, deadline(fixed).edtf) == ("Talks end", "2014-11-25")


def test_saving_keeps_what_the_file_holds_and_adds_each_edit_once(widget, story, tmp_path):
    path = tmp_path / "corrections.toml"
    path.write_text('[[drop]]\nquote = "sidelines"\n')
    widget.edit(deadline(story.events).event_id, title="Talks end")
    assert widget.save_corrections(path) == 1
    assert widget.save_corrections(path) == 0
    assert [entry.action for entry in read_corrections(path)] == ["drop", "retitle"]


def test_a_broken_file_is_not_written_over(widget, story, tmp_path):
    path = tmp_path / "corrections.toml"
    path.write_text("[[drop\n")
    widget.edit(deadline(story.events).event_id, title="Talks end")
    with pytest.raises(InputError, match="broken TOML"):
        widget.save_corrections(path)
    assert path.read_text() == "[[drop\n"


def test_an_empty_story_and_a_lacking_column(story):
    assert explore(story.events.iloc[:0]).data["n"] == 0
    with pytest.raises(InputError, match="events frame lacks the column edtf"):
        explore(story.events.drop(columns="edtf"))


def test_the_plain_text_holds_no_address(widget, story):
    assert repr(widget) == f"Explorer of {len(story.events)} events"
