"""The way from the association's sign-in to a school's host."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest

from tenants.models import EntryTicket, Membership, SchoolRole, SecurityAction, SecurityEvent, SignIn
from tests.ground.cast import BEGIN


def path_of(response):
    parts = urlsplit(response["Location"])
    return f"{parts.path}?{parts.query}"


def plain(response):
    """The page without the number of the request, which is another one each time."""
    return response.text.replace(response["X-Request-ID"], "x")


def to_ticket(school, association):
    """The first two steps: from the school's door to the association and back; the address with the ticket."""
    led = school.get("/people/")
    assert led["Location"].startswith("http://portal.localhost:8000/accounts/enter/?school=")
    return association.get(path_of(led))


def test_the_whole_way(client_on, cast):
    school, association = client_on(cast.school_a.host), client_on("portal.localhost", cast["clerk_a"])
    back = to_ticket(school, association)
    assert back["Location"].startswith(f"{cast.school_a.url}/enter/?ticket=")
    entered = school.get(path_of(back))
    assert (entered.status_code, entered["Location"]) == (302, "/people/")
    assert school.get("/people/").status_code == 200
    cookie = school.cookies["__Host-sessionid"]
    assert (cookie["domain"], cookie["secure"], cookie["httponly"], cookie["path"]) == ("", True, True, "/")
    assert SecurityEvent.objects.filter(action=SecurityAction.SCHOOL_ENTERED, school=cast.school_a).count() == 1
    assert EntryTicket.objects.get().token_hash not in back["Location"], "the ticket itself is kept nowhere"


def test_a_ticket_serves_once(client_on, cast):
    school, association = client_on(cast.school_a.host), client_on("portal.localhost", cast["clerk_a"])
    ticket = path_of(to_ticket(school, association))
    nonce = school.cookies["__Host-entry"].value
    school.get(ticket)
    thief = client_on(cast.school_a.host)
    thief.cookies["__Host-entry"] = nonce
    assert thief.get(ticket).status_code == 403
    assert thief.get("/people/").status_code == 302


def test_a_ticket_of_another_browser_is_refused(client_on, cast):
    """Login CSRF: a stranger's ticket signs nobody in."""
    attacker, association = client_on(cast.school_a.host), client_on("portal.localhost", cast["clerk_a"])
    ticket = path_of(to_ticket(attacker, association))
    for victim in (client_on(cast.school_a.host), client_on(cast.school_a.host)):
        assert victim.get(ticket).status_code == 403
        victim.get("/people/")  # has a nonce of its own now
        assert victim.get(ticket).status_code == 403
        assert victim.get("/people/").status_code == 302
    assert attacker.get(ticket).status_code == 302, "refused tries did not use it up"
    assert SecurityEvent.objects.filter(action=SecurityAction.ENTRY_REFUSED, succeeded=False).count() == 4


def test_a_ticket_without_any_nonce_is_refused(client_on, cast):
    school, association = client_on(cast.school_a.host), client_on("portal.localhost", cast["clerk_a"])
    ticket = path_of(to_ticket(school, association))
    del school.cookies["__Host-entry"]
    assert school.get(ticket).status_code == 403


def test_a_ticket_of_another_school_is_refused(client_on, cast):
    Membership.objects.create(school=cast.school_b, user=cast["clerk_a"], role=SchoolRole.CLERK, starts_on=BEGIN)
    school, association = client_on(cast.school_a.host), client_on("portal.localhost", cast["clerk_a"])
    ticket = path_of(to_ticket(school, association))
    other = client_on(cast.school_b.host)
    other.cookies["__Host-entry"] = school.cookies["__Host-entry"].value
    assert other.get(ticket).status_code == 403


def test_a_ticket_is_good_for_a_minute(client_on, cast):
    school, association = client_on(cast.school_a.host), client_on("portal.localhost", cast["clerk_a"])
    ticket = path_of(to_ticket(school, association))
    EntryTicket.objects.update(expires_at=EntryTicket.objects.get().expires_at - timedelta(seconds=61))
    assert school.get(ticket).status_code == 403


def test_a_ticket_dies_with_its_sign_in(client_on, cast):
    school, association = client_on(cast.school_a.host), client_on("portal.localhost", cast["clerk_a"])
    ticket = path_of(to_ticket(school, association))
    association.post("/accounts/sign-out/")
    assert school.get(ticket).status_code == 403


def test_two_tabs_do_not_undo_each_other(client_on, cast):
    school, association = client_on(cast.school_a.host), client_on("portal.localhost", cast["clerk_a"])
    first = to_ticket(school, association)
    second = to_ticket(school, association)
    assert school.get(path_of(first)).status_code == 302
    assert second["Location"] != first["Location"]


