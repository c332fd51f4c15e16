"""One offline HTML file from a story. Puts the parts together; decides nothing about dates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from markupsafe import Markup

import timeline
from timeline.errors import TEXT, WHOLE, InputError, expect, maybe
from timeline.files import write_atomically
from timeline.reporting.articles import article_records
from timeline.reporting.bundle import plotly_bundle, policy, sha256
from timeline.reporting.content import event_records, gather_disputes, summary, undated_records
from timeline.reporting.figures import MOST_DRAWN, still_picture, styles_in
from timeline.reporting.packing import in_order, most_salient
from timeline.reporting.parts import compact, environment, page_part
from timeline.reporting.viewer import MODULES, SHAPES, header, list_html
from timeline.reporting.wording import KIND_WORDS, listed, tidy
from timeline.schema import ARTICLES, EVENTS, KINDS, MENTIONS, require_columns


def write_report(
    story: Any, path: str | Path, *, title: str | None = None, citations: int = 500
) -> Path:
    """The path of the report that was written: one HTML file that asks nothing of any server.

    `story`: has title, articles, mentions, events and problems, frames in the declared schemas.
    `title`: the page's; the story's where None.
    `citations`: so many events, the most salient, carry their citations; the page says how many
    do not. The same story gives the same bytes. The file that was there stays whole until the new
    one is complete.
    Raises InputError if `path` cannot be written or a frame lacks a column.
    """
    return write_atomically(path, report_html(story, title=title, citations=citations))


def report_html(story: Any, *, title: str | None = None, citations: int = 500) -> str:
    """The whole page as text; see write_report. Raises InputError if a frame lacks a column."""
    expect(title=(title, maybe(TEXT)), citations=(citations, WHOLE))
    if not all(
        hasattr(story, name) for name in ("title", "articles", "mentions", "events", "problems")
    ):
        raise InputError(f"story is a {type(story).__name__}; give what read_story returned")
    for frame, columns, what in (
        (story.articles, ARTICLES, "articles"),
        (story.mentions, MENTIONS, "mentions"),
        (story.events, EVENTS, "events"),
    ):
        require_columns(frame, tuple(column.name for column in columns), what)
    if citations < 1:
        raise InputError(f"citations is {citations!r}; give at least 1")
    events = in_order(story.events)
    large = len(events) > MOST_DRAWN
    rows = most_salient(events, citations)
    cited = events.iloc[rows]
    citing = {
        mention: row["event_id"]
        for row in cited.to_dict("records")
        for mention in row["mention_ids"]
    }
    wanted = {one.get("mention_id") for row in cited["citations"] for one in row}
    records = event_records(events, story.mentions[story.mentions["mention_id"].isin(wanted)], rows)
    articles, more_articles = article_records(story.articles, story.mentions, citing)
    gaps, n_gaps = undated_records(story, citing)
    disputes = gather_disputes(records)
    heading = tidy(title if title is not None else story.title, 300) or "Timeline"
    svg = still_picture(events) if len(events) else Markup("")
    bundle = plotly_bundle()
    css = page_part("viewer.css", "report.css")
    viewer = page_part(*MODULES, "page.js")
    data = header(events, heading)
    shown = {piece["mention_id"] for one in articles for line in one["paragraphs"] for piece in line if "mention_id" in piece}  # fmt: skip
    facts = summary(story)
    names = sorted({name for names in cited["sources"] for name in names})
    return environment().get_template("report.html.j2").render(
        title=heading,
        version=timeline.__version__,
        policy=policy(scripts=[sha256(viewer), bundle.sha256], styles=[css, *styles_in(svg)]),
        css=Markup(css),
        viewer=Markup(viewer),
        svg=svg,
        data=Markup(compact(data).replace("<", "\\u003c")),
        bundle=bundle._replace(packed=Markup(bundle.packed)),
        lead=facts["lead"],
        facts=facts["facts"],
        source_names=listed([tidy(name, 60) for name in names[:4]] + (["others"] if len(names) > 4 else [])),
        n_events=len(events),
        events=records,
        untitled=data["untitled"],
        listed={one["id"] for one in records},
        shown=shown,
        listing=list_html(records, shown=shown, copying=True),
        kinds=[(kind, KIND_WORDS[kind]) for kind in KINDS if (events["kind"] == kind).any()],
        shapes=SHAPES,
        disputes=disputes[:20],
        more_disputes=max(0, len(disputes) - 20),
        gaps=gaps,
        n_gaps=n_gaps,
        articles=articles,
        more_articles=more_articles,
        large=large,
    )  # fmt: skip
