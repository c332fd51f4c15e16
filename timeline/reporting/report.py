"""One offline HTML file from a story. Puts the parts together; decides nothing about dates."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

import timeline
from timeline.errors import InputError
from timeline.files import write_atomically
from timeline.reporting.articles import article_records
from timeline.reporting.bundle import STATIC, pack, plotly_bundle, policy, sha256
from timeline.reporting.content import event_records, gather_disputes, summary, undated_records
from timeline.reporting.figures import MOST_DRAWN, figure_specs, still_picture, styles_in
from timeline.reporting.packing import in_order, most_salient, pack_events
from timeline.reporting.wording import KIND_WORDS, STATUS_WORDS, listed, tidy
from timeline.schema import (
    ARTICLES,
    EVENTS,
    KINDS,
    MENTIONS,
    STATUSES,
    require_columns,
)

# Okabe and Ito's colours by kind; the dark theme has the lighter of each pair.
COLOURS = {
    "light": ["#0072b2", "#00775a", "#b34700", "#a35283", "#6b5b00"],
    "dark": ["#56b4e9", "#2fbf95", "#ff9a57", "#e39cc6", "#f0e442"],
}
SHAPES = {
    "happening": "M6 1.2a4.8 4.8 0 1 0 0 9.6a4.8 4.8 0 1 0 0-9.6z",
    "statement": "M6 .4 11.6 6 6 11.6 .4 6z",
    "deadline": "M2.5 11.8V.6l8.4 3.2-8.4 3.2",
    "plan": "M1.6 1.6h8.8v8.8H1.6z",
    "period": "M.4 4.4h11.2v3.2H.4z",
}


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
    css, viewer = page_part("report.css"), page_part("viewer.js")
    data = {**pack_events(events), "title": heading, "colours": COLOURS}
    data["kind_words"] = [KIND_WORDS[kind] for kind in KINDS]
    data["status_words"] = [STATUS_WORDS[status] for status in STATUSES]
    data["figures"] = "" if large or not len(events) else pack(compact(figure_specs(events)))
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
        shown={piece["mention_id"] for one in articles for line in one["paragraphs"] for piece in line if "mention_id" in piece},
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


def compact(value: Any) -> str:
    """JSON in few bytes, the same each time."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


@lru_cache
def page_part(name: str) -> str:
    """A style sheet or script of the page, exactly as it will stand in it."""
    text = (STATIC / name).read_text(encoding="utf-8")
    if "</script" in text or "</style" in text:
        raise AssertionError(f"{name} holds a closing tag, which would end its own element")
    return text


@lru_cache
def environment() -> jinja2.Environment:
    """The templates, with every value escaped."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        keep_trailing_newline=True,
    )
