"""How a version is approved: signed in, by a deputy, or by the stamped scan; and who stands in for whom."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

from django.db.models import QuerySet

from committees.files.actions import keep_content
from committees.files.inspection import Inspection
from committees.filings.models import ApprovalWay, Deputy, Filing, FilingVersion, Scan
from committees.workflow.models import Trail
from tenants.clock import local_day
from tenants.models import Membership, School, SchoolRole, User, in_force


@dataclass(frozen=True)
class StampedPaper:
    """A scan as it came in: the content, what was found in it, who signed the paper (a name) and on what day."""

    content: BinaryIO | bytes
    inspection: Inspection
    signer: str
    signed_on: date


@dataclass(frozen=True)
class Approval:
    """What a version keeps of its approval. `line` goes under the seal; `for_head` is the head a deputy stands in for."""

    way: str
    by: User
    line: str
    for_head: int | None = None


def approval_of(filing: Filing, trail: Trail, paper: StampedPaper | None, by: User, at: datetime) -> Approval:
    """The approval behind a filing move."""
    if paper is not None:
        found = paper.inspection
        return Approval(ApprovalWay.SCAN, by, f"{ApprovalWay.SCAN} {found.sha256} {found.size}")
    if trail.role == "deputy":
        deputy = deputy_of(filing.school, by, local_day(at))
        assert deputy is not None
        return Approval(ApprovalWay.DEPUTY, by, str(ApprovalWay.DEPUTY), deputy.head_id)
    return Approval(ApprovalWay.SIGNED, by, str(ApprovalWay.SIGNED))


def keep_scan(version: FilingVersion, paper: StampedPaper) -> Scan:
    """Keep the scan beside the version it approves. Raises StoreFull, StoreClosed."""
    return keep_content(
        Scan, content=paper.content, inspection=paper.inspection, filing_version=version, signer=paper.signer,
        signed_on=paper.signed_on,
    )  # fmt: skip


def deputies_on(school: School, day: date) -> QuerySet[Deputy]:
    """Who stands in for a head of a school on a day: named, not ended, and the head is still one."""
    heads = Membership.objects.filter(in_force(day), school=school, role=SchoolRole.HEAD).values("user")
    return Deputy.objects.filter(
        school=school, starts_on__lte=day, ends_on__gte=day, ended_at__isnull=True, head__in=heads
    ).select_related("head", "deputy")


def deputy_of(school: School, person: User, day: date) -> Deputy | None:
    """As whose deputy a person acts on a day; None when as nobody's."""
    return deputies_on(school, day).filter(deputy=person).order_by("pk").first()


def stands_in_for(filing: Filing, by: User, at: datetime) -> dict[str, Any]:
    """For the trail: whose deputy acts; nothing for somebody who is a head himself, or nobody's deputy."""
    day = local_day(at)
    if Membership.objects.filter(in_force(day), school=filing.school, user=by, role=SchoolRole.HEAD).exists():
        return {}
    found = deputy_of(filing.school, by, day)
    return {"for": found.head.name} if found else {}
