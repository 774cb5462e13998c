"""Workbooks as browsers send and fetch them: one taken in, one sent out, one handed back with its errors marked, tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from committees.files.receiving import why_no_file
from committees.workbooks.error_book import Mark, build_error_book
from committees.workbooks.exports import ExportValue, rows_to_csv, rows_to_xlsx
from committees.workbooks.inspection import LIMITS
from committees.workbooks.reader import make_file_fault
from committees.workbooks.rulebook import Text
from committees.workbooks.templates import CellValue, Layout, Place

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX}
#: The largest workbook that is taken in, in MB, as pages say it.
MOST_MEGABYTES = LIMITS.size // 1024 // 1024


@dataclass(frozen=True)
class Upload:
    """A workbook as it came in; `problem` says why there is none, `code` which rule of files it broke (empty: no file)."""

    content: bytes = b""
    name: str = ""
    problem: str = ""
    code: str = ""


def take_workbook(request: HttpRequest, field: str = "workbook") -> Upload:
    """What a form brought in its field; a file that is too large is not read."""
    sent: UploadedFile[Any] | None = request.FILES.get(field)
    if sent is None:
        return Upload(problem=why_no_file(request, _("Choose the workbook first.")))
    name = sent.name or ""
    if (sent.size or 0) > LIMITS.size:
        fault = make_file_fault("file_too_large", most=MOST_MEGABYTES)
        return Upload(name=name, problem=str(fault.reason), code=fault.code)
    return Upload(sent.read(), name)


def send_workbook(content: bytes, name: str, media: str = XLSX) -> HttpResponse:
    """A file to be saved under a name."""
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type=media, headers={"Content-Disposition": disposition})


def send_table(
    form: str, name: str, titles: Sequence[Text], rows: Iterable[Sequence[ExportValue]], *, sheet: str = "Sheet"
) -> HttpResponse:  # fmt: skip
    """A list as `form` ("csv" or "xlsx"), saved as `name` with that ending."""
    made = rows_to_csv(titles, rows) if form == "csv" else rows_to_xlsx(titles, rows, name=sheet)
    return send_workbook(made.content, f"{name}.{form}", MEDIA[form])


def mark_of(place: Place | None, sheet: str, cell: str, label: str, typed: str, why: str, repair: str) -> Mark:
    """One error as the error workbook lists it; where it was found reads as Excel writes it (sheet!cell)."""
    return Mark(place, "!".join(part for part in (sheet, cell) if part), label, typed, why, repair)


def send_error_book(
    layout: Layout, values: Mapping[Place, CellValue], marks: Iterable[Mark], name: str
) -> HttpResponse:
    """The uploaded workbook with its errors marked, named after it."""
    return send_workbook(build_error_book(layout, values, list(marks)), _("Errors") + f"-{name}")
