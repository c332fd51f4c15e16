"""A story cut out of an archive: its articles found by words and dates, with their stored mentions. Tags nothing."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import pandas as pd

from timeline.archive import index
from timeline.archive import plan as plans
from timeline.archive.asking import StrPath, ask, done_in, files_of, read_rows
from timeline.correcting.write import toml_text
from timeline.dates import Period, TimeValue
from timeline.errors import InputError
from timeline.files import write_atomically
from timeline.pipeline import Story
from timeline.schema import (
    ARTICLES,
    DTYPES,
    EVENTS,
    MENTIONS,
    PROBLEMS,
    Column,
    empty_frame,
    rows_frame,
)

MOST_ARTICLES = 500
APOSTROPHES = "'\u2018\u2019"
SPACED = re.compile(rf"[^\W_{index.ALONE}]")
BESIDE = rf"[^\pL\pN]|[{index.ALONE}]"


def find_articles(
    out: StrPath,
    match: str,
    *,
    since: str | None = None,
    until: str | None = None,
    most: int = MOST_ARTICLES,
) -> pd.DataFrame:
    """The archive's articles that hold every word of `match`, in title or text.

    `match`: words, "phrases in quotes", and beginnings as nego*; case does not matter, words are whole.
    `since`, `until`: publication dates as 2014, 2014-11 or 2014-11-06; both days included.
    `most`: of more articles, those with the most of the words in the title, then the latest.
    Returns a frame in the ARTICLES schema with a column `file` more, by date, source and id; each
    once. `frame.attrs["more"]`: whether there are more than `most`.
    Raises InputError if `out` is no archive, for no words, or for a date that is none.
    """
    terms = _terms(match)
    first, last = _bound(since, "since"), _bound(until, "until")
    # an article without a date is on no side of one
    dates = first or "0" * bool(last), last or "~"
    done = done_in(out)
    ranked = _by_index if index.is_whole(Path(out), done) else _by_scan
    try:
        frame = ranked(out, done, terms, dates, most)
    except sqlite3.Error as error:
        raise InputError(
            f"the full-text index of {out} cannot be read ({error}): delete {out}/index, then run `timeline archive index {out}`"
        ) from None
    found = _typed(frame.head(most), ARTICLES).drop(columns="hits")
    found = found.sort_values(["dct", "source", "article_id"], ignore_index=True)
    found.attrs["more"] = len(frame) > most
    return found


def _by_scan(
    out: StrPath, done: plans.Done, terms: list[str], dates: tuple[str, str], most: int
) -> pd.DataFrame:
    """The best matching articles, each once, best first: more than `most` if there are more."""
    files = [name for name in files_of(out, "articles", done) if _in_years(name, *dates)]
    limit = most + 1
    while files:
        source = "read_parquet(?, filename = true)"
        rows = _matching(out, source, [files], terms, dates, limit)
        frame = rows.drop_duplicates("article_id")
        if len(frame) > most or len(rows) < limit:
            return frame
        limit *= 4  # again only if copies filled the places
    return _none_found()


def _by_index(
    out: StrPath, done: plans.Done, terms: list[str], dates: tuple[str, str], most: int
) -> pd.DataFrame:
    """As `_by_scan`. The index passes over punctuation, so that what it finds is asked again."""
    names, limit = index.files_needed(done), most + 1
    while places := index.search(Path(out), names, terms, *dates, limit):
        columns = [c.name for c in ARTICLES]
        table = read_rows(((f"{out}/{place.file}", place.row) for place in places), columns)
        rows = _matching(out, "places", [], terms, dates, limit, places=table)
        frame = rows.drop_duplicates("article_id")
        if len(places) < limit:
            return frame
        # an article that was not looked at may stand before one that did not keep its rank
        last = places[-1]
        tie = (frame["hits"] == last.hits) & (frame["dct"] == last.dct)
        later = tie & (frame["article_id"] > last.article_id)
        later |= (frame["hits"] == last.hits) & (frame["dct"] < last.dct)
        frame = frame[~later & (frame["hits"] >= last.hits)]
        if len(frame) > most:
            return frame
        limit *= 4
    return _none_found()


def _none_found() -> pd.DataFrame:
    return empty_frame(ARTICLES).assign(file=pd.Series(dtype="str"), hits=0)


def _matching(
    out: StrPath, source: str, values: list[Any], terms: list[str], dates: tuple[str, str], limit: int,
    **tables: Any,
) -> pd.DataFrame:  # fmt: skip
    """The best rows of `source` that hold every term and lie within the dates, with `file` and `hits`."""
    whole = [_whole_word(term) for term in terms]
    # any case first, quickly; then, for the few that are left, whole words
    either = ["(regexp_matches(text, ?) or regexp_matches(title, ?))"] * len(terms)
    sql = (
        f"select *, {' + '.join(['regexp_matches(title, ?)::int'] * len(terms))} as hits "
        f"from (select {', '.join(c.name for c in ARTICLES)}, filename as file from {source} "
        f"where dct >= ? and dct < ? and {' and '.join(either)}) where {' and '.join(either)} "
        "order by hits desc, dct desc, article_id, file limit ?"
    )
    twice = [pattern(term) for pattern in (_any_case, _whole_word) for term in terms for _ in "ab"]
    return ask(out, sql, [*whole, *values, *dates, *twice, limit], **tables)


def cut_story(
    out: StrPath,
    match: str,
    *,
    since: str | None = None,
    until: str | None = None,
    most: int = MOST_ARTICLES,
    with_events: bool = True,
) -> Story:
    """The story of the articles that hold every word of `match`, with the mentions that are stored.

    Arguments as for `find_articles`; `with_events`: False leaves mentions and events out, for a folder that
    `read_story` reads anyway. `problems` says so if articles were left.
    Raises InputError as `find_articles` does, and if no article matches.
    """
    found = find_articles(out, match, since=since, until=until, most=most)
    settings = plans.read_plan(Path(out)).settings
    if found.empty:
        span = f" since {since}" * bool(since) + f" until {until}" * bool(until)
        raise InputError(
            f"no article of {out} holds all of {match!r}{span}: try fewer words, or a beginning as nego*"
        )
    problems = empty_frame(PROBLEMS)
    if found.attrs["more"]:
        why = f"more than {most} articles match and {most} are taken: narrow the words or dates, or raise --most"
        problems = rows_frame(PROBLEMS, [{"file": str(out), "line": 0, "problem": why}])
    articles = found[[c.name for c in ARTICLES]]
    mentions, events = empty_frame(MENTIONS), empty_frame(EVENTS)
    if with_events:
        from timeline.merging import merge

        mentions = _mentions_of(out, found)
        events = merge(mentions, articles)
    language, landmarks = settings["language"], settings["landmarks"]
    return Story(match, language, landmarks, articles, mentions, events, problems)


def check_new(path: Path) -> None:
    """Nothing, if a story folder can be made of `path`.

    Raises InputError if it exists and is not empty.
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise InputError(f"{path} exists and is not empty: name a new folder")


