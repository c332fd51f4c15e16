"""HTML from a notebook made fit for an offline page: no scripts, no requests. Changes no words."""

from __future__ import annotations

import base64
import mimetypes
from pathlib import Path

import lxml.html

DROPPED = ("script", "iframe", "object", "embed", "link", "meta", "base", "noscript", "audio", "video", "source")  # fmt: skip
LINKS = ("http:", "https:", "mailto:", "#")
PICTURES = ("data:image/png", "data:image/jpeg", "data:image/gif", "data:image/webp", "data:image/svg+xml")  # fmt: skip
MOST_BYTES = 8_000_000


def clean_html(text: str, folder: str = "") -> str:
    """`text` without scripts, handlers and whatever would ask a server for something.

    Pictures beside the notebook (in `folder` or below) are put into the page; others become words.
    Tables get a frame that scrolls sideways.

    >>> clean_html("<p onclick='x()'>a<script>b</script> <a href='javascript:c'>d</a></p>")
    '<p>a <a>d</a></p>'
    """
    text = "".join(c for c in text if c.isprintable() or c in "\n\t" or ord(c) > 159)
    if not text.strip():
        return ""
    root = lxml.html.fragment_fromstring(text, create_parent="div")
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag in DROPPED:
            element.drop_tree()
            continue
        for name, value in list(element.attrib.items()):
            address = "".join(value.split()).lower()
            local = name.rsplit(":", 1)[-1]
            unsafe = name.startswith("on") or local in ("srcdoc", "action", "formaction", "srcset", "background", "poster", "ping")  # fmt: skip
            if local == "href" and not address.startswith(LINKS):
                unsafe = True
            if "url(" in address.replace("url(#", "") and name in ("style", "fill", "filter"):
                unsafe = True
            if unsafe:
                del element.attrib[name]
        if element.tag == "style" and element.text and ("url(" in element.text or "@import" in element.text):  # fmt: skip
            element.text = ""
        if element.tag in ("img", "image"):
            embed_picture(element, folder)
        if element.tag == "a" and "href" in element.attrib:
            element.set("rel", "noopener noreferrer")
        if element.tag == "form":
            element.tag = "div"
    for table in list(root.iter("table")):
        frame = lxml.html.Element("div", {"class": "wide", "tabindex": "0", "role": "region", "aria-label": "table"})  # fmt: skip
        parent = table.getparent()
        if parent is not None:
            frame.tail, table.tail = table.tail, None
            parent.replace(table, frame)
            frame.append(table)
    inner = "".join(lxml.html.tostring(child, encoding="unicode") for child in root)
    return escape_head(root) + inner


def escape_head(root: lxml.html.HtmlElement) -> str:
    """The text before the first element, escaped as HTML."""
    head = root.text or ""
    return head.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def embed_picture(element: lxml.html.HtmlElement, folder: str) -> None:
    """Give a picture its own bytes, or put its words in its place. Reads files below `folder` only."""
    name = "src" if element.tag == "img" else "href"
    address = element.get(name, "")
    if address.startswith(PICTURES):
        if not element.get("alt"):
            element.set("alt", "")
        return
    kind = mimetypes.guess_type(address)[0] or ""
    home = Path(folder or ".").resolve()
    if kind.startswith("image/") and ":" not in address:
        file = (home / address).resolve()
        if file.is_relative_to(home) and file.is_file() and file.stat().st_size <= MOST_BYTES:
            element.set(name, f"data:{kind};base64,{base64.b64encode(file.read_bytes()).decode()}")
            return
    words = element.get("alt") or "no description"
    for key in list(element.attrib):
        del element.attrib[key]
    element.tag = "em"
    element.text = f"[picture not in this file: {words}]"
