"""The analyst's corrections: each kind applied, what no longer fits reported, and the way back to a file."""

from importlib.resources import files

import pandas as pd
import pytest

from timeline.correcting import correct, read_corrections, write_corrections
from timeline.correcting.read import FIELDS
from timeline.errors import InputError
from timeline.schema import ARTICLES, CITATION, EVENTS, rows_frame


def event(title, edtf, *told, kind="happening", status="reported"):
    from timeline.correcting.joining import dated

    citations = []
    for source, sentence in told:
        filled = {"source": source, "article_id": f"id-{source}", "sentence": sentence}
        filled["mention_id"] = f"id-{source}:{len(sentence)}"
        citations.append({c.name: filled.get(c.name, "") for c in CITATION})
    return {
        "event_id": title,
        "title": title,
        "kind": kind,
        "status": status,
        **dated(edtf),
        "attribution": "",
        "n_sources": len({c["source"] for c in citations}),
        "sources": sorted({c["source"] for c in citations}),
        "mention_ids": sorted(c["mention_id"] for c in citations),
        "citations": citations,
        "conflict": "",
        "alternatives": [],
        "salience": 0.5,
    }


def frame(*rows):
    return rows_frame(EVENTS, rows)


@pytest.fixture
def events():
    return frame(
        event("Dam broke", "2014-11-03", ("Post", "The dam broke on Monday after a week of rain.")),
        event("Dam burst", "2014-11-04", ("Herald", "On Tuesday the dam burst, officials said.")),
        event(
            "Mayor resigned",
            "2014-11",
            ("Post", "The mayor resigned this month."),
            ("Herald", "The mayor, who had promised repairs in November, left."),
        ),
    )


def apply(events, tmp_path, text):
    path = tmp_path / "corrections.toml"
    path.write_text(text, "utf-8")
    return correct(events, read_corrections(path))


def test_a_new_title_goes_to_the_event_whose_sentence_holds_the_quoted_words(events, tmp_path):
    out = apply(
        events,
        tmp_path,
        '[[retitle]]\narticle = "Post"\nquote = "dam broke on monday"\ntitle = "Dam fails"\n',
    )
    assert list(out.title) == ["Mayor resigned", "Dam fails", "Dam burst"]
    assert out.attrs["corrections"][0]["applied"]
    assert "Dam broke" in out.attrs["corrections"][0]["reason"]


@pytest.mark.parametrize(
    "edtf, start, stop, extent, is_dated",
    [
        ("2014-11-02", "2014-11-02", "2014-11-03", "within", True),
        ("2014~", "2014-01-01", "2015-01-01", "within", True),
        ("2014-11-01/2014-11-05", "2014-11-01", "2014-11-06", "throughout", True),
        ("../2014-11-06", None, "2014-11-07", "within", False),
    ],
)
def test_any_edtf_date_can_be_set(events, tmp_path, edtf, start, stop, extent, is_dated):
    out = apply(events, tmp_path, f'[[redate]]\nquote = "the dam burst"\ndate = "{edtf}"\n')
    row = out[out.title == "Dam burst"].iloc[0]
    assert (row.edtf, row.extent, row.dated) == (edtf, extent, is_dated)
    assert (None if pd.isna(row.start) else row.start.strftime("%Y-%m-%d")) == start
    assert row.stop.strftime("%Y-%m-%d") == stop


@pytest.mark.parametrize(
    "words, edtf",
    [("24 Nov 2014", "2014-11-24"), ("November 2014", "2014-11"), ("spring 2009", "2009-21"), ("44 BC", "-0043"),
     ("about 1850", "1850~"), ("Nov. 24, 2014", "2014-11-24")],
)  # fmt: skip
def test_a_date_can_be_set_in_words_that_fix_it_alone(events, tmp_path, words, edtf):
    out = apply(events, tmp_path, f'[[redate]]\nquote = "the dam burst"\ndate = "{words}"\n')
    assert out[out.title == "Dam burst"].iloc[0].edtf == edtf


def test_a_date_that_needs_another_day_to_count_from_is_refused_with_the_forms_that_do(tmp_path):
    path = tmp_path / "corrections.toml"
    for words in ("last Tuesday", "24 Nov", "soon", "03/04/2014"):
        path.write_text(f'[[redate]]\nquote = "x"\ndate = "{words}"\n', "utf-8")
        with pytest.raises(InputError, match=r"24 Nov 2014.*2014-11-24"):
            read_corrections(path)


