"""The desk: one list over all rooms and hosts, with links to the right host; its queries do not grow."""

from datetime import date, timedelta
from itertools import count

import pytest
from django.conf import settings
from django.utils import timezone

from committees.filings import actions
from tenants.models import SchoolRole
from tests.committees.filings.school.ground import VALUES, make_call, make_case
from tests.ground.clients import association_client, client_on


@pytest.mark.requirement("S9-52")
def test_a_clerk_sees_what_is_due_and_where_it_leads(cast):
    case = make_case(cast, due=timezone.localdate())
    page = case.client().get("/desk/").content.decode()
    assert case.path in page
    assert 'class="hq-tray hq-next"' in page
    assert "今天" in page


def test_a_day_with_nothing_to_do(cast):
    page = client_on(cast.school_a.host, cast["clerk_a"]).get("/desk/").content.decode()
    assert "hq-rest" in page
    make_case(cast)
    page = client_on(cast.school_a.host, cast["clerk_a"]).get("/desk/").content.decode()
    assert "hq-rest" in page
    assert "2026年度能源资源消费年报" in page


def test_overdue_stands_first(cast):
    make_case(cast, "2024")
    late = make_case(cast, "2025", due=timezone.localdate() - timedelta(days=0))
    page = late.client().get("/desk/").content.decode()
    assert page.index("2025年度") < page.index("2024年度")


def test_a_person_in_two_schools_sees_one_list_and_is_led_through_the_door(cast, member):
    make_call(cast)
    both = member(cast.school_a)
    member(cast.school_b, SchoolRole.CLERK, user=both)
    page = client_on(cast.school_a.host, both).get("/desk/").content.decode()
    assert f"{settings.ASSOCIATION_URL}/accounts/enter/?school=haijin&amp;next=%2Ffilings%2F" in page
    there = association_client(both).get("/desk/").content.decode()
    assert there.count("/accounts/enter/?school=") >= 2


def test_an_officer_sees_what_waits_for_the_committee(cast):
    case = make_case(cast)
    case.send()
    page = association_client(cast["officer"]).get("/desk/").content.decode()
    assert f"/committees/energy/filings/{case.filing.public_id}/" in page
    assert str(cast.school_b.name) not in page


def test_returned_work_stands_there_with_its_reasons(cast):
    case = make_case(cast)
    case.send()
    now = timezone.now()
    actions.return_items(filing=case.filing, items={"water": "是否含家属区？"}, by=cast["officer"], at=now)
    page = case.client().get("/desk/").content.decode()
    assert "是否含家属区？" in page
    assert "用水量" in page
    assert 'class="hq-tray hq-next"' in page


def test_what_was_filed_lately_is_lit(cast):
    case = make_case(cast)
    case.send()
    actions.accept(filing=case.filing, by=cast["officer"], at=timezone.now())
    page = case.client().get("/desk/").content.decode()
    assert case.filing.number in page


def test_the_desk_needs_a_person(cast):
    assert client_on(cast.school_a.host).get("/desk/").status_code == 302
    assert client_on(cast.school_a.host, cast["stranger"]).get("/desk/").status_code == 404
    assert association_client(cast["stranger"]).get("/desk/").status_code == 200


def test_the_desk_costs_the_same(cast, queries):
    years = count(2021)
    client = client_on(cast.school_a.host, cast["clerk_a"])
    queries.at_1_and_3(14, lambda: make_call(cast, str(next(years))), lambda: client.get("/desk/"))


def test_the_committees_desk_costs_the_same(cast, queries):
    years = count(2021)
    client = association_client(cast["officer"])
    queries.at_1_and_3(14, lambda: make_case(cast, str(next(years))).send(), lambda: client.get("/desk/"))


__all__ = ["VALUES"]


def test_exceptional_days_move_the_deadline(cast):
    from committees.calendar.models import WorkdayOverride

    due = date(2030, 6, 14)
    case = make_case(cast, due=due)
    before = case.client().get("/desk/").context["next_one"].left
    WorkdayOverride.objects.create(day=date(2030, 6, 13), is_workday=False)
    assert case.client().get("/desk/").context["next_one"].left == before - 1
