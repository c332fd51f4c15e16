"""Build step: fetch the small plotly.js bundle from npm, check its hash, pack it for the reports.

It never fails a build: without npm or network it says so, and reports then carry the full bundle
of the installed plotly package instead (timeline/reporting/bundle.py does that by itself).
"""

import base64
import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = "plotly.js-basic-dist-min"
# npm's own integrity value for the package file, by plotly.js version; the last is the default.
INTEGRITY = {
    "4.1.1": "1oNF8PeQx2hv/y7tqEVWKD3JGwn/MGEMQ8mL9HUwsaqG9FGy/OU5FHUHvzqbqxN4mnwZGI9abTiE775C4kkjMQ==",
}


class CustomBuildHook(BuildHookInterface):
    """Put `plotly-basic.min.js.gz` and `bundle.json` into timeline/reporting/static."""

    def initialize(self, version, build_data):
        if self.target_name != "wheel":
            return
        try:
            said = fetch_bundle(Path(self.root) / "timeline" / "reporting" / "static")
        except (
            OSError,
            ValueError,
            KeyError,
            subprocess.SubprocessError,
            tarfile.TarError,
        ) as error:
            said = f"{PACKAGE} was not fetched ({error}); reports will carry plotly's full bundle"
        print(said, file=sys.stderr)


def plotlyjs_version():
    """The plotly.js version of the installed plotly, or the one that the hash table knows."""
    try:
        from plotly.offline import get_plotlyjs_version

        return get_plotlyjs_version()
    except ImportError:
        return list(INTEGRITY)[-1]


def fetch_bundle(static):
    """One sentence: what was done. Raises OSError or ValueError if the bundle cannot be had."""
    version = plotlyjs_version()
    about = static / "bundle.json"
    if about.exists() and (static / "plotly-basic.min.js.gz").exists():
        known = json.loads(about.read_text(encoding="utf-8"))
        if known.get("version") == version:
            return f"{PACKAGE} {version} is already there"
    if version not in INTEGRITY:
        raise ValueError(f"no hash is known for version {version}")
    if os.environ.get("TIMELINE_NO_NPM") or shutil.which("npm") is None:
        raise OSError("npm is not there")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["npm", "pack", f"{PACKAGE}@{version}", "--silent"],
            cwd=folder,
            check=True,
            timeout=120,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        archive = next(Path(folder).glob("*.tgz"), None)
        if archive is None:
            raise OSError("npm pack left no file")
        found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if found != INTEGRITY[version]:
            raise ValueError(f"its sha512 is {found}, which is not the known one")
        with tarfile.open(archive) as files:
            script = files.extractfile("package/plotly-basic.min.js").read()
            licence = files.extractfile("package/LICENSE").read().decode()
    static.mkdir(parents=True, exist_ok=True)
    packed = gzip.compress(script, 9, mtime=0)
    facts = {
        "package": PACKAGE,
        "version": version,
        "licence": licence,
        "sha256": base64.b64encode(hashlib.sha256(script).digest()).decode(),
    }
    for path, data in (
        (static / "plotly-basic.min.js.gz", packed),
        (about, (json.dumps(facts, indent=1) + "\n").encode()),
    ):
        part = path.with_suffix(".part")
        part.write_bytes(data)
        part.replace(path)
    return f"{PACKAGE} {version} packed, {len(packed):,} bytes"
