"""`timeline archive tag|index|story|overview`: arguments in, what happened out. Loads the engine only when it runs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from timeline.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

PICTURES = (".svg", ".png", ".pdf")
EXAMPLES = """examples:
  timeline archive tag news/*.jsonl.gz crawl.warc.gz archive
  timeline archive tag /data/news /data/archive --scheduler tcp://10.0.0.1:8786
  timeline archive story archive --match 'iran "nuclear deal" nego*' --since 2014 -o iran-deal
  timeline archive story archive --match nightjar -o nightjar.html
  timeline archive overview archive -o days.svg
"""


def add_parser(subparsers: Any) -> None:
    """Nothing; the command `archive` with its four parts is among `subparsers`."""
    archive = subparsers.add_parser(
        "archive", help="date a whole archive, and cut stories out of it", epilog=EXAMPLES,
        description="Date a whole archive, on this machine or a Dask cluster; cut stories out of it.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parts = archive.add_subparsers(required=True, metavar="COMMAND")

    one = _part(parts, "tag", "find and resolve the dates of all articles", tag)
    one.add_argument("inputs", metavar="IN", nargs="+", help="files or folders of .jsonl(.gz, .zst), .csv, .parquet, .warc(.gz), .txt, .md or .html")  # fmt: skip
    one.add_argument("out", metavar="OUT", help="folder for the archive; a run that was cut short goes on where it was")  # fmt: skip
    _add_engine(one)
    one.add_argument("--published", metavar="DATE", help="publication date of articles that state none")  # fmt: skip
    one.add_argument("--language", metavar="CODE", default="en", help="language of articles that state none (en)")  # fmt: skip
    one.add_argument("--landmark", metavar="NAME=DATE", action="append", default=[], help="a named date that texts count from; may be repeated")  # fmt: skip
    one.add_argument("--strict", action="store_true", help="stop at the first record that cannot be read")  # fmt: skip
    one.add_argument("--dry-run", action="store_true", help="say what there is to do, and do nothing")  # fmt: skip
    one.add_argument("--no-index", action="store_true", help="make no full-text index; `story` is slower without")  # fmt: skip

    one = _part(parts, "index", "make the full-text index that `story` asks, where `tag` did not", make_index)  # fmt: skip
    one.add_argument("out", metavar="OUT", help="the archive")
    _add_engine(one)

    one = _part(parts, "story", "cut a story out: a story folder, or a report if FILE ends in .html", story)  # fmt: skip
    one.add_argument("out", metavar="OUT", help="the archive")
    one.add_argument("--match", metavar="QUERY", required=True, help='words that all must be there, "phrases", beginnings as nego*')  # fmt: skip
    one.add_argument("--since", metavar="DATE", help="published on or after it: 2014, 2014-11, 2014-11-06")  # fmt: skip
    one.add_argument("--until", metavar="DATE", help="published on or before it")
    one.add_argument("--most", metavar="N", type=int, default=500, help="take at most N articles (500)")  # fmt: skip
    one.add_argument("--title", metavar="TEXT", help="the story's title")
    one.add_argument("-o", "--output", metavar="STORY", required=True, help="a new folder, or a file that ends in .html")  # fmt: skip

    one = _part(parts, "overview", "which days the archive talks about", overview)
    one.add_argument("out", metavar="OUT", help="the archive")
    one.add_argument("--top", metavar="N", type=int, default=20, help="print the N days with most mentions (20)")  # fmt: skip
    one.add_argument("-o", "--output", metavar="FILE", help="every day's counts as .csv, or a picture as .svg, .png or .pdf")  # fmt: skip


def _part(parts: Any, name: str, text: str, run: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = parts.add_parser(
        name, help=text, description=text[0].upper() + text[1:] + "."
    )
    parser.set_defaults(run=run)
    return parser


def _add_engine(one: argparse.ArgumentParser) -> None:
    one.add_argument("--scheduler", metavar="tcp://HOST:PORT", help="a Dask scheduler; without one, local processes")  # fmt: skip
    one.add_argument("--workers", metavar="N", type=int, help="local processes (as many as cores)")
    one.add_argument("--quiet", action="store_true", help="no progress bar")


def tag(arguments: argparse.Namespace) -> None:
    """Tag the archive, then print the summary."""
    from timeline.archive.cluster import connect
    from timeline.archive.run import tag_archive

    landmarks = dict(map(read_landmark, arguments.landmark))
    _check_workers(arguments)
    with connect(None if arguments.dry_run else arguments.scheduler) as client:
        done = tag_archive(
            arguments.inputs, arguments.out, client=client, workers=arguments.workers,
            landmarks=landmarks, published=arguments.published, language=arguments.language,
            strict=arguments.strict, dry_run=arguments.dry_run, progress=not arguments.quiet,
            with_index=not arguments.no_index,
        )  # fmt: skip
    print(done)
    if done.rejected and not arguments.dry_run:
        print(f"rejected records, each with its reason: {done.out / 'rejected.jsonl'}")


def make_index(arguments: argparse.Namespace) -> None:
    """Make what is missing of the archive's full-text index, then print how large it is."""
    from timeline.archive.cluster import connect
    from timeline.archive.run import index_archive

    _check_workers(arguments)
    with connect(arguments.scheduler) as client:
        size = index_archive(arguments.out, client=client, workers=arguments.workers, progress=not arguments.quiet)  # fmt: skip
    print(f"{arguments.out}: the full-text index has {size / 1e6:,.1f} MB")


def _check_workers(arguments: argparse.Namespace) -> None:
    if arguments.workers is not None and (arguments.workers < 1 or arguments.scheduler):
        raise InputError("--workers is a number of local processes, 1 or more, without --scheduler")


def story(arguments: argparse.Namespace) -> None:
    """Cut a story out of the archive and write it as a folder or a report."""
    from dataclasses import replace

    from timeline.archive.asking import done_in
    from timeline.archive.index import is_whole
    from timeline.archive.query import check_new, cut_story, write_story_folder

    if arguments.most < 1:
        raise InputError(f"--most {arguments.most} is no number of articles: give 1 or more")
    path = Path(arguments.output)
    is_report = path.suffix.lower() in (".html", ".htm")
    if not is_report:
        check_new(path)
    if not is_whole(Path(arguments.out), done_in(arguments.out)):
        print(f"timeline: without a full-text index of all that is done every article is looked through; `timeline archive index {arguments.out}` makes it", file=sys.stderr)  # fmt: skip
    found = cut_story(
        arguments.out, arguments.match, since=arguments.since, until=arguments.until,
        most=arguments.most, with_events=is_report,
    )  # fmt: skip
    found = replace(found, title=arguments.title or found.title)
    if is_report:
        from timeline.reporting import write_report

        path.parent.mkdir(parents=True, exist_ok=True)
        write_report(found, path)
    else:
        write_story_folder(found, path)
    for row in found.problems.itertuples():
        print(f"timeline: {row.problem}", file=sys.stderr)
    n = len(found.articles)
    told = f"{n} article{'s' * (n != 1)}; next: timeline report {path}"
    print(f"{path}: {found.summary() if is_report else told}")


def overview(arguments: argparse.Namespace) -> None:
    """Print the days that the archive talks about most; write all of them, or the figure, to a file."""
    from timeline.archive.overview import count_days, count_granularities

    days = count_days(arguments.out)
    units = count_granularities(arguments.out)
    if arguments.output:
        _write_overview(arguments.out, days, Path(arguments.output))
    print("mentions: " + (", ".join(f"{n:,} {unit}" for unit, n in units.items()) or "none"))
    print(f"{'day':<12}{'mentions':>10}{'articles':>10}{'published':>11}")
    top = days[days["n_mentions"] > 0].sort_values(["n_mentions", "day"], ascending=[False, True])
    for row in top.head(arguments.top).itertuples():
        day = str(row.day)[:10]
        print(f"{day:<12}{row.n_mentions:>10,}{row.n_articles:>10,}{row.n_published:>11,}")


def _write_overview(out: str, days: pd.DataFrame, path: Path) -> None:
    if path.suffix.lower() == ".csv":
        from timeline.files import write_atomically

        write_atomically(path, days.to_csv(index=False, date_format="%Y-%m-%d"))
        return
    if path.suffix.lower() not in PICTURES:
        raise InputError(f"{str(path)!r} must end in .csv, {', '.join(PICTURES)}")
    from timeline.archive.overview import count_values
    from timeline.drawing import draw_density, save_figure

    figure = draw_density(count_values(out), title="What the archive talks about", unit="mention", weights="n_mentions")  # fmt: skip
    save_figure(figure, path, engine="python" if path.suffix.lower() == ".svg" else "auto")


def read_landmark(text: str) -> tuple[str, str]:
    """Name and date of NAME=DATE. Raises InputError for anything else."""
    name, equals, date = text.rpartition("=")
    if not equals or not name.strip():
        raise InputError(f"--landmark {text!r} is not NAME=DATE; write it as 'taking office=2009-01-20'")  # fmt: skip
    return name.strip(), date.strip()
