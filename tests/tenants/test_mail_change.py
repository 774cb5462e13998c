"""A new e-mail address holds once the old and the new mailbox have confirmed it."""

import re
from datetime import timedelta

import pytest

from tenants.models import MailChange, SecurityAction, SecurityEvent, User

pytestmark = pytest.mark.django_db
NEW = "new-address@example.test"


@pytest.fixture
def client(client_on, cast):
    return client_on("portal.localhost", cast["clerk_a"])


@pytest.fixture
def ask(client, mailoutbox, django_capture_on_commit_callbacks):
    """Asks for the new address; the paths in the mails by recipient."""

    def asked(email=NEW):
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post("/account/", {"name": "简宁", "phone": "", "email": email}).status_code == 302
        return {mail.to[0]: re.search(r"/accounts/mail/\w+/", mail.body)[0] for mail in mailoutbox}

    return asked


def address():
    return User.objects.get(account="clerk_a").email


def test_both_mailboxes_confirm(ask, association_client, cast):
    links = ask()
    assert set(links) == {"clerk_a@example.test", NEW}
    for link, after in ((links[NEW], "clerk_a@example.test"), (links["clerk_a@example.test"], NEW)):
        assert association_client.get(link).status_code == 200, "opening changes nothing"
        assert address() == "clerk_a@example.test"
        assert association_client.post(link).status_code == 302
        assert address() == after
    assert SecurityEvent.objects.filter(action=SecurityAction.MAIL_CHANGED).count() == 1
    assert association_client.get(links[NEW]).status_code == 404, "once"


@pytest.mark.parametrize("twice", [NEW, "clerk_a@example.test"])
def test_one_mailbox_twice_is_not_two(ask, association_client, twice):
    link = ask()[twice]
    association_client.post(link)
    association_client.post(link)
    assert address() == "clerk_a@example.test"


def test_an_earlier_request_opens_nothing(ask, association_client):
    first = ask()
    ask("third@example.test")
    assert association_client.get(first[NEW]).status_code == 404


def test_after_a_day_the_links_are_dead(ask, association_client):
    links = ask()
    MailChange.objects.update(expires_at=MailChange.objects.get().asked_at - timedelta(seconds=1))
    assert association_client.post(links[NEW]).status_code == 404


def test_taking_the_address_away_asks_the_old_mailbox(ask, association_client):
    links = ask("")
    assert set(links) == {"clerk_a@example.test"}
    assert address()
    association_client.post(links["clerk_a@example.test"])
    assert address() == ""


def test_a_first_address_asks_itself_alone(ask, association_client, cast):
    User.objects.filter(account="clerk_a").update(email="")
    links = ask()
    assert set(links) == {NEW}
    association_client.post(links[NEW])
    assert address() == NEW


def test_a_taken_address_is_not_told_before_the_end(ask, association_client):
    links = ask("head_b@example.test")
    for link in links.values():
        association_client.post(link)
    assert address() == "clerk_a@example.test"
