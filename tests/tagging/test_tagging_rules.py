"""Every rule's examples are found with their value, and its look-alikes are not found by it."""

import pytest

from timeline.tagging import languages, tag_text
from timeline.tagging.language import load_language

DCT = "2014-11-06"  # a Thursday
RULES = [rule for code in languages() for rule in ((code, r) for r in load_language(code).rules)]
EXAMPLES = [
    pytest.param(code, r, e, id=f"{code}-{r.id}-{n}")
    for code, r in RULES
    for n, e in enumerate(r.examples)
]
REJECTS = [
    pytest.param(code, r, text, id=f"{code}-{r.id}-{n}")
    for code, r in RULES
    for n, text in enumerate(r.rejects)
]


@pytest.mark.parametrize(("code", "rule", "example"), EXAMPLES)
def test_example_is_found_by_its_rule_with_its_value(code, rule, example):
    sentence, expression, value = example
    found = [(m.expression, m.timex, m.rule) for m in tag_text(sentence, dct=DCT, language=code)]
    assert (expression, value, rule.id) in found


@pytest.mark.parametrize(("code", "rule", "sentence"), REJECTS)
def test_look_alike_is_not_found_by_the_rule(code, rule, sentence):
    assert rule.id not in [m.rule for m in tag_text(sentence, dct=DCT, language=code)]
