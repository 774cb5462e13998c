"""The bulletins of one kind over the years: what counts and nothing else, each year under its own disclosure."""

import csv
import io
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from committees.energy.bulletin import read_bulletin
from committees.energy.calls import published_call
from committees.filings.models import Disclosure
from committees.filings.slugs import slug_of
from tests.committees.filings.committee.ground import more_schools
from tests.committees.filings.public.test_bulletin import accepted, page
from tests.committees.filings.school.test_own_figures import carry

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S9-75")]


@pytest.fixture
def schools(cast):
    return [cast.school_a, cast.school_b, *more_schools(1)]


def lines(call):
    text = page(call, name="bulletin_years_csv").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_each_year_says_what_its_bulletin_says(cast, schools):
    carry(cast, ("2022",))
    old, new = accepted(cast, schools[:2], period="2024"), accepted(cast, schools, period="2025")
    rows = lines(old)
    assert [row["period"] for row in rows] == ["2024", "2025"]  # nothing of what was carried over
    for call, row in ((old, rows[0]), (new, rows[1])):
        found = read_bulletin(published_call(slug_of(call.number)))
        assert Decimal(row["energy_per_area"]) == found.total("energy_per_area")
        assert Decimal(row["energy_total"]) == found.total("energy_total")
        assert row["schools"] == str(found.counted)
    text = page(new, name="bulletin_years", figure="energy_total").content.decode()
    assert "hq-plot" in text
    assert reverse("bulletin", args=[slug_of(old.number)]) in page(new, name="bulletin_years").content.decode()
    book = load_workbook(BytesIO(page(new, name="bulletin_years_xlsx").content))
    figures, dictionary = book.worksheets
    assert {row[0].value for row in dictionary.iter_rows(min_row=2)} == {cell.value for cell in figures[1]}


def test_a_year_with_too_few_is_held_back_in_the_line_too(cast, schools):
    few = accepted(cast, schools[:2], period="2024", disclosure=Disclosure.TOTALS)
    whole = accepted(cast, schools, period="2025", disclosure=Disclosure.TOTALS)
    rows = lines(whole)
    assert (rows[0]["energy_total"], rows[0]["period"]) == ("", few.period)
    assert rows[1]["energy_total"]
    text = page(whole, name="bulletin_years").content.decode()
    assert "暂不公布" in text
    assert "hq-plot" not in text


def test_one_year_costs_what_three_do(cast, schools):
    def cost(call):
        with CaptureQueriesContext(connection) as captured:
            page(call, name="bulletin_years")
        return sum('FROM "filings_' in query["sql"] for query in captured.captured_queries)

    call = accepted(cast, schools[:1], period="2025")
    assert cost(call) == 3
    for period in ("2023", "2024"):
        accepted(cast, schools[:1], period=period)
    assert cost(call) == 3
