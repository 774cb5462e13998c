"""What the commission takes away as files: what is filed, its tables with their countersignatures, its comments."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from committees.commission.models import Talk
from committees.commission.queries import asked_in, filed_filings, tables, tables_stand, told_of
from committees.commission.talk_reads import spoken
from committees.filings.models import Filing
from committees.filings.workbook_files import send_table
from committees.workbooks.exports import ExportValue
from tenants.doors import association_door
from tenants.exports import note_export
from tenants.models import AssociationRole


@association_door(AssociationRole.COMMISSION)
@require_safe
def filed_export(request: HttpRequest, form: str) -> HttpResponse:
    """The list of what is filed, as .csv or .xlsx."""
    titles = ["number", "period", "kind", "committee", "school", "code", "type", "state", "version", "sealed_at", "seal",
              "counts"]  # fmt: skip
    rows = [_filed(filing) for filing in filed_filings(asked_in(request.GET))]
    note_export(request, what="commission", count=len(rows))
    return send_table(form, "filed", titles, rows)


@association_door(AssociationRole.COMMISSION)
@require_safe
def table_export(request: HttpRequest, form: str) -> HttpResponse:
    """Every year's table: its digest, how many filings count, who countersigned it when, and whether it has changed since."""
    titles = [
        _("Number"), _("Table"), _("Period"), _("Committee"), _("Counted"), _("Digest of the figures"),
        _("Countersigned by"), _("Countersigned"), _("changed since countersigned"),
    ]  # fmt: skip
    rows = list(_tables())
    note_export(request, what="commission", count=len(rows))
    return send_table(form, "tables", titles, rows)


@association_door(AssociationRole.COMMISSION)
@require_safe
def talk_export(request: HttpRequest, form: str) -> HttpResponse:
    """Every comment, one line for each thing said: who, when, on which side."""
    titles = [
        _("Call"), _("Committee"), _("Subject"), _("About"), _("State"), _("When"), _("Who"), _("Side"), _("Words"),
    ]  # fmt: skip
    rows = list(_talks())
    note_export(request, what="commission", count=len(rows))
    return send_table(form, "comments", titles, rows)


def _filed(filing: Filing) -> list[ExportValue]:
    version, call, school = filing.latest, filing.call, filing.school
    assert version is not None
    return [
        filing.number, call.period, call.kind, call.committee.code, school.name_zh, school.code, school.type, told_of(filing),
        version.version, version.sealed_at.isoformat(), version.seal, filing.counted_id is not None,
    ]  # fmt: skip


def _tables() -> Iterator[list[ExportValue]]:
    for one in tables_stand(list(tables())):
        last = one.standing.last
        yield [
            one.call.number, one.call.title, one.call.period, one.call.committee.name, one.counted, one.digest,
            str(last.by) if last else "", timezone.localtime(last.at) if last else None, one.standing.changed,
        ]  # fmt: skip


def _talks() -> Iterator[list[ExportValue]]:
    talks = list(Talk.objects.select_related("call__committee").order_by("call", "pk"))
    said = spoken(talks)
    for talk in talks:
        for trail in said.get(talk.pk, []):
            yield [
                talk.call.number, talk.call.committee.name, talk.title, talk.get_about_display(), talk.get_state_display(),
                timezone.localtime(trail.at), str(trail.by), _("commission") if trail.role == "commission" else _("committee"),
                trail.reason,
            ]  # fmt: skip
