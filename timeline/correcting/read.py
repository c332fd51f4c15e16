"""`corrections.toml` to entries, checked one by one with file and line. Applies nothing."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from timeline.dates import parse_edtf
from timeline.errors import InputError
from timeline.files import as_path, decode, read_file
from timeline.schema import KINDS, STATUSES

MOST_BYTES = 16_000_000
_MOST_TOLD = 50  # bad entries
FIELDS = {
    "retitle": ("title",), "redate": ("date",), "kind": ("kind",), "status": ("status",), "merge": ("with",), "split": (),
    "drop": (), "add": ("title", "date", "kind", "status", "source", "url", "attribution"),
}  # fmt: skip


@dataclass(frozen=True)
class Correction:
    """One entry. `action`: what to do; `article` and `quote`: which event (its article, words in its sentence).

    `event`: the event's title as it was, alone or with its date, or its id, tried where the quoted words do not settle it; `values`: the new title, date, ...;
    `where`: file and line.
    """

    action: str
    article: str = ""
    quote: str = ""
    event: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    where: str = ""

    @property
    def name(self) -> str:
        """The entry in a few words, for reports."""
        what = self.values.get("title", "") if self.action == "add" else self.quote or self.event
        return f"{self.where + ': ' if self.where else ''}{self.action} “{what}”"


def read_corrections(path: str | Path) -> list[Correction]:
    """The entries of a corrections file, in its order; an absent file has none.

    One table an entry, headed by what it does:

        [[retitle]]
        article = "The Hill"          # source, address or id of the article
        quote = "sent a pair of letters"
        title = "Obama wrote to Khamenei twice"

    Dates are EDTF, or words that fix one alone ("24 Nov 2014", "spring 2009").
    Raises InputError with file and line for broken TOML, or for each entry with an unknown action or key, a
    missing one, or a date that is neither: all of them at once, a sentence and line each.
    """
    path = as_path(path)
    if not path.exists():
        return []
    try:
        text = decode(read_file(path, MOST_BYTES), str(path))
        table = tomllib.loads(text)
    except InputError:
        raise
    except (ValueError, RecursionError) as error:  # a TOMLDecodeError, or a number too long
        line = re.search(r"line (\d+)", str(error))
        last = text.count("\n") + 1
        raise InputError(
            f"{path}:{line.group(1) if line else last}: broken TOML ({error}); a line is key = 'value', with both quotation marks"
        ) from None
    places = _places(text)
    out: list[tuple[int, int, Correction]] = []
    wrong: list[tuple[int, int, str]] = []
    for action, entries in table.items():
        lines = places.get(action, [])
        first = lines[0] if lines else 1
        fault = _fault(action, entries)
        if fault:
            wrong.append((first, 0, f"{path}:{first}: {fault}"))
            continue
        for n, entry in enumerate(entries):
            number = lines[n] if n < len(lines) else 0
            try:
                out.append((number, n, make_correction(action, entry, f"{path}:{number or 1}")))
            except InputError as error:
                wrong.append((number, n, str(error)))
    if wrong:
        told = [text for _, _, text in sorted(wrong)]
        more = [f"{path}: and {len(told) - _MOST_TOLD} more"] if len(told) > _MOST_TOLD else []
        raise InputError(*told[:_MOST_TOLD], *more)
    return [c for _, _, c in sorted(out, key=lambda x: x[:2])]


def _fault(action: str, entries: Any) -> str:
    """What is wrong with a table as a whole, or nothing."""
    if action not in FIELDS:
        return f"unknown correction {action!r}; allowed are {', '.join(FIELDS)}"
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        return f"write [[{action}]] with double brackets, one for each entry"
    return ""


def _places(text: str) -> dict[str, list[int]]:
    """The line numbers of each table header."""
    out: dict[str, list[int]] = {}
    for number, line in enumerate(text.split("\n"), 1):
        found = re.match(r"\s*\[{0,2}\s*[\"']?([\w-]+)", line)
        if found and not line.lstrip().startswith("#"):
            out.setdefault(found[1], []).append(number)
    return out


def make_correction(action: str, entry: dict[str, Any], where: str = "") -> Correction:
    """One checked entry.

    Raises InputError naming the place, the value and what is allowed.

    >>> make_correction("redate", {"quote": "the storm", "date": "2014-11"}).values
    {'date': '2014-11'}
    """
    at = f"{where}: " if where else ""
    allowed = ("article", "quote", "event", "note", *FIELDS[action])
    for key, value in entry.items():
        if key not in allowed:
            raise InputError(
                f"{at}{action} has the unknown key {key!r}; allowed are {', '.join(allowed)}"
            )
        if key == "with":
            _check_places(value, at)
        elif not isinstance(value, str):
            raise InputError(f"{at}{key} must be text in quotes, not {value!r}")
    needed = {"merge": ("with",), "add": ("title", "date", "source")}.get(action, FIELDS[action])
    for key in needed:
        if not entry.get(key):
            raise InputError(f'{at}{action} needs {key!r}; add a line such as {key} = "..."')
    if action != "add" and not (entry.get("quote") or entry.get("event")):
        raise InputError(
            f"{at}{action} needs 'quote' (words of the event's sentence) or 'event' (its title)"
        )
    if entry.get("date"):
        entry = {**entry, "date": edtf_of(entry["date"], at)}
    for key, names in (("kind", KINDS), ("status", STATUSES)):
        if entry.get(key) and entry[key] not in names:
            raise InputError(f"{at}{key} {entry[key]!r} is not one of {', '.join(names)}")
    values = {k: v for k, v in entry.items() if k in FIELDS[action]}
    article, quote, event = (entry.get(name, "") for name in ("article", "quote", "event"))
    return Correction(action, article, quote, event, values, where)


def edtf_of(text: str, at: str = "") -> str:
    """The EDTF of a date as people write it: EDTF itself, or words that fix it alone ("24 Nov 2014").

    >>> edtf_of("24 Nov 2014"), edtf_of("spring 2009"), edtf_of("2014~")
    ('2014-11-24', '2009-21', '2014~')
    """
    try:
        parse_edtf(text)
        return text
    except ValueError:
        from timeline.tagging import tag_text  # its rules take time to load

        for m in tag_text(text):
            whole = m.expression == text.strip() and m.stated and not m.alternative
            if whole and m.edtf:
                return m.edtf
    raise InputError(
        f"{at}date {text!r} is no whole date; write it as 24 Nov 2014, November 2014, 2014, spring 2009 or "
        "EDTF: 2014-11-24, 2014-11, 2014~ (about), 2014-11-03/2014-11-07 (all the time), ../2014-11-06 (by then)"
    )


def _check_places(value: Any, at: str) -> None:
    def is_place(one: Any) -> bool:
        known = isinstance(one, dict) and set(one) <= {"article", "quote", "event"}
        return known and bool(one.get("quote") or one.get("event"))

    if not (isinstance(value, list) and value and all(map(is_place, value))):
        raise InputError(
            f'{at}with must list the other events, as with = [{{ article = "...", quote = "..." }}], not {value!r}'
        )
