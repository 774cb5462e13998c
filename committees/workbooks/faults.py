"""What reading a workbook reports: faults that stop it, notices that do not."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from committees.workbooks.file_rules import FileRule
from committees.workbooks.rulebook import Text
from committees.workbooks.templates import Place

EXTERNAL_LINKS = _("The workbook points to other workbooks. Its kept figures were read; the links were not followed.")
HIDDEN_ROWS = _("{count} hidden rows were read like all others.")
HIDDEN_COLUMNS = _("{count} hidden columns were read like all others.")
EXTRA_COLUMNS = _("Columns that are not in the form were not read: {names}.")
RENAMED_SHEET = _("The sheet was renamed; the form calls it “{expected}”.")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. `cell` as Excel names it ("B7"), empty for a whole sheet or file.

    `row` counts from 1 as on screen; `column` is the heading, `label` the name of the row; `reason` is lazy;
    `repair` is a text that would be read instead, where one is obvious; `place` is where it belongs in the form.
    `column_number` counts from 1 and only orders.
    """

    code: str
    reason: Text
    sheet: str = ""
    cell: str = ""
    row: int = 0
    column: str = ""
    label: str = ""
    value: str = ""
    repair: str | None = None
    place: Place | None = None
    column_number: int = 0


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know that stops nothing: hidden rows that were read, columns that were not."""

    code: str
    text: Text
    sheet: str = ""


def fill(rule: FileRule, **params: Any) -> Text:
    """A rule's reason with its braces filled, still lazy."""
    return format_lazy(rule.reason, **params)
