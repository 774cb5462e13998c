"""The search for programs and browsers: public matter only, whoever asks; the description; nothing for crawlers."""

import xml.etree.ElementTree as ET

import pytest
from django.conf import settings
from django.db import DatabaseError

from search.models import Asked, Entry
from search.outbox import write_documents
from search.readers import school_token
from search.registry import PUBLIC, Document
from tests.committees.keys.ground import program
from tests.ground.clients import association_client as client_of

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S9-98")]
ADDRESS = "/api/v1/search/"


def document(number, audience=PUBLIC, **facts):
    return Document(
        f"t:{number}", "news" if number % 2 else "notice", f"第{number}食堂价格公示", f"/n-{number}/", (audience,),
        "每月公布饭菜价格。", **facts,
    )  # fmt: skip


def write(*documents):
    write_documents("t", [each.key for each in documents], documents)


@pytest.fixture
def texts(cast):
    Entry.objects.all().delete()
    school = cast.school_a.pk
    write(
        *(document(number, school_id=school if number == 1 else None) for number in range(25)),
        document(100, "association:editor"), document(101, school_token(school), space=school),
    )  # fmt: skip


def get(**asked):
    return program("portal.localhost").get(ADDRESS, asked)


def test_what_everybody_may_find_page_by_page(texts, cast):
    told = get(q="食堂价格").json()
    assert (told["count"], told["pages"], len(told["results"]), told["previous"]) == (25, 2, 20, None)
    second = program("portal.localhost").get(told["next"]).json()
    assert (second["page"], len(second["results"]), second["next"]) == (2, 5, None)
    urls = {row["url"] for row in told["results"] + second["results"]}
    assert urls == {f"{settings.ASSOCIATION_URL}/n-{number}/" for number in range(25)}
    kinds = {row["value"]: row["count"] for row in told["facets"] if row["facet"] == "kind"}
    assert kinds == {"news": 12, "notice": 13}
    assert [bit["text"] for bit in told["results"][0]["extract"] if bit["match"]]


def test_narrowed_by_kind_and_school(texts, cast):
    assert get(q="食堂价格", kind="news").json()["count"] == 12
    [row] = get(q="食堂价格", school=cast.school_a.code).json()["results"]
    assert (row["title"], row["school"]) == ("第1食堂价格公示", cast.school_a.code)
    assert get(q="食堂价格", school="nobody").json()["count"] == 0


def test_posts_open_nothing_here(texts, cast):
    for actor in ("editor", "head_a", "officer"):
        assert client_of(cast[actor]).get(ADDRESS, {"q": "食堂价格"}).json()["count"] == 25


def test_slips_are_mended_unless_typed_is_asked_for(texts):
    assert get(q="shitang").json()["count"] >= 25
    assert get(q="shitangjiage", words="typed").json()["meant"] == ""


@pytest.mark.parametrize(
    "asked",
    [{"q": "x" * 500}, {"q": "价", "year": "12"}, {"q": "价", "order": "up"}, {"page": "0"}, {"where": "here"}],
)
def test_what_cannot_be_is_refused_in_words(texts, asked):
    answer = get(**asked)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert set(answer.json()["errors"]) <= set(asked)


def test_no_page_beyond_the_last(texts):
    assert get(q="食堂价格", page=3).status_code == 404


def test_nothing_asked_nothing_found(texts):
    assert get().json()["count"] == get(q="\0 ").json()["count"] == 0


def test_no_store_on_the_way_keeps_what_is_taken_down(texts):
    assert "no-cache" in get(q="食堂价格")["Cache-Control"]


def test_programs_are_not_counted_among_queries(texts):
    get(q="食堂价格")
    assert not Asked.objects.exists()


def test_no_engine_no_answer(texts, monkeypatch):
    def away(*_args, **_named):
        raise DatabaseError("away")

    monkeypatch.setattr("search.engines.postgres._by_index", away)
    answer = get(q="食堂价格")
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_results_asks_no_more_for_more_rows(cast, count, django_assert_num_queries):
    Entry.objects.all().delete()
    write(*(document(number, school_id=cast.school_a.pk) for number in range(count)))
    get(q="食堂价格")
    with django_assert_num_queries(QUERIES):
        assert get(q="食堂价格").json()["count"] == count


#: Literal: the lexicon's revision, the search in its transaction, codes of schools, the limit of requests.
QUERIES = 19


def test_a_browser_is_told_of_the_box(texts, association_client):
    answer = association_client.get("/opensearch.xml")
    assert answer["Content-Type"].startswith("application/opensearchdescription+xml")
    space = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    root = ET.fromstring(answer.content)
    assert 0 < len(root.findtext("o:ShortName", "", space)) <= 16
    templates = {url.get("type"): url.get("template") for url in root.findall("o:Url", space)}
    assert templates["text/html"].endswith("/search/?q={searchTerms}")
    page = templates["text/html"].replace("{searchTerms}", "食堂价格").split("localhost", 1)[1].partition("/")[2]
    assert "食堂价格" in association_client.get(f"/{page}").content.decode()
    words, titles, *_ = association_client.get("/search/suggest/", {"q": "第1食堂", "form": "list"}).json()
    assert (words, titles[0]) == ("第1食堂", "第1食堂价格公示")


def test_the_box_on_the_page_that_is_not_there_and_in_the_head(db, association_client):
    home = association_client.get("/").content.decode()
    assert 'rel="search"' in home
    lost = association_client.get("/no-such-page/")
    assert lost.status_code == 404
    assert (
        '<form class="hq-find" action="/search/" method="get"><label class="hq-label" for="q2">'
        in lost.content.decode()
    )


def test_crawlers_stay_out_of_results(db, association_client):
    lines = association_client.get("/robots.txt").content.decode().splitlines()
    assert {"Disallow: /search/", "Disallow: /en/search/"} <= set(lines)


@pytest.mark.parametrize(("actor", "sees"), [("editor", True), ("secretary", True), ("officer", False)])
def test_the_rail_leads_those_who_keep_the_words(cast, actor, sees):
    page = client_of(cast[actor]).get("/desk/").content.decode()
    assert ('href="/office/search/"' in page) is sees
