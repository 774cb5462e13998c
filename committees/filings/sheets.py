"""An answer laid out as people read it: sections, rows, a quantity with its fee, faults, doubts, questions. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from django.utils.translation import get_language

from committees.filings.answers import Answer, Entry, Finding, Severity, plain
from committees.filings.presenting import (
    ORIGINS,
    Text,
    between_items,
    between_names,
    full_names,
    in_unit,
    quantity_of,
    unit_in,
    units_of,
    written,
)
from committees.filings.schema import Answers, Indicator, Section

# Chinese text: sections of a form are counted 一、二、三 in Chinese.
_HAN = "一二三四五六七八九十"


@dataclass(frozen=True)
class Cell:
    """One indicator: the value in the chosen unit, what was typed, last year's value in the same unit.

    `repair` is plain digits in the chosen unit that would mend the fault. `filed` is the value filed before, where the
    entry differs from it now. `missing` says that the form needs a value here and has none. An item that is no number
    has its text in `typed`, what the last period said in `last_text`, or its files.
    """

    code: str
    label: str
    unit: str
    units: tuple[str, ...]
    typed: str
    value: Decimal | None = None
    last: Decimal | None = None
    filed: Decimal | None = None
    changed: bool = False
    origin: Text = ""
    fault: str = ""
    repair: str = ""
    repair_is_last: bool = False
    missing: bool = False
    answers: str = Answers.NUMBER
    given: bool = False
    last_text: str = ""
    filed_text: str = ""
    files: tuple[str, ...] = ()

    @property
    def is_number(self) -> bool:
        """Whether it can be counted with."""
        return self.answers == Answers.NUMBER

    @property
    def shown(self) -> str:
        """What stands there, where it is no number: the text, or the names of the files."""
        return "" if self.is_number else self.typed or between_items().join(self.files)

    @property
    def repair_shown(self) -> str:
        """The repair as a number with thousands marks."""
        return written(Decimal(self.repair)) if self.repair else ""


@dataclass(frozen=True)
class Ask:
    """The doubts about one indicator and the sentence that answers them; `lit` when there is one."""

    code: str
    label: str
    words: tuple[str, ...]
    note: str = ""

    @property
    def lit(self) -> bool:
        """Whether the doubt is answered."""
        return bool(self.note.strip())


@dataclass(frozen=True)
class Row:
    """A quantity, the fee beside it, the doubts below, and what the committee asked."""

    cell: Cell
    cost: Cell | None = None
    hint: str = ""
    sub: bool = False
    asks: tuple[Ask, ...] = ()
    questions: tuple[tuple[str, str], ...] = ()

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The quantity and, where there is one, its fee."""
        return (self.cell, self.cost) if self.cost else (self.cell,)


@dataclass(frozen=True)
class Part:
    """One section of the sheet with its tallies."""

    code: str
    name: str
    number: str
    rows: tuple[Row, ...]
    filled: int
    total: int
    faults: int
    wrong: bool
    open_asks: int
    missing: int
    has_costs: bool

    @property
    def state(self) -> str:
        """The section's window: wrong, ask, ok, draft or none."""
        if self.wrong:
            return "wrong"
        if self.open_asks:
            return "ask"
        if self.filled and not self.missing:
            return "ok"
        return "draft" if self.filled else "none"


@dataclass(frozen=True)
class Sheet:
    """The whole answer as sections, with what is still in the way."""

    parts: tuple[Part, ...]

    def rows(self) -> Iterator[Row]:
        """All rows in the order of the form."""
        for part in self.parts:
            yield from part.rows

    def cells(self) -> Iterator[Cell]:
        """All quantities and fees in the order of the form."""
        for row in self.rows():
            yield from row.cells

    @property
    def filled(self) -> int:
        """Items with a value."""
        return sum(part.filled for part in self.parts)

    @property
    def total(self) -> int:
        """All items."""
        return sum(part.total for part in self.parts)

    @property
    def faults(self) -> int:
        """Faults, without what is merely missing."""
        return sum(part.faults for part in self.parts)

    @property
    def missing(self) -> int:
        """Items that the form needs and that are empty."""
        return sum(part.missing for part in self.parts)

    @property
    def open_asks(self) -> int:
        """Doubts without a sentence."""
        return sum(part.open_asks for part in self.parts)

    @property
    def is_complete(self) -> bool:
        """Nothing is in the way of filing."""
        return not (self.faults or self.missing or self.open_asks)


