"""What each command does; results go to standard output or a file, notes to standard error."""

from __future__ import annotations

import argparse
import json
import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from timeline.archive.command import read_landmark
from timeline.errors import InputError
from timeline.files import read_file, write_atomically

if TYPE_CHECKING:
    import pandas as pd

    from timeline.pipeline import Story

FRAME_FORMATS = ("csv", "excel-csv", "json", "jsonl", "markdown", "parquet")
EVENT_FORMATS = (*FRAME_FORMATS, "ics", "svg", "timelinejs", "timeml", "vis")


def report(arguments: argparse.Namespace) -> None:
    """Write the report, then say where it is and what it found."""
    from timeline.reporting import write_report

    path = Path(arguments.output or Path("reports") / f"{_name(arguments.story[0])}.html")
    if path.suffix.lower() not in (".html", ".htm"):
        raise InputError(f"-o {path}: a report is a web page; name it {path.with_suffix('.html')}")
    story = _read(arguments)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_report(story, path)
    print(f"{path}: {story.summary()}")


def events(arguments: argparse.Namespace) -> None:
    """Print or write the events frame."""
    story = _read(arguments)
    _write(story.events, arguments, story)


def mentions(arguments: argparse.Namespace) -> None:
    """Print or write the mentions frame."""
    _write(_read(arguments).mentions, arguments)


def tag(arguments: argparse.Namespace) -> None:
    """Print the mentions of one text as JSON lines, offsets counting in exactly the text given."""
    from timeline.exchange import write_frame
    from timeline.reading.dates import publication_date
    from timeline.schema import ARTICLES, rows_frame
    from timeline.tagging import languages
    from timeline.tagging import tag as tag_articles

    if arguments.language not in languages():
        raise InputError(
            f"--language {arguments.language!r} has no rules; allowed are {', '.join(languages())}"
        )
    row = {
        "article_id": "stdin" if arguments.file == "-" else Path(arguments.file).stem,
        "dct": publication_date(arguments.published, "--published"),
        "language": arguments.language,
        "text": _exact_text(arguments.file),
    }
    write_frame(tag_articles(rows_frame(ARTICLES, [row])), sys.stdout.buffer, to="jsonl")


def new(arguments: argparse.Namespace) -> None:
    """Make a story folder from the starter files."""
    folder = Path(arguments.folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(f"{folder} exists and is not empty: name a new folder")
    for name, target in STARTER.items():
        path = folder / target
        path.parent.mkdir(parents=True, exist_ok=True)
        text = (files("timeline") / "starter" / name).read_text("utf-8")
        write_atomically(path, text.replace("My story", folder.resolve().name or "My story"))
    print(
        f"{folder}: put your articles in {folder / 'articles'}, then run: timeline report {folder}"
    )


STARTER = {
    "story.toml": "story.toml",
    "corrections.toml": "corrections.toml",
    "example.md": "articles/example.md",
    "story.ipynb": "story.ipynb",
}


def corrections(arguments: argparse.Namespace) -> None:
    """List each correction of the story and whether it applied; raises InputError if one did not."""
    entries = _read(arguments).corrections
    for entry in entries:
        mark = "applied    " if entry["applied"] else "NOT APPLIED"
        print(
            f"{mark}  {json.dumps(entry['entry'], ensure_ascii=False, default=str)}  {entry['reason']}".rstrip()
        )
    if not entries:
        print("no corrections: write them in corrections.toml in the story's folder")
    if left := sum(not entry["applied"] for entry in entries):
        raise InputError(f"{left} of {len(entries)} corrections did not apply: mend or delete them")


def _read(arguments: argparse.Namespace) -> Story:
    from timeline.pipeline import read_story

    output = getattr(arguments, "output", None)
    if output and any(
        Path(one).is_file() and Path(output).exists() and Path(one).samefile(output)
        for one in arguments.story
    ):
        raise InputError(f"-o {output} is one of the articles; name another file")
    story = read_story(
        arguments.story,
        published=arguments.published,
        title=getattr(arguments, "title", None),
        landmarks=dict(map(read_landmark, arguments.landmark)),
        keep_going=arguments.keep_going,
        progress=None if arguments.quiet else _bar,
    )
    if not arguments.quiet:
        for row in story.problems.to_dict("records"):
            if arguments.run is corrections and row["problem"].startswith("correction not"):
                continue  # it is in the list already
            line = f":{row['line']}" if row["line"] else ""
            print(f"timeline: {row['file']}{line}: {row['problem']}", file=sys.stderr)
    return story


def _bar(total: int) -> Any:
    from tqdm import tqdm

    return tqdm(total=total, desc="reading", unit="article", delay=1, leave=False, file=sys.stderr)


def _write(frame: pd.DataFrame, arguments: argparse.Namespace, story: Story | None = None) -> None:
    from timeline.exchange import write_events, write_frame

    formats = FRAME_FORMATS if story is None else EVENT_FORMATS
    if arguments.to and arguments.to not in formats:
        raise InputError(f"--to {arguments.to!r} is not a format; use one of {', '.join(formats)}")
    if arguments.to == "timeml" and not arguments.output:
        raise InputError("timeml is one file an article: name a folder with -o FOLDER")
    target = arguments.output or sys.stdout.buffer
    to = arguments.to or (None if arguments.output else "csv")
    ending = Path(arguments.output or "").suffix.lower()
    if story is not None and (to == "svg" or (to is None and ending == ".svg")):
        from timeline.drawing import svg
        from timeline.exchange.tables import put

        put(target, svg(frame, title=story.title or None).encode())
        return
    if story is None:
        notes = write_frame(frame, target, to=to)
    else:
        notes = write_events(
            frame, target, to, title=story.title, articles=story.articles, mentions=story.mentions
        )
    for note in notes or ():
        print(f"timeline: {note}", file=sys.stderr)


def _exact_text(name: str) -> str:
    data = sys.stdin.buffer.read() if name == "-" else read_file(name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{name}:{line}: byte 0x{data[error.start]:02x} is not UTF-8; save the text as UTF-8"
        ) from None


def _name(story: str) -> str:
    path = Path(story)
    return (path.stem if path.is_file() else path.resolve().name) or "timeline"
