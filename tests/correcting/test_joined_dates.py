"""Events joined by the analyst whose sources give other dates: nothing is hidden."""

import pytest

from timeline.correcting import correct, read_corrections
from timeline.correcting.joining import dated
from timeline.merging.events import DATES_DIFFER
from timeline.schema import CITATION, EVENTS, rows_frame


def event(title, edtf, *sources):
    blank = dict.fromkeys((c.name for c in CITATION), "")
    citations = [
        blank | {"source": s, "article_id": s, "mention_id": f"{s}{title}", "sentence": title, "expression": edtf}
        for s in sources
    ]  # fmt: skip
    return dated(edtf) | {
        "event_id": title, "title": title, "kind": "happening", "status": "reported", "salience": 0.5,
        "n_sources": len(sources), "sources": sorted(sources), "citations": citations,
        "mention_ids": [c["mention_id"] for c in citations], "alternatives": [],
    }  # fmt: skip


def joined(tmp_path, *rows):
    """The one event that is left when the first row is joined with the others."""
    others = ", ".join(f'{{ event = "{row["title"]}" }}' for row in rows[1:])
    path = tmp_path / "corrections.toml"
    path.write_text(f'[[merge]]\nevent = "{rows[0]["title"]}"\nwith = [{others}]\n', "utf-8")
    events = correct(rows_frame(EVENTS, rows), read_corrections(path))
    assert [c["applied"] for c in events.attrs["corrections"]] == [True]
    (left,) = events.itertuples()
    return left


def test_dates_that_exclude_each_other_are_a_conflict_with_its_sources(tmp_path):
    left = joined(
        tmp_path,
        event("Boat hit the pier", "2014-11-05", "Post"),
        event("Boat struck the pier", "2014-11-06", "Herald", "Argus"),
    )
    assert left.edtf == "2014-11-06"  # two against one
    assert left.title == "Boat hit the pier"
    assert left.conflict.startswith(DATES_DIFFER)
    assert {a["edtf"]: a["sources"] for a in left.alternatives} == {
        "2014-11-06": ["Argus", "Herald"],
        "2014-11-05": ["Post"],
    }


def test_one_against_one_keeps_the_date_of_the_first(tmp_path):
    left = joined(
        tmp_path,
        event("Boat hit", "2014-11-05", "Post"),
        event("Boat struck", "2014-11-04", "Argus"),
    )
    assert left.edtf == "2014-11-05"
    assert len(left.alternatives) == 2


@pytest.mark.parametrize("first, second", [("2014-11", "2014-11-05"), ("2014-11-05", "2014-11")])
def test_a_date_within_another_is_taken_and_no_conflict(tmp_path, first, second):
    left = joined(tmp_path, event("Boat hit", first, "Post"), event("Boat struck", second, "Argus"))
    assert left.edtf == "2014-11-05"
    assert left.when == "5 November 2014"
    assert left.conflict == ""
    assert list(left.alternatives) == []
