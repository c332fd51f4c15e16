"""What stands round the chapters: title, headings, silences, lanes' names, the undated list, the key."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from timeline.drawing.chapters import HIGH, Chapter
from timeline.drawing.labels import LINE, NOTE_SIZE, SIZE, block
from timeline.drawing.marks import NAT, note_of
from timeline.drawing.rows import Row, chip_row
from timeline.drawing.widths import block_width, text_width, wrap
from timeline.drawing.words import UNTITLED, clean, counted

if TYPE_CHECKING:
    from timeline.drawing.ground import Plan

MOST_LISTED = 24
SIDE = 212
"""Width in pixels of the undated list where it stands at the side."""
STYLES = {
    "title": (22, "serif-bold", "ink"),
    "subtitle": (12, "sans", "soft"),
    "heading": (14, "serif-bold", "ink"),
    "silence": (12, "serif", "soft"),
    "lane": (11, "bold", "soft"),
    "event": (12, "bold", "ink"),
    "on": (11, "bold", "paper"),
    "key": (11, "sans", "soft"),
    "empty": (14, "serif", "soft"),
}
"""Style of a text: font size in pixels, face, and the colour's role in the palette."""
_KEY = (
    ("dot", "", "happened on a day"),
    ("diamond", "", "said on a day"),
    ("bracket", "", "some time within"),
    ("bar", "", "all the way through"),
    ("tail", "", "may have run"),
    ("arrow", "", "open end"),
    ("flag", "", "deadline"),
    ("dot", "planned", "planned or conditional"),
    ("dot", "unconfirmed", "unconfirmed"),
    ("dot", "denied", "denied"),
    ("rival", "", "sources differ"),
    ("chip", "", "more events, not shown"),
    ("bin", "", "other events, at most {:,.0f} in a bar"),
)


class Text(NamedTuple):
    """One line of text on the page: `y` is its baseline; `anchor` is left, middle or right of `x`."""

    x: float
    y: float
    text: str
    style: str
    anchor: str = "left"


class KeyEntry(NamedTuple):
    """One sign of the key with its meaning, the sign's middle at `x`, `y`."""

    x: float
    y: float
    symbol: str
    status: str


def margin(width: float) -> float:
    """Pixels left free at either side."""
    return 18 if width < 500 else 24


def most_height(width: float) -> float:
    """Pixels that all labels of a figure may take: a narrow one may scroll."""
    return 1500 if width < 600 else HIGH


def list_width(width: float, n_listed: int, n_chapters: int) -> float:
    """Pixels that the undated list takes from the chapters: none where they need the width."""
    spare = width - 2 * margin(width) - (SIDE + 28)
    return SIDE + 28.0 if n_listed and n_chapters and spare >= max(560, 340 * n_chapters) else 0.0


def put_lines(plan: Plan, x: float, y: float, lines: list[str], style: str, step: float) -> float:
    """The y under lines of text from `y` on, `step` pixels each."""
    for line in lines:
        y += step
        plan.texts.append(Text(x, y - 4, line, style))
    return y


def put_head(plan: Plan, title: str | None, parts: list[str]) -> float:
    """The y under the title and under the `parts` of a subtitle; without any, it says that nothing is there."""
    left, room, y = margin(plan.width), plan.width - 2 * margin(plan.width), 16.0
    plan.title = clean(title or "")
    if plan.title:
        y = put_lines(plan, left, y, wrap(plan.title, room, 22, "serif-bold", 3), "title", 26)
    if not parts:
        plan.texts.append(Text(left, y + 34, "There are no events to draw.", "empty"))
        return y + 60
    for line in wrap(" · ".join(part for part in parts if part), room, 12, "sans", 3):
        y += 17
        plan.texts.append(Text(left, y - 3, line, "subtitle"))
    return y + 12


def put_headings(plan: Plan, chapters: list[Chapter], y: float) -> float:
    """The y of the panels' top, after each chapter's heading and the silences between them."""
    if chapters[0].silence:
        text = f"⋮  {chapters[0].silence}{'' if chapters[0].closer else ' later'}"
        plan.texts.append(Text(chapters[0].left, y + 12, text, "silence"))
        y += 30
    if len(plan.chapters) == 1:
        return y
    y += 8 * chapters[0].closer
    heads = [wrap(c.heading, c.right - c.left, 14, "serif-bold", 2) for c in chapters]
    deepest = max(map(len, heads))
    for chapter, head in zip(chapters, heads, strict=True):
        for i, line in enumerate(head):
            baseline = y + 14 + 17 * (i + deepest - len(head))
            plan.texts.append(Text(chapter.left, baseline, line, "heading"))
    return y + 17 * deepest + 4


def put_closer(plan: Plan, chapters: list[Chapter], y: float) -> float:
    """The y under a line that says how many events of these `chapters` are told closer, if any are."""
    foot = y
    for chapter in chapters:
        some = [c for c in plan.chapters if chapter.holds(c)]
        if some:
            words = f"{counted(sum(c.weight for c in some), 'event')} closer below"
            half = text_width(words, 11) / 2
            middle = chapter.to_px((some[0].start + some[-1].stop) / 2)
            middle = max(chapter.left + half + 4, min(chapter.right - half - 4, middle))
            plan.texts.append(Text(middle, y + 13, words, "key", "middle"))
            foot = y + 18
    return foot


