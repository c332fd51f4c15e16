"""Kill -9 of the driver, of a worker and of the scheduler, as real processes: run again, and nothing differs."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import timeline
from timeline.archive.run import _disk_trouble

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 240  # a machine may be busy
DRIVER = """
import sys, timeline
from distributed import Client
if __name__ == "__main__":
    source, out, address = sys.argv[1:]
    client = Client(address) if address else None
    timeline.tag_archive(source, out, client=client, workers=2, progress=False, partition_bytes=40_000)
"""


@pytest.fixture
def start():
    """Start Python with these arguments; what still runs at the end of the test is killed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__ADMIN__TICK__LIMIT": "1h"}  # fmt: skip
    started = []

    def begin(*arguments):
        process = subprocess.Popen(
            [sys.executable, *map(str, arguments)],
            env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        started.append(process)
        return process

    yield begin
    for process in started:
        kill(process)


def wait_for(condition, what):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"{what} did not come about in {PATIENCE} s"
        time.sleep(0.02)


def n_done(out):
    path = out / "manifest.jsonl"
    return path.read_text().count("\n") if path.exists() else 0


def kill(process):
    if process.poll() is None:
        process.send_signal(signal.SIGKILL)
    if not process.stdout.closed:
        process.communicate()


def everything(out):
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def source(tmp_path_factory, make_row, to_lines):
    """1,200 articles of about 2 KiB, one line of them broken."""
    folder = tmp_path_factory.mktemp("in")
    rows = []
    for n in range(1200):
        more = " ".join(make_row(n * 31 + k)["text"] for k in range(20))
        rows.append(make_row(n, text=more, published=f"{2008 + n // 300}-03-{1 + n % 28:02d}"))
    (folder / "a.jsonl").write_bytes(to_lines(rows) + b"{broken\n")
    return folder


@pytest.fixture(scope="module")
def undisturbed(source, tmp_path_factory, client):
    out = tmp_path_factory.mktemp("undisturbed")
    done = timeline.tag_archive(source, out, client=client, progress=False, partition_bytes=40_000)
    assert (done.articles, done.rejected) == (1200, 1) and done.partitions >= 16
    return everything(out)


@pytest.fixture
def driver(tmp_path):
    path = tmp_path / "driver.py"
    path.write_text(DRIVER)
    return path


def test_a_killed_driver_is_gone_on_with_by_local_processes(source, undisturbed, driver, start, tmp_path):  # fmt: skip
    out = tmp_path / "out"
    process = start(driver, source, out, "")
    wait_for(lambda: n_done(out) >= 2, "a partition")
    assert process.poll() is None, "it was too quick to be killed"
    kill(process)
    assert 2 <= n_done(out) < undisturbed["manifest.jsonl"].count(b"\n")
    process = start(driver, source, out, "")
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    assert everything(out) == undisturbed


@pytest.fixture
def cluster(start, tmp_path):
    """The address of a scheduler, its process, and those of two workers, all started as users start them."""
    file = tmp_path / "scheduler.json"
    processes = [start("-m", "dask", "scheduler", "--port", "0", "--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", file)]  # fmt: skip
    wait_for(lambda: file.exists() and file.read_text().strip().endswith("}"), "the scheduler")
    address = json.loads(file.read_text())["address"]
    for _ in range(2):
        processes.append(start("-m", "dask", "worker", address, "--no-nanny", "--nthreads", "1", "--no-dashboard", "--local-directory", tmp_path))  # fmt: skip
    return address, *processes


def test_a_worker_and_then_the_driver_are_killed_on_a_cluster(source, undisturbed, driver, start, cluster, tmp_path):  # fmt: skip
    address, _, first, _ = cluster
    out = tmp_path / "out"
    process = start(driver, source, out, address)
    wait_for(lambda: n_done(out) >= 1, "a partition")
    kill(first)
    n = n_done(out)
    wait_for(lambda: n_done(out) >= n + 2, "a partition of the other worker")
    assert process.poll() is None, "it was too quick to be killed"
    kill(process)
    assert n_done(out) < undisturbed["manifest.jsonl"].count(b"\n")
    process = start(driver, source, out, address)
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, said
    assert everything(out) == undisturbed


def test_a_lost_scheduler_is_said_and_the_run_goes_on_elsewhere(source, undisturbed, client, start, cluster, tmp_path):  # fmt: skip
    address, scheduler, *_ = cluster
    out = tmp_path / "out"
    process = start("-m", "timeline", "archive", "tag", source, out, "--scheduler", address, "--quiet")  # fmt: skip
    wait_for(lambda: n_done(out) >= 1, "a partition")
    kill(scheduler)
    said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2, said
    assert "the scheduler was lost" in said and "run the same again to go on" in said
    assert "Traceback" not in said
    done = timeline.tag_archive(source, out, client=client, progress=False)
    assert done.articles == 1200 and done.done == done.partitions


def test_a_connection_that_closes_is_a_lost_scheduler():
    from distributed.comm import CommClosedError

    error = CommClosedError("in <TCP (closed) ConnectionPool.gather>: Stream is closed")
    assert _disk_trouble(error, Path()).startswith("the scheduler was lost")
