"""The newsroom in tests: a correspondent with a duty, a page sent to review, reviews passed through Wagtail's addresses."""

from datetime import date

from cms.models import Duty, NewsIndexPage, NewsPage, NewsroomPost
from tests.ground.clients import association_client as client_for

BEGIN = date(2024, 1, 1)


def give_duty(user, duty=Duty.DRAFT, room="energy"):
    """A duty in the newsroom without an end."""
    return NewsroomPost.objects.create(user=user, duty=duty, room=room, starts_on=BEGIN)


def news_form(**changes):
    """The fields of a page of news as the editor's form sends them."""
    fields = {
        "title": "教室的灯", "subtitle": "", "date": "2026-11-20", "room": "energy", "lead": "先换灯。",
        "cover": "", "cover_caption": "", "cover_alt": "", "source": "", "author": "", "slug": "", "seo_title": "",
        "search_description": "", "body-count": "0", "attachments-count": "0", "editor": "",
        "go_live_at": "", "expire_at": "",
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
    }  # fmt: skip
    return {**fields, **changes}


def write_news(client, **changes):
    """A new page of news by whoever the client is; None when it was refused."""
    index = NewsIndexPage.objects.get(locale__language_code="zh-hans")
    client.post(f"/cms/pages/add/cms/newspage/{index.pk}/", news_form(**changes))
    return NewsPage.objects.order_by("-pk").first()


def submit(client, page):
    """Send a page to the three reviews."""
    page.refresh_from_db()
    draft = page.get_latest_revision_as_object()
    same = ("title", "room", "slug", "lead", "source", "author")
    form = news_form(**{name: getattr(draft, name) for name in same})
    for name in ("go_live_at", "expire_at"):
        value = getattr(draft, name)
        form[name] = value.astimezone().strftime("%Y-%m-%d %H:%M") if value else ""
    return client.post(f"/cms/pages/{page.pk}/edit/", {**form, "action-submit": "action-submit"})


def review(client, page, action="approve", comment=""):
    """Pass (or `reject`) the review that waits; the answer's status."""
    page.refresh_from_db()
    state = page.current_workflow_task_state
    assert state is not None, "nothing waits"
    address = f"/cms/pages/workflow/action/{page.pk}/{action}/{state.pk}/"
    return client.post(address, {"comment": comment}).status_code


def release(page, *people):
    """Send a page through, written by the first of `people`, reviewed by the other three."""
    clients = [client_for(person) for person in people]
    submit(clients[0], page)
    for client in clients[1:]:
        review(client, page)
    page.refresh_from_db()
    return page


def waiting_page(cast, room="energy", title="等着审的稿"):
    """A page of the energy section, written by the correspondent, that waits for its first review."""
    from cms.setup import lay_foundation

    home = lay_foundation()
    index = NewsIndexPage.objects.child_of(home).get()
    page = NewsPage(title=title, lead="导语。", room=room, live=False, owner=cast["correspondent"], locale=home.locale)
    index.add_child(instance=page)
    page.save_revision(user=cast["correspondent"])
    page.get_workflow().start(page, cast["correspondent"])
    return page


def live_page(room="energy", title="线上的稿"):
    """A page of news on the site."""
    from cms.setup import lay_foundation, published

    home = lay_foundation()
    index = NewsIndexPage.objects.child_of(home).first()
    return published(index.add_child(instance=NewsPage(title=title, lead="导语。", room=room, locale=home.locale)))
