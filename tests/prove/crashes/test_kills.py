"""Web process, PostgreSQL and job worker killed in the middle: what was confirmed is there, the rest whole or absent."""

import os
import random
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from django.db import connection
from procrastinate.exceptions import AlreadyEnqueued

from committees.files.registry import known_hashes
from committees.files.store import FileStore
from committees.files.sweep import find_missing, find_spoilt
from committees.filings import actions
from committees.filings.invariants import broken_invariants
from committees.filings.models import Draft, DraftEvidence, Evidence, Filing, FilingVersion
from committees.notices.models import Notice
from committees.workflow.models import DeskEntry, Trail
from tenants.context import school_scope
from tenants.models import School, SchoolRole, User
from tests.committees.filings.school.ground import AT, VALUES, Case, make_call
from tests.factories.people import make_user, member
from tests.ground.cast import PASSWORD, read_cast
from tests.prove.crashes.browser import Browser, Line
from tests.prove.crashes.stand import Stand, holding

pytestmark = [pytest.mark.prove, pytest.mark.requirement("G7")]
FILINGS, UPLOADS = 50, 20
ROUNDS = 14
#: Of every seven rounds so many strike inside the transaction, the others after its commit and before the answer.
INSIDE = 5
#: So many requests the web process takes at once (tests/ground/live.py).
THREADS = 4
HELD = ("workflow_trail", "s_lingang.filings_draftevidence")
AFTER = ("roster_seat",)
_DEAD = """UPDATE procrastinate_workers SET last_heartbeat = now() - interval '5 minutes'"""


def prepared(state: str) -> Case:
    """A filing of school A that waits for its head, or is being filled in."""
    cast = read_cast()
    call = make_call(cast)
    filing = call.filings.select_related("school", "call__committee", "call__form", "duty").get(school=cast.school_a)
    case = Case(cast, call, filing)
    case.begin()
    case.write(VALUES)
    if state == "approval_requested":
        with school_scope(filing.school):
            actions.request_approval(filing=filing, by=cast["clerk_a"], at=AT)
    return case


def heads(school: School) -> list[User]:
    """As many heads as there are rounds; the next ledger finds the same ones."""
    found = list(User.objects.filter(account__startswith="kills-head").order_by("pk"))
    return found or [member(school, SchoolRole.HEAD, user=make_user(f"kills-head{n}")) for n in range(ROUNDS)]


def ledger() -> list[Line]:
    """Fifty filings and twenty uploads, in rounds of about three and a half and one and a half."""
    lines = [Line(prepared("approval_requested").filing, "filing") for _ in range(FILINGS)]
    target = prepared("started").filing
    lines += [Line(target, "upload") for _ in range(UPLOADS)]
    random.Random(7).shuffle(lines)
    return lines


def whole_or_absent(line: Line) -> bool:
    """Whether the effect is there; fails when half of it is."""
    if line.kind == "upload":
        with school_scope(line.filing.school):
            rows = list(DraftEvidence.objects.filter(name=line.name))
        assert len(rows) <= 1
        return bool(rows)
    filing = Filing.objects.get(pk=line.filing.pk)
    versions = FilingVersion.objects.filter(filing=filing).count()
    events = Trail.objects.filter(subject=filing.public_id, move="file", key=line.key).count()
    desk = DeskEntry.objects.filter(subject=filing.public_id, done_at__isnull=True).values_list("verb", flat=True)
    # What is told of the move waits here for its mail: a kill after the commit loses neither.
    told = Notice.objects.filter(subject=filing.public_id, topic="filing.file").exists()
    found = (filing.state, versions, events, list(desk), filing.number is not None, filing.latest_id is not None, told)
    whole = ("filed", 1, 1, ["check"], True, True, True)
    absent = ("approval_requested", 0, 0, ["approve"], False, False, False)
    assert found in (whole, absent), "half of it is there"
    return found == whole


