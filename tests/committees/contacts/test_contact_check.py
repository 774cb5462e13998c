"""The contact check: five items and a file from the call to acceptance, through the same room as the energy returns."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from committees.contacts.filings import CONTACT_CHECK, FORM_2026
from committees.files.inspection import inspect_upload
from committees.filings import actions
from committees.filings.drafts import answer_in, findings_of_draft
from committees.filings.invariants import broken_invariants
from committees.filings.models import Filing, RollUp
from committees.filings.school.evidence import add_evidence
from committees.filings.typed_values import read_entry
from committees.roster.models import Committee, Seat, SeatKind
from committees.workflow.advance import MoveRefused
from tenants.context import school_scope
from tests.ground.cast import Cast

pytestmark = [pytest.mark.requirement("S9-98")]
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\n%%EOF\n"
TYPED = {
    "head_name": "林 渡", "office_phone": "０２２－２３４５６７８９", "email": "houqin@lingang.edu.cn",
    "duty_phone": "13812345678", "staff": "128",
}  # fmt: skip


@dataclass
class Check:
    """One school's contact check."""

    cast: Cast
    filing: Filing

    def type(self, **typed: str) -> None:
        """Type into the page."""
        entries = {code: read_entry(FORM_2026.indicator(code), text, "") for code, text in typed.items()}
        actions.save_draft(filing=self.filing, entries=entries, revision=None, by=self.cast["clerk_a"], at=AT)

    def attach(self, item: str = "sheet") -> None:
        """Attach the stamped sheet."""
        kept = inspect_upload("sheet.pdf", PDF)
        add_evidence(
            filing=self.filing, content=PDF, inspection=kept, indicator=item, by=self.cast["clerk_a"], at=AT
        )  # fmt: skip

    def faults(self) -> set[tuple[str, str]]:
        """(rule, item) of what is in the way."""
        return {(fault.rule, fault.indicator) for fault in findings_of_draft(self.filing)[0]}


@pytest.fixture
def check(cast: Cast) -> Check:
    """An open contact check, begun by the clerk of school a; the officer of the cast has the secretariat's seat."""
    committee = Committee.objects.create(
        code="secretariat", room="estate", mark="秘", name_zh="协会秘书处", name_en="Secretariat", short_zh="秘书处",
        short_en="Secretariat",
    )  # fmt: skip
    Seat.objects.create(committee=committee, user=cast["officer"], kind=SeatKind.OFFICER, starts_on=date(2024, 1, 1))
    form = actions.load_form(form=FORM_2026, at=AT)
    call = actions.draft_call(
        committee=committee, kind=CONTACT_CHECK, form=form, period="2026-03", title_zh="3月联系信息核对",
        title_en="Contact check of March", opens_on=date(2026, 3, 1), due_on=date(2026, 3, 31), by=cast["officer"], at=AT,
    )  # fmt: skip
    actions.open_call(call=call, schools=[cast.school_a], by=cast["officer"], at=AT)
    filing = call.filings.select_related("school", "call__committee", "call__form", "duty").get()
    with school_scope(filing.school):
        actions.start(filing=filing, by=cast["clerk_a"], at=AT)
    return Check(cast, filing)


def test_everything_needed_is_asked_for_without_a_rule_of_its_own(check: Check) -> None:
    with school_scope(check.filing.school):
        assert check.faults() == {("F02", item.code) for item in FORM_2026.indicators()}
        check.type(**TYPED)
        assert check.faults() == {("F02", "sheet")}
        check.attach("")
        assert check.faults() == {("F02", "sheet")}, "a file that answers nothing is no answer"


@pytest.mark.parametrize(
    ("item", "typed", "rule"),
    [
        ("office_phone", "找张老师", "F01"),
        ("office_phone", "23456789", "F01"),
        ("email", "houqin@", "F01"),
        ("staff", "一百", "F01"),
        ("staff", "12.5", "F01"),
        ("staff", "-3", "F03"),
    ],
)
def test_what_cannot_be_reached_is_refused(check: Check, item: str, typed: str, rule: str) -> None:
    with school_scope(check.filing.school):
        check.type(**{**TYPED, item: typed})
        assert (rule, item) in check.faults()


@pytest.mark.parametrize(
    "typed", ["022-23456789", "022 2345 6789", "022—23456789-801", "+8613812345678", "400-123-4567"]
)
def test_telephone_numbers_are_taken_as_people_write_them(check: Check, typed: str) -> None:
    with school_scope(check.filing.school):
        check.type(**{**TYPED, "duty_phone": typed})
        assert ("F01", "duty_phone") not in check.faults()


def test_from_the_clerk_to_the_total_of_staff(check: Check) -> None:
    filing, cast = check.filing, check.cast
    with school_scope(filing.school):
        check.type(**TYPED)
        with pytest.raises(MoveRefused):
            actions.request_approval(filing=filing, by=cast["clerk_a"], at=AT)
        check.attach()
        actions.request_approval(filing=filing, by=cast["clerk_a"], at=AT)
        actions.file(filing=filing, by=cast["head_a"], at=AT + timedelta(hours=1))
    actions.accept(filing=filing, by=cast["officer"], at=AT + timedelta(days=1))
    version = filing.latest
    sealed = answer_in(version, version.form.form())
    assert sealed.text("head_name") == "林 渡"
    assert sealed.text("office_phone") == "022-23456789"
    assert sealed.files == {"sheet": ("sheet.pdf",)}
    (total,) = RollUp.objects.filter(call=filing.call)
    assert (total.indicator, total.total, total.schools) == ("staff", Decimal(128), 1)
    assert list(broken_invariants()) == []
