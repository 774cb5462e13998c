"""An uploaded workbook handed back with its errors marked, so that it can be mended in Excel and sent again."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from committees.filings.presenting import full_names
from committees.filings.school.reads import Work
from committees.filings.school.workbook import NOTE, UNIT, VALUE, UploadFault, evaluate, filled_in, layout_of
from committees.filings.workbook_files import mark_of
from committees.workbooks.error_book import Mark
from committees.workbooks.templates import CellValue, Layout, Place


def errors_of(state: Mapping[str, Any], work: Work) -> tuple[Layout, dict[Place, CellValue], list[Mark]]:
    """What the error workbook of an upload is made of; `state` as `state_of` made it. Nothing is saved."""
    form = work.answer.form
    sections = {item.code: section.code for section in form.sections for item in section.indicators}
    values = filled_in(work)
    for code, cell in state["cells"].items():
        values |= _typed(sections[code], code, cell)
    labels = full_names(form)
    marks = [_mark(fault, sections, labels) for fault in evaluate(state, work).faults]
    return layout_of(work.filing, form), values, marks


def _typed(section: str, code: str, cell: Mapping[str, str]) -> dict[Place, CellValue]:
    """What the upload said of one item, as it was typed where it is no plain number."""
    found: dict[Place, CellValue] = {(section, code, VALUE): _number(cell["q"]), (section, code, NOTE): cell["n"]}
    if cell["u"]:
        found[section, code, UNIT] = cell["u"]
    return found


def _number(text: str) -> CellValue:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    return value if value.is_finite() else text


def _mark(fault: UploadFault, sections: Mapping[str, str], labels: Mapping[str, str]) -> Mark:
    place = (sections[fault.code], fault.code, fault.column) if fault.code in sections else None
    typed, label = f"{fault.head}{fault.mark}{fault.tail}", labels.get(fault.code, "")
    return mark_of(place, fault.sheet, fault.cell, label, typed, fault.why, fault.repair_shown)
