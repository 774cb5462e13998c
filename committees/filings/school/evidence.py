"""Files that a school keeps beside a draft: listed, added, removed. On filing their hashes go under the seal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from committees.files.actions import keep_content
from committees.files.inspection import Inspection
from committees.filings.models import Draft, DraftEvidence, Filing
from committees.filings.schema import Form, Indicator
from committees.workflow.advance import MoveRefused, moved_on
from tenants.models import User

MOST_FILES = 20
MOST_BYTES = 120 * 1024 * 1024
"""Bytes of all files of one return together."""


def evidence_lines(draft: Draft | None) -> list[DraftEvidence]:
    """The files of a draft in the order in which they came."""
    return list(draft.evidence.order_by("added_at", "pk")) if draft else []


@dataclass(frozen=True)
class Papers:
    """The files at one item of the form; `item` None: beside the return as a whole."""

    item: Indicator | None
    files: Sequence[DraftEvidence]


def papers_by_item(form: Form, files: Sequence[DraftEvidence]) -> list[Papers]:
    """The files in groups: one for each item that takes files, one for the rest (always where no item takes any)."""
    wanted = [item for item in form.indicators() if item.is_file]
    codes = {item.code for item in wanted}
    rest = [file for file in files if file.indicator not in codes]
    groups = [Papers(item, [file for file in files if file.indicator == item.code]) for item in wanted]
    return [*groups, Papers(None, rest)] if rest or not wanted else groups


def add_evidence(
    *, filing: Filing, content: BinaryIO | bytes, inspection: Inspection, indicator: str = "", by: User, at: datetime
) -> DraftEvidence:
    """Keep an inspected file beside the draft. Raises MoveRefused when the return is not being filled in, is full, or
    has this very file already; StoreFull or StoreClosed when the store takes nothing."""
    with transaction.atomic():
        draft = _open_draft(filing)
        if draft.evidence.count() >= MOST_FILES:
            raise MoveRefused(_("At most %(most)s files belong to one return.") % {"most": MOST_FILES}, code="full")
        if inspection.size > (left := MOST_BYTES - _bytes_of(draft)):
            raise MoveRefused(_too_much(inspection.size, left), code="full")
        if draft.evidence.filter(sha256=inspection.sha256).exists():
            raise MoveRefused(_("This file is already here."), code="twice")
        return keep_content(
            DraftEvidence, content=content, inspection=inspection, draft=draft, indicator=indicator, added_at=at,
            added_by=by,
        )  # fmt: skip


def remove_evidence(*, filing: Filing, public_id: UUID) -> str:
    """Take a file from the draft; returns its name. What was sealed before keeps its own row. Raises MoveRefused."""
    with transaction.atomic():
        draft = _open_draft(filing)
        found = draft.evidence.filter(public_id=public_id).first()
        if found is None:
            return ""
        name = found.name
        found.delete()
        return name


def _bytes_of(draft: Draft) -> int:
    """Bytes of the files that lie beside a draft."""
    return int(draft.evidence.aggregate(sum=Sum("size"))["sum"] or 0)


def _too_much(size: int, left: int) -> str:
    """Why a file does not fit, in megabytes."""
    words = _("All files of a return may have %(most)s MB together; %(left)s MB are left, this file has %(size)s MB.")
    mb = 1024 * 1024
    return words % {"most": MOST_BYTES // mb, "left": f"{max(left, 0) / mb:.1f}", "size": f"{size / mb:.1f}"}


def _open_draft(filing: Filing) -> Draft:
    """The draft of a return that is being filled in, with its case locked."""
    locked = Filing.objects.select_for_update().get(pk=filing.pk)
    if locked.state != "started":
        raise moved_on(locked)
    return Draft.objects.select_for_update().get(filing_id=filing.public_id)
