"""Papers of a return for its school: the receipt of a sealed version, and the official table to be stamped."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from committees.filings.drafts import answer_of_draft, draft_of
from committees.filings.models import Filing, FilingVersion
from committees.filings.receipt import receipt_json, receipt_pdf
from committees.filings.return_paper import draft_table, sealed_table
from committees.filings.school.reads import filing_of
from committees.filings.slugs import slug_of
from tenants.clock import request_time
from tenants.doors import school_door


@school_door()
@require_safe
def receipt_paper(request: Any, public_id: UUID, number: int) -> HttpResponse:
    """The receipt as PDF."""
    filing, version = _version(request, public_id, number)
    return _file(receipt_pdf(filing, version), version, "pdf", "application/pdf")


@school_door()
@require_safe
def receipt_file(request: Any, public_id: UUID, number: int) -> HttpResponse:
    """The receipt as JSON."""
    filing, version = _version(request, public_id, number)
    return _file(receipt_json(filing, version).encode("utf-8"), version, "json", "application/json")


@school_door()
@require_safe
def return_paper(request: Any, public_id: UUID, number: int) -> HttpResponse:
    """A sealed version as an official table with places for names and stamps (PDF)."""
    filing, version = _version(request, public_id, number)
    return _file(sealed_table(filing, version), version, "pdf", "application/pdf", what="table")


@school_door()
@require_safe
def draft_paper(request: Any, public_id: UUID) -> HttpResponse:
    """The draft as it stands as the same table, marked as not filed: what is stamped before a scan is filed."""
    filing = filing_of(request.school, public_id)
    draft = draft_of(filing)
    if draft is None:
        raise Http404
    content = draft_table(filing, answer_of_draft(filing, draft), at=request_time(request))
    return _sent(content, f"{filing.call.period}-{filing.school.code}-draft.pdf", "application/pdf")


def _version(request: Any, public_id: UUID, number: int) -> tuple[Filing, FilingVersion]:
    filing = filing_of(request.school, public_id)
    rows = FilingVersion.objects.select_related("form", "prepared_by", "approved_by", "approved_for", "scan")
    version = rows.filter(filing=filing, version=number).first()
    if version is None:
        raise Http404
    return filing, version


def _file(content: bytes, version: FilingVersion, ending: str, media: str, what: str = "receipt") -> HttpResponse:
    return _sent(content, f"{slug_of(version.number)}-v{version.version}-{what}.{ending}", media)


def _sent(content: bytes, name: str, media: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return response
