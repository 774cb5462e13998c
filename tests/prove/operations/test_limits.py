"""One attacker and three thousand people behind one address: the people come in, the attacker does not."""

import itertools

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import RequestFactory

from tenants.models import User
from tenants.signin import limits
from tenants.signin.limits import consume_attempt

pytestmark = [pytest.mark.prove, pytest.mark.django_db, pytest.mark.timeout(600)]
PEOPLE, ADDRESS = 3_000, "203.0.113.9"


@pytest.fixture
def people(cast) -> list[str]:
    cache.clear()
    password = make_password("a-long-road-uphill-7")
    rows = [User(account=f"member{number}", name="某人", password=password) for number in range(PEOPLE)]
    return [user.account for user in User.objects.bulk_create(rows)]


def attempt():
    return RequestFactory().post("/accounts/login/", REMOTE_ADDR=ADDRESS)


def right(account: str) -> bool:
    """Somebody with a new browser types the right password; what was counted is given back."""
    usage = consume_attempt(attempt(), account)
    if usage:
        usage.rollback()
    return bool(usage)


def wrong(account: str) -> bool:
    return bool(consume_attempt(attempt(), account))


def test_three_thousand_people_come_in_while_one_attacks(people):
    # Every third of them types once: none of them is known to the limits, so the others would fare the same.
    through = sum(wrong("member0") for _number in range(500))
    assert through == 10, "ten guesses at one person, from anywhere"
    names = itertools.cycle(people[1:61])
    through += sum(wrong(next(names)) for _number in range(600))
    assert through <= 100 + 2 * 61
    shut_out = [account for account in people[61::3] if not right(account)]
    assert shut_out == []


def test_without_the_way_for_each_name_they_would_be_shut_out(people, monkeypatch):
    """The control: the address's count alone, as it would be without `login_failed_here`."""
    consume = limits._consume
    monkeypatch.setattr(
        limits, "_consume",
        lambda request, action, key: None if action == "login_failed_here" else consume(request, action, key),
    )  # fmt: skip
    for account in people[:40]:
        for _number in range(3):
            wrong(account)
    assert not any(right(account) for account in people[100:200])
