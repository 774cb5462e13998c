"""Signing in on the association's host, and out of all hosts."""

import pytest
from django.core.cache import cache

from tenants.models import Membership, SchoolRole, SecurityAction, SecurityEvent, SignIn
from tests.ground.cast import BEGIN, PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_counts() -> None:
    cache.clear()


def sign_in(client, login="clerk_a", password=PASSWORD, **more):
    return client.post("/accounts/login/", {"login": login, "password": password, **more})


@pytest.mark.requirement("S9-13")
@pytest.mark.parametrize(
    "login", ["clerk_a", " CLERK_A ", "ｃｌｅｒｋ＿ａ", "138 0000 0001", "+8613800000001", "Clerk_A@Example.test"]
)
def test_account_phone_and_mail_are_all_names(association_client, cast, login):
    person = cast["clerk_a"]
    person.phone = "13800000001"
    person.save()
    response = sign_in(association_client, login)
    assert response.status_code == 302
    assert response["Location"] == f"{cast.school_a.url}/desk/"


def test_a_person_of_two_schools_goes_to_the_association(association_client, cast):
    Membership.objects.create(school=cast.school_b, user=cast["clerk_a"], role=SchoolRole.CLERK, starts_on=BEGIN)
    assert sign_in(association_client)["Location"].endswith("portal.localhost:8000/desk/")


@pytest.mark.parametrize("key", ["officer", "secretary", "stranger"])
def test_people_of_the_association_go_to_its_desk(association_client, cast, key):
    assert sign_in(association_client, key)["Location"] == "http://portal.localhost:8000/desk/"


@pytest.mark.parametrize(
    ("login", "password"), [("clerk_a", "wrong-password-1"), ("nobody-here", PASSWORD), ("clerk_a", " ")]
)
def test_a_wrong_name_and_a_wrong_password_look_the_same(association_client, cast, login, password):
    response = sign_in(association_client, login, password)
    assert response.status_code == 200
    assert not SignIn.objects.exists()
    if password.strip():
        assert "登录名和密码对不上" in response.text or "do not belong together" in response.text


@pytest.mark.parametrize(
    "target",
    [
        "//evil.test/",
        "/\\evil.test",
        "https:evil.test",
        "https://evil.test/",
        "javascript:alert(1)",
        "http://lingang.portal.localhost:8000/",
        "/\r\nLocation: x",
        "/" + "a" * 10_000,
    ],
)
def test_next_is_a_path_or_nothing(association_client, cast, target):
    response = sign_in(association_client, next=target)
    assert response.status_code == 302
    assert response["Location"] == f"{cast.school_a.url}/desk/"


def test_a_path_is_followed(association_client, cast):
    assert sign_in(association_client, next="/account/")["Location"] == "/account/"


def test_the_session_begins_anew(association_client, cast):
    association_client.cookies["__Host-sessionid"] = "fixed-by-somebody-else-000000000"
    sign_in(association_client)
    assert association_client.cookies["__Host-sessionid"].value != "fixed-by-somebody-else-000000000"


def test_the_eleventh_attempt_waits_and_a_known_browser_does_not(client_on, cast):
    known, attacker = client_on("portal.localhost"), client_on("portal.localhost")
    sign_in(known)
    known.post("/accounts/sign-out/")
    for _number in range(10):
        sign_in(attacker, password="wrong-password-1")
    assert sign_in(attacker).status_code == 200, "the right password, too late"
    assert SecurityEvent.objects.filter(action=SecurityAction.SIGN_IN_LIMITED, succeeded=False).count() == 1
    assert sign_in(known).status_code == 302, "the person's own browser is not shut out"


