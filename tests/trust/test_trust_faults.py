"""Faults: a process killed at a write, a full disk, a folder that may not be written, other clocks and tongues, two runs at once."""

import ast
import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parent.parent.parent
STORY = ROOT / "data" / "iran-letters"
ENV = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}

# Forks once a writer and moment; the child dies by signal 9 as its data reach the disk, or just after the rename.
KILLED = """
import json, os, signal, sys
from pathlib import Path
import nbformat.v4 as nb
import timeline
from timeline.exchange import write_frame
from timeline.notebook.student import make_student_copy
from timeline.reporting import write_report
folder, story = Path(sys.argv[1]), timeline.read_story(sys.argv[2])
after = story.events.assign(title=[t + "!" for t in story.events.title])
book = folder / "book.ipynb"
book.write_text(json.dumps(nb.new_notebook(cells=[nb.new_markdown_cell("x")])))

def save_edit(path):
    widget = timeline.explore(story)
    widget.edit(story.events.event_id[0], title="Another")
    widget.save_corrections(path)

WRITERS = {
    "report.html": lambda path: write_report(story, path),
    "figure.svg": lambda path: timeline.save_figure(timeline.draw(story.events), path, engine="python"),
    "corrections.toml": lambda path: timeline.write_corrections(story.events, after, path),
    "edits.toml": save_edit,
    "student.ipynb": lambda path: make_student_copy(book, path),
    "mentions.jsonl": lambda path: write_frame(story.mentions, path),
    **{f"events.{to}": (lambda path, to=to: timeline.write_events(story.events, path, to))
       for to in ("csv", "excel-csv", "json", "jsonl", "parquet", "markdown", "ics", "timelinejs", "vis")},
}
OLD = {"edits.toml": b'[[drop]]\\nevent = "x"\\n'}
sync, rename = os.fsync, Path.replace

def dying_at_sync(handle):
    if Path(os.readlink(f"/proc/self/fd/{handle}")).parent == folder:
        os.ftruncate(handle, os.fstat(handle).st_size // 2)  # half of it had reached the disk
        os.kill(os.getpid(), signal.SIGKILL)

def dying_after_rename(self, target):
    rename(self, target)
    if Path(target).parent == folder:
        os.kill(os.getpid(), signal.SIGKILL)

for name, write in WRITERS.items():
    path = folder / name
    old = OLD.get(name, b"old")
    whole = folder / f"whole-{name}"
    whole.write_bytes(old)
    write(whole)
    for moment in ("sync", "rename"):
        path.write_bytes(old)
        child = os.fork()
        if child == 0:
            if moment == "sync":
                os.fsync = dying_at_sync
            else:
                Path.replace = dying_after_rename
            write(path)
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        found = "old" if path.read_bytes() == old else "new" if path.read_bytes() == whole.read_bytes() else "half"
        print(json.dumps([name, moment, os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0, found]))
"""


def run(code, *arguments, **environment):
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        env=ENV | environment, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip


CALLS = """
import json, os, sys
import timeline, lxml, dateparser, trafilatura
from timeline.cli import main
from timeline.reporting import report_html
if sys.argv[2]:
    report_html(timeline.read_story("data/iran-letters"))  # loads what lies where nobody may read
    os.setuid(int(sys.argv[2]))
for arguments in json.loads(sys.argv[1]):
    print(main(arguments), flush=True, file=sys.stderr)
"""


def calls(*many, user=""):
    """Runs the command with each list of arguments in one process; (exit code, what it said) of each."""
    done = run(CALLS, json.dumps([list(map(str, one)) for one in many]), user)
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr
    found = re.findall(r"(?ms)(.*?)^(\d)\n", done.stderr)
    assert len(found) == len(many), done.stderr
    return [(int(code), said) for said, code in found]


def timeline(*arguments, **environment):
    return run("import sys; from timeline.cli import main; sys.exit(main(sys.argv[1:]))", *arguments, **environment)  # fmt: skip


def test_kill_9_in_every_kind_of_write_leaves_the_old_file_or_the_new_one(tmp_path):
    done = run(KILLED, tmp_path, STORY)
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) == 2 * 15
    for name, moment, killed_by, state in found:
        assert killed_by == signal.SIGKILL, f"{name} does not go through the one way to write"
        assert state == {"sync": "old", "rename": "new"}[moment], (name, moment, state)


