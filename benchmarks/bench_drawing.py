"""Times `draw` by number of events, and in a real Chromium side by side with plotly.express.timeline.

Run: python benchmarks/bench_drawing.py. Prints Markdown and writes drawing.md beside this file.
Both figures are drawn in one page by the same plotly.js (the full bundle that plotly.py carries),
with the same events, titles as text, in turn; the best of the runs counts. First render: newPlot to its promise; redraw: Plotly.redraw.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import plotly
import plotly.express as px
from chromium import chromium
from playwright.sync_api import Page

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests" / "drawing"))
from drawing_stories import random_story  # noqa: E402

from timeline.drawing import draw  # noqa: E402

TARGETS = {100: 0.05, 10_000: 0.2, 100_000: 1.0, 1_000_000: 8.0}
FACTORS = {100: 3, 1_000: 5, 10_000: 30}
REPEATS = {100: 25, 1_000: 9, 10_000: 3}
RENDER = """async f => { const d = document.getElementById('d'); Plotly.purge(d); d.innerHTML = '';
  const t = performance.now(); await Plotly.newPlot(d, f.data, f.layout, {displayModeBar: false});
  const first = performance.now() - t, u = performance.now(); await Plotly.redraw(d);
  return [first, performance.now() - u]; }"""


def python_rows() -> list[str]:
    """A row for each size: best seconds of `draw`, target, and size of the JSON."""
    rows = []
    draw(random_story(5))
    for n, target in TARGETS.items():
        events, times = random_story(n), []
        for _ in range(3 if n >= 1_000_000 else 15):
            begun = time.perf_counter()
            figure = draw(events)
            times.append(time.perf_counter() - begun)
        size = len(figure.to_json()) / 1e6
        rows.append(f"| {n:,} | {min(times):.3f} s | {target} s | {size:.2f} MB |")
    return rows


def bare(figure: dict[str, Any]) -> dict[str, Any]:
    """The same axes with nothing but a point on each: what plotly.js takes in any case."""
    axes = {(t["xaxis"], t["yaxis"]): (t["x"][0], t["y"][0]) for t in figure["data"]}
    points = [
        {"type": "scatter", "mode": "markers", "x": [x], "y": [y], "xaxis": at[0], "yaxis": at[1]}
        for at, (x, y) in axes.items()
    ]
    return {"data": points, "layout": figure["layout"] | {"shapes": []}}


def browser_rows(page: Page) -> tuple[list[str], str]:
    """A row for each size: first render and redraw of both, in milliseconds, and how many times
    faster; and what the bare axes of 100 events take."""
    rows, floor = [], ""
    for n, factor in FACTORS.items():
        events = random_story(n)
        rival = px.timeline(events, x_start="start", x_end="stop", y="title", text="title")
        ours, theirs = (json.loads(f.to_json()) for f in (draw(events), rival))
        times: dict[str, list[list[float]]] = {"ours": [], "theirs": [], "bare": []}
        for _ in range(REPEATS[n]):
            times["theirs"].append(page.evaluate(RENDER, theirs))
            times["ours"] += [page.evaluate(RENDER, ours) for _ in range(3)]
            times["bare"].append(page.evaluate(RENDER, bare(ours)))
        (first, again), (slow, slower), (least, less) = (
            [min(t) for t in zip(*x, strict=True)] for x in times.values()
        )
        floor = floor or f"{least:.1f} / {less:.1f} ms"
        rows.append(
            f"| {n:,} | {first:.0f} / {again:.0f} ms | {slow:,.0f} / {slower:,.0f} ms "
            f"| {slow / first:.1f}x / {slower / again:.1f}x | {factor}x |"
        )
    return rows, floor


def main() -> None:
    """Nothing; the tables are on the screen and in drawing.md."""
    bundle = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1000, "height": 1100})
        page.set_default_timeout(300_000)
        page.set_content('<div id="d"></div>')
        page.add_script_tag(content=bundle.read_text(encoding="utf-8"))
        drawn, floor = browser_rows(page)
    table = [
        "# Drawing", "",
        "`draw(events)` in Python, random stories:", "",
        "| events | time | target | JSON |", "|---|---|---|---|", *python_rows(), "",
        "First render / redraw in Chromium, best of several runs in turn, next to `plotly.express.timeline(text=...)` of the same events:", "",
        "| events | timeline.draw | px.timeline | faster | target |", "|---|---|---|---|---|", *drawn, "",
        f"The same axes with a single point on each take plotly.js {floor} at 100 events. The rest of a",
        "redraw there is the 36 labels, three lines each, whose texts it sets anew, and the 74 marks.", "",
    ]  # fmt: skip
    text = "\n".join(table)
    print(text)
    (HERE / "drawing.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
