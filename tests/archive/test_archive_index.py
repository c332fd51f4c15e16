"""The full-text index: the same answers as looking through every article, whole or not at all."""

import json
import random
import sys

import pytest

import timeline
from timeline.archive import find_articles, index, index_archive, query
from timeline.archive.asking import done_in
from timeline.cli import main
from timeline.errors import InputError

WORDS = (
    "harbour Harbour HARBOUR bridge bridges Brücke négociation ne\u0301gociation Straße strasse l'accord l’accord accord "
    "İzmir izmir ısı ISI U.S. US C++ C o'Neil _under_ state-of-the-art 2014 №5 20.000 naïve "
    "東京 東京都 日本語 にほん 서울 서울에서 Москва МОСКВА ὈΔΟΣ ὁδός ﬁsh fish ΣΊΣΥΦΟΣ Σίσυφος σίσυφος K k ſoon soon"
).split()
BETWEEN = (" ", " ", " ", " ", ", ", ". ", "\n", "\u00a0", " – ", "")
TERMS = (
    *WORDS, "HARB*", "negoc*", "né*", "東*", "京都", "日*", "서울*", "l'*", "c++*", "u.*", "Моск*", "n*",
    '"harbour bridge"', '"harbour bridge*"', '"C++ bridge"', '"accord U.S."', '"bridge\u00a0harbour"', '"東京 bridge"', "zebra", "e\u0301g*",
)  # fmt: skip


@pytest.fixture(scope="module")
def articles():
    pick = random.Random(8)

    def text(n):
        return "".join(pick.choice(WORDS) + pick.choice(BETWEEN) for _ in range(n)) + "end"

    days = [f"2012-{1 + n % 12:02d}-{1 + n % 9:02d}" for n in range(20)]
    rows = [
        {"title": text(2), "text": text(12), "published": pick.choice([*days, ""]), "source": pick.choice("AB")}
        for _ in range(300)
    ]  # fmt: skip
    return rows + rows[:40]  # copies, in other partitions


@pytest.fixture(scope="module")
def archive(tmp_path_factory, client, articles, to_lines):
    out = tmp_path_factory.mktemp("index")
    (out / "a.jsonl").write_bytes(to_lines(articles))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "PARTITIONS", 2)
        timeline.tag_archive(out / "a.jsonl", out / "out", client=client, progress=False, partition_bytes=14_000)  # fmt: skip
        assert len(list((out / "out" / "index").iterdir())) >= 2
        yield out / "out"


def test_the_index_answers_as_looking_through_does(archive):
    """40 questions of one to three words, phrases and beginnings, between days, with few places and many."""
    pick = random.Random(3)
    done, answered = done_in(archive), 0
    for _ in range(40):
        terms = query._terms(" ".join(pick.choices(TERMS, k=pick.choice((1, 1, 1, 2, 2, 3)))))
        dates = pick.choice(
            [("", "~"), ("0", "2012-07"), ("2012-07", "~"), ("2012-03", "2012-08-02")]
        )
        most = pick.choice((1, 3, 20, 1000))
        scanned = query._by_scan(archive, done, terms, dates, most)
        indexed = query._by_index(archive, done, terms, dates, most)
        asked = f"{terms} in {dates}, at most {most}"
        assert (len(indexed) > most) == (len(scanned) > most), asked
        assert indexed["article_id"].tolist()[:most] == scanned["article_id"].tolist()[:most], asked
        answered += len(scanned) > 0
    assert answered > 18


@pytest.mark.parametrize(
    ("term", "text", "is_there"),
    [
        ("l'accord", "Non, L’ACCORD est signé.", True),
        ("accord", "l'accord", True),
        ("négo*", "Les NÉGOCIATIONS", True),
        ("negociations", "négociations", False),
        ('"the bridge"', "the\u00a0bridge", True),
        ('"the bridge"', "the, bridge", False),
        ("京都", "東京都の", True),
        ("end", "legendary", False),
        ("end*", "the ending", True),
    ],
)
def test_what_a_word_is(tmp_path, client, term, text, is_there):
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": text}))
    out = tmp_path / "out"
    timeline.tag_archive(tmp_path / "a.jsonl", out, client=client, progress=False)
    assert len(find_articles(out, term)) == is_there
    next((out / "index").iterdir()).unlink()
    assert len(find_articles(out, term)) == is_there


def test_every_letter_is_folded_with_all_its_cases():
    """Else the index would miss what looking through finds."""
    apart = {
        char
        for char in map(chr, range(sys.maxunicode))
        if char.isalpha()
        for form in (char.lower(), char.upper())
        if len(form) == 1 and index.words_of(form).lower() != index.words_of(char).lower()
    }
    assert apart == set()


def test_an_index_that_covers_less_is_said_and_made_whole(tmp_path, client, archive_of, make_row, capsys):  # fmt: skip
    source, out = archive_of(tmp_path / "in", a=[make_row(n) for n in range(30)]), tmp_path / "out"
    timeline.tag_archive(source, out, client=client, progress=False)
    archive_of(source, b=[make_row(n) for n in range(30, 50)])
    timeline.tag_archive(source, out, client=client, progress=False, with_index=False)
    asked = ["archive", "story", str(out), "--match", "49", "-o"]
    assert main([*asked, str(tmp_path / "slow")]) == 0
    said = capsys.readouterr()
    assert f"`timeline archive index {out}` makes it" in said.err and ": 1 article" in said.out
    size = index_archive(out, client=client, progress=False)
    files = list((out / "index").iterdir())
    assert sum(path.stat().st_size for path in files) == size
    needed = index.files_needed(done_in(out))
    assert {f"index/{path.name}" for path in files} == set(needed), "what covers less is taken away"
    assert main([*asked, str(tmp_path / "quick")]) == 0
    assert capsys.readouterr().err == ""


def test_an_index_that_was_cut_short_is_gone_on_with(archive, tmp_path, client):
    whole = {path: path.read_bytes() for path in (archive / "index").iterdir()}
    lost = next(iter(whole))
    lost.unlink()
    stamps = {path: path.stat().st_mtime_ns for path in whole if path != lost}
    index_archive(archive, client=client, progress=False)
    assert {path: path.read_bytes() for path in (archive / "index").iterdir()} == whole
    assert {path: path.stat().st_mtime_ns for path in stamps} == stamps


def test_a_disk_that_fills_up_leaves_nothing_half_written(archive, client, monkeypatch):
    lost = next((archive / "index").iterdir())
    lost.unlink()
    monkeypatch.setattr(index, "TABLES", "pragma max_page_count = 4;" + index.TABLES)
    with pytest.raises(InputError, match=r"disk of .* is full; what is done is kept"):
        index_archive(archive, client=client, progress=False)
    assert not lost.exists() and not list((archive / ".tmp").iterdir())
    monkeypatch.undo()
    index_archive(archive, client=client, progress=False)
    assert lost.exists()


def test_a_damaged_index_is_said_with_what_to_do(archive):
    damaged = next((archive / "index").iterdir())
    whole = damaged.read_bytes()
    damaged.write_bytes(b"nothing of the kind" * 100)
    try:
        with pytest.raises(
            InputError, match=r"index of .* cannot be read .*run `timeline archive index"
        ):
            find_articles(archive, "harbour")
    finally:
        damaged.write_bytes(whole)
