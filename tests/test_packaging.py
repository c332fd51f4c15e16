"""The environment is described once: conda's file, the lock and pyproject agree, and nothing names a host."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
CONDA_NAMES = {"kaleido": "python-kaleido", "duckdb": "python-duckdb"}
USER_EXTRAS = ("notebooks", "excel", "images", "archive")
ROOMS = ("errors", "schema", "files", "dates", "reading", "tagging", "merging", "correcting", "exchange", "drawing", "reporting", "notebook", "pipeline", "archive", "cli")  # fmt: skip


def needed():
    extras = PROJECT["optional-dependencies"]
    return [
        Requirement(r)
        for r in PROJECT["dependencies"] + [r for e in USER_EXTRAS for r in extras[e]]
    ]


def conda():
    entries = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    return {r.name: r for r in map(Requirement, (e for e in entries if isinstance(e, str)))}


def locked():
    lines = re.findall(
        r"^([a-zA-Z0-9._-]+)==([^ \\]+)", (ROOT / "requirements.lock").read_text(), re.M
    )
    versions = {}
    for name, version in lines:
        versions.setdefault(canonicalize_name(name), []).append(version)
    return versions


@pytest.mark.parametrize("requirement", needed(), ids=lambda r: r.name)
def test_conda_asks_for_what_pyproject_asks_for(requirement):
    names = [requirement.name, *requirement.extras - {"dataframe"}]
    for name in names:
        assert conda()[CONDA_NAMES.get(name, name)].specifier == requirement.specifier


@pytest.mark.parametrize("requirement", needed(), ids=lambda r: r.name)
def test_the_lock_satisfies_pyproject(requirement):
    versions = locked()[canonicalize_name(requirement.name)]
    assert all(requirement.specifier.contains(version) for version in versions)


def test_the_lock_has_a_hash_for_everything_and_names_no_host():
    text = (ROOT / "requirements.lock").read_text()
    blocks = re.split(r"^(?=[a-zA-Z0-9])", text, flags=re.M)[1:]
    assert len(blocks) > 100
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in text and "index-url" not in text


def test_rooms_import_in_one_direction():
    """read -> tag -> merge -> correct -> draw -> report: no module imports a room further on."""
    wrong = []
    for path in sorted((ROOT / "timeline").rglob("*.py")):
        parts = path.relative_to(ROOT / "timeline").with_suffix("").parts
        if parts[0] not in ROOMS:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{path}: relative import"
                names = [node.module or ""]
            for name in names:
                room = name.split(".")[1] if name.startswith("timeline.") else ""
                if room and ROOMS.index(room) > ROOMS.index(parts[0]):
                    wrong.append(f"{'/'.join(parts)} imports {name}")
    assert not wrong


def test_modules_stay_rooms():
    sizes = {
        p.relative_to(ROOT): len(p.read_text().splitlines())
        for p in (ROOT / "timeline").rglob("*.py")
    }
    assert {path: size for path, size in sizes.items() if size > 320} == {}


def test_importing_timeline_loads_neither_pandas_nor_plotly_nor_dateparser():
    code = "import sys, timeline; print([m for m in ('pandas', 'plotly', 'dateparser', 'numpy') if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip()
        == "[]"
    )


def test_every_public_name_can_be_had():
    import timeline

    for name in timeline.__all__:
        assert getattr(timeline, name) is not None
