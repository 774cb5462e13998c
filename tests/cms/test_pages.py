"""Public pages: what they hold, in which language, at what cost."""

from datetime import date
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from wagtail.models import Locale

from cms.models import HomePage, NewsIndexPage, NewsPage, StandardPage
from cms.setup import lay_foundation, published
from tests.cms.conftest import make_picture

ATOM = "{http://www.w3.org/2005/Atom}"


def test_an_empty_site_answers(site, association_client):
    for path in ("/", "/en/", "/news/", "/en/news/", "/news/feed/", "/sitemap.xml"):
        assert association_client.get(path).status_code == 200, path


def test_laying_the_ground_twice_changes_nothing(site):
    before = list(HomePage.objects.values_list("pk", "locale")), NewsIndexPage.objects.count()
    assert lay_foundation() == site
    assert (list(HomePage.objects.values_list("pk", "locale")), NewsIndexPage.objects.count()) == before


def test_pages_stand_only_where_they_belong(site):
    assert HomePage.allowed_parent_page_models() == []
    assert NewsPage.allowed_parent_page_models() == [NewsIndexPage]
    assert NewsPage not in HomePage.allowed_subpage_models()
    assert set(NewsIndexPage.allowed_subpage_models()) == {NewsIndexPage, NewsPage}, "a column may hold smaller ones"
    assert StandardPage in HomePage.allowed_subpage_models()


@pytest.mark.requirement("S9-75")
def test_a_piece_of_news_is_read_with_its_picture(make_news, picture, association_client):
    body = [("heading", "先算账"), ("quote", {"text": "粥要热。", "speaker": "早班班长"})]
    page = make_news(cover=picture, cover_caption="早班", author="沈一舟", body=body)
    html = association_client.get(page.url).content.decode()
    for words in (
        "<h1>校园里的灯</h1>",
        "<h2>先算账</h2>",
        "早班班长",
        "沈一舟",
        'alt="蓝底的灶台"',
        'width="736"',
        ".webp",
    ):
        assert words in html, words
    assert f'<link rel="canonical" href="{settings.ASSOCIATION_URL}{page.url}">' in html
    assert 'property="og:image"' in html
    assert "userbar" not in html


def test_the_home_page_sorts_lead_notices_stories_and_street(make_news, association_client, no_strip):
    make_news("头条", cover=make_picture())
    make_news("故事一则", room="house")
    html = association_client.get("/").content.decode()
    assert html.index("头条") < html.index("故事一则")
    assert html.count("hq-lot") == 6
    assert "hq-read" not in html, "no figures offered, no strip"


def test_an_editor_chooses_the_lead(make_news, site, association_client):
    make_news("新的", cover=make_picture())
    site.lead_story = make_news("旧的")
    published(site)
    assert '">旧的</a></h1>' in association_client.get("/").content.decode()


def test_the_list_has_pages_and_years(make_news, association_client):
    for number in range(13):
        make_news(f"第{number}条")
    make_news("去年的", date=date(2025, 3, 1), room="dorm")
    titles = lambda query: association_client.get(f"/news/{query}").content.decode()  # noqa: E731
    assert "第12条" not in titles("")
    assert "第12条" in titles("?page=2")
    assert "去年的" in titles("?year=2025")
    assert "第0条" not in titles("?year=2025")
    assert "去年的" not in titles("?room=food")
    assert "第0条" in titles("?year=²⁰²⁶&room=y&page=z"), "an unknown value asks for nothing"


def test_the_same_cost_with_one_page_and_with_thirty(make_news, association_client, queries, no_strip):
    make_news("一", cover=make_picture())
    costs = {"/": 8, "/news/": 12}
    for path, cost in costs.items():
        association_client.get(path)
        with queries(cost):
            association_client.get(path)
    for number in range(29):
        make_news(f"{number}", cover=make_picture(f"{number}"))
    for path, cost in costs.items():
        association_client.get(path)
        with queries(cost):
            association_client.get(path)


def test_english_stands_under_its_prefix(make_news, site, association_client):
    page = make_news("两种语言")
    english = page.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    english.title = "In two languages"
    published(english)
    assert english.url == f"/en/news/{page.slug}/"
    html = association_client.get(english.url).content.decode()
    assert '<html lang="en"' in html
    assert f'hreflang="zh-Hans" href="{settings.ASSOCIATION_URL}{page.url}"' in html
    assert f'hreflang="x-default" href="{settings.ASSOCIATION_URL}{page.url}"' in html


def test_a_page_missing_in_a_language_leads_to_the_nearest_that_is_there(make_news, association_client):
    page = make_news("只有中文")
    assert association_client.get(f"/en/news/{page.slug}/").headers["Location"] == "/en/news/"
    assert association_client.get("/en/news/nothing/").status_code == 404
    assert association_client.get("/nothing/").status_code == 404


def test_the_site_speaks_the_language_of_the_address_not_of_the_browser(site, association_client):
    answer = association_client.get("/", headers={"accept-language": "en"})
    assert '<html lang="zh-Hans"' in answer.content.decode()


def test_feeds_hold_the_news(make_news, association_client):
    page = make_news("进了订阅", author="沈一舟")
    rss = ET.fromstring(association_client.get("/news/feed/").content)
    assert [item.findtext("title") for item in rss.iter("item")] == ["进了订阅"]
    assert rss.findtext("channel/item/link") == page.full_url
    atom = ET.fromstring(association_client.get("/news/feed/atom/").content)
    assert [entry.findtext(f"{ATOM}title") for entry in atom.iter(f"{ATOM}entry")] == ["进了订阅"]
    english = ET.fromstring(association_client.get("/en/news/feed/").content)
    assert not list(english.iter("item"))


def test_the_map_names_both_languages_and_no_draft(make_news, site, association_client):
    page, draft = make_news("在图上"), make_news("草稿")
    draft.unpublish()
    text = association_client.get("/sitemap.xml").content.decode()
    ET.fromstring(text)
    assert f"<loc>{page.full_url}</loc>" in text
    assert draft.full_url not in text
    assert f'hreflang="en" href="{settings.ASSOCIATION_URL}/en/"' in text
    assert f"Sitemap: {settings.ASSOCIATION_URL}/sitemap.xml" in association_client.get("/robots.txt").content.decode()


def test_renditions_are_sent_and_originals_never(picture, make_news, association_client):
    make_news("有图的", cover=picture)
    small = picture.get_rendition("width-200|format-webp")
    answer = association_client.get(small.url)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/webp"
    assert b"".join(answer.streaming_content)[8:12] == b"WEBP"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "max-age=31536000" in answer.headers["Cache-Control"]
    assert association_client.get(picture.file.url).status_code == 404
    assert association_client.get("/media/images/../original_images/stove.png").status_code == 404


def test_a_school_has_no_site_and_no_newsroom(site, cast, client_on):
    on_school = client_on(cast.school_a.host)
    for path in ("/cms/", "/news/", "/sitemap.xml", "/media/images/x.png", "/documents/1/x.pdf"):
        assert on_school.get(path).status_code == 404, path
