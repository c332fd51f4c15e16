"""Hostile and odd input does nothing in a report but show as text."""

import re

import pandas as pd
import pytest
from report_stories import letters_story
from test_report_parts import Page

from timeline.reporting import report_html
from timeline.reporting.articles import paragraphs
from timeline.reporting.cleaning import clean_html

EVIL = (
    "</script><script>alert(1)</script>",
    "</noscript></title></style><img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "\x00\x01\x1b[31mred",
    "<!--",
    "'\"><b>bold</b>",
)


def poisoned(evil):
    story = letters_story()
    story.title = evil
    story.events = story.events.assign(
        title=evil, when=evil, conflict=evil, attribution=evil, edtf=evil
    )
    story.events["sources"] = pd.Series([[evil]] * len(story.events), dtype="object")
    story.events["citations"] = pd.Series(
        [[{"mention_id": "", "article_id": "a1", "source": evil, "url": "javascript:alert(1)", "expression": evil, "when": evil, "sentence": evil, "how": evil}]] * len(story.events),
        dtype="object",
    )  # fmt: skip
    story.events["alternatives"] = pd.Series(
        [[{"edtf": evil, "when": evil, "start": pd.NaT, "stop": pd.NaT, "says": evil, "sources": [evil]}]] * len(story.events),
        dtype="object",
    )  # fmt: skip
    story.articles = story.articles.assign(
        title=evil, source=evil, url=f"javascript:{evil}", text=evil, language=evil
    )
    story.mentions = story.mentions.assign(expression=evil, problem=evil, start=pd.NaT, stop=pd.NaT)
    return story


@pytest.fixture(scope="module")
def calm_tags(letters):
    return {tag for tag, _ in Page(report_html(letters)).tags}


@pytest.mark.parametrize("evil", EVIL)
def test_hostile_text_adds_no_tag_and_no_handler(evil, calm_tags):
    html = report_html(poisoned(evil))
    page = Page(html)
    assert {tag for tag, _ in page.tags} <= calm_tags
    assert len(re.findall(r"<script\b", html)) == 4 - 1
    for tag, attrs in page.tags:
        assert not [name for name in attrs if name.startswith("on")], tag
        assert not str(attrs.get("href", "")).lower().startswith("javascript")
    assert "\x00" not in html
    assert "\x1b" not in html


def test_title_of_a_megabyte_is_cut_and_says_so():
    story = letters_story()
    story.title = "t" * 1_000_000
    story.events["title"] = "word " * 200_000
    html = report_html(story)
    assert len(html) < 900_000
    assert "(1,000,000 characters)" in html


def test_bidi_overrides_do_not_reach_the_page():
    story = letters_story()
    story.events["title"] = "\u202egnp.exe \u2066x"
    story.articles["text"] = "a \u202eb\u202c c"
    html = report_html(story)
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", html)
    assert "gnp.exe" in html


def test_right_to_left_titles_keep_their_direction():
    story = letters_story()
    story.events["title"] = "نامه به تهران"
    html = report_html(story)
    assert '<span class="what" dir="auto">نامه به تهران</span>' in html


def test_no_character_of_an_article_is_lost_at_odd_spans():
    """Spans that overlap, are empty or pass the end are left unmarked; the text stays whole."""
    marks = [
        {
            "start_char": a,
            "stop_char": b,
            "mention_id": f"m{a}",
            "edtf": "",
            "timex": "",
            "problem": "",
        }
        for a, b in ((0, 3), (2, 5), (4, 4), (6, 9), (8, 99))
    ]
    lines = paragraphs("abcdefghij\nk", marks, {})
    assert ["".join(piece["text"] for piece in line) for line in lines] == ["abcdefghij", "k"]
    assert [p["text"] for line in lines for p in line if "mention_id" in p] == ["abc", "ghi"]


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("<img src='https://example.org/x.png' alt='a cat'>", "<em>[picture not in this file: a cat]</em>"),
        ("<img src='../../etc/passwd.png'>", "<em>[picture not in this file: no description]</em>"),
        ("a<iframe src='https://example.org'></iframe>b", "ab"),
        ("<a href=' java\nscript:x'>y</a>", "<a>y</a>"),
        ("<div onclick=x style='background:url(https://example.org/x)'>y</div>", "<div>y</div>"),
        ("<style>@import 'https://example.org/x.css';</style>z", "<style></style>z"),
        ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
        ("", ""),
    ],
)  # fmt: skip
def test_notebook_html_is_cleaned(dirty, clean):
    assert clean_html(dirty) == clean


def test_tables_get_a_frame_that_scrolls():
    cleaned = clean_html("<p>a</p><table><tr><td>1</td></tr></table>tail")
    assert re.fullmatch(r'<p>a</p><div class="wide"[^>]*><table>.*</table></div>tail', cleaned)
