"""A sentence's words with a rough part of speech each, from tables and neighbours. Knows no clauses."""

from __future__ import annotations

import re
from typing import NamedTuple

from timeline.merging import words as w

# n noun or other, N name, d determiner, r pronoun, p preposition, c coordinator, s subordinator,
# x auxiliary, v finite verb, e participle, g gerund, i infinitive, a adverb, # number, " quote, . stop
_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}(?:-[^\W_]+)*|(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|Sgt|St|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|No|Inc|Corp|Co|Ltd|vs)\."
    r"|\d+:\d\d(?:[ap]m)?|[$€£¥]?\d[\d,.]*\d(?:%|(?:-[^\W\d_]+)+)?|\d(?:%|(?:-[^\W\d_]+)+)?"
    r"|[^\W\d_]+(?:['’-][^\W_]+)*['’]?(?![^\W_])|[^\W_]+(?:-[^\W_]+)*"
    r"|\.{3}|…|--+|[“”\"„«»]|[^\s\w]|_"
)
_CONTRACTED = re.compile(
    r"(?<=\w)'(?:re|ve|ll|m|d)$|(?<=^it|^he)'s$|(?<=^she|^who)'s$|(?<=^that|^what)'s$|(?<=^there)'s$"
)
_LEAD_IN = re.compile(
    r"\b(?:(?:by |from )?(?:no|not) (?:later|earlier|sooner|more) than|not (?:before|until)|(?:as|so) (?:early|late|soon|recently|far back) as"
    r"|as (?:of|from)|(?:starting|beginning|effective|commencing)(?: (?:on|in|from|at|as of))?|on or (?:before|about|after|around)"
    r"|at the (?:latest|earliest)(?: by)?|up (?:to|until)|at least until|(?:and |but )?not (?:on|in|at)|some ?time (?:in|on|before|after|during)"
    r"|by (?:about|around|the end of)|(?:shortly|just|right|soon) (?:before|after))(?: the)?$"
)
_AFTER_A_NOUN = frozenset("for of in on to with".split())
_ADVERBIAL = frozenset("overnight today tonight tomorrow yesterday".split())
OPENING, CLOSING, PLAIN = "“„«", "”»", '"'


class Token(NamedTuple):
    """One word or mark: its text, its place in the sentence (end exclusive), its rough part of speech."""

    text: str
    start: int
    stop: int
    low: str
    tag: str


def tokenise(sentence: str, times: tuple[tuple[int, int], ...] = ()) -> list[Token]:
    """The sentence's words in order, tagged; those inside `times` (character spans) are tagged t.

    >>> [(t.text, t.tag) for t in tokenise("He wrote a letter.")]
    [('He', 'r'), ('wrote', 'v'), ('a', 'd'), ('letter', 'n'), ('.', '.')]
    """
    found = [(m.group(), m.start()) for m in _TOKEN.finditer(sentence)]
    out: list[Token] = []
    for text, start in found:
        low = text.lower().replace("’", "'")
        if len(text) > 1 and text[-1] in "'’" and not low.endswith("s'"):
            text, low = text[:-1], low[:-1]
        cut = _CONTRACTED.search(low) if "'" in low else None
        if cut:
            out.append(
                Token(text[: cut.start()], start, start + cut.start(), low[: cut.start()], "")
            )
            start, text, low = start + cut.start(), text[cut.start() :], low[cut.start() :]
        out.append(Token(text, start, start + len(text), low, ""))
    tags: list[str] = []
    for i, token in enumerate(out):
        timed = token.text[0].isupper() or token.text[0].isdigit()
        timed = timed and any(a <= token.start < b for a, b in times)
        tags.append("t" if timed else _tag(out, tags, i))
    for start, stop in times:
        _mark_time(out, tags, start, stop)
    return [Token(*t[:4], tag) for t, tag in zip(out, tags, strict=True)]


