"""Reports made over and over in one process: neither memory nor open files grow."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
AGAIN = """
import gc, os, sys
from pathlib import Path
import timeline
from timeline.reporting import write_report

def held():
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6, sum(1 for _ in Path("/proc/self/fd").iterdir()), len(gc.get_objects())

for n in range(30):
    story = timeline.read_story("data/iran-letters")
    write_report(story, sys.argv[1] + "/r.html")
    timeline.write_events(story.events, sys.argv[1] + "/e.parquet")
    if n in (9, 29):
        print(*held())
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
def test_thirty_reports_in_one_process_hold_no_more_than_ten(tmp_path):
    """Of objects, files and memory; the allocator may keep a few MB to itself."""
    done = subprocess.run([sys.executable, "-c", AGAIN, tmp_path], capture_output=True, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    (memory, files, objects), (later, more_files, more_objects) = (
        map(float, line.split()) for line in done.stdout.splitlines()
    )
    assert more_files == files
    assert more_objects <= objects * 1.02
    assert later - memory < 12
