"""Pages on which a committee defines calls that come again, looks ahead, pauses and ends them."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from committees.calendar.queries import load_overrides
from committees.filings import series_actions
from committees.filings.change_forms import SeriesForm
from committees.filings.committee_pages import committee_page
from committees.filings.disclosures import meaning_of
from committees.filings.flows import CALL_FLOW, SERIES_FLOW, UNSENT
from committees.filings.kinds import kind_of
from committees.filings.models import FormVersion, Series
from committees.filings.periods import period_of
from committees.filings.posted import posted_key, posted_reason, posted_version
from committees.filings.series_reads import calls_of, next_dates, series_lines, series_of
from committees.roster.seat_doors import Seated, seat_door
from committees.workflow.advance import MoveRefused
from tenants.clock import request_day, request_time
from tenants.models import SchoolType

MOST_CALLS = 24
SAME = (
    "title_zh", "title_en", "text", "school_types", "next_period", "last_period", "opens", "opens_workday", "due_workdays",
    "takes_late", "disclosure", "attribution",
)  # fmt: skip


@seat_door("officer", "chair", "expert", commission=True)
@require_safe
def series_list(request: HttpRequest, code: str) -> HttpResponse:
    """All series of the committee with the dates of their next calls."""
    seated: Seated = request.seated  # type: ignore[attr-defined]
    lines = series_lines(list(series_of(seated.committee)), load_overrides())
    rows = [(line, SERIES_FLOW.state(line.series.state).label, kind_of(line.series.kind).name) for line in lines]
    crumbs = [(seated.committee.short, reverse("committee_room", args=[code])), (_("Series of calls"), "")]
    return committee_page(request, "filings/series/list.html", door="series", crumbs=crumbs, rows=rows)


@seat_door("officer", "chair")
@require_http_methods(["GET", "HEAD", "POST"])
def series_new(request: HttpRequest, code: str) -> HttpResponse:
    """Define a series; it runs at once."""
    seated: Seated = request.seated  # type: ignore[attr-defined]
    start = {"next_period": period_of(request_day(request), "month")}
    form = SeriesForm(seated.committee, request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        given: Any = {"by": request.user, "at": request_time(request)}
        series = series_actions.define_series(committee=seated.committee, words=form.writing(), **given)
        messages.success(request, _("The series runs. Its calls open by themselves on the days below."))
        return HttpResponseRedirect(_address(series))
    return _form_page(request, form, None)


@seat_door("officer", "chair")
@require_http_methods(["GET", "HEAD", "POST"])
def series_edit(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """Change what later calls will say."""
    series = _series(request, public_id)
    if series.state == "ended":
        raise Http404
    newest = FormVersion.objects.filter(code=series.form_code).order_by("-version")[0]
    initial = {"asks": f"{series.kind}:{newest.pk}", **{name: getattr(series, name) for name in SAME}}
    post = request.POST if request.method == "POST" else None
    form = SeriesForm(series.committee, post, initial=initial, fixed=True)
    if request.method == "POST" and form.is_valid():
        try:
            series_actions.redefine_series(series=series, words=form.writing(), **_told(request))
        except MoveRefused as refused:
            form.add_error(None, str(refused.reason))
        else:
            messages.success(request, _("Changed for all calls to come."))
            return HttpResponseRedirect(_address(series))
    return _form_page(request, form, series)


@seat_door("officer", "chair", "expert", commission=True)
@require_safe
def series_show(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """One series: what it asks, its next dates, the calls that came of it."""
    series = _series(request, public_id)
    seated: Seated = request.seated  # type: ignore[attr-defined]
    found = calls_of(series).exclude(state__in=(*UNSENT, "cancelled")) if seated.only_filed else calls_of(series)
    calls = [(call, CALL_FLOW.state(call.state).label) for call in found[:MOST_CALLS]]
    types = [str(SchoolType(kind).label) for kind in series.school_types]
    return committee_page(
        request, "filings/series/show.html", door="series", crumbs=_crumbs(request, series.title), series=series,
        kind=kind_of(series.kind), state_label=SERIES_FLOW.state(series.state).label, types=types, calls=calls,
        dates=next_dates(series, load_overrides()), meaning=meaning_of(series.disclosure), key=uuid4(),
    )  # fmt: skip


@seat_door("officer", "chair")
@require_POST
def series_move(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """Pause, go on, end."""
    series, do = _series(request, public_id), request.POST.get("do", "")
    moves = {"pause": series_actions.pause_series, "end": series_actions.end_series}
    if do not in {*moves, "resume"}:
        raise Http404
    try:
        if do == "resume":
            series_actions.resume_series(series=series, **_told(request))
        else:
            moves[do](series=series, reason=posted_reason(request), **_told(request))
    except MoveRefused as refused:
        messages.error(request, str(refused.reason))
    else:
        messages.success(request, _("Done: %(state)s.") % {"state": SERIES_FLOW.state(series.state).label})
    return HttpResponseRedirect(_address(series))


def _told(request: HttpRequest) -> dict[str, Any]:
    return {
        "by": request.user, "at": request_time(request), "version": posted_version(request), "key": posted_key(request),
    }  # fmt: skip


def _series(request: HttpRequest, public_id: UUID) -> Series:
    seated: Seated = request.seated  # type: ignore[attr-defined]
    return get_object_or_404(
        Series.objects.select_related("committee"), public_id=public_id, committee=seated.committee
    )


def _form_page(request: HttpRequest, form: SeriesForm, series: Series | None) -> HttpResponse:
    title = series.title if series else _("New series")
    return committee_page(
        request, "filings/series/form.html", door="series", crumbs=_crumbs(request, title), form=form, series=series,
        key=request.POST.get("key") or uuid4(), status=422 if form.errors else None,
    )  # fmt: skip


def _crumbs(request: HttpRequest, title: str) -> list[tuple[Any, str]]:
    seated: Seated = request.seated  # type: ignore[attr-defined]
    return [(_("Series of calls"), reverse("committee_series", args=[seated.committee.code])), (title, "")]


def _address(series: Series) -> str:
    return reverse("committee_series_show", kwargs={"code": series.committee.code, "public_id": series.public_id})