def _mark_time(tokens: list[Token], tags: list[str], start: int, stop: int) -> None:
    """Tag the words of a time expression, and the preposition before it, as t; not one that holds a clause."""
    inside = [i for i, t in enumerate(tokens) if t.start < stop and t.stop > start]
    if not inside or any(tags[i] in "vx" for i in inside):
        return
    if len(inside) > 1 and tokens[inside[-1]].low in ("after", "before", "since"):
        tags[inside.pop()] = "s"  # "two days after the vote"
    first = inside[0]
    following = tags[inside[-1] + 1 : inside[-1] + 2]
    modifies = tokens[first - 1].low in ("the", "a", "an", "for", "of") or tokens[
        inside[-1]
    ].low.endswith("'s")
    if first and modifies and following and following[0] in "nNg":
        for i in inside:  # "lost the 2013 election", "in Monday's attack"
            tags[i] = "t"
        return
    particle = first > 0 and tokens[first - 1].low == "in" and tokens[first].low.endswith("day")
    if tokens[first].low in _ADVERBIAL and tokens[first - 1].low in ("in", "on", "at", "of"):
        particle = True  # "an increase in overnight rates"
    if following and tokens[inside[-1] + 1].low in w.BASES and tokens[first - 1].low == "to":
        particle = True  # "plans to soon file"
    while first and not particle and tokens[first - 1].low in w.TIME_LEADS:  # not "caved in Monday"
        first -= 1
        approximate = tokens[first].low in ("about", "around") and tokens[first - 1].low == "at"
        if tags[first] == "p" and not approximate and tokens[first].low not in ("of", "to", "from"):
            before = [t.low for t in tokens[max(0, first - 2) : first]]
            if before[-1:] and before[-1] in w.DAY_PARTS | {
                "late",
                "early",
            }:  # "before dawn on Monday"
                first -= 1
                continue
            break
        if tags[first] == "s" and first and tags[first - 1] == "p":
            break  # "handed over | before Christmas"
    lead = _LEAD_IN.search(" ".join(t.low for t in tokens[max(0, inside[0] - 6) : inside[0]]))
    first = min(first, inside[0] - len(lead.group().split())) if lead else first
    last = inside[-1]
    if [t.low for t in tokens[last + 1 : last + 3]] == ["at", "the"]:
        last += 3 * (
            tokens[last + 3 : last + 4] != [] and tokens[last + 3].low in ("latest", "earliest")
        )
    for i in range(first, last + 1):
        tags[i] = "t"


def _tag(tokens: list[Token], tags: list[str], i: int) -> str:
    token = tokens[i]
    low, text = token.low, token.text
    if (not low[0].isalnum() and low[0] not in "$€£¥'’") or low in "'’":
        return '"' if low in OPENING + CLOSING + PLAIN else "."
    if low[0].isdigit() or low[0] in "$€£¥":
        return "#"
    before = tags[i - 1] if i else ""
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    if low[0] == "'":
        return "x"
    if low in ("have", "do") and i and tokens[i - 1].low == "to":
        return "i"
    if (
        low in w.AUXILIARIES
        and not (low == "am" and before in ("#", "t"))
        and not (low in ("can", "will", "might", "may", "must") and before == "d")
    ):
        return "x" if not (low == "may" and text == "May" and i) else "N"
    if low == "according" or (low == "because" and after == "of"):
        return "p"
    if low == "near" and before == "d":
        return "n"
    if low == "little" and before == "x":
        return "a"
    if low == "to" or (low in w.PREPOSITIONS and low not in w.SUBORDINATORS):
        return "p"
    if low in w.COORDINATORS:
        return "c"
    if low == "that" and after in w.AUXILIARIES and before in ("", '"'):
        return "r"
    if low == "that":
        return "d" if before == "p" and after not in w.PRONOUNS else "s"
    if low in w.SUBORDINATORS:
        return "s"
    if low in w.DETERMINERS:
        verbs = after in w.AUXILIARIES or (_is_verb_form(after) and after not in w.NOUN_LIKE)
        return "r" if verbs and low in w.ALONE else "d"
    if low in w.PRONOUNS:
        return "r"
    if w.is_adverb(low, text[0].isupper()):
        return "a"
    if (
        low == "first"
        and before != "d"
        and (after in w.PAST or after in w.PARTICIPLE or w.is_ed(after))
    ):
        return "a"
    if low in w.NUMBERS or low in w.ORDINALS:
        return "#"
    verb = _verb_tag(low, text, before, after, tokens, tags, i)
    if verb:
        return verb
    return "N" if text[0].isupper() and (i or len(text) > 1) else "n"


