"""Mails that a demo would have sent."""

import uuid

from django.db import models

from tenants.floors import AssociationModel


class Mail(AssociationModel):
    """One mail, as it would have left: addresses, subject, text and, where there is one, the HTML side."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField(auto_now_add=True)
    sender = models.CharField(max_length=320)
    recipients = models.TextField()
    subject = models.TextField()
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    attachments = models.JSONField(default=list)

    class Meta:
        ordering = ["-at", "-pk"]
