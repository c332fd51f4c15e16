"""Measures report files in Chromium beside plotly.express.timeline and vis-timeline.

    python benchmarks/bench_reporting.py [--quick]

Writes benchmarks/reporting.md. First frame: from navigation to the end of the first animation frame
in which marks are in the page. Live: the same for the marks that plotly.js drew, which answer to
the pointer; in a report of a story a still picture of the same figure comes first. Redraw: from a change of the time window to the end of the frame that shows
it. Medians. Needs Chromium; vis-timeline is fetched from npm and left out where that fails.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import plotly.express as px
from chromium import chromium

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "reporting"))
from report_stories import many_events  # noqa: E402

from timeline import read_story  # noqa: E402
from timeline.reporting import write_report  # noqa: E402

PATIENCE = 150_000
PICTURE = ".figure svg path, .js-plotly-plot .points path, .vis-item"
LIVE = ".js-plotly-plot .points path, .vis-item"
WATCH = f"""(() => {{ const seen = {{}}, look = () => {{
  for (const [name, marks] of {json.dumps([["first", PICTURE], ["live", LIVE]])}) if (!seen[name] && document.querySelector(marks)) {{
    seen[name] = true; requestAnimationFrame(() => setTimeout(() => {{ window[name + "Frame"] = performance.now(); }})); }}
  if (!seen.live) requestAnimationFrame(look); }}; requestAnimationFrame(look); }})()"""
SHOWN = "() => new Promise((done) => { const look = () => (window.liveFrame ? done([window.firstFrame, window.liveFrame]) : setTimeout(look, 20)); look(); })"
OURS = """async () => { const out = [], from = document.querySelector("input[aria-label='Window from']"), to = document.querySelector("input[aria-label='Window to']");
  for (const [a, b] of [[400, 3000], [1000, 2400], [1500, 1900], [200, 3600], [2000, 2600], [900, 3900], [1700, 1800]]) {
    await new Promise((done) => setTimeout(done, 400));
    const begun = performance.now(); from.value = a; to.value = b; to.dispatchEvent(new Event("input"));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done))); out.push(performance.now() - begun); }
  return out; }"""
PLOTLY = """async (n) => { const out = [], gd = document.querySelector(".js-plotly-plot");
  for (let i = 0; i < n; i++) { const begun = performance.now();
    await Plotly.relayout(gd, {"xaxis.range": [`${1991 + i}-01-01`, `${2012 - i}-01-01`]});
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done))); out.push(performance.now() - begun); }
  return out; }"""
VIS = """async (n) => { const out = [];
  for (let i = 0; i < n; i++) { const begun = performance.now(); chart.setWindow(`${1991 + i}-01-01`, `${2012 - i}-01-01`, {animation: false}); chart.redraw();
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done))); out.push(performance.now() - begun); }
  return out; }"""


def write_px(story, path, *, labels):
    """plotly.express's own timeline with the whole plotly.js inside, as its users write it."""
    figure = px.timeline(
        story.events, x_start="start", x_end="stop", y="kind", color="kind", text="title" if labels else None, hover_name="title"
    )  # fmt: skip
    figure.write_html(path, include_plotlyjs=True)
    return path


def write_vis(story, path, package):
    """vis-timeline's standalone build with the same events as items."""
    items = [
        {"id": i, "content": row["title"], "start": str(row["start"])[:10], "end": str(row["stop"])[:10], "group": row["kind"]}
        for i, row in enumerate(story.events.to_dict("records"))
    ]  # fmt: skip
    groups = [{"id": kind, "content": kind} for kind in sorted(set(story.events["kind"]))]
    script = (package / "standalone" / "umd" / "vis-timeline-graph2d.min.js").read_text(
        encoding="utf-8"
    )
    style = (package / "styles" / "vis-timeline-graph2d.min.css").read_text(encoding="utf-8")
    path.write_text(
        f"<!doctype html><meta charset=utf-8><style>{style}</style><div id=chart></div><script>{script}</script>"
        f"<script>const chart = new vis.Timeline(document.getElementById('chart'), new vis.DataSet({json.dumps(items)}), new vis.DataSet({json.dumps(groups)}), {{height: 700}});</script>",
        encoding="utf-8",
    )  # fmt: skip
    return path


def fetch_vis(folder):
    """The folder of vis-timeline's package, or None."""
    done = subprocess.run(["npm", "install", "--silent", "--no-save", "--prefix", str(folder), "vis-timeline"], capture_output=True)  # fmt: skip
    package = folder / "node_modules" / "vis-timeline"
    return package if done.returncode == 0 and package.exists() else None


def measure(browser, path, redraw, *, runs, n_redraws=3):
    """(first frame, live frame and redraw in ms, DOM nodes); None where patience ended."""
    firsts, redraws, nodes = [], [], 0
    for run in range(runs):
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        page.set_default_timeout(PATIENCE)
        page.add_init_script(WATCH)
        try:
            page.goto(path.as_uri(), wait_until="commit", timeout=PATIENCE)
            firsts.append(page.evaluate(SHOWN))
            nodes = page.evaluate("document.querySelectorAll('*').length")
            if redraw is OURS:
                page.wait_for_selector("html[data-ready=all]", timeout=PATIENCE)
                redraws += page.evaluate(redraw)
            elif run == runs - 1:
                redraws += page.evaluate(redraw, n_redraws)
        except Exception as error:
            print(f"{path.name}: {str(error).splitlines()[0]}", file=sys.stderr)
        page.close()
    middle = lambda values: statistics.median(values) if values else None  # noqa: E731
    return (
        middle([one[0] for one in firsts]),
        middle([one[1] for one in firsts]),
        middle(redraws),
        nodes,
    )


