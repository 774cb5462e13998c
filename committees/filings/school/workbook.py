"""A return as a workbook: its layout from any form, what it is filled with, and what an uploaded one would change."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell

from committees.filings.answers import Answer, Entry, plain
from committees.filings.drafts import findings_in
from committees.filings.models import Filing
from committees.filings.presenting import in_unit, quantity_of, unit_in, units_of
from committees.filings.schema import Form, Indicator, Section
from committees.filings.school.reads import Work
from committees.filings.school.saving import typed_in
from committees.filings.sheets import Layout as SheetLayout
from committees.filings.typed_values import read_entry, refusal_in
from committees.workbooks.number_rules import REFUSALS
from committees.workbooks.reader import WorkbookReading
from committees.workbooks.templates import (
    FIRST_COLUMN,
    FIRST_ROW,
    CellValue,
    Column,
    Identity,
    Kind,
    Layout,
    Row,
    Sheet,
)

TEMPLATE = "filing.return"
VALUE, UNIT, NOTE, LAST = "value", "unit", "note", "last"
# Chinese text: a workbook is written in the language of the form, whatever language its reader uses.
_HAN = "一二三四五六七八九十"
_NUMBER_RULES = frozenset(rule.id for rule in REFUSALS)
_FOREIGN = re.compile(r"[^0-9.,\s]+")


def layout_of(filing: Filing, form: Form) -> Layout:
    """The workbook of a filing's form, in the form's own language: one sheet a section, one row an item."""
    identity = Identity(TEMPLATE, form.code, form.version, filing.school.code, filing.call.period)
    return Layout(identity, filing.call.title_zh, tuple(sheets_of(form)))


def sheets_of(form: Form) -> Iterator[Sheet]:
    """One sheet a section, one row an item, in the order of the form."""
    names = {item.code: item.name.zh for item in form.indicators()}
    for number, section in enumerate(form.sections):
        name = f"表{_HAN[number] if number < len(_HAN) else number + 1} {section.name.zh}"[:31]
        note = "白格填数，灰格不填。数填在“数值”里，不带单位；换用别的单位，在“填报单位”里选。"
        yield Sheet(section.code, name, section.name.zh, tuple(_rows(section, names)), _columns(section), note)


def _columns(section: Section) -> tuple[Column, ...]:
    if not all(item.is_number for item in section.indicators):
        # Names and telephone numbers stand beside numbers in one column: all of it is read as text, then by item.
        value = Column(VALUE, "填报内容", kind=Kind.TEXT, width=30, most_characters=200)
        return (value, Column(NOTE, "说明", kind=Kind.TEXT, width=30, most_characters=500))
    value = Column(VALUE, "数值", width=18)
    note = Column(NOTE, "说明", kind=Kind.TEXT, width=30, most_characters=500)
    last = Column(LAST, "上年数值", given=True)
    choices = tuple(dict.fromkeys(unit for item in section.indicators if item.units for unit in units_of(item)))
    if not choices:
        return (value, last, note)
    return (value, Column(UNIT, "填报单位", kind=Kind.CHOICE, width=12, choices=choices), last, note)


def _rows(section: Section, names: Mapping[str, str]) -> Iterator[Row]:
    plain_column = all(item.is_number for item in section.indicators)
    for item in _written_items(section):
        label = f"{names[item.cost_of]}{item.name.zh}" if item.cost_of else item.name.zh
        closed = frozenset() if item.units else frozenset({UNIT})
        has_units = plain_column and any(each.units for each in section.indicators)
        yield Row(
            item.code, label, item.unit, item.hint.zh, closed if has_units else frozenset(),
            1 if item.cost_of or item.part_of else 0,
        )  # fmt: skip


def _written_items(section: Section) -> Iterator[Indicator]:
    """The items that a workbook can hold: not those answered by a file."""
    return (item for item in section.indicators if not item.is_file)


def filled_in(work: Work) -> dict[tuple[str, str, str], CellValue]:
    """What the workbook holds when it is downloaded: the draft, and last year's values in the form's own units."""
    values: dict[tuple[str, str, str], CellValue] = {}
    for section in work.answer.form.sections:
        plain_column = all(item.is_number for item in section.indicators)
        for item in _written_items(section):
            entry = work.answer.entries.get(item.code)
            quantity = quantity_of(entry, item)
            number = quantity.value if plain_column else None if quantity.value is None else plain(quantity.value)
            values[section.code, item.code, VALUE] = number if number is not None else quantity.typed
            values[section.code, item.code, NOTE] = entry.note if entry else ""
            if plain_column and item.units:
                values[section.code, item.code, UNIT] = quantity.unit
            if plain_column:
                values[section.code, item.code, LAST] = _last(work.answer, item)
    return values


def _last(answer: Answer, item: Indicator) -> Decimal | None:
    return answer.previous.value(item.code) if answer.previous else None


@dataclass(frozen=True)
class UploadFault:
    """One line of the table of faults. The value is cut so that its wrong part stands in `mark`."""

    sheet: str
    cell: str
    code: str
    head: str
    mark: str
    tail: str
    why: str
    repair: str = ""
    repair_shown: str = ""
    column: str = VALUE


@dataclass(frozen=True)
class Difference:
    """What the workbook would change at one item."""

    code: str
    label: str
    before: str
    before_unit: str
    before_unread: bool
    after: str
    after_unit: str
    note: str
    note_changed: bool


@dataclass(frozen=True)
class Upload:
    """An uploaded workbook against the draft: faults, or the entries it would change."""

    faults: tuple[UploadFault, ...]
    entries: Mapping[str, Entry]
    differences: tuple[Difference, ...]
    read: int = 0


def state_of(reading: WorkbookReading, form: Form) -> dict[str, Any]:
    """What a reading holds, as plain JSON that a signed form field carries from page to page."""
    cells = {item.code: _state_cell(reading, section.code, item) for section in form.sections
             for item in _written_items(section)}  # fmt: skip
    stuck = []
    for fault in reading.faults:
        is_number = fault.place is not None and fault.place[2] == VALUE and fault.code in _NUMBER_RULES
        if is_number and fault.place is not None:
            cells[fault.place[1]] |= {"q": fault.value, "c": fault.cell, "s": fault.sheet}
        else:
            _key, code, column = fault.place or ("", "", "")
            why = _sentence(fault.label, str(fault.reason))
            stuck.append([fault.sheet, fault.cell, code, fault.value, why, column])
    return {"cells": cells, "stuck": stuck, "notices": [str(notice.text) for notice in reading.notices]}


def _state_cell(reading: WorkbookReading, sheet: str, item: Indicator) -> dict[str, Any]:
    value = reading.values.get((sheet, item.code, VALUE))
    unit = str(reading.values.get((sheet, item.code, UNIT)) or "")
    note = str(reading.values.get((sheet, item.code, NOTE)) or "")
    repairs = reading.repairs.get((sheet, item.code, VALUE), ())
    typed = plain(value) if isinstance(value, Decimal) else str(value or "")
    cell: dict[str, Any] = {"q": typed, "u": unit, "n": note}
    if "scale" in repairs and unit.startswith("万") and isinstance(value, Decimal):
        # 6102万 with the unit 万kWh: read as 61,020,000, which would be counted ten thousand times again.
        cell["q"] = f"{plain(value / 10000)}万"
    return cell


def evaluate(state: Mapping[str, Any], work: Work) -> Upload:
    """Judge an upload against the draft as it stands: number by number, then by the rules of the kind."""
    places = _places(work)
    entries: dict[str, Entry] = {}
    faults = [_stuck(one) for one in state["stuck"]]
    for section in work.answer.form.sections:
        for item in _written_items(section):
            cell = state["cells"].get(item.code) or {"q": "", "u": "", "n": ""}
            fault, entry = _judge(item, cell, work.answer.entries.get(item.code), places)
            faults += [fault] if fault else []
            if entry is not None:
                entries[item.code] = entry
    told = {fault.code for fault in faults}
    faults += [fault for fault in _rule_faults(work, entries, places) if fault.code not in told]
    faults.sort(key=lambda fault: list(places).index(fault.code) if fault.code in places else -1)
    differences = () if faults else tuple(_differences(work, entries))
    read = sum(bool(cell["q"]) for cell in state["cells"].values())
    return Upload(tuple(faults), {} if faults else entries, differences, read)


def _judge(
    item: Indicator, cell: Mapping[str, Any], before: Entry | None, places: Mapping[str, tuple[str, str]]
) -> tuple[UploadFault | None, Entry | None]:
    """(fault, changed entry) of one item; both None where the workbook says what the draft says."""
    sheet, address = places[item.code]
    sheet, address = cell.get("s") or sheet, cell.get("c") or address
    unit = cell["u"] or item.unit
    if unit not in units_of(item):
        allowed = "、".join(units_of(item))
        why = _("%(name)s is given in %(units)s.") % {"name": item.name, "units": allowed}
        return UploadFault(sheet, address, item.code, "", unit, "", why, column=UNIT), None
    entry = read_entry(item, cell["q"], unit, note=cell["n"].strip(), origin="workbook")
    refusal = refusal_in(item, entry)
    if refusal is not None:
        repair = refusal.proposal or ""
        shown = f"{Decimal(repair):,f}" if repair else ""
        why = _sentence(str(item.name), str(refusal.message))
        return UploadFault(sheet, address, item.code, *cut(cell["q"]), why, repair, shown), None
    return None, None if _same(entry, before) else _kept(entry, before)


def _same(entry: Entry, before: Entry | None) -> bool:
    """Whether the value and the note stand in the draft already, in whatever unit."""
    was = before or Entry(None)
    if entry.value is None and was.value is None and entry.source == was.source:
        return entry.note == was.note.strip()
    return entry.value == was.value and entry.note == was.note.strip() and not (was.value is None and was.source)


def _kept(entry: Entry, before: Entry | None) -> Entry:
    """Where only the note differs, the value keeps the origin that it had."""
    if before is not None and before.value == entry.value:
        return replace(before, note=entry.note)
    return entry


def cut(typed: str) -> tuple[str, str, str]:
    """A refused text in three: before, the part that is no number, after."""
    match = _FOREIGN.search(typed)
    if match is None:
        return "", typed, ""
    return typed[: match.start()], match[0], typed[match.end() :]


def _rule_faults(
    work: Work, entries: Mapping[str, Entry], places: Mapping[str, tuple[str, str]]
) -> Iterator[UploadFault]:
    """What the rules of the kind refuse, but for items that are merely missing: those can still be filled in by page."""
    answer = Answer(work.answer.form, {**work.answer.entries, **entries}, work.answer.previous, work.answer.files)
    for cell in SheetLayout(answer, findings_in(answer, work.kind)).sheet().cells():
        if cell.fault:
            sheet, address = places[cell.code]
            why = _sentence(cell.label, cell.fault)
            repair, shown = cell.repair, cell.repair_shown
            yield UploadFault(sheet, address, cell.code, "", cell.typed or _("empty"), "", why, repair, shown)


def _differences(work: Work, entries: Mapping[str, Entry]) -> Iterator[Difference]:
    labels = SheetLayout(work.answer, ())
    for item in work.answer.form.indicators():
        entry, before = entries.get(item.code), work.answer.entries.get(item.code)
        if entry is not None:
            yield Difference(
                code=item.code, label=labels.full_label_of(item), before=typed_in(before, item),
                before_unit=unit_in(before, item), before_unread=item.is_number and before is not None and before.value is None,
                after=_shown(entry, item), after_unit=unit_in(entry, item), note=entry.note,
                note_changed=entry.note != (before.note if before else ""),
            )  # fmt: skip


def _shown(entry: Entry, item: Indicator) -> str:
    if not item.is_number:
        return entry.source
    value = in_unit(entry.value, item, unit_in(entry, item))
    return "" if value is None else f"{value:,f}"


def _places(work: Work) -> dict[str, tuple[str, str]]:
    """Where each item's value stands in the template: (sheet, cell)."""
    return {
        row.code: (sheet.name, xl_rowcol_to_cell(FIRST_ROW + number, FIRST_COLUMN))
        for sheet in layout_of(work.filing, work.answer.form).sheets
        for number, row in enumerate(sheet.rows)
    }


def _stuck(one: list[str]) -> UploadFault:
    sheet, cell, code, value, why, column = one
    return UploadFault(sheet, cell, code, "", value, "", why, column=column)


def _sentence(label: str, reason: str) -> str:
    return _("%(label)s: %(reason)s") % {"label": label, "reason": reason} if label else reason
