"""The clauses of a sentence that is being read: those made so far, and those still open. Decides nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

from timeline.merging.subjects import noun_before, subject_range
from timeline.merging.tokens import Token

Range = tuple[int, int]


@dataclass
class Open:
    """A clause while its sentence is being read; `own`: its tokens so far. Else as in Clause."""

    kind: str
    marker: str
    parent: int
    own: list[int] = field(default_factory=list)
    subject: Range | None = None
    verb: Range | None = None
    quoted: bool = False


class OpenClauses:
    """The clauses made so far, and the numbers of those still open, on a stack; one is open from the start."""

    def __init__(self, tokens: list[Token], groups: dict[int, int], following: list[int]) -> None:
        self.tokens = tokens
        self.groups, self.following = groups, following  # as verb_groups and following give them
        self.made: list[Open] = []
        self.stack: list[int] = []
        self.floors = [0]  # height of the stack below each open quotation
        self.begin("main", "", parent=-1)

    @property
    def top(self) -> Open:
        """The innermost clause that is open."""
        return self.made[self.stack[-1]]

    def begin(
        self,
        kind: str,
        marker: str,
        own: list[int] | None = None,
        *,
        parent: int | None = None,
        subject: Range | None = None,
        verb: Range | None = None,
    ) -> None:
        """Open a clause with these tokens and its verb's. `parent`: by default the innermost clause."""
        above = self.stack[-1] if parent is None else parent
        tokens = [*(own or []), *range(*verb or (0, 0))]
        self.made.append(Open(kind, marker, above, tokens, subject, verb, len(self.floors) > 1))
        self.stack.append(len(self.made) - 1)

    def cut(self, since: int) -> list[int]:
        """Take the tokens from `since` on from the innermost clause."""
        moved = [j for j in self.top.own if j >= since]
        self.top.own[:] = [j for j in self.top.own if j < since]
        return moved

    def close(self, kinds: frozenset[str] | None = None) -> None:
        """Close the innermost clauses that have a verb, down to one not of these kinds, or to the lowest."""
        while len(self.stack) > self.floors[-1] + 1 and self.top.verb:
            if kinds is not None and self.top.kind not in kinds:
                break
            self.stack.pop()

    def leave(self) -> int:
        """Close the innermost clause, for one beside it; what both hang on."""
        parent = self.top.parent
        if len(self.stack) > self.floors[-1] + 1:
            self.stack.pop()
        return parent

    def waiting(self) -> int:
        """Place on the stack of the innermost clause that has no verb yet, or -1."""
        height = range(len(self.stack) - 1, self.floors[-1] - 1, -1)
        return next((n for n in height if not self.made[self.stack[n]].verb), -1)

    def comma(self, i: int) -> bool:
        """Whether token `i` is a comma."""
        return 0 <= i < len(self.tokens) and self.tokens[i].text == ","

    def before(self, i: int) -> int:
        """The token before `i`, adverbs and times left out; -1 if there is none."""
        i -= 1
        while i >= 0 and self.tokens[i].tag in "at":
            i -= 1
        return i

    def apposed(self, i: int) -> Range | None:
        """The name before an aside that token `i` stands in: "Ana Ruiz, a lawyer elected ..."; None if there is none."""
        top, tokens = self.top, self.tokens
        commas = [j for j in top.own if self.comma(j) and j < i]
        if top.verb or not commas or tokens[commas[-1] + 1].low not in ("a", "an", "the"):
            return None
        found = subject_range(tokens, top.own[0], commas[-1], top.own)
        return (
            found if found and found[1] == commas[-1] and tokens[found[1] - 1].tag == "N" else None
        )

    def described(self, i: int) -> Range | None:
        """What a participle at token `i` describes: the subject that ends before it, else the nearest noun."""
        top, tokens = self.top, self.tokens
        if not top.verb and top.own and self.comma(top.own[-1]):
            found = subject_range(tokens, top.own[0], top.own[-1], top.own)
            if found and found[1] == top.own[-1]:
                return found
        return self.apposed(i) or noun_before(tokens, i)
