"""The public side: figures as the pages show them, disclosure as the call says, one shape of refusals."""

from decimal import Decimal

import pytest

from committees.energy.bulletin import read_bulletin
from committees.energy.calls import published_call
from committees.filings.models import Disclosure
from committees.filings.root_actions import close_days
from committees.filings.slugs import slug_of
from tests.committees.filings.committee.ground import bring, later, make_call, more_schools
from tests.committees.keys.ground import program

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S9-98")]
HOST = "portal.localhost"


@pytest.fixture
def schools(cast):
    return [cast.school_a, cast.school_b, *more_schools(2)]


def accepted(cast, schools, **changes):
    call = make_call(cast, schools, **changes)
    for number, school in enumerate(schools, 1):
        bring(cast, call, school, "accepted", electricity_buildings=1000 * number)
    return call


def get(path, **query):
    return program(HOST).get(f"/api/v1/{path}", query)


def test_totals_are_those_of_the_page(cast, schools):
    call = accepted(cast, schools)
    told = get(f"bulletins/{slug_of(call.number)}/").json()
    found = read_bulletin(published_call(slug_of(call.number)))
    totals = {row["indicator"]: row for row in told["totals"]}
    assert Decimal(totals["energy_total"]["value"]) == found.total("energy_total")
    assert Decimal(totals["energy_per_area"]["value"]) == found.total("energy_per_area")
    rows = get(f"bulletins/{slug_of(call.number)}/schools/", page_size=3).json()
    assert (rows["count"], rows["pages"], len(rows["results"])) == (4, 2, 3)
    assert "page=2" in rows["next"]
    card = get(f"filings/{rows['results'][0]['filing']}/").json()
    assert card["school"] == rows["results"][0]["school"]
    assert get("bulletins/").json()["results"][0]["id"] == slug_of(call.number)


def test_disclosure_holds_for_programs_too(cast, schools):
    hidden = accepted(cast, schools, disclosure=Disclosure.ANONYMOUS)
    totals = accepted(cast, schools, disclosure=Disclosure.TOTALS, period="2024")
    few = accepted(cast, schools[:2], disclosure=Disclosure.TOTALS, period="2023")
    for call in (hidden, totals, few):
        text = "".join(get(f"bulletins/{slug_of(call.number)}/{tail}").content.decode() for tail in ("", "schools/"))
        for school in schools:
            assert school.name_zh not in text
        assert "能备" not in text
        for filing in call.filings.all():
            assert get(f"filings/{slug_of(filing.number)}/").status_code == 404
    assert get(f"bulletins/{slug_of(hidden.number)}/schools/").json()["count"] == 4
    assert get(f"bulletins/{slug_of(totals.number)}/schools/").json()["count"] == 0
    held = get(f"bulletins/{slug_of(few.number)}/").json()
    assert held["held_back"] is True
    assert held["totals"] == []


def test_roots_lead_to_their_text(cast, schools):
    accepted(cast, schools[:1])
    close_days(at=later(days=9))
    row = get("roots/").json()["results"][0]
    assert program(HOST).get(row["text"].split(":8000", 1)[-1]).status_code == 200


@pytest.mark.parametrize(("path", "status"), [
    ("bulletins/?page=0", 400), ("bulletins/?page=x", 400), ("bulletins/?page_size=9999", 400), ("bulletins/?page=9", 404),
    ("bulletins/nothing/", 404), ("filings/%00/", 404), ("nowhere/", 404), ("../../api/v2/x", 404),
])  # fmt: skip
def test_refusals_have_one_shape(db, path, status):
    answer = program(HOST).get(f"/api/v1/{path}")
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == status


def test_only_reading(db):
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(program(HOST), method)("/api/v1/bulletins/")
        assert answer.status_code == 405
        assert answer["Content-Type"] == "application/problem+json"


def test_the_reference_names_every_address(db):
    text = program(HOST).get("/developers/").content.decode()
    for path in ("/api/v1/bulletins/", "/api/v1/filings/{id}/", "/api/v1/filings/{public_id}/", "/api/v1/roots/"):
        assert f"GET {path}" in text
    schema = program(HOST).get("/api/v1/openapi.json").json()
    assert schema["openapi"] == "3.1.0"


def test_the_reference_speaks_its_readers_language_and_the_file_english(db):
    pages = {place: program(HOST).get(f"{place}developers/").content.decode() for place in ("/", "/en/")}
    assert "全部公报，新的在前" in pages["/"]
    assert "All bulletins" not in pages["/"]
    assert "All bulletins, the newest period first" in pages["/en/"]
    listed = program(HOST).get("/api/v1/openapi.json").json()["paths"]["/api/v1/bulletins/"]["get"]
    assert listed["summary"] == "All bulletins, the newest period first"


def test_the_reference_asks_a_key_only_where_nobody_gets_in_without(db):
    public, own = program(HOST).get("/en/developers/").content.decode().split('id="h-part2"')
    assert "with a key" not in public
    assert own.count("with a key") == own.count("<code>GET ")


def test_queries_of_the_lists_do_not_grow(cast, schools, queries):
    periods = iter(range(2025, 2035))

    def one():
        return accepted(cast, schools[:1], period=str(next(periods)))

    client = program(HOST)
    queries.at_1_and_3(6, one, lambda: client.get("/api/v1/bulletins/"))
