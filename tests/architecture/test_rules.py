"""The house's own rules hold in the project, and each finds what it is for."""

import pytest

from tests.architecture.rules import RULES, breaches


def test_the_project_keeps_the_rules():
    found = list(breaches())
    assert not found, "\n".join(found)


def test_every_rule_has_good_and_bad_lines_and_a_name_of_its_own():
    assert all(rule.good and rule.bad and rule.advice for rule in RULES)
    assert len({rule.id for rule in RULES}) == len(RULES)


_GOOD = [(rule, example) for rule in RULES for example in rule.good]
_BAD = [(rule, example) for rule in RULES for example in rule.bad]


@pytest.mark.parametrize(("rule", "example"), _GOOD, ids=lambda value: getattr(value, "id", None))
def test_good_lines_pass(rule, example):
    assert not rule.breaches(example.path, example.text)


@pytest.mark.parametrize(("rule", "example"), _BAD, ids=lambda value: getattr(value, "id", None))
def test_bad_lines_are_found(rule, example):
    assert rule.breaches(example.path, example.text)
