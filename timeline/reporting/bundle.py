"""plotly.js for a page: packed once, with the hash that a strict policy needs. No network here."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

STATIC = Path(__file__).parent / "static"
BASIC_TRACES = ("scatter", "bar", "pie")

LICENCE = """The MIT License (MIT)

Copyright (c) 2016-2026 Plotly Technologies Inc.

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and \
associated documentation files (the "Software"), to deal in the Software without restriction, \
including without limitation the rights to use, copy, modify, merge, publish, distribute, \
sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is \
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or \
substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT \
NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND \
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, \
DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, \
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


class Bundle(NamedTuple):
    """plotly.js ready to be put into a page: `packed` is gzip in base64, `sha256` is of its text."""

    name: str
    version: str
    licence: str
    packed: str
    sha256: str


@lru_cache(maxsize=2)
def plotly_bundle(*, full: bool = False) -> Bundle:
    """The basic plotly.js bundle that the build fetched, or the installed plotly's full one.

    `full`: take the full one, for figures with traces other than scatter, bar and pie. It is also
    what a page gets when the build had no npm (twice to three times the size, the same pictures).

    >>> plotly_bundle(full=True).name
    'plotly.js'
    """
    about = STATIC / "bundle.json"
    packed = STATIC / "plotly-basic.min.js.gz"
    if not full and about.exists() and packed.exists():
        facts = json.loads(about.read_text(encoding="utf-8"))
        text = base64.b64encode(packed.read_bytes()).decode()
        return Bundle(facts["package"], facts["version"], facts["licence"], text, facts["sha256"])
    from plotly.offline import get_plotlyjs, get_plotlyjs_version

    script = get_plotlyjs().encode()
    text = base64.b64encode(gzip.compress(script, 9, mtime=0)).decode()
    return Bundle("plotly.js", get_plotlyjs_version(), LICENCE, text, sha256(script))


def pack(text: str) -> str:
    """`text` as gzip in base64, the same bytes each time, for the page's `unpack`."""
    return base64.b64encode(gzip.compress(text.encode(), 9, mtime=0)).decode()


def sha256(data: bytes | str) -> str:
    """The base64 SHA-256 that a Content-Security-Policy names an inline script or style by."""
    if isinstance(data, str):
        data = data.encode()
    return base64.b64encode(hashlib.sha256(data).digest()).decode()


def policy(*, scripts: list[str], styles: list[str] | None, images: str = "blob:") -> str:
    """A Content-Security-Policy that allows these inline texts by hash and no request at all.

    `scripts`: SHA-256 hashes; `styles`: the texts of the style elements, None for any. The empty style
    is plotly's own; style attributes are what it positions its drawing with.
    """
    allowed_scripts = " ".join(f"'sha256-{one}'" for one in scripts) or "'none'"
    allowed_styles = "'unsafe-inline'"
    if styles is not None:
        allowed_styles = " ".join(f"'sha256-{sha256(one)}'" for one in ["", *styles])
    return (
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
        f"script-src {allowed_scripts}; style-src-elem {allowed_styles}; "
        f"style-src-attr 'unsafe-inline'; img-src {images}"
    )
