"""The index in PostgreSQL, what waits to be written into it, the editors' words, and what was asked."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from tenants.floors import AssociationModel

#: The space of what stands on the association's floor.
ASSOCIATION_SPACE = 0


class Entry(AssociationModel):
    """One piece of one document. `space` is the school in whose space alone it is found (0: the association's floor);
    `audience` says who may read it there; `school_id` is the school it speaks about, if any."""

    key = models.CharField(max_length=120)
    piece = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=40)
    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    host = models.CharField(max_length=63, blank=True, help_text="code of the school whose host has the page")
    address = models.CharField(max_length=400)
    language = models.CharField(max_length=10, blank=True)
    day = models.DateField(null=True)
    committee = models.CharField(max_length=20, blank=True)
    column = models.CharField(max_length=60, blank=True)
    school_id = models.BigIntegerField(null=True)
    space = models.BigIntegerField(default=ASSOCIATION_SPACE)
    audience = ArrayField(models.CharField(max_length=60))
    expires_at = models.DateTimeField(null=True)
    parent = models.CharField(max_length=120, blank=True)
    digest = models.CharField(max_length=64)
    vector = SearchVectorField()
    leads = SearchVectorField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "piece"], name="search_entry_once")]
        indexes: ClassVar = [
            GinIndex(fields=["vector"], name="search_entry_vector", fastupdate=False),
            GinIndex(fields=["leads"], name="search_entry_leads", fastupdate=False),
            models.Index(fields=["source"], name="search_entry_source"),
            models.Index(fields=["-day", "-id"], name="search_entry_newest"),
        ]


class Change(AssociationModel):
    """Something that was changed and is not yet in the index. `hides`: it must not be found any more, from now on."""

    source = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    school = models.ForeignKey("tenants.School", models.CASCADE, null=True, related_name="+")
    hides = models.BooleanField(default=False)
    noted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["key"], condition=models.Q(hides=True), name="search_change_hides")]


class Delivery(AssociationModel):
    """A document that Elasticsearch must be told about. `pieces`: how many it had before. Kept for a rebuild."""

    key = models.CharField(max_length=120)
    pieces = models.PositiveSmallIntegerField(default=0)
    hides = models.BooleanField(default=False)
    noted_at = models.DateTimeField(auto_now_add=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=models.Q(delivered_at=None), name="search_delivery_open")
        ]


class LineKind(models.TextChoices):
    """What a line of the lexicon says."""

    WORD = "word", _("word of the field")
    SYNONYMS = "synonyms", _("near-equivalents")
    STOP = "stop", _("word that says nothing alone")


class LexiconLine(AssociationModel):
    """One line of the lexicon: a word, or words that stand for each other (parted by commas)."""

    kind = models.CharField(_("kind"), max_length=10, choices=LineKind)
    text = models.CharField(_("words"), max_length=300)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("line of the lexicon")
        constraints = [models.UniqueConstraint(fields=["kind", "text"], name="search_lexicon_line_once")]
        ordering: ClassVar = ["kind", "text"]


class LexiconRevision(AssociationModel):
    """One row: raised by every change of the lexicon, so that each process knows when to read it again."""

    revision = models.PositiveIntegerField(default=1)


class Asked(AssociationModel):
    """How often something was asked for on a day, by all together; nobody's name, address or place."""

    text = models.CharField(max_length=60)
    day = models.DateField()
    times = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["text", "day"], name="search_asked_once")]


class FileText(AssociationModel):
    """The words of a file, read once. `digest`: of the file they were read from."""

    key = models.CharField(max_length=120, unique=True)
    digest = models.CharField(max_length=64)
    text = models.TextField(blank=True)


class UnreadFile(AssociationModel):
    """A file whose text could not be read, for editors: which, and why."""

    key = models.CharField(max_length=120, unique=True)
    title = models.CharField(max_length=300)
    address = models.CharField(max_length=400)
    reason = models.CharField(max_length=40)
    noted_at = models.DateTimeField()
