"""Which date each expression counts from: the dct, a quoted speech, the previous mention. Resolves in text order."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

from timeline.tagging import beside
from timeline.tagging.context import Layout, read_attribution, surname
from timeline.tagging.landmarks import LandmarkMention
from timeline.tagging.language import Language
from timeline.tagging.mention import Mention
from timeline.tagging.partial import Partial
from timeline.tagging.recognise import Found
from timeline.tagging.refine import Refined, is_dateline, other_end
from timeline.tagging.resolution import UNKNOWN, Anchor, Resolution, doubted
from timeline.tagging.resolve import open_timex, resolve
from timeline.tagging.story import (
    can_anchor,
    is_of_story,
    moves_story,
    reads_as_history,
    stated_years,
)
from timeline.tagging.values import DAY, Value, day_text, part_of, up_to

FAR_OFF = 120  # characters: a date further on is not that of a clock time
_NEARBY = 3  # sentences: a quotation belongs to a dated speech at most this far back
_ATTACHED = (" on ", " ", ", ", " (", ", on ", " of ", " in ")
_TO = (" to ", " and ", " until ", "-", " - ", "–", " – ")


def choose_anchors(
    text: str, refined: Refined, dct: int | None, language: Language
) -> list[Mention]:
    """Every expression with its value, resolved one after another."""
    items, layout = refined.items, refined.layout
    if layout is None:
        return []
    pass_ = _Pass(text, refined, layout, dct, language)
    for n in range(len(items)):
        pass_.add(n)
    return [m for m in pass_.done if m is not None]


class _Pass:
    """One document's pass: what has been resolved so far, and the story's latest date."""

    def __init__(
        self, text: str, refined: Refined, layout: Layout, dct: int | None, language: Language
    ) -> None:
        self.text, self.items, self.words, self.layout = text, refined.items, refined.words, layout
        self.language = language
        self.dct = Anchor(dct, "day", "dct", day_text(dct)) if dct is not None else None
        self.history = reads_as_history(refined.items, dct)
        self.previous: Anchor | None = None
        self.last: Anchor | None = None
        self.quarter: Anchor | None = None
        self.previous_sentence, self.previous_at = -9, (0, 0)
        self.telling = False  # whether the last date counted from the one before it
        self.years = Counter(stated_years(refined.items) if self.history else ())
        self.done: list[Mention | None] = [None] * len(refined.items)
        self.speech = language.words.get("speech", {})
        self.sentences: dict[int, tuple[str, str]] = {}

    def add(self, n: int) -> None:
        """Resolve expression `n` (once), after the date that a clock time stands next to."""
        if self.done[n] is not None:
            return
        start, stop, item = self.items[n]
        i = self.layout.sentence(start)
        bounds = self.layout.starts[i], max(stop, self.layout.stops[i])
        sentence, who = self._sentence(i)
        first, last = self.words.at(start), self.words.at(stop - 1)
        tense = beside.read_tense(self.text, self.words, first, last, bounds, self.language)
        kind = item.type
        weekday = isinstance(item, Found) and item.partial.sub == "WXX" and not tense
        if weekday and beside.is_scheduled(self.words, first, bounds[0], self.language):
            tense = "future"
        if isinstance(item, LandmarkMention):
            result, mod, rule, partial = item.resolution, "", "landmark", item.partial
        else:
            result = self._resolve(n, item, i, tense, first, who)
            mod, rule, partial = item.mod, item.rule.id, item.partial.text
            if result.value.granularity == "minute":
                mod = mod or beside.read_order(self.words, first, self.language)
        value = part_of(result.value, mod) if mod else result.value
        anchoring = can_anchor(kind, value)
        if mod == "END" and value.stop is not None and (limit := beside.read_limit(self.text, self.words, first, stop, self.language)):  # fmt: skip
            value = up_to(value) if limit == "before" or value.granularity != "day" else value
        pair = other_end(self.items, n, item) if isinstance(item, Found) and item.pair else -1
        told = beside.read_doubt(self.text, self.words, first, stop, kind, self.language)
        doubt = told if value.edtf else ""
        if mod == "APPROX" or "~" in doubt:
            doubt, mod = "%" if "?" in doubt else "~", mod or "APPROX"
        mention = self.done[n] = Mention(
            start, stop, self.text[start:stop], kind, value.timex, mod, doubted(value.edtf, doubt), value.granularity, partial,
            result.anchor.text if result.anchor else "", result.anchor.basis if result.anchor else "",
            result.stated, result.inferred, result.alternative, result.reason, rule, sentence, bounds[0],
            tense, who, result.problem, value.start, value.stop, pair,
        )  # fmt: skip
        if anchoring:
            self._remember(mention, result.value, item, i)
            if n < 3 and start < 600:
                self._read_dateline(mention)

    def _read_dateline(self, mention: Mention) -> None:
        """A dateline says on which day the text was written: what follows counts from there."""
        day = _day_of(mention, "dct")
        near = day and (abs(day.day - self.dct.day) <= 7 if self.dct else mention.stated)
        if near and is_dateline(self.text, mention.start_char, mention.stop_char):
            self.dct = day

    def _remember(
        self, mention: Mention, value: Value, item: Found | LandmarkMention, sentence: int
    ) -> None:
        """Keep the date as the last one named, and as where the story is if it goes on from there."""
        assert value.start is not None
        day = value.start // DAY
        named = mention.granularity
        granularity = "day" if named in ("minute", "part-of-day") else named
        minute = value.start % DAY // 60 if named == "minute" else -1
        anchor = Anchor(
            day, granularity, "previous", value.edtf or day_text(day), (value.stop or 0) // DAY, minute
        )  # fmt: skip
        looks_back = isinstance(item, LandmarkMention) or (item.partial.shift or 0) < 0
        opening = mention.start_char - self.layout.starts[sentence]
        silence = sentence - self.previous_sentence
        if not self.history or moves_story(
            self.previous, anchor, self.years, looks_back, opening, silence
        ):
            self.previous, self.previous_sentence = anchor, sentence
            at = self.words.at
            self.previous_at = at(mention.start_char), at(mention.stop_char - 1)
        self.last = anchor
        self.telling = isinstance(item, Found) and item.rule.anchor == "previous"
        if granularity == "quarter":
            self.quarter = anchor

    def _sentence(self, i: int) -> tuple[str, str]:
        """Text of a sentence and who says it."""
        if i not in self.sentences:
            start, stop = self.layout.starts[i], self.layout.stops[i]
            text, who, places = self.text[start:stop], "", self.words.starts
            words = self.words.words[bisect_left(places, start) : bisect_left(places, stop)]
            if not self.speech.keys().isdisjoint(words):
                who = read_attribution(text[:1000], tuple(self.speech))
            self.sentences[i] = text, who
        return self.sentences[i]

    def _resolve(
        self, n: int, item: Found, sentence: int, tense: str, first: int, who: str
    ) -> Resolution:
        p, start = item.partial, self.items[n][0]
        if item.type == "SET":
            timex = p.value if p.kind in ("duration", "open") else open_timex(p)
            return Resolution(UNKNOWN._replace(timex=timex, granularity=p.unit), stated=True)
        counts_on = item.rule.anchor == "previous" and p.text.startswith("+")
        if counts_on and not self.last and tense == "past":
            unknown = UNKNOWN._replace(timex="" if p.shift else "FUTURE_REF")
            return Resolution(unknown, problem="counted from a date that the text has not named")
        anchor, follows = self._anchor(n, item, p, sentence, who)
        side = self._side(first, tense)
        if side == "past" and p.kind == "date" and p.day:
            side = self._arranged(n, first, sentence, p.sub == "WXX")
        result = resolve(p, anchor, side, follows)
        if item.pair and p.sub == "WXX" and not p.way:
            return self._in_range(n, item, result, anchor, side)
        open_day = p.kind == "date" and p.sub.isdigit() and (p.day or self.telling)
        if anchor and anchor.basis == "dct" and open_day and side != "future":
            result = self._in_story(p, result, anchor.day, sentence, side)
            ahead = tense == "past" and p.day and (result.value.start or 0) > anchor.day * DAY
            bounds = self.layout.starts[sentence], start
            if ahead and beside.happened_on(self.text, self.words, first, bounds, self.language):
                gone = resolve(p._replace(way="last"), anchor, side, False)
                result = gone._replace(
                    alternative=result.value.edtf, reason="the verb is in the past"
                )
        return result

    def _in_range(
        self, n: int, item: Found, result: Resolution, anchor: Anchor | None, side: str
    ) -> Resolution:
        """One end of a range of weekdays: a past range ends at its last weekday, another begins at its first."""
        other = self.items[n + 1 if item.pair == 1 else n - 1][2]
        if (side == "past") == (item.pair == 2) or not isinstance(other, Found):
            return result
        end = resolve(other.partial, anchor, side, False).value.start
        if end is None or result.value.start is None:
            return result
        base = Anchor(end // DAY, "day", "previous", day_text(end // DAY))
        near = resolve(item.partial, base, "past" if side == "past" else "future", False)
        return result._replace(value=near.value, alternative="", reason="")

    def _in_story(
        self, p: Partial, result: Resolution, dct: int, sentence: int, side: str
    ) -> Resolution:
        """A date whose year is open, in the year of the story that the text has just told of."""
        before, now = self.previous, result.value
        if (
            before is None
            or now.start is None
            or sentence - self.previous_sentence > _NEARBY
            or not (self.telling or before.granularity in ("day", "month"))
            or not is_of_story(now.start // DAY, before.day, dct, side, self.telling)
        ):
            return result
        found = resolve(p, before, "", True)
        return found._replace(alternative=now.edtf, reason="the story so far is in another year")

    def _side(self, first: int, tense: str) -> str:
        """past or future: from the word before the expression, else from the verb."""
        word = self.words.words[first - 1] if first > 0 else ""
        said = self.language.words.get("direction", {}).get(word, "")
        if said == "past" or (said == "future" and tense != "past"):
            return said
        return "future" if tense in ("future", "conditional") else tense

    def _arranged(self, n: int, first: int, sentence: int, weekday: bool) -> str:
        """The side of a day beside a past verb: ahead where it is that of something arranged."""
        last = self.words.at(self.items[n][1] - 1)
        lo = self.layout.starts[sentence]
        told = beside.read_arranged(self.words, first, last, lo, self.language)
        kept = not told or (weekday and told == "open")
        return "past" if kept else "future" if weekday else ""

    def _anchor(
        self, n: int, item: Found, p: Partial, sentence: int, who: str
    ) -> tuple[Anchor | None, bool]:
        """The date to count from, and whether the story runs on from it."""
        wanted = item.rule.anchor
        start, stop, _ = self.items[n]
        if p.kind == "date" and not p.has_fields and p.time:
            return self._day_of_time(n, stop, sentence), self.history
        if wanted == "previous":
            return self.last or self.dct, self.history
        if wanted == "context":
            if p.unit == "quarter" and self.quarter:
                return self.quarter, False
            near = self.previous_sentence == sentence or self.history
            if not self.previous or not near or (p.shift == 0 and self._is_apart(start, sentence)):
                return self.dct, self.history
            return self.previous, self.history
        quoted = self._speech_date(n, start, sentence, who)
        if quoted:
            return quoted, False
        if self.history and self.previous and p.kind != "ref":
            return (self.previous, True) if p.kind != "duration" else (None, False)
        return self.dct, False

    def _is_apart(self, start: int, sentence: int) -> bool:
        """Whether what stands at offset `start` counts from the dct, though its sentence has named a date before it."""
        gone = self.previous and self.dct and self.previous.day < self.dct.day
        if not gone or self.previous_sentence != sentence or self.layout.in_quote(start):
            return False
        here = self.words.at(start)
        lo = self.layout.starts[sentence]
        return beside.is_apart(self.text, self.words, self.previous_at, here, lo, self.language)

    def _day_of_time(self, n: int, stop: int, sentence: int) -> Anchor | None:
        """The day that a clock time belongs to: the date next to it, the story's, else the dct."""
        for later in range(n + 1, min(n + 4, len(self.items))):
            begin, _, item = self.items[later]
            between = self.text[stop : min(begin, stop + FAR_OFF)]
            if not isinstance(item, Found) or not item.partial.has_fields:
                continue
            attached = (
                between in _ATTACHED
                or (between in _TO and item.partial.time)  # 9 a.m. to 5 p.m. on Friday
                or (between.endswith(", on ") and self.layout.sentence(begin) == sentence)
            )
            if attached:
                self.add(later)
                if day := _day_of(self.done[later], "previous"):
                    return day
        if (
            self.previous
            and self.previous.granularity == "day"
            and (self.history or sentence - self.previous_sentence <= 1)
        ):
            return self.previous
        return None if self.history else self.dct

    def _speech_date(self, n: int, start: int, sentence: int, who: str) -> Anchor | None:
        """The day of the speech that a quotation is from, if the text dates it nearby."""
        if not self.layout.in_quote(start):
            return None
        name = surname(who)
        for later in range(n + 1, min(n + 4, len(self.items))):  # "...," she said on Wednesday
            at, _, item = self.items[later]
            if self.layout.sentence(at) != sentence:
                break
            if (
                isinstance(item, Found)
                and item.partial.sub == "WXX"
                and not self.layout.in_quote(at)
            ):
                self.add(later)
                return _day_of(self.done[later], "quote")
        for earlier in range(n - 1, max(-1, n - _NEARBY * 8), -1):
            mention = self.done[earlier]
            if mention is None:
                continue
            i = self.layout.sentence(mention.start_char)
            if sentence - i > _NEARBY:
                return None
            day = _day_of(mention, "quote")
            if i > sentence or self.layout.in_quote(mention.start_char) or not day:
                continue
            text, speaker = self._sentence(i)
            if speaker and (not name or name in text):
                return day
        return None


def _day_of(mention: Mention | None, basis: str) -> Anchor | None:
    """The day that a mention names, as an anchor."""
    if mention is None or mention.granularity != "day" or mention.start is None:
        return None
    return Anchor(mention.start // DAY, "day", basis, day_text(mention.start // DAY))
