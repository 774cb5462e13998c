"""The bell, the list, the choice, the link that unsubscribes, and the secretary's list of addresses."""

import re
from datetime import UTC, datetime

import pytest
from django.core import mail

from committees.notices import actions
from committees.notices.models import MailChoice, MailFailure, Notice
from committees.notices.sending import send_waiting
from tests.committees.notices.test_telling import told
from tests.ground.clients import association_client, client_on

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S9-75")]
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def test_the_bell_counts_and_the_list_empties_it(cast):
    told(cast["clerk_a"], topic="one", school=cast.school_a)
    told(cast["clerk_a"], topic="two")
    client = client_on(cast.school_a.host, cast["clerk_a"])
    page = client.get("/notices/").text
    assert "2条未读" in page
    assert page.count('class="is-new"') == 2
    notice = Notice.objects.get(topic="one")
    assert client.get(f"/notices/{notice.public_id}/")["Location"] == "/desk/"
    assert client.get("/notices/?unread=1").text.count('class="is-new"') == 1
    client.post("/notices/read/")
    assert "条未读" not in client.get("/notices/").text
    assert not Notice.objects.filter(read_at=None).exists()


def test_a_notice_of_a_school_leads_through_the_door_from_elsewhere(cast):
    told(cast["clerk_a"], school=cast.school_a)
    notice = Notice.objects.get()
    there = association_client(cast["clerk_a"]).get(f"/notices/{notice.public_id}/")["Location"]
    assert "/accounts/enter/?school=" in there


def test_another_person_s_notice_is_unknown(cast):
    told(cast["clerk_a"])
    client = association_client(cast["officer"])
    assert client.get(f"/notices/{Notice.objects.get().public_id}/").status_code == 404
    assert Notice.objects.get().read_at is None


def test_words_from_outside_stay_words(cast):
    told(cast["clerk_a"], quoted="<script>alert(1)</script>")
    page = association_client(cast["clerk_a"]).get("/notices/").text
    assert "<script>alert" not in page
    send_waiting(at=AT)
    assert "<script>alert" not in mail.outbox[0].alternatives[0][0]


def test_the_list_costs_the_same(cast, queries):
    client = association_client(cast["clerk_a"])
    topics = iter(range(9))
    queries.at_1_and_3(9, lambda: told(cast["clerk_a"], topic=str(next(topics))), lambda: client.get("/notices/"))


def test_the_choice_is_kept(cast):
    client = client_on(cast.school_a.host, cast["clerk_a"])
    assert client.get("/notices/settings/").status_code == 200
    answer = client.post("/notices/settings/", {"rhythm": "daily", "language": "en", "only_duties": "on"})
    assert answer.status_code == 302
    row = MailChoice.objects.get(person=cast["clerk_a"])
    assert (row.rhythm, row.language, row.only_duties) == ("daily", "en", True)
    assert client.post("/notices/settings/", {"rhythm": "never", "language": "en"}).status_code == 422


def test_one_click_without_signing_in(cast):
    told(cast["clerk_a"])
    send_waiting(at=AT)
    link = re.search(r"<https?://[^/]+(/[^>]+)>", mail.outbox[0].extra_headers["List-Unsubscribe"]).group(1)
    told(cast["clerk_a"], topic="later")
    visitor = association_client(enforce_csrf_checks=True)
    assert visitor.get(link).status_code == 200
    assert not MailChoice.objects.exists(), "a programme that fetches links changes nothing"
    assert visitor.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert MailChoice.objects.get(person=cast["clerk_a"]).only_duties
    assert send_waiting(at=AT) == 0, "what waited is taken out"
    told(cast["clerk_a"], topic="duty", is_duty=True)
    assert send_waiting(at=AT) == 1


def test_a_wrong_link_is_an_unknown_page(cast):
    assert association_client().post("/notices/unsubscribe/zz:zz:zz/").status_code == 404


def test_addresses_that_took_no_mail(cast, queries):
    numbers = iter(range(9))

    def fail():
        actions.note_failure(address=f"a{next(numbers)}@example.test", subject="题目", error="550 no such user", at=AT)

    client = association_client(cast["secretary"])
    queries.at_1_and_3(10, fail, lambda: client.get("/office/mail/"))
    actions.note_failure(address="clerk_a@example.test", subject="x", error="550", at=AT)
    actions.note_failure(address="clerk_a@example.test", subject="y", error="552", at=AT)
    row = MailFailure.objects.get(address="clerk_a@example.test")
    assert (row.count, row.error) == (2, "552")
    page = client.get("/office/mail/").text
    assert "clerk_a@example.test" in page
    assert cast["clerk_a"].name in page
    client.post(f"/office/mail/{row.public_id}/settle/")
    assert "clerk_a@example.test" not in client.get("/office/mail/").text.split('id="main"')[1].split("<table")[1]
    assert cast["secretary"].name in client.get("/office/mail/?settled=1").text
