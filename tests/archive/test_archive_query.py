"""What an archive can be asked: stories cut out by words and dates, and the days that it talks about."""

import json

import pandas as pd
import pytest

import timeline
from timeline.archive import count_days, count_granularities, cut_story, find_articles
from timeline.archive.overview import count_values
from timeline.archive.query import write_story_folder
from timeline.cli import main
from timeline.errors import InputError

ARTICLES = [
    ("Nightjar rises", "2013-12-31", "The Nightjar affair began on 3 May 2012. It ended in June 2013."),
    ("A quiet day", "2014-11-06", "Nothing but birds; a NIGHTJAR was heard on 3 May 2012 and 4 May 2012."),
    ("Fish", "2014-11-07", "The fishing agreement\nwas signed on 3 May 2012, the négociations over."),
    ("Birds", "2015-01-01", "Two nightjars were seen in 2011."),
    ("An undated page", "", "The nightjar came in 1999."),
]  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory, client):
    folder = tmp_path_factory.mktemp("query")
    rows = [dict(zip(("title", "published", "text"), one, strict=True)) for one in ARTICLES]
    # the second file holds a copy, in another partition
    for name, part in (("a", rows), ("b", rows[:1])):
        (folder / f"{name}.jsonl").write_text(
            "".join(json.dumps({"source": "The Post", **row}) + "\n" for row in part)
        )
    timeline.tag_archive(
        [folder / "a.jsonl", folder / "b.jsonl"], folder / "out", client=client, progress=False,
        partition_bytes=150, landmarks={"the flood": "2011-05"},
    )  # fmt: skip
    return folder / "out"


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("nightjar", ["An undated page", "Nightjar rises", "A quiet day"]),
        ("NIGHTJAR*", ["An undated page", "Nightjar rises", "A quiet day", "Birds"]),
        ("nightjar affair", ["Nightjar rises"]),
        ('"fishing agreement"', ["Fish"]),
        ('"agreement was"', ["Fish"]),
        ('"agreement fishing"', []),
        ("fish", ["Fish"]),
        ("NÉGOCIATIONS", ["Fish"]),
        ("gociations", []),
        ("night.ar", []),
    ],
)
def test_every_word_must_be_there_whole_in_any_case(archive, words, titles):
    found = find_articles(archive, words)
    assert found["title"].tolist() == titles
    assert found.attrs["more"] is False


@pytest.mark.parametrize(
    ("since", "until", "titles"),
    [
        ("2014", None, ["A quiet day", "Birds"]),
        (None, "2014-11", ["Nightjar rises", "A quiet day"]),
        ("2013-12-31", "2013-12-31", ["Nightjar rises"]),
        ("2014-11-07", "2014", []),
    ],
)
def test_both_ends_of_the_dates_are_taken_in(archive, since, until, titles):
    found = find_articles(archive, "nightjar*", since=since, until=until)
    assert found["title"].tolist() == titles


def test_a_story_has_each_article_once_with_its_stored_mentions(archive):
    story = cut_story(archive, "nightjar affair")
    assert story.articles["title"].tolist() == ["Nightjar rises"]
    expected = timeline.tag(story.articles, landmarks=dict(story.landmarks))
    pd.testing.assert_frame_equal(story.mentions, expected)
    assert {"2012-05-03", "2013-06"} <= set(story.events["edtf"])


def test_too_many_articles_are_said_and_those_with_the_words_in_the_title_are_kept(archive):
    story = cut_story(archive, "nightjar*", most=2)
    assert story.articles["title"].tolist() == ["Nightjar rises", "Birds"]
    assert story.problems["problem"].tolist() == [
        "more than 2 articles match and 2 are taken: narrow the words or dates, or raise --most"
    ]


def test_copies_do_not_take_the_place_of_other_articles(archive):
    """One of the four comes twice."""
    for most, more in ((3, True), (4, False), (5, False)):
        found = find_articles(archive, "nightjar*", most=most)
        assert (len(found), found.attrs["more"]) == (min(most, 4), more)


def test_a_story_folder_reads_back_as_the_same_story(archive, tmp_path):
    cut = cut_story(archive, "nightjar")
    story = timeline.read_story(write_story_folder(cut, tmp_path / "story"))
    pd.testing.assert_frame_equal(
        story.articles.drop(columns="dct_basis"), cut.articles.drop(columns="dct_basis")
    )
    assert story.title == "nightjar" and dict(story.landmarks) == {"the flood": "2011-05"}
    assert story.events["edtf"].tolist() == cut.events["edtf"].tolist()
    with pytest.raises(InputError, match="not empty"):
        write_story_folder(cut, tmp_path / "story")


