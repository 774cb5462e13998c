"""Ten thousand random steps over threads, errors, nested scopes, generators and lazy querysets: every row read or
written is the own school's. The same machine without the guard finds wrong rows, so the machine can fail."""

import contextlib
import queue
import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from copy import copy
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from committees.filings.models import Draft
from tenants import belonging, context
from tenants.clock import database_now
from tenants.context import CrossingRefused, SuspendedScope, association_scope, school_scope
from tenants.floors import WrongFloor, WrongSchool
from tenants.models import School

pytestmark = [pytest.mark.prove, pytest.mark.committed, pytest.mark.requirement("S9-33"), pytest.mark.timeout(900)]
REFUSALS = (WrongSchool, WrongFloor, CrossingRefused, SuspendedScope)
STEPS = 10_000
THREADS = 3
PUBLIC = ""
#: What a write on a school's behalf leaves in `revision`; a row that nobody wrote to again has 0 or 1.
TAGS = {"s_lingang": 101, "s_haijin": 102}
UNTOUCHED = {0, 1}
#: Every way of use that must be found wrong when the guards are off: reads, writes, and what a read sees of them.
WAYS = {
    "read", "lazy list", "lazy values", "lazy update", "lazy delete", "carried row", "carried row deleted", "generator",
    "suspended generator",
}  # fmt: skip


class Worker:
    """A thread with its own connection; `do` runs a call in it and gives back what came of it."""

    def __init__(self) -> None:
        self.calls: queue.Queue[tuple[Callable[[], Any], queue.Queue[Any]] | None] = queue.Queue()
        self.scopes: list[tuple[str, AbstractContextManager[Any]]] = []
        self.thread = threading.Thread(target=self._work, daemon=True)
        self.thread.start()

    @property
    def school(self) -> str:
        return self.scopes[-1][0] if self.scopes else PUBLIC

    def _work(self) -> None:
        while (item := self.calls.get()) is not None:
            call, answer = item
            try:
                answer.put((call(), None))
            except Exception as error:  # noqa: BLE001  handed to the asking thread
                answer.put((None, error))
        connection.close()

    def do(self, call: Callable[[], Any]) -> Any:
        answer: queue.Queue[Any] = queue.Queue()
        self.calls.put((call, answer))
        value, error = answer.get(timeout=60)
        if error is not None:
            raise error
        return value

    def end(self) -> None:
        while self.scopes:
            self.do(partial_exit(self.scopes.pop()[1]))
        self.calls.put(None)
        self.thread.join(30)


def partial_exit(scope: AbstractContextManager[Any]) -> Callable[[], Any]:
    return lambda: scope.__exit__(None, None, None)


class Tally:
    """What the runs saw: steps made, uses refused, rows that were not the school's own."""

    def __init__(self) -> None:
        self.steps = self.refused = self.reads = self.broken = 0
        self.wrong: list[str] = []
        self.pick = random.Random(random.getrandbits(64))


SCHEMAS = tuple(TAGS)
THREAD = st.integers(0, THREADS - 1)
# A number, not a choice from a list: what is drawn must not depend on what the database holds.
PICK = st.integers(0, 1_000_000)


