"""Telling: one notice a person and message, written with the move; mails by the minute, by the day, or not at all."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from committees.filings import actions as filing_actions
from committees.filings.telling import untold
from committees.notices import actions
from committees.notices.messages import Both, Letter, Message, both
from committees.notices.models import MailState, Notice
from committees.notices.sending import send_digests, send_waiting
from tenants.models import User
from tests.committees.filings.school.ground import VALUES, Case, make_call
from tests.ground.cast import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S9-75")]
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def message(topic="news", *, is_duty=False, **more):
    return Message(
        topic=topic,
        title=Both("题目", "Title"),
        words=Both("一句话。", "A sentence."),
        path="/desk/",
        is_duty=is_duty,
        **more,
    )


def told(person, **more):
    return actions.tell(letters=[Letter(person, message(**more))], at=AT)


@pytest.fixture
def ready(case: Case) -> Case:
    """A whole return, and nothing told yet."""
    case.begin()
    case.write(VALUES)
    Notice.objects.all().delete()
    return case


def test_each_hand_is_told_in_the_move_itself_and_by_mail_within_the_minute(ready: Case):
    ready.client().post(f"{ready.path}request_approval/")
    (first,) = Notice.objects.all()
    assert (first.person.account, first.is_duty, first.path) == ("head_a", True, ready.path)
    assert send_waiting(at=timezone.now()) == 1
    assert [one.to for one in mail.outbox] == [["head_a@example.test"]]
    assert ready.path in mail.outbox[0].body
    ready.client("head_a").post(f"{ready.path}file/", {"stated": "1", "password": PASSWORD})
    send_waiting(at=timezone.now())
    assert {one.to[0] for one in mail.outbox[1:]} == {"officer@example.test", "clerk_a@example.test"}
    ready.filing.refresh_from_db()
    mail.outbox.clear()
    items = {"water": "是否含家属区？"}
    filing_actions.return_items(filing=ready.filing, items=items, by=ready.cast["officer"], at=timezone.now())
    send_waiting(at=timezone.now())
    assert {one.to[0] for one in mail.outbox} == {"clerk_a@example.test", "head_a@example.test"}
    assert all("是否含家属区" not in one.body for one in mail.outbox)
    assert "退回" in mail.outbox[0].subject


def test_a_move_that_is_undone_has_told_nobody(ready: Case):
    class Undone(Exception):
        pass

    with pytest.raises(Undone), transaction.atomic():  # noqa: PT012  both belong to the transaction
        ready.client().post(f"{ready.path}request_approval/")
        raise Undone
    assert not Notice.objects.exists()


def test_a_mail_leaves_once(ready: Case):
    ready.client().post(f"{ready.path}request_approval/")
    assert [send_waiting(at=timezone.now()) for _ in range(3)] == [1, 0, 0]
    assert len(mail.outbox) == 1


def test_many_events_of_one_move_make_one_mail(cast):
    for number in range(5):
        actions.tell(letters=[Letter(cast["officer"], message(f"news.{number}"))], at=AT)
    assert send_waiting(at=AT) == 1
    assert mail.outbox[0].body.count("一句话。") == 5
    assert "5" in mail.outbox[0].subject


def test_the_same_message_reaches_a_person_once(cast):
    letters = [Letter(cast["head_a"], message()), Letter(cast["head_a"], message())]
    assert len(actions.tell(letters=letters, at=AT)) == 1


def test_who_has_no_address_reads_it_in_the_portal(ready: Case):
    User.objects.filter(account="head_a").update(email="")
    ready.client().post(f"{ready.path}request_approval/")
    assert Notice.objects.get().mail == MailState.NONE
    assert send_waiting(at=timezone.now()) == 0
    assert ready.state() == "approval_requested"


def test_demo_content_tells_nobody(ready: Case):
    with untold():
        ready.client().post(f"{ready.path}request_approval/")
    assert not Notice.objects.exists()


def test_a_call_that_opens_is_told_to_each_school(cast):
    make_call(cast)
    found = Notice.objects.filter(topic="call.open")
    assert {row.person.account for row in found} == {"head_a", "clerk_a", "head_b", "clerk_b"}
    assert all(row.is_duty and row.school.pk in {cast.school_a.pk, cast.school_b.pk} for row in found)


def test_the_mail_speaks_the_language_of_its_reader(cast):
    actions.choose_mail(by=cast["head_b"], rhythm="at_once", language="en", only_duties=False, at=AT)
    told(cast["head_a"])
    told(cast["head_b"])
    send_waiting(at=AT)
    subjects = {one.to[0]: (one.subject, one.body) for one in mail.outbox}
    assert subjects["head_a@example.test"][0] == "题目"
    assert subjects["head_b@example.test"][0] == "Title"
    assert "/en/desk/" in subjects["head_b@example.test"][1]


@pytest.mark.parametrize(
    ("moment", "mails"),
    [
        (datetime(2026, 3, 2, 23, 59, tzinfo=UTC), 0),  # 7:59 of Tuesday
        (datetime(2026, 3, 3, 0, 0, tzinfo=UTC), 1),  # eight o'clock
        (datetime(2026, 3, 3, 5, 0, tzinfo=UTC), 1),  # a worker that slept
        (datetime(2026, 3, 7, 1, 0, tzinfo=UTC), 0),  # Saturday
        (datetime(2026, 4, 6, 1, 0, tzinfo=UTC), 0),  # Monday, but Qingming
    ],
)
def test_the_daily_mail_comes_at_eight_on_working_days(cast, moment, mails):
    actions.choose_mail(by=cast["head_a"], rhythm="daily", language="zh-hans", only_duties=False, at=AT)
    told(cast["head_a"], topic="one")
    told(cast["head_a"], topic="two")
    assert send_waiting(at=AT) == 0
    assert send_digests(at=moment) == mails
    assert send_digests(at=moment) == 0
    assert len(mail.outbox) == mails


def test_what_comes_after_eight_waits_for_the_next_working_day(cast):
    actions.choose_mail(by=cast["head_a"], rhythm="daily", language="zh-hans", only_duties=False, at=AT)
    told(cast["head_a"])  # ten in the morning of Monday
    assert send_digests(at=AT + timedelta(hours=3)) == 0
    assert send_digests(at=AT + timedelta(hours=22)) == 1


def test_all_but_duties_can_be_switched_off(cast):
    actions.choose_mail(by=cast["head_a"], rhythm="at_once", language="zh-hans", only_duties=True, at=AT)
    told(cast["head_a"], topic="news")
    told(cast["head_a"], topic="duty", is_duty=True)
    states = dict(Notice.objects.values_list("topic", "mail"))
    assert states == {"news": "none", "duty": "waiting"}


def test_only_what_is_no_duty_can_be_unsubscribed_from(cast):
    told(cast["head_a"])
    told(cast["head_b"], is_duty=True)
    send_waiting(at=AT)
    headers = {one.to[0]: one.extra_headers for one in mail.outbox}
    assert headers["head_b@example.test"] == {}
    assert headers["head_a@example.test"]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["head_a@example.test"]["List-Unsubscribe"].startswith("<http")


def test_a_text_in_both_languages_names_things_in_both(cast):
    made = both("%(who)s", {"who": cast.school_a})
    assert (made.zh, made.en) == (cast.school_a.name_zh, cast.school_a.name_en)
