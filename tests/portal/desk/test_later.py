"""Putting off and coming back, what others have, what is done; the calendar feed by a secret, revocable address."""

from datetime import timedelta
from itertools import count

import pytest
from django.utils import timezone
from icalendar import Calendar

from committees.filings import actions
from committees.notices.actions import NoticeRefused, digest_of, renew_feed, revoke_feed, snooze
from committees.notices.models import CalendarFeed, Snooze
from committees.workflow.models import DeskEntry
from tests.committees.filings.school.ground import make_case
from tests.ground.clients import association_client

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S9-52")]


def entry_of(case):
    return DeskEntry.objects.get(subject=case.filing.public_id, done_at__isnull=True)


def desk_of(case, key="clerk_a"):
    return case.client(key).get("/desk/").context


def put_off(case, until="week"):
    return case.client().post(f"/desk/{entry_of(case).public_id}/later/", {"until": until})


def test_what_is_put_off_stands_apart_and_comes_back_on_its_day(cast):
    case = make_case(cast)
    assert desk_of(case)["total"] == 1
    assert put_off(case).status_code == 302
    context = desk_of(case)
    assert (context["total"], len(context["put_off"])) == (0, 1)
    Snooze.objects.update(until=timezone.localdate())
    assert desk_of(case)["total"] == 1


def test_the_rail_counts_only_what_is_on_the_desk(cast):
    case = make_case(cast)
    assert _counted(case) == 1
    put_off(case)
    assert _counted(case) is None
    case.begin()
    DeskEntry.objects.filter(done_at__isnull=True).update(created_at=timezone.now() + timedelta(seconds=1))
    assert _counted(case) == 1


def _counted(case):
    frame = case.client().get("/desk/").context["frame"]
    return next(door.count for group in frame.groups for door in group.doors if door.href.endswith("/desk/"))


def test_it_comes_back_when_the_thing_moves(cast):
    case = make_case(cast)
    put_off(case)
    case.begin()
    DeskEntry.objects.filter(done_at__isnull=True).update(created_at=timezone.now() + timedelta(seconds=1))
    assert desk_of(case)["total"] == 1


def test_it_is_taken_back_by_hand_and_is_a_person_s_own(cast, member):
    case = make_case(cast)
    put_off(case)
    other = member(cast.school_a)
    assert len(association_client(other).get("/desk/").context["put_off"]) == 0
    put_off(case, until="")
    assert desk_of(case)["total"] == 1


@pytest.mark.parametrize("days", [-1, 0, 31])
def test_not_into_the_past_and_not_for_ever(cast, days):
    case, today = make_case(cast), timezone.localdate()
    with pytest.raises(NoticeRefused):
        snooze(subject=case.filing.public_id, until=today + timedelta(days=days), today=today, by=cast["clerk_a"],
               at=timezone.now())  # fmt: skip
    assert put_off(case, until="someday").status_code == 302
    assert not Snooze.objects.exists()


def test_what_was_sent_back_never_sorts_last(cast):
    case = make_case(cast, "2025", due=timezone.localdate() + timedelta(days=60))
    make_case(cast, "2026", due=timezone.localdate() + timedelta(days=20))
    case.send()
    actions.return_items(filing=case.filing, items={"water": "？"}, by=cast["officer"], at=timezone.now())
    first = desk_of(case)["first"]
    assert (first.state, "2025" in first.title) == ("returned", True)


def test_what_others_have_is_listed_for_both_sides(cast):
    case = make_case(cast)
    case.send()
    assert [one.state for one in desk_of(case)["others"]] == ["filed"]
    actions.return_items(filing=case.filing, items={"water": "？"}, by=cast["officer"], at=timezone.now())
    officer = association_client(cast["officer"]).get("/desk/").context
    assert [one.state for one in officer["others"]] == ["returned"]
    assert cast.school_a.name in officer["others"][0].title


def test_done_things_have_pages_of_their_own(cast, queries):
    years = count(2021)
    client = association_client(cast["officer"])

    def done():
        case = make_case(cast, str(next(years)))
        case.send()
        actions.accept(filing=case.filing, by=cast["officer"], at=timezone.now())

    queries.at_1_and_3(11, done, lambda: client.get("/desk/done/"))
    assert len(client.get("/desk/done/").context["rows"]) == 3


def test_the_feed_names_what_is_due_and_nothing_else(cast, queries):
    case = make_case(cast)
    secret = renew_feed(by=cast["clerk_a"], language="zh-hans", at=timezone.now())
    assert CalendarFeed.objects.get().digest == digest_of(secret) != secret
    visitor = association_client()
    visitor.get(f"/calendar/{secret}.ics")
    with queries(7):
        answer = visitor.get(f"/calendar/{secret}.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    entry = entry_of(case)
    assert (str(event["SUMMARY"]), event["DTSTART"].dt) == (entry.title_zh, entry.due_on)
    assert case.path in str(event["URL"])
    assert not answer.cookies


def test_a_revoked_a_renewed_and_an_unknown_address_are_the_same(cast):
    make_case(cast)
    old = renew_feed(by=cast["clerk_a"], language="en", at=timezone.now())
    new = renew_feed(by=cast["clerk_a"], language="en", at=timezone.now())
    visitor = association_client()
    assert visitor.get(f"/calendar/{new}.ics").status_code == 200
    revoke_feed(by=cast["clerk_a"])
    answers = [visitor.get(f"/calendar/{one}.ics") for one in (old, new, "unknown")]
    assert [one.status_code for one in answers] == [404] * 3
    other = renew_feed(by=cast["clerk_b"], language="en", at=timezone.now())
    cast["clerk_b"].__class__.objects.filter(pk=cast["clerk_b"].pk).update(is_active=False)
    assert visitor.get(f"/calendar/{other}.ics").status_code == 404


def test_the_page_shows_the_address_once(cast):
    client = association_client(cast["clerk_a"])
    made = client.post("/desk/calendar/", {"do": "renew"}).content.decode()
    assert "/calendar/" in made
    assert ".ics" in made
    assert ".ics" not in client.get("/desk/calendar/").content.decode()
    client.post("/desk/calendar/", {"do": "revoke"})
    assert not CalendarFeed.objects.exists()
