"""The secretary's register of schools: finding, opening, inviting heads."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tenants.actions import build_school, register_school
from tenants.actions.accounts import AccountRefused, make_reset_code
from tenants.actions.invitations import invite
from tenants.clock import request_day, request_time
from tenants.doors import association_door, person
from tenants.forms.people import InviteHead
from tenants.forms.schools import FindSchools, OpenSchool, code_fault
from tenants.frames import page
from tenants.models import InvitationKind, Membership, School, SchoolRole, SchoolState, SecurityAction, SecurityEvent
from tenants.opening import opening_steps
from tenants.queries import members_of, open_invitations, schools_found

ROWS = 30


@require_safe
@association_door("secretary", "system_admin")
def schools_list(request: HttpRequest) -> HttpResponse:
    """All schools, found by name, pinyin or code."""
    form = FindSchools(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    sort = request.GET.get("sort", "name")
    rows = Paginator(schools_found(sort=sort, **asked), ROWS).get_page(request.GET.get("page"))
    template = "tenants/schools_list.html" + ("#found" if request.htmx else "")  # type: ignore[attr-defined]
    return page(request, template, [(_("Schools"), "")], form=form, rows=rows, sort=sort, total=School.objects.count())


@require_http_methods(["GET", "POST"])
@association_door("secretary")
def school_open(request: HttpRequest) -> HttpResponse:
    """Enter a school in the register; its page then builds it."""
    form = OpenSchool(request.POST or None)
    if request.method == "POST" and form.is_valid():
        school = register_school(by=person(request), at=request_time(request), **form.cleaned_data)
        return redirect("office_school", code=school.code)
    crumbs = [(_("Schools"), "office_schools"), (_("Open a school"), "")]
    return page(request, "tenants/school_open.html", crumbs, status=422 if form.errors else None, form=form)


@require_safe
@association_door("secretary")
def code_check(request: HttpRequest) -> HttpResponse:
    """While the code is typed: the address it gives, or what is wrong with it (a fragment)."""
    code = request.GET.get("code", "").strip().lower()
    school = School(code=code)
    return render(
        request, "tenants/code_check.html", {"code": code, "school": school, "fault": code_fault(code) if code else ""}
    )


def _school(code: str) -> School:
    return get_object_or_404(School, code=code)


@require_safe
@association_door("secretary", "system_admin")
def school_show(request: HttpRequest, code: str) -> HttpResponse:
    """One school: how far its opening has come, its people, its invitations."""
    school = _school(code)
    return page(request, "tenants/school_show.html", _crumbs(school), **_state_of(request, school))


@require_POST
@association_door("secretary")
def school_step(request: HttpRequest, code: str) -> HttpResponse:
    """Do the next step that the system does by itself. Pressing it again, or twice at once, does no harm."""
    school = _school(code)
    if school.state == SchoolState.OPENING:
        school = build_school(school=school, by=person(request), at=request_time(request))
    if request.htmx:  # type: ignore[attr-defined]
        return page(request, "tenants/school_show.html#steps", **_state_of(request, school))
    return redirect("office_school", code=code)


@require_POST
@association_door("secretary")
def head_invite(request: HttpRequest, code: str) -> HttpResponse:
    """Invite the school's head; the sheet with link and code follows."""
    school, form = _school(code), InviteHead(request.POST)
    if school.state != SchoolState.OPEN or not form.is_valid():
        context = {**_state_of(request, school), "form": form}
        return page(request, "tenants/school_show.html", _crumbs(school), status=422, **context)
    row = invite(
        kind=InvitationKind.MEMBERSHIP, school=school, role=SchoolRole.HEAD, by=person(request),
        at=request_time(request), **form.cleaned_data,
    )  # fmt: skip
    return redirect("invitation_sheet", public_id=row.public_id)


@require_POST
@association_door("secretary")
def school_member_reset(request: HttpRequest, code: str, public_id: str) -> HttpResponse:
    """A reset code for a member, where the school's head cannot make one."""
    row = get_object_or_404(Membership.objects.select_related("user"), school__code=code, public_id=public_id)
    try:
        made = make_reset_code(person=row.user, by=person(request), at=request_time(request))
    except AccountRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("office_school", code=code)
    return redirect("reset_sheet", public_id=made.public_id)


def _crumbs(school: School) -> list[tuple[str, str]]:
    return [(_("Schools"), "office_schools"), (school.name, "")]


def _state_of(request: HttpRequest, school: School) -> dict[str, Any]:
    steps = opening_steps(school)
    return {
        "school": school,
        "steps": steps,
        "next_step": next((step for step in steps if not step.done), None),
        "members": members_of(school, request_day(request)),
        "invitations": open_invitations(request_time(request)).filter(school=school),
        "ended": _ended(school),
        "former": sorted(school.retired_codes.exclude(code=school.code).values_list("code", flat=True)),
        "form": InviteHead(initial={"starts_on": request_day(request)}),
    }


def _ended(school: School) -> SecurityEvent | None:
    """The line of the security log that says when and why a school was closed, if it is."""
    if school.state not in {SchoolState.CLOSED, SchoolState.MERGED}:
        return None
    ends = [SecurityAction.SCHOOL_CLOSED, SecurityAction.SCHOOL_MERGED]
    return SecurityEvent.objects.filter(school=school, action__in=ends).order_by("-at", "-pk").first()