def test_kind_and_status_are_set_and_drop_takes_the_event_away(events, tmp_path):
    out = apply(
        events,
        tmp_path,
        '[[kind]]\nquote = "dam broke"\nkind = "plan"\n'
        '[[status]]\nquote = "dam broke"\nstatus = "denied"\n'
        '[[drop]]\nevent = "Mayor resigned"\n',
    )
    assert list(out.title) == ["Dam broke", "Dam burst"]
    assert (out.kind[0], out.status[0]) == ("plan", "denied")


def test_merged_events_rest_on_the_mentions_and_sources_of_both(events, tmp_path):
    out = apply(
        events,
        tmp_path,
        '[[merge]]\narticle = "Post"\nquote = "dam broke"\nwith = [{ article = "Herald", quote = "dam burst" }]\n',
    )
    row = out[out.title == "Dam broke"].iloc[0]
    assert len(out) == 2
    assert row.sources == ["Herald", "Post"] and row.n_sources == 2
    assert len(row.mention_ids) == 2
    assert row.edtf == "2014-11-03", "the first event's date holds"


def test_a_split_event_keeps_the_rest_and_loses_no_mention(events, tmp_path):
    out = apply(events, tmp_path, '[[split]]\narticle = "Herald"\nquote = "promised repairs"\n')
    parts = {row.title: row.sources for row in out.itertuples() if "ayor" in row.title}
    assert parts == {"Mayor resigned": ["Post"], "Mayor left": ["Herald"]}
    assert sorted(m for ids in out.mention_ids for m in ids) == sorted(
        m for ids in events.mention_ids for m in ids
    )
    assert out.event_id.is_unique


@pytest.fixture
def joined():
    """One event of three sentences that are not of one day, with the mentions and articles that it comes from."""
    from timeline.merging import merge
    from timeline.tagging import tag

    texts = {
        "Post": "The dam at Elm broke on Nov. 3. Farms stood under water.",
        "Herald": "Officials opened the Elm bridge on Nov. 5.",
        "Star": "Dozens of families have left the valley, officials said.",
    }
    rows = [{"article_id": name, "source": name, "dct": "2014-11-06", "language": "en", "text": text}
            for name, text in texts.items()]  # fmt: skip
    articles = rows_frame(ARTICLES, rows)
    mentions = tag(articles)
    single = merge(mentions, articles).to_dict("records")
    by_source = {row["sources"][0]: row for row in single}
    citations = [by_source[name]["citations"][0] for name in texts]
    row = {**by_source["Post"], "title": "Dam broke", "sources": sorted(texts), "n_sources": 3,
           "citations": citations, "mention_ids": sorted(c["mention_id"] for c in citations[:2])}  # fmt: skip
    return frame(row), mentions, articles


def test_an_event_that_is_split_off_has_the_title_and_date_of_its_own_sentence(joined, tmp_path):
    path = tmp_path / "corrections.toml"
    path.write_text('[[split]]\nquote = "opened the Elm bridge"\n', "utf-8")
    out = correct(joined[0], read_corrections(path), *joined[1:])
    assert [(r.title, r.edtf, r.sources, r.dated) for r in out.itertuples()] == [
        ("Dam broke", "2014-11-03", ["Post", "Star"], True),
        ("Officials opened the Elm bridge", "2014-11-05", ["Herald"], True),
    ]
    assert "Officials opened the Elm bridge" in out.attrs["corrections"][0]["reason"]


def test_an_event_without_a_time_that_is_split_off_is_only_bounded(joined, tmp_path):
    path = tmp_path / "corrections.toml"
    path.write_text('[[split]]\nquote = "Dozens of families"\n', "utf-8")
    new = correct(joined[0], read_corrections(path), *joined[1:]).iloc[-1]
    assert (new.edtf, new.dated, new.sources) == ("../2014-11-06", False, ["Star"])
    assert new.title.startswith("Dozens of families have left the valley")
    new = correct(joined[0], read_corrections(path)).iloc[-1]
    assert (new.edtf, new.dated, new.when) == ("", False, "not dated")


