"""A school is renamed, closed, merged and opened again; its opening is whole or not at all."""

from typing import Any

import psycopg
import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from tenants.actions import (
    SchoolRefused,
    build_school,
    close_school,
    merge_school,
    register_school,
    rename_school,
    reopen_school,
)
from tenants.clock import database_now
from tenants.context import school_scope
from tenants.hosts import forget_hosts, place_of
from tenants.models import Membership, RetiredCode, School, SchoolState, SecurityEvent, TemplateStatement
from tests.ground.cast import Cast
from tests.ground.clients import association_client, client_on, school_client
from tests.ground.cluster import the_cluster

pytestmark = pytest.mark.requirement("S9-33")
NAMES = {"name_zh": "临港工业大学", "name_en": "Lingang Institute"}


def rename(cast: Cast, code: str, school: School | None = None, **names: str) -> School:
    row = rename_school(
        school=school or cast.school_a, code=code, by=cast["secretary"], at=database_now(), **{**NAMES, **names}
    )
    forget_hosts()  # on_commit does it outside tests
    return row


def status(host: str) -> tuple[int, str]:
    response = client_on(host).get("/desk/?a=1")
    return response.status_code, response.headers.get("Location", "")


def test_an_old_code_leads_on_for_ever_and_is_nobody_elses(cast: Cast) -> None:
    schema = cast.school_a.schema_name
    row = rename(cast, "lgit")
    assert (row.schema_name, row.name, row.pinyin.split()[0]) == (schema, "临港工业大学", "lin")
    assert status("lingang.portal.localhost") == (301, "http://lgit.portal.localhost:8000/desk/?a=1")
    assert status("lgit.portal.localhost")[0] == 302
    with pytest.raises(SchoolRefused), transaction.atomic():
        rename(cast, "lingang", cast.school_b, name_zh="另一所")
    with pytest.raises(SchoolRefused), transaction.atomic():
        register_school(code="lingang", name_zh="新校", name_en="x", type="other", by=None, at=database_now())
    rename(cast, "lgit2", row)
    assert status("lingang.portal.localhost")[1] == "http://lgit2.portal.localhost:8000/desk/?a=1"
    assert status("lgit.portal.localhost")[1] == "http://lgit2.portal.localhost:8000/desk/?a=1"
    rename(cast, "lingang", School.objects.get(code="lgit2"))
    assert status("lingang.portal.localhost")[0] == 302
    assert RetiredCode.objects.filter(school=row).count() == 3
    with pytest.raises(ValidationError), transaction.atomic():
        rename(cast, "admin")


def test_a_closed_school_answers_nobody_and_comes_back_whole(cast: Cast) -> None:
    head = school_client(cast.school_a, cast["head_a"])
    assert head.get("/desk/").status_code == 200
    close_school(school=cast.school_a, reason="停办", by=cast["secretary"], at=database_now())
    forget_hosts()
    assert head.get("/desk/").status_code == 404
    with pytest.raises(SchoolRefused), transaction.atomic():
        close_school(school=cast.school_a, reason="再停", by=cast["secretary"], at=database_now())
    reopen_school(school=cast.school_a, reason="复办", by=cast["secretary"], at=database_now())
    forget_hosts()
    assert head.get("/desk/").status_code == 200
    assert Membership.objects.filter(school=cast.school_a).count() == 2
    assert [(e.action, e.facts["reason"]) for e in SecurityEvent.objects.filter(school=cast.school_a, user=cast[
        "secretary"]).order_by("pk")] == [("school_closed", "停办"), ("school_reopened", "复办")]  # fmt: skip


def test_a_merged_schools_address_leads_to_its_successor(cast: Cast) -> None:
    by, at = cast["secretary"], database_now()
    with pytest.raises(SchoolRefused), transaction.atomic():
        merge_school(school=cast.school_a, into=cast.school_a, reason="x", by=by, at=at)
    with pytest.raises(SchoolRefused), transaction.atomic():
        merge_school(school=cast.school_a, into=cast.school_b, reason=" ", by=by, at=at)
    row = merge_school(school=cast.school_a, into=cast.school_b, reason="合并办学", by=by, at=at)
    forget_hosts()
    assert (row.state, row.merged_into) == (SchoolState.MERGED, cast.school_b)
    assert status("lingang.portal.localhost") == (301, "http://haijin.portal.localhost:8000/desk/?a=1")
    close_school(school=cast.school_b, reason="x", by=by, at=at)
    forget_hosts()
    assert status("lingang.portal.localhost")[0] == 404


