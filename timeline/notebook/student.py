"""The students' copy of a notebook: solutions and teacher's cells taken out, by cell tags.

May not run anything. `python -m timeline.notebook.student IN.ipynb OUT.ipynb` writes one.
"""

from __future__ import annotations

import ast
import json
import sys
from pathlib import Path
from typing import Any

from timeline.errors import InputError
from timeline.files import write_atomically

STUB = "# type your answer between the quotation marks, in the place of the dots\n"


def make_student_copy(notebook: str | Path, target: str | Path) -> Path:
    """The path of a copy of `notebook` for students, written to `target` whole or not at all.

    A cell tagged `teacher` is left out. In a code cell tagged `solution`, each second argument of
    a `check(name, answer)` becomes `"..."`; a text cell tagged `solution` is emptied to a prompt.
    All outputs and execution counts go, so that students see only what they have run.
    Raises InputError if `notebook` is no notebook, or a solution cell holds nothing to take out.
    """
    path = Path(notebook)
    try:
        book = json.loads(path.read_text("utf-8"))
        cells = book["cells"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}: not a notebook ({error}); name an .ipynb file") from None
    book["cells"] = [_for_student(cell, path) for cell in cells if "teacher" not in _tags(cell)]
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    return write_atomically(target, json.dumps(book, indent=1, ensure_ascii=False) + "\n")


def _tags(cell: dict[str, Any]) -> list[str]:
    return list(cell.get("metadata", {}).get("tags", []))


def _for_student(cell: dict[str, Any], path: Path) -> dict[str, Any]:
    copy = dict(cell)
    if cell["cell_type"] == "code":
        copy |= {"outputs": [], "execution_count": None}
    if "solution" in _tags(cell):
        source = "".join(cell["source"])
        copy["source"] = (
            _without_answers(source, path) if copy["cell_type"] == "code" else "*Your answer:*"
        )
    return copy


def _without_answers(source: str, path: Path) -> str:
    """The lines with each `check("name", answer)` turned into `check("name", "...")`; the rest dropped."""
    calls = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "check" and node.args
    ]
    if not calls:
        raise InputError(f"{path}: a cell tagged solution has no check(...) in it: {source[:60]!r}")
    names = (ast.unparse(call.args[0]).replace("'", '"') for call in calls)
    return STUB + "\n".join(f'check({name}, "...")' for name in names)


def main(arguments: list[str]) -> int:
    """Write the copy; 2 and one sentence on standard error if that cannot be done."""
    if len(arguments) != 2:
        print("usage: python -m timeline.notebook.student IN.ipynb OUT.ipynb", file=sys.stderr)
        return 2
    try:
        print(make_student_copy(*arguments))
    except InputError as error:
        print(f"timeline: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
