"""Which files a story is made of: folders, files and globs to a sorted list; reads no article."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterable, Iterator, Sequence, Set
from os import PathLike
from pathlib import Path

from timeline.errors import PATH, InputError, require

SUFFIXES = (".txt", ".md", ".html", ".htm", ".jsonl", ".csv", ".parquet")
OWN_REPORT = b'content="story-timeline'
NOT_ARTICLES = ("readme", "license", "licence", "origin", "changelog")
MOST_BYTES = 256 * 1024 * 1024

Paths = str | PathLike[str] | Iterable[str | PathLike[str]]


def find_files(paths: Paths) -> tuple[list[Path], list[tuple[str, str]]]:
    """Article files in sorted order, and (file, why) for each file that was passed over.

    A folder is searched with its subfolders; with a `story.toml` only its `articles/` is. Links that
    leave the folder, files too large, and kinds that cannot be read are passed over and named.
    Raises InputError if a path does not exist or may not be read, or if there is no article at all.
    """
    try:
        return _find(paths)
    except OSError as error:
        name = str(error.filename or paths)[:200]
        raise InputError(f"{name}: cannot be read: {error.strerror or error}") from None


def given_paths(paths: Paths) -> list[str | PathLike[str]]:
    """The paths that were given, one or several. Raises InputError, naming what is none."""
    what = f"{PATH.words}, or a list of them"
    require(paths, (str, PathLike, Sequence, Set, Iterator), "paths", what)
    given = [paths] if isinstance(paths, str | PathLike) else list(paths)
    for path in given:
        require(path, PATH.types, "paths", what)
    return given


def _find(paths: Paths) -> tuple[list[Path], list[tuple[str, str]]]:
    given = given_paths(paths)
    if not given:
        raise InputError(
            "no articles were given: name a folder, a file or a pattern such as 'news/*.txt'"
        )
    found: dict[Path, None] = {}
    passed_over: list[tuple[str, str]] = []
    for one in given:
        for path in expand(one):
            if path.is_dir():
                inside, left = _search(path)
                found.update(dict.fromkeys(inside))
                passed_over += left
            else:
                _check_file(path)
                found[path] = None
    if not found:
        named = ", ".join(repr(str(one)) for one in given)
        seen = f"; passed over: {passed_over[0][0]} ({passed_over[0][1]})" if passed_over else ""
        raise InputError(f"no articles in {named}: put {', '.join(SUFFIXES)} files there{seen}")
    return sorted(found, key=lambda path: path.as_posix()), passed_over


def expand(one: str | PathLike[str]) -> list[Path]:
    """The paths that a name or pattern stands for; raises InputError if there is none."""
    if not str(one):
        raise InputError(
            "an empty name is no path: name a folder, a file or a pattern such as 'news/*.txt'"
        )
    path = Path(one)
    if path.exists():
        return [path]
    matches = sorted(glob.glob(str(one), recursive=True)) if glob.has_magic(str(one)) else []
    if not matches:
        raise InputError(
            f"{str(one)!r} does not exist: name a folder, a file or a pattern such as 'news/*.txt'"
        )
    return [Path(match) for match in matches]


def _search(folder: Path) -> tuple[list[Path], list[tuple[str, str]]]:
    root = folder / "articles" if (folder / "story.toml").is_file() else folder
    if not root.is_dir():
        raise InputError(
            f"{folder} has a story.toml but no folder 'articles': put the articles there"
        )
    if root != folder and folder.resolve() not in root.resolve().parents:
        raise InputError(
            f"{root} is a link that leaves the folder; copy the articles in, or name them instead"
        )
    os.scandir(root).close()  # rglob would take a folder that may not be read for an empty one
    top, found, left = root.resolve(), [], []
    for path in sorted(root.rglob("*")):
        inner = path.relative_to(root)
        if any(part.startswith(".") for part in inner.parts):
            continue
        if path.is_dir() and not path.is_symlink():
            if not os.access(path, os.R_OK | os.X_OK):
                left.append((str(path), "a folder that is not yours to read"))
            continue
        if path.stem.lower() in NOT_ARTICLES:
            continue
        why = _why_not(path, top)
        if why:
            left.append((str(path), why))
        else:
            found.append(path)
    return found, left


def _why_not(path: Path, top: Path) -> str:
    if path.is_symlink() and top not in Path(os.path.realpath(path)).parents:
        return "it is a link that leaves the folder; copy the file in"
    if path.is_dir():
        return "it is a link to a folder, which is not followed; name that folder too"
    if path.suffix.lower() not in SUFFIXES:
        return f"not a kind that can be read; allowed are {', '.join(SUFFIXES)}"
    try:
        return _refusal(path)
    except OSError as error:
        return f"cannot be read: {error.strerror}"


def _check_file(path: Path) -> None:
    why = _refusal(path)
    if not why and path.suffix.lower() not in SUFFIXES:
        why = f"not a kind that can be read; allowed are {', '.join(SUFFIXES)}"
    if why:
        raise InputError(f"{path}: {why}")


def _refusal(path: Path) -> str:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        return "not an ordinary file"
    if status.st_size > MOST_BYTES:
        return f"larger than {MOST_BYTES // 1024**2} MB; split it, or give it as .parquet to `timeline archive`"
    if path.suffix.lower() in (".html", ".htm"):
        with path.open("rb") as page:
            if OWN_REPORT in page.read(4096):
                return "a report of this program, not an article; keep reports in another folder"
    return ""
