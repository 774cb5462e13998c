"""The bulletin: what it shows of single schools, and how each figure leads back to its filings."""

import csv
import io
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from committees.energy.bulletin import read_bulletin
from committees.energy.bulletin_lines import Wanted
from committees.energy.calls import published_call
from committees.filings.models import Disclosure
from committees.filings.slugs import slug_of
from tests.committees.filings.committee.ground import bring, make_call, more_schools
from tests.ground.clients import association_client

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S9-43")]


CARD = 'href="/filings/'


@pytest.fixture
def schools(cast):
    """Four schools: two of the cast and two more."""
    return [cast.school_a, cast.school_b, *more_schools(2)]


def accepted(cast, schools, **changes):
    """A call in which each school's filing counts, the n-th using n thousand GJ of electricity in its buildings."""
    call = make_call(cast, schools, **changes)
    for number, school in enumerate(schools, 1):
        bring(cast, call, school, "accepted", electricity_buildings=1000 * number)
    return call


def page(call, user=None, name="bulletin", **query):
    more = {"indicator": query.pop("indicator")} if "indicator" in query else {}
    return association_client(user).get(reverse(name, kwargs={"slug": slug_of(call.number), **more}), query)


def test_by_name_every_school_and_two_clicks_to_its_card(cast, schools):
    call = accepted(cast, schools, attribution="出典:某机构")
    text = page(call).content.decode()
    for school in schools:
        assert school.name_zh in text
    assert "应报4份，已计入4份" in text
    assert "出典:某机构" in text
    behind = reverse("bulletin_figure", args=[slug_of(call.number), "energy_total"])
    assert behind in text
    second = page(call, name="bulletin_figure", indicator="energy_total").content.decode()
    cards = re.findall(r'href="(/filings/[^"]+/)"', second)
    assert len(set(cards)) == 4
    assert association_client().get(cards[0]).status_code == 200


def test_a_figure_lists_its_filings_and_they_add_up(cast, schools):
    call = accepted(cast, schools)
    found = read_bulletin(published_call(slug_of(call.number)))
    values = [line.figures["energy_total"] for line in found.lines]
    assert sum(values) == found.total("energy_total")
    divided = found.total("energy_total") / found.total("area_total")
    assert found.total("energy_per_area") == divided.quantize(Decimal("1E-10"))
    text = page(call, name="bulletin_figure", indicator="energy_per_area").content.decode()
    for line in found.lines:
        assert line.filing.counted.seal[:8] in text
    assert page(call, name="bulletin_figure", indicator="nonsense").status_code == 404


def test_without_names_there_is_no_way_to_a_school(cast, schools):
    call = accepted(cast, schools, disclosure=Disclosure.ANONYMOUS)
    for name, more in (("bulletin", {}), ("bulletin_figure", {"indicator": "energy_total"}), ("bulletin_csv", {})):
        text = page(call, name=name, **more).content.decode()
        for school in schools:
            assert school.name_zh not in text
            assert school.code not in text
        assert CARD not in text
        assert "能备" not in text
    rows = re.findall(r'<tr><td class="r">(\d)</td><td class="r">([\d.]+)</td></tr>', page(call).content.decode())
    values = [Decimal(value) for _number, value in rows]
    assert len(values) == 4
    assert values == sorted(values)
    assert page(call, sort="-energy_per_area", type="undergraduate").content.decode().count("<tr><td") == 4
    assert page(call, cast["officer"]).content.decode().count(CARD) == 4


def test_totals_only_shows_no_single_value(cast, schools):
    call = accepted(cast, schools, disclosure=Disclosure.TOTALS)
    found = read_bulletin(published_call(slug_of(call.number)))
    assert not found.lines
    assert found.total("energy_total")
    text = page(call).content.decode()
    assert "hq-schools" not in text
    behind = page(call, name="bulletin_figure", indicator="energy_total").content.decode()
    assert CARD not in behind
    first = call.filings.first()
    assert first.counted.seal[:8] in behind
    assert page(call, cast["commission"]).content.decode().count(CARD) == 4


