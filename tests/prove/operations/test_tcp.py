"""The portal over TCP, with a plain owner and a plain runtime role: web, job worker, readiness, mail."""

import http.client
import subprocess
import sys
import time

import pytest

from deploy import roles
from deploy.environment import runtime_environment
from tests.ground.databases import ROOT
from tests.ground.live import free_port
from tests.prove.operations.conftest import program

pytestmark = [pytest.mark.prove, pytest.mark.timeout(600)]


def ask(port: int, path: str, host: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path, headers={"Host": host})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    except OSError:
        return 0, ""
    finally:
        connection.close()


def wait(port: int, path: str, status: int, seconds: float = 90) -> str:
    until = time.monotonic() + seconds
    while (found := ask(port, path, "10.0.0.9"))[0] != status:
        assert time.monotonic() < until, found
        time.sleep(0.3)
    return found[1]


@pytest.fixture
def running(portal, monkeypatch):
    """Web and worker as the runtime role knows them: no address of the owner in their environment."""
    opened, places = portal
    port = free_port()
    monkeypatch.setenv("PORT", str(port))
    # WhiteNoise's manifest is no matter of this proof.
    environment = {**runtime_environment(places, opened.addresses), "PYTHONPATH": str(ROOT)}
    assert "owner" not in environment["DATABASE_URL"]
    log = (places.logs / "tcp.log").open("ab")
    programs = []

    def start(*words: str) -> subprocess.Popen[bytes]:
        programs.append(subprocess.Popen([sys.executable, *words], cwd=ROOT, env=environment, stdout=log, stderr=log))
        return programs[-1]

    start("-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "portal.wsgi:application")
    yield port, start, opened, places
    for one in programs:
        one.terminate()
    for one in programs:
        one.wait(20)
    log.close()


def test_ready_with_a_worker_and_not_without(running):
    port, start, opened, places = running
    assert wait(port, "/healthz", 200) == "alive\n"
    assert wait(port, "/readyz", 503) == "not ready\n", "nobody is told why"
    worker = start("manage.py", "procrastinate", "worker")
    assert wait(port, "/readyz", 200) == "ready\n"

    words = (
        "from django.core.mail import send_mail; from django.db import transaction\n"
        "with transaction.atomic(): send_mail('题', '正文', None, ['a@example.test'])\n"
        "try:\n"
        "    with transaction.atomic(): send_mail('lost', 'x', None, ['b@example.test']); raise KeyError\n"
        "except KeyError: pass\n"
    )
    program(places, opened.addresses, "manage.py", "shell", "-v0", "-c", words)
    until = time.monotonic() + 60
    with roles.connect(opened.addresses.owner) as owner:
        query = "SELECT subject, recipients FROM mailbox_mail ORDER BY id"
        while ("题", "a@example.test") not in (found := owner.execute(query).fetchall()):
            assert time.monotonic() < until, "the worker brought no mail"
            time.sleep(0.5)
        assert "lost" not in dict(found), "what was rolled back is never sent"
        # The others are those of the filed return: queued when nobody worked, brought now.
        assert len(found) == 4
    worker.terminate()
    worker.wait(20)
    with roles.connect(opened.addresses.owner) as owner:
        owner.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '5 min'")
    assert wait(port, "/readyz", 503) == "not ready\n"


def test_a_missing_migration_is_not_ready(running):
    port, _start, opened, _places = running
    wait(port, "/healthz", 200)
    with roles.connect(opened.addresses.owner) as owner:
        owner.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() + interval '1 h')")
        try:
            wait(port, "/readyz", 200)
            owner.execute("UPDATE django_migrations SET name = 'x' || name WHERE app = 'tenants' AND name LIKE '0005%'")
            wait(port, "/readyz", 503)
            owner.execute(
                "UPDATE django_migrations SET name = ltrim(name, 'x') WHERE app = 'tenants' AND name LIKE 'x0005%'"
            )
            wait(port, "/readyz", 200)
        finally:
            owner.execute("DELETE FROM procrastinate_workers")
