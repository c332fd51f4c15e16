"""One article's candidates for events, in reading order: the steps from text to candidates, top to bottom."""

from __future__ import annotations

from typing import Any

from timeline.merging.candidate import Candidate, open_article
from timeline.merging.mentioned import read_mentions
from timeline.merging.retold import read_retellings
from timeline.merging.undated import read_undated


def article_candidates(
    number: int, article: dict[str, Any], mentions: list[dict[str, Any]]
) -> tuple[list[Candidate], list[dict[str, str]]]:
    """The candidates of one article, and the mentions that make none with the reason."""
    opened = open_article(number, article)
    read_mentions(opened, mentions)
    read_undated(opened)
    read_retellings(opened)
    return opened.found, opened.unused
