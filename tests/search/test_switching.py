"""Elasticsearch away, slow, hanging or answering nonsense: PostgreSQL answers, within two seconds, and says so."""

import http.server
import threading
import time
from contextlib import contextmanager

import pytest
from django.utils import timezone

from search import switchboard
from search.asking import Query, search
from search.engines.engine import Scope
from search.models import Delivery
from search.outbox import deliver, write_documents
from search.readers import Reader
from search.registry import PUBLIC, Document


class Trouble(http.server.BaseHTTPRequestHandler):
    """Answers every question with what the test has set."""

    act = staticmethod(lambda handler: None)

    def do_POST(self):
        self.act(self)

    do_GET = do_PUT = do_HEAD = do_POST  # noqa: N815  # names of the library

    def log_message(self, *_args):
        return


def answering(status, body, kind="application/json"):
    def act(handler):
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("X-Elastic-Product", "Elasticsearch")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return act


def hanging(_handler):
    time.sleep(3)


def trickling(handler):
    """Begins to answer and sends a byte now and then: no limit of a socket ends that."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("X-Elastic-Product", "Elasticsearch")
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    try:
        while not handler.server.ended.wait(0.1):
            handler.wfile.write(b" ")
    except OSError:
        return


def slow(handler):
    """Answers each question, late: four of them are too many."""
    time.sleep(0.7)
    answering(200, b'{"hits": {"hits": []}, "count": 0}')(handler)


@contextmanager
def server(act):
    handler = type("Handler", (Trouble,), {"act": staticmethod(act)})
    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    running.daemon_threads = True
    running.ended = threading.Event()
    threading.Thread(target=running.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{running.server_address[1]}"
    finally:
        running.ended.set()
        running.shutdown()
        running.server_close()


@pytest.fixture
def text(db):
    document = Document("x:1", "page", "食堂价格公示", "/x/", (PUBLIC,), "每月公布")
    write_documents("x", ["x:1"], [document])


def ask():
    return search(Query("食堂价格"), Scope(Reader(), timezone.now()))


@pytest.mark.parametrize(
    "act",
    [
        answering(500, b"{}"),
        answering(503, b""),
        answering(200, b"<html>", "text/html"),
        answering(200, b"{}"),
        hanging,
        trickling,
        slow,
    ],
    ids=["500", "503", "nonsense", "empty", "hanging", "trickling", "slow"],
)
def test_postgresql_answers_and_says_so(text, settings, act, association_client):
    with server(act) as url:
        settings.ELASTICSEARCH_URL = url
        switchboard.wake_engine()
        results = ask()
        assert [hit.row.key for hit in results.hits] == ["x:1"]
        assert results.from_fallback
        page = association_client.get("/search/", {"q": "食堂价格"})
        assert page.status_code == 200
        assert "hq-note" in page.content.decode()
    switchboard.wake_engine()


def test_nobody_is_there(text, settings):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    switchboard.wake_engine()
    assert ask().from_fallback
    switchboard.wake_engine()


def test_after_a_failure_nobody_waits_again(text, settings):
    asked = []

    def act(handler):
        asked.append(handler.path)
        answering(500, b"{}")(handler)

    with server(act) as url:
        settings.ELASTICSEARCH_URL = url
        switchboard.wake_engine()
        ask()
        count = len(asked)
        ask()
        assert len(asked) == count > 0
    switchboard.wake_engine()


def test_what_could_not_be_delivered_stays(text, settings):
    from search.engines.engine import EngineDown

    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    write_documents("x", ["x:1"], [Document("x:1", "page", "新标题", "/x/", (PUBLIC,))])
    with pytest.raises(EngineDown):
        deliver()
    assert Delivery.objects.filter(delivered_at=None).count() == 1
    switchboard.wake_engine()
