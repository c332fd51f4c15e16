"""One language's tables: vocabularies and rules read from TOML and compiled. Knows no article and no date."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from timeline.errors import InputError
from timeline.tagging.numerals import READERS
from timeline.tagging.requirements import requirements

FOLDER = Path(__file__).parent / "rules"
NOTHING = "x"  # the class of a word that no rule knows
MARKED = "#"  # the class of digits beside a sign that makes them a time or date: 10:57, 7/8/07, '39
SPACE = r"(?:(?:\r?\n|[ \t\xa0])[ \t\xa0]{0,3})"
_PLACE = re.compile(r"\{([a-z]\w*)(?:=(\w+))?\}")
_FILL = re.compile(r"\{([a-z]\w*)(:\w+)?(?:\|([^}]*))?\}")
_SOLO_SPACE = re.compile(r"\[[^\]]*\]|\\.| ")
_LITERAL_WORD = re.compile(r"(?<![\\\w<])[^\W\d_]+\??")
_KEYS = {
    "id",
    "pattern",
    "value",
    "spans",
    "type",
    "mod",
    "anchor",
    "left",
    "not_left",
    "right",
    "not_right",
} | {
    "examples",
    "rejects",
}
_NUMERIC = ["", "st", "nd", "rd", "th", "s", "am", "pm", "h", "hr", "hrs", "bc", "ad", "z", "t", "er", "e"]  # fmt: skip


class Rule(NamedTuple):
    """One rule: where it looks (`needs`), what it matches, and the partial that it builds."""

    id: str
    pattern: re.Pattern[str]
    parts: tuple[tuple[str, tuple], ...]  # group that is the expression ("" for all), template
    readers: dict[str, Callable[[str], str | None]]
    type: str
    mod: str
    anchor: str
    context: tuple[tuple[str, bool, re.Pattern[str]], ...]  # side, wanted or not, regex next to it
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
    select: Callable[[str], tuple[Rule, ...]]


def _spaced(pattern: str) -> str:
    """The pattern with each space outside brackets standing for any short run of blanks."""
    return _SOLO_SPACE.sub(lambda m: SPACE if m[0] == " " else m[0], pattern)


def _entry(word: str) -> str:
    """A vocabulary word as a regex; with a capital it is matched as written only."""
    escaped = re.sub(r"\d", r"\\d", re.escape(word).replace("\\ ", " ")).replace("'", "['’]")
    escaped = _spaced(escaped)
    return f"(?-i:{escaped})" if word != word.lower() else escaped


def _plain(word: str) -> str:
    """A vocabulary word as it is looked up: lower case, single spaces, straight quotes."""
    return " ".join(word.lower().replace("’", "'").split())


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
        lookup = {_plain(w): value for value, words in table.items() for w in words}
        self.read = lambda text: lookup.get(_plain(text))


def _template(text: str, rule: str, groups: Mapping[str, int]) -> tuple:
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
    try:
        pattern = re.compile(rf"(?<![\w])(?:{source})(?![\w])", re.IGNORECASE)
    except re.error as error:
        raise InputError(f"rule {name!r}: {error} in its pattern") from error
    values = entry.get("spans") or {"": entry["value"]}
    parts = tuple(
        (span, _template(value, name, pattern.groupindex)) for span, value in values.items()
    )
    context = tuple(
        (key.removeprefix("not_"), not key.startswith("not_"), re.compile(entry[key]))
        for key in ("left", "not_left", "right", "not_right")
        if key in entry
    )
    return Rule(
        name,
        pattern,
        parts,
        readers,
        entry.get("type", ""),
        entry.get("mod", ""),
        entry.get("anchor", ""),
        context,
        needs,
        _known(entry["pattern"], vocabularies),
        tuple(entry["examples"]),
        tuple(entry["rejects"]),
    )


_DIGITS = frozenset(("digits", "year", "nth", "clock", "era", "mark"))
_SPELT = {  # what a table that is a pattern needs: a word in digits of that kind; n and nth may be words
    "year": frozenset(("year",)), "recent_year": frozenset(("year",)), "old_year": frozenset(("year",)),
    "hhmm": frozenset(("year",)), "decade": frozenset(("year", "nth")), "n": frozenset(), "nth": frozenset(), "hour_word": frozenset(),
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
    for path in sorted((FOLDER / code).glob("*.toml")):
        if path.stem == "vocabulary":
            continue
        data = _read_toml(path)
        for entry in data["rule"]:
            rule = _compile(entry, frozenset(data["needs"]), vocabularies)
            if rule.id in rules:
                raise InputError(f"{path.name}: the rule id {rule.id!r} is used twice")
            rules[rule.id] = rule
            for word in _LITERAL_WORD.findall(
                _PLACE.sub(" ", re.sub(r"\(\?P?<\w+>|\(\?-?i:|\\.", " ", entry["pattern"]))
            ):
                plain.setdefault("glue", []).extend(
                    (
                        word.lower().rstrip("?"),
                        word.lower().rstrip("?")[: -1 if word.endswith("?") else None],
                    )
                )
    return _assemble(code, tuple(rules[k] for k in sorted(rules)), vocabularies, plain)


def _assemble(
    code: str, rules: tuple[Rule, ...], vocabularies: dict[str, _Vocabulary], plain: dict
) -> Language:
    """The word classes: which tables each word belongs to, one character for each combination."""
    member: dict[str, set[str]] = {}
    for name, vocabulary in vocabularies.items():
        for entry in vocabulary.words:
            tokens = re.findall(r"\w+", re.sub(r"\d", "0", _plain(entry)))
            key = max(tokens, key=len)
            for token in tokens:
                member.setdefault(token, set()).add(name if token == key else "glue")
    for word in plain.pop("glue"):
        member.setdefault(word, set()).add("glue")
    for suffix in _NUMERIC:
        for digits in ("0", "00", "000", "0000"):
            kind = "year" if len(digits) == 4 or (suffix == "s" and len(digits) > 1) else "digits"
            if suffix in ("st", "nd", "rd", "th", "er", "e"):
                kind = "nth"
            elif suffix in ("am", "pm", "h", "hr", "hrs"):
                kind = "clock"
            elif suffix in ("bc", "ad"):
                kind = "era"
            kinds = {kind, "meridiem"} if suffix in ("am", "pm") else {kind}
            member.setdefault(digits + suffix, set()).update(kinds)
    for word in ("fy0000", "fy00", "00t00", "0000q0"):
        member[word] = {"year", "quarter"}
    literal = {
        name[1:] for rule in rules for need in rule.requires for name in need if name[0] == "="
    }
    for word in literal:
        member.setdefault(word, set()).add(f"={word}")
    codes: dict[frozenset[str], str] = {}
    for names in member.values():
        codes.setdefault(frozenset(names), chr(0x100 + len(codes)))
    classes = {word: codes[frozenset(names)] for word, names in member.items()}
    needed: frozenset[str] = frozenset().union(*(rule.needs for rule in rules))
    strong = "".join(c for kinds, c in codes.items() if kinds & needed)
    tables = {c: kinds for kinds, c in codes.items()} | {MARKED: frozenset(("digits", "mark"))}
    strong += MARKED if "mark" in needed else ""

    bits = {name: 1 << n for n, name in enumerate(sorted(set().union(*tables.values())))}

    def mask(names: frozenset[str]) -> int:
        return sum(bits.get(name, 0) for name in names)

    masks = {c: mask(names) for c, names in tables.items()}
    wants = [(mask(rule.needs), [mask(need) for need in rule.requires], rule) for rule in rules]

    @lru_cache(maxsize=20_000)
    def select(segment_classes: str) -> tuple[Rule, ...]:
        present = 0
        for c in segment_classes:
            present |= masks.get(c, 0)
        return tuple(
            [r for needs, musts, r in wants if needs & present and all(m & present for m in musts)]
        )

    words = {
        name: {w: kind for kind, ws in t.items() for w in ws}
        for name, t in plain.items()
        if isinstance(t, dict)
    }
    return Language(code, rules, classes, re.compile(f"[{strong}]"), words,
                    frozenset(plain.get("abbreviations", ())), select)  # fmt: skip
