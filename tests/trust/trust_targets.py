"""What is fuzzed: one function a kind of input, its seeds, and a mutator led by the lines that it reaches.

A target takes any bytes and may raise nothing: it catches InputError itself, and nothing else.
"""

from __future__ import annotations

import atexit
import json
import random
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from itertools import chain
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

import timeline
from timeline.dates import Period, TimeValue, parse_edtf, relation
from timeline.errors import InputError
from timeline.merging import merge
from timeline.reading import read_articles, read_settings
from timeline.schema import ARTICLES, rows_frame
from timeline.tagging import tag
from timeline.tagging.tag import tag_text

ROOT = Path(__file__).parent.parent.parent
TEXT = (
    "On Thursday, Nov. 6, 2014, he said last month's letter, sent “in the first months after taking "
    "office”, came three weeks before 24/11/2014; from 3 to 5 May, at 10:30 p.m. GMT, since 44 BC, "
    "by the end of the 1990s, over the next three to four weeks. The talks end on Monday."
)
GERMAN = (
    "Am Donnerstag, dem 6. November 2014, vor drei Wochen, Ende der 1990er Jahre, bis 24.11.2014."
)


@cache
def scratch() -> Path:
    """A folder in memory where there is one, so that the disk does not set the pace."""
    memory = Path("/dev/shm")
    made = tempfile.mkdtemp(prefix="timeline-fuzz-", dir=memory if memory.is_dir() else None)
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return Path(made)


def put(name: str, data: bytes) -> Path:
    path = scratch() / name
    path.write_bytes(data)
    return path


def article(text: str, dct: str, language: str) -> Any:
    row = {"article_id": "a", "source": "S", "text": text, "dct": dct, "language": language}
    return rows_frame(ARTICLES, [row])


def fuzz_text(data: bytes) -> None:
    """Text to mentions to events, in both languages, with a publication date and without."""
    text = data.decode("utf-8", "surrogateescape")
    dct = ("2014-11-06", "", "0001-01-01", "9999-12-31")[len(data) % 4]
    articles = article(text, dct, "de" if len(data) % 5 == 0 else "en")
    mentions = tag(articles)
    for mention in mentions.to_dict("records"):
        assert 0 <= mention["start_char"] < mention["stop_char"] <= len(text)
        timeline.explain(mention)
    events = merge(mentions, articles)
    told = [*chain(*events["mention_ids"]), *(u["mention_id"] for u in events.attrs["unused"])]
    assert sorted(told) == sorted(mentions["mention_id"])


def use(value: TimeValue | Period) -> None:
    """Ask a value everything that it can be asked; its EDTF gives the same bounds again."""
    assert isinstance(value.words(), str)
    assert value.sort_key == value.sort_key
    relation(value, TimeValue.day(2014, 11, 6))
    if value.edtf:
        again = type(value).from_edtf(value.edtf)
        assert (again.start, again.stop) == (value.start, value.stop), value.edtf
    if isinstance(value, TimeValue):
        assert isinstance(value.timex, str)


def fuzz_edtf(data: bytes) -> None:
    """EDTF text to values and back."""
    text = data.decode("utf-8", "surrogateescape")
    for read in (parse_edtf, TimeValue.from_edtf, Period.from_edtf):
        try:
            use(read(text))
        except InputError:
            continue


def fuzz_timex(data: bytes) -> None:
    """TIMEX3 value and mod to values and back."""
    value, _, mod = data.decode("utf-8", "surrogateescape").partition(" ")
    try:
        use(TimeValue.from_timex(value, mod))
    except InputError:
        return


def _articles(name: str, data: bytes) -> None:
    try:
        read_articles(put(name, data))
    except InputError:
        return


def fuzz_front_matter(data: bytes) -> None:
    """A Markdown article with front matter."""
    _articles("a.md", data)


def fuzz_html(data: bytes) -> None:
    """A web page."""
    _articles("a.html", data)


def fuzz_article_tables(data: bytes) -> None:
    """Articles in CSV, JSON lines and plain text: the same bytes as each."""
    for name in ("a.csv", "a.jsonl", "a.txt"):
        _articles(name, data)


