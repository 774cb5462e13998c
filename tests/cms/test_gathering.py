"""Many saves in one transaction: the editors' index, the references and the notes of search follow once, and whole."""

import pytest
from wagtail.models import ReferenceIndex
from wagtail.search.models import IndexEntry

from cms.gathering import followed_once
from cms.models import NewsPage
from cms.models.base import SitePage
from search.models import Change

pytestmark = pytest.mark.requirement("S9-75")


def entries():
    return set(IndexEntry.objects.values_list("content_type", "object_id", "title", "body", "autocomplete"))


def references():
    return set(ReferenceIndex.objects.values_list("base_content_type", "object_id", "to_object_id", "model_path"))


def test_what_follows_is_the_same_as_page_by_page(make_news, picture):
    with followed_once():
        page = make_news("铲雪的早晨", cover=picture)
        page.lead = "雪后第一天。"
        page.save_revision().publish()
        assert not IndexEntry.objects.filter(object_id=str(page.pk)).exists()
        assert not NewsPage.objects.search("铲雪")
    assert NewsPage.objects.search("铲雪").count() == 1
    gathered = entries(), references()
    page.refresh_from_db()
    page.save()
    assert (entries(), references()) == gathered


def test_a_changed_document_is_noted_once(make_news):
    before = Change.objects.count()
    with followed_once():
        page = make_news("铲雪的早晨")
        page.save_revision().publish()
        assert Change.objects.count() == before
    noted = Change.objects.filter(key=f"page:{page.pk}")
    assert noted.count() == 1


def test_what_fails_is_followed_by_nothing(make_news):
    @followed_once()
    def fail():
        made.append(make_news("铲雪的早晨"))
        raise RuntimeError

    made = []
    with pytest.raises(RuntimeError):
        fail()
    assert not IndexEntry.objects.filter(object_id=str(made[0].pk)).exists()
    make_news("点灯的晚上")
    assert NewsPage.objects.search("点灯").count() == 1, "afterwards all is as usual"


def test_a_text_is_cut_once_for_the_index(make_news, monkeypatch):
    page, cut, usual = make_news("铲雪的早晨"), [], SitePage.cut_words.fget
    monkeypatch.setattr(SitePage, "cut_words", property(lambda row: cut.append(row.pk) or usual(row)))
    page.save()
    assert cut == [page.pk]
    assert NewsPage.objects.search("铲雪").count() == 1
