"""What must stand in a run of words for a rule to match it, read off the rule's pattern. Knows no text.

Only what is certain is used: parts that are not optional, words that are surely whole words. A rule whose
requirements a run does not meet is not tried on it; that changes speed, never what is found.
"""

from __future__ import annotations

import re

_NAME = re.compile(r"\{([a-z]\w*)(?:=(\w+))?\}")
_WORD = re.compile(r"[^\W\d_]+")
_OPEN = re.compile(r"\((?:\?(?:P<\w+>|-?i:|:))?")
Requirement = frozenset[str]  # one of these must be there: a table's name, or "=word"


def requirements(pattern: str) -> list[Requirement]:
    """The requirements of a rule's pattern, all of which must be met.

    >>> [sorted(r) for r in requirements("(?:about )?{n} {unit} (?:later|after)")]
    [['n'], ['unit'], ['=after', '=later']]
    """
    return _of_alternatives(pattern, True, True)


def _of_alternatives(pattern: str, bounded_left: bool, bounded_right: bool) -> list[Requirement]:
    parts = _split(pattern)
    found = [_of_sequence(part, bounded_left, bounded_right) for part in parts]
    if len(found) == 1:
        return found[0]
    if all(found):  # each alternative needs something: one of those must be there
        return [frozenset().union(*(min(f, key=len) for f in found))]
    return []


def _split(pattern: str) -> list[str]:
    """The alternatives at the top level of a pattern."""
    out, depth, start, i = [], 0, 0, 0
    while i < len(pattern):
        c = pattern[i]
        if c == "\\":
            i += 2
            continue
        if c == "[":
            i = _class_end(pattern, i)
            continue
        depth += (c == "(") - (c == ")")
        if c == "|" and not depth:
            out.append(pattern[start:i])
            start = i + 1
        i += 1
    return [*out, pattern[start:]]


def _class_end(pattern: str, i: int) -> int:
    end = pattern.index("]", i + 2)
    return end + 1


def _group_end(pattern: str, i: int) -> int:
    """Index of the parenthesis that closes the one at `i`."""
    depth = 0
    while i < len(pattern):
        c = pattern[i]
        if c == "\\":
            i += 2
            continue
        if c == "[":
            i = _class_end(pattern, i)
            continue
        depth += (c == "(") - (c == ")")
        if not depth:
            return i
        i += 1
    raise ValueError(pattern)


def _optional(pattern: str, i: int) -> bool:
    return pattern[i : i + 1] in ("?", "*") or pattern[i : i + 2] == "{0"


def _of_sequence(pattern: str, bounded_left: bool, bounded_right: bool) -> list[Requirement]:
    out: list[Requirement] = []
    i, size = 0, len(pattern)

    def edge(at: int, side: bool) -> bool:
        """Whether a word surely ends at this place: a blank or hyphen, or the bounded end of the pattern."""
        if at < 0 or at >= size:
            return side
        return pattern[at] in " -" and not _optional(pattern, at + 1)

    while i < size:
        c = pattern[i]
        if c == "\\":
            i += 2
        elif c == "[":
            i = _class_end(pattern, i)
        elif c == "{" and (m := _NAME.match(pattern, i)):
            if not _optional(pattern, m.end()):
                out.append(frozenset((m[2] or m[1],)))
            i = m.end()
        elif c == "(":
            end = _group_end(pattern, i)
            head = _OPEN.match(pattern, i)
            if (
                head
                and pattern[i : i + 2] + pattern[i + 2 : i + 3] not in ("(?=", "(?!", "(?<")
                and not _optional(pattern, end + 1)
            ):
                out += _of_alternatives(
                    pattern[head.end() : end],
                    edge(i - 1, bounded_left),
                    edge(end + 1, bounded_right),
                )
            i = end + 1
        elif m := _WORD.match(pattern, i):
            last = m.end()
            loose = _optional(pattern, last)
            if edge(i - 1, bounded_left) and (edge(last + loose, bounded_right)):
                word = m[0].lower()
                out.append(
                    frozenset(
                        (f"={word}", f"={word[:-1]}") if loose and len(word) > 1 else (f"={word}",)
                    )
                )
            i = last + loose
        else:
            i += 1
    return out
