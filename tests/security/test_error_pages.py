"""Answers that say no: a page of ours, in Chinese, with the request's number and no secrets."""

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from portal import errors
from tests.ground.clients import association_client, client_on, school_client

pytestmark = pytest.mark.django_db
SECRETS = ("Traceback", "/srv/secret", "site-packages", "SELECT ", "psycopg", "Django", "OperationalError")


def _raise(error):
    def view(*args, **kwargs):
        raise error

    return view


def _break(monkeypatch, error):
    from portal import urls  # noqa: F401
    from portal.urls import association

    pattern = next(item for item in association.urlpatterns if getattr(item, "name", "") == "theme_set")
    monkeypatch.setattr(pattern, "callback", _raise(error))


def _check(answer, code):
    assert answer.status_code == code
    assert f">{code}</text>" in answer.text
    assert answer["X-Request-ID"] in answer.text
    assert not [word for word in SECRETS if word in answer.text]


def test_405_has_a_page_and_says_what_is_allowed():
    answer = association_client().get("/preferences/theme/")
    _check(answer, 405)
    assert answer["Allow"] == "POST"
    assert not association_client().head("/preferences/theme/").content


def test_405_on_a_school_too(cast):
    _check(school_client(cast.school_a).get("/preferences/theme/"), 405)


def test_404_and_403(cast):
    _check(association_client().get("/nothing/here/"), 404)
    _check(school_client(cast.school_a).get("/nothing/here/"), 404)
    _check(association_client(cast["clerk_a"]).get("/cms/"), 403)


def test_a_broken_view_is_500(monkeypatch):
    _break(monkeypatch, RuntimeError("/srv/secret SELECT 1"))
    _check(association_client(raise_request_exception=False).post("/preferences/theme/"), 500)


@pytest.mark.requirement("G17")
def test_a_database_that_is_away_is_503(monkeypatch):
    _break(monkeypatch, OperationalError("connection refused at /var/run"))
    answer = association_client(raise_request_exception=False).post("/preferences/theme/")
    _check(answer, 503)
    assert answer["Retry-After"] == "30"


def test_a_database_that_is_away_at_the_door_is_503(monkeypatch):
    """Even the host cannot be looked up: the page is made outside of all other middleware."""
    monkeypatch.setattr("tenants.middleware.place_of", _raise(OperationalError("away")))
    answer = association_client(raise_request_exception=False).get("/")
    _check(answer, 503)
    assert "script-src 'self'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("code", sorted(errors.PAGES))
def test_an_empty_answer_gets_its_page(code):
    request = RequestFactory().get("/")
    answer = errors.ErrorPagesMiddleware(lambda _request: HttpResponse(status=code))(request)
    assert f">{code}</text>" in answer.text
    assert ("Retry-After" in answer) == (code in errors.RETRY_SECONDS)
    spoken = errors.ErrorPagesMiddleware(lambda _request: HttpResponse("own words", status=code))(request)
    assert spoken.text == "own words"


def test_a_host_of_nobody_gets_no_page():
    answer = client_on("nobody.elsewhere.test").get("/")
    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("text/plain")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_number_of_a_request_is_in_the_log(caplog, monkeypatch):
    from portal.request_ids import RequestIdFilter, current_request_id

    caplog.handler.addFilter(RequestIdFilter())
    answer = association_client().get("/nothing/here/")
    record = next(record for record in caplog.records if record.name == "django.request")
    assert record.request_id == answer["X-Request-ID"]
    assert current_request_id() == "-"


@pytest.mark.parametrize(("proxies", "given", "kept"), [
    (0, "abcdef0123456789", False), (1, "abcdef0123456789", True), (1, "a b\r\nX: y", False), (1, "x" * 65, False),
])  # fmt: skip
def test_a_strangers_number_is_not_believed(settings, proxies, given, kept):
    settings.PROXY_COUNT = proxies
    answer = association_client().get("/robots.txt", headers={"X-Request-ID": given})
    assert (answer["X-Request-ID"] == given) is kept
