"""Comments between the commission and a committee about a call or a table: told, answered, closed, never changed."""

import csv
from io import StringIO
from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction

from committees.commission.models import Talk
from committees.commission.talk_actions import begin_talk, close_talk, write_talk
from committees.commission.talk_reads import talks_of
from committees.filings import actions
from committees.filings.invariants import broken_invariants
from committees.notices.models import Notice
from committees.workflow.advance import MoveRefused
from committees.workflow.models import DeskEntry, Trail
from tenants.grants import sealed_tables
from tests.committees.filings.committee.ground import bring, later, make_call, more_schools
from tests.ground.clients import association_client

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S9-13")]


@pytest.fixture
def call(cast):
    made = make_call(cast, [cast.school_a, cast.school_b])
    bring(cast, made, cast.school_a, "accepted")
    return made


def begin(cast, call, **changes) -> Talk:
    given = {"about": "table", "title": "口径", "words": "热力是否折算？", "by": cast["commission"], "at": later(20)}
    return begin_talk(call=call, **{**given, **changes})


def test_asked_told_answered_and_closed_by_who_began(cast, call):
    talk = begin(cast, call)
    assert (talk.state, talk.begun_by) == ("with_committee", "commission")
    assert Notice.objects.get(person=cast["officer"], topic="talk.ask").quoted == "热力是否折算？"
    assert DeskEntry.objects.get(subject=talk.public_id, done_at=None).audience == "committee:energy:officer"
    write_talk(talk=talk, words="按当量值折算。", by=cast["officer"], at=later(21))
    assert Notice.objects.get(person=cast["commission"], topic="talk.answer").quoted == "按当量值折算。"
    assert DeskEntry.objects.get(subject=talk.public_id, done_at=None).audience == "association:commission"
    with pytest.raises(MoveRefused, match="由提出方办结"):
        close_talk(talk=talk, by=cast["officer"], at=later(22))
    close_talk(talk=talk, by=cast["commission"], at=later(22))
    assert talk.state == "closed"
    assert not DeskEntry.objects.filter(subject=talk.public_id, done_at=None).exists()
    with pytest.raises(MoveRefused):
        write_talk(talk=talk, words="又及", by=cast["officer"], at=later(23))
    said = [(turn.move, turn.reason, turn.by_id) for turn in talks_of(call)[0].turns]
    assert said == [
        ("ask", "热力是否折算？", cast["commission"].pk), ("answer", "按当量值折算。", cast["officer"].pk),
        ("close", "", cast["commission"].pk),
    ]  # fmt: skip
    assert list(broken_invariants()) == []


def test_words_are_never_changed(cast, call):
    """They stand in the trail, which the runtime role may only add to; what its owner changes there is found by its chain
    (tests/committees/filings/sealed)."""
    talk = begin(cast, call)
    assert Trail._meta.db_table in sealed_tables()
    for spoil in (lambda rows: rows.update(reason="别的话"), lambda rows: rows.delete()):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            spoil(Trail.objects.filter(subject=talk.public_id))


def test_who_stands_on_neither_side_says_nothing(cast, call):
    talk = begin(cast, call)
    for who in ("expert1", "secretary", "head_a", "stranger", "editor"):
        with pytest.raises(MoveRefused):
            write_talk(talk=talk, words="插话", by=cast[who], at=later(21))
        with pytest.raises(MoveRefused):
            begin(cast, call, by=cast[who])
    with pytest.raises(MoveRefused):
        begin(cast, make_call(cast, [], period="2024"))  # a draft, of which the commission knows nothing


def test_a_comment_says_when_the_figures_have_moved_since(cast, call):
    begin(cast, call)
    page = f"/committees/energy/calls/{call.public_id}/commission/"
    client = association_client(cast["officer"])
    assert "提出后数据有变动" not in client.get(page).content.decode()
    bring(cast, call, cast.school_b, "accepted")
    assert "提出后数据有变动" in client.get(page).content.decode()


def test_sent_twice_it_stands_once(cast, call):
    key = uuid4()
    client = association_client(cast["commission"])
    page = f"/committees/energy/calls/{call.public_id}/commission/"
    words = {"do": "begin", "about": "call", "title": "期限", "words": "可否放宽？", "key": str(key)}
    for _ in range(2):
        assert client.post(page, words).status_code == 302
    talk = Talk.objects.get()
    answer = {"do": "write", "talk": str(talk.public_id), "words": "", "version": "1"}
    assert association_client(cast["officer"]).post(page, answer).status_code == 422
    stale = {**answer, "words": "可以", "version": "0"}
    assert association_client(cast["officer"]).post(page, stale).status_code == 409
    assert Trail.objects.filter(subject=talk.public_id).count() == 1


def test_the_committee_may_begin_too(cast, call):
    talk = begin(cast, call, by=cast["officer"], about="call", title="会签时间", words="何时会签？")
    assert (talk.state, talk.begun_by) == ("with_commission", "committee")
    with pytest.raises(MoveRefused):
        close_talk(talk=talk, by=cast["commission"], at=later(21))


def test_exports_carry_every_word_and_every_table(cast, call):
    talk = begin(cast, call)
    write_talk(talk=talk, words="=1+1", by=cast["officer"], at=later(21))
    client = association_client(cast["commission"])
    rows = list(csv.reader(StringIO(client.get("/commission/calls/comments.csv").content.decode("utf-8-sig"))))
    assert [row[-1] for row in rows[1:]] == ["热力是否折算？", "'=1+1"]
    tables = list(csv.reader(StringIO(client.get("/commission/tables/tables.csv").content.decode("utf-8-sig"))))
    assert [row[0] for row in tables[1:]] == [call.number]
    for path in ("/commission/calls/comments.xlsx", "/commission/tables/tables.xlsx"):
        assert client.get(path).content[:2] == b"PK"


@pytest.mark.parametrize(
    ("expected", "page"),
    [
        (13, "/commission/tables/"), (7, "/commission/tables/tables.csv"), (9, "/commission/calls/"),
        (5, "/commission/calls/comments.csv"),
    ],
)  # fmt: skip
def test_queries_of_the_lists_do_not_grow(cast, queries, expected, page):
    client, schools = association_client(cast["commission"]), iter(more_schools(3))

    def one():
        school = next(schools)
        made = make_call(cast, [school])
        bring(cast, made, school, "accepted")
        actions.close_call(call=made, by=cast["officer"], at=later(40))
        begin(cast, made, at=later(41))

    queries.at_1_and_3(expected, one, lambda: client.get(page))


def test_queries_of_a_calls_page_do_not_grow(cast, call, queries):
    page, client = f"/committees/energy/calls/{call.public_id}/commission/", association_client(cast["commission"])
    queries.at_1_and_3(12, lambda: begin(cast, call), lambda: client.get(page))
