"""The research library: papers, reports and cases, by topic and year."""

import re
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from cms.models.base import DatedPage, ListPage


class ResearchIndexPage(ListPage):
    """The library of research."""

    drawing: ClassVar[str] = "study"
    template = "cms/research_index.html"
    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.ResearchPage"]

    class Meta:
        verbose_name = _("research library")


class ResearchKind(models.TextChoices):
    """What a piece of research is."""

    PAPER = "paper", _("paper")
    REPORT = "report", _("report")
    CASE = "case", _("case")
    BRIEF = "brief", _("policy brief")


class ResearchTopic(models.TextChoices):
    """What it is about, as the association orders its topics."""

    REFORM = "reform", _("reform and governance")
    STANDARD = "standard", _("standards and evaluation")
    ENERGY = "energy", _("energy and carbon")
    FOOD = "food", _("food and supply")
    DORM = "dorm", _("student residences")
    ESTATE = "estate", _("campus and property")
    DIGITAL = "digital", _("digital work")
    PEOPLE = "people", _("people and culture")


class ResearchPage(DatedPage):
    """A paper, a report, a case or a brief; `date` is when it was finished, `author` holds all names."""

    kind = models.CharField(_("kind"), max_length=10, choices=ResearchKind, default=ResearchKind.REPORT)
    topic = models.CharField(_("topic"), max_length=10, choices=ResearchTopic, default=ResearchTopic.REFORM)
    school = models.CharField(_("institution"), max_length=120, blank=True)
    published_in = models.CharField(_("published in"), max_length=120, blank=True)
    keywords = models.CharField(_("keywords"), max_length=160, blank=True)
    project = models.CharField(_("number of the research project"), max_length=60, blank=True)

    search_fields: ClassVar = [
        *DatedPage.search_fields,
        index.SearchField("author"),
        index.SearchField("school"),
        index.SearchField("keywords"),
    ]
    content_panels: ClassVar = [
        *DatedPage.head_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("topic")]),
                FieldRowPanel([FieldPanel("school"), FieldPanel("published_in")]),
                FieldRowPanel([FieldPanel("keywords"), FieldPanel("project")]),
            ],
            _("Research"),
        ),
        DatedPage.cover_panel,
        *DatedPage.text_panels,
        DatedPage.credit_panel,
    ]
    drawing: ClassVar[str] = "study"
    template = "cms/research.html"
    parent_page_types: ClassVar[list[str]] = ["cms.ResearchIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    schema_type: ClassVar[str] = "ScholarlyArticle"

    class Meta:
        verbose_name = _("research page")

    @property
    def words(self) -> list[str]:
        """The keywords one by one."""
        parts = re.split(r"[;；,，、]", self.keywords)
        return [part.strip() for part in parts if part.strip()]
