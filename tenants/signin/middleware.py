"""Who is asking: session, sign-in, person and roles with two queries."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from tenants.actions.security import record_event
from tenants.actions.signins import touch_sign_in
from tenants.clock import request_time
from tenants.models import SecurityAction, User
from tenants.queries import signed_in_person
from tenants.signin.limits import write_known_cookie
from tenants.signin.origin import forget_origin, remember_origin
from tenants.signin.second_step import is_enrolment
from tenants.signin.sessions import SIGN_IN
from tenants.signin.way_back import allow_way_back


class PersonMiddleware(AuthenticationMiddleware):
    """Django's authentication middleware with our way of finding the person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        super().__init__(get_response)

    def process_request(self, request: HttpRequest) -> None:
        """The person is looked up when somebody asks for them."""
        remember_origin(request)
        request.user = SimpleLazyObject(lambda: _person(request))  # type: ignore[assignment]

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Pages of a signed-in person are nobody else's, and gone after signing out (AUT-13)."""
        write_known_cookie(request, response)
        allow_way_back(request, response)
        if request.session.accessed and not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "no-store, private"
        forget_origin()
        return response


def _person(request: HttpRequest) -> User | AnonymousUser:
    session = request.session
    pk, sign_in = session.get(SESSION_KEY), session.get(SIGN_IN)
    if getattr(session, "carried", False):
        at = request_time(request)
        record_event(action=SecurityAction.SESSION_REFUSED, at=at, school=request.school, succeeded=False)  # type: ignore[attr-defined]
    if not pk or not sign_in:
        return AnonymousUser()
    user: Any = signed_in_person(int(pk), int(sign_in), request.school)  # type: ignore[attr-defined]
    if user is None or not constant_time_compare(session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()):
        request.was_signed_in = int(pk)  # type: ignore[attr-defined]
        session.flush()
        return AnonymousUser()
    request._at = user.asked_at  # type: ignore[attr-defined]
    request.person_id = user.pk  # type: ignore[attr-defined]
    if user.asked_at - user.sign_in_seen_at > timedelta(seconds=settings.SESSION_SEEN_SECONDS):
        touch_sign_in(sign_in=int(sign_in), at=user.asked_at)
    found: User = user
    if found.must_step and not found.stepped:  # type: ignore[attr-defined]
        request.second_step_due = True  # type: ignore[attr-defined]
        if not is_enrolment(request):
            return AnonymousUser()
    return found
