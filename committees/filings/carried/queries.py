"""What is read of old returns: the edition that holds, what an import would change, and the last one before a period."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from committees.filings.kinds import Kind, all_kinds
from committees.filings.models import CarriedImport, CarriedReturn, Filing, FormVersion
from committees.roster.models import Committee

Key = tuple[str, str]
"""(period, school code)."""


def yearly_forms(committee: Committee) -> list[tuple[Kind, FormVersion]]:
    """What a committee asks for by the year: each kind with the newest version of its form."""
    newest = {form.code: form for form in FormVersion.objects.order_by("pk")}
    return [
        (kind, newest[code])
        for kind in all_kinds()
        for code in kind.forms
        if kind.committee == committee.code and code in newest and newest[code].form().period_kind == "year"
    ]


def kind_of_form(committee: Committee, form: FormVersion) -> Kind | None:
    """The yearly kind of a committee that this form belongs to; None for a form of somebody else."""
    return next((kind for kind, own in yearly_forms(committee) if own.code == form.code), None)


def editions_of(kind: str, periods: Sequence[str]) -> dict[Key, CarriedReturn]:
    """The edition that holds of every school and period."""
    rows = CarriedReturn.objects.filter(kind=kind, period__in=periods).select_related("school").order_by("edition")
    return {(row.period, row.school.code): row for row in rows}


def carried_before(filing: Filing) -> CarriedReturn | None:
    """A school's old return of the last period before a filing's."""
    return (
        CarriedReturn.objects.filter(school_id=filing.school_id, kind=filing.call.kind, period__lt=filing.call.period)
        .select_related("form").order_by("-period", "-edition").first()
    )  # fmt: skip


def imports_of(committee: Committee) -> QuerySet[CarriedImport]:
    """Workbooks that were carried over, the newest first."""
    found = CarriedImport.objects.filter(committee=committee, confirmed_at__isnull=False)
    return found.select_related("form", "confirmed_by").order_by("-confirmed_at")


@dataclass(frozen=True)
class YearLine:
    """What an import says of one year: schools with anything, values, and how they stand to what is here already."""

    year: str
    schools: int
    values: int
    new: int
    changed: int
    same: int


@dataclass(frozen=True)
class Change:
    """One value that would replace another one carried over before."""

    year: str
    school: str
    item: str
    before: str
    after: str


def lines_of(source: CarriedImport, kind: str, names: Mapping[str, str]) -> tuple[list[YearLine], list[Change]]:
    """An import against what was carried over before, year by year, with every value that changes; `names` of items."""
    standing = editions_of(kind, list(source.values))
    lines, changes = [], []
    for year in sorted(source.values):
        tally: Counter[str] = Counter()
        for school, entries in source.values[year].items():
            before = standing.get((year, school))
            found = _changes(year, before, entries, names) if before else []
            tally["new" if before is None else "changed" if found else "same"] += 1
            tally["values"] += len(entries)
            changes += found
        lines.append(
            YearLine(year, len(source.values[year]), tally["values"], tally["new"], tally["changed"], tally["same"])
        )
    return lines, changes


def _changes(year: str, before: CarriedReturn, entries: dict[str, Any], names: Mapping[str, str]) -> list[Change]:
    was = {code: entry["value"] for code, entry in before.entries.items()}
    now = {code: entry["value"] for code, entry in entries.items()}
    return [
        Change(year, before.school.name, names.get(code, code), was.get(code, ""), now.get(code, ""))
        for code in sorted(was.keys() | now.keys())
        if was.get(code) != now.get(code)
    ]
