"""`jupyter nbconvert --to timeline` and `--to timeline_slides`: a notebook as one offline HTML file.

Runs nothing and fetches nothing: it shows the outputs that the notebook holds.
"""

from __future__ import annotations

import base64
import html
import json
from functools import lru_cache
from typing import Any

from markupsafe import Markup
from nbconvert.exporters import Exporter
from nbconvert.filters import ansi2html
from nbconvert.filters.markdown_mistune import InvalidNotebook, IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound
from traitlets import default
from traitlets.config import Config

import timeline
from timeline.reporting.bundle import BASIC_TRACES, plotly_bundle, policy, sha256
from timeline.reporting.cleaning import clean_html
from timeline.reporting.parts import environment, page_part
from timeline.reporting.wording import tidy

PLOTLY = "application/vnd.plotly.v1+json"
WIDGET = "application/vnd.jupyter.widget-view+json"
PICTURES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp")


class TimelineExporter(Exporter):
    """A notebook as a page to read: figures drawn, code folded, tables that fit a phone."""

    export_from_notebook = "Timeline page (one offline file)"
    output_mimetype = "text/html"
    slides = False

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @property
    def default_config(self) -> Config:
        """Cells, inputs and outputs that are tagged to be left out, are."""
        tags = {
            "enabled": True,
            "remove_cell_tags": {"remove_cell", "remove-cell"},
            "remove_input_tags": {"remove_input", "remove-input", "hide_input"},
            "remove_all_outputs_tags": {"remove_output", "remove-output"},
        }
        config = Config({"TagRemovePreprocessor": tags})
        config.merge(super().default_config)
        return config

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Any | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page and nbconvert's resources; the notebook is not changed."""
        copy, resources = super().from_notebook_node(nb, resources, **kw)
        about = (resources or {}).get("metadata", {})
        return notebook_page(
            copy, name=about.get("name", ""), folder=about.get("path", ""), slides=self.slides
        ), resources


class TimelineSlidesExporter(TimelineExporter):
    """A notebook as full-screen slides, by the slide types in its cells, or one a heading."""

    export_from_notebook = "Timeline slides (one offline file)"
    slides = True

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".slides.html"


def notebook_page(
    nb: NotebookNode, *, name: str = "", folder: str = "", slides: bool = False
) -> str:
    """One HTML file of the notebook: as a page to scroll, or as slides.

    `name`: the title where no heading gives one; `folder`: where its own pictures are.
    """
    cells = [cell_record(cell, nb, folder) for cell in nb.cells]
    kinds = {kind for cell in cells for out in cell["outputs"] for kind in out.get("traces", ())}
    bundle = plotly_bundle(full=bool(kinds - set(BASIC_TRACES))) if kinds else None
    css = page_part("notebook.css") + highlight_styles()
    script = page_part("packed.js", "notebook.js")
    scripts = [sha256(script)] + ([bundle.sha256] if bundle else [])
    # outputs may bring styles of their own (a styled table), so style elements are not by hash
    rules = policy(scripts=scripts, styles=None, images="data: blob:")
    return (
        environment()
        .get_template("notebook.html.j2")
        .render(
            title=heading(nb) or tidy(name, 200) or "Notebook",
            version=timeline.__version__,
            policy=rules,
            css=Markup(css),
            script=Markup(script),
            slides=gather_slides(cells) if slides else None,
            cells=cells,
            bundle=bundle._replace(packed=Markup(bundle.packed)) if bundle else None,
        )
    )


def heading(nb: NotebookNode) -> str:
    """The text of the notebook's first heading, or an empty text."""
    for cell in nb.cells:
        if cell.cell_type == "markdown":
            for line in cell.source.splitlines():
                if line.startswith("#"):
                    return tidy(line.strip("# ").replace("*", "").replace("`", ""), 200)
    return ""


def cell_record(cell: NotebookNode, nb: NotebookNode, folder: str) -> dict[str, Any]:
    """One cell for the template: kind, its words or code as HTML, its outputs, its place in slides."""
    record: dict[str, Any] = {
        "kind": cell.cell_type,
        "slide": cell.metadata.get("slideshow", {}).get("slide_type", ""),
        "starts": cell.cell_type == "markdown" and cell.source.lstrip().startswith(("# ", "## ")),
        "body": Markup(""),
        "outputs": [],
    }
    if cell.cell_type == "markdown":
        record["body"] = Markup(markdown(cell, folder))
    elif cell.cell_type == "code":
        hidden = cell.metadata.get("transient", {}).get("remove_source")
        if cell.source.strip() and not hidden:
            record["body"] = Markup(coloured(cell.source, nb))
            record["lines"] = cell.source.strip().count("\n") + 1
        record["outputs"] = [output_record(out, folder) for out in cell.get("outputs", [])]
        record["outputs"] = [out for out in record["outputs"] if out["kind"]]
    return record


