"""Write a file whole or not at all; read a regular file of bearable size, and its text. Knows no formats."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from timeline.errors import PATH, InputError, expect


def as_path(path: str | os.PathLike[str], name: str = "path") -> Path:
    """The path. Raises InputError, naming the argument, for what is none."""
    expect(**{name: (path, PATH)})
    return Path(path)


def folder_of(out: str | os.PathLike[str]) -> Path:
    """The folder as an absolute path. Raises InputError for what is none."""
    try:
        folder = as_path(out, "out").resolve()
        os.fsencode(folder)
        if folder.exists() and not folder.is_dir():
            raise InputError(f"out is {str(out)!r}, which is no folder; name another")
    except (OSError, UnicodeError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"out is {out!r}, which cannot be a folder: {error}") from None
    return folder


def write_atomically(path: str | Path, data: bytes | str) -> Path:
    """The path of a file that now holds `data` (text as UTF-8, line ends untouched).

    The bytes go to a new file in the same folder, are flushed to disk, and take the name in one
    step: a reader, a crash or a full disk finds the old file or the new one, never half. A link is
    followed, so that it stays a link; an existing file keeps its permissions.
    Raises InputError naming the path and the reason; no temporary file is left.
    """
    as_path(path)
    raw = data.encode("utf-8", "replace") if isinstance(data, str) else data
    temporary: Path | None = None
    try:
        target = Path(os.path.realpath(path))
        if target.exists() and not target.is_file():
            raise OSError("it is not a regular file")
        handle, temporary = _open_beside(target)
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            temporary.chmod(target.stat().st_mode & 0o777)
        temporary.replace(target)
    except BaseException as error:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()
        if not isinstance(error, (OSError, ValueError)):
            raise
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"cannot write {str(path)!r}: {reason}; nothing was changed") from error
    return Path(path)


def read_file(path: str | Path, largest: int = 1_000_000_000) -> bytes:
    """The bytes of a regular file of at most `largest` bytes; a pipe or device is never opened.

    Raises InputError naming the path and the reason.
    """
    as_path(path)
    shown = str(path) if len(str(path)) <= 300 else f"{str(path)[:300]}..."
    try:
        if not Path(path).is_file():
            there = Path(path).exists()
            raise InputError(
                f"{shown}: {'is not a regular file' if there else 'there is no such file'}"
            )
        size = Path(path).stat().st_size
        if size > largest:
            raise InputError(f"{shown}: has {size:,} bytes, more than {largest:,}; split it")
        return Path(path).read_bytes()
    except InputError:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{shown}: cannot be read: {reason}") from error


def decode(raw: bytes, name: str) -> str:
    """The text of a file's bytes: UTF-8 with or without a mark, or marked UTF-16.

    Raises InputError with `name` and the line of the first byte that is neither.
    """
    marks = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig"))
    encoding = next(name for mark, name in marks if raw.startswith(mark))
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        line, byte = raw.count(b"\n", 0, error.start) + 1, raw[error.start]
        how = " (in Excel: CSV UTF-8)" if name.lower().endswith(".csv") else ""
        raise InputError(
            f"{name}:{line}: byte 0x{byte:02x} is not {encoding.removesuffix('-sig').upper()}; save the file as UTF-8{how}"
        ) from None


def _open_beside(target: Path) -> tuple[int, Path]:
    """A new file in the target's folder, opened for writing; its name is taken by nobody."""
    for n in range(100):
        temporary = target.with_name(f".{target.name[:80]}.{os.getpid()}-{n}.tmp")
        with contextlib.suppress(FileExistsError):
            return os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), temporary
    raise OSError("100 temporary files of earlier runs are in the way")
