"""The bulletin of many schools: rolled up when accepted, paged, searched and filtered by the database, as disclosed."""

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from committees.energy import bulletin_lines
from committees.energy.bulletin import read_bulletin
from committees.energy.bulletin_lines import Wanted
from committees.energy.calls import published_call
from committees.filings.invariants import broken_invariants
from committees.filings.models import Disclosure, Spread, TypeSum
from committees.filings.slugs import slug_of
from committees.filings.spreads import quantile
from tests.committees.filings.committee.ground import bring, make_call, more_schools
from tests.committees.filings.public.test_bulletin import accepted, page
from tests.committees.keys.ground import program
from tests.ground.clients import association_client

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S9-77")]


@pytest.fixture
def schools(cast):
    """Five schools, two of them vocational."""
    rows = [cast.school_a, cast.school_b, *more_schools(3)]
    for number, school in enumerate(rows):
        school.type = "vocational" if number > 2 else "undergraduate"
        school.save()
    return rows


@pytest.fixture
def small_pages(monkeypatch):
    monkeypatch.setattr(bulletin_lines, "PER_PAGE", 2)


@pytest.mark.parametrize(("values", "share", "expected"), [
    (("1", "2", "3", "4"), "0.5", "2.5"), (("1", "2", "3", "4"), "0.25", "1.75"), (("7",), "0.75", "7"),
    (("1", "2", "10"), "0.5", "2"), (("0", "10"), "0.25", "2.5"),
])  # fmt: skip
def test_a_mark_lies_in_proportion_between_two_values(values, share, expected):
    assert quantile([Decimal(one) for one in values], Decimal(share)) == Decimal(expected)


def test_no_values_have_no_marks():
    with pytest.raises(ValueError, match="no values"):
        quantile([], Decimal("0.5"))


def test_types_are_rolled_up_when_accepted_and_agree_with_the_lines(cast, schools):
    call = accepted(cast, schools)
    found = read_bulletin(published_call(slug_of(call.number)))
    for kind in ("undergraduate", "vocational"):
        own = [line.figures for line in found.lines if line.filing.school.type == kind]
        row = TypeSum.objects.get(call=call, school_type=kind, indicator="energy_total")
        assert (row.total, row.schools) == (sum(one["energy_total"] for one in own), len(own))
        spread = Spread.objects.get(call=call, school_type=kind, indicator="energy_per_area")
        values = sorted(one["energy_per_area"] for one in own)
        assert (spread.least, spread.most, spread.schools) == (values[0], values[-1], len(values))
    whole = Spread.objects.get(call=call, school_type="", indicator="energy_per_area")
    assert whole.median == sorted(line.figures["energy_per_area"] for line in found.lines)[2]
    assert list(broken_invariants()) == []
    Spread.objects.filter(pk=whole.pk).update(median=1)
    assert any("energy_per_area of all" in fault for fault in broken_invariants())


def test_pages_together_are_the_whole_in_its_order(cast, schools, small_pages):
    call = published_call(slug_of(accepted(cast, schools).number))
    for sort in ("", "energy_total", "-energy_total", "name", "-name", "nonsense"):
        whole = [line.filing.pk for line in read_bulletin(call, Wanted(sort=sort)).lines]
        pages = [read_bulletin(call, Wanted(sort=sort), number) for number in (1, 2, 3)]
        assert [line.filing.pk for one in pages for line in one.lines] == whole
        assert [one.first for one in pages] == [1, 3, 5]
        assert {one.tally.count for one in pages} == {5}
    assert read_bulletin(call, Wanted(), "99").first == 5  # the last there is
    text = page(call, page="2").content.decode()
    assert re.findall(r'<tr><td class="r">(\d+)</td>', text) == ["3", "4"]
    assert 'aria-current="page">2</a>' in text


def test_schools_are_found_by_name_and_type(cast, schools):
    call = accepted(cast, schools)
    one = page(call, q=schools[3].name_zh).content.decode()
    assert one.count('class="kind"') == 1
    assert schools[3].name_zh in one
    assert page(call, type="vocational").content.decode().count('class="kind"') == 2
    nothing = page(call, q="没有的学校").content.decode()
    assert "没有这所学校" in nothing
    assert page(call, q="\0%_").status_code == 200
    both = page(call).content.decode()
    assert "各类学校对照" in both
    assert both.count("<tfoot>") == 1
    assert "<tfoot>" not in page(call, type="vocational").content.decode()


@pytest.mark.parametrize("disclosure", [Disclosure.ANONYMOUS, Disclosure.TOTALS])
def test_without_names_nothing_narrows_to_a_single_school(cast, schools, disclosure):
    call = accepted(cast, schools, disclosure=disclosure)
    plain = page(call).content.decode()
    for query in ({"type": "vocational"}, {"q": schools[0].name_zh}, {"sort": "-name"}, {"q": "x", "type": "adult"}):
        assert table_in(page(call, **query).content.decode()) == table_in(plain)
        assert page(call, name="bulletin_csv", **query).content == page(call, name="bulletin_csv").content
    assert "各类学校对照" not in plain
    assert 'name="q"' not in plain.split("<main", 1)[1]
    seen = page(call, cast["officer"], type="vocational").content.decode()
    assert seen.count('class="kind"') == 2


def test_programs_read_a_page_of_schools_and_no_more(cast, schools):
    call = accepted(cast, schools)
    client, address = program("portal.localhost"), f"/api/v1/bulletins/{slug_of(call.number)}/schools/"

    def asked(size):
        with CaptureQueriesContext(connection) as captured:
            rows = client.get(address, {"page_size": size}).json()["results"]
        figures = [one["sql"] for one in captured.captured_queries if 'FROM "filings_figure"' in one["sql"]]
        return rows, len([sql for sql in captured.captured_queries if 'FROM "filings_' in sql["sql"]]), figures

    one, cost, figures = asked(1)
    assert len(one) == 1
    # The page's own figures are asked for by its one version; the sort is inside the query of the filings.
    assert sum("IN (" in sql and "LIMIT 1" not in sql for sql in figures) == 1
    assert cost == asked(3)[1] == 4


def table_in(text):
    return re.findall(r'<table class="hq-ledger hq-sheet hq-schools">.*?</table>', text, re.DOTALL)


def test_the_page_costs_the_same_with_one_school_and_three(cast, schools):
    call = make_call(cast, schools[:3])
    client, address = association_client(), reverse("bulletin_figure", args=[slug_of(call.number), "energy_total"])

    def cost():
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return sum('FROM "filings_' in query["sql"] for query in captured.captured_queries)

    bring(cast, call, schools[0], "accepted")
    assert cost() == 5
    for school in schools[1:3]:
        bring(cast, call, school, "accepted")
    assert cost() == 5
