"""What a signature needs on a page: the statement, the password, the code; or the stamped scan with name and day."""

import logging
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from committees.files.inspection import Inspection, Policy, Refusal, inspect_upload
from committees.files.photos import photo_as_jpeg
from committees.files.receiving import why_no_file
from committees.filings.approvals import StampedPaper
from tenants.actions.proving import prove_person
from tenants.clock import request_time
from tenants.verdicts import Refused

log = logging.getLogger(__name__)
#: A scan is a PDF or a picture.
SCAN = Policy(kinds=frozenset({"pdf", "jpeg", "png"}))
LONGEST_NAME = 64


class NotSigned(Exception):
    """Something of the signature is missing or wrong; the text says what, to the person."""


@dataclass(frozen=True)
class Typed:
    """What was typed about the paper, to stand in the form again."""

    signer: str
    signed_on: str

    @classmethod
    def of(cls, request: Any) -> "Typed":
        """As it was sent."""
        return cls(request.POST.get("signer", "")[:LONGEST_NAME], request.POST.get("signed_on", "")[:10])


def prove_signature(request: Any) -> None:
    """The statement is ticked, the person is who he says. Raises NotSigned."""
    if not request.POST.get("stated"):
        raise NotSigned(_("Tick the statement first, then file."))
    verdict = prove_person(
        request=request, user=request.user, password=request.POST.get("password", ""), at=request_time(request),
        code=request.POST.get("code", ""),
    )  # fmt: skip
    if isinstance(verdict, Refused):
        raise NotSigned(str(verdict.reason))


def paper_in(request: Any) -> StampedPaper:
    """The scan as it was sent, looked at; a photo in HEIC becomes a JPEG. Raises NotSigned."""
    typed, upload = Typed.of(request), request.FILES.get("scan")
    if not typed.signer.strip() or not typed.signed_on:
        raise NotSigned(_("Say who signed the paper, and on what day."))
    try:
        signed_on = date.fromisoformat(typed.signed_on)
    except ValueError:
        raise NotSigned(_("Give the day of the signature as year, month and day.")) from None
    if upload is None:
        raise NotSigned(why_no_file(request, _("Choose the scan first: a PDF, or a photo of the stamped paper.")))
    content, name = photo_as_jpeg(upload, upload.name)
    inspected = inspect_upload(name, content, SCAN)
    if isinstance(inspected, Refusal):
        raise NotSigned(f"{upload.name}：{inspected.message} {inspected.advice}")
    assert isinstance(inspected, Inspection)
    return StampedPaper(content, inspected, typed.signer.strip(), signed_on)
