"""The analyst's last word: corrections that survive new articles."""

from timeline.correcting.correct import correct
from timeline.correcting.read import Correction, read_corrections
from timeline.correcting.write import write_corrections

__all__ = ["Correction", "correct", "read_corrections", "write_corrections"]
