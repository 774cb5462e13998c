"""More people than the cast has, and filings brought to the state a race begins in."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from committees.filings import actions
from committees.filings.co_issue_actions import agree_to_call, propose_call
from committees.filings.models import Call, Filing, FormVersion
from committees.roster.models import SeatKind
from tenants.context import school_scope
from tenants.models import AssociationRole, SchoolRole
from tests.committees.filings.school.ground import AT, VALUES, Case, make_call
from tests.factories.people import holder, make_user, member, officer
from tests.ground.cast import Cast

Answer = dict[str, Any]


@dataclass
class Field:
    """Where the races are run: a second clerk, head and a chair stand beside the cast."""

    cast: Cast

    def __post_init__(self) -> None:
        """They are made once a database."""
        school = self.cast.school_a
        member(school, SchoolRole.CLERK, user=make_user("clerk_2", password=None, name="章一舟"))
        member(school, SchoolRole.HEAD, user=make_user("head_2", password=None, name="许同尘"))
        officer(self.cast.committee, SeatKind.CHAIR, user=make_user("chair", password=None, name="严正言"))
        holder(AssociationRole.COMMISSION, user=make_user("commission_2", password=None, name="葛知行"))

    def call(self, *, is_open: bool = True, state: str = "") -> Call:
        """A call of this year; more of the same are no trouble. `state`: how far one has come that the commission issues
        too (drafted, proposed, agreed)."""
        if is_open and not state:
            return make_call(self.cast)
        call = self._draft(co_issued=bool(state))
        if state in {"proposed", "agreed"}:
            propose_call(call=call, by=self.cast["officer"], at=AT)
        if state == "agreed":
            agree_to_call(call=call, by=self.cast["commission"], at=AT)
        return call

    def _draft(self, *, co_issued: bool) -> Call:
        return actions.draft_call(
            committee=self.cast.committee, kind="energy-annual", form=FormVersion.objects.get(code="energy-annual"),
            period="2026", title_zh="试办年报", title_en="Trial", opens_on=AT.date(), due_on=timezone.localdate(),
            co_issued=co_issued, by=self.cast["officer"], at=AT,
        )  # fmt: skip

    def case(self, state: str = "addressed", call: Call | None = None, school: str = "school_a") -> Case:
        """A filing in a state on the way to the committee."""
        found = call or self.call()
        filings = found.filings.select_related("school", "call__committee", "call__form", "duty")
        case = Case(self.cast, found, filings.get(school=getattr(self.cast, school)))
        clerk, head = (self.cast[f"{role}_{school[-1]}"] for role in ("clerk", "head"))
        if state in {"started", "approval_requested", "filed"}:
            with school_scope(case.filing.school):
                actions.start(filing=case.filing, by=clerk, at=AT)
            case.write(VALUES, who=f"clerk_{school[-1]}")
        if state in {"approval_requested", "filed"}:
            with school_scope(case.filing.school):
                actions.request_approval(filing=case.filing, by=clerk, at=AT)
        if state == "filed":
            with school_scope(case.filing.school):
                actions.file(filing=case.filing, by=head, at=timezone.now())
        return case


def asks(filing: Filing, do: str, by: str, *, sees: bool = True, **given: Any) -> Answer:
    """A command for a racer: `sees` says that the page carries the version as it is now."""
    if sees:
        given["version"] = Filing.objects.values_list("version", flat=True).get(pk=filing.pk)
    return {"do": do, "by": by, "filing": filing.pk, "given": given}


def asks_call(call: Call, do: str, by: str, **given: Any) -> Answer:
    """The same for a call."""
    return {"do": do, "by": by, "call": call.pk, "given": given}
