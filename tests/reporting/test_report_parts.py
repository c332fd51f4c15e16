"""The page part by part: what a reader finds in it, without opening a browser."""

import base64
import gzip
import json
import re
from html.parser import HTMLParser

import drawing_stories
import numpy as np
import pandas as pd
import pytest
from report_stories import letters_story, many_events

from timeline.errors import InputError
from timeline.exchange.html_text import safe_link
from timeline.reporting import report_html, write_report
from timeline.reporting.bundle import STATIC
from timeline.reporting.content import why_loose
from timeline.reporting.figures import chapters_of
from timeline.reporting.packing import in_order, most_salient, pack_events
from timeline.reporting.parts import page_part
from timeline.reporting.viewer import MODULES
from timeline.reporting.wording import day_words, tidy

PAGE_MODULES = (*MODULES, "page.js")


class Page(HTMLParser):
    """Tags in order with their attributes, and the text that is not in scripts or styles."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.words, self.inside = [], [], ""
        self.feed(html)
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.inside = tag if tag in ("script", "style") else ""

    def handle_endtag(self, tag):
        self.inside = ""

    def handle_data(self, data):
        if not self.inside:
            self.words.append(data)

    def every(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.fixture(scope="module")
def html(letters):
    return report_html(letters)


@pytest.fixture(scope="module")
def page(html):
    return Page(html)


def data_of(html):
    return json.loads(re.search(r'id="data">(.*?)</script>', html, re.S)[1])


def test_summary_says_how_much_is_certain(page):
    """3 of the 8 events are fixed to a day, 1 has no date of its own, on 1 the sources disagree."""
    for words in (
        "Eight events found in two articles by two sources",
        "between 2009 and December 2014",
        "dated to the day 3",
        "known only within bounds 4",
        "without a date of their own 1",
        "on which sources disagree 1",
    ):
        assert words in page.text


def test_every_event_is_listed_with_its_citation_marked(letters, html):
    for event in letters.events.to_dict("records"):
        assert f'id="event={event["event_id"]}"' in html
        for cite in event["citations"]:
            assert f"<mark>{cite['expression']}</mark>" in html


def test_list_is_in_order_of_time(html):
    """Starts in 2009 come before 2014; the event known only as "by 6 November" sorts by that day."""
    order = re.findall(r'<li id="event=(e\w+)"', html)
    assert order == [f"e{n:011x}" for n in (1, 0, 2, 3, 6, 4, 7, 5)]


def test_sources_that_disagree_stand_side_by_side(page):
    after = page.text.split("Where the sources disagree")[1]
    assert "The Hill a pair of letters before" in after
    assert "Foreign Desk the fourth letter" in after


def test_undated_expression_says_why(page):
    after = page.text.split("What could not be dated, and why")[1]
    assert "“a couple of occasions” says how often, not when Foreign Desk" in after


@pytest.mark.parametrize(
    ("type_", "rule", "word"),
    [("DURATION", "duration", "length"), ("SET", "frequency", "repeated"), ("TIME", "clock", "time of day"),
     ("DATE", "now", "present"), ("DATE", "other", "no date")],
)  # fmt: skip
def test_each_type_without_a_date_has_its_own_reason(type_, rule, word):
    assert word in why_loose({"type": type_, "rule": rule})


def test_reading_that_was_turned_down_is_told(page):
    assert "Turned down 2014-11-13, because the verb is in the past" in page.text


def test_article_text_is_whole_and_marks_link_to_events(letters, html):
    """Removing the tags from an article gives its text back, but for the line ends."""
    part = html.split('id="articles-static"')[1].split("</noscript>")[0]
    bodies = re.findall(r'<div class="text".*?>\n(.*?)(?:<p class="note">|</div>)', part, re.S)
    plain = {"".join(Page(body).words).replace("\n", "") for body in bodies}
    assert plain == {text.replace("\n", "") for text in letters.articles["text"]}
    links = re.findall(r'<a class="m" id="mention=([^"]+)" href="#event=([^"]+)"', part)
    owner = {m: e["event_id"] for e in letters.events.to_dict("records") for m in e["mention_ids"]}
    assert dict(links) == owner


def test_only_http_links_with_noopener(page):
    outside = [a for a in page.every("a") if not a["href"].startswith("#")]
    assert outside
    assert all(a["href"].startswith("https://example.") and "noopener" in a["rel"] for a in outside)


def test_policy_allows_nothing_but_the_two_scripts_and_the_styles(page):
    policy = next(
        m["content"] for m in page.every("meta") if "content" in m and "default-src" in m["content"]
    )
    assert policy.startswith("default-src 'none'; base-uri 'none'; form-action 'none'")
    scripts = re.search(r"script-src ([^;]*)", policy)[1]
    assert len(re.findall(r"'sha256-[^']{44}'", scripts)) == 2
    assert "unsafe" not in scripts
    assert "unsafe" not in re.search(r"style-src-elem ([^;]*)", policy)[1]
    assert "http" not in policy


def test_nothing_is_loaded(page):
    for tag, attrs in page.tags:
        assert tag not in ("link", "iframe", "img", "object", "embed", "base")
        assert not {"src", "srcset", "action", "ping"} & set(attrs), tag


def test_plotly_is_there_once_and_its_licence_is_told(html, page):
    assert html.count('id="plotly"') == 1
    packed = re.search(r'id="plotly">([^<]*)<', html)[1]
    assert b"plotly.js" in gzip.decompress(base64.b64decode(packed))[:200]
    assert "Permission is hereby granted" in page.text


def test_same_story_same_bytes_whatever_the_row_order(letters, tmp_path):
    first = write_report(letters, tmp_path / "a.html").read_bytes()
    again = letters_story()
    again.events = again.events.iloc[::-1]
    again.mentions = again.mentions.iloc[::-1]
    again.articles = again.articles.iloc[::-1]
    assert write_report(again, tmp_path / "b.html").read_bytes() == first


def test_letters_report_is_small(html):
    assert len(html.encode()) <= 700_000


def test_title_can_be_given(letters):
    assert '<h1 dir="auto">Another &amp; title</h1>' in report_html(
        letters, title="Another & title"
    )


def test_story_without_events_is_a_page_too():
    story = letters_story()
    story.events = story.events.iloc[:0]
    page = Page(report_html(story))
    assert "No dated statement was found" in page.text
    assert "Secret letter to Khamenei revealed" in page.text


def test_old_report_stays_when_the_new_one_cannot_be_made(letters, tmp_path):
    path = tmp_path / "report.html"
    path.write_text("old", encoding="utf-8")
    broken = letters_story()
    broken.events = broken.events.drop(columns="title")
    with pytest.raises(InputError, match="events frame lacks the column title"):
        write_report(broken, path)
    with pytest.raises(InputError, match="cannot write"):
        write_report(letters, tmp_path / "no-such-folder" / "x.html")
    assert path.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]


def test_packed_events_unpack_to_the_same_numbers():
    story = many_events(500)
    events = in_order(story.events)
    packed = pack_events(events)
    blob, at, columns = gzip.decompress(base64.b64decode(packed["packed"])), 0, {}
    for name, kind in packed["columns"]:
        size = np.dtype(kind).itemsize * packed["n"]
        columns[name] = np.frombuffer(blob[at : at + size], dtype="<" + kind)
        at += -(-size // 8) * 8
    start = (packed["base"] + np.cumsum(columns["step"].astype("int64"))) * packed["unit"]
    assert list(start) == list(events["start"].astype("int64"))
    stop = start + columns["length"].astype("int64") * packed["unit"]
    assert list(stop) == list(events["stop"].astype("int64"))
    titles = gzip.decompress(base64.b64decode(packed["titles"])).decode().split("\n")
    assert titles == list(events["title"])


def test_open_and_missing_dates_pack_without_a_false_one():
    """An open start is flagged 1, an open stop 2, both 3; undated adds 4. Steps are never negative."""
    story = letters_story()
    story.events.loc[2, "stop"] = pd.NaT
    story.events.loc[3, ["start", "stop"]] = pd.NaT
    events = in_order(story.events)
    packed = pack_events(events)
    blob, at = gzip.decompress(base64.b64decode(packed["packed"])), 0
    for name, kind in packed["columns"]:
        size = np.dtype(kind).itemsize * 8
        values = np.frombuffer(blob[at : at + size], dtype="<" + kind)
        at += -(-size // 8) * 8
        if name == "step":
            assert (values >= 0).all()
        if name == "flags":
            flags = dict(zip(events["event_id"], values.tolist(), strict=True))
    assert flags["e00000000007"] == 1 + 4
    assert flags["e00000000002"] == 2
    assert flags["e00000000003"] == 3
    assert flags["e00000000000"] == 0


def test_large_report_keeps_the_most_salient_and_says_so():
    story = many_events(1000)
    page = Page(report_html(story, citations=50))
    listed = {a["id"][6:] for a in page.every("li") if a.get("id", "").startswith("event=")}
    best = story.events.sort_values("salience", ascending=False).head(50)["event_id"]
    assert listed == set(best)
    assert "the other 950 are in the figure" in page.text


def test_most_salient_takes_the_earlier_of_a_tie():
    frame = pd.DataFrame({"salience": [0.5, 0.9, 0.5, 0.1]})
    assert most_salient(frame, 2).tolist() == [0, 1]


def test_figures_for_four_widths_and_two_themes(html):
    specs = json.loads(gzip.decompress(base64.b64decode(data_of(html)["figures"])))
    assert [spec["width"] for spec in specs] == [340, 560, 820, 1140]
    for spec in specs:
        assert [figure["layout"]["width"] for figure in spec["figures"]] == [spec["width"]] * 2
        assert [svg[:4] for svg in spec["svgs"]] == ["<svg", "<svg"]


def test_words_for_days_and_texts():
    assert day_words(np.datetime64("0001-01-01", "s")) == "1 January 1"
    assert day_words(np.datetime64("0000-12-31", "s")) == "31 December 1 BCE"
    assert day_words(np.datetime64("12014-02-03", "s")) == "3 February 12014"
    assert tidy("x" * 1000, 10) == "x" * 10 + " … (1,000 characters)"
    assert tidy("\u202eabc\u200d\u0000") == "abc\u200d"
    assert safe_link("HTTPS://EXAMPLE.org/a b") == ""
    assert safe_link("http:///nowhere") == ""
    assert safe_link("data:text/html,x") == ""
    assert safe_link("http://[broken") == ""


def test_the_viewer_stays_small():
    """Under 1,000 lines of code in its five modules: comments and empty lines apart."""
    text = "\n".join((STATIC / name).read_text("utf-8") for name in PAGE_MODULES)
    bare = re.sub(r"^\s*(/\*((?!\*/)[^\0])*\*/\s*|// .*)$", "", text, flags=re.M)
    assert 500 < sum(bool(line.strip()) for line in bare.splitlines()) < 1000


def test_modules_as_one_script_import_nothing():
    script = page_part(*PAGE_MODULES)
    assert "import " not in re.sub(r"[`'\"][^`'\"\n]*[`'\"]", "", script)
    assert "export function mount(" in script and "/**" not in script


def test_the_viewers_axis_changes_its_scale_where_the_figure_tells_closer():
    """Before, in and after the dense weeks of March 1987: each with how many events begin in it."""
    found = chapters_of(drawing_stories.vague_years())
    bounds = [[str(np.datetime64(t, "s"))[:10] for t in piece[:2]] for piece in found]
    assert bounds == [["1982-08-01", "1987-03-01"], ["1987-03-01", "1987-03-21"], ["1987-03-21", "1992-04-24"]]  # fmt: skip
    assert [n for _, _, n in found] == [11, 40, 1]
