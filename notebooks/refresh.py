"""Run notebooks from a fresh kernel and save them with their outputs, as the tests compare them.

    python notebooks/refresh.py              all of them
    python notebooks/refresh.py analyst      one, by name

Prints which outputs differ from those that were stored. A notebook in which a cell raises is not
saved, and the exit code is 1. What differs from run to run is left out: times, counters, versions.
"""

import json
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

HERE = Path(__file__).parent
LIVING = "application/vnd.jupyter.widget-view+json"
ADDRESS = " at 0x"


def refresh(path: Path) -> tuple[list[str], list[str]]:
    """What is wrong with the notebook now, and which outputs changed; saved if no cell raised."""
    book = nbformat.read(path, as_version=4)
    before = {cell.id: outputs_of(cell) for cell in book.cells}
    try:
        NotebookClient(book, timeout=120, resources={"metadata": {"path": str(HERE)}}).execute()
    except CellExecutionError as error:
        return [f"{path.name}: not saved, a cell raised\n{error}"], []
    book.metadata = {"kernelspec": book.metadata["kernelspec"], "language_info": {"name": "python"}}
    wrong, changed = [], []
    for cell in book.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type != "code":
            continue
        # the living view is gone with its kernel; the still figure before it stays
        cell.outputs = [out for out in cell.outputs if set(out.get("data", "-")) != {LIVING}]
        name = f"{path.name}, {cell.id} ({cell.source.splitlines()[-1][:60]})"
        for out in cell.outputs:
            text = str(out.get("text", "")) + str(out.get("data", {}).get("text/plain", ""))
            if ADDRESS in text or out.get("name") == "stderr":
                wrong.append(f"{name}: {text[:200]}")
        if outputs_of(cell) != before[cell.id]:
            changed.append(name)
    nbformat.validate(book)
    path.write_text(json.dumps(book, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return wrong, changed


def outputs_of(cell: nbformat.NotebookNode) -> str:
    """A cell's outputs as text, to compare; how often it was run does not count."""
    outputs = [{**out, "execution_count": None} for out in cell.get("outputs", [])]
    return json.dumps(outputs, sort_keys=True)


if __name__ == "__main__":
    names = sys.argv[1:] or sorted(path.stem for path in HERE.glob("*.ipynb"))
    found = [refresh(HERE / f"{name}.ipynb") for name in names]
    for _, changed in found:
        print(*(f"changed: {line}" for line in changed), sep="\n", end="\n" if changed else "")
    problems = [line for wrong, _ in found for line in wrong]
    print(*problems, sep="\n", file=sys.stderr, end="\n" if problems else "")
    print(f"{len(names)} notebooks, {sum(len(changed) for _, changed in found)} outputs changed")
    sys.exit(bool(problems))
