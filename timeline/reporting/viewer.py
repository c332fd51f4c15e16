"""The viewer of static/viewer.js for any host, a page or a widget: its script, styles and data."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pandas as pd
from markupsafe import Markup

from timeline.reporting.bundle import pack
from timeline.reporting.content import event_records
from timeline.reporting.figures import MOST_DRAWN, chapters_of, figure_specs
from timeline.reporting.packing import in_order, most_salient, pack_events
from timeline.reporting.parts import compact, environment, page_part
from timeline.reporting.wording import KIND_WORDS, STATUS_WORDS, tidy
from timeline.schema import EVENTS, KINDS, MENTIONS, STATUSES, empty_frame, require_columns

MODULES = ("packed.js", "dates.js", "layout.js", "viewer.js")
# Okabe and Ito's colours by kind; the dark theme has the lighter of each pair.
COLOURS = {
    "light": ["#0072b2", "#00775a", "#b34700", "#a35283", "#6b5b00"],
    "dark": ["#56b4e9", "#2fbf95", "#ff9a57", "#e39cc6", "#f0e442"],
}
SHAPES = {
    "happening": "M6 1.2a4.8 4.8 0 1 0 0 9.6a4.8 4.8 0 1 0 0-9.6z",
    "statement": "M6 .4 11.6 6 6 11.6 .4 6z",
    "deadline": "M2.5 11.8V.6l8.4 3.2-8.4 3.2",
    "plan": "M6 1.2a4.8 4.8 0 1 0 0 9.6a4.8 4.8 0 1 0 0-9.6z",
    "period": "M.4 4.4h11.2v3.2H.4z",
}


def viewer_script() -> str:
    """An ES module that exports `mount` (and `h`, `unpackText`, ...); viewer.js tells how to use it."""
    return page_part(*MODULES)


def viewer_style() -> str:
    """The style sheet of the viewer; its colours are custom properties that a host may set."""
    return page_part("viewer.css")


def viewer_data(
    events: pd.DataFrame,
    mentions: pd.DataFrame | None = None,
    *,
    title: str = "",
    citations: int = 500,
) -> dict[str, Any]:
    """What `mount` draws, as a record that JSON holds: packed events, figures, and the list as HTML.

    `events`: frame in the EVENTS schema, any row order; every value is escaped in the list.
    `mentions`: frame in the MENTIONS schema; with it, citations tell the reading that was turned down.
    `citations`: so many events, the most salient, come with theirs.
    Raises InputError naming a column that `events` lacks.

    >>> from timeline.schema import EVENTS, empty_frame
    >>> viewer_data(empty_frame(EVENTS))["n"]
    0
    """
    require_columns(events, tuple(column.name for column in EVENTS), "events")
    ordered = in_order(events)
    rows = most_salient(ordered, citations)
    records = event_records(ordered, empty_frame(MENTIONS) if mentions is None else mentions, rows)
    ids = [tidy(one, 64) for one in ordered["event_id"]]
    return {**header(ordered, title), "list": str(list_html(records)), "ids": pack("\n".join(ids))}


def header(ordered: pd.DataFrame, title: str) -> dict[str, Any]:
    """What the page's viewer needs apart from the list, which stands in the page. `ordered`: in_order."""
    large = len(ordered) > MOST_DRAWN
    return {
        **pack_events(ordered),
        "title": title,
        "colours": COLOURS,
        "kind_words": [KIND_WORDS[kind] for kind in KINDS],
        "status_words": [STATUS_WORDS[status] for status in STATUSES],
        "chapters": [] if large else chapters_of(ordered),
        "figures": "" if large or not len(ordered) else pack(compact(figure_specs(ordered))),
    }


def list_html(
    records: list[dict[str, Any]], *, shown: Collection[str] = (), copying: bool = False
) -> Markup:
    """The items of the list of events, every value escaped.

    `shown`: ids of the mentions that the page's articles show; `copying`: with buttons that copy.
    """
    template = environment().get_template("events.html.j2")
    module: Any = template.make_module({"shapes": SHAPES})
    return Markup(module.listing(records, shown, copying))
