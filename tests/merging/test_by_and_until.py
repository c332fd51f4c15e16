"""What "by the end of June" and "not until early 2024" bound: the words before a date, from text to event."""

import pytest

from timeline.merging import merge
from timeline.tagging import tag


@pytest.mark.parametrize(
    ("sentence", "edtf"),
    [
        ("The firm will finish the bridge by the end of June.", "../2023-06-30"),
        ("The deal must be done by the end of June.", "../2023-06-30"),
        ("The firm will close the plant by year-end.", "../2023-12-31"),
        ("The firm will close the plant by the summer.", "../2023-22"),
        ("The firm will finish the bridge by 30 June.", "2023-06-30"),
        ("The firm will finish the bridge at the end of June.", "[2023-06-16..2023-06-30]"),
        ("The work is not expected to begin until early 2024.", "2024-01-01/.."),
        ("The bridge did not open until May 2021.", "2021-05"),
    ],
)
def test_by_bounds_above_and_not_until_bounds_below(hand, sentence, edtf):
    articles = hand.articles(("a", "A", "2023-04-12", sentence))
    (event,) = merge(tag(articles), articles).to_dict("records")
    assert event["edtf"] == edtf
