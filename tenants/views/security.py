"""The security log, for the audit administrator alone."""

import csv
import re
from collections.abc import Iterator
from itertools import islice

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tenants.doors import association_door
from tenants.exports import note_export
from tenants.forms.schools import FindEvents
from tenants.frames import page
from tenants.models import SecurityEvent
from tenants.queries import events_found
from tenants.security_words import in_words, names_in

ROWS = 50
MOST_EXPORTED = 100_000
CHUNK = 2000


@require_safe
@association_door("audit_admin")
def security_log(request: HttpRequest) -> HttpResponse:
    """The log, newest first, with filters."""
    form = FindEvents(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    rows = Paginator(events_found(**asked), ROWS).get_page(request.GET.get("page"))
    template = "tenants/security_log.html" + ("#found" if request.htmx else "")  # type: ignore[attr-defined]
    return page(
        request, template, [(_("Security log"), "")], form=form, rows=rows, named=names_in(rows.object_list),
        log_days=settings.SECURITY_LOG_DAYS,
    )  # fmt: skip


@require_safe
@association_door("audit_admin")
def security_export(request: HttpRequest) -> StreamingHttpResponse:
    """The same rows as CSV for Excel and WPS (UTF-8 with mark), at most 100,000."""
    form = FindEvents(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    note_export(request, what="security_log")
    response = StreamingHttpResponse(_lines(asked), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="security-log.csv"'
    return response


class _Echo:
    """A file whose write returns what was written, so that rows can be streamed."""

    def write(self, text: str) -> str:
        return text


def _lines(asked: dict[str, object]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"
    yield writer.writerow(
        [
            _("Time"),
            _("Event"),
            _("Outcome"),
            _("Person"),
            _("Account name"),
            _("School"),
            _("Host"),
            _("Network address"),
            _("Facts"),
        ]
    )
    rows = events_found(**asked)[:MOST_EXPORTED].iterator(chunk_size=CHUNK)  # type: ignore[arg-type]
    while chunk := list(islice(rows, CHUNK)):
        named = names_in(chunk)
        for row in chunk:
            yield writer.writerow([_plain(cell) for cell in _cells(row, named)])


def _cells(row: SecurityEvent, named: dict[str, str]) -> list[str]:
    at = timezone.localtime(row.at).isoformat(timespec="seconds")
    who = [row.user.name, row.user.account] if row.user else ["", ""]
    school = row.school.name if row.school else ""
    facts = in_words(row.facts, named)
    outcome = _("done") if row.succeeded else _("refused")
    return [at, row.get_action_display(), outcome, *who, school, row.host, row.address or "", facts]


_STARTS_FORMULA = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠\t\r]")


def _plain(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula, not even behind blanks or in full width."""
    return f"'{cell}" if _STARTS_FORMULA.match(cell) else cell