def test_too_few_filings_are_held_back_unless_named(cast, schools):
    call = accepted(cast, schools[:2], disclosure=Disclosure.TOTALS)
    text = page(call).content.decode()
    assert "hq-totals" not in text
    assert page(call, name="bulletin_figure", indicator="energy_total").status_code == 404
    named = accepted(cast, schools[:1], period="2024")
    assert "hq-totals" in page(named).content.decode()


def test_a_zero_base_is_said_in_words_and_stands_last(cast, schools):
    call = make_call(cast, schools[:3])
    bring(cast, call, schools[0], "accepted", area_dormitories=0, electricity_dormitories=0, fossil_dormitories=0)
    bring(cast, call, schools[1], "accepted", area_dormitories=500)
    for sort in ("energy_per_area_dormitories", "-energy_per_area_dormitories"):
        found = read_bulletin(published_call(slug_of(call.number)), Wanted(sort=sort))
        assert [line.filing.school for line in found.lines][-1] == schools[0]
        assert found.lines[-1].figures["energy_per_area_dormitories"] is None
    assert "没有定义" in page(call).content.decode()


def test_all_bases_zero_is_not_an_error(cast, schools):
    call = make_call(cast, schools[:1])
    bring(cast, call, schools[0], "accepted", area_dormitories=0, area_buildings=0)
    text = page(call)
    assert text.status_code == 200
    assert "没有定义" in text.content.decode()
    assert page(call, name="bulletin_figure", indicator="energy_per_area").status_code == 200


def test_sorting_and_types(cast, schools):
    call = accepted(cast, schools)
    rising = read_bulletin(published_call(slug_of(call.number)), Wanted(sort="energy_total")).lines
    falling = read_bulletin(published_call(slug_of(call.number)), Wanted(sort="-energy_total")).lines
    assert [line.filing.pk for line in rising] == [line.filing.pk for line in falling][::-1]
    text = page(call, sort="-energy_total").content.decode()
    assert text.count("aria-sort") == 1
    assert 'aria-sort="descending"' in text
    assert "?sort=energy_total" in text
    assert page(call, type="vocational").status_code == 200


def test_the_file_and_its_dictionary(cast, schools):
    call = accepted(cast, schools, attribution="出典:某机构")
    text = page(call, name="bulletin_csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 5
    assert sum(Decimal(row["energy_total"]) for row in rows[:-1]) == Decimal(rows[-1]["energy_total"])
    assert {row["source"] for row in rows} == {"出典:某机构"}
    words = list(csv.DictReader(io.StringIO(page(call, name="bulletin_dictionary").content.decode("utf-8-sig"))))
    columns = {row["column"] for row in words}
    assert columns == set(rows[0])
    per_area = next(row for row in words if row["column"] == "energy_per_area")
    assert per_area["basis"] == "primary"
    assert "/ (area_buildings + area_dormitories)" in per_area["computed_as"]
    assert per_area["name_zh"]
    assert per_area["name_en"]


def test_a_draft_and_a_call_without_acceptance_have_no_bulletin(cast, schools):
    draft, fresh = make_call(cast, []), make_call(cast, schools[:1])
    bring(cast, fresh, schools[0], "filed")
    assert page(draft).status_code == page(fresh).status_code == 404
    assert association_client().get(reverse("bulletin_list")).status_code == 200
    assert association_client().get(reverse("bulletin", args=["nonsense"])).status_code == 404


def test_english_pages_are_english(cast, schools):
    call = accepted(cast, schools[:1])
    with translation.override("en"):
        address = reverse("bulletin", args=[slug_of(call.number)])
        text = association_client().get(address).content.decode()
    assert "Energy per floor area" in text
    assert schools[0].name_en in text


def test_the_page_costs_the_same_with_one_school_and_three(cast, schools):
    call = make_call(cast, schools[:3])
    client, address = association_client(), reverse("bulletin", args=[slug_of(call.number)])

    def cost():
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return sum('FROM "filings_' in query["sql"] for query in captured.captured_queries)

    bring(cast, call, schools[0], "accepted")
    assert cost() == 15
    for school in schools[1:3]:
        bring(cast, call, school, "accepted")
    assert cost() == 15
