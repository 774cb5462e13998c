"""Policies and regulations: who issued them under which number, since when they hold, what they replace."""

from datetime import date
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.search import index

from cms.models.base import DatedPage, ListPage
from cms.models.order import in_wrong_order


class RegulationIndexPage(ListPage):
    """The library of policies and regulations."""

    drawing: ClassVar[str] = "shelf"
    template = "cms/regulation_index.html"
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.RegulationPage"]

    class Meta:
        verbose_name = _("library of regulations")

    @property
    def has_csv(self) -> bool:
        """It may be taken along."""
        return True


class RegulationKind(models.TextChoices):
    """Where a text comes from and what it does."""

    NATIONAL = "national", _("national policy")
    CITY = "city", _("city policy")
    CHARTER = "charter", _("rules of the association")
    MEASURE = "measure", _("management measures")
    STANDARD = "standard", _("standard")
    TEMPLATE = "template", _("model text")


class RegulationState(models.TextChoices):
    """How a text stands on a day. It follows from its days and from what replaces it; nobody types it."""

    AHEAD = "ahead", _("not yet in force")
    IN_FORCE = "in_force", _("in force")
    SUPERSEDED = "superseded", _("superseded")
    REPEALED = "repealed", _("repealed")


class RegulationPage(DatedPage):
    """A policy, a regulation or a model text, kept for ever: one that no longer holds says so and names its successor.

    `date` is the day of issue.
    """

    kind = models.CharField(_("kind"), max_length=15, choices=RegulationKind, default=RegulationKind.MEASURE)
    issuer = models.CharField(_("issued by"), max_length=80, db_index=True)
    number = models.CharField(_("document number"), max_length=40, blank=True)
    written_on = models.DateField(_("date of the document"), null=True, blank=True)
    effective_on = models.DateField(_("in force from"), db_index=True)
    repealed_on = models.DateField(
        _("repealed from"), null=True, blank=True, help_text=_("Only where no other text takes its place.")
    )
    supersedes = ParentalManyToManyField(
        "self", symmetrical=False, blank=True, related_name="superseded_by", verbose_name=_("takes the place of")
    )
    recipients = models.CharField(_("to"), max_length=200, blank=True)
    signature = models.CharField(_("signed by"), max_length=80, blank=True, help_text=_("Empty: the issuer."))
    copies_to = models.CharField(_("copies to"), max_length=200, blank=True)
    printed_by = models.CharField(_("printed by"), max_length=80, blank=True)

    search_fields: ClassVar = [
        *DatedPage.search_fields,
        index.SearchField("number"),
        index.SearchField("issuer"),
    ]
    content_panels: ClassVar = [
        *DatedPage.head_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("issuer"), FieldPanel("number")]),
                FieldRowPanel([FieldPanel("written_on"), FieldPanel("effective_on"), FieldPanel("repealed_on")]),
                PageChooserPanel("supersedes", page_type="cms.RegulationPage"),
            ],
            _("Issue and force"),
        ),
        *DatedPage.text_panels,
        MultiFieldPanel(
            [FieldPanel("recipients"), FieldPanel("signature"), FieldPanel("copies_to"), FieldPanel("printed_by")],
            _("On the printed document"),
        ),
        DatedPage.credit_panel,
    ]
    drawing: ClassVar[str] = "shelf"
    template = "cms/regulation.html"
    parent_page_types: ClassVar[list[str]] = ["cms.RegulationIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    schema_type: ClassVar[str] = "Legislation"

    class Meta:
        verbose_name = _("regulation")

    def clean(self) -> None:
        """A text is not repealed before it holds, and does not take its own place."""
        super().clean()
        if in_wrong_order(self.effective_on, self.repealed_on):
            raise ValidationError({"repealed_on": _("It cannot be repealed before it is in force.")})
        if self.pk and any(page.pk == self.pk for page in self.supersedes.all()):
            raise ValidationError({"supersedes": _("A text cannot take its own place.")})

    def state_on(self, day: date, *, has_successor: bool) -> RegulationState:
        """How the text stands on a day; `has_successor`: a published text in force that day takes its place."""
        if has_successor:
            return RegulationState.SUPERSEDED
        if self.repealed_on and self.repealed_on <= day:
            return RegulationState.REPEALED
        return RegulationState.AHEAD if day < self.effective_on else RegulationState.IN_FORCE
