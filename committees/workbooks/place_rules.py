"""Why a place in a sheet is refused although it may hold a number: the table was changed, or a cell is not for that."""

from django.utils.translation import gettext_lazy as _

from committees.workbooks.file_rules import FileRule
from committees.workbooks.rulebook import Text, index_rules


def _rule(id: str, name: Text, reason: Text, advice: Text) -> FileRule:
    return FileRule(id=id, name=name, advice=advice, reason=reason)


_RESTORE = _("Put it back as in the template.")

PLACE_RULES: dict[str, FileRule] = index_rules(
    (
        _rule("missing_column", _("Missing column"), _("The column “{expected}” is missing."), _RESTORE),
        _rule("repeated_column", _("Column twice"), _("The column “{expected}” is there twice."), _("Delete one.")),
        _rule(
            "head_changed",
            _("Heading changed"),
            _("The heading was changed: the template says “{expected}”. Are these the same figures?"),
            _RESTORE,
        ),
        _rule(
            "unit_changed",
            _("Unit changed"),
            _("The unit was changed: the form counts in “{expected}”."),
            _("Put the unit back and convert the figures."),
        ),
        _rule("missing_row", _("Missing row"), _("The row “{expected}” is missing."), _RESTORE),
        _rule("repeated_row", _("Row twice"), _("The row “{expected}” is there twice."), _("Delete one.")),
        _rule(
            "extra_row",
            _("Row not of the form"),
            _("This row is not in the form."),
            _("Delete it or move its figures."),
        ),
        _rule(
            "label_changed",
            _("Name of a row changed"),
            _("The name of the row was changed: the template says “{expected}”."),
            _RESTORE,
        ),
        _rule("merged", _("Merged cells"), _("Merged cells: which of them holds the figure?"), _("Unmerge them.")),
        _rule(
            "uncomputed",
            _("Formula never computed"),
            _("The formula was never computed, so there is no figure."),
            _("Open the file in Excel or WPS, save it and upload that; or write the figure itself."),
        ),
        _rule("closed", _("Cell not to be filled"), _("Nothing is to be written here."), _("Empty the cell.")),
        _rule("choice", _("Not in the list"), _("Not in the list of choices: {expected}."), _("Choose from the list.")),
        _rule("bad_date", _("Not a date"), _("Not a date: write it like 2026-03-01."), _("Year, month, day.")),
        _rule(
            "long_text",
            _("Text too long"),
            _("More than {most} characters."),
            _("Shorten it; long matter goes into an attachment."),
        ),
    )
)
