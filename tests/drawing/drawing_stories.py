"""Hand-made events frames for the figures' tests: the stories that a figure must be able to tell."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from timeline.dates.wording import MONTHS
from timeline.schema import EVENTS, make_frame, rows_frame


def event(title: str, start: str | None, stop: str | None, **more: Any) -> dict[str, Any]:
    """One row of the events frame; `start` and `stop` are ISO texts, half-open."""
    sources = sorted(more.pop("sources", ["The Hill"]))
    when = more.pop("when", f"{start or '..'} to {stop or '..'}")
    expression = more.pop("expression", "")
    row = {
        "event_id": more.pop("event_id", f"e-{title[:24]}-{start}"), "title": title, "kind": "happening",
        "status": "reported", "edtf": "", "when": when, "start": moment(start), "stop": moment(stop),
        "core_start": moment(more.pop("core_start", None)), "core_stop": moment(more.pop("core_stop", None)),
        "granularity": "day", "extent": "within", "dated": True, "qualifier": "", "attribution": "",
        "n_sources": len(sources), "sources": sources, "mention_ids": [], "conflict": "",
        "alternatives": [], "salience": 0.5,
        "citations": [
            {
                "mention_id": f"m-{s}", "article_id": f"a-{s}", "source": s, "url": "", "expression": expression,
                "when": when, "sentence": f"{title}, {s} wrote.", "how": f"“{expression}” as it stands",
            }
            for s in sources
        ],
    }  # fmt: skip
    return row | more


def moment(text: str | None) -> np.datetime64:
    return np.datetime64("NaT", "s") if text is None else np.datetime64(text, "s")


def frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return rows_frame(EVENTS, rows)


def day(title: str, date: str, **more: Any) -> dict[str, Any]:
    stop = str(np.datetime64(date, "D") + 1)
    return event(title, date, stop, **({"when": words(date)} | more))


def words(date: str) -> str:
    year, month, number = date.rsplit("-", 2)
    astronomical = int(year)
    spoken = f"{1 - astronomical} BCE" if astronomical < 1 else str(astronomical)
    return f"{int(number)} {MONTHS[int(month) - 1]} {spoken}"


def iran_letters() -> pd.DataFrame:
    """The story of the secret letter, as its two articles tell it."""
    both = ["Middle East Desk", "The Hill"]
    count = [
        {
            "edtf": "",
            "when": "",
            "start": None,
            "stop": None,
            "says": "a pair of letters came before",
            "sources": ["The Hill"],
        },
        {
            "edtf": "",
            "when": "",
            "start": None,
            "stop": None,
            "says": "this one is the fourth",
            "sources": ["Middle East Desk"],
        },
    ]
    return frame([
        day("Obama takes office", "2009-01-20", sources=both, expression="taking office", salience=0.5),
        event("A pair of letters asks Khamenei for better relations", "2009-01-20", "2009-07-01", granularity="month",
              when="some time between 20 January and June 2009", expression="in the first months after taking office", salience=0.6),
        event("Earnest calls the nuclear talks and the fight against ISIS two separate matters", "2014-10-01", "2014-11-01",
              kind="statement", granularity="month", when="some time in October 2014", expression="last month", salience=0.5),
        day("Obama says Tehran is negotiating “seriously”", "2014-11-05", kind="statement", expression="Wednesday", salience=0.7),
        day("The Wall Street Journal reveals the letter", "2014-11-06", sources=both, expression="Thursday", salience=1.0),
        day("Deadline for a comprehensive nuclear agreement", "2014-11-24", kind="deadline", status="planned", sources=both,
            expression="Nov. 24", salience=0.9),
        event("Whether a deal can be found is to be known", "2014-11-05", "2014-12-04", kind="plan", status="planned", granularity="week",
              when="within three to four weeks of 5 November 2014", expression="over the next three to four weeks", salience=0.6),
        event("Secret letter to Khamenei on fighting ISIS", None, "2014-11-07", dated=False, granularity="", sources=both,
              status="unconfirmed", when="by 6 November 2014", conflict="The Hill knows a pair of earlier letters, the Desk calls this the fourth",
              alternatives=count, salience=1.0),
        event("Iranian official offers help for flexibility", None, "2014-11-01", dated=False, granularity="", when="not after October 2014"),
        event("Talks on the sidelines of other meetings", None, "2014-11-07", dated=False, granularity="", sources=["Middle East Desk"],
              when="by 6 November 2014"),
    ])  # fmt: skip


def lone() -> pd.DataFrame:
    return frame([day("The wall falls", "1989-11-09", sources=["Tagesschau"])])


def week_and_1953() -> pd.DataFrame:
    rows = [day("A coup in Tehran removes Mossadegh", "1953-08-19", salience=0.9)]
    rows += [
        day(f"Negotiators meet for round {i + 1} and leave without saying much", f"2014-11-{18 + i % 7:02}", salience=(i * 37 % 40) / 40,
            sources=["The Hill", "Reuters", "AP"][: 1 + i % 3], kind=("statement" if i % 3 else "happening"))
        for i in range(40)
    ]  # fmt: skip
    return frame(rows)


def undated() -> pd.DataFrame:
    return frame([
        event(f"{what} at some point before the report", None, "2014-11-07", dated=False, granularity="", when="by 6 November 2014")
        for what in ("A courier travels", "Two aides resign", "The letter is drafted", "An envoy meets the minister in Muscat", "A reply is promised")
    ])  # fmt: skip


def roman() -> pd.DataFrame:
    def year(title: str, number: int, **more: Any) -> dict[str, Any]:
        stated = f"{1 - number} BCE" if number < 1 else f"{number} CE"
        first, last = (np.datetime64(n - 1970, "Y").astype("M8[s]") for n in (number, number + 1))
        return event(
            title, str(first), str(last), granularity="year", when=stated, sources=["Livy"], **more
        )

    return frame([
        year("Rome is founded, says the legend", -752, status="unconfirmed", qualifier="~"),
        year("The last king is driven out", -508),
        event("Punic Wars", "-0263-01-01", "-0145-01-01", kind="period", extent="throughout", core_start="-0262-01-01", core_stop="-0146-01-01",
              granularity="year", when="from 264 to 146 BCE", sources=["Polybius"], salience=0.8),
        day("Caesar is murdered", "-0043-03-15", sources=["Suetonius", "Plutarch"], salience=1.0),
        day("Battle of Actium", "-0030-09-02", sources=["Dio"]),
        year("Octavian becomes Augustus", -26),
        day("Great fire of Rome", "0064-07-18", sources=["Tacitus"], salience=0.7),
        event("Vesuvius buries Pompeii", "0079-08-24", "0079-08-25", when="24 August 79", sources=["Pliny", "Dio"], conflict="August or October",
              alternatives=[{"edtf": "0079-10-24", "when": "24 October 79", "start": "0079-10-24", "stop": "0079-10-25", "says": "", "sources": ["Dio"]}]),
        day("Constantine wins at the Milvian Bridge", "0312-10-28", sources=["Eusebius"]),
        event("Western Empire fades away", "0376-01-01", "0477-01-01", kind="period", extent="throughout", core_start="0410-08-24",
              core_stop="0455-01-01", granularity="year", when="from about 376 until 476", sources=["Gibbon"], salience=0.9),
    ])  # fmt: skip


def scripts() -> pd.DataFrame:
    return frame([
        day("الرئيس يكتب رسالة سرية إلى المرشد الأعلى في طهران", "2014-10-12", sources=["الجزيرة"]),
        day("奥巴马致信伊朗最高领袖哈梅内伊讨论打击伊斯兰国的共同利益", "2014-10-20", sources=["新华社"]),
        day("🚀 Launch day 🎉 — everybody is watching the sky 👩‍🚀", "2014-11-03", sources=["Blog 🛰"]),
        day("<b>Bold</b> claim <a href=javascript:alert(1)>here</a> costs $5 or $6 & more", "2014-11-08", sources=["<script>x</script>"]),
        day("Besonderheitenverzeichniseintragungsverordnungsgeberversammlungsprotokoll", "2014-11-20"),
        day("Ο πρόεδρος γράφει μια μυστική επιστολή", "2014-11-25", sources=["Καθημερινή"]),
        day("Президент пишет тайное письмо в Тегеран", "2014-12-01", sources=["Известия"]),
    ])  # fmt: skip


def disagreement() -> pd.DataFrame:
    five = ["AP", "BBC", "CNN", "Reuters", "The Hill"]

    def rival(date: str, sources: list[str]) -> dict[str, Any]:
        return {
            "edtf": date,
            "when": words(date),
            "start": date,
            "stop": str(np.datetime64(date) + 1),
            "says": "",
            "sources": sources,
        }

    return frame([
        day("The envoy arrives in Muscat", "2014-11-03", sources=["AP", "BBC"]),
        day("The ferry sinks off the coast", "2014-11-10", sources=five, n_sources=5, conflict="The sources name three different days",
            alternatives=[rival("2014-11-10", ["AP", "BBC", "Reuters"]), rival("2014-11-12", ["CNN"]), rival("2014-11-19", ["The Hill"])], salience=1.0),
        day("The captain is arrested", "2014-11-14", status="denied", sources=["CNN"], kind="happening"),
        day("A second distress call is heard", "2014-11-11", status="unconfirmed", sources=["BBC"]),
        event("The wreck is searched", "2014-11-15", None, kind="period", extent="throughout", core_start="2014-11-16", when="since 15 November 2014",
              sources=["AP"], granularity="day"),
        event("Repairs had been put off", None, "2014-11-06", when="before 6 November 2014", sources=["Reuters"]),
        event("An inquiry reports", "2014-12-01", "2015-01-01", kind="plan", status="planned", granularity="month", when="some time in December 2014", sources=five),
        day("The company would pay if found guilty", "2014-12-12", kind="plan", status="conditional", sources=["CNN"]),
    ])  # fmt: skip


def vague_years() -> pd.DataFrame:
    """Newswire: two events on each of twenty days of March 1987, with a dozen things known to a year or a month round them."""
    dense = [day(f"Day {i}", f"1987-03-{1 + i // 2:02}", salience=0.6) for i in range(40)]
    vague = {"granularity": "year", "salience": 0.05}
    years = [event(f"{y} {i}", f"{y}-01-01", f"{y + 1}-01-01", **vague) for y in (1986, 1987) for i in range(5)]  # fmt: skip
    month = event("Debt crisis", "1982-08-01", "1982-09-01", **vague | {"granularity": "month"})
    decade = event("New pipeline", "1987-04-23", "1992-04-24", **vague | {"kind": "plan"})
    return frame([*dense, *years, month, decade])


STORIES = {
    "iran-letters": iran_letters, "lone": lone, "week-and-1953": week_and_1953, "undated": undated,
    "roman": roman, "scripts": scripts, "disagreement": disagreement,
    "vague-years": vague_years,
}  # fmt: skip


def random_story(n: int, seed: int = 1, days: int = 4000) -> pd.DataFrame:
    """`n` events of mixed kinds with 60-character titles, spread unevenly; the same for a seed."""
    rng = np.random.default_rng(seed)
    start = (
        np.datetime64("2005-01-01", "D")
        + np.sort(rng.integers(0, days, n) // 3 * 2 + rng.integers(0, 30, n))
    ).astype("M8[s]")
    unit = rng.choice(4, n, p=[0.7, 0.15, 0.1, 0.05])
    length = np.array([1, 7, 30, 365])[unit] * np.timedelta64(86_400, "s")
    kinds = np.array(["happening", "statement", "deadline", "plan", "period"])[
        rng.integers(0, 5, n)
    ]
    words_ = np.array(
        "talks letter envoy treaty deadline president minister agreement council border report reply visit".split()
    )
    titles = [" ".join(t)[:60] for t in words_[rng.integers(0, len(words_), (min(n, 997), 9))]]
    source = [["AP"], ["BBC", "Reuters"], ["CNN"]]
    data: dict[str, Any] = {c.name: [""] * n for c in EVENTS}
    data |= {
        "event_id": [f"e{i:07}" for i in range(n)], "title": [titles[i % len(titles)] for i in range(n)],
        "kind": kinds.tolist(), "status": ["reported"] * n, "when": ["on a day"] * n, "start": start, "stop": start + length,
        "core_start": np.full(n, "NaT", "M8[s]"), "core_stop": np.full(n, "NaT", "M8[s]"),
        "granularity": np.array(["day", "week", "month", "year"])[unit].tolist(), "extent": ["within"] * n, "dated": [True] * n,
        "n_sources": [1] * n, "sources": [source[i % 3] for i in range(n)], "mention_ids": [[]] * n,
        "citations": [[]] * n, "alternatives": [[]] * n, "salience": rng.random(n),
    }  # fmt: skip
    return make_frame(EVENTS, data)
