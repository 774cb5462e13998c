"""A return as an official table: what was sealed, the same bytes each time; a draft says that it is one."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from committees.papers.writing import number
from tests.committees.filings.school.ground import VALUES, Case

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S9-75")]


def words_in(content: bytes) -> str:
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def test_the_sealed_table_has_every_value_and_places_for_stamps(case: Case):
    case.send()
    version = case.filing.versions.get()
    answer = case.client().get(f"{case.path}versions/1/table.pdf")
    assert answer["Content-Type"] == "application/pdf"
    words = words_in(answer.content)
    said = [number(int(value)) for value in VALUES.values()]
    for one in (version.number, version.seal, case.cast.school_a.name_zh, case.call.title_zh, "学校（盖章）", "综合能耗",
                *said):  # fmt: skip
        assert "".join(one.split()) in words, one
    assert "未报送" not in words
    assert case.client().get(f"{case.path}versions/1/table.pdf").content == answer.content
    assert case.client().get(f"{case.path}versions/2/table.pdf").status_code == 404


def test_a_draft_says_that_it_is_not_filed(case: Case):
    assert case.client().get(f"{case.path}table.pdf").status_code == 404
    case.begin()
    case.write({"electricity": "51023000"})
    words = words_in(case.client().get(f"{case.path}table.pdf").content)
    assert "51,023,000" in words
    assert "未报送" in words
    assert "学校（盖章）" in words
    page = case.client().get(case.path).content.decode()
    assert f"{case.path}table.pdf" in page
