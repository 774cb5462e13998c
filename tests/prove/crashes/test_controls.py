"""The controls: with a guard off, the same ledger finds a lost confirmation, and half a filing."""

import threading
import time

import psycopg
import pytest
from django.db import connection

from tests.ground.cast import read_cast
from tests.prove.crashes.browser import Browser, Line
from tests.prove.crashes.stand import Stand, holding
from tests.prove.crashes.test_kills import HELD, prepared, whole_or_absent

pytestmark = [pytest.mark.prove, pytest.mark.requirement("G7")]


def test_control_without_transactions_half_a_filing_is_left(stand: Stand) -> None:
    line, cast = Line(prepared("approval_requested").filing, "filing"), read_cast()
    stand.kill(stand.web)
    stand.application = "tests.prove.crashes.torn_wsgi:application"
    stand.serve()
    stand.application = "portal.wsgi:application"
    head = Browser.of(stand.port, cast.school_a, cast["head_a"])
    thread = threading.Thread(target=line.ask, args=[head])
    with holding(stand, "SHARE", HELD[0]):
        thread.start()
        assert stand.waiting(1) == 1
        stand.kill(stand.web)
    thread.join()
    stand.serve()
    with pytest.raises(AssertionError, match="half of it"):
        whole_or_absent(line)


def test_control_without_waiting_for_the_disk_a_confirmed_filing_is_lost(stand: Stand) -> None:
    """The server answers before its log is on the disk: what was told last is gone after the kill."""
    lines = [Line(prepared("approval_requested").filing, "filing") for _number in range(3)]
    cast = read_cast()
    head = Browser.of(stand.port, cast.school_a, cast["head_a"])
    careless(stand, on=True)
    try:
        stand.kill(stand.web)
        stand.serve()
        assert head.get("/desk/") is not None
        time.sleep(0.5)
        for line in lines:
            line.ask(head)
        assert all(line.confirmed for line in lines)
        stand.kill_server()
        stand.server_again()
        lost = [line for line in lines if not whole_or_absent(line)]
        assert lost, "the ledger sees it"
    finally:
        careless(stand, on=False)
        stand.kill(stand.web)
        stand.serve()


def careless(stand: Stand, *, on: bool) -> None:
    """Let commits answer before they are written, or no more."""
    assert stand.cluster is not None
    settings = (("synchronous_commit", "off"), ("wal_writer_delay", "10s"), ("wal_writer_flush_after", "1GB"))
    with psycopg.connect(stand.cluster.superuser_url(), autocommit=True) as server:
        for name, value in settings:
            server.execute(f"ALTER SYSTEM SET {name} = '{value}'" if on else f"ALTER SYSTEM RESET {name}")
        server.execute("SELECT pg_reload_conf()")
    connection.close()
