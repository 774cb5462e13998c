"""The write of filing: a draft becomes a sealed version, in the transaction of the move that files it."""

from datetime import datetime
from typing import Any

from committees.filings.answers import Answer, Entry
from committees.filings.approvals import Approval, StampedPaper, approval_of, keep_scan
from committees.filings.drafts import answer_of_draft, draft_of
from committees.filings.kinds import kind_of
from committees.filings.models import Draft, Evidence, Filing, FilingVersion
from committees.filings.numbers import next_filing_number
from committees.filings.sealing import PAYLOAD_FORMAT, Sealing, canonical, digest, papers_digest, seal
from committees.workflow.models import Trail
from tenants.clock import local_day
from tenants.models import User


def since(filing: Filing, at: datetime) -> None:
    """When the present state began."""
    filing.state_since = at


def seal_draft(
    filing: Filing, trail: Trail, *, by: User, at: datetime, paper: StampedPaper | None = None
) -> dict[str, Any]:
    """The effect of filing: the draft is copied, sealed and numbered; runs in the move's transaction."""
    since(filing, at)
    draft = draft_of(filing)
    assert draft is not None
    answer_now = answer_of_draft(filing, draft)
    before = filing.latest
    if filing.number is None:
        filing.number = next_filing_number(filing.call.committee, at.year)
    approval = approval_of(filing, trail, paper, by, at)
    version = _version(filing, draft, answer_now, before, approval, at)
    if paper is not None:
        keep_scan(version, paper)
    filing.latest = version
    if filing.filed_on is None:
        filing.filed_on = local_day(at)
        filing.late = filing.filed_on > filing.duty.due_on
    return {
        "due_on": filing.duty.due_on.isoformat(),
        "number": filing.number, "version": version.version, "seal": version.seal,
        "papers": papers_digest(version, version.evidence.all()),
    }  # fmt: skip


def _version(
    filing: Filing, draft: Draft, answer_now: Answer, before: FilingVersion | None, approval: Approval, at: datetime
) -> FilingVersion:
    kind, form_row = kind_of(filing.call.kind), filing.call.form
    coefficients = kind.coefficients_for(filing.call.period)
    payload = canonical(_payload(filing, answer_now, coefficients.version))
    files = list(draft.evidence.all())
    sealing = Sealing(
        number=filing.number or "", version=(before.version if before else 0) + 1, form_code=form_row.code,
        form_version=form_row.version, form_digest=form_row.digest,
        evidence=tuple((file.sha256, file.size) for file in files), predecessor=before.seal if before else "",
        approval=approval.line,
    )  # fmt: skip
    payload_sha256 = digest(payload)
    version = FilingVersion.objects.create(
        filing=filing, version=sealing.version, number=sealing.number, form=form_row, coefficients=coefficients.version,
        payload=payload, payload_sha256=payload_sha256, predecessor=sealing.predecessor,
        seal=seal(payload_sha256, sealing), sealed_at=at, prepared_by_id=draft.updated_by_id,
        approved_by=approval.by, way=approval.way, approved_for_id=approval.for_head,
    )  # fmt: skip
    Evidence.objects.bulk_create(
        [
            Evidence(
                filing_version=version, indicator=f.indicator, name=f.name, sha256=f.sha256, size=f.size,
                media_type=f.media_type,
            )
            for f in files
        ]
    )  # fmt: skip
    return version


def _payload(filing: Filing, answer_now: Answer, coefficients: str) -> dict[str, Any]:
    """What is filed, before it takes its canonical form. Units and bases stand beside every value."""
    form = answer_now.form
    entries = {}
    for indicator in form.indicators():
        entry = answer_now.entries.get(indicator.code) or Entry(None)
        entries[indicator.code] = {**entry.as_json(), "unit_stored": indicator.unit, "basis": indicator.basis}
    return {
        "format": PAYLOAD_FORMAT, "call": filing.call.number, "kind": filing.call.kind, "period": filing.call.period,
        "school": filing.school.code, "form": {"code": form.code, "version": form.version, "digest": form.digest()},
        "coefficients": coefficients, "entries": entries,
    }  # fmt: skip
