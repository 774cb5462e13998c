"""Reminders: one, some, all that are late; never twice a day; by itself before the day; never to those who filed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from committees.filings import duty_actions
from committees.filings.models import Reminder
from committees.filings.reminder_actions import change_reminders, remind, remind_before_due
from committees.notices.actions import add_robot
from committees.notices.models import Notice, RobotPost
from committees.notices.sending import send_waiting
from committees.workflow.advance import MoveRefused
from tests.committees.filings.committee.ground import AT, bring, filing_of, later, light_schools, make_call
from tests.ground.clients import association_client, client_on

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S9-75")]
BOARD = reverse("committee_board", args=["energy"])
REMIND = reverse("committee_remind", args=["energy"])
#: After 31 March, when the calls of these tests are due: a working day.
LATE = datetime(2026, 4, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def call(cast):
    made = make_call(cast, [cast.school_a, cast.school_b])
    Notice.objects.all().delete()
    return made


def told():
    return sorted(Notice.objects.filter(topic="filing.remind").values_list("person__account", flat=True))


def test_clerk_and_head_are_told_once_a_day(cast, call):
    filings = [filing_of(call, cast.school_a)]
    first = remind(filings=filings, by=cast["officer"], at=LATE, note="请今天报来")
    again = remind(filings=filings, by=cast["officer"], at=LATE + timedelta(hours=3))
    assert (first.reminded, again.reminded, again.left_out) == (1, 0, 1)
    assert told() == ["clerk_a", "head_a"]
    notice = Notice.objects.filter(topic="filing.remind").first()
    assert (notice.is_duty, notice.quoted) == (True, "请今天报来")
    assert notice.title_zh.startswith("已逾期")
    assert remind(filings=filings, by=cast["officer"], at=LATE + timedelta(days=1)).reminded == 1


def test_the_database_itself_refuses_a_second_one(cast, call):
    row = {"filing": filing_of(call, cast.school_a), "day": date(2026, 4, 2), "due_on": call.due_on, "at": LATE}
    Reminder.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(**row)


def test_who_has_filed_is_left_out(cast, call):
    bring(cast, call, cast.school_a, "filed", later(1))
    Notice.objects.all().delete()
    outcome = remind(
        filings=list(call.filings.select_related("school", "duty", "call__committee")), by=cast["officer"], at=LATE
    )
    assert (outcome.reminded, outcome.left_out) == (1, 1)
    assert told() == ["clerk_b", "head_b"]


def test_one_mail_for_many_returns(cast):
    calls = [make_call(cast, [cast.school_a], period=str(year)) for year in (2021, 2022, 2023)]
    Notice.objects.all().delete()
    filings = [filing_of(call, cast.school_a) for call in calls]
    assert remind(filings=filings, by=cast["officer"], at=LATE).reminded == 3
    assert send_waiting(at=LATE) == 2
    assert sorted(one.to[0] for one in mail.outbox) == ["clerk_a@example.test", "head_a@example.test"]


@pytest.mark.parametrize("person", ["expert1", "commission", "head_a", "stranger"])
def test_only_deciding_seats_remind(cast, call, person):
    with pytest.raises(MoveRefused):
        remind(filings=[filing_of(call, cast.school_a)], by=cast[person], at=LATE)
    assert not Reminder.objects.exists()


def test_the_page_shows_first_and_sends_then(cast, call):
    add_robot(
        owner="committee:energy", kind="wecom", label="联络员群", token="k" * 12, secret="", by=cast["officer"], at=AT
    )
    call.filings.update(state_since=AT)
    client = association_client(cast["officer"])
    query = {"call": str(call.public_id), "school": str(cast.school_a.public_id)}
    page = client.get(REMIND, query).content.decode()
    assert cast.school_a.name in page
    assert cast.school_b.name not in page
    assert not Reminder.objects.exists()
    answer = client.post(
        f"{REMIND}?call={call.public_id}", {"school": [cast.school_a.public_id], "note": "<b>", "robots": "1"}
    )
    assert answer["Location"] == f"{BOARD}?call={call.public_id}"
    assert told() == ["clerk_a", "head_a"]
    assert cast.school_a.name_zh in RobotPost.objects.get().words
    assert "已催1所" in client.get(answer["Location"]).content.decode()
    assert "今天已经催过" in client.get(REMIND, query).content.decode()


def test_all_that_are_late_by_one_press(cast, call):
    bring(cast, call, cast.school_a, "returned", later(1))
    Notice.objects.all().delete()
    client = association_client(cast["officer"])
    assert client.post(f"{REMIND}?call={call.public_id}", {"late": "1"}).status_code == 302
    assert told() == ["clerk_b", "head_b"], "what was sent back is not late"


def test_a_school_of_another_call_is_not_reached(cast, call):
    stranger = light_schools(1)[0]
    client = association_client(cast["officer"])
    for school in (stranger.public_id, "00000000-0000-4000-8000-00000000dead", "no uuid"):
        client.post(f"{REMIND}?call={call.public_id}", {"school": [school]})
    assert not Reminder.objects.exists()


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 3, 19, 2, tzinfo=UTC), 0),  # eight working days left
        (datetime(2026, 3, 20, 2, tzinfo=UTC), 2),  # seven
        (datetime(2026, 3, 21, 2, tzinfo=UTC), 0),  # Saturday
        (datetime(2026, 3, 24, 2, tzinfo=UTC), 2),  # five: seven is made up for
        (datetime(2026, 4, 1, 2, tzinfo=UTC), 0),  # over: that is for people
    ],
)
def test_by_itself_before_the_day_on_working_days(cast, call, moment, expected):
    assert remind_before_due(at=moment) == expected
    assert remind_before_due(at=moment) == 0, "again does nothing"
    assert remind_before_due(at=moment + timedelta(hours=2)) == 0


def test_each_step_once_and_none_for_who_filed_or_was_waived(cast, call):
    days = [datetime(2026, 3, day, 2, tzinfo=UTC) for day in range(16, 32)]
    bring(cast, call, cast.school_a, "filed", later(1))
    assert sum(remind_before_due(at=day) for day in days) == 3
    assert set(Reminder.objects.values_list("filing__school", "step")) == {(cast.school_b.pk, n) for n in (7, 3, 1)}
    other = make_call(cast, [cast.school_b], period="2024")
    duty_actions.waive(filing=filing_of(other, cast.school_b), reason="不适用", by=cast["officer"], at=AT)
    assert sum(remind_before_due(at=day) for day in days) == 0


def test_more_time_means_reminders_anew(cast, call):
    filing = filing_of(call, cast.school_a)
    assert remind_before_due(at=datetime(2026, 3, 30, 2, tzinfo=UTC)) == 2
    duty_actions.extend(filing=filing, due_on=date(2026, 4, 15), reason="核对中", by=cast["officer"], at=later(20))
    assert remind_before_due(at=datetime(2026, 4, 14, 2, tzinfo=UTC)) == 1


def test_the_steps_are_the_call_s(cast, call):
    change_reminders(call=call, days=[2], by=cast["officer"], at=AT)
    assert remind_before_due(at=datetime(2026, 3, 24, 2, tzinfo=UTC)) == 0
    assert remind_before_due(at=datetime(2026, 3, 27, 2, tzinfo=UTC)) == 2
    client = association_client(cast["officer"])
    address = reverse("committee_call_reminders", args=["energy", call.public_id])
    client.post(address, {"days": "10、5，2"})
    call.refresh_from_db()
    assert call.remind_before == [10, 5, 2]
    client.post(address, {"days": "0 99"})
    call.refresh_from_db()
    assert call.remind_before == [10, 5, 2]
    client.post(address, {"days": ""})
    call.refresh_from_db()
    assert call.remind_before == []


def test_reminding_costs_the_same_for_many(cast, queries):
    call = make_call(cast, [cast.school_a, cast.school_b, *light_schools(20)])
    rows = list(call.filings.select_related("school", "duty", "call__committee"))
    with queries(7):
        remind(filings=rows, by=cast["officer"], at=LATE)
    with queries(7):
        remind(filings=rows[:3], by=cast["officer"], at=LATE + timedelta(days=1))


def test_robots_have_a_page(cast, queries):
    address = reverse("committee_robots", args=["energy"])
    client = association_client(cast["officer"])
    given = {"kind": "wecom", "label": "联络员群", "token": "abcdefgh1234", "secret": ""}
    assert client.post(address, given).status_code == 302
    assert client.post(address, given).status_code == 422
    page = client.get(address).content.decode()
    assert "1234" in page
    assert "abcdefgh" not in page
    names = iter(range(9))
    queries.at_1_and_3(
        7, lambda: add_robot(owner="committee:energy", kind="feishu", label="x", token=f"token-{next(names):05}", secret="",
                              by=cast["officer"], at=AT), lambda: client.get(address))  # fmt: skip


def test_the_officer_reminds_and_the_clerk_sees_it_in_bell_mail_and_desk(cast, call):
    """A short way through both hosts, with real pages."""
    page = association_client(cast["officer"]).get(BOARD, {"call": str(call.public_id)}).content.decode()
    assert "催全部逾期的2所" in page
    association_client(cast["officer"]).post(f"{REMIND}?call={call.public_id}", {"late": "1", "note": "请今天报来"})
    send_waiting(at=LATE)
    letter = next(one for one in mail.outbox if one.to == ["clerk_a@example.test"])
    assert letter.subject.startswith("已逾期")
    assert "请今天报来" in letter.body
    clerk = client_on(cast.school_a.host, cast["clerk_a"])
    assert "提醒，1条未读" in clerk.get("/desk/").content.decode()
    listed = clerk.get("/notices/").content.decode()
    assert "请今天报来" in listed
    notice = Notice.objects.get(person=cast["clerk_a"])
    led = clerk.get(f"/notices/{notice.public_id}/")["Location"]
    assert led == f"/filings/{filing_of(call, cast.school_a).public_id}/"
    assert led in clerk.get("/desk/").content.decode()
    board = association_client(cast["officer"]).get(BOARD, {"call": str(call.public_id)}).content.decode()
    assert "催报，第1次" in board
