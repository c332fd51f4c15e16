"""Archives: the same steps for a million articles, on one machine or a Dask cluster.

Names are loaded when they are first used, so that the command line can ask for its parser quickly.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOME = {
    "Summary": "run",
    "tag_archive": "run",
    "index_archive": "run",
    "find_articles": "query",
    "cut_story": "query",
    "write_story_folder": "query",
    "count_days": "overview",
    "count_granularities": "overview",
}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'timeline.archive' has no attribute {name!r}")
    return getattr(import_module(f"timeline.archive.{_HOME[name]}"), name)
