"""Layout in numbers: nothing meets, nothing leaves the figure, nothing is lost, no date is made finer."""

from __future__ import annotations

from itertools import pairwise

import drawing_stories as stories
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import timeline.drawing.labels as labels
from timeline.drawing import layout
from timeline.drawing.chapters import DAY, find_chapters
from timeline.drawing.closer import find_closer
from timeline.drawing.layout import arrange

WIDTHS = (390, 900, 1600)


def boxes(marks: pd.DataFrame) -> np.ndarray:
    named = marks[marks["label_left"].notna()]
    return named[["label_left", "label_top", "label_right", "label_bottom"]].to_numpy()


def overlaps(found: np.ndarray) -> int:
    """How many pairs of boxes share more than a hair."""
    left, top, right, bottom = (found[:, i] for i in range(4))
    across = (left[:, None] < right - 0.01) & (right[:, None] - 0.01 > left)
    down = (top[:, None] < bottom - 0.01) & (bottom[:, None] - 0.01 > top)
    return int((across & down).sum() - len(found)) // 2


@st.composite
def random_stories(draw: st.DrawFn) -> pd.DataFrame:
    """1 to 300 events with 60-character titles: bursts, single days, months, years, hours, open ends."""
    n, seed = draw(st.integers(1, 300)), draw(st.integers(0, 10_000))
    frame = stories.random_story(n, seed, days=draw(st.sampled_from([9, 90, 4000, 90_000])))
    rng = np.random.default_rng(seed)
    texts = [f"{i} {t}"[:60].ljust(60, "x") for i, t in enumerate(frame["title"])]
    open_end = rng.random(n) < draw(st.sampled_from([0.0, 0.1]))
    stop = np.where(open_end, np.datetime64("NaT", "s"), frame["stop"].to_numpy())
    undated = rng.random(n) < draw(st.sampled_from([0.0, 0.2, 1.0]))
    return frame.assign(title=texts, stop=stop, dated=~undated)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(events=random_stories(), width=st.sampled_from(WIDTHS))
def test_no_label_meets_another_and_every_event_is_drawn_or_counted(
    events: pd.DataFrame, width: int
) -> None:
    plan = arrange(events, width=width)
    marks = plan.marks
    found = boxes(marks)
    assert overlaps(found) == 0
    if len(found):
        assert found[:, :2].min() >= 0
        assert found[:, 2].max() <= width
        assert found[:, 3].max() <= plan.height
    drawn = set(marks.loc[marks["role"].isin(["event", "undated"]), "event_id"])
    counted = marks.loc[marks["role"] == "chip", "count"].sum()
    assert len(drawn) + counted == len(events)


@settings(max_examples=20, deadline=None)
@given(events=random_stories())
def test_order_in_time_is_order_in_x_within_a_line(events: pd.DataFrame) -> None:
    marks = layout(events, width=900)
    for _, line in marks[marks["role"] == "event"].groupby("line"):
        dated = line.dropna(subset=["x0", "x1"]).sort_values(["x0", "left"])
        assert dated["left"].is_monotonic_increasing


@settings(max_examples=20, deadline=None)
@given(events=random_stories(), zoom=st.sampled_from([1.5, 4.0, 40.0]))
def test_zooming_in_never_brings_two_labels_together(events: pd.DataFrame, zoom: float) -> None:
    plan = arrange(events, width=900)
    for chapter in plan.chapters:
        rows = [
            r for r in plan.rows if r.role == "event" and r.label and r.chapter == chapter.number
        ]
        moved = [(r.tie - chapter.left) * (zoom - 1) for r in rows]
        found = np.array(
            [
                [r.label_left + m, r.label_top, r.label_right + m, r.label_bottom]
                for r, m in zip(rows, moved, strict=True)
            ]
        ).reshape(-1, 4)
        assert overlaps(found) == 0


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("story", stories.STORIES)
def test_the_stories_fit(story: str, width: int) -> None:
    """No label of the stories meets another or leaves the figure."""
    found = boxes(layout(stories.STORIES[story](), width=width))
    assert overlaps(found) == 0
    assert found[:, 0].min() >= 0
    assert found[:, 2].max() <= width


def test_the_overlap_check_can_fail() -> None:
    assert overlaps(np.array([[0, 0, 10, 10], [5, 5, 15, 15], [20, 0, 30, 9]])) == 1


