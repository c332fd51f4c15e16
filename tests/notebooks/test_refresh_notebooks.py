"""Notebooks are run and saved again; one in which a cell raises is named and left as it was."""

import importlib.util
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def refresh():
    spec = importlib.util.spec_from_file_location("refresh", ROOT / "notebooks" / "refresh.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.refresh


def write_book(path, *sources):
    cells = [
        {"cell_type": "code", "id": f"c{n}", "source": source, "metadata": {}, "outputs": [], "execution_count": None}
        for n, source in enumerate(sources)
    ]  # fmt: skip
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    book = {"nbformat": 4, "nbformat_minor": 5, "metadata": kernel, "cells": cells}
    path.write_text(json.dumps(book))
    return path


def test_what_changed_and_what_holds_an_address_is_told(refresh, tmp_path):
    path = write_book(tmp_path / "a.ipynb", "x = 1", "object()", "x + 1")
    wrong, changed = refresh(path)
    assert len(wrong) == 1 and "c1" in wrong[0] and " at 0x" in wrong[0]
    assert [line.split(", ")[1][:2] for line in changed] == ["c1", "c2"]
    assert json.loads(path.read_text())["cells"][2]["outputs"][0]["data"]["text/plain"] == "2"


def test_a_notebook_in_which_a_cell_raises_is_left_as_it_was(refresh, tmp_path):
    path = write_book(tmp_path / "b.ipynb", "1", "1 / 0")
    before = path.read_bytes()
    wrong, changed = refresh(path)
    assert "not saved, a cell raised" in wrong[0] and "ZeroDivisionError" in wrong[0]
    assert changed == [] and path.read_bytes() == before