def shown(value):
    """Milliseconds in a readable unit."""
    if value is None:
        return "did not finish"
    return f"{value / 1000:.1f} s" if value >= 2000 else f"{value:.0f} ms"


def main():
    quick = "--quick" in sys.argv
    rows, folder = [], Path(tempfile.mkdtemp())
    package = fetch_vis(folder)
    with chromium() as browser:

        def add(name, n, path, redraw, **how):
            rows.append((name, n, path.stat().st_size, *measure(browser, path, redraw, **how)))
            print(rows[-1], file=sys.stderr)

        story = read_story(ROOT / "data" / "iran-letters")
        path = write_report(story, folder / "letters.html")
        add("report, iran-letters", len(story.events), path, OURS, runs=5)
        for n in (100, 10_000) if quick else (100, 10_000, 100_000, 1_000_000):
            story = many_events(n)
            begun = time.perf_counter()
            path = write_report(story, folder / f"report-{n}.html")
            print(f"{n} written in {time.perf_counter() - begun:.1f} s", file=sys.stderr)
            add("report", n, path, OURS, runs=5)
            if n <= 100_000:
                labels = n <= 10_000
                path = write_px(story, folder / f"px-{n}.html", labels=labels)
                add(f"px.timeline{', labelled' if labels else ', no labels'}", n, path, PLOTLY, runs=3 if n < 1000 else 1, n_redraws=3 if n < 1000 else 1)  # fmt: skip
            if package and n <= 10_000:
                add("vis-timeline", n, write_vis(story, folder / f"vis-{n}.html", package), VIS, runs=3 if n < 1000 else 1, n_redraws=2)  # fmt: skip
    lines = [
        "# Report files, measured",
        "",
        "Headless Chromium, software drawing, two cores, all in one run. The machine had other work too:",
        "compare the rows with each other. See bench_reporting.py for how.",
        "",
        "| what | events | file | first frame | live | redraw | DOM nodes |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    for name, n, size, first, live, again, nodes in rows:
        lines.append(
            f"| {name} | {n:,} | {size / 1e6:.2f} MB | {shown(first)} | {shown(live)} | {shown(again)} | {nodes:,} |"
        )
    lines += ["", *compared(rows), "", *judged(rows)]
    text = "\n".join(lines) + "\n"
    print(text)
    if not quick:
        (ROOT / "benchmarks" / "reporting.md").write_text(text, encoding="utf-8")


def compared(rows):
    """Sentences: how many times sooner than px.timeline."""
    said = []
    for name, n, _, first, live, again, _ in rows:
        rival = next((r for r in rows if r[0].startswith("px.timeline") and r[1] == n), None)
        if name == "report" and rival and first and rival[3]:
            redrawn = f", redraw {rival[5] / again:.1f} times faster" if rival[5] and again else ""
            said.append(
                f"- {n:,} events: first frame {rival[3] / first:.1f} times sooner than px.timeline "
                f"({rival[4] / live:.1f} times until it answers to the pointer){redrawn}."
            )
    return said


def judged(rows):
    """A table of what was aimed at, what was measured in this run, and whether that is enough."""
    found = {(name.split(",")[0], n): rest for name, n, *rest in rows}
    ours = {n: rest for (name, n), rest in found.items() if name == "report"}
    letters = next(rest for name, _, *rest in rows if "iran-letters" in name)
    aims = [("report of iran-letters", "700 KB", letters[0] / 1000, 700, "KB")]
    for n, kinds in {100: [3, None], 10_000: [30, 100]}.items():
        rival = found.get(("px.timeline", n))
        for at, what, factor in zip((1, 3), ("first frame", "redraw"), kinds, strict=True):
            if factor and rival and rival[at] and ours[n][at]:
                aims.append((f"{n:,} events: {what}", f"{factor} times as quick as px.timeline", -rival[at] / ours[n][at], -factor, "times"))  # fmt: skip
    for n, size, first, again in ((100_000, 3.5, 1000, 100), (1_000_000, 20, 3000, 160)):
        if n in ours:
            aims += [
                (f"{n:,} events: file", f"{size} MB", ours[n][0] / 1e6, size, "MB"),
                (f"{n:,} events: first frame", f"{first} ms", ours[n][1], first, "ms"),
                (f"{n:,} events: redraw", f"{again} ms", ours[n][3], again, "ms"),
            ]
    most = max(rest[4] for rest in ours.values())
    aims.append(("DOM nodes of any report", "2,500", most, 2500, ""))
    said = ["| aim | wanted | measured | |", "|---|---|--:|---|"]
    for what, wanted, value, limit, unit in aims:
        amount = "–" if value is None else f"{abs(value):,.{1 if abs(value) < 100 and unit else 0}f} {unit}"  # fmt: skip
        good = value is not None and value <= limit
        said.append(f"| {what} | {wanted} | {amount.strip()} | {'met' if good else 'not met'} |")
    return said


if __name__ == "__main__":
    main()
