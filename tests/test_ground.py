"""The ground holds: roles, roll-back, copies, hosts, counting, closed network."""

import os
import socket
import threading
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from committees.filings.models import Draft
from tenants.context import school_scope
from tenants.models import School, User
from tests.ground import cast as the_cast
from tests.ground.network import OutsideRefused


def test_tests_run_as_the_runtime_role(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)")
        assert cursor.fetchone() == (settings.RUNTIME_ROLE, False)


def test_the_runtime_role_truncates_nothing(db):
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE tenants_user CASCADE")


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_is_rolled_back(db, make_user, turn):
    assert not User.objects.filter(account="for-a-moment").exists()
    make_user("for-a-moment")


def test_the_whole_cast_is_there(cast):
    assert set(cast) == set(the_cast.KEYS)
    assert cast["head_a"].check_password(the_cast.PASSWORD)
    assert cast["head_a"].memberships.get().school == cast.school_a


def test_a_school_made_in_a_test_has_its_own_books(make_school, member):
    school = make_school("pine")
    person = member(school)
    with school_scope(school):
        Draft.objects.create(
            filing_id="0" * 32, form_code="f", form_version="1", updated_at=datetime.now(UTC), updated_by=person
        )
        assert Draft.objects.count() == 1


def test_a_school_made_in_another_test_is_gone(db):
    assert not School.objects.filter(code="pine").exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regnamespace('s_pine')")
        assert cursor.fetchone() == (None,)


@pytest.mark.committed
def test_a_test_that_commits_is_seen_by_another_connection(cast):
    seen: list[int] = []

    def look() -> None:
        seen.append(User.objects.filter(account="kept").count())
        connection.close()

    User.objects.create_user("kept", name="kept")
    other = threading.Thread(target=look)
    other.start()
    other.join()
    assert seen == [1]


def test_what_it_committed_is_not_here(db):
    assert not User.objects.filter(account="kept").exists()


@pytest.mark.parametrize(
    ("host", "status"),
    [
        (settings.BASE_DOMAIN, 404),  # known host, no page at this address
        (f"nobody.{settings.BASE_DOMAIN}", 404),
        (f"{the_cast.SCHOOL_A}.{settings.BASE_DOMAIN}.", 301),
        (f"{the_cast.SCHOOL_A.upper()}.{settings.BASE_DOMAIN}", 301),
    ],
)
def test_hosts(client_on, host, status):
    assert client_on(host).get("/no-such-page-anywhere/").status_code == status


def test_queries_are_counted_literally(db, queries):
    with queries(2) as seen:
        User.objects.count()
        User.objects.count()
    assert len(seen) == 2
    with pytest.raises(pytest.fail.Exception, match="1 queries instead of 2"), queries(2):
        User.objects.count()


def test_queries_at_one_and_three_rows(make_user, queries):
    queries.at_1_and_3(1, make_user, lambda: list(User.objects.all()))
    with pytest.raises(pytest.fail.Exception):
        queries.at_1_and_3(1, make_user, lambda: [user.memberships.count() for user in User.objects.all()])


@pytest.mark.committed(scope="module")
def test_a_module_with_a_database_of_its_own_stays_on_one_worker(request):
    shared_out = "PYTEST_XDIST_WORKER" in os.environ
    assert request.node.nodeid.endswith("@tests/test_ground.py") == shared_out


def test_the_network_is_closed():
    with pytest.raises(OutsideRefused):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(OutsideRefused):
        socket.getaddrinfo("example.test", 80)
