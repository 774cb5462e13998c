"""How large a request may be: refused before its body is read, with a page that says so."""

import io

import pytest
from django.conf import settings
from django.core.handlers.wsgi import LimitedStream
from django.http import UnreadablePostError
from django.test import RequestFactory

from portal.limits import BodyLimitMiddleware
from tests.ground.clients import association_client, school_client

MB = 1024 * 1024
EVIDENCE = "/filings/00000000-0000-4000-8000-000000000000/evidence/"
pytestmark = pytest.mark.django_db


class Untouched(io.RawIOBase):
    """A body that must not be read."""

    def read(self, size=-1):
        raise AssertionError("the body was read")

    readable = read


class Endless(io.RawIOBase):
    """A body that never ends; counts what was taken of it."""

    taken = 0

    def read(self, size=-1):
        self.taken += size
        return b"x" * size


def post(client, path, body, **environ):
    """A POST whose body is `body` and whose headers are exactly `environ`."""
    request = {
        "PATH_INFO": path, "REQUEST_METHOD": "POST", "wsgi.input": body,
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
    }  # fmt: skip
    return client.request(**request, **environ)


@pytest.mark.requirement("UPL-01")
@pytest.mark.parametrize("actor", [None, "clerk_a"])
def test_60_mb_are_refused_before_the_body(cast, actor):
    client = school_client(cast.school_a, cast[actor] if actor else None)
    answer = post(client, EVIDENCE, Untouched(), CONTENT_LENGTH=str(60 * MB))
    assert answer.status_code == 413
    assert ">413</text>" in answer.text
    assert answer["Connection"] == "close"


@pytest.mark.requirement("UPL-01")
def test_chunks_without_length_are_cut_at_the_limit(cast):
    body = Endless()
    client = school_client(cast.school_a, cast["clerk_a"])
    answer = post(client, EVIDENCE, body, HTTP_TRANSFER_ENCODING="chunked", CONTENT_LENGTH="")
    assert answer.status_code == 413
    assert settings.REQUEST_MOST_BYTES < body.taken <= settings.REQUEST_MOST_BYTES + 128 * 1024


def test_chunks_within_the_limit_arrive_whole():
    seen = {}

    def view(request):
        seen.update(request.POST.items(), length=request.META["CONTENT_LENGTH"])

    request = RequestFactory().post("/", {"a": "1", "b": "x" * 5000})
    request.META.update({"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"})
    request.environ["wsgi.input"] = request._stream
    BodyLimitMiddleware(view)(request)
    assert (seen["a"], len(seen["b"])) == ("1", 5000)


@pytest.mark.parametrize("path", ["/accounts/login/", "/preferences/theme/", "/no/such/address/"])
def test_a_form_larger_than_django_takes_is_413_and_no_error(path):
    body = b"login=" + b"x" * (3 * MB)
    answer = association_client().post(path, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in {413, 404}
    assert answer.status_code == 413 or path.startswith("/no/")


def test_too_many_fields_are_413():
    body = "&".join(f"f{number}=1" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))
    answer = association_client().post("/accounts/login/", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413


@pytest.mark.parametrize("length", ["-1", "abc", "1e9", "٣", " 5", ""])
def test_an_odd_length_breaks_nothing(length):
    answer = post(association_client(), "/accounts/login/", io.BytesIO(b""), CONTENT_LENGTH=length)
    assert answer.status_code < 500


@pytest.mark.parametrize("guarded", [True, False])
def test_the_guard_is_what_refuses(settings, guarded):
    """Control: without the middleware the body is read."""
    if not guarded:
        settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "BodyLimit" not in name]
    client = association_client()
    if guarded:
        assert post(client, "/accounts/login/", Untouched(), CONTENT_LENGTH=str(60 * MB)).status_code == 413
    else:
        with pytest.raises(AssertionError, match="was read"):
            post(client, "/accounts/login/", Untouched(), CONTENT_LENGTH=str(60 * MB))


@pytest.mark.requirement("UPL-14")
@pytest.mark.parametrize("guarded", [True, False])
def test_a_form_cut_on_its_way_is_no_shorter_form(guarded):
    """A figure of 12345 kWh must not come in as 12. Control: without the guard it does."""
    request = RequestFactory().post("/", {"q": "12345"})
    request.META.update(CONTENT_TYPE="application/x-www-form-urlencoded", CONTENT_LENGTH="7")
    request.content_type = "application/x-www-form-urlencoded"
    request.environ["wsgi.input"] = io.BytesIO(b"q=12")
    request._stream = LimitedStream(request.environ["wsgi.input"], 7)

    def view(request):
        return request.POST["q"]

    if guarded:
        with pytest.raises(UnreadablePostError):
            BodyLimitMiddleware(view)(request)
    else:
        assert view(request) == "12"
