"""Titles that must not say what the text does not: quotations, who did it, who says so. Sentences of our own."""

import pytest


def titles(events):
    return list(events["title"])


@pytest.mark.parametrize(
    "text, expression, edtf, title",
    [
        (
            'Ms. Hale said on Monday she could "no longer lead the union as it deserves."',
            "Monday",
            "2014-11-03",
            'Ms. Hale said she could "no longer lead the union as it deserves"',
        ),
        (
            'The diver wrote to the harbour board on 4 November, describing "frequent and unexplained faults in the winch."',
            "4 November",
            "2014-11-04",
            "Diver wrote to the harbour board",
        ),
    ],
)
def test_a_quotation_is_whole_or_left_out(one, text, expression, edtf, title):
    assert titles(one(text, (expression, edtf))) == [title]
