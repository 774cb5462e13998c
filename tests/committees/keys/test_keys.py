"""Keys: made and revoked by heads, shown once, hashed, scoped, expiring, of one school only."""

import re
from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils import timezone

from committees.keys.models import ApiKey, Scope
from tenants.context import school_scope
from tenants.models import SecurityEvent
from tests.committees.filings.school.ground import Case, make_case
from tests.committees.keys.ground import new_key, program
from tests.ground.clients import association_client, school_client

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S9-98")]
LIST = "/api/v1/filings/"


@pytest.fixture
def case(cast) -> Case:
    found = make_case(cast)
    found.send()
    found.filing.refresh_from_db()
    return found


def test_a_head_makes_a_key_sees_it_once_and_revokes_it(case):
    head = school_client(case.cast.school_a, case.cast["head_a"])
    page = head.post("/keys/", {"name": "一张表平台", "scopes": ["filings"], "days": "90"})
    secret = re.search(r"hq_[0-9a-f]{12}_[\w-]{43}", page.content.decode())[0]
    assert "no-store" in page["Cache-Control"]
    assert secret not in head.get("/keys/").content.decode()
    with school_scope(case.cast.school_a):
        row = ApiKey.objects.get()
        assert secret.split("_", 2)[2] not in str(row.__dict__)
        assert row.expires_on == timezone.localdate() + timedelta(days=90)
    reads = program(case.cast.school_a.host, secret)
    assert reads.get(LIST).json()["results"][0]["number"] == case.filing.number
    with school_scope(case.cast.school_a):
        assert ApiKey.objects.get().used_at is not None
    for _press in range(2):
        assert head.post(f"/keys/{row.public_id}/revoke/").status_code == 302
    answer = reads.get(LIST)
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.json()["title"] == "Unauthorized"


def test_making_and_revoking_stand_in_the_security_log_once_and_in_words(case):
    cast = case.cast
    row, secret = new_key(cast.school_a, cast["head_a"], ("filings",))
    head = school_client(cast.school_a, cast["head_a"])
    for _press in range(2):
        head.post(f"/keys/{row.public_id}/revoke/")
    made, revoked = SecurityEvent.objects.filter(action__startswith="key_").order_by("pk")
    assert (made.action, revoked.action) == ("key_made", "key_revoked")
    assert {(one.user, one.school, one.facts["key"]) for one in (made, revoked)} == {
        (cast["head_a"], cast.school_a, row.begins)
    }
    assert secret.removeprefix(f"{row.begins}_") not in str(made.facts)
    auditor = association_client(cast["audit_admin"])
    page, out = auditor.get("/office/security/").text, b"".join(auditor.get("/office/security/export/"))
    for text in (page, out.decode()):
        assert row.begins in text
        assert "生成接口密钥" in text
        assert "停用接口密钥" in text
        assert Scope.FILINGS.label.partition("（")[0].partition("：")[0] in text


def test_a_key_opens_one_school_only_and_only_its_scope(case):
    cast = case.cast
    _row, secret = new_key(cast.school_a, cast["head_a"], ("filings",))
    assert program(cast.school_b.host, secret).get(LIST).status_code == 401
    reads = program(cast.school_a.host, secret)
    own = f"{LIST}{case.filing.public_id}/"
    assert reads.get(own).status_code == 200
    assert reads.get(f"{own}versions/1/payload/").status_code == 403
    foreign = case.call.filings.get(school=cast.school_b).public_id
    unknown = "00000000-0000-0000-0000-000000000000"
    answers = [reads.get(f"{LIST}{one}/") for one in (foreign, unknown)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_what_is_no_key_opens_nothing(case):
    cast = case.cast
    _row, secret = new_key(cast.school_a, cast["head_a"])
    _old, over = new_key(cast.school_a, cast["head_a"], until=timezone.localdate() - timedelta(days=1))
    for shown in (
        "",
        "hq",
        secret[:-1],
        secret + "x",
        secret.replace("hq_", "xx_"),
        over,
        f"{secret} {secret}",
        "hq_é_ü",
    ):
        assert program(cast.school_a.host, shown).get(LIST).status_code == 401, shown
    signed_in = school_client(cast.school_a, cast["head_a"])
    assert signed_in.get(LIST).status_code == 401


def test_payload_and_versions_are_what_was_sealed(case):
    cast, version = case.cast, case.filing.latest
    _row, secret = new_key(cast.school_a, cast["head_a"])
    reads = program(cast.school_a.host, secret)
    told = reads.get(f"{LIST}{case.filing.public_id}/").json()
    assert told["versions"][0]["seal"] == version.seal
    assert told["state"] == "filed"
    payload = reads.get(f"{LIST}{case.filing.public_id}/versions/1/payload/")
    assert payload.content.decode() == version.payload
    for wrong in ("2", "99999999999999999999"):
        assert reads.get(f"{LIST}{case.filing.public_id}/versions/{wrong}/payload/").status_code == 404


def test_a_draft_is_not_told(cast):
    case = make_case(cast)
    case.begin()
    case.write({"electricity": "987654321", "water": "123454321"})
    _row, secret = new_key(cast.school_a, cast["head_a"])
    reads = program(cast.school_a.host, secret)
    text = reads.get(LIST).content.decode() + reads.get(f"{LIST}{case.filing.public_id}/").content.decode()
    assert "987654321" not in text
    assert "123454321" not in text


def test_limits_are_counted_by_key(case):
    cast = case.cast
    _one, first = new_key(cast.school_a, cast["head_a"])
    _two, second = new_key(cast.school_a, cast["head_a"])
    with override_settings(API_KEY_RATE="3/min"):
        reads = program(cast.school_a.host, first)
        assert [reads.get(LIST).status_code for _ in range(4)] == [200, 200, 200, 429]
        answer = reads.get(LIST)
        assert int(answer["Retry-After"]) > 0
        assert answer["Content-Type"] == "application/problem+json"
        assert program(cast.school_a.host, second).get(LIST).status_code == 200


def test_an_unchanged_answer_costs_no_transfer(case):
    cast = case.cast
    _row, secret = new_key(cast.school_a, cast["head_a"])
    reads = program(cast.school_a.host, secret)
    first = reads.get(LIST)
    again = reads.get(LIST, HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert "private" in first["Cache-Control"]


def test_queries_of_the_list_do_not_grow(cast, queries):
    _row, secret = new_key(cast.school_a, cast["head_a"])
    reads, periods = program(cast.school_a.host, secret), iter(range(2000, 2100))
    queries.at_1_and_3(8, lambda: make_case(cast, str(next(periods))), lambda: reads.get(LIST))


def test_queries_of_the_page_do_not_grow(cast, queries):
    head = school_client(cast.school_a, cast["head_a"])
    queries.at_1_and_3(9, lambda: new_key(cast.school_a, cast["head_a"]), lambda: head.get("/keys/"))
