"""The demo mailbox: keeps every mail, shows it safely, is not there in earnest."""

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail

from portal.mailbox.models import Mail
from tenants.context import school_scope

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _into_the_box(settings):
    settings.EMAIL_BACKEND = "portal.mailbox.backend.MailboxBackend"


def test_a_mail_is_kept_from_any_floor(cast):
    with school_scope(cast.school_a):
        send_mail("回执", "已收到", None, ["a@example.test"])
    assert (Mail.objects.get().subject, Mail.objects.get().recipients) == ("回执", "a@example.test")


def test_it_is_listed_and_read(association_client):
    send_mail("回执", "看 http://portal.localhost/x 吧", None, ["a@example.test"])
    send_mail("别的", "", None, ["b@example.test"])
    assert "回执" in association_client.get("/mailbox/").text
    assert "回执" not in association_client.get("/mailbox/", {"to": "b@"}).text
    page = association_client.get(f"/mailbox/{Mail.objects.get(subject='回执').public_id}/").text
    assert 'href="http://portal.localhost/x"' in page


def test_its_html_runs_nothing(association_client):
    mail = EmailMultiAlternatives("页面", "文字", None, ["a@example.test"])
    mail.attach_alternative("<script>alert(1)</script><b style='color:red'>红</b>", "text/html")
    mail.send()
    row = Mail.objects.get()
    page = association_client.get(f"/mailbox/{row.public_id}/").text
    assert "<script>alert" not in page
    assert 'sandbox="allow-popups"' in page
    frame = association_client.get(f"/mailbox/{row.public_id}/html/")
    policy = frame["Content-Security-Policy"]
    assert "script-src 'none'" in policy
    assert "sandbox allow-popups" in policy
    assert "default-src 'none'" in policy


def test_there_is_none_in_earnest(association_client, settings):
    settings.DEMO_MAILBOX = False
    send_mail("回执", "已收到", None, ["a@example.test"])
    for path in (
        "/mailbox/",
        f"/mailbox/{Mail.objects.get().public_id}/",
        f"/mailbox/{Mail.objects.get().public_id}/html/",
    ):
        assert association_client.get(path).status_code == 404
