"""The trail of moves, and the desk: what is due for whom."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenants.floors import AssociationModel, Sealed


class Trail(Sealed, AssociationModel):
    """One move of one row: who, when, from where to where, why. Written once, in the move's own transaction."""

    flow = models.CharField(max_length=40)
    subject = models.UUIDField()
    move = models.CharField(max_length=40)
    source = models.CharField(max_length=40)
    target = models.CharField(max_length=40)
    version = models.PositiveIntegerField(help_text="version of the row after the move")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=40, blank=True, help_text="role that allowed the move")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    key = models.UUIDField(null=True, help_text="idempotency key of the request")
    chain = models.CharField(max_length=64, default="", editable=False)

    class Meta:
        verbose_name = _("move")
        constraints = [
            models.UniqueConstraint(fields=["subject", "version"], name="trail_one_move_per_version"),
            models.UniqueConstraint(fields=["subject", "key"], condition=Q(key__isnull=False), name="trail_key_once"),
        ]
        ordering = ["subject", "version"]


class Moving(models.Model):
    """Base of a row that moves: its state, and a version that every move raises."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    @property
    def subject(self) -> uuid.UUID:
        """What the trail calls this row."""
        return self.public_id


class DeskEntry(AssociationModel):
    """Something due for one audience (a role in a school, a seat on a committee, a person). Its title holds no content.

    `audience` is `school:<id>:<role>`, `committee:<code>:<seat>`, `association:<role>` or `user:<id>`.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    audience = models.CharField(max_length=60)
    room = models.CharField(max_length=20)
    subject = models.UUIDField()
    verb = models.CharField(max_length=40)
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    school = models.ForeignKey("tenants.School", models.PROTECT, null=True, related_name="+")
    path = models.CharField(max_length=200, help_text="path on the host of `school`, or on the association's host")
    tone = models.CharField(max_length=12)
    due_on = models.DateField(null=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["audience", "subject"], condition=Q(done_at__isnull=True), name="desk_one_open_entry"
            )
        ]
        indexes = [models.Index(fields=["audience", "due_on"], condition=Q(done_at__isnull=True), name="desk_open")]
