"""Each notebook in a real JupyterLab, in a real Chromium, with no network: runs, draws, raises nothing."""

import json
import shutil
from pathlib import Path

import lab
import pytest

ROOT = Path(__file__).parent.parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PLOTLY = "application/vnd.plotly.v1+json"
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("jupyterlab")]


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """(page, address, addresses that were asked for elsewhere) of one JupyterLab over copies of the notebooks."""
    if not lab.CHROMIUM:
        pytest.skip("no Chromium here: install the package 'chromium'")
    root = tmp_path_factory.mktemp("desk")
    for path in NOTEBOOKS:
        shutil.copy(path, root)
    (root / "exploring.ipynb").write_text(json.dumps(EXPLORING))
    with lab.running_lab(root) as address, lab.looking(address) as (page, strange):
        yield page, address, strange


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_every_figure_is_drawn(desk, path):
    page, address, strange = desk
    cells = json.loads(path.read_text())["cells"]
    figures = sum(
        PLOTLY in out.get("data", {}) for cell in cells for out in cell.get("outputs", [])
    )
    with lab.opened(page, address, path.name):
        lab.run_all(page)
        explorers = page.locator(".timeline-explorer").count()  # each hides its still figure
        assert lab.errors(page) == []
        assert lab.drawn_figures(page, figures - explorers) == figures - explorers
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


def test_the_explorer_talks_back(desk):
    """Brushing November chooses its events; Python chooses back; an edit moves an event."""
    page, address, strange = desk
    with lab.opened(page, address, "exploring.ipynb"):
        for n in (0, 1):
            run_cell(page, n)
        page.wait_for_selector(".timeline-explorer .mark")
        assert page.locator(".jp-OutputArea .js-plotly-plot:visible").count() == 0, (
            "the still figure hides"
        )
        stage = page.locator(".timeline-explorer .stage")
        stage.scroll_into_view_if_needed()
        marks = page.locator(".timeline-explorer .mark")
        due = (
            marks.and_(page.locator("[aria-label^='24 November 2014']"))
            .locator(".target")
            .bounding_box()
        )
        spoken = (
            marks.and_(page.locator("[aria-label^='5 November 2014']"))
            .locator(".target")
            .bounding_box()
        )
        bottom = stage.bounding_box()["y"] + stage.bounding_box()["height"] - 4
        page.mouse.move(spoken["x"] - 2, bottom)
        page.mouse.down()
        page.mouse.move(due["x"] + due["width"] + 2, bottom - 2, steps=4)
        page.mouse.up()
        chosen = output_of(page, 2)
        assert "2014-11-05" in chosen and "2014-11-24" in chosen
        assert "2009" not in chosen and "2014-10'" not in chosen

        run_cell(page, 3)
        page.wait_for_selector(".timeline-explorer .mark.on[aria-label^='20 January 2009']")
        assert page.locator(".timeline-explorer .mark.on").count() == 1

        marks.and_(page.locator("[aria-label^='24 November 2014']")).focus()
        page.keyboard.press("Enter")
        page.get_by_label("title", exact=True).fill("Talks end")
        page.get_by_label("date", exact=True).fill("25 Nov 2014")
        page.get_by_label("date", exact=True).press("Enter")
        page.wait_for_selector(".timeline-explorer .mark[aria-label^='25 November 2014']")
        assert output_of(page, 4) == "'edited: 2014-11-25'"
        assert lab.errors(page) == [] and strange == []
