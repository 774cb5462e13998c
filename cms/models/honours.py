"""Honours: who was honoured by whom, year by year."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField

from cms.models.base import DatedPage, ListPage


class HonourIndexPage(ListPage):
    """All honours."""

    drawing: ClassVar[str] = "cabinet"
    template = "cms/honour_index.html"
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.HonourPage"]

    class Meta:
        verbose_name = _("list of honours")


class HonourLevel(models.TextChoices):
    """Who honours."""

    NATIONAL = "national", _("national")
    CITY = "city", _("city")
    ASSOCIATION = "association", _("association")


class WinnerBlock(blocks.StructBlock):
    """A person or a team that was honoured."""

    name = blocks.CharBlock(label=pgettext_lazy("of a winner", "name"), max_length=80)
    school = blocks.CharBlock(label=_("school"), required=False, max_length=60)
    title = blocks.CharBlock(label=_("honour"), required=False, max_length=60)

    class Meta:
        icon = "success"
        label = _("honoured")


class HonourPage(DatedPage):
    """One round of honours with its list of names; `date` is the day of the decision."""

    level = models.CharField(_("level"), max_length=12, choices=HonourLevel, default=HonourLevel.ASSOCIATION)
    awarded_by = models.CharField(_("honoured by"), max_length=80, blank=True)
    winners = StreamField([("winner", WinnerBlock())], verbose_name=_("who was honoured"), blank=True)

    content_panels: ClassVar = [
        *DatedPage.head_panels,
        FieldRowPanel([FieldPanel("level"), FieldPanel("awarded_by")]),
        FieldPanel("winners"),
        DatedPage.cover_panel,
        *DatedPage.text_panels,
        DatedPage.credit_panel,
    ]
    drawing: ClassVar[str] = "cabinet"
    template = "cms/honour.html"
    parent_page_types: ClassVar[list[str]] = ["cms.HonourIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("honour")
