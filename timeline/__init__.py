"""Articles in, honest timeline out.

    import timeline
    story = timeline.read_story("data/iran-letters")   # story.articles, .mentions, .events
    timeline.draw(story.events)
    timeline.write_report(story, "iran-letters.html")

Every name below is loaded when it is first used, so that `import timeline` stays quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOME = {
    "TimeValue": "timeline.dates",
    "Period": "timeline.dates",
    "parse_edtf": "timeline.dates",
    "relation": "timeline.dates",
    "InputError": "timeline.errors",
    "read_articles": "timeline.reading",
    "tag": "timeline.tagging",
    "explain": "timeline.tagging",
    "merge": "timeline.merging",
    "top_events": "timeline.merging",
    "correct": "timeline.correcting",
    "read_corrections": "timeline.correcting",
    "write_corrections": "timeline.correcting",
    "draw": "timeline.drawing",
    "draw_sources": "timeline.drawing",
    "draw_explanation": "timeline.drawing",
    "draw_density": "timeline.drawing",
    "draw_naive": "timeline.drawing",
    "save_figure": "timeline.drawing",
    "read_events": "timeline.exchange",
    "write_events": "timeline.exchange",
    "Story": "timeline.pipeline",
    "read_story": "timeline.pipeline",
    "write_report": "timeline.reporting",
    "show": "timeline.notebook",
    "explore": "timeline.notebook",
    "check": "timeline.notebook",
    "example": "timeline.notebook",
    "tag_archive": "timeline.archive",
}

__all__ = ["__version__", *_HOME]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'timeline' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
