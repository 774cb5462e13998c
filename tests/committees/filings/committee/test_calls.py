"""A call from draft to closing, through the pages."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from committees.filings.models import Call, Duty, Filing, FormVersion
from committees.workflow.models import DeskEntry, Trail
from tests.committees.filings.committee.ground import light_schools, make_call
from tests.ground.clients import association_client

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S9-52")]


def written(**changes):
    form = FormVersion.objects.get(code="energy-primary")
    return {
        "asks": f"energy-primary:{form.pk}", "period": "2025", "title_zh": "2025年度年报", "title_en": "Return 2025",
        "opens_on": "2026-03-02", "due_on": "2026-03-31", "disclosure": "totals", "text": "请如实填报。", "attribution": "",
        **changes,
    }  # fmt: skip


def address(name, call=None):
    return reverse(name, kwargs={"code": "energy", **({"public_id": call.public_id} if call else {})})


def make_draft(client):
    assert client.post(address("committee_call_new"), written()).status_code == 302
    return Call.objects.get()


def test_a_draft_is_kept_changed_and_seen_by_no_school(cast):
    client = association_client(cast["officer"])
    call = make_draft(client)
    assert call.state == "drafted"
    assert not Filing.objects.exists()
    changed = client.post(address("committee_call_edit", call), written(title_zh="改过的标题", due_on="2026-04-01"))
    assert changed.status_code == 302
    call.refresh_from_db()
    assert (call.title_zh, call.due_on) == ("改过的标题", date(2026, 4, 1))
    assert association_client(cast["commission"]).get(address("committee_call", call)).status_code == 404


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"due_on": "2026-04-05"}, "2026-04-07"),  # a Sunday, then Qingming on Monday
        ({"due_on": "2026-02-27"}, "早于"),
        ({"period": "2025Q1"}, "期别"),
        ({"title_zh": ""}, ""),
        ({"asks": "energy-annual:0"}, ""),
    ],
)
def test_what_is_wrong_is_said_and_nothing_kept(cast, changes, said):
    answer = association_client(cast["officer"]).post(address("committee_call_new"), written(**changes))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Call.objects.exists()


def test_opening_asks_first_then_addresses_every_school_once(cast):
    client = association_client(cast["officer"])
    light_schools(3, type="vocational")
    call = make_draft(client)
    nothing = client.post(address("committee_call_open", call), {"version": call.version})
    assert nothing.status_code == 422
    ticked = {"type": ["vocational"], "school": [cast.school_a.code]}
    question = client.post(address("committee_call_open", call), {**ticked, "version": call.version}).content.decode()
    assert "发给4所学校？" in question
    assert call.title_zh in question
    call.refresh_from_db()
    assert call.state == "drafted"
    sure = {**ticked, "version": call.version, "key": str(uuid4()), "confirmed": "1"}
    for _ in range(2):
        assert client.post(address("committee_call_open", call), sure).status_code == 302
    call.refresh_from_db()
    assert call.state == "opened"
    assert Duty.objects.filter(call=call).count() == Filing.objects.filter(call=call).count() == 4
    assert Trail.objects.filter(subject=call.public_id).count() == 1
    assert DeskEntry.objects.filter(audience=f"school:{cast.school_a.pk}:clerk", done_at=None).count() == 1
    assert client.get(address("committee_call_edit", call)).status_code == 404


def test_closing_and_cancelling(cast):
    client = association_client(cast["officer"])
    call = make_call(cast, [cast.school_a])
    client.post(address("committee_call_move", call), {"do": "close", "version": call.version, "key": str(uuid4())})
    call.refresh_from_db()
    assert call.state == "closed"
    draft = make_call(cast, [])
    client.post(address("committee_call_move", draft), {"do": "cancel", "version": draft.version, "reason": ""})
    draft.refresh_from_db()
    assert draft.state == "drafted"
    client.post(address("committee_call_move", draft), {"do": "cancel", "version": draft.version, "reason": "重了"})
    draft.refresh_from_db()
    assert draft.state == "cancelled"


@pytest.mark.parametrize(
    ("person", "status"), [("commission", 403), ("expert1", 403), ("stranger", 404), ("head_a", 404)]
)
def test_only_the_committee_prepares_calls(cast, person, status):
    client = association_client(cast[person])
    assert client.get(address("committee_call_new")).status_code == status
    assert client.post(address("committee_call_new"), written()).status_code == status
    call = make_call(cast, [])
    sure = {"school": [cast.school_a.code], "confirmed": "1"}
    assert client.post(address("committee_call_open", call), sure).status_code == status
    call.refresh_from_db()
    assert call.state == "drafted"


def test_the_list_costs_the_same_with_one_row_and_three(cast, queries):
    client = association_client(cast["officer"])
    queries.at_1_and_3(6, lambda: make_call(cast, [cast.school_a]), lambda: client.get(address("committee_calls")))
