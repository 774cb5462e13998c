"""For programs: bulletins, the association's figures in them, single schools as far as each call discloses."""

from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from committees.energy.bulletin import read_head
from committees.energy.bulletin_lines import Line, Wanted, lines_of, rows_of
from committees.energy.calls import coefficients_of, published_call, published_calls
from committees.energy.layouts import KINDS, name_of
from committees.filings.answers import plain
from committees.filings.models import Call, Disclosure
from committees.filings.slugs import slug_of
from committees.keys.api_doors import open_to_programs
from committees.keys.paging import paged
from committees.keys.schema import exact, in_path, told

SLUG = in_path("id", _("the call’s number as it stands in an address (`id` in the list)"))


class BulletinRow(serializers.Serializer[Any]):
    """A bulletin: the published side of one call."""

    id = serializers.CharField()
    number = serializers.CharField()
    kind = serializers.ChoiceField(KINDS)
    period = serializers.CharField()
    title_zh = serializers.CharField()
    title_en = serializers.CharField()
    committee = serializers.CharField()
    disclosure = serializers.ChoiceField(Disclosure.values)
    counted = serializers.IntegerField(help_text=_("filings that count"))
    addressed = serializers.IntegerField(help_text=_("filings asked for"))
    attribution = serializers.CharField(allow_blank=True)
    page = serializers.URLField()


class TotalRow(serializers.Serializer[Any]):
    """A figure of the association: a sum of filings, or a ratio of two sums. `value` null: not defined."""

    indicator = serializers.CharField()
    name = serializers.CharField()
    value = exact(allow_null=True)
    unit = serializers.CharField(allow_blank=True)
    basis = serializers.CharField(allow_blank=True)
    filings = serializers.IntegerField(allow_null=True, help_text=_("how many are in it; null for a ratio"))


class BulletinWhole(BulletinRow):
    """The same with its figures. `held_back`: too few filings count, and a total would tell a single school."""

    held_back = serializers.BooleanField()
    coefficients = serializers.ListField(child=serializers.CharField())
    totals = TotalRow(many=True)


class SchoolRow(serializers.Serializer[Any]):
    """One school. Where schools are not named: the ranked value only, no name, no filing."""

    school = serializers.CharField(allow_null=True)
    type = serializers.CharField(allow_null=True)
    filing = serializers.CharField(allow_null=True, help_text=_("id of its card"))
    late = serializers.BooleanField(allow_null=True, help_text=_("came after its day"))
    figures = serializers.DictField(child=exact(allow_null=True))


@told(
    BulletinRow, listed="BulletinPage", operation_id="bulletins", summary=_("All bulletins, the newest period first"),
    description=_("Calls of which something counts."),
)  # fmt: skip
@open_to_programs
def api_bulletins(request: Request) -> Response:
    """Calls of which something counts."""
    return paged(request, published_calls(), lambda calls: [_call(call) for call in calls])


@told(
    BulletinWhole,
    404,
    operation_id="bulletin",
    summary=_("One bulletin with the association’s figures"),
    description=_("Totals and ratios of totals, never an average of averages."),
    parameters=[SLUG],
)
@open_to_programs
def api_bulletin(request: Request, id: str) -> Response:
    """Totals and ratios of totals, never an average of averages."""
    call = _published(id)
    found = read_head(call)
    sums = [
        {"indicator": code, "name": name_of(code, found.kind, found.form), "value": plain(row.total), "unit": row.unit,
         "basis": row.basis, "filings": row.schools}
        for code, row in sorted(found.totals.items())
    ]  # fmt: skip
    ratios = [
        {
            "indicator": one.code,
            "name": one.name,
            "value": _plain(one.value),
            "unit": one.unit,
            "basis": "",
            "filings": None,
        }
        for one in found.ratios.values()
    ]
    whole = {"held_back": found.held_back, "coefficients": coefficients_of(call), "totals": [*sums, *ratios]}
    return Response({**_call(call), **whole})


@told(SchoolRow, listed="SchoolPage", operation_id="bulletin_schools", parameters=[SLUG],
      summary=_("Single schools, as far as the call discloses"),
      description=_("In order of the ranked value. Empty where the call discloses totals only."))  # fmt: skip
@open_to_programs
def api_bulletin_schools(request: Request, id: str) -> Response:
    """In order of the ranked value, a page of them read. Empty where the call discloses totals only."""
    call = _published(id)
    return paged(request, rows_of(call, Wanted()), lambda rows: [_line(line) for line in lines_of(call, rows)])


def _published(slug: str) -> Call:
    call = published_call(slug)
    if call is None:
        raise NotFound
    return call


def _call(call: Call) -> dict[str, Any]:
    slug = slug_of(call.number)
    return {
        "id": slug, "number": call.number, "kind": call.kind, "period": call.period, "title_zh": call.title_zh,
        "title_en": call.title_en, "committee": call.committee.code, "disclosure": call.disclosure,
        "counted": call.accepted, "addressed": call.addressed, "attribution": call.attribution,  # type: ignore[attr-defined]
        "page": f"{settings.ASSOCIATION_URL}/bulletins/{quote(slug)}/",
    }  # fmt: skip


def _line(line: Line) -> dict[str, Any]:
    named = line.named
    return {
        "school": line.filing.school.name_zh if named else None, "type": line.filing.school.type if named else None,
        "filing": line.slug if named else None, "late": line.filing.late if named else None,
        "figures": {code: _plain(v) for code, v in sorted(line.figures.items())},
    }  # fmt: skip


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)
