"""Pages of the commission: all that is filed, and the tables to countersign."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from committees.commission.actions import CountersignRefused, countersign
from committees.commission.queries import asked_in, filed_filings, periods_and_kinds, tables, tables_stand, told_of
from committees.commission.talk_reads import open_talks
from committees.filings.flows import UNSENT
from committees.filings.kinds import kind_of
from committees.filings.models import Call
from committees.filings.slugs import slug_of
from committees.filings.windows_of import SHOWN
from tenants.clock import request_time
from tenants.doors import association_door, person
from tenants.models import AssociationRole
from tenants.standing import stand

PER_PAGE = 50


@association_door(AssociationRole.COMMISSION)
@require_safe
def filed_list(request: HttpRequest) -> HttpResponse:
    """Every filed return, by period, kind and school."""
    asked = asked_in(request.GET)
    rows = Paginator(filed_filings(asked), PER_PAGE).get_page(request.GET.get("page"))
    periods, kinds = periods_and_kinds()
    stand(request, "commission", (_("Filed returns"), ""))
    context: dict[str, Any] = {
        "rows": rows, "asked": asked, "periods": periods, "kinds": [(code, str(kind_of(code).name)) for code in kinds],
        "lines": [(filing, SHOWN[told_of(filing)], slug_of(filing.number or "")) for filing in rows],
        "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "commission/filed.html", context)


@association_door(AssociationRole.COMMISSION)
@require_safe
def table_list(request: HttpRequest) -> HttpResponse:
    """A year's tables, each with its countersignature and whether the figures have changed since."""
    page = Paginator(tables(), 10).get_page(request.GET.get("page"))
    lines = tables_stand(list(page))
    stand(request, "commission", (_("Tables of the year"), ""))
    talks = open_talks(page)
    return render(
        request, "commission/tables.html", {"rows": page, "lines": [(one, talks.get(one.call.pk, 0)) for one in lines]}
    )


@association_door(AssociationRole.COMMISSION)
@require_POST
def table_countersign(request: HttpRequest, public_id: str) -> HttpResponse:
    """The commission's name under a table, as it was seen."""
    call = get_object_or_404(Call.objects.exclude(state__in=(*UNSENT, "cancelled")), public_id=public_id)
    try:
        countersign(call=call, seen=request.POST.get("seen", ""), by=person(request), at=request_time(request))
    except CountersignRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Countersigned: %(title)s.") % {"title": call.title})
    return redirect("commission_tables")
