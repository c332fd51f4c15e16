"""Payloads in every field that a stranger fills: a real Chromium runs none of them, wherever they show."""

import json
from pathlib import Path
from types import SimpleNamespace

import nbformat.v4 as nb
import pandas as pd
import plotly
import pytest

import timeline
from timeline.drawing import draw_density, draw_explanation, draw_sources, figure_svg, svg
from timeline.reporting import report_html
from timeline.reporting.bundle import plotly_bundle
from timeline.reporting.notebook import TimelineExporter, TimelineSlidesExporter

pytestmark = [pytest.mark.browser, pytest.mark.slow]
HERE = Path(__file__).parent
PAYLOADS = (HERE / "payloads.txt").read_text("utf-8").splitlines()
GROUPS = [PAYLOADS[n : n + 6] for n in range(0, len(PAYLOADS), 6)]
CANARY = "window.sung = 0; window.canary = () => { window.sung++; console.log('CANARY'); }; 0"
# What a reader's mouse and keyboard, and the page by itself, set off.
TOUCH = """async () => {
  document.querySelectorAll('details').forEach((e) => { e.open = true; });
  const names = ['mouseover', 'mouseenter', 'pointerenter', 'mousemove', 'focus', 'focusin', 'toggle',
    'animationstart', 'error', 'load', 'begin', 'pageshow'];
  for (const e of document.querySelectorAll('*')) {
    for (const name of names) if (e !== document.documentElement) e.dispatchEvent(new Event(name, { bubbles: false }));
    if (e.localName === 'a' && /^\\s*(javascript|data|vbscript)/i.test(e.getAttribute('href') || '')) e.click();
  }
  await new Promise((done) => setTimeout(done, 150));
}"""


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory):
    """A story folder with each payload as title, source, address, words, file name and correction."""
    folder = tmp_path_factory.mktemp("evil")
    (folder / "articles").mkdir()
    rows = [
        {"title": p, "source": p, "url": f"https://example.org/{p}", "language": "en",
         "published": "2014-11-06", "text": f"The bridge no. {n} near {p} opened on {1 + n % 28} May 20{10 + n % 20}, {p} said on Monday."}
        for n, p in enumerate(PAYLOADS)
    ]  # fmt: skip
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / "articles" / "all.jsonl").write_text(lines, "utf-8")
    for n, payload in enumerate(PAYLOADS):
        name = payload.replace("/", "\N{FRACTION SLASH}")[:60]
        text = f"{payload}\n\nThe tunnel no. {n} was closed on {1 + n % 28} June 2012 ({payload})."
        (folder / "articles" / f"{name}{n}.txt").write_text(text, "utf-8")
    quoted = json.dumps("".join(PAYLOADS[:8]))
    (folder / "story.toml").write_text(
        f'title = {quoted}\n[landmarks]\n{json.dumps(PAYLOADS[7])} = "2009"\n'
    )
    story = timeline.read_story(folder, published="2014-11-06")
    entries = "".join(
        f'[[retitle]]\nquote = "The tunnel no. {n} was closed"\ntitle = {json.dumps(p)}\n'
        f"[[add]]\ntitle = {json.dumps(p)}\ndate = \"2013-0{1 + n % 9}\"\nsource = {json.dumps(p)}\nurl = {json.dumps(p)}\nattribution = {json.dumps(p)}\n"
        for n, p in enumerate(PAYLOADS)
    )  # fmt: skip
    (folder / "corrections.toml").write_text(entries, "utf-8")
    story = timeline.read_story(folder, published="2014-11-06")
    assert len(story.articles) == 2 * len(PAYLOADS)
    assert set(story.events["title"]) >= set(PAYLOADS)
    return story


def saying(story, payloads):
    """Six of the story's events, where each payload is once in every column that is text."""
    events = story.events.iloc[:6].copy()

    def turned(by):
        return [payloads[(row + by) % len(payloads)] for row in range(6)]

    for by, name in enumerate(("title", "when", "conflict", "attribution", "edtf")):
        events[name] = turned(by)
    rivals, cited = [], []
    for p in turned(2):
        rivals.append([{"edtf": p, "when": p, "start": pd.NaT, "stop": pd.NaT, "says": p, "sources": [p]}])  # fmt: skip
        cited.append([{"mention_id": p, "article_id": "a", "source": p, "url": p, "expression": p, "when": p, "sentence": p, "how": p}])  # fmt: skip
    for name, cells in (("sources", [[p, "B"] for p in turned(1)]), ("alternatives", rivals), ("citations", cited)):  # fmt: skip
        events[name] = pd.Series(cells, index=events.index, dtype="object")
    return events


@pytest.fixture
def page(browser):
    """A page with a canary; `sang` has each call, in whatever frame or document."""
    context = browser.new_context(offline=True, viewport={"width": 1200, "height": 900})
    context.add_init_script(CANARY)
    page = context.new_page()
    page.sang, page.blocked = [], []

    def heard(message):
        if "CANARY" in message.text:
            page.sang.append(message.text)
        elif "Content Security Policy" in message.text:
            page.blocked.append(message.text)

    page.on("console", heard)
    page.on("dialog", lambda dialog: (page.sang.append(dialog.message), dialog.dismiss()))
    yield page
    context.close()


