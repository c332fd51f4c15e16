"""Packed and broken files in an archive: memory is bounded, what is lost is listed, and the rest is read."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from timeline.errors import InputError
from timeline.reading import read_articles

pytest.importorskip("warcio")
zstandard = pytest.importorskip("zstandard")
from timeline.archive.inputs import cut  # noqa: E402
from timeline.archive.records import Bad, read_records  # noqa: E402

ROOT = Path(__file__).parent.parent.parent
SAID = "The council of Brenholm met on 3 May 1950 and spoke at length about the old bridge and its cost. " * 3  # fmt: skip
MB = 1_000_000


def line(n):
    return (json.dumps({"text": f"They met on 3 May {1900 + n}.", "title": f"T{n}"}) + "\n").encode()  # fmt: skip


def lines(n):
    return b"".join(map(line, range(n)))


def page(n, body=""):
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><article><p>{SAID}{n}</p>{body}</article></body></html>"
    return (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{n}\r\nWARC-Date: 2014-11-06T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{n}>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n{http}\r\n\r\n"
    ).encode()  # fmt: skip


def read(path):
    slices, why = cut(path, 16 * 1024 * 1024)
    found = [one for part in slices for _, one in read_records(part)]
    bad = [one.reason for one in found if isinstance(one, Bad)]
    return [one for one in found if isinstance(one, dict)], [*bad, why] if why else bad


# name: pieces of the file as it unpacks, articles to be read, and words of the reason
HUGE = {
    "line.jsonl.gz": ((line(1), b'{"text": "', *[b"x" * MB] * 200, b'"}\n', line(2)), 2, "longer than 32 MB"),
    "line.jsonl.zst": ((line(1), b'{"text": "', *[b"x" * MB] * 200, b'"}\n', line(2)), 2, "longer than 32 MB"),
    "line.jsonl": ((line(1), b'{"text": "', *[b"x" * MB] * 200, b'"}\n', line(2)), 2, "longer than 32 MB"),
    "nul.jsonl.gz": ((line(1), *[bytes(MB)] * 200, b"\n", line(2)), 2, "longer than 32 MB"),
    "row.csv.gz": ((b"text\nThey met.\n", *[b'"\n",' * (MB // 4)] * 80), 1, "a row is longer"),
    "header.warc.gz": ((b"WARC/1.0\r\nWARC-Type: ", *[b"x" * MB] * 200), 0, "headers are longer"),
    "headers.warc.gz": ((b"WARC/1.0\r\nWARC-Type: response\r\n", *[b"a: b\r\n" * (MB // 6)] * 100), 0, "headers are longer"),
    "page.warc": ((page(1), page(2, "x" * 40 * MB), page(3)), 2, "longer than 32 MB"),
}  # fmt: skip
PEAK = """
import resource, sys
sys.path.insert(0, sys.argv[1])
import timeline, pyarrow, trafilatura, htmldate, zstandard, warcio
from pathlib import Path
from test_trust_packed import read
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for path in sys.argv[2:]:
    articles, bad = read(Path(path))
    peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1000
    print(len(articles), len({id(one["text"]) for one in articles}), peak, *bad[-1:])
