"""Reminders: which school was reminded of which return, when, and by whom."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from tenants.floors import AssociationModel
from tenants.models import User


class Reminder(AssociationModel):
    """One school reminded of one return on one day: never twice, whoever presses and however often.

    `step`: working days before `due_on` at which the job reminded (null: a person did). `batch` joins what one press sent.
    """

    filing = models.ForeignKey("filings.Filing", models.PROTECT, related_name="reminders")
    day = models.DateField()
    due_on = models.DateField()
    step = models.PositiveSmallIntegerField(null=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    note = models.CharField(max_length=500, blank=True)
    batch = models.UUIDField(default=uuid.uuid4, db_index=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["filing", "day"], name="reminder_once_a_day"),
            models.UniqueConstraint(
                fields=["filing", "due_on", "step"], condition=Q(step__isnull=False), name="reminder_step_once"
            ),
        ]
