"""Lists of the filing room that have no count in a test of their own page: each costs the same with 1 row and with 3."""

from datetime import timedelta
from itertools import count

import pytest
from django.urls import reverse

from committees.filings import actions, call_actions, series_actions
from committees.filings.models import Call, DailyRoot
from tenants.clock import local_day
from tenants.context import school_scope
from tests.committees.filings.committee.ground import AT, bring, later, light_schools, make_call, more_schools
from tests.ground.clients import association_client, school_client

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S9-75")]
CODE = {"code": "energy"}
SERIES = {
    "kind": "energy-annual", "form_code": "energy-annual", "every": "month", "title_zh": "{period}", "title_en": "{period}",
    "disclosure": "totals", "next_period": "2026-01",
}  # fmt: skip


@pytest.fixture
def officer(cast):
    return association_client(cast["officer"])


@pytest.fixture
def call(cast) -> Call:
    """An open call to nobody of those who are counted."""
    return make_call(cast, light_schools(1))


def at(name: str, row) -> str:
    return reverse(name, kwargs={**CODE, "public_id": row.public_id})


def one_more(cast, call: Call):
    """Address one further school, with its case."""
    return lambda: call_actions.add_schools(
        call=call, schools=light_schools(1), due_on=call.due_on, by=cast["officer"], at=AT
    )


@pytest.mark.parametrize(
    ("expected", "page"),
    [
        (14, "/committees/energy/board/board.csv?call={call}"),
        (9, "/committees/energy/board/remind/?call={call}&late=1"),
        (7, "/committees/energy/calls/{call}/schools/"),
        (8, "/committees/energy/calls/{call}/"),
    ],
)
def test_pages_of_many_schools(cast, officer, queries, call, expected, page):
    path = page.format(call=call.public_id)
    queries.at_1_and_3(expected, one_more(cast, call), lambda: officer.get(path))


def test_the_question_before_opening(cast, officer, queries):
    draft, codes = make_call(cast, []), []

    def ask():
        return officer.post(at("committee_call_open", draft), {"school": codes})

    queries.at_1_and_3(7, lambda: codes.extend(school.code for school in light_schools(1)), ask)


def test_changes_of_a_call(cast, officer, queries):
    call, hours = make_call(cast, [cast.school_a]), count(1)

    def change():
        hour = next(hours)
        call_actions.reword_call(
            call=call, words={"text": f"第{hour}次修改"}, reason="补充", by=cast["officer"], at=later(hours=hour)
        )  # fmt: skip

    queries.at_1_and_3(8, change, lambda: officer.get(at("committee_call", call)))


def test_calls_of_a_series(cast, officer, queries):
    series = series_actions.define_series(committee=cast.committee, words=SERIES, by=cast["officer"], at=AT)
    months = count(1)

    def open_one():
        made = make_call(cast, [], period=f"2025-{next(months):02}", kind="energy-annual")
        Call.objects.filter(pk=made.pk).update(series=series)

    queries.at_1_and_3(8, open_one, lambda: officer.get(at("committee_series_show", series)))


@pytest.mark.parametrize(
    ("expected", "page"), [(23, "committee_filing"), (13, "committee_compare"), (20, "filing_show")]
)
def test_versions_and_history_of_a_filing(cast, officer, queries, expected, page):
    """Two versions and four: the pages of the committee and of the school."""
    call = make_call(cast, [cast.school_a])
    filing, days = bring(cast, call, cast.school_a, "filed"), count(1)

    def again():
        day = next(days)
        items = {"new_energy": "是否漏报？"}
        actions.return_items(filing=filing, items=items, by=cast["officer"], at=later(day))
        with school_scope(cast.school_a):
            actions.answer(filing=filing, by=cast["clerk_a"], at=later(day, 1))
            actions.request_approval(filing=filing, by=cast["clerk_a"], at=later(day, 2))
            actions.file(filing=filing, by=cast["head_a"], at=later(day, 3))

    if page == "filing_show":
        clerk = school_client(cast.school_a, cast["clerk_a"])
        queries.at_1_and_3(expected, again, lambda: clerk.get(f"/filings/{filing.public_id}/"))
    else:
        queries.at_1_and_3(expected, again, lambda: officer.get(at(page, filing)))


def test_roots_of_days(cast, queries):
    days, visitor = count(1), association_client()

    def close():
        day = next(days)
        DailyRoot.objects.create(
            day=local_day(AT) + timedelta(days=day), seals=0, moves=0, previous="", root=f"{day:064}", closed_at=AT
        )

    queries.at_1_and_3(4, close, lambda: visitor.get("/roots/"))


@pytest.mark.parametrize(
    ("expected", "page"),
    [
        (12, "/committees/energy/board/?call={call}"), (8, "/committees/energy/calls/{call}/"),
        (4, "/commission/filed/filed.csv"), (10, "/committees/energy/"), (6, "/committees/energy/calls/"),
    ],
)  # fmt: skip
def test_pages_of_the_commission(cast, queries, expected, page):
    call, client = make_call(cast, more_schools(3)), association_client(cast["commission"])
    schools, path = (
        iter([filing.school for filing in call.filings.select_related("school")]),
        page.format(call=call.public_id),
    )
    queries.at_1_and_3(expected, lambda: bring(cast, call, next(schools), "filed"), lambda: client.get(path))
