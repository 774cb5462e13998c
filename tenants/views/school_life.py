"""The secretary renames, closes, merges and reopens a school: each on a page that says what will follow."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tenants.actions import SchoolRefused, close_school, merge_school, rename_school, reopen_school
from tenants.clock import request_time
from tenants.doors import association_door, person
from tenants.forms.schools import CloseSchool, RenameSchool, WithReason
from tenants.frames import page
from tenants.models import School


@require_http_methods(["GET", "POST"])
@association_door("secretary")
def school_rename(request: HttpRequest, code: str) -> HttpResponse:
    """Other names, another code."""
    school = get_object_or_404(School, code=code)
    now = {field: getattr(school, field) for field in RenameSchool.base_fields}
    form = RenameSchool(request.POST if request.method == "POST" else None, initial=now)

    def act(**words: Any) -> School:
        return rename_school(school=school, **words)

    texts = {
        "title": _("Rename %(name)s"), "button": _("Save"),
        "says": _("Its books, people and filings stay. Old addresses lead to the new one."),
    }  # fmt: skip
    return _change(request, school, form, act, texts)


@require_http_methods(["GET", "POST"])
@association_door("secretary")
def school_close(request: HttpRequest, code: str) -> HttpResponse:
    """Close a school, or mark it as merged into another."""
    school = get_object_or_404(School, code=code)
    form = CloseSchool(request.POST if request.method == "POST" else None, school=school)

    def act(into: School | None, **words: Any) -> School:
        return merge_school(school=school, into=into, **words) if into else close_school(school=school, **words)

    texts = {
        "title": _("Close %(name)s"), "button": _("Close the school"), "kind": "stop",
        "says": _("Within two seconds its address answers nobody. Nothing is deleted; it can be opened again."),
    }  # fmt: skip
    return _change(request, school, form, act, texts)


@require_http_methods(["GET", "POST"])
@association_door("secretary")
def school_reopen(request: HttpRequest, code: str) -> HttpResponse:
    """Open a closed school again."""
    school = get_object_or_404(School, code=code)
    form = WithReason(request.POST if request.method == "POST" else None)

    def act(**words: Any) -> School:
        return reopen_school(school=school, **words)

    texts = {
        "title": _("Open %(name)s again"), "button": _("Open it again"),
        "says": _("Its address answers again, with all its books; its people get in as before."),
    }  # fmt: skip
    return _change(request, school, form, act, texts)


def _change(
    request: HttpRequest, school: School, form: forms.Form, act: Callable[..., School], texts: dict[str, str]
) -> HttpResponse:
    """The page and its POST; what is refused is said above the form."""
    if request.method == "POST" and form.is_valid():
        try:
            changed = act(by=person(request), at=request_time(request), **form.cleaned_data)
        except (SchoolRefused, ValidationError) as refusal:
            form.add_error(None, refusal if isinstance(refusal, ValidationError) else str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("office_school", code=changed.code)
    crumbs = [(_("Schools"), "office_schools"), (school.name, "")]
    title = texts["title"] % {"name": school.name}
    status = 422 if form.errors else None
    words = {**texts, "title": title, "school": school, "form": form}
    return page(request, "tenants/school_change.html", crumbs, status=status, **words)
