"""Fixtures of the reporting tests."""

import pytest
from report_stories import letters_story


@pytest.fixture(scope="session")
def letters():
    return letters_story()
