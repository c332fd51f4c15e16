"""Tagging an archive: the same rows as the plain steps, each partition once, nothing lost without a word."""

import errno
import json

import pandas as pd
import pytest
from distributed import KilledWorker

import timeline
from timeline.archive import plan as plans
from timeline.archive import run
from timeline.archive.inputs import Slice
from timeline.archive.partition import tag_partition
from timeline.errors import InputError
from timeline.schema import ARTICLES, MENTIONS


def stored(out, dataset):
    """The dataset's rows, partition by partition."""
    files = sorted((out / dataset).rglob("*.parquet"), key=lambda path: (path.name, str(path)))
    return pd.concat([pd.read_parquet(path, partitioning=None) for path in files]).reset_index(
        drop=True
    )


def everything(out):
    """Name -> bytes of all that the archive holds."""
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}


def rejected(out):
    return [json.loads(line) for line in (out / "rejected.jsonl").read_text().splitlines()]


def settings(**other):
    return {"version": timeline.__version__, "landmarks": {}, "published": None, "language": "en", **other}  # fmt: skip


@pytest.fixture
def source(tmp_path, archive_of, make_row):
    rows = [make_row(n, published=f"{2010 + n % 3}-05-{1 + n % 28:02d}") for n in range(120)]
    return archive_of(tmp_path / "in", a=rows[:50], b=rows[50:])


def test_an_archive_holds_what_read_and_tag_give(source, tmp_path, client, archive_of, make_row):
    """Compared with the plain steps on the same articles, cell by cell."""
    plain_folder = tmp_path / "plain"
    plain_folder.mkdir()
    import gzip

    for path in source.iterdir():
        (plain_folder / path.stem).write_bytes(gzip.decompress(path.read_bytes()))
    articles = timeline.read_articles(plain_folder)
    mentions = timeline.tag(articles)

    done = timeline.tag_archive(source, tmp_path / "out", client=client, progress=False, partition_bytes=4000)  # fmt: skip
    assert done.partitions > 3 and done.done == done.partitions
    assert (done.articles, done.mentions) == (len(articles), len(mentions))
    for name, columns, plain, key in (
        ("articles", ARTICLES, articles, ["article_id"]),
        ("mentions", MENTIONS, mentions, ["article_id", "start_char"]),
    ):
        got = stored(tmp_path / "out", name)
        assert list(got.columns) == [c.name for c in columns]
        got = got.astype(plain.dtypes.to_dict()).sort_values(key, ignore_index=True)
        pd.testing.assert_frame_equal(got, plain.sort_values(key, ignore_index=True))


def test_both_datasets_are_in_folders_by_year_of_publication(source, tmp_path, client, make_row):
    (source / "undated.jsonl").write_text(json.dumps({"text": "It was closed on 3 May 1999."}))
    done = timeline.tag_archive(source, tmp_path / "out", client=client, progress=False)
    years = {"year=2010", "year=2011", "year=2012", "year=__HIVE_DEFAULT_PARTITION__"}
    assert {p.name for p in (tmp_path / "out" / "articles").iterdir()} == years
    assert {p.name for p in (tmp_path / "out" / "mentions").iterdir()} == years
    assert done.undated == 1
    for path in (tmp_path / "out" / "articles").rglob("year=2011/*.parquet"):
        assert set(pd.read_parquet(path, partitioning=None)["dct"].str[:4]) == {"2011"}


def test_a_bad_record_is_listed_with_file_line_and_reason_and_the_run_goes_on(tmp_path, client):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "In 1999."}\n{oops\n{"text": "In 2001.", "published": "2001-02-30"}\n{"text": " "}\n{"text": "In 2003."}\n')  # fmt: skip
    done = timeline.tag_archive(path, tmp_path / "out", client=client, progress=False)
    assert (done.articles, done.rejected) == (2, 3)
    bad = rejected(tmp_path / "out")
    assert [(b["file"], b["line"]) for b in bad] == [(str(path), 2), (str(path), 3), (str(path), 4)]
    assert "not JSON" in bad[0]["reason"]
    assert bad[1]["reason"].startswith("'2001-02-30' is not a possible date")
    assert bad[2]["reason"].startswith("the article has no text")
    with pytest.raises(InputError, match=rf"^{path}:2: not JSON"):
        timeline.tag_archive(path, tmp_path / "strict", client=client, progress=False, strict=True)


def test_an_article_that_the_tagger_fails_on_costs_no_other(tmp_path, client, monkeypatch):
    import timeline.archive.partition as partition

    plain = partition.tag

    def failing(articles, *, landmarks):
        if any("poison" in text for text in articles["text"]):
            raise RuntimeError("no")
        return plain(articles, landmarks=landmarks)

    monkeypatch.setattr(partition, "tag", failing)
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"text": f"{'poison' * (n == 5)} In {1990 + n}."}) + "\n" for n in range(9)))  # fmt: skip
    done = timeline.tag_archive(path, tmp_path / "out", client=client, progress=False)
    assert (done.articles, done.mentions, done.rejected) == (8, 8, 1)
    (bad,) = rejected(tmp_path / "out")
    assert bad["line"] == 6 and "cannot be tagged: RuntimeError: no" in bad["reason"]


