"""Every public function called with what it does not take: InputError in one sentence that names it, nothing else."""

import inspect
from pathlib import Path

import pandas as pd
import pytest

import timeline
from timeline.dates import TimeValue
from timeline.errors import InputError

ROOT = Path(__file__).parent.parent.parent
STORY = ROOT / "data" / "iran-letters"
WRONG = {
    "nothing": None, "whole": 5, "huge": 10**30, "not a number": float("nan"), "empty": "", "text": "x",
    "lone surrogate": "\ud800", "nul": "a\0b", "list": [1], "no list": [], "bytes": b"x", "dict": {"a": 1}, "no path": Path("no/such"),
    "other frame": pd.DataFrame({"a": [1]}), "series": pd.Series([1]), "object": object(), "type": TimeValue,
}  # fmt: skip
# Arguments that are frames, stories, figures or mentions: none of the above is one.
NEVER = ("events", "mentions", "articles", "before", "after", "story", "figure", "mention", "a", "b", "text")  # fmt: skip


@pytest.fixture(scope="module")
def made():
    story = timeline.read_story(STORY)
    few = timeline.top_events(story.events, 3)
    frames = {"events": few, "mentions": story.mentions, "articles": story.articles}
    return {"story": story, **frames, "mention": story.mentions.iloc[0], "figure": timeline.draw(few)}  # fmt: skip


def given(made, *names, **more):
    return {name: made[name] for name in names} | more


DAY = TimeValue.day(2014, 11, 6)
# Each public name, and what it takes: all of its arguments without a default, and some with one.
CALLS = {
    "read_articles": lambda m: {"paths": STORY},
    "tag": lambda m: given(m, "articles"),
    "explain": lambda m: given(m, "mention"),
    "merge": lambda m: given(m, "mentions", "articles"),
    "top_events": lambda m: given(m, "events"),
    "correct": lambda m: given(m, "events", corrections=[]),
    "read_corrections": lambda m: {"path": "none.toml"},
    "write_corrections": lambda m: {"before": m["events"], "after": m["events"], "path": "c.toml"},
    "draw": lambda m: given(m, "events"),
    "draw_sources": lambda m: given(m, "events"),
    "draw_explanation": lambda m: given(m, "mention"),
    "draw_density": lambda m: given(m, "events"),
    "draw_naive": lambda m: given(m, "events"),
    "save_figure": lambda m: given(m, "figure", path="f.svg", engine="python"),
    "read_events": lambda m: {"table": pd.DataFrame({"title": ["x"], "date": ["2014"]})},
    "write_events": lambda m: given(m, "events", target="e.csv"),
    "read_story": lambda m: {"paths": STORY},
    "write_report": lambda m: given(m, "story", path="r.html"),
    "show": lambda m: {"frame": m["events"]},
    "explore": lambda m: given(m, "story"),
    "check": lambda m: {"name": "wednesday", "answer": "5 Nov"},
    "example": lambda m: {"name": "iran-letters"},
    "tag_archive": lambda m: {"paths": STORY, "out": "archive", "dry_run": True, "progress": False},
    "relation": lambda m: {"a": DAY, "b": DAY},
    "parse_edtf": lambda m: {"text": "2014"},
    "TimeValue": lambda m: {"start": DAY.start, "stop": DAY.stop},
    "TimeValue.from_edtf": lambda m: {"text": "2014"},
    "TimeValue.from_timex": lambda m: {"text": "2014"},
    "TimeValue.around": lambda m: {"granularity": "day", "year": 2014},
    "TimeValue.day": lambda m: {"year": 2014, "month": 11, "day": 6},
    "TimeValue.month": lambda m: {"year": 2014, "month": 11},
    "TimeValue.year": lambda m: {"year": 2014},
    "Period": lambda m: {"begin": DAY, "finish": DAY},
    "Period.from_edtf": lambda m: {"text": "2014"},
}
NOT_CALLED = {"__version__", "InputError", "Story"}  # Story is a record of what it is given


def test_no_public_name_is_left_out():
    assert {name.split(".")[0] for name in CALLS} | NOT_CALLED == set(timeline.__all__)


def named(name):
    found = timeline
    for part in name.split("."):
        found = getattr(found, part)
    return found


def is_named(argument, value, said):
    """Whether a sentence says the argument, its value or what kind that is; an empty value has no name."""
    shown = [argument.removesuffix("s"), type(value).__name__, str(value), repr(value)]
    empty = isinstance(value, str | list) and not value
    return (
        empty
        or isinstance(value, pd.DataFrame | pd.Series)
        or any(" ".join(one.split())[:12] in said for one in shown)
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", CALLS)
def test_a_wrong_argument_is_one_sentence_that_names_it(name, made, tmp_path, monkeypatch):
    """Some arguments take more than they say, which is well; a frame, a story or a figure is never replaced by one."""
    monkeypatch.chdir(tmp_path)
    function, base, bad = named(name), CALLS[name](made), []
    function(**base)
    for argument in inspect.signature(function).parameters:
        for what, value in WRONG.items():
            optional = value is None and argument not in base
            try:
                function(**base | {argument: value})
                frame = isinstance(value, pd.DataFrame) and argument not in base
                if argument in NEVER and not optional and not frame:
                    bad.append(f"{argument}={what} is taken")
            except InputError as error:
                if (
                    "\n" in str(error)
                    or len(str(error)) > 600
                    or not is_named(argument, value, str(error))
                ):
                    bad.append(f"{argument}={what}: {error}")
            except Exception as error:
                if (argument, what) != (
                    "progress",
                    "type",
                ):  # a class can be called, and fails as it likes
                    bad.append(f"{argument}={what}: {type(error).__name__}: {error}")
    assert bad == []


@pytest.mark.parametrize("argument", ["client", "workers", "partition_bytes"])
@pytest.mark.parametrize("value", [0, -1, "x", 1.5, [1]])
def test_an_archive_is_not_begun_with_what_cannot_do_the_work(argument, value, tmp_path):
    with pytest.raises(InputError, match=argument):
        timeline.tag_archive(STORY, tmp_path / "out", progress=False, **{argument: value})
    assert not (tmp_path / "out" / "manifest.jsonl").exists()
