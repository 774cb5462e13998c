"""What is known of a kept file: its content's hash, its size, its type, the name it came with."""

import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenants.floors import AssociationModel, Sealed

SHA256_PATTERN = r"^[0-9a-f]{64}$"


class FileFields(models.Model):
    """Mixin: the fields of a file that lies in the store. The row that has them owns the right to read it.

    `name` is the cleaned name, `media_type` the type found in the content; neither is what the browser claimed.
    """

    sha256 = models.CharField(max_length=64, db_index=True, editable=False, validators=[RegexValidator(SHA256_PATTERN)])
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    media_type = models.CharField(max_length=100, editable=False)
    name = models.CharField(_("file name"), max_length=200)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class StoredFile(Sealed, FileFields, AssociationModel):
    """A file of the association's floor: an attachment of a call, a paper. Written once; a new content is a new row."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    uploaded_at = models.DateTimeField(_("uploaded at"), editable=False)

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=SHA256_PATTERN), name="stored_file_sha256"),
            models.CheckConstraint(condition=Q(size__gt=0), name="stored_file_not_empty"),
        ]
