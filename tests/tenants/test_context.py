"""What belongs to one school is not used in another: rows, querysets, generators, jobs, transactions."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from committees.filings.models import Draft, DraftEvidence, NumberSeries
from tenants import belonging
from tenants.clock import database_now
from tenants.context import SuspendedScope, association_scope, school_scope
from tenants.floors import WrongFloor, WrongSchool
from tenants.jobs import NoSuchSchool, in_school
from tenants.models import School
from tests.ground.cast import Cast

pytestmark = pytest.mark.requirement("S9-33")


def make_draft(cast: Cast, school: School | None = None) -> Draft:
    return Draft.objects.create(
        filing_id=uuid4(), form_code=connection.schema_name, form_version="1", updated_at=database_now(),
        updated_by=cast["clerk_a"],
    )  # fmt: skip


def make_evidence(draft: Draft, **words: Any) -> DraftEvidence:
    values = {"name": "x", "sha256": "0" * 64, "size": 1, "media_type": "x", "added_at": database_now()}
    return DraftEvidence(draft=draft, added_by_id=1, **{**values, **words})


USES: dict[str, Callable[[Any], Any]] = {
    "list": list,
    "count": lambda rows: rows.count(),
    "exists": lambda rows: rows.exists(),
    "first": lambda rows: rows.first(),
    "get": lambda rows: rows.get(),
    "values": lambda rows: list(rows.values("form_code")),
    "iterator": lambda rows: list(rows.iterator()),
    "aggregate": lambda rows: rows.aggregate(n=belonging.models.Max("id")),
    "update": lambda rows: rows.update(revision=9),
    "delete": lambda rows: rows.delete(),
    "slice": lambda rows: list(rows[:1]),
    "filter further": lambda rows: list(rows.filter(revision=0).order_by("id")),
    "in_bulk": lambda rows: rows.in_bulk(),
    "subquery": lambda rows: list(Draft.objects.filter(pk__in=rows.values("pk"))),
    "union": lambda rows: list(Draft.objects.none().union(rows)),
    "related": lambda rows: DraftEvidence.objects.filter(draft__in=rows).count(),
    "get_or_create": lambda rows: rows.get_or_create(pk=-1, defaults={"updated_at": database_now()}),
}


@pytest.mark.parametrize("use", USES)
def test_a_lazy_queryset_is_not_used_in_another_school(cast: Cast, use: str) -> None:
    with school_scope(cast.school_a):
        make_draft(cast)
        rows = Draft.objects.all()
    with school_scope(cast.school_b):
        make_draft(cast)
        with pytest.raises(WrongSchool):
            USES[use](rows)
    with pytest.raises((WrongSchool, WrongFloor)):
        USES[use](rows)
    with school_scope(cast.school_b):
        assert [row.revision for row in Draft.objects.all()] == [0]


@pytest.mark.parametrize("use", ["list", "count", "first", "update", "delete"])
def test_control_without_the_guard_the_other_schools_rows_are_used(cast: Cast, monkeypatch: Any, use: str) -> None:
    monkeypatch.setattr(belonging, "refuse_elsewhere", lambda *_: None)
    with school_scope(cast.school_a):
        rows = Draft.objects.all()
    with school_scope(cast.school_b):
        make_draft(cast)
        assert USES[use](rows)


def test_a_queryset_read_in_its_school_stays_readable_on_the_associations_floor_only(cast: Cast) -> None:
    with school_scope(cast.school_a):
        make_draft(cast)
        rows = Draft.objects.all()
        assert len(rows) == 1
    assert [row.form_code for row in rows] == [cast.school_a.schema_name]
    with school_scope(cast.school_b), pytest.raises(WrongSchool):
        list(rows)


def test_a_queryset_made_outside_belongs_to_the_first_school_that_runs_it(cast: Cast) -> None:
    rows = Draft.objects.all()
    with school_scope(cast.school_a):
        assert not list(rows.all())
        assert not list(rows)
    with school_scope(cast.school_b):
        assert not list(Draft.objects.all())
        with pytest.raises(WrongSchool):
            list(rows)


def _undone(use: Callable[[], Any], number: int) -> None:
    with transaction.atomic():
        use()
        transaction.set_rollback(True)


def test_a_row_is_not_used_in_another_school(cast: Cast) -> None:
    with school_scope(cast.school_a):
        draft = make_draft(cast)
        partial = Draft.objects.only("id").get()
        evidence = make_evidence(draft)
        evidence.save()
        evidence = DraftEvidence.objects.get()
    uses: list[Callable[[], Any]] = [
        draft.save, draft.delete, draft.refresh_from_db,
        lambda: partial.form_code,
        lambda: evidence.draft,
        lambda: list(draft.evidence.all()),
        lambda: draft.evidence.create(name="x", sha256="0", size=1, media_type="x", added_at=database_now()),
        lambda: make_evidence(draft).save(),
        lambda: DraftEvidence.objects.bulk_create([make_evidence(draft)]),
        lambda: Draft.objects.bulk_create([draft]),
        lambda: Draft.objects.bulk_update([draft], ["revision"]),
        lambda: DraftEvidence.objects.filter(draft=draft).count(),
        lambda: DraftEvidence.objects.filter(belonging.Q(draft=draft) | belonging.Q(draft__in=[draft])).count(),
        lambda: DraftEvidence.objects.update(draft=draft),
        lambda: Draft.objects.raw("SELECT 1"),
    ]  # fmt: skip
    with school_scope(cast.school_b):
        for number, use in enumerate(uses):
            with pytest.raises((WrongSchool, NotImplementedError)):  # `number` says which was let through
                _undone(use, number)
        assert not Draft.objects.exists()
        assert not DraftEvidence.objects.exists()


def test_history_is_guarded_too(cast: Cast) -> None:
    history = apps.get_model("filings", "DraftHistory")
    with school_scope(cast.school_a):
        make_draft(cast)
        rows = history.objects.all()
    with school_scope(cast.school_b), pytest.raises(WrongSchool):
        list(rows)


def test_half_read_rows_do_not_go_on_in_another_school(cast: Cast) -> None:
    with school_scope(cast.school_a):
        make_draft(cast)
        make_draft(cast)
        rows = Draft.objects.iterator(chunk_size=1)
        next(rows)
    with school_scope(cast.school_b), pytest.raises(WrongSchool):
        next(rows)


def test_what_may_stop_in_the_middle_enters_no_school(cast: Cast) -> None:
    def numbers() -> Iterator[int]:
        with school_scope(cast.school_a):
            yield 1

    async def waits() -> None:
        with association_scope():
            await asyncio.sleep(0)

    with pytest.raises(SuspendedScope):
        next(numbers())
    with pytest.raises(SuspendedScope):
        waits().send(None)
    assert connection.schema_name == "public"

    @contextmanager
    def wrapped() -> Iterator[None]:
        with school_scope(cast.school_a):
            yield

    with wrapped():
        assert connection.schema_name == cast.school_a.schema_name


@pytest.mark.committed
def test_school_and_association_are_written_together_or_not_at_all(cast: Cast) -> None:
    def both(fail: bool) -> None:
        with school_scope(cast.school_a), transaction.atomic():
            make_draft(cast)
            with association_scope():
                NumberSeries.objects.create(series="T", year=2026 if not fail else 2027)
            if fail:
                NumberSeries.objects.create(series="T", year=2026)

    def there() -> tuple[int, int]:
        with school_scope(cast.school_a):
            return Draft.objects.count(), NumberSeries.objects.filter(series="T").count()

    both(fail=False)
    assert there() == (1, 1)
    with pytest.raises(IntegrityError):
        both(fail=True)
    assert there() == (1, 1)


@pytest.mark.django_db
def test_a_job_enters_its_school_by_code(cast: Cast) -> None:
    @in_school
    def count(school: School) -> tuple[str, int]:
        return connection.schema_name, Draft.objects.count()

    assert count(school="lingang") == (cast.school_a.schema_name, 0)
    assert connection.schema_name == "public"
    with pytest.raises(NoSuchSchool):
        count(school="nobody")
