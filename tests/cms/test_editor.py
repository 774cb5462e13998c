"""The newsroom: who comes in, what it says, under which policy."""

from datetime import timedelta

import polib
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cms.access import EDITORS
from cms.middleware import EDITOR_DOOR
from cms.models import NewsIndexPage, NewsPage, Picture
from cms.picture_form import PictureForm  # noqa: F401  (registered by its name in the settings)
from tenants.models import AssociationPost, AssociationRole
from tests.ground.clients import association_client as client_for

OVERLAY = settings.ROOT / "cms" / "locale" / "zh_Hans" / "LC_MESSAGES"


@pytest.fixture
def editor(site, cast):
    """The editor of the cast, at the newsroom's door."""
    return client_for(cast["editor"])


def test_a_visitor_is_sent_to_the_one_sign_in_page(site, association_client):
    for path in ("/cms/", "/cms/pages/", "/cms/login/?next=/cms/pages/"):
        answer = association_client.get(path)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(settings.LOGIN_URL)
        assert "next=/cms/" in answer.headers["Location"]


def test_only_people_with_a_duty_come_in(site, cast):
    for key in cast:
        expected = 200 if key in {"editor", "secretary", "officer"} else 403
        assert client_for(cast[key]).get("/cms/").status_code == expected, key


def test_an_editor_is_never_a_superuser_and_sees_no_settings(editor, cast):
    assert editor.get("/cms/").status_code == 200
    assert not cast["editor"].is_superuser
    for path in ("/cms/users/", "/cms/groups/", "/cms/sites/", "/cms/redirects/"):
        assert editor.get(path).status_code == 302, path


def test_a_post_that_has_ended_closes_the_door_the_same_day(editor, cast):
    assert editor.get("/cms/").status_code == 200
    assert cast["editor"].groups.filter(name=EDITORS).exists()
    AssociationPost.objects.filter(user=cast["editor"], role=AssociationRole.EDITOR).update(
        ends_on=timezone.localdate() - timedelta(days=1)
    )
    assert editor.get("/cms/").status_code == 403
    assert not cast["editor"].groups.filter(name=EDITORS).exists()


def test_the_policy_is_loosened_under_the_newsroom_and_nowhere_else(editor, make_news, association_client):
    page = make_news()
    loose = [
        path for path in ("/", page.url, "/en/", "/nothing/", "/news/feed/") if _loose(association_client.get(path))
    ]
    assert loose == []
    assert _loose(editor.get(EDITOR_DOOR))
    # The one exception in the whole portal.
    policy = editor.get(EDITOR_DOOR).headers["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "unsafe-eval" not in policy


def _loose(answer):
    return "unsafe-inline" in answer.headers["Content-Security-Policy"]


def test_a_page_without_lead_is_refused_in_chinese(editor):
    index = NewsIndexPage.objects.get(locale__language_code="zh-hans")
    answer = editor.post(f"/cms/pages/add/cms/newspage/{index.pk}/", _form(lead=""))
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "有填错的地方，页面没有创建。" in html
    assert "这一项必须填写。" in html
    assert not NewsPage.objects.exists()


def _form(**changes):
    fields = {
        "title": "教室的灯", "subtitle": "", "date": "2026-11-20", "room": "estate", "lead": "先换灯。",
        "cover": "", "cover_caption": "", "cover_alt": "", "source": "", "author": "", "slug": "", "seo_title": "",
        "search_description": "", "body-count": "0", "attachments-count": "0",
        "go_live_at": "", "expire_at": "", "action-submit": "action-submit",
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
    }  # fmt: skip
    return {**fields, **changes}


def test_a_picture_without_words_is_refused(editor, picture):
    with picture.file.open() as drawn:
        file = SimpleUploadedFile("a.png", drawn.read(), content_type="image/png")
    before = Picture.objects.count()
    fields = {"title": "无字", "file": file, "alt_text": "", "credit": "", "tags": "", "collection": "1"}
    assert editor.post("/cms/images/add/", fields).status_code == 200
    assert Picture.objects.count() == before
    file.seek(0)
    assert editor.post("/cms/images/add/", {**fields, "alt_text": "一盏灯"}).status_code == 302
    assert Picture.objects.count() == before + 1


def test_a_drawing_with_script_is_refused(editor):
    file = SimpleUploadedFile("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "image/svg+xml")
    fields = {"title": "画", "file": file, "alt_text": "画", "credit": "", "tags": "", "collection": "1"}
    assert editor.post("/cms/images/add/", fields).status_code == 200
    assert not Picture.objects.exists()


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_the_overlay_is_complete_and_sound(domain):
    rows = polib.pofile(OVERLAY / f"{domain}.po")
    assert not rows.untranslated_entries()
    assert not rows.fuzzy_entries()
    assert len(rows) >= {"django": 150, "djangojs": 15}[domain]
