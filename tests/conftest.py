"""What tests of several rooms need."""

import pytest
from chromium import PATH, chromium


@pytest.fixture(scope="module")
def browser():
    """A Chromium for one file of tests: two of them at once in a process do not go."""
    pytest.importorskip("playwright.sync_api")
    if not PATH:
        pytest.skip("no Chromium here: install the package chromium")
    with chromium() as found:
        yield found
