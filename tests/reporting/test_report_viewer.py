"""The viewer outside the report: mounted twice on one page, once in a shadow root, driven from outside."""

import json

import pytest
from report_stories import letters_story

from timeline.reporting import viewer_data, viewer_script, viewer_style
from timeline.reporting.bundle import plotly_bundle

pytest.importorskip("playwright.sync_api")

HOST = """<!doctype html><html lang="en"><meta charset="utf-8"><title>a host page</title>
<body><p id="list">the host's own</p><div id="one"></div><div id="two" style="width: 420px"></div>
<script type="module">
SCRIPT
const module = { exports: {} };
new Function("module", "exports", "define", await unpackText(BUNDLE))(module, module.exports, undefined);
const data = DATA, shadow = document.getElementById("two").attachShadow({ mode: "open" });
for (const where of [document.head, shadow]) where.append(h("style", {}, STYLE));
window.said = [];
window.opened = [];
window.one = mount(document.getElementById("one"), data, { Plotly: module.exports, onSelect: (now) => said.push(now),
  onOpen: (id, body) => opened.push([id, body.className]) });
const inner = h("div");
shadow.append(inner);
window.two = mount(inner, data, { Plotly: () => Promise.resolve(module.exports), dark: () => true });
await Promise.all([one.ready, two.ready]);
document.documentElement.dataset.ready = "all";
</script></body></html>"""
DEADLINE, REVEALED, NEGOTIATING = "e00000000005", "e00000000004", "e00000000003"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def host(tmp_path_factory):
    story = letters_story()
    data = json.dumps(viewer_data(story.events, story.mentions, title="Letters"))
    parts = {
        "SCRIPT": viewer_script(), "BUNDLE": json.dumps(plotly_bundle().packed),
        "DATA": data.replace("<", "\\u003c"), "STYLE": json.dumps(viewer_style()),
    }  # fmt: skip
    html = HOST
    for name, text in parts.items():
        html = html.replace(name, text, 1)
    path = tmp_path_factory.mktemp("host") / "host.html"
    path.write_text(html, encoding="utf-8")
    return path


@pytest.fixture
def page(browser, host):
    page, said = browser.new_page(viewport={"width": 1000, "height": 900}), []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(error.message))
    page.goto(host.as_uri())
    page.wait_for_selector("html[data-ready=all]", timeout=20_000)
    yield page
    page.close()
    assert said == []


def settled(page):
    """After the next frame and what it set off."""
    page.wait_for_timeout(350)


def test_two_viewers_do_not_touch_each_other_or_the_host(page):
    page.evaluate("one.set({ kind: 'deadline' })")
    assert page.locator("#one .events > li").count() == 1
    assert page.locator("#two .events > li").count() == 8
    assert page.inner_text("#list") == "the host's own"
    assert page.evaluate("location.hash") == ""
    assert page.locator("#one [id]:not(svg [id], svg)").count() == 0


def test_a_selection_from_outside_is_shown_and_not_told_back(page):
    page.evaluate("one.set({ q: 'deadline' })")
    settled(page)
    page.evaluate("said.length = 0")
    page.evaluate(f"one.select(['{REVEALED}', '{NEGOTIATING}'])")
    settled(page)
    assert page.locator("#one .ring").count() == 2
    assert page.locator("#one li.chosen").count() == 2
    assert page.evaluate("said") == []
    assert page.evaluate("one.get()") == {}


def test_opening_an_event_selects_it_and_escape_lets_go(page):
    page.click(f"#one li[data-id={DEADLINE}] summary")
    settled(page)
    assert page.evaluate("said.at(-1)") == {"ids": [DEADLINE], "event": DEADLINE}
    assert page.evaluate("opened") == [[DEADLINE, "body"]]
    page.keyboard.press("Escape")
    assert page.evaluate("said.at(-1)") == {"ids": [], "event": ""}


def drag(page, selector, a, b, y=0.5):
    page.locator(selector).scroll_into_view_if_needed()
    box = page.locator(selector).bounding_box()
    at = box["y"] + box["height"] * y
    page.mouse.move(box["x"] + box["width"] * a, at)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * b, at + 3, steps=6)
    page.mouse.up()
    settled(page)


def test_a_drag_across_the_figure_zooms_and_selects_and_a_double_click_ends_it(page):
    """The left part of the drawn figure is about 2009: its two events, and what may belong there."""
    drag(page, "#one .stage", 0.07, 0.4, 0.5)
    now = page.evaluate("one.get()")
    assert "2008-06" < now["from"] < "2009-03" and "2009-06" < now["to"] < "2010-07"
    assert page.evaluate("said.at(-1).ids") == [
        "e00000000001", "e00000000000", "e00000000007",
    ]  # fmt: skip
    drag(page, "#one .stage", 0.2, 0.5, 0.4)
    closer = page.evaluate("one.get()")
    assert now["from"] <= closer["from"] < closer["to"] < now["to"]
    box = page.locator("#one .stage").bounding_box()
    page.mouse.dblclick(box["x"] + box["width"] * 0.9, box["y"] + box["height"] * 0.6)
    settled(page)
    assert page.evaluate("one.get()") == {}


def test_a_drag_across_the_strip_is_a_window(page):
    drag(page, "#one .track", 0.9, 0.99)
    assert page.evaluate("one.get().from").startswith("2014")
    assert "e00000000001" not in page.evaluate("said.at(-1).ids")


@pytest.mark.parametrize("by", ["source", "status", "kind"])
def test_lanes_hold_every_dated_event_and_no_label_meets_another(page, by):
    page.evaluate(f"one.set({{ lanes: '{by}' }})")
    settled(page)
    marks = page.evaluate(
        "[...new Set(document.querySelector('#one .stage').data.filter(t => t.mode === 'markers').flatMap(t => t.customdata))].sort()"
    )
    assert marks == [f"e{n:011x}" for n in range(7)]
    boxes = page.evaluate(
        "[...document.querySelectorAll('#one .stage .textpoint text')].map(t => { const b = t.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; })"
    )
    assert len(boxes) > 7
    for i, a in enumerate(boxes):
        for b in boxes[:i]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] + 3 or b[3] <= a[1] + 3


def test_a_month_is_a_bracket_and_a_period_is_solid_where_it_surely_ran(page):
    """In the viewer's own figure, as in the drawn one: no point for October, no bar but the period's."""
    page.evaluate("one.set({ from: '2014-10-01', to: '2014-12-31' })")
    settled(page)
    lines = page.evaluate(
        "document.querySelector('#one .stage').data.filter(t => t.mode === 'lines' && t.customdata).map(t => [t.line.width, [...new Set(t.customdata.filter(Boolean))].sort()])"
    )
    thin = {event for width, events in lines if width < 2 for event in events}
    thick = {event for width, events in lines if width > 4 for event in events}
    assert thin == {"e00000000002", "e00000000006"}
    assert thick == {"e00000000006"}


def test_a_host_sets_colours_and_dark(page):
    shade = "r => getComputedStyle(r.querySelector('.shape')).color"
    assert page.locator("#one").evaluate(shade) == "rgb(0, 114, 178)"
    page.add_style_tag(content=".story-viewer { --happening: rgb(1, 2, 3); }")
    assert page.locator("#one").evaluate(shade) == "rgb(1, 2, 3)"


def test_destroy_leaves_nothing_behind(page):
    page.evaluate("one.destroy()")
    assert page.locator("#one").evaluate("e => e.innerHTML + e.className") == ""
    page.keyboard.press("/")
    page.set_viewport_size({"width": 600, "height": 700})
    settled(page)
    assert page.locator("#two .events > li").count() == 8
