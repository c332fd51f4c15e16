"""The command as a user runs it: results on standard output, one clear sentence and exit code 2 for bad input."""

import contextlib
import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from timeline import read_story
from timeline.cli import main

ROOT = Path(__file__).parent.parent.parent
STORY = str(ROOT / "data" / "iran-letters")


def run(*arguments, stdin="", cwd=None):
    """The command in this process, which is quicker: exit code and what it wrote."""
    streams = {
        name: io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")
        for name in ("stdout", "stderr")
    }
    before = sys.stdin, sys.stdout, sys.stderr
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin.encode("utf-8")), encoding="utf-8")
    sys.stdout, sys.stderr = streams.values()
    try:
        with contextlib.chdir(cwd or "."):
            code = main([str(argument) for argument in arguments])
    except SystemExit as stop:
        code = stop.code
    finally:
        told = {}
        for name, stream in streams.items():
            stream.flush()
            told[name] = stream.buffer.getvalue().decode("utf-8")
        sys.stdin, sys.stdout, sys.stderr = before
    return SimpleNamespace(returncode=code, **told)


@pytest.mark.slow
def test_the_module_and_the_command_are_one():
    """`python -m timeline` in a process of its own: exit code and streams as a shell sees them."""
    good = subprocess.run(
        [sys.executable, "-m", "timeline", "events", STORY], capture_output=True, text=True
    )
    bad = subprocess.run(
        [sys.executable, "-m", "timeline", "events", "nowhere"], capture_output=True, text=True
    )
    assert good.returncode == 0 and good.stdout.startswith("event_id,title,kind")
    assert bad.returncode == 2 and bad.stdout == "" and "nowhere" in bad.stderr


def test_report_says_where_it_is_and_what_it_found(tmp_path):
    done = run("report", STORY, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "reports" / "iran-letters.html").stat().st_size > 10_000
    assert done.stdout.startswith("reports/iran-letters.html: 2 articles, ")
    for word in ("mentions", "events", "undated", "problems"):
        assert word in done.stdout


def test_events_are_csv_on_standard_output():
    rows = list(csv.DictReader(io.StringIO(run("events", STORY).stdout)))
    deadline = [row for row in rows if row["edtf"] == "2014-11-24"]
    assert len(deadline) == 1
    assert json.loads(deadline[0]["sources"]) == ["Forward", "The Hill"]


@pytest.mark.parametrize("kind", ["json", "jsonl", "parquet", "csv"])
def test_mentions_are_written_in_the_form_that_is_asked_for(tmp_path, kind):
    import pandas as pd

    target = tmp_path / f"mentions.{kind}"
    done = run("mentions", STORY, "--to", kind, "-o", target)
    assert done.returncode == 0, done.stderr
    read = {"json": pd.read_json, "csv": pd.read_csv, "parquet": pd.read_parquet}
    frame = pd.read_json(target, lines=True) if kind == "jsonl" else read[kind](target)
    assert "Nov. 24" in set(frame["expression"])


def test_events_are_drawn_as_svg_by_the_ending_or_by_name(tmp_path):
    done = run("events", STORY, "-o", tmp_path / "story.svg")
    assert done.returncode == 0, done.stderr
    drawn = (tmp_path / "story.svg").read_text("utf-8")
    assert drawn.startswith("<svg") and "negotiating" in drawn
    assert run("events", STORY, "--to", "svg").stdout == drawn


def test_tag_reads_standard_input_and_counts_offsets_in_it():
    text = "\r\n– They met “last Thursday”.\r\n"
    done = run("tag", "-", "--published", "2014-11-06", stdin=text)
    (row,) = map(json.loads, done.stdout.splitlines())
    assert row["edtf"] == "2014-10-30"
    assert row["expression"] == "last Thursday"


def test_a_text_without_a_date_leaves_relative_dates_open():
    rows = run("tag", "-", stdin="They met on Monday. They met on 3 May 2012.").stdout
    monday, may = map(json.loads, rows.splitlines())
    assert (monday["edtf"], may["edtf"]) == ("", "2012-05-03") and monday["problem"]


def test_articles_in_a_language_without_rules_are_named(tmp_path):
    path = tmp_path / "soir.md"
    path.write_text("---\ntitle: Le pont\nsource: Le Soir\nlanguage: fr\n---\nIl est venu lundi.\n")
    done = run("events", path, "--published", "2014-11-06")
    assert "Le Soir: no dates are read in the language 'fr' (“Le pont”)" in done.stderr


