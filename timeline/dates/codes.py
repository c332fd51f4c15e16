"""The one table of codes for parts of a year, of a day and of a century in EDTF and TIMEX3, with sources.

Only data. Sources:
  EDTF: Library of Congress, "Extended Date/Time Format Specification" (2019), Level 1 "Seasons" and
    Level 2 "Sub-year groupings", the profile of ISO 8601-2:2019 (4.8, sub-year groupings).
  TIMEX3: TimeML Annotation Guidelines 1.2.1, 2.2 (`value`), which takes its codes from L. Ferro et
    al., "TIDES 2005 Standard for the Annotation of Temporal Expressions", chapter 4 (SP SU FA WI,
    Q1-Q4, H1 H2, WE, MO MI AF EV NI DT, decades and centuries as 3 and 2 digits, BC, KA MA GA, FY).
  Months of a season: meteorological seasons (World Meteorological Organization, Guide to
    Climatological Practices, WMO-No. 100). EDTF 21-24 are "independent of location" and TIMEX3 says
    nothing; both are read for the northern hemisphere. A winter takes the year that it begins in.
  Hours of a part of day: neither standard gives any. Ours are wide on purpose, so that a value is
    never finer than its text: "morning" takes in 2 a.m., a night runs on into the next day.
"""

from __future__ import annotations

from typing import NamedTuple


class YearPart(NamedTuple):
    """A part of a year: `edtf` stands where the month would; `timex` likewise, "" if it has none."""

    edtf: int
    timex: str
    granularity: str
    first_month: int
    n_months: int
    name: str


YEAR_PARTS = (
    YearPart(21, "SP", "season", 3, 3, "spring"),
    YearPart(22, "SU", "season", 6, 3, "summer"),
    YearPart(23, "FA", "season", 9, 3, "autumn"),
    YearPart(24, "WI", "season", 12, 3, "winter"),
    YearPart(25, "", "season", 3, 3, "spring (northern hemisphere)"),
    YearPart(26, "", "season", 6, 3, "summer (northern hemisphere)"),
    YearPart(27, "", "season", 9, 3, "autumn (northern hemisphere)"),
    YearPart(28, "", "season", 12, 3, "winter (northern hemisphere)"),
    YearPart(29, "", "season", 9, 3, "spring (southern hemisphere)"),
    YearPart(30, "", "season", 12, 3, "summer (southern hemisphere)"),
    YearPart(31, "", "season", 3, 3, "autumn (southern hemisphere)"),
    YearPart(32, "", "season", 6, 3, "winter (southern hemisphere)"),
    YearPart(33, "Q1", "quarter", 1, 3, "the first quarter of"),
    YearPart(34, "Q2", "quarter", 4, 3, "the second quarter of"),
    YearPart(35, "Q3", "quarter", 7, 3, "the third quarter of"),
    YearPart(36, "Q4", "quarter", 10, 3, "the fourth quarter of"),
    YearPart(37, "", "", 1, 4, "the first four months of"),
    YearPart(38, "", "", 5, 4, "the second four months of"),
    YearPart(39, "", "", 9, 4, "the last four months of"),
    YearPart(40, "H1", "half", 1, 6, "the first half of"),
    YearPart(41, "H2", "half", 7, 6, "the second half of"),
)
BY_EDTF = {part.edtf: part for part in YEAR_PARTS}
BY_TIMEX = {part.timex: part for part in YEAR_PARTS if part.timex}
BY_MONTHS = {(p.granularity, p.first_month): p for p in reversed(YEAR_PARTS) if p.timex}


class DayPart(NamedTuple):
    """A part of a day, from hour `first` to before hour `last` (above 24: of the next day)."""

    timex: str
    first: int
    last: int
    name: str


DAY_PARTS = (
    DayPart("MO", 0, 12, "morning"),
    DayPart("MI", 11, 14, "midday"),
    DayPart("AF", 12, 18, "afternoon"),
    DayPart("EV", 17, 24, "evening"),
    DayPart("NI", 18, 30, "night"),
    DayPart("DT", 6, 20, "daytime"),
)
BY_DAY_PART = {part.timex: part for part in DAY_PARTS}
BY_HOURS = {(part.first, part.last): part for part in DAY_PARTS}

# Years in a unit; EDTF writes its last digits as X, TIMEX3 leaves them out (BC: of the BC number).
YEARS_IN = {"year": 1, "decade": 10, "century": 100, "millennium": 1000}

QUALIFIERS = ("", "?", "~", "%")
MODS = (
    "", "START", "MID", "END", "APPROX", "BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER",
    "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS", "EQUAL_OR_MORE",
)  # fmt: skip
