"""Fixtures of the merging tests."""

import pytest
from merging_frames import articles_frame, mentions_frame


@pytest.fixture
def hand():
    """The two builders: hand.articles(...), hand.mentions(articles, ...)."""

    class Hand:
        articles = staticmethod(articles_frame)
        mentions = staticmethod(mentions_frame)

    return Hand


@pytest.fixture
def one(hand):
    """The events of one sentence in one article: one(text, expression, edtf, ...) -> events frame."""
    from timeline.merging import merge

    def made(text, *found, dct="2014-11-06"):
        articles = hand.articles(("a", "A", dct, text))
        return merge(hand.mentions(articles, *[("a", *f) for f in found]), articles)

    return made
