"""The build step: the small plotly bundle is checked by hash, and a build without npm still works."""

import base64
import gzip
import hashlib
import importlib.util
import io
import json
import os
import tarfile
from pathlib import Path

import pytest

pytest.importorskip("hatchling")

from timeline.reporting import bundle, report_html

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def hook():
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def package(script=b"window.Plotly = {}"):
    """A package file as npm packs it."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        for name, data in (("package/plotly-basic.min.js", script), ("package/LICENSE", b"MIT")):
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


@pytest.fixture
def npm(tmp_path, monkeypatch):
    """Stands in for npm: `npm pack` leaves the file given."""

    def put(data):
        (tmp_path / "packed.tgz").write_bytes(data)
        program = tmp_path / "bin" / "npm"
        program.parent.mkdir(exist_ok=True)
        program.write_text(f"#!/bin/sh\ncp {tmp_path}/packed.tgz ./package.tgz\n", encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}/usr/bin{os.pathsep}/bin")
        monkeypatch.delenv("TIMELINE_NO_NPM", raising=False)

    return put


def run(hook, folder):
    step = object.__new__(hook.CustomBuildHook)
    step._BuildHookInterface__root = str(folder)
    step._BuildHookInterface__target_name = "wheel"
    step.initialize("standard", {})


def test_bundle_with_the_known_hash_is_packed(hook, npm, tmp_path, monkeypatch):
    data = package()
    npm(data)
    known = base64.b64encode(hashlib.sha512(data).digest()).decode()
    monkeypatch.setattr(hook, "INTEGRITY", {hook.plotlyjs_version(): known})
    static = tmp_path / "static"
    hook.fetch_bundle(static)
    packed = (static / "plotly-basic.min.js.gz").read_bytes()
    assert gzip.decompress(packed) == b"window.Plotly = {}"
    assert packed[4:8] == b"\0\0\0\0", "no time of packing, so that builds are alike"
    facts = json.loads((static / "bundle.json").read_text(encoding="utf-8"))
    assert (
        facts["sha256"] == base64.b64encode(hashlib.sha256(b"window.Plotly = {}").digest()).decode()
    )
    assert facts["licence"] == "MIT"
    assert "already there" in hook.fetch_bundle(static)


def test_bundle_with_another_hash_is_refused_and_the_build_goes_on(hook, npm, tmp_path, capsys):
    npm(package(b"something else"))
    run(hook, tmp_path)
    assert "which is not the known one" in capsys.readouterr().err
    assert (
        not list((tmp_path / "timeline").rglob("*")) if (tmp_path / "timeline").exists() else True
    )


@pytest.mark.parametrize("how", ["no npm", "told not to", "npm fails", "npm leaves nothing"])
def test_build_goes_on_without_npm(hook, tmp_path, monkeypatch, capsys, how):
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "npm"
    if how != "no npm":
        program.write_text(f"#!/bin/sh\nexit {int(how == 'npm fails')}\n", encoding="utf-8")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("TIMELINE_NO_NPM", "1" if how == "told not to" else "")
    run(hook, tmp_path)
    assert "reports will carry plotly's full bundle" in capsys.readouterr().err


def test_report_without_the_small_bundle_carries_the_full_one_and_says_so(
    letters, tmp_path, monkeypatch
):
    monkeypatch.setattr(bundle, "STATIC", tmp_path)
    bundle.plotly_bundle.cache_clear()
    try:
        html = report_html(letters)
    finally:
        bundle.plotly_bundle.cache_clear()
    assert "the full bundle: the small one was not fetched" in html
    assert len(html) > 1_500_000
