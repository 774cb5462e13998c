"""The style page and its examples in both languages, and the two switches."""

import pytest
from django.conf import settings
from django.urls import reverse

from portal.preferences import THEME_COOKIE

PAGES = ("show", "home", "desk", "rest", "return", "board", "bulletin", "gate", "chart")
CODES = (400, 403, 404, 405, 413, 429, 500, 503)


@pytest.mark.requirement("S9-52")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_in_both_languages(association_client, name, language):
    prefix = "/en" if language == "en" else ""
    answer = association_client.get(prefix + reverse(f"style:{name}"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{"en" if prefix else "zh-Hans"}"' in page
    assert " style=" not in page
    assert ("跳到正文" in page) == (not prefix)


@pytest.mark.parametrize("code", CODES)
def test_an_error_page_names_its_room(association_client, code):
    page = association_client.get(reverse("style:error"), {"code": code}).content.decode()
    assert f">{code}</text>" in page
    assert 'id="main"' in page


def test_an_unknown_error_is_unknown(association_client):
    assert association_client.get(reverse("style:error"), {"code": "418"}).status_code == 404


def test_the_night_is_kept_and_let_go(association_client):
    address, home = reverse("theme_set"), reverse("style:home")
    assert association_client.post(address, {"theme": "dark", "next": home}).headers["Location"] == home
    assert association_client.cookies[THEME_COOKIE].value == "dark"
    assert 'data-theme="dark"' in association_client.get(home).content.decode()
    association_client.post(address, {"theme": "auto", "next": home})
    assert "data-theme" not in association_client.get(home).content.decode().split("<head>")[0]
    assert association_client.get(address).status_code == 405


@pytest.mark.parametrize("target", ["https://elsewhere.test/", "//elsewhere.test", "javascript:alert(1)", ""])
def test_a_switch_leads_nowhere_else(association_client, target):
    answer = association_client.post(reverse("theme_set"), {"theme": "dark", "next": target})
    assert answer.headers["Location"] == "/"


def test_the_language_is_kept_and_the_same_page_opened(association_client):
    answer = association_client.post(reverse("language_set"), {"language": "en", "next": "/style/home/"})
    assert answer.headers["Location"] == "/en/style/home/"
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    strange = association_client.post(reverse("language_set"), {"language": "xx", "next": "/style/home/"})
    assert strange.headers["Location"] == "/style/home/"
    assert settings.LANGUAGE_COOKIE_NAME not in strange.cookies


def test_a_refused_form_says_what_is_wrong(association_client):
    page = association_client.post(reverse("style:gate"), {"school": "x", "how": "pass"}).content.decode()
    assert 'role="alert"' in page
    assert 'href="#id_phone"' in page


def test_the_ledger_sorts_by_link(association_client):
    address = reverse("style:bulletin")
    down = association_client.get(address, {"sort": "-per_area"}).content.decode()
    assert 'aria-sort="descending"' in down
    table = down[down.rindex("<tbody>") :]
    assert table.index("望海医科大学") < table.index("静澜音乐学院")
