"""Plain text to and from the little HTML that other tools keep in their fields. Executes nothing."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

LONGEST = 100_000


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.skipped = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.skipped += tag in ("script", "style")
        if tag in ("p", "br", "div", "li", "h1", "h2", "h3"):
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.skipped = max(0, self.skipped - (tag in ("script", "style")))

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.parts.append(data)


def text_of(markup: Any) -> str:
    """The words of a piece of HTML on one line, without its tags, scripts and styles.

    >>> text_of("<p>Talks &amp; letters<br>in <b>Oman</b></p>")
    'Talks & letters in Oman'
    """
    raw = markup if isinstance(markup, str) else "" if markup is None else str(markup)
    if "<" in raw or "&" in raw:
        reader = _Text()
        try:
            reader.feed(raw[:LONGEST])
            reader.close()
            raw = "".join(reader.parts)
        except AssertionError:  # html.parser gives up so on a malformed <![
            raw = re.sub(r"<[^<>]*>", " ", raw)
    return re.sub(r"\s+", " ", raw).strip()


def markup_of(text: str) -> str:
    """Text as HTML that shows just that text."""
    return escape(text, quote=False)


def safe_link(url: object) -> str:
    """`url` if it is an http(s) address, else an empty text.

    >>> safe_link("javascript:alert(1)"), safe_link("https://example.org/a")
    ('', 'https://example.org/a')
    """
    text = "" if url is None else str(url).strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    good = parts.scheme in ("http", "https") and parts.netloc and len(text) <= 2000
    return text if good and text.isprintable() and " " not in text else ""