class Books:
    """The client's side: who asks, what was confirmed; and what the kills met."""

    def __init__(self, stand: Stand) -> None:
        cast = read_cast()
        self.stand, self.lines = stand, ledger()
        self.clerk = Browser.of(stand.port, cast.school_a, cast["clerk_a"])
        # A proof that a kill cuts off stays counted, ten a minute for one person: every round has a head of its own.
        self.heads = [Browser.of(stand.port, cast.school_a, head) for head in heads(cast.school_a)]
        self.kills = self.inside = self.unconfirmed = self.found_whole = 0

    def ask(self, line: Line) -> None:
        """As the person whose step it is."""
        head = self.heads[self.lines.index(line) % ROUNDS]
        line.ask(head if line.kind == "filing" else self.clerk)

    def rounds(self) -> list[list[Line]]:
        """The lines in as many parts as there are rounds."""
        return [self.lines[number::ROUNDS] for number in range(ROUNDS)]

    def under_fire(self, lines: list[Line], number: int, blow: Callable[[], None]) -> None:
        """Ask for all at once, strike while they stand still (ten rounds inside the transaction, some after it)."""
        mode, tables = ("SHARE", HELD) if number % 7 < INSIDE else ("ACCESS EXCLUSIVE", AFTER)
        threads = [threading.Thread(target=self.ask, args=[line]) for line in lines]
        with holding(self.stand, mode, *tables):
            for thread in threads:
                thread.start()
            met = self.stand.waiting(*((min(len(lines), THREADS), 5.0) if tables == HELD else (1, 2.0)))
            blow()
        for thread in threads:
            thread.join()
        self.kills += 1
        self.inside += bool(met) and tables == HELD

    def settle(self, lines: list[Line]) -> None:
        """Look at what is there, then ask again with the same key until it is confirmed."""
        for line in lines:
            there = whole_or_absent(line)
            assert there or not line.confirmed, "confirmed, but not there"
            self.unconfirmed += not line.confirmed
            self.found_whole += there and not line.confirmed
            self._insist(line)
            assert line.confirmed, f"{line.kind} was not taken after {line.asked} tries"
            assert whole_or_absent(line)

    def _insist(self, line: Line) -> None:
        """Ask again, at most eight times: another kill's sessions may still be going home."""
        for pause in (0.1, 0.1, 0.2, 0.3, 0.5, 1, 2, 2):
            if line.confirmed:
                return
            time.sleep(pause)
            self.ask(line)

    def audit(self) -> str:
        """Everything once, numbers unlike, seals and sums right, files as rows. Returns the summary."""
        assert all(whole_or_absent(line) and line.confirmed for line in self.lines)
        filed = [line.filing.pk for line in self.lines if line.kind == "filing"]
        numbers = Filing.objects.filter(pk__in=filed).values_list("number", flat=True)
        assert len(set(numbers)) == FILINGS
        assert list(broken_invariants()) == []
        store = FileStore(self.stand.folder / "files")
        assert list(find_missing(store, known_hashes())) == []
        assert list(find_spoilt(store, known_hashes())) == []
        return (
            f"{self.kills} kills, {self.inside} of them inside the transaction; {self.unconfirmed} without an answer, "
            f"of which {self.found_whole} were there whole; {FILINGS} filings and {UPLOADS} uploads once each"
        )


@pytest.mark.requirement("G9")
def test_ten_presses_at_once_have_one_effect_and_one_answer(stand: Stand) -> None:
    """The same page from ten impatient tabs; then a tab with a key of its own, which hears who was faster."""
    cast, filing = read_cast(), prepared("approval_requested").filing
    head = Browser.of(stand.port, cast.school_a, cast["head_a"])
    lines = [Line(filing, "filing", key="6f0f9d4e-6f0e-4f6c-9d0b-0a64f1a5f001") for _tab in range(10)]
    threads = [threading.Thread(target=line.ask, args=[head]) for line in lines]
    with holding(stand, "SHARE", HELD[0]):
        for thread in threads:
            thread.start()
        assert stand.waiting(THREADS) >= THREADS, "as many as the process has threads stand before the lock"
    for thread in threads:
        thread.join()
    assert all(line.confirmed for line in lines)
    assert whole_or_absent(lines[0])
    late = head.post(
        f"/filings/{filing.public_id}/file/", {"version": str(filing.version), "stated": "1", "password": PASSWORD}
    )
    assert late is not None
    assert late[0] == 409
    assert cast["head_a"].name in late[1]


def test_the_web_process_is_killed(stand: Stand) -> None:
    books = Books(stand)
    for number, lines in enumerate(books.rounds()):
        books.under_fire(lines, number, lambda: stand.kill(stand.web))
        stand.serve()
        books.settle(lines)
    print(f"\nweb process: {books.audit()}")
    assert books.inside >= 10


def test_postgresql_is_killed_and_the_web_process_goes_on(stand: Stand) -> None:
    books, web, slowest = Books(stand), stand.web, 0.0
    for number, lines in enumerate(books.rounds()):
        books.under_fire(lines, number, stand.kill_server)
        connection.close()
        stand.server_again()
        begin = time.monotonic()
        while (answer := books.clerk.get("/desk/")) is None or answer[0] != 200:
            assert time.monotonic() < begin + 60
        slowest = max(slowest, time.monotonic() - begin)
        books.settle(lines)
    print(f"\nPostgreSQL: {books.audit()}; first good answer {slowest:.2f} s after its return at the latest")
    assert books.inside >= 10
    assert stand.web is web
    assert web is not None
    assert web.poll() is None


