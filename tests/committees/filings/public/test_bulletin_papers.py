"""The bulletin as workbook and as official table: same figures, same disclosure, formula-safe, same bytes each time."""

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from committees.energy.bulletin import read_bulletin
from committees.energy.calls import published_call
from committees.filings.models import Disclosure
from committees.filings.slugs import slug_of
from committees.papers.writing import number
from tests.committees.filings.committee.ground import more_schools
from tests.committees.filings.public.test_bulletin import accepted, page

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S9-43")]


@pytest.fixture
def schools(cast):
    return [cast.school_a, cast.school_b, *more_schools(2)]


def words_in(content: bytes) -> str:
    return "".join("".join(one.extract_text() for one in PdfReader(BytesIO(content)).pages).split())


def test_the_workbook_has_the_figures_and_their_dictionary(cast, schools):
    school = schools[2]
    school.name_zh = "=HYPERLINK(“x”)大学"
    school.save()
    call = accepted(cast, schools)
    book = load_workbook(BytesIO(page(call, name="bulletin_xlsx").content))
    figures, dictionary = book.worksheets
    heads = [cell.value for cell in figures[1]]
    found = read_bulletin(published_call(slug_of(call.number)))
    totals = dict(zip(heads, [cell.value for cell in figures[6]], strict=True))
    assert Decimal(str(totals["energy_total"])) == found.total("energy_total")
    assert {row[0].value for row in dictionary.iter_rows(min_row=2)} == set(heads)
    assert all(cell.data_type != "f" for row in figures.iter_rows() for cell in row)
    assert any(cell.value == school.name_zh for row in figures.iter_rows() for cell in row)


def test_the_official_table_says_what_the_page_says(cast, schools):
    call = accepted(cast, schools, attribution="出典:某機構")
    paper = page(call, name="bulletin_pdf").content
    words = words_in(paper)
    found = read_bulletin(published_call(slug_of(call.number)))
    for one in [*(school.name_zh for school in schools), call.number, "2025", found.coefficients[0], "盖章", "第1页，共1页",
                number(found.total("energy_total"))]:  # fmt: skip
        assert "".join(one.split()) in words, one
    assert page(call, name="bulletin_pdf").content == paper
    reader = PdfReader(BytesIO(paper))
    assert reader.pages[0].mediabox.width > reader.pages[0].mediabox.height


def test_papers_keep_to_the_disclosure(cast, schools):
    for disclosure in (Disclosure.ANONYMOUS, Disclosure.TOTALS):
        call = accepted(cast, schools, disclosure=disclosure, period="2025")
        book = load_workbook(BytesIO(page(call, name="bulletin_xlsx").content))
        text = words_in(page(call, name="bulletin_pdf").content)
        text += str([cell.value for sheet in book for row in sheet.iter_rows() for cell in row])
        for school in schools:
            assert school.name_zh not in text
            assert school.code not in text
        assert "能备" not in text
    few = accepted(cast, schools[:2], disclosure=Disclosure.TOTALS, period="2023")
    assert page(few, name="bulletin_pdf").status_code == 404
