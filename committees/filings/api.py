"""For programs, on the association's host: cards of filings that count and are open, and the roots of days."""

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from committees.filings.api_shapes import EVIDENCE, FIGURE, figures_of, files_of
from committees.filings.models import DailyRoot, Disclosure, Filing
from committees.filings.slugs import number_of, slug_of
from committees.keys.api_doors import open_to_programs
from committees.keys.paging import paged
from committees.keys.schema import in_path, told


class RootRow(serializers.Serializer[Any]):
    """The root of one closed day."""

    day = serializers.DateField()
    root = serializers.CharField(help_text=_("SHA-256 as 64 hexadecimal digits"))  # type: ignore[assignment]
    previous = serializers.CharField(allow_blank=True)
    seals = serializers.IntegerField()
    moves = serializers.IntegerField()
    text = serializers.URLField(help_text=_("the text whose SHA-256 is the root"))


class CardRow(serializers.Serializer[Any]):
    """A filing that counts under a call that names its schools."""

    id = serializers.CharField(help_text=_("the number as it stands in an address"))
    number = serializers.CharField()
    school = serializers.CharField()
    school_type = serializers.CharField()
    bulletin = serializers.CharField()
    period = serializers.CharField()
    version = serializers.IntegerField()
    sealed_at = serializers.DateTimeField()
    seal = serializers.CharField()
    payload_sha256 = serializers.CharField()
    predecessor = serializers.CharField(allow_blank=True)
    coefficients = serializers.CharField(allow_blank=True)
    evidence = EVIDENCE(many=True)
    figures = FIGURE(many=True)
    attribution = serializers.CharField(allow_blank=True)
    page = serializers.URLField()


@told(
    RootRow, listed="RootPage", operation_id="roots", summary=_("Roots of closed days, the newest first"),
    description=_("Whoever has kept a root can tell whether anything older was changed."),
)  # fmt: skip
@open_to_programs
def api_roots(request: Request) -> Response:
    """Whoever has kept a root can tell whether anything older was changed."""
    return paged(request, DailyRoot.objects.order_by("-day"), lambda rows: [_root(row) for row in rows])


@told(
    CardRow, 404, operation_id="card", summary=_("One filing that counts"),
    description=_("Numbers, seal and figures. What is not open answers like what is unknown, whoever asks."),
    parameters=[in_path("id", _("the number as it stands in an address (`filing` in a bulletin)"))],
)  # fmt: skip
@open_to_programs
def api_card(request: Request, id: str) -> Response:
    """Numbers, seal and figures. What is not open answers like what is unknown, whoever asks."""
    number = number_of(id)
    rows = Filing.objects.select_related("school", "call", "counted")
    open_ones = rows.filter(counted__isnull=False, call__disclosure=Disclosure.NAMED)
    filing = open_ones.filter(number=number).first() if number else None
    if filing is None or filing.counted is None:
        raise NotFound
    version = filing.counted
    slug = slug_of(version.number)
    return Response(
        {
            "id": slug, "number": version.number, "school": filing.school.name_zh, "school_type": filing.school.type,
            "bulletin": slug_of(filing.call.number), "period": filing.call.period, "version": version.version,
            "sealed_at": version.sealed_at.isoformat(), "seal": version.seal, "payload_sha256": version.payload_sha256,
            "predecessor": version.predecessor, "coefficients": version.coefficients, "evidence": files_of(version),
            "figures": figures_of(version), "attribution": filing.call.attribution,
            "page": f"{settings.ASSOCIATION_URL}/filings/{quote(slug)}/",
        }
    )  # fmt: skip


def _root(row: DailyRoot) -> dict[str, Any]:
    text = f"{settings.ASSOCIATION_URL}/roots/{row.day.isoformat()}.txt"
    return {"day": row.day.isoformat(), "root": row.root, "previous": row.previous, "seals": row.seals, "moves": row.moves,
            "text": text}  # fmt: skip