def test_half_a_surrogate_pair_costs_no_other_article(tmp_path, client):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "In 1999."}\n{"text": "\\ud800 In 2001."}\n{"text": "In 2003."}\n')
    done = timeline.tag_archive(path, tmp_path / "out", client=client, progress=False)
    assert done.articles + done.rejected == 3 and done.mentions >= 2


def test_a_tagger_that_fails_on_everything_fails_the_run(source, tmp_path, client, monkeypatch):
    """Else a broken installation would reject a million articles one by one."""
    import timeline.archive.partition as partition

    def failing(articles, *, landmarks):
        raise RuntimeError("no rules")

    monkeypatch.setattr(partition, "tag", failing)
    with pytest.raises(InputError, match=r"partitions failed, the first: .*RuntimeError: no rules"):
        timeline.tag_archive(source, tmp_path / "out", client=client, progress=False)


def test_a_copy_within_a_partition_is_kept_once_and_counted(tmp_path, client, archive_of, make_row):
    source = archive_of(tmp_path / "in", a=[make_row(1), make_row(2), make_row(1)])
    done = timeline.tag_archive(source, tmp_path / "out", client=client, progress=False)
    assert (done.articles, done.twice) == (2, 1)


def test_a_run_that_was_cut_short_goes_on_and_equals_an_undisturbed_one(source, tmp_path, client, monkeypatch):  # fmt: skip
    """The disk is full after the third partition; then there is room again."""
    import timeline.archive.partition as partition

    options = {"client": client, "progress": False, "partition_bytes": 3000}
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    timeline.tag_archive(source, whole, **options)
    write, calls = partition.pq.write_table, []

    def full(*given, **more):
        calls.append(1)
        if len(calls) > 18:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(*given, **more)

    monkeypatch.setattr(partition.pq, "write_table", full)
    with pytest.raises(InputError, match=r"disk of .* is full; what is done is kept"):
        timeline.tag_archive(source, broken, **options)
    n = len(plans.read_done(broken))
    assert 0 < n < len(plans.read_done(whole))
    # a line that was being written when the machine stopped
    with (broken / "manifest.jsonl").open("a") as file:
        file.write('{"partition": 99, "arti')
    monkeypatch.undo()
    before = {p: p.stat().st_mtime_ns for p in (broken / "articles").rglob("*.parquet")}
    timeline.tag_archive(source, broken, **options)
    assert everything(broken) == everything(whole)
    kept = [p for p, stamp in before.items() if p.stat().st_mtime_ns == stamp]
    assert len(kept) >= n, "a partition that was done is not done again"


def test_a_second_run_does_nothing_and_a_lost_file_is_made_again(source, tmp_path, client):
    out = tmp_path / "out"
    first = timeline.tag_archive(source, out, client=client, progress=False, partition_bytes=3000)
    files = everything(out)
    stamps = {p: p.stat().st_mtime_ns for p in out.rglob("*.parquet")}
    assert timeline.tag_archive(source, out, client=client, progress=False) == first
    assert {p: p.stat().st_mtime_ns for p in out.rglob("*.parquet")} == stamps
    next(iter(stamps)).unlink()
    timeline.tag_archive(source, out, client=client, progress=False)
    assert everything(out) == files


def test_an_archive_grows_by_new_files_and_refuses_changed_ones(source, tmp_path, client, archive_of, make_row):  # fmt: skip
    out = tmp_path / "out"
    timeline.tag_archive(source, out, client=client, progress=False)
    archive_of(source, c=[make_row(n) for n in range(500, 510)])
    assert timeline.tag_archive(source, out, client=client, progress=False).articles == 130
    assert len(stored(out, "articles")) == 130
    archive_of(source, a=[make_row(1)])
    with pytest.raises(InputError, match=r"a\.jsonl\.gz has changed since"):
        timeline.tag_archive(source, out, client=client, progress=False)


