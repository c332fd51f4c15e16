"""Mentions to events: what happened, when, according to whom, across sources."""

from timeline.merging.merge import merge
from timeline.merging.salience import top_events

__all__ = ["merge", "top_events"]
