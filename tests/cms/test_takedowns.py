"""Taken down in one click: page, lists, feeds, map, pictures and documents; the way back; the log."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from cms.models import SiteDocument, TakeDown
from cms.setup import published
from tests.cms.newsroom import give_duty
from tests.ground.clients import association_client as client_for

pytestmark = [pytest.mark.requirement("S9-43")]


@pytest.fixture
def document(db):
    row = SiteDocument(title="附件")
    row.file.save("a.pdf", ContentFile(b"%PDF-1.4 x"))
    return row


@pytest.fixture
def page(make_news, picture, document):
    """A live page with a picture and a document of its own."""
    return make_news("要撤的", room="energy", cover=picture, body=[("attachment", document)])


def take(client, page, **fields):
    return client.post(
        reverse("site_take_down", args=[page.pk]), {"reason": "数字有误", "with_translations": "on", **fields}
    )


def places(page, picture, document):
    small = picture.get_rendition("width-200|format-webp")
    return {"page": page.url, "picture": small.url, "document": document.url}


def test_one_click_and_it_is_gone_everywhere(page, picture, document, cast, association_client):
    found = places(page, picture, document)
    for name, address in found.items():
        assert status(association_client, address) == 200, name
    lists = ["/", "/news/", "/news/feed/", "/news/feed/atom/", "/sitemap.xml"]
    assert all("要撤的" in text or page.slug in text for text in texts(association_client, lists))
    assert take(client_for(cast["officer"]), page).status_code == 302
    gone = association_client.get(page.url)
    assert gone.status_code == 410
    assert "数字有误" not in gone.content.decode(), "the reason stays in the log"
    assert "要撤的" not in gone.content.decode()
    for name in ("picture", "document"):
        assert status(association_client, found[name]) == 404, name
    assert not any("要撤的" in text or page.slug in text for text in texts(association_client, lists))
    row = TakeDown.objects.get()
    assert (row.reason, row.taken_by, row.title) == ("数字有误", cast["officer"], "要撤的")


def test_nothing_is_kept_by_caches_for_more_than_a_minute(page, picture, document, association_client):
    for address in (*places(page, picture, document).values(), "/news/feed/", "/sitemap.xml", "/"):
        answer = association_client.get(address)
        kept = answer.headers.get("Cache-Control", "")
        b"".join(answer.streaming_content if answer.streaming else [])
        shared = [part for part in kept.replace(" ", "").split(",") if part.startswith("s-maxage=")]
        ages = shared or [part for part in kept.replace(" ", "").split(",") if part.startswith("max-age=")]
        assert all(int(age.split("=")[1]) <= 60 for age in ages), (address, kept)


def test_a_picture_that_another_page_shows_stays(page, picture, document, make_news, cast, association_client):
    make_news("另一篇", cover=picture)
    take(client_for(cast["editor"]), page)
    found = places(page, picture, document)
    assert status(association_client, found["picture"]) == 200
    assert status(association_client, found["document"]) == 404


def test_the_newsroom_still_sees_the_files(page, picture, document, cast):
    editor = client_for(cast["editor"])
    take(editor, page)
    found = places(page, picture, document)
    assert status(editor, found["picture"]) == 200
    assert status(editor, found["document"]) == 200


def test_back_as_it_was(page, cast, association_client):
    editor = client_for(cast["editor"])
    take(editor, page)
    row = TakeDown.objects.get()
    assert editor.post(reverse("site_take_down_undo", args=[row.public_id])).status_code == 302
    assert association_client.get(page.url).status_code == 200
    row.refresh_from_db()
    assert row.undone_by == cast["editor"]
    editor.post(reverse("site_take_down_undo", args=[row.public_id]))
    assert TakeDown.objects.count() == 1


def test_other_languages_and_what_is_below_go_too(site, cast, association_client):
    from wagtail.models import Locale

    from cms.models import StandardPage

    above = published(site.add_child(instance=StandardPage(title="制度汇编", locale=site.locale)))
    below = published(above.add_child(instance=StandardPage(title="第一章", locale=site.locale)))
    english = above.copy_for_translation(Locale.objects.get(language_code="en"))
    published(english)
    assert take(client_for(cast["editor"]), above).status_code == 302
    for page in (above, below, english):
        assert association_client.get(page.url).status_code == 410, page.url
    assert TakeDown.objects.count() == 3


def test_an_old_address_leads_to_the_tombstone(page, cast, association_client):
    Redirect.objects.create(old_path="/old/1", redirect_page=page)
    assert association_client.get("/old/1", follow=True).status_code == 200
    assert take(client_for(cast["editor"]), page).status_code == 302
    assert association_client.get("/old/1", follow=True).status_code == 410


def test_a_reason_is_asked_for_and_sections_hold(page, make_news, cast, association_client):
    assert take(client_for(cast["editor"]), page, reason=" ").status_code == 200
    food = make_news("食堂", room="food")
    assert take(client_for(cast["officer"]), food).status_code == 404
    give_duty(cast["correspondent"])
    assert take(client_for(cast["correspondent"]), page).status_code == 403
    assert not TakeDown.objects.exists()


def test_the_log_costs_the_same_for_one_row_and_three(make_news, cast, queries):
    editor = client_for(cast["editor"])
    take(editor, make_news("一"))
    for _ in range(2):
        editor.get("/cms/take-downs/")
    with queries(15):
        editor.get("/cms/take-downs/")
    take(editor, make_news("二"))
    take(editor, make_news("三"))
    editor.get("/cms/take-downs/")  # takes the message off
    with queries(15):
        editor.get("/cms/take-downs/")


def texts(client, addresses):
    return [client.get(address).content.decode() for address in addresses]


def status(client, address):
    answer = client.get(address)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code
