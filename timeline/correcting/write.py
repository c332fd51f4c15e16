"""The difference between two events frames as a corrections file. Changes no frame."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd

from timeline.correcting.alone import rows_of
from timeline.correcting.correct import Row, matches, with_citations
from timeline.files import write_atomically
from timeline.schema import require_columns

_NEEDED = ("title", "kind", "status", "edtf", "citations", "mention_ids", "sources")
_ORDER = ("split", "drop", "merge", "redate", "kind", "status", "retitle", "add")
_CHANGES = (
    ("retitle", "title", "title"),
    ("redate", "date", "edtf"),
    ("kind", "kind", "kind"),
    ("status", "status", "status"),
)


def write_corrections(before: pd.DataFrame, after: pd.DataFrame, path: str | Path) -> int:
    """How many entries were written: what an analyst changed by hand, as `corrections.toml`.

    `before`: events as merge gave them; `after`: the same frame edited (titles, dates in `edtf`, kinds, status,
    rows dropped, rows of one's own, citations moved together or apart). Inverse of correct: applied to `before`,
    the entries give `after`. The file is replaced as a whole, or not at all.
    Raises InputError naming the column that a frame lacks, or why the file cannot be written.
    """
    require_columns(before, _NEEDED, "before")
    require_columns(after, _NEEDED, "after")
    old = rows_of(before)
    entries = _difference(old, rows_of(after))
    text = (
        "# The analyst's corrections. Each names its event by article and words of its sentence.\n"
    )
    text += "".join(
        f"\n[[{action}]]\n" + "".join(f"{k} = {toml_text(v)}\n" for k, v in entry.items())
        for action, entry in entries
    )
    write_atomically(path, text)
    return len(entries)


def toml_text(value: Any) -> str:
    """A text as TOML, or a list of tables of texts on one line."""
    if isinstance(value, list):
        tables = (", ".join(f"{k} = {toml_text(x)}" for k, x in v.items()) for v in value)
        return "[" + ", ".join(f"{{ {table} }}" for table in tables) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _keys(row: Row) -> set[tuple[str, str, str]]:
    return {(c["article_id"], c["sentence"], c["mention_id"]) for c in row["citations"]}


def _place(rows: list[Row], row: Row, name: str) -> dict[str, str]:
    """Article and quoted words that name this event among `rows`, with what it is called where they do not suffice."""
    for c in row["citations"]:
        if c["sentence"] and sum(matches(r, c["source"], c["sentence"]) for r in rows) == 1:
            return {"article": c["source"], "quote": c["sentence"]}
    c = row["citations"][0] if row["citations"] else {"source": "", "sentence": ""}
    place = {"article": c["source"], "quote": c["sentence"], "event": name}
    return {k: v for k, v in place.items() if v}


def _difference(old: list[Row], new: list[Row]) -> list[tuple[str, dict[str, Any]]]:
    """The entries in the order that they apply: first which citations belong together, then what is said of them."""
    entries: list[tuple[str, dict[str, Any]]] = []
    home: dict[tuple[str, str, str], int] = {
        key: i for i, row in enumerate(old) for key in _keys(row)
    }
    titles = Counter(row["title"] for row in old)
    names = [row["title"] if titles[row["title"]] == 1 else row["event_id"] for row in old]
    homes = [sorted({home[key] for key in _keys(row) if key in home}) for row in new]
    times = Counter(i for parts in homes for i in parts)
    claimed: set[int] = set()
    largest = sorted(zip(new, homes, strict=True), key=lambda told: -len(told[0]["citations"]))
    for row, parts in largest:  # a split takes one sentence out of the rest
        if not parts:
            entries.append(("add", _added(row)))
            continue
        first = next((i for i in parts if old[i]["title"] == row["title"]), parts[0])
        name = names[first]
        if first in claimed:
            c = row["citations"][0]
            split = {"article": c["source"], "quote": c["sentence"], "event": name}
            entries.append(("split", split))
        claimed.update(parts)
        others = [_place(old, old[i], names[i]) for i in parts if i != first]
        if others:
            entries.append(("merge", {**_place(old, old[first], name), "with": others}))
        parted = any(times[i] > 1 for i in parts)  # read again from its own sentences
        if parted or (others and name != old[first]["title"]):
            name = with_citations(row, row["citations"])["event_id"]
        for action, key, column in _CHANGES:
            if (parted or row[column] != old[first][column]) and row[column]:
                entries.append((action, {**_place(new, row, name), key: row[column]}))
    entries += [("drop", _place(old, row, names[i])) for i, row in enumerate(old) if i not in claimed]  # fmt: skip
    return sorted(entries, key=lambda e: _ORDER.index(e[0]))


def _added(row: Row) -> dict[str, str]:
    c = row["citations"][0] if row["citations"] else {}
    values = {
        "title": row["title"],
        "date": row["edtf"],
        "source": (row["sources"] or [c.get("source", "")])[0] or "analyst",
        "kind": row["kind"],
        "status": row["status"],
        "url": c.get("url", ""),
        "quote": c.get("sentence", ""),
    }
    return {k: v for k, v in values.items() if v}
