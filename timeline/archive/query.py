"""Questions to an archive that is there: a story cut out of it, and which days it talks about. Tags nothing."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pandas as pd

from timeline.archive import plan as plans
from timeline.archive.cluster import require_extras
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
    make_frame,
)

MOST_ARTICLES = 500
StrPath = str | os.PathLike[str]


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
    once. `frame.attrs["n_matching"]` is how many there are in all.
    Raises InputError if `out` is no archive, for no words, or for a date that is none.
    """
    terms = _terms(match)
    first, last = _bound(since, "since"), _bound(until, "until")
    files = [name for name in _files(out, "articles") if _in_years(name, first, last)]
    where: list[str] = ["true"]
    values: list[Any] = []
    if first:
        where.append("dct >= ?")
        values.append(first)
    if last:
        where.append("dct <> '' and dct < ?")
        values.append(last)
    # any case first, quickly; then, for the few that are left, whole words
    where += ["(regexp_matches(text, ?) or regexp_matches(title, ?))"] * len(terms)
    values += [_any_case(term) for term in terms for _ in range(2)]
    patterns = [_whole_word(term) for term in terms]
    whole = " and ".join(["(regexp_matches(text, ?) or regexp_matches(title, ?))"] * len(terms))
    hits = " + ".join(["regexp_matches(title, ?)::int"] * len(terms))
    names = ", ".join(c.name for c in ARTICLES)
    matching = (
        f"from (select {names}, filename as file from read_parquet(?, filename = true) "
        f"where {' and '.join(where)}) where {whole}"
    )
    values[:] = [files, *values, *(pattern for pattern in patterns for _ in range(2))]
    if not files:
        return _empty()
    frame = _ask(
        out,
        f"select * {matching} order by {hits} desc, dct desc, article_id, file limit ?",
        [*values, *patterns, most + 1],
    )
    n = len(frame)
    if n > most:
        n = int(_ask(out, f"select count(distinct article_id) as n {matching}", values)["n"][0])
    frame = frame.drop_duplicates("article_id").head(most)
    frame = _typed(frame, ARTICLES).sort_values(["dct", "source", "article_id"], ignore_index=True)
    frame.attrs["n_matching"] = max(n, len(frame)) if n > most else len(frame)
    return frame


def cut_story(
    out: StrPath,
    match: str,
    *,
    since: str | None = None,
    until: str | None = None,
    most: int = MOST_ARTICLES,
) -> Story:
    """The story of the articles that hold every word of `match`, with the mentions that are stored.

    Arguments as for `find_articles`; `problems` says how many articles were left, if any.
    Raises InputError as `find_articles` does, and if no article matches.
    """
    from timeline.merging import merge

    found = find_articles(out, match, since=since, until=until, most=most)
    settings = plans.read_plan(Path(out)).settings
    if found.empty:
        span = f" since {since}" * bool(since) + f" until {until}" * bool(until)
        raise InputError(
            f"no article of {out} holds all of {match!r}{span}: try fewer words, or a beginning as nego*"
        )
    problems, n = empty_frame(PROBLEMS), found.attrs["n_matching"]
    if n > len(found):
        why = f"{n} articles match and {len(found)} are taken: narrow the words or dates, or raise --most"
        problems = make_frame(PROBLEMS, {"file": [str(out)], "line": [0], "problem": [why]})
    articles = found[[c.name for c in ARTICLES]]
    mentions = _mentions_of(out, found)
    return Story(
        title=match,
        language=settings["language"],
        landmarks=settings["landmarks"],
        articles=articles,
        mentions=mentions,
        events=merge(mentions, articles),
        problems=problems,
    )


def write_story_folder(story: Story, folder: StrPath) -> Path:
    """The story folder that was made: story.toml and articles/articles.jsonl, which `timeline report` reads.

    Raises InputError if `folder` exists and is not empty.
    """
    path = Path(folder)
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise InputError(f"{path} exists and is not empty: name a new folder")
    (path / "articles").mkdir(parents=True)
    names = {"dct": "published", "title": "title", "source": "source", "url": "url", "language": "language", "text": "text"}  # fmt: skip
    rows = story.articles[list(names)].rename(columns=names).to_dict("records")
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    write_atomically(path / "articles" / "articles.jsonl", lines)
    settings = [f"title = {_toml(story.title)}", f"language = {_toml(story.language)}"]
    if story.landmarks:
        settings += ["", "[landmarks]"]
        settings += [f"{_toml(name)} = {_toml(date)}" for name, date in story.landmarks.items()]
    write_atomically(path / "story.toml", "\n".join(settings) + "\n")
    return path


def count_days(out: StrPath) -> pd.DataFrame:
    """How many mentions and articles point to each day, and how many were published on it.

    Columns day (datetime64[s]), n_mentions, n_articles (that mention it), n_published; by day. Only
    mentions of one day, or of a time within it, count, and copies count once; see `count_granularities` for the others.
    Raises InputError if `out` is no archive.
    """
    mentions, articles = _files(out, "mentions"), _files(out, "articles")
    parts = []
    if mentions:
        sql = (
            "select date_trunc('day', start) as day, count(distinct mention_id) as n_mentions, count(distinct article_id) as n_articles "
            "from read_parquet(?) where start is not null and stop - start <= interval 1 day group by 1"
        )
        parts.append(_ask(out, sql, [mentions]))
    if articles:
        sql = (
            "select cast(dct[:10] as timestamp) as day, count(distinct article_id) as n_published "
            "from read_parquet(?) where dct <> '' group by 1"
        )
        parts.append(_ask(out, sql, [articles]))
    frame = pd.DataFrame({"day": pd.Series(dtype="datetime64[s]")})
    for part in parts:
        frame = frame.merge(part.astype({"day": "datetime64[s]"}), on="day", how="outer")
    numbers = ["n_mentions", "n_articles", "n_published"]
    for name in numbers:
        frame[name] = frame[name].fillna(0).astype("int64") if name in frame else 0
    return frame.sort_values("day", ignore_index=True)[["day", *numbers]]


