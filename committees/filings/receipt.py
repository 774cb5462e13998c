"""The receipt of a sealed version, as a paper and as a file: what the school holds in its hand. No writes."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from committees.filings.daily_roots import root_of
from committees.filings.kinds import kind_of
from committees.filings.lateness import Lateness, lateness_of
from committees.filings.models import ApprovalWay, DailyRoot, Evidence, Filing, FilingVersion
from committees.filings.sealing import approval_line
from committees.filings.slugs import slug_of
from committees.papers.pdf import make_pdf, qr_svg
from committees.papers.writing import day, moment, size
from tenants.clock import local_day

TEMPLATE = Path(__file__).parent / "papers" / "receipt.typ"


def check_address(version: FilingVersion) -> str:
    """Where anyone compares a receipt with what stands here."""
    asked = urlencode({"number": slug_of(version.number), "seal": version.seal})
    return f"{settings.ASSOCIATION_URL}/check/?{asked}"


def receipt_pdf(filing: Filing, version: FilingVersion) -> bytes:
    """The paper: number, seal, what is under it, a QR code to the check page. The same bytes for the same version, until
    the root of its day is closed, which then stands on it too."""
    files = list(version.evidence.order_by("sha256"))
    facts = {
        "title": _("Receipt of a filing"), "school": filing.school.name, "number": version.number, "seal": version.seal,
        "version": _("version %(n)s") % {"n": version.version}, "rows": _rows(filing, version),
        "hashes": _hashes(version, _root(version)),
        "evidence": [{"name": file.name, "sha256": file.sha256, "size": size(file.size)} for file in files],
        "qr": qr_svg(check_address(version)), "address": f"{settings.ASSOCIATION_URL}/check/",
        "words": {
            "hashes": _("Under the seal"), "evidence": _("Evidence sealed with it"), "none": _("no files"),
            "check": _("Check this receipt"),
            "how": _("Scan the code, or type number and seal at the address below. The windows of the seal are lit by "
                     "its digits: on paper and on screen they must look the same."),
        },
    }  # fmt: skip
    return make_pdf(TEMPLATE, facts, at=version.sealed_at)


def receipt_json(filing: Filing, version: FilingVersion) -> str:
    """The same as a file that a program reads; times in UTC, hashes as hexadecimal digits."""
    root, came = _root(version), lateness_of(filing).get(version.version)
    told: dict[str, Any] = {
        "format": "houqin-receipt-1",
        "number": version.number,
        "version": version.version,
        "seal": version.seal,
        "payload_sha256": version.payload_sha256,
        "predecessor": version.predecessor,
        "form": {"code": version.form.code, "version": version.form.version, "digest": version.form.digest},
        "coefficients": version.coefficients,
        "approval": approval_line(version),
        "evidence": [_file(file) for file in version.evidence.order_by("sha256")],
        "sealed_at": version.sealed_at.isoformat(),
        **_came(came),
        "school": {"code": filing.school.code, "name_zh": filing.school.name_zh, "name_en": filing.school.name_en},
        "call": {
            "number": filing.call.number,
            "period": filing.call.period,
            "title_zh": filing.call.title_zh,
            "issuer_zh": filing.call.issuer_zh,
        },
        "root_of_day": {"day": root.day.isoformat(), "root": root.root} if root else None,
        "check": check_address(version),
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _file(file: Evidence) -> dict[str, Any]:
    return {"name": file.name, "sha256": file.sha256, "size": file.size}


def _root(version: FilingVersion) -> DailyRoot | None:
    return root_of(local_day(version.sealed_at))


def _rows(filing: Filing, version: FilingVersion) -> list[tuple[str, str]]:
    call = filing.call
    rows = [
        (_("Call"), f"{call.title}  {call.number}"),
        (_("Issued by"), call.issuer),
        (_("Asks for"), f"{kind_of(call.kind).name}  {version.form.form().version}"),
        (_("Period"), call.period),
        (_("Prepared by"), version.prepared_by.name),
        *_approval(version),
        (_("Sealed"), moment(version.sealed_at)),
        *_due(lateness_of(filing).get(version.version)),
    ]
    return [*rows, (_("Coefficients"), version.coefficients)] if version.coefficients else rows


def _due(came: Lateness | None) -> list[tuple[str, str]]:
    """The day it was due, and that it came late; nothing where it was filed before this was kept."""
    if came is None:
        return []
    late = _("filed late, on %(day)s") % {"day": day(came.came_on)} if came.late else ""
    return [(_("Due"), f"{day(came.due_on)}  {late}".rstrip())]


def _came(came: Lateness | None) -> dict[str, Any]:
    """The same for a program; null where it is not known."""
    if came is None:
        return {"due_on": None, "came_on": None, "late": None}
    return {"due_on": came.due_on.isoformat(), "came_on": came.came_on.isoformat(), "late": came.late}


def _approval(version: FilingVersion) -> list[tuple[str, str]]:
    """Who approved, and how: what `approval` in the file says in one line."""
    scan = version.scan if version.way == ApprovalWay.SCAN else None
    if scan:
        brought = _("brought by %(who)s") % {"who": version.approved_by.name}
        return [
            (_("Signed by"), f"{scan.signer}  {day(scan.signed_on)}"),
            (_("Stamped scan"), f"{scan.name}  {brought}"),
        ]
    said = {
        ApprovalWay.SIGNED: _("the head signed in and filed"),
        ApprovalWay.DEPUTY: _("for %(head)s, signed in") % {"head": version.approved_for},
    }.get(ApprovalWay(version.way)) if version.way else ""  # fmt: skip
    return [(_("Approved by"), version.approved_by.name), *([(_("Way of approval"), said)] if said else [])]


def _hashes(version: FilingVersion, root: DailyRoot | None) -> list[tuple[str, str]]:
    rows = [
        (_("Seal"), version.seal),
        (_("Payload"), version.payload_sha256),
        *([(_("Stamped scan"), version.scan.sha256)] if version.way == ApprovalWay.SCAN else []),
        (_("Form"), version.form.digest),
    ]
    if version.predecessor:
        rows.append((_("Version before"), version.predecessor))
    if root:
        rows.append((_("Root of %(day)s") % {"day": day(root.day)}, root.root))
    return rows
