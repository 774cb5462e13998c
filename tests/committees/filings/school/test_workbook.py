"""The workbook: downloaded with the draft, read whole, all faults at once, saved as one revision after a look."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl.workbook import Workbook

from committees.filings.school.reads import work_on
from committees.filings.school.workbook import layout_of
from tenants.context import school_scope
from tests.committees.filings.school.ground import VALUES, Case, accept_year_before, hidden, make_case
from tests.committees.workbooks.planting import plant
from tests.committees.workbooks.programs import by_openpyxl, values_of

#: Codes of the form stand in the hidden first column; the value in the fourth, its unit in the fifth.
VALUE, UNIT = 4, 5


@pytest.fixture
def begun(cast) -> Case:
    """A case with last year behind it, begun."""
    accept_year_before(cast)
    case = make_case(cast)
    case.begin()
    return case


def download(case: Case) -> bytes:
    """The workbook of the case as its clerk gets it."""
    answer = case.client().get(f"{case.path}workbook/")
    assert answer.status_code == 200
    return answer.content


def change(content: bytes, work: Callable[[Workbook], None]) -> bytes:
    """The workbook after work in it."""
    book = openpyxl.load_workbook(BytesIO(content))
    work(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def cell(book: Workbook, code: str, column: int = VALUE):
    """The cell of an item."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows(min_row=5):
            if row and row[0].value == code:
                return sheet.cell(row[0].row, column)
    raise AssertionError(code)


def fill(values: dict[str, object], units: dict[str, str] | None = None) -> Callable[[Workbook], None]:
    """Write values, and units where they differ."""

    def work(book: Workbook) -> None:
        for code, value in values.items():
            cell(book, code).value = value
        for code, unit in (units or {}).items():
            cell(book, code, UNIT).value = unit

    return work


def upload(case: Case, content: bytes, name: str = "年报.xlsx"):
    """The clerk sends a file."""
    return case.client().post(f"{case.path}upload/", {"workbook": SimpleUploadedFile(name, content)})


def confirm(case: Case, page, **fields: str):
    """Press a button of a page that holds a read workbook."""
    return case.client().post(f"{case.path}upload/", {"token": hidden(page, "token"), **fields})


@pytest.mark.requirement("S9-75")
def test_the_workbook_carries_draft_last_year_and_units(begun: Case):
    begun.write({"electricity": "61023000"})
    book = openpyxl.load_workbook(BytesIO(download(begun)))
    assert cell(book, "electricity").value == 61023000
    assert cell(book, "electricity", UNIT).value == "kWh"
    assert 1124000 in [each.value for each in book.worksheets[0][6]]
    assert book["_template"].sheet_state == "veryHidden"


def test_a_good_workbook_is_shown_before_it_is_saved(begun: Case):
    numbers = {code: float(value) for code, value in VALUES.items()} | {"electricity": 5102.3}
    page = upload(begun, change(download(begun), fill(numbers, {"electricity": "万kWh"})))
    assert page.status_code == 200
    assert begun.draft().entries == {}
    saved = confirm(begun, page, do="save", revision=hidden(page, "revision"))
    assert saved.url == f"{begun.path}prepare/"
    assert begun.draft().revision == 1
    assert begun.entry("electricity")["value"] == "51023000"
    assert begun.entry("electricity")["origin"] == "workbook"


@pytest.mark.requirement("IMP")
def test_all_faults_at_once_nothing_saved_and_repairs(begun: Case):
    wrong = {"diesel": "58,3OO", "reclaimed_water": "86400立方米", "dc_it_electricity": "8点12", "gasoline": "-0.34"}
    page = upload(begun, change(download(begun), fill(wrong)))
    text = page.content.decode()
    assert page.status_code == 422
    assert begun.draft().entries == {}
    assert text.count('class="sh"') == 4
    assert "<mark>OO</mark>" in text
    assert 'value="diesel:58300"' in text
    page = confirm(begun, page, fix="diesel:58300")
    assert page.content.decode().count('class="sh"') == 3
    page = confirm(begun, page, fix="reclaimed_water:86400")
    assert page.content.decode().count('class="sh"') == 2
    assert begun.draft().entries == {}


def test_rules_of_the_form_are_told_with_sheet_and_cell(begun: Case):
    page = upload(begun, change(download(begun), fill({"electricity": 100, "dorm_electricity": 140})))
    text = page.content.decode()
    assert page.status_code == 422
    assert "表二 电" in text
    assert "D7" in text


def test_a_unit_that_does_not_belong_to_the_item(begun: Case):
    page = upload(begun, change(download(begun), fill({"heating_gas": 5}, {"heating_gas": "kWh"})))
    assert page.status_code == 422
    assert "m³" in page.content.decode()


