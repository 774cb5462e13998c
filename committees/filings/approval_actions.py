"""Writes of approval: filing with the stamped scan, naming a deputy, ending a deputy's time."""

from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from committees.filings.approvals import StampedPaper, deputies_on
from committees.filings.deputy_rules import may_name_deputy
from committees.filings.desk import entry_for
from committees.filings.models import Deputy, Filing
from committees.filings.seal_actions import seal_draft
from committees.workflow.advance import MoveRefused, advance
from committees.workflow.models import DeskEntry, Trail
from tenants.actions.security import record_event
from tenants.clock import local_day
from tenants.models import School, SecurityAction, User
from tenants.verdicts import Refused


def file_scan(
    *, filing: Filing, paper: StampedPaper, by: User, at: datetime, version: int | None = None, key: UUID | None = None
) -> Trail:
    """File with the stamped scan: the paper's hash goes under the seal, the name and day on it into the trail.

    Runs inside the school. Raises MoveRefused, StoreFull, StoreClosed.
    """
    facts = {"signer": paper.signer.strip(), "signed_on": paper.signed_on.isoformat(), "scan": paper.inspection.sha256}
    effect = partial(seal_draft, by=by, at=at, paper=paper)
    return advance(filing, "file_scan", by=by, at=at, version=version, key=key, facts=facts, effect=effect)


def name_deputy(
    *, school: School, deputy: User, starts_on: date, ends_on: date, reason: str, by: User, at: datetime
) -> Deputy:
    """A head lets somebody approve for him from one day to another. Raises MoveRefused with the reason."""
    with transaction.atomic():
        School.objects.select_for_update().get(pk=school.pk)
        verdict = may_name_deputy(school, by, deputy, starts_on, ends_on, local_day(at))
        if isinstance(verdict, Refused):
            raise MoveRefused(verdict.reason, code="guard")
        if not reason.strip():
            raise MoveRefused(_("Say why: it stands in the list and in the log."), code="reason")
        row = Deputy.objects.create(
            school=school, head=by, deputy=deputy, starts_on=starts_on, ends_on=ends_on, reason=reason.strip(),
            named_at=at,
        )  # fmt: skip
        record_event(
            action=SecurityAction.DEPUTY_NAMED, user=by, at=at, school=school, person=str(deputy.public_id),
            until=ends_on.isoformat(), reason=row.reason,
        )  # fmt: skip
        if starts_on <= local_day(at):
            put_on_desks(school=school, at=at)
    return row


def put_on_desks(*, school: School, at: datetime) -> None:
    """What waits for a head stands on the desks of those who stand in today, and on nobody's whose time is over."""
    waiting = list(DeskEntry.objects.filter(audience=f"school:{school.pk}:head", done_at__isnull=True))
    now = set(deputies_on(school, local_day(at)).values_list("deputy", flat=True))
    ever = Deputy.objects.filter(school=school).values_list("deputy", flat=True)
    over = [f"user:{person}" for person in set(ever) - now]
    DeskEntry.objects.filter(audience__in=over, school=school, done_at__isnull=True).update(done_at=at)
    DeskEntry.objects.bulk_create(
        [entry_for(entry, person) for entry in waiting for person in sorted(now)], ignore_conflicts=True
    )


def refresh_desks(*, at: datetime) -> None:
    """Every morning: desks of deputies whose time began or ended; four queries a school that ever named one."""
    for school in School.objects.filter(pk__in=Deputy.objects.values("school")):
        put_on_desks(school=school, at=at)


def end_deputy(*, deputy: Deputy, by: User, at: datetime) -> Deputy:
    """A deputy's time ends now; doing it twice changes nothing."""
    with transaction.atomic():
        row = Deputy.objects.select_for_update().get(pk=deputy.pk)
        if row.ended_at is None:
            row.ended_at, row.ended_by = at, by
            row.save(update_fields=["ended_at", "ended_by"])
            put_on_desks(school=row.school, at=at)
            person = str(row.deputy.public_id)
            record_event(action=SecurityAction.DEPUTY_ENDED, user=by, at=at, school=row.school, person=person)
    return row
