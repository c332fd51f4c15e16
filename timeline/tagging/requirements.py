"""What must stand in a run of words for a rule to match it, read off the rule's pattern. Knows no text.

Only what is certain is used: parts that are not optional, words that are surely whole words. A rule whose
requirements a run does not meet is not tried on it; that changes speed, never what is found.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"(?P<open>\((?:\?(?:P<\w+>|-?i:|:|<?[=!]))?)|(?P<close>\))|(?P<bar>\|)|(?P<often>[?*]|\{0)"
    r"|\{(?P<table>[a-z]\w*(?:=\w+)?)\}|(?P<word>[^\W\d_]+)|\\.|\[.[^\]]*\]|."
)
# "(?:the )?" at the start of a word, "(?: of)?" at the end of one: with or without them, it starts or ends there
_ASIDE = re.compile(
    r"(?:(?<=[ (|:>])|^)\(\?:[^()|]* (?:\|[^()|]* )*\)\?"
    r"|\(\?: [^()|]*(?:\| [^()|]*)*\)\?(?=[ )|]|$)"
)
Requirement = frozenset[str]  # one of these must be there: a table's name, or "=word"
Tokens = list[re.Match[str]]


def requirements(pattern: str) -> list[Requirement]:
    """The requirements of a rule's pattern, all of which must be met.

    >>> [sorted(r) for r in requirements("(?:about )?{n} {unit} (?:later|after)")]
    [['n'], ['unit'], ['=after', '=later']]
    """
    while (shorter := _ASIDE.sub("", pattern)) != pattern:
        pattern = shorter
    return _of_alternatives(list(_TOKEN.finditer(pattern)), True, True)


def _of_alternatives(tokens: Tokens, bounded_left: bool, bounded_right: bool) -> list[Requirement]:
    parts: list[Tokens] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.lastgroup == "open") - (token.lastgroup == "close")
        if token.lastgroup == "bar" and not depth:
            parts.append([])
        else:
            parts[-1].append(token)
    found = [_of_sequence(part, bounded_left, bounded_right) for part in parts]
    if len(found) == 1:
        return found[0]
    if not all(found):
        return []
    for needs in found:  # each alternative needs something: one of those must be there
        needs.sort(key=_commonness)
    return [
        frozenset().union(*(needs[min(n, len(needs) - 1)] for needs in found))
        for n in range(max(map(len, found)))
    ]


def _commonness(need: Requirement) -> tuple[bool, int]:
    """Smaller for what says more: tables before words of a rule's own, such as "the"."""
    return any(name[0] == "=" for name in need), len(need)


def _of_sequence(tokens: Tokens, bounded_left: bool, bounded_right: bool) -> list[Requirement]:
    def loose(at: int) -> bool:
        """Whether what stands before this place may be missing."""
        return at < len(tokens) and tokens[at].lastgroup == "often"

    def edge(at: int, side: bool) -> bool:
        """Whether a word surely ends at this place: a blank or hyphen, or the bounded end of the pattern."""
        inside = 0 <= at < len(tokens)
        return tokens[at][0] in (" ", "-", "[ -]") and not loose(at + 1) if inside else side

    out: list[Requirement] = []
    i = 0
    while i < len(tokens):
        token, stop = tokens[i], i + 1
        if token.lastgroup == "open":
            depth = 1
            while depth:
                depth += (tokens[stop].lastgroup == "open") - (tokens[stop].lastgroup == "close")
                stop += 1
            if token[0][-1] not in "=!" and not loose(stop):
                ends = edge(i - 1, bounded_left), edge(stop, bounded_right)
                out += _of_alternatives(tokens[i + 1 : stop - 1], *ends)
        elif token.lastgroup == "table" and not loose(stop):
            out.append(frozenset((token["table"].rpartition("=")[2],)))
        elif token.lastgroup == "word":
            word, cut = token[0].lower(), loose(stop)  # years?: its last letter may be missing
            if edge(i - 1, bounded_left) and edge(stop + cut, bounded_right):
                forms = (word, word[:-1]) if cut and len(word) > 1 else (word,)
                out.append(frozenset(f"={form}" for form in forms))
        i = stop
    return out