def markdown(cell: NotebookNode, folder: str) -> str:
    """A Markdown cell as clean HTML, its attachments inside."""
    renderer = IPythonRenderer(
        escape=False, attachments=cell.get("attachments", {}), exclude_anchor_links=True
    )
    try:
        rendered = MarkdownWithMath(renderer=renderer).render(cell.source)
    except InvalidNotebook:
        rendered = f"<pre>{html.escape(cell.source)}</pre>"
    return clean_html(rendered, folder)


def coloured(source: str, nb: NotebookNode) -> str:
    """Code as HTML with classes for its colours."""
    language = nb.metadata.get("language_info", {}).get("pygments_lexer", "python")
    try:
        lexer = get_lexer_by_name(language if isinstance(language, str) else "python")
    except ClassNotFound:
        lexer = get_lexer_by_name("text")
    return str(highlight(source, lexer, HtmlFormatter(nowrap=True)))


@lru_cache
def highlight_styles() -> str:
    """Colours for code, light and dark."""
    light = HtmlFormatter(style="friendly").get_style_defs(".code")
    dark = HtmlFormatter(style="github-dark").get_style_defs(".code")
    day, night = (
        "\n".join(line for line in styles.splitlines() if line.startswith(".code ."))
        for styles in (light, dark)
    )
    return f"{day}\n@media screen and (prefers-color-scheme: dark) {{\n{night}\n}}\n"


def output_record(output: NotebookNode, folder: str) -> dict[str, Any]:
    """One output for the template: the richest form of it that needs no server and no kernel."""
    if output.output_type == "stream":
        return {"kind": "text", "body": Markup(ansi2html(text_of(output.text)))}
    if output.output_type == "error":
        return {"kind": "error", "body": Markup(ansi2html("\n".join(output.traceback)))}
    data = output.get("data", {})
    if PLOTLY in data:
        figure = {key: data[PLOTLY].get(key) for key in ("data", "layout", "frames") if data[PLOTLY].get(key)}  # fmt: skip
        parts = [figure, *figure.get("frames", [])]
        traces = {one.get("type", "scatter") for part in parts for one in part.get("data", [])}
        text = json.dumps(figure, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
        return {"kind": "figure", "body": Markup(text), "traces": sorted(traces), "height": figure.get("layout", {}).get("height", 450)}  # fmt: skip
    if WIDGET in data:
        return {"kind": "note", "body": "An interactive part: open the notebook to use it."}
    if "text/html" in data:
        return {"kind": "html", "body": Markup(clean_html(text_of(data["text/html"]), folder))}
    if "text/markdown" in data:
        rendered = MarkdownWithMath(renderer=IPythonRenderer(escape=False)).render(text_of(data["text/markdown"]))  # fmt: skip
        return {"kind": "html", "body": Markup(clean_html(rendered, folder))}
    for kind in PICTURES:
        if kind in data:
            return picture_record(kind, text_of(data[kind]), text_of(data.get("text/plain", "")))
    if "text/plain" in data:
        return {"kind": "text", "body": Markup(ansi2html(text_of(data["text/plain"])))}
    return {"kind": ""}


def picture_record(kind: str, body: str, words: str) -> dict[str, Any]:
    """A picture output as an address that holds its own bytes."""
    xml = kind.endswith("xml")
    packed = base64.b64encode(body.encode()).decode() if xml else "".join(body.split())
    return {"kind": "picture", "body": f"data:{kind};base64,{packed}", "words": tidy(words, 200)}


def text_of(value: Any) -> str:
    """A notebook's text, which may be stored as a list of lines."""
    return "".join(value) if isinstance(value, list) else str(value)


def gather_slides(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Slides of cells, by slide type; a notebook without any starts one at each heading.

    A subslide is a slide of its own; a fragment appears with the next key; notes are for the speaker.
    """
    typed = any(cell["slide"] in ("slide", "subslide", "fragment") for cell in cells)
    slides: list[dict[str, Any]] = []
    for cell in cells:
        if cell["slide"] == "skip" or not (cell["body"] or cell["outputs"]):
            continue
        if cell["slide"] == "notes" and slides:
            slides[-1]["notes"].append(cell)
            continue
        new = cell["slide"] in ("slide", "subslide") if typed else cell["starts"]
        if new or not slides:
            slides.append({"cells": [], "notes": []})
        slides[-1]["cells"].append(cell)
    return slides
