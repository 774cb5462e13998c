"""The list of a school's filings: filters, order, search, nothing to show; its queries do not grow."""

from itertools import count

from committees.filings.approval_actions import name_deputy
from tenants.clock import database_now, local_day
from tenants.models import SchoolRole
from tests.committees.filings.school.ground import Case, make_call
from tests.factories.people import member
from tests.ground.clients import client_on


def test_filters_and_search(case: Case):
    make_call(case.cast, "2027")
    client = case.client()
    assert client.get("/filings/").content.decode().count('scope="row"') == 2
    assert client.get("/filings/?period=2027").content.decode().count('scope="row"') == 1
    assert client.get("/filings/?q=2027年度").content.decode().count('scope="row"') == 1
    assert client.get("/filings/?state=addressed&room=energy&sort=-due").content.decode().count('scope="row"') == 2
    empty = client.get("/filings/?q=没有这样的件").content.decode()
    assert 'class="hq-sheet hq-empty"' in empty


def test_nothing_was_asked(cast):
    page = client_on(cast.school_a.host, cast["clerk_a"]).get("/filings/")
    assert "hq-empty" in page.content.decode()


def test_odd_questions_are_harmless(case: Case):
    client = case.client()
    for query in ("sort=nothing", "sort=-", "page=zero", "page=999", "state=%00", "q=%25%27"):
        assert client.get(f"/filings/?{query}").status_code == 200


def test_the_list_costs_the_same(cast, queries):
    years = count(2021)
    from tests.ground.clients import client_on

    client = client_on(cast.school_a.host, cast["clerk_a"])
    queries.at_1_and_3(12, lambda: make_call(cast, str(next(years))), lambda: client.get("/filings/"))


def test_the_list_of_deputies_costs_the_same(cast, queries):
    client = client_on(cast.school_a.host, cast["head_a"])
    today = local_day(database_now())
    people = [member(cast.school_a, SchoolRole.CLERK) for _ in range(3)]

    def one_more():
        name_deputy(
            school=cast.school_a, deputy=people.pop(), starts_on=today, ends_on=today, reason="出差", by=cast["head_a"],
            at=database_now(),
        )  # fmt: skip

    queries.at_1_and_3(9, one_more, lambda: client.get("/filings/deputies/"))
