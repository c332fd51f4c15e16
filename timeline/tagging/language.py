"""One language's tables: vocabularies and rules read from TOML and compiled. Knows no article and no date."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from timeline.errors import InputError
from timeline.tagging.classes import class_words
from timeline.tagging.classes import plain as plain_word
from timeline.tagging.numerals import READERS
from timeline.tagging.requirements import requirements

FOLDER = Path(__file__).parent / "rules"
_GROUP = re.compile(r"\(\?P<(\w+)>")
# Rules see a run of words with digits as 0, blanks as " " and apostrophes straight.
SHAPE = str.maketrans("123456789\n\r\t\xa0’", "000000000    '")
_PLACE = re.compile(r"\{([a-z]\w*)(?:=(\w+))?\}")
_FILL = re.compile(r"\{([a-z]\w*)(:\w+)?(?:\|([^}]*))?\}")
_SOLO_SPACE = re.compile(r"\[[^\]]*\]|\\.| \??")
_LITERAL_WORD = re.compile(r"(?<![\\\w<])[^\W\d_]+\??")
_CONTEXT = ("left", "not_left", "right", "not_right")
_KEYS = {"id", "pattern", "value", "spans", "type", "mod", "anchor", "examples", "rejects", *_CONTEXT}  # fmt: skip


class Rule(NamedTuple):
    """One rule: where it looks (`needs`), what it matches, and the partial that it builds.

    Its patterns are kept as text: `compiled` makes them when a text first has the words for them.
    """

    id: str
    pattern: str
    parts: tuple[tuple[str, tuple], ...]  # group that is the expression ("" for all), template
    readers: dict[str, Callable[[str], str | None]]
    type: str
    mod: str
    anchor: str
    context: tuple[tuple[str, bool, str], ...]  # side, wanted or not, regex next to it
    needs: frozenset[str]
    requires: tuple[frozenset[str], ...]
    examples: tuple
    rejects: tuple


class Language(NamedTuple):
    """Everything that is particular to one language."""

    code: str
    rules: tuple[Rule, ...]
    classes: dict[str, str]  # word, digits as 0 -> class character
    strong: re.Pattern[str]  # class characters that a rule may start from
    words: dict[str, dict[str, str]]  # plain word lists: tense, speech, prepositions, ...
    abbreviations: frozenset[str]
    endings: frozenset[str]  # last two letters of a regular verb in the past
    select: Callable[[str], tuple[Rule, ...]]


def _spaced(pattern: str) -> str:
    """The pattern with each space outside brackets standing for any run of blanks."""
    return _SOLO_SPACE.sub(lambda m: {" ": " +", " ?": " *"}.get(m[0], m[0]), pattern)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A rule's pattern or condition as a regex.

    Raises InputError if it is none.
    """
    try:
        return re.compile(pattern)
    except re.error as error:
        raise InputError(f"a rule's pattern is no regex: {error} in {pattern[:200]!r}") from error


def _entry(word: str) -> str:
    """A vocabulary word as a regex; with a capital it is matched as written only."""
    escaped = re.sub(r"\d", r"\\d", re.escape(word).replace("\\ ", " ")).replace("'", "['’]")
    escaped = _spaced(escaped)
    return f"(?-i:{escaped})" if word != word.lower() else escaped


class _Vocabulary:
    """One table: its regex, and how a matched word is read."""

    def __init__(self, name: str, table: dict[str, list[str]] | str) -> None:
        if isinstance(table, str):  # a pattern read by a function of the same name
            self.pattern, self.words = table, []
            self.read: Callable[[str], str | None] = READERS[name]
            return
        self.words = [w for words in table.values() for w in words]
        order = sorted(self.words, key=lambda w: (-len(w), w))
        self.pattern = "|".join(_entry(w) for w in order)
        lookup = {plain_word(w): value for value, words in table.items() for w in words}
        self.read = lambda text: lookup.get(plain_word(text))


def _template(text: str, rule: str, groups: list[str]) -> tuple:
    """A value template as (literal, group, default) triples."""
    out, at = [], 0
    for m in _FILL.finditer(text):
        if m[1] not in groups:
            raise InputError(
                f"rule {rule!r}: value names the group {m[1]!r}, its pattern has {sorted(groups)}"
            )
        out.append((text[at : m.start()], m[1] + (m[2] or ""), m[3]))
        at = m.end()
    return (*out, (text[at:], "", None))


