"""The figure in a real Chromium: what plotly.js really draws does not overlap, leaves nothing out and says no error."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import drawing_stories as stories
import plotly
import pytest

from timeline.drawing import draw, draw_density, draw_sources, layout, save_figure, svg
from timeline.drawing.saving import find_browser

pytestmark = pytest.mark.browser
WIDTHS = (390, 900, 1600)
BOXES = """() => [...document.querySelectorAll('#d .textpoint text, #d .xtick text')].map(e => {
  const b = e.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom, e.textContent]; })"""


@pytest.fixture(scope="module")
def page(browser: Any) -> Any:
    made = browser.new_page(viewport={"width": 1700, "height": 2400})
    made.set_content('<body style="margin:0"><div id="d"></div></body>')
    bundle = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    made.add_script_tag(content=bundle.read_text(encoding="utf-8"))
    made.said = []
    made.on("console", lambda message: made.said.append(message.text))
    made.on("pageerror", lambda error: made.said.append(str(error)))
    return made


def show(page: Any, figure: Any) -> list[list[Any]]:
    """Boxes of all texts that plotly drew."""
    page.said.clear()
    page.evaluate(
        "f => { Plotly.purge('d'); return Plotly.newPlot('d', f.data, f.layout, {displayModeBar: false}); }",
        json.loads(figure.to_json()),
    )
    page.wait_for_timeout(60)
    return page.evaluate(BOXES)


def meeting(boxes: list[list[Any]]) -> list[tuple[str, str]]:
    """Texts whose boxes share more than two pixels each way: a box has air above its letters."""
    return [
        (a[4], b[4])
        for i, a in enumerate(boxes)
        for b in boxes[i + 1 :]
        if min(a[2], b[2]) - max(a[0], b[0]) > 2 and min(a[3], b[3]) - max(a[1], b[1]) > 2
    ]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("story", stories.STORIES)
def test_no_text_meets_another_or_leaves_the_figure(page: Any, story: str, width: int) -> None:
    figure = draw(stories.STORIES[story](), width=width, title="A title of the story that is told")
    boxes = show(page, figure)
    assert len(boxes) > 3
    assert meeting(boxes) == []
    assert min(b[0] for b in boxes) >= 0
    assert max(b[2] for b in boxes) <= width
    assert max(b[3] for b in boxes) <= figure.layout.height
    assert page.said == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    ("n", "seed", "days"), [(30, 1, 30), (150, 2, 4000), (300, 3, 90_000), (5000, 4, 900)]
)
def test_random_stories_do_not_overlap_on_screen(
    page: Any, n: int, seed: int, days: int, width: int
) -> None:
    assert meeting(show(page, draw(stories.random_story(n, seed, days), width=width))) == []


def test_the_check_on_screen_can_fail(page: Any) -> None:
    figure = draw(stories.lone())
    figure.add_scatter(x=[100, 105], y=[100, 104], mode="text", text=["one text", "another"])
    assert ("one text", "another") in meeting(show(page, figure))


@pytest.mark.parametrize("width", (390, 900))
def test_sources_and_density_do_not_overlap_on_screen(page: Any, width: int) -> None:
    for figure in (
        draw_sources(stories.disagreement(), width=width),
        draw_density(stories.iran_letters(), width=width),
    ):
        assert meeting(show(page, figure)) == []
        assert page.said == []


def test_hovering_and_clicking_a_mark_gives_its_event(page: Any) -> None:
    events = stories.iran_letters()
    show(page, draw(events))
    page.evaluate(
        "() => { window.got = []; document.getElementById('d').on('plotly_click', e => got.push(e.points[0].customdata)); }"
    )
    marks = layout(events)
    for name in ("The Wall Street", "Earnest calls", "Deadline for"):
        row = marks[marks["label"].str.startswith(name)].iloc[0]
        page.mouse.move(row["left"] + 3, row["y"] - 3)
        page.wait_for_timeout(120)
        page.mouse.click(row["left"] + 3, row["y"] - 3)
        page.wait_for_timeout(400)
    assert page.evaluate("got") == [
        "e-The Wall Street Journal -2014-11-06",
        "e-Earnest calls the nuclea-2014-10-01",
        "e-Deadline for a comprehen-2014-11-24",
    ]


def test_zooming_in_on_a_chapter_brings_no_two_labels_together(page: Any) -> None:
    show(page, draw(stories.random_story(80, 5, 400)))
    page.evaluate("() => Plotly.relayout('d', {'xaxis2.range': ['2005-02-01', '2005-04-15']})")
    page.wait_for_timeout(100)
    boxes = page.evaluate(BOXES)
    assert meeting(boxes) == []


def test_the_svg_stands_where_plotly_stands(browser: Any, page: Any) -> None:
    """Each label of the pure-Python SVG is within two pixels of plotly's."""
    events = stories.disagreement()
    drawn = {b[4].replace("\xa0", ""): b for b in show(page, draw(events))}
    other = browser.new_page(viewport={"width": 1000, "height": 900})
    other.set_content(f'<body style="margin:0">{svg(events)}</body>')
    written = other.evaluate(
        "() => [...document.querySelectorAll('text')].map(e => { const b = e.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom, e.textContent]; })"
    )
    other.close()
    same = [
        (box, drawn[box[4].replace("\xa0", "")])
        for box in written
        if box[4].replace("\xa0", "") in drawn
    ]
    assert len(same) > 12
    assert max(abs(a[i] - b[i]) for a, b in same for i in range(4)) < 2.5


@pytest.mark.slow
def test_pictures_are_saved_by_the_browser(tmp_path: Path) -> None:
    if not find_browser():
        pytest.skip("no Chromium here")
    figure = draw(stories.lone())
    assert save_figure(figure, tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert save_figure(figure, tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert save_figure(figure, tmp_path / "a.svg").read_text(encoding="utf-8").startswith("<svg")