class Machine(RuleBasedStateMachine):
    """`form_code` of each row says which school wrote it, `revision` on whose behalf it was written to afterwards."""

    tally: Tally
    schools: dict[str, School]

    def __init__(self) -> None:
        super().__init__()
        self.workers = [Worker() for _ in range(THREADS)]
        self.rows: list[Draft] = []
        self.lazies: list[tuple[str, Any]] = []
        self.generators: dict[int, list[Any]] = {number: [] for number in range(THREADS)}

    def teardown(self) -> None:
        for worker in self.workers:
            worker.end()

    def attempt(self, number: int, call: Callable[[], Any]) -> Any:
        self.tally.steps += 1
        try:
            return self.workers[number].do(call)
        except REFUSALS:
            self.tally.refused += 1
            return None
        except DatabaseError:  # without the guard, a carried row may also break a constraint
            self.tally.broken += 1
            return None

    def judge(self, number: int, rows: Any, what: str, meant: str = PUBLIC) -> None:
        """Rows must be of the school that was `meant`: the one the question was asked in, or the one we stand in."""
        own = meant or self.workers[number].school
        for form_code in rows or ():
            self.tally.reads += 1
            if form_code != own:
                self.tally.wrong.append(f"{what}: {form_code} for {own or 'public'}")

    def judge_tags(self, number: int, tags: Any) -> None:
        """Nobody wrote to these rows on another school's behalf."""
        own = self.workers[number].school
        for tag in tags or ():
            if tag not in {*UNTOUCHED, TAGS.get(own)}:
                self.tally.wrong.append(f"read: written to by another school, in {own or 'public'}")

    @rule(number=THREAD, name=st.sampled_from((*SCHEMAS, PUBLIC)))
    def enter(self, number: int, name: str) -> None:
        worker = self.workers[number]
        if len(worker.scopes) > 4:
            return
        scope = school_scope(self.schools[name]) if name else association_scope()
        worker.do(scope.__enter__)
        worker.scopes.append((name, scope))
        self.tally.steps += 1

    @rule(number=THREAD, failing=st.booleans())
    def leave(self, number: int, failing: bool) -> None:
        worker = self.workers[number]
        if not worker.scopes:
            return
        _, scope = worker.scopes.pop()
        error = RuntimeError("planted")
        with contextlib.suppress(RuntimeError):
            worker.do(lambda: scope.__exit__(RuntimeError, error, None) if failing else scope.__exit__(*[None] * 3))
        self.tally.steps += 1

    @rule(number=THREAD, undone=st.booleans())
    def write(self, number: int, undone: bool) -> None:
        own = self.workers[number].school

        def call() -> Draft | None:
            with transaction.atomic():
                row = Draft.objects.create(
                    filing_id=uuid4(), form_code=own, form_version="1", updated_at=database_now(), updated_by_id=1
                )
                with contextlib.suppress(ZeroDivisionError), transaction.atomic():
                    Draft.objects.filter(pk=row.pk).update(revision=1)
                    if undone:
                        raise ZeroDivisionError
            return row

        if row := self.attempt(number, call):
            self.rows.append(row)

    @rule(number=THREAD)
    def read(self, number: int) -> None:
        def call() -> list[tuple[str, int]]:
            return [(row.form_code, row.revision) for row in Draft.objects.order_by("-id")[:20]]

        found = self.attempt(number, call) or []
        self.judge(number, [form_code for form_code, _tag in found], "read")
        self.judge_tags(number, [tag for _form_code, tag in found])

    @rule(number=THREAD)
    def make_lazy(self, number: int) -> None:
        if (rows := self.attempt(number, lambda: Draft.objects.order_by("-id"))) is not None:
            self.lazies = [*self.lazies, (self.workers[number].school, rows)][-20:]

    @rule(number=THREAD, pick=PICK, way=st.sampled_from(["list", "values"]))
    def use_lazy(self, number: int, pick: int, way: str) -> None:
        if not self.lazies:
            return
        made_in, rows = self.lazies[pick % len(self.lazies)]
        ways = {
            "list": lambda: [row.form_code for row in rows.all()[:5]],
            "values": lambda: list(rows.values_list("form_code", flat=True)[:5]),
        }
        self.judge(number, self.attempt(number, ways[way]), f"lazy {way}", made_in)

    @rule(number=THREAD, pick=PICK, way=st.sampled_from(["update", "delete"]))
    def write_by_lazy(self, number: int, pick: int, way: str) -> None:
        """What was asked for in one school and is written in another changes the other's rows."""
        made_in, rows = self.lazies[pick % len(self.lazies)] if self.lazies else (PUBLIC, None)
        if rows is None or not made_in:
            return

        def call() -> list[str]:
            with transaction.atomic():
                touched = set(rows.values_list("pk", flat=True)[:1]) if way == "delete" else None
                if way == "update":
                    rows.all().update(revision=TAGS[made_in])
                else:
                    rows.filter(pk__in=touched).delete()
            return [connection.schema_name]

        self.judge(number, self.attempt(number, call), f"lazy {way}", made_in)

    @rule(number=THREAD, pick=PICK)
    def carry_row(self, number: int, pick: int) -> None:
        if not self.rows:
            return
        row, own = self.rows[pick % len(self.rows)], self.workers[number].school

        def call() -> list[str]:
            before = list(Draft.objects.filter(pk=row.pk).values_list("form_code", flat=True))
            with transaction.atomic():
                row.save()
            return [row.form_code, *before]

        if own:
            self.judge(number, self.attempt(number, call), "carried row")

    @rule(number=THREAD, pick=PICK)
    def delete_carried_row(self, number: int, pick: int) -> None:
        if not self.rows or not self.workers[number].school:
            return
        row = self.rows[pick % len(self.rows)]

        def call() -> list[str]:
            if not row.pk:
                return []
            with transaction.atomic():
                copy(row).delete()
            return [row.form_code]

        self.judge(number, self.attempt(number, call), "carried row deleted")

    @rule(number=THREAD)
    def begin_generator(self, number: int) -> None:
        def call() -> Any:
            rows = Draft.objects.order_by("-id").iterator(chunk_size=1)
            next(rows, None)
            return rows

        if (made := self.attempt(number, call)) is not None:
            self.generators[number] = [*self.generators[number], made][-3:]

    @rule(number=THREAD)
    def go_on_generator(self, number: int) -> None:
        if not self.generators[number]:
            return
        rows = self.generators[number].pop()

        def call() -> list[str]:
            return [row.form_code for row, _ in zip(rows, range(3), strict=False)]

        if self.workers[number].school:
            self.judge(number, self.attempt(number, call), "generator")

    @rule(number=THREAD, name=st.sampled_from(SCHEMAS))
    def generator_in_a_scope(self, number: int, name: str) -> None:
        own = self.workers[number].school

        def suspended() -> Iterator[int]:
            with school_scope(self.schools[name]):
                yield 1

        def call() -> list[str]:
            stopped = suspended()
            try:
                next(stopped)
                return [row.form_code for row in Draft.objects.order_by("-id")[:3]]
            finally:
                stopped.close()

        if own:
            self.judge(number, self.attempt(number, call), "suspended generator")

    @rule(number=THREAD, name=st.sampled_from(SCHEMAS))
    def cross_in_a_transaction(self, number: int, name: str) -> None:
        def call() -> list[str]:
            with transaction.atomic(), school_scope(self.schools[name]):
                return [row.form_code for row in Draft.objects.order_by("-id")[:3]]

        found = self.attempt(number, call)
        for form_code in found or ():
            self.tally.reads += 1
            if form_code != name:
                self.tally.wrong.append(f"transaction: {form_code} in {name}")


