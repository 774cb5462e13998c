"""Posts in a school: invited, accepted, changed, ended, undone; and the way back in without mail."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from tenants.actions.invitations import InvitationRefused, accept_invitation, invitation_code, invite
from tenants.actions.posts import PostRefused, end_membership, grant_membership
from tenants.models import (
    Invitation,
    InvitationKind,
    Membership,
    ResetCode,
    SchoolRole,
    SecurityAction,
    SecurityEvent,
    SignIn,
    User,
)
from tenants.signin.codes import code_for, code_hash, plain_code, printed_code
from tests.ground.cast import BEGIN, PASSWORD

NEW = {"account": "new.clerk", "name": "新来的", "password1": "eine-neue-Strasse-9", "password2": "eine-neue-Strasse-9"}


@pytest.fixture(autouse=True)
def _no_counts(db) -> None:
    cache.clear()


@pytest.fixture
def head(client_on, cast):
    return client_on(cast.school_a.host, cast["head_a"])


@pytest.fixture
def invitation(cast):
    return invite(
        kind=InvitationKind.MEMBERSHIP, school=cast.school_a, role="clerk", name="新来的", phone="13800000009",
        email="new@example.test", starts_on=date(2026, 1, 1), by=cast["head_a"], at=timezone.now(),
    )  # fmt: skip


def code_path(invitation):
    return f"/accounts/invitation/{invitation_code(invitation)}/"


# ---------------------------------------------------------------- inviting


@pytest.mark.requirement("S9-13")
def test_a_head_invites_without_mail(head, cast, mailoutbox, django_capture_on_commit_callbacks):
    form = {"name": "新来的", "role": "clerk", "post": "能源统计员", "starts_on": "2026-03-01"}
    with django_capture_on_commit_callbacks(execute=True):
        response = head.post("/people/invite/", form)
    row = Invitation.objects.get()
    assert response["Location"] == f"/people/invitations/{row.public_id}/"
    sheet = head.get(response["Location"])
    code = invitation_code(row)
    assert printed_code(code) in sheet.text
    assert f"http://portal.localhost:8000/accounts/invitation/{code}/" in sheet.text
    assert code not in str(list(Invitation.objects.values())), "the code is kept nowhere"
    assert mailoutbox == []


def test_with_an_address_the_link_is_sent_as_well(head, mailoutbox, django_capture_on_commit_callbacks):
    form = {"name": "新来的", "role": "clerk", "email": "New@Example.test", "starts_on": "2026-03-01"}
    with django_capture_on_commit_callbacks(execute=True):
        head.post("/people/invite/", form)
    assert mailoutbox[0].to == ["new@example.test"]
    assert invitation_code(Invitation.objects.get()) in mailoutbox[0].body


def test_accepted_with_a_new_account(client_on, invitation, cast):
    visitor = client_on("portal.localhost")
    assert "临港理工大学" in visitor.get(code_path(invitation)).text
    response = visitor.post(code_path(invitation), NEW)
    assert response["Location"] == f"{cast.school_a.url}/desk/"
    person = User.objects.get(account="new.clerk")
    assert (person.phone, person.email) == ("13800000009", "new@example.test")
    assert Membership.objects.get(user=person).role == SchoolRole.CLERK
    assert visitor.get("/account/").status_code == 200, "and signed in"


def test_accepted_with_an_account_of_another_school(client_on, invitation, cast):
    clerk = client_on("portal.localhost", cast["clerk_b"])
    assert "管弦" in clerk.get(code_path(invitation)).text
    assert clerk.post(f"{code_path(invitation)}accept/").status_code == 302
    assert Membership.objects.filter(user=cast["clerk_b"]).count() == 2


def test_a_printed_code_is_typed(client_on, invitation):
    visitor = client_on("portal.localhost")
    typed = printed_code(invitation_code(invitation)).lower().replace("-", " ")
    assert visitor.post("/accounts/invitation/", {"code": typed})["Location"] == code_path(invitation)
    wrong = visitor.post("/accounts/invitation/", {"code": "2222-2222-2222"})
    assert wrong.status_code == 422
    assert visitor.post("/accounts/invitation/", {"code": "2222"}).status_code == 422


def test_an_invitation_serves_once(client_on, invitation, cast):
    client_on("portal.localhost").post(code_path(invitation), NEW)
    second = client_on("portal.localhost")
    assert second.get(code_path(invitation)).status_code == 404
    assert second.post(code_path(invitation), {**NEW, "account": "second"}).status_code == 404
    with pytest.raises(InvitationRefused):
        accept_invitation(invitation=invitation, by=cast["stranger"], at=timezone.now())
    assert not User.objects.filter(account="second").exists()


def test_an_invitation_lasts_a_week(client_on, invitation, cast):
    late = timezone.now() + timedelta(days=7, seconds=1)
    with pytest.raises(InvitationRefused):
        accept_invitation(invitation=invitation, by=cast["stranger"], at=late)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client_on("portal.localhost").get(code_path(invitation)).status_code == 404


def test_taken_back_and_renewed(head, client_on, invitation):
    old = code_path(invitation)
    head.post(f"/people/invitations/{invitation.public_id}/renew/")
    invitation.refresh_from_db()
    visitor = client_on("portal.localhost")
    assert visitor.get(old).status_code == 404
    assert visitor.get(code_path(invitation)).status_code == 200
    head.post(f"/people/invitations/{invitation.public_id}/revoke/")
    assert visitor.get(code_path(invitation)).status_code == 404
    assert head.get(f"/people/invitations/{invitation.public_id}/").status_code == 200
    head.post(f"/people/invitations/{invitation.public_id}/renew/")
    assert visitor.get(code_path(invitation)).status_code == 404


def test_nobody_accepts_twice_what_they_hold(client_on, invitation, cast):
    clerk = client_on("portal.localhost", cast["clerk_a"])
    assert clerk.post(f"{code_path(invitation)}accept/")["Location"] == code_path(invitation)
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_a_known_phone_is_not_told(client_on, invitation, cast):
    """Whoever holds an invitation learns nothing about whose numbers have accounts."""
    User.objects.filter(pk=cast["stranger"].pk).update(phone="13800000009", email="new@example.test")
    response = client_on("portal.localhost").post(code_path(invitation), NEW)
    assert response.status_code == 302
    person = User.objects.get(account="new.clerk")
    assert (person.phone, person.email) == ("", "")


@pytest.mark.parametrize("account", ["Admin Я", "аdmin", "ab", "1abc", "a b c", "admin\u200b"])
def test_account_names_that_look_alike_are_refused(client_on, invitation, account):
    response = client_on("portal.localhost").post(code_path(invitation), {**NEW, "account": account})
    assert response.status_code == 422


def test_a_taken_account_name_is_refused_and_nothing_is_used(client_on, invitation):
    response = client_on("portal.localhost").post(code_path(invitation), {**NEW, "account": "ＣＬＥＲＫ＿Ａ"})
    assert response.status_code == 422
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


@pytest.mark.parametrize("password", ["short", "1234567890123", "password1234", "new.clerk-1"])
def test_poor_passwords_are_refused(client_on, invitation, password):
    data = {**NEW, "password1": password, "password2": password}
    response = client_on("portal.localhost").post(code_path(invitation), data)
    assert response.status_code == 422


def test_passwords_of_any_script_count_characters(client_on, invitation):
    long = "  春眠不觉晓，处处闻啼鸟。夜来风雨声 🌧  "
    assert (
        client_on("portal.localhost")
        .post(code_path(invitation), {**NEW, "password1": long, "password2": long})
        .status_code
        == 302
    )
    assert User.objects.get(account="new.clerk").check_password(long), "never trimmed"


def test_guessing_codes_ends(client_on, settings, invitation):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "code": "3/10m/ip"}
    visitor = client_on("portal.localhost")
    answers = [visitor.get(f"/accounts/invitation/{number:012d}/").status_code for number in range(5)]
    assert answers == [404, 404, 404, 429, 429]
    assert visitor.get(code_path(invitation)).status_code == 429, "not even a right one"


@pytest.mark.parametrize("key", ["clerk_a", "head_b"])
def test_only_its_own_head_sees_a_sheet(client_on, invitation, cast, key):
    host = cast.school_b.host if key == "head_b" else cast.school_a.host
    answer = client_on(host, cast[key]).get(f"/people/invitations/{invitation.public_id}/")
    assert answer.status_code == (404 if key == "head_b" else 403)


def test_codes_are_read_as_people_type_them():
    code = code_for("invitation", "x:0")
    assert len(code) == 12
    assert plain_code(f" {printed_code(code).lower()} ") == code
    assert plain_code("ＡＢＣＤ—２３４５") == "ABCD2345"
    assert code_hash("invitation", code) == code_hash("invitation", printed_code(code)) != code_hash("reset", code)


# ---------------------------------------------------------------- posts


def test_a_head_who_is_also_clerk_holds_two_posts(cast, client_on):
    grant_membership(
        school=cast.school_a, user=cast["head_a"], role="clerk", starts_on=BEGIN, by=None, at=timezone.now()
    )
    page = client_on(cast.school_a.host, cast["head_a"]).get("/people/")
    assert page.text.count("林渡</a>") == 2


def test_a_clerk_leaves_and_comes_back(head, client_on, cast):
    row = Membership.objects.get(user=cast["clerk_a"])
    clerk = client_on(cast.school_a.host, cast["clerk_a"])
    yesterday = timezone.localdate() - timedelta(days=1)
    assert head.post(f"/people/{row.public_id}/end/", {"ends_on": yesterday.isoformat()})["Location"] == "/people/"
    assert clerk.get("/people/").status_code == 404, "out with the next request"
    assert "简宁" in head.get("/people/").text, "among those who left"
    head.post(f"/people/{row.public_id}/restore/")
    assert clerk.get("/people/").status_code == 200
    actions = list(
        SecurityEvent.objects.filter(school=cast.school_a, user=cast["head_a"]).values_list("action", flat=True)
    )
    assert {SecurityAction.MEMBERSHIP_ENDED, SecurityAction.MEMBERSHIP_GRANTED} <= set(actions)


def test_the_last_day_still_counts(head, client_on, cast):
    row = Membership.objects.get(user=cast["clerk_a"])
    head.post(f"/people/{row.public_id}/end/", {"ends_on": timezone.localdate().isoformat()})
    assert client_on(cast.school_a.host, cast["clerk_a"]).get("/people/").status_code == 200


def test_the_last_head_stays(head, cast):
    row = Membership.objects.get(user=cast["head_a"])
    response = head.post(f"/people/{row.public_id}/end/", {"ends_on": timezone.localdate().isoformat()}, follow=True)
    row.refresh_from_db()
    assert row.ends_on is None
    assert "hq-say is-error" in response.text


def test_with_a_successor_the_head_may_go(head, cast):
    row = Membership.objects.get(user=cast["head_a"])
    grant_membership(
        school=cast.school_a, user=cast["clerk_a"], role="head", starts_on=BEGIN, by=None, at=timezone.now()
    )
    head.post(f"/people/{row.public_id}/end/", {"ends_on": timezone.localdate().isoformat()})
    row.refresh_from_db()
    assert row.ends_on == timezone.localdate()


def test_two_heads_cannot_leave_on_the_same_day(cast):
    now, day = timezone.now(), timezone.localdate()
    second = grant_membership(school=cast.school_a, user=cast["clerk_a"], role="head", starts_on=BEGIN, by=None, at=now)
    end_membership(membership=second, ends_on=day, by=cast["head_a"], at=now)
    with pytest.raises(PostRefused):
        end_membership(membership=Membership.objects.get(user=cast["head_a"]), ends_on=day, by=cast["head_a"], at=now)


@pytest.mark.parametrize("path", ["invite/", "{row}/", "{row}/end/", "{row}/restore/", "{row}/reset/"])
def test_a_clerk_changes_nobody(client_on, cast, path):
    row = Membership.objects.get(user=cast["head_a"]).public_id
    response = client_on(cast.school_a.host, cast["clerk_a"]).post("/people/" + path.format(row=row), {})
    assert response.status_code in {403, 405}
    if response.status_code == 403:
        assert "负责人" in response.text or "head" in response.text


def test_a_foreign_post_is_an_unknown_one(head, cast):
    row = Membership.objects.get(user=cast["clerk_b"]).public_id
    for path in ("", "end/", "restore/", "reset/"):
        answer = head.post(f"/people/{row}/{path}", {"ends_on": "2026-01-01"})
        assert answer.status_code == 404, path


# ---------------------------------------------------------------- back in without mail


def test_a_head_makes_a_reset_code(head, client_on, cast):
    row = Membership.objects.get(user=cast["clerk_a"])
    elsewhere = client_on("portal.localhost", cast["clerk_a"])
    sheet = head.get(head.post(f"/people/{row.public_id}/reset/")["Location"])
    link = next(part for part in sheet.text.split('"') if "/accounts/code/" in part and not part.endswith("/code/"))
    path = link.removeprefix("http://portal.localhost:8000")
    visitor = client_on("portal.localhost")
    assert "clerk_a" in visitor.get(path).text
    new = {"password1": "eine-neue-Strasse-9", "password2": "eine-neue-Strasse-9"}
    assert visitor.post(path, new)["Location"] == "/accounts/login/"
    assert elsewhere.get("/account/").status_code == 302, "every sign-in has ended"
    assert not SignIn.objects.filter(user=cast["clerk_a"], ended_at=None).exists()
    cast["clerk_a"].refresh_from_db()
    assert cast["clerk_a"].check_password(new["password1"])
    assert visitor.get(path).status_code == 404
    assert visitor.post(path, new).status_code == 404


def test_a_reset_code_lasts_a_day_and_the_newer_one_wins(head, client_on, cast):
    row = Membership.objects.get(user=cast["clerk_a"])
    head.post(f"/people/{row.public_id}/reset/")
    first = ResetCode.objects.get()
    head.post(f"/people/{row.public_id}/reset/")
    first.refresh_from_db()
    assert first.revoked_at
    second = ResetCode.objects.get(revoked_at=None)
    ResetCode.objects.filter(pk=second.pk).update(expires_at=timezone.now())
    path = f"/accounts/code/{code_for('reset', str(second.public_id))}/"
    assert client_on("portal.localhost").get(path).status_code == 404


def test_whom_a_head_cannot_let_in_again(head, cast):
    """Another head, oneself, a person of two schools, one with a seat: each would widen the head's reach."""
    now = timezone.now()
    second = grant_membership(
        school=cast.school_a, user=cast["stranger"], role="head", starts_on=BEGIN, by=None, at=now
    )
    own = Membership.objects.get(user=cast["head_a"])
    two = grant_membership(school=cast.school_a, user=cast["clerk_b"], role="viewer", starts_on=BEGIN, by=None, at=now)
    seat = grant_membership(school=cast.school_a, user=cast["officer"], role="viewer", starts_on=BEGIN, by=None, at=now)
    post = grant_membership(
        school=cast.school_a, user=cast["secretary"], role="viewer", starts_on=BEGIN, by=None, at=now
    )
    for row in (second, own, two, seat, post):
        assert head.post(f"/people/{row.public_id}/reset/")["Location"] == f"/people/{row.public_id}/"
    assert not ResetCode.objects.exists()


