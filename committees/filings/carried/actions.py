"""Reading a workbook of old returns, looking at it, and carrying it over: each a write of its own."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from committees.filings.answers import Entry
from committees.filings.carried.layout import layout_of_years
from committees.filings.carried.queries import editions_of, kind_of_form
from committees.filings.kinds import Kind
from committees.filings.models import CarriedImport, CarriedReturn, FormVersion
from committees.roster.models import Committee
from committees.roster.queries import seats_in
from committees.workbooks.faults import Fault
from committees.workbooks.reader import WorkbookReading, read_workbook
from committees.workflow.advance import MoveRefused
from tenants.clock import local_day
from tenants.models import School, User
from tenants.queries import open_schools

ORIGIN = "carried"
Entries = dict[str, dict[str, Any]]


def read_import(
    *, committee: Committee, form: FormVersion, years: range, content: bytes, name: str, by: User, at: datetime
) -> CarriedImport:
    """Read a workbook of old returns and keep what it says, to be looked at. With any fault nothing of it is kept but the
    faults. Raises MoveRefused for people without a deciding seat, and for a form of another committee."""
    _kind_for(committee, form, by, at)
    reading = read_workbook(content, name, layout_of_years(form, years, open_schools()))
    return CarriedImport.objects.create(
        committee=committee, form=form, first_year=years[0], last_year=years[-1], name=name[:200],
        sha256=sha256(content).hexdigest(), values={} if reading.faults else _values(reading),
        faults=_faults(reading), read_at=at, read_by=by,
    )  # fmt: skip


def confirm_import(*, source: CarriedImport, by: User, at: datetime) -> int:
    """Carry the old returns over; those that say what stands already are left out. Returns how many were written.

    Raises MoveRefused when it was done already, when the workbook has faults, and for people without a deciding seat.
    """
    with transaction.atomic():
        locked = (
            CarriedImport.objects.select_for_update(of=("self",)).select_related("committee", "form").get(pk=source.pk)
        )
        kind = _kind_for(locked.committee, locked.form, by, at)
        if locked.confirmed_at or locked.faults:
            raise MoveRefused(_("This workbook was carried over already, or cannot be."), code="stale")
        written = CarriedReturn.objects.bulk_create(_returns(locked, kind, at))
        locked.confirmed_at, locked.confirmed_by = at, by
        locked.save(update_fields=["confirmed_at", "confirmed_by"])
    return len(written)


def discard_import(*, source: CarriedImport, by: User, at: datetime) -> None:
    """Forget a workbook that was only looked at. Raises MoveRefused once it was carried over."""
    _kind_for(source.committee, source.form, by, at)
    if not CarriedImport.objects.filter(pk=source.pk, confirmed_at=None).delete()[0]:
        raise MoveRefused(_("This workbook was carried over already, or cannot be."), code="stale")


def _kind_for(committee: Committee, form: FormVersion, by: User, at: datetime) -> Kind:
    """The kind the form belongs to, once it is sure that this person may."""
    if not {str(seat) for seat in seats_in(by, committee, local_day(at))} & {"chair", "officer"}:
        raise MoveRefused(_("This is not yours to do."), code="role")
    kind = kind_of_form(committee, form)
    if kind is None:
        raise MoveRefused(_("This form is not asked for by this committee."), code="role")
    return kind


def _values(reading: WorkbookReading) -> dict[str, dict[str, Entries]]:
    """period -> school -> indicator -> entry; empty cells leave nothing."""
    found: dict[str, dict[str, Entries]] = defaultdict(lambda: defaultdict(dict))
    for (period, school, code), value in reading.values.items():
        if isinstance(value, Decimal):
            source = reading.sources.get((period, school, code), "")
            found[period][school][code] = Entry(value, source, origin=ORIGIN).as_json()
    return {period: dict(schools) for period, schools in found.items()}


def _faults(reading: WorkbookReading) -> list[dict[str, Any]]:
    return [
        {
            "place": list(fault.place) if fault.place else None, "sheet": fault.sheet, "cell": fault.cell,
            "label": fault.label, "column": fault.column, "typed": fault.value, "code": fault.code,
            "why": _sentence(fault), "repair": fault.repair or "",
        }
        for fault in reading.faults
    ]  # fmt: skip


def _sentence(fault: Fault) -> str:
    return (
        _("%(label)s: %(reason)s") % {"label": fault.label, "reason": fault.reason}
        if fault.label
        else str(fault.reason)
    )


def _returns(source: CarriedImport, kind: Kind, at: datetime) -> list[CarriedReturn]:
    schools = {school.code: school for school in School.objects.filter(code__in=_codes(source.values))}
    standing = editions_of(kind.code, list(source.values))
    return [
        CarriedReturn(
            source=source, kind=kind.code, form=source.form, school=schools[code], period=period, entries=entries,
            carried_at=at, edition=(standing[period, code].edition if (period, code) in standing else 0) + 1,
        )
        for period, by_school in source.values.items()
        for code, entries in by_school.items()
        if code in schools and not _says_the_same(standing.get((period, code)), entries)
    ]  # fmt: skip


def _codes(values: Mapping[str, Mapping[str, Entries]]) -> set[str]:
    return {code for by_school in values.values() for code in by_school}


def _says_the_same(standing: CarriedReturn | None, entries: Entries) -> bool:
    return standing is not None and _plain(standing.entries) == _plain(entries)


def _plain(entries: Entries) -> dict[str, Any]:
    return {code: entry["value"] for code, entry in entries.items()}
