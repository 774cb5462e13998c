"""Figures and evidence as programs read them. No writes."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from committees.filings.answers import plain
from committees.filings.models import FilingVersion
from committees.keys.schema import exact


class FIGURE(serializers.Serializer[Any]):
    """One figure. `value` null: not defined, or not given."""

    indicator = serializers.CharField()
    value = exact(allow_null=True)
    unit = serializers.CharField(allow_blank=True)
    basis = serializers.CharField(allow_blank=True, help_text=_("final, primary, calorific, or empty"))


class EVIDENCE(serializers.Serializer[Any]):
    """A file that was sealed with the version, by its hash."""

    sha256 = serializers.CharField()
    size = serializers.IntegerField()


def figures_of(version: FilingVersion) -> list[dict[str, Any]]:
    """The figures of an accepted version, by code; empty before it is accepted."""
    rows = version.figures.order_by("indicator").values_list("indicator", "value", "unit", "basis")
    return [
        {"indicator": code, "value": None if value is None else plain(value), "unit": unit, "basis": basis}
        for code, value, unit, basis in rows
    ]


def files_of(version: FilingVersion) -> list[dict[str, Any]]:
    """Hashes and sizes of the evidence, by hash."""
    return [{"sha256": sha256, "size": size} for sha256, size in
            version.evidence.order_by("sha256").values_list("sha256", "size")]  # fmt: skip
