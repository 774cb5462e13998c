"""Files of the site: found by their words while a page shows them to everybody, gone at once when none does."""

from hashlib import sha1

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.models import SiteDocument
from search.asking import Query, search, suggest
from search.comparing import differences, fill
from search.engines.engine import Scope
from search.models import Entry, FileText, UnreadFile
from search.outbox import apply_changes
from search.readers import Reader
from tests.ground.clients import association_client as client_for
from tests.search.extracting import making

pytestmark = pytest.mark.requirement("S7-52")


def found(text):
    return [hit.row.key for hit in search(Query(text), Scope(Reader(), timezone.now())).hits]


def offered(content, name="zhou-qi.docx"):
    row = SiteDocument(title="设备表")
    keep(row, name, content)
    return row


def keep(row, name, content):
    """As the editors' form does it: the file, its size and hash."""
    row.file.save(name, ContentFile(content), save=False)
    row.file_size, row.file_hash = len(content), sha1(content, usedforsecurity=False).hexdigest()
    row.save()
    row.file.close()


@pytest.fixture
def file(db):
    return offered(making.word())


@pytest.fixture
def page(make_news, file):
    fill()
    made = make_news("设备管理新规", body=[("attachment", file)])
    apply_changes()
    return made


def test_a_file_is_found_by_its_words_and_leads_to_itself(page, file):
    assert found("锅炉房巡检") == [f"file:{file.pk}"]
    entry = Entry.objects.get(key=f"file:{file.pk}")
    assert (entry.kind, entry.parent, entry.address) == ("file", f"page:{page.pk}", file.url)
    assert suggest("shebeibiao", Scope(Reader(), timezone.now()))
    assert list(differences()) == []


def test_without_a_page_nobody_finds_it(file):
    apply_changes()
    assert found("锅炉房巡检") == []


def unpublish(page):
    page.unpublish()


def shut_away(page):
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")


def delete(page):
    page.delete()


def take_out(page):
    page.body = []
    page.save_revision().publish()


@pytest.mark.parametrize("act", [unpublish, shut_away, delete, take_out])
def test_gone_with_its_page_at_once(page, act):
    act(page)
    assert found("锅炉房巡检") == []
    assert not suggest("设备表", Scope(Reader(), timezone.now()))
    apply_changes()
    assert found("锅炉房巡检") == []
    assert list(differences()) == []


def test_a_deleted_file_leaves_no_words_behind(page, file):
    file.delete()
    assert found("锅炉房巡检") == []
    assert not FileText.objects.exists()


def test_another_content_is_read_anew(page, file):
    keep(file, "neu.docx", making.word("换热站值守要求"))
    apply_changes()
    assert (found("换热站值守"), found("锅炉房巡检")) == ([f"file:{file.pk}"], [])


def test_long_texts_stand_in_pieces(make_news, db):
    row = offered(making.word("\n".join(f"第{number}条，供水管网每日巡视一遍。" for number in range(1500))))
    make_news("长文件", body=[("attachment", row)])
    apply_changes()
    assert Entry.objects.filter(key=f"file:{row.pk}").count() > 1
    assert found("供水管网巡视") == [f"file:{row.pk}"]


def test_an_unreadable_file_is_found_by_name_and_listed_for_editors(make_news, cast):
    row = offered(making.bomb(), "hostile.docx")
    make_news("坏文件", body=[("attachment", row)])
    apply_changes()
    assert found("设备表") == [f"file:{row.pk}"]
    assert UnreadFile.objects.get().reason == "bomb"
    text = client_for(cast["editor"]).get("/office/search/").content.decode()
    assert "设备表" in text
    assert row.url in text


def test_the_page_of_an_editor_never_waits_for_reading(make_news, file, monkeypatch):
    monkeypatch.setattr("search.file_texts.words_of", lambda *_args: 1 / 0)
    make_news("存页时不读", body=[("attachment", file)])
    with pytest.raises(ZeroDivisionError):
        apply_changes()