def test_the_part_of_fewer_sentences_is_written_as_split_off(joined, tmp_path):
    path = tmp_path / "corrections.toml"
    path.write_text('[[split]]\nquote = "dam at Elm broke"\n', "utf-8")
    after = correct(joined[0], read_corrections(path), *joined[1:])
    assert list(after.n_sources) == [1, 2]
    write_corrections(joined[0], after, path)
    again = correct(joined[0], read_corrections(path), *joined[1:])
    assert [r for r in again.attrs["corrections"] if not r["applied"]] == []
    columns = ["title", "edtf", "kind", "status", "sources", "event_id"]
    pd.testing.assert_frame_equal(again[columns], after[columns])


def test_what_is_left_keeps_its_title_only_while_it_has_the_words_or_the_analyst_gave_it(
    joined, tmp_path
):
    path = tmp_path / "corrections.toml"
    split = '[[split]]\nquote = "dam at Elm broke"\n'
    for before, title in (
        ("", "Officials opened the Elm bridge"),
        ('[[retitle]]\nquote = "dam at Elm"\ntitle = "Mine"\n', "Mine"),
    ):
        path.write_text(before + split, "utf-8")
        out = correct(joined[0], read_corrections(path), *joined[1:])
        assert [(r.title, r.edtf) for r in out.itertuples()] == [
            ("Dam at Elm broke", "2014-11-03"),
            (title, "2014-11-05"),
        ]


def test_an_event_of_ones_own_comes_with_its_source(events, tmp_path):
    out = apply(
        events,
        tmp_path,
        '[[add]]\ntitle = "Repairs voted"\ndate = "2013-05"\nsource = "Council minutes"\nkind = "plan"\n',
    )
    row = out.iloc[0]
    assert (row.title, row.edtf, row.sources, row.kind) == (
        "Repairs voted", "2013-05", ["Council minutes"], "plan",
    )  # fmt: skip
    assert row.citations[0]["source"] == "Council minutes"


def test_a_correction_that_fits_nothing_is_reported_by_name_and_changes_nothing(events, tmp_path):
    out = apply(events, tmp_path, '[[drop]]\narticle = "Post"\nquote = "the bridge fell"\n')
    report = out.attrs["corrections"][0]
    assert not report["applied"]
    assert "the bridge fell" in report["entry"] and "Post" in report["reason"]
    assert "corrections.toml:1" in report["entry"] and report["line"] == 1
    assert list(out.event_id) == list(correct(events, []).event_id)


def test_words_that_fit_two_events_are_refused_with_both_titles(events, tmp_path):
    out = apply(events, tmp_path, '[[drop]]\nquote = "the dam"\n')
    reason = out.attrs["corrections"][0]["reason"]
    assert len(out) == 3 and "Dam broke" in reason and "Dam burst" in reason


def test_quotation_marks_and_case_of_the_article_do_not_matter(tmp_path):
    events = frame(
        event("He spoke", "2014", ("Post", "He said it was “not the city’s fault” in 2014."))
    )
    out = apply(events, tmp_path, "[[drop]]\nquote = '''\"Not the city's fault\"'''\n")
    assert len(out) == 0


@pytest.mark.parametrize(
    "text, line, words",
    [
        ('[[drop]\nquote = "x"\n', 1, "broken TOML"),
        ('\n\n[[rename]]\nquote = "x"\n', 3, "unknown correction 'rename'"),
        ('[drop]\nquote = "x"\n', 1, "double brackets"),
        ('[[drop]]\nquote = "a"\n[[redate]]\nquote = "x"\ndate = "24 Nov"\n', 3, "'24 Nov'"),
        ('[[kind]]\nquote = "x"\nkind = "party"\n', 1, "deadline"),
        ('[[retitle]]\ntitle = "x"\n', 1, "quote"),
        ("[[drop]]\nquote = 3\n", 1, "must be text"),
        ('[[drop]]\nquote = "x"\ncolour = "red"\n', 1, "colour"),
        ('[[merge]]\nquote = "x"\nwith = "y"\n', 1, "with"),
    ],
)
def test_a_broken_file_gives_one_sentence_with_file_and_line(tmp_path, text, line, words):
    path = tmp_path / "corrections.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError) as error:
        read_corrections(path)
    assert str(error.value).startswith(f"{path}:{line}: ")
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_all_bad_entries_of_a_file_are_told_at_once_a_line_each_in_their_order(tmp_path):
    path = tmp_path / "corrections.toml"
    bad = (
        '[[redate]]\nquote = "x"\ndate = "24 Nov"\n[[drop]]\nquote = "fine"\n'
        '[[rename]]\nquote = "x"\n[[redate]]\nquote = "x"\n[[drop]]\nquote = 3\n'
    )
    path.write_text(bad, "utf-8")
    with pytest.raises(InputError) as error:
        read_corrections(path)
    told = str(error.value).split("\n")
    assert [line.removeprefix(f"{path}:").split(":")[0] for line in told] == ["1", "6", "8", "10"]
    assert "'24 Nov'" in told[0] and "rename" in told[1] and "'date'" in told[2] and "3" in told[3]


