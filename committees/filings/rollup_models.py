"""What is rolled up when a version is accepted, besides the sums of a call: sums by type of school, and how ratios lie."""

from django.db import models

from tenants.floors import AssociationModel
from tenants.models import SchoolType


class TypeSum(AssociationModel):
    """The sum of one indicator over the versions that count of one type of school."""

    call = models.ForeignKey("filings.Call", models.PROTECT, related_name="type_sums")
    school_type = models.CharField(max_length=20, choices=SchoolType)
    indicator = models.CharField(max_length=60)
    unit = models.CharField(max_length=20)
    basis = models.CharField(max_length=10, blank=True)
    total = models.DecimalField(max_digits=34, decimal_places=10)
    schools = models.PositiveIntegerField()
    rolled_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "school_type", "indicator"], name="type_sum_once")]


class Spread(AssociationModel):
    """How a figure that does not add up lies among the schools of one type (`school_type` empty: among all): five marks,
    and over how many schools for which it is defined. Between two values a mark lies in proportion."""

    call = models.ForeignKey("filings.Call", models.PROTECT, related_name="spreads")
    school_type = models.CharField(max_length=20, blank=True)
    indicator = models.CharField(max_length=60)
    unit = models.CharField(max_length=20)
    schools = models.PositiveIntegerField()
    least = models.DecimalField(max_digits=30, decimal_places=10)
    lower = models.DecimalField(max_digits=30, decimal_places=10)
    median = models.DecimalField(max_digits=30, decimal_places=10)
    upper = models.DecimalField(max_digits=30, decimal_places=10)
    most = models.DecimalField(max_digits=30, decimal_places=10)
    rolled_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "school_type", "indicator"], name="spread_once")]
