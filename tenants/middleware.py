"""From host to school to membership, at the door of every request."""

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import Any

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotFound,
    HttpResponsePermanentRedirect,
)
from django.urls import set_urlconf
from django.utils.functional import cached_property

from tenants.context import leave_school, school_scope
from tenants.hosts import Place, place_of

Next = Callable[[HttpRequest], HttpResponse]


class FloorMiddleware:
    """Stands first: puts the request on its floor, answers 404 to a host that is nobody's."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        leave_school()
        host = request._get_raw_host().rsplit(":", 1)[0]  # type: ignore[attr-defined]
        place = place_of(host)
        if not place.known:
            return HttpResponseNotFound("404\n", content_type="text/plain; charset=utf-8")
        if place.canonical:
            target = f"{settings.SCHEME}://{place.canonical}{settings.PORT_SUFFIX}{request.get_full_path()}"
            # Permanent, but not for ever in a browser: a school may take its old code back.
            return HttpResponsePermanentRedirect(target, headers={"Cache-Control": "max-age=600"})
        return self._serve(request, place)

    def _serve(self, request: HttpRequest, place: Place) -> HttpResponse:
        request.school = place.school  # type: ignore[attr-defined]
        if place.school is None:
            request.urlconf = settings.PUBLIC_SCHEMA_URLCONF
            set_urlconf(settings.PUBLIC_SCHEMA_URLCONF)
            return self.get_response(request)
        request.urlconf = settings.SCHOOL_URLCONF
        set_urlconf(settings.SCHOOL_URLCONF)
        with school_scope(place.school):
            return self.get_response(request)


class MembershipMiddleware:
    """Behind authentication: `request.roles` are the roles held in this school, `request.association_roles` those held
    at the association (each empty on the other's host)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.roles = HeldRoles(request, in_school=True)  # type: ignore[attr-defined]
        request.association_roles = HeldRoles(request, in_school=False)  # type: ignore[attr-defined]
        return self.get_response(request)


class HeldRoles(AbstractSet[str]):
    """The roles a person holds here, as a set that asks who is asking only when it is looked into.

    They came along with the person (tenants.queries.signed_in_person): no query of its own.
    """

    def __init__(self, request: HttpRequest, *, in_school: bool) -> None:
        self._request = request
        self._in_school = in_school

    @cached_property
    def _held(self) -> frozenset[str]:
        request = self._request
        if (request.school is not None) is not self._in_school or not request.user.is_authenticated:  # type: ignore[attr-defined]
            return frozenset()
        return frozenset(getattr(request.user, "held", ()))

    @classmethod
    def _from_iterable(cls, it: Iterable[Any]) -> Any:
        return frozenset(it)

    def __contains__(self, role: object) -> bool:
        return role in self._held

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)