def count_granularities(out: StrPath) -> pd.Series:
    """How many mentions there are of each granularity, most first; "unresolved" where there is no value.

    Raises InputError if `out` is no archive.
    """
    files = _files(out, "mentions")
    if not files:
        return pd.Series(dtype="int64")
    sql = (
        "select case when timex = '' then 'unresolved' when granularity = '' then lower(type) else granularity end as unit, "
        "count(distinct mention_id) as n from read_parquet(?) group by 1 order by n desc, unit"
    )
    return _ask(out, sql, [files]).set_index("unit")["n"]


def sample_values(out: StrPath, most: int = 20_000) -> tuple[pd.DataFrame, int]:
    """At most about `most` values that the archive's mentions have, evenly taken, and one in how many they are.

    For `draw_density`: a frame in the EVENTS schema, one row a value, ordered by its bounds; mentions
    without two bounds are left out. The same archive gives the same sample.
    Raises InputError if `out` is no archive.
    """
    files = _files(out, "mentions")
    if not files:
        return empty_frame(EVENTS), 1
    sql = (
        "select start, stop, min(edtf) as edtf, min(granularity) as granularity, count(distinct mention_id) as n "
        "from read_parquet(?) where start is not null and stop is not null group by all order by start, stop"
    )
    values = _ask(out, sql, [files])
    step = max(-(-int(values["n"].sum()) // most), 1)
    taken = values["n"].cumsum() // step
    rows = values.loc[values.index.repeat(taken.diff().fillna(taken).astype("int64"))]
    same: dict[str, Any] = {"text": "", "whole": 1, "flag": True, "moment": None, "number": 0.0}
    data = {c.name: [same.get(c.kind, [])] * len(rows) for c in EVENTS}
    data |= {name: rows[name].tolist() for name in ("start", "stop", "edtf", "granularity")}
    data |= {"event_id": [f"{i:09d}" for i in range(len(rows))]}
    for name, value in (("kind", "happening"), ("status", "reported"), ("extent", "within")):
        data[name] = [value] * len(rows)
    return make_frame(EVENTS, data), step


def _files(out: StrPath, dataset: str) -> list[str]:
    """The dataset's files in partitions that are done; the plan is read so that it is surely an archive."""
    require_extras()
    plans.read_plan(Path(out))
    done = plans.read_done(Path(out))
    names = (name for entry in done.values() for name in entry["files"])
    return sorted(f"{out}/{name}" for name in names if name.startswith(f"{dataset}/"))


def _in_years(name: str, first: str, last: str) -> bool:
    year = Path(name).parent.name.partition("=")[2]
    if not (first or last):
        return True
    return year.isdigit() and (not first or year >= first[:4]) and (not last or year <= last[:4])


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
    terms = [term for term in terms if re.search(r"\w", term)]
    if not terms:
        raise InputError(f"--match {match!r} has no word to look for")
    return terms


def _any_case(term: str) -> str:
    """A pattern for `term` in any case: classes are quicker to search than the flag (?i)."""
    out = []
    for char in term.rstrip("*"):
        forms = {c for c in (char, char.lower(), char.upper()) if len(c) == 1}
        if char == " ":
            out.append(r"\s+")
        elif len(forms) > 1:
            out.append(f"[{''.join(sorted(forms))}]")
        else:
            out.append(re.sub(r"\W", lambda m: rf"\x{{{ord(m[0]):x}}}", char))
    return "".join(out)


def _whole_word(term: str) -> str:
    after = "" if term.endswith("*") else r"(?:[^\pL\pN]|$)"
    return rf"(?:^|[^\pL\pN]){_any_case(term)}{after}"


def _mentions_of(out: StrPath, found: pd.DataFrame) -> pd.DataFrame:
    """The stored mentions of these articles: each is in the file of the same year and partition."""
    beside = {name.replace(f"{out}/articles/", f"{out}/mentions/", 1) for name in found["file"]}
    files = [name for name in _files(out, "mentions") if name in beside]
    if not files:
        return empty_frame(MENTIONS)
    sql = (
        f"select {', '.join(c.name for c in MENTIONS)} from read_parquet(?) "
        "where article_id in (select unnest(?)) order by article_id, start_char"
    )
    frame = _ask(out, sql, [files, found["article_id"].tolist()])
    return _typed(frame.drop_duplicates("mention_id", ignore_index=True), MENTIONS)


def _empty() -> pd.DataFrame:
    frame = empty_frame(ARTICLES).assign(file=pd.Series(dtype="str"))
    frame.attrs["n_matching"] = 0
    return frame


def _typed(frame: pd.DataFrame, columns: tuple[Column, ...]) -> pd.DataFrame:
    return frame.astype({c.name: DTYPES[c.kind] for c in columns})


def _ask(out: StrPath, sql: str, values: list[Any]) -> pd.DataFrame:
    import duckdb

    # nothing is ever fetched
    settings: dict[str, Any] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    with duckdb.connect(":memory:", config=settings) as engine:
        try:
            return engine.execute(sql, values).df()
        except duckdb.Error as error:
            raise InputError(f"{out} cannot be read: {str(error).splitlines()[0]}") from None


def _toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
