"""Figures as dicts: plain plotly, deterministic, escaped, constant in traces, true to the dates."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from typing import Any

import drawing_stories as stories
import numpy as np
import pandas as pd
import plotly.graph_objects as go
import plotly.io as pio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.drawing import (
    draw,
    draw_density,
    draw_explanation,
    draw_naive,
    draw_sources,
    figure_svg,
    layout,
    save_figure,
    saving,
    svg,
)
from timeline.errors import InputError
from timeline.schema import EVENTS, MENTIONS, empty_frame


def all_texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [t for v in value.values() for t in all_texts(v)]
    if isinstance(value, list | tuple):
        return [t for v in value for t in all_texts(v)]
    return [value] if isinstance(value, str) else []


def mention(**given: Any) -> dict[str, Any]:
    blank: dict[str, Any] = {
        c.name: {"text": "", "whole": 0, "flag": False}.get(c.kind, pd.NaT) for c in MENTIONS
    }
    return blank | given


WEDNESDAY = mention(
    expression="Wednesday", sentence="In a press conference on Wednesday, Obama spoke.", timex="2014-11-05", edtf="2014-11-05",
    start=pd.Timestamp("2014-11-05"), stop=pd.Timestamp("2014-11-06"), granularity="day", anchor="2014-11-06", anchor_basis="dct",
    inferred="year, month, day", alternative="2014-11-12", alternative_reason="the verb is in the past",
)  # fmt: skip


@pytest.mark.parametrize("story", stories.STORIES)
def test_only_scatter_and_bar_with_plain_lists_and_no_uid(story: str) -> None:
    """The report's small bundle draws scatter and bar only; a stored notebook compares the JSON."""
    text = draw(stories.STORIES[story]()).to_json()
    figure = json.loads(text)
    assert {t["type"] for t in figure["data"]} <= {"scatter", "bar"}
    assert "bdata" not in text
    assert "uid" not in text
    assert "NaN" not in text


@pytest.mark.parametrize("story", ["iran-letters", "roman", "disagreement", "week-and-1953"])
def test_the_same_events_give_the_same_json_in_any_order(story: str) -> None:
    events = stories.STORIES[story]()
    backwards = events.iloc[::-1].reset_index(drop=True)
    assert draw(events).to_json() == draw(backwards).to_json()
    assert svg(events) == svg(backwards)
    assert draw_sources(events).to_json() == draw_sources(backwards).to_json()


def test_ten_thousand_events_give_the_same_json_in_any_order() -> None:
    events = stories.random_story(10_000)
    assert draw(events).to_json() == draw(events.sample(frac=1, random_state=1)).to_json()


def test_traces_do_not_grow_with_events() -> None:
    counts = [len(draw(stories.random_story(n)).data) for n in (50, 200, 700)]
    assert max(counts) - min(counts) <= 1
    assert max(counts) <= 14


@pytest.mark.parametrize("n", [10_000, 60_000])
def test_json_of_many_events_stays_under_a_megabyte(n: int) -> None:
    assert len(draw(stories.random_story(n)).to_json()) < 1_000_000


def test_every_event_has_a_point_with_its_id() -> None:
    events = stories.disagreement()
    found = {
        i for t in draw(events).data for i in (t.customdata or []) if i and t.hoverinfo == "text"
    }
    assert found == set(events["event_id"])


def test_each_chapter_has_its_own_date_axis_and_dates_have_no_zone() -> None:
    figure = draw(stories.iran_letters())
    axes = [figure.layout[k] for k in ("xaxis2", "xaxis3")]
    assert [a.type for a in axes] == ["date", "date"]
    dated = [
        x
        for t in figure.data
        if t.xaxis in ("x2", "x3") and t.type == "scatter"
        for x in t.x
        if x is not None
    ]
    assert dated
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d)?", x) for x in dated)


def test_a_day_is_a_dot_at_its_noon_and_a_month_a_bar_of_its_31_days() -> None:
    figure = draw(stories.iran_letters())
    points = [t for t in figure.data if t.name == "events"]
    at = {i: x for t in points for i, x in zip(t.customdata, t.x, strict=True)}
    assert at["e-The Wall Street Journal -2014-11-06"] == "2014-11-06T12:00:00"
    spans = [t for t in figure.data if t.name == "spans"]
    bars = {i: (b, x) for t in spans for i, b, x in zip(t.customdata, t.base, t.x, strict=True)}
    assert bars["e-Earnest calls the nuclea-2014-10-01"] == ("2014-10-01", 31 * 86_400_000)


