"""A mail is a job of the transaction that it tells of: neither is there without the other, whatever ends the process."""

import contextlib

import pytest
from django.db import connection, transaction

from tenants.actions.invitations import invite, renew_invitation
from tenants.actions.mail_change import ask_mail_change
from tenants.clock import database_now, local_day
from tenants.models import Invitation, InvitationKind, MailChange, SchoolRole
from tests.ground.cast import Cast

pytestmark = [pytest.mark.committed, pytest.mark.requirement("G7")]


class Cut(Exception):
    """The process ends here."""


@pytest.fixture(autouse=True)
def queued(settings) -> None:
    settings.EMAIL_BACKEND = "portal.queued_mail.QueueBackend"


def waiting() -> list[str]:
    """The addresses of the mails that wait for the worker."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT args -> 'mail' -> 'to' ->> 0 FROM procrastinate_jobs WHERE task_name = 'mail_send'")
        return sorted(address for (address,) in cursor.fetchall())


def asked(cast: Cast) -> Invitation:
    return invite(
        kind=InvitationKind.MEMBERSHIP, role=SchoolRole.CLERK, name="新", email="new@example.test",
        starts_on=local_day(database_now()), school=cast.school_a, by=cast["head_a"], at=database_now(),
    )  # fmt: skip


@pytest.fixture
def killed_at_commit(monkeypatch):
    """The process ends right after COMMIT: nothing that waits for it is run."""
    monkeypatch.setattr(type(connection.copy()), "run_and_clear_commit_hooks", lambda self: self.run_on_commit.clear())


def test_a_kill_after_the_commit_loses_no_mail(cast: Cast, killed_at_commit) -> None:
    row = asked(cast)
    assert waiting() == ["new@example.test"]
    renew_invitation(invitation=row, by=cast["head_a"], at=database_now())
    assert waiting() == ["new@example.test"] * 2
    ask_mail_change(user=cast["clerk_a"], email="other@example.test", by=cast["clerk_a"], at=database_now())
    assert waiting() == sorted(["new@example.test"] * 2 + [cast["clerk_a"].email, "other@example.test"])


def test_what_is_undone_sends_nothing(cast: Cast) -> None:
    with contextlib.suppress(Cut), transaction.atomic():
        asked(cast)
        ask_mail_change(user=cast["clerk_a"], email="other@example.test", by=cast["clerk_a"], at=database_now())
        assert len(waiting()) == 3
        raise Cut
    assert waiting() == []
    assert not MailChange.objects.exists()