def calm(story, title):
    """A story of two events under a title."""
    none = story.mentions.iloc[:0]
    return SimpleNamespace(title=title, events=story.events.iloc[:2], mentions=none, articles=story.articles.iloc[:1], problems=story.problems.iloc[:0])  # fmt: skip


def opened(page, path, html, wait="html[data-ready=all]"):
    path.write_text(html, "utf-8")
    page.goto(path.as_uri())
    if wait:
        page.wait_for_selector(wait, timeout=60_000)
    page.evaluate(TOUCH)
    return page


def hovered(page):
    """How often something was under the mouse as it went over each figure of the page, in steps of 40 pixels."""
    page.evaluate("window.hovers = 0; document.querySelectorAll('.js-plotly-plot').forEach((g) => g.on('plotly_hover', () => { window.hovers++; }))")  # fmt: skip
    for figure in page.locator(".js-plotly-plot").all():
        figure.scroll_into_view_if_needed()
        box = figure.bounding_box()
        top = max(box["y"], 0)
        for y in range(int(top) + 10, int(min(box["y"] + box["height"], 890)), 40):
            for x in range(int(box["x"]) + 10, int(box["x"] + box["width"]), 40):
                page.mouse.move(x, y)
            page.wait_for_timeout(30)
    return page.evaluate("window.hovers")


def test_there_are_payloads_enough():
    assert len(set(PAYLOADS)) >= 60


@pytest.mark.parametrize("inject", ["<img src=x onerror=canary()>", "<script>canary()</script>", "<svg onload=canary()>", "<a id=a href='javascript:canary()'>x</a>"])  # fmt: skip
def test_the_canary_sings_in_a_bare_page_and_the_policy_would_silence_it(
    page, tmp_path, poisoned, inject
):
    """Were a payload ever to get into the report as markup, the policy blocks it."""
    html = report_html(calm(poisoned, "T")).replace("</body>", f"{inject}</body>")
    assert inject in html
    opened(page, tmp_path / "bare.html", f"<body>{inject}</body>", wait="")
    assert page.sang
    page.sang.clear()
    opened(page, tmp_path / "held.html", html)
    assert page.sang == []
    assert page.blocked


def test_a_report_of_poisoned_files_runs_nothing(page, tmp_path, poisoned):
    opened(page, tmp_path / "report.html", report_html(poisoned))
    assert hovered(page) > 0
    assert page.sang == []
    shown = " ".join(page.inner_text("#list").split())
    assert sum(" ".join(payload.split())[:100] in shown for payload in PAYLOADS) > 30
    schemes = page.evaluate("[...document.querySelectorAll('a[href]')].map((a) => a.protocol)")
    assert set(schemes) <= {"https:", "http:", "file:"}


def test_payloads_as_the_title_of_a_report_run_nothing(page, tmp_path, poisoned):
    """The head of the page is where a title closes an element; a title is cut at 300 characters."""
    titles = [""]
    for payload in PAYLOADS:
        fits = len(titles[-1] + payload) < 290
        titles[-1 if fits else len(titles) :] = [titles[-1] + payload if fits else payload]
    assert len(titles) > 8
    for title in titles:
        opened(page, tmp_path / "title.html", report_html(calm(poisoned, title)))
        assert page.sang == [], title
        assert page.title().startswith(" ".join(title.split()))
        assert " ".join(title.split()) in page.inner_text("h1")


def test_figures_run_nothing_when_drawn_and_hovered_without_any_policy(page, poisoned):
    """In JupyterLab no policy stands behind the figure: labels, hover, axes and titles by themselves."""
    bundle = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    page.set_content('<body style="margin:0"><div id="d"></div></body>')
    page.evaluate(CANARY)
    page.add_script_tag(content=bundle.read_text("utf-8"))
    plot = "f => Plotly.newPlot('d', f.data, f.layout, {displayModeBar: false})"
    hover = """async () => {
      const gd = document.getElementById('d');
      for (const curve of gd._fullData.keys()) for (const point of [0, 1]) {
        try { Plotly.Fx.hover(gd, [{ curveNumber: curve, pointNumber: point }]); } catch { continue; }
        await new Promise((done) => setTimeout(done, 4));
      }
    }"""
    mention = dict(poisoned.mentions.iloc[0])
    for group in GROUPS:
        events, payload = saying(poisoned, group), group[-1]
        words = dict.fromkeys(("expression", "sentence", "inferred", "alternative_reason", "rule"), payload)  # fmt: skip
        figures = [
            timeline.draw(events, title=payload, lane="attribution"),
            draw_sources(events, title=payload),
            draw_explanation(mention | words),
        ]
        for figure in figures:
            page.evaluate(plot, json.loads(figure.to_json()))
            page.evaluate(hover)
        assert page.sang == [], group
        assert not page.evaluate("document.querySelectorAll('#d img, #d script, #d iframe, #d a[href^=\"java\"]').length")  # fmt: skip
    page.evaluate(plot, json.loads(draw_density(poisoned.events, title=PAYLOADS[7]).to_json()))
    page.evaluate(TOUCH)
    assert page.sang == []


