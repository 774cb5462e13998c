"""Calls, filings, cards, bulletins and people: found where they belong."""

import pytest
from django.utils import timezone

from committees.roster.models import Seat
from search.asking import Query, search
from search.comparing import differences, fill
from search.engines.engine import Scope
from search.outbox import apply_changes
from search.readers import Reader, school_token
from search.registry import PUBLIC
from tests.committees.filings.core.ground import make_case


def found(reader, text="一次能源年报", **asked):
    return sorted(
        hit.row.key.rpartition(":")[2] for hit in search(Query(text, **asked), Scope(reader, timezone.now())).hits
    )


def in_school(school):
    return Reader((0, school.pk), (PUBLIC, school_token(school.pk)))


ROOM = Reader((0,), (PUBLIC, "committee:energy"))


@pytest.mark.requirement("S7-52")
def test_a_filing_is_found_in_its_own_school_and_once_filed_in_the_committee(cast, django_capture_on_commit_callbacks):
    case = make_case(cast)
    apply_changes()
    assert found(in_school(cast.school_a)) == ["school"]
    assert found(in_school(cast.school_b)) == ["school"]
    assert found(Reader()) == []
    assert found(ROOM) == [str(case.call.public_id)]
    case.file()
    apply_changes()
    assert found(ROOM) == sorted([str(case.call.public_id), "committee"])
    case.filing.refresh_from_db()
    assert found(ROOM, case.filing.number) == ["committee"]
    assert list(differences()) == []


def test_hits_lead_to_pages_that_open(cast, client_on):
    case = make_case(cast)
    case.file()
    apply_changes()
    head = client_on(cast.school_a.host, cast["head_a"])
    page = head.get("/search/", {"q": "一次能源"}).content.decode()
    address = f"/filings/{case.filing.public_id}/"
    assert f'href="{address}"' in page
    assert head.get(address).status_code == 200


def test_people_are_found_by_their_committee_and_no_longer_than_they_sit(cast):
    fill()
    name = cast["expert1"].name
    assert found(ROOM, name) == ["room"]
    assert found(Reader(), name) == []
    assert found(Reader((0,), (PUBLIC, "association:secretary")), name) == ["office"]
    Seat.objects.filter(user=cast["expert1"]).first().delete()
    assert found(ROOM, name) == []


def test_a_closed_school_takes_its_records_along(cast):
    make_case(cast)
    apply_changes()
    cast.school_a.state = "closed"
    cast.school_a.save()
    assert found(in_school(cast.school_a)) == []


@pytest.mark.requirement("S7-52")
def test_a_draft_is_found_by_its_papers_and_notes_in_its_own_school_alone(cast):
    from decimal import Decimal

    from committees.filings import actions
    from committees.filings.answers import Entry
    from committees.filings.models import Draft, DraftEvidence
    from tenants.context import school_scope
    from tests.committees.filings.core.ground import AT, VALUES

    case = make_case(cast)
    with school_scope(cast.school_a):
        actions.start(filing=case.filing, by=cast["clerk_a"], at=AT)
        entries = {next(iter(VALUES)): Entry(Decimal(1), source="1", note="配电室甲柜换过互感器")}
        actions.save_draft(filing=case.filing, entries=entries, revision=None, by=cast["clerk_a"], at=AT)
        draft = Draft.objects.get(filing_id=case.filing.public_id)
        DraftEvidence.objects.create(
            draft=draft, name="十月抄表单.pdf", sha256="0" * 64, size=1, media_type="application/pdf", added_at=AT,
            added_by=cast["clerk_a"],
        )  # fmt: skip
    apply_changes()
    for words in ("互感器", "十月抄表单"):
        assert found(in_school(cast.school_a), words) == [str(case.filing.public_id)]
        assert found(in_school(cast.school_b), words) == []
        assert found(ROOM, words) == []
        assert found(Reader(), words) == []
    assert list(differences()) == []


def test_people_of_a_school_are_found_by_its_members_alone(cast):
    fill()
    name = cast["clerk_a"].name
    post = str(cast["clerk_a"].memberships.get().pk)
    assert found(in_school(cast.school_a), name) == [post]
    assert found(in_school(cast.school_b), name) == []
    assert found(ROOM, name) == []
    assert found(Reader(), name) == []
