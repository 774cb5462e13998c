"""Views are counted in bunches, without cookies, robots left out, the page's row untouched; column feeds."""

import time
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from cms.actions.counts import add_views
from cms.counting import Tally, tally
from cms.models import PageViews
from tests.cms.newsroom import give_duty
from tests.ground.clients import association_client as client_for

pytestmark = [pytest.mark.requirement("S9-43")]
PERSON = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def empty():
    tally._views.clear()
    tally._since = time.monotonic()


def read(client, address, agent=PERSON, **headers):
    return client.get(address, headers={"user-agent": agent, **headers})


def test_readers_are_counted_and_nothing_is_left_with_them(make_news, association_client):
    page = make_news()
    for _ in range(3):
        answer = read(association_client, page.url)
    assert not answer.cookies
    assert tally.write() == 3
    read(association_client, page.url)
    tally.write()
    assert PageViews.objects.get().views == 4
    assert {field.name for field in PageViews._meta.get_fields()} == {"id", "page", "day", "views"}


@pytest.mark.parametrize(
    "headers",
    [{"agent": "Baiduspider/2.0"}, {"agent": ""}, {"agent": "python-requests/2"}, {"sec-purpose": "prefetch"}],
)
def test_robots_and_prefetching_are_not(make_news, association_client, headers):
    page = make_news()
    read(association_client, page.url, **headers)
    assert tally.write() == 0


def test_the_newsroom_and_missing_pages_are_not(make_news, cast, association_client):
    page = make_news()
    give_duty(cast["correspondent"])
    read(client_for(cast["correspondent"]), page.url)
    read(association_client, "/nothing/")
    assert tally.write() == 0


def test_a_view_costs_no_query_until_the_bunch_is_due(make_news, queries):
    page = make_news()
    with queries(0):
        Tally().note(page.pk, date(2026, 11, 24))


def test_many_of_one_bunch_are_one_statement_and_deleted_pages_are_left_out(make_news, queries):
    pages = [make_news("一"), make_news("二")]
    day = date(2026, 11, 24)
    with queries(1):
        add_views({(pages[0].pk, day): 2, (pages[1].pk, day): 3, (10_000_000, day): 1})
    add_views({(pages[0].pk, day): 5})
    assert dict(PageViews.objects.values_list("page", "views")) == {pages[0].pk: 7, pages[1].pk: 3}


def test_the_newsroom_sees_the_most_read_first(make_news, cast):
    from django.utils import timezone

    pages = [make_news("少"), make_news("多")]
    add_views({(pages[0].pk, timezone.localdate()): 1, (pages[1].pk, timezone.localdate()): 9})
    html = client_for(cast["editor"]).get("/cms/views/").content.decode()
    assert html.index("多</a>") < html.index("少</a>")


def test_each_column_has_its_feed(make_news, association_client):
    page = make_news("进了本栏", author="沈一舟")
    answer = association_client.get("/news/feed/".replace("feed", "nothing/feed"))
    assert answer.status_code == 404
    index = page.get_parent()
    root = ET.fromstring(association_client.get(f"{index.url}feed/").content)
    assert "进了本栏" in [e.findtext(f"{ATOM}title") or "" for e in root.iter(f"{ATOM}entry")] or root.tag == "rss"


def test_a_smaller_column_has_a_feed_of_its_own(make_news, site, association_client):
    from cms.models import NewsIndexPage
    from cms.setup import published

    index = NewsIndexPage.objects.child_of(site).first()
    column = published(index.add_child(instance=NewsIndexPage(title="专委会动态", slug="zwh", locale=site.locale)))
    page = make_news("专委会的事", parent=column)
    make_news("别栏的事")
    root = ET.fromstring(association_client.get(f"{column.url}feed/").content)
    assert root.tag == f"{ATOM}feed"
    assert [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")] == ["专委会的事"]
    assert association_client.get(f"{page.url}feed/").status_code == 404
