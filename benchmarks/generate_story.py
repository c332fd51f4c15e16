"""A made-up news story of a port town: main days that papers report in bursts and come back to, and everyday noise.

The noise is of the kinds that news has: people speaking on the days after, meetings to come, small local news, wire
copies. Nothing of it was set by looking at how merging ranks the days; `news(seed)` is the same for the same seed.
"""

from __future__ import annotations

import random

from timeline.dates.calendar import civil_from_days, days_from_civil, weekday

NAMES = (
    "January February March April May June July August September October November December".split()
)
WEEK = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
PAPERS = "Post Herald Times Echo Courier".split()
DEEDS = (
    "dockers walked out at the port", "soldiers shot two dockers on the quay", "the harbour master resigned",
    "a fire destroyed the customs house", "the union signed a truce", "the port opened again",
    "a court froze the union’s money", "the mayor declared an emergency", "a ferry sank in the roads",
    "parliament passed the harbour law", "police arrested the union’s leader", "a crane fell on the east pier",
)  # fmt: skip
SMALL = (
    "a crane was painted", "a choir sang in the square", "gulls were counted at the mole", "a shop gave out soup",
    "a school held its fair", "rain flooded a cellar", "a bus broke down", "a market moved to the church",
)  # fmt: skip
SPEAKERS = "the union|the mayor|a shipowner|the bishop|a minister|the police".split("|")
WORDS = "that it could not go on|that talks would help|that nobody was to blame|that prices would rise".split(
    "|"
)


def news(seed: int, n_days: int = 120) -> tuple[list[tuple[str, str, str]], set[str]]:
    """Articles as (id, ISO day of publication, text), some 150 of them, and the ISO main days."""
    pick = random.Random(seed)
    first = days_from_civil(2014, 2, 3)
    mains = dict(zip(sorted(pick.sample(range(2, n_days - 4), len(DEEDS))), pick.sample(DEEDS, len(DEEDS)), strict=True))  # fmt: skip
    weight = {day: pick.choice((1, 1, 2, 3)) for day in mains}
    docs: list[tuple[str, str, str]] = []
    for day in range(1, n_days):
        for _ in range(pick.choice((0, 1, 1, 2))):
            told = [
                f"{_capital(pick.choice(SMALL))} {_near(first + day - 1)}.",
                _speech(pick, first + day),
            ]
            docs.append(_article(pick, first + day, told, len(docs)))
        for main, what in mains.items():
            age = day - main
            if not 0 < age < 4:
                continue
            for _ in range(pick.choice((1, 2, 3)) * weight[main] // age):
                told = [f"{_capital(what)} {_near(first + main)}.", _speech(pick, first + day)]
                past = [d for d in mains if d < main - 2]
                if past and pick.random() < 0.6:
                    back = pick.choices(past, [weight[d] for d in past])[0]
                    told.append(f"It comes after {_on(first + back)}, when {mains[back]}.")
                if pick.random() < 0.4:
                    told.append(
                        f"A meeting is planned for {_on(first + day + pick.randint(2, 9))}."
                    )
                if pick.random() < 0.5:
                    told.append(_speech(pick, first + day))
                docs.append(_article(pick, first + day, told, len(docs)))
                if pick.random() < 0.15:  # a wire copy
                    docs.append((f"{len(docs)}", *docs[-1][1:]))
    return docs, {_iso(first + day) for day in mains}


def _article(pick: random.Random, day: int, told: list[str], n: int) -> tuple[str, str, str]:
    more = [_speech(pick, day) for _ in range(pick.choice((0, 1, 2)))]
    return f"{n}", _iso(day), " ".join([*told, *more])


def _speech(pick: random.Random, published: int) -> str:
    day = published - pick.choice((0, 1, 1))
    return f"{_capital(pick.choice(SPEAKERS))} said {_near(day)} {pick.choice(WORDS)}."


def _iso(day: int) -> str:
    return "{:04}-{:02}-{:02}".format(*civil_from_days(day))


def _on(day: int) -> str:
    _, month, number = civil_from_days(day)
    return f"{NAMES[month - 1]} {number}"


def _near(day: int) -> str:
    return f"on {WEEK[weekday(day)]}"


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
