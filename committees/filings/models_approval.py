"""How a university approved what it filed: the ways, the stamped scan, and who stands in for a head for a time."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from committees.files.models import FileFields
from tenants.floors import AssociationModel, Sealed
from tenants.models import School, User


class ApprovalWay(models.TextChoices):
    """How a version was approved in the school."""

    SIGNED = "signed", _("the head signed in and filed")
    DEPUTY = "deputy", _("a deputy signed in and filed")
    SCAN = "scan", _("stamped scan")


class Scan(Sealed, FileFields, AssociationModel):
    """The stamped and signed paper of one version: its hash is part of the seal. `signer` is the name on the paper."""

    filing_version = models.OneToOneField("filings.FilingVersion", models.PROTECT, related_name="scan")
    signer = models.CharField(_("signed by"), max_length=64)
    signed_on = models.DateField(_("signed on"))


class Deputy(AssociationModel):
    """Somebody who approves for a head from one day to another, both included; ends by itself, or earlier."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="deputies")
    head = models.ForeignKey(User, models.PROTECT, related_name="+")
    deputy = models.ForeignKey(User, models.PROTECT, related_name="+")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    reason = models.CharField(_("reason"), max_length=200)
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="deputy_until_after_from"),
            models.CheckConstraint(condition=~Q(head=F("deputy")), name="deputy_is_another"),
        ]
        ordering: ClassVar = ["-starts_on", "-pk"]