"""


def read_and_measure(*paths):
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", PEAK, Path(__file__).parent, *paths], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [one.split(" ", 3) for one in done.stdout.splitlines()]


@pytest.mark.slow
def test_what_unpacks_to_200_mb_is_passed_over_by_name_in_bounded_memory(tmp_path):
    openers = {".gz": gzip.open, ".zst": zstandard.open}
    for name, (pieces, _, _) in HUGE.items():
        with openers.get(Path(name).suffix, open)(tmp_path / name, "wb") as file:
            for piece in pieces:
                file.write(piece)
    told = read_and_measure(*(tmp_path / name for name in HUGE))
    for (name, (_, n_articles, reason)), (found, _, grown, why) in zip(HUGE.items(), told, strict=True):  # fmt: skip
        assert int(found) == n_articles, name
        assert reason in why, name
        assert int(grown) < 250, name


PACKED = {
    "a.warc": b"".join(map(page, range(4))),
    "a.warc.gz": b"".join(gzip.compress(page(n)) for n in range(4)),
    "a.jsonl.gz": gzip.compress(lines(40)),
    "a.jsonl.zst": zstandard.compress(lines(40)),
    "b.jsonl.zst": zstandard.ZstdCompressor(write_checksum=True).compress(lines(40)),
}


@pytest.mark.parametrize("name", PACKED)
def test_a_packed_file_that_is_cut_short_anywhere_is_said_to_be(tmp_path, name):
    """Unless it is cut between two records, where nothing shows it."""
    data, path, whole = PACKED[name], tmp_path / name, []
    for stop in range(1, len(data), max(1, len(data) // 60)):
        path.write_bytes(data[:stop])
        articles, bad = read(path)
        if not bad:
            whole.append((stop, len(articles)))
    ends = [len(b"".join(map(page, range(n)))) for n in range(5)]
    if name == "a.warc":  # each record ends in four bytes of line ends
        assert all(ends[n] - 4 <= stop <= ends[n] for stop, n in whole)
    else:
        assert len(whole) <= ("warc" in name)


@pytest.mark.parametrize(
    ("break_it", "n_before", "n_after"),
    [
        (lambda one: one.replace(b"Content-Length: ", b"Content-Length: 99"), 4, 0),
        (lambda one: b"nothing of the kind " * 40 + b"\r\n\r\n", 3, 0),
        (lambda one: one.replace(b"WARC-Target-URI", b"X-Target-URI"), 3, 0),
    ],
)
def test_after_a_broken_record_the_rest_of_a_warc_is_listed(tmp_path, break_it, n_before, n_after):
    records = [page(n) for n in range(9)]
    records[4] = break_it(records[4])
    (tmp_path / "a.warc").write_bytes(b"".join(records))
    articles, bad = read(tmp_path / "a.warc")
    assert len(articles) == n_before + n_after
    assert len(bad) == 1 and "cannot be read from record" in bad[0]


TYPES = {
    "list": ({"text": [["a"], ["b"]]}, 0, "'text' is a list, not text"),
    "bytes": ({"text": [b"They met", b"\xff\xfe"]}, 0, "'text' is a bytes, not text"),
    "numbers": ({"text": [1, 2]}, 0, "'text' is a int, not text"),
    "table": ({"text": [{"a": "x"}, {"a": "y"}]}, 0, "'text' is a dict, not text"),
    "nothing": ({"text": [None, None]}, 2, ""),
    "one bad title": ({"text": ["One.", "Two."], "title": [None, ["x"]]}, 1, "'title' is a list, not text"),
    "moments": ({"text": ["One.", "Two."], "published": pa.array([1415232000, None], pa.timestamp("s"))}, 2, ""),
    "no such day": ({"text": ["One.", "Two."], "published": pa.array([2**40, 0], pa.timestamp("s"))}, 0, "out of range"),
}  # fmt: skip


@pytest.mark.parametrize("name", TYPES)
def test_a_column_of_another_kind_is_named_row_by_row(tmp_path, name):
    columns, n_articles, reason = TYPES[name]
    pq.write_table(pa.table(columns), tmp_path / "a.parquet")
    articles, bad = read(tmp_path / "a.parquet")
    assert len(articles) == n_articles
    assert all(reason in why for why in bad) and bool(bad) == bool(reason)
    if reason:
        with pytest.raises(InputError, match=reason):
            read_articles(tmp_path / "a.parquet")


@pytest.mark.slow
def test_one_text_a_thousand_times_is_held_once(tmp_path):
    """A Parquet file of 10 KB that says one text of 5 MB a thousand times would be 5 GB."""
    n, text = 1000, SAID * 17_000
    cells = pa.DictionaryArray.from_arrays(pa.array([0] * n, pa.int32()), pa.array([text]))
    pq.write_table(pa.table({"text": cells}), tmp_path / "a.parquet")
    found, texts, grown = map(int, read_and_measure(tmp_path / "a.parquet")[0])
    assert (texts < 10, found) == (True, n)
    assert grown < 250
    with pytest.raises(InputError, match="more than a thousand million characters"):
        read_articles(tmp_path / "a.parquet")


def test_very_many_bad_lines_are_counted_and_not_all_held(tmp_path, monkeypatch):
    monkeypatch.setattr("timeline.archive.records.MOST_BAD", 10)
    (tmp_path / "a.jsonl").write_bytes(line(1) + b"x\n" * 500 + line(2))
    articles, bad = read(tmp_path / "a.jsonl")
    assert len(articles) == 2
    assert len(bad) == 11 and bad[-1].startswith("490 more records before this")
