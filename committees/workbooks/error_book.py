"""The error workbook: what was read of an upload in a fresh template, each refused cell marked, all faults listed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from committees.workbooks.safe_text import clean_cell_text
from committees.workbooks.templates import FIRST_COLUMN, FIRST_ROW, Layout, Place, Values
from committees.workbooks.writer import TemplateWriter, write_value

WRONG = {"bg_color": "#F8E3DC", "font_color": "#8C2D12"}
WIDTHS = (6, 22, 12, 26, 24, 24, 56)


@dataclass(frozen=True, slots=True)
class Mark:
    """One fault as the error workbook tells it.

    `place` is where it belongs in the form, None for what has no place there (a heading, a row too many); `found` is
    where it stood in the file that was uploaded (`表一 能源!D5`); `typed` is what stood there; `why` a whole sentence.
    """

    place: Place | None
    found: str
    label: str
    typed: str
    why: str
    repair: str = ""


def build_error_book(layout: Layout, values: Values, marks: Iterable[Mark]) -> bytes:
    """The template of `layout` with `values`, every mark in its cell and in a list in front. It can be mended and
    uploaded as it is: the list is no sheet of the form, so the reader passes over it.
    """
    return _ErrorBookWriter(layout, values, tuple(marks)).write()


class _ErrorBookWriter(TemplateWriter):
    def __init__(self, layout: Layout, values: Values, marks: tuple[Mark, ...]) -> None:
        super().__init__(layout, values)
        self.marks = marks
        self.marked: dict[Place, Mark] = {mark.place: mark for mark in marks if mark.place}

    def write(self) -> bytes:
        self._write_list(self.book.add_worksheet(_("Faults")))
        return super().write()

    def _fill(self, page: Worksheet, number: int, column: int, place: Place, style: Format) -> None:
        mark = self.marked.get(place)
        if mark is None:
            super()._fill(page, number, column, place, style)
            return
        wrong = self._style("text", **WRONG)
        write_value(page, number, column, mark.typed, wrong)
        page.write_comment(number, column, clean_cell_text(_sentence(mark)).text, {"x_scale": 2, "author": "Houqin"})

    def _write_list(self, page: Worksheet) -> None:
        titles = ("#", _("Sheet"), _("Cell"), _("In your file"), _("Item"), _("Value"), _("What to mend"))
        for at, (title, width) in enumerate(zip(titles, WIDTHS, strict=True)):
            page.write_string(0, at, title, self.styles["head"])
            page.set_column(at, at, width)
        spots = _spots(self.layout)
        for number, mark in enumerate(self.marks, start=1):
            self._write_line(page, number, mark, spots)
        page.freeze_panes(1, 0)
        page.hide_gridlines(2)

    def _write_line(self, page: Worksheet, number: int, mark: Mark, spots: Mapping[Place, tuple[str, str]]) -> None:
        sheet, cell = spots.get(mark.place, ("", "")) if mark.place else ("", "")
        page.write_number(number, 0, number, self.styles["unit"])
        page.write_string(number, 1, sheet, self.styles["label"])
        if cell:
            page.write_url(number, 2, f"internal:'{sheet}'!{cell}", self.styles["unit"], cell)
        else:
            page.write_blank(number, 2, None, self.styles["unit"])
        for at, text in enumerate((mark.found, mark.label, mark.typed, _sentence(mark)), start=3):
            page.write_string(number, at, clean_cell_text(text).text, self.styles["label"])


def _sentence(mark: Mark) -> str:
    if not mark.repair:
        return mark.why
    return _("%(why)s Proposal: %(repair)s") % {"why": mark.why, "repair": mark.repair}


def _spots(layout: Layout) -> dict[Place, tuple[str, str]]:
    """(sheet, cell) of every place of a fresh template."""
    return {
        (sheet.key, row.code, column.key): (sheet.name, xl_rowcol_to_cell(FIRST_ROW + down, FIRST_COLUMN + right))
        for sheet in layout.sheets
        for down, row in enumerate(sheet.rows)
        for right, column in enumerate(sheet.columns)
    }
