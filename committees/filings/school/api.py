"""For programs, on a school's host: the school's own filings, their sealed versions and figures."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from committees.filings.api_shapes import EVIDENCE, FIGURE, figures_of, files_of
from committees.filings.flows import FILING_FLOW
from committees.filings.models import Filing, FilingVersion
from committees.filings.receipt import check_address
from committees.filings.school.reads import filings_of
from committees.keys.api_doors import key_door
from committees.keys.models import Scope
from committees.keys.paging import paged
from committees.keys.schema import told


class OwnFiling(serializers.Serializer[Any]):
    """A duty of the school and how far it is."""

    id = serializers.UUIDField()
    number = serializers.CharField(allow_null=True, help_text=_("null until it is filed"))
    call = serializers.CharField()
    kind = serializers.CharField()
    title = serializers.CharField()
    period = serializers.CharField()
    due_on = serializers.DateField()
    state = serializers.ChoiceField(FILING_FLOW.choices())
    state_since = serializers.DateTimeField()
    latest_version = serializers.IntegerField(allow_null=True)
    counted_version = serializers.IntegerField(allow_null=True)


class OwnVersion(serializers.Serializer[Any]):
    """One sealed version."""

    version = serializers.IntegerField()
    number = serializers.CharField()
    sealed_at = serializers.DateTimeField()
    seal = serializers.CharField()
    payload_sha256 = serializers.CharField()
    predecessor = serializers.CharField(allow_blank=True)
    form = serializers.CharField()
    coefficients = serializers.CharField(allow_blank=True)
    evidence = EVIDENCE(many=True)
    figures = FIGURE(many=True)
    check = serializers.URLField()


class OwnCase(OwnFiling):
    """The same with its sealed versions, the newest first."""

    versions = OwnVersion(many=True)


@told(
    OwnFiling, 401, 403, listed="OwnFilingPage", operation_id="own_filings", summary=_("The school’s filings"),
    description=_("Newest period first. Drafts stay in the school’s books: only states, dates and numbers are told."),
)  # fmt: skip
@key_door(Scope.FILINGS)
def api_own_filings(request: Request) -> Response:
    """Newest period first. Drafts stay in the school's books: only states, dates and numbers are told."""
    rows = filings_of(request._request.school).order_by("-call__period", "pk")  # type: ignore[attr-defined]
    return paged(request, rows, lambda found: [_case(filing) for filing in found])


@told(
    OwnCase, 401, 403, 404, operation_id="own_filing", summary=_("One filing with its sealed versions"),
    description=_("An id of another school answers like an unknown one."),
)  # fmt: skip
@key_door(Scope.FILINGS)
def api_own_filing(request: Request, public_id: UUID) -> Response:
    """Another school's id answers like an unknown one."""
    filing = _filing(request, public_id)
    versions = filing.versions.select_related("form").order_by("-version")
    return Response({**_case(filing), "versions": [_version(version) for version in versions]})


@told(
    {"type": "object", "additionalProperties": True}, 401, 403, 404, operation_id="own_payload",
    summary=_("A sealed payload, byte for byte"),
    description=_("SHA-256 of the body is `payload_sha256`."), media="application/json",
)  # fmt: skip
@key_door(Scope.PAYLOADS)
def api_own_payload(request: Request, public_id: UUID, version: int) -> HttpResponse:
    """SHA-256 of the body is `payload_sha256`."""
    filing = _filing(request, public_id)
    row = FilingVersion.objects.filter(filing=filing, version=version).first() if version < 1_000_000 else None
    if row is None:
        raise NotFound
    assert isinstance(json.loads(row.payload), dict)
    return HttpResponse(row.payload.encode("utf-8"), content_type="application/json")


def _filing(request: Request, public_id: UUID) -> Filing:
    school = request._request.school  # type: ignore[attr-defined]
    found = filings_of(school).filter(public_id=public_id).first()
    if found is None:
        raise NotFound
    return found


def _case(filing: Filing) -> dict[str, Any]:
    return {
        "id": str(filing.public_id), "number": filing.number, "call": filing.call.number, "kind": filing.call.kind,
        "title": filing.call.title_zh, "period": filing.call.period, "due_on": filing.duty.due_on.isoformat(),
        "state": filing.state, "state_since": filing.state_since.isoformat(),
        "latest_version": filing.latest.version if filing.latest else None,
        "counted_version": filing.counted.version if filing.counted else None,
    }  # fmt: skip


def _version(version: FilingVersion) -> dict[str, Any]:
    figures: Sequence[dict[str, Any]] = figures_of(version)
    return {
        "version": version.version, "number": version.number, "sealed_at": version.sealed_at.isoformat(),
        "seal": version.seal, "payload_sha256": version.payload_sha256, "predecessor": version.predecessor,
        "form": f"{version.form.code} {version.form.version}", "coefficients": version.coefficients,
        "evidence": files_of(version), "figures": figures, "check": check_address(version),
    }  # fmt: skip