def test_no_other_way_of_writing_a_file_is_in_the_package():
    """So that what the test above shows of one holds of all; an archive's own are killed in tests/archive."""
    writers = {"write_text", "write_bytes", "to_csv", "to_json", "to_parquet", "to_excel", "to_html", "write_image", "write_html", "copy", "copyfile", "copytree", "dump", "open"}  # fmt: skip
    found = set()
    for path in sorted((ROOT / "timeline").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
            given = [*node.args, *(k.value for k in node.keywords)]
            modes = [a.value for a in given if isinstance(a, ast.Constant) and isinstance(a.value, str)]  # fmt: skip
            writing = name != "open" or any(re.fullmatch("[bt]?[wax][bt+]*", mode) for mode in modes)  # fmt: skip
            if name in writers and writing and not _in_memory(node):
                found.add(f"{path.parent.name}/{path.name}: {name}")
    assert found == {"archive/partition.py: write_text", "archive/plan.py: open"}


def _in_memory(node):
    """Copies of frames and of lists, and pages as text: what is called with no argument, or with options only."""
    return not node.args and getattr(node.func, "attr", "") in ("copy", "to_json", "to_html", "to_csv")  # fmt: skip


WRITING = """
import sys
from timeline.files import write_atomically
n = 0
while True:
    write_atomically(sys.argv[1], b"%d" % (n % 10) * 2_000_000)
    n += 1
    print(n, flush=True)
"""


def test_kill_9_at_any_moment_of_repeated_writes_leaves_one_of_them_whole(tmp_path):
    path = tmp_path / "a"
    for n in range(12):
        process = subprocess.Popen([sys.executable, "-c", WRITING, str(path)], env=ENV, stdout=subprocess.PIPE)  # fmt: skip
        process.stdout.readline()
        time.sleep(0.003 * n)
        process.kill()
        process.communicate()
        data = path.read_bytes()
        assert len(data) == 2_000_000 and len(set(data)) == 1


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 200 KB, and a function to make it read-only."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", place], capture_output=True, text=True, check=False)  # fmt: skip
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    yield place, lambda: subprocess.run(["mount", "-o", "remount,ro", place], check=True)
    subprocess.run(["umount", "-l", place], check=True)


def test_a_full_disk_is_one_sentence_and_the_old_file_stays(small_disk):
    place, _ = small_disk
    names = ("r.html", "e.csv", "e.json", "e.parquet", "e.ics")
    for name in names:
        (place / name).write_text("old")
    with contextlib.suppress(OSError), (place / "filler").open("wb", 0) as filler:
        while True:
            filler.write(b"x" * 4096)
    what = ["report", "events", "events", "events", "events"]
    for code, said in calls(*((w, STORY, "-o", place / name, "--quiet") for w, name in zip(what, names, strict=True))):  # fmt: skip
        assert code == 2
        assert "No space left on device; nothing was changed" in said
        assert said.count("\n") == 1
    assert all((place / name).read_text() == "old" for name in names)
    assert not [path for path in place.iterdir() if path.name.startswith(".")]


def test_an_archive_on_a_full_disk_says_so_and_goes_on_when_there_is_room(small_disk, tmp_path):
    place, _ = small_disk
    pytest.importorskip("distributed")
    lines = "".join(json.dumps({"text": f"They met on 3 May {1900 + n % 100}. {os.urandom(2000).hex()}"}) + "\n" for n in range(100))  # fmt: skip
    (tmp_path / "news.jsonl").write_text(lines)
    command = ("archive", "tag", tmp_path / "news.jsonl", place / "archive", "--workers", "1", "--quiet")  # fmt: skip
    done = timeline(*command)
    assert done.returncode == 2, done.stderr
    assert "is full; what is done is kept" in done.stderr and done.stderr.count("\n") == 1
    subprocess.run(["mount", "-o", "remount,size=9m", place], check=True)
    done = timeline(*command)
    assert (done.returncode, done.stderr) == (0, "")
    assert "100 articles" in done.stdout


