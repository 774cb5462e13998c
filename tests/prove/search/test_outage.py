"""The real Elasticsearch is stopped and started under the running portal and its worker.

Named by ELASTICSEARCH_TOOL: a program with the words `up` and `down` that heeds ELASTICSEARCH_PORT.
"""

import os
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import override_settings

from search.engines.elastic import ElasticEngine
from search.models import Change, Delivery
from search.outbox import write_documents
from search.registry import PUBLIC, Document
from search.tasks import wake
from tests.ground.live import Live, free_port

TOOL = Path(os.environ.get("ELASTICSEARCH_TOOL", ""))
PORT = "19217"
URL = f"http://127.0.0.1:{PORT}"
CHANGES, CATCH_UP_SECONDS, ANSWER_SECONDS = 1_000, 60.0, 2.0
pytestmark = [
    pytest.mark.prove,
    pytest.mark.timeout(900),
    pytest.mark.skipif(not TOOL.is_file(), reason="ELASTICSEARCH_TOOL names no program that starts and stops a server"),
]


def act(word: str) -> None:
    """Start or stop the server."""
    subprocess.run(
        [str(TOOL), word], env={**os.environ, "ELASTICSEARCH_PORT": PORT}, check=True, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, timeout=300,
    )  # fmt: skip


@dataclass
class Searching(Live):
    """The portal with Elasticsearch."""

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "TEST_PORTAL_ELASTICSEARCH": URL, "SEARCH_INDEX": f"prove-{self.port}"}

    def ask(self, text: str) -> tuple[str, float]:
        """The page of results, and how long it took."""
        address = f"http://127.0.0.1:{self.port}/search/?{urllib.parse.urlencode({'q': text})}"
        request = urllib.request.Request(address, headers={"Host": urllib.parse.urlsplit(self.url).netloc})
        begun = time.monotonic()
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.read().decode(), time.monotonic() - begun


@pytest.fixture
def stand(own_database, tmp_path) -> Iterator[Searching]:
    """Server, portal and worker, on the test's own database."""
    act("up")
    portal = Searching(free_port(), own_database, tmp_path)
    engine = ElasticEngine(URL, f"prove-{portal.port}")
    with override_settings(ELASTICSEARCH_URL=URL, SEARCH_INDEX=engine.alias):
        try:
            portal.manage("index_rebuild")
            portal.serve()
            portal.start("manage.py", "procrastinate", "worker")
            yield portal
        finally:
            portal.stop()
            act("down")


def until(holds: Callable[[], bool], seconds: float) -> float | None:
    """After how many seconds it held; None when not within `seconds`."""
    begun = time.monotonic()
    while time.monotonic() - begun < seconds:
        if holds():
            return time.monotonic() - begun
        time.sleep(0.1)
    return None


def notes(count: int, word: str) -> list[Document]:
    return [
        Document(f"outage:{number}", "page", f"{word}通告第{number}份", f"/o/{number}/", (PUBLIC,), f"{word}的内容")
        for number in range(count)
    ]


def change(count: int, word: str) -> None:
    """Change many documents as the worker's first half does (PostgreSQL's index, and what waits for the server), and wake
    the worker as it does."""
    given = notes(count, word)
    write_documents("outage", [each.key for each in given], given)
    wake()


@pytest.mark.requirement("S7-52")
def test_an_outage_from_beginning_to_end(stand):
    change(CHANGES, "停水")
    assert until(lambda: not Delivery.objects.filter(delivered_at=None).exists(), CATCH_UP_SECONDS) is not None
    page, _ = stand.ask("停水通告")
    assert "停水" in page
    assert "hq-note" not in page

    act("down")
    for _ in range(4):
        page, seconds = stand.ask("停水通告")
        assert "停水" in page
        assert "hq-note" in page, "the page says where its answers come from"
        assert seconds <= ANSWER_SECONDS
    change(CHANGES, "停电")
    page, seconds = stand.ask("停电通告")
    assert "停电" in page
    assert seconds <= ANSWER_SECONDS

    act("up")
    caught_up = until(lambda: not Delivery.objects.filter(delivered_at=None).exists(), CATCH_UP_SECONDS)
    assert caught_up is not None, "not caught up in a minute"
    print(f"caught up with {CHANGES} changes after {caught_up:.1f} s")
    page, _ = stand.ask("停电通告")
    assert until(lambda: "hq-note" not in stand.ask("停电通告")[0], 15) is not None
    assert not Change.objects.exists()
    engine = ElasticEngine(URL, f"prove-{stand.port}")
    engine.refresh()
    held = [piece for piece, _ in engine.digests() if piece.startswith("outage:")]
    assert len(held) == len(set(held)) == CHANGES