@pytest.mark.parametrize(
    "target", ["//evil.test/", "/\\evil.test/", "https://evil.test/", "javascript:alert(1)", "people/", ""]
)
def test_next_stays_on_the_school(client_on, cast, target):
    school, association = client_on(cast.school_a.host), client_on("portal.localhost", cast["clerk_a"])
    led = school.get("/people/")
    query = parse_qs(urlsplit(led["Location"]).query)
    asked = {"school": query["school"][0], "challenge": query["challenge"][0], "next": target}
    back = association.get("/accounts/enter/", asked)
    assert parse_qs(urlsplit(back["Location"]).query)["next"] == ["/desk/"]
    ticket = parse_qs(urlsplit(back["Location"]).query)["ticket"][0]
    assert school.get("/enter/", {"ticket": ticket, "next": target})["Location"] == "/desk/"


@pytest.mark.parametrize(
    "host", ["evil.test", "haijin.portal.localhost", "LINGANG.portal.localhost", "portal.localhost"]
)
def test_a_foreign_host_gets_no_ticket(client_on, cast, host):
    association = client_on("portal.localhost", cast["clerk_a"])
    asked = {"school": "lingang", "challenge": "0" * 64, "host": host}
    assert association.get("/accounts/enter/", asked).status_code == 404
    assert not EntryTicket.objects.exists()


def test_to_a_stranger_every_school_is_unknown(client_on, cast):
    association = client_on("portal.localhost", cast["stranger"])
    answers = [
        association.get("/accounts/enter/", {"school": code, "challenge": "0" * 64}) for code in ("lingang", "nowhere")
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    bodies = {plain(answer).replace("lingang", "x").replace("nowhere", "x") for answer in answers}
    assert len(bodies) == 1


def test_a_stranger_on_a_schools_host_sees_nothing(client_on, cast):
    """The page of an unknown address, and the same for a post that is there and for one that is not."""
    client = client_on(cast.school_a.host, cast["head_b"])
    there = Membership.objects.get(user=cast["clerk_a"]).public_id
    known, unknown = f"/people/{there}/", f"/people/{uuid4()}/"
    answers = [client.get(known), client.get(unknown), client.get("/people/"), client.get("/nothing/")]
    assert {answer.status_code for answer in answers} == {404}
    assert plain(answers[0]).replace(known, "x") == plain(answers[1]).replace(unknown, "x")
    assert all("临港" not in answer.text and "简宁" not in answer.text for answer in answers)


def test_a_session_carried_to_another_host_is_nobodys(client_on, cast):
    Membership.objects.create(school=cast.school_b, user=cast["clerk_a"], role=SchoolRole.CLERK, starts_on=BEGIN)
    here = client_on(cast.school_a.host, cast["clerk_a"])
    for host in (cast.school_b.host, "portal.localhost"):
        there = client_on(host)
        there.cookies["__Host-sessionid"] = here.cookies["__Host-sessionid"].value
        assert there.get("/people/" if "haijin" in host else "/account/").status_code == 302, host
    assert here.get("/people/").status_code == 200, "the session itself is left alone"
    assert SecurityEvent.objects.filter(action=SecurityAction.SESSION_REFUSED).count() == 2


def test_a_request_asks_who_with_two_queries(client_on, cast, queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_on(cast.school_a.host, cast["clerk_a"])
    client.get("/people/")
    with CaptureQueriesContext(
        connection,
    ) as seen:
        client.get("/people/")
    tables = [
        q["sql"] for q in seen.captured_queries if any(t in q["sql"] for t in ("django_session", "tenants_signin"))
    ]
    assert len(tables) == 2, tables
    assert not any("clock_timestamp" in q["sql"] for q in seen.captured_queries), "the time came along"
    assert SignIn.objects.count() == 1


def test_a_form_sent_after_the_session_ended_leads_back_to_its_page(client_on, cast):
    client = client_on(cast.school_a.host)
    page = f"{cast.school_a.url}/people/invite/"
    led = client.post("/people/invite/", {"name": "x"}, headers={"referer": page})
    assert parse_qs(urlsplit(led["Location"]).query)["next"] == ["/people/invite/"]


def test_htmx_is_led_as_a_whole_page(client_on, cast):
    led = client_on(cast.school_a.host).get("/people/", headers={"HX-Request": "true"})
    assert led["HX-Redirect"].startswith("http://portal.localhost:8000/accounts/enter/")
    assert "__Host-entry" in led.cookies


def test_english_stays_english(client_on, cast):
    led = client_on(cast.school_a.host).get("/en/people/")
    assert led["Location"].startswith("http://portal.localhost:8000/en/accounts/enter/")
    association = client_on("portal.localhost", cast["clerk_a"])
    assert "/en/enter/?ticket=" in association.get(path_of(led))["Location"]


@pytest.mark.committed
def test_of_two_uses_at_once_one_wins(cast):
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connection as here
    from django.utils import timezone

    from tenants.actions.tickets import issue_ticket, use_ticket

    now = timezone.now()
    sign_in = SignIn.objects.create(user=cast["clerk_a"], started_at=now, seen_at=now)
    school = cast.school_a
    token = issue_ticket(sign_in=sign_in, school=school, host=school.host, challenge="0" * 64, at=now)

    def use(_number):
        try:
            return use_ticket(token=token, challenge="0" * 64, school=school, host=school.host, at=now)
        finally:
            here.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(found is not None for found in pool.map(use, range(8))) == 1
