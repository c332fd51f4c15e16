"""Files that are bombs, pipes, links, too large or in odd bytes; and that nothing is fetched, run or written elsewhere."""

import ast
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest

import timeline
from timeline.errors import InputError
from timeline.reading import read_articles
from timeline.reading.story_file import read_settings

ROOT = Path(__file__).parent.parent.parent
BODY = "They met on 3 May 2014."


def story_in(folder):
    (folder / "articles").mkdir(parents=True)
    (folder / "story.toml").write_text('title = "T"\n')
    (folder / "articles" / "a.txt").write_text(BODY)
    return folder


def refused(call, *arguments, match):
    with pytest.raises(InputError, match=match) as caught:
        call(*arguments)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 600


LAUGHS = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
)
BOMBS = {
    "entities.tml": LAUGHS + "]><TimeML><TEXT>&a11;</TEXT></TimeML>",
    "outside.tml": '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><TimeML><TEXT>&x;</TEXT></TimeML>',
    "outside.xml": '<!DOCTYPE l SYSTEM "http://example.org/x.dtd"><TimeML><TEXT>x</TEXT></TimeML>',
    "deep.json": "[" * 200_000,
    "deep.jsonl": '{"a":' * 200_000,
    "digits.json": '[{"title": "x", "date": ' + "9" * 200_000 + "}]",
    "nul.csv": "title,date\n" + "\0" * 1000,
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_in_event_files_are_refused_or_harmless(tmp_path, name):
    (tmp_path / name).write_text(BOMBS[name])
    if name == "nul.csv":
        assert len(timeline.read_events(tmp_path / name)) == 1
    else:
        refused(timeline.read_events, tmp_path / name, match="DOCTYPE|not JSON")


def test_a_zip_bomb_in_a_workbook_is_refused_unpacked(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book, book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:  # fmt: skip
        for _ in range(1100):
            sheet.write(bytes(1_000_000))
    assert len(packed.getvalue()) < 2_000_000
    (tmp_path / "a.xlsx").write_bytes(packed.getvalue())
    refused(timeline.read_events, tmp_path / "a.xlsx", match="unpacks to more than")


def test_a_workbook_that_climbs_out_writes_nothing(tmp_path):
    inner = tmp_path / "inner"
    inner.mkdir()
    with zipfile.ZipFile(inner / "a.xlsx", "w") as book:
        book.writestr("../../climbed.txt", "x")
    refused(timeline.read_events, inner / "a.xlsx", match="not an Excel workbook")
    assert [p.name for p in tmp_path.rglob("*")] == ["inner", "a.xlsx"]


FRONT = {
    "laughs": "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{f'*{chr(97 + n)},' * 9}]\n" for n in range(20)),
    "python": "title: !!python/object/apply:os.system ['touch {canary}']\nsource: !!python/name:os.system x\n",
    "merge": "a: &a {b: c}\n<<: *a\ntitle: T\n",
    "itself": "a: &a [*a]\ntitle: T\n",
}  # fmt: skip


@pytest.mark.parametrize("name", FRONT)
def test_front_matter_makes_text_and_runs_nothing(tmp_path, name):
    canary = tmp_path / "canary"
    block = FRONT[name].replace("{canary}", str(canary))
    (tmp_path / "a.md").write_text(f"---\n{block}---\n{BODY}\n")
    try:
        frame = read_articles(tmp_path / "a.md")
        assert all(isinstance(cell, str) for cell in frame.iloc[0])
    except InputError as error:
        assert "front matter" in str(error)
    assert not canary.exists()


def test_a_file_of_5_gb_is_refused_unread(tmp_path):
    story_in(tmp_path / "s")
    for name in ("big.txt", "big.html", "big.jsonl", "big.parquet"):
        with (tmp_path / "s" / "articles" / name).open("wb") as file:
            file.truncate(5_000_000_000)
        refused(read_articles, tmp_path / "s" / "articles" / name, match="larger than 256 MB")
    story = timeline.read_story(tmp_path / "s", published="2014-11-06")
    assert len(story.articles) == 1
    assert sorted(Path(file).name for file in story.problems.file) == ["big.html", "big.jsonl", "big.parquet", "big.txt"]  # fmt: skip
    for name in ("story.toml", "corrections.toml"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(5_000_000_000)
    refused(read_settings, tmp_path / "story.toml", match="more than")
    refused(timeline.read_corrections, tmp_path / "corrections.toml", match="more than")
    with (tmp_path / "e.json").open("wb") as file:
        file.truncate(5_000_000_000)
    refused(timeline.read_events, tmp_path / "e.json", match="more than")


def test_pipes_devices_links_and_loops_are_passed_over_by_name(tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("The secret of 1 May 2014.")
    articles = story_in(tmp_path / "s") / "articles"
    os.mkfifo(articles / "pipe.txt")
    (articles / "secret.txt").symlink_to(outside / "secret.txt")
    (articles / "folder").symlink_to(outside)
    (articles / "up").symlink_to("..")
    (articles / "loop.txt").symlink_to("loop.txt")
    (articles / "gone.txt").symlink_to("nowhere.txt")
    (articles / "device.txt").symlink_to("/dev/zero")
    story = timeline.read_story(tmp_path / "s", published="2014-11-06")
    assert list(story.articles.text) == [BODY]
    assert sorted(Path(file).name for file in story.problems.file) == ["device.txt", "folder", "gone.txt", "loop.txt", "pipe.txt", "secret.txt", "up"]  # fmt: skip
    refused(read_articles, articles / "pipe.txt", match="not an ordinary file")
    refused(timeline.read_events, articles / "pipe.txt", match="not a regular file")
    refused(timeline.read_corrections, articles / "pipe.txt", match="not a regular file")


def test_a_folder_of_articles_that_is_a_link_out_of_the_story_is_refused(tmp_path):
    """A story folder from a stranger must not take in the reader's own files."""
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "secret.txt").write_text("The secret of 1 May 2014.")
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "story.toml").write_text('title = "T"\n')
    (tmp_path / "s" / "articles").symlink_to("../private")
    refused(timeline.read_story, tmp_path / "s", match="link that leaves")


@pytest.mark.slow
def test_a_hundred_thousand_small_files_are_all_read(tmp_path):
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else tmp_path))
    try:
        for n in range(100_000):
            (folder / f"{n}.txt").write_text(f"They met on 3 May 2014 for the {n}th time.")
        frame = read_articles(folder, "2014-11-06")
    finally:
        shutil.rmtree(folder)
    assert len(frame) == 100_000
    assert not frame.attrs["problems"]


