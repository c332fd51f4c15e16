"""However a file is cut, its slices together give each record once, in order; what is bad is named by line."""

import csv
import gzip
import io
import json
import os

import pandas as pd
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.archive import inputs
from timeline.archive.inputs import cut, find_inputs
from timeline.archive.records import Bad, read_records
from timeline.errors import InputError

PAGE = "<html><head><title>{0}</title></head><body><article><h1>{0}</h1><p>{1}</p></article></body></html>"
TEXT = "The council of Brenholm met again and spoke at length about the old bridge, its cost and its future. " * 3  # fmt: skip


def read_all(path, most):
    slices, why = cut(path, most)
    return [one for part in slices for one in read_records(part)], why, slices


def texts(records):
    return [raw["text"] for _, raw in records if isinstance(raw, dict)]


def warc(path, pages):
    with path.open("wb") as file:
        for url, status, kind, body in pages:
            http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n{body}".encode()
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
                "WARC-Date: 2014-11-06T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:0>\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
            )
            record = head.encode() + http + b"\r\n\r\n"
            file.write(gzip.compress(record) if path.suffix == ".gz" else record)


@pytest.fixture
def forms(tmp_path, make_row, to_lines):
    """The same forty articles in each form that can be cut."""
    rows = [make_row(n) for n in range(40)]
    for one in rows[::7]:
        one["text"] += '\nA second line, with "quotes", commas\nand – a dash.'
    data = to_lines(rows)
    table = io.StringIO()
    writer = csv.DictWriter(table, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    made = {
        "a.jsonl": data,
        "a.jsonl.gz": gzip.compress(data),
        "a.jsonl.zst": zstandard.compress(data[:3000]) + zstandard.compress(data[3000:]),
        "a.csv": table.getvalue().encode("utf-8-sig"),
        "a.csv.gz": gzip.compress(table.getvalue().encode()),
    }
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    pd.DataFrame(rows).to_parquet(tmp_path / "a.parquet", row_group_size=15)
    return tmp_path, [one["text"] for one in rows]


@pytest.mark.parametrize("most", [1, 700, 2500, 10**9])
@pytest.mark.parametrize(
    "name", ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst", "a.csv", "a.csv.gz", "a.parquet"]
)
def test_every_record_comes_once_and_in_order_wherever_the_file_is_cut(
    forms, name, most, monkeypatch
):
    monkeypatch.setattr(inputs, "STEP", 4)
    folder, expected = forms
    records, why, slices = read_all(folder / name, most)
    assert not why
    assert texts(records) == expected
    assert (len(slices) > 1) == (most < 10**6)
    numbers = [line for line, _ in records]
    assert numbers == sorted(set(numbers))


@given(
    texts_in=st.lists(st.text(max_size=40), min_size=1, max_size=12),
    most=st.integers(1, 200),
    end=st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_any_text_in_json_lines_survives_any_cut(tmp_path_factory, texts_in, most, end):
    path = tmp_path_factory.mktemp("any") / "a.jsonl"
    data = "\n".join(json.dumps({"text": one}) for one in texts_in) + "\n" * end
    path.write_bytes(data.encode())
    assert texts(read_all(path, most)[0]) == texts_in


def test_bad_records_are_named_by_line_and_the_others_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr("timeline.archive.records.MOST_RECORD", 300)
    monkeypatch.setattr(inputs, "MOST_RECORD", 300)
    path = tmp_path / "a.jsonl"
    good = b'{"text": "good"}\n'
    path.write_bytes(
        good + b"{broken\n" + b'{"title": "no text"}\n' + b"\n" + b'{"text": "\xff"}\n' + b"[1]\n"
        + b'{"text": "' + b"long " * 200 + b'"}\n' + good.replace(b"good", b"last")
    )  # fmt: skip
    for most in (1, 10**6):
        records, _, _ = read_all(path, most)
        assert texts(records) == ["good", "last"]
        bad = {line: raw.reason for line, raw in records if isinstance(raw, Bad)}
        assert list(bad) == [2, 3, 5, 6, 7]
        assert "not JSON" in bad[2] and "no column 'text'" in bad[3]
        assert bad[5] == "byte 0xff is not UTF-8" and "list" in bad[6] and "longer" in bad[7]


def test_bad_rows_of_csv_are_named_by_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b'text,published\n"two\nlines",2014\na,b,c\n\xff,2014\nlast,2014\n')
    for most in (1, 10**6):
        records, _, _ = read_all(path, most)
        assert texts(records) == ["two\nlines", "last"]
        assert [(line, raw.reason[:12]) for line, raw in records if isinstance(raw, Bad)] == [
            (4, "3 cells unde"),
            (5, "not UTF-8; s"),
        ]


def test_a_damaged_file_gives_what_lies_before_the_damage_and_says_so(tmp_path, make_row, to_lines):
    whole = gzip.compress(to_lines([make_row(n) for n in range(3000)]))
    path = tmp_path / "cut.jsonl.gz"
    path.write_bytes(whole[: len(whole) // 2])
    records, why, _ = read_all(path, 20_000)
    assert "cannot be read from record" in why
    got = texts(records)
    assert 500 < len(got) < 3000
    assert got == [make_row(n)["text"] for n in range(len(got))]


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.parquet", "a.csv", "a.jsonl.zst", "a.warc.gz"])
def test_a_file_that_is_not_what_its_name_says_is_refused_with_a_reason(tmp_path, name):
    (tmp_path / name).write_bytes(b"\x00\x01 nothing of the kind " * 50)
    slices, why = cut(tmp_path / name, 1000)
    assert slices == [] and why


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_pages_of_a_web_archive_are_articles_and_the_rest_is_not(tmp_path, name):
    pages = []
    for n in range(12):
        pages += [
            (f"https://www.example.org/{n}", "200 OK", "text/html; charset=utf-8", PAGE.format(f"Bridge {n}", TEXT)),
            (f"https://www.example.org/{n}.png", "200 OK", "image/png", "picture"),
            (f"https://www.example.org/{n}/gone", "404 Not Found", "text/html", PAGE.format("Gone", TEXT)),
        ]  # fmt: skip
    pages.append(("https://www.example.org/empty", "200 OK", "text/html", "<html></html>"))
    warc(tmp_path / name, pages)
    for most in (1, 2500, 10**9):
        records, why, slices = read_all(tmp_path / name, most)
        assert not why and (len(slices) > 1) == (most < 10**6)
        found = [raw for _, raw in records if isinstance(raw, dict)]
        assert [raw["url"] for raw in found] == [f"https://www.example.org/{n}" for n in range(12)]
        assert all("old bridge" in raw["text"] for raw in found)
        assert sum(raw is None for _, raw in records) == 24
        bad = [(line, raw.reason) for line, raw in records if isinstance(raw, Bad)]
        assert [line for line, _ in bad] == [37] and "no article text" in bad[0][1]


def test_a_folder_gives_every_file_of_a_known_kind_but_not_the_output(tmp_path):
    for name in ("b/x.jsonl.gz", "a.txt", "c.html", "note.docx", ".hidden.txt", "README.md", "out/articles/p.parquet"):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text")
    (tmp_path / "away.txt").symlink_to("/etc/hostname")
    found, passed_over = find_inputs(tmp_path, tmp_path / "out")
    assert [p.relative_to(tmp_path).as_posix() for p in found] == ["a.txt", "b/x.jsonl.gz", "c.html"]  # fmt: skip
    assert sorted(name.rsplit("/", 1)[1] for name, _ in passed_over) == ["away.txt", "note.docx"]


def test_what_cannot_be_found_or_read_is_said(tmp_path):
    with pytest.raises(InputError, match="does not exist"):
        find_inputs(tmp_path / "nothing", tmp_path)
    with pytest.raises(InputError, match="no archive files"):
        find_inputs(tmp_path, tmp_path / "out")
    (tmp_path / "a.docx").write_text("x")
    with pytest.raises(InputError, match=r"a\.docx: not a kind .*\.jsonl"):
        find_inputs(tmp_path / "a.docx", tmp_path)


def test_what_is_no_ordinary_file_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.jsonl")
    with pytest.raises(InputError, match="not an ordinary file"):
        find_inputs(tmp_path / "pipe.jsonl", tmp_path / "out")
    (tmp_path / "a.txt").write_text("x")
    assert [p.name for p in find_inputs(tmp_path, tmp_path / "out")[0]] == ["a.txt"]
