"""The whole way from files to events, top to bottom in one place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from os.path import isdir, isfile
from pathlib import Path
from types import NoneType
from typing import Any

import pandas as pd

from timeline.correcting import correct, read_corrections
from timeline.errors import CALL, FLAG, TABLE, TEXT, InputError, expect, maybe, require
from timeline.merging import merge
from timeline.reading import StorySettings, read_articles, read_settings
from timeline.reading.find import Paths, given_paths
from timeline.reading.story_file import check_landmark
from timeline.schema import PROBLEMS, rows_frame
from timeline.tagging import languages, tag
from timeline.tagging.stated_landmarks import stated_landmarks

BATCH = 50
Progress = Callable[..., Any]


@dataclass(frozen=True)
class Story:
    """A story: its articles, what they date, and the events that follow.

    `articles`, `mentions`, `events`, `problems`: frames in the schemas of those names.
    `landmarks`: name -> EDTF date, the user's and those that the articles state.  `corrections`: the analyst's entries and whether each applied.
    """

    title: str
    language: str
    landmarks: Mapping[str, str]
    articles: pd.DataFrame
    mentions: pd.DataFrame
    events: pd.DataFrame
    problems: pd.DataFrame

    @property
    def corrections(self) -> list[dict[str, Any]]:
        """What `corrections.toml` asked for, one dict an entry: entry, applied, reason."""
        return list(self.events.attrs.get("corrections", []))

    def summary(self) -> str:
        """What was found, in one line."""
        undated = int((~self.events["dated"]).sum())
        return ", ".join(
            f"{n} {word}{'' if n == 1 or word == 'undated' else 's'}"
            for n, word in (
                (len(self.articles), "article"),
                (len(self.mentions), "mention"),
                (len(self.events), "event"),
                (undated, "undated"),
                (len(self.problems), "problem"),
            )
        )


def read_story(
    paths: Paths,
    *,
    published: str | None = None,
    title: str | None = None,
    landmarks: Mapping[str, str] | None = None,
    keep_going: bool = False,
    progress: Progress | None = None,
) -> Story:
    """A story from a folder with `story.toml` and `articles/`, or from any folder, files or globs.

    `published`: ISO date for each article that states none.
    `landmarks`: name -> EDTF date, added to those of `story.toml`; both go before what the articles say.
    `keep_going`: list an article that cannot be read among the problems instead of raising.
    `progress`: called with `total`, gives a bar with `update` and `close`, as `tqdm` does.
    Raises InputError, one sentence with file and line, for input that cannot be used.

    >>> read_story("data/iran-letters").title
    'The secret letter to Iran'
    """
    require(published, (str, date, NoneType), "published", "an ISO date as text, or None")
    expect(
        title=(title, maybe(TEXT)),
        landmarks=(landmarks, maybe(TABLE)),
        keep_going=(keep_going, FLAG),
    )
    expect(progress=(progress, maybe(CALL)))
    folder = _story_folder(paths)
    settings = read_settings(folder / "story.toml") if folder else StorySettings()
    for name, value in (landmarks or {}).items():
        check_landmark(name, value, "landmarks")
    landmarks = {str(name): str(value) for name, value in (landmarks or {}).items()}
    articles = read_articles(
        paths,
        published or settings.published or None,
        language=settings.language,
        keep_going=keep_going,
    )
    named = {**stated_landmarks(articles["text"]), **settings.landmarks, **landmarks}
    problems = [*articles.attrs.get("problems", []), *_unread_languages(articles)]
    mentions = tag_in_batches(articles, named, progress)
    events = merge(mentions, articles, progress=progress)
    if folder and (folder / "corrections.toml").is_file():
        entries = read_corrections(folder / "corrections.toml")
        events = correct(events, entries, mentions, articles)
        problems += _unapplied(events, folder / "corrections.toml")
    return Story(
        title=title or settings.title or _title_of(paths, articles),
        language=settings.language,
        landmarks=named,
        articles=articles,
        mentions=mentions,
        events=events,
        problems=rows_frame(PROBLEMS, problems),
    )


def tag_in_batches(
    articles: pd.DataFrame, landmarks: Mapping[str, str], progress: Progress | None = None
) -> pd.DataFrame:
    """The mentions of `articles`, as `tag` gives them, made batch by batch so that progress shows."""
    bar = progress(total=len(articles)) if progress else None
    parts = []
    for start in range(0, max(len(articles), 1), BATCH):
        batch = articles.iloc[start : start + BATCH]
        parts.append(tag(batch, landmarks=dict(landmarks)))
        if bar:
            bar.update(len(batch))
    if bar:
        bar.close()
    return parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)


def _story_folder(paths: Paths) -> Path | None:
    given = given_paths(paths)
    # os.path, as it takes a name that is too long or not ours to read for a file that is not there
    folders = [Path(one) for one in given if isfile(Path(one) / "story.toml")]  # noqa: PTH113
    if folders and len(given) > 1:
        raise InputError(
            f"{folders[0]} is a story of its own: give it alone, or give plain articles"
        )
    return folders[0] if folders else None


def _unread_languages(articles: pd.DataFrame) -> list[dict[str, Any]]:
    """A problem for each article in a language that there are no rules for."""
    known = languages()
    return [
        {
            "file": source or article_id,
            "line": 0,
            "problem": f"no dates are read in the language {code!r} (“{title or article_id}”); there are rules for {', '.join(known)}",
        }
        for article_id, source, title, code in zip(
            *(articles[name] for name in ("article_id", "source", "title", "language")), strict=True
        )
        if code not in known
    ]


def _unapplied(events: pd.DataFrame, path: Path) -> list[dict[str, Any]]:
    return [
        {
            "file": str(path),
            "line": entry["line"],
            "problem": f"correction not applied: {entry['reason']}",
        }
        for entry in events.attrs.get("corrections", [])
        if not entry["applied"]
    ]


def _title_of(paths: Paths, articles: pd.DataFrame) -> str:
    """What a story without a title is called: a single folder's name, else its first article's title."""
    given = given_paths(paths)
    if len(given) == 1 and isdir(given[0]):  # noqa: PTH112, a name that is too long is no folder
        folder = Path(given[0]).resolve()
        folder = folder.parent if folder.name == "articles" else folder
        if words := " ".join(re.split(r"[\W_]+", folder.name)).strip():
            return words[0].upper() + words[1:]
    titles = [title for title in articles["title"] if title]
    return titles[0] if titles else "Timeline"
