"""Why a whole file is not read: one rule object for each reason, with what the person can do about it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from committees.workbooks.rulebook import Example, Rule, Text, index_rules


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRule(Rule):
    """A reason to refuse a file or one of its sheets; braces in `reason` are filled where it is raised."""

    reason: Text


def _rule(id: str, name: Text, reason: Text, advice: Text, *examples: str) -> FileRule:
    return FileRule(id=id, name=name, advice=advice, reason=reason, examples=tuple(map(Example, examples)))


_SAVE_AS = _("Save it as an Excel workbook (.xlsx) and upload that.")
_DOWNLOAD = _("Download the template anew and copy the figures into it.")

FILE_RULES: dict[str, FileRule] = index_rules(
    (
        _rule("empty_file", _("Empty file"), _("The file is empty."), _("Save it again and upload it."), "0 bytes"),
        _rule(
            "file_too_large",
            _("File too large"),
            _("The file is larger than {most} MB."),
            _("Remove pictures and sheets that do not belong to the form."),
            "10 MB + 1",
        ),
        _rule(
            "password",
            _("Password"),
            _("The workbook is protected by a password, so it cannot be read."),
            _("Remove the password in Excel or WPS, save and upload again."),
            "EncryptedPackage",
        ),
        _rule("old_excel", _("Old Excel format"), _("This is an old Excel file (.xls)."), _SAVE_AS, "return.xls"),
        _rule("wps_table", _("WPS table"), _("This is a WPS table (.et)."), _SAVE_AS, "return.et"),
        _rule("csv", _("Plain text"), _("This is a text file (CSV), not a workbook."), _DOWNLOAD, "return.csv"),
        _rule(
            "web_page",
            _("Web page"),
            _("This is a web page or XML with the name of a workbook; some systems export such files."),
            _("Open it in Excel or WPS and save it as .xlsx."),
            "<html>",
        ),
        _rule(
            "binary_workbook", _("Binary workbook"), _("This is a binary workbook (.xlsb)."), _SAVE_AS, "return.xlsb"
        ),
        _rule("open_document", _("OpenDocument"), _("This is an OpenDocument table (.ods)."), _SAVE_AS, "return.ods"),
        _rule(
            "other_office",
            _("Another Office document"),
            _("This is a text document or slides, not a workbook."),
            _("Choose the workbook you filled in."),
            "return.docx",
        ),
        _rule(
            "macro",
            _("Macros"),
            _("The workbook contains macros. For safety none is taken."),
            _("Save it as .xlsx without macros."),
            "return.xlsm",
        ),
        _rule(
            "not_workbook",
            _("Not a workbook"),
            _("This is not an Excel workbook, whatever its name says."),
            _("Choose the workbook you filled in."),
            "photo.jpg renamed to .xlsx",
        ),
        _rule(
            "broken_file",
            _("Broken file"),
            _("The workbook is damaged or was cut off while it was sent."),
            _("Open it in Excel or WPS, save it again and upload that."),
            "half of a file",
        ),
        _rule(
            "bomb",
            _("Unpacks too large"),
            _("Unpacked, the workbook would be far larger than a form can be."),
            _DOWNLOAD,
            "1 MB that unpacks to 1 GB",
        ),
        _rule(
            "doctype",
            _("Foreign declarations"),
            _("The workbook holds XML declarations that no spreadsheet program writes."),
            _DOWNLOAD,
            "<!DOCTYPE …>",
        ),
        _rule(
            "too_many_rows",
            _("Too many rows"),
            _("A sheet has more than {most} rows."),
            _("Delete the rows below the form."),
            "50,001 rows",
        ),
        _rule(
            "too_many_cells",
            _("Too many cells"),
            _("The workbook has more than {most} filled cells."),
            _("Delete sheets and rows that do not belong to the form."),
            "200,001 cells",
        ),
        _rule(
            "too_many_sheets",
            _("Too many sheets"),
            _("The workbook has more than {most} sheets."),
            _("Delete sheets that do not belong to the form."),
            "101 sheets",
        ),
        _rule(
            "too_wide",
            _("Cells far away"),
            _("A sheet has filled cells far away from the form."),
            _("Delete what stands far to the right or far below."),
            "A1 and XFD50000",
        ),
        _rule(
            "too_slow",
            _("Took too long"),
            _("Reading the workbook took too long and was stopped."),
            _DOWNLOAD,
            "more than 4 seconds of computing",
        ),
        _rule(
            "no_identity",
            _("Not from here"),
            _("This workbook was not downloaded here: its hidden mark is missing."),
            _DOWNLOAD,
            "a table of one's own",
        ),
        _rule(
            "other_template",
            _("Another template"),
            _("This is the template “{found}”; here “{expected}” is wanted."),
            _("Choose the template of this page."),
        ),
        _rule(
            "old_layout",
            _("Old template"),
            _("The template was downloaded before the portal changed it."),
            _DOWNLOAD,
        ),
        _rule(
            "other_form",
            _("Another form"),
            _("The template belongs to the form “{found}”, not to “{expected}”."),
            _("Choose the template of this page."),
        ),
        _rule(
            "other_version",
            _("Another version of the form"),
            _("The template is of version {found} of the form; now version {expected} holds."),
            _DOWNLOAD,
        ),
        _rule(
            "other_school",
            _("Another school's template"),
            _("The template was made for the school “{found}”, not for “{expected}”."),
            _("Download the template of your own school."),
        ),
        _rule(
            "other_period",
            _("Another year's template"),
            _("The template is for {found}; here {expected} is to be filled in."),
            _("Download the template of this year."),
        ),
        _rule(
            "missing_sheet",
            _("Missing sheet"),
            _("The sheet “{expected}” is missing."),
            _DOWNLOAD,
        ),
        _rule(
            "repeated_sheet",
            _("Copied sheet"),
            _("The sheet is there twice; which one holds?"),
            _("Delete the copy."),
        ),
    )
)
