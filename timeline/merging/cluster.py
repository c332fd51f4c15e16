"""Brings candidates that tell of one event together. Decides by likeness and dates; builds no rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from timeline.dates import Period, TimeValue
from timeline.merging import words as w
from timeline.merging.candidate import LIGHT, Candidate
from timeline.merging.similarity import FARTHEST, Vector, add_vector, candidate_pairs, cosine, dot
from timeline.merging.values import DAY, FAR, agree, bounds, gap_days, is_day

# how alike two candidates must be (cosine), by what is known of their dates
SAME_DAY = 0.19
SAME_SPAN = 0.27  # the same month, year, ...
NESTED = 0.35  # one date lies within a wider one
DEADLINES = 0.08  # both deadlines, one date within the other
UNDATED = 0.16  # two leads without a date
LEAD_AND_DATE = 0.27  # a lead without a date, and a date just before its article
ONE_VERB = 0.06  # taken off where two articles have one verb and a name in common
ONE_ARTICLE = 0.12  # added within one article: a writer rarely tells a thing twice
OTHERWISE = 0.15  # added where one is to come and one has come; twice where only names are common
RIVALS = 0.70  # plainly one event although the dates exclude each other
ONE_DEED = 0.35  # the same, where both have one verb and two more words in common
FAR_RIVALS = 0.50  # the same with dates further apart than the window
CORRECTED = 0.25  # the same, where one says that the other's date is wrong
_STATES = frozenset(["be", "remain", "stay"])  # what lasts has no one date
_ANOTHER = re.compile(
    rf"(?:another|second|third|fourth|other|(?:some|most|many|several|\d+|{'|'.join(w.NUMBERS)}) (?:of|other|more))\b",
    re.IGNORECASE,
)
_AHEAD = ("planned", "conditional")
_LEAD_DAYS = 7  # a lead tells of the days just before


class Echo(NamedTuple):
    """A sentence of a further article that names or tells an event without dating it; `clause` as in Candidate."""

    article: int
    sentence: str
    start: int
    clause: tuple[int, int]


@dataclass
class Cluster:
    """Candidates of one event. `low`, `high`: what their dates have in common, in seconds.

    `echoes`: sentences of further articles that name it without a date.
    """

    members: list[int]
    vector: Vector
    low: int
    high: int
    articles: frozenset[int] = frozenset()
    rivals: list[Cluster] = field(default_factory=list)
    echoes: list[Echo] = field(default_factory=list)

    @property
    def everyone(self) -> list[int]:
        """The members and those of the rivals, sorted."""
        return sorted(i for camp in (self, *self.rivals) for i in camp.members)


def cluster(
    candidates: Sequence[Candidate],
    vectors: Sequence[Vector],
    dcts: Sequence[int | None],
    window: float,
) -> list[Cluster]:
    """The candidates as clusters, each in exactly one, in order of their first member.

    `dcts`: each candidate's publication as a day number; `window`: days between dates that exclude each
    other and may still be of one event, as rivals.
    """
    parent = [
        Cluster([i], dict(vectors[i]), *bounds(c.value), frozenset([c.article]))
        for i, c in enumerate(candidates)
    ]
    where = list(range(len(candidates)))

    def root(i: int) -> int:
        while where[i] != i:
            where[i] = where[where[i]]
            i = where[i]
        return i

    links, rivals = [], []
    for i, j in candidate_pairs(candidates, vectors):
        likeness = dot(vectors[i], vectors[j])
        if likeness < DEADLINES:
            continue
        needed = _needed(candidates[i], candidates[j], dcts[i], dcts[j])
        if needed is not None and likeness >= needed:
            links.append((needed - likeness, i, j, needed))
        elif needed is None:
            needed = _rival_needed(candidates[i], candidates[j], dcts[i], dcts[j], window)
            if needed is not None and likeness >= needed:
                rivals.append((-likeness, i, j, needed))
    for _, i, j, needed in sorted(links):
        a, b = sorted((root(i), root(j)))
        if a == b:
            continue
        one, two = parent[a], parent[b]
        low, high = max(one.low, two.low), min(one.high, two.high)
        apart = candidates[i].article != candidates[j].article and one.articles & two.articles
        least = needed + 2 * ONE_ARTICLE if apart else needed * 0.85
        if low >= high or cosine(one.vector, two.vector) < least:
            continue
        join(one, two)
        where[b] = a
    again = _recurring([(root(i), root(j)) for _, i, j, _ in rivals])
    for _, i, j, needed in sorted(rivals):
        a, b = sorted((root(i), root(j)))
        one, two = parent[a], parent[b]
        if a == b or {a, b} & again or one.rivals or two.rivals or one.articles & two.articles:
            continue
        if cosine(one.vector, two.vector) >= needed * 0.85:
            one.rivals.append(two)
            where[b] = a
    return [parent[i] for i in range(len(candidates)) if root(i) == i]


def _recurring(pairs: list[tuple[int, int]]) -> set[int]:
    """Clusters with rivals of several dates: a thing that happens again and again, as shares fall."""
    met: dict[int, set[int]] = {}
    for a, b in (p for p in pairs if p[0] != p[1]):
        met.setdefault(a, set()).add(b)
        met.setdefault(b, set()).add(a)
    return {a for a, others in met.items() if len(others) > 1}


def join(one: Cluster, two: Cluster) -> None:
    """Make `two` a part of `one`; their dates have something in common."""
    one.members = sorted(one.members + two.members)
    add_vector(one.vector, two.vector)
    one.low, one.high = max(one.low, two.low), min(one.high, two.high)
    one.articles |= two.articles


def _needed(a: Candidate, b: Candidate, dct_a: int | None, dct_b: int | None) -> float | None:
    """The likeness that makes two candidates one event, or None if their dates exclude it."""
    if a.value is None or b.value is None:
        return None
    if a.article == b.article and a.sentence_start == b.sentence_start:
        return None  # two clauses of one sentence tell two things
    x, y = bounds(a.value), bounds(b.value)
    extra = 0.0
    if a.article == b.article:
        extra = ONE_ARTICLE if a.deeds & b.deeds else 2 * ONE_ARTICLE
    if not a.dated or not b.dated:
        return _undated_needed(a, b, dct_a, dct_b, extra)
    if isinstance(a.value, Period) != isinstance(b.value, Period):
        return None
    if not agree(x, y):
        return None
    if (a.kind == "deadline") != (b.kind == "deadline") and "plan" not in (a.kind, b.kind):
        extra += OTHERWISE
    if (a.status in _AHEAD) != (b.status in _AHEAD):
        extra += OTHERWISE  # what was to come may have come otherwise
    shared = (a.stems & b.stems) - w.ORDINALS.keys()
    if a.verb != b.verb and a.context & b.context <= a.names | b.names and a.article != b.article:
        extra += 2 * OTHERWISE  # two deeds of one person
    nested = (x[0] <= y[0] and y[1] <= x[1]) or (y[0] <= x[0] and x[1] <= y[1])
    if a.kind == b.kind == "deadline" and nested:
        return DEADLINES
    if a.deeds & b.deeds and a.verb == b.verb and a.article != b.article and a.names & b.names:
        extra -= ONE_VERB
    if {-FAR, FAR} & {*x, *y} and x != y and a.verb != b.verb:
        return None  # "by June" holds every day before it: only the same deed makes that agree
    if is_day(a.value) and is_day(b.value):
        if x != y:  # an hour narrows the day for one deed only, and not for one word of several
            extra += OTHERWISE * (not a.deeds & b.deeds)
            few = len(shared) < min(2, len(a.stems), len(b.stems))
            return (NESTED if few or not a.deeds & b.deeds else SAME_DAY) + extra
        return SAME_DAY + extra
    wider = max(x[1] - x[0], y[1] - y[0])
    if x == y or (nested and a.kind == b.kind == "plan" and wider <= FARTHEST * DAY):
        return SAME_SPAN + extra  # a plan is first told roughly, then exactly
    if isinstance(a.value, Period):
        return NESTED + extra
    far = wider > 2 * FARTHEST * DAY and not a.deeds & b.deeds
    return NESTED + extra + OTHERWISE * far if nested else None


def _undated_needed(
    a: Candidate, b: Candidate, dct_a: int | None, dct_b: int | None, extra: float
) -> float | None:
    if not a.dated and not b.dated:
        if (
            a.lead != b.lead
            or dct_a is None
            or dct_b is None
            or abs(dct_a - dct_b) > _LEAD_DAYS / 2
        ):
            return None
        extra += OTHERWISE / 2 * (not a.deeds & b.deeds)
        return (UNDATED if a.lead else NESTED) + extra
    lead, dated, dct = (a, b, dct_a) if not a.dated else (b, a, dct_b)
    low, high = bounds(dated.value)
    one_deed = lead.deeds & dated.deeds and not isinstance(dated.value, Period)
    if not lead.lead and agree(bounds(lead.value), bounds(dated.value)) and one_deed:
        return NESTED + extra
    if not lead.lead or dct is None or dated.kind in ("deadline", "plan"):
        return None
    first, last = (dct - _LEAD_DAYS) * DAY, (dct + 1) * DAY
    if not a.deeds & b.deeds:
        extra += OTHERWISE / 2  # another deed
    if is_day(dated.value):
        return LEAD_AND_DATE + extra if first <= low <= last else None
    month = isinstance(dated.value, TimeValue) and high - low <= 31 * DAY
    return NESTED + extra if month and low <= last and first < high else None


def _corrects(a: Candidate, b: Candidate) -> bool:
    """Whether one of two says that the other's date is not the date."""
    return any(bounds(x) == bounds(b.value) for x in a.denied) or any(
        bounds(x) == bounds(a.value) for x in b.denied
    )


