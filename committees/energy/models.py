"""Coefficients of conversion, as dated versions."""

from django.db import models

from tenants.floors import AssociationModel, Sealed


class CoefficientSet(Sealed, AssociationModel):
    """A version of the coefficients for standard coal: written once, named by every filing that used it.

    `rows` maps an item to {"value" (text of a Decimal), "unit", "basis", "source"}.
    """

    version = models.CharField(max_length=40, unique=True)
    valid_from = models.DateField()
    source = models.CharField(max_length=200)
    rows = models.JSONField()
    loaded_at = models.DateTimeField()

    class Meta:
        ordering = ["-valid_from"]
