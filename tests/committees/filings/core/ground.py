"""A call with two schools, and the steps of a filing, for the tests of this folder."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from committees.energy.forms import PRIMARY_2020
from committees.filings import actions
from committees.filings.answers import Entry, plain
from committees.filings.models import Call, Filing, FormVersion
from tenants.context import school_scope
from tests.ground.cast import Cast

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
VALUES = {item.code: Decimal(100 + n) for n, item in enumerate(PRIMARY_2020.indicators())}


@dataclass
class Case:
    """One call to schools a and b, and the filing of a."""

    cast: Cast
    call: Call
    filing: Filing

    def prepare(self, values: dict[str, Decimal] | None = None, at: datetime = AT) -> None:
        """The clerk begins and fills in."""
        with school_scope(self.filing.school):
            actions.start(filing=self.filing, by=self.cast["clerk_a"], at=at)
            self.write(values or VALUES, at)

    def write(self, values: dict[str, Decimal], at: datetime = AT) -> None:
        """Keep values in the draft (inside the school)."""
        entries = {code: Entry(value, source=plain(value)) for code, value in values.items()}
        actions.save_draft(filing=self.filing, entries=entries, revision=None, by=self.cast["clerk_a"], at=at)

    def file(self, values: dict[str, Decimal] | None = None, at: datetime = AT) -> None:
        """All the way to the committee."""
        self.prepare(values, at)
        self.send(at)

    def send(self, at: datetime = AT) -> None:
        """From a filled-in draft to the committee."""
        with school_scope(self.filing.school):
            actions.request_approval(filing=self.filing, by=self.cast["clerk_a"], at=at)
            actions.file(filing=self.filing, by=self.cast["head_a"], at=at + timedelta(hours=1))


def make_case(cast: Cast) -> Case:
    """An open call on the primary-energy form."""
    call = actions.draft_call(
        committee=cast.committee, kind="energy-primary", form=FormVersion.objects.get(code="energy-primary"),
        period="2025", title_zh="2025年度一次能源口径年报", title_en="Primary energy 2025", opens_on=date(2026, 3, 1),
        due_on=date(2026, 3, 31), by=cast["officer"], at=AT,
    )  # fmt: skip
    actions.open_call(call=call, schools=[cast.school_a, cast.school_b], by=cast["officer"], at=AT)
    filing = call.filings.select_related("school", "call__committee", "call__form", "duty").get(school=cast.school_a)
    return Case(cast, call, filing)
