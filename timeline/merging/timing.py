"""How a time stands in its sentence: whether it dates anything, and what the words before it make of it."""

from __future__ import annotations

import re
from typing import Any

from timeline.dates import Period, TimeValue
from timeline.merging import words as w
from timeline.merging.clauses import Parsed
from timeline.merging.values import Value, is_day

_AMOUNT = (
    r"[$€£¥]?\d[\w.,%]*(?: (?:percent|per cent|points?|million|billion|trillion|cents|people))*"
)
_NOT_MOST = r"(?!(?:\w*test|forest|protest|interest|request|arrest|honest|guest|harvest|invest|suggest|quest|contest|conquest|\w*west|digest|modest|unrest)\b)"
_COMPARES = re.compile(
    r"\b(?:(?<!no later )(?<!not later )(?<!no earlier )(?<!not earlier )(?<!no sooner )than|compared (?:with|to))(?: (?:in|on|at|during|of|for|the|a|an|all))*$"
    rf"|\b(?:from|against|versus|over) (?:about |some )?{_AMOUNT}(?: (?:in|on|at|during|the))*$"
    r"|\bsame (?:period|quarter|month|week|day|time|point|season)(?: (?:of|in|the))*$"
    rf"|\b(?:(?<!at )(?:most|least)|worst|best|{_NOT_MOST}\w{{3,}}est)\b[^,;.]{{0,40}} since$|\bnot since$"
    r"|\bas \w+ as(?: (?:in|on|at|during))$",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"(?:same (?:period|quarter|month|week|day|time|point|season)\b.*"
    r"|\b(?:earlier|before|previously|ago)|last (?:year|quarter|month|week|season))$",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\bsince$", re.IGNORECASE)
_UNTIL = re.compile(r"(?<!\bnot )\b(?:until|till)$", re.IGNORECASE)
_UNTIL_COMES = re.compile(r"\b(?:until|till)(?: the)?$", re.IGNORECASE)
_BEFORE = re.compile(
    r"(?<!shortly )(?<!just )(?<!right )(?<!soon )(?<!long )(?<!day )(?<!days )(?<!hours )(?<!minutes )"
    r"(?<!weeks )(?<!months )(?<!night )(?<!week )(?<!not )\bbefore$",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(
    r"\b(?:not before|no (?:earlier|sooner) than|not earlier than)$", re.IGNORECASE
)
_BY = re.compile(r"\bby(?: about| around)?(?: the)?$", re.IGNORECASE)
_DENIED = re.compile(r"\bnot(?: (?:on|in|at))$|(?:\b(?:and|but)|,) not$", re.IGNORECASE)
_PARTS = frozenset(
    "end start beginning middle rest part course half quarter close turn eve most".split()
)
_FIGURES = frozenset("earnings results sales".split())
_HANGS_ON = ("since", "after", "before", "until", "following", "despite", "amid")
_CAUSES = (("due", "to"), ("because", "of"), ("result", "of"), ("wake", "of"), ("aftermath", "of"))
_HANGS_ON_PHRASE = (*_HANGS_ON, "from", "of", "about", "over", "for", "with", "against", "to")


def dates_nothing(
    parsed: Parsed, at: int, expression: str, value: Value, first: int, last: int
) -> str:
    """Why the time at offset `at` (tokens `first` to `last`) dates nothing in its sentence, or empty."""
    before = parsed.text[:at].rstrip()
    if not parsed.text[at : at + len(expression)].strip():
        return "stands in a dateline"
    earlier = _EARLIER.search(expression)
    if (
        _COMPARES.search(before)
        or parsed.text[at + len(expression) :].lstrip()[:5] == "than "
        or (earlier and re.search(r"\b(?:from|against|versus|over|on)(?: the)?$", before))
        or expression.lower().startswith(("same ", "the same "))
    ):
        return "only compares"
    if _DENIED.search(before):
        return "is said not to be the date"
    stamped = re.search(r"\b(\w+),? dated$", before)
    if stamped and stamped[1] not in w.SPEECH_NOUNS and w.stem(stamped[1]) != "~letter":
        return f"only modifies {stamped[1]!r}"
    modified = modified_noun(parsed, last)
    owner = re.search(r"\b(?i:the|an?) (?:[\w-]+ )?(\w+) of$", before)  # "the permit of May 2008"
    dating = w.EVENT_NOUNS | w.TIME_NOUNS | w.SPEECH_NOUNS | _PARTS
    names = owner and (owner[1] not in dating or _names_the_subject(parsed, first, last))
    if owner and names and modified is None:
        return f"only modifies {owner[1]!r}"
    stands = re.search(r"\b(?i:the|an?) (?:[\w-]+ )?(\w+) (?:on|in)$", before)
    if stands and modified is None and _is_now(parsed, first):
        return f"only modifies {stands[1]!r}"
    if modified is None:
        return ""
    head = parsed.tokens[modified[1] - 1].low
    # "Monday's decision", "in a Monday interview" are of Monday; "the 2009 letters" need not be
    near = {t.low for t in parsed.tokens[max(0, first - 2) : first]}
    own_day = is_day(value) and (
        parsed.tokens[last].low.endswith(("'s", "s'")) or {"in", "at", "during"} & near
    )
    if head in _FIGURES and not is_day(value):  # "third-quarter results" come out later
        return f"only modifies {head!r}"
    dated = own_day or head in w.EVENT_NOUNS | w.TIME_NOUNS | w.SPEECH_NOUNS
    return "" if dated else f"only modifies {head!r}"


def _names_the_subject(parsed: Parsed, first: int, last: int) -> bool:
    """Whether a time is part of a subject whose clause has a time of its own: "the quake of May was felt again in June"."""
    k = parsed.clause_at(first)
    clause = parsed.clauses[k] if k >= 0 else None
    if clause is None or clause.subject is None or not first < clause.verb[0]:
        return False
    others = (i for a, b in clause.spans for i in range(a, b) if i > max(last, clause.verb[0]))
    return clause.subject[0] < first and any(parsed.tokens[i].tag == "t" for i in others)


def _is_now(parsed: Parsed, first: int) -> bool:
    """Whether a time before its clause's verb cannot be that of the verb: "the alarm on Monday is now a riddle"."""
    k = parsed.clause_at(first)
    a, b = parsed.clauses[k].verb if k >= 0 else (0, 0)
    group = [t.low for t in parsed.tokens[a : b + 1]]
    return first < a and group[0] in ("is", "are", "remains") and bool({"now", "still"} & {*group})


def only_leads(row: dict[str, Any], rest: str) -> bool:
    """Whether a length of time only leads into what follows: "six days after the mine collapsed"."""
    return row["type"] == "DURATION" and rest.split()[:1] in (["after"], ["before"])


def is_denied(reason: str) -> bool:
    """Whether a mention dates nothing because its article says that it is not the date."""
    return reason == "is said not to be the date"


def led_value(value: Value, parsed: Parsed, row: dict[str, Any], start: int) -> Value:
    """The value with the words before it: "since May" lasts from then on, "before May" ends where May begins."""
    before = parsed.text[: row["start_char"] - start].rstrip()
    if isinstance(value, Period) or value.start is None or row["type"] not in ("DATE", "TIME"):
        return value
    k = parsed.clause_at(parsed.token_at(row["start_char"] - start))
    verbs = parsed.tokens[slice(*parsed.clauses[k].verb)] if k >= 0 else ()
    negated = any(t.low == "not" or t.low.endswith("n't") for t in verbs)
    if _UNTIL.search(before) and not negated:
        return Period(None, value)
    waits = negated and _UNTIL_COMES.search(before) and row["modality"] == "future"
    if waits and not is_day(value):  # "not expected to begin until early 2024"
        return TimeValue(value.start, None, value.granularity)
    if (negated and _BEFORE.search(before)) or _NOT_BEFORE.search(before):
        return TimeValue(value.start, None, value.granularity)
    if _SINCE.search(before):
        return Period(value, None)
    if _BEFORE.search(before):
        return TimeValue(None, value.start, value.granularity)
    return by_value(value, parsed, row, start)


def by_value(value: Value, parsed: Parsed, row: dict[str, Any], start: int) -> Value:
    """The value, or all until its end where more than a day is the latest moment: "by the end of June"."""
    before = parsed.text[: row["start_char"] - start].rstrip()
    if isinstance(value, Period) or value.stop is None or is_day(value) or not _BY.search(before):
        return value
    return TimeValue(None, value.stop, "day" if "[" in value.edtf else value.granularity)


def began_when(parsed: Parsed, first: int, last: int) -> int | None:
    """The number of the clause that says what came at a time since which something lasts: "since Monday, when ..."."""
    tokens = parsed.tokens
    after = last + 1 + (tokens[last + 1 : last + 2] != () and tokens[last + 1].text == ",")
    led = (first > 0 and tokens[first - 1].low == "since") or tokens[first].low == "since"
    if not led or after >= len(tokens) or tokens[after].low != "when":
        return None
    k = parsed.clause_at(after)
    past = k >= 0 and w.is_past(tokens[parsed.clauses[k].verb[0]].low)
    return k if past and parsed.clauses[k].marker == "when" else None


def modified_noun(parsed: Parsed, last: int) -> tuple[int, int] | None:
    """The noun phrase right after the time, if the time is a modifier of it."""
    tokens = parsed.tokens
    i = last + 1
    possessive = tokens[last].low.endswith(("'s", "s'"))
    if i >= len(tokens) or tokens[i].tag not in "nNg#" or tokens[i].text == ",":
        return None
    led = last > 0 and tokens[last - 1].low in ("the", "a", "an", "his", "her", "its", "their")
    if not possessive and (last < 1 or (tokens[i].tag == "N" and not led)):
        return None
    stop = i
    while stop < len(tokens) and tokens[stop].tag in "nNg":
        stop += 1
    follows_verb = any(c.verb[0] == stop or c.verb[0] == i for c in parsed.clauses)
    has_subject = any(
        c.subject and c.subject[0] <= i < c.subject[1] and c.verb[0] >= stop for c in parsed.clauses
    )
    if follows_verb and has_subject and not possessive:
        lead = parsed.text[: tokens[last].start].rstrip().lower()
        if not re.search(
            r"(?:\b(?:the|an?|his|her|its|their|our|this|that)(?: \w+)?|['’]s)$", lead
        ):
            return None
    return i, stop


def event_before(parsed: Parsed, first: int, last: int) -> tuple[int, int] | None:
    """The noun phrase that a time (tokens `first` to `last`) dates: "since the collapse on Monday", "due to last
    week's quake"; None if it dates the clause.
    """
    tokens = parsed.tokens
    after = modified_noun(parsed, last)
    if after is not None and tokens[after[1] - 1].low in w.EVENT_NOUNS:
        a = first
        while a and tokens[a - 1].tag == "d":
            a -= 1
        return after if _hangs(parsed, a, _HANGS_ON_PHRASE) else None
    if first and tokens[first - 1].low in ("on", "in", "at", "of"):
        first -= 1
    a = first
    while a and tokens[a - 1].low not in _HANGS_ON and tokens[a - 1].tag in "nN#dtp":
        if tokens[a - 1].tag == "p" and tokens[a - 1].low != "of":
            break
        a -= 1
    head = next((i for i in range(a, first) if tokens[i].low == "of"), first) - 1
    if head < a or tokens[head].low not in w.EVENT_NOUNS | w.SPEECH_NOUNS:
        return None
    return (a, first) if _hangs(parsed, a, _HANGS_ON) else None


def _hangs(parsed: Parsed, a: int, on: tuple[str, ...]) -> bool:
    """Whether the phrase at token `a` hangs on one of these words, or on "due to", "because of", "caused by"."""
    before = [t.low for t in parsed.tokens[max(0, a - 2) : a]]
    if not before:
        return False
    caused = before[-1] == "by" and any(
        c.kind == "participle" and c.verb[1] == a - 1 for c in parsed.clauses
    )
    return before[-1] in on or tuple(before) in _CAUSES or caused
