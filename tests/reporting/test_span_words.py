"""The time that a story spans, in words no finer than its first and last dates."""

import pandas as pd
import pytest

from timeline.correcting.joining import dated
from timeline.reporting.content import span_words


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        (["2014-11-05", "2014-11-24"], ", between 5 November 2014 and 24 November 2014"),
        (["2007", "2010-10-13"], ", between 2007 and 13 October 2010"),
        (["2014-11-05", "2014-12"], ", between 5 November 2014 and December 2014"),
        (["2014-11-05"], ", all on 5 November 2014"),
        (["2014-11"], ", all in November 2014"),
        (["2014-11-05", "2024-01-01/.."], ", between 5 November 2014 and 2024"),
        ([], ""),
    ],
)
def test_the_span_is_no_finer_than_its_ends(dates, words):
    rows = [dated(one) for one in dates]
    frame = pd.DataFrame(rows, columns=["start", "stop", "dated"])
    frame = frame.astype({"start": "datetime64[s]", "stop": "datetime64[s]"})
    assert span_words(frame) == words
