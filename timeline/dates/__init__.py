"""Dates that are never finer than their text: values, periods, EDTF, TIMEX3, words."""

from timeline.dates.columns import date_columns
from timeline.dates.relation import relation
from timeline.dates.value import Period, TimeValue, parse_edtf

__all__ = ["Period", "TimeValue", "date_columns", "parse_edtf", "relation"]
