"""The README says what the code says: schemas, names and commands in it are the real ones."""

import re
import shlex
from pathlib import Path

import pytest

from timeline import schema
from timeline.cli.main import build_parser

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()


@pytest.mark.parametrize("name", ["ARTICLES", "MENTIONS", "EVENTS", "CITATION", "PROBLEMS"])
def test_each_schema_is_printed_as_it_is_declared(name):
    assert schema.describe(getattr(schema, name)) in README


def test_every_command_of_the_readme_parses():
    lines = [
        line.split("#")[0] for line in re.findall(r"^    (?:.*\| )?timeline (.*)$", README, re.M)
    ]
    assert len(lines) >= 5
    for line in lines:
        build_parser().parse_args(shlex.split(line))


def test_every_file_that_the_readme_shows_is_there():
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target
