"""Approval as universities do it: a second person, a deputy for a time, the stamped scan; all of it under the seal."""

from datetime import UTC, date, datetime, timedelta

import pytest

from committees.files.inspection import Inspection, inspect_upload
from committees.filings import actions
from committees.filings.approval_actions import end_deputy, file_scan, name_deputy, refresh_desks
from committees.filings.approvals import StampedPaper
from committees.filings.invariants import broken_invariants
from committees.filings.models import FilingVersion
from committees.workflow.advance import MoveRefused
from committees.workflow.models import DeskEntry, Trail
from tenants.context import school_scope
from tenants.models import SchoolRole, SecurityEvent
from tests.committees.filings.core.ground import AT, VALUES, Case
from tests.factories.people import member

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


DAY = AT.date()


def paper(signed_on: date = DAY, signer: str = "林渡") -> StampedPaper:
    inspected = inspect_upload("盖章件.pdf", PDF)
    assert isinstance(inspected, Inspection)
    return StampedPaper(PDF, inspected, signer, signed_on)


@pytest.fixture
def asked(case: Case) -> Case:
    """A whole return with the head."""
    case.prepare()
    with school_scope(case.filing.school):
        actions.request_approval(filing=case.filing, by=case.cast["clerk_a"], at=AT)
    return case


def test_nobody_approves_what_he_prepared(case: Case):
    with school_scope(case.filing.school):
        actions.start(filing=case.filing, by=case.cast["head_a"], at=AT)
        entries = {code: actions.Entry(value) for code, value in VALUES.items()}
        actions.save_draft(filing=case.filing, entries=entries, revision=None, by=case.cast["head_a"], at=AT)
        actions.request_approval(filing=case.filing, by=case.cast["head_a"], at=AT)
        with pytest.raises(MoveRefused) as refused:
            actions.file(filing=case.filing, by=case.cast["head_a"], at=AT)
        assert refused.value.code == "guard"
        assert not FilingVersion.objects.exists()
        second = member(case.filing.school, SchoolRole.HEAD)
        actions.file(filing=case.filing, by=second, at=AT)
    version = FilingVersion.objects.get()
    assert (version.way, version.approved_by, version.prepared_by) == ("signed", second, case.cast["head_a"])
    assert not list(broken_invariants())


def test_who_prepared_alone_files_with_the_stamped_scan(case: Case):
    with school_scope(case.filing.school):
        actions.start(filing=case.filing, by=case.cast["head_a"], at=AT)
        entries = {code: actions.Entry(value) for code, value in VALUES.items()}
        actions.save_draft(filing=case.filing, entries=entries, revision=None, by=case.cast["head_a"], at=AT)
        actions.request_approval(filing=case.filing, by=case.cast["head_a"], at=AT)
        file_scan(filing=case.filing, paper=paper(), by=case.cast["head_a"], at=AT)
    assert FilingVersion.objects.get().way == "scan"
    assert not list(broken_invariants())


def test_the_scan_is_under_the_seal_with_name_and_day_in_the_papers(asked: Case):
    with school_scope(asked.filing.school):
        trail = file_scan(filing=asked.filing, paper=paper(), by=asked.cast["clerk_a"], at=AT)
    version = FilingVersion.objects.select_related("scan").get()
    assert (version.scan.signer, version.scan.signed_on) == ("林渡", AT.date())
    assert trail.facts["scan"] == version.scan.sha256
    assert not list(broken_invariants())


@pytest.mark.parametrize(
    ("signed_on", "signer", "word"),
    [
        (AT.date() - timedelta(days=1), "林渡", "after"),
        (AT.date() + timedelta(days=2), "林渡", "future"),
        (AT.date(), " ", "who"),
    ],
)
def test_a_paper_that_does_not_fit_is_refused(asked: Case, signed_on: date, signer: str, word: str, settings):
    settings.LANGUAGE_CODE = "en"
    with school_scope(asked.filing.school), pytest.raises(MoveRefused) as refused:
        file_scan(filing=asked.filing, paper=paper(signed_on, signer), by=asked.cast["clerk_a"], at=AT)
    assert refused.value.code == "guard"
    assert not FilingVersion.objects.exists()


