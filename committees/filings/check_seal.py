"""The public check of a receipt: whether this seal stands under this number. No writes."""

import re
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from committees.filings.daily_roots import root_of
from committees.filings.models import DailyRoot, FilingVersion
from committees.filings.public_access import may_see_card
from committees.filings.slugs import number_of, slug_of
from tenants.clock import local_day
from tenants.doors import public_door

_SEAL = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Checked:
    """A receipt that agrees. `newer`: a later version stands under the same number. `card`: its card, where it is open."""

    version: FilingVersion
    newer: bool
    root: DailyRoot | None
    card: str


@public_door
@require_safe
def seal_check(request: HttpRequest) -> HttpResponse:
    """A form for number and seal, and the answer. Neither school nor figures are told: only what the receipt says itself."""
    typed = request.GET.get("number", "").replace("\0", "").strip()[:60]
    seal = re.sub(r"\s", "", request.GET.get("seal", "")).lower()[:80]
    asked = bool(typed or seal)
    checked = _check(request, typed, seal) if asked else None
    crumbs = [{"label": _("Home"), "href": "/"}, {"label": _("Check a receipt"), "href": ""}]
    context = {"asked": asked, "checked": checked, "typed": typed, "seal": seal, "crumbs": crumbs}
    response = render(request, "filings/public/check.html", context)
    response["Cache-Control"] = "private, no-cache"
    return response


def _check(request: HttpRequest, typed: str, seal: str) -> Checked | None:
    number = number_of(typed) or typed
    if not _SEAL.fullmatch(seal):
        return None
    rows = FilingVersion.objects.select_related("filing__call__committee", "filing__school")
    version = rows.filter(number=number, seal=seal).first()
    if version is None:
        return None
    newer = FilingVersion.objects.filter(filing=version.filing, version__gt=version.version).exists()
    card = slug_of(version.number) if may_see_card(request, version.filing) else ""
    return Checked(version, newer, root_of(local_day(version.sealed_at)), card)