def test_no_file_means_no_corrections(tmp_path):
    assert read_corrections(tmp_path / "none.toml") == []


def test_edits_by_hand_become_entries_that_give_the_edited_frame_again(events, tmp_path):
    path = tmp_path / "corrections.toml"
    wanted = apply(
        events,
        tmp_path,
        '[[merge]]\nquote = "dam broke"\nwith = [{ quote = "dam burst" }]\n'
        '[[retitle]]\nquote = "dam broke"\ntitle = "The “great” dam\\nfailure"\n'
        '[[redate]]\nquote = "dam broke"\ndate = "2014-11-02/2014-11-04"\n'
        '[[split]]\narticle = "Herald"\nquote = "promised repairs"\n'
        '[[status]]\narticle = "Post"\nquote = "mayor resigned"\nstatus = "unconfirmed"\n'
        '[[add]]\ntitle = "Repairs voted"\ndate = "2013-05"\nsource = "Minutes"\n',
    )
    assert all(r["applied"] for r in wanted.attrs["corrections"]), wanted.attrs["corrections"]
    assert write_corrections(events, wanted, path) > 0
    again = correct(events, read_corrections(path))
    assert all(r["applied"] for r in again.attrs["corrections"]), again.attrs["corrections"]
    columns = [
        "title",
        "edtf",
        "kind",
        "status",
        "sources",
        "mention_ids",
        "start",
        "stop",
        "extent",
    ]
    pd.testing.assert_frame_equal(again[columns], wanted[columns])


def test_no_edits_make_no_entries(events, tmp_path):
    assert write_corrections(events, events.copy(), tmp_path / "c.toml") == 0


def test_corrections_of_an_empty_frame_are_all_reported(tmp_path):
    from timeline.schema import empty_frame

    out = apply(empty_frame(EVENTS), tmp_path, '[[drop]]\nquote = "x"\n')
    assert len(out) == 0 and not out.attrs["corrections"][0]["applied"]


def test_an_edited_story_comes_back_from_its_file(tmp_path):
    """Events that share a sentence are told apart by their titles."""
    from pathlib import Path

    import timeline

    events = timeline.read_story(Path(__file__).parents[2] / "data" / "iran-letters").events
    edited = events.copy()
    edited["title"] = [f"{title}, edited" for title in events.title]
    edited.loc[0, "kind"] = "period"
    edited.loc[2, "edtf"] = "2014-10-15~"
    edited = edited.drop(index=[5])
    path = tmp_path / "corrections.toml"
    write_corrections(events, edited, path)
    again = correct(events, read_corrections(path))
    assert [r for r in again.attrs["corrections"] if not r["applied"]] == []
    columns = ["title", "edtf", "kind", "status"]
    assert sorted(map(tuple, again[columns].values)) == sorted(map(tuple, edited[columns].values))


@pytest.fixture
def rivals():
    said = [
        {"edtf": "2014-11-03", "when": "3 November 2014", "start": None, "stop": None, "says": "Monday", "sources": ["Post"]},
        {"edtf": "2014-11-04", "when": "4 November 2014", "start": None, "stop": None, "says": "Tuesday", "sources": ["Herald"]},
    ]  # fmt: skip
    told = ("Post", "The dam broke on Monday."), ("Herald", "On Tuesday the dam broke.")
    conflict = "the sources give different dates: Post: 3 November 2014; Herald: 4 November 2014"
    count = "the sources count differently: Post: “two walls”; Herald: “three walls”"
    return [
        {**event("Dam broke", "2014-11-03", *told), "conflict": text, "alternatives": said}
        for text in (conflict, f"{conflict} | {count}")
    ]


