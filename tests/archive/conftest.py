"""A small archive in the forms that archives come in, and a Dask client inside this process."""

import gzip
import json

import pytest

DAY = "2014-11-{:02d}"


def row(number, **other):
    """Article `number`, published on a day of November 2014, with one date that is surely found."""
    day = 1 + number % 28
    return {
        "title": f"Note {number}",
        "source": f"Paper {number % 3}",
        "published": DAY.format(day),
        "url": f"https://example.org/{number}",
        "text": f"The bridge committee met on 3 March {1950 + number % 60} in Brenholm. Nothing of note {number} was said.",
        **other,
    }


def lines(rows):
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in rows).encode()


@pytest.fixture
def archive_of():
    """Write rows to files of a folder: name -> rows."""

    def write(folder, **files):
        folder.mkdir(exist_ok=True)
        for name, rows in files.items():
            data = lines(rows)
            (folder / f"{name}.jsonl.gz").write_bytes(gzip.compress(data))
        return folder

    return write


@pytest.fixture(scope="session")
def client():
    """Two workers as threads of this process: the same code path as processes, and quick to start."""
    from distributed import Client

    with Client(
        processes=False, n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0"
    ) as inside:
        yield inside


@pytest.fixture(scope="session")
def make_row():
    return row


@pytest.fixture(scope="session")
def to_lines():
    return lines
