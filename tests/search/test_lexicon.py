"""Editors change words; the next query knows; popular and failed queries name nobody."""

from datetime import date, timedelta

import pytest

from search.asked import failed, forget_old, note_asked, popular
from search.lexicons import current_lexicon
from search.models import Asked, LexiconLine
from search.outbox import write_documents
from search.registry import PUBLIC, Document
from tests.ground.clients import association_client

DAY = date(2026, 11, 20)
WORDS = "/office/search/words/"


@pytest.fixture
def editor(cast):
    return association_client(cast["editor"])


@pytest.fixture
def texts(db):
    given = [
        Document("x:1", "page", "两网融合试点", "/1/", (PUBLIC,), "再生资源回收"),
        Document("x:2", "page", "废品回收站搬迁", "/2/", (PUBLIC,), "搬到北门"),
    ]
    write_documents("x", [each.key for each in given], given)


def titles(client, q):
    page = client.get("/search/", {"q": q}).content.decode().replace("<mark>", "").replace("</mark>", "")
    return {title for title in ("两网融合试点", "废品回收站搬迁") if title in page}


@pytest.mark.requirement("S0-04")
def test_a_synonym_holds_from_the_next_query_on(editor, texts):
    assert titles(editor, "两网融合") == {"两网融合试点"}
    answer = editor.post(f"{WORDS}new/", {"kind": "synonyms", "text": "两网融合，废品回收", "do": "save"})
    assert answer.status_code == 302
    assert titles(editor, "两网融合") == {"两网融合试点", "废品回收站搬迁"}
    line = LexiconLine.objects.get(text="两网融合,废品回收")
    assert editor.post(f"{WORDS}{line.pk}/remove/").status_code == 302
    assert titles(editor, "两网融合") == {"两网融合试点"}


def test_the_preview_shows_what_comes_and_changes_nothing(editor, texts):
    for _ in range(2):
        titles(editor, "两网融合")
    before = LexiconLine.objects.count()
    page = editor.post(f"{WORDS}new/", {"kind": "synonyms", "text": "两网融合,废品回收", "do": "preview"})
    assert page.status_code == 200
    shown = page.content.decode()
    assert "两网融合" in shown
    assert "废品回收站搬迁" in shown
    assert LexiconLine.objects.count() == before
    assert ("废品回收",) not in current_lexicon().synonym_groups


@pytest.mark.parametrize(
    ("kind", "text"),
    [("synonyms", "食堂"), ("synonyms", "，，"), ("word", ""), ("nonsense", "食堂"), ("word", "高校后勤")],
)
def test_what_says_nothing_is_refused(editor, kind, text):
    assert editor.post(f"{WORDS}new/", {"kind": kind, "text": text, "do": "save"}).status_code == 422


def test_pages_of_the_office(editor, queries):
    note_asked("灶台", found=False, day=date.today())
    note_asked("灶台", found=False, day=date.today())
    page = editor.get("/office/search/").content.decode()
    assert page.count("灶台") >= 2
    assert "食堂" in editor.get(WORDS, {"q": "食堂", "kind": "synonyms"}).content.decode()


def test_the_list_costs_the_same_with_more_lines(editor, cast, queries):
    def make():
        LexiconLine.objects.create(
            kind="word",
            text=f"词{LexiconLine.objects.count()}",
            changed_at="2026-11-20T00:00Z",
            changed_by=cast["editor"],
        )

    queries.at_1_and_3(9, make, lambda: editor.get(WORDS, {"q": "词"}))


def test_counts_without_persons(db):
    for _ in range(3):
        note_asked("食堂 价格", found=True, day=DAY)
    note_asked("火星", found=False, day=DAY)
    note_asked("火星", found=False, day=DAY)
    note_asked("只此一次", found=False, day=DAY)
    for personal in ("13800001111", "x@example.test", "110101199001011234", "022-0000 0416", "长" * 60, "  "):
        note_asked(personal, found=True, day=DAY)
    assert [(each.text, each.times, each.failed) for each in popular(DAY)] == [("食堂 价格", 3, 0), ("火星", 2, 2)]
    assert [each.text for each in failed(DAY)] == ["火星"]
    assert {field.name for field in Asked._meta.fields} == {"id", "text", "day", "times", "failed"}


def test_old_counts_go(db):
    from django.utils import timezone

    note_asked("食堂", found=True, day=(timezone.now() - timedelta(days=500)).date())
    assert forget_old(timezone.now()) == 1


def test_what_a_school_asks_is_counted_nowhere(cast, client_on):
    client_on(cast.school_a.host, cast["head_a"]).get("/search/", {"q": "食堂"})
    assert not Asked.objects.exists()
    association_client().get("/search/", {"q": "食堂"})
    assert Asked.objects.count() == 1