def fuzz_story(data: bytes) -> None:
    """story.toml, its landmarks then counted from."""
    try:
        settings = read_settings(put("story.toml", data))
        tag_text(TEXT, dct="2014-11-06", landmarks=dict(settings.landmarks))
    except InputError:
        return


@cache
def some_events() -> Any:
    articles = article(TEXT, "2014-11-06", "en")
    return merge(tag(articles), articles)


def fuzz_corrections(data: bytes) -> None:
    """corrections.toml, applied to the events of a text."""
    try:
        timeline.correct(some_events(), timeline.read_corrections(put("corrections.toml", data)))
    except InputError:
        return


def _events(name: str, data: bytes) -> None:
    try:
        frame = timeline.read_events(put(name, data))
    except InputError:
        return
    for to in ("csv", "json", "ics", "timelinejs", "vis", "markdown"):
        timeline.write_events(frame, put(f"out.{to}", b""), to)


def fuzz_csv(data: bytes) -> None:
    """Somebody's CSV of events, written out again in every format."""
    _events("a.csv", data)


def fuzz_json(data: bytes) -> None:
    """JSON events: our own, TimelineJS, vis-timeline."""
    _events("a.json", data)


def fuzz_ics(data: bytes) -> None:
    """An iCalendar file."""
    _events("a.ics", data)


def fuzz_timeml(data: bytes) -> None:
    """A TimeML document."""
    _events("a.tml", data)


class Target(NamedTuple):
    """A function to fuzz and the bytes to begin from."""

    run: Callable[[bytes], None]
    seeds: tuple[str, ...]


OWN = json.dumps(
    [{"title": "Talks", "date": "c. 1850", "end": "1850-05", "salience": 0.5, "x": [1]}]
)
JS = '{"title":{"text":{"headline":"T"}},"scale":"human","events":[{"start_date":{"year":"2014","month":11,"day":6,"hour":23,"minute":59,"second":0},"end_date":{"year":-44},"display_date":"x","group":"g","media":{"url":"https://example.org/"},"text":{"headline":"<b>A</b>","text":"<p>x &amp; y</p>"},"unique_id":"e","timeline":{"edtf":"2014-11","extent":"within","sources":["A"],"title":"A"}}],"eras":[{"start_date":{"year":"2014"},"end_date":{"year":"2015"}}]}'
VIS = '[{"id":1,"content":"A: Talks","start":"2014-11-06T10:00:00","end":1415268000000,"type":"range","title":"t<br>u","group":1,"timeline":{"edtf":"2014-11-06/..","title":"Talks","extent":"throughout"}},{"start":"-000043-03-15","content":"x","type":"background"}]'
ICS = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nX-WR-CALNAME:Story\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:19700101T000000Z\r\nDTSTART;VALUE=DATE:20141106\r\nDTEND;TZID=Europe/Paris:20141107T101500\r\nDURATION:P1DT2H\r\nRRULE:FREQ=DAILY\r\nSUMMARY:Talks\\, more\r\nURL:https://example.org/\r\nX-TIMELINE:{"edtf":"2014-11-06"}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n'
TML = '<?xml version="1.0" encoding="UTF-8"?>\n<TimeML><DOCID>d</DOCID><DCT><TIMEX3 tid="t0" type="DATE" value="2014-11-06">x</TIMEX3></DCT><TITLE>T</TITLE><TEXT>On <TIMEX3 tid="t1" type="DATE" value="2014-W45-WE" mod="APPROX" edtf="2014-11~">the weekend</TIMEX3> &amp; <TIMEX3 type="DURATION" value="P3D">three days</TIMEX3>.</TEXT></TimeML>'
CORRECTIONS = '[[retitle]]\nevent = "x"\narticle = "S"\nquote = "last month\'s letter"\ntitle = "Letter"\n[[redate]]\nquote = "Thursday"\ndate = "2014-11"\n[[drop]]\nquote = "talks end"\n[[split]]\nquote = "letter"\n[[merge]]\nquote = "Thursday"\nwith = [{ quote = "talks end", article = "S" }]\n[[kind]]\nquote = "letter"\nkind = "plan"\n[[status]]\nquote = "letter"\nstatus = "denied"\n[[add]]\ntitle = "New"\ndate = "2014~/.."\nsource = "me"\nurl = "https://example.org"\n'
HTML = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>T</title><meta property="article:published_time" content="2014-11-06T10:00:00Z"><script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2014-11-06","headline":"H"}</script></head><body><article><h1>Talks</h1><p>%s</p><p>%s</p><time datetime="2014-11-06">6 Nov</time></article></body></html>'  # fmt: skip

