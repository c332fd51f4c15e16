"""Made-up newspaper archives whose dates are known: articles as JSON lines, and the truth beside them.

    python benchmarks/generate_archive.py FOLDER --articles 10000 [--size 2048] [--seed 1]

Writes FOLDER/articles/000.jsonl, ... (20,000 articles each, ordered by publication date, a million in
twenty years, so that the first ten thousand are ten weeks and as many are of one day) and FOLDER/truth.jsonl: for each article its number, which is also the end of its url, and for
each planted expression [start, words, EDTF]. The values follow from how a sentence is planted, never
from a tagger. `--size mixed` draws lengths from 0.5 to 20 KiB, log-normal around 2 KiB. The same
arguments give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]  # fmt: skip
SHORT = {1: "Jan.", 2: "Feb.", 8: "Aug.", 9: "Sept.", 10: "Oct.", 11: "Nov.", 12: "Dec."}
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
NUMBERS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
FIRST, DAYS_A_MILLION, A_FILE = date(1998, 1, 1), 20 * 365, 20_000

WHO = ["the council", "the mayor", "a spokeswoman for the harbour", "the bridge committee", "the ministry", "the union", "the museum", "the rowing club", "a group of farmers", "the opposition", "the water board", "the orchestra", "the bakers' guild", "the airline", "the regional court", "the teachers", "a judge", "the archive", "the hospital", "the ferry company"]  # fmt: skip
DID = ["approved", "rejected", "published", "praised", "opened", "visited", "discussed", "inspected", "closed", "repaired", "defended", "bought", "sold", "announced", "criticised", "signed", "filed", "welcomed", "abandoned", "reviewed"]  # fmt: skip
WHAT = ["the new plan", "a bridge over the river", "the old library", "the budget", "a report on flooding", "the tram line", "the lease of the market hall", "a painting by a local artist", "the agreement on fishing", "the pension fund", "a list of repairs", "the concert hall", "the draft contract", "the northern quarter", "a school for pilots", "the grain store", "the rescue boat", "the map of the caves", "the appeal", "the letter"]  # fmt: skip
WHERE = ["Brenholm", "Castle Varre", "Oudekerk", "Port Selwyn", "Lindau Bay", "Tarnow Mills", "Essendale", "Marrowick", "Old Quay", "Hallstead", "Vessing", "Northgate"]  # fmt: skip
FILLER = (
    "{Who} {did} {what} in {where}, and {who2} {did2} {what2}.",
    "According to {who}, {what} cost {n} crowns more than {what2}.",
    "“We may have to march to {where},” said {who}; {who2} {did} {what} all the same.",
    "{Who} had {n} members, of whom {m} came from {where}.",
    "The score was {m}-{k} when {who} {did} {what}.",
    "Nobody at {where} knows whether {who} or {who2} {did} {what}.",
    "{Who} {did} {what}; the second version of it, {n} pages long, lies in {where}.",
    "For {who}, {what} was a matter of trust, as {who2} put it.",
)
Planted = tuple[str, str, str]  # sentence with {} where the expression goes, expression, EDTF


def _months(day: date, months: int) -> str:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return f"{year:04d}-{month + 1:02d}"


def _past(rng: random.Random, dct: date) -> date:
    return dct - timedelta(days=rng.randrange(400, 12_000))


def _near(rng: random.Random, dct: date, sign: int) -> tuple[date, str]:
    day = dct + sign * timedelta(days=rng.randrange(20, 100))
    return day, f"{SHORT.get(day.month, MONTHS[day.month - 1])} {day.day}"


def _us(rng: random.Random, dct: date) -> Planted:
    day = _past(rng, dct)
    words = f"{MONTHS[day.month - 1]} {day.day}, {day.year}"
    return "{Who} {did} {what} on {}.", words, day.isoformat()


def _uk(rng: random.Random, dct: date) -> Planted:
    day = _past(rng, dct)
    words = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return "{What} dates from {}, when {who} {did} it.", words, day.isoformat()


def _iso(rng: random.Random, dct: date) -> Planted:
    day = _past(rng, dct).isoformat()
    return "The entry of {} says that {who} {did} {what}.", day, day


def _month(rng: random.Random, dct: date) -> Planted:
    day = _past(rng, dct)
    words = f"{MONTHS[day.month - 1]} {day.year}"
    return "In {}, {who} {did} {what} in {where}.", words, day.isoformat()[:7]


def _year(rng: random.Random, dct: date) -> Planted:
    year = str(_past(rng, dct).year)
    return "{Who} {did} {what} in {}.", year, year


def _decade(rng: random.Random, dct: date) -> Planted:
    decade = rng.randrange(190, 199)
    return "In the {}, {who} {did} {what}.", f"{decade}0s", f"{decade}X"


def _weekday(rng: random.Random, dct: date) -> Planted:
    day = dct - timedelta(days=rng.randrange(1, 7))
    return "On {}, {who} {did} {what}.", WEEKDAYS[day.weekday()], day.isoformat()


def _yesterday(rng: random.Random, dct: date) -> Planted:
    return "{Who} {did} {what} {}.", "yesterday", (dct - timedelta(days=1)).isoformat()


def _tomorrow(rng: random.Random, dct: date) -> Planted:
    return "{Who} will meet in {where} {}.", "tomorrow", (dct + timedelta(days=1)).isoformat()


def _last_month(rng: random.Random, dct: date) -> Planted:
    return "{Who} {did} {what} {}.", "last month", _months(dct, -1)


def _next_month(rng: random.Random, dct: date) -> Planted:
    return "{Who} will vote on {what} {}.", "next month", _months(dct, 1)


def _last_year(rng: random.Random, dct: date) -> Planted:
    return "{Who} {did} {what} {}.", "last year", str(dct.year - 1)


def _days_ago(rng: random.Random, dct: date) -> Planted:
    n = rng.randrange(len(NUMBERS))
    day = dct - timedelta(days=n + 2)
    return "{Who} {did} {what} {}.", f"{NUMBERS[n]} days ago", day.isoformat()


def _years_ago(rng: random.Random, dct: date) -> Planted:
    n = rng.randrange(len(NUMBERS))
    return "{Who} {did} {what} {}.", f"{NUMBERS[n]} years ago", str(dct.year - n - 2)


def _passed(rng: random.Random, dct: date) -> Planted:
    day, words = _near(rng, dct, -1)
    return "On {}, {who} {did} {what}.", words, day.isoformat()


def _deadline(rng: random.Random, dct: date) -> Planted:
    day, words = _near(rng, dct, 1)
    return "{Who} will decide on {what} on {}.", words, day.isoformat()


KINDS: tuple[tuple[int, Callable[[random.Random, date], Planted]], ...] = (
    (10, _us), (6, _uk), (3, _iso), (10, _month), (14, _year), (3, _decade), (16, _weekday),
    (5, _yesterday), (3, _tomorrow), (6, _last_month), (4, _next_month), (6, _last_year),
    (3, _days_ago), (4, _years_ago), (5, _passed), (5, _deadline),
)  # fmt: skip
WEIGHTS, MAKERS = zip(*KINDS, strict=True)


def _words(rng: random.Random, sentence: str) -> str:
    who, who2 = rng.choice(WHO), rng.choice(WHO)
    what, what2 = rng.choice(WHAT), rng.choice(WHAT)
    return sentence.format(
        "\0", who=who, who2=who2, Who=who[0].upper() + who[1:], did=rng.choice(DID),
        did2=rng.choice(DID), what=what, What=what[0].upper() + what[1:], what2=what2,
        where=rng.choice(WHERE), n=rng.randrange(12, 900), m=rng.randrange(2, 9), k=rng.randrange(2, 9),
    )  # fmt: skip


def article(number: int, size: str, seed: int) -> tuple[dict, list]:
    """One article's fields, and its planted expressions as [start, words, EDTF]."""
    rng = random.Random(f"{seed}:{number}")
    dct = FIRST + timedelta(days=number * DAYS_A_MILLION // 1_000_000)
    if size == "mixed":
        length = int(min(max(math.exp(rng.gauss(math.log(2048), 0.8)), 512), 20_480))
    else:
        length = int(size)
    parts, truth, at = [], [], 0
    while at < length:
        words, value = "", ""
        template = rng.choice(FILLER)
        if rng.random() < 0.45:
            template, words, value = rng.choices(MAKERS, WEIGHTS)[0](rng, dct)
        sentence = _words(rng, template)
        if value:
            truth.append([at + sentence.index("\0"), words, value])
        parts.append(sentence.replace("\0", words) + ("\n\n" if rng.random() < 0.2 else " "))
        at += len(parts[-1])
    if number % 1000 == 7:  # something rare to look for
        parts.append("The Nightjar affair was not mentioned again.")
    title = _words(rng, "{Who} {did} {what}").replace("\0", "")
    return {
        "title": title,
        "source": f"The {WHERE[number % len(WHERE)]} Courier",
        "published": dct.isoformat(),
        "url": f"https://example.org/{number}",
        "text": "".join(parts),
    }, truth


def generate(folder: Path, articles: int, *, size: str = "2048", seed: int = 1) -> list[Path]:
    """The files of articles that were written into `folder`; truth.jsonl is beside them, not among them."""
    (folder / "articles").mkdir(parents=True, exist_ok=True)
    made = []
    with (folder / "truth.jsonl").open("w", encoding="utf-8") as truth_file:
        for begin in range(0, articles, A_FILE):
            made.append(folder / "articles" / f"{begin // A_FILE:03d}.jsonl")
            with made[-1].open("w", encoding="utf-8") as file:
                for number in range(begin, min(begin + A_FILE, articles)):
                    fields, truth = article(number, size, seed)
                    file.write(json.dumps(fields, ensure_ascii=False) + "\n")
                    truth_file.write(json.dumps({"number": number, "planted": truth}) + "\n")
    return made


def read_truth(folder: Path) -> Iterator[tuple[int, list]]:
    """(number, planted) for each article that was generated into `folder`."""
    with (folder / "truth.jsonl").open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            yield row["number"], row["planted"]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--size", default="2048", help="characters an article, or 'mixed'")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    made = generate(given.folder, given.articles, size=given.size, seed=given.seed)
    print(f"{given.folder}: {given.articles} articles in {len(made)} files")
