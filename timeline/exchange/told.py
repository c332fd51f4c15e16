"""What an event says to a reader of another tool, and what that tool's format leaves out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

import pandas as pd

from timeline.dates import Period, TimeValue
from timeline.errors import InputError
from timeline.exchange.building import read_edtf
from timeline.exchange.html_text import markup_of, safe_link
from timeline.exchange.tables import records

# Columns that follow from others, and so are never lost.
_DERIVED = {"when", "start", "stop", "core_start", "core_stop", "granularity", "dated", "qualifier",
            "n_sources", "event_id", "title", "edtf"}  # fmt: skip
CARRIED = ("title", "edtf", "extent", "kind", "status", "attribution", "sources")


def _quoted(cited: Mapping[Any, Any], event: Mapping[Any, Any]) -> str:
    """The sentence in quotation marks; nothing where it only repeats the title."""
    return "" if cited["sentence"] == event.get("title") else f"“{cited['sentence']}”"


def citations_of(event: Mapping[Any, Any]) -> list[dict[str, Any]]:
    """The citations of an event that are told: those with a sentence."""
    cell = event.get("citations")
    cited = cell if isinstance(cell, list) else []
    return [c for c in cited if isinstance(c, dict) and str(c.get("sentence") or "").strip()]


def as_html(event: Mapping[Any, Any]) -> str:
    """The event's sources and disagreement as a few HTML paragraphs; links are http(s) only."""
    parts = []
    if event.get("attribution"):
        parts.append(f"<p>According to {markup_of(str(event['attribution']))}</p>")
    for cited in citations_of(event)[:5]:
        source, url = markup_of(str(cited.get("source") or "")), safe_link(cited.get("url"))
        name = f'<a href="{escape(url)}" rel="noopener">{source or markup_of(url)}</a>'
        told = f"{markup_of(_quoted(cited, event))} {name if url else source}".strip()
        parts.append(f"<p>{told}</p>")
    if event.get("conflict"):
        parts.append(f"<p>Sources disagree: {markup_of(str(event['conflict']))}</p>")
    return "".join(parts)


def as_text(event: Mapping[Any, Any]) -> str:
    """The same as plain lines, led by the date in words."""
    lines = [str(event.get("when") or "")]
    if event.get("attribution"):
        lines.append(f"According to {event['attribution']}")
    for cited in citations_of(event)[:5]:
        lines.append(
            f"{_quoted(cited, event)} {cited.get('source') or ''} {safe_link(cited.get('url'))}"
        )
    if event.get("conflict"):
        lines.append(f"Sources disagree: {event['conflict']}")
    return "\n".join(line.strip() for line in lines if line.strip())


def title_with_date(event: Mapping[Any, Any]) -> str:
    """The title led by the date in words, for where the place it is drawn at would say a false day."""
    return f"{event.get('when') or 'undated'}: {event['title']}"


def bare_title(shown: str, own: Mapping[str, Any]) -> str:
    """The title that we led by a date, if this still is it; else what is shown."""
    title = own.get("title")
    return title if isinstance(title, str) and shown.endswith(f": {title}") else shown


def carried(event: Mapping[Any, Any]) -> dict[str, Any]:
    """The fields of our own that ride along where a format lets strangers add some."""
    return {name: event[name] for name in CARRIED if event.get(name)}


def lost_columns(events: pd.DataFrame, kept: Iterable[str], name: str) -> list[str]:
    """One note naming the filled columns that the format `name` has no place for, or none."""
    gone = []
    for column in events.columns:
        if column in _DERIVED or column in set(kept):
            continue
        if any(
            not (isinstance(c, float) and c != c) and c not in ("", None, [])
            for c in events[column]
        ):
            gone.append(str(column))
    return [f"{name} has no place for {', '.join(gone)}"] if gone else []


def datable(
    events: pd.DataFrame, tool: str, notes: list[str]
) -> list[tuple[dict[str, Any], TimeValue | Period]]:
    """The events that have any bound, as plain dicts with their values; `notes` says what that costs."""
    found, undated, leaning = [], [], []
    for event in records(events):
        text, title = event["edtf"], str(event["title"])
        value = read_edtf(text, str(event["extent"])) if text else None
        if value is None or (value.start is None and value.stop is None):
            undated.append(title)
            continue
        if value.start is None or value.stop is None:
            leaning.append(title)
        found.append((event, value))
    if undated:
        notes.append(f"{tool} needs a date: {some(undated)} without one left out")
    if leaning:
        notes.append(f"{tool} has no open ends: {some(leaning)} stand at the known side")
    return found


def own_value(
    own: Mapping[str, Any], given: Mapping[str, Any], dates: Callable[[TimeValue | Period], Any]
) -> TimeValue | Period | None:
    """The value of the EDTF that we left in a foreign file, if the dates beside it are still its own."""
    if not isinstance(own.get("edtf"), str):
        return None
    try:
        value = read_edtf(own["edtf"], str(own.get("extent") or ""))
        same = value.start is not value.stop and dates(value) == given
    except (InputError, OverflowError, ValueError):
        return None  # its own dates tell
    return value if same else None


def some(titles: list[str]) -> str:
    """A few titles for a note: 2 events (Talks; Letter)."""
    shown = "; ".join(title[:60] for title in titles[:3]) + ("; ..." if len(titles) > 3 else "")
    return f"{len(titles)} event{'s' * (len(titles) != 1)} ({shown})"
