"""Files are written whole or not at all."""

import os
import signal
import subprocess
import sys

import pytest

from timeline.errors import InputError
from timeline.files import read_file, write_atomically


def test_a_file_is_replaced_and_keeps_its_permissions(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")
    path.chmod(0o640)
    assert write_atomically(path, "new\r\n") == path
    assert path.read_bytes() == b"new\r\n"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    write_atomically(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink() and (tmp_path / "real").read_bytes() == b"new"


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "a.txt"
    path.write_text("old")
    monkeypatch.setattr(
        os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device"))
    )
    with pytest.raises(InputError, match="No space left on device; nothing was changed"):
        write_atomically(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("where", ["missing/a.txt", "", "a\0b", "x" * 300])
def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path, where):
    with pytest.raises(InputError, match="cannot write"):
        write_atomically(tmp_path / where, "x")


KILLED = """
import os, sys
from timeline import files
real = os.fsync
def dying(handle):
    real(handle)
    os.kill(os.getpid(), 9)
os.fsync = dying
files.write_atomically(sys.argv[1], "new" * 1000)
"""


def test_a_process_killed_while_writing_leaves_the_old_file_whole(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert path.read_text() == "old"
    write_atomically(path, "new")
    assert path.read_text() == "new"


def test_only_regular_files_of_bearable_size_are_read(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="is not a regular file"):
        read_file(tmp_path / "pipe")
    (tmp_path / "big").write_bytes(b"12345")
    with pytest.raises(InputError, match="has 5 bytes, more than 4"):
        read_file(tmp_path / "big", 4)
    with pytest.raises(InputError, match="there is no such file"):
        read_file(tmp_path / "a\0b")
