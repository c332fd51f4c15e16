"""Reading: files to an articles frame, and a story's own settings."""

from timeline.reading.articles import read_articles
from timeline.reading.story_file import StorySettings, read_settings

__all__ = ["StorySettings", "read_articles", "read_settings"]
