"""Many schools with people of their own, and their filings moved by the actions at moments of the test's choosing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from committees.filings import actions
from committees.filings.answers import Entry, plain
from committees.filings.models import Call, Filing
from tenants.context import school_scope
from tenants.models import School, SchoolRole, User
from tests.factories.people import make_school, make_user, member
from tests.ground.cast import Cast
from tests.journeys.ground import VALUES, now

HOUR = timedelta(hours=1)


def scaled(times: int, **changes: Decimal) -> dict[str, Decimal]:
    """The return in which no rule finds anything, every value some times as large; with some values replaced."""
    return {**{code: Decimal(text) * times for code, text in VALUES.items()}, **changes}


@dataclass
class Enrolled:
    """A school with its clerk and its head."""

    school: School
    clerk: User
    head: User

    def filing(self, call: Call) -> Filing:
        """Its filing under a call, as it stands now."""
        rows = call.filings.select_related("school", "call__committee", "call__form", "duty", "latest", "counted")
        return rows.get(school=self.school)

    def fill(
        self, call: Call, values: Mapping[str, Decimal], at: datetime, move: str = "start", note: str = ""
    ) -> None:
        """The clerk begins (or answers what came back) and fills in."""
        filing = self.filing(call)
        entries = {code: Entry(value, source=plain(value), note=note) for code, value in values.items()}
        with school_scope(self.school):
            if move:
                getattr(actions, move)(filing=filing, by=self.clerk, at=at)
            actions.save_draft(filing=filing, entries=entries, revision=None, by=self.clerk, at=at)
            actions.request_approval(filing=filing, by=self.clerk, at=at)

    def file(
        self, call: Call, values: Mapping[str, Decimal], at: datetime, move: str = "start", note: str = ""
    ) -> Filing:
        """From nothing, or from what came back, to the committee; the head files an hour later."""
        self.fill(call, values, at, move, note)
        filing = self.filing(call)
        with school_scope(self.school):
            actions.file(filing=filing, by=self.head, at=at + HOUR)
        return self.filing(call)


@dataclass
class Year:
    """Schools in order; the first two are the cast's."""

    cast: Cast
    schools: list[Enrolled] = field(default_factory=list)

    def accept(self, filing: Filing, at: datetime | None = None) -> None:
        """The officer accepts what was filed."""
        actions.accept(filing=filing, by=self.cast["officer"], at=at or now())


def enrol(cast: Cast, count: int) -> Year:
    """`count` schools, each with a clerk and a head; further ones beside the cast's two are opened."""
    year = Year(cast, [
        Enrolled(cast.school_a, cast["clerk_a"], cast["head_a"]), Enrolled(cast.school_b, cast["clerk_b"], cast["head_b"]),
    ])  # fmt: skip
    for number in range(3, count + 1):
        school = make_school(f"year{number}", name_zh=f"第{number}试验学院", name_en=f"Trial College {number}")
        # Nobody signs in here: without a password they are made fast.
        clerk, head = (
            member(school, role, user=make_user(f"{role}_{number}", password=None, name=f"{name}{number}"))
            for role, name in ((SchoolRole.CLERK, "经办"), (SchoolRole.HEAD, "处长"))
        )  # fmt: skip
        year.schools.append(Enrolled(school, clerk, head))
    return year


def summed(returns: Sequence[Mapping[str, Decimal]], codes: Sequence[str]) -> Decimal:
    """The sum over some items of some returns, exact."""
    return sum((values[code] for values in returns for code in codes), Decimal(0))