def test_files_in_one_folder_are_read_in_one_order_whatever_their_names(tmp_path):
    """Names with quotes, newlines, markup, bytes that are no UTF-8: each is one article."""
    names = [b"a\nb.txt", b"'; drop table.txt", b"<b>.txt", b"\xff\xfe.txt", "é.txt".encode(), b"-rf.txt", b"%s%n{0}.txt"]  # fmt: skip
    (tmp_path / "articles").mkdir()
    (tmp_path / "story.toml").write_text("")
    for n, name in enumerate(names):
        try:
            (Path(os.fsdecode(os.fsencode(tmp_path / "articles") + b"/" + name))).write_text(f"{BODY} {n}")  # fmt: skip
        except OSError:
            pytest.skip("this file system takes no such names")
    story = timeline.read_story(tmp_path, published="2014-11-06")
    assert len(story.articles) == len(names)
    timeline.write_report(story, tmp_path / "r.html")
    code = "import sys; from timeline.cli import main; sys.exit(main(sys.argv[1:]))"
    for arguments in (["report", tmp_path, "-o", tmp_path / "ré.html"], ["events", tmp_path], ["corrections", tmp_path]):  # fmt: skip
        done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"}, check=False)  # fmt: skip
        assert done.returncode == 0, done.stderr.decode()


ODD = {
    "bom": (b"\xef\xbb\xbfThey met on 3 May 2014.", BODY),
    "utf16": (BODY.encode("utf-16"), BODY),
    "nul": (b"They met\0on 3 May 2014.", "They met\N{REPLACEMENT CHARACTER}on 3 May 2014."),
    "mixed": (b"They met\r\non 3 May\r2014.\n", "They met\non 3 May\n2014.\n"),
}


@pytest.mark.parametrize("name", ODD)
def test_marks_nul_and_mixed_line_ends_are_taken(tmp_path, name):
    raw, text = ODD[name]
    (tmp_path / "a.txt").write_bytes(raw)
    frame = read_articles(tmp_path / "a.txt", "2014-11-06")
    assert frame.text[0] == text
    found = timeline.tag(frame)
    assert list(found.edtf) == ["2014-05-03"]
    assert text[found.start_char[0] : found.stop_char[0]] == found.expression[0]


@pytest.mark.parametrize(
    "raw", [b"caf\xe9 on 3 May", b"\xff\xfeabc", b"", b"\n\n", b"\xef\xbb\xbf"]
)
def test_bytes_that_are_no_text_are_one_sentence(tmp_path, raw):
    (tmp_path / "a.txt").write_bytes(raw)
    refused(read_articles, tmp_path / "a.txt", match="UTF|no text")


NO_TEXT = {
    "nuls": bytes(5000),
    "utf16 without a mark": "They met on 3 May 2014, and again on Monday. ".encode("utf-16-le") * 9,
    "any bytes below 128": bytes(n * 37 % 128 for n in range(5000)),
    "a packed file": b"PK\x03\x04" + bytes(n * 7 % 32 for n in range(500)) + b"text",
    "text decoded by somebody who failed": "\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER} ab".encode() * 99,
}  # fmt: skip


