"""A school's own figures: its place without telling what a single other filed, its years with what was carried over."""

import csv
import io
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from committees.filings.models import CarriedImport, CarriedReturn, Disclosure, Figure, FormVersion
from committees.filings.peers import FEWEST, coarse, own_places
from tests.committees.filings.committee.ground import AT, bring, filing_of, make_call, more_schools
from tests.ground.clients import client_on

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S9-77")]


@dataclass
class Group:
    """School A and five more of its type, the n-th using n thousand GJ; A is the third."""

    cast: object
    schools: list
    call: object

    def page(self, who="clerk_a", ending="figures/", **query):
        filing = filing_of(self.call, self.cast.school_a)
        client = client_on(self.cast.school_a.host, self.cast[who])
        return client.get(f"/filings/{filing.public_id}/{ending}", query)


def grouped(cast, count=FEWEST, **changes):
    others = more_schools(count - 1)
    schools = [*others[:2], cast.school_a, *others[2:]]
    for school in schools:
        school.type = "vocational"
        school.save()
    call = make_call(cast, [*schools, cast.school_b], **changes)
    for number, school in enumerate(schools, 1):
        bring(cast, call, school, "accepted", electricity_buildings=1000 * number + 7)
    return Group(cast, schools, call)


def values_of_others(group):
    own = filing_of(group.call, group.cast.school_a).counted
    return Figure.objects.filter(call=group.call, adds_up=False, value__isnull=False).exclude(filing_version=own)


def test_by_name_the_rank_is_told(cast):
    group = grouped(cast)
    one = next(one for one in own_places(filing_of(group.call, cast.school_a)) if one.code == "energy_per_area")
    assert [(place.rank, place.count, place.quarter) for place in one.places] == [(3, 6, 2), (3, 6, 2)]
    assert one.marks[0].least is not None
    assert one.marks[0].mine == one.value
    text = group.page().content.decode()
    assert "第3位，共6所" in text
    assert "第二个四分之一" in text


@pytest.mark.parametrize("disclosure", [Disclosure.ANONYMOUS, Disclosure.TOTALS])
def test_elsewhere_a_quarter_and_coarse_marks_and_nothing_of_a_single_other(cast, disclosure):
    group = grouped(cast, disclosure=disclosure)
    for one in own_places(filing_of(group.call, cast.school_a)):
        for place in one.places:
            assert place.rank is None
            assert (place.marks.least, place.marks.most) == (None, None)
            assert {place.marks.lower, place.marks.median, place.marks.upper} == {
                coarse(mark) for mark in (place.marks.lower, place.marks.median, place.marks.upper)
            }
    text = group.page().content.decode()
    for school in group.schools:
        assert school == cast.school_a or school.name_zh not in text
    for figure in values_of_others(group):
        assert str(figure.value.normalize()) not in text
    assert "最低至最高" not in text
    assert "四分之一" in text


def test_fewer_than_the_safe_number_are_held_back(cast):
    group = grouped(cast, FEWEST - 1)
    assert all(place.marks is None for one in own_places(filing_of(group.call, cast.school_a)) for place in one.places)
    text = group.page().content.decode()
    assert "暂不显示" in text
    assert "hq-plot" not in text.split("本校历年")[0].split("本校在各校中的位置")[-1]


def test_before_it_counts_there_is_no_place(cast):
    call = make_call(cast, [cast.school_a])
    filing = bring(cast, call, cast.school_a, "filed")
    page = client_on(cast.school_a.host, cast["clerk_a"]).get(f"/filings/{filing.public_id}/figures/")
    assert "还没有计入" in page.content.decode()


def test_another_school_reads_nothing_here(cast):
    group = grouped(cast)
    foreign = filing_of(group.call, cast.school_b)
    client = client_on(cast.school_a.host, cast["clerk_a"])
    for ending in ("figures/", "figures.csv", "figures.xlsx"):
        assert client.get(f"/filings/{foreign.public_id}/{ending}").status_code == 404


def carry(cast, periods):
    """Old returns of school A, carried over: half of what is usual."""
    form = FormVersion.objects.get(code="energy-primary")
    source = CarriedImport.objects.create(
        committee=cast.committee, form=form, first_year=2020, last_year=2024, name="旧表.xlsx", sha256="0" * 64,
        read_at=AT, read_by=cast["officer"], confirmed_at=AT, confirmed_by=cast["officer"],
    )  # fmt: skip
    for period in periods:
        CarriedReturn.objects.create(
            source=source, kind="energy-primary", form=form, school=cast.school_a, period=period, edition=1, carried_at=AT,
            entries={
                code: {"value": value, "source": value, "unit": "", "note": "", "origin": ""}
                for code, value in (("electricity_buildings", "500"), ("area_buildings", "1000"))
            },
        )  # fmt: skip


def test_years_show_what_counts_and_mark_what_was_carried_over(cast):
    carry(cast, ("2021", "2022", "2024"))
    for period in ("2024", "2025"):
        call = make_call(cast, [cast.school_a], period=period)
        bring(cast, call, cast.school_a, "accepted")
    group = Group(cast, [], call)
    text = group.page().content.decode()
    assert text.count('class="is-carried"') == 2  # 2024 was filed since
    assert "旧报表沿用，未核对" in text
    assert "hq-plot" in text
    rows = list(csv.DictReader(io.StringIO(group.page(ending="figures.csv").content.decode("utf-8-sig"))))
    assert [(row["period"], row["standing"]) for row in rows] == [
        ("2021", "carried"), ("2022", "carried"), ("2024", "counted"), ("2025", "counted"),
    ]  # fmt: skip
    assert Decimal(rows[0]["energy_per_area"]) == Decimal("0.5")
    book = load_workbook(BytesIO(group.page(ending="figures.xlsx").content))
    figures, dictionary = book.worksheets
    assert {row[0].value for row in dictionary.iter_rows(min_row=2)} == {cell.value for cell in figures[1]}
    means = {row[0].value: row for row in dictionary.iter_rows(min_row=2)}
    assert means["energy_per_area"][3].value == "GJ/m²"
    assert "energy-primary" in means["energy_per_area"][7].value


def test_one_year_costs_what_three_do(cast):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return sum('FROM "filings_' in query["sql"] for query in captured.captured_queries)

    call = make_call(cast, [cast.school_a])
    filing = bring(cast, call, cast.school_a, "accepted")
    carry(cast, ("2024",))
    client, address = client_on(cast.school_a.host, cast["clerk_a"]), f"/filings/{filing.public_id}/figures/"
    assert cost() == 8
    carry(cast, ("2022", "2023"))
    assert cost() == 8
