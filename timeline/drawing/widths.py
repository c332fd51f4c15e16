"""How wide a text is and how it breaks into lines, from a measured table; never asks the machine's fonts."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import lru_cache
from pathlib import Path

SLACK = 1.03
"""Boxes are this much wider than measured: browsers round and other machines substitute fonts."""
SPACE = 3.336
"""Width in pixels of a no-break space at font size 12."""
_FACE_SLACK = {"sans": SLACK, "bold": SLACK, "serif": 1.12, "serif-bold": 1.14}


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, int]]:
    rows = json.loads(Path(__file__).with_name("widths.json").read_text(encoding="utf-8"))
    return {
        face: {chr(int(first) + i): w for first, ws in ranges.items() for i, w in enumerate(ws)}
        for face, ranges in rows.items()
    }


@lru_cache(maxsize=4096)
def _other_width(char: str) -> int:
    """Thousandths of an em for a character that was not measured: on the wide side."""
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    if ord(char) >= 0x1F000 or 0x2600 <= ord(char) <= 0x27BF:
        return 1400
    return 1050 if unicodedata.east_asian_width(char) in "WF" else 800


def text_width(text: str, size: float, face: str = "sans") -> float:
    """Pixels that one line of `text` takes at most, at a font `size` in pixels.

    `face`: sans, bold, serif or serif-bold.

    >>> round(text_width("Tehran", 10))
    33
    >>> text_width("Tehran", 12, "bold") > text_width("Tehran", 12)
    True
    """
    return _units(text, face) * size * _FACE_SLACK[face] / 1000


@lru_cache(maxsize=32_768)
def _units(text: str, face: str) -> int:
    """Thousandths of an em that a text takes."""
    known = _table()[face]
    return sum([known.get(char) or _other_width(char) for char in text])


@lru_cache(maxsize=4096)
def _breakable(text: str) -> tuple[str, ...]:
    """Pieces that a line may end after: words with their space, and each ideograph."""
    if text.isascii():
        return tuple(re.findall(" +|[^ ]+ *", text))
    pieces: list[str] = []
    for char in text:
        wide = unicodedata.east_asian_width(char) == "W"
        if pieces and not wide and not pieces[-1].endswith((" ", "\u200b")):
            pieces[-1] += char
        else:
            pieces.append(char)
        if wide:
            pieces[-1] += "\u200b"
    return tuple(pieces)


def shorten(text: str, width: float, size: float, face: str = "sans") -> str:
    """`text` if it fits in `width` pixels, else its longest beginning that fits with an ellipsis.

    >>> shorten("a comprehensive agreement", 60, 12)
    'a compr…'
    """
    if text_width(text, size, face) <= width + 0.01:
        return text
    room, used, known = width - text_width("…", size, face), 0.0, _table()[face]
    for i, char in enumerate(text):
        used += (known.get(char) or _other_width(char)) * size * _FACE_SLACK[face] / 1000
        if used > room:
            return text[:i].rstrip(" \u200b\u200d") + "…"
    return text


def wrap(text: str, width: float, size: float, face: str = "sans", n_lines: int = 3) -> list[str]:
    """`text` as at most `n_lines` lines, none wider than `width` pixels; the rest becomes an ellipsis.

    Breaks at spaces, between ideographs, and inside a word only if the word alone is too wide.

    >>> wrap("White House will not confirm the letter", 110, 12)
    ['White House will', 'not confirm the', 'letter']
    >>> wrap("White House will not confirm the letter", 110, 12, n_lines=2)
    ['White House will', 'not confirm the…']
    """
    pieces, lines, line = _breakable(text), [""], ""
    em, used = size * _FACE_SLACK[face] / 1000, 0.0
    for i, piece in enumerate(pieces):
        bare = _units(piece.rstrip(" \u200b"), face) * em
        if not line or used + bare <= width + 0.01:
            line, used = line + piece, used + _units(piece, face) * em
        elif len(lines) == n_lines:
            ended = line.rstrip(" \u200b") + "…"
            fits = text_width(ended, size, face) <= width
            lines[-1] = ended if fits else line + "".join(pieces[i:])
            break
        else:
            lines.append("")
            line, used = piece, _units(piece, face) * em
        lines[-1] = line
        if line == piece and bare > width + 0.01 and len(lines) < n_lines:
            lines[-1:] = _chop(line, width, size, face, n_lines - len(lines) + 1)
            line = lines[-1]
            used = _units(line, face) * em
    return [shorten(x.replace("\u200b", "").rstrip(), width, size, face) for x in lines]


def _chop(word: str, width: float, size: float, face: str, n_lines: int) -> list[str]:
    """One overlong word as at most `n_lines` pieces; only the last may still be too wide."""
    lines = [""]
    for char in word:
        if lines[-1] and len(lines) < n_lines and text_width(lines[-1] + char, size, face) > width:
            lines.append("")
        lines[-1] += char
    return lines


def block_width(lines: list[str], size: float, face: str = "sans") -> float:
    """Pixels that the widest of `lines` takes."""
    return max((text_width(line, size, face) for line in lines), default=0.0)
