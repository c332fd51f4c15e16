"""Sentences of our own in the manner of a newswire, with the values that a careful reader gives them."""

import pytest

from timeline.tagging import tag_text

WIRE = [  # published on Thursday 2014-11-06; sentence, {expression: TIMEX3}
    ("The government will hold elections on Sunday, Dec. 14, a week before parliament's recess.", {'Sunday, Dec. 14': '2014-12-14', 'a week': 'P1W'}),
    ("Net income for fiscal 1989 fell from fiscal 1988.", {"fiscal 1989": "FY1989", "fiscal 1988": "FY1988"}),
    ("Third-quarter net rose 12% from the year-earlier period.", {"Third-quarter": "2014-Q3", "the year-earlier period": "2013-Q3"}),
    ("Shares closed at $14.25 in New York Stock Exchange composite trading yesterday.", {"yesterday": "2014-11-05"}),
    ("The company had a loss of $3 million in the 1988 quarter.", {"1988": "1988"}),
    ("Orders fell 1.2% in September after rising 0.4% in August.", {"September": "2014-09", "August": "2014-08"}),
    ("The bonds, due in 2024, were priced late Tuesday.", {"2024": "2024", "late Tuesday": "2014-11-04"}),
    ("Police arrested two men early Saturday in connection with the Oct. 28 robbery.", {"early Saturday": "2014-11-01", "Oct. 28": "2014-10-28"}),
    ("The trial is set to begin Jan. 12 and is expected to last six weeks.", {"Jan. 12": "2015-01-12", "six weeks": "P6W"}),
    ("He was sentenced last month to 15 years in prison for a 2011 murder.", {"last month": "2014-10", "15 years": "P15Y", "2011": "2011"}),
    ("The 34-year-old striker scored twice in the first 20 minutes on Sunday.", {"34-year-old": "P34Y", "the first 20 minutes": "PT20M", "Sunday": "2014-11-02"}),
    ("Real Madrid won 3-1 on Wednesday night, its ninth victory since August.", {"Wednesday night": "2014-11-05TNI", "August": "2014-08"}),
    ("The season opener is Saturday at 7:30 p.m.", {"Saturday at 7:30 p.m.": "2014-11-08T19:30"}),
    ("Scientists said in the Nov. 5 issue of the journal that the fossil is 66 million years old.", {"Nov. 5": "2014-11-05", "66 million years old": "P66000000Y"}),
    ("The probe will reach the comet next Wednesday after a ten-year journey.", {"next Wednesday": "2014-11-12", "ten-year": "P10Y"}),
    ("The pharaoh died in 1323 B.C. and was found in November 1922.", {"1323 B.C.": "BC1323", "November 1922": "1922-11"}),
    ("Alexander crossed the Hellespont in the spring of 334 BC with 40,000 men.", {"the spring of 334 BC": "BC0334-SP"}),
    ("The temple dates from the late sixth century B.C.", {"the late sixth century B.C.": "BC05"}),
    ("Rome's republic fell between 133 and 27 B.C.", {'133': 'BC0133', '27 B.C.': 'BC0027'}),
    ("The war of 1939-45 cost millions of lives.", {"1939": "1939", "45": "1945"}),
    ("Unemployment has been above 8% since early 2013.", {"early 2013": "2013"}),
    ("The bill passed 52-47 in the wee hours of Thursday.", {"the wee hours of Thursday": "2014-11-06TMO"}),
    ("He has served as mayor since the late 1990s and will retire in two years.", {"the late 1990s": "199", "two years": "P2Y"}),
    ("Inflation in the 12 months through October was 1.7%.", {"the 12 months": "P12M", "October": "2014-10"}),
    ("Oil fell for a third straight day on Tuesday.", {"Tuesday": "2014-11-04"}),
    ("The dollar bought 114.2 yen in late New York trading Wednesday, up from 113.5 late Tuesday.", {"Wednesday": "2014-11-05", "late Tuesday": "2014-11-04"}),
    ("The ferry sank on April 16, killing more than 300 people.", {"April 16": "2014-04-16"}),
    ("Two weeks ago today the mine collapsed.", {"Two weeks ago today": "2014-10-23"}),
    ("The minister resigned on Nov. 3, two days after the report was published.", {"Nov. 3": "2014-11-03", "two days": "P2D"}),
    ("A truce that began at 8 a.m. Friday lasted less than two hours.", {"8 a.m. Friday": "2014-10-31T08:00", "less than two hours": "PT2H"}),
    ("The storm is expected to make landfall by Friday afternoon.", {"Friday afternoon": "2014-11-07TAF"}),
    ("The museum is open daily except Mondays from 10 a.m. to 6 p.m.", {"daily": "P1D", "Mondays": "XXXX-WXX-1", "10 a.m.": "2014-11-06T10:00", "6 p.m.": "2014-11-06T18:00"}),
    ("The drug was approved in the U.S. in mid-2012 and in Europe a year later.", {"mid-2012": "2012", "a year later": "2013"}),
    ("In the 1850s, and again in the early 1900s, the town burned.", {"the 1850s": "185", "the early 1900s": "190"}),
    ("Sales for the nine months ended Sept. 30 were $4 billion, compared with $3.6 billion a year earlier.", {"the nine months": "P9M", "Sept. 30": "2014-09-30", "a year earlier": "2013"}),
    ("The strike entered its fourth week on Monday.", {"Monday": "2014-11-03"}),
    ("The company expects to post results the week of Nov. 17.", {"the week of Nov. 17": "2014-W47"}),
    ("He was born on Christmas Day 1949.", {"Christmas Day 1949": "1949-12-25"}),
    ("The accord was reached in the small hours of 12 December 2013 in Bali.", {"the small hours of 12 December 2013": "2013-12-12TMO"}),
    ("Through the first 10 months of 2014, prices rose.", {"the first 10 months of 2014": "P10M"}),
    ("The committee meets this Thursday and Friday, then again Dec. 9-10.", {"this Thursday": "2014-11-06", "Friday": "2014-11-07", "Dec. 9": "2014-12-09", "10": "2014-12-10"}),
    ("The Senate voted shortly after midnight Tuesday.", {"midnight Tuesday": "2014-11-04T00:00"}),
    ("Since the start of the year the index has lost 9%.", {"the start of the year": "2014"}),
    ("The firm was founded in 1887; in 1923 it moved to Ohio, where it stayed until the 1970s.", {"1887": "1887", "1923": "1923", "the 1970s": "197"}),
    ("Prices in October were 2.1 percent higher than in October 2013.", {"October": "2014-10", "October 2013": "2013-10"}),
    ("The 2014-15 season starts in ten days.", {"2014": "2014", "15": "2015", "ten days": "P10D"}),
    ("The quake struck at 3:34 a.m. local time on Feb. 27, 2010.", {"3:34 a.m. local time": "2010-02-27T03:34", "Feb. 27, 2010": "2010-02-27"}),
    ("The plant will close at the end of March 2015.", {"the end of March 2015": "2015-03"}),
    ("The couple married in June, on a Saturday.", {"June": "2014-06", "a Saturday": "XXXX-WXX-6"}),
    ("It was her first title in nearly a decade.", {"nearly a decade": "P1DE"}),
    ("For the second half of fiscal 2014 the airline forecast a profit.", {"the second half of fiscal 2014": "2014-H2"}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), WIRE)
def test_a_newswire_sentence_gives_what_a_reader_sees_and_nothing_else(sentence, expected):
    found = tag_text(sentence, dct="2014-11-06")
    assert {m.expression: m.timex for m in found} == expected
