"""Text for figures: cleaned, escaped, and put together for hovers; never interprets what it is given."""

from __future__ import annotations

import html
import re
from typing import Any

from timeline.drawing.widths import shorten, wrap

# Controls, lone surrogates, and the marks that could turn the direction of text outside their own.
_UNSHOWN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]+"
)
UNTITLED = "(no title)"


def clean(text: Any) -> str:
    """`text` on one line, without control characters.

    >>> clean("Letter\\n to  \\u202eTehran")
    'Letter to Tehran'
    """
    return re.sub(r"\s+", " ", _UNSHOWN.sub(" ", str(text))).strip()


def counted(n: float, unit: str) -> str:
    """The number with its noun.

    >>> counted(1, "event"), counted(2000, "mention")
    ('1 event', '2,000 mentions')
    """
    return f"{n:,.0f} {unit}{'s' * (n != 1)}"


def escape(text: str) -> str:
    """`text` such that plotly shows it as it is: no tag, no entity and no TeX is interpreted.

    >>> escape("<b>AT&T</b> paid $5")
    '&lt;b&gt;AT&amp;T&lt;/b&gt; paid &#36;5'
    """
    return html.escape(text, quote=False).replace("$", "&#36;")


def hover_text(event: dict[str, Any], figure_width: float) -> str:
    """The event in full for a hover over a figure of that width: plotly markup, all text escaped.

    Title; value in words and status; each source with the words as written, its sentence and how
    the value was worked out; what the sources disagree about.
    """

    width = max(190.0, min(400.0, figure_width * 0.56))

    def lines(text: str, size: float = 12, face: str = "sans", n_lines: int = 4) -> list[str]:
        return [escape(line) for line in wrap(clean(text), width, size, face, n_lines)]

    out = [f"<b>{line}</b>" for line in lines(event["title"], 13, "bold", 6)]
    status = "" if event["status"] == "reported" else f" · {event['status']}"
    out += lines(event["when"] + status)
    if event["attribution"]:
        out += lines(f"according to {event['attribution']}")
    citations = list(event["citations"])
    for i, citation in enumerate(citations[:8]):
        words = f" — “{citation['expression']}”" if citation.get("expression") else ""
        out += [""] if i <= 3 else []
        named = lines(f"{citation.get('source', '')}{words}", 12, "bold", 2)
        out += [f"<b>{line}</b>" for line in named]
        if i >= 3:  # a hover that is taller than the figure would be cut off
            continue
        if citation.get("sentence"):
            out += lines(citation["sentence"], 12, "sans", 3)
        if citation.get("how"):
            out += [f"<i>{x}</i>" for x in lines(f"{citation['how']}", 12, "sans", 2)]
    if len(citations) > 8:
        out += ["", f"and {len(citations) - 8} more"]
    if event["conflict"]:
        out += ["", *lines(f"≠ {event['conflict']}")]
        for other in list(event["alternatives"])[:5]:
            said = ", ".join(other.get("sources") or [])
            what = " · ".join(x for x in (other.get("when"), other.get("says")) if x)
            out += [escape(shorten(clean(f"– {what} ({said})"), width, 12))]
    return "<br>".join(out)
