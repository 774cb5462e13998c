"""The way between the association's sign-in and a school's host, and the way out of all hosts."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tenants.actions.security import record_event
from tenants.actions.signins import end_sign_in
from tenants.actions.tickets import issue_ticket, use_ticket
from tenants.clock import request_day, request_time
from tenants.doors import person, public_door, signed_in
from tenants.hosts import place_of
from tenants.models import School, SchoolState, SecurityAction, SignIn
from tenants.queries import roles_in
from tenants.signin.entry import challenge_in, is_challenge, leave_for_entry
from tenants.signin.limits import remember_browser
from tenants.signin.origin import plain_host
from tenants.signin.paths import localized, path_or
from tenants.signin.sessions import SIGN_IN

BACKEND = "tenants.signin.backend.AnyNameBackend"


@never_cache
@require_safe
@signed_in
def school_enter(request: HttpRequest) -> HttpResponse:
    """At the association: give a member of the school a ticket; to everybody else the school is unknown."""
    school = School.objects.filter(code=request.GET.get("school", ""), state=SchoolState.OPEN).first()
    host = request.GET.get("host") or (school.host if school else "")
    challenge = request.GET.get("challenge", "")
    if school is None or not _leads_to(host, school) or not roles_in(person(request), school, request_day(request)):
        at, code = request_time(request), request.GET.get("school", "")[:20]
        record_event(
            action=SecurityAction.ENTRY_REFUSED, user=request.user, at=at, school=school, succeeded=False, code=code
        )
        raise Http404
    address = f"{settings.SCHEME}://{host}{settings.PORT_SUFFIX}"
    path = path_or(request.GET.get("next"), localized("/desk/"))
    if not is_challenge(challenge):
        # Came without a nonce (a typed address): the school's host begins the way anew.
        return HttpResponseRedirect(f"{address}{path}")
    sign_in = SignIn.objects.get(pk=request.session[SIGN_IN])
    token = issue_ticket(sign_in=sign_in, school=school, host=host, challenge=challenge, at=request_time(request))
    return HttpResponseRedirect(f"{address}{localized('/enter/')}?{urlencode({'ticket': token, 'next': path})}")


@never_cache
@require_safe
@public_door
def ticket_take(request: HttpRequest) -> HttpResponse:
    """At the school: a good ticket begins this host's session. A bad one says so and offers the way anew."""
    path, at = path_or(request.GET.get("next"), localized("/desk/")), request_time(request)
    school: School = request.school  # type: ignore[attr-defined]
    token, challenge = request.GET.get("ticket", ""), challenge_in(request)
    sign_in = use_ticket(token=token, challenge=challenge, school=school, host=plain_host(request), at=at)
    if sign_in is None or not sign_in.user.is_active:
        record_event(action=SecurityAction.ENTRY_REFUSED, at=at, school=school, succeeded=False, nonce=bool(challenge))
        return render(request, "tenants/entry_refused.html", {"path": path}, status=403)
    login(request, sign_in.user, backend=BACKEND)
    request.session[SIGN_IN] = sign_in.pk
    remember_browser(request, sign_in.user)
    record_event(action=SecurityAction.SCHOOL_ENTERED, user=sign_in.user, at=at, school=school)
    response = HttpResponseRedirect(path)
    response.delete_cookie(settings.ENTRY_COOKIE_NAME, path="/", samesite="Lax")
    response.cookies[settings.ENTRY_COOKIE_NAME]["secure"] = settings.HOST_COOKIES
    return response


@never_cache
@require_safe
@public_door
def entry_begin(request: HttpRequest) -> HttpResponse:
    """At the school: begin the way to the association anew (the button of a refused ticket)."""
    return leave_for_entry(request, path_or(request.GET.get("next"), localized("/desk/")))


@require_POST
@public_door
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out here and, with their next request, on every other host."""
    end_sign_in(session=request.session, by=request.user, at=request_time(request))
    request.session.flush()
    return HttpResponseRedirect(f"{settings.ASSOCIATION_URL}{localized('/accounts/signed-out/')}")


@require_safe
@public_door
def signed_out(request: HttpRequest) -> HttpResponse:
    """The page after signing out."""
    return render(request, "tenants/signed_out.html")


@require_safe
@public_door
def sign_up_closed(request: HttpRequest) -> HttpResponse:
    """Nobody signs up: accounts come by invitation."""
    return render(request, "account/signup_closed.html")


def _leads_to(host: str, school: School) -> bool:
    found = place_of(host)
    return found.known and not found.canonical and found.school is not None and found.school.pk == school.pk
