"""Evidence of a draft: one file in, one file out, removed again; sent only to members of the school."""

import logging
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from committees.files.inspection import EVIDENCE, Refusal, inspect_upload
from committees.files.receiving import why_no_file
from committees.files.store import StoreClosed, StoreFull
from committees.files.views import file_send
from committees.filings.models import DraftEvidence, Evidence, Filing, Scan
from committees.filings.school.evidence import add_evidence, remove_evidence
from committees.filings.school.reads import filing_of
from committees.workflow.advance import MoveRefused
from tenants.clock import request_time
from tenants.doors import school_door

log = logging.getLogger(__name__)


@school_door("head", "clerk")
@require_POST
def evidence_add(request: Any, public_id: UUID) -> HttpResponseBase:
    """Take a file beside the draft; what is refused is said with its reason."""
    filing = filing_of(request.school, public_id)
    back = HttpResponseRedirect(f"{reverse('filing_prepare', args=[public_id])}#evidence")
    upload = request.FILES.get("file")
    if upload is None:
        messages.error(request, why_no_file(request, _("Choose a file first.")))
        return back
    inspected = inspect_upload(upload.name, upload, EVIDENCE)
    if isinstance(inspected, Refusal):
        messages.error(request, f"{upload.name}：{inspected.message} {inspected.advice}")
        return back
    try:
        kept = add_evidence(
            filing=filing, content=upload, inspection=inspected, indicator=_item(request, filing), by=request.user,
            at=request_time(request),
        )  # fmt: skip
    except MoveRefused as refused:
        messages.error(request, str(refused))
    except StoreFull:
        log.exception("the file store is full")
        messages.error(request, _("There is no room left for files. Tell the administrator."))
    except StoreClosed:
        log.exception("the file store cannot be written to")
        messages.error(request, _("Files cannot be kept at the moment: yours was not taken. Tell the administrator."))
    else:
        messages.success(request, _("%(name)s is kept beside the return.") % {"name": kept.name})
    return back


def _item(request: Any, filing: Filing) -> str:
    """The item of the form that the file answers, where it answers one."""
    code = request.POST.get("item", "")
    return code if code in {item.code for item in filing.call.form.form().indicators() if item.is_file} else ""


@school_door("head", "clerk")
@require_POST
def evidence_remove(request: Any, public_id: UUID, evidence_id: UUID) -> HttpResponseBase:
    """Take a file from the draft."""
    filing = filing_of(request.school, public_id)
    try:
        name = remove_evidence(filing=filing, public_id=evidence_id)
    except MoveRefused as refused:
        messages.error(request, str(refused))
    else:
        if name:
            messages.success(request, _("%(name)s was removed.") % {"name": name})
    return HttpResponseRedirect(f"{reverse('filing_prepare', args=[public_id])}#evidence")


@school_door()
@require_GET
def evidence_send(request: Any, public_id: UUID, evidence_id: UUID) -> HttpResponseBase:
    """A file of this school's draft."""
    filing = filing_of(request.school, public_id)
    found = DraftEvidence.objects.filter(draft__filing_id=filing.public_id, public_id=evidence_id).first()
    if found is None:
        raise Http404
    return file_send(request, found, inline=True)


@school_door()
@require_GET
def sealed_evidence_send(request: Any, public_id: UUID, number: int, sha256: str) -> HttpResponseBase:
    """A file sealed with one of this school's versions."""
    filing = filing_of(request.school, public_id)
    of_version = {"filing_version__filing": filing, "filing_version__version": number, "sha256": sha256}
    found = Evidence.objects.filter(**of_version).first() or Scan.objects.filter(**of_version).first()
    if found is None:
        raise Http404
    return file_send(request, found, inline=True)
