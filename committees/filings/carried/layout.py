"""The workbook of old returns: one sheet a year, one row a school, one column an item of the form."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import override

from committees.filings.models import FormVersion
from committees.filings.presenting import full_names
from committees.filings.schema import Form
from committees.workbooks.templates import Column, Identity, Layout, Row, Sheet
from tenants.models import School

TEMPLATE = "filings.carried"
MOST_YEARS = 20
# Chinese text: a workbook is written in the language of the form, whatever language its reader uses.
_NOTE = "每年一张表，每校一行；数填在白格里，不带单位。没有的留空，不要填 0。导入后只作对比，不计入合计。"


def layout_of_years(form: FormVersion, years: range, schools: Iterable[School]) -> Layout:
    """The layout for these years and schools; its identity is the form and the span of years."""
    rows = tuple(Row(school.code, school.name_zh) for school in schools)
    columns = _columns(form.form())
    identity = Identity(TEMPLATE, form.code, form.version, "", f"{years[0]}-{years[-1]}")
    title = f"{form.form().name.zh}（{years[0]}—{years[-1]}年旧报表）"
    return Layout(identity, title, tuple(_sheet(year, rows, columns) for year in years))


def _sheet(year: int, rows: Sequence[Row], columns: tuple[Column, ...]) -> Sheet:
    return Sheet(str(year), f"{year}年", f"{year}年旧报表", tuple(rows), columns, _NOTE)


def _columns(form: Form) -> tuple[Column, ...]:
    with override("zh-hans"):
        names = full_names(form)
    return tuple(
        Column(item.code, names[item.code], item.unit, decimals=item.decimals, minimum=Decimal(0))
        for item in form.indicators()
        if item.is_number
    )
