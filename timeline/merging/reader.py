"""Reads a sentence's tokens once, from left to right, into clauses that hang on one another. Knows no dates."""

from __future__ import annotations

from timeline.merging import words as w
from timeline.merging.groups import following, may_be_participle, reports, verb_groups
from timeline.merging.saying import CONTENT, is_reduced, says, tail_start
from timeline.merging.stack import Open, OpenClauses, Range
from timeline.merging.subjects import (
    has_noun,
    noun_after,
    noun_before,
    said_from,
    subject_range,
    time_before,
    was_done_to,
)
from timeline.merging.tokens import Token

RELATIVE = frozenset(["which", "who", "whom", "whose", "where"])
PREPOSITION_TOO = frozenset(["after", "as", "before", "since", "till", "until"])
_AS_VERBS = frozenset(
    "appoint cite describe diagnose dismiss elect hail hold identify keep know name regard see treat use view".split()
)
_INNER = frozenset(["relative", "sub", "participle"])  # a comma ends them


class Reader:
    """One sentence while it is being read: the clauses made so far, and those still open, on a stack.

    `quotes`: start and stop of its full quotations.
    """

    def __init__(self, tokens: list[Token], quotes: dict[int, int]) -> None:
        self.tokens = tokens
        self.quotes = quotes
        self.groups = verb_groups(tokens)
        self.following = following(self.groups, len(tokens))
        self.open = OpenClauses(tokens, self.groups, self.following)

    def read(self) -> list[Open]:
        """The clauses; some may have no verb."""
        closes = {b - 1 for b in self.quotes.values()}
        i = 0
        while i < len(self.tokens):
            if i in self.groups and i not in self.quotes:
                i = self.verb(i)
                continue
            if i in self.quotes:
                self.open.floors.append(len(self.open.stack))
                self.open.begin("content" if self.open.top.verb else "main", '"')
            elif i not in closes or len(self.open.floors) == 1:
                self.join(i)
            self.open.top.own.append(i)
            if i in closes and len(self.open.floors) > 1:
                del self.open.stack[self.open.floors.pop() :]
            i += 1
        return self.open.made

    def join(self, i: int) -> None:
        """Open or close clauses at token `i`, if it is a mark, a joining word or a participle."""
        token = self.tokens[i]
        verb = self.open.top.verb
        if token.text == ":" and i + 1 in self.quotes and verb and reports(self.tokens, verb):
            return  # "Ruiz said: “..."
        if token.text in w.BREAKS and self.open.top.verb and self.following[i] >= 0:
            self.open.close()
            self.open.begin(
                "main", ";", parent=-1 if len(self.open.floors) == 1 else self.open.top.parent
            )
        elif token.text == ",":
            self.open.close(_INNER)
        elif token.tag == "s":
            self.subordinate(i)
        elif token.tag == "c":
            self.coordinate(i)
        elif token.tag in "eg":
            j = self.open.before(i)
            more = (
                token.tag == "g" and self.open.comma(j) and self.open.top.verb
            )  # "..., killing two"
            describes = token.tag == "e" and (
                j < 0 or self.open.comma(j) or self.tokens[j].tag in "nN#"
            )
            if more or describes:
                subject = self.open.described(i) if describes else None
                self.open.begin(
                    "participle", "," * self.open.comma(j), subject=subject, verb=(i, i)
                )
                self.open.top.verb = (i, i + 1)
        elif token.tag == "t" and self.open.top.kind == "participle" and self.open.top.marker == "":
            # "arrested two men suspected of fraud on Monday": they were arrested on that day
            above = self.open.made[self.open.top.parent]
            timed = (
                any(self.tokens[j].tag == "t" for j in above.own) or self.tokens[i - 1].tag == "d"
            )
            cited = any(self.tokens[j].low == "according" for j in above.own[-6:])
            if above.verb and not (timed or cited) and i > (self.open.top.verb or (0, 0))[1]:
                self.open.stack.pop()

    def subordinate(self, i: int) -> None:
        """Open the clause that "that", "which" or "after" at token `i` begins, if one follows."""
        low, tokens, group = self.tokens[i].low, self.tokens, self.following[i]
        between = tokens[i + 1 : group]
        if group < 0 or any(t.text in w.BREAKS for t in between):
            return
        joint = next((j for j in range(i + 1, group) if tokens[j].tag == "s"), -1)
        if joint >= 0:  # "that the ban, which she imposed, would"
            aside = tokens[joint].low in RELATIVE and self.open.comma(joint - 1)
            later = has_noun(tokens, i + 1, joint) and self.following[group] >= 0
            if not (low == "that" and self.open.top.verb and aside and later):
                return
        if low in RELATIVE or low in CONTENT:
            above = self.open.made[self.open.top.parent]
            told = above.verb is not None and reports(tokens, above.verb)
            if told and low == "that" and self.open.top.kind == "participle":
                self.open.stack.pop()  # "said in a letter published in May that"
            verb = self.open.top.verb
            bare = all(t.tag == "a" for t in between)  # "which fell": it has no other subject
            said = verb is not None and (
                self.open.before(i) == verb[1] - 1  # "found that", "ruled on Monday that"
                or (reports(tokens, verb) and not (bare and tokens[i - 1].tag in "nN"))
                or (self.open.before(i) == verb[1] and tokens[verb[1] - 1].tag == "x" and not bare)
            )
            content = low in CONTENT and (said or low != "that")
            leads = i > 0 and tokens[i - 1].tag == "p" and bool(self.open.top.own)  # "on which"
            self.open.begin("content" if content else "relative", low, self.open.cut(i - leads))
            return
        commas = any(t.text == "," for t in between)
        later = group >= 0 and self.following[group] >= 0
        if low in PREPOSITION_TOO and (
            commas
            or (
                not later and self.open.waiting() >= 0 and self.open.top.verb
            )  # "a man who fell before the vote died"
            or not has_noun(tokens, i + 1, group)
            or not (self.open.top.verb or later or len(self.open.stack) > 1)
        ):
            return
        known = low == "as" and w.verb_base(tokens[i - 1].low) in _AS_VERBS  # "known as X"
        if tokens[self.open.before(group)].tag != "c" and not known:
            self.open.begin("sub", low)

    def coordinate(self, i: int) -> None:
        """Open the clause that "and" at token `i` begins: a verb for the same subject, or one with its own."""
        group, tokens = self.following[i], self.tokens
        between = tokens[i + 1 : group]
        while between and between[-1].tag in "as":
            between = between[:-1]  # "soon after"
        if (
            group < 0
            or not self.open.top.verb
            or any(t.low == "either" for t in tokens[max(0, i - 4) : i])
            or any(t.tag in 's"' or t.text in w.BREAKS for t in between)
        ):
            return
        shared = all(t.tag in "at" for t in between)
        comma = max((j for j in range(i) if self.open.comma(j)), default=i)
        said = w.verb_base(tokens[self.groups[group] - 1].low) in w.SAYING
        if said and comma + 1 < i and all(t.tag in "nNda#" for t in tokens[comma + 1 : i]):
            return  # "..., dealers and economists said"
        last = max((j for j in range(i, group) if self.open.comma(j)), default=i)
        ends = said and self.following[group] < 0 and tokens[i + 1].tag != "p"
        if ends and has_noun(tokens, i + 1, last) and has_noun(tokens, last + 1, group):
            return  # "went down with nausea and fever on Monday, the county said"
        if not shared:
            waiting = any(
                not self.open.made[s].verb for s in self.open.stack[self.open.floors[-1] :]
            )
            after = tokens[self.groups[group]].low if self.groups[group] < len(tokens) else ""
            passive = may_be_participle(tokens[group]) and after in ("by", "of")
            later = tokens[self.open.before(group)].tag == "c"  # "in A and B, and leaves"
            if waiting or passive or later or not has_noun(tokens, i + 1, group):
                return
            a, b = self.open.top.verb
            if reports(tokens, (a, b)) and not self.open.comma(i - 1) and has_noun(tokens, b, i):
                return  # "says the losses in A and B were"
        if self.open.comma(i - 1):
            self.open.close(_INNER if shared else None)
        elif (
            shared
            and self.open.top.kind in ("content", "relative")
            and self.open.made[self.open.top.parent].subject
            and was_done_to(tokens, self.open.top.subject, self.groups[group])
        ):
            self.open.leave()  # "they learned that a valve had failed and had it mended"
        kind = self.open.top.kind if self.open.top.kind in ("content", "relative") else "coordinate"
        subject = self.open.top.subject if shared else None
        self.open.begin(
            kind, "and=" if shared else "and", parent=self.open.leave(), subject=subject
        )

    def verb(self, i: int) -> int:
        """Give the verb group at token `i` to the clause that waits for one, or open one; the next token."""
        stop, tokens, last = self.groups[i], self.tokens, self.open.before(i)
        verb = i, stop
        saying = w.verb_base(tokens[stop - 1].low) in w.SAYING
        tail = tail_start(self.open, i, stop, last) if saying else -1
        if may_be_participle(tokens[i]) and is_reduced(self.open, i, last):
            subject = self.open.described(i) if last >= 0 else None
            marker = "," if last < 0 or self.open.comma(last) else ""
            self.open.begin("participle", marker, subject=subject, verb=verb)
        elif tail >= 0:
            self.tail(tail, verb)
        elif not self.open.top.verb:
            self.take(verb)
        elif says(self.open, i, last):
            start = said_from(tokens, self.open.top.verb[1], i)
            subject = subject_range(tokens, start, i)
            self.open.begin("content", "that", self.open.cut(start), subject=subject, verb=verb)
        elif (
            self.open.top.kind == "relative"
            and self.open.top.verb[1] == i
            and reports(tokens, self.open.top.verb)
        ):
            subject = noun_before(tokens, self.open.top.own[0], self.open.top.marker == "who")
            self.open.begin(
                "content", "that", subject=subject, verb=verb
            )  # "which police said was"
        elif (above := self.described_in()) and tokens[i].tag == "x":
            start = said_from(tokens, above.verb[1], i) if above.verb else i
            own = [j for j in above.own if j >= start]
            above.own[:] = [j for j in above.own if j < start]
            self.open.stack.pop()
            subject = subject_range(tokens, start, i)
            self.open.begin("content", "that", own, subject=subject, verb=verb)
        elif (waiting := self.open.waiting()) >= 0:
            del self.open.stack[waiting + 1 :]
            return self.verb(i)
        else:
            self.further(verb, last)
        return stop

    def described_in(self) -> Open | None:
        """The clause of saying with the noun that a participle just read describes: "shows the men held ... are"."""
        top = self.open.top
        above = self.open.made[top.parent] if top.kind == "participle" and not top.marker else None
        return above if above and above.verb and reports(self.tokens, above.verb) else None

    def take(self, verb: Range) -> None:
        """Give a verb to the innermost clause, with the subject before it, or what a relative clause hangs on."""
        top, tokens = self.open.top, self.tokens
        joints = "scp" if top.kind == "relative" else "c" if top.kind == "main" else "sc"
        own = top.own[next((n for n, j in enumerate(top.own) if tokens[j].tag not in joints), 0) :]
        found = top.subject or (subject_range(tokens, own[0], verb[0], own) if own else None)
        if found is None and top.kind == "relative" and top.marker != "where":
            begins = top.own[0] if top.own else verb[0]
            found = noun_before(tokens, begins, top.marker in ("who", "whom", "whose"))
        if found is None and reports(tokens, verb):
            found = noun_after(tokens, verb[1])
        if found is None and top.kind != "relative":
            found = time_before(tokens, verb[0])
        top.subject, top.verb = found, verb
        top.own += range(*verb)

    def further(self, verb: Range, last: int) -> None:
        """A verb where all open clauses have one: of a new clause, a mere participle, or the true verb."""
        i, tokens, top = verb[0], self.tokens, self.open.top
        was = top.verb or (0, 0)
        commas = [j for j in top.own if self.open.comma(j) and j >= was[1]]
        apart = last != was[0] or tokens[i - 1].tag in "at"
        mere = may_be_participle(tokens[was[0]]) and was[1] == was[0] + 1 and apart
        led = tokens[was[1]].tag == "p"  # "a jet equipped with new tubes suffered ..."
        lacks = verb[1] < len(tokens) and tokens[verb[1]].tag in "pt."
        after_noun = may_be_participle(tokens[i]) and tokens[last].tag in "nN#"
        after = tokens[verb[1]] if verb[1] < len(tokens) else tokens[-1]
        joined = any(t.tag == "c" for t in tokens[verb[1] : self.following[i]])
        listed = commas and self.open.comma(last)
        if listed and may_be_participle(tokens[i]) and after.tag in "pt" and not joined:
            self.open.begin("participle", ",", subject=noun_before(tokens, i), verb=verb)
        elif listed:  # "fell ill, went to a hospital"
            own, subject = self.open.cut(commas[-1]), top.subject
            self.open.begin(
                "coordinate", "and=", own, parent=self.open.leave(), subject=subject, verb=verb
            )
        elif commas and subject_range(tokens, commas[-1] + 1, i):
            own = self.open.cut(commas[-1])
            self.open.close(frozenset(["content", *_INNER]))
            subject = subject_range(tokens, commas[-1] + 1, i)
            self.open.begin(
                "main", ",", own, parent=self.open.top.parent, subject=subject, verb=verb
            )
        elif (
            last and tokens[last].tag == "r" and tokens[last - 1].tag in "nN"
        ):  # "the part it owns"
            self.open.begin(
                "relative", "", self.open.cut(last), subject=(last, last + 1), verb=verb
            )
        elif after_noun and after.tag == "n" and not lacks:  # "offered a full paid holiday"
            top.own += range(*verb)
        elif after_noun and not (mere and led and not lacks):
            self.open.begin("participle", "", subject=noun_before(tokens, i), verb=verb)
        else:
            if (
                mere
                and tokens[was[1]].tag not in "dr"
                and (tokens[last].tag in "nNr#" or tokens[i - 1].tag in "at")
            ):
                # "a ship built in 1987 sank": the first verb was none
                self.open.begin("participle", "", self.open.cut(was[0]), subject=top.subject)
                self.open.top.verb = was
                self.open.stack.pop()
                top.verb = verb
            top.own += range(*verb)

    def tail(self, comma: int, verb: Range) -> None:
        """Open the clause "police said" from `comma` on; what was said so far hangs on it."""
        floor = self.open.floors[-1]
        said, kept = self.open.stack[floor], None if self.open.top.verb else list(self.open.stack)
        above = self.open.made[said].parent
        own = self.open.cut(comma)
        del self.open.stack[floor:]
        named = subject_range(self.tokens, comma + 1, verb[0]) or noun_after(self.tokens, verb[1])
        self.open.begin("tail", ",", own, parent=above, subject=named, verb=verb)
        for clause in self.open.made[said:-1]:
            if clause.parent == above and clause.kind != "tail":
                clause.parent = self.open.stack[-1]
        self.open.stack = kept or self.open.stack
