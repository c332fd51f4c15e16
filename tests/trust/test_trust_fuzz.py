"""Every reader of strangers' input is fuzzed a while, and each input that ever broke one is tried again."""

import base64
import json
import os
from pathlib import Path

import pytest
from trust_targets import TARGETS, fuzz

SECONDS = float(os.environ.get("TIMELINE_FUZZ_SECONDS", "4"))
CRASHES = [
    json.loads(line)
    for line in (Path(__file__).parent / "crashes.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.timeout(30)
@pytest.mark.parametrize("crash", CRASHES, ids=lambda crash: crash["was"][:40])
def test_what_broke_once_breaks_no_more(crash):
    """`input` is base64, or `text`, of which `times` copies; `was` says what it did."""
    data = base64.b64decode(crash.get("input", "")) + crash.get("text", "").encode() * crash.get("times", 1)  # fmt: skip
    TARGETS[crash["target"]].run(data)


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.filterwarnings("ignore")
def test_nothing_but_an_input_error_comes_out(name):
    """A seed of its own each time would find more, and would fail for no change of ours."""
    found = fuzz(name, SECONDS)
    assert found.inputs > len(TARGETS[name].seeds)
    assert [(crash.error, crash.data) for crash in found.crashes] == []
