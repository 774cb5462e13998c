"""The bulletin as files: the table as CSV, and the dictionary that says what each column means. No writes."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from committees.energy.bulletin import Bulletin
from committees.filings.dictionary import TITLES, Meant, figure_rows, tidy, word_rows
from committees.workbooks.exports import Export, ExportValue, rows_to_csv


def figures_csv(bulletin: Bulletin) -> Export:
    """One line a school as the page shows them, then one with the totals. Without names: the ranked value only."""
    return rows_to_csv(*table_of(bulletin))


def table_of(bulletin: Bulletin) -> tuple[list[str], list[list[ExportValue]]]:
    """The same as titles and rows."""
    named = bulletin.named
    columns = [
        column for column in bulletin.columns if named or not bulletin.lines or column.code == bulletin.ranked.code
    ]
    who = ["filing", "version", "seal", "school", "type", "late"] if named else []
    titles = ["row", *who, *(column.code for column in columns), "source"]
    rows: list[list[ExportValue]] = []
    for number, line in enumerate(bulletin.lines, bulletin.first):
        version = line.filing.counted
        known: list[ExportValue] = []
        if named and version is not None:
            known = [version.number, version.version, version.seal, line.name, line.filing.school.type,
                     "yes" if line.filing.late else "no"]  # fmt: skip
        values = [tidy(line.figures.get(column.code)) for column in columns]
        rows.append([number, *known, *values, bulletin.call.attribution])
    totals = [tidy(bulletin.total(column.code)) for column in columns]
    blank: list[ExportValue] = [""] * max(len(who) - 3, 0)
    rows.append(["total", *blank, *([_("total of %(n)s filings") % {"n": bulletin.counted}, "", ""] if who else []), *totals,
                 bulletin.call.attribution])  # fmt: skip
    return titles, rows


def dictionary_csv(bulletin: Bulletin) -> Export:
    """Every column: both names, unit, basis, how it is computed, and whence the figures come."""
    return rows_to_csv(TITLES, list(dictionary_rows(bulletin)))


def dictionary_rows(bulletin: Bulletin) -> Iterator[list[ExportValue]]:
    """The same as rows: what is no figure first, in the order of the file."""
    titles, _rows = table_of(bulletin)
    codes = {column.code for column in bulletin.columns}
    yield from word_rows(title for title in titles if title not in codes)
    meant = [Meant(column.code, column.unit, _basis(bulletin, column.code)) for column in bulletin.columns]
    yield from figure_rows(
        bulletin.kind, bulletin.form, meant, bulletin.coefficients, bulletin.call.attribution
    )  # fmt: skip


def _basis(bulletin: Bulletin, code: str) -> str:
    row = bulletin.totals.get(code) or bulletin.totals.get(bulletin.kind.ratios.get(code, ("",))[0])
    return row.basis if row else ""