def test_the_sheet_is_for_who_made_it(head, client_on, cast):
    row = Membership.objects.get(user=cast["clerk_a"])
    path = head.post(f"/people/{row.public_id}/reset/")["Location"]
    grant_membership(
        school=cast.school_a, user=cast["stranger"], role="head", starts_on=BEGIN, by=None, at=timezone.now()
    )
    assert client_on(cast.school_a.host, cast["stranger"]).get(path).status_code == 404


# ---------------------------------------------------------------- one's own page


def test_own_account_shows_posts_over_all_hosts(client_on, cast):
    grant_membership(
        school=cast.school_b, user=cast["officer"], role="viewer", starts_on=BEGIN, by=None, at=timezone.now()
    )
    page = client_on("portal.localhost", cast["officer"]).get("/account/").text
    assert "海津师范大学" in page
    assert "能源管理专业委员会" in page
    assert f"{cast.school_b.url}/desk/" in page


def test_own_contacts_change(client_on, cast):
    client = client_on("portal.localhost", cast["clerk_a"])
    data = {"name": "简宁宁", "phone": "１３９ 0000 0000", "email": "J@Example.test"}
    assert client.post("/account/", data).status_code == 302
    person = User.objects.get(account="clerk_a")
    assert (person.name, person.phone) == ("简宁宁", "13900000000")
    assert person.email == "clerk_a@example.test", "the address waits for both mailboxes (test_mail_change.py)"
    User.objects.filter(pk=cast["stranger"].pk).update(phone="13700000000")
    assert client.post("/account/", {**data, "phone": "13700000000"}).status_code == 422


def test_other_sign_ins_end_from_ones_own_page(client_on, cast):
    here, there = client_on("portal.localhost", cast["clerk_a"]), client_on("portal.localhost", cast["clerk_a"])
    rows = list(SignIn.objects.order_by("pk"))
    here.post(f"/account/sign-ins/{rows[1].public_id}/end/")
    assert there.get("/account/").status_code == 302
    foreign = client_on("portal.localhost", cast["clerk_b"])
    mine = SignIn.objects.get(user=cast["clerk_b"])
    assert here.post(f"/account/sign-ins/{mine.public_id}/end/").status_code == 404
    assert foreign.get("/account/").status_code == 200
    client_on("portal.localhost", cast["clerk_a"])
    here.post("/account/sign-ins/end-others/")
    assert SignIn.objects.filter(user=cast["clerk_a"], ended_at=None).count() == 1
    assert here.get("/account/").status_code == 200


def test_the_password_of_the_cast_is_no_poor_one():
    from django.contrib.auth.password_validation import validate_password

    validate_password(PASSWORD)