@pytest.mark.parametrize("width", WIDTHS)
def test_a_month_is_as_wide_as_a_month_and_a_day_as_a_day(width: int) -> None:
    """A mark's pixels are those of its own bounds: 31 days are 31 times one day of the same chapter."""
    days = [stories.day(f"Day {i}", f"2014-10-{i:02}") for i in (1, 9, 20)]
    month = stories.event("October", "2014-10-01", "2014-11-01", granularity="month")
    marks = layout(stories.frame([*days, month]), width=width)
    wide = (marks["right"] - marks["left"]).to_numpy()
    is_month = (marks["symbol"] == "bracket").to_numpy()
    assert is_month.sum() == 1
    assert wide[is_month][0] == pytest.approx(31 * wide[~is_month].mean())
    assert set(marks.loc[~is_month, "symbol"]) == {"dot"}


def test_iran_letters_has_two_chapters_and_what_has_no_date_is_listed() -> None:
    """2009 and the autumn of 2014 are told apart; a bound from the article's date is not drawn as a day."""
    plan = arrange(stories.iran_letters(), width=900)
    assert [c.heading for c in plan.chapters] == ["January – June 2009", "October – December 2014"]
    assert [c.silence for c in plan.chapters] == ["", "5 years 3 months"]
    marks = plan.marks
    assert set(marks.loc[marks["role"] == "undated", "label"].str.split("\n").str.join(" ")) == {
        "Secret letter to Khamenei on fighting ISIS",
        "Iranian official offers help for flexibility",
        "Talks on the sidelines of other meetings",
    }
    symbols = marks[marks["role"] == "event"].set_index("event_id")["symbol"]
    assert sorted(symbols) == sorted(
        ["dot", "bracket", "bracket", "diamond", "dot", "flag", "bracket"]
    )


def test_one_event_in_1953_and_forty_in_a_week_are_two_chapters() -> None:
    chapters = arrange(stories.week_and_1953()).chapters
    assert [c.heading for c in chapters] == ["19 August 1953", "18–24 November 2014"]


def year(title: str, number: int, **more: object) -> dict[str, object]:
    bounds = (f"{number}-01-01", f"{number + 1}-01-01")
    return stories.event(title, *bounds, granularity="year", when=f"in {number}") | more


def test_a_heading_is_never_finer_than_its_dates() -> None:
    """ "From 1998 on" heads its chapter as 1998, not as its first day; a year at one end stays a year."""
    week = [stories.day(f"Day {i}", f"2014-11-{i:02}") for i in range(3, 9)]
    since = year("Since then", 1998, stop=stories.moment(None), kind="period", extent="throughout")
    assert [c.heading for c in arrange(stories.frame([since, *week])).chapters] == [
        "1998", "3–8 November 2014"]  # fmt: skip
    mixed = [year("A year", 2013), stories.day("Day", "2014-03-06")]
    assert arrange(stories.frame(mixed), scale="linear").chapters[0].heading == "2013 – March 2014"


def test_lone_years_share_a_chapter_beside_the_burst() -> None:
    lone = [year("First", 1953), year("Second", 1979), year("Third", 1988)]
    days = [stories.day(f"Day {i}", f"2014-11-{i:02}") for i in (3, 5, 6, 7, 9, 12, 14)]
    chapters = arrange(stories.frame([*lone, *days])).chapters
    assert [c.heading for c in chapters] == ["1953 – 1988", "3–14 November 2014"]


def test_a_lane_without_events_in_a_line_has_no_name_there() -> None:
    days = [stories.day(f"Day {i}", f"2014-11-{i:02}", sources=["AP"]) for i in range(3, 25)]
    old = [stories.day(f"Old {i}", f"1979-02-{i:02}", sources=["BBC"]) for i in range(3, 25)]
    plan = arrange(stories.frame([*days, *old]), lane="source", width=390)
    names = [t.text for t in plan.texts if t.style == "lane"]
    assert names == ["BBC", "AP"]
    assert [c.line for c in plan.chapters] == [0, 1]


def test_linear_scale_has_one_chapter() -> None:
    assert len(arrange(stories.iran_letters(), scale="linear").chapters) == 1


