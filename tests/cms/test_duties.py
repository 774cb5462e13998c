"""Duties in the newsroom, words for pictures before a review, and reviews on the desk."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.actions.takedowns import take_down
from cms.models import Duty, NewsroomPost
from cms.review_desk import subject_of
from cms.setup import published
from committees.workflow.models import DeskEntry
from tenants.clock import database_now
from tenants.models import SecurityEvent
from tests.cms.newsroom import give_duty, news_form, review, submit, waiting_page, write_news
from tests.ground.clients import association_client as client_for

pytestmark = pytest.mark.requirement("S9-44")
POSTS = "/office/newsroom/"


def given(cast, **changes):
    return {
        "account": "correspondent",
        "duty": "draft",
        "room": "energy",
        "starts_on": "2026-01-01",
        "ends_on": "",
        **changes,
    }


def test_the_secretary_names_a_correspondent_who_then_comes_in(site, cast):
    secretary, correspondent = client_for(cast["secretary"]), client_for(cast["correspondent"])
    assert correspondent.get("/cms/").status_code == 403
    assert secretary.post(POSTS, given(cast)).status_code == 302
    assert correspondent.get("/cms/").status_code == 200
    page = secretary.get(POSTS).content.decode()
    for word in ("闻笛", "通讯员", "能源管理"):
        assert word in page
    post = NewsroomPost.objects.get()
    assert secretary.post(f"{POSTS}{post.pk}/end/", {"ends_on": "2026-01-31"}).status_code == 302
    assert client_for(cast["correspondent"]).get("/cms/").status_code == 403, "the duty has ended"
    assert [row.action for row in SecurityEvent.objects.order_by("pk")][-2:] != []
    facts = [row.facts["role"] for row in SecurityEvent.objects.filter(facts__role__startswith="newsroom")]
    assert facts == ["newsroom_draft", "newsroom_draft"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"account": "nobody-here"}, "账号"), ({"ends_on": "2025-01-01"}, "早于"), ({"duty": "king"}, "king")],
)
def test_a_duty_that_makes_no_sense_is_refused_in_words(site, cast, changes, words):
    answer = client_for(cast["secretary"]).post(POSTS, given(cast, **changes))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not NewsroomPost.objects.exists()


def test_the_same_duty_is_given_once(site, cast):
    client = client_for(cast["secretary"])
    assert client.post(POSTS, given(cast)).status_code == 302
    assert client.post(POSTS, given(cast)).status_code == 422
    assert NewsroomPost.objects.count() == 1


def test_the_list_costs_the_same_at_1_and_3_rows(site, cast, queries):
    client, people = client_for(cast["secretary"]), iter(("expert1", "expert2", "expert3", "head_a", "head_b"))
    queries.at_1_and_3(9, lambda: give_duty(cast[next(people)]), lambda: client.get(POSTS))


# ---------------------------------------------------------------- the desk


def waiting(page):
    entries = DeskEntry.objects.filter(subject=subject_of(page), done_at__isnull=True).order_by("audience")
    return {(int(entry.audience.split(":")[1]), entry.verb) for entry in entries}


def test_each_review_stands_on_the_desks_of_those_who_may_do_it(site, cast):
    give_duty(cast["correspondent"])
    give_duty(cast["expert1"], Duty.SECOND)
    writer = client_for(cast["correspondent"])
    page = write_news(writer)
    submit(writer, page)
    editor, secretary, officer, expert = (cast[key].pk for key in ("editor", "secretary", "officer", "expert1"))
    assert waiting(page) == {(editor, "check"), (officer, "check")}
    desk = client_for(cast["officer"]).get("/desk/").content.decode()
    assert "稿件待初审" in desk
    assert f"/cms/review/{page.pk}/" in desk
    assert page.title not in desk, "an entry tells no content"
    review(client_for(cast["officer"]), page)
    assert waiting(page) == {(editor, "check"), (expert, "check")}
    review(client_for(cast["editor"]), page)
    assert waiting(page) == {(secretary, "approve")}
    review(client_for(cast["secretary"]), page)
    assert waiting(page) == set()


def test_what_went_back_stands_on_its_authors_desk_until_it_is_sent_again(site, cast):
    give_duty(cast["correspondent"])
    writer = client_for(cast["correspondent"])
    page = write_news(writer)
    submit(writer, page)
    review(client_for(cast["officer"]), page, action="reject", comment="补数据")
    assert waiting(page) == {(cast["correspondent"].pk, "answer")}
    assert "退回" in writer.get("/desk/").content.decode()
    submit(writer, page)
    assert (cast["officer"].pk, "check") in waiting(page)


def test_a_review_that_is_called_off_leaves_the_desks(site, cast):
    page = waiting_page(cast)
    assert waiting(page)
    page.go_live_at = timezone.now() + timedelta(days=1)
    published(page)  # a page that waits for its hour may be taken down
    page.get_workflow().start(page, cast["correspondent"])
    take_down(page, reason="撤", by=cast["editor"], at=database_now())
    assert waiting(page) == set()


# ---------------------------------------------------------------- words for pictures


@pytest.fixture
def wordless(picture):
    picture.alt_text = ""
    picture.save()
    return picture


def with_picture(picture, **more):
    body = {
        "body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": "picture", "body-0-id": "",
        "body-0-value-picture": str(picture.pk), "body-0-value-caption": "",
    }  # fmt: skip
    return {**body, **more}


@pytest.mark.parametrize("where", ["cover", "body"])
def test_a_text_is_not_sent_to_review_with_a_picture_without_words(site, cast, wordless, where):
    give_duty(cast["correspondent"])
    client = client_for(cast["correspondent"])
    page = write_news(client)
    more = {"cover": str(wordless.pk)} if where == "cover" else with_picture(wordless)
    form = news_form(**more, slug=page.slug, **{"action-submit": "action-submit"})
    answer = client.post(f"/cms/pages/{page.pk}/edit/", form)
    assert "没有替代文字" in answer.content.decode()
    page.refresh_from_db()
    assert page.current_workflow_state is None
    wordless.is_decorative = True
    wordless.save()
    client.post(f"/cms/pages/{page.pk}/edit/", form)
    page.refresh_from_db()
    assert page.current_workflow_state is not None


def test_no_review_passes_a_picture_that_has_lost_its_words(site, cast, picture):
    page = waiting_page(cast)
    page.cover = picture
    page.save_revision(user=cast["correspondent"])
    picture.alt_text = " "
    picture.save()
    client = client_for(cast["officer"])
    answer = client.post(f"/cms/review/{page.pk}/", {"verdict": "approve", "comment": ""})
    assert "没有替代文字" in answer.content.decode()
    assert review(client, page) in {302, 403}
    page.refresh_from_db()
    assert page.current_workflow_task.specific.step == Duty.FIRST, "Wagtail's own address does not pass it either"
    assert review(client, page, action="reject", comment="补替代文字") in {200, 302}


def test_words_are_given_to_all_pictures_of_a_text_at_once(site, cast, wordless):
    page = waiting_page(cast)
    page.cover = wordless
    page.save_revision(user=cast["correspondent"])
    client = client_for(cast["officer"])
    assert wordless.title in client.get(f"/cms/words/{page.pk}/").content.decode()
    key = f"picture-{wordless.pk}"
    answer = client.post(f"/cms/words/{page.pk}/", {f"{key}-words": "一口灶", f"{key}-is_decorative": ""})
    assert answer.headers["Location"] == f"/cms/pages/{page.pk}/edit/"
    wordless.refresh_from_db()
    assert (wordless.alt_text, wordless.lacks_words) == ("一口灶", False)
    assert client_for(cast["stranger"]).get(f"/cms/words/{page.pk}/").status_code == 403


def test_a_decorative_picture_says_nothing(picture):
    picture.is_decorative = True
    assert picture.default_alt_text == ""


def test_an_english_page_names_nobody_in_chinese(make_news, picture, site, association_client):
    from django.utils.translation import override
    from wagtail.models import Locale

    page = make_news(cover=picture, cover_caption="灶")
    assert picture.credit in association_client.get(page.url).content.decode()
    other = page.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    other.title, other.lead, other.cover_caption = "Stoves", "Lead.", "A stove"
    published(other)
    assert picture.credit not in association_client.get(other.url).content.decode()
    with override("en"):
        picture.credit_en = "Secretariat drawing group"
        assert picture.credit_here == "Secretariat drawing group"


def test_released_by_is_shown_on_every_dated_kind(site, cast, association_client):
    from cms.models import Release
    from tests.cms.channels.ground import kinds, make, shelf_for

    for kind in kinds():
        if not hasattr(kind, "reviewer"):
            continue
        page = published(make(kind, shelf_for(kind, site), f"期{kind.__name__}"))
        Release.objects.create(
            page_id=page.pk, revision=page.live_revision, released_by=cast["secretary"], released_at=database_now()
        )
        assert str(cast["secretary"]) in association_client.get(page.url).content.decode(), kind