def test_ten_thousand_is_not_counted_twice(begun: Case):
    page = upload(begun, change(download(begun), fill({"electricity": "6102万"}, {"electricity": "万kWh"})))
    assert page.status_code == 422


def test_an_emptied_cell_empties_the_item_after_it_was_shown(begun: Case):
    begun.write({"water": "100"})
    page = upload(begun, change(download(begun), fill({"water": None})))
    confirm(begun, page, do="save", revision=hidden(page, "revision"))
    assert begun.entry("water")["value"] is None


def test_the_same_workbook_again_changes_nothing(begun: Case):
    begun.write({**VALUES, "electricity": "1234.5"})
    page = upload(begun, download(begun))
    assert page.status_code == 200
    assert 'name="do" value="save"' not in page.content.decode()


def test_a_draft_saved_meanwhile_is_not_overwritten(begun: Case):
    page = upload(begun, change(download(begun), fill({"water": 7})))
    begun.write({"water": "8"})
    again = confirm(begun, page, do="save", revision=hidden(page, "revision"))
    assert again.status_code == 409
    assert begun.entry("water")["value"] == "8"
    confirm(begun, again, do="save", revision=hidden(again, "revision"))
    assert begun.entry("water")["value"] == "7"


def test_a_token_is_good_for_its_person_only(begun: Case):
    page = upload(begun, change(download(begun), fill({"water": 7})))
    given = {"token": hidden(page, "token"), "do": "save", "revision": "0"}
    assert begun.client("head_a").post(f"{begun.path}upload/", given).status_code == 400
    assert begun.draft().entries == {}


def _macro(content: bytes) -> bytes:
    out = BytesIO(content)
    with ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    return out.getvalue()


@pytest.mark.requirement("UPL")
@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda good: b"", "empty.xlsx"), (lambda good: good[: len(good) // 2], "half.xlsx"),
        (lambda good: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked.xlsx"),
        (lambda good: b"a,b\n1,2\n", "figures.csv"), (lambda good: b"%PDF-1.7 x", "paper.pdf"), (_macro, "macro.xlsm"),
        (lambda good: b"0" * (10 * 1024 * 1024 + 1), "huge.xlsx"),
    ],
    ids=["empty", "broken", "password", "csv", "pdf", "macro", "huge"],
)  # fmt: skip
def test_files_that_are_no_workbook_get_a_clear_text(begun: Case, make, name):
    page = upload(begun, make(download(begun)), name)
    assert page.status_code in {400, 422}
    assert 'role="alert"' in page.content.decode()
    assert begun.draft().entries == {}


def test_another_schools_or_years_workbook_is_refused(begun: Case, cast):
    other = make_case(cast, "2027")
    other.begin()
    page = upload(begun, download(other))
    assert page.status_code == 422
    assert "2027" in page.content.decode()


@pytest.mark.requirement("S7-07", "S9-75")
@pytest.mark.parametrize("seed", [7, 8, 9])
def test_planted_mistakes_stand_on_the_page_and_in_the_error_workbook(begun: Case, seed: int):
    with school_scope(begun.filing.school):
        layout = layout_of(begun.filing, work_on(begun.filing).answer.form)
    planted = plant(layout, {}, 30, seed=seed, odd=(("１２", "12"), (" 12 ", "12")))
    page = upload(begun, by_openpyxl(planted))
    assert page.status_code == 422
    told = [(fault.sheet, fault.cell) for fault in page.context["upload"].faults]
    expected = {(sheet, cell) for sheet, cell, _code in planted.faults}
    assert set(told) == expected
    lines = values_of(confirm(begun, page, do="errors").content)["要改的地方"]
    assert {lines[f"D{row}"] for row in range(2, 2 + len(told))} == {f"{sheet}!{cell}" for sheet, cell in expected}
    assert all(lines[f"G{row}"] for row in range(2, 2 + len(told)))


@pytest.mark.requirement("S7-07")
def test_the_error_workbook_is_mended_and_sent_again(begun: Case):
    page = upload(
        begun, change(download(begun), fill({"water": "1,98", "electricity": "51023000度", "users_count": 31980}))
    )
    book = openpyxl.load_workbook(BytesIO(confirm(begun, page, do="errors").content))
    assert cell(book, "water").value == "1,98"
    assert "逗号" in cell(book, "water").comment.text
    assert cell(book, "users_count").value == 31980
    fill({"water": 1980, "electricity": 51023000})(book)
    out = BytesIO()
    book.save(out)
    again = upload(begun, out.getvalue())
    assert not again.context["upload"].faults
    assert set(again.context["upload"].entries) == {"water", "electricity", "users_count"}
