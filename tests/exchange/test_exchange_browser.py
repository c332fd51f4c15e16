"""The real TimelineJS and vis-timeline, from npm, load what we write, in a real Chromium, offline."""

import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest

from timeline.exchange import read_events, write_events

pytestmark = pytest.mark.browser
PACKAGES = ("@knight-lab/timelinejs@3.9.11", "vis-timeline@8.5.4")
HOSTILE = '<img src=x onerror="window.canary=1"> & <b>bold</b>'
TABLE = pd.DataFrame(
    [
        ("Caesar is killed", "44 BC"),
        ("Augustus rules", "27 BC - 14 AD"),
        ("War", "1914/1918"),
        ("Some month", "2014-10"),
        ("Deadline", "2014-11-24"),
        (HOSTILE, "2014-11-06"),
        ("No date", ""),
    ],
    columns=["title", "date"],
)


@pytest.fixture(scope="module")
def packages(tmp_path_factory):
    if not shutil.which("npm"):
        pytest.skip("npm is not installed, so the real viewers cannot be fetched")
    folder = tmp_path_factory.mktemp("npm")
    command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(folder), *PACKAGES]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=200)
    if done.returncode:
        pytest.skip(f"npm could not fetch the viewers: {done.stderr[-200:]}")
    return folder / "node_modules"


@pytest.fixture
def page(browser):
    page = browser.new_page(viewport={"width": 1200, "height": 700}, timezone_id="America/New_York")
    page.route(lambda url: not url.startswith("file:"), lambda route: route.abort())
    page.trouble = []
    page.on("pageerror", lambda error: page.trouble.append(str(error)))
    yield page
    page.close()


def show(page, folder: Path, head: str, body: str) -> None:
    html = f"<!doctype html><meta charset=utf-8>{head}<div id=embed style='height:600px'></div><script>{body}</script>"
    (folder / "page.html").write_text(html)
    page.goto((folder / "page.html").as_uri())


def test_timelinejs_shows_every_dated_event_and_runs_no_title(packages, page, tmp_path):
    events = read_events(TABLE)
    write_events(events, tmp_path / "story.json", "timelinejs", title="Rome & after")
    home = (packages / "@knight-lab/timelinejs/dist").as_uri()
    head = f"<link rel=stylesheet href='{home}/css/timeline.css'><script src='{home}/js/timeline.js'></script>"
    story = (tmp_path / "story.json").read_text().replace("</", "<\\/")
    show(
        page,
        tmp_path,
        head,
        f"window.timeline = new TL.Timeline('embed', {story}, {{hash_bookmark: false}});",
    )
    page.wait_for_selector(".tl-timemarker", state="attached")
    assert page.evaluate("timeline.config.getErrors()") == []
    assert page.evaluate("timeline.config.events.length") == 6
    shown = page.eval_on_selector_all(
        ".tl-timemarker h2", "all => all.map(h => h.textContent.trim())"
    )
    assert sorted(shown) == sorted([t for t in TABLE.title if t != "No date"])
    dates = page.eval_on_selector_all(
        ".tl-slide .tl-headline-date", "all => all.map(h => h.textContent.trim())"
    )
    assert {
        "44 BCE",
        "some time in October 2014",
        "24 November 2014",
        "from 27 BCE to 14 CE",
    } <= set(dates)
    years = page.evaluate(
        "timeline.config.events.map(e => e.start_date.getDisplayDate && e.start_date.data.year)"
    )
    assert years == [-44, -27, 1914, 2014, 2014, 2014]
    assert page.evaluate("window.canary") is None
    assert page.trouble == []


def test_vis_timeline_shows_every_dated_item_where_it_belongs(packages, page, tmp_path):
    events = read_events(TABLE)
    write_events(events, tmp_path / "items.json", "vis")
    home = packages / "vis-timeline"
    head = (
        f"<link rel=stylesheet href='{(home / 'styles/vis-timeline-graph2d.min.css').as_uri()}'>"
        f"<script src='{(home / 'standalone/umd/vis-timeline-graph2d.min.js').as_uri()}'></script>"
    )
    items = (tmp_path / "items.json").read_text().replace("</", "<\\/")
    show(
        page, tmp_path, head,
        f"window.items = new vis.DataSet({items}); window.timeline = new vis.Timeline(document.getElementById('embed'), items, {{}});",
    )  # fmt: skip
    page.wait_for_selector(".vis-item", state="attached")
    shown = page.eval_on_selector_all(".vis-item-content", "all => all.map(i => i.textContent)")
    assert sorted(shown) == sorted([t for t in TABLE.title if t != "No date"])
    starts = page.evaluate(
        "Object.fromEntries(Object.values(timeline.itemSet.items).map(i => [i.data.content,"
        " [i.data.start.getFullYear(), i.data.start.getMonth() + 1, i.data.start.getDate()]]))"
    )
    assert starts["Caesar is killed"] == [-43, 1, 1]
    assert starts["Deadline"] == [2014, 11, 24]  # whatever the reader's zone
    assert starts["Some month"] == [2014, 10, 1]
    assert page.evaluate("window.canary") is None
    assert page.trouble == []
