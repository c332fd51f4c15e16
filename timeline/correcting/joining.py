"""The date that an analyst gives an event, or makes by joining events: shared where it can be, disputed where it cannot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from timeline.dates import Period, TimeValue, date_columns, parse_edtf
from timeline.merging.events import DATES_DIFFER, date_conflict
from timeline.merging.values import Value, agree, bounds, shared_value

Row = dict[str, Any]


@dataclass
class _Camp:
    """One date and the sources that give it."""

    value: Value
    sources: list[str]
    says: str


def value_of(edtf: str) -> Value:
    """The value of an event's `edtf`; a bound (`../2014`) is no period.

    >>> value_of("2014-11").words()
    'some time in November 2014'
    """
    value = parse_edtf(edtf)
    if isinstance(value, Period) and edtf.startswith("../"):
        return TimeValue.from_edtf(edtf)
    return value


def dated(edtf: str) -> Row:
    """The date columns of an event for an EDTF value.

    >>> dated("2014-11")["when"]
    'some time in November 2014'
    """
    value = value_of(edtf)
    by_then = isinstance(value, TimeValue) and value.start is None
    return {**date_columns(value), "edtf": edtf, "dated": not by_then}


def joined_date(parts: Sequence[Row]) -> Row:
    """The date columns, `conflict` and `alternatives` of the events `parts` as one.

    Of dates that exclude each other that of most sources, on a tie the first; all are kept as alternatives.
    Where they agree, the finest that they share.
    """
    camps: list[_Camp] = []
    for part in parts:
        for camp in _camps(part) if part["dated"] else []:
            _enter(camps, camp)
    notes = [n for part in parts for n in part["conflict"].split(" | ") if n]
    notes = [n for n in dict.fromkeys(notes) if not n.startswith(DATES_DIFFER)]
    others = [a for part in parts for a in part["alternatives"] if not _is_of_dates(a, part)]
    if not camps:
        return {"conflict": " | ".join(notes), "alternatives": others}
    ranked = sorted(camps, key=lambda c: -len(c.sources))
    chosen = ranked[0].value
    own = next((p for p in parts if p["dated"] and p["edtf"] == chosen.edtf), None)
    columns = dated(chosen.edtf)
    columns = {name: own[name] for name in columns} if own else columns
    told = [_alternative(c) for c in ranked] if len(ranked) > 1 else []
    conflict = " | ".join([*([date_conflict(told)] if told else []), *notes])
    return {**columns, "conflict": conflict, "alternatives": [*told, *others]}


def _camps(part: Row) -> list[_Camp]:
    """The dates that an event's sources give: one, or those of the conflict that it has already."""
    told = [a for a in part["alternatives"] if a["edtf"] and _is_of_dates(a, part)]
    if len(told) > 1:
        return [_Camp(value_of(a["edtf"]), list(a["sources"]), a["says"]) for a in told]
    says = next((c["expression"] for c in part["citations"] if c["expression"]), part["title"])
    return [_Camp(value_of(part["edtf"]), list(part["sources"]), says)]


def _enter(camps: list[_Camp], new: _Camp) -> None:
    """Add a date to the camp that it agrees with, or as a camp of its own."""
    for camp in camps:
        periods = isinstance(camp.value, Period), isinstance(new.value, Period)
        if agree(bounds(camp.value), bounds(new.value)):
            if periods[0] == periods[1]:
                camp.value = shared_value([camp.value, new.value])
            camp.sources = sorted({*camp.sources, *new.sources})
            return
    camps.append(new)


def _is_of_dates(a: Row, part: Row) -> bool:
    """Whether an alternative is one side of the event's disagreement about dates."""
    told = part["conflict"].split(" | ")[0]
    return told.startswith(DATES_DIFFER) and f"{a['when']} (“{a['says']}”)" in told


def _alternative(camp: _Camp) -> Row:
    return {
        "edtf": camp.value.edtf,
        "when": camp.value.words(),
        "start": camp.value.start,
        "stop": camp.value.stop,
        "says": camp.says,
        "sources": sorted(camp.sources),
    }