@pytest.mark.parametrize("n", [2, 3, 5, 12, 60])
def test_even_events_are_never_cut(n: int) -> None:
    first = np.arange(n) * 100 * DAY
    assert len(find_chapters(first, first + DAY, np.zeros(n, bool))) == 1


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(-(10**11), 10**11), st.integers(1, 10**8)), min_size=1, max_size=60
    )
)
def test_chapters_hold_every_event_and_never_touch(spans: list[tuple[int, int]]) -> None:
    start = np.array([s for s, _ in spans])
    stop = start + np.array([d for _, d in spans])
    found = find_chapters(start, stop, np.zeros(len(spans), bool))
    assert 1 <= len(found) <= 8
    assert all(a < b for a, b in found)
    assert all(before[1] < after[0] for before, after in pairwise(found))
    assert all(any(a <= s and t <= b for a, b in found) for s, t in zip(start, stop, strict=True))


def test_what_is_told_of_a_silence_holds_while_a_period_runs_through_it() -> None:
    """A teacher from 1969 to 2004, and nothing else for 30 years: something was, so only the time that went by is said."""
    days = [stories.day(f"Day {i}", d) for i, d in enumerate(("1969-01-02", "1969-01-03", "1969-01-09", "2003-05-01", "2003-05-02", "2003-05-09"))]  # fmt: skip
    taught = stories.event(
        "He taught", "1969-01-01", "2005-01-01", kind="period", extent="throughout"
    )
    plan = arrange(stories.frame([*days, taught]), width=390)
    assert {m.symbol for m in plan.marks.itertuples() if m.chapter} >= {"bar"}
    told = [t.text for t in plan.texts if t.style == "silence"]
    assert told[0] == "⋮  34 years later" and all(one.endswith(" later") for one in told)


def test_a_long_period_may_run_across_a_silence_but_a_doubtful_date_may_not() -> None:
    days = [
        stories.day(f"Day {i}", d)
        for i, d in enumerate(
            ["2009-01-20", "2009-01-25", "2009-02-02", "2014-11-05", "2014-11-06", "2014-11-10"]
        )
    ]
    war = stories.event(
        "War",
        "2009-01-20",
        "2014-11-11",
        kind="period",
        extent="throughout",
        granularity="day",
        core_start="2009-01-21",
        core_stop="2014-11-10",
    )
    some_time = war | {"extent": "within", "kind": "happening"}
    assert len(arrange(stories.frame([*days, war])).chapters) == 2
    plan = arrange(stories.frame([*days, some_time]))
    assert [c.heading for c in plan.whole] == ["2009 – 2014"]
    bracket = plan.marks[plan.marks["symbol"] == "bracket"]
    assert bracket[["chapter", "left", "right"]].to_numpy().tolist() == [
        [0, plan.chapters[0].to_px(c.start), plan.chapters[0].to_px(c.stop)] for c in plan.whole]  # fmt: skip
    pieces = layout(stories.frame([*days, war]))
    assert sorted(pieces.loc[pieces["symbol"] == "bar", "chapter"]) == [0, 1]


def test_the_most_salient_events_keep_their_labels() -> None:
    """Of 300 events the ten that matter most are all labelled."""
    events = stories.random_story(300, 7)
    marks = layout(events)
    labelled = set(marks.loc[(marks["role"] == "event") & (marks["label"] != ""), "event_id"])
    top = set(events.nlargest(10, "salience")["event_id"])
    assert top <= labelled


def test_a_crowd_is_counted_in_bins() -> None:
    """Of 5,000 events the labelled ones are drawn and the bins add up to the rest."""
    marks = layout(stories.random_story(5000, 3))
    drawn = marks.loc[marks["role"] == "event", "event_id"].nunique()
    assert drawn <= 60
    assert marks.loc[marks["role"] == "bin", "count"].sum() + drawn == pytest.approx(5000, abs=1)
    assert len(marks) < 800


def test_lanes_hold_each_source_and_an_event_of_two_stands_in_both() -> None:
    marks = layout(stories.iran_letters(), lane="source")
    office = marks[marks["label"].str.startswith("Obama takes")]
    assert set(office["lane"]) == {"The Hill", "Middle East Desk"}
    assert set(layout(stories.iran_letters(), lane="kind")["lane"]) >= {
        "happening",
        "statement",
        "deadline",
    }