def test_bce_is_on_a_linear_axis_with_our_own_ticks() -> None:
    axis = draw(stories.roman()).layout.xaxis2
    assert axis.type == "linear"
    assert "200 BCE" in axis.ticktext
    assert not any(re.search(r"\b0\b", t) for t in axis.ticktext)


@pytest.mark.parametrize("year", [-9999, 12_014])
def test_far_years_are_drawn(year: int) -> None:
    first = np.datetime64(year - 1970, "Y").astype("M8[s]")
    row = stories.event("Far", str(first), str(first + 86_400), when="far")
    figure = draw(stories.frame([row, row | {"event_id": "b", "title": "Near"}]))
    assert figure.layout.xaxis2.type == "linear"
    assert len({i for t in figure.data for i in (t.customdata or []) if i}) == 2


@pytest.mark.parametrize(
    "evil", ["<b>bold</b>", "<a href=javascript:alert(1)>x</a>", "<script>alert(1)</script>", "a &lt; b &amp; c", "$\\alpha$ and $5", "<img src=x onerror=alert(1)>"]
)  # fmt: skip
def test_html_and_tex_in_any_text_is_shown_as_text(evil: str) -> None:
    """Markup only ever comes from us: after our own tags are taken away, no angle bracket is left."""
    row = stories.day(
        evil, "2014-11-06", sources=[evil], when=evil, conflict=evil, attribution=evil, expression=evil, event_id="e1",
        alternatives=[{"edtf": "", "when": evil, "start": None, "stop": None, "says": evil, "sources": [evil]}],
    )  # fmt: skip
    other = row | {"event_id": "e2", "dated": False}
    events = stories.frame([row, other]).assign(actor=evil)
    figures = [draw(events, lane="actor", title=evil), draw_sources(events, title=evil), draw_density(events, title=evil),
               draw_explanation(WEDNESDAY | {"expression": evil, "sentence": evil, "alternative_reason": evil, "inferred": evil})]  # fmt: skip
    for figure in figures:
        for text in all_texts(json.loads(figure.to_json())["data"]):
            bare = re.sub(r'</?(b|i)>|<br>|</span>|<span style="[^"<>]*">', "", text)
            assert "<" not in bare
            assert "$" not in bare
            assert not re.search(r"&(?!lt;|gt;|amp;|#36;)", bare)
        ET.fromstring(figure_svg(figure))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=90), min_size=1, max_size=6))
def test_any_text_can_be_drawn(titles: list[str]) -> None:
    """Any characters at all: the JSON is valid UTF-8, the SVG valid XML, and no tag comes from a title."""
    rows = [
        stories.day(t, f"2014-11-{i + 1:02}", event_id=f"e{i}", when=t, sources=[t])
        for i, t in enumerate(titles)
    ]
    figure = draw(stories.frame(rows), title=titles[0], lane="source")
    figure.to_json().encode("utf-8")
    root = ET.fromstring(figure_svg(figure))
    assert {e.tag.rpartition("}")[2] for e in root.iter()} <= {
        "svg",
        "rect",
        "path",
        "text",
        "tspan",
        "title",
    }


def test_missing_texts_are_left_out() -> None:
    events = stories.lone().assign(title="", when=None, qualifier=None, attribution=None)
    marks = layout(events)
    assert marks["label"].tolist() == ["(no title)"]
    assert marks["note"].tolist() == ["Tagesschau"]
    draw(events)


def test_the_hover_says_words_as_written_value_source_sentence_and_how() -> None:
    figure = draw(stories.iran_letters())
    hover = next(
        h
        for t in figure.data
        for i, h in zip(t.customdata or [], t.hovertext or [], strict=False)
        if i.startswith("e-Earnest")
    )
    for part in (
        "Earnest calls",
        "some time in October 2014",
        "“last month”",
        "The Hill wrote",
        "as it stands",
    ):
        assert part in hover