def test_a_new_story_is_a_folder_that_reports_at_once(tmp_path):
    assert run("new", tmp_path / "mine").returncode == 0
    done = run("report", "mine", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "0 problems" in done.stdout


def test_new_does_not_touch_a_folder_that_holds_something(tmp_path):
    (tmp_path / "keep.txt").write_text("mine")
    done = run("new", tmp_path)
    assert done.returncode == 2 and "not empty" in done.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["keep.txt"]


def test_an_undated_article_is_reported_by_name_and_how_to_give_the_date(tmp_path):
    (tmp_path / "a.txt").write_text("They met on Monday. The treaty was signed on 3 May 2012.")
    done = run("mentions", tmp_path / "a.txt", "--to", "jsonl")
    assert done.returncode == 0
    assert "a.txt" in done.stderr and "--published" in done.stderr
    monday, treaty = map(json.loads, done.stdout.splitlines())
    assert monday["edtf"] == "" and monday["problem"]
    assert treaty["edtf"] == "2012-05-03"


@pytest.mark.parametrize(
    "arguments, says",
    [
        (("report", "nowhere"), "'nowhere' does not exist"),
        (
            ("events", STORY, "--to", "docx"),
            "--to 'docx' is not a format; use one of csv, excel-csv",
        ),
        (("mentions", STORY, "--to", "svg"), "--to 'svg' is not a format"),
        (("events", STORY, "--published", "someday"), "--published: 'someday' is not a full date"),
        (("events", STORY, "--landmark", "x"), "--landmark 'x' is not NAME=DATE"),
        (
            ("events", STORY, "--landmark", "x=someday"),
            "--landmark: landmark 'x' has no usable date",
        ),
        (("tag", "nowhere.txt", "--published", "2014-11-06"), "nowhere.txt: there is no such file"),
        (("tag", "/dev/zero", "--published", "2014-11-06"), "not a regular file"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(arguments, says, tmp_path):
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == "" and not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "toml, says",
    [
        ('title = "x\n', "story.toml:1: broken TOML"),
        ('title = "x"\nlandmark = 3\n', "story.toml:2: unknown key 'landmark'; allowed are title"),
        (
            '[landmarks]\n"the vote" = "soon"\n',
            "story.toml:2: landmark 'the vote' has no usable date 'soon'",
        ),
    ],
)
def test_a_broken_story_file_is_named_with_its_line(tmp_path, toml, says):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("They met on Monday.")
    (tmp_path / "story.toml").write_text(toml)
    done = run("events", tmp_path)
    assert done.returncode == 2 and says in done.stderr


def test_a_failed_report_leaves_the_old_one_whole(tmp_path):
    target = tmp_path / "r.html"
    target.write_text("old")
    (tmp_path / "a.md").write_text("---\nbroken")
    assert run("report", tmp_path / "a.md", "-o", target).returncode == 2
    assert target.read_text() == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.md", "r.html"]


def test_help_shows_examples():
    done = run("--help")
    assert "timeline report data/iran-letters" in done.stdout
    assert "example" in run("tag", "--help").stdout


def test_the_starters_example_corrections_apply_once_their_hash_signs_are_taken_away(tmp_path):
    assert run("new", tmp_path / "mine").returncode == 0
    path = tmp_path / "mine" / "corrections.toml"
    blocks = ("\n" + path.read_text()).replace("\n# ", "\n").split("\n#\n")
    assert len([b for b in blocks if "event = " in b]) == 1
    path.write_text("\n".join(b for b in blocks[1:] if "Other Paper" not in b))
    done = run("corrections", tmp_path / "mine")
    assert done.stdout.count("applied ") == 6 and "NOT APPLIED" not in done.stdout


def test_corrections_that_do_not_apply_are_told_once_and_fail(tmp_path):
    assert run("new", tmp_path / "mine").returncode == 0
    path = tmp_path / "mine" / "corrections.toml"
    path.write_text('[[drop]]\nquote = "the bridge fell"\n')
    done = run("corrections", tmp_path / "mine")
    assert done.returncode == 2
    assert (done.stdout + done.stderr).count("the bridge fell") == 2  # the entry and why
    assert "1 of 1 corrections" in done.stderr
    assert f"{path}:1: correction not applied" in run("events", tmp_path / "mine").stderr


def test_an_article_is_never_written_over(tmp_path):
    article = tmp_path / "g.html"
    article.write_text("<p>mine")
    for arguments in (("report", article, "-o", article), ("events", article, "-o", article)):
        done = run(*arguments)
        assert done.returncode == 2 and "one of the articles" in done.stderr
    assert article.read_text() == "<p>mine"


def test_a_report_is_named_as_a_web_page(tmp_path):
    done = run("report", STORY, "-o", tmp_path / "r.txt")
    assert done.returncode == 2 and "r.html" in done.stderr and not list(tmp_path.iterdir())


def test_a_language_without_rules_is_refused():
    done = run("tag", "-", "--published", "2014-11-06", "--language", "xx", stdin="Montag")
    assert done.returncode == 2 and "de, en" in done.stderr


def test_what_keeps_the_only_article_out_is_said_even_when_going_on(tmp_path):
    (tmp_path / "a.md").write_text("---\ntitle: [x\n---\nThey met.")
    done = run("report", tmp_path, "--keep-going", "-o", tmp_path / "r.html")
    assert done.returncode == 2 and "broken front matter" in done.stderr


@pytest.mark.slow
def test_the_notebook_of_a_new_story_runs(tmp_path):
    import nbformat
    from nbclient import NotebookClient

    assert run("new", tmp_path / "mine").returncode == 0
    book = nbformat.read(tmp_path / "mine" / "story.ipynb", as_version=4)
    resources = {"metadata": {"path": str(tmp_path / "mine")}}
    NotebookClient(book, timeout=120, resources=resources).execute()
    assert (tmp_path / "mine" / "report.html").exists()


def test_a_folder_without_a_title_gives_its_name_to_the_story(tmp_path):
    folder = tmp_path / "north-sea_ferry" / "articles"
    folder.mkdir(parents=True)
    for name in ("a", "b"):
        text = f"---\ntitle: {name.upper()} SANK\ndate: 2014-11-05\n---\nThe ferry {name} sank on Monday.\n"
        (folder / f"{name}.md").write_text(text, "utf-8")
    assert read_story(folder).title == "North sea ferry"
    assert read_story(folder.parent).title == "North sea ferry"
    assert read_story([folder / "b.md", folder / "a.md"]).title in ("A SANK", "B SANK")
