"""Run notebooks from a fresh kernel and save them with their outputs, as the tests compare them.

    python notebooks/refresh.py              all of them
    python notebooks/refresh.py analyst      one, by name

What differs from run to run is not saved: times, counters of widgets, versions.
"""

import json
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).parent
LIVING = "application/vnd.jupyter.widget-view+json"


def refresh(path: Path) -> list[str]:
    """What is wrong with the outputs (addresses, warnings), after the notebook has run and been saved."""
    book = nbformat.read(path, as_version=4)
    NotebookClient(book, timeout=120, resources={"metadata": {"path": str(HERE)}}).execute()
    book.metadata = {"kernelspec": book.metadata["kernelspec"], "language_info": {"name": "python"}}
    wrong = []
    for cell in book.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type != "code":
            continue
        # the living view is gone with its kernel; the still figure before it stays
        cell.outputs = [out for out in cell.outputs if set(out.get("data", "-")) != {LIVING}]
        for out in cell.outputs:
            text = str(out.get("text", "")) + str(out.get("data", {}).get("text/plain", ""))
            if " at 0x" in text or out.get("name") == "stderr":
                wrong.append(f"{path.name}, {cell.id}: {text[:200]}")
    nbformat.validate(book)
    path.write_text(json.dumps(book, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return wrong


if __name__ == "__main__":
    names = sys.argv[1:] or sorted(path.stem for path in HERE.glob("*.ipynb"))
    found = [line for name in names for line in refresh(HERE / f"{name}.ipynb")]
    print("\n".join(found) or f"{len(names)} notebooks run and saved")
    sys.exit(bool(found))