def test_rival_dates_are_drawn_hollow_with_counts() -> None:
    marks = layout(stories.disagreement())
    rivals = marks[marks["role"] == "alternative"]
    assert [str(x)[:10] for x in rivals["x0"]] == ["2014-11-12", "2014-11-19"]
    assert rivals["count"].tolist() == [1.0, 1.0]
    texts = " ".join(all_texts(json.loads(draw(stories.disagreement()).to_json())["data"]))
    assert "3 of 5" in texts


def test_shapes_differ_without_colour() -> None:
    """Planned is hollow, unconfirmed dotted, denied struck, a deadline a flag: told apart in grey."""
    figure = draw(stories.disagreement(), template="timeline+grey")
    points = next(t for t in figure.data if t.name == "events" and t.xaxis == "x2")
    by_id = {i: n for n, i in enumerate(points.customdata)}
    marker = points.marker
    ring, dotted, struck = (
        by_id[i]
        for i in (
            "e-The company would pay if-2014-12-12",
            "e-A second distress call i-2014-11-11",
            "e-The captain is arrested-2014-11-14",
        )
    )
    plain = by_id["e-The envoy arrives in Mus-2014-11-03"]
    assert marker.color[ring] != marker.color[plain]
    assert marker.line.dash[dotted] != marker.line.dash[plain]
    signs = next(t for t in figure.data if t.name == "signs" and t.xaxis == "x2")
    assert (points.x[struck], "line-ne") in zip(signs.x, signs.marker.symbol, strict=True)
    assert all(len({c[i : i + 2] for i in (1, 3, 5)}) == 1 for c in marker.color)


def test_an_empty_frame_says_so() -> None:
    figure = draw(empty_frame(EVENTS))
    assert "There are no events to draw." in " ".join(
        all_texts(json.loads(figure.to_json())["data"])
    )
    for other in (draw_sources, draw_density, draw_naive):
        assert isinstance(other(empty_frame(EVENTS)), go.Figure)


def test_errors_name_what_is_wrong_and_what_is_allowed() -> None:
    events = stories.lone()
    with pytest.raises(InputError, match="salience"):
        draw(events.drop(columns="salience"))
    with pytest.raises(InputError, match=r"'lanes'.*kind"):
        draw(events, lane="lanes")
    with pytest.raises(InputError, match=r"'log'.*chapters, linear"):
        draw(events, scale="log")
    with pytest.raises(InputError, match=r"'neon'.*timeline\+dark"):
        draw(events, template="neon")
    with pytest.raises(InputError, match="100"):
        draw(events, width=100)
    with pytest.raises(InputError, match="anchor"):
        draw_explanation({"expression": "Wednesday"})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"start": "tomorrow"}, "start holds what is no moment"),
        ({"start": 5.0}, "start holds float64"),
        ({"stop": "1979-01-01"}, "stops before it starts"),
        ({"salience": "high"}, "salience holds 'high'"),
        ({"n_sources": "two"}, "n_sources holds 'two'"),
    ],
)  # fmt: skip
def test_cells_that_cannot_be_drawn_are_named(change: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        draw(stories.lone().assign(**change))


def test_moments_with_a_zone_are_refused() -> None:
    events = stories.lone()
    with pytest.raises(InputError, match="without a time zone"):
        draw(events.assign(start=events["start"].dt.tz_localize("UTC")))


def test_what_is_no_figure_row_width_or_path_is_refused(tmp_path: Any) -> None:
    events = stories.lone()
    figure = draw(events)
    with pytest.raises(InputError, match=r"a DataFrame is none; give what draw\(events\)"):
        save_figure(events, tmp_path / "a.svg")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="path is None"):
        save_figure(figure, None)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="scale is 0"):
        save_figure(figure, tmp_path / "a.png", scale=0)
    with pytest.raises(InputError, match="none of this package"):
        figure_svg(go.Figure())
    with pytest.raises(InputError, match=r"a DataFrame is no row.*iloc"):
        draw_explanation(events)  # type: ignore[arg-type]
    for wide in ("wide", None, 5):
        with pytest.raises(InputError, match="use pixels from 240"):
            draw_sources(events, width=wide)  # type: ignore[arg-type]


