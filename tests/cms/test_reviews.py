"""Three reviews before release: three people, none of them the author, and nobody past them."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.utils import timezone
from wagtail.models import TaskState

from cms.actions.scheduling import publish_due
from cms.models import Duty, Release
from cms.rules import may_review
from cms.standing import standing_of
from tests.cms.newsroom import give_duty, news_form, release, review, submit, write_news
from tests.ground.clients import association_client as client_for

pytestmark = [pytest.mark.requirement("S9-47"), pytest.mark.requirement("S9-46")]


@pytest.fixture
def newsroom(site, cast):
    """The cast with a correspondent of the energy section; clients by key."""
    give_duty(cast["correspondent"])
    return {key: client_for(cast[key]) for key in ("correspondent", "officer", "editor", "secretary")}


def test_a_text_passes_three_people_and_names_them(newsroom, cast, association_client):
    page = write_news(newsroom["correspondent"], author="闻笛", source="海津师范大学")
    assert not page.live
    submit(newsroom["correspondent"], page)
    assert association_client.get(page.url).status_code == 404
    for key in ("officer", "editor", "secretary"):
        page.refresh_from_db()
        assert not page.live, key
        assert review(newsroom[key], page) == 302
    page.refresh_from_db()
    assert page.live
    released = Release.objects.get(page=page)
    assert (released.first_by, released.second_by, released.released_by) == (
        cast["officer"], cast["editor"], cast["secretary"],
    )  # fmt: skip
    html = association_client.get(page.url).content.decode()
    for words in ("海津师范大学", "闻笛", "初审", "穆清", "复审", "温言", "签发", "施秉文"):
        assert words in html, words


def test_the_steps_wait_for_each_other(newsroom, site):
    page = write_news(newsroom["correspondent"])
    submit(newsroom["correspondent"], page)
    for key in ("secretary", "correspondent"):
        review(newsroom[key], page)
        page.refresh_from_db()
        assert page.current_workflow_task.specific.step == Duty.FIRST, key


def test_nobody_reviews_what_they_wrote(newsroom, cast):
    page = write_news(newsroom["officer"])
    submit(newsroom["officer"], page)
    review(newsroom["officer"], page)
    assert not TaskState.objects.filter(status=TaskState.STATUS_APPROVED).exists()
    page.refresh_from_db()
    verdict = may_review(cast["officer"], page, Duty.FIRST)
    assert not verdict
    assert "own" in str(verdict.reason) or "自己" in str(verdict.reason)


def test_nobody_does_two_of_the_three(newsroom, cast):
    page = write_news(newsroom["correspondent"])
    submit(newsroom["correspondent"], page)
    assert review(newsroom["editor"], page) == 302
    review(newsroom["editor"], page)
    page.refresh_from_db()
    assert page.current_workflow_task.specific.step == Duty.SECOND, "the editor has the duty, but did the first review"
    give_duty(cast["officer"], Duty.SECOND, "energy")
    give_duty(cast["officer"], Duty.FINAL, "energy")
    assert review(newsroom["officer"], page) == 302
    review(newsroom["officer"], page)
    page.refresh_from_db()
    assert not page.live
    review(newsroom["secretary"], page)
    page.refresh_from_db()
    assert page.live


def test_a_text_under_review_is_changed_by_nobody(newsroom):
    page = write_news(newsroom["correspondent"])
    submit(newsroom["correspondent"], page)
    for key, client in newsroom.items():
        client.post(f"/cms/pages/{page.pk}/edit/", news_form(title=f"改动{key}", slug=page.slug))
        page.refresh_from_db()
        assert page.get_latest_revision_as_object().title == "教室的灯", key


def test_a_changed_text_is_read_by_all_three_again(newsroom):
    page = write_news(newsroom["correspondent"])
    submit(newsroom["correspondent"], page)
    review(newsroom["officer"], page)
    review(newsroom["editor"], page)
    assert review(newsroom["secretary"], page, "reject", "请核对数字") == 302
    client = newsroom["correspondent"]
    client.post(f"/cms/pages/{page.pk}/edit/", news_form(title="教室的灯（改）", slug=page.slug))
    page.refresh_from_db()
    answer = client.post(
        f"/cms/pages/{page.pk}/edit/",
        news_form(title="教室的灯（改）", slug=page.slug, **{"action-restart-workflow": "action-restart-workflow"}),
    )
    assert answer.status_code == 302
    page.refresh_from_db()
    assert page.current_workflow_task.specific.step == Duty.FIRST
    for key in ("officer", "editor", "secretary"):
        review(newsroom[key], page)
    page.refresh_from_db()
    assert (page.live, page.title) == (True, "教室的灯（改）")


def test_resumed_after_a_change_it_starts_with_the_first(newsroom):
    page = write_news(newsroom["correspondent"])
    submit(newsroom["correspondent"], page)
    review(newsroom["officer"], page)
    review(newsroom["editor"], page, "reject", "请核对")
    client = newsroom["correspondent"]
    client.post(
        f"/cms/pages/{page.pk}/edit/", news_form(title="改过", slug=page.slug, **{"action-submit": "action-submit"})
    )
    page.refresh_from_db()
    assert page.current_workflow_task.specific.step == Duty.FIRST


@pytest.mark.parametrize("key", ["correspondent", "officer", "editor", "secretary"])
def test_no_button_and_no_post_publishes_past_the_reviews(newsroom, key):
    page = write_news(newsroom[key], **{"action-publish": "action-publish"})
    assert page is not None
    assert not page.live
    edit = f"/cms/pages/{page.pk}/edit/"
    assert "action-publish" not in newsroom[key].get(edit).content.decode()
    newsroom[key].post(edit, news_form(slug=page.slug, **{"action-publish": "action-publish"}))
    newsroom[key].post(f"/cms/bulk/wagtailcore/page/publish/?id={page.pk}&next=/cms/", {"next": "/cms/"})
    page.refresh_from_db()
    assert not page.live


def test_a_scheduled_page_appears_at_its_hour_and_ends_at_its_end(newsroom, cast, association_client):
    soon = timezone.localtime() + timedelta(hours=2)
    later = soon + timedelta(hours=2)
    hours = {"go_live_at": soon.strftime("%Y-%m-%d %H:%M"), "expire_at": later.strftime("%Y-%m-%d %H:%M")}
    page = write_news(newsroom["correspondent"], **hours)
    release(page, *(cast[key] for key in ("correspondent", "officer", "editor", "secretary")))
    assert not page.live
    assert page.approved_schedule
    assert association_client.get(page.url).status_code == 404
    publish_at(soon - timedelta(minutes=5))
    page.refresh_from_db()
    assert not page.live
    publish_at(soon + timedelta(minutes=1))
    page.refresh_from_db()
    assert page.live
    assert Release.objects.filter(revision=page.live_revision_id).exists()
    publish_at(later + timedelta(minutes=1))
    page.refresh_from_db()
    assert (page.live, page.expired) == (False, True)


def publish_at(moment):
    """What the worker does at a moment."""
    with patch("django.utils.timezone.now", return_value=moment):
        publish_due(at=moment)


def test_a_section_is_written_by_its_own(newsroom, cast, make_news):
    foreign, own = make_news("食堂的事", room="food"), make_news("能源的事", room="energy")
    officer = newsroom["officer"]
    assert officer.get(f"/cms/pages/{foreign.pk}/edit/").status_code == 302, "not in: back to the dashboard"
    assert officer.get(f"/cms/pages/{own.pk}/edit/").status_code == 200
    page = write_news(officer, room="food", title="越界")
    assert page is None or page.title != "越界", "a plate of another section is no choice"
    for verb in ("delete", "copy", "move"):
        assert officer.get(f"/cms/pages/{foreign.pk}/{verb}/").status_code in {302, 403}, verb
    # A correspondent drafts, and edits what is theirs only.
    assert newsroom["correspondent"].get(f"/cms/pages/{own.pk}/edit/").status_code == 302
    assert newsroom["editor"].get(f"/cms/pages/{foreign.pk}/edit/").status_code == 200


def test_a_duty_that_has_ended_closes_the_door(newsroom, cast):
    assert newsroom["correspondent"].get("/cms/").status_code == 200
    cast["correspondent"].newsroom_posts.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert newsroom["correspondent"].get("/cms/").status_code == 403
    assert not cast["correspondent"].groups.filter(name__startswith="site-").exists()


def test_duties_follow_from_posts(cast):
    day = timezone.localdate()
    assert standing_of(cast["editor"], day).has(Duty.SECOND)
    assert standing_of(cast["secretary"], day).has(Duty.FINAL)
    officer = standing_of(cast["officer"], day)
    assert officer.has(Duty.FIRST, "energy")
    assert not officer.has(Duty.FIRST, "food")
    assert not standing_of(cast["expert1"], day)
    assert not standing_of(cast["head_a"], day)
