"""Old returns of eight years from one workbook: carried over, not checked, beside the first new return."""

from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from committees.filings.carried.actions import confirm_import
from committees.filings.carried.layout import layout_of_years
from committees.filings.drafts import previous_answer
from committees.filings.models import CarriedImport, CarriedReturn, FormVersion, RollUp
from committees.workbooks.writer import build_workbook
from committees.workflow.advance import MoveRefused
from tenants.queries import open_schools
from tests.committees.filings.committee.ground import bring, make_call
from tests.ground.cast import Cast
from tests.ground.clients import association_client, client_on

YEARS = range(2017, 2025)
AT = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S9-53", "S9-96")]


def form() -> FormVersion:
    return FormVersion.objects.get(code="energy-primary")


def officer(cast: Cast) -> Client:
    return association_client(cast["officer"])


def workbook(cast: Cast, change: Any = None, **values: Any) -> bytes:
    """Eight years of schools A and B, 100 more each year."""
    code = next(form().form().indicators()).code
    filled = {
        (str(year), school.code, code): Decimal(1000 + 100 * (year - 2017) + number)
        for year in YEARS
        for number, school in enumerate((cast.school_a, cast.school_b))
    }
    content = build_workbook(layout_of_years(form(), YEARS, open_schools()), filled)
    if change is None:
        return content
    book = openpyxl.load_workbook(BytesIO(content))
    change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def send(cast: Cast, content: bytes, name: str = "旧报表.xlsx"):
    path = reverse("committee_carried", args=[cast.committee.code])
    data = {"form": "energy-primary", "first": "2017", "last": "2024", "workbook": SimpleUploadedFile(name, content)}
    return officer(cast).post(path, data)


def carry(cast: Cast, content: bytes) -> CarriedImport:
    answer = send(cast, content)
    assert answer.status_code == 302
    source = CarriedImport.objects.latest("pk")
    officer(cast).post(answer.headers["Location"], {"do": "confirm"})
    source.refresh_from_db()
    return source


def test_template_has_a_sheet_a_year_and_a_row_a_school(cast: Cast) -> None:
    path = reverse("committee_carried_template", args=[cast.committee.code])
    answer = officer(cast).get(path, {"form": "energy-primary", "first": "2017", "last": "2024"})
    book = openpyxl.load_workbook(BytesIO(answer.content))
    assert [page.title for page in book.worksheets][:8] == [f"{year}年" for year in YEARS]
    assert cast.school_a.name_zh in {row[1].value for row in book.worksheets[0].iter_rows(min_row=5)}


def test_eight_years_are_looked_at_and_carried_over(cast: Cast) -> None:
    answer = send(cast, workbook(cast))
    page = officer(cast).get(answer.headers["Location"])
    assert [(line.year, line.schools, line.values, line.new) for line in page.context["lines"]] == [
        (str(year), 2, 2, 2) for year in YEARS
    ]
    assert not CarriedReturn.objects.exists()
    officer(cast).post(answer.headers["Location"], {"do": "confirm"})
    assert CarriedReturn.objects.count() == 16
    assert not RollUp.objects.exists()
    row = CarriedReturn.objects.get(school=cast.school_b, period="2024")
    assert [entry["value"] for entry in row.entries.values()] == ["1701"]
    assert row.source.sha256


def test_it_stands_beside_the_first_return_as_last_years(cast: Cast) -> None:
    carry(cast, workbook(cast))
    filing = bring(cast, make_call(cast, [cast.school_a]), cast.school_a, "started")
    before = previous_answer(filing)
    assert before is not None
    assert before.carried
    assert [entry.value for entry in before.entries.values()] == [Decimal(1700)]
    page = client_on(cast.school_a.host, cast["clerk_a"]).get(f"/filings/{filing.public_id}/prepare/")
    assert "没有人在这里核对过" in page.content.decode()


def test_an_accepted_return_wins_over_a_carried_one(cast: Cast) -> None:
    carry(cast, workbook(cast))
    bring(cast, make_call(cast, [cast.school_a], period="2024"), cast.school_a, "accepted")
    filing = bring(cast, make_call(cast, [cast.school_a]), cast.school_a, "started")
    before = previous_answer(filing)
    assert before is not None
    assert not before.carried


def test_all_faults_at_once_and_as_a_workbook(cast: Cast) -> None:
    def spoil(book) -> None:
        page = book["2019年"]
        page["D5"], page["D6"] = "约100", "58,3OO"
        page["A20"], page["B20"], page["D20"] = page["A5"].value, page["B5"].value, 5
        book["2020年"]["B25"], book["2020年"]["D25"] = "不在册的学校", 7

    answer = send(cast, workbook(cast, spoil))
    page = officer(cast).get(answer.headers["Location"])
    source = CarriedImport.objects.latest("pk")
    assert {(one["sheet"], one["cell"], one["code"]) for one in source.faults} == {
        ("2019年", "D5", "approximate"),
        ("2019年", "D6", "letters"),
        ("2019年", "B20", "repeated_row"),
        ("2020年", "D25", "extra_row"),
    }
    assert "约100" in page.content.decode()
    book = officer(cast).get(reverse("committee_carried_errors", args=[cast.committee.code, source.public_id]))
    assert openpyxl.load_workbook(BytesIO(book.content))["2019年"]["D5"].value == "约100"
    officer(cast).post(answer.headers["Location"], {"do": "confirm"})
    assert not CarriedReturn.objects.exists()


def test_a_second_workbook_writes_only_what_differs(cast: Cast) -> None:
    carry(cast, workbook(cast))

    def mend(book) -> None:
        book["2019年"]["D5"] = 4321

    answer = send(cast, workbook(cast, mend))
    page = officer(cast).get(answer.headers["Location"])
    assert [(one.year, one.after) for one in page.context["page"].object_list] == [("2019", "4321")]
    officer(cast).post(answer.headers["Location"], {"do": "confirm"})
    assert CarriedReturn.objects.count() == 17
    assert sorted(CarriedReturn.objects.filter(period="2019").values_list("edition", flat=True)) == [1, 1, 2]


def test_only_once_and_only_by_the_committee(cast: Cast) -> None:
    source = carry(cast, workbook(cast))
    with pytest.raises(MoveRefused):
        confirm_import(source=source, by=cast["officer"], at=AT)
    send(cast, workbook(cast, lambda book: None))
    waiting = CarriedImport.objects.latest("pk")
    with pytest.raises(MoveRefused):
        confirm_import(source=waiting, by=cast["clerk_a"], at=AT)


@pytest.mark.parametrize(
    ("first", "last", "field"), [("2024", "2017", "first"), ("1990", "2024", "first"), ("2017", "2031", "last")]
)
def test_years_out_of_order_too_many_or_not_over(cast: Cast, first: str, last: str, field: str) -> None:
    path = reverse("committee_carried_template", args=[cast.committee.code])
    answer = officer(cast).get(path, {"form": "energy-primary", "first": first, "last": last})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


@pytest.mark.parametrize("times", [1, 3])
def test_queries_of_the_list(cast: Cast, times: int, django_assert_num_queries) -> None:
    for number in range(times):
        carry(cast, workbook(cast, lambda book, number=number: book["2018年"].__setitem__("D5", 5000 + number)))
    client = officer(cast)
    with django_assert_num_queries(12):
        client.get(reverse("committee_carried", args=[cast.committee.code]))
