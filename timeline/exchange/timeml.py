"""TimeML, out and in: articles with their time expressions marked as TIMEX3. Reads no DTD, no entity.

A document carries the text, its creation time and each expression's type, value and mod.
Source: TimeML Annotation Guidelines 1.2.1 (2006), 2.2.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

import pandas as pd

from timeline.dates import TimeValue
from timeline.errors import InputError
from timeline.exchange.told import lost_columns
from timeline.files import write_atomically
from timeline.schema import ARTICLES, MENTIONS, require_columns, rows_frame

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_KEPT = ("article_id", "mention_id", "start_char", "stop_char", "expression", "type", "timex", "mod",
         "edtf", "text", "title", "dct", "dct_basis", "language", "sentence_start", "stated")  # fmt: skip


def _xml(text: str) -> str:
    """Text escaped for XML, as many characters long when read back; what XML forbids is U+FFFD."""
    return escape(_NOT_XML.sub("\ufffd", text), {"\r": "&#13;"})


def timeml_text(article: dict[str, Any], mentions: list[dict[str, Any]]) -> str:
    """One article as a TimeML document; mentions that overlap an earlier one are left unmarked.

    TIMEX3 gets an attribute of our own, edtf, where that says more than its value and mod.
    """
    text, dct, at, parts = str(article["text"]), str(article["dct"]), 0, []
    for number, mention in enumerate(sorted(mentions, key=lambda m: m["start_char"]), 1):
        start, stop = int(mention["start_char"]), int(mention["stop_char"])
        if not at <= start < stop <= len(text):
            continue
        marks = {"tid": f"t{number}", "type": mention["type"] or "DATE", "value": mention["timex"]}
        marks |= {"mod": mention["mod"], "edtf": _more_than_timex(mention)}
        told = "".join(f" {k}={quoteattr(_NOT_XML.sub('', str(v)))}" for k, v in marks.items() if v)
        parts += [_xml(text[at:start]), f"<TIMEX3{told}>", _xml(text[start:stop]), "</TIMEX3>"]
        at = stop
    created = (
        f'<TIMEX3 tid="t0" type="{"TIME" if "T" in dct else "DATE"}" value={quoteattr(dct)} '
        f'temporalFunction="false" functionInDocument="CREATION_TIME">{_xml(dct)}</TIMEX3>'
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<TimeML>\n'
        f"<DOCID>{_xml(str(article['article_id']))}</DOCID>\n"
        f"<DCT>{created if dct else ''}</DCT>\n<TITLE>{_xml(str(article.get('title') or ''))}</TITLE>\n"
        f"<TEXT>{''.join(parts)}{_xml(text[at:])}</TEXT>\n</TimeML>\n"
    )


def _more_than_timex(mention: dict[str, Any]) -> str:
    """The mention's EDTF where it says more than the TIMEX3 value and mod, else ""."""
    edtf = str(mention.get("edtf") or "")
    try:
        told = TimeValue.from_timex(mention["timex"], mention["mod"]).edtf
    except InputError:
        return edtf
    return "" if told == edtf else edtf


def write_timeml(articles: pd.DataFrame, mentions: pd.DataFrame, folder: str | Path) -> list[str]:
    """Notes on what TimeML has no place for; one .tml a article, named by its id, is in `folder`.

    Raises InputError if a column is missing or the folder cannot be written.
    """
    require_columns(articles, ("article_id", "dct", "text"), "articles")
    require_columns(
        mentions, ("article_id", "start_char", "stop_char", "type", "timex", "mod"), "mentions"
    )
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"cannot make the folder {str(folder)!r}: {error.strerror}") from error
    by_article = {key: rows.to_dict("records") for key, rows in mentions.groupby("article_id")}
    for article in articles.to_dict("records"):
        name = re.sub(r"[^\w.-]", "_", str(article["article_id"]))[:120].lstrip(".") or "article"
        document = timeml_text(article, by_article.get(article["article_id"], []))  # type: ignore[arg-type]
        write_atomically(Path(folder) / f"{name}.tml", document)
    unresolved = int((mentions["timex"] == "").sum())
    notes = [f"{unresolved} mentions have no value in TimeML: unresolved"] if unresolved else []
    return notes + lost_columns(articles, _KEPT, "TimeML") + lost_columns(mentions, _KEPT, "TimeML")