def write_story_folder(story: Story, folder: StrPath) -> Path:
    """The story folder that was made: story.toml and articles/articles.jsonl, which `timeline report` reads.

    Raises InputError if `folder` exists and is not empty.
    """
    path = Path(folder)
    check_new(path)
    (path / "articles").mkdir(parents=True)
    names = {"dct": "published", "title": "title", "source": "source", "url": "url", "language": "language", "text": "text"}  # fmt: skip
    rows = story.articles[list(names)].rename(columns=names).to_dict("records")
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    write_atomically(path / "articles" / "articles.jsonl", lines)
    settings = [f"title = {toml_text(story.title)}", f"language = {toml_text(story.language)}"]
    if story.landmarks:
        settings += ["", "[landmarks]"]
        settings += [
            f"{toml_text(name)} = {toml_text(date)}" for name, date in story.landmarks.items()
        ]
    write_atomically(path / "story.toml", "\n".join(settings) + "\n")
    return path


def _in_years(name: str, first: str, last: str) -> bool:
    year = Path(name).parent.name.partition("=")[2]
    return not first or (year.isdigit() and first[:4] <= year <= last[:4])


def _bound(value: str | None, which: str) -> str:
    """The ISO day that a date begins on (since) or the day after its last (until); empty for none."""
    if not value:
        return ""
    try:
        when = TimeValue.from_edtf(value)
    except (ValueError, TypeError):
        when = None
    edge = None if when is None or isinstance(when, Period) else when.start if which == "since" else when.stop  # fmt: skip
    if edge is None or not 0 <= edge.astype("datetime64[Y]").astype(int) + 1970 <= 9999:
        raise InputError(
            f"--{which} {value!r} is not a date: write it as 2014, 2014-11 or 2014-11-06"
        )
    return str(edge.astype("datetime64[D]"))


def _terms(match: str) -> list[str]:
    found = [a or b for a, b in re.findall(r'"([^"]*)"|([^\s"]+)', match)]
    terms = [" ".join(term.split()) for term in found]
    terms = [term for term in terms if index.LETTER.search(term)]
    if not terms:
        raise InputError(f"--match {match!r} has no word to look for")
    return terms


def _any_case(term: str) -> str:
    """A pattern for `term` in any case: classes are quicker to search than the flag (?i)."""
    out = []
    for char in term.rstrip("*"):
        forms = {c for c in (char, char.lower(), char.upper()) if len(c) == 1}
        if char == " ":
            out.append(r"[\s\pZ]+")
        elif char in APOSTROPHES:
            out.append(f"[{APOSTROPHES}]")
        elif len(forms) > 1:
            out.append(f"[{''.join(sorted(forms))}]")
        else:
            out.append(re.sub(r"\W", lambda m: rf"\x{{{ord(m[0]):x}}}", char))
    return "".join(out)


def _whole_word(term: str) -> str:
    """A pattern for `term` with no letter or digit beside its own, of a script that has spaces."""
    stem = term.rstrip("*")
    before = rf"(?:^|{BESIDE})" if SPACED.match(stem[0]) else ""
    after = rf"(?:{BESIDE}|$)" if SPACED.match(stem[-1]) and stem == term else ""
    return before + _any_case(term) + after


def _mentions_of(out: StrPath, found: pd.DataFrame) -> pd.DataFrame:
    """The stored mentions of these articles: each is in the file of the same year and partition."""
    beside = {name.replace(f"{out}/articles/", f"{out}/mentions/", 1) for name in found["file"]}
    files = [name for name in files_of(out, "mentions") if name in beside]
    if not files:
        return empty_frame(MENTIONS)
    sql = (
        f"select {', '.join(c.name for c in MENTIONS)} from read_parquet(?) "
        "where article_id in (select unnest(?)) order by article_id, start_char"
    )
    frame = ask(out, sql, [files, found["article_id"].tolist()])
    return _typed(frame.drop_duplicates("mention_id", ignore_index=True), MENTIONS)


def _typed(frame: pd.DataFrame, columns: tuple[Column, ...]) -> pd.DataFrame:
    return frame.astype({c.name: DTYPES[c.kind] for c in columns})
