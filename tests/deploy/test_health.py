"""`/healthz` and `/readyz`: ready or not, nothing more, on every host."""

import pytest
from django.db import connection

from portal import health

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ask_anew(monkeypatch, settings, tmp_path):
    monkeypatch.setattr(health, "REMEMBER_SECONDS", -1.0)
    settings.FILE_STORE_DIR = tmp_path


def beat(age="0 s"):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval)", [age])


@pytest.mark.parametrize("host", ["portal.localhost", "lingang.portal.localhost", "10.0.0.9", "nobody.test"])
def test_a_living_process_says_so_on_every_host(client_on, host):
    response = client_on(host).get("/healthz")
    assert (response.status_code, response.text) == (200, "alive\n")


def test_readiness_needs_a_beating_worker(client_on):
    client = client_on("10.0.0.9")
    assert client.get("/readyz").status_code == 503
    beat("2 min")
    assert client.get("/readyz").status_code == 503
    beat()
    response = client.get("/readyz")
    assert (response.status_code, response.text) == (200, "ready\n")


def test_a_portal_without_jobs_needs_none(client_on, settings):
    settings.READY_NEEDS_WORKER = False
    assert client_on("10.0.0.9").get("/readyz").status_code == 200


def test_strangers_are_not_told_why(client_on, caplog):
    response = client_on("10.0.0.9").get("/readyz")
    assert response.text == "not ready\n"
    assert "worker" not in str(response.headers)
    assert "job worker" in caplog.text


def test_missing_migrations_and_a_full_disk_are_not_ready(client_on, settings, monkeypatch):
    beat()
    client = client_on("10.0.0.9")
    monkeypatch.setattr(health, "_known_migrations", lambda: {("tenants", "9999_future")})
    assert client.get("/readyz").status_code == 503
    monkeypatch.undo()
    monkeypatch.setattr(health, "REMEMBER_SECONDS", -1.0)
    settings.READY_LEAST_FREE_BYTES = 2**62
    assert list(health.faults_found()) == ["file store: hardly any room left"]


def test_many_probes_are_one_question(client_on, monkeypatch, queries):
    beat()
    monkeypatch.setattr(health, "REMEMBER_SECONDS", 60.0)
    monkeypatch.setattr(health, "_last", (0.0, []))
    client = client_on("10.0.0.9")
    client.get("/readyz")
    with queries(0):
        assert client.get("/readyz").status_code == 200
