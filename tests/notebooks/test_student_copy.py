"""The students' copy holds the questions and none of the answers."""

import json
import re
from pathlib import Path

import pytest

from timeline.errors import InputError
from timeline.notebook.check import exercises
from timeline.notebook.student import main, make_student_copy


def book(*cells):
    return {
        "cells": [{"id": f"c{i}", "metadata": {}, **cell} for i, cell in enumerate(cells)],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def code(source, *tags):
    return {
        "cell_type": "code",
        "source": source,
        "metadata": {"tags": list(tags)},
        "execution_count": 3,
        "outputs": [{"output_type": "stream", "name": "stdout", "text": "2014-11-05"}],
    }


@pytest.fixture
def copy(tmp_path):
    def make(*cells):
        (tmp_path / "in.ipynb").write_text(json.dumps(book(*cells)))
        return json.loads(
            make_student_copy(tmp_path / "in.ipynb", tmp_path / "out.ipynb").read_text()
        )["cells"]

    return make


def test_answers_become_dots(copy):
    (cell,) = copy(code('check("wednesday", "2014-" + "11-05")\ncheck("thursday", x)', "solution"))
    assert 'check("wednesday", "...")\ncheck("thursday", "...")' in cell["source"]
    assert "11-05" not in cell["source"] and "x)" not in cell["source"]


def test_lines_around_an_answer_go_too(copy):
    (cell,) = copy(code('day = "2014-11-05"\ncheck("wednesday", day)', "solution"))
    assert "2014" not in cell["source"]


def test_outputs_and_teachers_cells_go(copy):
    cells = copy(
        code("1 + 1"),
        {"cell_type": "markdown", "source": "Goals", "metadata": {"tags": ["teacher"]}},
    )
    assert len(cells) == 1
    assert cells[0]["outputs"] == [] and cells[0]["execution_count"] is None
    assert cells[0]["source"] == "1 + 1"


def test_a_text_answer_becomes_a_prompt(copy):
    (cell,) = copy(
        {"cell_type": "markdown", "source": "Because ...", "metadata": {"tags": ["solution"]}}
    )
    assert cell["source"] == "*Your answer:*"


def test_a_solution_without_a_check_is_named(copy):
    with pytest.raises(InputError, match="tagged solution has no check"):
        copy(code("answer = 3", "solution"))


@pytest.mark.parametrize("content", ["", "[]", '{"no": "cells"}', "\x00"])
def test_a_file_that_is_no_notebook_is_one_sentence(tmp_path, capsys, content):
    (tmp_path / "in.ipynb").write_text(content)
    assert main([str(tmp_path / "in.ipynb"), str(tmp_path / "out.ipynb")]) == 2
    assert "not a notebook" in capsys.readouterr().err
    assert not (tmp_path / "out.ipynb").exists()


def test_the_classrooms_copy_has_every_question_and_no_answer(tmp_path):
    original = Path(__file__).parent.parent.parent / "notebooks" / "classroom.ipynb"
    cells = json.loads(
        make_student_copy(original, tmp_path / "new" / "copy.ipynb").read_text("utf-8")
    )["cells"]
    code_text = "\n".join(cell["source"] for cell in cells if cell["cell_type"] == "code")
    asked = re.findall(r'check\("(\w+)", (.*)\)', code_text)
    assert {name for name, _ in asked} == set(exercises())
    assert {answer for _, answer in asked} == {'"..."'}
    everything = json.dumps(cells, ensure_ascii=False)
    assert "For the teacher" not in everything
    for name in exercises():
        assert exercises()[name]["why"] not in everything
