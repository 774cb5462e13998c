"""The commission's name under a year's table as it stood at that moment, and what it asks committees about tables and calls."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from committees.commission.flows import TALK_FLOW
from committees.filings.models import Call, Side
from committees.workflow.models import Moving
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


class About(models.TextChoices):
    """What a comment is about."""

    CALL = "call", _("the call")
    TABLE = "table", _("the table of figures")


class Talk(AssociationModel, Moving):
    """A question about a call or its table, with its answers. The words stand in the trail of its moves: who, when, in
    which role, chained and never changed. `begun_by` is the side that closes it; COMMITTEE's counterpart is the commission."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="talks")
    about = models.CharField(_("about"), max_length=10, choices=About)
    title = models.CharField(_("subject"), max_length=120)
    begun_by = models.CharField(
        max_length=10, choices=[("commission", _("commission")), (Side.COMMITTEE, _("committee"))]
    )
    state = models.CharField(max_length=40, choices=TALK_FLOW.choices(), default=TALK_FLOW.initial)
    begun_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-begun_at", "-pk"]
