"""Notebooks: events shown as a table, exercises checked, example stories found. Students' copies: `student`."""

from timeline.notebook.check import check
from timeline.notebook.folders import example
from timeline.notebook.show import show

__all__ = ["check", "example", "show"]
