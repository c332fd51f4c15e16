"""Notebooks exported: what the page holds, without a browser."""

import json
import re

import nbformat.v4 as nb
import pytest

pytest.importorskip("nbconvert")

from nbconvert.exporters import get_exporter

from timeline.reporting.notebook import TimelineExporter, TimelineSlidesExporter, gather_slides

PLOTLY = "application/vnd.plotly.v1+json"


def figure(kind="scatter"):
    return nb.new_output(
        "display_data", {PLOTLY: {"data": [{"type": kind, "x": [1], "y": [2]}], "layout": {"title": {"text": "</script>"}}}, "text/plain": "Figure"}
    )  # fmt: skip


def cell(source, *outputs, slide="", tags=()):
    extra = {"slideshow": {"slide_type": slide}} if slide else {}
    return nb.new_code_cell(source, outputs=list(outputs), metadata={**extra, "tags": list(tags)})


def words(source, slide=""):
    extra = {"slideshow": {"slide_type": slide}} if slide else {}
    return nb.new_markdown_cell(source, metadata=extra)


def export(*cells, exporter=TimelineExporter):
    return exporter().from_notebook_node(nb.new_notebook(cells=list(cells)))[0]


def test_exporters_are_found_by_name():
    assert get_exporter("timeline") is TimelineExporter
    assert get_exporter("timeline_slides") is TimelineSlidesExporter


def test_every_figure_is_in_the_page_and_plotly_once():
    html = export(words("# Title"), cell("draw()", figure()), cell("draw()", figure("bar")))
    figures = re.findall(r'<script type="application/json">(.*?)</script>', html, re.S)
    assert [json.loads(one)["data"][0]["type"] for one in figures] == ["scatter", "bar"]
    assert html.count('id="plotly"') == 1
    assert "<title>Title</title>" in html


def test_page_without_figures_carries_no_plotly():
    html = export(words("# Title"), cell("1 + 1"))
    assert 'id="plotly"' not in html
    assert len(html) < 60_000


def test_other_traces_bring_the_full_bundle():
    basic = export(cell("draw()", figure("pie")))
    full = export(cell("draw()", figure("heatmap")))
    assert "plotly.js 4" in re.sub(r"\s+", " ", full)
    assert len(full) > len(basic)


def test_nothing_is_asked_of_a_server():
    html = export(
        words(
            "![cat](https://example.org/cat.png) <script src='https://example.org/x.js'></script> $x^2$"
        ),
        cell("draw()", figure()),
    )
    without_data = re.sub(r'id="plotly">[^<]*<', "<", html)
    assert not re.search(r"(?:src|srcset|action)=.?https?:", without_data)
    assert "<link" not in html
    assert "MathJax" not in without_data
    assert "require.js" not in without_data
    assert "default-src &#39;none&#39;" in html
    assert "[picture not in this file: cat]" in html
    assert "$x^2$" in html


def test_code_is_folded_and_tagged_cells_are_left_out():
    html = export(
        cell("secret = 1", tags=["remove_cell"]),
        cell("covert = 2", nb.new_output("stream", text="shown"), tags=["remove_input"]),
        cell("folded = 3\nb = 4"),
    )
    assert "secret" not in html
    assert "covert" not in html
    assert "shown" in html
    assert re.search(r'<details class="code"><summary>Code<span> · 2 lines', html)


def test_errors_streams_and_pictures_are_shown_as_text_and_data():
    html = export(
        cell("x", nb.new_output("error", ename="E", evalue="v", traceback=["\x1b[31mE: <v>\x1b[0m"])),
        cell("y", nb.new_output("display_data", {"image/png": "aGk=\n", "text/plain": "a dot"})),
        cell("z", nb.new_output("display_data", {"application/vnd.jupyter.widget-view+json": {}, "text/plain": "W"})),
    )  # fmt: skip
    assert "E: &lt;v&gt;" in html
    assert '<img src="data:image/png;base64,aGk=" alt="a dot">' in html
    assert "An interactive part: open the notebook to use it." in html


def test_slides_follow_the_slide_types():
    html = export(
        words("# One", "slide"), words("more", "fragment"), words("psst", "notes"), words("gone", "skip"),
        words("two", "subslide"), words("joined"), exporter=TimelineSlidesExporter,
    )  # fmt: skip
    slides = re.findall(r'<article class="slide".*?</article>', html, re.S)
    assert len(slides) == 2
    assert "cell markdown fragment" in slides[0]
    assert re.search(r'<aside class="notes" hidden>.*psst', slides[0], re.S)
    assert "joined" in slides[1]
    assert "gone" not in html


def test_without_slide_types_each_heading_starts_one():
    cells = [
        {"slide": "", "starts": starts, "body": "x", "outputs": []}
        for starts in (True, False, True, False, False)
    ]
    assert [len(one["cells"]) for one in gather_slides(cells)] == [2, 3]


def test_same_notebook_same_bytes():
    book = nb.new_notebook(cells=[words("# A"), cell("draw()", figure())])
    exporter = TimelineExporter()
    assert exporter.from_notebook_node(book)[0] == exporter.from_notebook_node(book)[0]