class _Reader:
    """Collects the text, its expressions and the creation time of one document."""

    def __init__(self) -> None:
        self.path: list[str] = []
        self.text: list[str] = []
        self.length = 0
        self.fields: dict[str, str] = {}
        self.dct = ""
        self.found: list[tuple[dict[str, str], int, int]] = []
        self.open: tuple[dict[str, str], int] | None = None

    def start(self, tag: str, marks: dict[str, str]) -> None:
        self.path.append(tag.upper())
        if self.path[-1] == "TIMEX3":
            if "TEXT" in self.path:
                self.open = (marks, self.length)
            elif not self.dct:
                self.dct = marks.get("value", "")

    def end(self, tag: str) -> None:
        self.path.pop()
        if tag.upper() == "TIMEX3" and self.open is not None:
            marks, begun = self.open
            if self.length > begun:
                self.found.append((marks, begun, self.length))
            self.open = None

    def data(self, text: str) -> None:
        if "TEXT" in self.path:
            self.text.append(text)
            self.length += len(text)
        elif self.path and self.path[-1] in ("DOCID", "TITLE"):
            self.fields[self.path[-1]] = self.fields.get(self.path[-1], "") + text


def _parse(raw: bytes, file: str) -> _Reader:
    reader, parser = _Reader(), expat.ParserCreate()

    def refuse(*_: Any) -> None:
        raise InputError(
            f"{file}: a document type declaration is not read; remove the <!DOCTYPE ...>"
        )

    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.data
    try:
        parser.Parse(raw, True)
    except expat.ExpatError as error:
        raise InputError(f"{file}:{error.lineno}: not well-formed XML: {error}") from error
    except (ValueError, LookupError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{file}: not readable as XML: {error}") from error
    return reader


def _creation_time(value: str) -> str:
    """An ISO date or date-time from the DCT's TIMEX3 value; "" if it names no day of our era."""
    for text in (value, value[:10]):
        try:
            found = TimeValue.from_timex(text).granularity
        except InputError:
            continue
        if (
            found in ("day", "minute", "second")
            and text[:4].isdigit()
            and text[4:5] == "-" != text[5:6]
        ):
            return text
    return ""


def read_timeml(raw: bytes, file: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """An articles frame of one row and a mentions frame, of one TimeML document.

    A value that is no TIMEX3 leaves the mention unresolved, with the problem named; a creation
    time that is no day leaves dct_basis "missing".
    Raises InputError for what is not well-formed XML, or has a DTD.
    """
    reader = _parse(raw, file)
    text = "".join(reader.text)
    dct = _creation_time(reader.dct)
    article = {
        "article_id": reader.fields.get("DOCID", "").strip() or Path(file).stem,
        "title": reader.fields.get("TITLE", "").strip(),
        "source": Path(file).stem,
        "dct": dct,
        "dct_basis": "stated" if dct else "missing",
        "language": "en",
        "text": text,
    }
    mentions = (_mention(*found, text, article["article_id"]) for found in reader.found)
    return rows_frame(ARTICLES, [article]), rows_frame(MENTIONS, mentions)


def _mention(
    marks: dict[str, str], start: int, stop: int, text: str, article_id: str
) -> dict[str, Any]:
    try:
        value = TimeValue.from_timex(marks.get("value", ""), marks.get("mod", ""))
        mod, problem = value.mod, ""
        if marks.get("edtf"):
            value = TimeValue.from_edtf(marks["edtf"])
    except InputError as error:
        value, mod, problem = TimeValue(None, None), "", str(error)
    kind = marks.get("type", "DATE")
    dated = kind in ("DATE", "TIME") or "edtf" in marks
    edtf = marks.get("edtf", value.edtf) if dated and not problem else ""
    left, right = text.rfind("\n", 0, start) + 1, text.find("\n", stop)
    right = len(text) if right < 0 else right
    return {
        "mention_id": f"{article_id}:{start}",
        "article_id": article_id,
        "start_char": start,
        "stop_char": stop,
        "expression": text[start:stop],
        "type": kind if kind in ("DATE", "TIME", "DURATION", "SET") else "DATE",
        "timex": marks.get("value", ""),
        "mod": mod,
        "edtf": edtf,
        "start": value.start if dated else None,
        "stop": value.stop if dated else None,
        "granularity": value.granularity if dated else "",
        "stated": False,
        "rule": "timeml",
        "sentence": text[left:right],
        "sentence_start": left,
        "problem": problem,
    }