TARGETS = {
    "text": Target(fuzz_text, (TEXT, GERMAN, "“He left on Monday,” she said on Tuesday.\n\n" * 3)),
    "edtf": Target(
        fuzz_edtf,
        ("2014-11-06", "2014-11-06T10:30:00Z", "201X", "2014-21?", "2014-11~/2014-12-04", "../-0043",
         "[1667,1668-12..]", "{..1983-12-31,1984}", "Y-17E7S3", "1560-XX-25", "2004-06~-?11", "2014-11-06/.."),
    ),
    "timex": Target(
        fuzz_timex,
        ("2014-11-06", "2014-W45-WE", "BC0044-03", "199 MID", "19", "FY2014 START", "2014-Q3 BEFORE",
         "2014-11-06TEV", "P3D", "2014-11-06T10:30 APPROX", "XXXX-WXX-3", "PAST_REF", "2014-WI ON_OR_AFTER"),
    ),
    "front_matter": Target(
        fuzz_front_matter,
        ("---\ntitle: T\npublished: 2014-11-06\nsource: S\nlanguage: en\nurl: https://example.org\n---\nThey met on Monday.\n",
         "---\n? {a: [1, *x]}\n: &x b\ntitle: !!python/object/apply:os.system [id]\ndate: 6. November 2014\n---\ntext"),
    ),
    "story": Target(
        fuzz_story,
        ('title = "T"\nlanguage = "en"\npublished = 2014-11-06\n[landmarks]\n"taking office" = "2009-01-20"\n"the war" = "1939/1945"\n',),
    ),
    "corrections": Target(fuzz_corrections, (CORRECTIONS,)),
    "html": Target(fuzz_html, (HTML % (TEXT, TEXT),)),
    "article_tables": Target(
        fuzz_article_tables,
        ('text,title,published,url\n"They met, on Monday.",T,"Nov 6, 2014",x\n', '{"text":"They met.","published":"2014-11-06T10:00+01:00","title":null}\n', TEXT),
    ),
    "csv": Target(
        fuzz_csv,
        ("title;date;end;source;n\nTalks;c. 1850;1850-05;A|B;3\nX;\"3–5 May 2014\";;;\nY;24.11.2014;present;;\nZ;spring 2014;;;\n",
         "Year,Month,Day,Time,End Year,Headline,Text,Media,Type\n2014,11,6,10:30,2015,H,<b>t</b>,x,era\n", "what,when\nA,noviembre de 2014\nB,between 500 and 450 BC\nC,v. Chr. 44\n"),
    ),
    "json": Target(fuzz_json, (OWN, JS, VIS)),
    "ics": Target(fuzz_ics, (ICS,)),
    "timeml": Target(fuzz_timeml, (TML,)),
}  # fmt: skip

ODD = [
    *"0 -1 9999999999 1e400 NaN null true [] {} \"\" '' , ; : / \\ .. ~ ? % X Y E S - -- \n \r\n \t \0 \ufeff".split(" "),
    " ", "\\ud800", "\udcff", "\u202e", "\U0010ffff", "𝟛", "٣", "²", "é", "\x85", "\u2028", "<![", "<!--", "&#0;",
    "&#xD800;", "]]>", "9" * 5000, "[" * 3000, "{\"a\":" * 2000, "<div>" * 2000, "(" * 50, "a" * 3000,
]  # fmt: skip