def test_nine_lanes_are_gathered_into_eight() -> None:
    events = stories.random_story(90).assign(actor=[f"actor {i % 11}" for i in range(90)])
    lanes = layout(events, lane="actor")["lane"]
    assert lanes.nunique() == 8
    assert "4 others" in set(lanes)


def test_order_of_rows_means_nothing() -> None:
    events = stories.random_story(250, 5).assign(salience=0.5)
    shuffled = events.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(layout(events), layout(shuffled))


def test_packing_prefers_the_first_choice_unless_another_stands_higher() -> None:
    low, free = labels.Item(((0, 50, 0, 30),)), labels.Item(((200, 250, 0, 30),))
    assert labels.pack([[low], [low, free]], [], 500) == [(0, 0.0), (1, 0.0)]
    assert labels.pack([[low], [labels.Item(((60, 90, 0, 30),)), free]], [], 500) == [
        (0, 0.0),
        (0, 0.0),
    ]


def test_eight_bursts_over_seventy_years_are_eight_chapters() -> None:
    """A burst of four days in each of eight years; a ninth burst would have to share a chapter."""
    years = (1953, 1979, 1988, 1997, 2003, 2009, 2014, 2020, 2024)
    days = [stories.day(f"{y} {d}", f"{y}-05-{d:02}") for y in years for d in (3, 5, 7, 9)]
    assert len(arrange(stories.frame(days[:32])).chapters) == 8
    assert len(arrange(stories.frame(days)).chapters) <= 8


def test_a_dense_season_between_vague_years_gets_a_chapter_of_its_own():
    """Two vague years before and one after must not squeeze forty days of a story into a sliver."""
    day = np.datetime64("2010-08-05", "D").astype("M8[s]").astype("int64") + 2 * DAY * np.arange(40)
    years = [
        np.datetime64(t, "s").astype("int64") for t in ("2007", "2008", "2009", "2011", "2012")
    ]
    start = np.concatenate([[years[0], years[1]], day, [years[3]]])
    stop = np.concatenate([[years[1], years[2]], day + DAY, [years[4]]])
    found = find_chapters(start, stop, np.zeros(len(start), bool))
    assert found == [(years[0], years[2]), (int(day[0]), int(day[-1]) + DAY), (years[3], years[4])]


def test_five_weeks_amid_lone_months_before_and_after_get_their_own_chapter() -> None:
    """Neither silence round the five weeks is long, so that only both cuts together are worth it."""

    def first(text: str) -> int:
        return int(np.datetime64(text, "s").astype("int64"))

    week = [(first("2023-03-06") + i * DAY, first("2023-03-06") + (i + 1) * DAY) for i in range(36)]
    months = ["2022-10", "2022-11", "2022-12", "2023-01", "2023-05", "2023-06", "2023-09"]
    lone = [(first(f"{m}-15"), first(f"{m}-16")) for m in months]
    half = [(first("2024-01-01"), first("2024-07-01")), (first("2022-01-01"), first("2023-01-01"))]
    start, stop = np.array(sorted([*week, *lone, *half])).T
    found = find_chapters(start, stop, np.zeros(len(start), bool))
    assert (week[0][0], week[-1][1]) in found
    assert len(found) == 3


@pytest.mark.parametrize("width", WIDTHS)
def test_dense_weeks_amid_vague_years_are_told_closer(width: int) -> None:
    """ "1986" and "1987" bridge every silence; the weeks that hold all the days stand spread out all the same."""
    plan = arrange(stories.vague_years(), width=width)
    assert [(c.heading, c.closer) for c in plan.chapters] == [
        ("1982 – 1992", False), ("1–20 March 1987, closer", True)]  # fmt: skip
    marks = plan.marks[plan.marks["role"] == "event"].assign(first=lambda m: m["event_id"].str[2:5])
    days = marks[marks["first"] == "Day"]
    assert set(days["chapter"]) == {1}
    assert days["left"].max() - days["left"].min() > 0.8 * (width - 60)
    assert (days["label"] != "").sum() > 8
    assert set(marks.loc[marks["first"] != "Day", "chapter"]) == {0}
    text = next(t for t in plan.texts if "closer below" in t.text)
    assert text.text == "40 events closer below"
    band = plan.chapters[0].to_px(plan.chapters[1].start)
    assert text.x == pytest.approx(band, abs=60)


