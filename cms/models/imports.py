"""Articles brought in from an old site: one import, its articles, what was found wrong with each."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.rooms import Room
from tenants.floors import AssociationModel
from tenants.models import User


class ImportState(models.TextChoices):
    """Where an import stands."""

    READ = "read", _("to be looked through")
    RUNNING = "running", _("under way")
    DONE = "done", _("done")


class SiteImport(AssociationModel):
    """One export of an old site. Its pictures lie in the file store (cms.importing.albums) until it is done."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    room = models.CharField(_("section"), max_length=10, choices=Room, default=Room.ASSOCIATION)
    publishes = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.READ)
    #: Name in the folder or zip, in small letters: SHA-256 in the file store.
    pictures = models.JSONField(default=dict)
    #: Column of the old site: key of the list page it goes to, or null to leave it out.
    columns = models.JSONField(default=dict)
    #: What is wrong with the export itself, in words.
    faults = models.JSONField(default=list)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    run_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    run_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-made_at"], name="site_import_newest")]


class ArticleState(models.TextChoices):
    """What became of an article."""

    WAITING = "waiting", _("waits")
    DRAFT = "draft", _("is a draft")
    LIVE = "live", _("is on the site")
    KNOWN = "known", _("was here already")
    LEFT_OUT = "left_out", _("left out")


class ImportedArticle(AssociationModel):
    """One article of an export. While its page exists, no other article with its key is brought in."""

    site_import = models.ForeignKey(SiteImport, models.CASCADE, related_name="articles")
    place = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    title = models.CharField(max_length=255)
    day = models.DateField(null=True)
    column = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=500, blank=True)
    author = models.CharField(max_length=60, blank=True)
    html = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=ArticleState, default=ArticleState.WAITING)
    page = models.ForeignKey(Page, models.SET_NULL, null=True, related_name="+")
    #: What was removed and what an editor must see to, each as [kind, words] (cms.importing.reporting).
    report = models.JSONField(default=list)
    needs_editor = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key"], condition=Q(page__isnull=False), name="imported_article_once")
        ]
        indexes: ClassVar = [models.Index(fields=["site_import", "id"], name="imported_in_order")]
