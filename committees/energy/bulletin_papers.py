"""The bulletin as a workbook with its dictionary, and as the official table on paper. No writes."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from committees.energy.bulletin import Bulletin, Column
from committees.energy.bulletin_files import dictionary_rows, table_of
from committees.energy.bulletin_lines import Line
from committees.filings.dictionary import TITLES
from committees.papers.pdf import make_pdf
from committees.papers.writing import day, number
from committees.workbooks.exports import Export, sheets_to_xlsx

TEMPLATE = Path(__file__).parent / "papers" / "table.typ"


def figures_xlsx(bulletin: Bulletin) -> Export:
    """Two sheets: the figures, and what each column means."""
    titles, rows = table_of(bulletin)
    return sheets_to_xlsx([(_("Figures"), titles, rows), (_("Dictionary"), TITLES, list(dictionary_rows(bulletin)))])


def table_pdf(bulletin: Bulletin, *, at: datetime, signed: str = "") -> bytes:
    """The official table: year, coefficients, single schools as far as the call discloses, totals, places for stamps.

    `at` is when the figures were rolled up last: the same figures give the same bytes. `signed` is the sentence of the
    commission's countersignature.
    """
    call, named = bulletin.call, bulletin.named
    columns = [c for c in bulletin.columns if named or not bulletin.lines or c.code == bulletin.ranked.code]
    facts: dict[str, Any] = {
        "title": call.title, "number": call.number, "committee": call.issuer,
        "about": _about(bulletin), "attribution": call.attribution, "signed": signed,
        "heads": [_("No."), *([_("School")] if named else []), *(_head(column) for column in columns)],
        "named": named,
        "rows": [_row(n, line, columns, named=named) for n, line in enumerate(bulletin.lines, 1)],
        "totals": ["", *([_("All that count")] if named else []), *(_cell(bulletin.total(c.code), c) for c in columns)],
        "stamps": [_("Committee (seal)"), _("Association (seal)"), _("Education commission (seal)")],
        "words": {"date": _("Date"), "made": _("Figures as of %(day)s") % {"day": day(at)}},
    }  # fmt: skip
    return make_pdf(TEMPLATE, facts, at=at)


def _about(bulletin: Bulletin) -> list[tuple[str, str]]:
    counted = _("%(counted)s of %(addressed)s filings") % {"counted": bulletin.counted, "addressed": bulletin.addressed}
    rows = [(_("Year"), bulletin.call.period), (_("Counted"), counted), (_("Disclosure"), str(bulletin.meaning.name))]
    return [*rows, (_("Coefficients"), "; ".join(bulletin.coefficients))] if bulletin.coefficients else rows


def _head(column: Column) -> str:
    return f"{column.name}\n{column.unit}" if column.unit else column.name


def _row(place: int, line: Line, columns: Sequence[Column], *, named: bool) -> list[str]:
    return [str(place), *([_named(line)] if named else []), *(_cell(line.figures.get(c.code), c) for c in columns)]


def _named(line: Line) -> str:
    return _("%(school)s (filed late)") % {"school": line.name} if line.filing.late else line.name


def _cell(value: Any, column: Column) -> str:
    return number(value, 2 if column.ratio else None)
