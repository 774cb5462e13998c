"""The second step: who must use it, that a code works once, what switching it on and off ends."""

import subprocess
import sys
import threading
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.db import connection

from portal.settings import base
from tenants.actions.second_step import spend_code
from tenants.clock import database_now
from tenants.models import AssociationPost, SecurityAction, SecurityEvent, SignIn
from tests.ground.cast import BEGIN, PASSWORD
from tests.ground.databases import ROOT

ACTIVATE = "/accounts/2fa/totp/activate/"
ABSOLUTE = f"http://portal.localhost:8000{ACTIVATE}"


@pytest.fixture(autouse=True)
def _no_counts(request):
    if "committed" not in request.keywords:
        request.getfixturevalue("db")
    cache.clear()


@pytest.fixture
def required(settings):
    """The portal's own list, which the settings of the tests leave empty."""
    settings.SECOND_STEP_REQUIRED_FOR = base.SECOND_STEP_REQUIRED_FOR


def code(secret, steps=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def sign_in(client, login, password=PASSWORD):
    return client.post("/accounts/login/", {"login": login, "password": password})


def enrol(client):
    """From the page of the key to the recovery codes; returns the secret."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    secret = client.get(ACTIVATE).context["form"].secret
    client.used = code(secret)
    response = client.post(ACTIVATE, {"code": client.used})
    assert response.status_code == 302, response.context["form"].errors
    assert response["Location"] == "/accounts/2fa/recovery-codes/"
    assert client.get("/accounts/2fa/recovery-codes/").status_code == 200
    return secret


def test_the_list_of_the_portal_names_all_posts_of_the_association():
    from tenants.models import AssociationRole

    assert set(base.SECOND_STEP_REQUIRED_FOR) == {*AssociationRole.values, "seat"}


@pytest.mark.parametrize(("module", "expected"), [("production", "7"), ("dev", "0")])
def test_only_the_demo_lets_everybody_in_by_password(module, expected):
    words = f"from portal.settings import {module} as s; print(len(s.SECOND_STEP_REQUIRED_FOR), s.EMAIL_BACKEND)"
    said = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert said.split() == [expected, "portal.queued_mail.QueueBackend"]


def test_the_sign_in_page_of_a_demo_says_so(association_client, settings):
    assert "演示" in association_client.get("/accounts/login/").text
    settings.SECOND_STEP_REQUIRED_FOR = base.SECOND_STEP_REQUIRED_FOR
    assert "演示" not in association_client.get("/accounts/login/").text


@pytest.mark.requirement("S9-13")
@pytest.mark.parametrize(
    "key", ["editor", "secretary", "commission", "system_admin", "security_admin", "audit_admin", "officer", "expert1"]
)
def test_posts_and_seats_ask_for_it(association_client, cast, required, key):
    sign_in(association_client, key)
    for path in (
        "/desk/",
        "/account/",
        "/office/schools/",
        "/office/security/",
        f"/committees/{cast.committee.code}/board/",
    ):
        response = association_client.get(path)
        assert (response.status_code, response.get("Location")) in {(302, ABSOLUTE), (404, None)}, path
    assert association_client.get("/desk/")["Location"] == ABSOLUTE


def test_pages_of_the_editor_ask_for_it_too(association_client, cast, required):
    sign_in(association_client, "editor")
    assert association_client.get("/cms/")["Location"] == ABSOLUTE


@pytest.mark.parametrize("key", ["head_a", "clerk_a", "stranger"])
def test_others_are_offered_it_and_not_asked(association_client, cast, required, key):
    sign_in(association_client, key)
    page = association_client.get("/account/")
    assert page.status_code == 200
    assert "/accounts/2fa/" in page.text


def test_enrolment_lets_them_on(association_client, cast, required):
    sign_in(association_client, "secretary")
    enrol(association_client)
    assert association_client.get("/office/schools/").status_code == 200
    assert SignIn.objects.get(ended_at=None).second_step
    assert SecurityEvent.objects.filter(action=SecurityAction.SECOND_STEP_ON, user=cast["secretary"]).count() == 1


def test_no_ticket_to_a_school_before_it(association_client, client_on, cast, required):
    AssociationPost.objects.create(user=cast["clerk_a"], role="editor", starts_on=BEGIN)
    sign_in(association_client, "clerk_a")
    entered = association_client.get(f"/accounts/enter/?school=lingang&challenge={'0' * 64}")
    assert entered["Location"] == ABSOLUTE


def test_a_new_post_asks_at_the_next_request(client_on, cast, required):
    here, school = client_on("portal.localhost", cast["clerk_a"]), client_on(cast.school_a.host, cast["clerk_a"])
    assert here.get("/account/").status_code == 200
    AssociationPost.objects.create(user=cast["clerk_a"], role="editor", starts_on=BEGIN)
    assert here.get("/account/")["Location"] == ABSOLUTE
    assert school.get("/people/")["Location"] == ABSOLUTE, "on every host"
    assert school.post("/people/invite/")["Location"] == ABSOLUTE


def test_on_public_pages_they_are_visitors(association_client, cast, required):
    sign_in(association_client, "officer")
    assert not association_client.get("/").wsgi_request.user.is_authenticated


def test_the_next_sign_in_asks_for_the_code(association_client, client_on, cast, required):
    secret = None
    sign_in(association_client, "secretary")
    secret = enrol(association_client)
    later = client_on("portal.localhost")
    assert sign_in(later, "secretary")["Location"] == "/accounts/2fa/authenticate/"
    assert later.get("/desk/").status_code == 302
    later.post("/accounts/2fa/authenticate/", {"code": association_client.used})
    assert later.get("/desk/").status_code == 302, "the code that switched it on is used"
    assert later.post("/accounts/2fa/authenticate/", {"code": code(secret, 1)}).status_code == 302
    assert later.get("/office/schools/").status_code == 200
    assert SignIn.objects.latest("pk").second_step


def activated(user):
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def test_secrets_are_kept_encrypted(cast):
    secret = activated(cast["clerk_a"])
    row = Authenticator.objects.get()
    assert secret not in str(row.data)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data::text FROM mfa_authenticator")
        assert secret not in cursor.fetchone()[0]


@pytest.mark.requirement("AUT-11")
def test_a_code_works_once_and_neighbours_count(cast):
    user, at = cast["clerk_a"], database_now()
    secret = activated(user)
    late, now, early, far = (code(secret, steps) for steps in (-1, 0, 1, 5))
    assert spend_code(user=user, code=late, at=at), "half a minute late"
    assert not spend_code(user=user, code=late, at=at), "twice"
    assert spend_code(user=user, code=early, at=at), "half a minute early"
    assert not spend_code(user=user, code=now, at=at), "older than one that was used"
    assert not spend_code(user=user, code=far, at=at)
    cache.clear()
    assert not spend_code(user=user, code=early, at=at), "a cleared cache brings no code back"


def test_recovery_codes_work_once_and_are_counted(cast):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    user, at = cast["clerk_a"], database_now()
    activated(user)
    codes = RecoveryCodes.activate(user).get_unused_codes()
    assert spend_code(user=user, code=codes[3], at=at)
    assert not spend_code(user=user, code=codes[3], at=at)
    used = SecurityEvent.objects.get(action=SecurityAction.RECOVERY_USED)
    assert used.facts == {"left": 9}


def test_ten_wrong_codes_wait(client_on, cast):
    secret = activated(cast["clerk_a"])
    client = client_on("portal.localhost")
    sign_in(client, "clerk_a")
    for _number in range(10):
        assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    response = client.post("/accounts/2fa/authenticate/", {"code": code(secret)})
    assert response.status_code == 200, "right, and too late"
    assert "十分钟" in response.text or "10分钟" in response.text
    failed = SecurityEvent.objects.filter(action=SecurityAction.SECOND_STEP_FAILED, succeeded=False)
    assert failed.count() == 10


def test_switching_on_ends_who_came_by_password_alone(client_on, cast):
    thief, owner = client_on("portal.localhost"), client_on("portal.localhost")
    sign_in(thief, "clerk_a")
    sign_in(owner, "clerk_a")
    enrol(owner)
    assert thief.get("/account/").status_code == 302
    assert owner.get("/account/").status_code == 200


def test_switching_off_ends_the_other_sign_ins(client_on, cast, required):
    here, there = client_on("portal.localhost"), client_on("portal.localhost")
    sign_in(here, "secretary")
    secret = enrol(here)
    sign_in(there, "secretary")
    there.post("/accounts/2fa/authenticate/", {"code": code(secret, 1)})
    assert there.get("/account/").status_code == 200
    assert here.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert there.get("/account/").status_code == 302
    assert here.get("/office/schools/")["Location"] == ABSOLUTE, "and the post asks for it again"
    assert SecurityEvent.objects.filter(action=SecurityAction.SECOND_STEP_OFF).count() == 1


def test_whose_phone_is_lost_begins_anew(client_on, cast, required, mailoutbox):
    from tests.ground.clients import sign_in_client

    lost, security = client_on("portal.localhost"), client_on("portal.localhost")
    sign_in(lost, "secretary")
    enrol(lost)
    sign_in_client(security, cast["security_admin"], "portal.localhost")
    SignIn.objects.filter(user=cast["security_admin"]).update(second_step=True)
    activated(cast["security_admin"])
    for key, status, left in (("security_admin", 422, 1), ("secretary", 302, 0)):
        path = f"/office/accounts/{cast[key].public_id}/second-step/"
        assert security.post(path, {"reason": " "}).status_code == 422, "not without a reason"
        assert security.post(path, {"reason": "手机遗失，电话核对过"}).status_code == status
        assert Authenticator.objects.filter(user=cast[key], type="totp").count() == left
    assert lost.get("/office/schools/").status_code == 302
    again = client_on("portal.localhost")
    sign_in(again, "secretary")
    assert again.get("/desk/")["Location"] == ABSOLUTE
    off = SecurityEvent.objects.get(action=SecurityAction.SECOND_STEP_OFF)
    facts = {"person": str(cast["secretary"].public_id), "reason": "手机遗失，电话核对过"}
    assert (off.user, off.facts) == (cast["security_admin"], facts)
    told = [mail for mail in mailoutbox if "手机遗失" in mail.body]
    assert [mail.to for mail in told] == [[cast["secretary"].email]]


@pytest.mark.committed
def test_of_two_uses_at_once_one_wins(own_database, cast):
    secret = activated(cast["clerk_a"])
    digits, won, ready = code(secret), [], threading.Barrier(6)

    def use() -> None:
        ready.wait()
        won.append(bool(spend_code(user=cast["clerk_a"], code=digits, at=database_now())))
        connection.close()

    threads = [threading.Thread(target=use) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == [False] * 5 + [True]
