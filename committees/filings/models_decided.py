"""What was decided about sealed versions, the figures that follow from it, their sums, and the roots of days."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.floors import AssociationModel, Sealed
from tenants.models import User


class DecisionKind(models.TextChoices):
    """What a committee decided."""

    RETURNED = "returned", _("returned")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")


class Decision(Sealed, AssociationModel):
    """A committee's decision on one sealed version."""

    filing_version = models.ForeignKey("filings.FilingVersion", models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=10, choices=DecisionKind)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["filing_version"], name="decision_once_per_version")]


class DecisionItem(Sealed, AssociationModel):
    """The question put to one item of a returned version."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="items")
    indicator = models.CharField(max_length=60)
    reason = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "indicator"], name="decision_item_once")]


class Figure(Sealed, AssociationModel):
    """A figure of an accepted version: a direct value or one computed from it. `value` null: not defined."""

    filing_version = models.ForeignKey("filings.FilingVersion", models.PROTECT, related_name="figures")
    call = models.ForeignKey("filings.Call", models.PROTECT, related_name="figures")
    indicator = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=30, decimal_places=10, null=True)
    unit = models.CharField(max_length=20)
    basis = models.CharField(max_length=10, blank=True)
    adds_up = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["filing_version", "indicator"], name="figure_once")]
        indexes = [models.Index(fields=["call", "indicator"])]


class DailyRoot(Sealed, AssociationModel):
    """One hash over everything sealed and decided on a day, and over the root before (daily_roots.py). It is published:
    whoever has kept one can tell whether anything older was changed."""

    day = models.DateField(unique=True)
    seals = models.PositiveIntegerField()
    moves = models.PositiveIntegerField()
    previous = models.CharField(max_length=64, blank=True)
    root = models.CharField(max_length=64, unique=True)
    closed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-day"]


class RollUp(AssociationModel):
    """The association's figure of one call and indicator: the sum over the versions that count."""

    call = models.ForeignKey("filings.Call", models.PROTECT, related_name="rollups")
    indicator = models.CharField(max_length=60)
    unit = models.CharField(max_length=20)
    basis = models.CharField(max_length=10, blank=True)
    total = models.DecimalField(max_digits=34, decimal_places=10)
    schools = models.PositiveIntegerField()
    rolled_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "indicator"], name="rollup_once")]
