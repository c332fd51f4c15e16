"""Measures character widths in Chromium and writes timeline/drawing/widths.json; run by hand, not by tests.

The figures ask for Arial or Helvetica; Liberation Sans has the same advance widths, so the table
measured with it holds on all three. Arabic and Hebrew are measured with whatever font the browser
falls back to. Georgia is about 8 % wider than Liberation Serif, which is allowed for in widths.py.
"""

from __future__ import annotations

import json
from pathlib import Path

from chromium import chromium

FACES = {
    "sans": "400 100px 'Liberation Sans'",
    "bold": "700 100px 'Liberation Sans'",
    "serif": "400 100px 'Liberation Serif'",
    "serif-bold": "700 100px 'Liberation Serif'",
}
RANGES = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x370, 0x3FF),
    (0x400, 0x45F),
    (0x5D0, 0x5EA),
    (0x621, 0x64A),
    (0x2010, 0x2044),
)
MEASURE = """([fonts, chars]) => { const c = document.createElement('canvas').getContext('2d');
  return fonts.map(f => { c.font = f; return chars.map(t => Math.round(c.measureText(t).width * 10)); }); }"""


def main() -> None:
    """Nothing; writes {face: {first code point of a range: thousandths of an em, ...}}."""
    chars = [chr(n) for first, last in RANGES for n in range(first, last + 1)]
    with chromium() as browser:
        measured = browser.new_page().evaluate(MEASURE, [list(FACES.values()), chars])
    table: dict[str, dict[str, list[int]]] = {}
    for face, widths in zip(FACES, measured, strict=True):
        known = dict(zip(chars, widths, strict=True))
        table[face] = {
            str(first): [known[chr(n)] for n in range(first, last + 1)] for first, last in RANGES
        }
    target = Path(__file__).parent.parent / "timeline" / "drawing" / "widths.json"
    lines = [
        f'"{face}": {{\n' + ",\n".join(f' "{k}": {json.dumps(v)}' for k, v in rows.items()) + "\n}"
        for face, rows in table.items()
    ]
    target.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
