"""The one error that a user's input can raise: a clear sentence that says what, where and what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from numbers import Integral
from os import PathLike
from pathlib import Path
from types import NoneType
from typing import Any, NamedTuple


class InputError(ValueError):
    """Input that cannot be used: a message is one sentence with file and line where there is one, on a line of its own.

    The command line prints it and exits with code 2; from Python it is an ordinary ValueError.
    """

    def __init__(self, *messages: str) -> None:
        super().__init__("\n".join(re.sub(r"\s*\n\s*", " ", one) for one in messages))


class Kind(NamedTuple):
    """What an argument may be: its types, and that in words."""

    types: tuple[type, ...]
    words: str


TEXT = Kind((str,), "text")
WHOLE = Kind((Integral,), "a whole number")
FLAG = Kind((bool,), "True or False")
PATH = Kind((str, PathLike), "a path as text or Path")
CALL = Kind((Callable,), "a function")  # type: ignore[arg-type]
MANY = Kind((Iterable,), "a list")
TABLE = Kind((Mapping,), "a dict")


def expect(**arguments: tuple[Any, Kind]) -> None:
    """Nothing, if each argument of a public function is of its kind, or is None and has that as default.

    >>> expect(line=(900, WHOLE), title=(5, TEXT))
    Traceback (most recent call last):
    timeline.errors.InputError: title is 5 (int); give text

    Raises InputError as `require` does.
    """
    for name, (value, kind) in arguments.items():
        require(value, kind.types, name, kind.words)


def maybe(kind: Kind) -> Kind:
    """That kind, or None."""
    return Kind((*kind.types, NoneType), f"{kind.words} or None")


def require(value: Any, kinds: type | tuple[type, ...], name: str, what: str) -> None:
    """Nothing, if `value` is of one of these kinds.

    Raises InputError with the argument's name, the value and what to give.
    """
    if not isinstance(value, kinds):
        kind = type(value).__name__
        shown = (
            f"{value!r} ({kind})"
            if isinstance(value, int | float | str | bytes | Path)
            else f"a {kind}"
        )
        raise InputError(f"{name} is {shown[:100]}; give {what}")