class Mutator:
    """New inputs from those that reached new lines: tokens moved, doubled, dropped, spliced, bytes flipped."""

    def __init__(self, target: Target, seed: int) -> None:
        self.random = random.Random(seed)
        self.corpus = [seed_text.encode("utf-8", "surrogateescape") for seed_text in target.seeds]
        words = {w for text in target.seeds for w in re.findall(r"\w+|[^\w\s]+|\s+", text)}
        self.words = [w.encode("utf-8", "surrogateescape") for w in sorted(words)]
        self.odd = [w.encode("utf-8", "surrogateescape") for w in ODD]

    def make(self) -> bytes:
        pick = self.random
        data = pick.choice(self.corpus)
        for _ in range(pick.choice((1, 1, 2, 3, 6))):
            at, to = sorted((pick.randrange(len(data) + 1), pick.randrange(len(data) + 1)))
            to = min(to, at + pick.choice((1, 2, 4, 16, 400)))
            how = pick.randrange(7)
            if how == 0:
                data = data[:at] + data[to:]
            elif how == 1:
                data = data[:at] + pick.choice(self.words) + data[to:]
            elif how == 2:
                data = data[:at] + pick.choice(self.words) + data[at:]
            elif how == 3:
                data = data[:at] + pick.choice(self.odd) + data[at if pick.random() < 0.5 else to :]
            elif how == 4:
                data = data[:at] + data[at:to] * pick.choice((2, 3, 50)) + data[to:]
            elif how == 5:
                other = pick.choice(self.corpus)
                data = data[:at] + other[pick.randrange(len(other) + 1) :]
            elif data:
                spot = pick.randrange(len(data))
                data = data[:spot] + bytes([pick.randrange(256)]) + data[spot + 1 :]
        return data[:20_000]


PACKAGE = str(Path(timeline.__file__).parent)


def lines_of(run: Callable[[bytes], None], data: bytes, seen: set[tuple[str, int]]) -> bool:
    """Run under trace; whether a line of the package was reached that is not in `seen`, which grows."""
    before = len(seen)

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        name = frame.f_code.co_filename
        if event == "call" and not name.startswith(PACKAGE):
            return None
        seen.add((name, frame.f_lineno))
        return trace

    old = sys.gettrace()
    sys.settrace(trace)
    try:
        run(data)
    finally:
        sys.settrace(old)
    return len(seen) > before


class Crash(NamedTuple):
    """An input that made something other than InputError come out, and what that was."""

    data: bytes
    error: BaseException


class Run(NamedTuple):
    """What a run of one target came to; `slowest` and `slow` are the seconds and bytes of one input."""

    inputs: int
    lines: int
    crashes: list[Crash]
    slowest: float
    slow: bytes
    processor: float


def fuzz(name: str, seconds: float, seed: int = 1) -> Run:
    """Mutate and run for so long; every fifth input under trace, to learn which are worth keeping."""
    target, crashes, kinds = TARGETS[name], [], set()
    mutator, seen = Mutator(target, seed), set()
    for data in mutator.corpus:
        target.run(data)  # loads tables and libraries, which is not what is timed
    inputs, slowest, slow = 0, 0.0, b""
    processor, end = time.process_time(), time.monotonic() + seconds
    queue = list(mutator.corpus)
    while queue or time.monotonic() < end:
        data = queue.pop() if queue else mutator.make()
        began = time.process_time()  # not the clock's, as other work runs beside it
        try:
            if inputs % 5 == 0 or inputs < len(target.seeds):
                if lines_of(target.run, data, seen) and len(data) < 5000:
                    mutator.corpus.append(data)
            else:
                target.run(data)
        except Exception as error:
            place = error.__traceback__
            while place is not None and place.tb_next is not None:
                place = place.tb_next
            kind = (
                type(error).__name__,
                place and place.tb_frame.f_code.co_filename,
                place and place.tb_lineno,
            )
            if kind not in kinds:
                kinds.add(kind)
                crashes.append(Crash(data, error))
        if time.process_time() - began > slowest:
            slowest, slow = time.process_time() - began, data
        inputs += 1
    return Run(inputs, len(seen), crashes, slowest, slow, time.process_time() - processor)
