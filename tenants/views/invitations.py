"""The sheet of one invitation or reset code: link to copy, code to print; renewed or taken back."""

from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tenants.actions.accounts import reset_code, reset_link
from tenants.actions.invitations import (
    InvitationRefused,
    invitation_code,
    invitation_link,
    renew_invitation,
    revoke_invitation,
)
from tenants.clock import request_time
from tenants.doors import association_door, person, school_door
from tenants.frames import page
from tenants.models import AssociationRole, Invitation, InvitationKind, ResetCode
from tenants.offers import offer_of
from tenants.signin.codes import printed_code


def _mine(request: HttpRequest, public_id: str) -> Invitation:
    """An invitation that this person looks after; every other one is unknown."""
    row: Invitation = get_object_or_404(Invitation.objects.select_related("school", "made_by"), public_id=public_id)
    school = request.school  # type: ignore[attr-defined]
    if school is not None:
        known = row.kind == InvitationKind.MEMBERSHIP and row.school_id == school.pk
    else:
        keeper = AssociationRole.SYSTEM_ADMIN if row.kind == InvitationKind.POST else AssociationRole.SECRETARY
        known = keeper in request.association_roles  # type: ignore[attr-defined]
    if not known:
        raise Http404
    return row


def _invitation_sheet(request: HttpRequest, public_id: str) -> HttpResponse:
    """Link, code and the printable sheet, as long as the invitation is open."""
    row = _mine(request, public_id)
    open_now = not row.accepted_at and not row.revoked_at
    link = invitation_link(row) if open_now else ""
    context: dict[str, Any] = {
        "invitation": row, "offer": offer_of(row), "open": open_now, "late": row.expires_at <= request_time(request),
        "link": link, "qr": _qr(link), "code": printed_code(invitation_code(row)) if open_now else "",
        "type_at": f"{settings.ASSOCIATION_URL}/accounts/invitation/",
    }  # fmt: skip
    return page(request, "tenants/invitation_sheet.html", [(_("Invitation"), "")], **context)


def _invitation_renew(request: HttpRequest, public_id: str) -> HttpResponse:
    """A new code for another week."""
    row = _mine(request, public_id)
    try:
        renew_invitation(invitation=row, by=person(request), at=request_time(request))
        messages.success(request, _("New code made; the old one opens nothing any more."))
    except InvitationRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("invitation_sheet", public_id=public_id)


def _invitation_revoke(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take the invitation back."""
    row = _mine(request, public_id)
    try:
        revoke_invitation(invitation=row, by=person(request), at=request_time(request))
        messages.success(request, _("Invitation taken back."))
    except InvitationRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("invitation_sheet", public_id=public_id)


def _reset_sheet(request: HttpRequest, public_id: str) -> HttpResponse:
    """Link and code for a new password: shown to the person who made it, while it is open."""
    rows = ResetCode.objects.filter(
        made_by=person(request), used_at=None, revoked_at=None, expires_at__gt=request_time(request)
    )
    row: ResetCode = get_object_or_404(rows.select_related("user"), public_id=public_id)
    link = reset_link(row)
    context: dict[str, Any] = {"row": row, "link": link, "qr": _qr(link), "code": printed_code(reset_code(row))}
    context["type_at"] = f"{settings.ASSOCIATION_URL}/accounts/code/"
    return page(request, "tenants/reset_sheet.html", [(_("Reset code"), "")], **context)


def _qr(link: str) -> str:
    """The link as a QR code (an SVG inside the address): a phone reads it off the printed sheet."""
    return str(segno.make(link, micro=False).svg_data_uri(scale=4)) if link else ""


_office = association_door("secretary", "system_admin")
_head = school_door("head")
office_invitation_sheet = never_cache(require_safe(_office(_invitation_sheet)))
office_invitation_renew = require_POST(_office(_invitation_renew))
office_invitation_revoke = require_POST(_office(_invitation_revoke))
office_reset_sheet = never_cache(require_safe(association_door("secretary", "security_admin")(_reset_sheet)))
school_invitation_sheet = never_cache(require_safe(_head(_invitation_sheet)))
school_invitation_renew = require_POST(_head(_invitation_renew))
school_invitation_revoke = require_POST(_head(_invitation_revoke))
school_reset_sheet = never_cache(require_safe(_head(_reset_sheet)))
