"""Pages on which a committee carries old returns over: template, upload, all faults at once, a look, then the word."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from committees.filings.carried.actions import confirm_import, discard_import, read_import
from committees.filings.carried.forms import SpanForm
from committees.filings.carried.layout import layout_of_years
from committees.filings.carried.queries import imports_of, kind_of_form, lines_of, yearly_forms
from committees.filings.committee_pages import committee_page
from committees.filings.models import CarriedImport
from committees.filings.presenting import full_names
from committees.filings.workbook_files import MOST_MEGABYTES, mark_of, send_error_book, send_workbook, take_workbook
from committees.roster.seat_doors import Seated, seat_door
from committees.workbooks.writer import build_workbook
from committees.workflow.advance import MoveRefused
from tenants.clock import request_day, request_time
from tenants.queries import open_schools

CHANGES_A_PAGE = 50


@seat_door("officer", "chair")
@require_http_methods(["GET", "HEAD", "POST"])
def carried_list(request: HttpRequest, code: str) -> HttpResponse:
    """What was carried over so far; a workbook sent here is read and kept to be looked at."""
    if request.method != "POST":
        return _list(request, SpanForm(_forms(request), today=request_day(request)))
    form = SpanForm(_forms(request), request.POST, today=request_day(request))
    upload = take_workbook(request)
    if upload.problem or not form.is_valid():
        return _list(request, form, upload.problem, status=422)
    source = read_import(
        committee=_seated(request).committee, form=form.cleaned_data["form"], years=form.years(), content=upload.content,
        name=upload.name, by=request.user, at=request_time(request),  # type: ignore[arg-type]
    )  # fmt: skip
    return HttpResponseRedirect(_address("committee_carried_import", request, source))


@seat_door("officer", "chair")
@require_safe
def carried_template(request: HttpRequest, code: str) -> HttpResponse:
    """An empty workbook for the years and the form asked for."""
    form = SpanForm(_forms(request), request.GET, today=request_day(request))
    if not form.is_valid():
        return _list(request, form, status=422)
    layout = layout_of_years(form.cleaned_data["form"], form.years(), open_schools())
    return send_workbook(build_workbook(layout), f"{layout.title}.xlsx")


@seat_door("officer", "chair")
@require_http_methods(["GET", "HEAD", "POST"])
def carried_import(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """One workbook: its faults, or what it would carry over; then the word to do it, or to forget it."""
    source = _import(request, public_id)
    if request.method == "POST":
        return _decide(request, source)
    kind = kind_of_form(source.committee, source.form)
    names = full_names(source.form.form())
    lines, changes = lines_of(source, kind.code, names) if kind and not source.faults else ([], [])
    page = Paginator(changes, CHANGES_A_PAGE).get_page(request.GET.get("page"))
    crumbs = [(_("Old returns"), reverse("committee_carried", args=[source.committee.code])), (source.name, "")]
    return committee_page(
        request, "filings/carried/import.html", door="carried", crumbs=crumbs, source=source, lines=lines, page=page,
        total=sum(line.new + line.changed for line in lines),
    )  # fmt: skip


@seat_door("officer", "chair")
@require_safe
def carried_errors(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """The error workbook of an upload that could not be taken."""
    source = _import(request, public_id)
    if not source.faults:
        raise Http404
    marks = [
        mark_of(
            tuple(one["place"]) if one["place"] else None, one["sheet"], one["cell"],
            f"{one['label']} {one['column']}".strip(), one["typed"], one["why"], one["repair"],
        )
        for one in source.faults
    ]  # fmt: skip
    layout = layout_of_years(source.form, range(source.first_year, source.last_year + 1), open_schools())
    return send_error_book(layout, {}, marks, source.name)


def _decide(request: HttpRequest, source: CarriedImport) -> HttpResponse:
    told: dict[str, Any] = {"source": source, "by": request.user, "at": request_time(request)}
    try:
        if request.POST.get("do") == "confirm":
            count = confirm_import(**told)
            said = ngettext("%(n)s old return is carried over.", "%(n)s old returns are carried over.", count)
            messages.success(request, said % {"n": count})
        elif request.POST.get("do") == "discard":
            discard_import(**told)
            messages.info(request, _("The workbook is forgotten; nothing was changed."))
        else:
            raise Http404
    except MoveRefused as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(reverse("committee_carried", args=[source.committee.code]))


def _list(request: HttpRequest, form: SpanForm, problem: str = "", status: int | None = None) -> HttpResponse:
    page = Paginator(imports_of(_seated(request).committee), 20).get_page(request.GET.get("page"))
    return committee_page(
        request, "filings/carried/list.html", door="carried", crumbs=[(_("Old returns"), "")], form=form, page=page,
        problem=problem, status=status, most=MOST_MEGABYTES,
    )  # fmt: skip


def _import(request: HttpRequest, public_id: UUID) -> CarriedImport:
    found = CarriedImport.objects.select_related("committee", "form", "read_by", "confirmed_by")
    return get_object_or_404(found, committee=_seated(request).committee, public_id=public_id)


def _forms(request: HttpRequest) -> list[Any]:
    return [form for _kind, form in yearly_forms(_seated(request).committee)]


def _seated(request: HttpRequest) -> Seated:
    seated: Seated = request.seated  # type: ignore[attr-defined]
    return seated


def _address(name: str, request: HttpRequest, source: CarriedImport) -> str:
    return reverse(name, kwargs={"code": _seated(request).committee.code, "public_id": source.public_id})
