"""Old returns from before the portal, carried over from a committee's workbooks: for comparison, never counted."""

import uuid
from typing import ClassVar

from django.db import models

from committees.roster.models import Committee
from tenants.floors import AssociationModel, Sealed
from tenants.models import School, User


class CarriedImport(AssociationModel):
    """One workbook of old returns as it was read. `values` maps period -> school code -> indicator -> entry (as in a
    draft); `faults` lists what could not be read, and then nothing of it is carried over. `confirmed_at` null: only
    looked at so far; such rows go after a week."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    form = models.ForeignKey("filings.FormVersion", models.PROTECT, related_name="+")
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    values = models.JSONField(default=dict)
    faults = models.JSONField(default=list)
    read_at = models.DateTimeField()
    read_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first_year__lte=models.F("last_year")), name="carried_years_in_order"
            )
        ]
        ordering: ClassVar = ["-read_at"]


class CarriedReturn(Sealed, AssociationModel):
    """One school's old return of one period: carried over, not checked by anybody. The highest edition holds; what was
    carried over before stays. It stands beside a new return as last year's; it is in no total and no ranking."""

    source = models.ForeignKey(CarriedImport, models.PROTECT, related_name="returns")
    kind = models.CharField(max_length=40)
    form = models.ForeignKey("filings.FormVersion", models.PROTECT, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, related_name="carried_returns")
    period = models.CharField(max_length=10)
    edition = models.PositiveIntegerField()
    entries = models.JSONField()
    carried_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "kind", "period", "edition"], name="carried_return_once")
        ]
        ordering: ClassVar = ["school", "kind", "period", "edition"]
