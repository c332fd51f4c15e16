"""A software bill of materials on standard output: each locked package that is installed, its licence and hashes.

CycloneDX 1.6 JSON, the same bytes for the same lock. Fetches nothing: `make sbom > sbom.json`.
"""

from __future__ import annotations

import json
import re
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PROJECT = "story-timeline"


def locked(text: str) -> dict[tuple[str, str], list[str]]:
    """(name, version) -> SHA-256 hashes of its files, from a lock in the requirements format."""
    found: dict[tuple[str, str], list[str]] = {}
    for block in re.split(r"^(?=[A-Za-z0-9])", text, flags=re.M)[1:]:
        name, version = re.match(r"([A-Za-z0-9._-]+)==([^\s;\\]+)", block).groups()  # type: ignore[union-attr]
        found[plain(name), version] = re.findall(r"sha256:([0-9a-f]{64})", block)
    return found


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def licence(about: metadata.PackageMetadata) -> str:
    """The licence as the package states it: an expression, else its classifiers, else a short field."""
    if about.get("License-Expression"):
        return str(about["License-Expression"])
    tags = [
        tag.rpartition(" :: ")[2]
        for tag in about.get_all("Classifier") or []
        if tag.startswith("License ::") and not tag.endswith("OSI Approved")
    ]
    return " AND ".join(sorted(tags)) or str(about.get("License") or "").strip().split("\n")[0][:80]


def installed() -> dict[str, metadata.PackageMetadata]:
    return {plain(d.metadata["Name"]): d.metadata for d in metadata.distributions()}


def components() -> list[dict[str, Any]]:
    """One component for each locked package, in order of name; those for other systems say so."""
    here, out = installed(), []
    for (name, version), hashes in sorted(locked((ROOT / "requirements.lock").read_text()).items()):
        about = here.get(name)
        same = about is not None and about["Version"] == version
        one: dict[str, Any] = {
            "type": "library",
            "bom-ref": f"pkg:pypi/{name}@{version}",
            "name": name,
            "version": version,
            "purl": f"pkg:pypi/{name}@{version}",
            "scope": "required" if same else "optional",
            "properties": [{"name": "lock:sha256", "value": value} for value in sorted(hashes)],
        }
        if about is not None:
            one["licenses"] = [{"license": {"name": licence(about) or "not stated"}}]
        out.append(one)
    about_bundle = ROOT / "timeline" / "reporting" / "static" / "bundle.json"
    if about_bundle.exists():
        bundle = json.loads(about_bundle.read_text())
        purl = f"pkg:npm/{bundle['package']}@{bundle['version']}"
        out.append({"type": "library", "bom-ref": purl, "name": bundle["package"], "version": bundle["version"], "purl": purl, "scope": "required", "licenses": [{"license": {"id": "MIT"}}]})  # fmt: skip
    return out


def bill() -> dict[str, Any]:
    about = installed().get(PROJECT)
    version = about["Version"] if about is not None else "0"
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "name": PROJECT, "version": version, "licenses": [{"license": {"id": "MIT"}}]}
        },
        "components": components(),
    }  # fmt: skip


if __name__ == "__main__":
    json.dump(bill(), sys.stdout, indent=1, sort_keys=True)
    print()