def _compile(entry: dict, needs: frozenset[str], vocabularies: dict[str, _Vocabulary]) -> Rule:
    """One TOML entry as a Rule. Raises InputError naming what is missing, unknown or malformed."""
    name = entry.get("id", "?")
    if unknown := set(entry) - _KEYS:
        raise InputError(
            f"rule {name!r} has unknown keys {sorted(unknown)}; allowed: {sorted(_KEYS)}"
        )
    for key in ("id", "pattern", "examples", "rejects"):
        if not entry.get(key):
            raise InputError(f"rule {name!r} has no {key!r}; every rule needs one")
    readers: dict[str, Callable[[str], str | None]] = {}

    def place(m: re.Match[str]) -> str:
        group, table = m[1], m[2] or m[1]
        if table not in vocabularies:
            raise InputError(
                f"rule {name!r}: no vocabulary {table!r}; there are {sorted(vocabularies)}"
            )
        readers[group] = vocabularies[table].read
        return f"(?P<{group}>{vocabularies[table].pattern})"

    source = _PLACE.sub(place, _spaced(entry["pattern"]))
    pattern = rf"(?i)(?<!\w)(?:{source})(?!\w)"
    values = entry.get("spans") or {"": entry["value"]}
    groups = _GROUP.findall(source)
    parts = tuple((span, _template(value, name, groups)) for span, value in values.items())
    context = tuple(
        (key.removeprefix("not_"), not key.startswith("not_"), entry[key])
        for key in _CONTEXT
        if key in entry
    )
    kind, mod, anchor = (entry.get(key, "") for key in ("type", "mod", "anchor"))
    requires = _known(entry["pattern"], vocabularies)
    examples, rejects = tuple(entry["examples"]), tuple(entry["rejects"])
    return Rule(
        name,
        pattern,
        parts,
        readers,
        kind,
        mod,
        anchor,
        context,
        needs,
        requires,
        examples,
        rejects,
    )


_DIGITS = frozenset(("digits", "year", "nth", "clock", "era", "mark"))
_SPELT = {  # what a table that is a pattern needs: a word in digits of that kind; n and nth may be words
    "year": frozenset(("year",)), "full_year": frozenset(("year",)), "recent_year": frozenset(("year",)), "old_year": frozenset(("year",)),
    "hhmm": frozenset(("year",)), "ymd": frozenset(("compact",)), "decade": frozenset(("year", "nth")), "n": frozenset(), "nth": frozenset(), "hour_word": frozenset(), "lengths": frozenset(),
}  # fmt: skip


def _known(pattern: str, vocabularies: dict[str, _Vocabulary]) -> tuple[frozenset[str], ...]:
    """The requirements of a pattern in terms of the tables and words that a run is known to hold."""
    out = []
    for need in requirements(pattern):
        kinds: set[str] = set()
        for name in need:
            vocabulary = vocabularies.get(name)
            if vocabulary is None or vocabulary.words:
                kinds.add(name)
            elif not (spelt := _SPELT.get(name, _DIGITS)):
                break
            else:
                kinds |= spelt
        else:
            out.append(frozenset(kinds))
    return tuple(out)


def _literal_words(pattern: str) -> Iterator[str]:
    """The words of a rule's own in its pattern; of one whose last letter may be missing, both forms."""
    bare = _PLACE.sub(" ", re.sub(r"\(\?P?<\w+>|\(\?-?i:|\\.", " ", pattern))
    for word in _LITERAL_WORD.findall(bare):
        yield (whole := word.lower().rstrip("?"))
        if word.endswith("?"):
            yield whole[:-1]


def _read_toml(path: Path) -> dict:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path.name}: {error}") from error


def languages() -> list[str]:
    """Codes of the languages that there are tables for, sorted."""
    return sorted(p.name for p in FOLDER.iterdir() if p.is_dir())


@cache
def load_language(code: str) -> Language:
    """The compiled tables of a language.

    Raises InputError naming the file or rule that is malformed, or the languages there are.
    """
    if code not in languages():
        raise InputError(f"no rules for the language {code!r}; there are {', '.join(languages())}")
    base = _read_toml(FOLDER / code / "vocabulary.toml")
    plain = base.pop("words")
    vocabularies = {name: _Vocabulary(name, table) for name, table in base.items()}
    rules: dict[str, Rule] = {}
    common = {*plain["glue"], *plain.pop("common", ())}
    for path in sorted((FOLDER / code).glob("*.toml")):
        if path.stem == "vocabulary":
            continue
        data = _read_toml(path)
        for entry in data["rule"]:
            rule = _compile(entry, frozenset(data["needs"]), vocabularies)
            if rule.id in rules:
                raise InputError(f"{path.name}: the rule id {rule.id!r} is used twice")
            rules[rule.id] = rule
            plain["glue"] += _literal_words(entry["pattern"])
    ordered = tuple(rules[name] for name in sorted(rules))
    entries = {name: vocabulary.words for name, vocabulary in vocabularies.items()}
    classes, strong, select = class_words(entries, set(plain.pop("glue")), common, ordered)
    words = {
        name: {word: kind for kind, listed in table.items() for word in listed}
        for name, table in plain.items()
        if isinstance(table, dict)
    }
    short = frozenset(plain.get("abbreviations", ()))
    endings = frozenset(plain.get("past_endings", ()))
    return Language(code, ordered, classes, strong, words, short, endings, select)
