"""Files of every kind become articles; what cannot be read is said with file and line."""

import json
import os

import pandas as pd
import pytest

from timeline.errors import InputError
from timeline.reading import read_articles
from timeline.reading.dates import publication_date

MD = "---\ntitle: A headline\nsource: Gazette\npublished: 2014-11-06\nurl: https://example.org/a\n---\nThey met on Monday.\n"
HTML = """<html lang="en"><head><title>Bridge opens</title>
<meta property="article:published_time" content="2014-11-06T08:00:00Z"><meta property="og:site_name" content="Gazette">
</head><body><article><h1>Bridge opens</h1>
<p>The mayor opened the new bridge on Monday, and hundreds of people walked across the river to see it.</p>
<p>The old bridge was closed in June after a flood had damaged two of its piers, the council said.</p>
</article></body></html>"""


def write(folder, name, text):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def test_front_matter_gives_title_source_date_and_address(tmp_path):
    row = read_articles(write(tmp_path, "a.md", MD)).iloc[0]
    assert (row.title, row.source, row.dct, row.dct_basis) == (
        "A headline",
        "Gazette",
        "2014-11-06",
        "stated",
    )
    assert (row.url, row.text) == ("https://example.org/a", "They met on Monday.\n")


def test_a_headline_may_hold_a_colon(tmp_path):
    text = "---\ntitle: Weir: council blames rain\npublished: 2014-11-06\n---\nIt rained.\n"
    row = read_articles(write(tmp_path, "a.md", text)).iloc[0]
    assert (row.title, row.dct) == ("Weir: council blames rain", "2014-11-06")


def test_plain_text_is_its_own_source_and_takes_the_users_date(tmp_path):
    row = read_articles(
        write(tmp_path, "morning-paper.txt", "They met on Monday."), published="6 November 2014"
    ).iloc[0]
    assert (row.source, row.dct, row.dct_basis) == ("morning-paper", "2014-11-06", "user")


def test_a_web_page_gives_text_without_markup_and_the_date_of_its_metadata(tmp_path):
    row = read_articles(write(tmp_path, "a.html", HTML)).iloc[0]
    assert (row.dct, row.dct_basis, row.source) == ("2014-11-06", "html", "Gazette")
    assert "opened the new bridge on Monday" in row.text and "<p>" not in row.text


@pytest.mark.parametrize("kind", ["jsonl", "csv", "parquet"])
def test_tables_give_one_article_a_row(tmp_path, kind):
    rows = [
        {"text": "One, on Monday.", "date": "2014-11-06", "publisher": "A"},
        {"text": "Two, on Tuesday.", "date": "2014-11-07", "publisher": "B"},
    ]
    path = tmp_path / f"news.{kind}"
    if kind == "jsonl":
        path.write_text("\n".join(map(json.dumps, rows)))
    elif kind == "csv":
        pd.DataFrame(rows).to_csv(path, index=False)
    else:
        pd.DataFrame(rows).to_parquet(path)
    frame = read_articles(path)
    assert frame[["source", "dct", "text"]].values.tolist() == [
        ["A", "2014-11-06", "One, on Monday."],
        ["B", "2014-11-07", "Two, on Tuesday."],
    ]


def test_the_order_of_files_changes_nothing(tmp_path):
    paths = [write(tmp_path, f"{name}.md", MD.replace("Monday", name)) for name in "cab"]
    one, other = read_articles(paths), read_articles(paths[::-1])
    pd.testing.assert_frame_equal(one, other)


def test_the_same_article_twice_is_kept_once_and_said(tmp_path):
    paths = [write(tmp_path, "a.md", MD), write(tmp_path, "b.md", MD)]
    frame = read_articles(paths)
    assert len(frame) == 1
    assert "twice" in frame.attrs["problems"][0]["problem"]


def test_a_missing_date_is_named_with_what_to_do_and_never_guessed(tmp_path):
    frame = read_articles(write(tmp_path, "undated.txt", "They met on Monday."))
    assert (frame.dct[0], frame.dct_basis[0]) == ("", "missing")
    (problem,) = frame.attrs["problems"]
    assert problem["file"].endswith("undated.txt") and "--published" in problem["problem"]


def test_files_of_other_kinds_are_listed_not_dropped_in_silence(tmp_path):
    write(tmp_path, "a.md", MD)
    write(tmp_path, "scan.pdf", b"%PDF-1.4")
    (problem,) = read_articles(tmp_path).attrs["problems"]
    assert problem["file"].endswith("scan.pdf") and ".txt" in problem["problem"]


