"""The record of one resolved expression; its first fields are columns of the mentions frame, in this order."""

from __future__ import annotations

from typing import NamedTuple


class Mention(NamedTuple):
    """One time expression with its value. Offsets are code points; start and stop seconds since 1970."""

    start_char: int
    stop_char: int
    expression: str
    type: str
    timex: str
    mod: str
    edtf: str
    granularity: str
    partial: str
    anchor: str
    anchor_basis: str
    stated: bool
    inferred: str
    alternative: str
    alternative_reason: str
    rule: str
    sentence: str
    sentence_start: int
    modality: str
    attribution: str
    problem: str
    start: int | None  # half-open bounds, None: open or unknown
    stop: int | None
    range_with: int  # offset of the other end of a from-to range, or -1


COLUMNS = Mention._fields[:-3]
