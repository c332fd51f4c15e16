"""The command's arguments and its one place for errors: one sentence on standard error, exit code 2."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence

import timeline
from timeline.archive.command import add_parser as add_archive
from timeline.cli import commands
from timeline.errors import InputError

EPILOG = """examples:
  timeline report data/iran-letters
  timeline report a.txt b.txt --published 2014-11-06 --landmark "taking office=2009-01-20"
  timeline events data/iran-letters --to json -o events.json
  timeline events data/iran-letters -o events.svg
  echo "They met last Thursday." | timeline tag - --published 2014-11-06
  timeline new my-story
"""
# What the library calls an argument, and what stands on the command line.
TYPED = {"published: ": "--published: ", "landmarks: ": "--landmark: "}
STORY_HELP = (
    "a story folder, or any folder, file or pattern of .txt .md .html .jsonl .csv .parquet articles"
)


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code: 0 if all went well, 2 if input could not be used, 130 if interrupted."""
    for stream in (sys.stdout, sys.stderr):  # a name that the terminal cannot show is no failure
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    arguments = build_parser().parse_args(argv)
    try:
        arguments.run(arguments)
        sys.stdout.flush()
    except InputError as error:
        said = str(error)
        for name, option in TYPED.items():
            said = option + said.removeprefix(name) if said.startswith(name) else said
        print(f"timeline: {said}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # the reader of our output has had enough, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        print(f"timeline: {error.filename or 'output'}: {error.strerror or error}", file=sys.stderr)
        return 2
    return 0


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands, each with help and examples."""
    parser = argparse.ArgumentParser(
        prog="timeline",
        description="Articles in, honest timeline out.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"timeline {timeline.__version__}")
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")

    report = _command(subparsers, "report", "write one offline HTML report", commands.report)
    _story(report)
    report.add_argument(
        "-o", "--output", metavar="FILE", help="where to write it (reports/NAME.html)"
    )
    report.add_argument("--title", metavar="TEXT", help="the report's title")

    for name, what, formats in (
        ("events", "the events as a table", commands.EVENT_FORMATS),
        ("mentions", "every dated expression as a table", commands.FRAME_FORMATS),
    ):
        table = _command(subparsers, name, f"print {what}", getattr(commands, name))
        _story(table)
        usual = "csv; for timeml -o names a folder" if "timeml" in formats else "csv"
        table.add_argument("--to", metavar="FORMAT", help=f"one of {', '.join(formats)} ({usual})")
        table.add_argument(
            "-o", "--output", metavar="FILE", help="write to FILE; the format follows its ending"
        )

    tag = _command(
        subparsers, "tag", "print the dated expressions of one text as JSON lines", commands.tag
    )
    tag.add_argument("file", metavar="FILE", help="plain text in UTF-8, or - for standard input")
    tag.add_argument(
        "--published",
        metavar="DATE",
        help="when the text was published, as 2014-11-06; without it, relative dates stay open",
    )
    tag.add_argument("--language", metavar="CODE", default="en", help="language of the text (en)")

    new = _command(subparsers, "new", "make a story folder to start from", commands.new)
    new.add_argument(
        "folder", metavar="FOLDER", help="a folder that does not exist yet, or is empty"
    )

    corrections = _command(
        subparsers, "corrections", "list which corrections applied", commands.corrections
    )
    _story(corrections)
    add_archive(subparsers)
    return parser


def _command(subparsers, name, text, run) -> argparse.ArgumentParser:  # type: ignore[no-untyped-def]
    examples = [line for line in EPILOG.splitlines() if f"timeline {name}" in line]
    parser = subparsers.add_parser(
        name,
        help=text,
        description=text[0].upper() + text[1:] + ".",
        epilog="\n".join(["example:", *examples]) if examples else None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)
    return parser


def _story(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("story", metavar="STORY", nargs="+", help=STORY_HELP)
    parser.add_argument(
        "--published", metavar="DATE", help="publication date of articles that state none"
    )
    parser.add_argument(
        "--landmark",
        metavar="NAME=DATE",
        action="append",
        default=[],
        help="a named date that texts count from, as 'taking office=2009-01-20'; may be repeated",
    )
    parser.add_argument(
        "--keep-going", action="store_true", help="list articles that cannot be read, and go on"
    )
    parser.add_argument("--quiet", action="store_true", help="no progress bar and no notes")
