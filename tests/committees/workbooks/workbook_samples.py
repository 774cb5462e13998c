"""A small energy form and ways to fill and spoil its workbook, for the tests of this room."""

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
from openpyxl.workbook import Workbook

from committees.workbooks.templates import Column, Identity, Kind, Layout, Row, Sheet
from committees.workbooks.writer import build_workbook

ZERO = Decimal(0)
IDENTITY = Identity("energy.return", "energy-annual", "2025-11", "haihe", "2026")
QUANTITY = Column("quantity", "消费量", minimum=ZERO)
FEE = Column("fee", "费用", "万元", decimals=2, minimum=ZERO)
LAST = Column("last", "上年", given=True)
ENERGY = Sheet(
    "energy",
    "表一 能源",
    "2026年能源消费",
    (
        Row("electricity", "电", "kWh", "含光伏自用"),
        Row("gas", "天然气", "m³"),
        Row("diesel", "柴油", "L"),
        Row("pv", "光伏发电量", "kWh", "只填自用部分", frozenset({"fee"}), 1),
    ),
    (QUANTITY, FEE, LAST),
    "白格填数，灰格不填。",
)
BASE = Sheet(
    "base",
    "表二 基本情况",
    "基本情况",
    (Row("area", "建筑面积", "m²"), Row("heating", "供暖")),
    (
        Column("value", "数值"),
        Column("way", "方式", kind=Kind.CHOICE, choices=("集中供暖", "自采暖")),
        Column("since", "启用日", kind=Kind.DATE),
        Column("note", "备注", kind=Kind.TEXT, most_characters=20),
    ),
)
LAYOUT = Layout(IDENTITY, "2026年能源资源消费年报", (ENERGY, BASE))
FILLED = {
    ("energy", "electricity", "quantity"): Decimal("1234567.5"),
    ("energy", "electricity", "fee"): Decimal("86.42"),
    ("energy", "gas", "quantity"): Decimal(58300),
    ("energy", "electricity", "last"): Decimal(1200000),
    ("base", "area", "value"): Decimal(986200),
    ("base", "heating", "way"): "集中供暖",
}


def build(values=FILLED, layout: Layout = LAYOUT) -> bytes:
    return build_workbook(layout, values)


def spoil(change: Callable[[Workbook], None], content: bytes | None = None) -> bytes:
    """The sample workbook after a change by openpyxl, as another program would save it."""
    book = openpyxl.load_workbook(BytesIO(content or build()))
    change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def repack(content: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The workbook with its parts changed by hand."""
    with ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()