def test_still_pictures_and_tables_run_nothing_without_any_policy(page, tmp_path, poisoned):
    """The SVG file, the SVG of a figure, and the table that show() gives, each as markup of a page."""
    parts = []
    for group in GROUPS:
        events = saying(poisoned, group)
        figure = figure_svg(timeline.draw(events, title=group[-1]))
        parts += [svg(events, title=group[0]), figure, timeline.show(events).to_html()]
    opened(page, tmp_path / "still.html", "<!doctype html>" + "\n".join(parts), wait="")
    assert page.sang == []
    assert page.evaluate("document.querySelectorAll('svg').length") == 2 * len(GROUPS)


def test_the_explorer_runs_nothing_without_any_policy(page, poisoned):
    """The widget's own script with all poisoned events: drawn, laid out in lanes, searched, opened."""
    widget = timeline.explore(poisoned)
    page.set_content('<body><div id="d" style="width:1000px"></div></body>')
    page.evaluate(CANARY)
    source = widget._esm.replace("export default", "window.view =")
    page.add_script_tag(type="module", content=source)
    page.wait_for_function("window.view")
    page.evaluate(
        """([data, plotly, message]) => {
          const held = { data, selected: [], message }, heard = [];
          const model = { get: (k) => held[k], set: (k, v) => { held[k] = v; }, off() {}, save_changes() {},
            on: (k, f) => { if (k === 'msg:custom') heard.push(f); }, send: (m) => { if (m.ask) heard.forEach((f) => f({ plotly })); } };
          window.view.render({ model, el: document.getElementById('d') });
        }""",
        [widget.data, plotly_bundle().packed, PAYLOADS[7]],
    )
    page.wait_for_selector("#d .js-plotly-plot .main-svg")
    hovered(page)
    page.evaluate(TOUCH)
    for lanes in ("source", "kind", "status", ""):
        page.locator("#d select[name=lanes]").select_option(lanes)
        page.evaluate(TOUCH)
    for row in page.locator("#d .events summary").all()[:80]:
        row.dispatch_event("click")
    for words in ("tunnel", "<script>", PAYLOADS[7]):
        page.locator("#d input[name=q]").fill(words)
        page.wait_for_timeout(300)
        page.evaluate(TOUCH)
    assert page.sang == []
    assert page.evaluate("document.querySelectorAll('#d img, #d script, #d iframe').length") == 0


@pytest.mark.parametrize("exporter", [TimelineExporter, TimelineSlidesExporter])
def test_an_exported_notebook_runs_nothing(page, tmp_path, poisoned, exporter):
    """Payloads as Markdown, code, HTML, text and error output, in a figure and in a table."""
    cells = [nb.new_markdown_cell("# " + PAYLOADS[7])]
    for payload in PAYLOADS:
        figure = {"data": [{"type": "scatter", "x": [1], "y": [1], "text": [payload], "mode": "text"}], "layout": {"title": {"text": payload}}}  # fmt: skip
        outputs = [
            nb.new_output("display_data", {"text/html": payload}),
            nb.new_output("display_data", {"text/markdown": payload}),
            nb.new_output("display_data", {"text/plain": payload}),
            nb.new_output("display_data", {"image/svg+xml": f"<svg xmlns='http://www.w3.org/2000/svg'>{payload}</svg>", "text/plain": payload}),
            nb.new_output("stream", text=payload, name="stdout"),
            nb.new_output("error", ename="E", evalue=payload, traceback=[payload]),
        ]  # fmt: skip
        if PAYLOADS.index(payload) < 8:
            outputs.append(nb.new_output("display_data", {"application/vnd.plotly.v1+json": figure}))  # fmt: skip
        cells += [nb.new_markdown_cell(payload), nb.new_code_cell(payload, outputs=outputs)]
    table = timeline.show(poisoned.events, 200).to_html()
    cells.append(nb.new_code_cell("", outputs=[nb.new_output("display_data", {"text/html": table})]))  # fmt: skip
    for figure in (
        timeline.draw(poisoned.events, title=PAYLOADS[7]),
        draw_sources(poisoned.events),
    ):
        drawn = {"application/vnd.plotly.v1+json": json.loads(figure.to_json())}
        cells.append(nb.new_code_cell("", outputs=[nb.new_output("display_data", drawn)]))
    html, _ = exporter().from_notebook_node(nb.new_notebook(cells=cells))
    opened(page, tmp_path / "notebook.html", html)
    assert page.sang == []
    assert page.evaluate("document.querySelectorAll('iframe, object, embed, base, meta[http-equiv=refresh]').length") == 0  # fmt: skip
