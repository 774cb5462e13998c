"""The officer's page: what it shows, each decision, and who is told what."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from committees.files.store import file_store
from committees.filings import actions
from committees.filings.answers import Entry
from committees.filings.checking import read_sheet
from committees.filings.models import Decision, Evidence, FilingVersion, RollUp
from committees.filings.queries import questions_of
from committees.workflow.models import Trail
from tenants.context import school_scope
from tests.committees.filings.committee.ground import bring, filing_of, later, make_call, more_schools, seat
from tests.committees.filings.core.ground import Case
from tests.ground.clients import association_client

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S9-75")]


@pytest.fixture
def call(cast):
    """An open call to both schools."""
    return make_call(cast, [cast.school_a, cast.school_b])


def show(user, filing):
    return association_client(user).get(reverse("committee_filing", args=["energy", filing.public_id]))


def decide(user, filing, do, **more):
    data = {"do": do, "version": filing.version, "key": str(uuid4()), **more}
    return association_client(user).post(reverse("committee_filing_decide", args=["energy", filing.public_id]), data)


def test_the_sheet_sets_this_year_beside_last_and_among_all(cast, call):
    before = make_call(cast, [cast.school_a], period="2024")
    bring(cast, before, cast.school_a, "accepted", electricity_buildings=50)
    bring(cast, call, cast.school_b, "accepted", electricity_buildings=5000)
    filing = bring(cast, call, cast.school_a, "filed", electricity_buildings=500)
    sheet = read_sheet(filing)
    items = {item.code: item for section in sheet.sections for item in section.items}
    assert (items["electricity_buildings"].value, items["electricity_buildings"].before) == (500, 50)
    assert items["electricity_buildings"].doubts
    place = {one.code: one for one in sheet.positions}["energy_per_area_buildings"]
    assert (place.rank, place.count) == (1, 2)
    assert place.before is not None
    page = show(cast["officer"], filing).content.decode()
    assert "900.0%" in page


def test_taking_up_and_accepting_moves_the_total(cast, call):
    filing = bring(cast, call, cast.school_a, "filed")
    assert decide(cast["officer"], filing, "take_up").status_code == 302
    filing.refresh_from_db()
    assert filing.state == "taken_up"
    assert "变为" in show(cast["officer"], filing).content.decode()
    assert decide(cast["officer"], filing, "accept").status_code == 302
    filing.refresh_from_db()
    assert filing.state == "accepted"
    value = read_sheet(filing).figures["energy_total"].value
    assert RollUp.objects.get(call=call, indicator="energy_total").total == value


def test_returning_names_items_and_keeps_what_was_typed_when_refused(cast, call):
    filing = bring(cast, call, cast.school_a, "filed")
    empty = decide(cast["officer"], filing, "return_items")
    assert empty.status_code == 422
    assert not Decision.objects.exists()
    assert decide(cast["officer"], filing, "return_items", **{"ask-new_energy": "是否漏报？"}).status_code == 302
    filing.refresh_from_db()
    assert filing.state == "returned"
    assert questions_of(filing) == {"new_energy": "是否漏报？"}


def test_refusing_needs_a_reason(cast, call):
    filing = bring(cast, call, cast.school_a, "filed")
    kept = decide(cast["officer"], filing, "refuse", **{"ask-new_energy": "为什么是0？"})
    assert kept.status_code == 422
    assert "为什么是0？" in kept.content.decode()
    assert decide(cast["officer"], filing, "refuse", reason="不是本校的数").status_code == 302
    filing.refresh_from_db()
    assert filing.state == "refused"
    assert filing.counted_id is None


def test_the_slower_officer_is_told_who_was_faster_and_keeps_the_questions(cast, call):
    filing = bring(cast, call, cast.school_a, "taken_up")
    second = seat(cast.committee, "officer")
    stale = filing.version
    assert decide(cast["officer"], filing, "accept").status_code == 302
    filing.version = stale
    late = decide(second, filing, "return_items", **{"ask-new_energy": "是否漏报？"})
    assert late.status_code == 409
    assert str(cast["officer"]) in late.content.decode()
    assert Decision.objects.count() == 1


def test_the_same_key_twice_is_one_decision(cast, call):
    filing = bring(cast, call, cast.school_a, "filed")
    key = str(uuid4())
    for _ in range(2):
        assert decide(cast["officer"], filing, "accept", key=key).status_code == 302
    assert Trail.objects.filter(subject=filing.public_id, move="accept").count() == 1


def test_versions_stand_side_by_side_with_the_change_marked(cast, call):
    filing = bring(cast, call, cast.school_a, "returned")
    with school_scope(filing.school):
        actions.answer(filing=filing, by=cast["clerk_a"], at=later(9))
        actions.save_draft(
            filing=filing, entries={"new_energy": Entry(Decimal(7))}, revision=None, by=cast["clerk_a"],
            at=later(9),
        )  # fmt: skip
        actions.request_approval(filing=filing, by=cast["clerk_a"], at=later(9, 1))
        actions.file(filing=filing, by=cast["head_a"], at=later(9, 2))
    sheet = read_sheet(filing_of(call, cast.school_a))
    assert [version.version for version in sheet.versions] == [2, 1]
    moved = [line for line in sheet.lines if line.moved]
    assert len(moved) == 1
    assert moved[0].values[1] == (7, True)
    assert show(cast["officer"], filing).content.decode().count("hq-changed") == 1


def test_the_next_to_check_is_offered_in_order_of_arrival(cast, call):
    first = bring(cast, call, cast.school_a, "filed", later(1))
    second = bring(cast, call, cast.school_b, "filed", later(2))
    page = show(cast["officer"], first).content.decode()
    assert reverse("committee_filing", args=["energy", second.public_id]) in page


@pytest.mark.requirement("S9-13")
def test_the_commission_reads_what_is_filed_and_nothing_before(cast, call):
    filed = bring(cast, call, cast.school_a, "filed")
    unfiled = bring(cast, call, cast.school_b, "started")
    page = show(cast["commission"], filed)
    assert page.status_code == 200
    text = page.content.decode()
    assert 'name="do"' not in text
    assert "<textarea" not in text
    assert show(cast["commission"], unfiled).status_code == 404
    assert decide(cast["commission"], filed, "accept").status_code == 403
    assert show(cast["officer"], unfiled).status_code == 200
    assert show(cast["expert1"], filed).status_code == 200
    assert decide(cast["expert1"], filed, "accept").status_code == 403
    assert show(cast["stranger"], filed).status_code == 404
    assert show(cast["head_a"], filed).status_code == 404


def test_words_inside_a_school_stay_there(cast, call):
    filing = filing_of(call, cast.school_a)
    case = Case(cast, call, filing)
    case.prepare()
    with school_scope(filing.school):
        actions.request_approval(filing=filing, by=cast["clerk_a"], at=later(0, 1))
        actions.send_back(filing=filing, reason="内部的话", by=cast["head_a"], at=later(0, 2))
    case.send(later(0, 3))
    page = show(cast["officer"], filing_of(call, cast.school_a)).content.decode()
    assert "内部的话" not in page


def test_an_officer_does_not_judge_the_own_school(cast, call):
    seat(cast.committee, "officer", cast["head_a"])
    filing = bring(cast, call, cast.school_a, "filed")
    assert 'value="accept"' not in show(cast["head_a"], filing).content.decode()
    assert decide(cast["head_a"], filing, "accept").status_code == 422
    filing.refresh_from_db()
    assert filing.state == "filed"


@pytest.mark.parametrize(
    ("person", "status"), [("officer", 200), ("commission", 200), ("expert1", 200), ("stranger", 404)]
)
def test_evidence_goes_to_those_who_read_the_filing(cast, call, person, status):
    filing = bring(cast, call, cast.school_a, "filed")
    sha256 = file_store().keep(b"%PDF-1.4 meter readings").sha256
    version = FilingVersion.objects.get(filing=filing)
    Evidence.objects.create(
        filing_version=version, name="抄表记录.pdf", sha256=sha256, size=23, media_type="application/pdf"
    )  # fmt: skip
    address = reverse("committee_evidence", args=["energy", filing.public_id, sha256])
    answer = association_client(cast[person]).get(address)
    assert answer.status_code == status
    assert status != 200 or b"".join(answer.streaming_content) == b"%PDF-1.4 meter readings"
    other = bring(cast, call, cast.school_b, "filed")
    elsewhere = reverse("committee_evidence", args=["energy", other.public_id, sha256])
    assert association_client(cast[person]).get(elsewhere).status_code == 404


def test_the_page_costs_the_same_with_one_filing_and_three(cast, queries):
    schools = more_schools(3)
    call = make_call(cast, schools)
    filing = bring(cast, call, schools[0], "filed")
    client = association_client(cast["officer"])
    address = reverse("committee_filing", args=["energy", filing.public_id])
    client.get(address)
    with queries(22):
        client.get(address)
    for school in schools[1:]:
        bring(cast, call, school, "filed")
    with queries(22):
        client.get(address)