def put_silences(plan: Plan, chapters: list[Chapter], top: float, bottom: float) -> None:
    """The length of each silence in the gap between two chapters, in lines of a word or two."""
    for before, after in pairwise(chapters):
        words = after.silence.split(" ")
        lines = [" ".join(words[i : i + 2]) for i in range(0, len(words), 2)]
        y = min((top + bottom) / 2, top + 120) - 7 * len(lines) + 10
        for i, line in enumerate(lines):
            plan.texts.append(
                Text((before.right + after.left) / 2, y + 14 * i, line, "silence", "middle")
            )


def put_lane(plan: Plan, chapters: list[Chapter], name: str, y: float, *, first: bool) -> float:
    """The y under a lane's name, which stands above a hairline across all chapters of the line."""
    room = chapters[0].right - chapters[0].left - 12
    text = wrap(name, room, 11, "bold", 1)[0]
    plan.texts.append(Text(chapters[0].left + 8, y + 11, text, "lane"))
    if not first:
        plan.lanes.append(y - 5)
    return y + 21


def put_list(
    plan: Plan, listed: np.ndarray, chosen: list[int], side: float, top: float, bottom: float
) -> float:
    """The y under everything so far, after the undated events in columns at the side or below."""
    if not len(listed):
        return bottom
    edge = margin(plan.width)
    left = plan.width - edge - SIDE if side else edge
    room = SIDE if side else plan.width - 2 * edge
    n_columns = max(1, int((room + 24) // 260))
    column = (room - 24 * (n_columns - 1)) / n_columns
    y = top if side else bottom + 6
    plan.texts.append(Text(left, y + 14, "Without a date of their own", "heading"))
    floors = [y + 28.0] * n_columns
    chosen = chosen[: 12 if side else MOST_LISTED]
    for i in sorted(
        chosen,
        key=lambda i: (plan.events[i]["stop"], plan.events[i]["start"], plan.events[i]["event_id"]),
    ):
        event = plan.events[i]
        lines, note = block(
            clean(event["title"]) or UNTITLED, note_of(event), column - 18, column - 18
        )
        n = floors.index(min(floors))
        x, y = left + n * (column + 24), floors[n]
        wide = max(block_width(lines, SIZE, "bold"), block_width(note, NOTE_SIZE)) + 1
        high = LINE * (len(lines) + len(note))
        plan.rows.append(
            Row(
                event["event_id"], "undated", -1, -1, "", y + 8, n, x0=event["start"], x1=event["stop"],
                symbol="entry", kind=event["kind"], status=event["status"], left=x, right=x + 9, tie=x + 5,
                label="\n".join(lines), note="\n".join(note), side="right", label_left=x + 16,
                label_top=y, label_right=x + 16 + wide, label_bottom=y + high,
                count=float(event["n_sources"]), index=i, at=x + 5,
            )
        )  # fmt: skip
        floors[n] = y + high + 11
    if len(listed) > len(chosen):
        y = max(floors)
        plan.rows.append(chip_row(len(listed) - len(chosen), left + 22, y + 7, row=n_columns))
        floors.append(y + 22)
    return max(bottom, *floors)


def put_key(plan: Plan, y: float) -> float:
    """The figure's height, after the key: only signs that the figure uses, with their meaning."""
    used = {sign for row in plan.rows for sign in _signs(row)}
    entries = [e for e in _KEY if e[:2] in used]
    fullest = max((row.count for row in plan.rows if row.role == "bin"), default=0)
    places, bottom = put_meanings(plan, y, [words.format(fullest) for *_, words in entries])
    plan.key = [KeyEntry(*at, *e[:2]) for at, e in zip(places, entries, strict=True)]
    return bottom


def put_meanings(
    plan: Plan, y: float, meanings: list[str]
) -> tuple[list[tuple[float, float]], float]:
    """The middle of each sign whose meaning now stands beside it, and the y under them all."""
    left, right = margin(plan.width), plan.width - margin(plan.width)
    places: list[tuple[float, float]] = []
    x, y = left, y + 12
    for words in meanings:
        room = 22 + text_width(words, 11) + 18
        if x > left and x + room - 18 > right:
            x, y = left, y + 18
        places.append((x + 9, y))
        plan.texts.append(Text(x + 22, y + 4, words, "key"))
        x += room
    return places, y + (18 if meanings else 2)


def _signs(row: Row) -> list[tuple[str, str]]:
    """What of the key a row uses."""
    if row.role == "undated":
        return []
    if row.role in ("chip", "bin"):
        return [(row.role, "")]
    if row.role == "alternative":
        return [("rival", "")]
    status = "planned" if row.status in ("planned", "conditional") else row.status
    signs = [(row.symbol, "")]
    if status in ("planned", "unconfirmed", "denied") and row.symbol != "flag":
        signs = [("dot", status)] if row.symbol in ("dot", "diamond") else [*signs, ("dot", status)]
    if row.symbol == "bar" and (row.core_x0, row.core_x1) != (row.x0, row.x1):
        signs.append(("tail", ""))
    if NAT in (row.x0, row.x1):
        signs.append(("arrow", ""))
    return signs
