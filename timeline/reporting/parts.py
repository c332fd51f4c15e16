"""Templates, scripts and styles of our pages, exactly as they will stand in them. Knows no story."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2

from timeline.reporting.bundle import STATIC


def compact(value: Any) -> str:
    """JSON in few bytes, the same each time."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


@lru_cache
def page_part(*names: str) -> str:
    """Style sheets or scripts as one text; a module's imports of the modules before it are left out.

    Raises AssertionError for a text that would end its own element.
    """
    text = "\n".join((STATIC / name).read_text(encoding="utf-8") for name in names)
    if len(names) > 1:
        text = re.sub(r'^import \{[^}]*\} from "\./\w+\.js";\n', "", text, flags=re.MULTILINE)
    # Comments on lines of their own and indentation are for readers of the source.
    text = re.sub(r"^\s*(/\*((?!\*/)[^\0])*\*/\s*|// .*)\n", "\n", text, flags=re.MULTILINE)
    text = re.sub(r"/\*\* @((?!\*/).)*\*/ ?", "", re.sub(r"\n\s+", "\n", text))
    if "</script" in text or "</style" in text:
        raise AssertionError(f"{names} hold a closing tag, which would end its own element")
    return text


@lru_cache
def environment() -> jinja2.Environment:
    """The templates, with every value escaped."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        keep_trailing_newline=True,
    )
