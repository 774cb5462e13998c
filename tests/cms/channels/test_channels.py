"""G29: what is not public stands in no channel. All kinds of page x states x channels, with live pages as the control."""

import re

import pytest
from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from search.asking import Query, search
from search.comparing import fill
from search.engines.engine import Scope
from search.outbox import apply_changes
from search.readers import Reader
from tenants.clock import database_now
from tests.cms.channels.ground import BIRD, HIDDEN, build, canary, crawl, holders, kinds
from tests.ground.cast import read_cast
from tests.ground.clients import association_client as client_for

# The ground of all of them is made in the first one's time.
pytestmark = [pytest.mark.requirement("G29"), pytest.mark.timeout(900)]
MACHINES = ("/sitemap.xml", "/news/feed/", "/news/feed/atom/", "/en/news/feed/", "/robots.txt", "/opensearch.xml")


@pytest.fixture(scope="module")
def zoo(module_database):
    """The ground, once; the index as the worker leaves it."""
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        found = build(read_cast(), patch)
    fill()
    apply_changes()
    return found


@pytest.fixture(scope="module")
def texts(zoo):
    """What a visitor meets: every page by links, and what machines read."""
    lists = [
        page.url for (_kind, state), page in zoo.pages.items() if state == "live" and page.allowed_subpage_models()
    ]
    files = [f"{address}{name}" for address in lists for name in ("feed/", "list.csv", "events.ics")]
    own = [
        f"{page.url}event.ics" for (kind, state), page in zoo.pages.items() if (kind, state) == ("EventPage", "live")
    ]
    return crawl(client_for(), ["/", "/en/", zoo.gathering.url, *MACHINES, *files, *own])


def test_the_control_finds_every_live_page(zoo, texts):
    for kind in kinds():
        word = canary((kind.__name__, "live"))
        met = holders(texts, word)
        assert zoo.pages[kind.__name__, "live"].url in met, word
        assert len(met) > 1, f"{word} is in some list"
        assert zoo.pages[kind.__name__, "live"].full_url in texts["/sitemap.xml"]
    for address in ("/news/feed/", "/news/feed/atom/", zoo.gathering.url):
        assert canary(("NewsPage", "live")) in texts[address]
    assert any(address.endswith(".ics") and canary(("EventPage", "live")) in text for address, text in texts.items())


@pytest.mark.parametrize("state", HIDDEN)
def test_no_page_list_feed_map_or_preview_names_it(zoo, texts, state):
    for key, page in zoo.hidden().items():
        if key[1] == state:
            assert not holders(texts, canary(key)), key
            if key[0] != "NewsIndexPage":  # a live page below a hidden column has the column in its address
                assert not [one for one, text in texts.items() if f"{page.slug}/" in text], key


@pytest.mark.parametrize("path", ["/search/", "/search/suggest/", "/api/v1/search/"])
def test_search_suggestions_and_programs_find_live_pages_only(zoo, path):
    client = client_for()
    for asked in (BIRD, "xiyouniao", "canary"):
        said = "".join(client.get(path, {"q": asked, "page": page}).content.decode() for page in (1, 2, 3))
        assert not [
            key for key in zoo.hidden() if re.search(rf"{canary(key)}\b", re.sub(r"</?mark[^>]*>", "", said))
        ], asked
    answer = client.get(path, {"q": BIRD}).content.decode()
    assert "canary" in answer, "the control"


def test_counts_count_live_pages_only(zoo):
    answer = client_for().get("/api/v1/search/", {"q": BIRD}).json()
    assert answer["count"] == len(kinds())
    everybody = Scope(Reader(), database_now())
    for key in zoo.hidden():
        found = search(Query(canary(key)), everybody)
        assert not [hit for hit in found.hits if hit.row.key == f"page:{zoo.pages[key].pk}"], key
        assert found.total <= len(kinds()), "a word nobody has is taken for a like one, of live pages"
    page = client_for().get("/news/").content.decode()
    assert canary(("NewsPage", "live")) in page


@pytest.mark.parametrize("state", HIDDEN)
def test_its_address_its_feed_and_its_counterpart_show_nothing(zoo, state):
    client = client_for()
    for key, page in zoo.hidden().items():
        if key[1] != state:
            continue
        gone = 410 if state == "taken" else 404
        assert client.get(page.url).status_code in {gone, 302}, key
        for address in (page.url, f"/en{page.url}", f"{page.url}feed/", f"{page.url}list.csv", f"{page.url}event.ics"):
            assert canary(key) not in client.get(address, follow=True).content.decode(), address


