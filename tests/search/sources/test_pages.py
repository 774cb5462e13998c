"""Pages come into the index when published, and are gone at once when they are not to be read."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from cms.search import key_of
from search.asking import Query, search, suggest
from search.comparing import differences, fill
from search.engines.engine import Scope
from search.models import Change, Entry
from search.outbox import apply_changes
from search.readers import Reader


def everybody():
    return Scope(Reader(), timezone.now())


def found(text):
    return [hit.row.key for hit in search(Query(text), everybody()).hits]


@pytest.fixture
def page(make_news):
    fill()  # the home page comes from a migration, which tells nobody
    made = make_news("灶台改造完工", lead="二十个食堂换了新灶台。")
    apply_changes()
    return made


@pytest.mark.requirement("S7-52")
def test_a_published_page_is_found_and_says_where(page):
    result = search(Query("灶台改造"), everybody())
    assert [hit.row.key for hit in result.hits] == [key_of(page)]
    hit = result.hits[0].row
    assert (hit.kind, hit.committee, hit.address, hit.day) == ("news", "food", page.get_url_parts()[2], page.date)
    assert [bit.text for bit in result.hits[0].title if bit.marked] == ["灶台改造"]
    assert suggest("zaotai", everybody())


def test_nothing_is_different(page):
    assert list(differences()) == []
    Entry.objects.filter(key=key_of(page)).delete()
    assert list(differences()) == [f"missing: {key_of(page)}"]
    fill()
    assert list(differences()) == []


def unpublish(page):
    page.unpublish()


def shut_away(page):
    from wagtail.models import PageViewRestriction

    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")


def delete(page):
    page.delete()


@pytest.mark.parametrize("act", [unpublish, shut_away, delete])
def test_gone_at_once_before_the_worker_comes(page, act):
    act(page)
    result = search(Query("灶台改造"), everybody())
    assert (result.hits, result.total, result.facets.get("kind")) == ([], 0, [])
    assert not suggest("灶台", everybody())
    assert Change.objects.filter(hides=True).exists()
    apply_changes()
    assert not found("灶台改造")
    assert not Change.objects.exists()
    assert list(differences()) == []


def test_an_expired_page_is_gone_with_its_moment(page):
    page.expire_at = timezone.now() + timedelta(minutes=5)
    page.save()
    apply_changes()
    assert found("灶台改造")
    later = Scope(Reader(), timezone.now() + timedelta(minutes=6))
    assert not search(Query("灶台改造"), later).hits


def test_a_change_is_found_after_the_worker(page):
    page.title, page.lead = "水箱清洗完工", "二十个水箱洗过了。"
    page.save_revision().publish()
    apply_changes()
    assert found("水箱清洗") == [key_of(page)]
    assert not found("灶台改造")


def test_a_page_that_moves_takes_its_pages_along(page, site, django_capture_on_commit_callbacks):
    index = page.get_parent().specific
    index.slug = "xinwen"
    with django_capture_on_commit_callbacks(execute=True):
        index.save_revision().publish()
    apply_changes()
    assert "/xinwen/" in Entry.objects.get(key=key_of(page)).address


def test_changes_are_noted_in_the_same_transaction(page):
    from django.db import transaction

    inside = transaction.atomic()
    inside.__enter__()
    page.title = "新的标题"
    page.save()
    assert Change.objects.exists()
    inside.__exit__(ZeroDivisionError, ZeroDivisionError(), None)
    assert not Change.objects.exists()


def test_the_worker_may_be_cut_off_and_come_twice(page, monkeypatch):
    from search import outbox

    page.title = "供水管道改造"
    page.save_revision().publish()
    monkeypatch.setattr(outbox, "write_documents", lambda *_args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        apply_changes()
    monkeypatch.undo()
    assert Change.objects.exists()
    apply_changes()
    apply_changes()
    assert Entry.objects.filter(key=key_of(page)).count() == 1
    assert found("供水管道改造") == [key_of(page)]


def test_no_day_before_publication_is_invented(page):
    assert Entry.objects.get(key=key_of(page)).day <= datetime.now(UTC).date() + timedelta(days=1)