def test_a_report_of_ours_beside_the_articles_is_passed_over_and_named(tmp_path):
    write(tmp_path, "a.md", MD)
    head = '<!doctype html><meta name="generator" content="story-timeline 0.1.0">'
    write(tmp_path, "report.html", HTML.replace('<html lang="en">', head))
    frame = read_articles(tmp_path)
    assert len(frame) == 1
    assert "a report of this program" in frame.attrs["problems"][0]["problem"]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    outside = write(tmp_path, "secret.txt", "Not for the story.")
    folder = tmp_path / "story"
    folder.mkdir()
    write(folder, "a.md", MD)
    (folder / "b.txt").symlink_to(outside)
    frame = read_articles(folder)
    assert len(frame) == 1
    assert "leaves the folder" in frame.attrs["problems"][0]["problem"]


def test_a_named_pipe_is_refused_and_does_not_hang(tmp_path):
    write(tmp_path, "a.md", MD)
    os.mkfifo(tmp_path / "pipe.txt")
    assert "ordinary file" in read_articles(tmp_path).attrs["problems"][0]["problem"]


@pytest.mark.parametrize(
    "name, content, says",
    [
        ("a.txt", b"one\ntw\xff\xfeo", r"a\.txt:2: byte 0xff is not UTF-8"),
        ("a.txt", "  \n", r"a\.txt:1: the article has no text"),
        ("a.md", "---\ntitle: x\nThey met.", r"a\.md:1: the front matter has no closing"),
        ("a.md", "---\ntitle: [x\n---\nThey met.", r"a\.md:\d: broken front matter"),
        ("a.md", "---\n- x\n---\nThey met.", r"a\.md:2: the front matter is not 'key: value'"),
        (
            "a.md",
            "---\ntitle: x\npublised: 2014-11-06\n---\nThey met.",
            r"a\.md:3: unknown key 'publised'; did you mean 'published'",
        ),
        (
            "a.md",
            "---\ntitle: x\npublished: 2014-02-30\n---\nThey met.",
            r"a\.md:3: '2014-02-30' is not a possible date",
        ),
        ("a.md", "---\npublished: soon\n---\nThey met.", r"a\.md:2: 'soon' is not a full date"),
        (
            "a.csv",
            "title,body text\nx,y\n",
            r"a\.csv:1: no column 'text' among 'title', 'body text'",
        ),
        ("a.csv", "title,text\nx,y,z\n", r"a\.csv:2: 3 cells under 2 headings"),
        (
            "a.csv",
            "text,date\nok,2014-11-06\nbad,2014-13-01\n",
            r"a\.csv:3: '2014-13-01' is not a possible date",
        ),
        ("a.jsonl", '{"text": "x"}\n{"text": \n', r"a\.jsonl:2: not JSON"),
        ("a.jsonl", "[1]\n", r"a\.jsonl:1: list where an object"),
        ("a.parquet", b"PAR1 no", r"a\.parquet: not a Parquet file"),
        ("a.html", "<html></html>", r"a\.html:1: no article text"),
        ("a.docx", b"PK", r"a\.docx: not a kind that can be read; allowed are \.txt"),
    ],
)
def test_bad_input_is_one_sentence_with_file_and_line(tmp_path, name, content, says):
    with pytest.raises(InputError, match=says) as caught:
        read_articles(write(tmp_path, name, content))
    assert "\n" not in str(caught.value)


def test_keep_going_lists_the_bad_file_and_reads_the_others(tmp_path):
    write(tmp_path, "a.md", MD)
    write(tmp_path, "b.txt", b"\xff")
    frame = read_articles(tmp_path, keep_going=True)
    assert len(frame) == 1
    assert frame.attrs["problems"] == [
        {
            "file": str(tmp_path / "b.txt"),
            "line": 1,
            "problem": "byte 0xff is not UTF-8; save the file as UTF-8",
        }
    ]


@pytest.mark.parametrize("given", ["nowhere", "nowhere/*.txt"])
def test_a_path_that_is_not_there_is_named(given):
    with pytest.raises(InputError, match="does not exist"):
        read_articles(given)


def test_an_empty_folder_says_what_to_put_there(tmp_path):
    with pytest.raises(InputError, match=r"no articles in .*put \.txt"):
        read_articles(tmp_path)


@pytest.mark.parametrize(
    "text, iso",
    [
        ("6 November 2014", "2014-11-06"),
        ("Nov. 6, 2014", "2014-11-06"),
        ("06.11.2014", "2014-11-06"),
        ("2014-11-06T09:30:00-05:00", "2014-11-06T09:30:00"),
        ("6 de noviembre de 2014", "2014-11-06"),
        ("", ""),
    ],
)
def test_publication_dates_are_read_in_any_usual_form(text, iso):
    assert publication_date(text, "here") == iso


@pytest.mark.parametrize(
    "text", ["03/04/2014", "November 2014", "2014", "yesterday", "31 February 2014"]
)
def test_a_date_that_is_ambiguous_relative_or_less_than_a_day_is_refused(text):
    with pytest.raises(InputError, match="write it as 2014-11-06"):
        publication_date(text, "here")