def test_a_deputy_approves_for_the_head_for_a_time(asked: Case):
    school, head = asked.filing.school, asked.cast["head_a"]
    second = member(school, SchoolRole.CLERK)
    with school_scope(school), pytest.raises(MoveRefused) as refused:
        actions.file(filing=asked.filing, by=second, at=AT)
    assert refused.value.code == "role"
    row = name_deputy(
        school=school, deputy=second, starts_on=AT.date(), ends_on=AT.date() + timedelta(days=3), reason="出差", by=head,
        at=AT,
    )  # fmt: skip
    assert DeskEntry.objects.filter(audience=f"user:{second.pk}", done_at=None).count() == 1
    assert SecurityEvent.objects.filter(action="deputy_named", school=school, user=head).count() == 1
    with school_scope(school), pytest.raises(MoveRefused):
        actions.file(filing=asked.filing, by=second, at=AT + timedelta(days=5))
    with school_scope(school):
        trail = actions.file(filing=asked.filing, by=second, at=AT)
    version = FilingVersion.objects.get()
    assert (trail.role, trail.facts["for"]) == ("deputy", head.name)
    assert (version.way, version.approved_by, version.approved_for) == ("deputy", second, head)
    assert not DeskEntry.objects.filter(audience=f"user:{second.pk}", done_at=None).exists()
    assert not list(broken_invariants())
    end_deputy(deputy=row, by=head, at=AT)
    assert SecurityEvent.objects.filter(action="deputy_ended").count() == 1


def test_a_deputy_who_prepared_it_is_refused_too(asked: Case):
    school, head, clerk = asked.filing.school, asked.cast["head_a"], asked.cast["clerk_a"]
    name_deputy(school=school, deputy=clerk, starts_on=AT.date(), ends_on=AT.date(), reason="x", by=head, at=AT)
    with school_scope(school), pytest.raises(MoveRefused) as refused:
        actions.file(filing=asked.filing, by=clerk, at=AT)
    assert refused.value.code == "guard"


def test_a_deputy_ends_by_itself_and_with_the_heads_post(asked: Case):
    school, head = asked.filing.school, asked.cast["head_a"]
    second = member(school, SchoolRole.CLERK)
    name_deputy(
        school=school, deputy=second, starts_on=AT.date(), ends_on=AT.date() + timedelta(days=3), reason="x", by=head, at=AT
    )  # fmt: skip
    refresh_desks(at=AT + timedelta(days=5))
    assert not DeskEntry.objects.filter(audience=f"user:{second.pk}", done_at=None).exists()
    head.memberships.update(ends_on=AT.date() - timedelta(days=1))
    with school_scope(school), pytest.raises(MoveRefused) as refused:
        actions.file(filing=asked.filing, by=second, at=AT)
    assert refused.value.code == "role"


@pytest.mark.parametrize("who", ["clerk_b", "head_a", "stranger"])
def test_who_cannot_stand_in(case: Case, who: str):
    with pytest.raises(MoveRefused):
        name_deputy(
            school=case.filing.school, deputy=case.cast[who], starts_on=AT.date(), ends_on=AT.date(), reason="x",
            by=case.cast["head_a"], at=AT,
        )  # fmt: skip


@pytest.mark.parametrize(("start", "end"), [(-1, 1), (2, 1), (0, 400)])
def test_days_that_are_no_time(case: Case, start: int, end: int):
    days = [AT.date() + timedelta(days=n) for n in (start, end)]
    with pytest.raises(MoveRefused):
        name_deputy(
            school=case.filing.school, deputy=case.cast["clerk_a"], starts_on=days[0], ends_on=days[1], reason="x",
            by=case.cast["head_a"], at=AT,
        )  # fmt: skip


def test_two_heads_at_once_approve_once(asked: Case):
    other = member(asked.filing.school, SchoolRole.HEAD)
    with school_scope(asked.filing.school):
        seen = asked.filing.version
        actions.file(filing=asked.filing, by=asked.cast["head_a"], at=AT, version=seen)
        with pytest.raises(MoveRefused) as refused:
            actions.file(filing=asked.filing, by=other, at=AT, version=seen)
    assert refused.value.code == "stale"
    assert FilingVersion.objects.count() == Trail.objects.filter(move="file").count() == 1


def test_versions_sealed_before_keep_their_seal(asked: Case):
    """A version without a way is sealed and checked in the first form."""
    from committees.filings.invariants import sealing_of
    from committees.filings.sealing import seal

    with school_scope(asked.filing.school):
        actions.file(filing=asked.filing, by=asked.cast["head_a"], at=datetime(2026, 3, 3, tzinfo=UTC))
    version = FilingVersion.objects.get()
    assert sealing_of(version).format == "houqin-seal-2"
    version.way = ""
    assert sealing_of(version).format == "houqin-seal-1"
    assert seal(version.payload_sha256, sealing_of(version)) != version.seal