def _who(c: Candidate) -> str:
    """What a title says of which of several its subject is: "another", "two of"; or empty."""
    found = _ANOTHER.match(c.title)
    return found.group().lower() if found else ""


def _rival_needed(
    a: Candidate, b: Candidate, dct_a: int | None, dct_b: int | None, window: float
) -> float | None:
    """The likeness that makes two candidates one event although their dates exclude each other, or None."""
    x, y = bounds(a.value), bounds(b.value)
    if a.article == b.article or not (a.dated and b.dated) or a.kind != b.kind or window <= 0:
        return None
    if a.kind == "statement" or isinstance(a.value, Period) or isinstance(b.value, Period):
        return None
    if -FAR in x + y or FAR in x + y or agree(x, y):
        return None
    corrects = _corrects(a, b)
    if not corrects and ((a.verb == b.verb and a.verb in _STATES) or _who(a) != _who(b)):
        return None  # a state goes on; "two of the injured", "another passenger"
    numbers = {s for s in a.stems if s[0].isdigit()}, {s for s in b.stems if s[0].isdigit()}
    if numbers[0] and numbers[1] and not numbers[0] & numbers[1]:
        return None
    gap = gap_days(x, y)
    near = gap <= window or (a.kind == "deadline" and gap <= FARTHEST)
    if corrects:
        return CORRECTED if near else None
    # who wrote before the other's date wrote of something else
    knew = a.kind != "happening" or all(
        d is None or max(x[0], y[0]) < (d + 1) * DAY for d in (dct_a, dct_b)
    )
    if knew and a.verb == b.verb and len(a.stems & b.stems) > (4 if a.verb in LIGHT else 2):
        return ONE_DEED if near else FAR_RIVALS if gap <= FARTHEST else None
    return RIVALS if near else None
