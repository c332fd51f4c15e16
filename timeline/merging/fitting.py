"""Words into a title's shape: rendered from tokens, with a capital, cut between phrases to fit. Chooses nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable

from timeline.merging import words as w
from timeline.merging.clauses import Parsed

LIMIT = 80
_UNFINISHED = re.compile(
    r"\b(?:willing|able|ready|likely|going|due|expected|trying|about|unable|prepared|set|set to|is|are|was|were|be|been)$"
)
_ROLE_AND_NAME = re.compile(
    r".*\s(?P<role>[a-z][\w-]+)\s(?P<name>[A-Z][\w’'&.-]+(?:\s(?:[A-Z][\w’'&.-]+|of|de|bin|al|van|von))*)"
)
_RANKED = re.compile(
    r"(?P<role>(?:the )?[\w’'-]*[a-z]+)(?: [a-z][\w-]+)* (?P<name>[A-Z][\w’'-]+ [A-Z][\w’'-]+)"
)
_AFTER_NOUN = re.compile(
    r",\s|\s(?=(?:who|which|that|between|in|on|for|from|with|at|by|about|against|among|[a-z]+ing|[a-z]{3,}ed)\s)"
)
_DANGLING = (
    w.DETERMINERS | w.PREPOSITIONS | w.COORDINATORS | w.SUBORDINATORS | w.AUXILIARIES
) | frozenset(["not", "be", "been", "being", "also", "according"])

_PARTICLES = frozenset(["away", "back", "down", "off", "out", "up"])
_OTHERS = w.PREPOSITIONS | w.COORDINATORS
_TITLED = frozenset(["of staff", "of state", "of police", "of defence", "of defense"])
_LOOSE = w.COORDINATORS | w.SUBORDINATORS | frozenset(["the", "a", "an", "also"])


def render(parsed: Parsed, keep: Iterable[int]) -> str:
    """The text of the kept tokens, in order, with gaps closed."""
    out, last = "", -2
    for i in keep:
        token = parsed.tokens[i]
        if i == last + 1 and out:
            out += parsed.text[parsed.tokens[last].stop : token.start]
        elif out and token.text not in ",.;:)”»’":
            out += " "
        out += token.text
        last = i
    return tidy(out)


def tidy(title: str) -> str:
    """A title without stray marks: no doubled commas, no loose dashes, no final stop."""
    title = re.sub(r"\s+", " ", title)
    title = re.sub(r"\s+([,.;:)”])", r"\1", title)
    title = re.sub(r"(?:,\s*)+,", ",", title)
    title = re.sub(r"\(\s*\)|\[\s*\]", "", title)
    return title.strip(" ,;:.—–-\n\t")


def capital(text: str) -> str:
    """The words with a capital first letter, without a leading article (unless a name begins with it)."""
    # "The Hill" keeps its article, "The White House" can do without
    text = re.sub(r"^(?i:the|an?|this|that|these|those)\s+(?=[^A-Z\s]|\S+\s)", "", text.strip())
    if re.match(r"[a-z]+[A-Z]", text):
        return text
    return text[:1].upper() + text[1:]


def fit(head: str, body: str, cut: bool = False) -> tuple[str, bool]:
    """`head body` in at most LIMIT characters, cut between phrases, never within a word or quotation.

    `cut`: words were left out at the end of `body` already.
    """
    title = _upper(tidy(f"{head} {body}"))
    if len(title) <= LIMIT:
        return _no_dangling(title, cut), True
    if head and len(short := _upper(tidy(f"{short_name(head)} {body}"))) <= LIMIT:
        return _no_dangling(short, cut), True
    if len(head) > 55:
        head = _no_dangling(_short_subject(head, 45))
        title = _upper(tidy(f"{head} {body}"))
        if len(title) <= LIMIT:
            return _no_dangling(title, cut=False), False
    cuts = [
        m.start()
        for m in re.finditer(
            r"(?:,|;|—| –)\s|\s(?=(?:in|on|at|by|for|from|with|over|after|before|between|against|during|into|to|"
            r"and|but|or|which|who|that|as|while|because|when|if|unless|amid|under|through|about|until|since|"
            r"[a-z]+ing)\s)",
            title,
        )
        if len(head) + 1 < m.start() <= LIMIT
        and _outside_quotes(title[: m.start()])
        and not _UNFINISHED.search(title[: m.start()])
        and title[: m.start()].rsplit(" ", 1)[-1] not in w.PREPOSITIONS
    ]
    for at in reversed(cuts):
        short = _no_dangling(title[:at])
        if len(short) > len(head) + 3 and (at >= 30 or at == cuts[0]):
            return short, False
    return _no_dangling(_short_subject(title, LIMIT, 0)), False


def _upper(title: str) -> str:
    return title if re.match(r"[a-z]+[A-Z]", title) else title[:1].upper() + title[1:]


def short_name(subject: str) -> str:
    """`Amir Khan` for “Prosecutor Amir Khan”, `Ana Ruiz` for “the mayor, Ana Ruiz”; other words as they are."""
    named = _RANKED.fullmatch(subject)
    whose = named and named["role"].lower() not in w.DETERMINERS and _is_its_name(subject, named)
    return named["name"] if named and whose else subject


def _is_its_name(subject: str, named: re.Match[str]) -> bool:
    """Whether the name that ends a subject is that of its noun: not in "an engineer at Skell Lines"."""
    words = subject[: named.start("name")].lower().split()
    return not any(
        x in _OTHERS and " ".join(words[n : n + 2]) not in _TITLED for n, x in enumerate(words)
    )


def _short_subject(text: str, limit: int, slack: int = 20) -> str:
    """A subject without what hangs on its noun, in `limit` characters, up to `slack` more to cut between phrases."""
    if len(text) <= limit:
        return text
    named = _ROLE_AND_NAME.fullmatch(text)
    if named and _is_its_name(text, named) and len(named["name"]) <= limit:
        return named["name"]
    cuts = [
        m.start()
        for m in _AFTER_NOUN.finditer(text)
        if m.start() > 3 and _outside_quotes(text[: m.start()])
    ]
    fitting = [c for c in cuts if c <= limit]
    if fitting:
        return text[: fitting[-1] if len(text[: fitting[0]].split()) < 2 else fitting[0]]
    if cuts and cuts[0] <= limit + slack:
        return text[: cuts[0]]
    cut = text.rfind(" ", 0, limit)
    while cut > 0 and (
        not _outside_quotes(text[:cut])
        or re.search(r"\b[A-Z][\w.&-]* [A-Z]", text[cut - 12 : cut + 2])
    ):
        cut = text.rfind(" ", 0, cut)
    return (
        text[:cut]
        if cut > 0
        else text[: text.rfind(" ", 0, limit) if " " in text[:limit] else limit]
    )


def _outside_quotes(text: str) -> bool:
    return text.count("“") == text.count("”") and text.count('"') % 2 == 0


def _is_particle(words: list[str]) -> bool:
    """Whether the last word belongs to the verb before it: "has been put off"."""
    verb = words[-2].lower()
    return words[-1] in _PARTICLES and (verb in w.PARTICIPLE or verb in w.PAST or w.is_ed(verb))


def _no_dangling(text: str, cut: bool = True) -> str:
    """The words without a loose end: "and", "in the"; after a cut also without a verb that lost its object."""
    text = re.sub(r",[^,“”]*\b(?:as|than)$", "", tidy(text))
    words = text.split()
    while (
        len(words) > 2
        and not _is_particle(words)
        and (
            (words[-1].lower() in (_DANGLING if cut else _LOOSE))
            or (words[-2].endswith(",") and words[-1] in ("and", "not"))
            or (cut and words[-2].endswith(",") and words[-1][0].islower())
            or (cut and words[-1].lower() in ("only", "also", "even", "just"))
            or (cut and words[-2].lower() == "to" and words[-1].islower())
            or (cut and words[-1].lower() in w.PRONOUNS)
        )
    ):
        words.pop()
    return tidy(" ".join(words))
