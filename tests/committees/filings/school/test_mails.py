"""Mails when a return changes hands: to those who have it now, with the way there and no figures."""

import pytest
from django.core import mail
from django.utils import timezone

from committees.filings import actions
from committees.filings.mails import no_mails
from tenants.models import User
from tests.committees.filings.school.ground import VALUES, Case


@pytest.fixture
def ready(case: Case) -> Case:
    """A whole return."""
    case.begin()
    case.write(VALUES)
    return case


def test_each_hand_is_told(ready: Case, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        ready.client().post(f"{ready.path}request_approval/")
    assert [one.to for one in mail.outbox] == [["head_a@example.test"]]
    assert ready.path in mail.outbox[0].body
    with django_capture_on_commit_callbacks(execute=True):
        ready.client("head_a").post(f"{ready.path}file/", {"stated": "1"})
    told = {one.to[0] for one in mail.outbox[1:]}
    assert told == {"officer@example.test", "clerk_a@example.test"}
    ready.filing.refresh_from_db()
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        items = {"water": "是否含家属区？"}
        actions.return_items(filing=ready.filing, items=items, by=ready.cast["officer"], at=timezone.now())
    assert {one.to[0] for one in mail.outbox} == {"clerk_a@example.test", "head_a@example.test"}
    assert all("是否含家属区" not in one.body for one in mail.outbox)
    assert "退回" in mail.outbox[0].subject


def test_who_has_no_address_is_left_out(ready: Case, django_capture_on_commit_callbacks):
    User.objects.filter(account="head_a").update(email="")
    with django_capture_on_commit_callbacks(execute=True):
        ready.client().post(f"{ready.path}request_approval/")
    assert mail.outbox == []
    assert ready.state() == "approval_requested"


def test_demo_content_tells_nobody(ready: Case, django_capture_on_commit_callbacks):
    with no_mails(), django_capture_on_commit_callbacks(execute=True):
        ready.client().post(f"{ready.path}request_approval/")
    assert mail.outbox == []