def test_the_same_archive_is_not_gone_on_with_under_other_settings(source, tmp_path, client):
    out = tmp_path / "out"
    timeline.tag_archive(source, out, client=client, progress=False)
    with pytest.raises(
        InputError, match=r"was begun with landmarks \{\}, not \{'the flood': '2011-05'\}"
    ):
        timeline.tag_archive(source, out, client=client, progress=False, landmarks={"the flood": "2011-05"})  # fmt: skip


def test_a_dry_run_writes_nothing(source, tmp_path):
    plan = timeline.tag_archive(source, tmp_path / "out", dry_run=True, partition_bytes=3000)
    assert plan.partitions > 3 and plan.done == 0
    assert f"2 files, 0.0 MB to read in {plan.partitions} partitions" in str(plan)
    assert not (tmp_path / "out").exists()


def test_two_runs_do_not_write_to_one_archive(source, tmp_path, client):
    out = tmp_path / "out"
    out.mkdir()
    with plans.locked(out), pytest.raises(InputError, match="another run is writing to"):
        timeline.tag_archive(source, out, client=client, progress=False)


def test_an_output_that_cannot_be_a_folder_is_refused_in_a_sentence(source, tmp_path, client):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match=r"file"):
        timeline.tag_archive(source, tmp_path / "file" / "out", client=client, progress=False)


def test_memory_is_bounded_by_writing_before_the_partition_ends(tmp_path, make_row, to_lines, monkeypatch):  # fmt: skip
    """A partition larger than what may wait is written in several files, with the same rows."""
    import timeline.archive.partition as partition

    path = tmp_path / "a.jsonl"
    path.write_bytes(to_lines([make_row(n) for n in range(50)]))
    one = Slice(str(path), 0, path.stat().st_size, 1, path.stat().st_size)
    found = []
    for limit in (10**9, 1500):
        monkeypatch.setattr(partition, "FLUSH_CHARS", limit)
        monkeypatch.setattr(partition, "BATCH_ARTICLES", 7)
        out = tmp_path / str(limit)
        out.mkdir()
        plans.write_plan(plans.Plan(settings()), out)
        entry = tag_partition(0, [one], str(out), settings(), False)
        found.append((len(entry["files"]), stored(out, "mentions")))
        assert list((out / ".tmp").iterdir()) == []
    assert found[0][0] == 2 and found[1][0] > 4
    pd.testing.assert_frame_equal(found[0][1], found[1][1])


def test_a_worker_that_sees_another_disk_or_has_another_version_says_so(tmp_path):
    with pytest.raises(InputError, match="does not see"):
        tag_partition(0, [], str(tmp_path / "elsewhere"), settings(), False)
    plans.write_plan(plans.Plan(settings()), tmp_path)
    with pytest.raises(InputError, match=r"not 9\.9: install the same"):
        tag_partition(0, [], str(tmp_path), settings(version="9.9"), False)


class _Gone:
    """A future whose partition took its workers with it, or whose scheduler is gone."""

    def __init__(self, error, status="error"):
        self.error, self.status = error, status

    def result(self):
        raise self.error


def test_a_partition_that_kills_its_workers_is_named_and_the_others_go_on():
    where = "news.jsonl from record 17 on"
    failed = []
    error = KilledWorker("task", None, 3)
    assert run._result(_Gone(error), where, failed) is None
    assert failed == ["news.jsonl from record 17 on killed its worker 4 times (was its memory too small?)"]  # fmt: skip
    with pytest.raises(InputError, match=r"scheduler was lost.*run the same again"):
        run._result(_Gone(RuntimeError("x"), "cancelled"), where, failed)


def test_a_missing_extra_is_named_with_what_to_install(source, tmp_path, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match=r'pip install "story-timeline\[archive\]"'):
        timeline.tag_archive(source, tmp_path / "out")


@pytest.mark.parametrize(("address", "why"), [("nonsense://x", "it is not tcp://HOST:PORT"), ("tcp://127.0.0.1:1", "nothing answers")])  # fmt: skip
def test_an_address_where_no_scheduler_is_gets_a_sentence(address, why, monkeypatch):
    from timeline.archive import cluster

    monkeypatch.setattr(cluster, "PATIENCE", 0.2)
    with pytest.raises(InputError, match=f"no scheduler at '{address}' .{why}.: start one"):  # noqa: SIM117
        with cluster.connect(address):
            pass
