"""Pages that were taken down: why, by whom, and whether the page came back."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from tenants.floors import AssociationModel
from tenants.models import User


class TakeDown(AssociationModel):
    """One page, taken down once. While it is not undone its address answers 410 (gone)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    page = models.ForeignKey(Page, models.SET_NULL, null=True, related_name="take_downs")
    title = models.CharField(max_length=255)
    url_path = models.TextField()
    revision = models.ForeignKey(Revision, models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(_("reason"))
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["url_path"], condition=Q(undone_at=None), name="take_down_in_force"),
            models.Index(fields=["-taken_at"], name="take_down_newest"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page"], condition=Q(undone_at=None), name="take_down_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="take_down_has_reason"),
        ]