def orphans(store: FileStore, numbers: "count[int]", how_many: int = 2) -> list[str]:
    """Contents that nobody names, and an unfinished upload, two days old."""
    old = (datetime.now(UTC) - timedelta(days=2)).timestamp()
    kept = [store.keep(b"%PDF-1.7 orphan " + str(next(numbers)).encode()).sha256 for _ in range(how_many)]
    for sha256 in kept:
        os.utime(store.path_of(sha256), (old, old))
    part = store.root / "incoming" / "left.part"
    part.write_bytes(b"half")
    os.utime(part, (old, old))
    return kept


def jobs(where: str) -> int:
    """How many jobs of the sweep are in a state."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'files.sweep' AND status::text = %s", [where]
        )
        return int(cursor.fetchone()[0])


def until(condition: Callable[[], bool], seconds: float = 90) -> None:
    """Wait for what another process does."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.05)


def test_the_job_worker_is_killed_in_the_sweep(stand: Stand) -> None:
    """Filing goes on beside it; the cut-off job is given to the next worker and done once; no orphan stays."""
    from committees.files.tasks import sweep_nightly
    from portal.tasks import retry_stalled

    books, store, numbers = Books(stand), FileStore(stand.folder / "files"), count()
    inside = 0
    stand.work()
    for lines in books.rounds()[:10]:
        lost = orphans(store, numbers)
        done = jobs("succeeded")
        with holding(stand, "ACCESS EXCLUSIVE", "files_storedfile"):
            sweep_nightly.defer(timestamp=0)  # type: ignore[call-arg]
            until(lambda: jobs("doing") == 1)
            inside += stand.waiting(1)
            for line in lines:
                books.ask(line)
                assert line.confirmed, "filing does not wait for the worker"
            stand.kill(stand.worker)
        with connection.cursor() as cursor:
            cursor.execute(_DEAD)
        stand.work()
        with suppress(AlreadyEnqueued):  # the portal's own of this minute may be waiting already; it does the same
            retry_stalled.defer(timestamp=0)  # type: ignore[call-arg]
        until(lambda before=done: jobs("succeeded") == before + 1)
        assert not any(store.has(sha256) for sha256 in lost)
        assert not (store.root / "incoming" / "left.part").exists()
        assert jobs("doing") == jobs("todo") == jobs("failed") == 0
    for lines in books.rounds()[10:]:
        for line in lines:
            books.ask(line)
    books.kills = books.inside = inside
    print(f"\njob worker: {books.audit()}")
    assert inside >= 10


def test_no_orphan_after_the_sweep(stand: Stand) -> None:
    """An upload that nobody repeats after the kill leaves its content behind; the sweep takes exactly that."""
    from committees.files.tasks import sweep_nightly
    from portal.tasks import forget_done

    store, target = FileStore(stand.folder / "files"), prepared("started").filing
    cast = read_cast()
    clerk = Browser.of(stand.port, cast.school_a, cast["clerk_a"])
    line = Line(target, "upload")
    thread = threading.Thread(target=line.ask, args=[clerk])
    with holding(stand, "SHARE", HELD[1]):
        thread.start()
        assert stand.waiting(1) == 1
        stand.kill(stand.web)
    thread.join()
    stand.serve()
    lying = {item.sha256 for item in store.lying()}
    assert len(lying - known_hashes()) == 1, "the content came before the row, and the row never came"
    old = (datetime.now(UTC) - timedelta(days=2)).timestamp()
    for path in [*map(store.path_of, lying), *(store.root / "incoming").glob("*.part")]:
        os.utime(path, (old, old))
    done = jobs("succeeded")
    sweep_nightly.defer(timestamp=0)  # type: ignore[call-arg]
    if stand.worker is None:
        stand.work()
    until(lambda: jobs("succeeded") == done + 1)
    assert {item.sha256 for item in store.lying()} == known_hashes()
    assert not list((store.root / "incoming").iterdir()), "nor an upload that was cut off"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = at - interval '4 days'")
    forget_done.defer(timestamp=0)  # type: ignore[call-arg]
    until(lambda: jobs("succeeded") == 0)
    with school_scope(target.school):
        assert Draft.objects.filter(filing_id=target.public_id).exists()
    assert not Evidence.objects.exclude(sha256__in=known_hashes()).exists()