def test_days_are_counted_by_mentions_articles_and_publication(archive):
    days = count_days(archive).set_index(count_days(archive)["day"].astype(str))
    assert str(days["day"].dtype) == "datetime64[s]"
    numbers = ["n_mentions", "n_articles", "n_published"]
    # the copied article is counted once; a month or a year points to no day
    assert days.loc["2012-05-03", numbers].tolist() == [3, 3, 0]
    assert days.loc["2012-05-04", numbers].tolist() == [1, 1, 0]
    assert days.loc["2014-11-06", numbers].tolist() == [0, 0, 1]
    assert len(days) == 6


def test_the_other_mentions_are_counted_by_their_unit(archive):
    assert count_granularities(archive).to_dict() == {"day": 4, "year": 2, "month": 1}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"match": "zebra"}, "no article of .* holds all of 'zebra'"),
        ({"match": '"" ...'}, "has no word to look for"),
        ({"match": "a", "since": "yesterday"}, r"--since 'yesterday' is not a date: write it as 2014"),
        ({"match": "a", "until": "2014-13"}, r"--until '2014-13' is not a date"),
    ],
)  # fmt: skip
def test_a_question_that_has_no_answer_gets_a_sentence(archive, options, message):
    with pytest.raises(InputError, match=message):
        cut_story(archive, **options)


def test_what_is_no_archive_is_said(tmp_path):
    with pytest.raises(InputError, match=r"is no archive .*timeline archive tag"):
        count_days(tmp_path)


def test_the_command_writes_a_folder_a_table_and_says_what_it_found(archive, tmp_path, capsys):
    assert main(["archive", "story", str(archive), "--match", "fish", "-o", str(tmp_path / "fish")]) == 0  # fmt: skip
    assert capsys.readouterr().out == f"{tmp_path / 'fish'}: 1 article; next: timeline report {tmp_path / 'fish'}\n"  # fmt: skip
    assert main(["archive", "story", str(archive), "--match", "fish", "-o", str(tmp_path / "f.html")]) == 0  # fmt: skip
    assert capsys.readouterr().out.startswith(f"{tmp_path / 'f.html'}: 1 article, ")
    assert main(["archive", "overview", str(archive), "--top", "1", "-o", str(tmp_path / "days.csv")]) == 0  # fmt: skip
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "mentions: 4 day, 2 year, 1 month"
    assert said[2].split() == ["2012-05-03", "3", "3", "0"] and len(said) == 3
    assert "2012-05-03,3,3,0" in (tmp_path / "days.csv").read_text().splitlines()
    assert main(["archive", "story", str(archive), "--match", "zebra", "-o", str(tmp_path / "z")]) == 2  # fmt: skip
    assert "no article" in capsys.readouterr().err


def test_values_are_counted_for_the_figure(archive):
    values = count_values(archive)
    counts = {(str(row.start)[:10], str(row.stop)[:10]): row.n_mentions for row in values.itertuples()}  # fmt: skip
    assert counts == {
        ("1999-01-01", "2000-01-01"): 1,
        ("2011-01-01", "2012-01-01"): 1,
        ("2012-05-03", "2012-05-04"): 3,
        ("2012-05-04", "2012-05-05"): 1,
        ("2013-06-01", "2013-07-01"): 1,
    }


def test_the_overview_is_drawn(archive, tmp_path):
    assert main(["archive", "overview", str(archive), "-o", str(tmp_path / "days.svg")]) == 0
    assert "What the archive talks about" in (tmp_path / "days.svg").read_text()
    assert main(["archive", "overview", str(archive), "-o", str(tmp_path / "days.doc")]) == 2


def test_a_story_can_go_straight_into_a_report(archive, tmp_path, capsys):
    target = tmp_path / "nightjar.html"
    asked = ["archive", "story", str(archive), "--match", "nightjar", "--title", "Birds", "-o", str(target)]  # fmt: skip
    assert main(asked) == 0
    assert capsys.readouterr().out.startswith(f"{target}: 3 articles, ")
    assert "The Nightjar affair" in target.read_text() and "<title>Birds" in target.read_text()