@pytest.mark.parametrize("name", NO_TEXT)
def test_what_is_no_text_is_named_and_not_taken_for_an_article(tmp_path, name):
    (tmp_path / "bad.txt").write_bytes(NO_TEXT[name])
    (tmp_path / "good.txt").write_text(BODY)
    refused(read_articles, tmp_path / "bad.txt", match=r"bad\.txt:1: this is no text: [\d,]+ of")
    frame = read_articles(tmp_path, "2014-11-06", keep_going=True)
    assert list(frame.text) == [BODY]
    assert [Path(one["file"]).name for one in frame.attrs["problems"]] == ["bad.txt"]


@pytest.mark.parametrize("where", ["x" * 5000, "a\0b", "a text, not a path. " * 200, "/dev/null", "/proc/self/mem", "[", "no/such/**"])  # fmt: skip
def test_what_is_no_path_is_one_sentence(where):
    refused(timeline.read_story, where, match=".")
    refused(timeline.read_events, where, match=".")


WATCHED = """
import json, os, sys
from pathlib import Path
folder = Path(sys.argv[1]).resolve()
import timeline, lxml, dateparser, trafilatura, htmldate, openpyxl, icalendar, nbconvert
from timeline.reporting.notebook import TimelineExporter
from timeline.reporting import write_report
import nbformat.v4 as nb
seen = []
FORBIDDEN = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto",
  "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "pty.spawn",
  "urllib.Request", "webbrowser.open", "ftplib.connect", "http.client.connect", "pickle.find_class")
def watch(event, arguments):
    if event in FORBIDDEN:
        seen.append([event, repr(arguments)[:200]])
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        path, mode, flags = arguments
        writes = any(c in (mode or "") for c in "wax+") or (flags or 0) & (os.O_WRONLY | os.O_RDWR)
        if writes and not Path(os.fsdecode(path)).resolve().is_relative_to(folder):
            seen.append([event, repr(arguments)[:200]])
sys.addaudithook(watch)
story = timeline.read_story(folder / "story", published="2014-11-06")
assert len(story.articles) == 3, story.problems
write_report(story, folder / "r.html")
for to in ("csv", "excel-csv", "json", "jsonl", "parquet", "markdown", "ics", "timelinejs", "vis"):
    timeline.write_events(story.events, folder / f"e.{to}", to)
for to in ("csv", "json", "jsonl", "parquet", "ics"):
    timeline.read_events(folder / f"e.{to}")
timeline.write_corrections(story.events, story.events.iloc[1:], folder / "c.toml")
timeline.save_figure(timeline.draw(story.events), folder / "f.svg", engine="python")
timeline.show(story.events).to_html()
book = nb.new_notebook(cells=[nb.new_markdown_cell("![x](http://example.org/x.png) <img src='http://example.org/'>"),
    nb.new_code_cell("1", outputs=[nb.new_output("display_data", {"text/html": "<img src=http://example.org/>"})])])
TimelineExporter().from_notebook_node(book)
print(json.dumps(seen))
"""


@pytest.mark.slow
def test_nothing_is_fetched_or_run_and_nothing_written_elsewhere(tmp_path):
    """Python's own audit events, from reading web pages to the report: no socket, no process, no other file."""
    articles = story_in(tmp_path / "story") / "articles"
    text = "<p>The talks in Oman ended on Thursday, and the letter was sent in October 2014. " * 9
    (articles / "p.html").write_text(
        '<!doctype html><html><head><title>T</title><base href="http://example.org/"><link rel="amphtml" href="http://example.org/amp">'
        '<link rel="stylesheet" href="http://example.org/x.css"><meta property="og:url" content="http://example.org/a">'
        '<script src="http://example.org/x.js"></script></head><body><article>'
        f'<iframe src="http://example.org/"></iframe><img src="http://example.org/x.png">{text}</article></body></html>'
    )  # fmt: skip
    (articles / "m.md").write_text(f"---\nurl: http://example.org/\npublished: 2014-11-06\n---\n{BODY} ![x](http://example.org/x.png)")  # fmt: skip
    done = subprocess.run([sys.executable, "-B", "-c", WATCHED, tmp_path], capture_output=True, text=True, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == []


def test_the_package_cannot_run_or_fetch_what_it_reads():
    """No eval, no pickle, no shell, no client of any protocol in the source; YAML makes only text."""
    banned_calls = {"eval", "exec", "__import__", "system", "popen", "unsafe_load", "full_load", "load_all"}  # fmt: skip
    banned_modules = {"pickle", "marshal", "shelve", "subprocess", "socket", "ftplib", "requests", "httpx", "http", "webbrowser"}  # fmt: skip
    found = []
    for path in sorted((ROOT / "timeline").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
                loads = name == "load" and getattr(getattr(node.func, "value", None), "id", "") == "yaml"  # fmt: skip
                if name in banned_calls or (loads and "BaseLoader" not in ast.dump(node)):
                    found.append(f"{path.name}:{node.lineno}: {name}")
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                if (path.parent.name, name) == ("archive", "socket"):
                    continue  # for the machine's name; its workers talk through Dask
                if name.split(".")[0] in banned_modules or name == "urllib.request":
                    found.append(f"{path.name}: imports {name}")
    assert found == []
