"""Every rule's examples are found with their value, and its look-alikes are not found by it."""

import pytest

from timeline.errors import InputError
from timeline.tagging import languages, tag_text
from timeline.tagging.language import compiled, load_language

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


@pytest.mark.parametrize(("code", "rule"), [pytest.param(c, r, id=f"{c}-{r.id}") for c, r in RULES])
def test_every_pattern_and_condition_of_a_rule_is_a_regex(code, rule):
    assert {group for group, _ in rule.parts} - {""} <= set(compiled(rule.pattern).groupindex)
    assert all(compiled(condition) for _, _, condition in rule.context)


def test_a_pattern_that_is_no_regex_is_named():
    with pytest.raises(InputError, match=r"no regex.*\(open"):
        compiled("(open")
