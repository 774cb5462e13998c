"""Countersignatures: the commission's name under a year's table as it stood at that moment."""

from typing import ClassVar

from django.db import models

from committees.filings.models import Call
from tenants.floors import AssociationModel, Sealed
from tenants.models import User


class Countersignature(Sealed, AssociationModel):
    """Written once. `digest` is over the figures (tables.py): a later change of them shows."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="countersignatures")
    digest = models.CharField(max_length=64)
    counted = models.PositiveIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "digest"], name="countersignature_once_per_table")]
        ordering: ClassVar = ["-at"]