def test_of_what_is_told_closer_and_what_is_not_nothing_is_lost_or_drawn_twice() -> None:
    """A value that reaches out of the weeks stays whole where it was, even by a day; one inside goes along."""
    march = stories.event("March", "1987-03-01", "1987-04-01", granularity="month")
    week = stories.event("Week", "1987-03-02", "1987-03-09", granularity="week")
    events = pd.concat([stories.vague_years(), stories.frame([march, week])], ignore_index=True)
    marks = layout(events, width=1600)
    drawn = marks.loc[marks["role"] == "event", "event_id"]
    assert drawn.is_unique
    assert len(drawn) + marks.loc[marks["role"] == "chip", "count"].sum() == len(events)
    chapters = marks.set_index("event_id")["chapter"]
    assert chapters["e-March-1987-03-01"] == 0
    assert chapters["e-Week-1987-03-02"] == 1


def test_of_long_brackets_with_the_same_ends_the_first_leaves_room_for_others() -> None:
    """Thirty events "in 1986" would fill all six rows; what happened in another year has one of them."""
    same = [year(f"A {i}", 1986, salience=0.01) for i in range(30)]
    other = [year(f"B {i}", 1986 + i, salience=0.01, stop=stories.moment("1992-01-01")) for i in range(3)]  # fmt: skip
    labelled = [stories.day(f"Long title that takes room {i}", "1989-02-03") for i in range(40)]
    marks = layout(stories.frame([*same, *other, *labelled]), scale="linear")
    assert {"e-B 0-1986-01-01", "e-B 1-1987-01-01", "e-B 2-1988-01-01"} <= set(marks["event_id"])


def test_a_crowd_is_counted_once_though_a_part_of_it_is_told_closer() -> None:
    copies = [stories.vague_years().assign(event_id=lambda e, k=k: e["event_id"] + str(k)) for k in range(20)]  # fmt: skip
    events = pd.concat(copies, ignore_index=True)
    marks = layout(events)
    assert set(marks["chapter"]) == {0, 1}
    drawn = marks.loc[marks["role"] == "event", "event_id"].nunique()
    assert drawn + marks.loc[marks["role"] == "bin", "count"].sum() == pytest.approx(len(events), abs=0.1)  # fmt: skip
    inside = marks[(marks["role"] == "bin") & (marks["chapter"] == 1)]
    assert inside["count"].sum() == pytest.approx(800 - drawn, abs=0.1)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 10**9), st.sampled_from([DAY, 31 * DAY, 365 * DAY])),
        min_size=1, max_size=80,
    ),
    st.integers(3, 40),
)  # fmt: skip
def test_closer_stretches_lie_apart_inside_one_chapter_and_hold_three_events(
    spans: list[tuple[int, int]], n: int
) -> None:
    days = [(5 * 10**8 + i * DAY, DAY) for i in range(n)]
    start, length = np.array([*spans, *days]).T
    base = find_chapters(start, start + length, np.zeros(len(start), bool))
    found = find_closer(base, start, start + length)
    assert len(base) + len(found) <= 8
    assert all(before[1] <= after[0] for before, after in pairwise(found))
    for a, b in found:
        assert any(c <= a and b <= d and b - a < (d - c) / 4 for c, d in base)
        assert ((start >= a) & (start + length <= b)).sum() >= 3


@pytest.mark.parametrize("width", WIDTHS)
def test_the_overview_leaves_the_room_for_labels_to_what_is_told_closer(width: int) -> None:
    """A hundred and fifty months of little weight round the weeks: these still stand on the first screens."""
    months = [
        stories.event(f"Month {i}", f"{1978 + i // 12}-{1 + i % 12:02}-01", f"{1978 + i // 12}-{1 + i % 12:02}-28",
                      granularity="month", salience=0.01)
        for i in range(150)
    ]  # fmt: skip
    plan = arrange(pd.concat([stories.vague_years(), stories.frame(months)]), width=width)
    assert [c.closer for c in plan.chapters] == [False, True]
    assert plan.panels[0][1] - plan.panels[0][0] < 420
    labelled = plan.marks.loc[
        (plan.marks["role"] == "event") & (plan.marks["label"] != ""), "chapter"
    ]
    assert (labelled == 1).sum() > 1.5 * (labelled == 0).sum()
