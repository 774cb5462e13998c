"""The office's pages of accounts: found, closed, opened again, merged; help for a lost phone, by whom and for whom."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.utils import timezone

from tenants.actions.account_life import close_account
from tenants.models import AssociationPost, Membership, SecurityAction, SecurityEvent, User
from tests.factories.people import make_user, member
from tests.ground.cast import BEGIN
from tests.ground.clients import association_client

LIST = "/office/accounts/"
WHY = {"reason": "已离职，学校来函"}


@pytest.fixture(autouse=True)
def _no_counts(db) -> None:
    cache.clear()


@pytest.fixture
def secretary(cast):
    return association_client(cast["secretary"])


def path_of(user, what: str = "") -> str:
    return f"{LIST}{user.public_id}/{what}"


def lines_of(action) -> list[dict[str, str]]:
    return list(SecurityEvent.objects.filter(action=action).values_list("facts", flat=True))


# ---------------------------------------------------------------- the list


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_number(secretary, cast, queries, rows):
    for number in range(rows):
        member(cast.school_a, user=make_user(f"counted{number}"))
    secretary.get(LIST)
    with queries(11):
        assert secretary.get(f"{LIST}?q=counted").context["rows"].paginator.count == rows


def test_accounts_are_found_filtered_and_sorted(secretary, cast):
    gone, nobody = (
        make_user("gone.away", name="去也", email="gone@example.test"),
        make_user("no.body", phone="13800001111"),
    )
    User.objects.filter(pk=gone.pk).update(is_active=False)
    AssociationPost.objects.create(user=gone, role="editor", starts_on=BEGIN)

    def found(words: str) -> list[str]:
        return [row.account for row in secretary.get(f"{LIST}?{words}").context["rows"]]

    assert found("q=去") == found("q=GONE@") == ["gone.away"]
    assert found("q=1380000") == ["no.body"]
    assert "gone.away" in found("state=closed")
    assert "gone.away" not in found("state=open")
    assert {"head_a", "clerk_b"} <= set(found("place=school"))
    assert "head_a" not in found("place=association")
    assert set(found("place=none")) >= {nobody.account, "stranger"}
    assert found("sort=-account") == sorted(found("sort=account"), reverse=True)
    seen = secretary.get(f"{LIST}?sort=-seen").context["rows"]
    assert seen[0].account == "secretary"
    assert "没有这样的账号" in secretary.get(f"{LIST}?q=zzz").text
    assert secretary.get(f"{LIST}?q=去", headers={"HX-Request": "true"}).text.lstrip().startswith('<div id="found">')


def test_the_page_says_what_an_account_holds_and_costs_the_same(secretary, cast, queries):
    page = secretary.get(path_of(cast["officer"])).text
    assert "能源管理专业委员会" in page, "a seat"
    assert "后勤处处长" in secretary.get(path_of(cast["head_a"])).text
    with queries(13):
        secretary.get(path_of(cast["head_a"]))


# ---------------------------------------------------------------- closing, opening again


@pytest.mark.requirement("S9-13")
def test_the_secretary_closes_an_account_with_a_reason_and_opens_it_again(secretary, cast, client_on, mailoutbox):
    clerk, inside = cast["clerk_a"], client_on(cast.school_a.host, cast["clerk_a"])
    asked = secretary.get(path_of(clerk, "close/")).text
    assert clerk.email in asked
    assert "临港理工大学" in asked
    assert secretary.post(path_of(clerk, "close/"), {"reason": " "}).status_code == 422
    assert inside.get("/people/").status_code == 200
    assert secretary.post(path_of(clerk, "close/"), WHY)["Location"] == path_of(clerk)
    assert inside.get("/people/").status_code == 302
    assert "账号已停用" in secretary.get(path_of(clerk)).text
    again = secretary.post(path_of(clerk, "close/"), WHY)
    assert again.status_code == 422, "pressed twice: said, and done once"
    assert lines_of(SecurityAction.ACCOUNT_CLOSED) == [{"person": str(clerk.public_id), **WHY}]
    assert secretary.post(path_of(clerk, "reopen/"), {"reason": "回岗"}).status_code == 302
    assert client_on(cast.school_a.host, clerk).get("/people/").status_code == 200
    assert lines_of(SecurityAction.ACCOUNT_REOPENED) == [{"person": str(clerk.public_id), "reason": "回岗"}]
    assert [mail.to for mail in mailoutbox] == [[clerk.email]] * 2
    assert WHY["reason"] in mailoutbox[0].body
    assert "施秉文" in mailoutbox[0].body


def test_an_account_without_mail_is_said(secretary, cast):
    person = make_user("no.mail")
    assert "没有邮箱" in secretary.get(path_of(person, "close/")).text
    assert secretary.post(path_of(person, "close/"), WHY).status_code == 302


@pytest.mark.parametrize("what", ["close/", "second-step/", "merge/"])
def test_whose_account_it_is_not_for_the_secretary(secretary, cast, what):
    """Nobody's own; of people with a post at the association only the security administrator's."""
    security = association_client(cast["security_admin"])
    given = {**WHY, "into": "stranger", "sure": "1"}
    for client, key, word in (
        (secretary, "secretary", "另一位"),
        (security, "security_admin", "另一位"),
        (secretary, "editor", "安全保密员"),
        (secretary, "system_admin", "安全保密员"),
    ):
        answer = client.post(path_of(cast[key], what), given)
        assert answer.status_code == 422
        assert word in answer.text
        assert word in client.get(path_of(cast[key])).text
        assert "/close/" not in client.get(path_of(cast[key])).text
    assert User.objects.get(pk=cast["editor"].pk).is_active
    if what == "close/":
        assert security.post(path_of(cast["editor"], what), WHY).status_code == 302
        assert not User.objects.get(pk=cast["editor"].pk).is_active


# ---------------------------------------------------------------- lost phone, forgotten password


@pytest.mark.parametrize("key", ["officer", "expert1", "head_a", "clerk_b", "stranger"])
def test_whoever_holds_a_seat_or_a_school_post_is_helped_with_a_lost_phone(secretary, cast, client_on, mailoutbox, key):
    person = cast[key]
    here = client_on("portal.localhost", person)
    assert secretary.post(path_of(person, "second-step/"), WHY).status_code == 422, "none is switched on"
    TOTP.activate(person, generate_totp_secret())
    assert "二次验证" in secretary.get(path_of(person)).text
    assert secretary.post(path_of(person, "second-step/"), WHY).status_code == 302
    assert not Authenticator.objects.filter(user=person).exists()
    assert here.get("/account/").status_code == 302, "signed out everywhere"
    assert lines_of(SecurityAction.SECOND_STEP_OFF) == [{"person": str(person.public_id), **WHY}]
    assert [mail.to for mail in mailoutbox] == [[person.email]]


def test_a_forgotten_password_of_somebody_with_a_seat_only(secretary, cast):
    sheet = secretary.post(path_of(cast["expert1"], "reset/"))["Location"]
    assert secretary.get(sheet).status_code == 200
    assert secretary.post(path_of(cast["editor"], "reset/"))["Location"] == path_of(cast["editor"])


# ---------------------------------------------------------------- merging


def test_two_accounts_are_looked_at_side_by_side_then_merged(secretary, cast, mailoutbox):
    old = make_user("old.clerk", name="简宁", phone="13900002222", email="old@example.test")
    member(cast.school_b, user=old)
    path, kept = path_of(old, "merge/"), cast["clerk_a"]
    for wrong in ("nobody", "old.clerk"):
        assert secretary.post(path, {**WHY, "into": wrong}).status_code == 422
    look = secretary.post(path, {**WHY, "into": " Clerk_A "})
    assert look.status_code == 200
    assert "海津师范大学" in look.text
    assert "临港理工大学" in look.text
    assert User.objects.get(pk=old.pk).is_active, "only looked at"
    given = {**WHY, "into": "clerk_a", "sure": "1"}
    assert secretary.post(path, given)["Location"] == path_of(kept)
    assert secretary.post(path, given).status_code == 422, "pressed twice"
    kept.refresh_from_db()
    old.refresh_from_db()
    assert (kept.phone, kept.email, old.phone, old.email) == (
        "13900002222", "clerk_a@example.test", "", "old@example.test",
    )  # fmt: skip
    assert set(Membership.objects.filter(user=kept, ends_on=None).values_list("school__code", flat=True)) == {
        "lingang", "haijin",
    }  # fmt: skip
    facts = {"person": str(old.public_id), "into": str(kept.public_id), "changed": ["phone"], **WHY}
    assert lines_of(SecurityAction.ACCOUNTS_MERGED) == [facts]
    assert sorted(mail.to[0] for mail in mailoutbox) == ["clerk_a@example.test", "old@example.test"]


def test_names_that_differ_and_seats_that_stay_are_said(secretary, cast):
    look = secretary.post(path_of(cast["officer"], "merge/"), {**WHY, "into": "clerk_a"}).text
    assert "姓名不同" in look
    assert "能源管理专业委员会" in look


def test_a_merge_into_somebody_with_a_post_is_the_security_administrators(secretary, cast):
    answer = secretary.post(path_of(cast["clerk_a"], "merge/"), {**WHY, "into": "editor", "sure": "1"})
    assert answer.status_code == 422
    assert User.objects.get(pk=cast["clerk_a"].pk).is_active


def test_a_closed_account_is_merged_into_nothing(secretary, cast):
    close_account(person=cast["clerk_b"], reason="x", by=cast["secretary"], at=timezone.now())
    answer = secretary.post(path_of(cast["clerk_a"], "merge/"), {**WHY, "into": "clerk_b"})
    assert "没有这个账号" in answer.text
