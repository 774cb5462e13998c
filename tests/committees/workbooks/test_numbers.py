"""Numbers as people type them: what is read, what is refused and what is proposed."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from committees.workbooks.number_rules import REFUSALS, TEXT_RULES
from committees.workbooks.number_tolerances import TOLERANCES
from committees.workbooks.numbers import NumberSpec, Reading, Refusal, read_number, read_percent_cell
from committees.workbooks.rulebook import index_rules

pytestmark = pytest.mark.requirement("S7-07")

ROWS_OF_TEXT_RULES = [(rule.id, row) for rule in TEXT_RULES for row in rule.examples]
ROWS_OF_TOLERANCES = [(rule.id, row) for rule in TOLERANCES for row in rule.examples]


@pytest.mark.parametrize(("rule_id", "row"), ROWS_OF_TEXT_RULES, ids=lambda v: getattr(v, "typed", v))
def test_example_of_a_refusal_is_refused_by_that_rule(rule_id, row) -> None:
    found = read_number(row.typed, NumberSpec(unit=row.unit))
    assert isinstance(found, Refusal)
    assert (found.code, found.proposal) == (rule_id, row.becomes)
    assert str(found.message)
    assert "{" not in str(found.message)


@pytest.mark.parametrize(("rule_id", "row"), ROWS_OF_TOLERANCES, ids=lambda v: getattr(v, "typed", v))
def test_example_of_a_tolerance_is_read_by_that_rule(rule_id, row) -> None:
    found = read_number(row.typed, NumberSpec(unit=row.unit))
    assert isinstance(found, Reading)
    assert found.source == row.typed
    if rule_id == "blank":
        assert found.value is None
    else:
        assert format(found.value, "f") == row.becomes
        assert rule_id in found.repairs


def test_every_rule_has_an_id_of_its_own_and_rows() -> None:
    rules = index_rules((*REFUSALS, *TOLERANCES))
    assert all(rule.examples and str(rule.name) and str(rule.advice) for rule in rules.values())


@pytest.mark.parametrize(
    ("typed", "spec", "code", "proposal"),
    [
        ("1234567890123456", NumberSpec(), "too_large", None),
        ("1.2345678", NumberSpec(), "too_fine", "1.234568"),
        ("1." + "0" * 40 + "1", NumberSpec(), "too_fine", "1.000000"),
        ("1.5", NumberSpec(decimals=0), "too_fine", "2"),
        ("-0.34", NumberSpec(minimum=Decimal(0)), "below", None),
        ("101", NumberSpec(unit="%", maximum=Decimal(100)), "above", None),
        ("(5)", NumberSpec(minimum=Decimal(0)), "brackets", None),
        ("-5立方米", NumberSpec(unit="m³", minimum=Decimal(0)), "own_unit", None),
        ("86400 m3", NumberSpec(unit="立方米"), "own_unit", "86400"),
        ("86400", NumberSpec(unit="m³"), None, "86400"),
        ("1,200度", NumberSpec(unit="kWh"), "own_unit", "1200"),
        ("3.5万元", NumberSpec(unit="元"), "own_unit", "35000"),
        ("3.5万元", NumberSpec(unit="万元"), "own_unit", "3.5"),
        ("35000元", NumberSpec(unit="万元"), "other_unit", None),
        ("12件", NumberSpec(unit="m³"), "text", None),
        ("1E+400", NumberSpec(), "power", None),
        ("1e400", NumberSpec(), "power", None),
        ("一百", NumberSpec(), "chinese", None),
        ("--5", NumberSpec(), "text", None),
        (".", NumberSpec(), "placeholder", None),
        ("-", NumberSpec(), "placeholder", None),
        ("万", NumberSpec(), "chinese", None),
        ("%", NumberSpec(), "text", None),
        ("12\n34", NumberSpec(), "several", None),
        ("١٢", NumberSpec(), "other_digits", None),
        ("9" * 1000, NumberSpec(), "overlong", None),
        ("{{7*7}}", NumberSpec(), "text", None),
        ("\x00", NumberSpec(), "text", None),
        ("{typed}", NumberSpec(unit="m³"), "text", None),
    ],
)
def test_refused(typed, spec, code, proposal) -> None:
    found = read_number(typed, spec)
    if code is None:
        assert isinstance(found, Reading)
        assert str(found.value) == proposal
    else:
        assert isinstance(found, Refusal), found
        assert (found.code, found.proposal) == (code, proposal)
        str(found.message)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("0.1", "0.1"),
        (".5", "0.5"),
        ("5.", "5"),
        ("007", "7"),
        ("1.20", "1.20"),
        ("1 234.5", "1234.5"),
        ("1\u2009234\u2009567", "1234567"),
        ("1’234", "1234"),
        ("１，２３４．５", "1234.5"),
        ("1.23456789万", "12345.6789"),
        ("2万亿", "2000000000000"),
        ("－１２．５", "-12.5"),
        ("0", "0"),
        ("-0.0", "0"),
        ("1.234", "1.234"),
        ("1E+02", "100"),
    ],
)
def test_read(typed, value) -> None:
    found = read_number(typed)
    assert isinstance(found, Reading), found
    assert str(found.value) == value


@pytest.mark.parametrize("typed", [None, "", " ", "\u3000", "\t\n", "\u200b"])
def test_blank_is_not_given_and_never_zero(typed) -> None:
    found = read_number(typed)
    assert isinstance(found, Reading)
    assert found.value is None


@pytest.mark.parametrize(
    ("held", "value"),
    [(0.1, "0.1"), (5.0, "5"), (1e15 - 1, "999999999999999"), (1e-6, "0.000001"), (-0.0, "0"), (7, "7")],
)
def test_float_of_a_cell_is_read_at_its_shortest_form(held, value) -> None:
    found = read_number(held)
    assert isinstance(found, Reading), found
    assert str(found.value) == value


@pytest.mark.parametrize(
    ("held", "code", "proposal"),
    [
        (0.1 + 0.2, "precision_lost", "0.3"),
        (float(2**53 + 2), "precision_lost", None),
        (1e21, "precision_lost", None),
        (1234567890123456.0, "precision_lost", None),
        (1 / 3, "precision_lost", None),
        (float("nan"), "not_finite", None),
        (float("inf"), "not_finite", None),
        (True, "boolean", None),
        (date(2026, 1, 1), "date_cell", None),
        (datetime(2026, 1, 1, 8), "date_cell", None),
        (time(8, 30), "date_cell", None),
    ],
)
def test_cell_that_is_refused(held, code, proposal) -> None:
    found = read_number(held)
    assert isinstance(found, Refusal)
    assert (found.code, found.proposal) == (code, proposal)


def test_sum_of_floats_is_proposed_when_the_field_takes_its_decimals() -> None:
    found = read_number(1 / 3, NumberSpec(decimals=20))
    assert isinstance(found, Refusal)
    assert found.proposal == "0.333333333333333"


@pytest.mark.parametrize(("unit", "value"), [("%", "12.5"), ("", "0.125"), ("m³", None)])
def test_cell_formatted_as_percent(unit, value) -> None:
    found = read_percent_cell(0.125, NumberSpec(unit=unit))
    assert getattr(found, "code", None) == (None if value else "other_unit")
    if value:
        assert str(found.value) == value


def test_reasons_name_the_two_units() -> None:
    found = read_number("12吨", NumberSpec(unit="m³"))
    assert "吨" in str(found.message)
    assert "m³" in str(found.message)


NUMBERS = st.decimals(min_value=-(10**14), max_value=10**14, places=4, allow_nan=False).map(lambda d: d or Decimal(0))


def _full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


@settings(deadline=None)
@given(NUMBERS, st.sampled_from([",", " ", "\u2009", "'", "，", ""]), st.booleans(), st.sampled_from("-−－"))
def test_formatted_number_is_read_back(value, mark, wide, minus) -> None:
    typed = f"{value:,f}".replace(",", mark)
    typed = (_full_width(typed) if wide else typed).replace("-", minus)
    found = read_number(typed)
    assert isinstance(found, Reading), (typed, found)
    assert found.value == value


@settings(deadline=None)
@given(st.decimals(min_value=0, max_value=10**6, places=3, allow_nan=False), st.sampled_from([("万", 4), ("亿", 8)]))
def test_scale_is_exact(value, scale) -> None:
    word, power = scale
    found = read_number(f"{value:f}{word}")
    assert isinstance(found, Reading)
    assert found.value == value.scaleb(power)


@settings(deadline=None)
@given(st.integers(min_value=-(10**9), max_value=10**9), st.integers(min_value=0, max_value=5))
def test_float_with_few_digits_is_read_exactly(whole, places) -> None:
    exact = Decimal(whole).scaleb(-places)
    found = read_number(float(exact))
    assert isinstance(found, Reading)
    assert found.value == exact


@settings(deadline=None)
@given(st.text(max_size=80), st.sampled_from(["", "m³", "万元", "%"]))
def test_no_text_breaks_the_reader_and_each_proposal_is_readable(typed, unit) -> None:
    spec = NumberSpec(unit=unit)
    found = read_number(typed, spec)
    if isinstance(found, Refusal):
        assert str(found.message)
        assert found.proposal is None or isinstance(read_number(found.proposal, spec), Reading)


@settings(deadline=None)
@given(st.text(alphabet="0123456789.,，'  -+−()%万亿EeO~/元kWh约", max_size=14))
def test_what_is_read_has_the_digits_that_were_typed(typed) -> None:
    """Whatever is accepted is the typed digits, shifted; nothing is dropped or invented."""
    found = read_number(typed)
    if isinstance(found, Reading) and found.value is not None and "scientific" not in found.repairs:
        digits = "".join(c for c in typed if c.isdigit())
        assert digits.strip("0") == format(found.value, "f").replace(".", "").replace("-", "").strip("0")
