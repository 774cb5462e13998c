"""A school's keys: only their hashes, what each may read, until when, who made it, when it was used last."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from committees.keys.secret import MARK
from tenants.floors import SchoolModel, ToAssociation
from tenants.models import User


class Scope(models.TextChoices):
    """What a key opens."""

    FILINGS = "filings", _("filings: states, dates, numbers, seals, figures")
    PAYLOADS = "payloads", _("sealed payloads, value by value")


class ApiKey(SchoolModel):
    """A key. The secret itself is shown once and kept nowhere; `digest` is its SHA-256 (the secret has 256 random bits)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(pgettext_lazy("of a key", "name"), max_length=60)
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64)
    scopes = ArrayField(models.CharField(max_length=20, choices=Scope))
    made_at = models.DateTimeField()
    made_by = ToAssociation(User)
    expires_on = models.DateField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = ToAssociation(User, null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=F("made_at")),
                                   name="api_key_revoked_later"),
        ]  # fmt: skip
        ordering = ["-made_at"]

    @property
    def begins(self) -> str:
        """The part of the key that may be seen again."""
        return f"{MARK}_{self.prefix}"
