"""What was typed when the sign-in had ended comes back after signing in again (AUT-08)."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from tenants.models import KeptForm, SignIn
from tests.ground.clients import sign_in_client

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("AUT-08")]
INVITE = "/people/invite/"
TYPED = {"name": "方\n圆 <b>&", "role": "clerk", "post": "能源统计员，三号楼", "starts_on": "2026-01-01"}


@pytest.fixture
def client(client_on, cast):
    return client_on(cast.school_a.host, cast["head_a"])


def idle():
    SignIn.objects.update(seen_at=SignIn.objects.first().seen_at - timedelta(hours=9))


def way_back(response):
    return parse_qs(urlsplit(response["Location"]).query)["next"][0]


def again(page):
    """The fields of the page's form, as a browser sends them (the first line break of a textarea is not part of it)."""
    from html.parser import HTMLParser

    class Fields(HTMLParser):
        found: dict[str, str] = {}
        name = ""

        def handle_starttag(self, tag, attrs):
            if tag == "textarea":
                self.name = dict(attrs)["name"]
                self.found[self.name] = ""

        def handle_data(self, data):
            if self.name:
                self.found[self.name] += data

        def handle_endtag(self, tag):
            if tag == "textarea":
                self.found[self.name] = self.found[self.name].removeprefix("\n")
                self.name = ""

    parser = Fields()
    parser.found = {}
    parser.feed(page)
    return parser.found


def test_a_form_waits_for_its_sender(client, cast):
    idle()
    response = client.post(INVITE, TYPED)
    assert response.status_code == 302
    back = way_back(response)
    assert back.startswith("/kept/")
    sign_in_client(client, cast["head_a"], cast.school_a.host)
    page = client.get(back)
    assert page.status_code == 200
    assert f'action="{INVITE}"' in page.text
    assert again(page.text) == TYPED
    assert "能源统计员，三号楼" in page.text
    assert client.post(INVITE, again(page.text)).status_code == 302


def test_the_database_cannot_read_it(client, cast):
    idle()
    client.post(INVITE, TYPED)
    row = KeptForm.objects.get()
    assert "三号楼".encode() not in bytes(row.ciphertext)
    assert client.cookies["__Host-kept"].value.encode() not in bytes(row.ciphertext)
    assert client.cookies["__Host-kept"]["httponly"]


@pytest.mark.parametrize("key", ["clerk_a"])
def test_another_person_sees_nothing_of_it(client, cast, key):
    idle()
    back = way_back(client.post(INVITE, TYPED))
    sign_in_client(client, cast[key], cast.school_a.host)
    assert client.get(back).status_code == 404


def test_another_browser_sees_nothing_of_it(client, client_on, cast):
    idle()
    back = way_back(client.post(INVITE, TYPED))
    assert client_on(cast.school_a.host, cast["head_a"]).get(back).status_code == 404


def test_another_host_knows_nothing_of_it(client, client_on, cast):
    idle()
    back = way_back(client.post(INVITE, TYPED))
    other = client_on("portal.localhost", cast["head_a"])
    other.cookies["__Host-kept"] = client.cookies["__Host-kept"].value
    assert other.get(back).status_code == 404


def test_after_a_day_it_is_gone(client, cast):
    idle()
    back = way_back(client.post(INVITE, TYPED))
    KeptForm.objects.update(expires_at=KeptForm.objects.get().kept_at)
    sign_in_client(client, cast["head_a"], cast.school_a.host)
    assert client.get(back).status_code == 404


def test_visitors_leave_nothing(client_on, cast):
    visitor = client_on(cast.school_a.host)
    response = visitor.post(INVITE, TYPED)
    assert way_back(response) == "/desk/"
    assert not KeptForm.objects.exists()


def test_passwords_are_never_kept(client, cast):
    idle()
    client.post(INVITE, {"password1": "a-long-road-uphill-7", "name": "x"})
    assert not KeptForm.objects.exists()


def test_too_much_is_not_kept(client, cast, settings):
    idle()
    client.post(INVITE, {"name": "x" * settings.KEPT_FORM_MOST_BYTES})
    assert not KeptForm.objects.exists()


def test_no_more_than_twenty_wait(client, cast):
    for _number in range(23):
        sign_in_client(client, cast["head_a"], cast.school_a.host)
        idle()
        client.post(INVITE, TYPED)
    assert KeptForm.objects.count() == 20


def test_what_htmx_sent_comes_back_as_the_page_s_own_form(client, cast):
    idle()
    page = f"http://{cast.school_a.host}:8000{INVITE}"
    response = client.post(f"{INVITE}save/", TYPED, headers={"HX-Request": "true", "Referer": page})
    if response.status_code == 404:  # an address without such a page: use the form's own
        response = client.post(INVITE, TYPED, headers={"HX-Request": "true", "Referer": page})
    back = parse_qs(urlsplit(response["HX-Redirect"]).query)["next"][0]
    sign_in_client(client, cast["head_a"], cast.school_a.host)
    assert f'action="{INVITE}"' in client.get(back).text
