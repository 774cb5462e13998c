"""Headers: the rules find what they are for; production is strict; static files and redirects have theirs."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory

from portal.headers import HeadersMiddleware
from tests.ground.clients import association_client, school_client
from tests.ground.databases import ROOT
from tests.security.header_rules import OTHER_POLICY, header_faults

pytestmark = pytest.mark.django_db
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.production", "SCHEME": "https", "PORT": "443",
    "SECRET_KEY": "Zq3-"[::-1].join("abcdefghijklmnopqrstuvwxyz"),
    "DATABASE_URL": "postgresql://nobody@/nothing?host=/nowhere",
}  # fmt: skip


def _in_production(*words):
    environ = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "LANG"}}
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, env={**environ, **PRODUCTION}, capture_output=True, text=True, check=False
    )


@pytest.mark.requirement("G23")
def test_production_passes_the_deployment_check_with_warnings_as_errors():
    done = _in_production("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr[-3000:]


def test_production_says_https_for_a_year():
    code = (
        "import django; django.setup()\n"
        "from django.middleware.security import SecurityMiddleware as M\n"
        "from django.test import RequestFactory as R\n"
        "from django.http import HttpResponse as A\n"
        "answer = M(lambda request: A())(R().get('/', secure=True)) \n"
        "print(answer['Strict-Transport-Security'])\n"
        "print(M(lambda request: A())(R().get('/', SERVER_NAME='portal.localhost')).get('Location'))\n"
    )
    done = _in_production("-c", code)
    told = "max-age=31536000; includeSubDomains; preload\nhttps://portal.localhost/"
    assert done.stdout.strip() == told, done.stderr


@pytest.mark.parametrize("path", ["/", "/nothing/", "/news/", "/feed/", "/robots.txt", "/accounts/login/", "/desk/",
                                  "/mailbox/", "/preferences/theme/"])  # fmt: skip
@pytest.mark.parametrize("actor", [None, "editor", "stranger"])
def test_pages_feeds_and_errors_have_them(cast, path, actor):
    answer = association_client(cast[actor] if actor else None).get(path)
    assert not list(header_faults(answer, path, signed_in=bool(actor)))


def test_the_editors_screens_are_looser_and_framed_only_by_themselves(cast):
    answer = association_client(cast["editor"]).get("/cms/")
    assert "'unsafe-inline'" in answer["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert set(OTHER_POLICY) == {"/cms/", "/mailbox/"}


def test_the_cms_path_on_a_schools_host_is_not_looser(cast):
    answer = school_client(cast.school_a, cast["clerk_a"]).get("/cms/")
    assert answer.status_code == 404
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "unsafe" not in association_client().get("/cmsx/")["Content-Security-Policy"]


def test_static_files_may_be_kept_and_say_what_they_are(cast):
    answer = association_client(cast["editor"]).get("/static/portal/css/tokens.css")
    assert answer.status_code == 200
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" not in answer["Cache-Control"]
    b"".join(answer)
    answer.close()


@pytest.mark.parametrize(("kind", "said", "kept"), [
    ("application/pdf", "private, no-cache", "private, no-cache"), ("text/html", "private, no-cache", "private, no-store"),
    ("text/html", None, "private, no-store"), ("text/csv", None, "private, no-store"),
])  # fmt: skip
def test_a_files_own_word_about_copies_goes_first_and_no_page_is_kept(kind, said, kept):
    headers = {"Cache-Control": said} if said else {}
    request = RequestFactory().get("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    answer = HeadersMiddleware(lambda _request: HttpResponse("x", content_type=kind, headers=headers))(request)
    assert answer["Cache-Control"] == kept


@pytest.mark.parametrize(("name", "word"), [
    ("X-Content-Type-Options", "X-Content"), ("Permissions-Policy", "Permissions"), ("Vary", "Vary"),
    ("Content-Security-Policy", "policy"), ("Cache-Control", "kept"), ("X-Request-ID", "X-Request-ID"),
])  # fmt: skip
def test_the_rules_miss_a_header_that_is_gone(cast, name, word):
    answer = association_client(cast["editor"]).get("/desk/")
    assert not list(header_faults(answer, "/desk/", signed_in=True))
    del answer.headers[name]
    assert any(word in fault for fault in header_faults(answer, "/desk/", signed_in=True))


def test_the_rules_find_a_looser_policy(cast):
    answer = association_client(cast["editor"]).get("/desk/")
    answer["Content-Security-Policy"] = answer["Content-Security-Policy"].replace(
        "script-src", "script-src 'unsafe-inline'"
    )
    assert any("unsafe-inline" in fault for fault in header_faults(answer, "/desk/", signed_in=True))
