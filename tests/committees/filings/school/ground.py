"""A call for the annual energy return, and what the people of school A do with it through their pages."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from committees.energy.forms import ANNUAL_2025
from committees.filings import actions
from committees.filings.answers import Entry, plain
from committees.filings.models import Call, Draft, Filing, FormVersion
from tenants.context import school_scope
from tests.ground.cast import Cast
from tests.ground.clients import client_on

AT = datetime.now(UTC) - timedelta(days=4)
#: A whole return in which no rule finds a fault or a doubt.
VALUES = {
    "users_count": "31980", "building_area": "1148600", "electricity": "51023000", "electricity_cost": "31102000",
    "water": "1986500", "water_cost": "9733900",
}  # fmt: skip


@dataclass
class Case:
    """One call to schools A and B, and the filing of A."""

    cast: Cast
    call: Call
    filing: Filing

    @property
    def path(self) -> str:
        """The case page."""
        return f"/filings/{self.filing.public_id}/"

    def client(self, who: str = "clerk_a", **options: Any) -> Client:
        """Somebody's browser on the host of school A."""
        return client_on(self.cast.school_a.host, self.cast[who], **options)

    def begin(self) -> None:
        """The clerk has begun."""
        with school_scope(self.filing.school):
            actions.start(filing=self.filing, by=self.cast["clerk_a"], at=AT)

    def write(self, values: dict[str, str], who: str = "clerk_a") -> Draft:
        """Values as numbers in the form's own units."""
        entries = {code: Entry(Decimal(text), source=text) for code, text in values.items()}
        with school_scope(self.filing.school):
            return actions.save_draft(
                filing=self.filing, entries=entries, revision=None, by=self.cast[who], at=datetime.now(UTC)
            )

    def send(self) -> None:
        """From nothing to the committee."""
        self.begin()
        self.write(VALUES)
        self.approve()

    def approve(self) -> None:
        """A whole draft, sent and filed."""
        with school_scope(self.filing.school):
            actions.request_approval(filing=self.filing, by=self.cast["clerk_a"], at=AT)
            actions.file(filing=self.filing, by=self.cast["head_a"], at=AT + timedelta(hours=1))

    def draft(self) -> Draft:
        """The draft as it stands."""
        with school_scope(self.filing.school):
            return Draft.objects.get(filing_id=self.filing.public_id)

    def entry(self, code: str) -> dict[str, Any]:
        """One stored entry."""
        found: dict[str, Any] = self.draft().entries[code]
        return found

    def state(self) -> str:
        """Where the filing stands."""
        self.filing.refresh_from_db()
        return str(self.filing.state)


def make_call(cast: Cast, period: str = "2026", *, due: date | None = None) -> Call:
    """An open call on the annual form to both schools."""
    call = actions.draft_call(
        committee=cast.committee, kind="energy-annual", form=FormVersion.objects.get(code="energy-annual"),
        period=period, title_zh=f"{period}年度能源资源消费年报", title_en=f"Annual return {period}",
        opens_on=AT.date(), due_on=due or timezone.localdate() + timedelta(days=40), text="按账单填实物量和费用。",
        by=cast["officer"], at=AT,
    )  # fmt: skip
    actions.open_call(call=call, schools=[cast.school_a, cast.school_b], by=cast["officer"], at=AT)
    return call


def make_case(cast: Cast, period: str = "2026", **more: Any) -> Case:
    """The call, and school A's filing."""
    call = make_call(cast, period, **more)
    filing = call.filings.select_related("school", "call__committee", "call__form", "duty").get(school=cast.school_a)
    return Case(cast, call, filing)


def accept_year_before(cast: Cast, values: dict[str, str] | None = None) -> Case:
    """Last year's return of school A, accepted."""
    case = make_case(cast, "2025")
    case.begin()
    case.write(values or {**VALUES, "building_area": "1124000", "heated_area": "986200"})
    with school_scope(case.filing.school):
        actions.request_approval(filing=case.filing, by=cast["clerk_a"], at=AT)
        actions.file(filing=case.filing, by=cast["head_a"], at=AT)
    actions.accept(filing=case.filing, by=cast["officer"], at=AT)
    return case


def hidden(response: HttpResponse, name: str) -> str:
    """The value of a hidden field of a page."""
    match = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert match, f"no field {name}"
    return match[1]


def typed(**values: str) -> dict[str, str]:
    """Posted fields of the return."""
    return {f"q-{code}": text for code, text in values.items()}


def items() -> list[str]:
    """Codes of the form."""
    return [item.code for item in ANNUAL_2025.indicators()]


__all__ = ["AT", "VALUES", "Case", "accept_year_before", "hidden", "items", "make_call", "make_case", "plain", "typed"]