@dataclass
class Layout:
    """What a sheet is made of. `strict` shows missing items as faults; `filed` is the answer filed before."""

    answer: Answer
    findings: Iterable[Finding]
    questions: Mapping[str, str] = field(default_factory=dict)
    filed: Answer | None = None
    strict: bool = False

    def __post_init__(self) -> None:
        found = sorted(self.findings, key=attrgetter("indicator"))
        self._found = {code: list(items) for code, items in groupby(found, key=attrgetter("indicator"))}
        self._costs = {item.cost_of: item for item in self.answer.form.indicators() if item.cost_of}

    def sheet(self) -> Sheet:
        """The sheet."""
        return Sheet(tuple(self._part(number, part) for number, part in enumerate(self.answer.form.sections)))

    def _part(self, number: int, section: Section) -> Part:
        codes = {item.code for item in section.indicators}
        # A fee stands beside its quantity; one whose quantity is in another section stands in a row of its own.
        rows = tuple(self._row(item) for item in section.indicators if not (item.cost_of and item.cost_of in codes))
        cells = [cell for row in rows for cell in row.cells]
        asks = [ask for row in rows for ask in row.asks]
        return Part(
            code=section.code, name=str(section.name), number=_ordinal(number),
            rows=rows, filled=sum(cell.given for cell in cells), total=len(cells),
            faults=sum(bool(cell.fault) and not cell.missing for cell in cells),
            wrong=any(cell.fault for cell in cells), open_asks=sum(not ask.lit for ask in asks),
            missing=sum(cell.missing for cell in cells), has_costs=any(row.cost for row in rows),
        )  # fmt: skip

    def _row(self, item: Indicator) -> Row:
        cost = self._costs.get(item.code)
        items = (item, cost) if cost else (item,)
        return Row(
            cell=self._cell(item), cost=self._cell(cost) if cost else None, hint=str(item.hint), sub=bool(item.part_of),
            asks=tuple(ask for each in items if (ask := self._ask(each))),
            questions=tuple((self.label_of(each), self.questions[each.code]) for each in items
                            if each.code in self.questions),
        )  # fmt: skip

    def full_label_of(self, item: Indicator) -> str:
        """The name of an item outside its section, told apart from others of the same name."""
        return full_names(self.answer.form)[item.code]

    def label_of(self, item: Indicator) -> str:
        """The name of an item; a fee carries that of its quantity before it."""
        if not item.cost_of:
            return str(item.name)
        return f"{self.answer.form.indicator(item.cost_of).name}{between_names()}{item.name}"

    def _cell(self, item: Indicator) -> Cell:
        entry = self.answer.entries.get(item.code)
        unit = self._unit(entry, item)
        value = in_unit(entry.value, item, unit) if entry else None
        fault, repair, missing = self._fault(item, entry, unit)
        last = self._last(item, unit)
        before = self.filed.value(item.code) if self.filed else None
        changed = self.filed is not None and before != (entry.value if entry else None)
        if not item.is_number:
            changed = self.filed is not None and self.filed.text(item.code) != self.answer.text(item.code)
        return Cell(
            code=item.code, label=self.label_of(item), unit=unit, units=units_of(item),
            typed=quantity_of(entry, item).typed or written(value), value=value, last=last,
            filed=in_unit(before, item, unit), changed=changed, fault=fault, repair=repair, missing=missing,
            repair_is_last=value is None and last is not None and repair == plain(last),
            origin=ORIGINS.get(entry.origin, "") if entry and entry.source else "", answers=item.answers,
            given=self.answer.is_given(item), files=self.answer.files.get(item.code, ()),
            last_text=self.answer.previous.text(item.code) if self.answer.previous else "",
            filed_text=self.filed.text(item.code) if self.filed else "",
        )  # fmt: skip

    def _unit(self, entry: Entry | None, item: Indicator) -> str:
        """The unit chosen now, else the one of last year."""
        if entry is None and self.answer.previous is not None:
            return unit_in(self.answer.previous.entries.get(item.code), item)
        return unit_in(entry, item)

    def _last(self, item: Indicator, unit: str) -> Decimal | None:
        return in_unit(self.answer.previous.value(item.code), item, unit) if self.answer.previous else None

    def _fault(self, item: Indicator, entry: Entry | None, unit: str) -> tuple[str, str, bool]:
        """(sentence, repair, missing) of an item."""
        faults = [found for found in self._found.get(item.code, ()) if found.severity == Severity.FAULT]
        if not faults:
            return "", "", False
        empty = not self.answer.is_given(item) and (entry is None or not entry.source.strip())
        if empty and item.required and not self.strict:
            return "", "", True
        last = self._last(item, unit) if empty else None
        repair = faults[0].proposal or (plain(last) if last is not None else "")
        return str(faults[0].message), repair, empty and item.required

    def _ask(self, item: Indicator) -> Ask | None:
        doubts = [found for found in self._found.get(item.code, ()) if found.severity == Severity.DOUBT]
        if not doubts:
            return None
        entry = self.answer.entries.get(item.code)
        words = tuple(str(found.message) for found in doubts)
        return Ask(item.code, self.label_of(item), words, entry.note if entry else "")


def _ordinal(number: int) -> str:
    """一 or 1, as sections are counted in the reader's language."""
    return str(number + 1) if _is_english() or number >= len(_HAN) else _HAN[number]


def _is_english() -> bool:
    return (get_language() or "").startswith("en")