def test_lists_that_are_missing_are_empty() -> None:
    events = stories.disagreement().assign(sources=None, alternatives=[["x"]] * 8, n_sources=np.nan)
    assert len(draw(events).data) > 2
    assert isinstance(draw_sources(events), go.Figure)


def test_the_templates_are_plotlys_own() -> None:
    assert pio.templates["timeline"].layout.paper_bgcolor == "#ffffff"
    assert pio.templates["timeline+dark"].layout.paper_bgcolor == "#14161a"
    assert (
        go.Figure(layout={"template": "timeline+dark"}).layout.template.layout.font.color
        == "#f1efe9"
    )


def test_sources_show_who_reports_and_who_differs() -> None:
    figure = draw_sources(stories.disagreement())
    points = next(t for t in figure.data if t.name == "events")
    ferry = [
        c
        for i, c in zip(points.customdata, points.marker.color, strict=True)
        if i.startswith("e-The ferry")
    ]
    assert len(ferry) == 5
    assert ferry.count("#ffffff") == 2
    assert "12 November" in " ".join(all_texts(json.loads(figure.to_json())["data"]))


def test_an_explanation_fills_the_value_rings_the_anchor_and_strikes_the_other() -> None:
    figure = draw_explanation(WEDNESDAY)
    texts = " ".join(all_texts(json.loads(figure.to_json())["data"]))
    for part in (
        "“Wednesday”",
        "5 November 2014",
        "counted from Thursday 6 November 2014",
        "turned down: 12 November 2014: the verb is in the past",
    ):
        assert part in texts
    fills = next(t for t in figure.data if t.name == "strokes").marker.color
    assert fills.count("#0072b2") + fills.count("#0072B2") == 2


def test_a_day_is_explained_on_the_weeks_about_it_and_a_month_on_months() -> None:
    """Wednesday, its anchor on Thursday and the other Wednesday take two weeks, not two months."""

    def days_shown(row: dict[str, Any]) -> set[str]:
        texts = all_texts(json.loads(draw_explanation(row).to_json())["data"])
        return {t for t in texts if re.fullmatch(r"\d+( Nov)?", t)}

    assert days_shown(WEDNESDAY) == {f"{n} Nov" for n in range(3, 17)}
    month = {
        "start": pd.Timestamp("2014-10-01"),
        "stop": pd.Timestamp("2014-11-01"),
        "edtf": "2014-10",
    }
    assert {"1", "31"} <= days_shown(WEDNESDAY | month)


def test_an_unresolved_mention_shows_its_problem() -> None:
    figure = draw_explanation(
        mention(expression="soon", sentence="Soon.", problem="too vague to place")
    )
    assert "too vague to place" in " ".join(all_texts(json.loads(figure.to_json())["data"]))


def test_density_adds_up_to_the_dated_events() -> None:
    """Pale bars are what is expected: over all bins they sum to the seven dated events."""
    figure = draw_density(stories.iran_letters())
    hovers = [h for t in figure.data if t.name == "counts" for h in dict.fromkeys(t.hovertext)]
    expected = [float(re.match(r"([\d.]+)", h)[1]) for h in hovers]  # type: ignore[index]
    assert sum(expected) == pytest.approx(7, abs=0.05 * len(expected))


def test_density_counts_what_each_row_stands_for() -> None:
    """Each dated row of seven stands for three mentions; the words say so."""
    figure = draw_density(stories.iran_letters().assign(n=3), unit="mention", weights="n")
    hovers = [h for t in figure.data if t.name == "counts" for h in dict.fromkeys(t.hovertext)]
    assert sum(float(h.split()[0]) for h in hovers) == pytest.approx(21, abs=0.05 * len(hovers))
    texts = all_texts(json.loads(figure.to_json())["data"])
    assert any(t.startswith("30 mentions · ") for t in texts)
    assert "a bar is a day, the tallest 3 mentions" in texts
    with pytest.raises(InputError, match="numbers from 0 up"):
        draw_density(stories.lone().assign(n=-1), weights="n")


