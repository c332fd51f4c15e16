"""Finds every time expression in a text and resolves it to exactly what its words allow."""

from timeline.tagging.explain import Explanation, explain
from timeline.tagging.language import languages
from timeline.tagging.mention import Mention
from timeline.tagging.tag import tag, tag_text

__all__ = ["Explanation", "Mention", "explain", "languages", "tag", "tag_text"]