def _verb_tag(
    low: str, text: str, before: str, after: str, tokens: list[Token], tags: list[str], i: int
) -> str:
    last = i - 1
    while last >= 0 and tags[last] == "a":
        last -= 1
    prior = tags[last] if last >= 0 else ""
    if text[0].isupper() and i and prior not in ('"', "."):
        return ""
    if last > 1 and tokens[last].low in w.DAY_PARTS and tags[last - 2] == "x":
        prior = "x"  # "will this morning check"
    noun_before = prior in ("n", "N", "r", "#", ".", '"', "s", "c", "t") or (
        prior == "" and last < 0
    )
    if low in w.GERUND or (low.endswith("ing") and len(low) > 5 and text[0].islower()):
        noun = prior == "d" or after == "of" or (i > 0 and tokens[i - 1].low.endswith("'s"))
        return "e" if prior == "x" else "n" if noun else "g"
    past, participle = low in w.PAST or w.is_ed(low), low in w.PARTICIPLE or w.is_ed(low)
    if past or participle:
        if prior in ("n", "N", "r") and last < i - 1 and past:
            return "v"  # "again cut its rates"
        alone = not any(tag in "nNr#" for tag in tags)  # "cost increases are": no subject yet
        if low in w.NOUN_TOO and prior != "x" and (alone or not _takes_object(tokens, i)):
            return "n"
        if low in w.NOUN_TOO and prior == "n" and after in _AFTER_A_NOUN and _in_object(tags, last):
            return "n"  # "will make a cash bid for"
        if prior == "x":
            return "e"
        if prior in ("d", "p") or (
            prior in ("#",)
            and w.is_ed(low)
            and after not in ("in", "on", "by", "to", "and", "when", "after")
        ):
            return "n"
        return "v" if past else "e"
    if prior == "p" and last >= 0 and tokens[last].low == "to" and low in w.BASES:
        return "i" if not (low in w.NOUN_LIKE and after in ("", ".", ",", "of", "in")) else "n"
    if prior == "x" and low in w.BASES:
        return "e"
    if low in w.THIRD and noun_before and prior not in ("#", ""):
        if low not in w.NOUN_LIKE or tokens[last].low in ("who", "which", "that"):
            return "v" if prior != "." or tokens[last].text == "," else ""
        named = i + 1 < len(tokens) and tokens[i + 1].text[0].isupper()
        found = after in w.DETERMINERS | w.PRONOUNS or after.isdigit() or "-" in after
        found = found or (named and w.verb_base(low) in w.REPORTING)  # "the ministry claims Hale"
        if prior in ("N", "r"):
            found = found or after in ("to", "that", "for", "on", "at")
        elif after == "to":
            found = found or (i + 2 < len(tokens) and _is_base(tokens[i + 2].low))
        return "v" if found and prior in ("N", "r", "n", ".") else ""
    if low in w.BASES and prior == "c" and low not in w.NOUN_LIKE and _infinitive(tags, last):
        return "i"  # "to buy dollars and sell yen"
    if low in w.BASES and prior == "c" and _governed(tokens, tags, last):
        dated = last > 0 and tags[last - 1] == "t"
        return "v" if dated or low not in w.NOUN_LIKE or after in w.DETERMINERS else ""
    object_follows = after in w.DETERMINERS | w.PRONOUNS | {"to"} or after[:1].isdigit()
    if low in w.BASES and prior == "c" and low not in w.NOUN_LIKE and object_follows:
        return "v"  # "have not had a rise and want 3 percent"
    named = i + 1 < len(tokens) and tokens[i + 1].text[0].isupper()
    if (
        last == i - 1
        and last >= 0
        and tokens[last].low == "to"
        and text.isalpha()
        and (object_follows or named)
    ):
        return "i"  # "to bury the king"
    first = prior == "N" and last == 0 and low in w.REPORTING  # "Officials say"
    if low in w.BASES and (prior in ("r", "n", "s") or first) and last >= 0:
        subject = tokens[last].low
        plural = subject in w.PLURALS or (
            prior in "nN" and subject.endswith("s") and not subject.endswith(("ss", "'s"))
        )
        if plural and (low not in w.NOUN_LIKE or after in w.DETERMINERS | {"that"} or prior == "r"):
            return "v"
    return ""


def _is_verb_form(low: str) -> bool:
    return low in w.BASES or low in w.PAST or low in w.THIRD


def _is_base(low: str) -> bool:
    return low in w.BASES or low in ("be", "have", "do")


def _governed(tokens: list[Token], tags: list[str], joint: int) -> bool:
    """Whether a modal still governs what "and" joins: "would take effect and expire"."""
    for j in range(joint - 1, -1, -1):
        if tags[j] in "vs;":
            return False
        if tags[j] == "x":
            due = [t.low for t in tokens[j + 1 : j + 3]]
            return tokens[j].low in w.MODALS or due[:1] == ["to"] or due == ["due", "to"]
    return False


def _infinitive(tags: list[str], joint: int) -> bool:
    """Whether an infinitive is the last verb before the "and" at `joint`."""
    return next((tag for tag in reversed(tags[:joint]) if tag in "ivxes;g"), "") == "i"


def _in_object(tags: list[str], i: int) -> bool:
    """Whether the noun at `i` is an object: a verb stands before it in its clause."""
    return next((tag for tag in reversed(tags[:i]) if tag in "vxeisc.r"), "") in {*"vxei"}


def _takes_object(tokens: list[Token], i: int) -> bool:
    """Whether what follows a word like "cut" or "cost" can be its object: an article, name, number, pronoun."""
    if i + 1 >= len(tokens) or (i and tokens[i - 1].low in w.DETERMINERS | {"of", "low", "high"}):
        return False
    after = tokens[i + 1]
    return after.low != "of" and (
        after.low in w.DETERMINERS | w.PRONOUNS | w.PREPOSITIONS | w.ADVERBS
        or after.low.endswith("ly")
        or after.text[0].isupper()
        or not after.text[0].isalpha()
        or after.low.endswith("s")
    )
