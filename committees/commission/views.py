"""Pages of the commission: all that is filed, its export, the tables to countersign."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from committees.commission.actions import CountersignRefused, countersign
from committees.commission.queries import Asked, digest_of_table, filed_filings, periods_and_kinds, standing_of, tables
from committees.filings.flows import FILING_FLOW
from committees.filings.kinds import kind_of
from committees.filings.models import Call, Filing
from committees.filings.slugs import slug_of
from committees.workbooks.exports import ExportValue, rows_to_csv, rows_to_xlsx
from tenants.clock import request_time
from tenants.doors import association_door, person
from tenants.exports import note_export
from tenants.models import AssociationRole
from tenants.standing import stand

PER_PAGE = 50
MEDIA = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@association_door(AssociationRole.COMMISSION)
@require_safe
def filed_list(request: HttpRequest) -> HttpResponse:
    """Every filed return, by period, kind and school."""
    asked = _asked(request)
    rows = Paginator(filed_filings(asked), PER_PAGE).get_page(request.GET.get("page"))
    periods, kinds = periods_and_kinds()
    stand(request, "commission", (_("Filed returns"), ""))
    context: dict[str, Any] = {
        "rows": rows, "asked": asked, "periods": periods, "kinds": [(code, str(kind_of(code).name)) for code in kinds],
        "lines": [(filing, FILING_FLOW.state(filing.state), slug_of(filing.number or "")) for filing in rows],
        "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "commission/filed.html", context)


@association_door(AssociationRole.COMMISSION)
@require_safe
def filed_export(request: HttpRequest, form: str) -> HttpResponse:
    """The same list as .csv or .xlsx."""
    titles = ["number", "period", "kind", "committee", "school", "code", "type", "state", "version", "sealed_at", "seal",
              "counts"]  # fmt: skip
    rows = list(_export_rows(filed_filings(_asked(request))))
    note_export(request, what="commission", count=len(rows))
    made = rows_to_csv(titles, rows) if form == "csv" else rows_to_xlsx(titles, rows)
    response = HttpResponse(made.content, content_type=MEDIA[form])
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"filed.{form}") or ""
    return response


@association_door(AssociationRole.COMMISSION)
@require_safe
def table_list(request: HttpRequest) -> HttpResponse:
    """A year's tables, each with its countersignature and whether the figures have changed since."""
    page = Paginator(tables(), 10).get_page(request.GET.get("page"))
    lines = [(call, slug_of(call.number), standing_of(call), *digest_of_table(call)) for call in page]
    stand(request, "commission", (_("Tables of the year"), ""))
    return render(request, "commission/tables.html", {"rows": page, "lines": lines})


@association_door(AssociationRole.COMMISSION)
@require_POST
def table_countersign(request: HttpRequest, public_id: str) -> HttpResponse:
    """The commission's name under a table, as it was seen."""
    call = get_object_or_404(Call.objects.exclude(state__in=("drafted", "cancelled")), public_id=public_id)
    try:
        countersign(call=call, seen=request.POST.get("seen", ""), by=person(request), at=request_time(request))
    except CountersignRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Countersigned: %(title)s.") % {"title": call.title})
    return redirect("commission_tables")


def _asked(request: HttpRequest) -> Asked:
    words = {name: request.GET.get(name, "").replace("\0", "").strip()[:60] for name in ("period", "kind", "school")}
    return Asked(**words)


def _export_rows(filings: Any) -> Iterator[list[ExportValue]]:
    for filing in filings:
        yield _export_row(filing)


def _export_row(filing: Filing) -> list[ExportValue]:
    version, call, school = filing.latest, filing.call, filing.school
    assert version is not None
    return [
        filing.number, call.period, call.kind, call.committee.code, school.name_zh, school.code, school.type, filing.state,
        version.version, version.sealed_at.isoformat(), version.seal, filing.counted_id is not None,
    ]  # fmt: skip