def test_one_address_cannot_shut_out_its_school(client_on, cast, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed_from": "5/10m/key"}
    known, attacker = client_on("portal.localhost"), client_on("portal.localhost")
    sign_in(known)
    known.post("/accounts/sign-out/")
    for number in range(5):
        sign_in(attacker, f"guess{number}", "wrong-password-1")
    for _number in range(2):
        sign_in(attacker, "head_b", "wrong-password-1")
    assert sign_in(attacker, "head_b").status_code == 200, "two guesses a name are left, and used up"
    assert sign_in(client_on("portal.localhost"), "head_a").status_code == 302, "a new browser of the same school"
    assert sign_in(known).status_code == 302


def test_right_passwords_use_up_nothing(client_on, cast):
    for _number in range(12):
        assert sign_in(client_on("portal.localhost")).status_code == 302


def test_a_closed_account_stays_out(association_client, cast):
    person = cast["clerk_a"]
    person.is_active = False
    person.save()
    response = sign_in(association_client)
    assert not SignIn.objects.exists()
    assert response["Location"] == "/accounts/inactive/"


def test_an_account_closed_meanwhile_is_out_at_once(client_on, cast):
    client = client_on(cast.school_a.host, cast["clerk_a"])
    assert client.get("/people/").status_code == 200
    type(cast["clerk_a"]).objects.filter(account="clerk_a").update(is_active=False)
    assert client.get("/people/").status_code == 302


def test_signing_out_ends_every_host(client_on, cast):
    school, association = client_on(cast.school_a.host), client_on("portal.localhost", cast["head_a"])
    sign_in_row = SignIn.objects.get()
    session = school.cookies  # a session of the same sign-in on the school's host
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from tenants.signin.sessions import SIGN_IN, SessionStore

    store = SessionStore(host=cast.school_a.host)
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(cast["head_a"].pk), "tenants.signin.backend.AnyNameBackend"
    store[HASH_SESSION_KEY], store[SIGN_IN] = cast["head_a"].get_session_auth_hash(), sign_in_row.pk
    store.save()
    session["__Host-sessionid"] = store.session_key
    assert school.get("/people/").status_code == 200
    response = association.post("/accounts/sign-out/")
    assert response["Location"] == "http://portal.localhost:8000/accounts/signed-out/"
    assert school.get("/people/").status_code == 302
    assert association.get("/account/").status_code == 302
    assert SecurityEvent.objects.filter(action=SecurityAction.SIGN_OUT).count() == 1


def test_idle_too_long_is_out(client_on, cast):
    from datetime import timedelta

    client = client_on(cast.school_a.host, cast["clerk_a"])
    SignIn.objects.update(seen_at=SignIn.objects.get().seen_at - timedelta(hours=9))
    assert client.get("/people/").status_code == 302


def test_being_there_moves_the_idle_clock(client_on, cast):
    from datetime import timedelta

    client = client_on(cast.school_a.host, cast["clerk_a"])
    SignIn.objects.update(seen_at=SignIn.objects.get().seen_at - timedelta(hours=2))
    before = SignIn.objects.get().seen_at
    client.get("/people/")
    assert SignIn.objects.get().seen_at > before


def test_a_new_password_ends_the_other_sign_ins(client_on, cast):
    here, there = client_on("portal.localhost", cast["clerk_a"]), client_on("portal.localhost", cast["clerk_a"])
    new = "eine-neue-Strasse-9"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post("/accounts/password/change/", data).status_code == 302
    assert there.get("/account/").status_code == 302, "the other browser is out"
    assert here.get("/account/").status_code == 200
    assert SignIn.objects.filter(ended_at=None).count() == 1


def test_sign_up_is_closed(association_client):
    assert (
        "邀请" in association_client.get("/accounts/signup/").text
        or association_client.get("/accounts/signup/").status_code == 200
    )
    assert association_client.post("/accounts/signup/", {"username": "x"}).status_code == 405


def test_reset_by_mail_answers_all_alike_and_works_once(association_client, cast, mailoutbox):
    known = association_client.post("/accounts/password/reset/", {"email": "clerk_a@example.test"})
    unknown = association_client.post("/accounts/password/reset/", {"email": "nobody@example.test"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [mail.to for mail in mailoutbox] == [["clerk_a@example.test"]]
    link = next(line for line in mailoutbox[0].body.splitlines() if "/password/reset/key/" in line)
    path = link[link.index("/accounts/") :]
    assert "portal.localhost" in link
    form = association_client.get(path)["Location"]
    new = {"password1": "eine-neue-Strasse-9", "password2": "eine-neue-Strasse-9"}
    assert association_client.post(form, new).status_code == 302
    again = association_client.get(path)
    assert "set-password" not in again.get("Location", "")


def test_pages_of_a_signed_in_person_are_not_kept(client_on, cast):
    response = client_on(cast.school_a.host, cast["clerk_a"]).get("/people/")
    assert response["Cache-Control"] == "no-store, private"


def test_the_second_step_pages_open(client_on, cast):
    client = client_on("portal.localhost")
    sign_in(client)
    path = "/accounts/2fa/totp/activate/"
    again = client.get(path)
    assert again["Location"] == "/accounts/reauthenticate/?next=%2Faccounts%2F2fa%2Ftotp%2Factivate%2F", (
        "password once more"
    )
    assert client.get("/accounts/reauthenticate/").status_code == 200
    assert client.post(again["Location"], {"password": PASSWORD, "next": path})["Location"] == path
    for path in ("/accounts/2fa/", "/accounts/2fa/totp/activate/"):
        response = client.get(path)
        assert response.status_code == 200
        assert 'class="hq-wrap hq-gate"' in response.text


def test_the_second_step_is_asked_for(client_on, cast):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(cast["clerk_a"], generate_totp_secret())
    client = client_on("portal.localhost")
    assert sign_in(client)["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/accounts/2fa/authenticate/").status_code == 200
    assert client.get("/account/").status_code == 302
    assert not SignIn.objects.exists()
