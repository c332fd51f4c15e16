"""What the dates of made-up news come out as stays as good as it was measured; the scorer can tell good from bad."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def bench():
    path = ROOT / "benchmarks" / "bench_titles.py"
    spec = importlib.util.spec_from_file_location("bench_titles", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name, share", [("titles_own", 0.94), ("titles_unseen", 0.90)])
def test_events_of_made_up_news_are_what_a_reader_wrote_down(bench, name, share):
    total, met = bench.score(ROOT / "tests" / "merging" / f"{name}.toml")
    assert met["all right"] / total >= share


@pytest.mark.parametrize(
    "title, right",
    [
        ("Aln dam burst", True),
        ("The lower Aln dam burst in the valley", True),
        ("Aln dam burst on Monday", False),
        ("Dam burst", False),
        ("Aln dam burst in", False),
    ],
)
def test_a_title_must_be_one_that_the_reader_allowed(bench, title, right):
    assert bench.fits(title, "[lower] Aln dam {burst|broke} [in the valley]") == right