def test_density_counts_nothing_twice_where_chapters_are_near() -> None:
    """A chapter shows some time before it; what lies there is its neighbour's to count."""
    days = [stories.day(f"Day {i}", str(np.datetime64("2010-08-05") + 2 * i)) for i in range(36)]
    vague = [("2010-11-01", "2010-12-01", "month"), ("2010-12-01", "2011-01-01", "month"),
             ("2011-01-01", "2012-01-01", "year"), ("2012-01-01", "2013-01-01", "year")]  # fmt: skip
    far = [stories.event(f"Far {a}", a, b, granularity=g) for a, b, g in vague]
    figure = draw_density(stories.frame([*days, *far]), width=390)
    traces = [t for t in figure.data if t.name == "counts"]
    assert len(traces) > 1
    hovers = [h for t in traces for h in dict.fromkeys(t.hovertext)]
    assert sum(float(h.split()[0]) for h in hovers) == pytest.approx(40, abs=0.05 * len(hovers))


def test_density_stands_on_its_chapters_axes_so_that_zooming_moves_it() -> None:
    counts = [t for t in draw_density(stories.iran_letters()).data if t.name == "counts"]
    assert [t.xaxis for t in counts] == ["x2", "x3"]


def test_the_naive_picture_makes_every_date_a_day() -> None:
    marks = [t for t in draw_naive(stories.iran_letters()).data if t.name == "events"]
    assert sum(len(t.x) for t in marks) == 10
    assert all(t.xaxis == "x2" for t in marks)


def test_svg_holds_every_event_and_needs_no_script() -> None:
    events = stories.iran_letters()
    text = svg(events, title="Letters")
    root = ET.fromstring(text)
    assert {e.get("data-event") for e in root.iter() if e.get("data-event")} == set(
        events["event_id"]
    )
    assert "script" not in text
    assert svg(events, dark=True) != text


def test_saving_without_a_browser(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """SVG is written in plain Python; PNG says what is needed; a strange ending is refused."""
    monkeypatch.setattr(saving, "find_browser", lambda: None)
    figure = draw(stories.lone())
    assert save_figure(figure, tmp_path / "a.svg").read_text(encoding="utf-8") == figure_svg(figure)
    with pytest.raises(InputError, match="BROWSER_PATH"):
        save_figure(figure, tmp_path / "a.png")
    with pytest.raises(InputError, match=r"\.svg, \.png, \.pdf"):
        save_figure(figure, tmp_path / "a.jpg")
    with pytest.raises(InputError, match="engine"):
        save_figure(figure, tmp_path / "a.svg", engine="magic")


def test_the_overview_marks_what_is_told_closer() -> None:
    """A band over 1 to 20 March, at least four pixels wide, that leads there by a word."""
    figure = draw(stories.vague_years())
    bands = [
        (t.xaxis, b, x / 86_400_000)
        for t in figure.data if t.type == "bar" and isinstance(t.hovertext, tuple)
        for b, x, said in zip(t.base, t.x, t.hovertext, strict=True) if said == "1–20 March 1987, closer below"
    ]  # fmt: skip
    [(axis, begin, days)] = bands
    first, last = (np.datetime64(t, "s") for t in figure.layout.xaxis2.range)
    scale = 852 / ((last - first) / np.timedelta64(1, "D"))
    assert axis == "x2"
    assert days >= 20
    assert days * scale == pytest.approx(max(4, 20 * scale), abs=0.1)
    middle = np.datetime64(begin, "s") + np.timedelta64(int(days * 43_200), "s")
    assert abs(middle - np.datetime64("1987-03-11", "s")) < np.timedelta64(1, "D")
    assert "closer below" not in draw(stories.vague_years(), scale="linear").to_json()
    assert "1–20 March 1987, closer below" in svg(stories.vague_years())


def test_the_density_of_what_is_told_closer_counts_days() -> None:
    """Above a bar is a month, below it is a day, and the two events of each are sure."""
    figure = draw_density(stories.vague_years())
    texts = [t for trace in figure.data if trace.name == "labels" for t in trace.text]
    assert [t.split(",")[0] for t in texts if t.startswith("a bar")] == ["a bar is a month", "a bar is a day"]  # fmt: skip
    said = [h for t in figure.data if t.xaxis == "x3" and t.hovertext for h in t.hovertext]
    assert (
        sum(", 2 certain" in h for h in said) == 2 * 20
    )  # a pale bar and a solid one for each day
