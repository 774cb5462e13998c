"""Mails are jobs of the transaction they belong to; what runs at night is registered and does its work."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives, send_mail
from django.db import connection, transaction
from procrastinate.contrib.django import app

from portal import nightly
from portal.tasks import mail_send
from tenants.clock import database_now
from tenants.context import school_scope
from tenants.models import KeptForm

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _queued(settings):
    settings.EMAIL_BACKEND = "portal.queued_mail.QueueBackend"
    settings.MAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def jobs():
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM public.procrastinate_jobs WHERE task_name = 'mail_send' ORDER BY id")
        return [json.loads(row[0]) for row in cursor.fetchall()]


def test_a_mail_waits_for_the_worker():
    letter = EmailMultiAlternatives("题目", "正文", "a@example.test", ["b@example.test"], cc=["c@example.test"])
    letter.attach_alternative("<p>正文</p>", "text/html")
    letter.send()
    assert not mail.outbox
    (job,) = jobs()
    mail_send(**job)
    (sent,) = mail.outbox
    assert (sent.subject, sent.body, sent.to, sent.cc) == ("题目", "正文", ["b@example.test"], ["c@example.test"])
    assert sent.alternatives[0][0] == "<p>正文</p>"


def test_a_mail_of_what_never_happened_is_never_sent():
    class Undone(Exception):
        pass

    with pytest.raises(Undone), transaction.atomic():  # noqa: PT012  both belong to the transaction
        send_mail("x", "y", None, ["b@example.test"])
        raise Undone
    assert jobs() == []


def test_a_mail_from_a_school_s_page_goes_the_same_way(cast):
    with school_scope(cast.school_a):
        send_mail("x", "y", None, ["b@example.test"])
        assert connection.schema_name == cast.school_a.schema_name
    assert len(jobs()) == 1


def test_attachments_are_refused_loudly():
    letter = EmailMessage("x", "y", None, ["b@example.test"], attachments=[("a.txt", "x", "text/plain")])
    with pytest.raises(ValueError, match="attachments"):
        letter.send()


def test_the_work_of_the_night_is_registered():
    names = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    expected = {"rows_clear", "files_check", "seals_check", "files.sweep", "portal.retry_stalled", "portal.forget_done"}
    assert expected <= set(names)


def test_rows_that_ran_out_go(cast):
    at = database_now()
    for days in (-1, 1):
        KeptForm.objects.create(
            user=cast["head_a"], host="x", ciphertext=b"x", kept_at=at, expires_at=at + timedelta(days=days)
        )
    assert nightly.clear_rows(done_before=timedelta(days=14))["kept forms"] == 1
    assert KeptForm.objects.count() == 1


def test_the_checks_of_the_night_find_nothing_in_an_empty_portal(settings, tmp_path):
    assert (nightly.lost_files(), nightly.broken_rows()) == ([], [])