def test_the_secretarys_pages(cast: Cast) -> None:
    secretary = association_client(cast["secretary"])
    page = secretary.get("/office/schools/lingang/").text
    assert "/office/schools/lingang/rename/" in page
    assert "/office/schools/lingang/close/" in page
    taken = secretary.post("/office/schools/lingang/rename/", {**NAMES, "code": "haijin"})
    assert taken.status_code == 422
    done = secretary.post("/office/schools/lingang/rename/", {**NAMES, "code": "LGIT"})
    assert done["Location"] == "/office/schools/lgit/"
    assert "lingang" in secretary.get("/office/schools/lgit/").text
    assert secretary.post("/office/schools/lgit/close/", {"reason": ""}).status_code == 422
    assert secretary.post("/office/schools/lgit/close/", {"reason": "停办", "into": "lgit"}).status_code == 422
    assert secretary.post("/office/schools/lgit/close/", {"reason": "并入海津", "into": "haijin"}).status_code == 302
    page = secretary.get("/office/schools/lgit/").text
    assert "并入海津" in page
    assert "海津师范大学" in page
    assert secretary.post("/office/schools/lgit/reopen/", {"reason": "复办"}).status_code == 302
    assert School.objects.get(code="lgit").state == SchoolState.OPEN
    assert secretary.post("/office/schools/lgit/reopen/", {"reason": "复办"}).status_code == 422


# ---------------------------------------------------------------- opening


def shift(owner: Any, position: int, by: int) -> None:
    """Move the statements from `position` on; in two steps, because each position stands only once."""
    for step in (100_000, by - 100_000):
        owner.execute(
            "UPDATE tenants_templatestatement SET position = position + %s WHERE position >= %s", [step, position]
        )


def plant(database: str, position: int, statement: str) -> None:
    """Put a statement into the list that opens schools, as its owner, after `position` statements."""
    with psycopg.connect(the_cluster().owner_url(database)) as owner:
        shift(owner, position, 1)
        owner.execute("INSERT INTO tenants_templatestatement (position, sql) VALUES (%s, %s)", [position, statement])


def weed(database: str, position: int) -> None:
    with psycopg.connect(the_cluster().owner_url(database)) as owner:
        owner.execute("DELETE FROM tenants_templatestatement WHERE position = %s", [position])
        shift(owner, position, -1)


def opening(code: str) -> School:
    return register_school(code=code, name_zh=f"{code}大学", name_en=code, type="other", by=None, at=database_now())


def nothing_there(school: School) -> bool:
    forget_hosts()
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regnamespace(%s) IS NULL", [school.schema_name])
        gone = cursor.fetchone()[0]
    return gone and not place_of(school.host).known and status(school.host)[0] == 404


def fails_after(database: str, school: School, position: int) -> None:
    """The opening breaks after `position` statements and leaves nothing."""
    plant(database, position, "SELECT 1/0")
    with pytest.raises(DatabaseError, match="division by zero"):
        build_school(school=school, by=None, at=database_now())
    assert nothing_there(school), position
    weed(database, position)


@pytest.mark.committed
def test_an_opening_that_breaks_leaves_nothing_and_is_done_again(own_database: str, cast: Cast, queries: Any) -> None:
    school, last = opening("jingu"), TemplateStatement.objects.count()
    for position in sorted({0, 1, 2, last // 2, last - 1, last}):
        fails_after(own_database, school, position)
    row = build_school(school=school, by=None, at=database_now())
    assert row.state == SchoolState.OPEN
    assert status(school.host)[0] == 302
    build_school(school=row, by=None, at=database_now())
    from committees.filings.models import Draft

    with school_scope(row):
        assert Draft.objects.count() == 0
