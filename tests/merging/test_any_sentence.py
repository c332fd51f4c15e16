"""Any words in any order make events or reasons, never a crash: titles are cut from trees of clauses."""

from hypothesis import given, settings
from hypothesis import strategies as st
from merging_frames import articles_frame, mentions_frame

from timeline.merging import merge

WORDS = """
    the a its police Mayor Ruiz bank bridge bridges it they who which that said says told will would has had been is
    was closed closing close opened broke agreed left and but or as when after before because ahead prior instead
    due of to in on at by for with from into against , , ; : ( ) “ ” -- not only twice 12 two third all some many both
    talks strike fire report deadline week morning year then today's first late up down here there
""".split()


@settings(max_examples=250, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=14),
    st.lists(st.sampled_from(WORDS), max_size=14),
    st.sampled_from(["on", "by", "since", "until", "before", "the", ""]),
)
def test_every_mention_is_in_one_event_or_has_a_reason(before, after, lead):
    text = " ".join([*before, lead, "Monday", *after, "."])
    articles = articles_frame(("a", "Post", "2014-11-05", text))
    events = merge(mentions_frame(articles, ("a", "Monday", "2014-11-03")), articles)
    used = [m for e in events["mention_ids"] for m in e]
    unused = [u["mention_id"] for u in events.attrs["unused"]]
    assert len(used + unused) == 1
    assert all(title.strip() and len(title) <= 100 for title in events["title"])