def machine(tally: Tally) -> type[Machine]:
    """The machine, counting into `tally`."""
    schools = {row.schema_name: row for row in School.objects.filter(schema_name__in=SCHEMAS)}
    return type("Bound", (Machine,), {"tally": tally, "schools": schools})


def run(tally: Tally, steps: int) -> None:
    """Random machines until `steps` steps were made."""
    words = settings(
        max_examples=40, stateful_step_count=100, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    while tally.steps < steps:
        # Hypothesis puts back the state of `random`: without a seed of its own, each run would draw the same again.
        run_state_machine_as_test(seed(tally.pick.getrandbits(64))(machine(tally)), settings=words)


def wrong_at_rest() -> list[str]:
    """Rows that stand in a school they were not written for."""
    found = []
    for school in School.objects.filter(code__in=["lingang", "haijin"]):
        with school_scope(school):
            found += [f"{row.form_code} in {school.schema_name}" for row in Draft.objects.exclude(
                form_code=school.schema_name)]  # fmt: skip
    return found


def test_ten_thousand_steps_stay_in_their_own_school(capsys: Any) -> None:
    tally = Tally()
    run(tally, STEPS)
    with capsys.disabled():
        print(
            f"\n{tally.steps} steps, {tally.reads} rows judged, {tally.refused} uses refused, {len(tally.wrong)} wrong"
        )
    assert tally.wrong == []
    assert tally.broken == 0
    assert wrong_at_rest() == []
    assert tally.refused > 100
    assert tally.reads > 1000


def test_control_without_the_guard_wrong_rows_are_found(monkeypatch: Any) -> None:
    """Each way of reading and of writing goes wrong, and the machine says so at the moment of the read or the write."""
    monkeypatch.setattr(belonging, "refuse_elsewhere", lambda *_: None)
    monkeypatch.setattr(context, "_refuse_suspension", lambda: None)
    tally = Tally()
    # Few machines of a run may draw no crossing of one kind.
    while tally.steps < 3 * STEPS and not seen_in(tally) >= WAYS:
        run(tally, tally.steps + 1000)
    assert seen_in(tally) >= WAYS, Counter(line.split(":")[0] for line in tally.wrong)
    assert wrong_at_rest()


def seen_in(tally: Tally) -> set[str]:
    """The ways in which something went wrong."""
    return {line.split(":")[0] for line in tally.wrong}
