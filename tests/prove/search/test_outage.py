"""The real Elasticsearch is stopped and started under the running portal and its worker.

Named by ELASTICSEARCH_TOOL: a program with the words `up` and `down` that heeds ELASTICSEARCH_PORT.
"""

import os
import subprocess
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from cms.models import NewsIndexPage, NewsPage
from cms.search import key_of
from cms.setup import lay_foundation, published
from search.engines.elastic import ElasticEngine
from search.models import Change, Delivery, Entry
from search.outbox import apply_changes, note
from search.registry import source_of
from search.switchboard import REST_SECONDS
from tests.ground.live import Live, free_port
from tests.search.test_switching import answering, hanging, server, slow, trickling

TOOL = Path(os.environ.get("ELASTICSEARCH_TOOL", ""))
PORT = "19217"
URL = f"http://127.0.0.1:{PORT}"
KILLED_OVER = 300
WITHOUT_WAGTAILS_INDEX = {"default": {**settings.WAGTAILSEARCH_BACKENDS["default"], "AUTO_UPDATE": False}}
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

    elastic: str = URL

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "TEST_PORTAL_ELASTICSEARCH": self.elastic, "SEARCH_INDEX": f"prove-{self.port}"}

    def work(self) -> subprocess.Popen[bytes]:
        """Start a worker."""
        return self.start("manage.py", "procrastinate", "worker")

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
            portal.work()
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


def make_pages(count: int, word: str) -> list[NewsPage]:
    """Published pages, saved as an editor's are; without Wagtail's own index, which a row of saves slows down."""
    parent = NewsIndexPage.objects.child_of(lay_foundation()).get()
    with override_settings(WAGTAILSEARCH_BACKENDS=WITHOUT_WAGTAILS_INDEX):
        return [
            published(parent.add_child(instance=NewsPage(
                title=f"{word}通告第{number}份", slug=f"note-{number}", locale=parent.locale, lead=f"{word}的内容",
                room="energy", date=date(2026, 11, 1),
            )))
            for number in range(count)
        ]  # fmt: skip


def change(pages: list[NewsPage], word: str) -> None:
    """Another title for many at once, as a bulk change does it: rows, and the outbox in the same transaction."""
    source = source_of("pages")
    assert source is not None
    with transaction.atomic():
        for number, page in enumerate(pages):
            page.title = f"{word}通告第{number}份"
        NewsPage.objects.bulk_update(pages, ["title"], batch_size=200)
        note(source, [key_of(page) for page in pages])


def all_told() -> bool:
    """Whether nothing waits, neither for PostgreSQL's index nor for Elasticsearch."""
    return not Change.objects.exists() and not Delivery.objects.filter(delivered_at=None).exists()


def changed_in_postgresql(word: str, count: int) -> Callable[[], bool]:
    """Whether PostgreSQL's index holds the change."""
    return lambda: Entry.objects.filter(title__startswith=f"{word}通告", piece=0).count() == count


@pytest.mark.requirement("S7-52")
def test_an_outage_from_beginning_to_end(stand):
    pages = make_pages(CHANGES, "停水")
    assert until(all_told, 300) is not None
    page, _ = stand.ask("停水通告")
    assert "停水" in page
    assert "hq-note" not in page

    act("down")
    for _ in range(4):
        page, seconds = stand.ask("停水通告")
        assert "停水" in page
        assert "hq-note" in page, "the page says where its answers come from"
        assert seconds <= ANSWER_SECONDS
    change(pages, "停电")
    assert until(changed_in_postgresql("停电", CHANGES), 120) is not None
    page, seconds = stand.ask("停电通告")
    assert "停电" in page
    assert seconds <= ANSWER_SECONDS
    assert Delivery.objects.filter(delivered_at=None).count() >= CHANGES

    act("up")
    caught_up = until(all_told, CATCH_UP_SECONDS)
    assert caught_up is not None, "not caught up in a minute"
    print(f"caught up with {CHANGES} changes after {caught_up:.1f} s")
    assert until(lambda: "hq-note" not in stand.ask("停电通告")[0], 15) is not None
    assert "0 differences" in stand.manage("index_diff")


@pytest.mark.requirement("S7-52")
@pytest.mark.parametrize(
    "act", [answering(500, b"{}"), hanging, trickling, slow], ids=["500", "hanging", "trickling", "slow"]
)
def test_a_server_that_is_no_use_costs_nobody_more_than_two_seconds(own_database, tmp_path, act):
    make_pages(3, "停水")
    apply_changes()
    with server(act) as url:
        portal = Searching(free_port(), own_database, tmp_path, elastic=url)
        try:
            portal.serve()
            asked = [portal.ask("停水通告") for _ in range(3)]
            time.sleep(REST_SECONDS)
            asked += [portal.ask("停水通告") for _ in range(3)]  # somebody tries it again
        finally:
            portal.stop()
    print([f"{seconds:.2f} s" for _, seconds in asked])
    for page, seconds in asked:
        assert "停水" in page
        assert "hq-note" in page
        assert seconds <= ANSWER_SECONDS


@pytest.mark.requirement("S7-52")
def test_killed_workers_lose_and_double_nothing_and_a_rebuild_has_no_empty_moment(stand):
    pages = make_pages(KILLED_OVER, "停水")
    # Once in the midst of each half: while PostgreSQL's index is written, and while Elasticsearch is told.
    for word, waits in (("停暖", Change.objects), ("停气", Delivery.objects.filter(delivered_at=None))):
        worker = stand.programs[-1]
        change(pages, word)
        until(waits.exists, 20)
        worker.kill()
        worker.wait()
        stand.work()
        assert until(all_told, 180) is not None, word
        assert changed_in_postgresql(word, KILLED_OVER)()
    assert "0 differences" in stand.manage("index_diff")

    looks, empty, ended = [], [], threading.Event()

    def look() -> None:
        while not ended.is_set():
            page, _ = stand.ask("停气通告")
            looks.append(1)
            if "停气" not in page or "hq-note" in page or "find-list" not in page:
                empty.append(page)

    looking = threading.Thread(target=look)
    looking.start()
    try:
        stand.manage("index_rebuild")
    finally:
        ended.set()
        looking.join()
    assert len(looks) > 3
    assert not empty

    one = pages[0]
    one.title = "游泳池换水"
    one.save_revision().publish()
    seen = until(
        lambda: "游泳池</mark>" in stand.ask("游泳池换水")[0] or "<mark>游泳池" in stand.ask("游泳池换水")[0], 30
    )
    assert seen is not None
    print(f"a published page was found after {seen:.1f} s; {len(looks)} looks during the rebuild")
    assert "0 differences" in stand.manage("index_diff")
