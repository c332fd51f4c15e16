"""What is installed is what the lock names, under licences that go with MIT, each for a reason that the README gives."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
# Licences that allow use beside MIT code; weak copyleft (MPL, LGPL) covers its own files only.
ALLOWED = re.compile(
    r"MIT|BSD|Apache|ISC|PSF|Python Software Foundation|Mozilla Public License|MPL-[12]|LGPL|CC0|0BSD|Zlib|Unlicense|CNRI",
    re.I,
)
# named so by their classifiers or texts; a choice with OR counts by its other side
FORBIDDEN = re.compile(
    r"(?<!L)(?<!Lesser )\b(?:A?GPL|GNU (?:Affero )?General Public)|Proprietary|Commercial|SSPL|BUSL|non-?commercial",
    re.I,
)


@pytest.fixture(scope="module")
def bill():
    run = [sys.executable, ROOT / ".ci" / "sbom.py"]
    first, second = (subprocess.run(run, capture_output=True, check=True).stdout for _ in range(2))
    assert first == second
    return json.loads(first)


def test_the_bill_names_every_locked_package_with_its_hashes(bill):
    names = set(re.findall(r"^([a-z0-9.-]+)==", (ROOT / "requirements.lock").read_text(), re.M))
    listed = {one["name"] for one in bill["components"] if one["purl"].startswith("pkg:pypi/")}
    assert listed == {name.replace(".", "-") for name in names}
    for one in bill["components"]:
        if one["purl"].startswith("pkg:pypi/"):
            assert one["properties"], one["name"]


def test_every_licence_goes_with_mit(bill):
    stated = {
        one["name"]: one["licenses"][0]["license"]
        for one in bill["components"]
        if "licenses" in one
    }
    assert len(stated) > 150
    for name, licence in stated.items():
        words = licence.get("name") or licence["id"]
        choices = words.split(" OR ")
        assert any(ALLOWED.search(one) and not FORBIDDEN.search(one) for one in choices), (name, words)  # fmt: skip


@pytest.mark.parametrize("words", ["GPL-3.0-only", "GNU General Public License v3 (GPLv3)", "AGPL-3.0", "not stated", "Proprietary"])  # fmt: skip
def test_a_licence_that_does_not_go_with_mit_would_be_seen(words):
    assert not ALLOWED.search(words) or FORBIDDEN.search(words)


def test_each_direct_dependency_has_its_reason_in_the_readme():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    asked = project["dependencies"] + [r for name in extras if name != "dev" for r in extras[name]]
    stands_on = (ROOT / "README.md").read_text("utf-8").partition("## What it stands on")[2]
    missing = [name for name in (re.match(r"[\w-]+", r)[0] for r in asked) if name not in stands_on]
    assert missing == []
