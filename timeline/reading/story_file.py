"""A story's own settings from `story.toml`: title, language, landmarks; checked key by key, with lines."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from timeline.dates import parse_edtf
from timeline.errors import InputError
from timeline.reading.formats import lines_of

KEYS = ("title", "language", "published", "landmarks")


@dataclass(frozen=True)
class StorySettings:
    """What a story says about itself.

    `landmarks`: name -> date in EDTF, the named dates that expressions may count from.
    `published`: ISO date for articles that state none, or empty.
    """

    title: str = ""
    language: str = "en"
    published: str = ""
    landmarks: Mapping[str, str] = field(default_factory=dict)


def read_settings(path: Path) -> StorySettings:
    """The settings in the TOML file `path`.

    Raises InputError with file and line for broken TOML, an unknown key, or a landmark without a date.
    """
    text = lines_of(path)
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a TOMLDecodeError, or a number too long
        line = re.search(r"line (\d+)", str(error))
        raise InputError(
            f"{path}:{line.group(1) if line else 1}: broken TOML ({error}); a line is key = 'value', with both quotation marks"
        ) from None
    for key in table:
        if key not in KEYS:
            raise InputError(
                f"{path}:{_line(text, key)}: unknown key {key!r}; allowed are {', '.join(KEYS)}"
            )
    for key in ("title", "language"):
        if not isinstance(table.get(key, ""), str):
            raise InputError(f"{path}:{_line(text, key)}: {key} must be text in quotes")
    landmarks = table.get("landmarks", {})
    if not isinstance(landmarks, dict):
        raise InputError(
            f'{path}:{_line(text, "landmarks")}: landmarks must be a table of "name" = "date" lines'
        )
    for name, value in landmarks.items():
        check_landmark(name, value, f"{path}:{_line(text, name)}")
    return StorySettings(
        title=table.get("title", ""),
        language=table.get("language", "en"),
        published=str(table.get("published", "")),
        landmarks={name: str(value) for name, value in landmarks.items()},
    )


def check_landmark(name: str, value: object, where: str) -> None:
    """Nothing, if `value` is a date that can be counted from.

    Raises InputError naming the landmark and `where`.
    """
    try:
        parse_edtf(str(value))
    except ValueError:
        raise InputError(
            f'{where}: landmark {name!r} has no usable date {value!r}; write a day, month or year, as "2009-01-20"'
        ) from None


def _line(text: str, key: str) -> int:
    for number, line in enumerate(text.split("\n"), 1):
        if re.match(rf"\s*\[?[\"']?{re.escape(key)}", line):
            return number
    return 1
