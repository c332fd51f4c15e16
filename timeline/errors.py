"""The one error that a user's input can raise: a clear sentence that says what, where and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any


class InputError(ValueError):
    """Input that cannot be used: the message is one sentence with file and line where there is one.

    The command line prints it and exits with code 2; from Python it is an ordinary ValueError.
    """


def require(value: Any, kinds: type | tuple[type, ...], name: str, what: str) -> None:
    """Nothing, if `value` is of one of these kinds.

    Raises InputError with the argument's name, the value and what to give.

    >>> require(5, str, "title", "text")
    Traceback (most recent call last):
    timeline.errors.InputError: title is 5 (int); give text
    """
    if not isinstance(value, kinds):
        kind = type(value).__name__
        shown = (
            f"{value!r} ({kind})"
            if isinstance(value, int | float | str | bytes | Path)
            else f"a {kind}"
        )
        raise InputError(f"{name} is {shown[:100]}; give {what}")
