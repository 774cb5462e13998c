"""A form sent after its sign-in had ended is kept for its sender: nobody types anything twice (AUT-08).

Kept as ciphertext; the key is a host-only cookie of the browser. Whoever reads the database, or signs in as somebody
else in the same browser, sees nothing of it.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tenants.clock import request_time
from tenants.models import KeptForm, User
from tenants.signin.origin import plain_host

MOST_FORMS = 20
_NEVER = ("password", "csrfmiddlewaretoken")


@dataclass(frozen=True)
class Kept:
    """A form that was put aside, and the key for the browser that sent it."""

    public_id: UUID
    key: str


@dataclass(frozen=True)
class Resumed:
    """A form to be sent again: where to, the fields in their order, and whether files were left out."""

    path: str
    fields: list[tuple[str, str]]
    had_files: bool


def keep_form(request: HttpRequest, behind: str) -> Kept | None:
    """Put a posted form aside for the person whose session had ended; None when there is nothing to keep.

    Forms with passwords are never kept, nor forms of visitors. What htmx sent while somebody typed (`behind` is the page
    it was sent from) comes back as if the page's own form had been sent.
    """
    person = getattr(request, "was_signed_in", None)
    if person is None or request.method != "POST" or not request.POST:
        return None
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name not in _NEVER]
    if any("password" in name for name in request.POST):
        return None
    path = behind if getattr(request, "htmx", False) else request.get_full_path()
    text = json.dumps({"path": path, "fields": fields, "files": bool(request.FILES)}).encode()
    if len(text) > settings.KEPT_FORM_MOST_BYTES:
        return None
    return _store(request, person, text)


def _store(request: HttpRequest, person: int, text: bytes) -> Kept:
    key, at = _key(request) or Fernet.generate_key().decode(), request_time(request)
    KeptForm.objects.filter(expires_at__lte=at).delete()
    mine = KeptForm.objects.filter(user_id=person)
    KeptForm.objects.filter(
        pk__in=list(mine.order_by("-kept_at").values_list("pk", flat=True)[MOST_FORMS - 1 :])
    ).delete()
    row = KeptForm.objects.create(
        user_id=person, host=plain_host(request), ciphertext=Fernet(key).encrypt(text), kept_at=at,
        expires_at=at + timedelta(hours=settings.KEPT_FORM_HOURS),
    )  # fmt: skip
    return Kept(row.public_id, key)


def write_kept_cookie(response: HttpResponse, kept: Kept) -> None:
    """Leave the key in the browser."""
    response.set_cookie(
        settings.KEPT_COOKIE_NAME, kept.key, max_age=settings.KEPT_FORM_HOURS * 3600, path="/", httponly=True,
        samesite="Lax", secure=settings.HOST_COOKIES,
    )  # fmt: skip


def resume_form(request: HttpRequest, user: User, public_id: UUID) -> Resumed | None:
    """The form as it was sent; None when it is another person's, host's or browser's, or too old."""
    key = _key(request)
    rows = KeptForm.objects.filter(public_id=public_id, user=user, host=plain_host(request))
    row = rows.filter(expires_at__gt=request_time(request)).first()
    if key is None or row is None:
        return None
    try:
        found = json.loads(Fernet(key).decrypt(bytes(row.ciphertext)))
    except InvalidToken:
        return None
    return Resumed(found["path"], [(name, value) for name, value in found["fields"]], found["files"])


def _key(request: HttpRequest) -> str | None:
    cookie = request.COOKIES.get(settings.KEPT_COOKIE_NAME, "")
    try:
        Fernet(cookie)
    except ValueError:
        return None
    return cookie
