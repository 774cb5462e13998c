"""A school's own answer in preparation, and the files beside it: the one part of the room that stands in the school."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.floors import SchoolModel, ToAssociation
from tenants.history import track_school
from tenants.models import User


@track_school("DraftHistory")
class Draft(SchoolModel):
    """A school's own answer in preparation; nobody outside the school reads it. `entries` maps indicator to
    {value (text of a Decimal or null), source, unit, note, origin}."""

    filing_id = models.UUIDField(_("filing"), unique=True)
    form_code = models.CharField(max_length=40)
    form_version = models.CharField(max_length=20)
    entries = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()
    updated_by = ToAssociation(User)


class DraftEvidence(SchoolModel):
    """A file that a school keeps beside its draft; on filing, its hash goes into the seal."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="evidence")
    indicator = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    added_at = models.DateTimeField()
    added_by = ToAssociation(User)
