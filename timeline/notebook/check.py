"""Answers to the classroom's exercises, understood in any usual form and replied to kindly.

May not raise for an answer: whatever is given, the reply says what to do next.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from timeline.dates import Period, TimeValue, parse_edtf, relation
from timeline.dates.wording import WEEKDAYS
from timeline.errors import TEXT, InputError, expect
from timeline.exchange.cells import read_own
from timeline.schema import ARTICLES, rows_frame
from timeline.tagging import tag

Value = TimeValue | Period
CALENDAR_DATE = re.compile(r"\d{4}|XXXX-\d\d")  # a partial that words like "Wednesday" lack
FORM = "Write it like 2014-11-05 or 5 November 2014."
AT_A_LOSS = re.compile(r"(i )?(do not|don.?t) know|(i have )?no idea|(i am |i.m )?not sure|dunno|idk|help|\?+", re.I)  # fmt: skip


@dataclass(frozen=True)
class Reply:
    """What `check` found, shown as its message. `right`: None where there was no answer to judge."""

    right: bool | None
    message: str

    def __bool__(self) -> bool:
        return bool(self.right)

    def __repr__(self) -> str:
        return self._verdict + self.message

    def _repr_html_(self) -> str:
        return f"<p><strong>{self._verdict}</strong>{escape(self.message)}</p>"

    @property
    def _verdict(self) -> str:
        return {True: "Right. ", False: "Not yet. ", None: ""}[self.right]


def check(name: str, answer: Any = ...) -> Reply:
    """Whether `answer` solves the exercise `name`, with a hint if it does not.

    `answer`: a date in any form ("2014-11-05", "5 Nov", "05.11.2014", a date object), or the word that
    the exercise asks for; left out, empty or dots, the reply is the question; "don't know" gets a hint.
    Returns a Reply: true or false, and shown as its message.
    Raises InputError for a name that is no exercise, listing those that there are.

    >>> check("wednesday", "2014-11-05")
    Right. The verb is in the past, so it is the last Wednesday before the article came out.
    >>> bool(check("wednesday", "2014-11-12"))
    False
    """
    expect(name=(name, TEXT))
    exercise = exercises().get(name)
    if exercise is None:
        raise InputError(f"no exercise {name!r}; there are {', '.join(exercises())}")
    said = "" if answer is ... or answer is None else " ".join(str(answer).split())
    if not said.strip(".… "):
        return Reply(None, exercise["question"])
    if AT_A_LOSS.fullmatch(said.strip(" .!")):
        return Reply(None, f"Then a hint: {exercise['hint']}")
    if "choices" in exercise:
        return _check_choice(exercise, said)
    if isinstance(answer, int | float):
        return Reply(None, f"Put your answer between quotation marks. {FORM}")
    value, trouble = understand(answer, exercise["published"])
    return _check_date(exercise, said, value) if value else Reply(None, trouble)


@cache
def exercises() -> dict[str, dict[str, Any]]:
    """The exercises by name, as `exercises.toml` has them."""
    return tomllib.loads((files("timeline.notebook") / "exercises.toml").read_text("utf-8"))


def understand(answer: Any, published: str) -> tuple[Value | None, str]:
    """The date that an answer means, read as in an article of day `published`; or None and why not."""
    if isinstance(answer, datetime.date) or hasattr(answer, "isoformat"):
        answer = answer.isoformat()[:10]
    if isinstance(answer, TimeValue | Period):
        return answer, ""
    said = " ".join(str(answer).strip(" .!?\"'“”").split())[:200]
    try:
        if value := read_own(said, ranges=False):
            return value, ""
    except InputError:
        return None, f"{said!r} can be read in more than one way, or in none. {FORM}"
    found = tag(rows_frame(ARTICLES, [{"article_id": "answer", "dct": published, "text": said}]))
    dated = found[found["edtf"] != ""]
    if dated.empty:
        return None, f"I cannot read a date in {said!r}. {FORM}"
    if len(dated) > 1:
        return None, f"I read more than one date in {said!r}. Give one."
    if not CALENDAR_DATE.match(dated["partial"].iloc[0]):
        return None, f"{said!r} is what an article may say. Which date is it? {FORM}"
    return parse_edtf(dated["edtf"].iloc[0]), ""


def _check_choice(exercise: dict[str, Any], said: str) -> Reply:
    reply = exercise["choices"].get(said.casefold().strip(" .!"))
    if reply is None:
        return Reply(None, exercise["hint"])
    return Reply(reply == "", reply or exercise["why"])


def _check_date(exercise: dict[str, Any], said: str, value: Value) -> Reply:
    right = parse_edtf(exercise["answer"])
    how = relation(value, right)
    clear = said == value.edtf or said.casefold() in value.words().casefold()
    read = "" if clear else f"I read {said!r} as {value.words()}. "
    if how == "equal":
        return Reply(True, read + exercise["why"])
    for wrong, hint in exercise.get("hints", {}).items():
        if relation(value, parse_edtf(wrong)) == "equal":
            return Reply(False, read + hint)
    if how == "within":
        return Reply(False, f"{read}That is finer than the words allow. {exercise['hint']}")
    if how == "contains":
        return Reply(False, f"{read}True, but the words say more. {exercise['hint']}")
    return Reply(False, read + _too(value, how) + exercise["hint"])


def _too(value: Value, how: str) -> str:
    if how not in ("before", "after") or value.start is None:
        return ""
    late = "too early" if how == "before" else "too late"
    if isinstance(value, TimeValue) and value.granularity == "day":
        day = WEEKDAYS[value.start.astype("datetime64[D]").item().weekday()]
        return f"{value.words()} is a {day}, and it is {late}. "
    return f"That is {late}. "
