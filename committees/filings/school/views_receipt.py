"""The receipt of a sealed version for the school that filed it: paper and file."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from committees.filings.models import Filing, FilingVersion
from committees.filings.receipt import receipt_json, receipt_pdf
from committees.filings.school.reads import filing_of
from committees.filings.slugs import slug_of
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


def _version(request: Any, public_id: UUID, number: int) -> tuple[Filing, FilingVersion]:
    filing = filing_of(request.school, public_id)
    rows = FilingVersion.objects.select_related("form", "prepared_by", "approved_by", "approved_for", "scan")
    version = rows.filter(filing=filing, version=number).first()
    if version is None:
        raise Http404
    return filing, version


def _file(content: bytes, version: FilingVersion, ending: str, media: str) -> HttpResponse:
    name = f"{slug_of(version.number)}-v{version.version}-receipt.{ending}"
    response = HttpResponse(content, content_type=media)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return response
