"""Pages that change an open call: its words and day, its form, the schools it goes to."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from committees.filings.call_actions import WORDING, add_schools, change_form, reword_call
from committees.filings.change_forms import AddForm, NewFormForm, RewordForm
from committees.filings.committee_pages import committee_page
from committees.filings.models import Call
from committees.filings.posted import posted_key, posted_version
from committees.roster.seat_doors import Seated, seat_door
from committees.workflow.advance import MoveRefused
from tenants.clock import request_day, request_time
from tenants.queries import open_schools


@seat_door("officer", "chair")
@require_http_methods(["GET", "HEAD", "POST"])
def call_reword(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """Other words or a later day; both wordings are kept and the schools are told."""
    call = _open_call(request, public_id)
    form = RewordForm(call, _post(request), initial={name: getattr(call, name) for name in (*WORDING, "due_on")})
    if request.method == "POST" and form.is_valid():
        words = {name: form.cleaned_data[name] for name in WORDING}
        given = {"words": words, "due_on": form.cleaned_data["due_on"], **_told(request, form)}
        if _made(request, form, lambda: reword_call(call=call, **given)):
            messages.success(request, _("The call is changed; the schools that have not filed are told."))
            return HttpResponseRedirect(_address(call))
    return _page(
        request, call, form, gettext_lazy("Change the text"), _("Schools see what was before and what is new.")
    )


@seat_door("officer", "chair")
@require_http_methods(["GET", "HEAD", "POST"])
def call_change_form(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """Another version of the form: drafts are carried over, what is filed stays."""
    call = _open_call(request, public_id)
    form = NewFormForm(call, _post(request))
    if request.method == "POST" and form.is_valid():
        given = {"form": form.cleaned_data["form"], **_told(request, form)}
        if _made(request, form, lambda: change_form(call=call, **given)):
            messages.success(request, _("The form is changed; drafts are carried over when a clerk opens them."))
            return HttpResponseRedirect(_address(call))
    why = _("What was filled in is carried over by item. Items that the new form lacks are named to the clerk and stay "
            "readable. Returns that lie with a head go back to the clerk; what is filed stays as it is.")  # fmt: skip
    return _page(request, call, form, gettext_lazy("Change the form"), why)


@seat_door("officer", "chair")
@require_http_methods(["GET", "HEAD", "POST"])
def call_add_schools(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """Schools that joined later, each with a day of its own."""
    call = _open_call(request, public_id)
    known = call.filings.values("school")
    others = list(open_schools().exclude(pk__in=known).order_by("pinyin"))
    day = max(call.due_on, request_day(request))
    form = AddForm(others, _post(request), initial={"due_on": day})
    if request.method == "POST" and form.is_valid():
        codes = set(form.cleaned_data["schools"])
        chosen = [school for school in others if school.code in codes]
        given = {"schools": chosen, "due_on": form.cleaned_data["due_on"], **_told(request, form, reasoned=False)}
        if _made(request, form, lambda: add_schools(call=call, **given)):
            said = ngettext("Sent to %(n)s school.", "Sent to %(n)s schools.", len(chosen)) % {"n": len(chosen)}
            messages.success(request, said)
            return HttpResponseRedirect(_address(call))
    why = _("Schools that are addressed already are left as they are.")
    return _page(request, call, form, gettext_lazy("Add schools"), why, empty=not others)


def _open_call(request: HttpRequest, public_id: UUID) -> Call:
    seated: Seated = request.seated  # type: ignore[attr-defined]
    rows = Call.objects.select_related("committee", "form")
    call = get_object_or_404(rows, public_id=public_id, committee=seated.committee)
    if call.state != "opened":
        raise Http404
    return call


def _post(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _told(request: HttpRequest, form: forms.Form, *, reasoned: bool = True) -> dict[str, Any]:
    told: dict[str, Any] = {
        "by": request.user, "at": request_time(request), "version": posted_version(request), "key": posted_key(request),
    }  # fmt: skip
    return {**told, "reason": form.cleaned_data["reason"]} if reasoned else told


def _made(request: HttpRequest, form: forms.Form, move: Any) -> bool:
    """Whether the move was made; otherwise the form says why not, and keeps what was typed."""
    try:
        move()
    except MoveRefused as refused:
        form.add_error(None, str(refused.reason))
        return False
    return True


def _page(
    request: HttpRequest, call: Call, form: forms.Form, title: Any, why: str, *, empty: bool = False
) -> HttpResponse:
    crumbs = [
        (_("Calls"), reverse("committee_calls", args=[call.committee.code])), (call.number, _address(call)), (title, ""),
    ]  # fmt: skip
    return committee_page(
        request, "filings/call/change.html", door="calls", crumbs=crumbs, call=call, form=form, title=title, why=why,
        key=request.POST.get("key") or uuid4(), empty=empty, status=422 if form.errors else None,
    )  # fmt: skip


def _address(call: Call) -> str:
    return reverse("committee_call", kwargs={"code": call.committee.code, "public_id": call.public_id})
