"""Each notebook in a real JupyterLab, in a real Chromium, with no network: runs, draws, raises nothing."""

import json
import shutil
from pathlib import Path

import lab
import pytest
from chromium import PATH

import timeline

ROOT = Path(__file__).parent.parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PLOTLY = "application/vnd.plotly.v1+json"
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("jupyterlab")]


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """(page, kernel, addresses that were asked for elsewhere) of one JupyterLab over copies of the notebooks.

    The copies to run have no outputs: what is then found was made by the run.
    """
    if not PATH:
        pytest.skip("no Chromium here: install the package 'chromium'")
    root = tmp_path_factory.mktemp("desk")
    for path in NOTEBOOKS:
        book = json.loads(path.read_text("utf-8"))
        for cell in book["cells"]:
            if cell["cell_type"] == "code":
                cell |= {"outputs": [], "execution_count": None}
        (root / path.name).write_text(json.dumps(book), "utf-8")
    shutil.copy(ROOT / "notebooks" / "analyst.ipynb", root / "saved.ipynb")
    (root / "exploring.ipynb").write_text(json.dumps(EXPLORING))
    with lab.running_lab(root) as address, lab.looking(address) as (page, strange):
        lab.load(page, address)
        yield page, lab.new_kernel(page), strange


def stored_figures(path):
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return sum(PLOTLY in out.get("data", {}) for cell in cells for out in cell.get("outputs", []))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_every_figure_is_drawn(desk, path):
    """A living view stands in the place of its still figure, so that the number is the same."""
    page, kernel, strange = desk
    figures = stored_figures(path)
    with lab.opened(page, path.name, kernel):
        lab.run_all(page)
        assert lab.errors(page) == []
        assert lab.drawn_figures(page, figures) == figures
        living = page.locator(".timeline-explorer .js-plotly-plot .main-svg").first
        if "explore(" in path.read_text("utf-8"):
            living.wait_for()
    assert strange == []


def test_a_saved_notebook_shows_its_figures_without_a_kernel(desk):
    page, _, strange = desk
    figures = stored_figures(ROOT / "notebooks" / "analyst.ipynb")
    with lab.opened(page, "saved.ipynb", ""):
        assert lab.drawn_figures(page, figures) == figures
        assert page.locator(".timeline-explorer").count() == 0
        assert lab.errors(page) == []
    assert strange == []


def code(n, source):
    return {"cell_type": "code", "id": f"c{n}", "source": source, "metadata": {}, "outputs": [], "execution_count": None}  # fmt: skip


EXPLORING = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    "cells": [
        code(0, "import timeline\nstory = timeline.read_story(timeline.example('iran-letters'))"),
        code(1, "view = timeline.explore(story)\nview"),
        code(2, "'chosen: ' + ', '.join(sorted(view.selection.edtf))"),
        code(3, "view.selection = story.events[story.events.edtf == '2009-01-20']"),
        code(4, "'edited: ' + view.events.set_index('title').edtf.get('Talks end', 'nothing')"),
    ],
}


def run_cell(page, n):
    page.evaluate(
        """async (n) => { const p = window.jupyterapp.shell.currentWidget;
                          p.content.activeCellIndex = n;
                          await window.jupyterapp.commands.execute('notebook:run-cell'); }""",
        n,
    )


def output_of(page, n):
    """What the cell shows, as text, once it has run and shows anything."""
    run_cell(page, n)
    shown = page.locator(".jp-CodeCell").nth(n).locator(".jp-OutputArea-output")
    shown.first.wait_for(timeout=20_000)
    return " ".join(shown.all_inner_texts())


def mark_of(page, story, edtf):
    """Where the mark of the event of that date stands in the living figure, in pixels of the page."""
    event_id = story.events[story.events.edtf == edtf].event_id.iloc[0]
    page.locator(".timeline-explorer .figure").evaluate(
        "(figure) => figure.scrollIntoView({ block: 'center', behavior: 'instant' })"
    )
    mark = page.wait_for_function(
        """(id) => [...document.querySelectorAll('.timeline-explorer .js-plotly-plot .point')]
                     .find((mark) => mark.__data__?.data === id)""",
        arg=event_id,
    )
    box = mark.as_element().bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_the_explorer_talks_back(desk):
    """Brushing November chooses its events; Python chooses back; a click opens; an edit moves an event."""
    page, _, strange = desk
    story = timeline.read_story(ROOT / "data" / "iran-letters")
    with lab.opened(page, "exploring.ipynb", lab.new_kernel(page)):
        for n in (0, 1):
            run_cell(page, n)
        view = page.locator(".timeline-explorer")
        (spoken, _), (due, y) = (mark_of(page, story, day) for day in ("2014-11-05", "2014-11-24"))
        still = page.locator(".jp-RenderedPlotly .js-plotly-plot:visible")
        assert still.count() == 0, "the still figure hides"

        page.mouse.move(spoken - 12, y + 14)
        page.mouse.down()
        page.mouse.move(due + 12, y + 14, steps=4)
        page.mouse.up()
        view.get_by_text("Window:").wait_for()
        for _ in range(20):  # the view tells once a window has settled, and beside the cells
            chosen = output_of(page, 2)
            if "2014" in chosen:
                break
            page.wait_for_timeout(250)
        assert "2014-11-05" in chosen and "2014-11-24" in chosen
        assert "2009" not in chosen and "2014-10" not in chosen

        run_cell(page, 3)
        view.locator("li.chosen", has_text="20 January 2009").wait_for()
        assert view.locator("li.chosen").count() == view.locator(".ring").count() == 1

        page.mouse.move(*mark_of(page, story, "2014-11-24"))
        view.locator(
            "li.hint", has_text="24 November 2014"
        ).wait_for()  # the pointer is on the mark
        page.mouse.down()
        page.mouse.up()
        view.get_by_label("title", exact=True).fill("Talks end")
        view.get_by_label("date", exact=True).fill("25 Nov 2014")
        view.get_by_label("date", exact=True).press("Enter")
        view.locator("li.chosen", has_text="25 November 2014").wait_for()
        assert output_of(page, 4) == "'edited: 2014-11-25'"
        assert lab.errors(page) == [] and strange == []