def test_a_read_only_folder_is_one_sentence(small_disk):
    place, seal = small_disk
    shutil.copytree(STORY, place / "story")
    seal()
    *refused, read = calls(
        ("report", STORY, "-o", place / "r.html"),
        ("report", STORY, "-o", place / "new" / "r.html"),
        ("events", STORY, "-o", place / "e.csv"),
        ("new", place / "new"),
        ("events", place / "story", "--quiet"),
    )
    for code, said in refused:
        assert code == 2
        assert "Read-only file system" in said
    assert read == (0, "")


@pytest.mark.skipif(os.geteuid() != 0, reason="becoming another user needs root")
def test_what_another_user_may_not_read_or_write_is_one_sentence(tmp_path):
    for path in (tmp_path, *list(tmp_path.parents)[:3]):
        path.chmod(0o755)
    for part in ("articles", "story.toml", "corrections.toml"):
        copy = tmp_path / part.split(".")[0]
        shutil.copytree(STORY, copy)
        if not (copy / part).exists():
            (copy / part).write_text("")
        (copy / part).chmod(0)
    shutil.copytree(STORY, tmp_path / "open")
    told = [("events", tmp_path / p, "--quiet") for p in ("articles", "story", "corrections")]
    told += [("report", tmp_path / "open", "-o", tmp_path / "r.html", "--quiet")]
    for code, said in calls(*told, user="65534"):
        assert code == 2
        assert "Permission denied" in said and said.count("\n") == 1


BOTH = """
import sys
from timeline.cli import main
story, out = sys.argv[1:]
sys.exit(main(["report", story, "-o", out + "/r.html", "--quiet"])
    or main(["events", story, "-o", out + "/e.json", "--quiet"])
    or main(["events", story, "--to", "ics", "-o", out + "/e.ics", "--quiet"]))
"""
WORLDS = [
    {"TZ": "UTC", "LANG": "C.UTF-8", "PYTHONHASHSEED": "0"},
    {"TZ": "Pacific/Kiritimati", "LANG": "de_DE.UTF-8", "LC_ALL": "de_DE.UTF-8", "PYTHONHASHSEED": "4242"},
    {"TZ": "America/St_Johns", "LANG": "tr_TR.UTF-8", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONHASHSEED": "99"},
]  # fmt: skip


def test_zone_language_and_hash_seed_change_no_byte(tmp_path):
    outputs = []
    for number, world in enumerate(WORLDS):
        out = tmp_path / str(number)
        out.mkdir()
        done = run(BOTH, STORY, out, **world)
        assert done.returncode == 0, done.stderr
        outputs.append([path.read_bytes() for path in sorted(out.iterdir())])
    assert len(outputs[0]) == 3
    assert outputs[1] == outputs[0]
    assert outputs[2] == outputs[0]


def test_nothing_reads_the_clock_or_draws_lots():
    """So that a clock that is wrong, or changed while it runs, cannot change an output."""
    banned = {"now", "today", "utcnow", "time_ns", "localtime", "gmtime", "random", "uuid4", "uuid1", "urandom", "token_hex"}  # fmt: skip
    found = []
    for path in sorted((ROOT / "timeline").rglob("*.py")):
        if path.parent.name == "archive":
            continue  # names its temporary files by chance and shows progress; no output has either
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in banned:
                found.append(f"{path.name}: {node.attr}")
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = {a.name.split(".")[0] for a in node.names} | {getattr(node, "module", "") or ""}  # fmt: skip
                found += [f"{path.name}: {name}" for name in names & {"random", "uuid", "secrets"}]
    assert found == []


def test_two_runs_at_once_on_one_story_leave_one_whole_report(tmp_path):
    shutil.copytree(STORY, tmp_path / "story")
    alone = timeline("report", tmp_path / "story", "-o", tmp_path / "alone.html", "--quiet")
    assert alone.returncode == 0, alone.stderr
    code = "import sys; from timeline.cli import main; sys.exit(main(sys.argv[1:]))"
    both = [
        subprocess.Popen([sys.executable, "-c", code, "report", tmp_path / "story", "-o", tmp_path / "r.html", "--quiet"], env=ENV, cwd=ROOT)
        for _ in range(2)
    ]  # fmt: skip
    assert [process.wait(240) for process in both] == [0, 0]
    assert (tmp_path / "r.html").read_bytes() == (tmp_path / "alone.html").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["alone.html", "r.html", "story"]