def test_mistyped_addresses_are_not_led_to_it(zoo):
    client = client_for()
    assert canary(("NewsPage", "live")) in client.get("/news/zoo-newspage-lively/").content.decode(), "the control"
    for key, page in zoo.hidden().items():
        said = client.get(f"/x/{page.slug}s/").content.decode()
        assert canary(key) not in said, key
        assert f"{page.slug}/" not in said, key


def test_old_addresses_do_not_lead_to_it(zoo):
    client = client_for()
    for key, page in zoo.pages.items():
        Redirect.objects.create(old_path=f"/old/{canary(key)}", redirect_page=page)
    for key, page in zoo.pages.items():
        answer = client.get(f"/old/{canary(key)}/")
        if key[1] == "taken":
            assert client.get(answer.headers["Location"]).status_code == 410, "its address was public, and says so"
        elif key[1] == "live":
            assert (answer.status_code, answer.headers.get("Location")) == (301, page.url), "the control"
        else:
            assert answer.status_code == 404, key
            assert page.slug not in answer.content.decode(), key


def test_its_pictures_and_documents_are_sent_to_nobody(zoo):
    client, editor = client_for(), client_for(read_cast()["editor"])
    assert len(zoo.renditions) >= 6 * 8
    for files in (zoo.renditions, zoo.documents):
        for key, address in files.items():
            assert status(client, address) == (200 if key[1] == "live" else 404), (key, address)
            if key[0] == "NewsPage":
                assert status(editor, address) == 200, "the newsroom sees them"


def status(client, address):
    """What a file's address answers; the file is closed again."""
    answer = client.get(address)
    answer.close()
    return answer.status_code


def test_newsroom_addresses_answer_nobody_outside(zoo):
    cast = read_cast()
    outsiders = [client_for(), client_for(cast["head_a"]), client_for(cast["stranger"])]
    for key, page in zoo.hidden().items():
        # Wagtail asks the same of every kind; the states are what differs.
        for address in _inner(page) if key[0] in {"NewsPage", "RegulationIndexPage"} else ():
            for client in outsiders:
                answer = client.get(address)
                assert answer.status_code in {302, 403, 404}, address
                assert canary(key) not in answer.content.decode(), address


def _inner(page):
    found = [
        f"/cms/pages/{page.pk}/edit/", f"/cms/pages/{page.pk}/edit/preview/", f"/cms/pages/{page.pk}/view_draft/",
        f"/cms/pages/{page.pk}/history/", f"/cms/pages/{page.pk}/copy/", f"/cms/pages/{page.pk}/usage/",
        f"/cms/pages/{page.pk}/revisions/{page.latest_revision_id}/view/",
        f"/cms/pages/{page.pk}/revisions/compare/live...latest/", f"/cms/review/{page.pk}/", f"/cms/wechat/{page.pk}/",
        f"/cms/api/main/pages/{page.pk}/", f"/cms/pages/search/?q={BIRD}",
    ]  # fmt: skip
    if page.current_workflow_task:
        found.append(f"/cms/pages/workflow/preview/{page.pk}/{page.current_workflow_task.pk}/")
    return found


def test_nobody_makes_a_page_private(zoo):
    page = zoo.pages["NewsPage", "live"]
    for key in ("editor", "secretary", "officer", "correspondent"):
        client_for(read_cast()[key]).post(f"/cms/pages/{page.pk}/privacy/", {"restriction_type": "login"})
        assert not PageViewRestriction.objects.exists(), key


def test_editors_reach_no_administration(zoo):
    closed = (
        "users", "users/add", "groups", "groups/add", "sites", "sites/new", "locales", "collections", "collections/add",
        "workflows/list", "workflows/add/", "workflows/tasks/index", "workflows/tasks/select_type", "redirects",
        "settings/cms/sitesettings",
    )  # fmt: skip
    for key in ("editor", "secretary", "officer", "correspondent"):
        person = read_cast()[key]
        client = client_for(person)
        for path in closed:
            address = f"/cms/{path.rstrip('/')}/"
            for answer in (client.get(address), client.post(address, {"is_superuser": "on", "groups": "1"})):
                assert answer.status_code in {302, 403, 404}, (key, address, answer.status_code)
        client.post(f"/cms/users/edit/{person.pk}/", {"is_superuser": "on"})
        client.post("/cms/account/", {"is_superuser": "on", "groups": "1"})
        person.refresh_from_db()
        assert not person.is_superuser
        assert not person.is_staff
        assert not person.user_permissions.exists()
