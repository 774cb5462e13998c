"""Rules find their bad rows and leave the good ones alone; recipes and figures are one thing; bases never mix."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from committees.energy.checks import RULES
from committees.energy.coefficients import ROWS_2020, VERSION_2020
from committees.energy.figures import MixedBasis, annual_figures, primary_figures, total
from committees.energy.forms import ANNUAL_2025, PRIMARY_2020
from committees.energy.recipes import annual_recipes, primary_recipes
from committees.energy.rule_pages import example_answer
from committees.filings.answers import Answer, Coefficients, Entry
from committees.filings.recipes import Recipe

COEFFICIENTS = Coefficients(VERSION_2020, ROWS_2020)
PLACES = Decimal("1E-10")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
@pytest.mark.requirement("S9-75")
def test_a_rule_finds_the_bad_row_and_not_the_good_one(rule):
    def found(row):
        return {code for code, _words in rule.look(example_answer(ANNUAL_2025, row))} & row.keys()

    assert found(rule.bad) or {code for code, _ in rule.look(example_answer(ANNUAL_2025, rule.bad))}
    assert not found(rule.good)
    assert rule.name
    assert rule.advice


def test_ids_of_rules_are_used_once():
    assert len({rule.id for rule in RULES}) == len(RULES)


def _cooked(recipe: Recipe, answer: Answer) -> Decimal | None:
    """A recipe followed by the letter, as the script does."""
    terms = [value * Decimal(factor) for code, factor in recipe.add if (value := answer.value(code)) is not None]
    below = (
        sum(value for code in recipe.over if (value := answer.value(code)) is not None) if recipe.over else Decimal(1)
    )
    if not terms or not below:
        return None
    found = sum(terms) * Decimal(recipe.times) / below
    return found.quantize(PLACES) if recipe.over else found


AMOUNTS = st.none() | st.decimals(0, 10**9, places=2)


@given(st.fixed_dictionaries({item.code: AMOUNTS for item in PRIMARY_2020.indicators()}))
def test_recipes_of_the_primary_form_give_its_figures(values):
    answer = Answer(PRIMARY_2020, {code: Entry(value) for code, value in values.items()})
    _hold_against(primary_figures(answer, COEFFICIENTS), primary_recipes(COEFFICIENTS), answer, {"area_total"})


@given(
    st.fixed_dictionaries({item.code: AMOUNTS for item in ANNUAL_2025.indicators()}).filter(
        lambda values: values["electricity"] is not None
    )
)
def test_recipes_of_the_annual_form_give_its_figures(values):
    answer = Answer(ANNUAL_2025, {code: Entry(value) for code, value in values.items()})
    _hold_against(annual_figures(answer, COEFFICIENTS), annual_recipes(COEFFICIENTS), answer, set())


def _hold_against(drafts, recipes, answer, nought_when_empty):
    direct = {indicator.code for indicator in answer.form.indicators()}
    figures = {draft.indicator: draft for draft in drafts if draft.indicator not in direct}
    cooked = {recipe.figure: recipe for recipe in recipes}
    assert figures.keys() <= cooked.keys()
    for code, draft in figures.items():
        found = _cooked(cooked[code], answer)
        if found is None and code in nought_when_empty:
            found = Decimal(0)
        assert (found is None) == (draft.value is None), code
        assert found is None or round(found, 10) == round(draft.value, 10), code
        assert cooked[code].unit == draft.unit


@pytest.mark.requirement("S9-33")
def test_energies_on_two_bases_are_never_added():
    answer = Answer(ANNUAL_2025, {"electricity": Entry(Decimal(1)), "pv_generation": Entry(Decimal(1))})
    with pytest.raises(MixedBasis):
        total(answer, ["electricity", "pv_generation"])