def test_a_new_date_settles_a_disagreement_about_dates(rivals, tmp_path):
    for row, left in zip(rivals, ("", "the sources count differently"), strict=True):
        done = apply(frame(row), tmp_path, '[[redate]]\nquote = "broke on Monday"\ndate = "2014-11-04"\n')  # fmt: skip
        assert list(done["edtf"]) == ["2014-11-04"]
        assert done["conflict"][0].startswith(left) and bool(done["conflict"][0]) == bool(left)
        assert bool(done["alternatives"][0]) == bool(left)


def test_each_part_of_a_split_disagreement_has_the_date_of_its_own_sources(rivals, tmp_path):
    done = apply(frame(rivals[0]), tmp_path, '[[split]]\nquote = "On Tuesday the dam"\n')
    assert {(*row["sources"], row["edtf"], row["conflict"]) for row in done.to_dict("records")} == {
        ("Post", "2014-11-03", ""),
        ("Herald", "2014-11-04", ""),
    }


def test_a_wrong_name_of_a_source_is_told_with_the_right_ones(events, tmp_path):
    done = apply(events, tmp_path, '[[drop]]\narticle = "Nobody"\nquote = "dam"\n')
    (entry,) = done.attrs["corrections"]
    assert entry["reason"] == "no event has the source 'Nobody'; the sources are Herald, Post"


def test_the_file_to_start_from_shows_each_kind_of_entry(tmp_path):
    text = (files("timeline") / "starter" / "corrections.toml").read_text("utf-8")
    lines = [line.removeprefix("# ") for line in text.split("\n")[3:]]
    path = tmp_path / "corrections.toml"
    path.write_text("\n".join(line for line in lines if line != "#"), "utf-8")
    assert {entry.action for entry in read_corrections(path)} == set(FIELDS)


@pytest.fixture
def twins():
    """Three events of one sentence, two of one title."""
    said = "The order of Sept. 28 was lifted on Oct. 26, the mayor said Monday."
    rows = [
        event("Order was lifted", "2026-09-28", ("AP", said)),
        event("Order was lifted", "2026-10-26", ("AP", said)),
        event("Mayor spoke", "2026-10-26", ("AP", said)),
    ]
    for n, (row, words) in enumerate(zip(rows, ("Sept. 28", "Oct. 26", "Monday"), strict=True)):
        row["event_id"] = f"id{n}"
        row["citations"][0] |= {"expression": words, "mention_id": f"m{n}"}
        row["mention_ids"] = [f"m{n}"]
    return frame(*rows)


@pytest.mark.parametrize(
    "named, dropped",
    [
        ('quote = "The order of Sept. 28"', "id0"),
        ('quote = "lifted on Oct. 26"', "id1"),
        ('quote = "the mayor said Monday"', "id2"),
        ('quote = "was lifted"\nevent = "id1"', "id1"),
        ('event = "id0"', "id0"),
        ('quote = "was lifted"\nevent = "Order was lifted, 28 September 2026"', "id0"),
        ('quote = "was lifted"\nevent = "order was lifted, 2026-10-26"', "id1"),
        ('quote = "of Sept. 28"\nevent = "Mayor spoke"', "id2"),
    ],
)
def test_events_of_one_sentence_are_told_apart_by_time_words_date_or_id(
    twins, tmp_path, named, dropped
):
    out = apply(twins, tmp_path, f"[[drop]]\n{named}\n")
    assert {*twins.event_id} - {*out.event_id} == {dropped}


def test_what_the_message_proposes_settles_it(twins, tmp_path):
    entry = '[[drop]]\nquote = "of Sept. 28 was lifted on Oct. 26"\n'
    out = apply(twins, tmp_path, entry)
    reason = out.attrs["corrections"][0]["reason"]
    proposed = reason.partition("add ")[2].split(" or ")
    assert len(out) == len(proposed) == 3
    left = [{*apply(twins, tmp_path, f"{entry}{line}\n").event_id} for line in proposed]
    assert [{*twins.event_id} - ids for ids in left] == [{"id0"}, {"id1"}, {"id2"}]
